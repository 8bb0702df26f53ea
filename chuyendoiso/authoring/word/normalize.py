"""Rewrite Word's XML so that pandoc loses no words.

The text itself does not change.

pandoc drops text beside a text box and the numbers of headings, and makes a quotation of each indented paragraph.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname

from lxml import etree

from chuyendoiso.authoring.word.hidden import remove_hidden
from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.marked import marking_of
from chuyendoiso.authoring.word.numbering import write_numbers
from chuyendoiso.authoring.word.ooxml import (
    Element,
    clean,
    find_all,
    lines_as_typed,
    lines_of,
    remove,
    styles_by_id,
    text_of,
    value,
    w,
)
from chuyendoiso.authoring.word.package import WordPackage, make_package, parse_part
from chuyendoiso.model.markings import MarkingMatch
from chuyendoiso.model.vietnamese import shorten

_TYPES = "[Content_Types].xml"
_ENDS = 15  # paragraphs
_HEADS = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN")
_TAILS = ("NƠI NHẬN", "THƯ KÝ", "CHỦ TỌA", "CHỦ TOẠ", "CHỦ TRÌ", "TM.", "KT.", "TL.")
_BODY_BEGINS = ("KÍNH GỬI", "CĂN CỨ", "ĐIỀU 1")
_GAP = re.compile(r"\t+|\s{3,}")
# A number or a date, filled in or not
_WITH_BLANKS = re.compile(r"số\s*:?[\s.…_\d]*[/-]|ngày[\s.…_\d]*tháng[\s.…_\d]*năm[\s.…_\d]*(?=\s|$|[^\s.…_\d])", re.IGNORECASE)
_LAYOUT_PARAGRAPHS = 10  # in one cell: the table is only layout
_SIDE_PARTS = {"header": "đầu trang", "footer": "chân trang", "comments": "lời bình luận"}


@dataclass(frozen=True)
class NormalizedFile:
    """A Word file that pandoc can read, and its texts."""

    docx: bytes  # for pandoc
    media: Mapping[str, bytes]  # by pandoc's name: `media/image1.png`
    lines: tuple[str, ...]  # every paragraph of the text and the notes
    typed: tuple[str, ...]  # the same as typed, with headers, footers and comments
    notes: tuple[ImportNote, ...]
    marked: MarkingMatch | None


def normalize_package(package: WordPackage) -> NormalizedFile:
    """Normalize a Word file. Raise ImportStopped if a part is broken."""
    folder = dirname(package.main)
    names = [package.main, *(f"{folder}/{name}.xml" for name in ("footnotes", "endnotes", "styles", "numbering"))]
    roots = {name: parse_part(package.parts[name], package.file_name) for name in names if name in package.parts}
    texts = [roots[name] for name in names[:3] if name in roots]
    styles = roots.get(f"{folder}/styles.xml")
    typed = [line for root in texts for line in lines_as_typed(root)]
    marked = marking_of(package, roots[package.main])
    notes = [note for root in texts for note in _normalize(root, styles)]
    side_lines, side_notes = _side_parts(package, folder)
    lines = tuple(line for root in texts for line in lines_of(root))
    write_numbers(roots[package.main], styles, roots.get(f"{folder}/numbering.xml"))
    if styles is not None:
        _drop_indents(styles)
    copied = {name: raw for name, raw in package.parts.items() if name.endswith(".rels") or "/media/" in name}
    media = {name.removeprefix(f"{folder}/"): raw for name, raw in copied.items() if "/media/" in name}
    copied = {_TYPES: package.parts.get(_TYPES, b""), **copied}
    for name, raw in copied.items():
        if name.endswith((".rels", ".xml")):
            parse_part(raw, package.file_name)  # pandoc reads only parts that were checked
    rewritten = {name: etree.tostring(root, encoding="UTF-8", xml_declaration=True) for name, root in roots.items()}
    all_notes = tuple(dict.fromkeys([*notes, *side_notes]))
    return NormalizedFile(make_package({**copied, **rewritten}), media, lines, (*typed, *side_lines), all_notes, marked)


def _normalize(root: Element, styles: Element | None) -> Iterator[ImportNote]:
    yield from _note_changes(root)
    yield from remove_hidden(root, styles)
    _choose_alternatives(root)
    yield from _remove_table_of_contents(root)
    yield from _note_objects(root)
    _lift_text_boxes(root)
    yield from _unwrap_layout_tables(root)
    _break_columns(root)
    _drop_indents(root)
    _drop_repeated_styles(root, styles)
    for run in find_all(root, "//w:t"):
        run.text = clean(run.text or "")


_ONCE = ("subtitle", "date", "abstract")  # styles; pandoc keeps the last paragraph of each at the beginning


def _drop_repeated_styles(root: Element, styles: Element | None) -> None:
    by_id = styles_by_id(styles)
    for name in _ONCE:
        marks = [mark for mark in find_all(root, "//w:pPr/w:pStyle") if _style_name(mark.get(w("val"), ""), by_id) == name]
        for mark in marks[1:]:
            remove(mark)


def _style_name(id_: str, by_id: Mapping[str, Element]) -> str:
    return ((value(by_id[id_], "w:name") if id_ in by_id else None) or id_).lower()


def _note_changes(root: Element) -> Iterator[ImportNote]:
    added, removed = (len(find_all(root, path)) for path in ("//w:ins[.//w:r] | //w:moveTo", "//w:del[.//w:r] | //w:moveFrom"))
    if added or removed:
        text = f"tệp có vết sửa (thêm {added} chỗ, xóa {removed} chỗ); đã lấy bản sau khi chấp nhận mọi vết sửa."
        yield ImportNote(NoteKind.UNSURE, text)


def _remove_table_of_contents(root: Element) -> Iterator[ImportNote]:
    """Remove Word's own table of contents: its page numbers mean nothing on the site."""
    lists = find_all(root, '//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery[@w:val="Table of Contents"]]')
    words = " ".join(" ".join(text_of(list_).split()) for list_ in lists)
    for list_ in lists:
        remove(list_)
    if words:
        yield ImportNote(NoteKind.DROPPED, f'mục lục tự động của Word: "{words}".')


