"""Word's XML → XML that pandoc reads without losing words, and what was found on the way. The text itself is not changed.

pandoc leaves out what stands beside a text box in its paragraph, numbers of headings, and takes each indented paragraph for a quotation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname

from lxml import etree

from chuyendoiso.authoring.word.hidden import remove_hidden
from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.marked import marking_of
from chuyendoiso.authoring.word.numbering import write_numbers
from chuyendoiso.authoring.word.ooxml import Element, clean, find_all, lines_as_typed, lines_of, remove, text_of, w
from chuyendoiso.authoring.word.package import WordPackage, make_package, parse_part
from chuyendoiso.model.markings import Marked
from chuyendoiso.model.vietnamese import shorten

_TEXTS = ("footnotes", "endnotes")
_TYPES = "[Content_Types].xml"
_READ = (*_TEXTS, "styles", "numbering")
_ENDS = 15  # paragraphs
_HEADS = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN")
_TAILS = ("NƠI NHẬN", "THƯ KÝ", "CHỦ TỌA", "CHỦ TOẠ", "CHỦ TRÌ", "TM.", "KT.", "TL.")
_BODY_BEGINS = ("KÍNH GỬI", "CĂN CỨ", "ĐIỀU 1")
_GAP = re.compile(r"\t+|\s{3,}")
# A number and a date, filled in or not
_WITH_BLANKS = re.compile(r"số\s*:?[\s.…_\d]*[/-]|ngày[\s.…_\d]*tháng[\s.…_\d]*năm[\s.…_\d]*(?=\s|$|[^\s.…_\d])", re.IGNORECASE)
_LAYOUT_PARAGRAPHS = 10  # in one cell: the table only sets out a page


@dataclass(frozen=True)
class NormalizedFile:
    """A Word file made ready."""

    docx: bytes  # for pandoc
    media: Mapping[str, bytes]  # by the name that pandoc gives: `media/image1.png`
    lines: tuple[str, ...]  # every paragraph of the text, notes too
    typed: tuple[str, ...]  # the same with each character as it was typed, headers, footers and comments too
    notes: tuple[ImportNote, ...]
    marked: Marked | None


def normalize_package(package: WordPackage) -> NormalizedFile:
    """Make a Word file ready. Raises ImportStopped."""
    folder = dirname(package.main)
    names = [package.main, *(f"{folder}/{name}.xml" for name in _READ)]
    roots = {name: parse_part(package.parts[name], package.shown) for name in names if name in package.parts}
    texts = [roots[name] for name in names[:3] if name in roots]
    styles = roots.get(f"{folder}/styles.xml")
    typed = [line for root in texts for line in lines_as_typed(root)]
    marked = marking_of(package, roots[package.main])
    notes = [note for root in texts for note in _tidy(root, styles)]
    aside, told = _aside(package, folder)
    lines = tuple(line for root in texts for line in lines_of(root))
    write_numbers(roots[package.main], styles, roots.get(f"{folder}/numbering.xml"))
    if styles is not None:
        _drop_indents(styles)
    kept = {name: raw for name, raw in package.parts.items() if name.endswith(".rels") or "/media/" in name}
    media = {name.removeprefix(f"{folder}/"): raw for name, raw in kept.items() if "/media/" in name}
    types = {_TYPES: package.parts.get(_TYPES, b"")}
    for raw in (raw for name, raw in {**kept, **types}.items() if name.endswith((".rels", ".xml"))):
        parse_part(raw, package.shown)
    written = {name: etree.tostring(root, encoding="UTF-8", xml_declaration=True) for name, root in roots.items()}
    return NormalizedFile(
        make_package({**types, **kept, **written}),
        media,
        lines,
        (*typed, *aside),
        tuple(dict.fromkeys([*notes, *told])),
        marked,
    )


def _tidy(root: Element, styles: Element | None) -> Iterator[ImportNote]:
    yield from _changes(root)
    yield from remove_hidden(root, styles)
    _choose_alternatives(root)
    yield from _contents_list(root)
    yield from _objects(root)
    _lift_text_boxes(root)
    yield from _open_layout_tables(root)
    _break_columns(root)
    _drop_indents(root)
    for run in find_all(root, "//w:t"):
        run.text = clean(run.text or "")


def _changes(root: Element) -> Iterator[ImportNote]:
    added, removed = (len(find_all(root, path)) for path in ("//w:ins[.//w:r] | //w:moveTo", "//w:del[.//w:r] | //w:moveFrom"))
    if added or removed:
        text = f"tệp có vết sửa (thêm {added} chỗ, xóa {removed} chỗ); đã lấy bản sau khi chấp nhận mọi vết sửa."
        yield ImportNote(NoteKind.UNSURE, text)


def _contents_list(root: Element) -> Iterator[ImportNote]:
    """Take out Word's own table of contents: its page numbers mean nothing on the site."""
    lists = find_all(root, '//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery[@w:val="Table of Contents"]]')
    words = " ".join(" ".join(text_of(one).split()) for one in lists)
    for one in lists:
        remove(one)
    if words:
        yield ImportNote(NoteKind.DROPPED, f'mục lục tự động của Word: "{words}".')


def _objects(root: Element) -> Iterator[ImportNote]:
    for name, path in (("biểu đồ", "//c:chart"), ("sơ đồ SmartArt", "//dgm:relIds"), ("đối tượng nhúng", "//w:object")):
        if number := len(find_all(root, path)):
            yield ImportNote(NoteKind.DROPPED, f"{number} {name} của Word; cần thì chụp thành ảnh rồi chèn vào bài.")
    if number := len(find_all(root, "//w:altChunk | //w:subDoc")):
        yield ImportNote(NoteKind.DROPPED, f"{number} phần lấy từ tệp khác; mở bằng Word, lưu lại rồi nhập lại.")
    if number := len(find_all(root, "//w:sym")):
        yield ImportNote(NoteKind.UNSURE, f"{number} ký hiệu của phông riêng (Symbol, Wingdings) có thể không còn hoặc khác đi.")


