"""Which characters text may hold, which are removed, and which are refused."""

import re
from functools import lru_cache
from unicodedata import normalize

_SEPARATORS = re.compile("[\x85\u2028\u2029]")  # line ends to YAML alone; from Word they come as spaces
# Invisible characters, and those that reverse text (Unicode TR 36, 2.7); the joiners of emoji and scripts stay
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Letters of other languages that look like Vietnamese Đ and đ, and come with text from old systems
_D_ALIKE = str.maketrans("\u00d0\u0189\u00f0\u0256", "ĐĐđđ")
_HAS_D_ALIKE = re.compile("[\u00d0\u0189\u00f0\u0256]")
# Characters that XML 1.0 forbids (its production [2] Char, surrogates too), and the non-characters of every plane of Unicode.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|0*([0-9]{1,7})(?![0-9]));?")
_UNASSIGNED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # the rest of 0x80–0x9F HTML reads as Windows-1252: &#150; is a dash


@lru_cache(maxsize=1)
def unique_characters(text: str) -> str:
    """Return each character of a text once, for fast checks of rare ones."""
    return "".join(set(text))


def neutralised(text: str) -> str:
    """Return the text in NFC without invisible marks.

    Lookalikes of Đ become Đ, YAML's own line breaks become spaces.
    """
    used = unique_characters(text)
    if _HAS_D_ALIKE.search(used):
        text = text.translate(_D_ALIKE)
    if _SEPARATORS.search(used) or _INVISIBLE.search(used):
        text = _INVISIBLE.sub("", _SEPARATORS.sub(" ", text))
    return normalize("NFC", text)


def forbidden_in(text: str) -> tuple[int, str] | None:
    """Return the position and code (`U+FFFE`) of the first forbidden character."""
    if not _FORBIDDEN.search(unique_characters(text)):
        return None
    match = _FORBIDDEN.search(text)
    return (match.start(), f"U+{ord(match[0]):04X}") if match else None


def without_invisible_references(markup: str) -> str:
    """Return markup without character references to invisible marks (`&#x202E;`)."""
    return _REFERENCE.sub(lambda match: "" if _INVISIBLE.match(_character(match)) else match[0], markup)


def forbidden_reference(markup: str) -> tuple[int, str] | None:
    """Return the position and text of the first reference to a forbidden character.

    An invisible mark, too: if `without_invisible_references` left it, another one hid it.
    """
    for match in _REFERENCE.finditer(markup):
        character = _character(match)
        if _FORBIDDEN.match(character) or _INVISIBLE.match(character):
            return match.start(), match[0]
    return None


def _character(reference: re.Match[str]) -> str:
    """Return the character of an HTML reference; a space for a harmless control."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return " " if code > 0x10FFFF or (0x80 <= code <= 0x9F and code not in _UNASSIGNED) else chr(code)


_PLAIN = re.compile(r"[\w ./-]+", re.ASCII)


def plain_name(name: str) -> str:
    """Return a file's path in NFC, with `U+FFFD` for what cannot be shown."""
    if _PLAIN.fullmatch(name):
        return name
    return re.sub(f"[\t\n\r]|{_FORBIDDEN.pattern}|{_SEPARATORS.pattern}|{_INVISIBLE.pattern}", "\ufffd", normalize("NFC", name))


def one_line(text: str) -> str:
    """Return a message as one line that a terminal shows as it is."""
    return _FORBIDDEN.sub("\ufffd", _INVISIBLE.sub("", _SEPARATORS.sub(" ", re.sub(r"\s", " ", text))))
