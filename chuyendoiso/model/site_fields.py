"""The schema of `content/site.yml`, in the same types as that of items (`fields`)."""

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from chuyendoiso.model.address_parsers import parse_feed_authority, parse_git_host, parse_site_address
from chuyendoiso.model.date_parsers import parse_timezone
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.parsers import Invalid, max_entries, max_length, require_entries, require_group, require_list
from chuyendoiso.model.types import (
    Count,
    Day,
    Email,
    Group,
    HostName,
    Language,
    Limit,
    Origin,
    Phone,
    Seconds,
    Slug,
    Text,
    WebAddress,
)
from chuyendoiso.model.widgets import Widget


def _two(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) < 2:
        raise Invalid("lone-synonym", "{label} có một nhóm chỉ có một từ.", "ghi ít nhất hai từ trong mỗi nhóm.")
    return words


Synonyms = Annotated[tuple[Text, ...], BeforeValidator(require_list), AfterValidator(_two)]


class SiteOwnName(Group):
    name: Text = Field(title="Tên trang")
    tagline: Text | None = Field(None, title="Dòng giới thiệu")
    url: Annotated[str, BeforeValidator(parse_site_address)] = Field(title="Địa chỉ trang")
    language: Language = Field(title="Ngôn ngữ")
    timezone: Annotated[str, BeforeValidator(parse_timezone)] = Field(title="Múi giờ")
    feed_authority: Annotated[str, BeforeValidator(parse_feed_authority)] = Field(title="Căn cứ mã nguồn tin")
    rights: Annotated[Text, AfterValidator(max_length(300)), Widget(limit=300)] | None = Field(
        None, title="Điều kiện dùng lại", description="≤ 300 ký tự, ghi trong mọi nguồn tin"
    )
    technical_contact: Email | None = Field(
        None, title="Thư điện tử kỹ thuật", description="người mà đơn vị lấy tin liên hệ khi nguồn tin trục trặc"
    )


class OwnerFields(Group):
    name: Text = Field(title="Tên cơ quan chủ quản")
    address: Text | None = Field(None, title="Địa chỉ cơ quan")
    phone: Phone | None = Field(None, title="Điện thoại")
    email: Email | None = Field(None, title="Thư điện tử")


class TopicFields(Group):
    slug: Slug = Field(title="Slug chủ đề")
    name: Text = Field(title="Tên chủ đề")


class AudienceFields(Group):
    id: Slug = Field(title="Id đối tượng")
    name: Text = Field(title="Tên đối tượng")


class IssuerFields(Group):
    id: Slug = Field(title="Id cơ quan")
    name: Annotated[Text, AfterValidator(max_length(200)), Widget(limit=200)] = Field(title="Tên cơ quan")
    since: Day | None = Field(None, title="Ngày thành lập", alias="from")
    until: Day | None = Field(None, title="Ngày kết thúc")
    successor: Slug | None = Field(None, title="Cơ quan kế thừa")

    @model_validator(mode="after")
    def _life(self) -> Self:
        if self.successor == self.id:
            raise Invalid("unknown-issuer", f'Cơ quan "{self.id}" kế thừa chính nó.', "sửa lại hoặc xóa successor.", at="successor")
        if self.since and self.until and self.until < self.since:
            message = f'Cơ quan "{self.id}" kết thúc (until) trước ngày thành lập (from).'
            raise Invalid("issuer-order", message, "xem lại hai ngày.", at="until")
        return self


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


class LimitsFields(Group):
    article_bytes: Limit = Field(Limits().article_bytes, title="Dung lượng một bài", description="byte")
    conversion_seconds: Seconds = Field(Limits().conversion_seconds, title="Thời gian chuyển một bài", description="giây")
    picture_bytes: Limit = Field(Limits().picture_bytes, title="Dung lượng một ảnh", description="byte")
    picture_pixels: Limit = Field(Limits().picture_pixels, title="Số điểm ảnh", description="điểm ảnh")
    picture_seconds: Seconds = Field(Limits().picture_seconds, title="Thời gian đọc một ảnh", description="giây")
    attachment_bytes: Limit = Field(Limits().attachment_bytes, title="Dung lượng một tệp đính kèm", description="byte")
    memory_bytes: Limit = Field(Limits().memory_bytes, title="Bộ nhớ cho một bài hoặc ảnh", description="byte")
    zalo_title: Limit = Field(Limits().zalo_title, title="Độ dài tên bài trên Zalo", description="ký tự")
    zalo_author: Limit = Field(Limits().zalo_author, title="Độ dài tên tác giả trên Zalo", description="ký tự")
    zalo_description: Limit = Field(Limits().zalo_description, title="Độ dài tóm tắt trên Zalo", description="ký tự")
    zalo_picture_bytes: Limit = Field(Limits().zalo_picture_bytes, title="Dung lượng ảnh bìa trên Zalo", description="byte")
    zalo_keyword: Limit = Field(Limits().zalo_keyword, title="Độ dài cú pháp hỏi đáp trên Zalo", description="ký tự, tính cả dấu #")
    zalo_reply: Limit = Field(Limits().zalo_reply, title="Độ dài câu trả lời theo cú pháp trên Zalo", description="ký tự")
    zalo_menu: Limit = Field(Limits().zalo_menu, title="Số câu hỏi trong danh sách trên Zalo", description="câu hỏi")
    answer_months: Limit = Field(Limits().answer_months, title="Hạn kiểm tra lại câu trả lời", description="tháng")
    comment_days: Limit = Field(Limits().comment_days, title="Số ngày lấy ý kiến ít nhất", description="ngày")
    response_days: Limit = Field(Limits().response_days, title="Hạn giải trình sau khi hết hạn góp ý", description="ngày")


