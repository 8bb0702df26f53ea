"""The constants of the search, which the index gives to search-worker.js.

docs/performance.md says on which questions they were chosen.
"""

from collections.abc import Mapping

from chuyendoiso.outputs.search.words import exact, plain

CONSTANTS: Mapping[str, float] = {
    "pair": 1.0,  # weight of two neighbours beside one word
    "function": 0.12,  # weight of a function word
    "half": 0.5,  # weight of a pair with one function word, and
    "both": 0.25,  # of a pair of two: "đô thị" without marks
    "mended": 0.8,  # weight of a term with a mended word
    "title": 0.35,  # additional weight of a term in the title, in the index
    "marked": 0.3,  # additional weight of a word that is typed with marks, and has these marks
    "synonym": 0.6,  # weight of a synonym's terms
    "best": 8,  # items whose records are ranked
    "index": 0.5,  # weight of the first score in the second
    "cover": 0.6,  # additional weight of an item whose title the query has in full
    "number": 3.0,  # weight of a document whose number has all of the query, and
    "cited": 1.5,  # of one whose number is a part of it
    "over": 0.85,  # weight of a session that is over
    "k1": 1.2,
    "b": 0.5,
    "length": 25,  # words of an average passage
    "heading": 0.5,  # additional frequency of a term in the heading, and
    "named": 0.55,  # in the title
    "summary": 0.8,  # weight of an item's summary as a passage: the text itself says more
    "most": 2.2,  # of a term's frequency
    "listed": 0.3,  # share of the best score from which an item is listed
    "power": 0.3,  # of a word's rarity, in what a passage has of a query; in that,
    "digits": 3,  # weight of a number, and
    "unknown": 0.5,  # of another word that the site does not have, and
    "asking": 0.5,  # of one in a query without marks that may be a word of spoken questions
    "defines": 3.0,  # weight of a passage that defines what a question asks for
    "unfit": 0.5,  # share of a passage that lacks the kind of answer that a question asks for
    "answer": 0.85,  # share of a question that its best passage has from which it answers, and
    "related": 0.54,  # from which an item may be related to it
}
_FUNCTION = (
    "là thì mà và của có được không cho để ở tại với như thế nào gì sao ai khi này nay kia đó những nhưng các một bị sẽ đã đang hay hoặc "
    "nếu vì nên cũng cùng ra vào lên trên dưới trong ngoài từ đến tôi tới phải cần muốn làm về theo bao nhiêu nhiều à ạ nhé ơi đây vậy xin "
    "hỏi mình chúng ta bạn bác chú em con còn chưa rồi mỗi mọi bằng rằng ư"
).split()
_ASKING = (  # words of spoken questions; without marks "may", "gio" are other words, too
    "mấy cái kiểu hồi giờ thật hả nhỉ đâu lại hết chỗ luôn vừa bây chả chẳng chứ cứ lỡ trót ấy hẳn nữa vẫn xong khỏi thôi bảo kêu dưng hở "
    "vầy răng mô hông hổng dùm giùm thế nhỡ sẵn hoài cỡ chừng tự đấy kìa bèn"
).split()
FUNCTION_WORDS = frozenset(map(plain, _FUNCTION))
MARKED_FUNCTION_WORDS = frozenset(filter(None, map(exact, _FUNCTION + _ASKING)))
ASKING_WORDS = frozenset(map(plain, _ASKING)) - FUNCTION_WORDS

_NUMERAL = r"(\d|hai|ba|bon|nam|sau|bay|tam|chin|muoi|tram|chuc|nghin|trieu|ti)"
_PERSON = (
    "(Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Đào|Lương|[Ôô]ng|[Bb]à|[Đđ]ồng chí)"
)
# What the plain words of a question ask for ($1: the unit that is counted), and what a passage with such an answer has, as it is
# written or in plain words. Regular expressions of both Python (ASCII) and JavaScript. Li and Roth 2002 call it the type of an answer.
ANSWER_TYPES: tuple[tuple[str, str], ...] = (
    (
        r" (bao nhieu|may|het) (tien|dong|nghin|trieu) | (gia|phi|luong|phu cap|thue) .*bao nhieu | bao nhieu (.*tien|mot) ",
        r"\d (nghin |trieu |ti )*dong |mien phi|mat tien|ton tien",
    ),
    (
        r" (ai la|la ai) | (ong|ba|cu|bac|co|thay|nguoi|can bo|giam doc|chu tich|bi thu|truong|pho) .*ten (la )?(gi|ai) ",
        f"{_PERSON} [A-ZĐ]",
    ),
    (r" (so dien thoai|goi so nao|duong day nong) ", r"\d{3}[ .]?\d{3}|1[89]00|\b11\d\b"),
    (r" (may gio|gio nao) ", r"\d[:h]\d\d|\d giờ"),
    (r" ((ngay|thang|nam|hom|luc|khi) nao|bao gio|(ngay|hom) may) ", r"\d/\d|tháng \d|năm \d{4}|hằng năm"),
    (r" bao lau ", _NUMERAL + " (phut|gio|ngay|tuan|thang|nam) "),
    (" phan tram ", r"\d ?%|" + f"{_NUMERAL} phan tram "),
    (" (thu|hang) may ", f" (thu|hang) ({_NUMERAL}|nhat|nhi|tu) "),
    (r" bao nhieu (?!tien|dong|mot|phan )(\w+) ", _NUMERAL + r" (\w+ )?$1 "),
    (r" may (chuong|dieu|xa|phuong|huyen|lop|nguoi|ngay|nam|thang|buoi|cap|muc) ", _NUMERAL + r" (\w+ )?$1 "),
)
# "X là gì?", and what a definition of X ($1) has: a line that begins with X, or X in brackets, or "X là". Not all that is asked so is a term.
DEFINITION = (
    r"^ (?:(?:cho )?(?:\w+ )?hoi )?(.+?) (?:nghia )?la (?:cai )?(?:gi|chi)(?: \w+){0,2} $",
    r"\n (?:\w+ ){0,2}$1 |\($1\)| $1 (?:nghia )?la ",
)
