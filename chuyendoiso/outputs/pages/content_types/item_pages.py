"""What pages ask of a kind of content.

A kind that lacks an answer cannot be made an object of: Python names the method as the module is imported.
"""

from abc import ABC, abstractmethod
from typing import Any, Generic, NamedTuple, TypeVar

from chuyendoiso.model.items import Item
from chuyendoiso.model.site import Site
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import When

ItemT = TypeVar("ItemT", bound=Item)
Parts = dict[str, Any]


class Invitation(NamedTuple):
    """What stands before and after the name of what people are asked to come to."""

    before: str
    after: str


class ItemPages(ABC, Generic[ItemT]):
    """What pages show of the items of one kind, beside what all items have."""

    @abstractmethod
    def article(self, context: RenderContext, item: ItemT) -> Parts:
        """Return the parts of the item's page, by the names of `Article`."""

    @abstractmethod
    def withdrawn(self, context: RenderContext, item: ItemT) -> Parts:
        """Return what is left of it on the page of a withdrawn item."""

    @abstractmethod
    def teaser(self, context: RenderContext, item: ItemT) -> Parts:
        """Return what lists show, by the names of `Teaser`."""

    @abstractmethod
    def title(self, item: ItemT) -> str:
        """Return the title of the page, as browsers and messengers show it."""

    @abstractmethod
    def published(self, context: RenderContext, item: ItemT) -> When:
        """Return when it was published, as the page says it."""

    @abstractmethod
    def note(self, context: RenderContext, item: ItemT) -> str:
        """Return what tells the item apart in a short list."""

    @abstractmethod
    def invitation(self, context: RenderContext, item: ItemT) -> Invitation | None:
        """Return the time and place to share with an event's name; None for no event."""

    @abstractmethod
    def modules(self, context: RenderContext, item: ItemT) -> tuple[str, ...]:
        """Return the names of the scripts of its page."""

    @abstractmethod
    def dublin_core(self, site: Site, item: ItemT) -> tuple[tuple[str, str], ...]:
        """Return its elements of Dublin Core, by name."""
