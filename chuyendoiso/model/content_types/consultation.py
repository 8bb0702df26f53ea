"""Drafts for comment: a draft document that readers may comment on until a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.content_type import FieldWarning, ItemType, ResolveContext
from chuyendoiso.model.content_types.document import Attachment, AttachmentFields, Relation
from chuyendoiso.model.item_fields import MOST_FILES, ItemFields, MediaField, end_of, start_of
from chuyendoiso.model.items import Item, Offer, Related
from chuyendoiso.model.parsers import Invalid, max_entries, require_entries, require_group, require_list
from chuyendoiso.model.site import Site
from chuyendoiso.model.types import Count, Day, Group, IssuerId, Reason, RouteId, Subject, WebAddress
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.model.vocabulary import ROUTES, ConsultationState, Kind

ISSUED_EARLY = (
    "consultation-order",
    "Ngày ban hành của văn bản trong becomes không sau ngày hết hạn góp ý (closes_on).",
    "xem lại hai ngày.",
)
NO_WAY = {  # what a way to comment lacks in site.yml
    "dien-thoai": "phone: dưới owner", "zalo": "url: của kênh zalo", "thu": "email: dưới owner", "giay": "address: dưới owner",
}  # fmt: skip

Attachments = Annotated[tuple[AttachmentFields, ...], BeforeValidator(require_list), AfterValidator(max_entries(MOST_FILES))]


class ResponseFields(Group):
    on: Day = Field(title="Ngày tiếp thu, giải trình", description="ngày đăng giải trình", examples=["2027-01-05"])
    summary: Subject = Field(title="Tiếp thu, giải trình", description="đã tiếp thu gì, chưa tiếp thu gì và vì sao, ≤ 500 ký tự")
    attachments: Attachments = Field((), title="Bản giải trình", description="danh sách")


class ConsultationFields(ItemFields):
    """A draft for comment; its state follows from dates, and is never written."""

    opens_on: Day = Field(title="Ngày bắt đầu góp ý", description="ngày đầu tiên nhận góp ý", examples=["2026-12-01"])
    closes_on: Day = Field(title="Ngày hết hạn góp ý", description="nhận đến hết ngày này", examples=["2026-12-21"])
    drafting_body: IssuerId = Field(title="Cơ quan soạn thảo", description="id trong site.yml")
    subject: Subject = Field(title="Trích yếu", description="dự thảo về việc gì, ≤ 500 ký tự")
    attachments: Annotated[Attachments, AfterValidator(require_entries)] = Field(title="Dự thảo", description="danh sách tệp")
    ways_to_respond: Annotated[tuple[RouteId, ...], BeforeValidator(require_list), AfterValidator(require_entries)] | None = Field(
        None, title="Cách góp ý", description="mặc định là mọi cách có trong site.yml", examples=["[dien-thoai, thu]"]
    )
    elsewhere: WebAddress | None = Field(
        None, title="Nơi góp ý khác", description="khi góp ý ở trang khác, thay cho ways_to_respond", examples=["https://…"]
    )
    received: Count | None = Field(None, title="Số góp ý nhận được", description="ghi khi đã hết hạn góp ý", examples=["12"])
    response: Annotated[ResponseFields, BeforeValidator(require_group)] | None = Field(
        None, title="Tiếp thu, giải trình", description="nhóm trường"
    )
    becomes: Relation | None = Field(None, title="Thành văn bản", description="văn bản được ban hành từ dự thảo")
    cancelled: Reason | None = Field(None, title="Lý do dừng", description="dừng lấy ý kiến thì ghi vì sao")

    def transitions(self, site: Site) -> Iterator[datetime]:
        """Yield every instant at which something about the item changes by itself."""
        yield from super().transitions(site)
        yield start_of(self.opens_on, site.zone)
        yield end_of(self.closes_on, site.zone)
        yield end_of(self.closes_on + timedelta(days=site.limits.response_days), site.zone)
        days = (self.response.on if self.response else None, self.becomes.issued_on if self.becomes else None)
        yield from (start_of(day, site.zone) for day in days if day)

    def media(self) -> Iterator[MediaField]:
        """Yield the media files that fields name."""
        yield from super().media()
        for index, attachment in enumerate(self.attachments):
            yield MediaField(("attachments", index, "file"), attachment.file)
        for index, attachment in enumerate(self.response.attachments if self.response else ()):
            yield MediaField(("response", "attachments", index, "file"), attachment.file)

    @property
    def has_content(self) -> bool:
        """Return that a draft's record is worth a page."""
        return True

    @model_validator(mode="after")
    def _order(self) -> Self:
        rule, early, remedy = ISSUED_EARLY
        if self.closes_on < self.opens_on:
            raise Invalid(rule, "Ngày hết hạn góp ý (closes_on) trước ngày bắt đầu (opens_on).", remedy, at="closes_on")
        if self.response and self.response.on <= self.closes_on:
            message = "Ngày giải trình (response.on) không sau ngày hết hạn góp ý (closes_on)."
            raise Invalid(rule, message, remedy, at="response")
        if self.becomes and self.becomes.issued_on and self.becomes.issued_on <= self.closes_on:
            raise Invalid(rule, early, remedy, at="becomes")
        return self

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.ways_to_respond and self.elsewhere:
            message = "Có cả ways_to_respond và elsewhere, nên người đọc không biết góp ý ở đâu."
            raise Invalid("two-places", message, "xóa một trong hai dòng.", at="elsewhere")
        if self.cancelled and self.becomes:
            message = "Dự thảo vừa dừng (cancelled) vừa thành văn bản (becomes)."
            raise Invalid("two-ends", message, "xóa một trong hai dòng.", at="cancelled")
        return self


