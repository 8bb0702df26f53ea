"""How another text names a document, after Nghị định 30/2020/NĐ-CP, phụ lục I, mục II (căn cứ ban hành văn bản), as offices write it."""

import re
from datetime import date

from chuyendoiso.domain.model import Document
from chuyendoiso.domain.vietnamese import lower_first

_BY_NAME = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")  # are named by what they are called and their number
# Subjects that begin with what is done go on without "về".
_VERBS = (
    "ban hành", "bãi bỏ", "bổ nhiệm", "bổ sung", "cho phép", "chấn chỉnh", "công bố", "công nhận", "đẩy mạnh", "điều chỉnh", "điều động", "đính chính",
    "giao(?! dịch| thông| lưu| diện| tiếp)", "hướng dẫn", "khen thưởng", "kiện toàn", "miễn nhiệm", "phát động", "phân công", "phân cấp", "phê duyệt", "quy định", "sửa đổi", "tăng cường",
    "tặng", "thành lập", "thay thế", "thông qua", "thu hồi", "triển khai", "tổ chức", "ủy quyền", "uỷ quyền", "xếp hạng",
)  # fmt: skip
_NOUNS = (
    "Chiến lược",
    "Chương trình",
    "Danh mục",
    "Dự án",
    "Đề án",
    "Điều lệ",
    "Kế hoạch",
    "Nghị quyết",
    "Ngày",
    "Quy chế",
    "Quy hoạch",
)


def cite(document: Document, issuer: str) -> str:
    """Return `Nghị định số 42/2022/NĐ-CP ngày 24 tháng 6 năm 2022 của Chính phủ về …`, and a law by its name and number."""
    kind, subject = document.document_type, document.subject.rstrip(" .")
    if kind in _BY_NAME:
        name = lower_first(subject) if _begins_with_verb(subject) else subject
        named = subject if subject.casefold().startswith(kind.casefold()) else f"{kind} {name}"
        return f"{named} số {document.document_number}"
    return f"{kind} số {document.document_number} {_day(document.issued_on)} của {issuer} {_about(subject)}"


def _day(day: date) -> str:
    """Return a day in words: days below 10 and the months 1 and 2 have a zero, so that nobody writes a figure before them."""
    return f"ngày {day.day:02} tháng {f'{day.month:02}' if day.month <= 2 else day.month} năm {day.year}"


def _about(subject: str) -> str:
    if found := re.match(r"v/v:?\s+", subject, re.IGNORECASE):
        return f"về việc {lower_first(subject[found.end() :])}"
    if re.match(r"về\s", subject, re.IGNORECASE):
        return lower_first(subject)
    if _begins_with_verb(subject):
        return lower_first(subject)
    return f"về {_as_it_goes_on(subject)}"


def _begins_with_verb(subject: str) -> bool:
    return any(re.match(rf"{verb}(?:\s|,|$)", subject, re.IGNORECASE) for verb in _VERBS)


def _as_it_goes_on(subject: str) -> str:
    """Return a subject within a sentence: a name keeps its capital letter."""
    second = subject.split(" ", 2)[1:2]
    is_name = subject.startswith(_NOUNS) or bool(second and second[0][:1].isupper())
    return subject if is_name else lower_first(subject)
