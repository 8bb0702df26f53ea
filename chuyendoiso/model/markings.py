"""Find markings of papers that are not public, or drafts: `TỐI MẬT`, `DỰ THẢO`.

Levels of secrecy: Luật Bảo vệ bí mật nhà nước 2018, điều 8. A marking fills a line, or a part of a line between columns, dashes or
brackets. The same words in a sentence, a list item or a cell of figures are none.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

_NOT_LETTERS = re.compile(r"[\W\d_]+")  # letters may be typed apart: `M Ậ T`
_COLUMNS = re.compile(r"[\t\n]|\s{2,}")
_PARTS = re.compile(r"\s[-–—]\s|[/,;|()]")
_ITEM = re.compile(r"\s*(?:[-–—•·▪+*]\s|\(?\d+[.)]|[a-zđ]\))")  # begins an item of a list
_OF = r"(?:TÀILIỆU|VĂNBẢN|HỒSƠ|BẢN)"
_LEVEL = re.compile(rf"(?P<named>{_OF}|(?:DẤUCHỈ|DẤU)?(?:MỨC)?ĐỘ(?:CỦABÍ)?MẬT)*(?:TUYỆTMẬT|TỐIMẬT|MẬT)(?:(?:BẢNSỐ|SỐBẢN|SỐ)\w*)?")
_CIRCULATED = re.compile(rf"{_OF}*(?:CHỈ|ĐỂ)?LƯUHÀNH(?:TRONG)?NỘIBỘ(?:TRONG)?(?:NGÀNH|CƠQUAN|ĐƠNVỊ|ĐẢNG)*")
_INTERNAL = re.compile(rf"{_OF}*(?:CHỈ|ĐỂ)?(?:SỬDỤNG|PHỔBIẾN)?NỘIBỘ|{_OF}*KHÔNG(?:ĐƯỢC)?PHỔBIẾN")
_DRAFT = re.compile(r"(?:bản\s+|văn bản\s+)?dự\s*thảo(?:\s*$|\s+(?:lần|trình|ngày|số|xin|lấy|v?\d))", re.IGNORECASE)
_LONGEST = 100  # characters of a line with a marking
_LONGEST_DRAFT = 60


class Marking(StrEnum):
    """The meaning of a marking."""

    SECRET = "secret"
    INTERNAL = "internal"
    DRAFT = "draft"


class MarkingMatch(NamedTuple):
    """A marking, and the words in which it was recognized."""

    marking: Marking
    words: str


MARKING_REMEDIES = {
    Marking.SECRET: "không đưa tệp này lên trang; đã được giải mật thì xin bản có dấu giải mật.",
    Marking.INTERNAL: "không đưa tệp này lên trang; cơ quan ban hành cho công bố thì xin bản không có dấu ấy.",
}


def find_marking(lines: Iterable[str], *, capitals: bool = False) -> MarkingMatch | None:
    """Return the first marking; one of secrecy before one of a draft.

    `capitals`: only markings in capitals, as far from the head of a paper.
    """
    markings = (marked for line in lines for marked in _parse_line(line) if not capitals or marked.words == marked.words.upper())
    return min(markings, key=lambda marked: marked.marking is Marking.DRAFT, default=None)


def _parse_line(line: str) -> Iterator[MarkingMatch]:
    for column in (line, *_COLUMNS.split(line)):
        words = " ".join(normalize("NFC", column).split())
        if not words or len(words) > _LONGEST:
            continue
        if not _ITEM.match(words):
            in_brackets = words.startswith("(") and words.endswith(")")
            for part in (words, *_PARTS.split(words)):
                yield from _parse_part(part.strip(), in_brackets=in_brackets)
        if len(words) <= _LONGEST_DRAFT and _is_draft(words):
            yield MarkingMatch(Marking.DRAFT, words)


def _parse_part(words: str, *, in_brackets: bool) -> Iterator[MarkingMatch]:
    letters = _NOT_LETTERS.sub("", words)
    upper, is_upper = letters.upper(), letters == letters.upper()
    # "Mật" or "Nội bộ" alone may be a cell of any table: they are markings in capitals, after "Độ mật:", in brackets
    if (level := _LEVEL.fullmatch(upper)) and (is_upper or level["named"]):
        yield MarkingMatch(Marking.SECRET, words)
    elif _CIRCULATED.fullmatch(upper) or (_INTERNAL.fullmatch(upper) and (is_upper or in_brackets)):
        yield MarkingMatch(Marking.INTERNAL, words)


def _is_draft(words: str) -> bool:
    bare = words.strip("()[]<> -–—*")
    squeezed = _NOT_LETTERS.sub("", bare)
    in_capitals = squeezed == squeezed.upper() and re.match(r"(?:BẢN|VĂNBẢN)?DỰTHẢO", squeezed)
    return bool(in_capitals or _DRAFT.match(bare))
