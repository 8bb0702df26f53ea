"""Tokenize text for the search as search.js does: syllables, marks or not."""

import re
import unicodedata
from functools import cache

from chuyendoiso.model.vietnamese import TONES

_FINAL_Y = re.compile(r"^([hklmstv]|qu)y$")  # "kỹ" and "kĩ" are one word
_SYLLABLE = re.compile(r"[^\W_]+")


def syllables(text: str) -> list[str]:
    """Return the lower-case syllables and numbers of a text: "749/QĐ-TTg" has three."""
    return _SYLLABLE.findall(unicodedata.normalize("NFC", text).lower().replace("ð", "đ"))


@cache
def plain(syllable: str) -> str:
    """Return a syllable without marks; `đ` becomes `d`, the `y` of "kỹ" an `i`."""
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
