"""Find text in pre-Unicode Vietnamese encodings (TCVN3, VNI) or misread UTF-8.

Such text is valid UTF-8 and shows as nonsense ("ChuyÓn ®æi sè"). A line is reported only if several of its words are no Vietnamese as
written but are once decoded, and one has a letter of no other language. So symbols, code and other languages are never reported.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise, product
from unicodedata import normalize

from chuyendoiso.model.characters import unique_characters


@dataclass(frozen=True, slots=True)
class LegacyText:
    """Text in an old encoding: its line (from 1), the original, the decoded text."""

    line: int
    original: str
    decoded: str
    encoding: str  # name


_PLAIN = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
# TCVN 5712:1993, table VN3; the soft hyphen is ư
_TCVN3 = str.maketrans(
    dict(zip("µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦", _PLAIN, strict=True))
)
_TCVN3_SIGNS = "µ¸¶·¹¨»¾¼½©®ª«¬\u00ad¡¢§£¤¥¦"


def _vni_table() -> dict[str, str]:
    """Return the two-byte table of VNI for Windows: a vowel, then a mark letter."""
    tones = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
    table = {base + mark: base + tone for base, (mark, tone) in product("aeiouyôö", tones.items())}
    circumflex = {
        "â": "\u0302",
        "à": "\u0302\u0300",
        "á": "\u0302\u0301",
        "å": "\u0302\u0309",
        "ã": "\u0302\u0303",
        "ä": "\u0302\u0323",
    }
    breve = {"ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323"}
    table |= {base + mark: base + marks for base, (mark, marks) in product("aeo", circumflex.items())}
    table |= {f"a{mark}": f"a{marks}" for mark, marks in breve.items()}
    table |= {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}
    table = {encoded: normalize("NFC", letter.replace("ô", "ơ").replace("ö", "ư")) for encoded, letter in table.items()}
    return table | {encoded.upper(): letter.upper() for encoded, letter in table.items()}


_VNI = _vni_table()
# A suspect line has a sign before a letter, a pair that no European language has, or bytes read as letters
_TCVN3_SURE = re.compile(f"[{_TCVN3_SIGNS}][^\\W\\d_]")
_VNI_SURE = re.compile("[aeouyôö][åäûøõ]|[eouyôö]ï|[aeuyôö]ù", re.IGNORECASE)
_SUSPECT = re.compile(f"{_TCVN3_SURE.pattern}|(?i:{_VNI_SURE.pattern})|[ÃÄÆá][\x80-\xbf\u0152-\u2122]")
# A cheaper test first: most text has none of these
_SIGNS = frozenset(_TCVN3_SIGNS + "åäûøïÅÄÛØÏÃÆ")
_COMMON = re.compile("[aeouyôöAEOUYÔÖ][õÕ]|[aeuyôöAEUYÔÖ][ùÙ]|á[\x80-\xbf\u0152-\u2122]")
_VNI_PART = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_CODE = re.compile("`[^`]*`")
_LETTERS = frozenset(_PLAIN.lower() + "abcdeghiklmnopqrstuvxy")
_LONGEST_EXCERPT = 40  # characters
_INITIALS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x".split()
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên êng ênh "
    "êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu o oc oi om on ong op ot oa oac oach oai oam "
    "oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up "
    "ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ uy uych uynh uyt uyu uya uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc "
    "ươi ươm ươn ương ươp ươt ươu y"
).split()
_SYLLABLE = re.compile(f"(?:{'|'.join(_INITIALS)})?(?:{'|'.join(_RIMES)})")


def is_syllable(word: str) -> bool:
    """Return whether a word could be a Vietnamese syllable, ignoring tones."""
    if not set(word.lower()) <= _LETTERS:
        return False
    decomposed = re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", normalize("NFD", word.lower()))
    return bool(_SYLLABLE.fullmatch(normalize("NFC", decomposed)))


def find_legacy_text(text: str) -> LegacyText | None:
    """Return the first text in an old encoding, at most a line; None if there is none."""
    if _SIGNS.isdisjoint(unique_characters(text)) and not _COMMON.search(text):
        return None
    for number, line in enumerate(text.split("\n"), start=1):
        if not _SUSPECT.search(line):
            continue
        prose = _CODE.sub(lambda code: " " * len(code[0]), line)  # an article that must show such text quotes it as code
        for encoding, find in (("UTF-8", _misread), ("TCVN3 (ABC)", _tcvn3), ("VNI", _vni)):
            if excerpt := find(prose):
                return LegacyText(number, *excerpt, encoding)
    return None


_Decode = Callable[[str], str | None]


def _excerpt(line: str, first: int, decode: _Decode) -> tuple[str, str]:
    """Return the line's words from position `first` on: the original, and decoded."""
    original = line[first:].strip(" \t\"'")
    if len(original) > _LONGEST_EXCERPT:
        original = original[:_LONGEST_EXCERPT].rpartition(" ")[0] or original[:_LONGEST_EXCERPT]
    return original, re.sub(r"[^ \t]+", lambda word: decode(word[0]) or word[0], original)


def _converted_line(line: str, extra: str, decode: _Decode, sure: re.Pattern[str]) -> tuple[str, str] | None:
    """Decode a line if two neighbouring or three words make sense only decoded."""
    words = list(re.finditer(f"(?:[^\\W\\d_]|[{extra}])+", line))
    legacy = [word for word in words if not is_syllable(word[0]) and is_syllable(decode(word[0]) or "")]
    if len({word[0].lower() for word in legacy}) < 2 or not any(len(word[0]) > 2 and sure.search(word[0]) for word in legacy):
        return None
    modern = sum(1 for word in words if any(character > "\u00ff" for character in word[0]))
    beside = any(
        line[word.end() : other.start()] == " " and word[0] != other[0] and sure.search(word[0] + " " + other[0])
        for word, other in pairwise(legacy)
    )
    if not beside and (len(legacy) * 3 < len(words) or modern >= len(legacy)):
        return None

    def decode_foreign(word: str) -> str | None:
        return word if modern and is_syllable(word.strip(".,:;!?")) else decode(word)

    return _excerpt(line, legacy[0].start(), decode_foreign)


def _tcvn3(line: str) -> tuple[str, str] | None:
    return _converted_line(line, _TCVN3_SIGNS + "×÷", lambda word: word.translate(_TCVN3), _TCVN3_SURE)


def _vni(line: str) -> tuple[str, str] | None:
    return _converted_line(line, "ñ", lambda word: _VNI_PART.sub(lambda part: _VNI[part[0]], word), _VNI_SURE)


def _misread(line: str) -> tuple[str, str] | None:
    """Find UTF-8 that was read as Windows-1252: "Chuyá»ƒn" is a word of no language."""
    for word in re.finditer(r"[^ \t]+", line):
        if re.search("[\u1ea0-\u1ef9]", _from_bytes(word[0]) or ""):
            return _excerpt(line, word.start(), _from_bytes)
    return None


def _from_bytes(word: str) -> str | None:
    try:
        return b"".join(sign.encode("latin-1" if "\x80" <= sign <= "\x9f" else "cp1252") for sign in word).decode("utf-8")
    except UnicodeError:
        return None
