"""A draft's blocks → the body in the site's Markdown, held against what the site would show of it: no word may go, whatever stands beside it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from chuyendoiso.authoring.word.blocks import make_blocks
from chuyendoiso.authoring.word.import_report import ImportNote, ImportStopped, NoteKind
from chuyendoiso.authoring.word.inlines import InlineConverter
from chuyendoiso.authoring.word.nodes import BR, inlines_of, text_of
from chuyendoiso.authoring.word.pandoc import Node, Nodes, write_markdown
from chuyendoiso.authoring.word.pictures import Pictures
from chuyendoiso.authoring.word.plain_markdown import simplify
from chuyendoiso.content.markdown import Tangled, convert_body
from chuyendoiso.model.characters import neutralised
from chuyendoiso.model.converted import PictureLink
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.vietnamese import format_size
from chuyendoiso.system.worker_limits import within

_FOOTNOTE = re.compile(r"\[\^\d+\](?!:)")  # its number would join the word before it


@dataclass(frozen=True)
class WordBody:
    """A body, its words as readers see them, and what is told of it."""

    markdown: str
    words: str
    notes: tuple[ImportNote, ...]


def write_body(blocks: Nodes, pictures: Pictures, limits: Limits, shown: str) -> WordBody:
    """Have a body written. Raises ImportStopped.

    Bold and italics go where they meet so that Python-Markdown cannot tell them apart.
    """
    inlines = InlineConverter(pictures.paths)
    made = make_blocks(blocks, inlines)
    notes = list(dict.fromkeys(inlines.notes))
    wanted = count_words("\n".join(map(text_of, inlines_of(made))))
    for variant, note in _variants(made):
        markdown = neutralised(write_markdown(_tree(variant), shown))
        refuse_too_long(markdown, limits, shown)
        words = within(_words, markdown, limits.conversion_seconds)
        if isinstance(words, str) and not wanted - count_words(words):
            simple = within(simplify, markdown, limits.conversion_seconds)
            return WordBody(simple if isinstance(simple, str) else markdown, words, (*notes, *note))
    if not isinstance(words, str):
        raise ImportStopped(shown, "Thân bài quá phức tạp, trang không đọc được.", "chia tệp Word ra, hoặc bỏ bớt định dạng.")
    return WordBody(markdown, words, (*notes, *note))


def _variants(made: Nodes) -> Iterator[tuple[Nodes, tuple[ImportNote, ...]]]:
    """Yield a body's blocks as they are, without bold and italics where both stand in one block, and without any."""
    yield made, ()
    some = "vài đoạn có chữ đậm và nghiêng dính vào nhau, đã bỏ đậm, nghiêng trong các đoạn ấy."
    yield (
        [_plain(block) if _has(block, "Strong") and _has(block, "Emph") else block for block in made],
        (ImportNote(NoteKind.UNSURE, some),),
    )
    yield (
        _plain(made),
        (ImportNote(NoteKind.UNSURE, "chữ đậm và nghiêng trong tệp dính vào nhau, đã bỏ đậm, nghiêng trong cả bài."),),
    )


def _has(node: Any, name: str) -> bool:
    if isinstance(node, list):
        return any(_has(one, name) for one in node)
    return isinstance(node, dict) and (node.get("t") == name or any(_has(one, name) for one in node.values()))


def _plain(node: Any) -> Any:
    """Return nodes without bold and italics."""
    if isinstance(node, list):
        return [one for part in node for one in _opened(part)]
    return {name: _plain(value) for name, value in node.items()} if isinstance(node, dict) else node


def _opened(node: Any) -> list[Any]:
    """Return what stands in place of one node: of one in bold or italics its words."""
    if isinstance(node, dict) and node.get("t") in {"Strong", "Emph"}:
        return list(_plain(node["c"]))
    return [_plain(node)]


def _tree(blocks: Nodes) -> Node:
    return {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}


def _words(body: str) -> str | None:
    """Return what readers see of a body; None where marks are tangled."""
    try:
        converted = convert_body(_FOOTNOTE.sub(r" \g<0> ", body.replace(BR, " ")))
    except Tangled:
        return None
    return "\n".join([converted.text, *(part.caption for part in converted.parts if isinstance(part, PictureLink))])


def count_words(text: str) -> Counter[str]:
    """Return the words of a text and how often each stands there, letter case, marks of the text and its composition apart."""
    return Counter(re.findall(r"[^\W_]+", normalize("NFKC", text).casefold()))


def refuse_too_long(text: str, limits: Limits, shown: str) -> None:
    """Refuse more text than an article may have. Raises ImportStopped."""
    if (size := len(text.encode())) > limits.article_bytes:
        message = f"Bài nặng {format_size(size)}, tối đa {format_size(limits.article_bytes)}."
        raise ImportStopped(shown, message, "chia tệp Word thành vài bài.")
