"""Training material, with or without a session that people attend or watch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.content_type import ItemType, ResolveContext
from chuyendoiso.model.item_fields import MOST_FILES, ItemFields, MediaField
from chuyendoiso.model.items import File, Item, Offer
from chuyendoiso.model.parsers import Invalid, max_entries, require_entries, require_group, require_list
from chuyendoiso.model.site import Site
from chuyendoiso.model.types import AudienceId, ChannelId, Clock, Count, Group, Instant, MediaPath, Minutes, Text, WebAddress
from chuyendoiso.model.vocabulary import Kind


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
            raise Invalid("material-place", message, "giữ một trường, xóa hoặc thêm trường kia.")
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
    meeting_points: Annotated[tuple[MeetingPointFields, ...], BeforeValidator(require_list)] = Field(
        (), title="Điểm cầu", description="các nơi xem chung"
    )
    streams: Annotated[tuple[StreamFields, ...], BeforeValidator(require_list)] = Field(
        (), title="Kênh phát trực tiếp", description="các địa chỉ phát"
    )
    agenda: Annotated[tuple[AgendaFields, ...], BeforeValidator(require_list)] = Field(
        (), title="Chương trình", description="giờ và việc"
    )
    recording: WebAddress | None = Field(None, title="Bản ghi", description="địa chỉ xem lại", examples=["https://…"])
    attendance: Annotated[AttendanceFields, BeforeValidator(require_group)] | None = Field(
        None, title="Số người dự", description="sau hội nghị"
    )

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.ends_at.timestamp() <= self.starts_at.timestamp():  # of one zone, datetimes compare by their clocks
            raise Invalid("session-order", "Giờ kết thúc không sau giờ bắt đầu.", "xem lại starts_at và ends_at.", at="ends_at")
        return self


class TrainingFields(ItemFields):
    """Training material, with or without a session."""

    audience: Annotated[tuple[AudienceId, ...], BeforeValidator(require_list), AfterValidator(require_entries)] = Field(
        title="Đối tượng", description="danh sách id trong site.yml", examples=["[nguoi-dan]"]
    )
    materials: Annotated[tuple[MaterialFields, ...], BeforeValidator(require_list), AfterValidator(max_entries(MOST_FILES))] = (
        Field((), title="Tài liệu", description="danh sách")
    )
    session: Annotated[SessionFields, BeforeValidator(require_group)] | None = Field(
        None, title="Hội nghị", description="nhóm trường"
    )

    def transitions(self, site: Site) -> Iterator[datetime]:
        """Yield every instant at which something about the item changes by itself."""
        yield from super().transitions(site)
        if self.session:
            yield from (self.session.starts_at, self.session.ends_at)

    def media(self) -> Iterator[MediaField]:
        """Yield the media files that fields name."""
        yield from super().media()
        for index, material in enumerate(self.materials):
            if material.file:
                yield MediaField(("materials", index, "file"), material.file)

    @property
    def has_content(self) -> bool:
        """Return whether there is a session, or something to take along."""
        return bool(self.session or self.materials)


class Material(NamedTuple):
    """A file or a link offered with a training; exactly one of both is set."""

    file: File | None
    url: str | None
    label: str
    format: str | None
    minutes: int | None


class MeetingPoint(NamedTuple):
    """A place where people watch together."""

    name: str
    locality: str | None
    address: str | None


class Stream(NamedTuple):
    """A live broadcast on a channel of site.yml."""

    channel: str
    url: str


class AgendaEntry(NamedTuple):
    """One line of an agenda."""

    at: str
    what: str


class Attendance(NamedTuple):
    """Attendance at meeting points and online; counted differently, never added up."""

    meeting_points: int | None
    online: int | None


class Session(NamedTuple):
    """The conference a training belongs to."""

    starts_at: datetime
    ends_at: datetime
    organizer: str | None
    venue: str | None
    meeting_points: tuple[MeetingPoint, ...]
    streams: tuple[Stream, ...]
    agenda: tuple[AgendaEntry, ...]
    recording: str | None
    attendance: Attendance | None
    phase: str  # before, during or after


@dataclass(frozen=True, kw_only=True, repr=False)
class Training(Item):
    """Training material, with or without a session."""

    audience: tuple[str, ...]
    materials: tuple[Material, ...]
    session: Session | None

    @property
    def happened_at(self) -> datetime:
        """Return when the session starts, else of publication."""
        return self.session.starts_at if self.session else self.date

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return the materials."""
        return tuple(Offer(material.label, material.file, material.url) for material in self.materials)


def resolve(fields: TrainingFields, context: ResolveContext) -> dict[str, Any]:
    """Return a training's own values."""
    materials = tuple(
        Material(context.files.get(material.file or ""), material.url, material.label, material.format, material.duration)
        for material in fields.materials
        if material.url or material.file in context.files
    )
    session = _resolve_session(fields.session, context) if fields.session else None
    return {"audience": fields.audience, "materials": materials, "session": session}


def _resolve_session(session: SessionFields, context: ResolveContext) -> Session:
    """Return a session, its streams in the order of site.yml's channels."""
    places = {channel.id: place for place, channel in enumerate(context.site.channels)}
    parts = {
        "meeting_points": tuple(MeetingPoint(**dict(point)) for point in session.meeting_points),
        "streams": tuple(Stream(**dict(stream)) for stream in sorted(session.streams, key=lambda stream: places[stream.channel])),
        "agenda": tuple(AgendaEntry(**dict(entry)) for entry in session.agenda),
        "attendance": Attendance(**dict(session.attendance)) if session.attendance else None,
        "phase": phase_at(session.starts_at, session.ends_at, context.as_of),
    }
    return Session(**{**dict(session), **parts})


def phase_at(starts: datetime, ends: datetime, as_of: datetime) -> str:
    """Return the phase of a session at an instant: before, during or after."""
    if as_of < starts:
        return "before"
    return "during" if as_of < ends else "after"


TRAINING = ItemType(
    kind=Kind.TRAINING, label="Tập huấn và tài liệu", singular="bài tập huấn", names=("tap huan", "tai lieu", "hoi nghi"),
    fields=TrainingFields, item=Training, resolve=resolve, section=urls.TRAININGS, icon="people", stylesheet="training",
)  # fmt: skip
