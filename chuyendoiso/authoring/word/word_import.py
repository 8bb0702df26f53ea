"""The command `import`: a Word file → a content file in draft, its pictures, its original; and all that someone must look at, told."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chuyendoiso.authoring.word.article import parse_title_block, plan_article
from chuyendoiso.authoring.word.body import count_words, refuse_too_long, write_body
from chuyendoiso.authoring.word.document import Context, plan_document
from chuyendoiso.authoring.word.draft import Draft, Field, make_front_matter, notes_of
from chuyendoiso.authoring.word.import_report import ImportNote, ImportStopped, NoteKind
from chuyendoiso.authoring.word.letterhead_and_signature import split_document
from chuyendoiso.authoring.word.marked import draft_notes, refuse_marked
from chuyendoiso.authoring.word.normalize import NormalizedFile, normalize_package
from chuyendoiso.authoring.word.original import Original, find_original, original_path, read_original
from chuyendoiso.authoring.word.package import read_package
from chuyendoiso.authoring.word.pandoc import Node, read_tree
from chuyendoiso.authoring.word.pictures import read_pictures
from chuyendoiso.authoring.word.saving import write_all
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.content_types import CONTENT_TYPES, DOCUMENT, NEWS, TRAINING
from chuyendoiso.model.legacy_text import find_legacy
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.system.errors import WrongUse

KINDS = (NEWS.kind, DOCUMENT.kind, TRAINING.kind)


@dataclass(frozen=True)
class ImportOptions:
    """What is to be imported, and where to."""

    file: Path
    content: Path
    now: datetime
    kind: str = ""  # "": told from the file
    pdf: Path | None = None


def import_word(options: ImportOptions) -> Iterator[str]:
    """Import a Word file; yield what is told. Raises BuildStopped where nothing was written."""
    site = _site(options)
    shown = options.file.name
    ready = normalize_package(read_package(options.file, shown))
    _refuse_unreadable(ready, shown)
    refuse_marked(ready.marked, shown)
    refuse_too_long("\n".join(ready.lines), site.limits, shown)
    tree = read_tree(ready.docx, shown)
    found = find_original(options.file, options.pdf)
    original = read_original(found, site.limits) if found else None
    kind, draft = _draft(tree, options, Context(site, options.now.astimezone(site.zone).date(), options.file.stem, original))
    year = options.now.astimezone(site.zone).year
    target = options.content / kind / (f"{year}/{draft.slug}.md" if CONTENT_TYPES[kind].by_year else f"{draft.slug}.md")
    if os.path.lexists(target):
        message = f"Đã có {_named(target, options)}, không ghi đè."
        raise ImportStopped(shown, message, "đổi tên tệp ấy hoặc sửa thẳng trong đó; nhập lại từ đầu thì xóa nó trước.")
    pictures = read_pictures(draft.blocks, ready.media, options.content, f"{year}/{draft.slug}", site.limits)
    files, fields, notes = _with_original(original, kind, draft, options)
    body = write_body(draft.blocks, pictures, site.limits, shown)
    warnings = [*draft_notes(ready.marked, original), *(note for note in draft.notes if note.kind is NoteKind.WARNING)]
    front = make_front_matter([*fields, Field("status", "draft")], warnings)
    all_notes = [*warnings, *notes_of(fields), *body.notes, *draft.notes, *ready.notes, *pictures.notes, *notes]
    all_notes += _lost(ready, f"{front}\n{body.words}", all_notes)
    write_all({**pictures.files, **files, target: f"{front}{body.markdown}".encode()}, shown)
    yield from _report([*files, *pictures.files], target, all_notes, options)


def _site(options: ImportOptions) -> Site:
    """Return the site's settings. Raises WrongUse and ContentRejected."""
    if not options.file.name:
        raise WrongUse("Chưa ghi tên tệp Word. Cách sửa: make import FILE=tệp.docx.")
    if options.kind and options.kind not in KINDS:
        raise WrongUse(f'Không có loại "{options.kind}". Cách sửa: dùng --kind với một trong: {", ".join(KINDS)}.')
    if not options.content.is_dir():
        raise WrongUse(f"Không có thư mục {options.content.name}. Cách sửa: ghi đúng thư mục nội dung sau --content.")
    return site_of(options.content)


