"""Decode a file: UTF-8, NFC, LF line ends, no character that pages cannot hold."""

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


def read_text(path: Path, shown: str) -> str:
    """Read a file as text. Raises Unreadable."""
    return decode_text(read_bytes(path, shown), shown)


def read_bytes(path: Path, shown: str) -> bytes:
    """Read a file. Raises Unreadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(unreadable(shown, error)) from None


def decode_text(raw: bytes, shown: str) -> str:
    """Decode UTF-8 to NFC text with LF line ends.

    Raises Unreadable for another encoding, and for characters that no page and no feed may hold.
    """
    _refuse_other_files(raw, shown)
    try:
        written = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable(_encoding_problem(raw, shown, error)) from None
    if legacy := find_legacy_text(written):
        raise Unreadable(_legacy_problem(legacy, shown))
    if conflict := _CONFLICT.search(written):
        raise Unreadable(_conflict_problem(conflict, shown))
    text = neutralised(written)
    if forbidden := forbidden_in(text):
        place, code = forbidden
        raise Unreadable(control_problem(code, shown, text.count("\n", 0, place) + 1))
    return text


# The first bytes of Office Open XML and ZIP, older Office, gzip, PDF, PNG, JPEG, GIF and RTF
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


def _refuse_other_files(raw: bytes, shown: str) -> None:
    """Refuse a file that its first bytes show to be no UTF-8 text. Raises Unreadable."""
    if raw.startswith(_BINARY):
        message = "Tệp không phải tệp chữ: bên trong là tệp Word, PDF, tệp nén hoặc ảnh."
        remedy = "chép chữ sang một tệp .md mới; ảnh và tệp đính kèm thì để trong content/media/."
        raise Unreadable(Problem(shown, 1, "encoding", message, remedy))
    if _is_utf16(raw):
        raise Unreadable(Problem(shown, 1, "encoding", "Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8.", _SAVE_AS))


def _is_utf16(raw: bytes) -> bool:
    """Return whether bytes are UTF-16, with or without a byte order mark.

    Without one, most text has a zero in every other byte.
    """
    even, odd = raw[0:400:2].count(0), raw[1:400:2].count(0)
    return raw.startswith((b"\xff\xfe", b"\xfe\xff")) or (min(even, odd) == 0 and max(even, odd) * 6 > max(len(raw[:400]), 24))


def _encoding_problem(raw: bytes, shown: str, error: UnicodeDecodeError) -> Problem:
    legacy = find_legacy_text(raw.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n"))
    if legacy and legacy.encoding != "UTF-8":
        return _legacy_problem(legacy, shown)
    message = f"Tệp không phải UTF-8 (byte 0x{raw[error.start]:02X} ở vị trí {error.start + 1})."
    return Problem(shown, raw[: error.start].count(b"\n") + 1, "encoding", message, _SAVE_AS)


def _legacy_problem(legacy: LegacyText, shown: str) -> Problem:
    if legacy.encoding == "UTF-8":
        message = f'Chữ "{legacy.original}" là UTF-8 mà phần mềm đã đọc nhầm bảng mã.'
        remedy = f'mở lại tệp gốc với bảng mã UTF-8 rồi chép lại, thành "{legacy.decoded}".'
        return Problem(shown, legacy.line, "encoding", message, remedy)
    message = f'Chữ "{legacy.original}" gõ cho phông chữ cũ {legacy.encoding}, trang chỉ đọc được Unicode.'
    remedy = f'chuyển mã cả tệp sang Unicode (UniKey: Ctrl+Shift+F6), thành "{legacy.decoded}".'
    return Problem(shown, legacy.line, "legacy-font-text", message, remedy)


# Git's marks around two versions of a line that it cannot merge (git-merge, "How conflicts are presented")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) \S.*$", re.MULTILINE)


def _conflict_problem(conflict: re.Match[str], shown: str) -> Problem:
    message = f'Có dấu "{conflict[0][:40]}" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào.'
    remedy = "giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>."
    return Problem(shown, conflict.string.count("\n", 0, conflict.start()) + 1, "git-conflict", message, remedy)


def control_problem(code: str, shown: str, line: int) -> Problem:
    """Return the problem of a character, or a reference to one, that nothing may hold."""
    message = f"Có ký tự điều khiển {code}, không hiện được trên trang và làm hỏng nguồn tin."
    return Problem(shown, line, "control-character", message, "xóa ký tự đó, gõ lại đoạn chữ quanh nó.")
