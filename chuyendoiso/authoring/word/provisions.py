"""What a document says of its own effect: from which day it holds, which documents it amends, replaces or repeals. Pure.

How it is worded: Nghị định 30/2020/NĐ-CP and Luật Ban hành văn bản quy phạm pháp luật: "Quyết định này có hiệu lực kể từ ngày … và thay thế …".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chuyendoiso.authoring.word.draft import Field
from chuyendoiso.authoring.word.issuers import find_issuer
from chuyendoiso.authoring.word.letterhead import DATE, date_in
from chuyendoiso.authoring.yaml_writer import Value
from chuyendoiso.model.parsers import Invalid, parse_document_number
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import shorten

_TYPE = (
    r"(?:Bộ luật|Chỉ thị|Chương trình|Công văn|Đề án|Điều lệ|Hướng dẫn|Kế hoạch|Kết luận|Luật|Nghị định|Nghị quyết|Pháp lệnh|Quy chế|Quy định|"
    r"Quyết định|Thông báo|Thông tư(?: liên tịch)?|Văn bản)"
)
_THIS = rf"(?<!theo )\b{_TYPE} này\b"
_EFFECT = re.compile(
    rf"(?:{_THIS}[^.;]{{0,120}}?|(?:^|[.;]\s+){_TYPE}\s+)\bcó hiệu lực(?: thi hành)?(?P<when>[^;]{{0,100}})", re.IGNORECASE
)
_AFTER = re.compile(r"\s*sau (?P<days>\d{1,3}) ngày,? (?:kể )?từ ngày (?:ký|ban hành)", re.IGNORECASE)
_SIGNED = re.compile(r"\s*(?:kể )?từ ngày (?:ký|ban hành)", re.IGNORECASE)
_FROM = re.compile(rf"\s*(?:kể )?từ (?P<day>{DATE})", re.IGNORECASE)
_UNTIL = re.compile(rf"\bđến hết (?P<day>{DATE})", re.IGNORECASE)
# Verbs with the field that each fills; their object is a document, or a part of one
_VERBS = {"thay thế": "replaces", "bãi bỏ": "repeals", "sửa đổi": "amends"}
_PART = r"(?:(?:một số|các)\s+)?(?:điều|khoản|điểm|nội dung|phụ lục|cụm từ|từ)\b"
_ACT = re.compile(
    rf"(?<!không )\b(?P<verb>{'|'.join(_VERBS)})(?:,? bổ sung)?(?: cho)?(?: toàn bộ)?(?: các| những)?\s+(?P<part>{_PART}[^.;]{{0,120}}?\s)?(?={_TYPE}\b)",
    re.IGNORECASE,
)
_MAY_ACT = re.compile(rf"{_THIS}|^(?:Điều\s+\d+\s*[.:]?|\d+\s*[.)])?\s*(?:{'|'.join(_VERBS)})", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?:số\s*:?\s*|{_TYPE}\s+)(?P<number>\d{{1,6}}[a-zA-Z]?(?:/\d{{4}})?[/-][A-ZĐ][\w&]*(?:[/-][A-ZĐ]?[\w&]*)*)"
    rf"(?:\s*,?\s*(?P<day>{DATE}))?(?:\s+của\s+(?P<body>[^,;.()]+?)(?=\s+(?:về|ban hành|quy định|phê duyệt|sửa đổi|và)\b|[,;.()]|$))?",
    re.IGNORECASE,
)
_ENDS = re.compile(rf"{_NAMED.pattern}[^.;]{{0,200}}?\bhết hiệu lực[^.;]{{0,60}}?{_THIS}", re.IGNORECASE)
_QUOTED = 160  # characters


class Issued(NamedTuple):
    """What is known of the document that says it."""

    number: str | None
    issuing_body: str | None  # an id of site.yml
    issued_on: date | None


def plan_provisions(lines: Sequence[str], own: Issued, site: Site) -> Iterator[Field]:
    """Yield the fields that a document's own words fill, each with the line that says so."""
    if found := next(((line, match["when"]) for line in lines if (match := _EFFECT.search(line))), None):
        yield from _effect(*found, own)
    for field in _VERBS.values():
        named = [(line, match) for line in lines for match in _named(line, field)]
        if named:
            yield _relation(field, named, own, site)


def _effect(line: str, when: str, own: Issued) -> Iterator[Field]:
    quoted = f'văn bản ghi "{shorten(line, _QUOTED)}"'
    if fixed := _FROM.match(when):
        day = date_in(fixed["day"])
    elif after := _AFTER.match(when):
        day = own.issued_on and own.issued_on + timedelta(int(after["days"]))
    else:
        day = own.issued_on if _SIGNED.match(when) else None
    if day or "ngày" in when:
        remark = f"{quoted}." if day else f"{quoted}; ghi ngày ấy, ví dụ effective_on: 2026-11-16."
        yield Field("effective_on", day.isoformat() if day else None, remark, required=False)
    if (until := _UNTIL.search(when)) and (last := date_in(until["day"])):
        yield Field("expires_on", (last + timedelta(1)).isoformat(), f"{quoted}; ngày đầu tiên không còn hiệu lực.")


def _named(line: str, field: str) -> Iterator[re.Match[str]]:
    """Yield the documents that a line says this one amends, replaces or repeals."""
    if field == "repeals" and (ended := _ENDS.search(line)):
        yield ended
    acts = list(_ACT.finditer(line)) if _MAY_ACT.search(line) else []
    for at, act in enumerate(acts):
        does = "amends" if act["part"] else _VERBS[act["verb"].lower()]
        if does == field:
            end = acts[at + 1].start() if at + 1 < len(acts) else len(line)
            yield from _NAMED.finditer(_first_sentence(line[act.end() : end]))


def _first_sentence(text: str) -> str:
    return re.split(r"[.;]\s+(?=[A-ZĐÀ-Ỹ])", text, maxsplit=1)[0]


def _relation(field: str, named: Iterable[tuple[str, re.Match[str]]], own: Issued, site: Site) -> Field:
    """Return a field of documents; where one's body or day is not known, its line alone is offered: `make check` would refuse it."""
    line = next(iter(named))[0]
    documents = [one for _, match in named if (one := _document(match, own, site))]
    remark = f'văn bản ghi "{shorten(line, _QUOTED)}"'
    if all(one["issuing_body"] and one["issued_on"] for one in documents):
        return Field(field, [dict(one) for one in documents], f"{remark}.")
    example = ", ".join("{" + ", ".join(f"{name}: {value or '…'}" for name, value in one.items()) + "}" for one in documents)
    return Field(field, None, f"{remark}; ghi đủ các chỗ …: {field}: [{example}].", required=False)


def _document(match: re.Match[str], own: Issued, site: Site) -> dict[str, Value] | None:
    try:
        number = parse_document_number(match["number"])
    except Invalid:
        return None
    day = date_in(match["day"]) if match["day"] else None
    body = find_issuer([match["body"]], site, day) if match["body"] else None
    same = own.number and _symbol(own.number) == _symbol(number)
    id_ = body.id if body else own.issuing_body if same and not match["body"] else None
    return {"number": number, "issuing_body": id_ or "", "issued_on": day.isoformat() if day else ""}


def _symbol(number: str) -> str:
    """Return who issues a document by its number: `UBND` of `12/2020/QĐ-UBND`."""
    return re.split(r"[/-]", number)[-1]
