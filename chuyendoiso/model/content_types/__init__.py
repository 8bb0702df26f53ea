"""The registry of content types. Whatever iterates over kinds goes through it."""

from collections.abc import Mapping

from chuyendoiso.model.content_types.consultation import CONSULTATION
from chuyendoiso.model.content_types.content_type import ContentType, ItemType
from chuyendoiso.model.content_types.document import DOCUMENT
from chuyendoiso.model.content_types.news import NEWS
from chuyendoiso.model.content_types.page import PAGE
from chuyendoiso.model.content_types.question import QUESTION
from chuyendoiso.model.content_types.training import TRAINING
from chuyendoiso.model.vocabulary import Kind

CONTENT_TYPES: Mapping[Kind, ContentType] = {
    content_type.kind: content_type for content_type in (NEWS, DOCUMENT, TRAINING, QUESTION, CONSULTATION, PAGE)
}
ITEM_TYPES: Mapping[Kind, ItemType] = {
    kind: content_type for kind, content_type in CONTENT_TYPES.items() if isinstance(content_type, ItemType)
}
if missing := set(Kind) - CONTENT_TYPES.keys():
    raise AssertionError(f"kinds without a content type: {sorted(missing)}")

__all__ = [
    "CONSULTATION",
    "CONTENT_TYPES",
    "DOCUMENT",
    "ITEM_TYPES",
    "NEWS",
    "PAGE",
    "QUESTION",
    "TRAINING",
    "ContentType",
    "ItemType",
]
