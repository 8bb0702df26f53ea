"""Plan share cards for social networks and messengers: 1200 × 630 pixels.

They show an item's title or the site's name. `drawing` draws them and loads Pillow.
"""

import hashlib
from collections.abc import Iterator
from urllib.parse import urlsplit

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.renditions import CARD_SIZE
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, Target
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.outputs.images.image_inputs import CARD, CardInputs


def card_inputs(item: Item, site: Site, fonts: Folder, size: tuple[int, int] = CARD_SIZE) -> CardInputs:
    """Return the words of an item's card, and its size in pixels."""
    overline = item.overline or f"{CONTENT_TYPES[item.kind].label} · {format_date(item.date)}"
    return CardInputs(fonts, overline, item.heading, site.name, CARD, size)


def site_card_inputs(site: Site, fonts: Folder) -> CardInputs:
    """Return the words of the site's card: name, owner and tagline (or host)."""
    return CardInputs(fonts, site.owner.name, site.name, site.tagline or urlsplit(site.url).netloc, CARD)


def card_path(item: Item, site: Site, fonts: Folder) -> str:
    """Return the address of an item's card, which changes with its words."""
    return urls.share_card(item.path, _digest(card_inputs(item, site, fonts)))


def site_card_path(site: Site, fonts: Folder) -> str:
    """Return the address of the site's card, which changes with its words."""
    return urls.site_card(_digest(site_card_inputs(site, fonts)))


def _digest(inputs: CardInputs) -> str:
    text = "\n".join((inputs.overline, inputs.title, inputs.site_name, inputs.recipe, inputs.fonts.digest))
    return hashlib.sha256(text.encode()).hexdigest()


def plan_cards(catalogue: Catalogue, site: Site, fonts: Folder) -> Iterator[Target]:
    """Plan a card for each shown item, and the site's card for all other pages."""
    yield Target(site_card_path(site, fonts).removeprefix("/"), site_card_inputs(site, fonts), make_card, "site.yml", cost=10)
    yield from (card_target(item, site, fonts) for item in catalogue.items)


def card_target(item: Item, site: Site, fonts: Folder) -> Target:
    """Plan an item's card."""
    return Target(card_path(item, site, fonts).removeprefix("/"), card_inputs(item, site, fonts), make_card, item.source, cost=10)


def make_card(inputs: CardInputs) -> bytes:
    """Draw a card as PNG; in another size, for Zalo, as JPEG."""
    from chuyendoiso.outputs.images.drawing import draw_card

    return draw_card(inputs)