class EditorFields(Group):
    backend: Annotated[str, BeforeValidator(parse_git_host)] = Field(
        title="Loại máy chủ Git", description="gitlab, gitea hoặc forgejo", examples=["gitlab"]
    )
    host: WebAddress = Field(title="Địa chỉ máy chủ Git", description="địa chỉ đầy đủ", examples=["https://…"])
    repo: Text = Field(title="Kho mã", description="nhóm và tên kho", examples=["chuyen-doi-so/trang-tin"])
    branch: Text = Field("main", title="Nhánh", description="nhánh được đăng, mặc định là main")
    app_id: Text = Field(title="Mã ứng dụng", description="mã ứng dụng OAuth của trang biên tập, không phải bí mật")


class SiteFields(Group):
    """`content/site.yml`."""

    site: Annotated[SiteOwnName, BeforeValidator(require_group)] = Field(title="Trang")
    owner: Annotated[OwnerFields, BeforeValidator(require_group)] = Field(title="Cơ quan chủ quản")
    topics: Annotated[tuple[TopicFields, ...], BeforeValidator(require_list), AfterValidator(require_entries)] = Field(
        title="Chủ đề"
    )
    audiences: Annotated[tuple[AudienceFields, ...], BeforeValidator(require_list)] = Field(title="Đối tượng")
    issuers: Annotated[tuple[IssuerFields, ...], BeforeValidator(require_list)] = Field(title="Cơ quan ban hành")
    channels: Annotated[tuple[ChannelFields, ...], BeforeValidator(require_list)] = Field((), title="Kênh")
    livestream_hosts: Annotated[tuple[HostName, ...], BeforeValidator(require_list)] = Field((), title="Nơi phát trực tiếp")
    embed_hosts: Annotated[tuple[Origin, ...], BeforeValidator(require_list)] = Field(
        (), title="Nơi được nhúng tin mới", description="tên máy chủ của cổng thông tin; dùng http hoặc số cổng riêng thì ghi cả",
        examples=["cong.tinh.gov.vn"],
    )  # fmt: skip
    petitions_url: WebAddress | None = Field(
        None, title="Nơi nhận khiếu nại, kiến nghị", description="địa chỉ hệ thống chính thức", examples=["https://…"]
    )
    services_url: WebAddress | None = Field(
        None, title="Nơi làm thủ tục hành chính", description="địa chỉ cổng dịch vụ công", examples=["https://…"]
    )
    synonyms: Annotated[tuple[Synonyms, ...], BeforeValidator(require_list), AfterValidator(max_entries(200))] = Field(
        (), title="Từ đồng nghĩa", description="danh sách các nhóm từ mà tìm kiếm coi như một",
        examples=["[[lừa đảo, mạo danh], [người già, người lớn tuổi]]"],
    )  # fmt: skip
    hub: WebAddress | None = Field(None, title="Trạm báo tin (WebSub)", description="địa chỉ của hub, báo ngay khi có tin")
    yearly_totals: Annotated[tuple[YearlyTotalFields, ...], BeforeValidator(require_list)] = Field((), title="Số liệu năm")
    limits: Annotated[LimitsFields, BeforeValidator(require_group)] = Field(LimitsFields(), title="Giới hạn")
    editor: Annotated[EditorFields, BeforeValidator(require_group)] | None = Field(None, title="Trang biên tập của nhóm")

    @model_validator(mode="after")
    def _unique(self) -> Self:
        for name, ids in (
            ("topics", [topic.slug for topic in self.topics]),
            ("audiences", [audience.id for audience in self.audiences]),
            ("issuers", [issuer.id for issuer in self.issuers]),
            ("channels", [channel.id for channel in self.channels]),
        ):
            if duplicate := next((id_ for id_ in ids if ids.count(id_) > 1), None):
                raise Invalid("doubled-id", f'Mục {name} có hai "{duplicate}".', "mỗi mục cần một mã riêng.", at=name)
        known = {issuer.id for issuer in self.issuers}
        for issuer in self.issuers:
            if issuer.successor and issuer.successor not in known:
                message = f'Cơ quan kế thừa "{issuer.successor}" của "{issuer.id}" không có trong mục issuers.'
                raise Invalid("unknown-issuer", message, "thêm cơ quan đó vào issuers, hoặc sửa lại id.", at="issuers")
        return self