def _choose_alternatives(root: Element) -> None:
    """Keep one form of what Word wrote twice, for itself and for older programs."""
    for both in find_all(root, "//mc:AlternateContent"):
        kept = next(iter(find_all(both, "mc:Choice") or find_all(both, "mc:Fallback")), None)
        parent = both.getparent()
        if parent is not None:
            at = parent.index(both)
            parent[at : at + 1] = list(kept) if kept is not None else []


def _lift_text_boxes(root: Element) -> None:
    """Put the paragraphs of text boxes after the paragraph that they hang on, the innermost first."""
    for box in reversed(find_all(root, "//w:p//w:txbxContent")):
        outer = next(box.iterancestors(w("p")))
        shape = next((one for one in box.iterancestors() if one.tag in {w("drawing"), w("pict")}), box)
        for block in reversed(list(box)):
            outer.addnext(block)
        remove(box)
        if not find_all(shape, ".//w:txbxContent"):
            remove(shape)


def _break_columns(root: Element) -> None:
    """Make lines of what tabs or many spaces hold apart in the head and the end of a document: there they stand for columns.

    Within a number or a date they stand for a blank: `Số:      /KH-UBND`, `ngày      tháng 11 năm 2026`.
    """
    paragraphs = find_all(root, "w:body/w:p")
    texts = [text_of(one).upper() for one in paragraphs]
    for first, last, marks in ((0, _ENDS, _HEADS), (max(0, len(paragraphs) - _ENDS), len(paragraphs), _TAILS)):
        if not any(mark in text for text in texts[first:last] for mark in marks):
            continue
        for paragraph, text in zip(paragraphs[first:last], texts[first:last], strict=True):
            if marks is _HEADS and text.strip().startswith(_BODY_BEGINS):
                break
            _break_paragraph(paragraph)


def _break_paragraph(paragraph: Element) -> None:
    pieces = [(piece, _characters(piece)) for piece in find_all(paragraph, "w:r/w:t | w:r/w:tab")]
    blanks = [match.span() for match in _WITH_BLANKS.finditer("".join(text for _, text in pieces))]
    at = 0
    for piece, text in pieces:
        _break_piece(piece, text, [(first - at, last - at) for first, last in blanks])
        at += len(text)


def _characters(piece: Element) -> str:
    return "\t" if piece.tag == w("tab") else piece.text or ""


def _break_piece(piece: Element, text: str, blanks: list[tuple[int, int]]) -> None:
    """Write a piece of text anew with breaks in place of its columns, and one space in place of a blank."""
    parts, start = [""], 0
    for gap in _GAP.finditer(text):
        parts[-1] += text[start : gap.start()]
        if any(first <= gap.start() and gap.end() <= last for first, last in blanks):
            parts[-1] += " "
        else:
            parts.append("")
        start = gap.end()
    parts[-1] += text[start:]
    for part in reversed(parts[1:]):
        piece.addnext(_with_text(piece, part))
        piece.addnext(piece.makeelement(w("br")))
    piece.tag, piece.text = w("t"), parts[0]


def _with_text(piece: Element, text: str) -> Element:
    made = piece.makeelement(w("t"))
    made.text = text
    return made


def _open_layout_tables(root: Element) -> Iterator[ImportNote]:
    """Put the blocks of tables that only set out a page in the tables' place, cell by cell."""
    for table in find_all(root, "//w:tbl"):
        if not _is_layout(table):
            continue
        blocks = [block for cell in find_all(table, "w:tr/w:tc") for block in cell if block.tag in {w("p"), w("tbl"), w("sdt")}]
        for block in blocks:
            table.addprevious(block)
        nested = any(block.tag == w("tbl") for block in blocks)
        words = shorten(" ".join(text_of(blocks[0]).split()), 60) if blocks else ""
        remove(table)
        if nested:
            yield ImportNote(NoteKind.UNSURE, f'một bảng có bảng khác bên trong đã được tách ra, bắt đầu ở "{words}".')


def _is_layout(table: Element) -> bool:
    if find_all(table, ".//w:tc//w:tbl") or all(len(find_all(row, "w:tc")) == 1 for row in find_all(table, "w:tr")):
        return True
    return any(len(find_all(cell, "w:p")) >= _LAYOUT_PARAGRAPHS for cell in find_all(table, "w:tr/w:tc"))


def _drop_indents(root: Element) -> None:
    """Take out indents, but of quotations."""
    for indent in find_all(root, "//w:pPr/w:ind | //w:style/w:pPr/w:ind"):
        remove(indent)


def _aside(package: WordPackage, folder: str) -> tuple[list[str], list[ImportNote]]:
    """Return the lines of comments, headers and footers as they were typed, and what is told of them."""
    named = {"header": "đầu trang", "footer": "chân trang", "comments": "lời bình luận"}
    words: dict[str, list[str]] = {name: [] for name in named}
    typed: list[str] = []
    for name, raw in package.parts.items():
        kind = basename(name).removesuffix(".xml").rstrip("0123456789")
        if dirname(name) == folder and kind in words:
            root = parse_part(raw, package.shown)
            typed += lines_as_typed(root)
            parts = find_all(root, "w:comment") if kind == "comments" else [root]
            words[kind] += [line for one in parts if (line := " ".join(text_of(one).split())) and not line.isdecimal()]
    told = [
        ImportNote(NoteKind.DROPPED, f'{named[kind]}: "{" / ".join(dict.fromkeys(lines))}".')
        for kind, lines in words.items()
        if lines
    ]
    return typed, told
