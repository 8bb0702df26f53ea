"""Vietnamese text: folding, slugs, sorting, tone marks, dates and numbers."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
# New style puts the tone on the second vowel of an open oa, oe, uy ("hoà", "thuỷ"); "quý", whose u belongs to the q, has one spelling.
_NEW_STYLE = re.compile(rf"(?<![qQ])([ouOU])([aeyAEY])([{TONES}])(?![\w\u0300-\u036f])")
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=1)}


_D = str.maketrans("đðɖ", "ddd")  # U+0111; U+00F0 and U+0256, whose capitals Ð and Ɖ look like Đ
_FINAL_Y = re.compile(r"\b([hklmstv]|qu)y\b")


def same_letters(text: str) -> str:
    """Return the text folded for comparison: without marks, and `kỹ` as `kĩ`."""
    return _FINAL_Y.sub(r"\1i", fold(text))


def fold(text: str) -> str:
    """Return the text in lower case without marks; `đ` and its lookalikes become `d`."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_D))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=4096)  # a site has few tags, each on many items
def slugify(text: str) -> str:
    """Return ASCII words joined by hyphens; "" if nothing remains."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def sort_key(text: str) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...], str]:
    """Return a key that sorts as Vietnamese dictionaries do.

    Letters first (a ă â … d đ …), then tones, syllable by syllable.
    """
    letters, tones = [], []
    for word in unicodedata.normalize("NFC", text).casefold().split():
        plain, marks = [], []
        for character in word:
            decomposed = unicodedata.normalize("NFD", character)
            tone = next((mark for mark in decomposed if mark in TONES), "")
            letter = unicodedata.normalize("NFC", decomposed.replace(tone, "")) or character  # a tone may be on no letter
            plain.append(_RANK.get(letter, 0) or (100 + ord(letter[0]) if letter[0] > "z" else ord(letter[0]) - 1000))
            marks.append(TONES.index(tone) + 1 if tone else 0)
        letters.append(tuple(plain))
        tones.append(tuple(marks))
    return tuple(letters), tuple(tones), text


def unify_tones(text: str) -> str:
    """Return the text with old-style tone placement ("hoà" → "hòa").

    Only for tags: a person's name stays as its owner spells it.
    """
    return unicodedata.normalize("NFC", _NEW_STYLE.sub(r"\1\3\2", unicodedata.normalize("NFD", text)))


def format_date(day: date) -> str:
    """Return `04/05/2023`."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_weekday(day: date) -> str:
    """Return `Thứ Năm, 04/05/2023`."""
    return f"{WEEKDAYS[day.weekday()]}, {format_date(day)}"


def format_instant(instant: datetime) -> str:
    """Return `Thứ Năm, 04/05/2023, 14:00`, in the instant's own zone."""
    return f"{format_weekday(instant)}, {instant:%H:%M}"


def format_number(value: int) -> str:
    """Return the number with a dot for thousands: `22.780`."""
    return f"{value:,}".replace(",", ".")


def format_size(size: int) -> str:
    """Return a size with a decimal comma: `1,2 MB`, `340 KB` (1 KB = 1,000 bytes)."""
    if size < 1_000:
        return f"{size} byte"
    if size < 999_500:
        return f"{round(size / 1_000)} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def format_minutes(minutes: int) -> str:
    """Return a duration: `45 phút`, `1 giờ 30 phút`."""
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} giờ"] if hours else []), *([f"{rest} phút"] if rest else [])])


def shorten(text: str, limit: int) -> str:
    """Return the text cut at a word to `limit` characters, with an ellipsis if cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if " " in cut and not text[limit - 1].isspace():
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:.–-") + "…"


def lower_first(text: str) -> str:
    """Return a name as it is within a sentence; an abbreviation ("CNTT") is unchanged."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return a text with a capital letter, as at the beginning of a line."""
    return text[:1].upper() + text[1:]
