"""Plan the draft of an official document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from chuyendoiso.authoring.word.casing import sentence_case
from chuyendoiso.authoring.word.draft import Draft, Field
from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.issuers import body_name, find_issuer, issuer_remark
from chuyendoiso.authoring.word.letterhead import Letterhead, type_in_number
from chuyendoiso.authoring.word.letterhead_and_signature import DocumentParts
from chuyendoiso.authoring.word.nodes import lines_of
from chuyendoiso.authoring.word.original import Original
from chuyendoiso.authoring.word.provisions import Issued, plan_provisions
from chuyendoiso.authoring.word.signature import Signature
from chuyendoiso.model.date_parsers import FIRST_YEAR, LAST_YEAR
from chuyendoiso.model.parsers import Invalid, parse_document_number
from chuyendoiso.model.site import Site
from chuyendoiso.model.subjects import about
from chuyendoiso.model.vietnamese import format_date, lower_first, shorten, slugify

# An invitation or minutes, with their purpose: `Giấy mời dự hội nghị`
_WITHOUT_ABOUT = re.compile(r"(?:Giấy mời|Biên bản) (?:dự|họp|kiểm tra|làm việc|bàn giao|nghiệm thu|xác nhận)\b", re.IGNORECASE)
_POSITION, _NAME, _SUBJECT, _SUMMARY, _TITLE = 100, 50, 500, 300, 200  # characters: Nghị định 30/2020/NĐ-CP, phụ lục VI


@dataclass(frozen=True)
class Context:
    """The input of a draft beside the file's text."""

    site: Site
    today: date
    stem: str  # the Word file's name without its suffix
    original: Original | None = None


def plan_document(parts: DocumentParts, context: Context) -> Draft:
    """Return the draft of a document."""
    head, number_remark, day_remark = _with_original(parts.head, context.original)
    number = _number(head, number_remark)
    type_ = _type(head)
    issued_on = _issued_on(head, day_remark, context)
    issuer = find_issuer(head.bodies, context.site, head.issued_on)
    issuing_body = Field(
        "issuing_body", issuer.id if issuer else None, None if issuer else issuer_remark(head.bodies, context.site)
    )
    subject = _subject(head)
    title = _title(type_, number, subject)
    date_ = Field("date", context.today.isoformat())
    summary = _summary(type_, issued_on, subject, issuer.name if issuer else body_name(head.bodies))
    known = (title, date_, summary, topic(context.site), number, type_, issuing_body, issued_on, subject)
    slug = slugify(str(number.value or context.stem))[:100].strip("-")
    own = Issued(head.number, issuer.id if issuer else None, head.issued_on if issued_on.value else None)
    provisions = plan_provisions([line.text for line in lines_of(parts.body)], own, context.site)
    return Draft(slug, (*known, *provisions, *_signatory(parts.signature)), parts.body, tuple(_dropped(parts)))


def topic(site: Site) -> Field:
    """Return the topic field, which is never guessed, with the choices as its remark."""
    return Field("topic", None, f"chọn một chủ đề: {', '.join(f'{topic.slug} ({topic.name})' for topic in site.topics)}.")


def _with_original(head: Letterhead, original: Original | None) -> tuple[Letterhead, str | None, str | None]:
    """Override number and date with the signed original's.

    Return the letterhead, and a remark for each of the two.
    """
    if original is None:
        return head, None, None
    if not original.has_words:
        remark = "lấy từ tệp Word, vì bản PDF là bản quét, không có chữ đọc được; hãy so với bản quét."
        return head, remark if head.number else None, remark if head.issued_on else None
    merged = replace(head, number=original.number or head.number, issued_on=original.issued_on or head.issued_on)
    days = (format_date(day) if day else None for day in (head.issued_on, original.issued_on))
    return merged, _difference(head.number, original.number), _difference(*days)


def _difference(word: str | None, pdf: str | None) -> str | None:
    if word == pdf:
        return None
    if not word:
        return "tệp Word không ghi, lấy từ bản PDF."
    if not pdf:
        return "không đọc được ở bản PDF, lấy từ tệp Word; hãy so với bản PDF."
    return f'tệp Word ghi "{word}", bản PDF ghi "{pdf}"; đã lấy theo bản PDF.'


