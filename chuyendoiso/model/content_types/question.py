"""Answered questions: a reader's question, and the office's answer.

An answer is stale if its time is over, or a document that it is about is no longer valid.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.content_type import FieldWarning, ItemType, ResolveContext
from chuyendoiso.model.date_parsers import months_after
from chuyendoiso.model.item_fields import ContentLink, ItemFields, start_of
from chuyendoiso.model.items import Item, LinkedItem, Related
from chuyendoiso.model.parsers import Invalid, max_entries, max_length, require_group, require_list, require_words
from chuyendoiso.model.site import Site
from chuyendoiso.model.types import AnswererId, AskedVia, Day, Group, SourceLink, Summary, Text, Title, bare_or_mapped
from chuyendoiso.model.vietnamese import format_date, upper_first
from chuyendoiso.model.vocabulary import VALIDITY_NAMES, Kind, Validity
from chuyendoiso.model.widgets import Widget

MOST_PHRASINGS = 10
PHRASING = 120  # characters
ENDING = "?"  # of a question
CLOSING = '”"’»)]'  # after it
OWNER = "owner"  # in place of an issuer's id: the site's owner


class AnsweredByFields(Group):
    bare: ClassVar[str | None] = "body"
    body: AnswererId = Field(
        title="Cơ quan trả lời", description="id trong mục issuers của site.yml, hoặc owner", examples=["owner"]
    )
    position: Annotated[Text, AfterValidator(max_length(100)), Widget(limit=100)] | None = Field(
        None, title="Chức vụ người trả lời", description="chức vụ, không ghi tên", examples=["Chánh Văn phòng"]
    )


class AskedFields(Group):
    on: Day | None = Field(None, title="Ngày nhận câu hỏi", description="nếu biết", examples=["2026-11-20"])
    via: AskedVia | None = Field(None, title="Câu hỏi đến qua", description="cách gửi", examples=["dien-thoai"])
    place: Text | None = Field(
        None, title="Nơi có câu hỏi", description="xã, phường; không bao giờ ghi tên người hỏi", examples=["xã …"]
    )


class QuestionFields(ItemFields):
    """An answered question; `title` is the question, `summary` the short answer."""

    longest_body: ClassVar[int | None] = 6_000

    title: Annotated[Title, AfterValidator(require_words)] = Field(
        title="Câu hỏi", description="kết thúc bằng dấu ?, ≤ 200 ký tự", examples=["Xem hội nghị ở đâu?"]
    )
    summary: Summary = Field(title="Trả lời ngắn", description="đúng cả khi đọc một mình, chữ thường, ≤ 300 ký tự")
    answered_by: Annotated[AnsweredByFields, BeforeValidator(bare_or_mapped("body"))] = Field(
        title="Trả lời bởi", description="owner, id trong mục issuers của site.yml, hoặc nhóm trường", examples=["owner"]
    )
    checked_on: Day = Field(
        title="Ngày kiểm tra", description="lần cuối đối chiếu câu trả lời với quy định", examples=["2026-11-25"]
    )
    asked: Annotated[AskedFields, BeforeValidator(require_group)] | None = Field(None, title="Câu hỏi", description="nhóm trường")
    also_asked: Annotated[
        tuple[Annotated[Text, AfterValidator(max_length(PHRASING)), AfterValidator(require_words), Widget(limit=PHRASING)], ...],
        BeforeValidator(require_list),
        AfterValidator(max_entries(MOST_PHRASINGS)),
    ] = Field(
        (), title="Cách hỏi khác", description="danh sách, ≤ 10 câu, mỗi câu ≤ 120 ký tự; tìm kiếm như tên bài",
        examples=["[Xem hội nghị có mất tiền không]"],
    )  # fmt: skip
    about: Annotated[tuple[SourceLink, ...], BeforeValidator(require_list)] = Field(
        (), title="Về bài", description="danh sách tệp của các bài mà câu hỏi nói tới", examples=["[../van-ban/749-qd-ttg.md]"]
    )
    check_again: Day | None = Field(
        None, title="Ngày kiểm tra lại", description="mặc định là sau limits.answer_months tháng", examples=["2027-11-25"]
    )

    def transitions(self, site: Site) -> Iterator[datetime]:
        """Yield every instant at which something about the item changes by itself."""
        yield from super().transitions(site)
        yield start_of(self.checked_on, site.zone)  # a warning of a day to come ends
        yield start_of(self.due(site), site.zone)

    def due(self, site: Site) -> Day:
        """Return the day from which the answer is stale unless it is checked again."""
        return self.check_again or months_after(self.checked_on, site.limits.answer_months)

    def content_links(self) -> Iterator[ContentLink]:
        """Yield the content files that the question is about."""
        yield from (ContentLink(("about", number), link) for number, link in enumerate(self.about))

    @property
    def phrasings(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Return the question in every wording, by location."""
        return (("title",), self.title), *((("also_asked", number), text) for number, text in enumerate(self.also_asked))

    @model_validator(mode="after")
    def _is_a_question(self) -> Self:
        if not self.title.rstrip(CLOSING).endswith(ENDING):
            message = f'Câu hỏi "{self.title}" không kết thúc bằng dấu hỏi.'
            wide = "thay dấu hỏi rộng ？ bằng dấu ? thường." if self.title.endswith("？") else None
            raise Invalid("no-question-mark", message, wide or "viết thành một câu hỏi, có dấu ? ở cuối.", at="title")
        if self.asked and self.asked.on and self.asked.on > self.checked_on:
            message = "Ngày nhận câu hỏi (asked.on) sau ngày kiểm tra câu trả lời (checked_on)."
            raise Invalid("check-order", message, "xem lại hai ngày.", at="asked")
        if self.check_again and self.check_again <= self.checked_on:
            message = "Ngày kiểm tra lại (check_again) không sau ngày kiểm tra (checked_on)."
            raise Invalid("check-order", message, "xem lại hai ngày, hoặc xóa dòng check_again.", at="check_again")
        return self


