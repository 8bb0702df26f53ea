"""The XML of Word's text (ECMA-376, part 1, 17): its names, and the words that a reader of the file sees. What is changed in it is for `tidy`."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from chuyendoiso.model.characters import neutralised, one_line

Element = etree._Element

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = {
    "w": _W,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_GONE = {f"{{{_W}}}{name}" for name in ("del", "moveFrom", "delText", "instrText")}
_SIGNS = {f"{{{_W}}}{name}": sign for name, sign in {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-"}.items()}
_PRIVATE = {
    0xF000 + code: chr(code) for code in range(0x20, 0x100)
}  # where Word puts the characters of a font that is said to hold signs
_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml has it: `{…}p`."""
    return f"{{{_W}}}{name}"


def found(root: Element, path: str) -> list[Element]:
    """Return the elements at an XPath, with the prefixes of `SPACES`."""
    at = root.xpath(path, namespaces=SPACES)
    return [one for one in at if isinstance(one, etree._Element)] if isinstance(at, list) else []


def value(element: Element, path: str) -> str | None:
    """Return the `w:val` of the first element at a path."""
    return next((one.get(w("val"), "") for one in found(element, path)), None)


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def clean(text: str) -> str:
    """Return a run's text in NFC, with plain spaces, without what nothing may hold."""
    return one_line(neutralised(_ODD_SPACES.sub(" ", text)))


def text_of(element: Element) -> str:
    """Return the words of an element as they stand once all changes are accepted."""
    return "".join(_pieces(element, clean))


def _pieces(element: Element, read: Callable[[str], str]) -> Iterator[str]:
    if element.tag in _GONE:
        return
    if element.tag == w("t"):
        yield read(element.text or "")
    elif element.tag in _SIGNS:
        yield _SIGNS[element.tag]
    for child in element:
        yield from _pieces(child, read)
    if element.tag == w("p"):
        yield "\n"


def lines_of(element: Element) -> list[str]:
    """Return the paragraphs that have words."""
    return [line for line in (" ".join(one.split()) for one in text_of(element).split("\n")) if line]


def columns_of(element: Element) -> list[str]:
    """Return what tabs, breaks and the ends of paragraphs hold apart, spaces as they were typed."""
    return "".join(_columns(element)).split("\n")


def _columns(element: Element) -> Iterator[str]:
    if element.tag in _GONE:
        return
    if element.tag == w("t"):
        yield neutralised(element.text or "")
    elif element.tag in _SIGNS:
        yield "-" if _SIGNS[element.tag] == "-" else "\n"
    for child in element:
        yield from _columns(child)
    if element.tag == w("p"):
        yield "\n"


def lines_as_typed(element: Element) -> list[str]:
    """Return the paragraphs with each character as it was typed, for fonts of before Unicode too: there a soft hyphen is a letter."""
    return "".join(_pieces(element, lambda text: text.translate(_PRIVATE))).split("\n")