def _refuse_unreadable(ready: NormalizedFile, shown: str) -> None:
    """Refuse a file without words, and text for the fonts of before Unicode. Raises ImportStopped."""
    if not ready.lines and not ready.media:
        raise ImportStopped(shown, "Tệp Word không có chữ nào.", "xem lại có chọn đúng tệp không.")
    for line in ready.typed:
        if legacy := find_legacy(line):
            message = f'Chữ "{legacy.written}" gõ cho phông chữ cũ {legacy.encoding}, trang chỉ đọc được Unicode.'
            remedy = f'chuyển mã cả tệp Word sang Unicode bằng UniKey (Ctrl+Shift+F6), thành "{legacy.meant}", rồi nhập lại.'
            raise ImportStopped(shown, message, remedy)


def _draft(tree: Node, options: ImportOptions, context: Context) -> tuple[Kind, Draft]:
    """Return the kind that was asked for, else the one that the first lines tell, and the draft."""
    if options.kind and options.kind != DOCUMENT.kind:
        return Kind(options.kind), plan_article(tree, Kind(options.kind), context)
    ends = split_document(parse_title_block(tree).all_blocks)
    if options.kind == DOCUMENT.kind or ends.head.official:
        return DOCUMENT.kind, plan_document(ends, context)
    return NEWS.kind, plan_article(tree, NEWS.kind, context)


def _with_original(
    original: Original | None, kind: Kind, draft: Draft, options: ImportOptions
) -> tuple[Mapping[Path, bytes], tuple[Field, ...], list[ImportNote]]:
    """Return the PDF as a file to write, the fields with it, and what is told of it."""
    if original is None:
        return {}, draft.fields, []
    if kind is NEWS.kind:
        return {}, draft.fields, [ImportNote(NoteKind.UNSURE, "không dùng tệp PDF bên cạnh, vì tin tức không có tệp đính kèm.")]
    place = original_path(original, options.content / "media" / kind, draft.slug)
    address = f"/{place.relative_to(options.content).as_posix()}"
    name, label = ("attachments", "Bản gốc (PDF)") if kind is DOCUMENT.kind else ("materials", "Tài liệu (PDF)")
    return {place: original.raw}, (*draft.fields, Field(name, [{"file": address, "label": label}])), []


def _lost(ready: NormalizedFile, made: str, notes: Iterable[ImportNote]) -> list[ImportNote]:
    """Return what is told of words of the Word file that stand nowhere in what was made of it: none should be lost without a word."""
    lost = count_words("\n".join(ready.lines)) - count_words("\n".join([made, *map(str, notes)]))
    if not lost:
        return []
    return [ImportNote(NoteKind.UNSURE, f'có chữ trong tệp Word không thấy trong bài, hãy so lại: "{" ".join(lost.elements())}".')]


def _named(path: Path, options: ImportOptions) -> str:
    return f"{options.content.name}/{path.relative_to(options.content).as_posix()}"


def _report(files: Iterable[Path], target: Path, notes: Iterable[ImportNote], options: ImportOptions) -> Iterator[str]:
    told = list(dict.fromkeys(notes))
    yield from (str(note) for note in told if note.kind is NoteKind.WARNING)
    yield f"Đã ghi {_named(target, options)}"
    for path in files:
        yield f"Đã ghi {_named(path, options)}"
    for sort in (NoteKind.MISSING, NoteKind.UNSURE, NoteKind.DROPPED):
        yield from (str(note) for note in told if note.kind is sort)
    yield "Bài ở trạng thái nháp (status: draft). Việc tiếp theo: mở tệp, xem các dòng có dấu #, rồi chạy make check."
