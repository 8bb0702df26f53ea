"""Encode a rendition: upright, without metadata, in sRGB, as WebP or JPEG."""

import io
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageOps

from chuyendoiso.model.items import Picture
from chuyendoiso.model.renditions import renditions
from chuyendoiso.outputs.images.image_inputs import ENCODING, RenditionInputs
from chuyendoiso.outputs.images.measure import SIDEWAYS, open_picture


class _Decoded:
    """A picture decoded once for all its renditions; JPEG at the scale they need."""

    def __init__(self, source: str, digest: str) -> None:
        self.digest = digest
        self.sizes: dict[tuple[int, int], Image.Image] = {}  # upright and in sRGB
        with open_picture(Path(source)) as image:
            self.turn = image.getexif().get(ExifTags.Base.Orientation, 1)
            self.profile = image.info.get("icc_profile")
            picture = Picture(source, digest, *self.turned(image.size))
            self.steps = [(rendition.width, rendition.height) for rendition in renditions(picture, "JPEG")]
            if image.format in {"JPEG", "MPO"}:
                image.draft(None, self.turned(self.steps[-1]))
            self.image = _resizable(image)
            self.image.load()

    def turned(self, size: tuple[int, int]) -> tuple[int, int]:
        """Swap width and height if the picture is turned by 90 degrees."""
        return size[::-1] if self.turn in SIDEWAYS else size

    def at(self, size: tuple[int, int]) -> Image.Image:
        """Return the picture at a size, resized from the next larger rendition."""
        if size not in self.sizes:
            larger = next((step for step in self.steps if step[0] > size[0] and step[1] > size[1]), None)
            if larger:
                self.sizes[size] = self.at(larger).resize(size, Image.Resampling.BICUBIC)
            else:
                # resize first: turning and converting each take the memory of all pixels again
                small = self.image.resize(self.turned(size), Image.Resampling.BICUBIC)
                self.sizes[size] = _to_srgb(_upright(small, self.turn), self.profile)
        return self.sizes[size]


_last: _Decoded | None = None


def load_pixels(inputs: RenditionInputs) -> Image.Image:
    """Return a picture upright and in sRGB at a size; the last picture stays decoded."""
    global _last  # noqa: PLW0603
    if _last is None or _last.digest != inputs.digest:
        _last = None  # frees its pixels before the next picture is decoded
        _last = _Decoded(inputs.source, inputs.digest)
    return _last.at((inputs.width, inputs.height))


def encode(image: Image.Image, format_: str, quality: int | None = None) -> bytes:
    """Encode pixels without metadata; JPEG gets white behind transparency."""
    if format_ == "JPEG" and image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    image.info.clear()  # Pillow would write a comment from here
    buffer = io.BytesIO()
    image.save(buffer, format_, **ENCODING[format_] | ({"quality": quality} if quality else {}))
    return buffer.getvalue()


def _resizable(image: Image.Image) -> Image.Image:
    """Return the picture in a resizable mode; 16-bit grey becomes 8-bit.

    Pillow's own conversion clips it to white.
    """
    if image.mode in {"I;16", "I;16B", "I;16L", "I"}:
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if image.mode == "PA" or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert({"1": "L", "P": "RGB"}[image.mode]) if image.mode in {"1", "P"} else image


def _upright(image: Image.Image, turn: int) -> Image.Image:
    """Return the picture turned as EXIF's Orientation says."""
    if turn == 1:
        return image
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    image.info = {"exif": exif.tobytes()}
    return ImageOps.exif_transpose(image)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as RGB or RGBA in sRGB; apply and drop an embedded profile."""
    target = "RGBA" if image.mode in {"RGBA", "LA"} else "RGB"
    if profile and image.mode in {"RGB", "CMYK", "L", "RGBA"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
            return converted if converted is not None else image.convert(target)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken or unfit profile: take the colours as sRGB, as browsers do
    return image if image.mode == target else image.convert(target)
