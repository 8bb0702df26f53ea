"""Find markings in a Word file: secret stops the import, draft is a warning."""

from collections.abc import Iterator
from posixpath import basename, dirname

from chuyendoiso.authoring.word.import_report import ImportNote, ImportStopped, NoteKind
from chuyendoiso.authoring.word.ooxml import Element, columns_of, find_all, text_of, w
from chuyendoiso.authoring.word.original import Original
from chuyendoiso.authoring.word.package import WordPackage, parse_part
from chuyendoiso.model.markings import MARKING_REMEDIES, Marking, MarkingMatch, find_marking

_HEAD = 40  # lines of a letterhead or a cover
_LETTERHEAD = ("CỘNG HÒA", "CỘNG HOÀ", "ĐẢNG CỘNG SẢN", "ỦY BAN", "UỶ BAN", "UBND", "HỘI ĐỒNG", "SỐ:", "TỈNH ỦY", "ĐẢNG ỦY")


def marking_of(package: WordPackage, text: Element) -> MarkingMatch | None:
    """Return the marking in the first lines, headers, footers or watermarks.

    Elsewhere a marking must be in capitals. Hidden text is searched; cells of data tables are not.
    """
    lines = [line for block in _blocks_without_data(text) for line in columns_of(block)]
    head = [*[line for line in lines if line.strip()][:_HEAD], *_watermarks(text)]
    for name, raw in package.parts.items():
        if dirname(name) == dirname(package.main) and basename(name).startswith(("header", "footer")):
            root = parse_part(raw, package.file_name)
            head += [*columns_of(root), *_watermarks(root)]
    anywhere = find_marking(lines, capitals=True)
    return find_marking(head) or (anywhere if anywhere and anywhere.marking is not Marking.DRAFT else None)


def _blocks_without_data(text: Element) -> Iterator[Element]:
    """Yield the blocks of a text, of tables only those around a letterhead or a stamp."""
    for block in find_all(text, "w:body/*") or text:
        is_data = block.tag == w("tbl") and len(find_all(block, ".//w:tc")) > 1
        if not is_data or any(mark in text_of(block).upper() for mark in _LETTERHEAD):
            yield block


def _watermarks(root: Element) -> list[str]:
    return [shape.get("string", "") for shape in find_all(root, "//v:textpath[@string]")]


def refuse_marked(marked: MarkingMatch | None, file_name: str) -> None:
    """Raise ImportStopped if a marking says that the file is not public."""
    if marked and marked.marking is not Marking.DRAFT:
        raise ImportStopped(file_name, f'Tệp có dấu "{marked.words}".', MARKING_REMEDIES[marked.marking])


def draft_notes(word: MarkingMatch | None, original: Original | None) -> list[ImportNote]:
    """Return the warning for a draft.

    The Word file is outdated if the signed original has no marking.
    """
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
    return [ImportNote(NoteKind.WARNING, text)]
