"""The tools of other assistants: search, fetch, validity, sessions; all read-only.

Every sentence in an answer is on the site. Ranking is the search page's (`outputs.search.ranking`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.vietnamese import fold, format_number
from chuyendoiso.ops.built_site import WITHDRAWN, BuiltSite, Json, describe, describe_page, describe_withdrawn, session_state
from chuyendoiso.outputs.calendars import CalendarEvent, parse_sessions
from chuyendoiso.outputs.search.constants import CONSTANTS, FUNCTION_WORDS
from chuyendoiso.outputs.search.ranking import Ranked, Scored, judge, quoted_passages, search
from chuyendoiso.outputs.search.words import plain, syllables

LONGEST = 2_000  # characters of an argument
RESULTS = int(CONSTANTS["best"])
Answer = dict[str, Any]

NOTES = {
    "answer": "Chỉ trích nguyên văn passage, kèm url, ngày và hiệu lực. Mục không có passage thì chỉ dẫn đường.",
    "related": "Trang chưa có câu trả lời; các mục sau có thể liên quan, chỉ dẫn đường, không trả lời thay.",
    "none": "Trang chưa có câu trả lời. Không trả lời thay; mời người hỏi liên hệ cơ quan theo địa chỉ ở contact.",
}
UNLISTED = "Trang không có văn bản này. Không kết luận gì về hiệu lực; mời người hỏi tra ở cơ quan ban hành."
_NAMES = ("type", "number", "title", "issuing_body")  # by which a document is called
# of a citation without marks
_DAY = re.compile(r"\bngay \d+\s*[/.-]\s*\d+\s*[/.-]\s*\d{4}\b|\bngay \d+ thang \d+ nam \d{4}\b|\bnam \d{4}\b")
_TAIL = re.compile(r"\bso\b(?= \d)|\b(?:cua|ve|quy dinh|phe duyet|ban hanh)\b.*", re.DOTALL)
WITHDRAWN_NOTE = "Mục này đã gỡ: không trích, không kết luận gì từ nội dung cũ."


class ToolError(Exception):
    """The call cannot be answered; the message says why and what to do."""


class Parameter(NamedTuple):
    """A parameter of a tool: text, or a day in ISO 8601."""

    description: str
    day: bool = False
    required: bool = True


class AssistantTool(NamedTuple):
    """A tool as callers see it, and the function that answers."""

    title: str
    description: str
    parameters: Mapping[str, Parameter]
    answer: Callable[..., Answer]


def search_site(site: BuiltSite, query: str) -> Answer:
    """Return what the search page shows: passages, then links, or a refusal."""
    parsed, ranked = search(query, site.index)
    verdict = judge(ranked)
    quoted = quoted_passages(ranked)
    items = {one.item for one, _ in quoted}
    linked = [one for one in ranked[:RESULTS] if verdict != "none" and one.item not in items]
    answer: Answer = {
        "verdict": verdict,
        "note": NOTES[verdict],
        "results": [*(_result(site, *found) for found in quoted), *(_result(site, one) for one in linked)],
    }
    if parsed.mended:
        answer["searched_for"] = " ".join(parsed.mended)
    if verdict != "answer":
        answer["contact"] = site.absolute(urls.SEARCH)
    return answer


def _result(site: BuiltSite, ranked: Ranked, quoted: Scored | None = None) -> Answer:
    result, entry = site.found(ranked.item)
    facts = describe(site, entry, site.record(entry)) if entry else describe_page(site, result)
    if quoted is None:
        return facts
    anchor, heading, text = result["passages"][quoted.number]
    if anchor:
        facts["url"] = f"{facts['url']}#{anchor}"
    if heading:
        facts["heading"] = heading
    return {**facts, "passage": text}


def fetch_item(site: BuiltSite, id: str) -> Answer:
    """Return an item's text, or that it is withdrawn. The id is only looked up."""
    key = id.partition("#")[0]
    if notice := site.withdrawn.get(key):
        return {**describe_withdrawn(site, notice), "note": WITHDRAWN_NOTE}
    if entry := site.items.get(key):
        record = site.record(entry)
        return {**describe(site, entry, record), "summary": record["summary"], "text": record.get("text", "")}
    if page := site.plain_page(key):
        summary, *passages = (text for _, _, text in page["passages"])
        return {**describe_page(site, page), "summary": summary, "text": "\n\n".join(passages)}
    raise ToolError("Không có mục nào mang mã này. Cách sửa: lấy id từ kết quả của search.")


