"""A .docx → its parts, within limits. What is no Word file, or could harm whoever reads it, stops here; what the parts mean is for `markup`.

A .docx is a ZIP archive of XML parts and pictures (ECMA-376). pandoc is given an archive that is packed anew from what was let through.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from chuyendoiso.authoring.word.import_report import ImportStopped
from chuyendoiso.model.vietnamese import format_size

FILE_BYTES = 150_000_000
UNPACKED_BYTES = 300_000_000
XML_BYTES = 12_000_000  # a part of text; a book of 500 pages has some 5 MB
MEMBERS = 5_000
_RELATIONS = "_rels/.rels"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of Word before 2007, and of a .docx behind a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_SAVE_AGAIN = 'mở tệp bằng Word, chọn "Lưu thành…" loại Word Document (.docx), rồi nhập lại.'


@dataclass(frozen=True)
class WordPackage:
    """The parts of a Word file by their names."""

    shown: str  # the file as it was named
    main: str  # the name of the part that holds the text
    parts: Mapping[str, bytes]


def read_package(path: Path, shown: str) -> WordPackage:
    """Read a Word file. Raises ImportStopped."""
    if not path.is_file():
        raise ImportStopped(shown, "Không có tệp này.", "xem lại tên tệp và thư mục.")
    if (size := path.stat().st_size) > FILE_BYTES:
        raise ImportStopped(
            shown, f"Tệp nặng {format_size(size)}, tối đa {format_size(FILE_BYTES)}.", "nén ảnh trong Word, rồi lưu lại."
        )
    try:
        return parse_package(path.read_bytes(), shown)
    except OSError:
        raise ImportStopped(shown, "Không đọc được tệp.", "đóng Word nếu đang mở tệp, xem lại quyền đọc.") from None


def parse_package(raw: bytes, shown: str) -> WordPackage:
    """Unpack the parts of a Word file. Raises ImportStopped."""
    _refuse_others(raw, shown)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = _unpacked(archive, shown)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        message = "Tệp Word hỏng hoặc bị cắt cụt."
        raise ImportStopped(shown, message, "chép lại tệp gốc, hoặc mở bằng Word rồi lưu lại.") from None
    main = _main_part(parts, shown)
    if main not in parts or not main.startswith("word/"):
        raise ImportStopped(shown, "Tệp nén này không phải tệp Word (.docx).", _SAVE_AGAIN)
    if _STRICT in parts[main][:4000]:
        raise ImportStopped(shown, "Tệp lưu ở dạng Strict Open XML, chưa đọc được.", _SAVE_AGAIN)
    return WordPackage(shown, main, parts)


def _main_part(parts: Mapping[str, bytes], shown: str) -> str:
    """Return the name of the part that holds the text, after the archive's relations: mostly `word/document.xml`."""
    if _RELATIONS not in parts:
        return ""
    for one in parse_part(parts[_RELATIONS], shown):
        if one.get("Type", "").endswith("/officeDocument"):
            return one.get("Target", "").removeprefix("/")
    return ""


def _refuse_others(raw: bytes, shown: str) -> None:
    """Refuse what is no archive. Raises ImportStopped."""
    if not raw:
        raise ImportStopped(shown, "Tệp rỗng (0 byte).", "chép lại tệp gốc.")
    if raw.startswith(_OLE) and _ENCRYPTED in raw:
        raise ImportStopped(
            shown, "Tệp Word có mật khẩu.", "mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), rồi lưu lại."
        )
    if raw.startswith(_OLE):
        raise ImportStopped(shown, "Đây là tệp Word kiểu cũ (.doc).", _SAVE_AGAIN)
    if not raw.startswith(b"PK"):
        raise ImportStopped(shown, "Đây không phải tệp Word (.docx).", _SAVE_AGAIN)


def _unpacked(archive: zipfile.ZipFile, shown: str) -> dict[str, bytes]:
    listed = archive.infolist()
    if any(one.flag_bits & 1 for one in listed):
        raise ImportStopped(shown, "Tệp nén có mật khẩu.", "lưu lại tệp Word không có mật khẩu.")
    total = sum(one.file_size for one in listed)
    if total > UNPACKED_BYTES or len(listed) > MEMBERS or any(one.file_size > XML_BYTES for one in listed if _is_xml(one.filename)):
        message = f"Tệp giải nén ra quá lớn ({format_size(total)}, {len(listed)} phần)."
        raise ImportStopped(shown, message, "chia tệp ra, hoặc nén ảnh trong Word rồi lưu lại.")
    if len({one.filename for one in listed}) < len(listed):
        raise zipfile.BadZipFile("two parts of one name")
    return {one.filename: archive.read(one) for one in listed if _is_wanted(one.filename)}


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _is_wanted(name: str) -> bool:
    """Tell whether a part is text, a picture, or says where these are; embedded files and macros are neither."""
    return name in {"[Content_Types].xml", _RELATIONS} or (name.startswith("word/") and (_is_xml(name) or "/media/" in name))


def parse_part(raw: bytes, shown: str) -> etree._Element:
    """Parse a part of XML. Raises ImportStopped where it is broken, or brings entities, which no program that saves Word files writes."""
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
    """Pack parts into one archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return packed.getvalue()
