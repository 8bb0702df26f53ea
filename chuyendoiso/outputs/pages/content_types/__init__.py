"""What pages show of each kind of content."""

from collections.abc import Mapping
from typing import Any

from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.items import Item
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.outputs.pages.content_types.document import DocumentPages
from chuyendoiso.outputs.pages.content_types.item_pages import ItemPages
from chuyendoiso.outputs.pages.content_types.news import NewsPages
from chuyendoiso.outputs.pages.content_types.training import TrainingPages

PAGES: Mapping[Kind, ItemPages[Any]] = {Kind.NEWS: NewsPages(), Kind.DOCUMENT: DocumentPages(), Kind.TRAINING: TrainingPages()}
if missing := ITEM_TYPES.keys() - PAGES.keys():
    raise AssertionError(f"content types without pages: {sorted(missing)}")


def pages_of(item: Item) -> ItemPages[Any]:
    """Return what pages show of an item's kind."""
    return PAGES[item.kind]
