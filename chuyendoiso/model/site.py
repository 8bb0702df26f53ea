"""The settings of `site.yml` as frozen values, and the functions that make links."""

import re
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from chuyendoiso.model.items import Hashed, Item, digest_of
from chuyendoiso.model.limits import Limits

_SAFE = "/?#%~:@!$&'()*+,;="  # characters that links do not quote, beside ASCII letters and digits
_NOTHING_TO_QUOTE = re.compile(
    rf"[\w.{_SAFE}-]*", re.ASCII
).fullmatch  # nearly every path; the check takes 10 % of the time of quoting


class Owner(NamedTuple):
    """The public body that is responsible for the site."""

    name: str
    address: str | None
    phone: str | None
    email: str | None


class Topic(NamedTuple):
    """A topic; every item has exactly one."""

    slug: str
    name: str


class Audience(NamedTuple):
    """A group of people that trainings are meant for."""

    id: str
    name: str


class Issuer(NamedTuple):
    """A body that issues documents, its days of existence and its successor's id."""

    id: str
    name: str
    since: date | None
    until: date | None
    successor: str | None


class OfficialChannel(NamedTuple):
    """An official channel; one without an address is shown nowhere."""

    id: str
    name: str
    url: str | None


class YearlyTotal(NamedTuple):
    """A figure of a year by its source; figures of one year are never added up."""

    year: int
    name: str
    value: int
    qualifier: str | None
    unit: str | None
    source: str | None


class EditorHost(NamedTuple):
    """The Git host against which a team's web editor works."""

    backend: str  # gitlab, gitea or forgejo
    host: str
    repo: str
    branch: str
    app_id: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Site(Hashed):
    """The settings of `site.yml`; its methods make all links."""

    name: str
    tagline: str | None
    url: str
    language: str
    timezone: str
    feed_authority: str
    rights: str | None = None
    technical_contact: str | None = None
    owner: Owner
    topics: tuple[Topic, ...]
    audiences: tuple[Audience, ...]
    issuers: tuple[Issuer, ...]
    channels: tuple[OfficialChannel, ...]
    livestream_hosts: tuple[str, ...]
    yearly_totals: tuple[YearlyTotal, ...]
    limits: Limits
    editor: EditorHost | None = None
    embed_hosts: tuple[str, ...] = ()  # origins: https://cong.tinh.gov.vn
    petitions_url: str | None = None  # the official system for complaints
    services_url: str | None = None  # for procedures
    synonyms: tuple[tuple[str, ...], ...] = ()  # groups of words that a search takes as one
    hub: str | None = None  # a WebSub hub, which is asked to fetch the feeds that change

    @cached_property
    def digest(self) -> str:
        """Return the digest of all that `site.yml` says."""
        return digest_of([getattr(self, field.name) for field in fields(self)])

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the zone of dates that name none."""
        return ZoneInfo(self.timezone)

    @cached_property
    def base_path(self) -> str:
        """Return the path of the site's address without its last slash."""
        return urlsplit(self.url).path.rstrip("/")

    @cached_property
    def origin(self) -> str:
        """Return scheme and host of the site's address."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def href(self, path: str) -> str:
        """Return the root-relative link to a path of the site (`/van-ban/`)."""
        return self.base_path + (path if _NOTHING_TO_QUOTE(path) else quote(path, safe=_SAFE))

    def absolute(self, path: str) -> str:
        """Return the link to a path of the site for feeds and machines."""
        return self.origin + self.href(path)

    def permanent_id(self, first_path: str) -> str:
        """Return the permanent tag URI (RFC 4151) of an item."""
        return f"tag:{self.feed_authority}:{first_path}"

    def topic(self, slug: str) -> Topic:
        """Return the topic with this slug."""
        return next(topic for topic in self.topics if topic.slug == slug)

    def audience(self, id_: str) -> Audience:
        """Return the audience with this id."""
        return next(audience for audience in self.audiences if audience.id == id_)

    def issuer(self, id_: str) -> Issuer:
        """Return the issuer with this id."""
        return next(issuer for issuer in self.issuers if issuer.id == id_)

    def channel(self, id_: str) -> OfficialChannel:
        """Return the channel with this id."""
        return next(channel for channel in self.channels if channel.id == id_)

    def year_of(self, item: Item) -> int:
        """Return an item's year: of issue for a document, else of publication."""
        return item.year(self.zone)

    @property
    def zalo(self) -> OfficialChannel | None:
        """Return the Zalo channel, if it has an address."""
        return next((channel for channel in self.open_channels if channel.id == "zalo"), None)

    @property
    def routes(self) -> tuple[str, ...]:
        """Return the ids of `vocabulary.ROUTES` by which readers reach the owner.

        The paper form can be handed in wherever the owner has an address, or can be asked.
        """
        has = {"dien-thoai": self.owner.phone, "zalo": self.zalo, "thu": self.owner.email}
        routes = tuple(route for route, value in has.items() if value)
        return (*routes, "giay") if routes or self.owner.address else ()

    @property
    def open_channels(self) -> tuple[OfficialChannel, ...]:
        """Return the channels that have an address."""
        return tuple(channel for channel in self.channels if channel.url)
