"""Official documents (fields after Nghị định 30/2020/NĐ-CP, phụ lục VI)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, ClassVar, NamedTuple, Protocol, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.content_type import ItemType, ResolveContext
from chuyendoiso.model.item_fields import MOST_FILES, ItemFields, MediaField, start_of
from chuyendoiso.model.items import File, Item, Offer, Related
from chuyendoiso.model.parsers import Invalid, max_entries, max_length, require_group, require_list
from chuyendoiso.model.site import Site
from chuyendoiso.model.types import (
    Day,
    DocumentNumber,
    DocumentType,
    Group,
    IssuerId,
    MediaPath,
    Subject,
    Text,
    WebAddress,
    bare_or_mapped,
)
from chuyendoiso.model.vocabulary import BOTH_SIDES, Kind, Validity, is_party_number
from chuyendoiso.model.widgets import Widget


class SignatoryFields(Group):
    name: Annotated[Text, AfterValidator(max_length(50)), Widget(limit=50)] = Field(title="Người ký", description="họ tên")
    position: Annotated[Text, AfterValidator(max_length(100)), Widget(limit=100)] | None = Field(
        None, title="Chức vụ người ký", description="chức vụ"
    )


class AttachmentFields(Group):
    file: MediaPath = Field(
        title="Tệp đính kèm", description="tệp trong content/media/", examples=["/media/van-ban/749-qd-ttg.pdf"]
    )
    label: Text = Field(title="Tên tệp", description="tên hiện cho người đọc", examples=["Bản gốc (PDF)"])


class RelationFields(Group):
    bare: ClassVar[str | None] = "number"
    number: DocumentNumber = Field(title="Số, ký hiệu văn bản liên quan", description="số, ký hiệu", examples=["1726/QĐ-TTg"])
    issuing_body: IssuerId | None = Field(None, title="Cơ quan ban hành văn bản liên quan", description="id trong site.yml")
    issued_on: Day | None = Field(None, title="Ngày ban hành văn bản liên quan", description="ngày ban hành")


Relation = Annotated[RelationFields, BeforeValidator(bare_or_mapped("number"))]
Relations = Annotated[tuple[Relation, ...], BeforeValidator(require_list)]


class DocumentFields(ItemFields):
    """An official document (Nghị định 30/2020/NĐ-CP, phụ lục VI gives the lengths)."""

    document_number: DocumentNumber = Field(title="Số, ký hiệu", description="liền, không dấu cách", examples=["749/QĐ-TTg"])
    document_type: DocumentType = Field(
        title="Loại văn bản", description="Quyết định, Nghị quyết, Kế hoạch…", examples=["Quyết định"]
    )
    issuing_body: IssuerId = Field(title="Cơ quan ban hành", description="id trong site.yml", examples=["thu-tuong-chinh-phu"])
    issued_on: Day = Field(title="Ngày ban hành", description="ngày ký ban hành", examples=["2020-06-03"])
    subject: Subject = Field(title="Trích yếu", description="về việc gì, ≤ 500 ký tự")
    effective_on: Day | None = Field(None, title="Ngày có hiệu lực", description="nếu biết")
    expires_on: Day | None = Field(None, title="Ngày hết hiệu lực", description="ngày đầu tiên không còn hiệu lực")
    suspended_on: Day | None = Field(None, title="Ngày ngưng hiệu lực", description="nếu có")
    signatory: Annotated[SignatoryFields, BeforeValidator(require_group)] | None = Field(
        None, title="Người ký", description="nhóm trường"
    )
    attachments: Annotated[tuple[AttachmentFields, ...], BeforeValidator(require_list), AfterValidator(max_entries(MOST_FILES))] = (
        Field((), title="Tệp đính kèm", description="danh sách")
    )
    source_url: WebAddress | None = Field(None, title="Địa chỉ bản gốc", description="trang của cơ quan ban hành")
    amends: Relations = Field((), title="Sửa đổi, bổ sung", description="văn bản được sửa đổi")
    replaces: Relations = Field((), title="Thay thế", description="văn bản được thay thế")
    repeals: Relations = Field((), title="Bãi bỏ", description="văn bản bị bãi bỏ")

    def transitions(self, site: Site) -> Iterator[datetime]:
        """Yield every instant at which something about the item changes by itself."""
        yield from super().transitions(site)
        yield from (start_of(day, site.zone) for day in (self.effective_on, self.expires_on, self.suspended_on) if day)

    def media(self) -> Iterator[MediaField]:
        """Yield the media files that fields name."""
        yield from super().media()
        for index, attachment in enumerate(self.attachments):
            yield MediaField(("attachments", index, "file"), attachment.file)

    @property
    def has_content(self) -> bool:
        """Return that a document's record is worth a page."""
        return True

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.effective_on and self.expires_on and self.expires_on < self.effective_on:
            message = "Ngày hết hiệu lực (expires_on) trước ngày có hiệu lực (effective_on)."
            raise Invalid("validity-order", message, "xem lại hai ngày.", at="expires_on")
        return self


