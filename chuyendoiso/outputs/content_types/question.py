"""The outputs of answered questions (schema.org Question)."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.content_types.question import OWNER, Question
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.items import Item, LinkedItem
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_date, shorten
from chuyendoiso.model.vocabulary import ASKED_VIA, Kind
from chuyendoiso.outputs.content_types.item_outputs import ItemOutputs, Json, stated
from chuyendoiso.outputs.content_types.schema_parts import ADDRESS, DAY, WORDS, list_of, object_of
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import Badge, Brief, BriefGroup, Fact, NoticeView

STRUCTURED = 400  # bytes of an answer in schema.org's terms: search engines show it nowhere
NOTE = "Lưu ý"

_RECORD = object_of(
    {"answered_by": object_of({"name": WORDS}, {"id": WORDS, "position": WORDS}), "checked_on": DAY, "check_again": DAY},
    {
        "asked": object_of({}, {"on": DAY, "via": {"enum": [*ASKED_VIA]}, "place": WORDS}),
        "also_asked": list_of(WORDS),
        "about": list_of(object_of({"title": WORDS}, {"number": WORDS, "url": ADDRESS})),
        "stale": list_of(WORDS),
    },
)


class QuestionOutputs(ItemOutputs[Question]):
    """A question with its answer."""

    record_name = "question"
    record_schema = _RECORD
    summary_answers = True

    def search_title(self, item: Question) -> str:
        """Return the question in every wording."""
        return "\n".join((item.title, *item.also_asked))

    def search_words(self, item: Question, site: Site) -> Iterator[str | None]:
        """Yield who answered, and what the question is about."""
        yield _answerer(item, site)
        for other in item.about:
            yield from (other.title, other.number)

    def result_state(self, item: Question) -> str | None:
        """Return that a stale answer is to be checked."""
        return "Cần kiểm tra lại" if item.stale else None

    def feed_fields(self, item: Question, site: Site) -> Mapping[str, str | None]:
        """Return who answered, and until when the answer is checked."""
        return {
            "answered_by": _answerer(item, site), "checked_on": item.checked_on.isoformat(), "check_again": item.check_again.isoformat(),
            "stale": _stale(item),
        }  # fmt: skip

    def feed_notes(self, item: Question) -> Iterator[tuple[str, str]]:
        """Yield why the answer may be out of date."""
        if words := _stale(item):
            yield NOTE, words

    def record(self, item: Question, site: Site) -> Json:
        """Return who answered, what the question is about, and why the answer is stale."""
        body = item.answered_by.body
        return stated({
            "answered_by": stated(
                {"id": None if body == OWNER else body, "name": _body(item, site), "position": item.answered_by.position}
            ),
            "checked_on": item.checked_on.isoformat(), "check_again": item.check_again.isoformat(),
            "asked": stated({
                "on": item.asked.on.isoformat() if item.asked.on else None, "via": item.asked.via, "place": item.asked.place,
            }) if item.asked else None,
            "also_asked": item.also_asked,
            "about": [
                stated({"title": other.title, "number": other.number, "url": site.absolute(other.path) if other.path else None})
                for other in item.about
            ],
            "stale": [reason.words for reason in item.stale],
        })  # fmt: skip

    def channel_lines(self, item: Question, site: Site) -> Iterator[str]:
        """Yield the short answer, who gave it, and why it may be out of date."""
        if words := _stale(item):
            yield f"<b>{NOTE}:</b> {escape(words)}"
        yield f"<b>Trả lời:</b> {escape(item.summary)}"
        yield f"{escape(_answerer(item, site))} trả lời. Kiểm tra lần cuối: {format_date(item.checked_on)}."

    def structured_data(self, item: Question, site: Site, common: Json) -> Json:
        """Return a question and its answer, the texts cut to STRUCTURED bytes in all."""
        url = common["url"]
        for length in (300, 200, 150, 100, 60, 30):
            answer = {"@type": "Answer", "text": shorten(item.summary, length), "url": url}
            question = {"@type": "Question", "name": shorten(item.title, length), "answerCount": 1, "acceptedAnswer": answer}
            if len(json.dumps(question, ensure_ascii=False).encode()) <= STRUCTURED:
                return question
        return {"@type": "Question", "acceptedAnswer": {"@type": "Answer", "url": url}}

    # ── pages ──

    def article(self, context: RenderContext, item: Question) -> dict[str, Any]:
        """Return the warning, who answered, and what the question is about."""
        warning = f"{_stale(item)} Bà con nên hỏi lại cơ quan trước khi làm theo."
        return {
            "alert": NoticeView("Câu trả lời này có thể không còn đúng", warning) if item.stale else None,
            "summary_label": "Trả lời ngắn",
            "facts_title": "Về câu trả lời",
            "facts": tuple(_facts(context, item)),
            "about": BriefGroup("Câu hỏi này nói về", tuple(_brief(context, other) for other in item.about if other.path)),
            "date_label": "Trả lời ngày",
        }

    def withdrawn(self, context: RenderContext, item: Question) -> dict[str, Any]:
        """Return none of its own."""
        return {"date_label": "Trả lời ngày"}

    def teaser(self, context: RenderContext, item: Question) -> dict[str, Any]:
        """Return a mark of a stale answer; the summary is the answer."""
        return {"badge": Badge("unverified", "Cần kiểm tra lại")} if item.stale else {}

    def note(self, context: RenderContext, item: Question) -> str:
        """Return the day on which the answer was last checked."""
        return f"Kiểm tra ngày {format_date(item.checked_on)}"

    def listed_on(self, item: Question) -> Iterator[str]:
        """Yield the items that the question is about."""
        yield from (other.path for other in item.about if other.path and not other.withdrawn)

    def list_title(self, item: Question, on: Item) -> str:
        """Return the title of the questions on another item's page."""
        if isinstance(on, Training) and on.session:
            return "Câu hỏi của bà con"
        return "Câu hỏi về văn bản này" if on.kind is Kind.DOCUMENT else "Câu hỏi về bài này"


def _body(item: Question, site: Site) -> str:
    body = item.answered_by.body
    return site.owner.name if body == OWNER else site.issuer(body).name


def _answerer(item: Question, site: Site) -> str:
    """Return the body that answered, and the position in it."""
    return ", ".join(filter(None, (item.answered_by.position, _body(item, site))))


def _stale(item: Question) -> str | None:
    """Return as a sentence why an answer may be out of date; None if it is not."""
    words = "; ".join(reason.words for reason in item.stale)
    return f"{words[:1].upper()}{words[1:]}." if words else None


def _facts(context: RenderContext, item: Question) -> Iterator[Fact]:
    yield Fact("Cơ quan trả lời", _answerer(item, context.site))
    yield Fact("Kiểm tra lần cuối", format_date(item.checked_on))
    if asked := item.asked:
        parts = (
            f"ngày {format_date(asked.on)}" if asked.on else None, f"qua {ASKED_VIA[asked.via]}" if asked.via else None, asked.place,
        )  # fmt: skip
        if words := ", ".join(filter(None, parts)):
            yield Fact("Nhận câu hỏi", words)


def _brief(context: RenderContext, other: LinkedItem) -> Brief:
    assert other.path is not None
    return Brief(other.title, context.site.href(other.path), other.number or CONTENT_TYPES[other.kind].label)
