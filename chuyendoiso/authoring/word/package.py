"""Unpack a .docx within limits; reject other files and harmful ones.

A .docx is a ZIP archive of XML parts and pictures (ECMA-376). pandoc reads a new archive of the accepted parts.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from chuyendoiso.authoring.word.import_report import ImportStopped
from chuyendoiso.model.vietnamese import format_size

FILE_BYTES = 150_000_000
UNPACKED_BYTES = 300_000_000
XML_BYTES = 12_000_000  # of a part; a book of 500 pages has 5 MB
MEMBERS = 5_000
_RELATIONS = "_rels/.rels"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and a .docx with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_SAVE_AGAIN = 'mở tệp bằng Word, chọn "Lưu thành…" loại Word Document (.docx), rồi nhập lại.'


@dataclass(frozen=True)
class WordPackage:
    """The parts of a Word file by name."""

    file_name: str  # in messages
    main: str  # the name of the part with the text
    parts: Mapping[str, bytes]


def read_package(path: Path, file_name: str) -> WordPackage:
    """Read a Word file. Raise ImportStopped if it is not acceptable."""
    if not path.is_file():
        raise ImportStopped(file_name, "Không có tệp này.", "xem lại tên tệp và thư mục.")
    refuse_large(path.stat().st_size, FILE_BYTES, file_name)
    try:
        raw = path.read_bytes()
    except OSError:
        raise ImportStopped(file_name, "Không đọc được tệp.", "đóng Word nếu đang mở tệp, xem lại quyền đọc.") from None
    _refuse_others(raw, file_name)
    parts = _unpack(raw, file_name)
    main = _main_part(parts, file_name)
    if main not in parts or not main.startswith("word/"):
        raise ImportStopped(file_name, "Tệp nén này không phải tệp Word (.docx).", _SAVE_AGAIN)
    if _STRICT in parts[main][:4000]:
        raise ImportStopped(file_name, "Tệp lưu ở dạng Strict Open XML, chưa đọc được.", _SAVE_AGAIN)
    return WordPackage(file_name, main, parts)


def refuse_large(size: int, largest: int, file_name: str) -> None:
    """Raise ImportStopped if a file has too many bytes."""
    if size > largest:
        message = f"Tệp nặng {format_size(size)}, tối đa {format_size(largest)}."
        raise ImportStopped(file_name, message, "nén ảnh trong Word, rồi lưu lại.")


def _main_part(parts: Mapping[str, bytes], file_name: str) -> str:
    """Return the name of the part with the text: usually `word/document.xml`."""
    relations = parse_part(parts[_RELATIONS], file_name) if _RELATIONS in parts else ()
    targets = (relation.get("Target", "") for relation in relations if relation.get("Type", "").endswith("/officeDocument"))
    return next(targets, "").removeprefix("/")


def _refuse_others(raw: bytes, file_name: str) -> None:
    """Raise ImportStopped if a file is no ZIP archive."""
    if not raw:
        raise ImportStopped(file_name, "Tệp rỗng (0 byte).", "chép lại tệp gốc.")
    if raw.startswith(_OLE) and _ENCRYPTED in raw:
        remedy = "mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), rồi lưu lại."
        raise ImportStopped(file_name, "Tệp Word có mật khẩu.", remedy)
    if raw.startswith(_OLE):
        raise ImportStopped(file_name, "Đây là tệp Word kiểu cũ (.doc).", _SAVE_AGAIN)
    if not raw.startswith(b"PK"):
        raise ImportStopped(file_name, "Đây không phải tệp Word (.docx).", _SAVE_AGAIN)


def _unpack(raw: bytes, file_name: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            _check_members(members, file_name)
            return {member.filename: archive.read(member) for member in members if _is_needed(member.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        message = "Tệp Word hỏng hoặc bị cắt cụt."
        raise ImportStopped(file_name, message, "chép lại tệp gốc, hoặc mở bằng Word rồi lưu lại.") from None


def _check_members(members: Sequence[zipfile.ZipInfo], file_name: str) -> None:
    """Raise ImportStopped if the members are encrypted, too large or too many.

    Raise BadZipFile if two have the same name.
    """
    if any(member.flag_bits & 1 for member in members):
        raise ImportStopped(file_name, "Tệp nén có mật khẩu.", "lưu lại tệp Word không có mật khẩu.")
    total = sum(member.file_size for member in members)
    largest_xml = max((member.file_size for member in members if _is_xml(member.filename)), default=0)
    if total > UNPACKED_BYTES or len(members) > MEMBERS or largest_xml > XML_BYTES:
        message = f"Tệp giải nén ra quá lớn ({format_size(total)}, {len(members)} phần)."
        raise ImportStopped(file_name, message, "chia tệp ra, hoặc nén ảnh trong Word rồi lưu lại.")
    if len({member.filename for member in members}) < len(members):
        raise zipfile.BadZipFile("two parts of one name")


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _is_needed(name: str) -> bool:
    """Return whether a part is needed: text, pictures, and their metadata."""
    return name in {"[Content_Types].xml", _RELATIONS} or (name.startswith("word/") and (_is_xml(name) or "/media/" in name))


def parse_part(raw: bytes, file_name: str) -> etree._Element:
    """Parse an XML part. Raise ImportStopped if it is broken or has entities.

    Word never writes entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise ImportStopped(file_name, "Nội dung tệp Word hỏng.", "mở bằng Word rồi lưu lại.") from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        message = "Tệp có khai báo thực thể XML (DOCTYPE), Word không bao giờ ghi như vậy."
        raise ImportStopped(file_name, message, "không dùng tệp này; xin lại tệp từ người gửi.")
    return root


def make_package(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return buffer.getvalue()