class Attachment(NamedTuple):
    """A file offered for download."""

    file: File
    label: str


class Signatory(NamedTuple):
    """Who signed a document."""

    name: str
    position: str | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Document(Item):
    """An official document; `subject` is its trích yếu."""

    document_number: str
    document_type: str
    issuing_body: str
    issued_on: date
    subject: str
    effective_on: date | None
    expires_on: date | None
    suspended_on: date | None
    signatory: Signatory | None
    attachments: tuple[Attachment, ...]
    source_url: str | None
    amends: tuple[Related, ...]
    replaces: tuple[Related, ...]
    repeals: tuple[Related, ...]
    amended_by: tuple[Related, ...]
    replaced_by: tuple[Related, ...]
    repealed_by: tuple[Related, ...]
    validity: Validity | None  # None: a document of the Party, which carries no badge
    unsure: tuple[tuple[str, str], ...] = ()  # relation and number of what ends or changes it on a day that is not known

    @property
    def heading(self) -> str:
        """Return the subject."""
        return self.subject

    @property
    def overline(self) -> str:
        """Return type and number."""
        return f"{self.document_type} {self.document_number}"

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return the attachments."""
        return tuple(Offer(attachment.label, attachment.file) for attachment in self.attachments)

    @property
    def turning_days(self) -> tuple[date, ...]:
        """Return the days on which its validity changes."""
        return tuple(day for day in (self.effective_on, self.expires_on, self.suspended_on) if day)

    @property
    def related(self) -> tuple[Related, ...]:
        """Return the documents that it affects, and that affect it."""
        return tuple(document for name in BOTH_SIDES for document in getattr(self, name))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return its own number and the numbers of related documents."""
        return (self.document_number, *(document.number for document in self.related))

    def year(self, zone: ZoneInfo) -> int:
        """Return the year of issue."""
        return self.issued_on.year

    @property
    def happened_at(self) -> datetime:
        """Return the day of issue."""
        return datetime.combine(self.issued_on, time(), UTC)

    @property
    def tie_break(self) -> int:
        """Return a key that puts the document first that was issued last."""
        return -self.issued_on.toordinal()


def resolve(fields: DocumentFields, context: ResolveContext) -> dict[str, Any]:
    """Return a document's own values."""
    names = "document_number document_type issuing_body issued_on subject effective_on expires_on suspended_on source_url"
    signatory, relations = fields.signatory, context.relations
    return {
        **{name: getattr(fields, name) for name in names.split()},
        **relations.related,
        "signatory": Signatory(**dict(signatory)) if signatory else None,
        "attachments": tuple(
            Attachment(context.files[attachment.file], attachment.label)
            for attachment in fields.attachments
            if attachment.file in context.files
        ),
        "validity": validity_of(fields, relations.ended, relations.amended, context.as_of, dict(relations.unsure)),
        "unsure": relations.unsure,
    }


class Dated(Protocol):
    """A document's number and the days on which its validity changes."""

    @property
    def document_number(self) -> str:
        """Return its number."""

    @property
    def effective_on(self) -> date | None:
        """Return its first day in force."""

    @property
    def expires_on(self) -> date | None:
        """Return its first day out of force."""

    @property
    def suspended_on(self) -> date | None:
        """Return the day of its suspension."""


def validity_of(fields: Dated, ended: bool, amended: bool, as_of: datetime, unsure: Collection[str] = ()) -> Validity | None:
    """Return a document's validity, or None for the Party's.

    `ended` and `amended` are the effects of other documents in force; `unsure` are relations whose day of effect is unknown. Without a day
    the validity is unverified. An amendment alone never ends it.
    """
    if is_party_number(fields.document_number):
        return None
    today = as_of.date()
    if ended or (fields.expires_on and fields.expires_on <= today):
        return Validity.LAPSED
    if fields.suspended_on and fields.suspended_on <= today:
        return Validity.SUSPENDED
    if not fields.effective_on:
        return Validity.UNVERIFIED
    if fields.effective_on > today:
        return Validity.NOT_YET
    if {"replaced_by", "repealed_by"} & set(unsure) or (unsure and not amended):
        return Validity.UNVERIFIED
    return Validity.PARTLY_LAPSED if amended else Validity.IN_FORCE


DOCUMENT = ItemType(
    kind=Kind.DOCUMENT, label="Văn bản", singular="văn bản", names=("van ban", "vb"), fields=DocumentFields, item=Document, resolve=resolve,
    section=urls.DOCUMENTS, icon="file", stylesheet="document", slug_field="document_number",
)  # fmt: skip
