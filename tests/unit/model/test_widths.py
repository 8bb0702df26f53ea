"""Holds which sizes of a picture exist: never wider than the picture, in its proportions, at addresses that its bytes decide."""

import pytest

from chuyendoiso.model.items import Picture
from chuyendoiso.model.renditions import Rendition, largest_jpeg, renditions

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), [(480, 360), (800, 600), (1280, 960)]),
        ((1280, 720), [(480, 270), (800, 450), (1280, 720)]),
        ((1000, 1000), [(480, 480), (800, 800), (1000, 1000)]),
        ((801, 801), [(480, 480), (800, 800), (801, 801)]),
        ((800, 601), [(480, 361), (800, 601)]),
        ((480, 10), [(480, 10)]),
        ((479, 1000), [(479, 1000)]),
        ((1, 1), [(1, 1)]),
        ((4000, 1), [(480, 1), (800, 1), (1280, 1)]),
        ((1, 4000), [(1, 4000)]),
    ],
)
@pytest.mark.parametrize(("format_", "ending"), [("WEBP", "webp"), ("JPEG", "jpg")])
def test_sizes_of_a_picture(size, expected, format_, ending):
    actual = renditions(Picture("media/a.jpg", DIGEST, *size), format_)
    planned = [Rendition(f"/media/anh/{DIGEST[:20]}v2-{width}.{ending}", format_, width, height) for width, height in expected]
    assert tuple(planned) == actual


def test_the_largest_jpeg_is_the_widest():
    picture = Picture("media/a.jpg", DIGEST, 4000, 3000)
    assert (
        renditions(picture, "JPEG")[-1]
        == largest_jpeg(picture)
        == Rendition(f"/media/anh/{DIGEST[:20]}v2-1280.jpg", "JPEG", 1280, 960)
    )