class PublishedResponse(NamedTuple):
    """What came of the comments."""

    on: date
    summary: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class Consultation(Item):
    """A draft for comment as of an instant."""

    opens_on: date
    closes_on: date
    drafting_body: str
    subject: str
    attachments: tuple[Attachment, ...]
    ways_to_respond: tuple[str, ...]
    elsewhere: str | None
    received: int | None
    response: PublishedResponse | None  # None before its day
    becomes: Related | None
    unpublished: str | None  # the number of the document that it became, while readers do not see that document
    cancelled: str | None
    stage: ConsultationState
    overdue: bool  # there is no response, and its time is over

    @property
    def days(self) -> int:
        """Return for how many days comments are taken, the last one included."""
        return (self.closes_on - self.opens_on).days + 1

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return the draft's files, then those of the response."""
        files = (*self.attachments, *(self.response.attachments if self.response else ()))
        return tuple(Offer(attachment.label, attachment.file) for attachment in files)

    @property
    def turning_days(self) -> tuple[date, ...]:
        """Return the days on which its state changes."""
        return self.opens_on, self.closes_on + timedelta(days=1), *([self.response.on] if self.response else [])

    @property
    def related(self) -> tuple[Related, ...]:
        """Return the document that it became."""
        return (self.becomes,) if self.becomes else ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the number of that document."""
        return (self.becomes.number,) if self.becomes else ()


def resolve(fields: ConsultationFields, context: ResolveContext) -> dict[str, Any]:
    """Return a draft's own values."""
    today, response = context.as_of.date(), fields.response
    answered = response is not None and response.on <= today
    document = context.issued
    issued = bool(document and document.public) and (
        fields.becomes is None or not fields.becomes.issued_on or fields.becomes.issued_on <= today
    )
    deadline = fields.closes_on + timedelta(days=context.site.limits.response_days)
    return {
        **{name: getattr(fields, name) for name in ("opens_on", "closes_on", "drafting_body", "subject", "elsewhere", "cancelled")},
        "attachments": _attachments(fields.attachments, context),
        "ways_to_respond": () if fields.elsewhere else fields.ways_to_respond or tuple(ROUTES),
        "received": fields.received,
        "response": PublishedResponse(response.on, response.summary, _attachments(response.attachments, context))
        if response and answered
        else None,
        "becomes": document.document if document and issued else None,
        "unpublished": document.document.number if document and not document.public else None,
        "stage": _stage(fields, today, answered=answered, issued=issued),
        "overdue": not (answered or issued or fields.cancelled) and deadline < today,
    }


