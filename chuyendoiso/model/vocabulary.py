"""Closed lists: kinds, states, document types, file types.

Sources: Nghị định 30/2020/NĐ-CP, điều 7 and phụ lục III (document types and their symbols).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """A content type's id: its folder and, except for pages, its URL section."""

    NEWS = "tin-tuc"
    DOCUMENT = "van-ban"
    TRAINING = "tap-huan"
    QUESTION = "hoi-dap"
    CONSULTATION = "lay-y-kien"
    PAGE = "trang"


class EditorStatus(StrEnum):
    """The status that an editor gives a file."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PublicationState(StrEnum):
    """The state of a file as of an instant; rejected files have none."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Validity(StrEnum):
    """The six states of a document's legal force."""

    IN_FORCE = "in_force"
    PARTLY_LAPSED = "partly_lapsed"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    NOT_YET = "not_yet"
    UNVERIFIED = "unverified"


class ConsultationState(StrEnum):
    """The states of a draft for comment; they follow from dates and fields."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    RESPONDED = "responded"
    ISSUED = "issued"
    CANCELLED = "cancelled"


STATUS_NAMES: Mapping[EditorStatus, str] = MappingProxyType(
    {EditorStatus.DRAFT: "Bản nháp", EditorStatus.PUBLISHED: "Đăng", EditorStatus.WITHDRAWN: "Gỡ"}
)

# the relations of a document to others, and their inverses
INVERSE: Mapping[str, str] = MappingProxyType({"amends": "amended_by", "replaces": "replaced_by", "repeals": "repealed_by"})
BOTH_SIDES = (*INVERSE, *INVERSE.values())

VALIDITY_NAMES: Mapping[Validity, str] = MappingProxyType(
    {
        Validity.IN_FORCE: "Còn hiệu lực",
        Validity.PARTLY_LAPSED: "Hết hiệu lực một phần",
        Validity.LAPSED: "Hết hiệu lực",
        Validity.SUSPENDED: "Ngưng hiệu lực",
        Validity.NOT_YET: "Chưa có hiệu lực",
        Validity.UNVERIFIED: "Chưa xác minh hiệu lực",
    }
)

# How readers reach the office: the ids in front matter, and their names after "qua" (by).
ROUTES: Mapping[str, str] = MappingProxyType(
    {
        "dien-thoai": "điện thoại",
        "zalo": "Zalo",
        "thu": "thư điện tử",
        "giay": "phiếu giấy",
    }
)
ASKED_VIA: Mapping[str, str] = MappingProxyType({**ROUTES, "hoi-nghi": "hội nghị", "trang": "trang web"})

# The name of each type of document and the symbol in its number ("" if it has none).
DOCUMENT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "Luật": "L",
        "Pháp lệnh": "PL",
        "Nghị định": "NĐ",
        "Thông tư": "TT",
        "Nghị quyết liên tịch": "NQLT",
        "Thông tư liên tịch": "TTLT",
        "Hiến pháp": "",
        "Lệnh": "L",
        "Kết luận": "KL",
        "Nghị quyết": "NQ",
        "Quyết định": "QĐ",
        "Chỉ thị": "CT",
        "Quy chế": "QC",
        "Quy định": "QyĐ",
        "Thông cáo": "TC",
        "Thông báo": "TB",
        "Hướng dẫn": "HD",
        "Chương trình": "CTr",
        "Kế hoạch": "KH",
        "Phương án": "PA",
        "Đề án": "ĐA",
        "Dự án": "DA",
        "Báo cáo": "BC",
        "Biên bản": "BB",
        "Tờ trình": "TTr",
        "Hợp đồng": "HĐ",
        "Công điện": "CĐ",
        "Bản ghi nhớ": "BGN",
        "Bản thỏa thuận": "BTT",
        "Giấy ủy quyền": "GUQ",
        "Giấy mời": "GM",
        "Giấy giới thiệu": "GGT",
        "Giấy nghỉ phép": "GNP",
        "Phiếu gửi": "PG",
        "Phiếu chuyển": "PC",
        "Phiếu báo": "PB",
        "Công văn": "",
        "Thư công": "",
    }
)

# Abbreviations that people search by, instead of the full words.
ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "CĐS": "chuyển đổi số",
        "CNTT": "công nghệ thông tin",
        "KHCN": "khoa học và công nghệ",
        "TTTT": "thông tin và truyền thông",
        "ATTT": "an toàn thông tin",
        "DVC": "dịch vụ công",
        "DVCTT": "dịch vụ công trực tuyến",
        "TMĐT": "thương mại điện tử",
        "UBND": "ủy ban nhân dân",
        "HĐND": "hội đồng nhân dân",
        "CBCCVC": "cán bộ, công chức, viên chức",
        "CBCC": "cán bộ, công chức",
        "CNSCĐ": "công nghệ số cộng đồng",
        "CPĐT": "chính phủ điện tử",
        "GDĐT": "giao dịch điện tử",
        "TTCP": "thủ tướng chính phủ",
    }
)


# Files that operating systems and text editors leave behind: no editor wrote them, so nobody can lose an article in one.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".directory"})
_LITTER_ENDINGS = ("~", ".swp", ".swx")
_LITTER_BEGINNINGS = ("._", "~$", ".~lock.")  # macOS's second halves of files; Word's and LibreOffice's locks

DEMO_MARKER = ".minh-hoa"  # a content folder that holds this file is illustrative: marked, not indexed, never published


def is_party_number(number: str) -> bool:
    """Return whether a number has the Party's form, `09-NQ/TU` (no validity badge)."""
    head, _, symbol = number.partition("-")
    return head.isdigit() and "/" in symbol and symbol.rpartition("/")[2] in {"TW", "TU", "ĐU", "HU", "ĐUK"}


def is_litter(name: str) -> bool:
    """Return whether a file was left behind by a system or a text editor."""
    return name in _LITTER or name.endswith(_LITTER_ENDINGS) or name.startswith(_LITTER_BEGINNINGS)
