"""The words of an item on the Zalo channel, within the limits of site.yml."""

from collections.abc import Iterator

from chuyendoiso.model.items import Item
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.vietnamese import shorten
from chuyendoiso.outputs.channels.channel import ItemProblem

ID = "zalo"


def title_of(item: Item, limits: Limits) -> str:
    """Return an item's title on the channel, cut to its limit."""
    return shorten(item.zalo.title or item.title, limits.zalo_title)


def summary_of(item: Item, limits: Limits) -> str:
    """Return an item's summary on the channel, cut to its limit."""
    return shorten(item.zalo.summary or item.summary, limits.zalo_description)


def check_words(item: Item, limits: Limits) -> Iterator[ItemProblem]:
    """Find a title that the channel would cut, and what it would become."""
    limit = limits.zalo_title
    if not (item.zalo.exclude or item.zalo.title) and len(item.title) > limit:
        message = f'Tên bài dài {len(item.title)} ký tự, kênh Zalo nhận tối đa {limit}: sẽ thành "{shorten(item.title, limit)}".'
        remedy = "thêm dòng zalo: {title: …} với tên ngắn hơn, nếu muốn tự chọn lời."
        yield ItemProblem("title", "long-for-zalo", message, remedy)