def read_validity(site: BuiltSite, number: str) -> Answer:
    """Return the documents of a number, or of a name with a number."""
    years, typed = _split_citation(number)
    if not any(letter.isdigit() for letter in typed):
        raise ToolError("number phải có số của văn bản, ví dụ 749/QĐ-TTg.")
    query, ranked = search(typed, site.index)
    words = set(query.mended or query.words)
    documents = [facts for facts in _documents(site, ranked) if not years or facts["issued_on"][:4] in years]
    named = [facts for facts in documents if _is_number(typed, words, facts)]
    also = [facts for facts in documents if words - FUNCTION_WORDS <= _words(" ".join(facts[name] for name in _NAMES))]
    found = named or [describe_withdrawn(site, notice) for notice in _withdrawn_documents(site, words)] or also
    return {"documents": found, **({} if found else {"note": UNLISTED, "contact": site.absolute(urls.SEARCH)})}


def _split_citation(text: str) -> tuple[set[str], str]:
    """Return the years that a citation names, and its type and number.

    `Quyết định số 749/QĐ-TTg ngày 03/06/2020 của …` is `quyet dinh 749/qd-ttg` of 2020.
    """
    head = _TAIL.sub("", fold(text))
    head = head if any(letter.isdigit() for letter in head) else fold(text)
    return {match[-4:] for match in _DAY.findall(head)}, _DAY.sub(" ", head)


def _is_number(typed: str, words: set[str], facts: Answer) -> bool:
    """Return whether a document's number has all words, or is typed without signs."""
    glued = (plain("".join(syllables(text))) for text in (typed, facts["number"]))
    return words <= _words(f"{facts['type']} {facts['number']}") or len(set(glued)) == 1


def _documents(site: BuiltSite, ranked: list[Ranked]) -> Iterator[Answer]:
    for one in ranked[:RESULTS]:
        _, entry = site.found(one.item)
        if entry and "document" in (record := site.record(entry)):
            yield describe(site, entry, record)


def _withdrawn_documents(site: BuiltSite, words: set[str]) -> Iterator[Json]:
    """Yield the withdrawn documents whose addresses have the numbers of a query.

    Nothing else of them is known.
    """
    numbers = {word for word in words if word.isdigit()}
    for notice in site.manifest["withdrawn"]:
        if numbers and notice["path"].startswith(urls.DOCUMENTS) and numbers <= _words(notice["path"]):
            yield notice


def _words(text: str) -> set[str]:
    return {plain(syllable) for syllable in syllables(text)}


def list_sessions(site: BuiltSite, **days: date) -> Answer:
    """Return the sessions of some days, the earliest first; by default from today on."""
    first, last = days.get("from", site.now.date()), days.get("to", date.max)
    if last < first:
        raise ToolError("to sớm hơn from. Cách sửa: đổi chỗ hai ngày.")
    try:
        events = parse_sessions(site.read(urls.CALENDAR))
    except FileNotFoundError:  # a site without sessions has no calendar
        events = []
    zone = site.now.tzinfo
    bounds = datetime.combine(first, time.min, zone), datetime.combine(last, time.max, zone)
    within = [event for event in events if event.starts_at <= bounds[1] and event.ends_at >= bounds[0]]
    return {"sessions": [_session(site, event) for event in sorted(within, key=lambda event: event.starts_at)]}


