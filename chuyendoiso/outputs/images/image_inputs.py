"""The inputs of pictures and cards, fixed when they are planned; their settings."""

from dataclasses import dataclass, field

import PIL

from chuyendoiso.model.renditions import CARD_SIZE, VERSION
from chuyendoiso.model.target import Folder

ENCODING = {"WEBP": {"quality": 78, "method": 2}, "JPEG": {"quality": 82, "optimize": True}}  # docs/performance.md has the trade
RENDITION = f"Pillow {PIL.__version__}, {VERSION}, {ENCODING}"  # part of the inputs of each rendition
CARD = f"Pillow {PIL.__version__}, {VERSION}"  # part of the inputs of each card


@dataclass(frozen=True, slots=True)
class RenditionInputs:
    """The inputs of a rendition; the source is identified by digest, not by place."""

    source: str = field(repr=False)
    digest: str
    format: str
    width: int
    height: int
    recipe: str


@dataclass(frozen=True, slots=True)
class CardInputs:
    """The words, fonts and size of a card."""

    fonts: Folder
    overline: str
    title: str
    site_name: str
    recipe: str
    size: tuple[int, int] = CARD_SIZE
