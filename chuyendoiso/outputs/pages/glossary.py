"""The glossary of the page `thuat-ngu`, explained at a term's first mention.

The page has Markdown definition lists: a term, another name in brackets, and its meaning.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.items import Body, BodyRef, Catalogue
from chuyendoiso.model.sanitised_html import change_text, plain_text
from chuyendoiso.model.vietnamese import shorten
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.outputs.pages.views import BodyText, BodyView, Term

LONGEST = 160  # characters of an explanation beside an article
MOST = 6  # terms explained beside one article
_BARRED = frozenset({"a", "code", "kbd", "pre", "dt", "th", "h2", "h3", "h4", "h5", "h6"})
_DEFINITION = re.compile(r"<dt>(?P<term>.*?)</dt>\s*<dd>(?P<meaning>.*?)</dd>", re.DOTALL)
_NAMES = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<other>[^()]+)\))?")


class GlossaryEntry(NamedTuple):
    """A glossary entry: the term as written, its names, its meaning."""

    term: str
    names: tuple[str, ...]
    meaning: str


def glossary_of(catalogue: Catalogue) -> BodyRef | None:
    """Return the body of the glossary page; None if there is no such page."""
    pages = (page for page in catalogue.pages if page.path == urls.GLOSSARY and page.status is not EditorStatus.WITHDRAWN)
    return next((page.body for page in pages), None)


@lru_cache(maxsize=2)
def entries(body: Body) -> tuple[GlossaryEntry, ...]:
    """Return the entries of the glossary page."""
    markup = "".join(part for part in body.parts if isinstance(part, str))
    defined = []
    for definition in _DEFINITION.finditer(markup):
        term, meaning = plain_text(definition["term"]), plain_text(definition["meaning"])
        names = _NAMES.fullmatch(term)
        if term and meaning:
            defined.append(
                GlossaryEntry(term, tuple(filter(None, names.groups())) if names else (term,), shorten(meaning, LONGEST))
            )
    return tuple(defined)


def explain(body: BodyView, text: str, glossary: Body | None) -> tuple[BodyView, tuple[Term, ...]]:
    """Link the first mention of each term to its explanation; return the explanations.

    `text` is the body's text: terms that it lacks are not searched.
    """
    words = text.casefold()
    by_name = {name: entry for entry in entries(glossary) for name in entry.names if name.casefold() in words} if glossary else {}
    if not by_name:
        return body, ()
    linker, opened = _TermLinker(by_name), Counter[str]()
    parts = tuple(
        BodyText(change_text(part.html, _BARRED, linker.link_terms, opened)) if isinstance(part, BodyText) else part
        for part in body
    )
    return parts, tuple(
        Term(id=f"cds--term-{number}", here=f"cds--word-{number}", term=entry.term, meaning=entry.meaning)
        for number, entry in enumerate(linker.linked, start=1)
    )


class _TermLinker:
    """Links terms in one text after another, each term once."""

    def __init__(self, by_name: dict[str, GlossaryEntry]) -> None:
        self.exact = {escape(name): entry for name, entry in by_name.items() if name.upper() == name}  # AI: "ai" is another word
        self.folded = {escape(name).casefold(): entry for name, entry in by_name.items() if name.upper() != name}
        self.linked: list[GlossaryEntry] = []
        self.pattern = re.compile(rf"(?<![\w&])(?:{_any(self.exact)}|(?i:{_any(self.folded)}))(?!\w)")

    def link_terms(self, text: str) -> str:
        return self.pattern.sub(self.link, text)

    def link(self, name: re.Match[str]) -> str:
        entry = self.exact.get(name[0]) or self.folded[name[0].casefold()]
        if entry in self.linked or len(self.linked) == MOST:
            return name[0]
        self.linked.append(entry)
        number = len(self.linked)
        return f'<a class="cds-term" id="cds--word-{number}" href="#cds--term-{number}">{name[0]}</a>'


def _any(names: Iterable[str]) -> str:
    """Return a pattern of any of the names, longest first; it matches nothing if none."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"
