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

    shown: str  # the file's name for messages
    main: str  # the name of the text's part
    parts: Mapping[str, bytes]


def read_package(path: Path, shown: str) -> WordPackage:
    """Read a Word file. Raise ImportStopped if it is not acceptable."""
    if not path.is_file():
        raise ImportStopped(shown, "Không có tệp này.", "xem lại tên tệp và thư mục.")
    if (size := path.stat().st_size) > FILE_BYTES:
        message = f"Tệp nặng {format_size(size)}, tối đa {format_size(FILE_BYTES)}."
        raise ImportStopped(shown, message, "nén ảnh trong Word, rồi lưu lại.")
    try:
        raw = path.read_bytes()
    except OSError:
        raise ImportStopped(shown, "Không đọc được tệp.", "đóng Word nếu đang mở tệp, xem lại quyền đọc.") from None
    _refuse_others(raw, shown)
    parts = _unpack(raw, shown)
    main = _main_part(parts, shown)
    if main not in parts or not main.startswith("word/"):
        raise ImportStopped(shown, "Tệp nén này không phải tệp Word (.docx).", _SAVE_AGAIN)
    if _STRICT in parts[main][:4000]:
        raise ImportStopped(shown, "Tệp lưu ở dạng Strict Open XML, chưa đọc được.", _SAVE_AGAIN)
    return WordPackage(shown, main, parts)


def _main_part(parts: Mapping[str, bytes], shown: str) -> str:
    """Return the name of the text's part: mostly `word/document.xml`."""
    relations = parse_part(parts[_RELATIONS], shown) if _RELATIONS in parts else ()
    targets = (relation.get("Target", "") for relation in relations if relation.get("Type", "").endswith("/officeDocument"))
    return next(targets, "").removeprefix("/")


def _refuse_others(raw: bytes, shown: str) -> None:
    """Raise ImportStopped if a file is no ZIP archive."""
    if not raw:
        raise ImportStopped(shown, "Tệp rỗng (0 byte).", "chép lại tệp gốc.")
    if raw.startswith(_OLE) and _ENCRYPTED in raw:
        remedy = "mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), rồi lưu lại."
        raise ImportStopped(shown, "Tệp Word có mật khẩu.", remedy)
    if raw.startswith(_OLE):
        raise ImportStopped(shown, "Đây là tệp Word kiểu cũ (.doc).", _SAVE_AGAIN)
    if not raw.startswith(b"PK"):
        raise ImportStopped(shown, "Đây không phải tệp Word (.docx).", _SAVE_AGAIN)


def _unpack(raw: bytes, shown: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            _check_members(members, shown)
            return {member.filename: archive.read(member) for member in members if _is_wanted(member.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        message = "Tệp Word hỏng hoặc bị cắt cụt."
        raise ImportStopped(shown, message, "chép lại tệp gốc, hoặc mở bằng Word rồi lưu lại.") from None


def _check_members(members: Sequence[zipfile.ZipInfo], shown: str) -> None:
    """Raise ImportStopped if the members are encrypted, too large or too many.

    Raise BadZipFile if two have the same name.
    """
    if any(member.flag_bits & 1 for member in members):
        raise ImportStopped(shown, "Tệp nén có mật khẩu.", "lưu lại tệp Word không có mật khẩu.")
    total = sum(member.file_size for member in members)
    largest_xml = max((member.file_size for member in members if _is_xml(member.filename)), default=0)
    if total > UNPACKED_BYTES or len(members) > MEMBERS or largest_xml > XML_BYTES:
        message = f"Tệp giải nén ra quá lớn ({format_size(total)}, {len(members)} phần)."
        raise ImportStopped(shown, message, "chia tệp ra, hoặc nén ảnh trong Word rồi lưu lại.")
    if len({member.filename for member in members}) < len(members):
        raise zipfile.BadZipFile("two parts of one name")


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _is_wanted(name: str) -> bool:
    """Return whether a part is text, a picture or metadata about them."""
    return name in {"[Content_Types].xml", _RELATIONS} or (name.startswith("word/") and (_is_xml(name) or "/media/" in name))


def parse_part(raw: bytes, shown: str) -> etree._Element:
    """Parse an XML part. Raise ImportStopped if it is broken or has entities.

    Word never writes entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise ImportStopped(shown, "Nội dung tệp Word hỏng.", "mở bằng Word rồi lưu lại.") from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        message = "Tệp có khai báo thực thể XML (DOCTYPE), Word không bao giờ ghi như vậy."
        raise ImportStopped(shown, message, "không dùng tệp này; xin lại tệp từ người gửi.")
    return root


def make_package(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return buffer.getvalue()
