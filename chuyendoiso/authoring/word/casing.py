"""Convert text in capitals to sentence case.

Capitals of names: Nghị định 30/2020/NĐ-CP, phụ lục II.
"""

import re

from chuyendoiso.model.vietnamese import fold, upper_first
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES

# Names of bodies and titles that are the same everywhere
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
# Kind of body, task, place: `Trung tâm Chuyển đổi số tỉnh Mẫu`
_BODY = re.compile(
    r"((?:Bảo tàng|Ban|Bộ|Chi cục|Cục|Đài|Học viện|Hội|Liên minh|Phòng|Sở|Tổng cục|Thanh tra|Thư viện|Trung tâm|Trường|Văn phòng|Vụ|Viện)\s+)"
    r"(.+?)((?:\s+(?:tỉnh|xã(?! hội)|phường|huyện|quận|thành phố|thị xã|thị trấn)\b.*)?)$"
)
_PLACES = frozenset("xã phường tỉnh huyện quận phố trấn thôn xóm tp tx tt".split())
_COMMON = frozenset(
    "xã phường tỉnh huyện quận thành phố thị trấn của và về các việc khóa nhiệm kỳ đến năm giai đoạn thời từ trong trên theo cho với là lần "
    "hướng quý tháng ngày tại để khi đã sẽ được thông nông nào này khác trọng điểm đối".split()
)
# Words that make another word of a kind of place: `xã hội`, `tỉnh ủy`
_NOT_AFTER = {"xã": "hội viên", "tỉnh": "ủy uỷ đoàn", "huyện": "ủy uỷ đoàn", "thành": "ủy uỷ đoàn", "phố": "cổ"}
_ROMAN = re.compile(r"[ivx]+[.:,]?")
_SURELY_ROMAN = frozenset("ii iii iv vii viii ix xii xiii xiv xv".split())
_NUMBERED = frozenset("lục chương phần mục quý khóa khoá cấp hạng kỳ vực thứ".split())
_ABBREVIATIONS = frozenset("ai it ca".split())  # that could be words
# A Vietnamese syllable without accents; anything else is an abbreviation: `UBND`, `CNTT`, `OCOP`
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_TYPE_WITH_NUMBER = re.compile(rf"(?<!\w)(?:{'|'.join(name.lower() for name in DOCUMENT_TYPES)})(?= số \d)")


def sentence_case(text: str) -> str:
    """Return text in sentence case: `SỞ Y TẾ TỈNH MẪU` → `Sở Y tế tỉnh Mẫu`.

    Text that is not all in capitals is unchanged.
    """
    if text != text.upper():
        return text
    words = [_lower(word) for word in text.split()]
    words = [word.upper() if _is_roman(word, before) else word for before, word in zip(["", *words], words, strict=False)]
    sentence = " ".join(_capitalize_places(words))
    for name in _NAMES:
        sentence = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, sentence, flags=re.IGNORECASE)
    return upper_first(_TYPE_WITH_NUMBER.sub(lambda match: upper_first(match[0]), sentence))


def _is_roman(word: str, before: str) -> bool:
    return word.rstrip(".:,") in _SURELY_ROMAN or (before in _NUMBERED and bool(_ROMAN.fullmatch(word)))


def body_case(text: str) -> str:
    """Return a body's name as in running text.

    `TRUNG TÂM CHUYỂN ĐỔI SỐ` → `Trung tâm Chuyển đổi số`.
    """
    name = sentence_case(text)
    if text != text.upper() or name.startswith(_NAMES) or not (match := _BODY.match(name)) or match[2] in _PLACES:
        return name
    task = "".join(map(upper_first, re.split(r"((?:\s+và|,|\s+-)\s+)", match[2])))
    return f"{match[1]}{task}{match[3]}"


def _lower(word: str) -> str:
    """Return a word in lower case, abbreviations in it as they are."""
    return re.sub(r"[^-/]+", _lower_part, word)


def _lower_part(match: re.Match[str]) -> str:
    letters = re.sub(r"\W", "", fold(match[0]))
    is_word = not letters or letters.isdecimal() or (_SYLLABLE.fullmatch(letters) and letters not in _ABBREVIATIONS)
    return match[0].lower() if is_word else match[0]


def _capitalize_places(words: list[str]) -> list[str]:
    """Capitalize the two words after a kind of place: `xã Hải Hưng`."""
    result: list[str] = []
    remaining = 0  # words that may still belong to the place's name
    for before, word in zip(["", *words], words, strict=False):
        of_body = word in _NOT_AFTER.get(before, "").split()
        if remaining and word not in _COMMON and not of_body and word[:1].isalpha():
            result.append(upper_first(word))
            remaining -= 1
        else:
            result.append(word)
            is_place = (word.rstrip(".").lower() in _PLACES and before != "nông") or (of_body and word in {"ủy", "uỷ", "đoàn"})
            remaining = 2 if is_place else 0
    return result
