"""Remove needless escapes and spaces from pandoc's Markdown.

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
class _Body:
    """A body, its rendered form, and the starts of the escapes to drop."""

    markdown: str
    rendered: Converted
    dropped: set[int] = field(default_factory=set)
    comparisons: int = _CONVERSIONS  # that are left

    def is_same(self, markdown: str) -> bool:
        """Return whether another body renders the same, with as many warnings."""
        self.comparisons -= 1
        try:
            return _content(convert_body(markdown)) == _content(self.rendered)
        except Tangled:
            return False

    def without(self, escapes: Sequence[re.Match[str]] = ()) -> str:
        """Return the body without the dropped escapes, and without some more."""
        starts = self.dropped.union(escape.start() for escape in escapes)
        return _ESCAPE.sub(lambda escape: _bare(escape[0]) if escape.start() in starts else escape[0], self.markdown)


def _content(body: Converted) -> tuple[object, ...]:
    return body.parts, body.text, body.objects, len(body.warnings)


def simplify(markdown: str) -> str:
    """Return a body without needless escapes and spaces.

    Raise Tangled if it cannot be rendered.
    """
    body = _Body(markdown, convert_body(markdown))
    for change in (_narrow_rows, _narrow_markers):
        narrow = change(body.markdown)
        if narrow != body.markdown and body.is_same(narrow):
            body.markdown = narrow
    _drop(body, [escape for escape in _ESCAPE.finditer(body.markdown) if not _is_needed(escape)])
    return body.without()


def _drop(body: _Body, escapes: Sequence[re.Match[str]]) -> None:
    """Drop the needless escapes: all, or by bisection."""
    if not escapes or body.comparisons <= 0:
        return
    if body.is_same(body.without(escapes)):
        body.dropped.update(escape.start() for escape in escapes)
    elif len(escapes) > 1:
        middle = len(escapes) // 2
        _drop(body, escapes[:middle])
        _drop(body, escapes[middle:])


def _is_needed(escape: re.Match[str]) -> bool:
    """Return whether an escape is surely needed.

    It is at the start of a line, or before a character that pairs up.
    """
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