def _session(site: BuiltSite, event: CalendarEvent) -> Answer:
    if notice := site.withdrawn.get(event.url):
        return {
            **describe_withdrawn(site, notice),
            "starts_at": _local(event.starts_at, site),
            "ends_at": _local(event.ends_at, site),
        }
    entry, starts = site.items[event.url], _local(event.starts_at, site)
    facts = {
        "id": entry["id"], "title": entry["title"], "url": event.url, "date": starts[:10], "published": entry["published"],
        "state": session_state(event.starts_at, event.ends_at, site.now), "starts_at": starts, "ends_at": _local(event.ends_at, site),
    }  # fmt: skip
    return {**facts, "venue": event.venue} if event.venue else facts


def _local(instant: datetime, site: BuiltSite) -> str:
    return instant.astimezone(site.now.tzinfo).isoformat()


TOOLS: Mapping[str, AssistantTool] = {
    "search": AssistantTool(
        "Tìm trên trang",
        "Tìm câu trả lời trong các bài đã đăng, xếp hạng như ô tìm kiếm của trang. verdict: answer (có passage để trích), "
        "related (chỉ dẫn đường) hoặc none (trang chưa có câu trả lời).",
        {"query": Parameter("câu hỏi hoặc từ khóa tiếng Việt, có dấu hay không đều được; hoặc số, ký hiệu văn bản")},
        search_site,
    ),
    "fetch": AssistantTool(
        "Đọc một mục",
        f"Trả về toàn văn của một mục theo mã, kèm url, ngày, tình trạng. Mục đã gỡ thì chỉ báo “{WITHDRAWN}”.",
        {"id": Parameter("id trong kết quả của search, hoặc url của trang")},
        fetch_item,
    ),
    "validity": AssistantTool(
        "Xem hiệu lực văn bản",
        "Cho biết văn bản còn hay hết hiệu lực, cơ quan ban hành, ngày ban hành, ngày có và hết hiệu lực.",
        {"number": Parameter("số, ký hiệu văn bản, viết thế nào cũng được: 749/QĐ-TTg, qd749, nd 42")},
        read_validity,
    ),
    "sessions": AssistantTool(
        "Xem lịch hội nghị, tập huấn",
        "Liệt kê hội nghị, tập huấn trong khoảng ngày: tên, giờ, nơi họp, sắp diễn ra, đang diễn ra, đã kết thúc hay đã gỡ.",
        {
            "from": Parameter("ngày đầu, ví dụ 2026-12-01; không có thì từ hôm nay", day=True, required=False),
            "to": Parameter("ngày cuối, ví dụ 2026-12-31", day=True, required=False),
        },
        list_sessions,
    ),
}  # fmt: skip


def parse_arguments(name: str, values: Mapping[str, Any]) -> dict[str, str | date]:
    """Return a tool's arguments. Raise ToolError, which quotes nothing of them."""
    if name not in TOOLS:
        raise ToolError(f"Không có công cụ này. Có: {', '.join(TOOLS)}.")
    parameters = TOOLS[name].parameters
    if not values.keys() <= parameters.keys():
        raise ToolError(f"Công cụ {name} chỉ nhận: {', '.join(parameters)}.")
    stated = {key: value for key, value in values.items() if value is not None}
    if missing := [key for key, parameter in parameters.items() if parameter.required and key not in stated]:
        raise ToolError(f"Thiếu {', '.join(missing)}.")
    return {key: _parse_argument(key, parameters[key], value) for key, value in stated.items()}


def _parse_argument(key: str, parameter: Parameter, value: Any) -> str | date:
    if not isinstance(value, str) or not value.strip():
        raise ToolError(f"{key} phải là chữ, không được để trống.")
    if len(value) > LONGEST:
        raise ToolError(f"{key} dài quá {format_number(LONGEST)} ký tự.")
    if not parameter.day:
        return value.strip()
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise ToolError(f"{key} phải là một ngày, ví dụ 2026-12-01.") from None
