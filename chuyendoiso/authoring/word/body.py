"""Write a draft's body as Markdown, and check that the site renders every word."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import normalize

from chuyendoiso.authoring.word.blocks import make_blocks
from chuyendoiso.authoring.word.import_report import ImportNote, ImportStopped, NoteKind
from chuyendoiso.authoring.word.inlines import InlineConverter
from chuyendoiso.authoring.word.nodes import BR, inlines_of, text_of
from chuyendoiso.authoring.word.pandoc import Nodes, write_markdown
from chuyendoiso.authoring.word.plain_markdown import simplify
from chuyendoiso.content.markdown import Tangled, convert_body
from chuyendoiso.model.characters import neutralised
from chuyendoiso.model.converted import PictureLink
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.vietnamese import format_size
from chuyendoiso.system.worker_limits import run_limited

_FOOTNOTE = re.compile(r"\[\^\d+\](?!:)")  # its number would join the word before it


def write_body(
    blocks: Nodes, pictures: Mapping[str, str], limits: Limits, file_name: str
) -> tuple[str, str, tuple[ImportNote, ...]]:
    """Return a body as Markdown, its rendered text, and notes.

    Raise ImportStopped if it is too large or too complex. Bold and italics are dropped if Python-Markdown would lose words otherwise.
    """
    inlines = InlineConverter(pictures)
    content = make_blocks(blocks, inlines)
    notes = tuple(dict.fromkeys(inlines.notes))
    expected = count_words("\n".join(map(text_of, inlines_of(content))))
    for variant, variant_notes in _variants(content):
        tree = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": variant}
        markdown = neutralised(write_markdown(tree, file_name))
        refuse_too_long(markdown, limits, file_name)
        words = run_limited(_rendered_words, markdown, limits.conversion_seconds)
        if isinstance(words, str) and not expected - count_words(words):
            simple = run_limited(simplify, markdown, limits.conversion_seconds)
            return simple if isinstance(simple, str) else markdown, words, notes + variant_notes
    if not isinstance(words, str):
        raise ImportStopped(file_name, "Thân bài quá phức tạp, trang không đọc được.", "chia tệp Word ra, hoặc bỏ bớt định dạng.")
    return markdown, words, notes + variant_notes


def _variants(blocks: Nodes) -> Iterator[tuple[Nodes, tuple[ImportNote, ...]]]:
    """Yield the blocks unchanged, with less formatting, and without formatting."""
    yield blocks, ()
    some = "vài đoạn có chữ đậm và nghiêng dính vào nhau, đã bỏ đậm, nghiêng trong các đoạn ấy."
    mixed = [_plain(block) if _has(block, "Strong") and _has(block, "Emph") else block for block in blocks]
    yield mixed, (ImportNote(NoteKind.UNSURE, some),)
    everywhere = "chữ đậm và nghiêng trong tệp dính vào nhau, đã bỏ đậm, nghiêng trong cả bài."
    yield _plain(blocks), (ImportNote(NoteKind.UNSURE, everywhere),)


def _has(node: Any, name: str) -> bool:
    if isinstance(node, list):
        return any(_has(child, name) for child in node)
    return isinstance(node, dict) and (node.get("t") == name or _has(list(node.values()), name))


def _plain(node: Any) -> Any:
    """Return nodes without bold and italics."""
    if isinstance(node, dict):
        return {name: _plain(value) for name, value in node.items()}
    if not isinstance(node, list):
        return node
    result: list[Any] = []
    for child in node:
        is_format = isinstance(child, dict) and child.get("t") in {"Strong", "Emph"}
        result += _plain(child["c"]) if is_format else [_plain(child)]
    return result


def _rendered_words(body: str) -> str | None:
    """Return the rendered text; None if Python-Markdown cannot separate the marks."""
    try:
        converted = convert_body(_FOOTNOTE.sub(r" \g<0> ", body.replace(BR, " ")))
    except Tangled:
        return None
    return "\n".join([converted.text, *(part.caption for part in converted.parts if isinstance(part, PictureLink))])


def count_words(text: str) -> Counter[str]:
    """Count the words of a text, ignoring case, punctuation and Unicode composition."""
    return Counter(re.findall(r"[^\W_]+", normalize("NFKC", text).casefold()))


def refuse_too_long(text: str, limits: Limits, file_name: str) -> None:
    """Raise ImportStopped if a text is longer than an article may be."""
    if (size := len(text.encode())) > limits.article_bytes:
        message = f"Bài nặng {format_size(size)}, tối đa {format_size(limits.article_bytes)}."
        raise ImportStopped(file_name, message, "chia tệp Word thành vài bài.")
