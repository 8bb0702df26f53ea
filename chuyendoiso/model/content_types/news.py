"""News: an article of a day."""

from dataclasses import dataclass

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.content_type import ItemType
from chuyendoiso.model.item_fields import ItemFields
from chuyendoiso.model.items import Item
from chuyendoiso.model.vocabulary import Kind


class NewsFields(ItemFields):
    """A news article."""


@dataclass(frozen=True, kw_only=True, repr=False)
class News(Item):
    """A news article."""


NEWS = ItemType(
    kind=Kind.NEWS, label="Tin tức", singular="tin", names=("tin", "tin tuc", "bai"), fields=NewsFields, item=News, resolve=lambda fields, context: {}, section=urls.NEWS, icon="news", stylesheet="news",
    by_year=True,
)  # fmt: skip
