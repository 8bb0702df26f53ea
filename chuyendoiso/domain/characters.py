"""Which characters text may hold: what is taken out of it without harm, and what no page and no feed may have. Pure."""

import re
from unicodedata import normalize

_SEPARATORS = re.compile("[\x85\u2028\u2029]")  # line ends to YAML alone; from Word they come as spaces
# What turns text round or hides in it without being seen (Unicode TR 36, 2.7); the joiners of emoji and scripts stay
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# What XML 1.0 forbids (its production [2] Char, surrogates too), and the non-characters of every plane of Unicode.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}))(?![0-9a-fA-F]);?")
_UNASSIGNED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # the rest of 0x80–0x9F HTML reads as Windows-1252: &#150; is a dash


def neutralised(text: str) -> str:
    """Return the text in NFC, without invisible marks and with spaces for the line ends that only YAML sees."""
    return normalize("NFC", _INVISIBLE.sub("", _SEPARATORS.sub(" ", text)))


def forbidden_in(text: str) -> tuple[int, str] | None:
    """Return where the first character stands that no page and no feed may hold, and its code: `U+FFFE`."""
    found = _FORBIDDEN.search(text)
    return (found.start(), f"U+{ord(found[0]):04X}") if found else None


def forbidden_reference(markup: str) -> tuple[int, str] | None:
    """Return where markup writes such a character as a reference (`&#27;`), and the reference as written."""
    for found in _REFERENCE.finditer(markup):
        code = _code(found)
        if code in _UNASSIGNED or (code < 0x110000 and not 0x80 <= code <= 0x9F and _FORBIDDEN.match(chr(code))):
            return found.start(), found[0]
    return None


def without_invisible_references(markup: str) -> str:
    """Return markup without references to invisible marks: `&#x202E;` turns text round like the character itself."""
    while (cut := _REFERENCE.sub(lambda found: "" if _is_invisible(_code(found)) else found[0], markup)) != markup:
        markup = cut  # what stood around a reference may now be one
    return markup


def _code(found: re.Match[str]) -> int:
    return int(found[1], 16) if found[1] else int(found[2])


def _is_invisible(code: int) -> bool:
    return code < 0x110000 and bool(_INVISIBLE.match(chr(code)))


def plain_name(name: str) -> str:
    """Return a file's path in NFC; what of it cannot be shown (bytes that are no text, control characters) is `U+FFFD`."""
    composed = normalize("NFC", name)
    return _INVISIBLE.sub("\ufffd", _SEPARATORS.sub("\ufffd", _FORBIDDEN.sub("\ufffd", re.sub(r"[\t\n\r]", "\ufffd", composed))))


def one_line(text: str) -> str:
    """Return a message as one line that a terminal shows as it is."""
    return _FORBIDDEN.sub("\ufffd", _INVISIBLE.sub("", _SEPARATORS.sub(" ", re.sub(r"\s", " ", text))))
