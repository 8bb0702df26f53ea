"""Decode a file to NFC text with LF line ends; refuse characters that XML forbids."""

import re
from pathlib import Path

from chuyendoiso.model.characters import forbidden_in, neutralised
from chuyendoiso.model.legacy_text import LegacyText, find_legacy_text
from chuyendoiso.model.problems import Problem, unreadable

_SAVE_AS = 'mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt.'


class Unreadable(Exception):
    """A file that cannot be read as text with fields; carries the problems."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(*problems)


def read_text(path: Path, display_path: str) -> str:
    """Read a file as text. Raises Unreadable."""
    return decode_text(read_bytes(path, display_path), display_path)


def read_bytes(path: Path, display_path: str) -> bytes:
    """Read a file. Raises Unreadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(unreadable(display_path, error)) from None


def decode_text(raw: bytes, display_path: str) -> str:
    """Decode UTF-8 to NFC text with LF line ends.

    Raises Unreadable for another encoding, and for characters that XML forbids.
    """
    _refuse_other_files(raw, display_path)
    try:
        decoded = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable(_encoding_problem(raw, display_path, error)) from None
    if legacy := find_legacy_text(decoded):
        raise Unreadable(_legacy_problem(legacy, display_path))
    if conflict := _CONFLICT.search(decoded):
        raise Unreadable(_conflict_problem(conflict, display_path))
    text = neutralised(decoded)
    if forbidden := forbidden_in(text):
        place, code = forbidden
        raise Unreadable(control_problem(code, display_path, text.count("\n", 0, place) + 1))
    return text


# The first bytes of Office Open XML and ZIP, older Office, gzip, PDF, PNG, JPEG, GIF and RTF
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


def _refuse_other_files(raw: bytes, display_path: str) -> None:
    """Refuse a file whose first bytes are of another type. Raises Unreadable."""
    if raw.startswith(_BINARY):
        message = "Tệp không phải tệp chữ: bên trong là tệp Word, PDF, tệp nén hoặc ảnh."
        remedy = "chép chữ sang một tệp .md mới; ảnh và tệp đính kèm thì để trong content/media/."
        raise Unreadable(Problem(display_path, 1, "encoding", message, remedy))
    if _is_utf16(raw):
        raise Unreadable(Problem(display_path, 1, "encoding", "Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8.", _SAVE_AS))


def _is_utf16(raw: bytes) -> bool:
    """Return whether bytes are UTF-16, with or without a byte order mark.

    Without one, most text has a zero in every other byte.
    """
    even, odd = raw[0:400:2].count(0), raw[1:400:2].count(0)
    return raw.startswith((b"\xff\xfe", b"\xfe\xff")) or (min(even, odd) == 0 and max(even, odd) * 6 > max(len(raw[:400]), 24))


def _encoding_problem(raw: bytes, display_path: str, error: UnicodeDecodeError) -> Problem:
    legacy = find_legacy_text(raw.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n"))
    if legacy and legacy.encoding != "UTF-8":
        return _legacy_problem(legacy, display_path)
    message = f"Tệp không phải UTF-8 (byte 0x{raw[error.start]:02X} ở vị trí {error.start + 1})."
    return Problem(display_path, raw[: error.start].count(b"\n") + 1, "encoding", message, _SAVE_AS)


def _legacy_problem(legacy: LegacyText, display_path: str) -> Problem:
    if legacy.encoding == "UTF-8":
        message = f'Chữ "{legacy.original}" là UTF-8 mà phần mềm đã đọc nhầm bảng mã.'
        remedy = f'mở lại tệp gốc với bảng mã UTF-8 rồi chép lại, thành "{legacy.decoded}".'
        return Problem(display_path, legacy.line, "encoding", message, remedy)
    message = f'Chữ "{legacy.original}" gõ cho phông chữ cũ {legacy.encoding}, trang chỉ đọc được Unicode.'
    remedy = f'chuyển mã cả tệp sang Unicode (UniKey: Ctrl+Shift+F6), thành "{legacy.decoded}".'
    return Problem(display_path, legacy.line, "legacy-font-text", message, remedy)


# Git's marks around two versions of a line that it cannot merge (git-merge, "How conflicts are presented")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) \S.*$", re.MULTILINE)


def _conflict_problem(conflict: re.Match[str], display_path: str) -> Problem:
    message = f'Có dấu "{conflict[0][:40]}" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào.'
    remedy = "giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>."
    return Problem(display_path, conflict.string.count("\n", 0, conflict.start()) + 1, "git-conflict", message, remedy)


def control_problem(code: str, display_path: str, line: int) -> Problem:
    """Return the problem of a forbidden character, or of a reference to one."""
    message = f"Có ký tự điều khiển {code}, không hiện được trên trang và làm hỏng nguồn tin."
    return Problem(display_path, line, "control-character", message, "xóa ký tự đó, gõ lại đoạn chữ quanh nó.")
