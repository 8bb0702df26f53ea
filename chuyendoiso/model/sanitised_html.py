"""Sanitised HTML: its tags and its text."""

import html
import re
from collections import Counter
from collections.abc import Callable, Collection

# "<" is escaped in text, and so is a quote in a value
TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')


def plain_text(markup: str) -> str:
    """Return the text of some HTML on one line."""
    return " ".join(html.unescape(TAG.sub("", markup)).split())


def change_text(markup: str, barred: Collection[str], change: Callable[[str], str], opened: Counter[str]) -> str:
    """Change the text of some HTML, but not within `barred` elements.

    `opened` counts the open tags, `/a` the closed ones; it is shared by the parts of a body.
    """
    parts: list[str] = []
    at = 0
    for tag in [*TAG.finditer(markup), None]:
        text = markup[at : tag.start() if tag else len(markup)]
        parts.append(text if any(opened[name] > opened[f"/{name}"] for name in barred) else change(text))
        if tag:
            parts.append(tag[0])
            opened.update(re.findall(r"^<(/?\w+)", tag[0]))
            at = tag.end()
    return "".join(parts)
