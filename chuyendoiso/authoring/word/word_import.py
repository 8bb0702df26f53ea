"""The command `import`: make a draft content file from a Word file."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from chuyendoiso.authoring.word.article import parse_title_block, plan_article
from chuyendoiso.authoring.word.body import count_words, refuse_too_long, write_body
from chuyendoiso.authoring.word.document import Context, plan_document
from chuyendoiso.authoring.word.draft import Draft, Field, make_front_matter, notes_of
from chuyendoiso.authoring.word.import_report import ImportNote, ImportStopped, NoteKind
from chuyendoiso.authoring.word.letterhead_and_signature import split_document
from chuyendoiso.authoring.word.marked import draft_notes, refuse_marked
from chuyendoiso.authoring.word.nodes import para, words
from chuyendoiso.authoring.word.normalize import NormalizedFile, normalize_package
from chuyendoiso.authoring.word.original import Original, find_original, original_path, read_original
from chuyendoiso.authoring.word.package import read_package
from chuyendoiso.authoring.word.pandoc import Node, read_tree
from chuyendoiso.authoring.word.pictures import read_pictures
from chuyendoiso.authoring.word.saving import write_all
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.content_types import CONTENT_TYPES, DOCUMENT, NEWS, TRAINING
from chuyendoiso.model.legacy_text import find_legacy_text
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.system.errors import WrongUse

KINDS = (NEWS.kind, DOCUMENT.kind, TRAINING.kind)


@dataclass(frozen=True)
class ImportOptions:
    """The options of an import."""

    file: Path
    content: Path
    now: datetime
    kind: str = ""  # "": find out from the file
    pdf: Path | None = None

    def display_path(self, path: Path) -> str:
        """Return a path in the content folder for messages."""
        return f"{self.content.name}/{path.relative_to(self.content).as_posix()}"


@dataclass(frozen=True)
class PlannedImport:
    """The files that an import writes, and the notes of its report."""

    kind: Kind
    target: Path  # the draft's file
    text: bytes
    original: Mapping[Path, bytes]  # the signed PDF, if it is attached
    pictures: Mapping[Path, bytes]
    notes: tuple[ImportNote, ...]

    @property
    def files(self) -> dict[Path, bytes]:
        """Return all files to write; the draft is the last."""
        return {**self.pictures, **self.original, self.target: self.text}


def import_word(options: ImportOptions) -> Iterator[str]:
    """Import a Word file; yield the report. Raise BuildStopped if nothing was written."""
    planned = plan_import(options)
    write_all(planned.files, options.file.name)
    yield from _report([planned.target, *planned.original, *planned.pictures], planned.notes, options)


def plan_import(options: ImportOptions) -> PlannedImport:
    """Read and check a Word file. Raise BuildStopped if it cannot be imported."""
    site = _read_site(options)
    file_name = options.file.name
    word_file = normalize_package(read_package(options.file, file_name))
    _refuse_unreadable(word_file, file_name)
    refuse_marked(word_file.marked, file_name)
    refuse_too_long("\n".join(word_file.lines), site.limits, file_name)
    tree = read_tree(word_file.docx, file_name)
    pdf = find_original(options.file, options.pdf)
    original = read_original(pdf, site.limits) if pdf else None
    today = options.now.astimezone(site.zone).date()
    kind, draft = _plan_draft(tree, options.kind, Context(site, today, options.file.stem, original))
    folder = f"{kind}/{today.year}" if CONTENT_TYPES[kind].by_year else kind
    target = options.content / folder / f"{draft.slug}.md"
    if os.path.lexists(target):
        message = f"Đã có {options.display_path(target)}, không ghi đè."
        raise ImportStopped(file_name, message, "đổi tên tệp ấy hoặc sửa thẳng trong đó; nhập lại từ đầu thì xóa nó trước.")
    stem = f"{today.year}/{draft.slug}"
    paths, pictures, picture_notes = read_pictures(draft.blocks, word_file.media, options.content, stem, site.limits)
    files, fields, notes = _attach(original, kind, draft, options.content)
    markdown, text, body_notes = write_body(draft.blocks, paths, site.limits, file_name)
    warnings = [*draft_notes(word_file.marked, original), *(note for note in draft.notes if note.kind is NoteKind.WARNING)]
    header = make_front_matter([*fields, Field("status", "draft")], warnings)
    report = [*warnings, *notes_of(fields), *body_notes, *draft.notes, *word_file.notes, *picture_notes, *notes]
    report += _lost_words(word_file, f"{header}\n{text}", report)
    return PlannedImport(kind, target, f"{header}{markdown}".encode(), files, pictures, tuple(dict.fromkeys(report)))


def _read_site(options: ImportOptions) -> Site:
    """Return the site's settings. Raise WrongUse for wrong options."""
    if not options.file.name:
        raise WrongUse("Chưa ghi tên tệp Word. Cách sửa: make import FILE=tệp.docx.")
    if options.kind and options.kind not in KINDS:
        raise WrongUse(f'Không có loại "{options.kind}". Cách sửa: dùng --kind với một trong: {", ".join(KINDS)}.')
    if not options.content.is_dir():
        raise WrongUse(f"Không có thư mục {options.content.name}. Cách sửa: ghi đúng thư mục nội dung sau --content.")
    return site_of(options.content)


