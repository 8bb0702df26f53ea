"""Holds share cards: their size and weight, that every Vietnamese letter is in the fonts, and that no text leaves its place."""

import io
import random
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont
from rich_site import RICH_SITE

from chuyendoiso.model.target import Folder
from chuyendoiso.outputs.images.cards import make_card, site_card_inputs, site_card_path
from chuyendoiso.outputs.images.drawing import LINE_HEIGHT, MARGIN, Face, draw_line, wrap
from chuyendoiso.outputs.images.image_inputs import CARD, CardInputs
from chuyendoiso.outputs.images.palette import INK, MOST_BYTES

FONTS = Path(__file__).parents[4] / "theme" / "fonts"
FILES = ("be-vietnam-pro-400.ttf", "be-vietnam-pro-600.ttf")
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL_LETTERS = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES} | set(
    "bcdđghklmnpqrstvx"
)
LETTERS = "".join(sorted(SMALL_LETTERS | {letter.upper() for letter in SMALL_LETTERS} | set("fjwzFJWZ")))
SIGNS = " 0123456789.,;:!?…·–—-/()[]%&+@\"'“”‘’"
WIDTH = 1200 - 2 * MARGIN


def card(title="Tên bài", overline="Tin tức · 23/11/2026", site_name="Chuyển đổi số"):
    return CardInputs(Folder(str(FONTS), "1"), overline, title, site_name, CARD)


def drawn(**words):
    image = Image.open(io.BytesIO(make_card(card(**words))))
    image.load()
    return image


def is_empty(strip):
    """Tell whether a strip of a card shows paper alone."""
    return strip.getextrema() == (0, 0)


def test_there_are_all_letters_to_hold():
    assert (len(SMALL_LETTERS), len(LETTERS)) == (89, 186)


@pytest.mark.parametrize("file", FILES)
def test_the_fonts_have_every_vietnamese_letter_and_the_usual_signs(file):
    cmap = TTFont(FONTS / file).getBestCmap()
    assert [sign for sign in LETTERS + SIGNS if cmap.get(ord(sign), ".notdef") == ".notdef"] == []


