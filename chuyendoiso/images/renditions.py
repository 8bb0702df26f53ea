"""The renditions of pictures, planned. `pixels` makes them, which alone loads Pillow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import PIL

from chuyendoiso.domain.model import Catalogue, Picture
from chuyendoiso.domain.output import Output
from chuyendoiso.domain.renditions import VERSION, renditions

ENCODING = {"WEBP": {"quality": 78, "method": 2}, "JPEG": {"quality": 82, "optimize": True}}  # docs/performance.md has the trade
RECIPE = f"Pillow {PIL.__version__}, {VERSION}, {ENCODING}"  # what an encoded result depends on beside its source


@dataclass(frozen=True, slots=True)
class RenditionInputs:
    """What one rendition is made from; the source is told apart by its digest, not by where it lies."""

    source: str
    digest: str
    format: str
    width: int
    height: int
    recipe: str

    def __repr__(self) -> str:
        """Leave the folder out: the same picture gives the same bytes wherever it lies."""
        return f"RenditionInputs({self.digest}, {self.format}, {self.width}×{self.height}, {self.recipe})"


def plan_renditions(catalogue: Catalogue, sources: Mapping[str, Path]) -> Iterator[Output]:
    """Plan each rendition of each picture that a shown item or page uses, once."""
    pictures: dict[str, Picture] = {}
    used = [item.pictures for item in catalogue.items] + [page.body.pictures for page in catalogue.pages]
    pictures.update((picture.digest, picture) for found in used for picture in found)
    for picture in pictures.values():
        for format_ in ("WEBP", "JPEG"):
            for one in renditions(picture, format_):
                inputs = RenditionInputs(str(sources[picture.source]), picture.digest, format_, one.width, one.height, RECIPE)
                yield Output(one.path.removeprefix("/"), inputs, make_rendition, picture.source, weight=50, foreign=True)


def make_rendition(inputs: RenditionInputs) -> bytes:
    """Encode one rendition. Raises what Pillow raises where the source cannot be read after all."""
    from chuyendoiso.images.pixels import encode, pixels

    return encode(pixels(inputs), inputs.format)
