"""News: an article of a day."""

from dataclasses import dataclass

from chuyendoiso.domain import paths
from chuyendoiso.domain.content_types.base import ItemType
from chuyendoiso.domain.fields import ItemFields
from chuyendoiso.domain.model import Item
from chuyendoiso.domain.vocabulary import Kind


class NewsFields(ItemFields):
    """A news article."""


@dataclass(frozen=True, kw_only=True, repr=False)
class News(Item):
    """A news article."""


NEWS = ItemType(
    kind=Kind.NEWS, label="Tin tức", singular="tin", names=("tin", "tin tuc", "bai"), fields=NewsFields, item=News, section=paths.NEWS, icon="news", stylesheet="news",
    by_year=True,
)  # fmt: skip
