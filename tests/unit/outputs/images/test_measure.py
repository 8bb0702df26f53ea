"""Holds how a picture is measured: its size as shown upright, and what is refused with a plain line."""

import hashlib
import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import ExifTags, Image

from chuyendoiso.model.items import Picture
from chuyendoiso.model.limits import Limits
from chuyendoiso.outputs.images.measure import measure_picture

SHOWN = "content/media/a"
TOO_LARGE = ("picture-too-large", "thu nhỏ ảnh còn không quá 4000 điểm mỗi chiều.")


def encoded(format_, size=(40, 20), mode="RGB", **options):
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, format_, **options)
    return buffer.getvalue()


def turned(orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return exif


def measured(folder, name, data, limits=None):
    path = folder / name
    path.write_bytes(data)
    return measure_picture(path, f"media/{name}", SHOWN, limits or Limits())


def heic(size=(40, 20)):
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, "red")).save(buffer, quality=50)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", encoded("JPEG")),
        ("a.jpeg", encoded("JPEG")),
        ("a.JPG", encoded("JPEG")),
        ("a.png", encoded("PNG")),
        ("a.webp", encoded("WEBP")),
        ("a.gif", encoded("GIF")),
        ("a.heic", heic()),
        ("a.HEIF", heic()),
    ],
)
def test_every_allowed_type_is_measured(tmp_path, name, data):
    expected = Picture(f"media/{name}", hashlib.sha256(data).hexdigest(), 40, 20)
    assert expected == measured(tmp_path, name, data)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(("format_", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_the_size_is_that_of_the_picture_held_upright(tmp_path, orientation, format_, ending):
    data = encoded(format_, exif=turned(orientation))
    result = measured(tmp_path, f"a.{ending}", data)
    assert ((20, 40) if orientation >= 5 else (40, 20)) == (result.width, result.height)


@pytest.mark.parametrize(("size", "refused"), [((10, 100), False), ((1001, 1), True), ((40, 26), True)])
def test_a_picture_of_too_many_pixels_is_refused(tmp_path, size, refused):
    result = measured(tmp_path, "a.png", encoded("PNG", size), Limits(picture_pixels=1000))
    assert (result.rule, result.remedy) == TOO_LARGE if refused else (result.width, result.height) == size


def test_a_picture_just_below_the_limit_is_accepted(tmp_path):
    width, height = 9_800, 10_000  # more than Pillow's own limit, less than ours
    assert width * height < Limits().picture_pixels
    result = measured(tmp_path, "a.png", encoded("PNG", (width, height), "1"))
    assert isinstance(result, Picture), result


def test_a_bomb_is_refused_without_being_decoded(tmp_path):
    # the header of a PNG of 60,000 × 60,000 pixels, and nothing after it: only reading on would find it broken
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    data += struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    result = measured(tmp_path, "a.png", data)
    assert (result.rule, result.remedy) == TOO_LARGE
