"""Parse the letterhead of an official document: number, date, body, type, subject.

Layout: Nghị định 30/2020/NĐ-CP, phụ lục I. Documents of the Party have its name in place of the motto.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chuyendoiso.authoring.word.casing import sentence_case
from chuyendoiso.authoring.word.nodes import TextLine, is_ruling
from chuyendoiso.model.subjects import within_sentence
from chuyendoiso.model.vietnamese import fold, lower_first
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES

_MOTTOES = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
_NUMBER = re.compile(r"^\s*(?:Số|SỐ|Số hiệu)\s*[:.]?\s*(\d{1,6}[a-zA-Z]?\s*[/-]\s*[A-ZĐ0-9][^;,:]{1,40})$")
_BARE_NUMBER = re.compile(r"^(\d{1,6}[a-zA-Z]?(?:/\d{4})?\s*[/-]\s*[A-ZĐ][\w ]*(?:[-/][\w &]+)*)$")
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
# The issuer of a decision, between its subject and its grounds
_AUTHORITY = re.compile(
    r"^(?:PHÓ )?(?:CHỦ TỊCH|HỘI ĐỒNG|ỦY BAN|UỶ BAN|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|TỔNG|CỤC TRƯỞNG|KHÓA|KHOÁ|BAN |HIỆU TRƯỞNG)"
)
_STAMP = re.compile(r"^\(?(?:DỰ THẢO|Dự thảo|HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|BẢN SAO|SAO Y)")
_LINES = 30
_BEFORE = 4  # lines above a letterhead
_MOTTO_WITHIN = 8
_LONGEST = 300


@dataclass(frozen=True)
class Letterhead:
    """The data in a letterhead."""

    number: str | None = None
    symbol: str | None = None  # if the number is still blank: `/KH-UBND`
    issued_on: date | None = None
    bodies: tuple[str, ...] = ()  # the lines with the issuing body, the higher body first
    type: str | None = None
    subject: str | None = None
    official: bool = False  # it has a motto, or a place for a number and a date
    line_count: int = 0  # how many lines belong to it


def parse_letterhead(lines: Sequence[TextLine]) -> Letterhead:
    """Parse a document's first lines; without letterhead `line_count` is 0."""
    head, end = _above_title(lines[:_LINES])
    if end < len(lines) and (type_ := _type_of(lines[end])):
        name, rest = type_
        subject, body = _subject(lines, end + 1, rest)
        return replace(head, type=name, subject=subject or head.subject, line_count=body)
    return replace(head, line_count=end) if head.official else Letterhead()


def _above_title(lines: Sequence[TextLine]) -> tuple[Letterhead, int]:
    """Parse the lines above the document type, or above the body of a letter.

    Return the letterhead and the number of its lines.
    """
    fields: dict[str, Any] = {}
    bodies: list[str] = []
    signs, about, cell = 0, "", 0
    for index, line in enumerate(lines):
        text = line.text
        if is_motto(text):
            signs += 2
        elif number := number_in(text):
            signs += 1
            fields.setdefault("number", number)
        elif (blank := _NO_NUMBER.match(text)) and len(text) < 40:
            signs += 1
            fields["symbol"] = re.sub(r"\s+", "", blank[1] or "").rstrip("/-") or None
        elif _DATE_LINE.match(text):
            signs += 1
            fields["issued_on"] = fields.get("issued_on") or date_in(text)
        elif _ABOUT.match(text):
            about, cell = text, line.cell
        elif is_ruling(text):
            continue
        elif about and (line.cell == cell if cell else text[:1].islower()):
            about = f"{about} {text}"
        elif _STAMP.match(text):
            continue
        elif signs == 0 and index < _BEFORE and any(is_motto(below.text) for below in lines[index + 1 : index + _MOTTO_WITHIN]):
            if _names_a_body(line):  # not "Mẫu số 02", "Hỏa tốc"
                bodies.append(text)
        elif _type_of(line) or _BODY.match(text) or not _names_a_body(line):
            break
        else:
            bodies.append(text)
    else:
        index = len(lines)
    subject = f"Về {_lower_about(_ABOUT.sub('', about))}" if about else None
    return Letterhead(**fields, bodies=tuple(bodies), subject=subject, official=signs >= 2), index


