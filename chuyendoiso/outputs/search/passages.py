"""Cut a body into passages: sentences, list items, table rows, with their heading.

Every passage is text of the page, word for word; only white space changes: a line is a paragraph, a list item or a row.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import html

from chuyendoiso.model.items import Body

MOST_WORDS = 60  # of a passage
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"”’)])\s+")
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "li", "tr", "dt", "dd", "blockquote", "pre", "figcaption", "summary", "caption"}
_WITHIN = _BLOCKS | {"ul", "ol", "dl", "table", "div"}  # what is not a block's own text


class Passage(NamedTuple):
    """A passage: id and text of the heading above it ("" before the first); its text."""

    anchor: str
    heading: str
    text: str


class _Block(NamedTuple):
    """A run of sentences; the line that leads in its list; whether it is a term."""

    passage: Passage
    lead: str = ""
    is_term: bool = False  # of a definition list: a passage of its own begins


def passages_of(body: Body) -> tuple[Passage, ...]:
    """Return the passages of a body, in order."""
    markup = "".join(part for part in body.parts if isinstance(part, str))
    if not markup.strip():
        return ()
    return tuple(_merged(_passages(html.fragment_fromstring(markup, create_parent="div"))))


def _merged(blocks: Iterable[_Block]) -> Iterator[Passage]:
    """Join neighbours under one heading while they have at most MOST_WORDS words."""
    run: Passage | None = None
    words = 0
    ended = ""  # the lead of the run's last block, or its text: what the next block need not repeat
    for passage, lead, is_term in blocks:
        continues, more = lead in ("", ended) and not is_term, _count(passage.text)
        if run and continues and run.anchor == passage.anchor and words + more <= MOST_WORDS:
            run, words = run._replace(text=f"{run.text}\n{passage.text}"), words + more
        else:
            if run:
                yield run
            run, words = (passage._replace(text=f"{lead}\n{passage.text}"), _count(lead) + more) if lead else (passage, more)
        ended = lead or passage.text
    if run:
        yield run


def _count(text: str) -> int:
    return len(text.split())


def _passages(root: html.HtmlElement) -> Iterator[_Block]:
    anchor = heading = ""
    leads: dict[html.HtmlElement, str] = {}  # the line before a list, by list
    for node in root.iter():
        if node.tag in _HEADINGS:
            anchor, heading = node.get("id", ""), _text(node)
        elif node.tag == "tr":
            if row := _row(node):
                yield _Block(Passage(anchor, heading, row))
        elif node.tag in _BLOCKS and next(node.iterancestors("tr"), None) is None:
            text = _own_text(node)
            if node.tag == "p" and text.endswith(":") and (following := node.getnext()) is not None:
                leads[following] = text
            lead = leads.get(node.getparent(), "") if node.tag == "li" else ""
            for sentences in _cut(text, MOST_WORDS - _count(lead)):
                yield _Block(Passage(anchor, heading, sentences), lead, node.tag == "dt")


def _text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def _own_text(node: html.HtmlElement) -> str:
    """Return the text of a block without the blocks within it."""
    texts = [node.text or ""]
    for child in node:
        if child.tag not in _WITHIN and isinstance(child.tag, str):
            texts.append(child.text_content())
        texts.append(child.tail or "")
    return " ".join("".join(texts).split())


def _row(node: html.HtmlElement) -> str:
    """Return a table row, each cell with the head of its column."""
    if node.getparent().tag == "thead" or not len(node):
        return ""
    table = next(node.iterancestors("table"))
    heads = [_text(cell) for cell in table.xpath("./thead/tr[1]/*")]
    cells = [_text(cell) for cell in node]
    named = zip([*heads, *[""] * len(cells)], cells, strict=False)
    return "; ".join(f"{head}: {cell}" if head else cell for head, cell in named if cell)


def _cut(text: str, most: int) -> Iterator[str]:
    """Yield runs of sentences of at most so many words; a longer sentence alone."""
    run: list[str] = []
    for sentence in _SENTENCE_END.split(text) if _count(text) > most else [text]:
        if run and sum(map(_count, (*run, sentence))) > most:
            yield " ".join(run)
            run = []
        if sentence:
            run.append(sentence)
    if run:
        yield " ".join(run)
