"""Sanitised HTML as the allow-list writes it: its tags, and its text apart from them."""

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
    """Change the text of some HTML, piece by piece, but not within elements of the names `barred`.

    `opened` counts the tags so far, `/a` being the end of an `a`: what is cut in pieces is walked with one.
    """
    found: list[str] = []
    at = 0
    for tag in [*TAG.finditer(markup), None]:
        text = markup[at : tag.start() if tag else len(markup)]
        found.append(text if any(opened[name] > opened[f"/{name}"] for name in barred) else change(text))
        if tag:
            found.append(tag[0])
            opened.update(re.findall(r"^<(/?\w+)", tag[0]))
            at = tag.end()
    return "".join(found)
