"""Words in capitals → as they are written in a text: which names have capitals is for Nghị định 30/2020/NĐ-CP, phụ lục II. Pure."""

import re

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
    "Viện kiểm sát nhân dân", "Việt Nam", "Zalo", "VNeID", "Facebook", "YouTube", "Internet",
)  # fmt: skip
# What a body is called, what it does, and where: `Trung tâm Chuyển đổi số tỉnh Mẫu`
_BODY = re.compile(
    r"((?:Bảo tàng|Ban|Bộ|Chi cục|Cục|Đài|Học viện|Hội|Liên minh|Phòng|Sở|Tổng cục|Thanh tra|Thư viện|Trung tâm|Trường|Văn phòng|Vụ|Viện)\s+)"
    r"(.+?)((?:\s+(?:tỉnh|xã(?! hội)|phường|huyện|quận|thành phố|thị xã|thị trấn)\b.*)?)$"
)
_PLACES = frozenset("xã phường tỉnh huyện quận phố trấn thôn xóm".split())
_COMMON = frozenset(
    "xã phường tỉnh huyện quận thành phố thị trấn của và về các việc khóa nhiệm kỳ đến năm giai đoạn thời từ trong trên theo cho với là lần "
    "hướng quý tháng ngày tại để khi đã sẽ được".split()
)
_ROMAN = re.compile(r"[ivx]+[.:,]?")
_NUMBERED = frozenset("lục chương phần mục quý khóa khoá cấp hạng kỳ".split())
_VOWELS = re.compile(r"[aeiouyăâêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")
_ABBREVIATIONS = frozenset("ubnd ai ocop ioc iot it ip gdđt y2k covid".split())


def sentence_case(text: str) -> str:
    """Return words in capitals as they are mostly written: `SỞ Y TẾ TỈNH MẪU` → `Sở Y tế tỉnh Mẫu`; others as they are."""
    if text != text.upper():
        return text
    words = [_word(word) for word in text.split()]
    words = [
        word.upper() if _ROMAN.fullmatch(word) and before in _NUMBERED else word
        for before, word in zip(["", *words], words, strict=False)
    ]
    lower = " ".join(_after_places(words))
    for name in _NAMES:
        lower = re.sub(rf"(?<!\w){re.escape(name.lower())}(?!\w)", name, lower, flags=re.IGNORECASE)
    return lower[:1].upper() + lower[1:]


def body_case(text: str) -> str:
    """Return a body's name in capitals as it is written: `TRUNG TÂM CHUYỂN ĐỔI SỐ` → `Trung tâm Chuyển đổi số`; others as they are."""
    if text != text.upper():
        return text
    written = sentence_case(text)
    if written.startswith(_NAMES) or not (found := _BODY.match(written)):
        return written
    does = "".join(part[:1].upper() + part[1:] for part in re.split(r"((?:\s+và|,|\s+-)\s+)", found[2]))
    return f"{found[1]}{does}{found[3]}"


def _word(word: str) -> str:
    """Return a word in small letters, an abbreviation as it is."""
    lower = word.lower()
    letters = re.sub(r"[\W\d_]", "", lower)
    parts = re.split(r"([-/])", lower)
    if len(parts) > 1 and len(letters) > 2:
        return "".join(_word(part) if at % 2 == 0 else part for at, part in enumerate(re.split(r"([-/])", word)))
    return word if letters and (letters in _ABBREVIATIONS or not _VOWELS.search(letters)) else lower


def _after_places(words: list[str]) -> list[str]:
    """Return words of which the two after a kind of place begin with a capital: `xã Hải Hưng`."""
    shown: list[str] = []
    for number, word in enumerate(words):
        first = number > 0 and words[number - 1] in _PLACES and word not in {"hội", "ủy", "uỷ"}
        second = number > 1 and words[number - 2] in _PLACES and shown[-1][:1].isupper()
        shown.append(word[:1].upper() + word[1:] if word not in _COMMON and (first or second) else word)
    return shown
