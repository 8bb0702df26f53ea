"""Holds Vietnamese text: folding, slugs, dictionary order, tone placement, and how dates, numbers and sizes are written."""

import unicodedata
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from chuyendoiso.model.vietnamese import (
    fold,
    format_date,
    format_instant,
    format_number,
    format_size,
    format_weekday,
    lower_first,
    shorten,
    slugify,
    sort_key,
    unify_tones,
)

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONED_A = ("a", "à", "ả", "ã", "á", "ạ")  # ngang huyền hỏi ngã sắc nặng


def nfd(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đường Đặng Thùy Trâm", "duong dang thuy tram"),
        ("đ", "d"),
        ("Đ", "d"),
        ("ĂÂÊÔƠƯ ăâêôơư", "aaeoou aaeoou"),
        ("Ằ Ẳ Ẵ Ắ Ặ Ở Ự Ệ Ỹ", "a a a a a o u e y"),
        ("NGHỊ QUYẾT", "nghi quyet"),
        ("749/QĐ-TTg", "749/qd-ttg"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_fold_takes_all_marks_off_in_either_unicode_form(text, expected, form):
    assert expected == fold(unicodedata.normalize(form, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nhìn lại năm 2022: chín hội nghị", "nhin-lai-nam-2022-chin-hoi-nghi"),
        ("5/2026", "5-2026"),
        ("  Đô thị -- thông minh!  ", "do-thi-thong-minh"),
        ("Số hóa", "so-hoa"),
        ("Số hoá", "so-hoa"),
        ("C++ & C#", "c-c"),
        ("???", ""),
        ("日本", ""),
        ("", ""),
    ],
)
def test_slugify(text, expected):
    assert expected == slugify(text)


def test_the_alphabet_sorts_as_in_a_dictionary():
    assert list(ALPHABET) == sorted("zyxwvưutsrqpơôonmlkjihgfêeđdcbâăa", key=sort_key)


def test_tones_sort_in_dictionary_order():
    assert list(TONED_A) == sorted("ạáãảàa", key=sort_key)


@pytest.mark.parametrize(
    "ordered",
    [
        ("An", "Ăn", "Ân", "Bản", "Dân", "Đảng", "Em", "Êm"),
        ("ma", "mà", "mả", "mã", "má", "mạ", "măn", "mân"),
        ("Kế hoạch", "Kết luận", "Kỹ năng"),
        ("Đề án", "Đô thị", "Đường"),
        ("o", "oan", "ô", "ông", "ơ", "ơn"),
        ("2 xã", "3 xã", "An Bình"),
        ("xa", "xa lộ", "xã lộ"),
        ("Zalo", "я"),
    ],
)
def test_words_sort_by_letters_before_tones(ordered):
    shuffled = list(reversed(ordered))
    shuffled.sort(key=sort_key)
    assert list(ordered) == shuffled


@pytest.mark.parametrize("name", ["Đảng ủy", "Kế hoạch", "Ệ"])
def test_order_is_the_same_for_composed_and_decomposed_text(name):
    assert sort_key(name)[:2] == sort_key(nfd(name))[:2]


def test_no_two_texts_have_the_same_sort_key():
    texts = sorted(["ba", "Ba", "BA", "bà", "b a"], key=sort_key)
    assert all(sort_key(text) < sort_key(other) for text, other in pairwise(texts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("hoả", "hỏa"),
        ("hoạ", "họa"),
        ("thuỷ", "thủy"),
        ("luỹ", "lũy"),
        ("tuỳ", "tùy"),
        ("khoẻ", "khỏe"),
        ("loé", "lóe"),
        ("uỷ ban", "ủy ban"),
        ("Uỷ ban", "Ủy ban"),
        ("HOÀ", "HÒA"),
        ("KHOẺ", "KHỎE"),
        ("Hoà Bình, Thuỷ Nguyên", "Hòa Bình, Thủy Nguyên"),
        ("số hoá", "số hóa"),
        ("(hoá)", "(hóa)"),
    ],
)
def test_tones_of_open_oa_oe_uy_move_to_the_first_vowel(text, expected):
    assert expected == unify_tones(text)
    assert expected == unify_tones(nfd(text))


@pytest.mark.parametrize(
    "text",
    "hòa thủy khỏe quý Quý QUÝ quỹ quả quẻ hoàn toán thuyền hoặc huệ Huế huyện ngoài xoáy khuỷu khoét thuở thuế của mùa Zalo 5G OA".split(),
)
def test_other_tones_stay(text):
    assert text == unify_tones(text)


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2023, 5, 4), "04/05/2023", "Thứ Năm, 04/05/2023"),
        (date(2026, 11, 22), "22/11/2026", "Chủ Nhật, 22/11/2026"),
        (date(2026, 11, 23), "23/11/2026", "Thứ Hai, 23/11/2026"),
        (date(1900, 1, 1), "01/01/1900", "Thứ Hai, 01/01/1900"),
    ],
)
def test_dates(day, short, long):
    assert (short, long) == (format_date(day), format_weekday(day))


def test_an_instant_is_written_in_its_own_zone():
    instant = datetime(2026, 12, 10, 7, 5, tzinfo=ZoneInfo("UTC"))
    in_vietnam = instant.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    formatted = [format_instant(time) for time in (instant, in_vietnam)]
    assert formatted == ["Thứ Năm, 10/12/2026, 07:05", "Thứ Năm, 10/12/2026, 14:05"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (999, "999"), (1000, "1.000"), (22780, "22.780"), (1234567, "1.234.567")],
)
def test_numbers(value, expected):
    assert expected == format_number(value)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "0 byte"),
        (900, "900 byte"),
        (999, "999 byte"),
        (1_000, "1 KB"),
        (340_200, "340 KB"),
        (999_499, "999 KB"),
        (999_500, "1,0 MB"),
        (1_234_567, "1,2 MB"),
        (25_000_000, "25,0 MB"),
    ],
)
def test_sizes(size, expected):
    assert expected == format_size(size)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Chuyển đổi số", 13, "Chuyển đổi số"),
        ("Chuyển đổi số", 12, "Chuyển đổi…"),
        ("Chuyển đổi số", 11, "Chuyển đổi…"),
        ("Chuyển đổi số", 10, "Chuyển…"),
        ("Một, hai, ba", 10, "Một, hai…"),
        ("Một – hai ba", 8, "Một…"),
        ("abcdefghij", 5, "abcd…"),
        ("", 5, ""),
    ],
)
def test_shorten_cuts_at_the_end_of_a_word(text, limit, expected):
    assert expected == shorten(text, limit)


@pytest.mark.parametrize("limit", range(2, 60))
def test_shorten_holds_its_limit_and_cuts_no_word(limit):
    text = "Nghị quyết về chuyển đổi số, phát triển đô thị thông minh"
    cut = shorten(text, limit)
    retained = cut.removesuffix("…")
    assert len(cut) <= limit
    assert text.startswith(retained)
    assert " " not in retained or text == retained or not (retained[-1:].isalnum() and text[len(retained)].isalnum())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Người dân", "người dân"), ("Đô thị", "đô thị"), ("CNTT và số", "CNTT và số"), ("Ủy ban", "ủy ban"), ("A", "a"), ("", "")],
)
def test_lower_first_keeps_abbreviations(text, expected):
    assert expected == lower_first(text)
