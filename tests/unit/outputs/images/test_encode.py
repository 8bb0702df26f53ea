"""Holds what a rendition is: upright, in sRGB, in eight bits, without metadata, transparent only in WebP, the same bytes each time."""

import io
from collections import defaultdict
from dataclasses import replace

import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageChops, ImageCms

from chuyendoiso.model.items import BodyRef, Catalogue, LinkToPicture, Page, Picture, PictureIn
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.renditions import renditions
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.outputs.images import plan_renditions
from chuyendoiso.outputs.images.image_inputs import RENDITION, RenditionInputs
from chuyendoiso.outputs.images.measure import measure_picture
from chuyendoiso.outputs.images.rendition_plan import make_rendition

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)
FORMATS = ("WEBP", "JPEG")


def quarters(size=(64, 32)):
    """Return a picture whose upper left is red, upper right green, lower left blue, lower right white."""
    image = Image.new("RGB", size, WHITE)
    width, height = size[0] // 2, size[1] // 2
    for colour, at in ((RED, (0, 0)), (GREEN, (width, 0)), (BLUE, (0, height))):
        image.paste(colour, (*at, at[0] + width, at[1] + height))
    return image


def corners(image):
    """Return the colours in the middle of the four quarters, as names."""
    rgb = image.convert("RGB")
    width, height = rgb.size
    places = [
        (width // 4, height // 4),
        (3 * width // 4, height // 4),
        (width // 4, 3 * height // 4),
        (3 * width // 4, 3 * height // 4),
    ]
    known = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}

    def name(pixel):
        return min(known, key=lambda colour: sum((a - b) ** 2 for a, b in zip(known[colour], pixel, strict=True)))

    return [name(rgb.getpixel(place)) for place in places]


def saved(folder, image, format_="PNG", ending="png", **options):
    path = folder / f"a.{ending}"
    image.save(path, format_, **options)
    return path


def rendered(path, format_, size=None):
    """Return a rendition as an opened image; its size is that of the measured picture unless it is given."""
    picture = measure_picture(path, f"media/{path.name}", "x", Limits())
    assert isinstance(picture, Picture), picture
    width, height = size or (picture.width, picture.height)
    image = Image.open(io.BytesIO(make_rendition(RenditionInputs(str(path), picture.digest, format_, width, height, RENDITION))))
    image.load()
    return image


def near(expected, actual, distance=12):
    assert all(abs(a - b) <= distance for a, b in zip(expected, actual, strict=True)), (expected, actual)


def swapped_profile():
    """Return an RGB profile whose red is sRGB's green and whose green is sRGB's red."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    for at in (132 + 12 * index for index in range(count)):
        if profile[at : at + 4] in (b"rXYZ", b"gXYZ"):
            profile[at : at + 4] = b"gXYZ" if profile[at : at + 4] == b"rXYZ" else b"rXYZ"
    return bytes(profile)


# ── upright, measured ───────────────────────────────────────────────────────────────────────────────────────────────────

# how an upright picture is stored under each value of Orientation
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("stored_as", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_turned_picture_is_shown_upright_and_as_large_as_measured(tmp_path, orientation, format_, stored_as, ending):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    method = STORED[orientation]
    image = quarters() if method is None else quarters().transpose(method)
    rendition = rendered(saved(tmp_path, image, stored_as, ending, exif=exif), format_)
    assert (rendition.size, corners(rendition)) == ((64, 32), ["red", "green", "blue", "white"])


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_large_jpeg_is_decoded_at_no_smaller_scale_than_needed(tmp_path, orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    stripes = Image.new("L", (1600, 800))
    stripes.paste(255, (0, 0, 1600, 400))
    rendition = rendered(
        saved(tmp_path, stripes.convert("RGB"), "JPEG", "jpg", exif=exif), "JPEG", (400, 200) if orientation == 1 else (200, 400)
    )
    edge = rendition.convert("L").crop((100, 98, 101, 102) if orientation == 1 else (98, 100, 102, 101)).tobytes()
    assert max(edge) - min(edge) > 200


def test_renditions_are_as_large_as_planned_and_never_larger_than_the_picture(tmp_path):
    path = saved(tmp_path, quarters((1000, 500)))
    picture = measure_picture(path, "media/a.png", "x", Limits())
    for format_ in FORMATS:
        planned = renditions(picture, format_)
        sizes = [rendered(path, format_, (rendition.width, rendition.height)).size for rendition in planned]
        assert sizes == [(480, 240), (800, 400), (1000, 500)]


# ── no metadata ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("stored_as", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
@pytest.mark.parametrize("with_profile", [True, False])
def test_nothing_but_pixels_is_published(tmp_path, format_, stored_as, ending, with_profile):
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "BI-MAT"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (18.0, 40.0, 1.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif, **({"icc_profile": profile} if with_profile else {})}
    if stored_as in {"JPEG", "WEBP"}:
        options["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>BI-MAT</x:xmpmeta>"
    if stored_as == "JPEG":
        options["comment"] = b"BI-MAT"
    path = saved(tmp_path, quarters(), stored_as, ending, **options)
    assert b"BI-MAT" in path.read_bytes()
    rendition = rendered(path, format_)
    metadata = {"exif", "icc_profile", "xmp", "comment", "XML:com.adobe.xmp"} & set(rendition.info)
    data = make_rendition(RenditionInputs(str(path), "", format_, 64, 32, RENDITION))
    assert (set(), {}, False, False, False) == (
        metadata,
        dict(rendition.getexif()),
        b"BI-MAT" in data,
        b"Exif" in data or b"EXIF" in data,
        b"ICC" in data,
    )


# ── modes and colours ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("image", "stored_as", "ending"),
    [
        (quarters().convert("CMYK"), "JPEG", "jpg"),
        (quarters().convert("RGBA"), "PNG", "png"),
        (quarters().quantize(8), "PNG", "png"),
        (quarters().quantize(8), "GIF", "gif"),
        (quarters(), "WEBP", "webp"),
    ],
    ids=["CMYK", "RGBA", "palette", "GIF", "WebP"],
)
def test_colours_are_distinct_in_every_mode(tmp_path, format_, image, stored_as, ending):
    rendition = rendered(saved(tmp_path, image, stored_as, ending), format_)
    assert corners(rendition) == ["red", "green", "blue", "white"]
    assert rendition.mode in ({"RGB"} if format_ == "JPEG" else {"RGB", "RGBA"})


def half_transparent(mode):
    """Return a picture whose left half is transparent and whose right half is full of colour."""
    image = quarters().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 32, 32))
    if mode == "P":
        palette = Image.new("P", (64, 32), 1)
        palette.putpalette([0, 0, 0, *GREEN])
        palette.paste(0, (0, 0, 32, 32))
        return palette
    return image.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_is_preserved_in_webp_and_white_in_jpeg(tmp_path, mode):
    path = saved(tmp_path, half_transparent(mode), **({"transparency": 0} if mode == "P" else {}))
    webp, jpeg = rendered(path, "WEBP"), rendered(path, "JPEG")
    assert (webp.mode, [webp.getpixel(at)[3] for at in ((8, 16), (56, 16))]) == ("RGBA", [0, 255])
    assert jpeg.mode == "RGB"
    near(WHITE, jpeg.getpixel((8, 16)))
    assert jpeg.getpixel((56, 8)) != jpeg.getpixel((8, 8))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("value", [0, 16448, 32896, 49344, 65535])
def test_grey_of_sixteen_bits_is_scaled_not_clipped(tmp_path, format_, value):
    image = Image.new("I;16", (16, 16), value)
    rendition = rendered(saved(tmp_path, image), format_)
    near((value // 257,) * 3, rendition.convert("RGB").getpixel((8, 8)), 3)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("mode", ["1", "L"])
def test_grey_and_bilevel_pictures(tmp_path, format_, mode):
    image = Image.new(mode, (16, 16), 255)
    near(WHITE, rendered(saved(tmp_path, image), format_).convert("RGB").getpixel((8, 8)), 2)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("mode", "stored_as", "ending"),
    [("RGB", "PNG", "png"), ("RGBA", "PNG", "png"), ("RGB", "JPEG", "jpg"), ("RGB", "WEBP", "webp")],
)
def test_the_colours_of_an_embedded_profile_are_converted(tmp_path, format_, mode, stored_as, ending):
    image = Image.new(mode, (32, 32), (220, 20, 20) if mode == "RGB" else (220, 20, 20, 255))
    options = {"lossless": True} if stored_as == "WEBP" else {}
    rendition = rendered(saved(tmp_path, image, stored_as, ending, icc_profile=swapped_profile(), **options), format_)
    near((20, 220, 20), rendition.convert("RGB").getpixel((16, 16)), 14)
    assert "icc_profile" not in rendition.info


def test_the_colours_of_a_palette_with_a_profile_are_converted(tmp_path):
    image = Image.new("RGB", (32, 32), (220, 20, 20)).quantize(4)
    rendition = rendered(saved(tmp_path, image, icc_profile=swapped_profile()), "JPEG")
    near((20, 220, 20), rendition.getpixel((16, 16)), 14)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_broken_profile_is_dropped(tmp_path, format_):
    path = saved(tmp_path, quarters(), icc_profile=b"khong phai ho so mau")
    rendition = rendered(path, format_)
    assert (corners(rendition), rendition.info.get("icc_profile")) == (["red", "green", "blue", "white"], None)


@pytest.mark.parametrize("format_", FORMATS)
def test_heic_is_read(tmp_path, format_):
    path = tmp_path / "a.heic"
    pillow_heif.from_pillow(quarters((128, 64))).save(path, quality=90)
    rendition = rendered(path, format_)
    assert (rendition.size, corners(rendition)) == ((128, 64), ["red", "green", "blue", "white"])


# ── bytes and plans ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("format_", FORMATS)
def test_the_bytes_do_not_depend_on_the_picture_s_folder(tmp_path, format_):
    image = ImageChops.offset(quarters((300, 200)), 17)
    results = []
    for folder in ("mot", "hai"):
        (tmp_path / folder).mkdir()
        inputs = RenditionInputs(str(saved(tmp_path / folder, image)), "d" * 64, format_, 150, 100, RENDITION)
        results.append((repr(inputs), make_rendition(inputs)))
    assert results[0] == results[1]


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_rendition_is_the_same_whatever_else_is_made_of_its_picture(tmp_path, orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = saved(tmp_path, ImageChops.offset(quarters((1600, 900)), 37), "JPEG", "jpg", exif=exif)
    picture = measure_picture(path, "media/a.jpg", "x", Limits())
    planned = [
        RenditionInputs(str(path), picture.digest, format_, rendition.width, rendition.height, RENDITION)
        for format_ in FORMATS
        for rendition in renditions(picture, format_)
    ]
    together = [make_rendition(inputs) for inputs in planned]
    alone = []
    for inputs in planned:
        make_rendition(replace(planned[0], source=str(saved(tmp_path, quarters())), digest="another"))
        alone.append(make_rendition(inputs))
    assert together == alone


def test_each_picture_that_is_shown_is_planned_once(tmp_path):
    first, second = (Picture(f"media/{name}.jpg", name * 64, 500, 250) for name in "ab")
    parts = (PictureIn(first, "A", None), LinkToPicture(first), PictureIn(second, "B", None))
    page = Page(
        source="trang/a.md",
        path="/a/",
        title="A",
        summary="A",
        status=EditorStatus.PUBLISHED,
        withdrawn_reason=None,
        body=BodyRef("a", parts),
    )
    gathered = Catalogue(items=(), pages=(page,), withdrawn=(), tag_names={})
    assert [output.path for output in plan_renditions(gathered, defaultdict(lambda: tmp_path))] == [
        f"media/anh/{name * 20}v2-{width}.{ending}" for name in "ab" for ending in ("webp", "jpg") for width in (480, 500)
    ]