def _refuse_unreadable(word_file: NormalizedFile, file_name: str) -> None:
    """Raise ImportStopped if a file has no words, or text in an old encoding."""
    if not word_file.lines and not word_file.media:
        raise ImportStopped(file_name, "Tệp Word không có chữ nào.", "xem lại có chọn đúng tệp không.")
    if legacy := next(filter(None, map(find_legacy_text, word_file.typed)), None):
        message = f'Chữ "{legacy.original}" gõ cho phông chữ cũ {legacy.encoding}, trang chỉ đọc được Unicode.'
        remedy = f'chuyển mã cả tệp Word sang Unicode bằng UniKey (Ctrl+Shift+F6), thành "{legacy.decoded}", rồi nhập lại.'
        raise ImportStopped(file_name, message, remedy)


def _plan_draft(tree: Node, kind: str, context: Context) -> tuple[Kind, Draft]:
    """Return the kind, from the options or the first lines, and the draft."""
    if kind and kind != DOCUMENT.kind:
        return Kind(kind), plan_article(tree, Kind(kind), context)
    title, _, blocks = parse_title_block(tree)
    parts = split_document([para([{"t": "Strong", "c": words(title)}]), *blocks] if title else blocks)
    if kind or parts.head.official:
        return DOCUMENT.kind, plan_document(parts, context)
    return NEWS.kind, plan_article(tree, NEWS.kind, context)


def _attach(
    original: Original | None, kind: Kind, draft: Draft, content: Path
) -> tuple[dict[Path, bytes], tuple[Field, ...], list[ImportNote]]:
    """Return the PDF as a file to write, the fields with the attachment, and notes."""
    if original is None:
        return {}, draft.fields, []
    if kind is NEWS.kind:
        return {}, draft.fields, [ImportNote(NoteKind.UNSURE, "không dùng tệp PDF bên cạnh, vì tin tức không có tệp đính kèm.")]
    path = original_path(original, content / "media" / kind, draft.slug)
    name, label = ("attachments", "Bản gốc (PDF)") if kind is DOCUMENT.kind else ("materials", "Tài liệu (PDF)")
    attachment = Field(name, [{"file": f"/{path.relative_to(content).as_posix()}", "label": label}])
    return {path: original.raw}, (*draft.fields, attachment), []


def _lost_words(word_file: NormalizedFile, text: str, notes: Iterable[ImportNote]) -> list[ImportNote]:
    """Return a note of the words that are missing in the draft and its notes."""
    lost = count_words("\n".join(word_file.lines)) - count_words("\n".join([text, *map(str, notes)]))
    if not lost:
        return []
    return [ImportNote(NoteKind.UNSURE, f'có chữ trong tệp Word không thấy trong bài, hãy so lại: "{" ".join(lost.elements())}".')]


def _report(files: Iterable[Path], notes: Iterable[ImportNote], options: ImportOptions) -> Iterator[str]:
    lines: dict[NoteKind, list[str]] = {kind: [] for kind in NoteKind}
    for note in notes:
        lines[note.kind].append(str(note))
    yield from lines.pop(NoteKind.WARNING)
    yield from (f"Đã ghi {options.display_path(path)}" for path in files)
    yield from chain.from_iterable(lines.values())
    yield "Bài ở trạng thái nháp (status: draft). Việc tiếp theo: mở tệp, xem các dòng có dấu #, rồi chạy make check."
