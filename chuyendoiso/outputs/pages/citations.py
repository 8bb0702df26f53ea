"""Cite a document after Nghị định 30/2020/NĐ-CP, phụ lục I, mục II."""

from datetime import date

from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.subjects import about, begins_with_verb
from chuyendoiso.model.vietnamese import lower_first

_BY_NAME = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")  # are named by what they are called and their number


def cite(document: Document, issuer: str) -> str:
    """Return `Nghị định số 42/2022/NĐ-CP ngày … của Chính phủ về …`, or a law's name."""
    kind, subject = document.document_type, document.subject.rstrip(" .")
    if kind in _BY_NAME:
        name = lower_first(subject) if begins_with_verb(subject) else subject
        named = subject if subject.casefold().startswith(kind.casefold()) else f"{kind} {name}"
        return f"{named} số {document.document_number}"
    return f"{kind} số {document.document_number} {_day(document.issued_on)} của {issuer} {about(subject)}"


def _day(day: date) -> str:
    """Return a date in words; days below 10 and months 1 and 2 get a zero."""
    return f"ngày {day.day:02} tháng {f'{day.month:02}' if day.month <= 2 else day.month} năm {day.year}"
