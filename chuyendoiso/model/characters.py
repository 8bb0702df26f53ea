"""Which characters text may hold: what is taken out of it without harm, and what no page and no feed may have. Pure."""

import re
from functools import lru_cache
from unicodedata import normalize

_SEPARATORS = re.compile("[\x85\u2028\u2029]")  # line ends to YAML alone; from Word they come as spaces
# What turns text round or hides in it without being seen (Unicode TR 36, 2.7); the joiners of emoji and scripts stay
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Letters of other languages that look like Vietnamese Đ and đ, and come with text from old systems
_D_ALIKE = str.maketrans("\u00d0\u0189\u00f0\u0256", "ĐĐđđ")
_HAS_D_ALIKE = re.compile("[\u00d0\u0189\u00f0\u0256]")
# What XML 1.0 forbids (its production [2] Char, surrogates too), and the non-characters of every plane of Unicode.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|0*([0-9]{1,7})(?![0-9]));?")
_UNASSIGNED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # the rest of 0x80–0x9F HTML reads as Windows-1252: &#150; is a dash


@lru_cache(maxsize=1)
def used_in(text: str) -> str:
    """Return the characters of a text, once each: what hardly any text has is looked for in these in a fraction of the time."""
    return "".join(set(text))


def neutralised(text: str) -> str:
    """Return the text in NFC, with Đ for letters that only look so, without invisible marks, with spaces for YAML's own line ends."""
    used = used_in(text)
    if _HAS_D_ALIKE.search(used):
        text = text.translate(_D_ALIKE)
    if _SEPARATORS.search(used) or _INVISIBLE.search(used):
        text = _INVISIBLE.sub("", _SEPARATORS.sub(" ", text))
    return normalize("NFC", text)


def forbidden_in(text: str) -> tuple[int, str] | None:
    """Return where the first character stands that no page and no feed may hold, and its code: `U+FFFE`."""
    if not _FORBIDDEN.search(used_in(text)):
        return None
    found = _FORBIDDEN.search(text)
    return (found.start(), f"U+{ord(found[0]):04X}") if found else None


def without_invisible_references(markup: str) -> str:
    """Return markup without references to invisible marks: `&#x202E;` turns text round like the character itself."""
    return _REFERENCE.sub(lambda found: "" if _INVISIBLE.match(_meant(found)) else found[0], markup)


def forbidden_reference(markup: str) -> tuple[int, str] | None:
    """Return where markup writes as a reference (`&#27;`) what it may not hold, and the reference as written.

    An invisible mark, too: where `without_invisible_references` left one, it was hidden within another.
    """
    for found in _REFERENCE.finditer(markup):
        meant = _meant(found)
        if _FORBIDDEN.match(meant) or _INVISIBLE.match(meant):
            return found.start(), found[0]
    return None


def _meant(reference: re.Match[str]) -> str:
    """Return the character that HTML takes a reference for; a space where that is a harmless one."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return " " if code > 0x10FFFF or (0x80 <= code <= 0x9F and code not in _UNASSIGNED) else chr(code)


_PLAIN = re.compile(r"[\w ./-]+", re.ASCII)


def plain_name(name: str) -> str:
    """Return a file's path in NFC; what of it cannot be shown (bytes that are no text, control characters) is `U+FFFD`."""
    if _PLAIN.fullmatch(name):
        return name
    composed = normalize("NFC", name)
    return _INVISIBLE.sub("\ufffd", _SEPARATORS.sub("\ufffd", _FORBIDDEN.sub("\ufffd", re.sub(r"[\t\n\r]", "\ufffd", composed))))


def one_line(text: str) -> str:
    """Return a message as one line that a terminal shows as it is."""
    return _FORBIDDEN.sub("\ufffd", _INVISIBLE.sub("", _SEPARATORS.sub(" ", re.sub(r"\s", " ", text))))
