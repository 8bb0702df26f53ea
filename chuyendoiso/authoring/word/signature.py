"""The end of an official document → who signed it. The list of recipients beside it is left out of the body, and told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chuyendoiso.authoring.word.casing import sentence_case
from chuyendoiso.authoring.word.nodes import TextLine, is_ruling
from chuyendoiso.model.vietnamese import fold

_FOR = re.compile(r"^(?:T/?M|K/?T|T/?L|TUQ)(?:\s*[./]\s*|\s+)", re.IGNORECASE)  # on behalf of, in place of, by order of
_SIGNED = re.compile(r"^\(?(?:đã ký|ký tên|ký, ghi rõ|ký điện tử|chữ ký)", re.IGNORECASE)
_POSITIONS = (
    "chu tich|bi thu|giam doc|chanh|truong|thu truong|bo truong|cuc truong|thu tuong|tong|hieu truong|vu truong|dai ta|thuong ta|"
    "pho|quyen|chu nhiem|tham tran|thu ky|chu tri|chu toa|to truong|to pho|doi truong"
)
_RANK = re.compile(
    r"^(?:(?:TS|ThS|GS|PGS|BS|KS|CN|CKI|CKII)\.?\s*|(?:Đại|Thượng|Trung|Thiếu)\s+(?:tá|tướng|úy|uý)\s+)+", re.IGNORECASE
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]*)*")
_POSITION = re.compile(rf"^(?:{_POSITIONS})\b")


@dataclass(frozen=True)
class Signature:
    """Who signed a document; a part that is not sure is None."""

    name: str | None
    position: str | None


def _in_capitals(texts: Sequence[str]) -> str | None:
    """Return the last line as a name, where a name in capitals it must be: it stands under a position and is none."""
    last = texts[-1].title() if texts and texts[-1] == texts[-1].upper() else ""
    above = any(is_position(text) for text in texts[:-1])
    return last if above and is_name(last) and not is_position(texts[-1]) and not _FOR.match(texts[-1]) else None


def is_recipients(text: str) -> bool:
    """Tell the line that opens the list of recipients."""
    return fold(text).startswith("noi nhan")


def parse_signature(lines: Sequence[TextLine]) -> Signature:
    """Read who signed from the lines of the signature, those of the recipients aside."""
    texts = [line.text for line in lines if not is_ruling(line.text) and not _SIGNED.match(line.text)]
    name = next((text for text in reversed(texts) if is_name(text)), None) or _in_capitals(texts)
    above = texts[: texts.index(name)] if name in texts else texts[:-1] if name else texts
    position = next((text for text in reversed(above) if is_position(text)), None)
    return Signature(name, position_case(_bare(position)) if position else None)


def is_signing(text: str) -> bool:
    """Tell a line that can stand among the last of a document: for whom, in what position, who; or that draws a line."""
    in_capitals = (
        len(text) <= 100
        and text == text.upper()
        and not re.match(r"(?:[IVX]+|\d+)[.)/]", text)
        and bool(re.search(r"[^\W\d_]", text))
    )
    return is_ruling(text) or is_name(text) or is_recipients(text) or bool(_SIGNED.match(text)) or in_capitals


def is_position(text: str) -> bool:
    """Tell a position in capitals: `KT. CHỦ TỊCH`."""
    return text == text.upper() and bool(_POSITION.match(fold(_bare(text))))


def _bare(position: str) -> str:
    """Return a position without on whose behalf; `Q.` is who acts in it."""
    return re.sub(r"^Q\s*\.\s*", "QUYỀN ", _FOR.sub("", position))


def is_name(text: str) -> bool:
    """Tell what is written as people's names are: two to five words, each with a capital; a rank or degree may stand before."""
    words = _RANK.sub("", text).split()
    return 2 <= len(words) <= 5 and all(
        _NAME_WORD.fullmatch(word) and word[0].isupper() and not word[1:].isupper() for word in words
    )


def position_case(position: str) -> str:
    """Return a position in capitals as it is written in a text: `PHÓ CHỦ TỊCH` → `Phó Chủ tịch` (Nghị định 30/2020/NĐ-CP, phụ lục II)."""
    written = sentence_case(position)
    first, _, rest = written.partition(" ")
    return f"{first} {rest[:1].upper()}{rest[1:]}" if first in {"Phó", "Quyền", "Chánh"} else written
