"""The context that every view is rendered in, and the layout around every page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import CONTENT_TYPES, ITEM_TYPES, ItemType
from chuyendoiso.model.feed_formats import FEED_FORMATS
from chuyendoiso.model.items import Hashed, Page, digest_of
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import EditorStatus, Kind
from chuyendoiso.outputs.pages.views import Anchor, Contact, FeedLink, Routes, ShareCard, SiteLayout

QR = "lean-qr"  # the script that draws QR codes
FRAME_HEIGHT = "frame-height"  # the script that frames in other sites load, and no page
SEARCH_WORKER = "search-worker"  # the script that reads the search index


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses of the files that pages name, whatever they show."""

    stylesheets: Mapping[str, str]  # by the kind of page
    font: str
    modules: Mapping[str, str]  # by the name of their component
    card: str | None = None  # the share card of pages that have none of their own


@dataclass(frozen=True, repr=False)
class RenderContext(Hashed):
    """The site, its assets and the mode of the build: every view may depend on them."""

    site: Site
    assets: Assets
    preview: bool = False
    notice: str | None = None
    kinds: tuple[Kind, ...] = tuple(ITEM_TYPES)  # that have items: no page links to an empty section

    @cached_property
    def digest(self) -> str:
        """Return the digest of all that it holds."""
        return digest_of((self.site, self.assets, self.preview, self.notice, self.kinds))

    @property
    def content_types(self) -> tuple[ItemType, ...]:
        """Return the content types that have items."""
        return tuple(ITEM_TYPES[kind] for kind in self.kinds)

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """Return label and path of the sections of the main navigation."""
        sections = ((content_type.label, content_type.section) for content_type in self.content_types)
        return (*sections, ("Chủ đề", urls.TOPICS), ("Nguồn tin", urls.FEEDS_PAGE))

    def scripts(self, *names: str) -> tuple[str, ...]:
        """Return the addresses of the scripts that the theme has for these components."""
        return tuple(self.site.href(self.assets.modules[name]) for name in names if name in self.assets.modules)

    def script(self, name: str) -> str | None:
        """Return the address of a script that other scripts load; None if it is missing."""
        return next(iter(self.scripts(name)), None)

    @property
    def indexed(self) -> bool:
        """Return whether search engines may list the site (no preview, no demo)."""
        return not self.preview and not self.notice

    def local(self, instant: datetime) -> datetime:
        """Return an instant in the site's zone."""
        return instant.astimezone(self.site.zone)


def site_layout(context: RenderContext, pages_of_content: Iterable[Page]) -> SiteLayout:
    """Return the parts of every page; they depend on site.yml and plain pages alone."""
    site, owner = context.site, context.site.owner
    pages = [page for page in pages_of_content if page.path != urls.FEEDS_PAGE and page.status is not EditorStatus.WITHDRAWN]
    return SiteLayout(
        lang=site.language,
        site_name=site.name,
        tagline=site.tagline,
        owner_name=owner.name,
        contact=Contact(owner.address, _phone(site), owner.email),
        home=site.href(urls.HOME),
        sections=tuple(Anchor(label, site.href(path)) for label, path in context.sections),
        footer=(*(Anchor(page.title, site.href(page.path)) for page in pages), Anchor("Thống kê", site.href(urls.STATISTICS))),
        channels=tuple(Anchor(channel.name, channel.url) for channel in site.open_channels if channel.url),
        stylesheets={name: site.href(path) for name, path in context.assets.stylesheets.items()},
        card=ShareCard(site.absolute(context.assets.card), f"{site.name} – {owner.name}") if context.assets.card else None,
        font=site.href(context.assets.font),
        icon=site.href("/icons/favicon.svg"),
        touch_icon=site.href("/icons/apple-touch-icon.png"),
        manifest=site.href("/site.webmanifest"),
        search=site.href(urls.SEARCH),
        modules=context.scripts("text-size"),
        routes=routes_of(site),
        notice=context.notice,
        preview=context.preview,
    )


def routes_of(site: Site) -> Routes | None:
    """Return how readers reach the owner; None if site.yml does not say."""
    if not site.routes:
        return None
    zalo = site.zalo
    return Routes(
        phone=_phone(site),
        zalo=Anchor(zalo.name, zalo.url) if zalo and zalo.url else None,
        email=site.owner.email,
        form=Anchor("In phiếu hỏi, góp ý", site.href(urls.QUESTION_FORM)),
        petitions=site.petitions_url,
        services=site.services_url,
    )


def _phone(site: Site) -> Anchor | None:
    phone = site.owner.phone
    return Anchor(phone, f"tel:{re.sub('[^+0-9]', '', phone)}") if phone else None


def crumbs(context: RenderContext, *steps: tuple[str, str]) -> tuple[Anchor, ...]:
    """Return the breadcrumbs from the home page, without the page itself."""
    return tuple(Anchor(label, context.site.href(path)) for label, path in (("Trang chủ", urls.HOME), *steps))


def kind_step(kind: Kind) -> tuple[str, str]:
    """Return label and path of a kind's list for `crumbs`."""
    return CONTENT_TYPES[kind].label, ITEM_TYPES[kind].section


def feed_links(context: RenderContext, *selections: tuple[str, str]) -> tuple[FeedLink, ...]:
    """Return RSS, Atom and JSON links of selections (title, path)."""
    return tuple(
        FeedLink(f"{title} ({name})", context.site.href(urls.feed(selection, file)), media_type)
        for title, selection in selections
        for name, file, media_type in FEED_FORMATS
    )
