"""Query WordprocessingML (ECMA-376, part 1, 17)."""

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from chuyendoiso.model.characters import neutralised, one_line

Element = etree._Element

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": _W,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_DELETED = {f"{{{_W}}}{name}" for name in ("del", "moveFrom", "delText", "instrText")}
_BREAKS = {f"{{{_W}}}{name}" for name in ("tab", "br", "cr", "ptab")}
# Word stores characters of symbol fonts in the private use area
_SYMBOL_FONT = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}
_STYLE_DEPTH = 20  # against styles that are based on each other
_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml has it: `{…}p`."""
    return f"{{{_W}}}{name}"


def find_all(root: Element, path: str) -> list[Element]:
    """Return the elements at an XPath, with the prefixes of `NAMESPACES`."""
    result = root.xpath(path, namespaces=NAMESPACES)
    return [element for element in result if isinstance(element, etree._Element)] if isinstance(result, list) else []


def value(element: Element, path: str) -> str | None:
    """Return the `w:val` of the first element at a path."""
    return next((match.get(w("val"), "") for match in find_all(element, path)), None)


def remove(element: Element) -> None:
    """Remove an element from its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def styles_by_id(styles: Element | None) -> dict[str, Element]:
    """Return the styles of `styles.xml` by id."""
    return {style.get(w("styleId"), ""): style for style in find_all(styles, "w:style")} if styles is not None else {}


def style_chain(id_: str | None, by_id: Mapping[str, Element]) -> Iterator[Element]:
    """Yield a style and the styles that it is based on, the nearest first."""
    for _ in range(_STYLE_DEPTH):
        if id_ is None or id_ not in by_id:
            return
        yield by_id[id_]
        id_ = value(by_id[id_], "w:basedOn")


def clean(text: str) -> str:
    """Return a run's text in NFC, with plain spaces, without control characters."""
    return one_line(neutralised(_ODD_SPACES.sub(" ", text)))


def text_of(element: Element) -> str:
    """Return the text of an element with all changes accepted."""
    return "".join(_pieces(element, clean))


def _pieces(element: Element, read: Callable[[str], str], column: str = " ") -> Iterator[str]:
    """Yield pieces of text, with `column` for tabs and breaks."""
    if element.tag in _DELETED:
        return
    if element.tag == w("t"):
        yield read(element.text or "")
    elif element.tag == w("noBreakHyphen"):
        yield "-"
    elif element.tag in _BREAKS:
        yield column
    for child in element:
        yield from _pieces(child, read, column)
    if element.tag == w("p"):
        yield "\n"


def lines_of(element: Element) -> list[str]:
    """Return the paragraphs that have words."""
    return [line for line in (" ".join(part.split()) for part in text_of(element).split("\n")) if line]


def columns_of(element: Element) -> list[str]:
    """Return the text between tabs, breaks and paragraph ends, with spaces as typed."""
    return "".join(_pieces(element, neutralised, "\n")).split("\n")


def lines_as_typed(element: Element) -> list[str]:
    """Return the paragraphs with each character as typed.

    In fonts from before Unicode a soft hyphen is a letter.
    """
    return "".join(_pieces(element, lambda text: text.translate(_SYMBOL_FONT))).split("\n")
