"""Markings of a Word file or of the PDF beside it: what is not for the public stops an import, a draft is a warning."""

from collections.abc import Iterator
from posixpath import basename, dirname

from chuyendoiso.authoring.word.import_report import ImportNote, ImportStopped, Sort
from chuyendoiso.authoring.word.ooxml import SPACES, Element, columns_of, found, text_of, w
from chuyendoiso.authoring.word.original import Original
from chuyendoiso.authoring.word.package import WordPackage, parse_part
from chuyendoiso.model.markings import Marked, Marking, find_marking, remedy_of

_HEAD = 40  # lines: those of a letterhead, or of a cover
_LETTERHEAD = ("CỘNG HÒA", "CỘNG HOÀ", "ĐẢNG CỘNG SẢN", "ỦY BAN", "UỶ BAN", "UBND", "HỘI ĐỒNG", "SỐ:", "TỈNH ỦY", "ĐẢNG ỦY")


def marking_of(package: WordPackage, text: Element) -> Marked | None:
    """Return the marking in the first lines of a text, in headers and footers, in watermarks; one in capitals wherever it stands.

    Hidden words count. Cells of a table of figures do not.
    """
    own = [line for part in _outside_figures(text) for line in columns_of(part)]
    head = [*[line for line in own if line.strip()][:_HEAD], *_watermarks(text)]
    for name, raw in package.parts.items():
        if dirname(name) == dirname(package.main) and basename(name).startswith(("header", "footer")):
            root = parse_part(raw, package.shown)
            head += [*columns_of(root), *_watermarks(root)]
    anywhere = find_marking(own, capitals=True)
    return find_marking(head) or (anywhere if anywhere and anywhere.marking is not Marking.DRAFT else None)


def _outside_figures(text: Element) -> Iterator[Element]:
    """Yield the blocks of a text, of tables only those that set out a letterhead or a stamp."""
    body = next(iter(found(text, "w:body")), text)
    for block in body:
        cells = found(block, ".//w:tc")
        words = text_of(block).upper()
        if block.tag != w("tbl") or len(cells) <= 1 or any(mark in words for mark in _LETTERHEAD):
            yield block


def _watermarks(root: Element) -> Iterator[str]:
    words = root.xpath("//v:textpath/@string", namespaces=SPACES)
    yield from map(str, words if isinstance(words, list) else [])


def refuse_marked(marked: Marked | None, shown: str) -> None:
    """Refuse what is not for the public. Raises ImportStopped."""
    if marked and marked.marking is not Marking.DRAFT:
        raise ImportStopped(shown, f'Tệp có dấu "{marked.words}".', remedy_of(marked.marking))


def draft_notes(word: Marked | None, original: Original | None) -> list[ImportNote]:
    """Return the warning of a draft; a signed original without the marking says that the Word file is an older version."""
    marked = word or (original and original.marked)
    if not marked:
        return []
    if original and original.has_words and not original.marked:
        text = f'tệp Word có dấu "{marked.words}", bản PDF thì không: lời văn có thể đã đổi, hãy so từng đoạn với bản PDF.'
    else:
        text = (
            f'tệp có dấu "{marked.words}", văn bản chưa được ban hành. Chờ bản đã ký rồi nhập lại; '
            "đăng để lấy ý kiến thì ghi rõ là dự thảo ngay trong tên bài."
        )
    return [ImportNote(Sort.WARNING, text)]