def _lower_about(text: str) -> str:
    """Return the text after "V/v" so that it can follow "Về", with "việc" once."""
    return lower_first(text) if fold(text).startswith("viec ") else f"việc {within_sentence(text)}"


def is_motto(text: str) -> bool:
    """Return whether a line is the motto of the country or of the Party."""
    return re.sub(r"\s*[-–—]\s*", " - ", fold(text)).strip(" .*") in _MOTTOES


def number_in(text: str) -> str | None:
    """Return a number alone on its line, without spaces: `Số: 12 / KH-UBND`."""
    match = _NUMBER.match(text) or _BARE_NUMBER.match(text)
    return re.sub(r"\(.*?\)|\s+", "", match[1]).rstrip(".") if match else None


def date_in(text: str) -> date | None:
    """Return the date in a line: `Xã Mẫu, ngày 16 tháng 11 năm 2026`."""
    if not (match := re.search(DATE, text, re.IGNORECASE)):
        return None
    day, month, year = map(int, re.findall(r"\d+", match[0]))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _names_a_body(line: TextLine) -> bool:
    return len(line.text) <= 120 and (line.text == line.text.upper() or line.cell > 0)


def _type_of(line: TextLine) -> tuple[str, str] | None:
    """Return the document type in capitals in a line, and the rest of the line."""
    for name in sorted(DOCUMENT_TYPES, key=len, reverse=True):
        upper = name.upper()
        if line.text == upper or line.text.rstrip(" :") == upper or (line.bold and line.text == name):
            return name, ""
        if line.text.startswith(f"{upper} ") and not line.text.startswith(f"{upper} SỐ"):
            return name, line.text.removeprefix(upper).strip()
    return None


def _subject(lines: Sequence[TextLine], index: int, first: str) -> tuple[str | None, int]:
    """Return the lines of the subject, joined, and the index of the body's first line."""
    parts = [first] if first else []
    while index < len(lines):
        text = lines[index].text
        if is_ruling(text):
            return _join(parts) or None, index + 1
        begins = not parts and len(text) <= _LONGEST and not text.endswith((".", ";"))
        continues = lines[index].bold or (bool(parts) and text[:1].islower())
        in_capitals = text == text.upper() and not (parts and parts[0] == parts[0].upper())
        if _BODY.match(text) or _AUTHORITY.match(text) or (parts and in_capitals) or not (begins or continues) or number_in(text):
            break
        parts.append(text)
        index += 1
    return _ABOUT.sub("Về việc ", _join(parts)) or None, index


def _join(parts: Sequence[str]) -> str:
    """Join the lines of a subject.

    Lines in capitals among others get lower case: `CỦA BAN CHẤP HÀNH` above `về …`.
    """
    mixed = any(part != part.upper() for part in parts)
    return " ".join(lower_first(sentence_case(part)) if mixed and part == part.upper() else part for part in parts)


def type_in_number(number: str) -> str | None:
    """Return the document type for the symbol in a number: `KH` is a plan.

    A symbol of a single letter is ambiguous.
    """
    symbols = {symbol: name for name, symbol in DOCUMENT_TYPES.items() if len(symbol) > 1}
    return next((symbols[part] for part in re.split(r"[/-]", number)[1:] if part in symbols), None)


def find_number_and_date(text: str) -> tuple[str | None, date | None]:
    """Return the number and the date in the text of a PDF.

    Columns may be mixed up there, so the date is the first after a place.
    """
    number = _NUMBER_WITHIN.search(text)
    day = re.search(rf",\s*({DATE})", text, re.IGNORECASE)
    return re.sub(r"\s+", "", number[1]) if number else None, date_in(day[1]) if day else None
