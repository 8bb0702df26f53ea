"""The schema: every field that an editor may write, once. Checks, forms, docs and the JSON Schema all come from here.

Values arrive as text (see `source.parse_fields`) and are typed here; `domain.checks` tells what is wrong as problems with their lines.
"""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from chuyendoiso.domain.inputs import Input
from chuyendoiso.domain.parsers import (
    Wrong,
    few,
    limited,
    listed,
    mapped,
    some,
)
from chuyendoiso.domain.types import (
    Alias,
    AudienceId,
    ChannelId,
    Clock,
    Count,
    Day,
    DocumentNumber,
    DocumentType,
    Group,
    Instant,
    IssuerId,
    Language,
    MediaPath,
    Minutes,
    PicturePath,
    Slug,
    StatusName,
    Subject,
    Summary,
    Switch,
    Tag,
    Text,
    Title,
    TopicId,
    WebAddress,
)
from chuyendoiso.domain.vocabulary import Status

MOST_TAGS = 30  # each tag, alias and format of materials is a page: one item may not make thousands
MOST_ALIASES = 50
MOST_FILES = 100  # materials, attachments

# ── parts of an item ────────────────────────────────────────────────────────────────────────────────────────────────────


class CoverFields(Group):
    image: PicturePath = Field(
        title="Ảnh đại diện", description="tệp ảnh trong content/media/", examples=["/media/2026/hoi-nghi.jpg"]
    )
    alt: Text = Field(title="Mô tả ảnh", description="ảnh cho thấy gì, cho người không nhìn được ảnh", examples=["Hội trường"])
    caption: Text | None = Field(None, title="Chú thích ảnh", description="dòng dưới ảnh")
    credit: Text | None = Field(None, title="Nguồn ảnh", description="ai chụp")


class CorrectionFields(Group):
    date: Day = Field(title="Ngày đính chính", description="ngày sửa", examples=["2026-12-01"])
    note: Text = Field(title="Nội dung đính chính", description="đã sửa gì")


class OriginFields(Group):
    name: Text = Field(title="Tên nguồn", description="báo, đài hoặc cơ quan đã đăng")
    url: WebAddress | None = Field(None, title="Địa chỉ nguồn", description="trang gốc", examples=["https://…"])


class ZaloFields(Group):
    title: Annotated[Text, AfterValidator(limited(150)), Input(limit=150)] | None = Field(
        None, title="Tên trên Zalo", description="≤ 150 ký tự"
    )
    summary: Summary | None = Field(None, title="Tóm tắt trên Zalo", description="≤ 300 ký tự")
    exclude: Switch = Field(False, title="Không đưa lên Zalo", description="true để không đưa mục này lên kênh Zalo")


class SignatoryFields(Group):
    name: Annotated[Text, AfterValidator(limited(50)), Input(limit=50)] = Field(title="Người ký", description="họ tên")
    position: Annotated[Text, AfterValidator(limited(100)), Input(limit=100)] | None = Field(
        None, title="Chức vụ người ký", description="chức vụ"
    )


class AttachmentFields(Group):
    file: MediaPath = Field(
        title="Tệp đính kèm", description="tệp trong content/media/", examples=["/media/van-ban/749-qd-ttg.pdf"]
    )
    label: Text = Field(title="Tên tệp", description="tên hiện cho người đọc", examples=["Bản gốc (PDF)"])


class RelationFields(Group):
    number: DocumentNumber = Field(title="Số, ký hiệu văn bản liên quan", description="số, ký hiệu", examples=["1726/QĐ-TTg"])
    issuing_body: IssuerId | None = Field(None, title="Cơ quan ban hành văn bản liên quan", description="id trong site.yml")
    issued_on: Day | None = Field(None, title="Ngày ban hành văn bản liên quan", description="ngày ban hành")


def _relation(value: Any) -> Any:
    return {"number": value} if isinstance(value, str) else mapped(value)


Relations = Annotated[tuple[Annotated[RelationFields, BeforeValidator(_relation)], ...], BeforeValidator(listed)]


