"""Covers for the Zalo channel: 16:9, the picture's middle, upright, and within the limit of bytes."""

import io
import random

import pytest
from PIL import Image

from chuyendoiso.model.items import Picture
from chuyendoiso.model.limits import Limits
from chuyendoiso.outputs.channels.zalo.covers import cover_inputs, make_cover
from chuyendoiso.outputs.images.measure import measure_picture


def cover(path, most=1_000_000):
    picture = measure_picture(path, path.name, path.name, Limits())
    assert isinstance(picture, Picture)
    return make_cover(cover_inputs(picture, {path.name: path}, most))


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 900), (1280, 720)),
        ((3000, 1000), (1280, 720)),
        ((900, 1600), (900, 506)),
        ((320, 180), (320, 180)),
        ((10, 3000), (10, 5)),
    ],
)
def test_a_cover_is_cut_from_the_middle(tmp_path, name, size, expected):
    image = Image.new("RGB", size, "white")
    image.paste("red", (size[0] // 3, size[1] // 3, size[0] * 2 // 3, size[1] * 2 // 3))
    image.save(tmp_path / name)
    cropped = Image.open(io.BytesIO(cover(tmp_path / name)))
    assert (expected, "JPEG") == (cropped.size, cropped.format)
    red, green, _ = cropped.getpixel((cropped.width // 2, cropped.height // 2))
    assert red - green > 60, "white stands at the edges alone"


def test_a_cover_that_would_be_too_heavy_is_of_less_quality(tmp_path):
    noise = random.Random(1).randbytes(1280 * 720 * 3)
    Image.frombytes("RGB", (1280, 720), noise).save(tmp_path / "a.png")
    fine, coarse = cover(tmp_path / "a.png"), cover(tmp_path / "a.png", most=300_000)
    assert len(coarse) <= 300_000 < len(fine) <= 1_000_000
