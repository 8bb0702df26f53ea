"""Plan the renditions of pictures. `pixels` makes them and loads Pillow."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from chuyendoiso.model.items import Catalogue, Picture
from chuyendoiso.model.renditions import renditions
from chuyendoiso.model.target import Target
from chuyendoiso.outputs.images.image_inputs import RENDITION, RenditionInputs


def plan_renditions(catalogue: Catalogue, sources: Mapping[str, Path]) -> Iterator[Target]:
    """Plan each rendition of each picture that a shown item or page uses, once."""
    pictures: dict[str, Picture] = {}
    used = [item.pictures for item in catalogue.items] + [page.body.pictures for page in catalogue.pages]
    pictures.update((picture.digest, picture) for found in used for picture in found)
    for picture in pictures.values():
        for format_ in ("WEBP", "JPEG"):
            for one in renditions(picture, format_):
                inputs = RenditionInputs(str(sources[picture.source]), picture.digest, format_, one.width, one.height, RENDITION)
                yield Target(one.path.removeprefix("/"), inputs, make_rendition, picture.source, cost=50, untrusted_input=True)


def make_rendition(inputs: RenditionInputs) -> bytes:
    """Encode a rendition. Raises Pillow's errors."""
    from chuyendoiso.outputs.images.pixels import encode, pixels

    return encode(pixels(inputs), inputs.format)