def _attachments(attachments: tuple[AttachmentFields, ...], context: ResolveContext) -> tuple[Attachment, ...]:
    files = context.files
    return tuple(Attachment(files[one.file], one.label) for one in attachments if one.file in files)


def _stage(fields: ConsultationFields, today: date, *, answered: bool, issued: bool) -> ConsultationState:
    if fields.cancelled:
        return ConsultationState.CANCELLED
    if issued:
        return ConsultationState.ISSUED
    if answered:
        return ConsultationState.RESPONDED
    if today < fields.opens_on:
        return ConsultationState.UPCOMING
    return ConsultationState.OPEN if today <= fields.closes_on else ConsultationState.CLOSED


def _warnings(draft: Consultation, site: Site) -> Iterator[FieldWarning]:
    """Warn of what readers cannot use or would not understand."""
    days, due = draft.days, site.limits.response_days
    if days < site.limits.comment_days and not draft.cancelled:
        message = f"Dự thảo chỉ lấy ý kiến {days} ngày, ít hơn {site.limits.comment_days} ngày (limits.comment_days)."
        yield FieldWarning(("closes_on",), "short-consultation", message, "lùi ngày closes_on, hoặc xem lại quy định về thời gian.")
    if draft.overdue:
        message = f"Hết hạn góp ý ngày {format_date(draft.closes_on)}, quá {due} ngày (limits.response_days) mà chưa có giải trình."
        yield FieldWarning(
            ("closes_on",), "response-overdue", message, "thêm response: với on và summary, hoặc cancelled: và lý do."
        )
    if draft.stage is ConsultationState.OPEN and not draft.elsewhere and not set(draft.ways_to_respond) & set(_ways(site)):
        message = "Đang lấy ý kiến mà người đọc chưa có cách nào để góp ý."
        remedy = f"thêm {' hoặc '.join(NO_WAY[way] for way in draft.ways_to_respond)} trong site.yml, hoặc ghi elsewhere:."
        yield FieldWarning(
            ("ways_to_respond",) if draft.ways_to_respond != tuple(ROUTES) else (), "no-way-to-respond", message, remedy
        )
    if draft.received is not None and draft.stage in {ConsultationState.UPCOMING, ConsultationState.OPEN}:
        message = "Số góp ý (received) chỉ hiện khi đã hết hạn góp ý."
        yield FieldWarning(("received",), "early-count", message, f"xóa dòng này, ghi lại sau ngày {format_date(draft.closes_on)}.")
    if draft.unpublished:
        message = f"Văn bản {draft.unpublished} trong becomes chưa đăng, nên người đọc chưa thấy dự thảo đã ban hành."
        yield FieldWarning(("becomes",), "hidden-target", message, "đăng văn bản ấy.")
    if draft.date.date() > draft.closes_on and not (draft.overdue or draft.response or draft.becomes or draft.cancelled):
        message = f"Bài đăng sau ngày hết hạn góp ý {format_date(draft.closes_on)}, nên không ai góp ý được."
        yield FieldWarning(("date",), "late-consultation", message, "lùi ngày closes_on, hoặc đăng sớm hơn.")
    issuer = site.issuer(draft.drafting_body)
    if issuer.until and issuer.until < draft.opens_on:
        message = f'Cơ quan soạn thảo "{issuer.name}" đã kết thúc ngày {format_date(issuer.until)}, trước ngày bắt đầu góp ý.'
        remedy = f"ghi cơ quan kế thừa: {issuer.successor}." if issuer.successor else "ghi cơ quan soạn thảo hiện nay."
        yield FieldWarning(("drafting_body",), "former-body", message, remedy)


def _ways(site: Site) -> Iterator[str]:
    """Yield the ways to the owner; a form on paper needs an address."""
    yield from (way for way in site.routes if way != "giay" or site.owner.address)


CONSULTATION = ItemType(
    kind=Kind.CONSULTATION, label="Lấy ý kiến dự thảo", singular="dự thảo lấy ý kiến", names=("lay y kien", "du thao", "gop y"),
    fields=ConsultationFields, item=Consultation, resolve=resolve, warnings=_warnings, section=urls.CONSULTATIONS, icon="file",
    stylesheet="document",
)  # fmt: skip
