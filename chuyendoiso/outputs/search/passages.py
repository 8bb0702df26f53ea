"""Cut a body into passages: sentences, list items, table rows, with their heading.

Every passage is text of the page, word for word; only white space changes.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import html

from chuyendoiso.model.items import Body

MOST_WORDS = 60  # of a passage
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+")
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "li", "tr", "dt", "dd", "blockquote", "pre", "figcaption", "summary", "caption"}


class Passage(NamedTuple):
    """A passage: id and text of the heading above it ("" before the first); its text."""

    anchor: str
    heading: str
    text: str


def passages_of(body: Body) -> tuple[Passage, ...]:
    """Return the passages of a body, in order."""
    markup = "".join(part for part in body.parts if isinstance(part, str))
    if not markup.strip():
        return ()
    return tuple(_merged(_passages(html.fragment_fromstring(markup, create_parent="div"))))


def _merged(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Join neighbours under one heading while they have at most MOST_WORDS words."""
    run: Passage | None = None
    for passage in passages:
        if run and run.anchor == passage.anchor and len(run.text.split()) + len(passage.text.split()) <= MOST_WORDS:
            run = run._replace(text=f"{run.text} {passage.text}")
            continue
        if run:
            yield run
        run = passage
    if run:
        yield run


def _passages(root: html.HtmlElement) -> Iterator[Passage]:
    anchor = heading = ""
    lead: dict[html.HtmlElement, str] = {}  # the line before a list, by list
    for node in root.iter():
        if node.tag in _HEADINGS:
            anchor, heading = node.get("id", ""), _text(node)
        elif node.tag == "tr":
            if row := _row(node):
                yield Passage(anchor, heading, row)
        elif node.tag in _BLOCKS and not any(parent.tag == "tr" for parent in node.iterancestors()):
            text = _own_text(node)
            if node.tag == "p" and text.endswith(":") and (following := node.getnext()) is not None:
                lead[following] = text
            before = lead.get(node.getparent(), "") if node.tag == "li" else ""
            for sentences in _cut(f"{before} {text}".strip()):
                yield Passage(anchor, heading, sentences)


def _text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def _own_text(node: html.HtmlElement) -> str:
    """Return the text of a block without the blocks within it."""
    texts = [node.text or ""]
    for child in node:
        if child.tag not in _BLOCKS | {"ul", "ol", "dl", "table", "div"} and isinstance(child.tag, str):
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


def _cut(text: str) -> Iterator[str]:
    """Yield runs of sentences of at most MOST_WORDS words; a longer sentence alone."""
    run: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if run and sum(len(one.split()) for one in (*run, sentence)) > MOST_WORDS:
            yield " ".join(run)
            run = []
        if sentence:
            run.append(sentence)
    if run:
        yield " ".join(run)