def _note_objects(root: Element) -> Iterator[ImportNote]:
    for name, path in (("biểu đồ", "//c:chart"), ("sơ đồ SmartArt", "//dgm:relIds"), ("đối tượng nhúng", "//w:object")):
        if number := len(find_all(root, path)):
            yield ImportNote(NoteKind.DROPPED, f"{number} {name} của Word; cần thì chụp thành ảnh rồi chèn vào bài.")
    if number := len(find_all(root, "//w:altChunk | //w:subDoc")):
        yield ImportNote(NoteKind.DROPPED, f"{number} phần lấy từ tệp khác; mở bằng Word, lưu lại rồi nhập lại.")
    if number := len(find_all(root, "//w:sym")):
        yield ImportNote(NoteKind.UNSURE, f"{number} ký hiệu của phông riêng (Symbol, Wingdings) có thể không còn hoặc khác đi.")


def _choose_alternatives(root: Element) -> None:
    """Choose one form of content that Word wrote twice for compatibility."""
    for alternatives in find_all(root, "//*/mc:AlternateContent"):
        chosen = find_all(alternatives, "mc:Choice") or find_all(alternatives, "mc:Fallback")
        for child in list(chosen[0]) if chosen else ():
            alternatives.addprevious(child)
        remove(alternatives)


def _lift_text_boxes(root: Element) -> None:
    """Move the paragraphs of text boxes after their anchor, the innermost first."""
    for box in reversed(find_all(root, "//w:p//w:txbxContent")):
        anchor = next(box.iterancestors(w("p")))
        shape = next(box.iterancestors(w("drawing"), w("pict")), box)
        for block in reversed(list(box)):
            anchor.addnext(block)
        remove(box)
        if not find_all(shape, ".//w:txbxContent"):
            remove(shape)


