"""Attachments: measured, and published byte for byte.

A signed PDF that is saved again loses its signature.
"""

import hashlib
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from chuyendoiso.model.file_signatures import is_locked_office, is_old_office, is_pdf, name_file_type
from chuyendoiso.model.items import Catalogue, File
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.media_types import ATTACHMENT_TYPES
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.target import StaticFile
from chuyendoiso.model.vietnamese import format_size, slugify

_UNPACKED = 500_000_000  # bytes up to which all of an archive is read
_TAIL = 2**16  # bytes of a PDF's end: mail programs and disks add zeros
_FOLDERS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}  # ECMA-376, part 1: the folder of each beside its list of types
_COPY_AGAIN = "chép lại tệp gốc vào chỗ này."
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


def measure_file(path: Path, source: str, display_path: str, limits: Limits) -> File | Problem:
    """Read an attachment once: type by its ending and first bytes, size, SHA-256."""
    ending, size = posixpath.splitext(source)[1].lower(), path.stat().st_size
    if size > limits.attachment_bytes:
        message = f"Tệp đính kèm nặng {format_size(size)}, tối đa {format_size(limits.attachment_bytes)}."
        return Problem(display_path, 1, "attachment-too-large", message, _LIGHTER)
    if size == 0:
        return Problem(display_path, 1, "empty-file", "Tệp đính kèm rỗng (0 byte).", _COPY_AGAIN)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        stream.seek(max(0, size - _TAIL))
        end = stream.read().rstrip(b"\0\r\n\t ")[-2048:]
    if problem := _type_problem(path, ending, display_path):
        return problem
    if ending == ".pdf" and b"%%EOF" not in end:  # ISO 32000-1, 7.5.5; readers look for it in the last 1,024 bytes or so
        return Problem(display_path, 1, "broken-file", "Tệp PDF bị cắt cụt: không có dấu kết thúc %%EOF.", _COPY_AGAIN)
    return File(source, published_path(source), ATTACHMENT_TYPES[ending], size, digest.hexdigest())


def _type_problem(path: Path, ending: str, display_path: str) -> Problem | None:
    """Return the problem of a mislabelled, locked, active or damaged file."""
    raw = path.read_bytes()
    actual = _actual_ending(path, raw, display_path)
    if isinstance(actual, Problem):
        return actual
    if actual == ending:
        return None
    name = f"tệp {actual}" if actual else name_file_type(raw)
    message = f"Tệp là {name}, không phải {ending} như tên tệp." if name else f"Nội dung tệp không phải {ending} như tên tệp."
    if actual:
        remedy = f"đổi đuôi tệp thành {actual}, sửa tên tệp trong bài cho khớp."
    elif is_old_office(raw):
        remedy = f"mở bằng phần mềm văn phòng, lưu thành {ending}."
    elif ending == ".pdf":
        remedy = "chép lại tệp PDF gốc vào chỗ này."
    else:
        remedy = "chép lại tệp gốc vào chỗ này, hoặc lưu lại từ phần mềm soạn thảo với đúng định dạng."
    return Problem(display_path, 1, "mislabelled-file", message, remedy)


def _actual_ending(path: Path, raw: bytes, display_path: str) -> str | Problem | None:
    """Return the ending of a PDF or an Office file, or its problem."""
    locked, macros, damaged = is_locked_office(raw), False, False
    ending = ".pdf" if is_pdf(raw) else None
    if not locked and not ending and zipfile.is_zipfile(path):
        try:
            ending, locked, macros, damaged = _inspect_archive(path)
        except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
            damaged = True
    if locked:
        message, remedy = "Tệp Office có mật khẩu, người đọc không mở được.", "xin nơi gửi bản không đặt mật khẩu."
        return Problem(display_path, 1, "locked-file", message, remedy)
    if macros:
        message, remedy = "Tệp Office mang theo mã (macro).", "xin nơi gửi bản không có macro, hoặc bản PDF."
        return Problem(display_path, 1, "active-file", message, remedy)
    return Problem(display_path, 1, "broken-file", "Tệp Office hỏng hoặc bị cắt cụt.", _COPY_AGAIN) if damaged else ending


def _inspect_archive(path: Path) -> tuple[str | None, bool, bool, bool]:
    """Return a ZIP's ending as OOXML or OpenDocument; if locked, with macros, damaged."""
    with zipfile.ZipFile(path) as archive:
        names, members = archive.namelist(), archive.infolist()
        ending, locked = None, any(member.flag_bits & 1 for member in members)
        if "[Content_Types].xml" in names:
            ending = next((end for end, folder in _FOLDERS.items() if any(name.startswith(folder) for name in names)), None)
        if ending is None and "mimetype" in names:
            mimetype = archive.read("mimetype")[:100].decode("ascii", "replace").strip()
            ending = next((end for end, media_type in ATTACHMENT_TYPES.items() if media_type == mimetype), None)
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            locked = locked or b"encryption-data" in manifest
        macros = any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names)
        checked = not locked and sum(member.file_size for member in members) <= _UNPACKED
        return ending, locked, macros, checked and archive.testzip() is not None


def offered_files(catalogue: Catalogue) -> tuple[File, ...]:
    """Return the files that visible items offer in their fields."""
    return tuple(offer.file for item in catalogue.items for offer in item.offers if offer.file)


def plan_attachments(catalogue: Catalogue, files: Iterable[File], sources: Mapping[str, Path]) -> Iterator[StaticFile]:
    """Plan one copy of each file that a visible item or page offers or links to."""
    paths = {file.path for file in offered_files(catalogue)}
    paths.update(*(item.body.targets for item in catalogue.items), *(page.body.targets for page in catalogue.pages))
    for file in sorted(files, key=lambda file: file.source):
        if file.path in paths:
            yield StaticFile(file.path.removeprefix("/"), sources[file.source], file.digest, file.source)
