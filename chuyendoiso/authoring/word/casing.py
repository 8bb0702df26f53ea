"""Words in capitals → as they are written in a text: which names have capitals is for Nghị định 30/2020/NĐ-CP, phụ lục II. Pure."""

import re

from chuyendoiso.model.vietnamese import fold, upper_first
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES

# Bodies and titles whose name is the same everywhere
_NAMES = (
    "Ban Bí thư", "Ban Chấp hành", "Ban Chỉ đạo", "Ban Dân vận", "Ban Nội chính", "Ban Quản lý", "Ban Thường vụ", "Ban Tổ chức", "Ban Tuyên giáo",
    "Bộ Chính trị", "Bộ Tài chính", "Bộ Công an", "Bộ Công Thương", "Bộ Dân tộc và Tôn giáo", "Bộ Giáo dục và Đào tạo", "Bộ Khoa học và Công nghệ",
    "Bộ Ngoại giao", "Bộ Nội vụ", "Bộ Nông nghiệp và Môi trường", "Bộ Quốc phòng", "Bộ Thông tin và Truyền thông", "Bộ Tư pháp", "Bộ Văn hóa, Thể thao và Du lịch",
    "Bộ Xây dựng", "Bộ Y tế", "Chính phủ", "Chủ tịch nước", "Công an", "Công đoàn", "Cục Chuyển đổi số quốc gia", "Đảng bộ", "Đảng Cộng sản Việt Nam",
    "Đảng ủy", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Đoàn Thanh niên", "Hội Chữ thập đỏ", "Hội Cựu chiến binh", "Hội đồng nhân dân",
    "Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Huyện ủy", "Kho bạc Nhà nước", "Liên đoàn Lao động", "Mặt trận Tổ quốc Việt Nam", "Mặt trận Tổ quốc",
    "Ngân hàng Nhà nước", "Nhà nước", "Quốc hội", "Sở Công Thương", "Sở Dân tộc và Tôn giáo", "Sở Du lịch", "Sở Giáo dục và Đào tạo", "Sở Giao thông vận tải",
    "Sở Kế hoạch và Đầu tư", "Sở Khoa học và Công nghệ", "Sở Lao động - Thương binh và Xã hội", "Sở Ngoại vụ", "Sở Nội vụ", "Sở Nông nghiệp và Môi trường",
    "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài chính", "Sở Tài nguyên và Môi trường", "Sở Thông tin và Truyền thông", "Sở Tư pháp",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hóa và Thể thao", "Sở Xây dựng", "Sở Y tế", "Thành ủy", "Thủ tướng Chính phủ", "Thủ tướng", "Tỉnh ủy",
    "Tòa án nhân dân", "Trung ương", "Ủy ban Mặt trận Tổ quốc", "Ủy ban nhân dân", "Văn phòng Chính phủ", "Văn phòng Quốc hội",
    "Viện kiểm sát nhân dân", "Việt Nam", "Cách mạng tháng Tám", "Hồ Chí Minh", "Tết Nguyên đán", "Tỉnh đoàn", "Zalo", "VNeID", "Facebook", "YouTube", "Internet",
)  # fmt: skip
# What a body is called, what it does, and where: `Trung tâm Chuyển đổi số tỉnh Mẫu`
_BODY = re.compile(
    r"((?:Bảo tàng|Ban|Bộ|Chi cục|Cục|Đài|Học viện|Hội|Liên minh|Phòng|Sở|Tổng cục|Thanh tra|Thư viện|Trung tâm|Trường|Văn phòng|Vụ|Viện)\s+)"
    r"(.+?)((?:\s+(?:tỉnh|xã(?! hội)|phường|huyện|quận|thành phố|thị xã|thị trấn)\b.*)?)$"
)
_PLACES = frozenset("xã phường tỉnh huyện quận phố trấn thôn xóm tp tx tt".split())
_COMMON = frozenset(
    "xã phường tỉnh huyện quận thành phố thị trấn của và về các việc khóa nhiệm kỳ đến năm giai đoạn thời từ trong trên theo cho với là lần "
    "hướng quý tháng ngày tại để khi đã sẽ được thông nông nào này khác trọng điểm đối".split()
)
_NOT_AFTER = {
    "xã": "hội viên",
    "tỉnh": "ủy uỷ đoàn",
    "huyện": "ủy uỷ đoàn",
    "thành": "ủy uỷ đoàn",
    "phố": "cổ",
}  # `xã hội`, `tỉnh ủy`
_ROMAN = re.compile(r"[ivx]+[.:,]?")
_SURELY_ROMAN = frozenset("ii iii iv vii viii ix xii xiii xiv xv".split())
_NUMBERED = frozenset("lục chương phần mục quý khóa khoá cấp hạng kỳ vực thứ".split())
_ABBREVIATIONS = frozenset("ai it ca".split())  # which could be words
# How a Vietnamese syllable is spelt, without marks; what is not is an abbreviation: `UBND`, `CNTT`, `OCOP`
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")


