"""Parse the signature at the end of an official document: name and position."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chuyendoiso.authoring.word.casing import sentence_case
from chuyendoiso.authoring.word.nodes import TextLine, is_ruling
from chuyendoiso.model.vietnamese import fold, upper_first

_FOR = re.compile(r"^(?:T/?M|K/?T|T/?L|TUQ)(?:\s*[./]\s*|\s+)", re.IGNORECASE)  # on behalf of, in place of, by order of
_SIGNED = re.compile(r"^\(?(?:đã ký|ký tên|ký, ghi rõ|ký điện tử|chữ ký)", re.IGNORECASE)
_POSITION = re.compile(
    r"^(?:chu tich|bi thu|giam doc|chanh|truong|thu truong|bo truong|cuc truong|thu tuong|tong|hieu truong|vu truong|dai ta|thuong ta|"
    r"pho|quyen|chu nhiem|tham tran|thu ky|chu tri|chu toa|to truong|to pho|doi truong)\b"
)
_RANK = re.compile(
    r"^(?:(?:TS|ThS|GS|PGS|BS|KS|CN|CKI|CKII)\.?\s*|(?:Đại|Thượng|Trung|Thiếu)\s+(?:tá|tướng|úy|uý)\s+)+", re.IGNORECASE
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]*)*")


@dataclass(frozen=True)
class Signature:
    """The signatory of a document; None for a part that is unknown or unsure."""

    name: str | None
    position: str | None


def parse_signature(lines: Sequence[TextLine]) -> Signature:
    """Parse the lines of a signature, without the list of recipients."""
    texts = [line.text for line in lines if not is_ruling(line.text) and not _SIGNED.match(line.text)]
    name = next((text for text in reversed(texts) if is_name(text)), None) or _name_in_capitals(texts)
    above = texts[: texts.index(name)] if name in texts else texts[:-1] if name else texts
    position = next((text for text in reversed(above) if is_position(text)), None)
    return Signature(name, position_case(_bare(position)) if position else None)


def _name_in_capitals(texts: Sequence[str]) -> str | None:
    """Return the last line if it can only be a name in capitals."""
    last = texts[-1] if texts else ""
    is_last_name = last == last.upper() and is_name(last.title()) and not is_position(last) and not _FOR.match(last)
    return last.title() if is_last_name and any(map(is_position, texts[:-1])) else None


def is_recipients(text: str) -> bool:
    """Return whether a line opens the list of recipients."""
    return fold(text).startswith("noi nhan")


def is_signing(text: str) -> bool:
    """Return whether a line can be part of a signature."""
    in_capitals = (
        len(text) <= 100
        and text == text.upper()
        and not re.match(r"(?:[IVX]+|\d+)[.)/]", text)
        and bool(re.search(r"[^\W\d_]", text))
    )
    return in_capitals or is_ruling(text) or is_name(text) or is_recipients(text) or bool(_SIGNED.match(text))


def is_position(text: str) -> bool:
    """Return whether a line is a position in capitals: `KT. CHỦ TỊCH`."""
    return text == text.upper() and bool(_POSITION.match(fold(_bare(text))))


def _bare(position: str) -> str:
    """Return a position without the authority that it acts for; `Q.` means acting."""
    return re.sub(r"^Q\s*\.\s*", "QUYỀN ", _FOR.sub("", position))


def is_name(text: str) -> bool:
    """Return whether a line is a person's name, maybe after a rank or degree."""
    words = _RANK.sub("", text).split()
    return 2 <= len(words) <= 5 and all(
        _NAME_WORD.fullmatch(word) and word[0].isupper() and not word[1:].isupper() for word in words
    )


def position_case(position: str) -> str:
    """Return a position as in running text: `PHÓ CHỦ TỊCH` → `Phó Chủ tịch`.

    Nghị định 30/2020/NĐ-CP, phụ lục II.
    """
    first, space, rest = sentence_case(position).partition(" ")
    return f"{first}{space}{upper_first(rest) if first in {'Phó', 'Quyền', 'Chánh'} else rest}"
