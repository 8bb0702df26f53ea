"""Find a document's own provisions.

These are effective dates, and the documents that it amends, replaces or repeals.

The wording follows Nghị định 30/2020/NĐ-CP and Luật Ban hành văn bản quy phạm pháp luật:
"Quyết định này có hiệu lực kể từ ngày … và thay thế …".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chuyendoiso.authoring.word.draft import Field
from chuyendoiso.authoring.word.issuers import find_issuer
from chuyendoiso.authoring.word.letterhead import DATE, date_in
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
# Verb → field; its object is a document, or a part of a document
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
    """The document that contains the provisions."""

    number: str | None
    issuing_body: str | None  # an issuer id of site.yml
    issued_on: date | None


def plan_provisions(lines: Sequence[str], own: Issued, site: Site) -> Iterator[Field]:
    """Yield the fields that follow from a document's text, with remarks."""
    for line in lines:
        if match := _EFFECT.search(line):
            yield from _plan_effect(line, match["when"], own)
            break
    for field in _VERBS.values():
        references = [(line, match) for line in lines for match in _references(line, field)]
        if references:
            documents = [document for _, match in references if (document := _document(match, own, site))]
            yield _plan_relation(field, references[0][0], documents)


def _plan_effect(line: str, when: str, own: Issued) -> Iterator[Field]:
    quoted = f'văn bản ghi "{shorten(line, _QUOTED)}"'
    if fixed := _FROM.match(when):
        day = date_in(fixed["day"])
    elif after := _AFTER.match(when):
        day = own.issued_on and own.issued_on + timedelta(int(after["days"]))
    else:
        day = own.issued_on if _SIGNED.match(when) else None
    if day:
        yield Field("effective_on", day.isoformat(), f"{quoted}.")
    elif "ngày" in when:
        yield Field("effective_on", None, f"{quoted}; ghi ngày ấy, ví dụ effective_on: 2026-11-16.", required=False)
    if (until := _UNTIL.search(when)) and (last := date_in(until["day"])):
        yield Field("expires_on", (last + timedelta(1)).isoformat(), f"{quoted}; ngày đầu tiên không còn hiệu lực.")


def _references(line: str, field: str) -> Iterator[re.Match[str]]:
    """Yield the references to documents that a line amends, replaces or repeals."""
    if field == "repeals" and (expiry := _ENDS.search(line)):
        yield expiry
    acts = list(_ACT.finditer(line)) if _MAY_ACT.search(line) else []
    for index, act in enumerate(acts):
        if field == ("amends" if act["part"] else _VERBS[act["verb"].lower()]):
            end = acts[index + 1].start() if index + 1 < len(acts) else len(line)
            first_sentence = re.split(r"[.;]\s+(?=[A-ZĐÀ-Ỹ])", line[act.end() : end], maxsplit=1)[0]
            yield from _NAMED.finditer(first_sentence)


def _plan_relation(field: str, line: str, documents: Sequence[Mapping[str, str]]) -> Field:
    """Return a relation field.

    If a body or a day is unknown, it is only an example: `make check` would reject the value.
    """
    remark = f'văn bản ghi "{shorten(line, _QUOTED)}"'
    if all(document["issuing_body"] and document["issued_on"] for document in documents):
        return Field(field, documents, f"{remark}.")
    example = ", ".join(
        "{" + ", ".join(f"{name}: {value or '…'}" for name, value in document.items()) + "}" for document in documents
    )
    return Field(field, None, f"{remark}; ghi đủ các chỗ …: {field}: [{example}].", required=False)


def _document(match: re.Match[str], own: Issued, site: Site) -> dict[str, str] | None:
    """Return the document of a reference.

    A reference without a body is to the own issuer, if the symbol is the same.
    """
    try:
        number = parse_document_number(match["number"])
    except Invalid:
        return None
    day = date_in(match["day"] or "")
    if match["body"]:
        issuer = find_issuer([match["body"]], site, day)
        id_ = issuer.id if issuer else ""
    else:
        id_ = (own.issuing_body or "") if own.number and _symbol(own.number) == _symbol(number) else ""
    return {"number": number, "issuing_body": id_, "issued_on": day.isoformat() if day else ""}


def _symbol(number: str) -> str:
    """Return the issuer's symbol in a number: `UBND` of `12/2020/QĐ-UBND`."""
    return re.split(r"[/-]", number)[-1]
