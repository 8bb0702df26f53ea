"""Plan the renditions of pictures. `pixels` makes them and loads Pillow."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.renditions import renditions
from chuyendoiso.model.target import Target
from chuyendoiso.outputs.images.image_inputs import RENDITION, RenditionInputs


def plan_renditions(catalogue: Catalogue, sources: Mapping[str, Path]) -> Iterator[Target]:
    """Plan each rendition of each picture that a shown item or page uses, once."""
    used = chain(*(item.pictures for item in catalogue.items), *(page.body.pictures for page in catalogue.pages))
    for picture in {picture.digest: picture for picture in used}.values():
        for file in (*renditions(picture, "WEBP"), *renditions(picture, "JPEG")):
            source = str(sources[picture.source])
            inputs = RenditionInputs(source, picture.digest, file.format, file.width, file.height, RENDITION)
            yield Target(file.path.removeprefix("/"), inputs, make_rendition, picture.source, cost=50, untrusted_input=True)


def make_rendition(inputs: RenditionInputs) -> bytes:
    """Encode a rendition. Raises Pillow's errors."""
    from chuyendoiso.outputs.images.pixels import encode, load_pixels

    return encode(load_pixels(inputs), inputs.format)