def _break_columns(root: Element) -> None:
    """Break lines at tabs and wide spaces in the head and end of a document.

    They separate columns there.

    Within a number or a date they are a blank: `Số:      /KH-UBND`, `ngày      tháng 11 năm 2026`.
    """
    paragraphs = [(paragraph, text_of(paragraph).upper()) for paragraph in find_all(root, "w:body/w:p")]
    head, end = paragraphs[:_ENDS], paragraphs[-_ENDS:]
    if any(mark in text for _, text in head for mark in _HEADS):
        for paragraph, text in head:
            if text.strip().startswith(_BODY_BEGINS):
                break
            _break_paragraph(paragraph)
    if any(mark in text for _, text in end for mark in _TAILS):
        for paragraph, _ in end:
            _break_paragraph(paragraph)


def _break_paragraph(paragraph: Element) -> None:
    pieces = find_all(paragraph, "w:r/w:t | w:r/w:tab")
    texts = ["\t" if piece.tag == w("tab") else piece.text or "" for piece in pieces]
    blanks = [match.span() for match in _WITH_BLANKS.finditer("".join(texts))]
    start = 0
    for piece, text in zip(pieces, texts, strict=True):
        _break_piece(piece, text, [(first - start, last - start) for first, last in blanks])
        start += len(text)


def _break_piece(piece: Element, text: str, blanks: Sequence[tuple[int, int]]) -> None:
    """Replace the columns of a piece of text with breaks, and each blank with a space."""

    def replace_gap(gap: re.Match[str]) -> str:
        return " " if any(first <= gap.start() and gap.end() <= last for first, last in blanks) else "\0"

    piece.tag = w("t")
    piece.text, *lines = _GAP.sub(replace_gap, text).split("\0")
    for line in reversed(lines):
        rest = piece.makeelement(w("t"))
        rest.text = line
        piece.addnext(rest)
        piece.addnext(piece.makeelement(w("br")))


def _unwrap_layout_tables(root: Element) -> Iterator[ImportNote]:
    """Replace layout tables with their blocks, cell by cell."""
    for table in filter(_is_layout, find_all(root, "//w:tbl")):
        blocks = [block for cell in find_all(table, "w:tr/w:tc") for block in cell if block.tag in {w("p"), w("tbl"), w("sdt")}]
        for block in blocks:
            table.addprevious(block)
        remove(table)
        if any(block.tag == w("tbl") for block in blocks):
            words = shorten(" ".join(text_of(blocks[0]).split()), 60)
            yield ImportNote(NoteKind.UNSURE, f'một bảng có bảng khác bên trong đã được tách ra, bắt đầu ở "{words}".')


def _is_layout(table: Element) -> bool:
    if find_all(table, ".//w:tc//w:tbl") or all(len(find_all(row, "w:tc")) == 1 for row in find_all(table, "w:tr")):
        return True
    return any(len(find_all(cell, "w:p")) >= _LAYOUT_PARAGRAPHS for cell in find_all(table, "w:tr/w:tc"))


def _drop_indents(root: Element) -> None:
    for indent in find_all(root, "//w:pPr/w:ind | //w:style/w:pPr/w:ind"):
        remove(indent)


def _side_parts(package: WordPackage, folder: str) -> tuple[list[str], list[ImportNote]]:
    """Return the lines of comments, headers and footers, and notes about them."""
    words: dict[str, list[str]] = {kind: [] for kind in _SIDE_PARTS}
    typed: list[str] = []
    for name, raw in package.parts.items():
        kind = basename(name).removesuffix(".xml").rstrip("0123456789")
        if dirname(name) == folder and kind in words:
            root = parse_part(raw, package.file_name)
            typed += lines_as_typed(root)
            parts = find_all(root, "w:comment") if kind == "comments" else [root]
            words[kind] += [line for part in parts if (line := " ".join(text_of(part).split())) and not line.isdecimal()]
    notes = [
        ImportNote(NoteKind.DROPPED, f'{_SIDE_PARTS[kind]}: "{" / ".join(dict.fromkeys(lines))}".')
        for kind, lines in words.items()
        if lines
    ]
    return typed, notes
