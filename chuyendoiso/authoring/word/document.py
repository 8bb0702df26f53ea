"""An official document's blocks → its draft: fields from its head, its end and the signed original; the body between them."""

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
from chuyendoiso.authoring.yaml_writer import Value
from chuyendoiso.model.date_parsers import FIRST_YEAR, LAST_YEAR
from chuyendoiso.model.parsers import Invalid, parse_document_number
from chuyendoiso.model.site import Site
from chuyendoiso.model.subjects import about
from chuyendoiso.model.vietnamese import format_date, lower_first, shorten, slugify

# An invitation or minutes and what they are to: `Giấy mời dự hội nghị`
_WITHOUT_ABOUT = re.compile(r"(?:Giấy mời|Biên bản) (?:dự|họp|kiểm tra|làm việc|bàn giao|nghiệm thu|xác nhận)\b", re.IGNORECASE)
_POSITION, _NAME, _SUBJECT, _SUMMARY, _TITLE = 100, 50, 500, 300, 200  # characters: Nghị định 30/2020/NĐ-CP, phụ lục VI


@dataclass(frozen=True)
class Context:
    """What a draft is made with, beside the file's own words."""

    site: Site
    today: date
    stem: str  # the Word file's name without its ending
    original: Original | None = None


def plan_document(ends: DocumentParts, context: Context) -> Draft:
    """Return the draft of a document."""
    head, of_number, of_day = with_original(ends.head, context.original)
    number = _number(head, of_number)
    type_ = _type(head)
    issued_on = _issued_on(head, of_day, context)
    issuing_body = _issuing_body(head, context)
    subject = _subject(head)
    title = _title(type_, number, subject)
    date_ = Field("date", context.today.isoformat())
    summary = _summary(type_, issued_on, subject, _issuer_name(head, issuing_body, context.site))
    known = (title, date_, summary, topic(context.site), number, type_, issuing_body, issued_on, subject)
    slug = slugify(str(number.value or context.stem))[:100].strip("-")
    own = Issued(
        head.number, str(issuing_body.value or "") or None, date.fromisoformat(str(issued_on.value)) if issued_on.value else None
    )
    provisions = plan_provisions([line.text for line in lines_of(ends.body)], own, context.site)
    return Draft(slug, (*known, *provisions, *_signatory(ends)), ends.body, tuple(_left_out(ends)))


def topic(site: Site) -> Field:
    """Return the field that is never guessed, with what can be chosen."""
    return Field("topic", None, f"chọn một chủ đề: {', '.join(f'{one.slug} ({one.name})' for one in site.topics)}.")


def with_original(head: Letterhead, original: Original | None) -> tuple[Letterhead, str | None, str | None]:
    """Return what the head says where the signed original does not say otherwise, and what to say of the number and of the date."""
    if original is None:
        return head, None, None
    if not original.has_words:
        remark = "lấy từ tệp Word, vì bản PDF là bản quét, không có chữ đọc được; hãy so với bản quét."
        return head, remark if head.number else None, remark if head.issued_on else None
    known = replace(head, number=original.number or head.number, issued_on=original.issued_on or head.issued_on)
    days = (format_date(day) if day else None for day in (head.issued_on, original.issued_on))
    return known, _difference(head.number, original.number), _difference(*days)


def _difference(word: str | None, pdf: str | None) -> str | None:
    if pdf and word and pdf != word:
        return f'tệp Word ghi "{word}", bản PDF ghi "{pdf}"; đã lấy theo bản PDF.'
    if pdf and not word:
        return "tệp Word không ghi, lấy từ bản PDF."
    return "không đọc được ở bản PDF, lấy từ tệp Word; hãy so với bản PDF." if word and not pdf else None


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
    return Field(
        "issued_on", day.isoformat(), remark or ("ngày này ở tương lai, hãy so với bản gốc." if day > context.today else None)
    )


def _issuing_body(head: Letterhead, context: Context) -> Field:
    found = find_issuer(head.bodies, context.site, head.issued_on)
    return Field("issuing_body", found.id) if found else Field("issuing_body", None, issuer_remark(head.bodies, context.site))


def _issuer_name(head: Letterhead, body: Field, site: Site) -> str:
    return next((one.name for one in site.issuers if one.id == body.value), "") or body_name(head.bodies)


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
    says = sentence_case(str(subject.value))
    says = lower_first(says) if _WITHOUT_ABOUT.match(f"{type_.value} {says}") else about(says)
    whole = " ".join(str(part) for part in (type_.value, number.value, says) if part)
    cut = shorten(whole, _TITLE)
    shouted = subject.value == str(subject.value).upper()
    remark = "ghép từ trích yếu viết hoa, hãy xem lại chữ hoa, chữ thường." if shouted else None
    return Field("title", cut, f"tên dài hơn {_TITLE} ký tự, đã cắt bớt." if cut != whole else remark)


def _summary(type_: Field, day: Field, subject: Field, issuer: str) -> Field:
    if not type_.value or not subject.value:
        return Field("summary", None, "một, hai câu cho người đọc biết văn bản nói gì, không quá 300 ký tự.")
    subject_of = about(sentence_case(str(subject.value)))
    of = f" của {issuer}" if issuer and not subject_of.startswith("của ") else ""
    on = f", ngày {format_date(date.fromisoformat(str(day.value)))}," if day.value else ""
    text = shorten(f"{type_.value}{of}{on} {subject_of.rstrip('.')}.", _SUMMARY)
    return Field("summary", text, "máy ghép từ các trường khác; nên viết lại bằng lời dễ hiểu.")


def _signatory(ends: DocumentParts) -> Iterator[Field]:
    signed = ends.signature
    if signed is None:
        return
    if not signed.name:
        remark = "không thấy họ tên người ký; ví dụ signatory: {name: Nguyễn Văn Mẫu, position: Chủ tịch}."
        yield Field("signatory", None, remark, required=False)
        return
    value: dict[str, Value] = {"name": shorten(signed.name, _NAME)}
    if signed.position:
        value["position"] = shorten(signed.position, _POSITION)
    yield Field("signatory", value, None if signed.position else "không thấy chức vụ người ký; thêm position: nếu biết.")


def _left_out(ends: DocumentParts) -> Iterator[ImportNote]:
    for name, lines in (("phần đầu văn bản", ends.head_lines), ("phần ký và nơi nhận", ends.end_lines)):
        if lines:
            yield ImportNote(NoteKind.DROPPED, f'{name}, đã đọc vào phần khai báo, không để trong thân bài: "{" / ".join(lines)}".')