class AnsweredBy(NamedTuple):
    """Who answered: an issuer's id or OWNER, and a position."""

    body: str
    position: str | None


class Asked(NamedTuple):
    """When, how and where the question came; never who asked."""

    on: date | None
    via: str | None
    place: str | None


class StaleReason(NamedTuple):
    """Why an answer may be out of date: the field, and words that end a sentence."""

    location: tuple[str | int, ...]
    words: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Question(Item):
    """An answered question as of an instant."""

    answered_by: AnsweredBy
    asked: Asked | None
    also_asked: tuple[str, ...]
    about: tuple[LinkedItem, ...]  # those that readers see
    hidden: tuple[LinkedItem, ...]
    checked_on: date
    check_again: date
    stale: tuple[StaleReason, ...]
    checked_ahead: bool  # its day is still to come, and after that of publication

    @property
    def turning_days(self) -> tuple[date, ...]:
        """Return the day on which the answer becomes stale."""
        return (self.check_again,)

    @property
    def related(self) -> tuple[Related, ...]:
        """Return the items that the question is about."""
        return tuple(Related(item.number or "", item.path, item.title) for item in self.about)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers of the documents that it is about."""
        return tuple(item.number for item in self.about if item.number)


def resolve(fields: QuestionFields, context: ResolveContext) -> dict[str, Any]:
    """Return a question's own values."""
    due, shown = fields.due(context.site), tuple(item for item in context.linked if item.path)
    return {
        "answered_by": AnsweredBy(**dict(fields.answered_by)),
        "asked": Asked(**dict(fields.asked)) if fields.asked else None,
        "also_asked": fields.also_asked,
        "about": shown,
        "hidden": tuple(item for item in context.linked if not item.path),
        "checked_on": fields.checked_on,
        "check_again": due,
        "stale": tuple(_stale_reasons(fields, due, shown, context.as_of.date())),
        "checked_ahead": fields.checked_on > max(context.as_of.date(), fields.date.date()),
    }


def _stale_reasons(fields: QuestionFields, due: date, about: Iterable[LinkedItem], today: date) -> Iterator[StaleReason]:
    for item in about:
        if ended := _ended(item):
            yield StaleReason(item.location, f"{item.named} {ended}")
    if due <= today:
        location = "check_again" if fields.check_again else "checked_on"
        yield StaleReason((location,), f"câu trả lời chưa được kiểm tra lại, hạn là ngày {format_date(due)}")


def _ended(item: LinkedItem) -> str:
    """Return how an item came to its end; "" if no end is known."""
    if item.withdrawn:
        return "đã gỡ"
    if item.validity in {Validity.LAPSED, Validity.SUSPENDED}:
        return f"đã {VALIDITY_NAMES[item.validity].lower()}"
    return f"{item.replaced}, chưa xác minh ngày hiệu lực" if item.replaced else ""


def _warnings(question: Question, site: Site) -> Iterator[FieldWarning]:
    """Warn of a stale answer, a hidden item, and a body that no longer exists."""
    for reason in question.stale:
        message = f"Câu trả lời có thể không còn đúng: {reason.words}."
        remedy = "đối chiếu lại câu trả lời, sửa checked_on và check_again; bài đã hết hiệu lực hoặc đã gỡ thì bỏ khỏi about."
        yield FieldWarning(reason.location, "stale-answer", message, remedy)
    for item in question.hidden:
        message = f"{upper_first(item.named)} trong about chưa đăng, nên người đọc chưa thấy đường dẫn."
        yield FieldWarning(item.location, "hidden-target", message, "đăng bài ấy, hoặc bỏ khỏi about.")
    if question.checked_ahead:
        message = f"Ngày kiểm tra (checked_on) {format_date(question.checked_on)} chưa tới."
        yield FieldWarning(("checked_on",), "check-order", message, "ghi ngày đã đối chiếu câu trả lời.")
    issuer = None if question.answered_by.body == OWNER else site.issuer(question.answered_by.body)
    if issuer and issuer.until and issuer.until < question.checked_on:
        message = f'Cơ quan trả lời "{issuer.name}" đã kết thúc ngày {format_date(issuer.until)}, trước ngày kiểm tra (checked_on).'
        remedy = f"ghi cơ quan kế thừa: {issuer.successor}." if issuer.successor else "ghi cơ quan trả lời hiện nay, hoặc owner."
        yield FieldWarning(("answered_by",), "former-body", message, remedy)


QUESTION = ItemType(
    kind=Kind.QUESTION, label="Hỏi đáp", singular="câu hỏi", names=("hoi dap", "cau hoi", "hoi"), fields=QuestionFields, item=Question,
    title_ending=ENDING, resolve=resolve, warnings=_warnings, section=urls.QUESTIONS, icon="question", stylesheet="news",
)  # fmt: skip
