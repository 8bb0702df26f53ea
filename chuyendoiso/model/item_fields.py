"""The fields that content types share; checks, forms, docs and schemas use them.

Values arrive as text (`content.front_matter.parse_fields`) and are typed here; `model.validation` turns errors into problems.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, ClassVar, NamedTuple, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from chuyendoiso.model.parsers import (
    Invalid,
    max_entries,
    max_length,
    require_group,
    require_list,
)
from chuyendoiso.model.site import Site
from chuyendoiso.model.types import (
    Alias,
    Day,
    Group,
    Instant,
    Language,
    PicturePath,
    Reason,
    Slug,
    StatusName,
    Summary,
    Switch,
    Tag,
    Text,
    Title,
    TopicId,
    WebAddress,
)
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.model.widgets import Widget

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
    title: Annotated[Text, AfterValidator(max_length(150)), Widget(limit=150)] | None = Field(
        None, title="Tên trên Zalo", description="≤ 150 ký tự"
    )
    summary: Summary | None = Field(None, title="Tóm tắt trên Zalo", description="≤ 300 ký tự")
    exclude: Switch = Field(False, title="Không đưa lên Zalo", description="true để không đưa mục này lên kênh Zalo")


# ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class MediaField(NamedTuple):
    """A media file that a field names; the location of the field; picture or not."""

    location: tuple[str | int, ...]
    name: str
    is_picture: bool = False


class ContentLink(NamedTuple):
    """A content file that a field names: where the field is, and its link."""

    location: tuple[str | int, ...]
    link: str


class StatusFields(Group):
    """The fields of everything that is published: status and slug."""

    longest_body: ClassVar[int | None] = None  # characters of a text that its readers finish

    status: StatusName = Field(
        EditorStatus.PUBLISHED, title="Trạng thái", description="draft (nháp), published (đăng, mặc định), withdrawn (gỡ)"
    )
    withdrawn_reason: Reason | None = Field(None, title="Lý do gỡ", description="bắt buộc khi status là withdrawn")
    slug: Slug | None = Field(
        None, title="Tên trong địa chỉ", description="mặc định lấy từ tên tệp", examples=["nhin-lai-nam-2022"]
    )

    def transitions(self, site: Site) -> Iterator[datetime]:
        """Yield every instant at which something about the file changes by itself."""
        return iter(())

    def media(self) -> Iterator[MediaField]:
        """Yield the media files that fields name."""
        return iter(())

    def content_links(self) -> Iterator[ContentLink]:
        """Yield the content files that fields name."""
        return iter(())

    @property
    def phrasings(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Return the question that the file answers, in every wording, by location."""
        return ()

    @property
    def has_content(self) -> bool:
        """Return whether the fields alone justify a page: a document, a session."""
        return False

    @model_validator(mode="after")
    def _reason(self) -> Self:
        if self.status is EditorStatus.WITHDRAWN and not self.withdrawn_reason:
            message = "Mục đã gỡ (status: withdrawn) nhưng không có lý do."
            raise Invalid("withdrawn-reason", message, "thêm dòng withdrawn_reason: và ghi lý do cho người đọc.", at="status")
        return self


class ItemFields(StatusFields):
    """The fields that all kinds but pages have."""

    title: Title = Field(title="Tên bài", description="≤ 200 ký tự")
    date: Instant = Field(
        title="Ngày đăng",
        description="ngày, hoặc ngày và giờ; ở tương lai thì bài tự lên khi đến giờ",
        examples=["2026-11-23 08:00"],
    )
    summary: Summary = Field(title="Tóm tắt", description="một, hai câu, chữ thường, ≤ 300 ký tự")
    topic: TopicId = Field(title="Chủ đề", description="slug của một chủ đề trong site.yml", examples=["xa-hoi-so"])
    tags: Annotated[tuple[Tag, ...], BeforeValidator(require_list), AfterValidator(max_entries(MOST_TAGS))] = Field(
        (), title="Từ khóa", description="danh sách, ≤ 30 từ khóa", examples=["[tập huấn, Zalo]"]
    )
    authors: Annotated[tuple[Text, ...], BeforeValidator(require_list)] = Field((), title="Tác giả", description="danh sách họ tên")
    cover: Annotated[CoverFields, BeforeValidator(require_group)] | None = Field(
        None, title="Ảnh đại diện", description="nhóm trường"
    )
    modified: Instant | None = Field(None, title="Ngày sửa", description="lần sửa gần nhất", examples=["2026-12-01"])
    change_note: Text | None = Field(None, title="Ghi chú sửa đổi", description="có thì là sửa đổi lớn, được gửi lại tới các kênh")
    corrections: Annotated[tuple[CorrectionFields, ...], BeforeValidator(require_list)] = Field(
        (), title="Đính chính", description="danh sách"
    )
    source: Annotated[OriginFields, BeforeValidator(require_group)] | None = Field(
        None, title="Nguồn bài", description="nơi đăng đầu tiên"
    )
    pinned_until: Day | None = Field(
        None, title="Ghim đến hết ngày", description="đứng đầu mục của mình trên trang chủ đến hết ngày này"
    )
    aliases: Annotated[tuple[Alias, ...], BeforeValidator(require_list), AfterValidator(max_entries(MOST_ALIASES))] = Field(
        (), title="Đường dẫn cũ", description="các địa chỉ bài từng có", examples=["[/tin-tuc/2026/duong-dan-cu/]"]
    )
    zalo: Annotated[ZaloFields, BeforeValidator(require_group)] = Field(
        ZaloFields(), title="Zalo", description="chữ riêng cho kênh Zalo"
    )
    lang: Language = Field("vi", title="Ngôn ngữ", description="mặc định là vi")

    def transitions(self, site: Site) -> Iterator[datetime]:
        """Yield every instant at which something about the item changes by itself."""
        yield self.date
        if self.modified:
            yield self.modified
        if self.pinned_until:
            yield end_of(self.pinned_until, site.zone)
        yield from (start_of(correction.date, site.zone) for correction in self.corrections)

    def media(self) -> Iterator[MediaField]:
        """Yield the media files that fields name."""
        if self.cover:
            yield MediaField(("cover", "image"), self.cover.image, is_picture=True)

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if self.change_note and not self.modified:
            raise Invalid(
                "change-without-date",
                "Có change_note nhưng không có ngày sửa.",
                "thêm dòng modified: với ngày sửa.",
                at="change_note",
            )
        if self.modified and self.modified.date() < self.date.date():
            raise Invalid("modified-before-date", "Ngày sửa (modified) trước ngày đăng (date).", "xem lại hai ngày.", at="modified")
        return self


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(day, time(), zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant after a day."""
    return start_of(day + timedelta(days=1), zone)
