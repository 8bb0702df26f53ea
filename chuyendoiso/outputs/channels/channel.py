"""The interface of a channel that the site fills."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple
from urllib.parse import urlsplit

from chuyendoiso.model.history import Timeline
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, Target


@dataclass(frozen=True, slots=True)
class LengthCounter:
    """The length of a text and its limit, in characters."""

    of: str
    length: int
    limit: int

    @property
    def over(self) -> bool:
        """Return whether it is too long."""
        return self.length > self.limit


@dataclass(frozen=True, slots=True)
class ChannelLook:
    """An item as a channel shows it; `picture` is a planned file of the release."""

    title: str
    summary: str
    picture: Target
    counters: tuple[LengthCounter, ...]


class ItemProblem(NamedTuple):
    """A warning for an editor: the field, the rule, message and remedy."""

    field: str
    rule: str
    message: str
    remedy: str


class PreviewWords(NamedTuple):
    """The words of the page of a preview that shows a channel's items.

    Its template is `<id>.html`, its component `<id>-preview`.
    """

    description: str
    intro: str


class Channel(ABC):
    """A channel: its files, its limits, and how an item looks there.

    `model.urls.channel_…` has its addresses.
    """

    id: ClassVar[str]  # in addresses
    name: ClassVar[str]  # as readers know it
    preview: ClassVar[PreviewWords | None] = None

    @abstractmethod
    def plan(
        self,
        catalogue: Catalogue,
        site: Site,
        timeline: Timeline,
        fonts: Folder,
        sources: Mapping[str, Path],
        *,
        share_cards: bool = True,
    ) -> Iterator[Target]:
        """Plan the files of the channel.

        `sources` are content files by name. With share cards, items without a picture get a drawn picture, with `fonts`.
        """

    @abstractmethod
    def look(self, item: Item, site: Site, fonts: Folder, sources: Mapping[str, Path]) -> ChannelLook | None:
        """Return how an item looks there, or will once it is sent; None if it is excluded."""

    @abstractmethod
    def check(self, item: Item, limits: Limits) -> Iterator[ItemProblem]:
        """Yield the fields that exceed the channel's limits."""


def path_within(address: str, site: Site) -> str:
    """Return an address of the site as a path within its release."""
    return urlsplit(address).path.removeprefix(f"{site.base_path}/")
