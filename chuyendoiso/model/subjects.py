"""The subject of a document (trích yếu) within a sentence."""

import re

from chuyendoiso.model.vietnamese import lower_first

# Subjects that begin with one of these verbs take no "về".
_VERBS = (
    "ban hành", "bãi bỏ", "bổ nhiệm", "bổ sung", "cho phép", "chấn chỉnh", "công bố", "công nhận", "đẩy mạnh", "điều chỉnh", "điều động", "đính chính",
    "giao(?! dịch| thông| lưu| diện| tiếp)", "hướng dẫn", "khen thưởng", "kiện toàn", "miễn nhiệm", "phát động", "phân công", "phân cấp", "phê duyệt", "quy định", "sửa đổi", "tăng cường",
    "tặng", "thành lập", "thay thế", "thông qua", "thực hiện", "thu hồi", "triển khai", "tổ chức", "ủy quyền", "uỷ quyền", "xếp hạng",
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
# Names whose first word alone has a capital letter
_NAMES = (
    "Ban Bí thư", "Bộ Chính trị", "Chính phủ", "Công an", "Công đoàn", "Đảng bộ", "Đảng ủy", "Đoàn Thanh niên", "Huyện ủy", "Nhà nước", "Quân ủy",
    "Quốc hội", "Thành ủy", "Tỉnh ủy", "Trung ương", "Việt Nam",
)  # fmt: skip
_COMMON = frozenset("Bà Các Huyện Một Mỗi Những Ông Phường Quận Thôn Tỉnh Tổ Xã Xóm".split())


def about(subject: str) -> str:
    """Return a subject after a name: `Hoạt động của tổ` → `về hoạt động của tổ`."""
    if match := re.match(r"v/v:?\s+", subject, re.IGNORECASE):
        return f"về việc {within_sentence(subject[match.end() :])}"
    if re.match(r"(?:về|của)\s", subject, re.IGNORECASE) or begins_with_verb(subject):
        return lower_first(subject)
    return f"về {within_sentence(subject)}"


def begins_with_verb(subject: str) -> bool:
    """Return whether a subject begins with a verb, and so takes no "về"."""
    return any(re.match(rf"{verb}(?:\s|,|$)", subject, re.IGNORECASE) for verb in _VERBS)


def within_sentence(subject: str) -> str:
    """Return a subject within a sentence: a name retains its capital letter."""
    first, *second = subject.split(" ", 2)[:2]
    if first in _COMMON and not subject.startswith(_NAMES):
        return lower_first(subject)
    is_name = subject.startswith((*_NOUNS, *_NAMES)) or bool(second and second[0][:1].isupper())
    return subject if is_name else lower_first(subject)
