"""The pictures of a Word file are kept without what tells where and by whom they were taken."""

import io

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from chuyendoiso.authoring.word.pictures import read_pictures
from chuyendoiso.model.limits import Limits

PLACE = b"20.4388N 106.1621E"


def picture(kind: str, turn: int = 0) -> bytes:
    """Return a picture that says where it was taken, in EXIF and in XMP."""
    exif, more = Image.Exif(), PngImagePlugin.PngInfo()
    exif[ExifTags.Base.Make] = "May anh"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = PLACE
    if turn:
        exif[ExifTags.Base.Orientation] = turn
    more.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    image = Image.linear_gradient("L").convert("RGB").resize((60, 40))
    data = io.BytesIO()
    image.save(data, kind, exif=exif, **({"pnginfo": more} if kind == "PNG" else {"xmp": PLACE}))
    assert PLACE in data.getvalue()
    return data.getvalue()


def read(raw: bytes, tmp_path) -> bytes:
    blocks = [{"t": "Para", "c": [{"t": "Image", "c": [["", [], []], [], ["media/a", ""]]}]}]
    _, files, notes = read_pictures(blocks, {"media/a": raw}, tmp_path, "2026/hop-to", Limits())
    assert notes == []
    return next(iter(files.values()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", [0, 6])
def test_a_picture_does_not_tell_where_it_was_taken(tmp_path, kind, turn):
    raw = picture(kind, turn)
    kept = read(raw, tmp_path)
    image, before = Image.open(io.BytesIO(kept)), Image.open(io.BytesIO(raw))
    assert (image.format, image.size) == (kind, (60, 40))
    assert dict(image.getexif()) == ({ExifTags.Base.Orientation: turn} if turn else {})
    assert PLACE not in kept and b"May anh" not in kept
    pairs = zip(image.convert("L").tobytes(), before.convert("L").tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= 8


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_a_picture_without_metadata_stays_as_it_is(tmp_path, kind):
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(data, kind)
    assert read(data.getvalue(), tmp_path) == data.getvalue()
