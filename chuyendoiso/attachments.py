"""Attachments: their facts, and the byte-for-byte copies that are published (re-saving a signed PDF breaks its signature)."""

import hashlib
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from chuyendoiso.domain.limits import Limits
from chuyendoiso.domain.model import Catalogue, Document, File, Item, Training
from chuyendoiso.domain.output import CopyOf
from chuyendoiso.domain.problems import Problem
from chuyendoiso.domain.vietnamese import format_size, slugify
from chuyendoiso.domain.vocabulary import ATTACHMENT_TYPES

# A file's first bytes: PDF (ISO 32000-1, 7.5.2), and the ZIP of Office Open XML and OpenDocument (PKWARE APPNOTE 4.3.7).
_PDF = b"%PDF-"
_FOLDERS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}  # ECMA-376, part 1: what each holds beside its list of types


def published_path(source: str) -> str:
    """Return the address of a file under media/: its own path where that is plain ASCII, else folded, segment by segment."""
    folder, name = posixpath.split(source)
    stem, ending = posixpath.splitext(name)
    segments = [*folder.split("/"), stem]
    plain = [
        part if part.isascii() and part.replace("-", "").replace("_", "").replace(".", "").isalnum() else slugify(part)
        for part in segments
    ]
    return "/" + "/".join(part or "tep" for part in plain) + ending.lower()


def measure_file(path: Path, source: str, shown: str, limits: Limits) -> File | Problem:
    """Read an attachment once: type by its ending and first bytes, size, SHA-256."""
    ending = posixpath.splitext(source)[1].lower()
    weight = path.stat().st_size
    if weight > limits.attachment_bytes:
        message = f"Tệp đính kèm nặng {format_size(weight)}, tối đa {format_size(limits.attachment_bytes)}."
        return Problem(shown, 1, "attachment-too-large", message, "nén hoặc chia nhỏ tệp rồi chép lại.")
    if weight == 0:
        return Problem(shown, 1, "empty-file", "Tệp đính kèm rỗng (0 byte).", "chép lại tệp gốc vào chỗ này.")
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        first = stream.seek(0) or stream.read(len(_PDF))
        stream.seek(max(0, weight - 2048))
        last = stream.read()
    if not (first == _PDF if ending == ".pdf" else _is_office(path, ending)):
        message = f"Nội dung tệp không phải {ending} như tên tệp."
        return Problem(shown, 1, "mislabelled-file", message, "lưu lại tệp từ phần mềm soạn thảo với đúng định dạng.")
    if ending == ".pdf" and b"%%EOF" not in last:  # ISO 32000-1, 7.5.5; readers look for it in the last 1,024 bytes or so
        message = "Tệp PDF bị cắt cụt: không có dấu kết thúc %%EOF."
        return Problem(shown, 1, "broken-file", message, "chép lại tệp gốc vào chỗ này.")
    return File(source, published_path(source), ATTACHMENT_TYPES[ending], weight, digest.hexdigest())


def _is_office(path: Path, ending: str) -> bool:
    """Tell whether a ZIP is what its ending says: Office Open XML by its folders, OpenDocument by its first entry."""
    try:
        with zipfile.ZipFile(path) as archive:
            if ending in _FOLDERS:
                names = archive.namelist()
                return "[Content_Types].xml" in names and any(name.startswith(_FOLDERS[ending]) for name in names)
            with archive.open("mimetype") as entry:
                return entry.read(100).decode("ascii").strip() == ATTACHMENT_TYPES[ending]
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
        return False


def files_of(item: Item) -> tuple[File, ...]:
    """Return the files that an item offers in its own fields, in order."""
    if isinstance(item, Document):
        return tuple(attachment.file for attachment in item.attachments)
    if isinstance(item, Training):
        return tuple(material.file for material in item.materials if material.file)
    return ()


def offered(catalogue: Catalogue) -> tuple[File, ...]:
    """Return the files that shown items offer in their own fields."""
    return tuple(file for item in catalogue.items for file in files_of(item))


def plan_attachments(catalogue: Catalogue, files: Iterable[File], sources: Mapping[str, Path]) -> Iterator[CopyOf]:
    """Plan a copy of each file that a shown item or page offers or links to; each file once."""
    wanted = {file.path for file in offered(catalogue)}
    for body in [item.body for item in catalogue.items] + [page.body for page in catalogue.pages]:
        wanted.update(body.targets)
    for file in sorted(files, key=lambda file: file.source):
        if file.path in wanted:
            yield CopyOf(file.path.removeprefix("/"), sources[file.source], file.digest, file.source)
