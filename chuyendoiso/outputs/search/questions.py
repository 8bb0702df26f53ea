"""How people ask: courtesies, the kind of answer they want, the term they mean.

Regular expressions of both Python (ASCII) and JavaScript, for the plain words of a question with a space before and after each. The
index gives them to search-worker.js.
"""

_NUMERAL = r"(\d|hai|ba|bon|nam|sau|bay|tam|chin|muoi|tram|chuc|nghin|trieu|ti)"
_PERSON = (
    "(Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Đào|Lương|[Ôô]ng|[Bb]à|[Đđ]ồng chí)"
)
# What the plain words of a question ask for ($1: the unit that is counted), and what a passage with such an answer has: first the state
# of its item, then heading and text as they are written, and their plain words, a part a line. Li and Roth 2002 call it the type of an answer.
ANSWER_TYPES: tuple[tuple[str, str], ...] = (
    (
        r" (bao nhieu|may|het) (tien|dong|nghin|trieu) | (gia|phi|luong|phu cap|thue) .*bao nhieu | bao nhieu (.*tien|mot) ",
        r"\d (nghin |trieu |ti )*dong |mien phi|mat tien|ton tien",
    ),
    (
        r" ai la (?!gi |j |chi |cai |sao )| la ai | (ong|ba|cu|bac|co|thay|nguoi|can bo|giam doc|chu tich|bi thu|truong|pho) .*ten (la )?(gi|ai) ",
        f"{_PERSON} [A-ZĐ]",
    ),
    (r" (so dien thoai|goi so nao|duong day nong) ", r"\d{3}[ .]?\d{3}|1[89]00|\b11\d\b"),
    (r" (may gio|gio nao) ", r"\d[:h]\d\d|\d giờ"),
    (r" ((ngay|thang|nam|hom|luc|khi) nao|bao gio|(ngay|hom) may) ", r"\d/\d|tháng \d|năm \d{4}|hằng năm"),
    (
        r" (hom (nay|qua)|ngay mai|(tuan|thang) (nay|sau|toi|truoc)|(?<!ha )nam (nay|sau|toi|truoc)|nam ngoai|sap toi) ",
        r"^(Sắp|Đang) ",
    ),
    (r" (vi sao|tai sao|sao lai) ", r"(^|[ \n(])([Vv]ì(?! sao)|[Dd]o|[Bb]ởi|[Nn]hằm|nên|[Nn]hờ|[Đđ]ể) |lý do|nguyên nhân"),
    (r" bao lau ", _NUMERAL + " (phut|gio|ngay|tuan|thang|nam) "),
    (" phan tram ", r"\d ?%|" + f"{_NUMERAL} phan tram "),
    (" (thu|hang) may ", f" (thu|hang) ({_NUMERAL}|nhat|nhi|tu) "),
    (r" bao nhieu (?!tien|dong|mot|phan )(\w+) ", _NUMERAL + r" (\w+ )?$1 "),
    (r" may (chuong|dieu|xa|phuong|huyen|lop|nguoi|ngay|nam|thang|buoi|cap|muc) ", _NUMERAL + r" (\w+ )?$1 "),
)
# The courtesies around a question, in plain words, at its beginning ("dạ em chào anh chị, em ở xã Giao Thủy, cho em hỏi …") and at its
# end ("… ạ, em cảm ơn"). "hoi" may be "hội".
_WHO = (
    "(?:(?:thua|kinh|cac|may|qui|anh|chi|ac|em|e|co quan|co|chu|bac|ong|ba|con|ban|chau|toi|minh|tui|chung|ad|admin|page|mn|can bo|lanh dao"
    "|dong chi|moi nguoi|ca nha|so|uy ban) )"
)
_SPEAKS = rf"(?:{_WHO}|(?:da|vang|xin|lam|on|vui|long|nho|mong|muon|dinh|duoc|phep|phien|hay|cho|ai|nao|dang|de nghi) )"
_ANSWER = "(?:tra loi|giai dap|tu van|huong dan|chi dan|chi|bao|mach|phan hoi|hoi am|ho tro|rep|ib|cmt|giup|dum|gium|ho)"
_ASKS = rf"(?:cho|xin|muon|nho|phep) {_SPEAKS}*hoi (?!(?:cuu|dan|dap|dong|nghi|nong|phu|thao|truong|vien) )"
_PARTICLES = "(?:(?:vay|the|ha|nhi|voi|nhe|nha|nghen|a|rua|vs) )"
OPENING = (
    rf"^ (?:(?:(?:\w+ ){{0,20}}?{_ASKS}|{_SPEAKS}+(?:biet|oi|a|mot chut) |{_SPEAKS}*(?:thac mac|ban khoan|ranh) (?:khong biet )?"
    rf"|{_SPEAKS}*{_ANSWER} (?:giup|dum|gium|ho) (?:{_WHO}+(?:voi|la) )?|{_SPEAKS}*(?:chao|kinh gui|xin loi) {_WHO}*"
    r"|(?:alo|a lo|hello|hi|hoi (?:chut|ti|xiu|nhanh|them)) )(?:(?:chut|ti|xiu|ke|ngu|tham|voi|cai nay|coi|la|rang|ve|them|nhe) )*)+"
)
CLOSING = (
    rf" {_PARTICLES}*(?:(?:{_SPEAKS}|(?:rat|chan thanh) )*(?:tran trong|cam on|thanks|tks) (?:{_SPEAKS}|{_PARTICLES}|(?:nhieu|nhiu|truoc|rat|som) )*"
    rf"|(?:{_SPEAKS}|(?:rat|nhan|som) )*(?:mong|xin|nho|de nghi) (?:{_SPEAKS}|(?:nhan|som) )*{_ANSWER} (?:{_SPEAKS}|{_PARTICLES}|(?:giup|som|cua) )*"
    rf"|(?:{_SPEAKS}+(?:biet|ranh) )?{_ANSWER} (?:(?:giup|dum|gium) )?{_WHO}*(?:voi|nhe|nha|vs) (?:a )?"
    rf"|{_WHO}+(?:oi|a) (?:(?:nhi|ha|nhe) )*|(?:vay|the|ha|nhi|nhe|voi|a|rua) (?:{_WHO}+|nhi |a |ha |nhe |ta |ca ))$"
)
# How people ask what X is, where the first group is X; and what a definition of X ($1) has, a part a line: X alone, or "X là" at its
# beginning. Not all that is asked so is a term.
DEFINES = r"\n $1 (?:\n|(?:nghia )?la )"
_LED = r"^ (?:(?:toi|em|minh|con|chau|cai|cum tu|thuat ngu|khai niem|ban chat cua|(?:chua|khong) hieu|noi nom na|noi don gian|thi|(?:dong|cum|hai|ba) chu|chu viet tat|ki hieu) )*"
# What may be around X itself: "chữ TTg trong số quyết định là gì".
SUBJECT_LEAD = "^(?:chu|tu) "
SUBJECT_END = " (?:trong|tren|cua|o|dung|ghi|khi|ma) .*"
DEFINITIONS: tuple[str, ...] = tuple(
    _LED + asked
    for asked in (
        r"(.+?) (?:nay )?(?:(?:(?:viet day du|dich ra tieng viet|co nghia|nghia|tuc|duoc hieu|duoc dinh nghia) )?la|co nghia|co y nghia|nghia"
        r"|duoc hieu|duoc dinh nghia|dung de chi) (?:(?:cai|thu|khai niem|nhu|ra) )*(?:gi|j|chi|sao|the nao)"
        r"(?: \w+){0,2}(?: (?:giai thich|giai nghia|noi|dung|de) .*)? $",
        r"(?:(?:hieu )?(?:nhu )?(?:the )?nao (?:thi )?(?:duoc )?(?:goi )?(?:la|ve)|cai gi (?:duoc )?goi la|giai thich|giai nghia|dinh nghia|y nghia|nghia) "
        rf"(?:(?:ve|cua|tu|cum tu|khai niem|giup|cho|ho) |{_WHO})*(.+) $",
        r"(.+?) (?:la )?(?:(?:chu|tu) )?viet tat (?:cua |cho |tu |cum |chu |cai |nghia |la |nhung )*(?:gi|j|chi|sao|nao)(?: \w+){0,2} $",
        r"khai niem (?:ve )?(.+) $",
    )
)
