"""Markings of papers that are not for the public, and of drafts: `TỐI MẬT`, `LƯU HÀNH NỘI BỘ`, `DỰ THẢO`.

Levels of secrecy: Luật Bảo vệ bí mật nhà nước 2018, điều 8. A marking fills a line by itself; the same words within a sentence are none.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

_NOT_LETTERS = re.compile(r"[\W\d_]+")  # letters may be typed apart: `M Ậ T`
_COLUMNS = re.compile(r"\t|\s{2,}")
_LEVEL = re.compile(r"(?:TÀILIỆU|VĂNBẢN|HỒSƠ|(?:MỨC)?ĐỘMẬT|DẤU)*(TUYỆTMẬT|TỐIMẬT|MẬT)")
_INTERNAL = re.compile(r"(?:TÀILIỆU|VĂNBẢN|CHỈ|ĐỂ)*(?:LƯUHÀNHNỘIBỘ|SỬDỤNGNỘIBỘ|NỘIBỘ)|(?:TÀILIỆU|VĂNBẢN)*KHÔNG(?:ĐƯỢC)?PHỔBIẾN")
_DRAFT = re.compile(r"(?:BẢN|VĂNBẢN)?DỰTHẢO(?:LẦN|SỐ|NGÀY|THÁNG|NĂM|THỨ|NHẤT|HAI|BA|TƯ|NĂM|V)*")
_LONGEST = 60  # characters of a marking's line


class Marking(StrEnum):
    """What a marking says of a paper."""

    SECRET = "secret"
    INTERNAL = "internal"
    DRAFT = "draft"


class Marked(NamedTuple):
    """A marking, and the words that bear it."""

    marking: Marking
    words: str


_REMEDIES = {
    Marking.SECRET: "không đưa tệp này lên trang; đã được giải mật thì xin bản có dấu giải mật.",
    Marking.INTERNAL: "không đưa tệp này lên trang; cơ quan ban hành cho công bố thì xin bản không có dấu ấy.",
}


def find_marking(lines: Iterable[str]) -> Marked | None:
    """Return the first marking among lines; one that forbids publication before that of a draft."""
    marked = [found for line in lines for part in (line, *_COLUMNS.split(line)) if (found := _parse_line(part))]
    return min(marked, key=lambda one: one.marking is Marking.DRAFT, default=None)


def _parse_line(line: str) -> Marked | None:
    words = " ".join(normalize("NFC", line).split())
    letters = _NOT_LETTERS.sub("", words)
    if not letters or len(words) > _LONGEST:
        return None
    # "Mật" alone may be a cell of any table; it is a marking in capitals, or after "Độ mật:"
    if _LEVEL.fullmatch(letters.upper()) and (letters == letters.upper() or len(letters) > len("Tuyệtmật")):
        return Marked(Marking.SECRET, words)
    if _INTERNAL.fullmatch(letters.upper()):
        return Marked(Marking.INTERNAL, words)
    return Marked(Marking.DRAFT, words) if _DRAFT.fullmatch(letters.upper()) else None


def remedy_of(marking: Marking) -> str:
    """Return what to do about a marking that forbids publication."""
    return _REMEDIES[marking]