@pytest.mark.parametrize("file", FILES)
def test_every_letter_is_drawn_unlike_one_that_is_missing(file):
    font = ImageFont.truetype(FONTS / file, 48, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\ue000"))
    assert [letter for letter in LETTERS if bytes(font.getmask(letter)) in (missing, b"")] == []


def any_title(seed):
    """Return up to 500 letters and signs in words of any length."""
    chance = random.Random(seed)
    letters = chance.choice([LETTERS, LETTERS.upper(), "WMỘ@", LETTERS + SIGNS])
    return "".join(chance.choices(letters + " " * (len(letters) // chance.randint(2, 9)), k=chance.randint(1, 500))).strip()


@pytest.mark.parametrize(
    "title",
    [
        "Tên",
        " ".join(LETTERS),
        ("Chuyển đổi số " * 15)[:200],
        "Ệ" * 60,
        "W W W W " * 25,
        "Ộộộộ " * 100,
        "🇻🇳",
        *map(any_title, range(40)),
    ],
)
def test_a_card_is_a_png_of_sixteen_colours_its_size_and_light_enough(title):
    data = make_card(card(title))
    image = Image.open(io.BytesIO(data))
    image.load()
    assert (image.format, image.mode, image.size, data[24], len(data) <= MOST_BYTES) == ("PNG", "P", (1200, 630), 4, True)
    assert max(image.get_flattened_data()) < len(image.getpalette()) // 3 == 16


def test_a_card_for_zalo_is_a_jpeg():
    image = Image.open(io.BytesIO(make_card(replace(card(), size=(1200, 675)))))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1200, 675))


@pytest.mark.parametrize("size", [30, 36, 42, 48, 56, 64])
def test_the_marks_of_a_line_leave_those_of_the_line_above_as_they_are(size):
    """Two lines of capitals with marks below and above: what one has drawn, the next does not wipe out."""
    face = Face(str(FONTS), 600, size)
    both, upper, lower = (Image.new("P", (800, 300), 0) for _ in range(3))
    below = 100 + round(size * LINE_HEIGHT)
    for image, places in ((both, (100, below)), (upper, (100,)), (lower, (below,))):
        for place in places:
            draw_line(image, "ỘỆ Ị ỢỤ" if place == 100 else "ẲẴ Ổ ỄỮ", face, place, INK)
    inked = [{at for at, index in enumerate(image.get_flattened_data()) if index} for image in (both, upper, lower)]
    assert inked[0] == inked[1] | inked[2] and inked[1] and inked[2]


@pytest.mark.parametrize(
    "words",
    [
        {"title": "Tên"},
        {"title": ("Chuyển đổi số " * 15)[:200]},
        {"title": "Ộ" * 60},
        {"title": "W " * 100},
        {"title": ("Phê duyệt chương trình " * 22)[:500]},
        {"title": " ".join(["Nghiêng"] * 60)},
        {"overline": "Nghị quyết liên tịch 12345678901/2026/" + "WM" * 20},
        {"site_name": "Trang thông tin chuyển đổi số của tỉnh " * 5},
    ],
)
def test_no_text_leaves_its_place(words):
    image = drawn(**words)
    right = image.crop((1200 - MARGIN + 6, 0, 1200, 630))
    over_the_rule = image.crop((MARGIN, 499, 1200, 506))
    below = image.crop((MARGIN, 610, 1200, 630))
    assert (is_empty(right), is_empty(over_the_rule), is_empty(below)) == (True, True, True)


def test_a_title_is_drawn():
    assert not is_empty(drawn().crop((MARGIN, 148, 1200 - MARGIN, 230)))


@pytest.mark.parametrize("size", [30, 64])
@pytest.mark.parametrize(
    "text",
    ["Một", "Chuyển đổi số " * 14, "Ộ" * 60, "a " + "Ộ" * 60 + " b", "W W W W " * 25, "i" * 60, "Nghị quyết liên tịch số 1/2026"],
)
def test_wrapped_lines_fit_and_lose_nothing(text, size):
    font = ImageFont.truetype(FONTS / FILES[1], size, layout_engine=ImageFont.Layout.BASIC)
    lines = wrap(text, Face(str(FONTS), 600, size), WIDTH)
    assert max(font.getlength(line) for line in lines) <= WIDTH
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert all(lines)


def test_words_stay_unbroken_where_they_can():
    title = "Phê duyệt chương trình chuyển đổi số quốc gia"
    assert " ".join(wrap(title, Face(str(FONTS), 600, 64), WIDTH)) == title


def test_an_empty_text_has_no_lines():
    assert wrap("  ", Face(str(FONTS), 600, 30), WIDTH) == []


def test_the_same_words_give_the_same_bytes_and_the_same_name_in_any_folder(tmp_path):
    for file in FILES:
        (tmp_path / file).symlink_to(FONTS / file)
    elsewhere = CardInputs(
        Folder(str(tmp_path), "1"), *(getattr(card(), name) for name in ("overline", "title", "site_name", "recipe"))
    )
    assert (repr(card()), make_card(card())) == (repr(elsewhere), make_card(elsewhere))


def test_the_card_of_the_site_has_its_name_owner_and_tagline_and_another_address_where_they_change():
    fonts = Folder(str(FONTS), "1")
    inputs = site_card_inputs(RICH_SITE, fonts)
    assert (inputs.overline, inputs.title, inputs.site_name) == ("Sở Khoa học và Công nghệ", "Chuyển đổi số", "Tin của tỉnh")
    others = [
        replace(RICH_SITE, name="Khác"),
        replace(RICH_SITE, tagline=None),
        replace(RICH_SITE, owner=RICH_SITE.owner._replace(name="Khác")),
    ]
    paths = {site_card_path(site, fonts) for site in (RICH_SITE, *others)}
    assert len(paths) == 4 and all(re.fullmatch(r"/media/the/trang-[0-9a-f]{12}\.png", path) for path in paths)
    assert Image.open(io.BytesIO(make_card(inputs))).size == (1200, 630)
