"""The interface of a content type to search, feeds, channels and structured data.

If a type lacks a method, Python names it as the module is imported.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from chuyendoiso.model import urls
from chuyendoiso.model.items import File, Item
from chuyendoiso.model.site import Site

ItemT = TypeVar("ItemT", bound=Item)
Json = dict[str, Any]


class ItemOutputs(ABC, Generic[ItemT]):
    """What outputs show of the items of one kind, beside what all items have."""

    record_name: str | None  # the group of its own fields in an item's JSON; None: it has none

    @abstractmethod
    def search_words(self, item: ItemT, site: Site) -> Iterator[str | None]:
        """Yield what is searched beside title, summary, topic, authors and body."""

    @abstractmethod
    def search_title(self, item: ItemT) -> str:
        """Return what is searched as the title."""

    @abstractmethod
    def facets(self, item: ItemT) -> tuple[str, ...]:
        """Return the terms by which a search is narrowed, beside kind, topic and year."""

    @abstractmethod
    def feed_notes(self, item: ItemT) -> Iterator[tuple[str, str]]:
        """Yield title and text of what stands above an entry's text."""

    @abstractmethod
    def feed_fields(self, item: ItemT, site: Site) -> Mapping[str, str | None]:
        """Return the fields in our namespace (docs/ket-noi-kenh.md)."""

    @abstractmethod
    def feed_links(self, item: ItemT, site: Site) -> Iterator[tuple[str, str]]:
        """Yield label and URL of the links of an entry."""

    @abstractmethod
    def enclosure(self, item: ItemT) -> File | None:
        """Return the file that goes with an entry."""

    @abstractmethod
    def record(self, item: ItemT, site: Site) -> Json:
        """Return the type's fields in the item's JSON; None as `record_name` omits them."""

    @abstractmethod
    def channel_lines(self, item: ItemT, site: Site) -> Iterator[str]:
        """Yield what a channel shows above the body: paragraphs of HTML."""

    @abstractmethod
    def structured_data(self, item: ItemT, site: Site, common: Json) -> Json:
        """Return the item as schema.org has it; `common` is what all items tell."""


def known(**values: Any) -> Json:
    """Leave out what is None."""
    return {name: value for name, value in values.items() if value is not None}


def stated(fields: Json) -> Json:
    """Leave out what is None or an empty list."""
    return {name: value for name, value in fields.items() if value not in (None, [], ())}


def file_record(file: File, label: str, site: Site) -> Json:
    """Return a file as an item's JSON has it."""
    fields = {"label": label, "url": site.absolute(file.path), "type": file.media_type, "size": file.size, "sha256": file.digest}
    return stated({**fields, "pages": file.pages})


def owner_data(site: Site) -> Json:
    """Return who answers for the site, as schema.org has it."""
    return {"@type": "Organization", "name": site.owner.name, "url": site.absolute(urls.HOME)}


def link(words: str, url: str) -> str:
    """Return a link in HTML."""
    from html import escape

    return f'<a href="{escape(url)}">{escape(words)}</a>'