class MaterialFields(Group):
    file: MediaPath | None = Field(
        None, title="Tệp tài liệu", description="tệp trong content/media/", examples=["/media/so-tay.pdf"]
    )
    url: WebAddress | None = Field(None, title="Địa chỉ tài liệu", description="khi tài liệu ở nơi khác", examples=["https://…"])
    label: Text = Field(title="Tên tài liệu", description="tên hiện cho người đọc", examples=["Sổ tay"])
    format: Text | None = Field(None, title="Dạng tài liệu", description="video, slide, pdf…", examples=["video"])
    duration: Minutes | None = Field(None, title="Thời lượng", description="45m, 1h hoặc 1h30m", examples=["45m"])

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.file is None) == (self.url is None):
            message = f'Tài liệu "{self.label}" phải có đúng một trong hai: file hoặc url.'
            raise Wrong("material-place", message, "giữ một trường, xóa hoặc thêm trường kia.")
        return self


class MeetingPointFields(Group):
    name: Text = Field(title="Tên điểm cầu", description="tên nơi họp", examples=["Nhà văn hóa xã …"])
    locality: Text | None = Field(None, title="Xã, phường", description="xã, phường của điểm cầu")
    address: Text | None = Field(None, title="Địa chỉ điểm cầu", description="số nhà, đường, thôn")


class StreamFields(Group):
    channel: ChannelId = Field(title="Kênh phát", description="id kênh trong site.yml", examples=["coc-coc"])
    url: WebAddress = Field(title="Địa chỉ phát", description="đường link xem trực tuyến", examples=["https://…"])


class AgendaFields(Group):
    at: Clock = Field(title="Giờ", description="giờ và phút", examples=['"14:00"'])
    what: Text = Field(title="Nội dung", description="việc diễn ra")


class AttendanceFields(Group):
    meeting_points: Count | None = Field(None, title="Số người tại điểm cầu", description="số người")
    online: Count | None = Field(None, title="Số lượt trực tuyến", description="số lượt xem")


class SessionFields(Group):
    starts_at: Instant = Field(title="Giờ bắt đầu", description="ngày và giờ", examples=["2026-12-10 14:00"])
    ends_at: Instant = Field(title="Giờ kết thúc", description="ngày và giờ", examples=["2026-12-10 16:30"])
    organizer: Text | None = Field(None, title="Đơn vị tổ chức", description="cơ quan chủ trì")
    venue: Text | None = Field(None, title="Hội trường chính", description="nơi tổ chức")
    meeting_points: Annotated[tuple[MeetingPointFields, ...], BeforeValidator(listed)] = Field(
        (), title="Điểm cầu", description="các nơi xem chung"
    )
    streams: Annotated[tuple[StreamFields, ...], BeforeValidator(listed)] = Field(
        (), title="Kênh phát trực tiếp", description="các địa chỉ phát"
    )
    agenda: Annotated[tuple[AgendaFields, ...], BeforeValidator(listed)] = Field(
        (), title="Chương trình", description="giờ và việc"
    )
    recording: WebAddress | None = Field(None, title="Bản ghi", description="địa chỉ xem lại", examples=["https://…"])
    attendance: Annotated[AttendanceFields, BeforeValidator(mapped)] | None = Field(
        None, title="Số người dự", description="sau hội nghị"
    )

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.ends_at.timestamp() <= self.starts_at.timestamp():  # of one zone, datetimes compare by their clocks
            raise Wrong("session-order", "Giờ kết thúc không sau giờ bắt đầu.", "xem lại starts_at và ends_at.", at="ends_at")
        return self


# ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _WithStatus(Group):
    status: StatusName = Field(
        Status.PUBLISHED, title="Trạng thái", description="draft (nháp), published (đăng, mặc định), withdrawn (gỡ)"
    )
    withdrawn_reason: Text | None = Field(None, title="Lý do gỡ", description="bắt buộc khi status là withdrawn")
    slug: Slug | None = Field(
        None, title="Tên trong địa chỉ", description="mặc định lấy từ tên tệp", examples=["nhin-lai-nam-2022"]
    )

    @model_validator(mode="after")
    def _reason(self) -> Self:
        if self.status is Status.WITHDRAWN and not self.withdrawn_reason:
            message = "Mục đã gỡ (status: withdrawn) nhưng không có lý do."
            raise Wrong("withdrawn-reason", message, "thêm dòng withdrawn_reason: và ghi lý do cho người đọc.", at="status")
        return self


