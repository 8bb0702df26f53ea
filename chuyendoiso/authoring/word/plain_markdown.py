"""Markdown from pandoc → the same without escapes and spaces that it does not need: people go on writing in it.

What is left out changes nothing that the site would show: the page is compared after each step.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chuyendoiso.content.markdown import Tangled, convert_body
from chuyendoiso.model.converted import Converted

_CONVERSIONS = 40  # a large body takes a tenth of a second each
_ESCAPE = re.compile(r"\\([_*\[\]#`()~.!|-])|&(lt|gt);")
_AT_BEGINNING = re.compile(r"\s*(?:[-*]\s+)?(?:\d+\\[.)]|\\[-+#>*]|&gt;)")
_MARKER = re.compile(r"^(\s*)(\d+\.|[-*])\s{2,3}(?=\S)", re.MULTILINE)
_ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
_RULE = re.compile(r"\|(:?)-{2,}(:?)(?=\|)")


@dataclass
class _Page:
    """What the site shows of a body; how many more bodies may be compared with it."""

    shown: Converted
    left: int = _CONVERSIONS

    def is_same(self, markdown: str) -> bool:
        """Tell whether another body shows the same, with no warning more."""
        self.left -= 1
        try:
            other = convert_body(markdown)
        except Tangled:
            return False
        return (other.parts, other.text, other.objects, len(other.warnings)) == (
            self.shown.parts, self.shown.text, self.shown.objects, len(self.shown.warnings),
        )  # fmt: skip


@dataclass
class _Text:
    """A body cut at its escapes: `pieces` between them, one more than there are `escapes`; those in `dropped` are not written."""

    pieces: Sequence[str]
    escapes: Sequence[str]
    dropped: set[int] = field(default_factory=set)

    def without(self, more: Sequence[int]) -> str:
        """Return the body without some more escapes."""
        gone = self.dropped.union(more)
        signs = (_bare(one) if at in gone else one for at, one in enumerate(self.escapes))
        return "".join([self.pieces[0], *(f"{sign}{piece}" for sign, piece in zip(signs, self.pieces[1:], strict=True))])


def simplify(markdown: str) -> str:
    """Return a body without needless escapes and spaces. Raises Tangled."""
    page = _Page(convert_body(markdown))
    for change in (_narrow_rows, _narrow_markers):
        if (narrow := change(markdown)) != markdown and page.is_same(narrow):
            markdown = narrow
    found = list(_ESCAPE.finditer(markdown))
    ends = [0, *(one.end() for one in found)]
    pieces = [markdown[first:last] for first, last in zip(ends, [*(one.start() for one in found), len(markdown)], strict=True)]
    text = _Text(pieces, [one[0] for one in found])
    _drop(text, [at for at, one in enumerate(found) if not _is_needed(one, markdown)], page)
    return text.without(())


def _drop(text: _Text, escapes: Sequence[int], page: _Page) -> None:
    """Drop the escapes that change nothing; where some do, each half of them is tried."""
    if not escapes or page.left <= 0:
        return
    if page.is_same(text.without(escapes)):
        text.dropped.update(escapes)
    elif len(escapes) > 1:
        middle = len(escapes) // 2
        _drop(text, escapes[:middle], page)
        _drop(text, escapes[middle:], page)


def _is_needed(escape: re.Match[str], markdown: str) -> bool:
    """Tell whether an escape is needed at first sight: at the beginning of a line, or one of two that would open and close."""
    first = markdown.rfind("\n", 0, escape.start()) + 1
    line = markdown[first : markdown.find("\n", first) % (len(markdown) + 1)]
    if (beginning := _AT_BEGINNING.match(line)) and first + beginning.end() >= escape.end():
        return True
    other = "&lt;" if escape[0] == "&gt;" else escape[0]
    return escape[0] in {r"\*", r"\`", "&lt;", "&gt;"} and line.count(other) > (other == escape[0])


def _bare(escape: str) -> str:
    return {"&lt;": "<", "&gt;": ">"}.get(escape, escape[1:])


def _narrow_rows(markdown: str) -> str:
    """Return tables without the spaces that set them out in columns."""

    def narrow(row: re.Match[str]) -> str:
        return _RULE.sub(r"| \1---\2 ", re.sub(r" {2,}", " ", row[0]))

    return _ROW.sub(narrow, markdown)


def _narrow_markers(markdown: str) -> str:
    """Return lists with one space after each marker."""
    return _MARKER.sub(r"\1\2 ", markdown)
