"""Items as lists show them."""

from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.items import Item
from chuyendoiso.outputs.pages.components import COLUMN, THUMB, day, mark_of, picture_view, topic_anchor
from chuyendoiso.outputs.pages.content_types import pages_of
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import Teaser


def teaser(context: RenderContext, item: Item, *, picture: bool = False, lazy: bool = True) -> Teaser:
    """Return an item as lists show it."""
    cover = item.cover if picture else None
    return Teaser(
        icon=ITEM_TYPES[item.kind].icon,
        title=item.heading,
        href=context.site.href(item.path),
        date=day(context.local(item.date)),
        summary=item.summary,
        topic=topic_anchor(context, item.topic),
        picture=picture_view(context, cover.picture, cover.alt, lazy=lazy, sizes=THUMB if lazy else COLUMN) if cover else None,
        mark=mark_of(context, item),
        **pages_of(item).teaser(context, item),
    )
