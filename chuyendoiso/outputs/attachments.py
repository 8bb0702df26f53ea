"""Attachments: measured, and published byte for byte.

A signed PDF that is saved again loses its signature.
"""

import hashlib
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from chuyendoiso.model.file_types import is_locked_office, is_old_office, is_pdf, name_file_type
from chuyendoiso.model.items import Catalogue, File
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.target import StaticFile
from chuyendoiso.model.vietnamese import format_size, slugify
from chuyendoiso.model.vocabulary import ATTACHMENT_TYPES

_UNPACKED = 500_000_000  # bytes up to which an archive is read whole
_TAIL = 2**16  # bytes of a PDF's end: mail programs and disks add zeros
_FOLDERS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}  # ECMA-376, part 1: what each holds beside its list of types
_LIGHTER = "xin nơi ban hành bản nhẹ hơn, hoặc dẫn liên kết tới nơi đăng bản gốc; đừng nén hay chia tệp đã ký số, chữ ký sẽ hỏng."


def published_path(source: str) -> str:
    """Return the address of a media file: its path, folded if it is not plain ASCII."""
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
        return Problem(shown, 1, "attachment-too-large", message, _LIGHTER)
    if weight == 0:
        return Problem(shown, 1, "empty-file", "Tệp đính kèm rỗng (0 byte).", "chép lại tệp gốc vào chỗ này.")
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        stream.seek(max(0, weight - _TAIL))
        last = stream.read().rstrip(b"\0\r\n\t ")[-2048:]
    if wrong := _other_type(path, ending, shown):
        return wrong
    if ending == ".pdf" and b"%%EOF" not in last:  # ISO 32000-1, 7.5.5; readers look for it in the last 1,024 bytes or so
        message = "Tệp PDF bị cắt cụt: không có dấu kết thúc %%EOF."
        return Problem(shown, 1, "broken-file", message, "chép lại tệp gốc vào chỗ này.")
    return File(source, published_path(source), ATTACHMENT_TYPES[ending], weight, digest.hexdigest())


def _other_type(path: Path, ending: str, shown: str) -> Problem | None:
    """Return a problem if a file is not what its ending says, with what it is."""
    raw = path.read_bytes()
    office = None if is_pdf(raw) else _read_office(path)
    is_ending = ".pdf" if is_pdf(raw) else office.ending if office else None
    if is_locked_office(raw) or (office and office.locked):
        message, remedy = "Tệp Office có mật khẩu, người đọc không mở được.", "xin nơi gửi bản không đặt mật khẩu."
        return Problem(shown, 1, "locked-file", message, remedy)
    if office and office.macros:
        message, remedy = "Tệp Office mang theo mã (macro).", "xin nơi gửi bản không có macro, hoặc bản PDF."
        return Problem(shown, 1, "active-file", message, remedy)
    if office and office.damaged:
        return Problem(shown, 1, "broken-file", "Tệp Office hỏng hoặc bị cắt cụt.", "chép lại tệp gốc vào chỗ này.")
    if is_ending == ending:
        return None
    name = f"tệp {is_ending}" if is_ending else name_file_type(raw)
    message = f"Tệp là {name}, không phải {ending} như tên tệp." if name else f"Nội dung tệp không phải {ending} như tên tệp."
    remedy = "chép lại tệp gốc vào chỗ này, hoặc lưu lại từ phần mềm soạn thảo với đúng định dạng."
    if is_ending:
        remedy = f"đổi đuôi tệp thành {is_ending}, sửa tên tệp trong bài cho khớp."
    elif is_old_office(raw):
        remedy = f"mở bằng phần mềm văn phòng, lưu thành {ending}."
    elif ending == ".pdf":
        remedy = "chép lại tệp PDF gốc vào chỗ này."
    return Problem(shown, 1, "mislabelled-file", message, remedy)


class _Office(NamedTuple):
    """What a ZIP archive is as an Office file."""

    ending: str | None  # None: it is none
    locked: bool
    macros: bool
    damaged: bool


def _read_office(path: Path) -> _Office | None:
    """Return the type of an Office file (OOXML, OpenDocument); None if it is no ZIP."""
    if not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            ending, locked = _open_xml_ending(names), any(one.flag_bits & 1 for one in archive.infolist())
            if ending is None and "mimetype" in names:
                mimetype = archive.read("mimetype")[:100].decode("ascii", "replace").strip()
                ending = next((one for one, type_ in ATTACHMENT_TYPES.items() if type_ == mimetype), None)
                manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
                locked = locked or b"encryption-data" in manifest
            unpacked = sum(one.file_size for one in archive.infolist())
            macros = any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names)
            return _Office(ending, locked, macros, damaged=not locked and unpacked <= _UNPACKED and archive.testzip() is not None)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
        return _Office(None, locked=False, macros=False, damaged=True)


def _open_xml_ending(names: list[str]) -> str | None:
    if "[Content_Types].xml" not in names:
        return None
    return next((one for one, folder in _FOLDERS.items() if any(name.startswith(folder) for name in names)), None)


def offered(catalogue: Catalogue) -> tuple[File, ...]:
    """Return the files that shown items offer in their own fields."""
    return tuple(offer.file for item in catalogue.items for offer in item.offers if offer.file)


def plan_attachments(catalogue: Catalogue, files: Iterable[File], sources: Mapping[str, Path]) -> Iterator[StaticFile]:
    """Plan one copy of each file that a shown item or page offers or links to."""
    wanted = {file.path for file in offered(catalogue)}
    for body in [item.body for item in catalogue.items] + [page.body for page in catalogue.pages]:
        wanted.update(body.targets)
    for file in sorted(files, key=lambda file: file.source):
        if file.path in wanted:
            yield StaticFile(file.path.removeprefix("/"), sources[file.source], file.digest, file.source)
