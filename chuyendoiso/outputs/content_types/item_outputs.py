"""The interface of a content type to pages, feeds, search and channels.

If a type lacks an abstract method, Python names it as the module is imported. The other methods have defaults.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from chuyendoiso.model import urls
from chuyendoiso.model.items import File, Item, Related
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.outputs.content_types.schema_parts import Schema
from chuyendoiso.outputs.pages.components import weekday
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import When

ItemT = TypeVar("ItemT", bound=Item)
Json = dict[str, Any]


class Invitation(NamedTuple):
    """The words before and after the name of an event."""

    before: str
    after: str


class ItemOutputs(ABC, Generic[ItemT]):
    """The outputs of a content type, beside the common outputs of all items."""

    record_name: str | None  # the group of its own fields in an item's JSON; None: it has none
    record_schema: ClassVar[Schema]  # of that group

    summary_answers = False  # whether a summary is the answer to the title

    # ── search, feeds, channels ──

    def is_over(self, item: ItemT) -> bool:
        """Return whether the item's session is over."""
        return False

    @abstractmethod
    def search_words(self, item: ItemT, site: Site) -> Iterator[str | None]:
        """Yield searched words beside title, summary, topic, authors and body."""

    def search_title(self, item: ItemT) -> str:
        """Return the words that are searched as the title."""
        return item.title

    def facets(self, item: ItemT) -> tuple[str, ...]:
        """Return the facets of the search beside kind, topic and year."""
        return ()

    def result_date(self, item: ItemT, site: Site) -> str:
        """Return the date of a search result."""
        return format_date(item.date.astimezone(site.zone))

    def result_state(self, item: ItemT) -> str | None:
        """Return the state of a search result in words."""
        return None

    @abstractmethod
    def feed_fields(self, item: ItemT, site: Site) -> Mapping[str, str | None]:
        """Return the fields in our namespace (docs/ket-noi-kenh.md)."""

    def feed_notes(self, item: ItemT) -> Iterator[tuple[str, str]]:
        """Yield title and text of the state that every form of an entry shows."""
        return iter(())

    def feed_links(self, item: ItemT, site: Site) -> Iterator[tuple[str, str]]:
        """Yield label and URL of an entry's links."""
        return iter(())

    def enclosure(self, item: ItemT) -> File | None:
        """Return an entry's file."""
        return None

    @abstractmethod
    def record(self, item: ItemT, site: Site) -> Json:
        """Return the type's fields in the item's JSON."""

    @abstractmethod
    def channel_lines(self, item: ItemT, site: Site) -> Iterator[str]:
        """Yield the paragraphs of HTML that a channel shows above the body."""

    # ── pages ──

    @abstractmethod
    def article(self, context: RenderContext, item: ItemT) -> dict[str, Any]:
        """Return the type's parts of the item's page, by the names of `ArticlePage`."""

    def withdrawn(self, context: RenderContext, item: ItemT) -> dict[str, Any]:
        """Return the type's parts of a withdrawn item's page."""
        return {}

    @abstractmethod
    def teaser(self, context: RenderContext, item: ItemT) -> dict[str, Any]:
        """Return the type's parts in lists, by the names of `Teaser`."""

    def title(self, item: ItemT) -> str:
        """Return the title of the page, as browsers and messengers show it."""
        return item.heading

    def published(self, context: RenderContext, item: ItemT) -> When:
        """Return the publication date as the page shows it."""
        return weekday(context.local(item.date))

    @abstractmethod
    def note(self, context: RenderContext, item: ItemT) -> str:
        """Return the words that distinguish the item in a short list."""

    def listed_on(self, item: ItemT) -> Iterator[str]:
        """Yield the paths of other items whose pages list this item."""
        return iter(())

    def list_title(self, item: ItemT, on: Item) -> str:
        """Return the title of that list on the page of another item."""
        raise NotImplementedError

    def invitation(self, context: RenderContext, item: ItemT) -> Invitation | None:
        """Return the words to share with an event's name; None for no event."""
        return None

    def modules(self, context: RenderContext, item: ItemT) -> tuple[str, ...]:
        """Return the names of the scripts of its page."""
        return ("share",)

    # ── metadata ──

    @abstractmethod
    def structured_data(self, item: ItemT, site: Site, common: Json) -> Json:
        """Return the item in schema.org's terms; `common` has the data of all items."""

    def dublin_core(self, site: Site, item: ItemT) -> tuple[tuple[str, str], ...]:
        """Return elements of Dublin Core by name."""
        return ()


def known(**values: Any) -> Json:
    """Return the values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def stated(fields: Json) -> Json:
    """Return the fields that are neither None nor empty lists."""
    return {name: value for name, value in fields.items() if value not in (None, [], ())}


def file_record(file: File, label: str, site: Site) -> Json:
    """Return a file as an item's JSON has it."""
    fields = {"label": label, "url": site.absolute(file.path), "type": file.media_type, "size": file.size, "sha256": file.digest}
    return stated({**fields, "pages": file.pages})


def related_record(document: Related, site: Site) -> Json:
    """Return the other document of a relation as an item's JSON has it."""
    url, day = site.absolute(document.path) if document.path else None, document.issued_on
    return stated(
        {"number": document.number, "url": url, "issuing_body": document.issuer, "issued_on": day.isoformat() if day else None}
    )


def owner_data(site: Site) -> Json:
    """Return the site's owner in schema.org's terms."""
    return {"@type": "Organization", "name": site.owner.name, "url": site.absolute(urls.HOME)}


def link(words: str, url: str) -> str:
    """Return a link in HTML."""
    return f'<a href="{escape(url)}">{escape(words)}</a>'