class ItemFields(_WithStatus):
    """The fields that all three kinds have."""

    title: Title = Field(title="Tên bài", description="≤ 200 ký tự")
    date: Instant = Field(
        title="Ngày đăng",
        description="ngày, hoặc ngày và giờ; ở tương lai thì bài tự lên khi đến giờ",
        examples=["2026-11-23 08:00"],
    )
    summary: Summary = Field(title="Tóm tắt", description="một, hai câu, chữ thường, ≤ 300 ký tự")
    topic: TopicId = Field(title="Chủ đề", description="slug của một chủ đề trong site.yml", examples=["xa-hoi-so"])
    tags: Annotated[tuple[Tag, ...], BeforeValidator(listed), AfterValidator(few(MOST_TAGS))] = Field(
        (), title="Từ khóa", description="danh sách, ≤ 30 từ khóa", examples=["[tập huấn, Zalo]"]
    )
    authors: Annotated[tuple[Text, ...], BeforeValidator(listed)] = Field((), title="Tác giả", description="danh sách họ tên")
    cover: Annotated[CoverFields, BeforeValidator(mapped)] | None = Field(None, title="Ảnh đại diện", description="nhóm trường")
    modified: Instant | None = Field(None, title="Ngày sửa", description="lần sửa gần nhất", examples=["2026-12-01"])
    change_note: Text | None = Field(None, title="Ghi chú sửa đổi", description="có thì là sửa đổi lớn, được gửi lại tới các kênh")
    corrections: Annotated[tuple[CorrectionFields, ...], BeforeValidator(listed)] = Field(
        (), title="Đính chính", description="danh sách"
    )
    source: Annotated[OriginFields, BeforeValidator(mapped)] | None = Field(
        None, title="Nguồn bài", description="nơi đăng đầu tiên"
    )
    pinned_until: Day | None = Field(
        None, title="Ghim đến hết ngày", description="đứng đầu mục của mình trên trang chủ đến hết ngày này"
    )
    aliases: Annotated[tuple[Alias, ...], BeforeValidator(listed), AfterValidator(few(MOST_ALIASES))] = Field(
        (), title="Đường dẫn cũ", description="các địa chỉ bài từng có", examples=["[/tin-tuc/2026/duong-dan-cu/]"]
    )
    zalo: Annotated[ZaloFields, BeforeValidator(mapped)] = Field(ZaloFields(), title="Zalo", description="chữ riêng cho kênh Zalo")
    lang: Language = Field("vi", title="Ngôn ngữ", description="mặc định là vi")

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if self.change_note and not self.modified:
            raise Wrong(
                "change-without-date",
                "Có change_note nhưng không có ngày sửa.",
                "thêm dòng modified: với ngày sửa.",
                at="change_note",
            )
        if self.modified and self.modified.date() < self.date.date():
            raise Wrong("modified-before-date", "Ngày sửa (modified) trước ngày đăng (date).", "xem lại hai ngày.", at="modified")
        return self


class NewsFields(ItemFields):
    """A news article."""


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
    signatory: Annotated[SignatoryFields, BeforeValidator(mapped)] | None = Field(None, title="Người ký", description="nhóm trường")
    attachments: Annotated[tuple[AttachmentFields, ...], BeforeValidator(listed), AfterValidator(few(MOST_FILES))] = Field(
        (), title="Tệp đính kèm", description="danh sách"
    )
    source_url: WebAddress | None = Field(None, title="Địa chỉ bản gốc", description="trang của cơ quan ban hành")
    amends: Relations = Field((), title="Sửa đổi, bổ sung", description="văn bản được sửa đổi")
    replaces: Relations = Field((), title="Thay thế", description="văn bản được thay thế")
    repeals: Relations = Field((), title="Bãi bỏ", description="văn bản bị bãi bỏ")

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.effective_on and self.expires_on and self.expires_on < self.effective_on:
            message = "Ngày hết hiệu lực (expires_on) trước ngày có hiệu lực (effective_on)."
            raise Wrong("validity-order", message, "xem lại hai ngày.", at="expires_on")
        return self


class TrainingFields(ItemFields):
    """Training material, with or without a session."""

    audience: Annotated[tuple[AudienceId, ...], BeforeValidator(listed), AfterValidator(some)] = Field(
        title="Đối tượng", description="danh sách id trong site.yml", examples=["[nguoi-dan]"]
    )
    materials: Annotated[tuple[MaterialFields, ...], BeforeValidator(listed), AfterValidator(few(MOST_FILES))] = Field(
        (), title="Tài liệu", description="danh sách"
    )
    session: Annotated[SessionFields, BeforeValidator(mapped)] | None = Field(None, title="Hội nghị", description="nhóm trường")


class PageFields(_WithStatus):
    """A plain page."""

    title: Title = Field(title="Tên trang", description="≤ 200 ký tự")
    summary: Summary = Field(title="Tóm tắt", description="≤ 300 ký tự")