def _number(head: Letterhead, remark: str | None) -> Field:
    try:
        number = parse_document_number(head.number) if head.number else None
    except Invalid:
        number, remark = None, f'trong tệp là "{head.number}", không có dạng số và ký hiệu; ghi liền, ví dụ 12/KH-UBND.'
    if number is None and not remark:
        remark = f'chỗ ghi số còn trống, ký hiệu là "{head.symbol}"' if head.symbol else "không thấy số, ký hiệu"
        remark += f"; ghi liền, ví dụ 12{head.symbol or '/KH-UBND'}."
    return Field("document_number", number, remark)


def _type(head: Letterhead) -> Field:
    symbol = type_in_number(head.number or head.symbol or "")
    if head.type and symbol and symbol != head.type:
        return Field("document_type", head.type, f'lấy theo tên loại trên văn bản; ký hiệu trong số lại là của "{symbol}".')
    if head.type or symbol:
        return Field("document_type", head.type or symbol)
    if head.subject:
        return Field("document_type", "Công văn", "văn bản không ghi tên loại, nên hiểu là công văn.")
    return Field("document_type", None, "không thấy tên loại; ví dụ document_type: Kế hoạch.")


def _issued_on(head: Letterhead, remark: str | None, context: Context) -> Field:
    day = head.issued_on
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Field("issued_on", None, "không thấy ngày ban hành; ghi năm-tháng-ngày, ví dụ 2026-11-16.")
    if day > context.today:
        remark = remark or "ngày này ở tương lai, hãy so với bản gốc."
    return Field("issued_on", day.isoformat(), remark)


def _subject(head: Letterhead) -> Field:
    if not head.subject:
        return Field("subject", None, "không thấy trích yếu; chép đúng như trên văn bản.")
    cut = shorten(head.subject, _SUBJECT)
    if cut != head.subject:
        return Field("subject", cut, f"trích yếu dài hơn {_SUBJECT} ký tự, đã cắt bớt.")
    return Field("subject", cut, "trích yếu viết hoa toàn bộ, nên viết lại chữ thường." if cut == cut.upper() else None)


def _title(type_: Field, number: Field, subject: Field) -> Field:
    if not type_.value or not subject.value:
        return Field("title", None, "cách gọi văn bản trong danh sách, ví dụ Kế hoạch 12/KH-UBND về tổ công nghệ số cộng đồng.")
    content = sentence_case(str(subject.value))
    content = lower_first(content) if _WITHOUT_ABOUT.match(f"{type_.value} {content}") else about(content)
    title = " ".join(str(part) for part in (type_.value, number.value, content) if part)
    cut = shorten(title, _TITLE)
    if cut != title:
        return Field("title", cut, f"tên dài hơn {_TITLE} ký tự, đã cắt bớt.")
    in_capitals = subject.value == str(subject.value).upper()
    return Field("title", cut, "ghép từ trích yếu viết hoa, hãy xem lại chữ hoa, chữ thường." if in_capitals else None)


def _summary(type_: Field, day: Field, subject: Field, issuer: str) -> Field:
    if not type_.value or not subject.value:
        return Field("summary", None, "một, hai câu cho người đọc biết văn bản nói gì, không quá 300 ký tự.")
    content = about(sentence_case(str(subject.value)))
    by = f" của {issuer}" if issuer and not content.startswith("của ") else ""
    on = f", ngày {format_date(date.fromisoformat(str(day.value)))}," if day.value else ""
    text = shorten(f"{type_.value}{by}{on} {content.rstrip('.')}.", _SUMMARY)
    return Field("summary", text, "máy ghép từ các trường khác; nên viết lại bằng lời dễ hiểu.")


def _signatory(signature: Signature | None) -> Iterator[Field]:
    if signature is None:
        return
    if not signature.name:
        remark = "không thấy họ tên người ký; ví dụ signatory: {name: Nguyễn Văn Mẫu, position: Chủ tịch}."
        yield Field("signatory", None, remark, required=False)
    elif not signature.position:
        remark = "không thấy chức vụ người ký; thêm position: nếu biết."
        yield Field("signatory", {"name": shorten(signature.name, _NAME)}, remark)
    else:
        value = {"name": shorten(signature.name, _NAME), "position": shorten(signature.position, _POSITION)}
        yield Field("signatory", value)


def _dropped(parts: DocumentParts) -> Iterator[ImportNote]:
    for name, lines in (("phần đầu văn bản", parts.head_lines), ("phần ký và nơi nhận", parts.end_lines)):
        if lines:
            yield ImportNote(NoteKind.DROPPED, f'{name}, đã đọc vào phần khai báo, không để trong thân bài: "{" / ".join(lines)}".')
