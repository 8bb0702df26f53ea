"""The inputs of pictures and cards, fixed when they are planned; their settings."""

from dataclasses import dataclass

import PIL

from chuyendoiso.model.renditions import CARD_SIZE, VERSION
from chuyendoiso.model.target import Folder

ENCODING = {"WEBP": {"quality": 78, "method": 2}, "JPEG": {"quality": 82, "optimize": True}}  # docs/performance.md has the trade
RENDITION = f"Pillow {PIL.__version__}, {VERSION}, {ENCODING}"  # what an encoded result depends on beside its source
CARD = f"Pillow {PIL.__version__}, {VERSION}"  # what a card depends on beside its words and fonts


@dataclass(frozen=True, slots=True)
class RenditionInputs:
    """The inputs of a rendition; the source is identified by digest, not by place."""

    source: str
    digest: str
    format: str
    width: int
    height: int
    recipe: str

    def __repr__(self) -> str:
        """Leave the folder out: the same picture gives the same bytes wherever it lies."""
        return f"RenditionInputs({self.digest}, {self.format}, {self.width}×{self.height}, {self.recipe})"


@dataclass(frozen=True, slots=True)
class CardInputs:
    """What one card shows."""

    fonts: Folder
    overline: str
    title: str
    site_name: str
    recipe: str
    size: tuple[int, int] = CARD_SIZE
