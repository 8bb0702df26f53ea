"""The line of a body on which a target or an object is written."""

import html
import re
from collections.abc import Iterator


def line_of(target: str, body: str, mark: str = "") -> int:
    """Return the first line with a target, or the line of the first `mark`."""
    place = _written_at(target, body) if target else None
    if place is None and (match := re.search(re.escape(mark), body, re.IGNORECASE)):
        place = match.start()
    return body.count("\n", 0, place or 0) + 1


def _written_at(target: str, body: str) -> int | None:
    """Return where a target is first written as a link, else where it first occurs.

    A regex for each link would be slow to compile.
    """
    for text in dict.fromkeys((target, html.escape(target, quote=False))):
        for start in _places(text, body):
            if _BEFORE_TARGET.search(body, max(0, start - 40), start) and _AFTER_TARGET.match(body, start + len(text)):
                return start
    for text in dict.fromkeys((target, html.escape(target, quote=False))):
        for start in _places(text, body):
            if not _PART_BEFORE.match(body[start - 1 : start]) and not _PART_AFTER.match(body, start + len(text)):
                return start
    return None


def _places(text: str, body: str) -> Iterator[int]:
    start = body.find(text)
    while start >= 0:
        yield start
        start = body.find(text, start + 1)


_BEFORE_TARGET = re.compile(r"""(?:\]\(\s*<?|\]:\s*<?|<|(?:href|src|data)\s*=\s*["']?)\Z""")
_AFTER_TARGET = re.compile(r"""[\s)>"']|\Z""")
_PART_BEFORE = re.compile(r"[\w/.-]")
_PART_AFTER = re.compile(r"[\w/-]")
