"""Covers for Zalo: JPEG at 16:9, limited in bytes; a drawn card if no picture."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.model import urls
from chuyendoiso.model.items import Item, Picture
from chuyendoiso.model.renditions import Rendition, rendition_name
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, Target
from chuyendoiso.outputs.channels.zalo.feed import ID
from chuyendoiso.outputs.images.cards import card_inputs, make_card
from chuyendoiso.outputs.images.image_inputs import RENDITION, RenditionInputs

DRAWN = (1200, 675)  # 16:9
WIDEST = 1280  # pixels
QUALITIES = (82, 70, 55, 40, 25)


@dataclass(frozen=True, slots=True)
class CoverInputs:
    """The picture of a cover, the cover's size, and its limit in bytes."""

    picture: RenditionInputs  # at the smallest size that covers the cover
    width: int
    height: int
    most: int


def cover_rendition(picture: Picture) -> Rendition:
    """Return the cover that is cut from a picture: its middle, at 16:9."""
    width = min(picture.width, picture.height * 16 // 9, WIDEST)
    path = f"{urls.channel_pictures(ID)}{rendition_name(picture.digest)}.jpg"
    return Rendition(path, "JPEG", max(1, width), max(1, width * 9 // 16))


def cover_path(item: Item, site: Site, fonts: Folder) -> str:
    """Return the address of an item's cover for Zalo."""
    if item.cover:
        return cover_rendition(item.cover.picture).path
    drawn = card_inputs(item, site, fonts, DRAWN)
    return urls.channel_card(ID, item.path, hashlib.sha256(f"{drawn!r}".encode()).hexdigest())


def plan_covers(items: Iterable[Item], site: Site, fonts: Folder, sources: Mapping[str, Path]) -> Iterator[Target]:
    """Plan the cover of each item, once."""
    first_items = {cover_path(item, site, fonts): item for item in reversed(list(items))}  # items may share a picture
    yield from (cover_target(item, site, fonts, sources) for item in first_items.values())


def cover_target(item: Item, site: Site, fonts: Folder, sources: Mapping[str, Path]) -> Target:
    """Plan an item's cover: of its picture, else drawn."""
    path = cover_path(item, site, fonts).removeprefix("/")
    if not item.cover:
        return Target(path, card_inputs(item, site, fonts, DRAWN), make_card, item.source, cost=10)
    inputs = cover_inputs(item.cover.picture, sources, site.limits.zalo_picture_bytes)
    return Target(path, inputs, make_cover, item.cover.picture.source, cost=50, untrusted_input=True)


def cover_inputs(picture: Picture, sources: Mapping[str, Path], most: int) -> CoverInputs:
    """Return a cover's inputs: the picture at the smallest size that covers it."""
    cover = cover_rendition(picture)
    scale = max(cover.width / picture.width, cover.height / picture.height)
    size = (max(cover.width, round(picture.width * scale)), max(cover.height, round(picture.height * scale)))
    scaled = RenditionInputs(str(sources[picture.source]), picture.digest, cover.format, *size, RENDITION)
    return CoverInputs(scaled, cover.width, cover.height, most)


def make_cover(inputs: CoverInputs) -> bytes:
    """Crop a picture to a JPEG of the best quality within the limit.

    Raises Pillow's errors.
    """
    from chuyendoiso.outputs.images.pixels import encode, load_pixels

    picture = load_pixels(inputs.picture)
    left, top = (picture.width - inputs.width) // 2, (picture.height - inputs.height) // 2
    image = picture.crop((left, top, left + inputs.width, top + inputs.height))
    data = b""
    for quality in QUALITIES:
        data = encode(image, "JPEG", quality)
        if len(data) <= inputs.most:
            break
    return data
