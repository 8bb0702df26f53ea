"""The schema: every field that an editor may write, once. Checks, forms, docs and the JSON Schema all come from here.

Values arrive as text (see `source.parse_fields`) and are typed here. An error carries a rule id, a message with `{label}` for the
field's Vietnamese name, and a remedy; `domain.checks` turns it into a `Problem` with its line.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from chuyendoiso.domain.vietnamese import fold, slugify, unify_tones
from chuyendoiso.domain.vocabulary import DOCUMENT_TYPES, Status

FIRST_YEAR, LAST_YEAR = 1900, 2200  # a date outside is a slip of the keyboard


@dataclass(frozen=True)
class Known:
    """What fields may refer to: the ids of site.yml, and its zone."""

    zone: ZoneInfo
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


def wrong(rule: str, message: str, remedy: str, at: str | None = None) -> PydanticCustomError:
    """Return the error of a field; `{label}` in the message stands for the field's name.

    The error of a group as a whole says `at` which of its fields to look.
    """
    return PydanticCustomError("problem", "{rule}", {"rule": rule, "message": message, "remedy": remedy, "at": at})


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Return the known value most like this one, marks and case apart; None where nothing is like it."""
    folded = {fold(name): name for name in known}
    found = get_close_matches(fold(value), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def parse_text(value: Any) -> str:
    """Return one line of text; runs of white space become one space."""
    if not isinstance(value, str):
        raise wrong("wrong-type", "{label} phải là một dòng chữ.", "ghi giá trị trên một dòng, không dùng danh sách.")
    text = " ".join(value.split())
    if not text:
        raise wrong("empty-field", "{label} để trống.", "ghi giá trị, hoặc xóa dòng này nếu trường không bắt buộc.")
    return text


def _limited(limit: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if len(text) > limit:
            message = f'{{label}} "{text[:40]}…" dài {len(text)} ký tự, tối đa {limit}.'
            raise wrong("too-long", message, f"rút gọn còn không quá {limit} ký tự.")
        return text

    return check


Text = Annotated[str, BeforeValidator(parse_text)]
Title = Annotated[Text, AfterValidator(_limited(200))]
Summary = Annotated[Text, AfterValidator(_limited(300))]
Subject = Annotated[Text, AfterValidator(_limited(500))]


def parse_slug(value: Any) -> str:
    """Return a slug: words of a-z and 0-9 joined by single hyphens, at most 100 characters."""
    text = parse_text(value)
    if text != slugify(text) or len(text) > 100:
        suggestion = slugify(text)[:100].strip("-") or "bai-viet"
        message = f'{{label}} "{text}" không dùng được trong địa chỉ trang.'
        raise wrong("invalid-slug", message, f"chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: {suggestion}.")
    return text


Slug = Annotated[str, BeforeValidator(parse_slug)]


def parse_tag(value: Any) -> str:
    """Return a tag with its tones placed the old way; it must have a slug."""
    tag = unify_tones(parse_text(value))
    if not slugify(tag):
        raise wrong("invalid-tag", f'{{label}} "{tag}" không có chữ hoặc số nào.', "dùng từ có chữ hoặc số.")
    return _limited(60)(tag)


Tag = Annotated[str, BeforeValidator(parse_tag)]


def one_of(attribute: str, what: str) -> Callable[[Any, ValidationInfo[Known]], str]:
    """Return a parser for an id that site.yml must list under `attribute` of `Known`."""

    def parse(value: Any, info: ValidationInfo[Known]) -> str:
        text = parse_text(value)
        known: tuple[str, ...] = getattr(info.context, attribute)
        if text in known:
            return text
        close = nearest(text, known)
        remedy = f"có phải là {close}?" if close else f"dùng một trong: {', '.join(known) or '(site.yml chưa có mục nào)'}."
        raise wrong(f"unknown-{attribute.removesuffix('s')}", f'{{label}} "{text}" không có trong {what} của site.yml.', remedy)

    return parse


TopicId = Annotated[str, BeforeValidator(one_of("topics", "mục topics"))]
AudienceId = Annotated[str, BeforeValidator(one_of("audiences", "mục audiences"))]
IssuerId = Annotated[str, BeforeValidator(one_of("issuers", "mục issuers"))]
ChannelId = Annotated[str, BeforeValidator(one_of("channels", "mục channels"))]


def parse_address(value: Any) -> str:
    """Return an http or https address with a host and no white space."""
    text = parse_text(value)
    try:
        parts = urlsplit(text)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"'\\]", text)
    except ValueError:
        fine = False
    if not fine:
        raise wrong("invalid-url", f'{{label}} "{text}" không phải địa chỉ web.', "ghi đầy đủ, bắt đầu bằng https://.")
    return text


def parse_email(value: Any) -> str:
    """Return an e-mail address."""
    text = parse_text(value)
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+", text):
        raise wrong("invalid-email", f'{{label}} "{text}" không phải địa chỉ thư điện tử.', "ghi dạng ten@tenmien.vn.")
    return text


WebAddress = Annotated[str, BeforeValidator(parse_address)]


def parse_alias(value: Any) -> str:
    """Return a former path of the site: `/…/`, ASCII, without `.` and `..` segments."""
    text = parse_text(value)
    if not re.fullmatch(r"/(?:[A-Za-z0-9_~.-]+/)+", text) or re.search(r"/\.\.?/", text):
        message = f'{{label}} "{text}" không phải đường dẫn cũ của trang.'
        raise wrong("invalid-alias", message, "ghi đường dẫn bắt đầu và kết thúc bằng dấu /, ví dụ /tin-tuc/2026/duong-dan-cu/.")
    return text


Alias = Annotated[str, BeforeValidator(parse_alias)]


def parse_media(value: Any) -> str:
    """Return the path of a file under content/media/, from the content folder's root: `media/…`."""
    text = parse_text(value)
    for prefix in ("{static}", "{filename}"):
        text = text.removeprefix(prefix)
    if not text.startswith("/media/") or "/../" in f"{text}/" or "/./" in f"{text}/" or "\\" in text:
        message = f'{{label}} "{text}" không nằm trong content/media/.'
        raise wrong(
            "outside-media", message, f"đặt tệp vào content/media/ và ghi /media/{text.replace(chr(92), '/').split('/')[-1]}."
        )
    return text.removeprefix("/")


MediaPath = Annotated[str, BeforeValidator(parse_media)]


# ── dates, numbers, words ───────────────────────────────────────────────────────────────────────────────────────────────

_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(.*)")


def _invalid_date(text: str, *, clock: bool) -> PydanticCustomError:
    """Tell what is wrong with a date (and, with `clock`, its time), and suggest the right writing where there is one."""
    example = "ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28."
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        if not (found := pattern.fullmatch(text)):
            continue
        year, month, day = (int(found[group]) for group in order)
        try:
            meant = date(year, month, day)
        except ValueError:
            return wrong("invalid-date", f'{{label}} "{text}" không tồn tại.', example)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return wrong("invalid-date", f'{{label}} "{text}" nằm ngoài các năm {FIRST_YEAR}–{LAST_YEAR}.', example)
        rest = found[4]
        if rest and not clock:
            return wrong("invalid-date", f'{{label}} "{text}" chỉ nhận ngày, không có giờ.', f"ghi {meant.isoformat()}.")
        if rest and not re.fullmatch(r"[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", rest):
            return wrong(
                "invalid-date", f'{{label}} "{text}" có giờ không hợp lệ.', f"ghi giờ và phút, ví dụ {meant.isoformat()} 08:00."
            )
        message = f'{{label}} "{text}" viết không theo thứ tự năm-tháng-ngày.'
        return wrong("invalid-date", message, f"ghi {meant.isoformat()}{rest}.")
    if re.fullmatch(r"\d{4}(-\d{2})?", text):
        return wrong("invalid-date", f'{{label}} "{text}" thiếu ngày, tháng.', "ghi đủ năm-tháng-ngày, ví dụ 2025-02-28.")
    return wrong("invalid-date", f'{{label}} "{text}" không phải ngày, giờ hợp lệ.', example)


def parse_instant(value: Any, info: ValidationInfo[Known]) -> datetime:
    """Return an instant with a zone: the one written, else site.yml's. A day alone is its first minute."""
    text = parse_text(value)
    found = _INSTANT.fullmatch(text)
    if not found:
        raise _invalid_date(text, clock=True)
    try:
        day = date.fromisoformat(found[1])
        clock = time.fromisoformat(f"{found[2] or '00:00'}:{found[3] or '00'}")
        zone = datetime.fromisoformat(f"2000-01-01T00:00:00{found[4]}").tzinfo if found[4] else info.context.zone
    except ValueError:
        raise _invalid_date(text, clock=True) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _invalid_date(text, clock=True)
    return datetime.combine(day, clock, zone).astimezone(info.context.zone)


def parse_day(value: Any) -> date:
    """Return a day written `2026-12-31`."""
    text = parse_text(value)
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _invalid_date(text, clock=False)
    return day


Instant = Annotated[datetime, BeforeValidator(parse_instant)]
Day = Annotated[date, BeforeValidator(parse_day)]


def parse_count(value: Any) -> int:
    """Return a whole number of at least 0, written in digits alone."""
    text = parse_text(value)
    if not re.fullmatch(r"\d{1,12}", text):
        raise wrong("invalid-number", f'{{label}} "{text}" không phải số nguyên.', "chỉ ghi chữ số, ví dụ 22780.")
    return int(text)


Count = Annotated[int, BeforeValidator(parse_count)]


def parse_switch(value: Any) -> bool:
    """Return what `true` or `false` says."""
    text = parse_text(value)
    if text not in {"true", "false"}:
        raise wrong("invalid-switch", f'{{label}} "{text}" không phải true hoặc false.', "ghi true (có) hoặc false (không).")
    return text == "true"


def parse_minutes(value: Any) -> int:
    """Return the minutes of a duration written `45m`, `1h` or `1h30m`."""
    text = parse_text(value)
    found = re.fullmatch(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?", text)
    if not found or not any(found.groups()):
        raise wrong("invalid-duration", f'{{label}} "{text}" không phải thời lượng.', "ghi 45m, 1h hoặc 1h30m.")
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def parse_clock(value: Any) -> str:
    """Return a time of day written `14:00`."""
    text = parse_text(value)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise wrong("invalid-time", f'{{label}} "{text}" không phải giờ trong ngày.', 'ghi giờ và phút, ví dụ "14:00".')
    return text


def parse_document_number(value: Any) -> str:
    """Return a document's number and symbol: `749/QĐ-TTg`, `42/2022/NĐ-CP`, `09-NQ/TU`."""
    text = parse_text(value)
    if not re.fullmatch(r"\d{1,11}[a-zA-Z]?[/-][^\s/][^\s]{0,40}", text):
        message = f'{{label}} "{text}" không có dạng số và ký hiệu.'
        raise wrong("invalid-document-number", message, "ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg.")
    return text


def parse_document_type(value: Any) -> str:
    """Return one of the types of document in force."""
    text = parse_text(value)
    if text in DOCUMENT_TYPES:
        return text
    close = nearest(text, DOCUMENT_TYPES)
    remedy = f"có phải là {close}?" if close else f"dùng một trong: {', '.join(DOCUMENT_TYPES)}."
    raise wrong("unknown-document-type", f'{{label}} "{text}" không có trong danh mục loại văn bản.', remedy)


def parse_status(value: Any) -> Status:
    """Return draft, published or withdrawn."""
    text = parse_text(value)
    if text not in {status.value for status in Status}:
        close = nearest(text, [status.value for status in Status])
        remedy = f"có phải là {close}?" if close else "ghi draft, published hoặc withdrawn."
        raise wrong("unknown-status", f'{{label}} "{text}" không có.', remedy)
    return Status(text)


def parse_language(value: Any) -> str:
    """Return a language tag such as `vi` or `en-GB`."""
    text = parse_text(value)
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise wrong("invalid-language", f'{{label}} "{text}" không phải mã ngôn ngữ.', "ghi mã như vi hoặc en.")
    return text


def parse_timezone(value: Any) -> str:
    """Return the name of a zone of the IANA database."""
    text = parse_text(value)
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise wrong("invalid-timezone", f'{{label}} "{text}" không có.', "ghi tên như Asia/Ho_Chi_Minh.") from None
    return text


def parse_feed_authority(value: Any) -> str:
    """Return the authority of tag URIs (RFC 4151): a domain, a comma, and a year or day in which its owner held it."""
    text = parse_text(value)
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*\.[a-z0-9-]+,\d{4}(-\d{2}(-\d{2})?)?", text):
        message = f'{{label}} "{text}" không có dạng tên miền,năm.'
        raise wrong("invalid-feed-authority", message, "ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026.")
    return text


def listed(value: Any) -> Any:
    """Refuse text where a list is due."""
    if isinstance(value, list):
        return value
    items = ", ".join(part.strip() for part in str(value).split(",")) if isinstance(value, str) and value else "mục một, mục hai"
    raise wrong("wrong-type", "{label} phải là danh sách.", f"đặt các mục trong ngoặc vuông: [{items}].")


def some(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse an empty list."""
    if not values:
        raise wrong("empty-field", "{label} để trống.", "ghi ít nhất một mục.")
    return values


def mapped(value: Any) -> Any:
    """Refuse text or a list where a group of fields is due."""
    if isinstance(value, dict):
        return value
    raise wrong("wrong-type", "{label} phải là một nhóm trường.", "ghi các trường con bên dưới, mỗi trường một dòng thụt vào.")


class Group(BaseModel):
    """A group of fields; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# ── parts of an item ────────────────────────────────────────────────────────────────────────────────────────────────────


class CoverFields(Group):
    image: MediaPath = Field(
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
    title: Annotated[Text, AfterValidator(_limited(150))] | None = Field(None, title="Tên trên Zalo", description="≤ 150 ký tự")
    summary: Summary | None = Field(None, title="Tóm tắt trên Zalo", description="≤ 300 ký tự")
    exclude: Annotated[bool, BeforeValidator(parse_switch)] = Field(
        False, title="Không đưa lên Zalo", description="true để không đưa mục này lên kênh Zalo"
    )


class SignatoryFields(Group):
    name: Annotated[Text, AfterValidator(_limited(50))] = Field(title="Người ký", description="họ tên")
    position: Annotated[Text, AfterValidator(_limited(100))] | None = Field(None, title="Chức vụ người ký", description="chức vụ")


class AttachmentFields(Group):
    file: MediaPath = Field(
        title="Tệp đính kèm", description="tệp trong content/media/", examples=["/media/van-ban/749-qd-ttg.pdf"]
    )
    label: Text = Field(title="Tên tệp", description="tên hiện cho người đọc", examples=["Bản gốc (PDF)"])


class RelationFields(Group):
    number: Annotated[str, BeforeValidator(parse_document_number)] = Field(
        title="Số, ký hiệu văn bản liên quan", description="số, ký hiệu", examples=["1726/QĐ-TTg"]
    )
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
    duration: Annotated[int, BeforeValidator(parse_minutes)] | None = Field(
        None, title="Thời lượng", description="45m, 1h hoặc 1h30m", examples=["45m"]
    )

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.file is None) == (self.url is None):
            message = f'Tài liệu "{self.label}" phải có đúng một trong hai: file hoặc url.'
            raise wrong("material-place", message, "giữ một trường, xóa hoặc thêm trường kia.")
        return self


class MeetingPointFields(Group):
    name: Text = Field(title="Tên điểm cầu", description="tên nơi họp", examples=["Nhà văn hóa xã …"])
    locality: Text | None = Field(None, title="Xã, phường", description="xã, phường của điểm cầu")
    address: Text | None = Field(None, title="Địa chỉ điểm cầu", description="số nhà, đường, thôn")


class StreamFields(Group):
    channel: ChannelId = Field(title="Kênh phát", description="id kênh trong site.yml", examples=["coc-coc"])
    url: WebAddress = Field(title="Địa chỉ phát", description="đường link xem trực tuyến", examples=["https://…"])


class AgendaFields(Group):
    at: Annotated[str, BeforeValidator(parse_clock)] = Field(title="Giờ", description="giờ và phút", examples=['"14:00"'])
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
        if self.ends_at <= self.starts_at:
            raise wrong("session-order", "Giờ kết thúc không sau giờ bắt đầu.", "xem lại starts_at và ends_at.", at="ends_at")
        return self


# ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _WithStatus(Group):
    status: Annotated[Status, BeforeValidator(parse_status)] = Field(
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
            raise wrong("withdrawn-reason", message, "thêm dòng withdrawn_reason: và ghi lý do cho người đọc.", at="status")
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
    tags: Annotated[tuple[Tag, ...], BeforeValidator(listed)] = Field(
        (), title="Từ khóa", description="danh sách", examples=["[tập huấn, Zalo]"]
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
    pinned_until: Day | None = Field(None, title="Ghim đến hết ngày", description="đứng đầu trang chủ đến hết ngày này")
    aliases: Annotated[tuple[Alias, ...], BeforeValidator(listed)] = Field(
        (), title="Đường dẫn cũ", description="các địa chỉ bài từng có", examples=["[/tin-tuc/2026/duong-dan-cu/]"]
    )
    zalo: Annotated[ZaloFields, BeforeValidator(mapped)] = Field(ZaloFields(), title="Zalo", description="chữ riêng cho kênh Zalo")
    lang: Annotated[str, BeforeValidator(parse_language)] = Field("vi", title="Ngôn ngữ", description="mặc định là vi")

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if self.change_note and not self.modified:
            raise wrong(
                "change-without-date",
                "Có change_note nhưng không có ngày sửa.",
                "thêm dòng modified: với ngày sửa.",
                at="change_note",
            )
        if self.modified and self.modified.date() < self.date.date():
            raise wrong("modified-before-date", "Ngày sửa (modified) trước ngày đăng (date).", "xem lại hai ngày.", at="modified")
        return self


class NewsFields(ItemFields):
    """A news article."""


class DocumentFields(ItemFields):
    """An official document (Nghị định 30/2020/NĐ-CP, phụ lục VI gives the lengths)."""

    document_number: Annotated[str, BeforeValidator(parse_document_number)] = Field(
        title="Số, ký hiệu", description="liền, không dấu cách", examples=["749/QĐ-TTg"]
    )
    document_type: Annotated[str, BeforeValidator(parse_document_type)] = Field(
        title="Loại văn bản", description="Quyết định, Nghị quyết, Kế hoạch…", examples=["Quyết định"]
    )
    issuing_body: IssuerId = Field(title="Cơ quan ban hành", description="id trong site.yml", examples=["thu-tuong-chinh-phu"])
    issued_on: Day = Field(title="Ngày ban hành", description="ngày ký ban hành", examples=["2020-06-03"])
    subject: Subject = Field(title="Trích yếu", description="về việc gì, ≤ 500 ký tự")
    effective_on: Day | None = Field(None, title="Ngày có hiệu lực", description="nếu biết")
    expires_on: Day | None = Field(None, title="Ngày hết hiệu lực", description="ngày đầu tiên không còn hiệu lực")
    suspended_on: Day | None = Field(None, title="Ngày ngưng hiệu lực", description="nếu có")
    signatory: Annotated[SignatoryFields, BeforeValidator(mapped)] | None = Field(None, title="Người ký", description="nhóm trường")
    attachments: Annotated[tuple[AttachmentFields, ...], BeforeValidator(listed)] = Field(
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
            raise wrong("validity-order", message, "xem lại hai ngày.", at="expires_on")
        return self


class TrainingFields(ItemFields):
    """Training material, with or without a session."""

    audience: Annotated[tuple[AudienceId, ...], BeforeValidator(listed), AfterValidator(some)] = Field(
        title="Đối tượng", description="danh sách id trong site.yml", examples=["[nguoi-dan]"]
    )
    materials: Annotated[tuple[MaterialFields, ...], BeforeValidator(listed)] = Field((), title="Tài liệu", description="danh sách")
    session: Annotated[SessionFields, BeforeValidator(mapped)] | None = Field(None, title="Hội nghị", description="nhóm trường")


class PageFields(_WithStatus):
    """A plain page."""

    title: Title = Field(title="Tên trang", description="≤ 200 ký tự")
    summary: Summary = Field(title="Tóm tắt", description="≤ 300 ký tự")


# ── site.yml ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class SiteOwnName(Group):
    name: Text = Field(title="Tên trang")
    tagline: Text | None = Field(None, title="Dòng giới thiệu")
    url: WebAddress = Field(title="Địa chỉ trang")
    language: Annotated[str, BeforeValidator(parse_language)] = Field(title="Ngôn ngữ")
    timezone: Annotated[str, BeforeValidator(parse_timezone)] = Field(title="Múi giờ")
    feed_authority: Annotated[str, BeforeValidator(parse_feed_authority)] = Field(title="Căn cứ mã nguồn tin")


class OwnerFields(Group):
    name: Text = Field(title="Tên cơ quan chủ quản")
    address: Text | None = Field(None, title="Địa chỉ cơ quan")
    phone: Text | None = Field(None, title="Điện thoại")
    email: Annotated[str, BeforeValidator(parse_email)] | None = Field(None, title="Thư điện tử")


class TopicFields(Group):
    slug: Slug = Field(title="Slug chủ đề")
    name: Text = Field(title="Tên chủ đề")


class AudienceFields(Group):
    id: Slug = Field(title="Id đối tượng")
    name: Text = Field(title="Tên đối tượng")


class IssuerFields(Group):
    id: Slug = Field(title="Id cơ quan")
    name: Annotated[Text, AfterValidator(_limited(200))] = Field(title="Tên cơ quan")
    since: Day | None = Field(None, title="Ngày thành lập", alias="from")
    until: Day | None = Field(None, title="Ngày kết thúc")
    successor: Slug | None = Field(None, title="Cơ quan kế thừa")


class ChannelFields(Group):
    id: Slug = Field(title="Id kênh")
    name: Text = Field(title="Tên kênh")
    url: WebAddress | None = Field(None, title="Địa chỉ kênh")


class YearlyTotalFields(Group):
    year: Count = Field(title="Năm")
    name: Text = Field(title="Tên số liệu")
    value: Count = Field(title="Giá trị")
    qualifier: Text | None = Field(None, title="Từ ước lượng")
    unit: Text | None = Field(None, title="Đơn vị")
    source: Text | None = Field(None, title="Nguồn số liệu")


class SiteFields(Group):
    """`content/site.yml`."""

    site: Annotated[SiteOwnName, BeforeValidator(mapped)] = Field(title="Trang")
    owner: Annotated[OwnerFields, BeforeValidator(mapped)] = Field(title="Cơ quan chủ quản")
    topics: Annotated[tuple[TopicFields, ...], BeforeValidator(listed), AfterValidator(some)] = Field(title="Chủ đề")
    audiences: Annotated[tuple[AudienceFields, ...], BeforeValidator(listed)] = Field(title="Đối tượng")
    issuers: Annotated[tuple[IssuerFields, ...], BeforeValidator(listed)] = Field(title="Cơ quan ban hành")
    channels: Annotated[tuple[ChannelFields, ...], BeforeValidator(listed)] = Field((), title="Kênh")
    livestream_hosts: Annotated[tuple[Text, ...], BeforeValidator(listed)] = Field((), title="Nơi phát trực tiếp")
    yearly_totals: Annotated[tuple[YearlyTotalFields, ...], BeforeValidator(listed)] = Field((), title="Số liệu năm")
    limits: dict[str, Count] = Field({}, title="Giới hạn")

    @model_validator(mode="after")
    def _unique(self) -> Self:
        for name, ids in (
            ("topics", [topic.slug for topic in self.topics]),
            ("audiences", [audience.id for audience in self.audiences]),
            ("issuers", [issuer.id for issuer in self.issuers]),
            ("channels", [channel.id for channel in self.channels]),
        ):
            doubled = next((id_ for id_ in ids if ids.count(id_) > 1), None)
            if doubled:
                raise wrong("doubled-id", f'Mục {name} có hai "{doubled}".', "mỗi mục cần một mã riêng.", at=name)
        known = {issuer.id for issuer in self.issuers}
        for issuer in self.issuers:
            if issuer.successor and issuer.successor not in known:
                message = f'Cơ quan kế thừa "{issuer.successor}" của "{issuer.id}" không có trong mục issuers.'
                raise wrong("unknown-issuer", message, "thêm cơ quan đó vào issuers, hoặc sửa lại id.", at="issuers")
        return self
