"""Holds share cards: their size and weight, that every Vietnamese letter is in the fonts, and that no text leaves its place."""

import io
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont
from rich_site import RICH_SITE

from chuyendoiso.domain.output import Folder
from chuyendoiso.images.cards import CardInputs, make_card, site_card_inputs, site_card_path
from chuyendoiso.images.drawing import MARGIN, wrap
from chuyendoiso.images.renditions import RECIPE

FONTS = Path(__file__).parents[3] / "theme" / "fonts"
FILES = ("be-vietnam-pro-400.ttf", "be-vietnam-pro-600.ttf")
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL_LETTERS = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES} | set(
    "bcdđghklmnpqrstvx"
)
LETTERS = "".join(sorted(SMALL_LETTERS | {letter.upper() for letter in SMALL_LETTERS} | set("fjwzFJWZ")))
SIGNS = " 0123456789.,;:!?…·–—-/()[]%&+@\"'“”‘’"
WIDTH = 1200 - 2 * MARGIN


def card(title="Tên bài", overline="Tin tức · 23/11/2026", site_name="Chuyển đổi số"):
    return CardInputs(Folder(str(FONTS), "1"), overline, title, site_name, RECIPE)


def drawn(**words):
    image = Image.open(io.BytesIO(make_card(card(**words))))
    image.load()
    return image


def is_empty(strip):
    """Tell whether a strip of a card shows paper alone, as far as JPEG keeps it."""
    return all(high - low < 24 for low, high in strip.getextrema())


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


@pytest.mark.parametrize(
    "title", ["Tên", " ".join(LETTERS), ("Chuyển đổi số " * 15)[:200], "Ệ" * 60, "W W W W " * 25, "Ộộộộ " * 100, "🇻🇳"]
)
def test_a_card_is_a_jpeg_of_its_size_and_light_enough(title):
    data = make_card(card(title))
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size, len(data) < 1_000_000) == ("JPEG", (1200, 630), True)


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
    lines = wrap(text, font, WIDTH)
    assert max(font.getlength(line) for line in lines) <= WIDTH
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert all(lines)


def test_words_stay_whole_where_they_can():
    font = ImageFont.truetype(FONTS / FILES[1], 64, layout_engine=ImageFont.Layout.BASIC)
    assert (
        " ".join(wrap("Phê duyệt chương trình chuyển đổi số quốc gia", font, WIDTH))
        == "Phê duyệt chương trình chuyển đổi số quốc gia"
    )


def test_an_empty_text_has_no_lines():
    assert wrap("  ", ImageFont.truetype(FONTS / FILES[1], 30), WIDTH) == []


def test_the_same_words_give_the_same_bytes_and_the_same_name_in_any_folder(tmp_path):
    for file in FILES:
        (tmp_path / file).symlink_to(FONTS / file)
    elsewhere = CardInputs(
        Folder(str(tmp_path), "1"), *(getattr(card(), name) for name in ("overline", "title", "site_name", "recipe"))
    )
    assert (repr(card()), make_card(card())) == (repr(elsewhere), make_card(elsewhere))


def test_the_card_of_the_site_has_its_name_owner_and_tagline_and_another_address_where_they_change():
    fonts = Folder(str(FONTS), "1")
    shown = site_card_inputs(RICH_SITE, fonts)
    assert (shown.overline, shown.title, shown.site_name) == ("Sở Khoa học và Công nghệ", "Chuyển đổi số", "Tin của tỉnh")
    others = [
        replace(RICH_SITE, name="Khác"),
        replace(RICH_SITE, tagline=None),
        replace(RICH_SITE, owner=RICH_SITE.owner._replace(name="Khác")),
    ]
    paths = {site_card_path(site, fonts) for site in (RICH_SITE, *others)}
    assert len(paths) == 4 and all(re.fullmatch(r"/media/the/trang-[0-9a-f]{12}\.jpg", path) for path in paths)
    assert Image.open(io.BytesIO(make_card(shown))).size == (1200, 630)