_TYPE_WITH_NUMBER = re.compile(rf"(?<!\w)(?:{'|'.join(one.lower() for one in DOCUMENT_TYPES)})(?= số \d)")


def sentence_case(text: str) -> str:
    """Return words in capitals as they are mostly written: `SỞ Y TẾ TỈNH MẪU` → `Sở Y tế tỉnh Mẫu`; others as they are."""
    if text != text.upper():
        return text
    words = [_word(word) for word in text.split()]
    words = [word.upper() if _is_roman(word, before) else word for before, word in zip(["", *words], words, strict=False)]
    lower = " ".join(_after_places(words))
    for name in _NAMES:
        lower = re.sub(rf"(?<!\w){re.escape(name.lower())}(?!\w)", name, lower, flags=re.IGNORECASE)
    lower = _TYPE_WITH_NUMBER.sub(lambda found: upper_first(found[0]), lower)
    return upper_first(lower)


def _is_roman(word: str, before: str) -> bool:
    bare = word.rstrip(".:,")
    return bare in _SURELY_ROMAN or (before in _NUMBERED and bool(_ROMAN.fullmatch(word)))


def body_case(text: str) -> str:
    """Return a body's name in capitals as it is written: `TRUNG TÂM CHUYỂN ĐỔI SỐ` → `Trung tâm Chuyển đổi số`; others as they are."""
    if text != text.upper():
        return text
    written = sentence_case(text)
    if written.startswith(_NAMES) or not (found := _BODY.match(written)) or found[2] in _PLACES:
        return written
    does = "".join(part[:1].upper() + part[1:] for part in re.split(r"((?:\s+và|,|\s+-)\s+)", found[2]))
    return f"{found[1]}{does}{found[3]}"


def _word(word: str) -> str:
    """Return a word in small letters, an abbreviation as it is."""
    parts = re.split(r"([-/])", word)
    if len(parts) > 1:
        return "".join(_word(part) if at % 2 == 0 else part for at, part in enumerate(parts))
    lower = word.lower()
    letters = re.sub(r"\W", "", fold(lower))
    is_word = not letters or letters.isdecimal() or (_SYLLABLE.fullmatch(letters) and letters not in _ABBREVIATIONS)
    return lower if is_word else word


def _after_places(words: list[str]) -> list[str]:
    """Return words of which the two after a kind of place begin with a capital: `xã Hải Hưng`, `Tỉnh ủy Hải Hưng`."""
    shown: list[str] = []
    place = 0  # how many words of a place's name may follow
    for before, word in zip(["", *words], words, strict=False):
        of_body = word in _NOT_AFTER.get(before, "").split()
        if place and word not in _COMMON and not of_body and word[:1].isalpha():
            shown.append(upper_first(word))
            place -= 1
        else:
            shown.append(word)
            place = (
                2 if (word.rstrip(".").lower() in _PLACES and before != "nông") or (of_body and word in {"ủy", "uỷ", "đoàn"}) else 0
            )
    return shown
