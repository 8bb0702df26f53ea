"""The outputs of drafts for comment.

What people said and what was decided are separate, as in GOV.UK's consultations.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

from chuyendoiso.model.content_types.consultation import Consultation
from chuyendoiso.model.items import File, Item
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_date, format_number
from chuyendoiso.model.vocabulary import ConsultationState
from chuyendoiso.outputs.content_types.item_outputs import ItemOutputs, Json, file_record, related_record, stated
from chuyendoiso.outputs.content_types.schema_parts import ADDRESS, COUNT, DAY, FILE, NAMED, RELATED, WORDS, list_of, object_of
from chuyendoiso.outputs.pages.materials import file_view
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import Anchor, Badge, CommentView, Fact, OutcomeView

STATE = "Tình trạng"

_RECORD = object_of(
    {
        "state": {"enum": [state.value for state in ConsultationState]},
        "opens_on": DAY,
        "closes_on": DAY,
        "drafting_body": NAMED,
        "subject": WORDS,
    },
    {
        "attachments": list_of(FILE),
        "elsewhere": ADDRESS,
        "received": COUNT,
        "response": object_of({"on": DAY, "summary": WORDS}, {"attachments": list_of(FILE)}),
        "becomes": RELATED,
        "cancelled": WORDS,
    },
)


def state_words(item: Consultation) -> str:
    """Return the state of a draft in words."""
    return stage_words(item.stage, item.opens_on, item.closes_on)


def stage_words(stage: ConsultationState, opens_on: date, closes_on: date) -> str:
    """Return a state in words, with the day that matters."""
    match stage:
        case ConsultationState.UPCOMING:
            return f"Sắp lấy ý kiến, từ ngày {format_date(opens_on)}"
        case ConsultationState.OPEN:
            return f"Đang lấy ý kiến đến hết ngày {format_date(closes_on)}"
        case ConsultationState.CLOSED:
            return "Đang tổng hợp ý kiến"
        case ConsultationState.RESPONDED:
            return "Đã tiếp thu và giải trình"
        case ConsultationState.ISSUED:
            return "Đã ban hành"
        case ConsultationState.CANCELLED:
            return "Đã dừng"


class ConsultationOutputs(ItemOutputs[Consultation]):
    """A draft, how to comment on it, and what came of the comments."""

    record_name = "consultation"
    record_schema = _RECORD

    def search_words(self, item: Consultation, site: Site) -> Iterator[str | None]:
        """Yield subject, drafting body, files, response, and the document issued."""
        yield item.subject
        yield site.issuer(item.drafting_body).name
        yield from (offer.label for offer in item.offers)
        yield item.response.summary if item.response else None
        yield item.becomes.number if item.becomes else None

    def result_state(self, item: Consultation) -> str | None:
        """Return the state."""
        return state_words(item)

    def feed_fields(self, item: Consultation, site: Site) -> Mapping[str, str | None]:
        """Return state and days."""
        return {
            "state": item.stage.value, "opens_on": item.opens_on.isoformat(), "closes_on": item.closes_on.isoformat(),
            "drafting_body": site.issuer(item.drafting_body).name,
            "responded_on": item.response.on.isoformat() if item.response else None,
            "becomes": item.becomes.number if item.becomes else None,
        }  # fmt: skip

    def feed_notes(self, item: Consultation) -> Iterator[tuple[str, str]]:
        """Yield the state."""
        yield STATE, state_words(item)

    def enclosure(self, item: Consultation) -> File | None:
        """Return the first file of the draft."""
        return item.attachments[0].file if item.attachments else None

    def record(self, item: Consultation, site: Site) -> Json:
        """Return the draft, its state and what came of it."""
        issuer, response = site.issuer(item.drafting_body), item.response
        return stated({
            "state": item.stage.value, "opens_on": item.opens_on.isoformat(), "closes_on": item.closes_on.isoformat(),
            "drafting_body": {"id": issuer.id, "name": issuer.name}, "subject": item.subject,
            "attachments": [file_record(one.file, one.label, site) for one in item.attachments], "elsewhere": item.elsewhere,
            "received": item.received,
            "response": stated({
                "on": response.on.isoformat(), "summary": response.summary,
                "attachments": [file_record(one.file, one.label, site) for one in response.attachments],
            }) if response else None,
            "becomes": related_record(item.becomes, site) if item.becomes else None,
            "cancelled": item.cancelled,
        })  # fmt: skip

    def channel_lines(self, item: Consultation, site: Site) -> Iterator[str]:
        """Yield state, subject and drafting body, and what was decided."""
        yield f"<b>{escape(state_words(item))}</b>"
        yield escape(item.subject)
        yield f"Cơ quan soạn thảo: {escape(site.issuer(item.drafting_body).name)}."
        if item.response:
            yield f"<b>Tiếp thu, giải trình:</b> {escape(item.response.summary)}"
        if item.becomes:
            yield f"Đã thành văn bản {escape(item.becomes.named)}."
        if item.cancelled:
            yield f"Lý do dừng: {escape(item.cancelled)}"

    def structured_data(self, item: Consultation, site: Site, common: Json) -> Json:
        """Return a draft of legislation."""
        issuer = {"@type": "GovernmentOrganization", "name": site.issuer(item.drafting_body).name}
        return {
            "@type": "DigitalDocument", "name": item.heading, "about": item.subject, "author": issuer,
            "creativeWorkStatus": state_words(item), **common,
        }  # fmt: skip

    # ── pages ──

    def article(self, context: RenderContext, item: Consultation) -> dict[str, Any]:
        """Return state, files, how to comment, and what came of it."""
        return {
            "badge": state_badge(item),
            "facts_title": "Thông tin dự thảo",
            "facts": tuple(_facts(context, item)),
            "files_title": "Dự thảo để tải",
            "files": tuple(file_view(context, one.file, one.label) for one in item.attachments),
            "date_label": "Ngày đăng",
            "comment": _comment(item) if item.stage is ConsultationState.OPEN else None,
            "outcome": _outcome(context, item),
        }

    def withdrawn(self, context: RenderContext, item: Consultation) -> dict[str, Any]:
        """Return none of its own."""
        return {"date_label": "Ngày đăng"}

    def teaser(self, context: RenderContext, item: Consultation) -> dict[str, Any]:
        """Return the state."""
        return {"badge": state_badge(item)}

    def note(self, context: RenderContext, item: Consultation) -> str:
        """Return the state."""
        return state_words(item)

    def listed_on(self, item: Consultation) -> Iterator[str]:
        """Yield the document that the draft became."""
        if item.becomes and item.becomes.path:
            yield item.becomes.path

    def list_title(self, item: Consultation, on: Item) -> str:
        """Return the title of the draft on that document's page."""
        return "Dự thảo đã lấy ý kiến"


