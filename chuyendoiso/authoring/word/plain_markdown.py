"""Remove needless escapes and spaces from pandoc's Markdown, for the people who edit it.

Each step is checked: the site must still render the same page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chuyendoiso.content.markdown import Tangled, convert_body
from chuyendoiso.model.converted import Converted

_CONVERSIONS = 40  # a large body takes 0.1 s each
_ESCAPE = re.compile(r"\\([_*\[\]#`()~.!|-])|&(lt|gt);")
_LINE_START = re.compile(r"\s*(?:[-*]\s+)?(?:\d+\\[.)]|\\[-+#>*]|&gt;)")
_MARKER = re.compile(r"^(\s*)(\d+\.|[-*])\s{2,3}(?=\S)", re.MULTILINE)
_ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
_RULE = re.compile(r"\|(:?)-{2,}(:?)(?=\|)")


@dataclass
class _Page:
    """A rendered body, and how many more bodies may be compared with it."""

    original: Converted
    left: int = _CONVERSIONS

    def is_same(self, markdown: str) -> bool:
        """Return whether another body renders the same, with as many warnings."""
        self.left -= 1
        try:
            return _content(convert_body(markdown)) == _content(self.original)
        except Tangled:
            return False


def _content(body: Converted) -> tuple[object, ...]:
    return body.parts, body.text, body.objects, len(body.warnings)


@dataclass
class _Text:
    """A body, its escapes, and the starts of the escapes to drop."""

    markdown: str
    dropped: set[int] = field(default_factory=set)

    def without(self, escapes: Sequence[re.Match[str]] = ()) -> str:
        """Return the body without the dropped escapes, and without some more."""
        starts = self.dropped.union(escape.start() for escape in escapes)
        return _ESCAPE.sub(lambda escape: _bare(escape[0]) if escape.start() in starts else escape[0], self.markdown)


def simplify(markdown: str) -> str:
    """Return a body without needless escapes and spaces. Raise Tangled if it cannot be rendered."""
    page = _Page(convert_body(markdown))
    for change in (_narrow_rows, _narrow_markers):
        if (narrow := change(markdown)) != markdown and page.is_same(narrow):
            markdown = narrow
    text = _Text(markdown)
    _drop(text, [escape for escape in _ESCAPE.finditer(markdown) if not _is_needed(escape)], page)
    return text.without()


def _drop(text: _Text, escapes: Sequence[re.Match[str]], page: _Page) -> None:
    """Drop the needless escapes: all, or by bisection."""
    if not escapes or page.left <= 0:
        return
    if page.is_same(text.without(escapes)):
        text.dropped.update(escape.start() for escape in escapes)
    elif len(escapes) > 1:
        middle = len(escapes) // 2
        _drop(text, escapes[:middle], page)
        _drop(text, escapes[middle:], page)


def _is_needed(escape: re.Match[str]) -> bool:
    """Return whether an escape is surely needed: at the start of a line, or before a character that pairs up."""
    markdown = escape.string
    first = markdown.rfind("\n", 0, escape.start()) + 1
    line = markdown[first:].partition("\n")[0]
    if (start := _LINE_START.match(line)) and first + start.end() >= escape.end():
        return True
    other = "&lt;" if escape[0] == "&gt;" else escape[0]
    return escape[0] in {r"\*", r"\`", "&lt;", "&gt;"} and line.count(other) > (other == escape[0])


def _bare(escape: str) -> str:
    return {"&lt;": "<", "&gt;": ">"}.get(escape, escape[1:])


def _narrow_rows(markdown: str) -> str:
    """Remove the spaces that align the columns of tables."""
    return _ROW.sub(lambda row: _RULE.sub(r"| \1---\2 ", re.sub(r" {2,}", " ", row[0])), markdown)


def _narrow_markers(markdown: str) -> str:
    """Leave one space after each list marker."""
    return _MARKER.sub(r"\1\2 ", markdown)
