"""The first lines of an official document → what they say: number, date, body, type, subject. Which field that fills is for `document`.

Where each part stands: Nghị định 30/2020/NĐ-CP, phụ lục I; the Party's documents carry its name in the place of the motto.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from chuyendoiso.authoring.word.casing import sentence_case
from chuyendoiso.authoring.word.nodes import TextLine, is_ruling
from chuyendoiso.model.subjects import within_sentence
from chuyendoiso.model.vietnamese import fold, lower_first
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES

_MOTTOES = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
_NUMBER = re.compile(r"^\s*(?:Số|SỐ|Số hiệu)\s*[:.]?\s*(\d{1,6}[a-zA-Z]?\s*[/-]\s*[A-ZĐ0-9][^;,:]{1,40})$")
_BARE_NUMBER = re.compile(r"^\d{1,6}[a-zA-Z]?(?:/\d{4})?\s*[/-]\s*[A-ZĐ][\w ]*(?:[-/][\w &]+)*$")
_NUMBER_WITHIN = re.compile(r"Số\s*[:.]?\s*(\d{1,6}[a-zA-Z]?\s?(?:/\s?\d{4}\s?)?[/-]\s?[A-ZĐ][\w&]*(?:\s?[/-]\s?[A-ZĐ][\w&]*)*)")
_NO_NUMBER = re.compile(
    r"^\s*(?:Số|SỐ)\s*[:.]?\s*[.…_ ]*([/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\w&]*(?:\s*[/-]\s*[A-ZĐ][\w&]*)*|[/-])|^\s*(?:Số|SỐ)\s*:?\s*[.…_ ]*$"
)
DATE = r"ngày\s*\d{1,2}\s*(?:tháng|[/.-])\s*\d{1,2}\s*(?:năm|[/.-])\s*\d{4}"
_DATE_LINE = re.compile(
    r"^[^.;:]{0,60}?,?\s*ngày\s*(?:[\d.…_ ]*\s*tháng\s*[\d.…_ ]*\s*năm\s*[\d.…_ ]*|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\.?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^V\s*/\s*v\s*:?\s*", re.IGNORECASE)
_BODY = re.compile(r"^(?:Kính gửi|Căn cứ|Thực hiện|Theo|Điều\s+\d|[IVX]+[.)]\s|\d+[.)]\s|Phần|PHẦN|Chương|CHƯƠNG)")
# Who issues a decision stands between its subject and its grounds
_AUTHORITY = re.compile(
    r"^(?:PHÓ )?(?:CHỦ TỊCH|HỘI ĐỒNG|ỦY BAN|UỶ BAN|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|TỔNG|CỤC TRƯỞNG|KHÓA|KHOÁ|BAN |HIỆU TRƯỞNG)"
)
_SECTION = re.compile(r"^(?:[IVX]+|\d+)[.)]\s")
_STAMP = re.compile(r"^\(?(?:DỰ THẢO|Dự thảo|HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|BẢN SAO|SAO Y)")
_LINES = 30
_BEFORE = 4  # lines that may stand above a letterhead
_MOTTO_WITHIN = 8
_LONGEST = 300


@dataclass(frozen=True)
class Letterhead:
    """What the head of a document says."""

    number: str | None = None
    symbol: str | None = None  # of a number that is still blank: `/KH-UBND`
    issued_on: date | None = None
    bodies: tuple[str, ...] = ()  # the lines that name who issued it, the higher body first
    type: str | None = None
    subject: str | None = None
    party: bool = False
    official: bool = False  # it has a motto, or a place for a number and a date
    taken: int = 0  # how many of the lines are its own


def parse_letterhead(lines: Sequence[TextLine]) -> Letterhead:
    """Read the head of a document from its first lines; nothing is `taken` of one that has no head."""
    head, at = _above_title(lines[:_LINES])
    if at < len(lines) and (type_ := _type_of(lines[at])):
        name, rest = type_
        head = replace(head, type=name)
        subject, after = _subject(lines, at + 1, rest)
        return replace(head, subject=subject or head.subject, taken=after)
    return replace(head, taken=at) if head.official else Letterhead()


def _above_title(lines: Sequence[TextLine]) -> tuple[Letterhead, int]:
    """Read what stands above the name of the type, or above the body of a letter, which has none; return it and where it ends."""
    head, signs, about, cell = Letterhead(), 0, "", 0
    for at, line in enumerate(lines):
        text = line.text
        if is_motto(text):
            signs += 2
            head = replace(head, party=head.party or "cong san" in fold(text))
        elif number := number_in(text):
            signs += 1
            head = replace(head, number=head.number or number)
        elif (blank := _NO_NUMBER.match(text)) and len(text) < 40:
            signs += 1
            head = replace(head, symbol=re.sub(r"\s+", "", blank[1] or "").rstrip("/-") or None)
        elif _DATE_LINE.match(text):
            signs += 1
            head = replace(head, issued_on=head.issued_on or date_in(text))
        elif _ABOUT.match(text):
            about, cell = text, line.cell
        elif about and (line.cell == cell if cell else text[:1].islower()) and not is_ruling(text):
            about = f"{about} {text}"
        elif is_ruling(text) or _STAMP.match(text):
            pass
        elif signs == 0 and at < _BEFORE and any(is_motto(one.text) for one in lines[at + 1 : at + _MOTTO_WITHIN]):
            head = replace(head, bodies=(*head.bodies, text)) if _names_a_body(line) else head  # "Mẫu số 02", "Hỏa tốc"
        elif _type_of(line) or _BODY.match(text) or not _names_a_body(line):
            return _with_about(replace(head, official=signs >= 2), about), at
        else:
            head = replace(head, bodies=(*head.bodies, text))
    return _with_about(replace(head, official=signs >= 2), about), len(lines)


def _with_about(head: Letterhead, about: str) -> Letterhead:
    return replace(head, subject="Về " + _lower_about(_ABOUT.sub("", about))) if about else head


def _lower_about(text: str) -> str:
    """Return what follows "V/v" as it follows "Về": "việc" is said once."""
    return lower_first(text) if fold(text).startswith("viec ") else f"việc {within_sentence(text)}"


def is_motto(text: str) -> bool:
    """Tell the country's and the Party's names above a document, however the dashes stand."""
    plain = re.sub(r"\s*[-–—]\s*", " - ", fold(text)).strip(" .*")
    return plain in _MOTTOES


def number_in(text: str) -> str | None:
    """Return the number and symbol on a line of its own, written without spaces: `Số: 12 / KH-UBND`."""
    found = _NUMBER.match(text)
    if not found and not _BARE_NUMBER.match(text):
        return None
    number = re.sub(r"\(.*?\)", "", found[1] if found else text)
    return re.sub(r"\s+", "", number).rstrip(".")


def date_in(text: str) -> date | None:
    """Return the day that a line names: `Xã Mẫu, ngày 16 tháng 11 năm 2026`."""
    if not (found := re.search(DATE, text, re.IGNORECASE)):
        return None
    day, month, year = map(int, re.findall(r"\d+", found[0]))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _names_a_body(line: TextLine) -> bool:
    return len(line.text) <= 120 and (line.text == line.text.upper() or line.cell > 0)


def _type_of(line: TextLine) -> tuple[str, str] | None:
    """Return the type that a line names in capitals, and the rest of the line."""
    for name in sorted(DOCUMENT_TYPES, key=len, reverse=True):
        upper = name.upper()
        if line.text == upper or line.text.rstrip(" :") == upper or (line.bold and line.text == name):
            return name, ""
        if line.text.startswith(f"{upper} ") and not line.text.startswith(f"{upper} SỐ"):
            return name, line.text.removeprefix(upper).strip()
    return None


def _subject(lines: Sequence[TextLine], at: int, first: str) -> tuple[str | None, int]:
    """Return the lines that tell what a document is about, joined, and where its body begins."""
    parts = [first] if first else []
    while at < len(lines):
        text = lines[at].text
        if is_ruling(text):
            return _joined(parts) or None, at + 1
        begins = not parts and len(text) <= _LONGEST and not text.endswith((".", ";"))
        goes_on = lines[at].bold or (bool(parts) and text[:1].islower())
        in_capitals = text == text.upper() and not (parts and parts[0] == parts[0].upper())
        if _BODY.match(text) or _AUTHORITY.match(text) or (parts and in_capitals) or not (begins or goes_on) or number_in(text):
            break
        parts.append(text)
        at += 1
    subject = _joined(parts)
    return (_ABOUT.sub("Về việc ", subject) if subject else None), at


def _joined(parts: Sequence[str]) -> str:
    """Return the lines of a subject as one; those in capitals among others are written small: `CỦA BAN CHẤP HÀNH` above `về …`."""
    mixed = any(part != part.upper() for part in parts)
    return " ".join(lower_first(sentence_case(part)) if mixed and part == part.upper() else part for part in parts)


def type_in_number(number: str) -> str | None:
    """Return the type whose symbol stands in a number: `12/KH-UBND` is a plan. Symbols of one letter tell nothing."""
    symbols = {symbol: name for name, symbol in DOCUMENT_TYPES.items() if len(symbol) > 1}
    return next((symbols[part] for part in re.split(r"[/-]", number)[1:] if part in symbols), None)


def find_number_and_date(text: str) -> tuple[str | None, date | None]:
    """Return the first number and the first date of a place in plain text, in which columns of a signed original may have run together."""
    number = _NUMBER_WITHIN.search(text)
    day = re.search(rf",\s*({DATE})", text, re.IGNORECASE)
    return re.sub(r"\s+", "", number[1]) if number else None, date_in(day[1]) if day else None
