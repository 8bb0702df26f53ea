"""Tokenize text for the search as search.js does: syllables, marks or not."""

import re
import unicodedata
from functools import cache

from chuyendoiso.model.vietnamese import TONES

_FINAL_Y = re.compile(r"^([hklmstv]|qu)y$")  # "kỹ" and "kĩ" are one word
_SYLLABLE = re.compile(r"[^\W_]+")


def syllables(text: str) -> list[str]:
    """Return the lower-case syllables and numbers of a text: "749/QĐ-TTg" has three."""
    return _SYLLABLE.findall(_lower(text))


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().replace("ð", "đ")


_JOINED = re.compile(r"(?<![^\W_])[^\W_]++(?:[-./][^\W_]++)+")  # tried once a word, which halves the time
_ZERO = re.compile(r"^0(?=[0-9]$)")  # of a day or month
_ACRONYM = re.compile(r"\b[A-Z]{2,5}\b")


def joined(text: str) -> list[str]:
    """Return what hyphens, dots and slashes join, plain and without them.

    It is "wifi" of "Wi-Fi", 22780 of "22.780", 172025 of "01/07/2025" and "1/7/2025".
    """
    return [plain("".join(_ZERO.sub("", part) for part in _SYLLABLE.findall(match))) for match in _JOINED.findall(_lower(text))]


def acronyms(text: str) -> list[str]:
    """Return the acronyms of a text as terms of their own: "AI" is not the word "ai"."""
    return [f"!{match.lower()}" for match in _ACRONYM.findall(text)]


@cache
def plain(syllable: str) -> str:
    """Return a syllable without marks; `đ` is `d`, the `y` of "kỹ" is `i`, 09 is 9."""
    if syllable.isdecimal():
        return syllable.lstrip("0") or "0"
    decomposed = unicodedata.normalize("NFD", syllable)
    bare = "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M")).replace("đ", "d")
    return _FINAL_Y.sub(r"\1i", bare)


@cache
def exact(syllable: str) -> str:
    """Return a syllable with marks, the tone last ("hoà" = "hòa"); "" without marks."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = "".join(mark for mark in decomposed if mark in TONES)
    letters = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in TONES))
    marked = _FINAL_Y.sub(r"\1i", letters) + tones
    return marked if marked != plain(syllable) else ""
