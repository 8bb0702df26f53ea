"""Preview an item in lists, on its share card and in channels."""

from collections.abc import Callable
from dataclasses import dataclass

from chuyendoiso.authoring.forms import form_of
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.items import Item
from chuyendoiso.model.target import Target, page_file
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.outputs.channels import CHANNELS
from chuyendoiso.outputs.channels.channel import ChannelLook, LengthCounter
from chuyendoiso.outputs.images.cards import card_target
from chuyendoiso.outputs.plan import Plan

AddressOf = Callable[[Target], str]  # the address of a picture, as the preview's page names it


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPreview:
    """The preview of an item; `page` is its file in the release."""

    kind: str
    title: str
    summary: str
    published: str
    page: str
    address: str
    card: str
    channels: tuple[tuple[str, ChannelLook | None, str], ...]  # the channel's name, the look, the picture's address
    counters: tuple[LengthCounter, ...]


def preview_item(item: Item, plan: Plan, address_of: AddressOf) -> ItemPreview:
    """Return the preview of an item."""
    site = plan.site
    looks = [(channel.name, channel.look(item, site, plan.fonts, plan.sources)) for channel in CHANNELS]
    texts = {"title": item.title, "summary": item.summary}
    limited = [field for field in form_of(item.kind) if field.name in texts]
    own = [LengthCounter(field.title, len(texts[field.name]), field.limit) for field in limited if field.limit]
    return ItemPreview(
        kind=CONTENT_TYPES[item.kind].label,
        title=item.title,
        summary=item.summary,
        published=format_date(item.date),
        page=page_file(item.path),
        address=site.absolute(item.path),
        card=address_of(card_target(item, site, plan.fonts)),
        channels=tuple((name, look, address_of(look.picture) if look else "") for name, look in looks),
        counters=(*own, *(counter for _, look in looks if look for counter in look.counters)),
    )