def state_badge(item: Consultation) -> Badge:
    """Return the state of a draft as a badge."""
    return Badge(item.stage.value, state_words(item))


def _facts(context: RenderContext, item: Consultation) -> Iterator[Fact]:
    yield Fact("Cơ quan soạn thảo", context.site.issuer(item.drafting_body).name)
    yield Fact("Về việc", item.subject)
    least = context.site.limits.comment_days
    short = f". Thời gian này ngắn hơn {least} ngày như thông thường." if item.days < least else ""
    yield Fact("Thời gian lấy ý kiến", f"{format_date(item.opens_on)} – {format_date(item.closes_on)}, {item.days} ngày{short}")
    if item.becomes:
        href = context.site.href(item.becomes.path) if item.becomes.path else None
        yield Fact("Đã thành văn bản", item.becomes.named, href)
    if item.cancelled:
        yield Fact("Lý do dừng", item.cancelled)


def _comment(item: Consultation) -> CommentView:
    elsewhere = Anchor("Góp ý tại trang lấy ý kiến", item.elsewhere) if item.elsewhere else None
    return CommentView(format_date(item.closes_on), item.ways_to_respond, elsewhere)


def _outcome(context: RenderContext, item: Consultation) -> OutcomeView | None:
    """Return what people said and what was decided; None before the closing day."""
    if item.stage in {ConsultationState.UPCOMING, ConsultationState.OPEN}:
        return None
    response = item.response
    pending = None
    if not (response or item.becomes or item.cancelled):
        due = context.site.limits.response_days
        pending = (
            f"Đã quá {due} ngày mà chưa có giải trình." if item.overdue else "Cơ quan soạn thảo đang tổng hợp, chưa có giải trình."
        )
    unknown = None if item.cancelled else "Chưa công bố số góp ý đã nhận."
    return OutcomeView(
        received=f"Đã nhận {format_number(item.received)} góp ý." if item.received is not None else unknown,
        responded=format_date(response.on) if response else None,
        summary=response.summary if response else None,
        files=tuple(file_view(context, one.file, one.label) for one in response.attachments) if response else (),
        pending=pending,
    )
