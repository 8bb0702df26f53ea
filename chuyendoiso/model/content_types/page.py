"""Plain pages: about, contact, accessibility. They are in no list and no feed."""

from pydantic import Field

from chuyendoiso.model.content_types.content_type import ContentType
from chuyendoiso.model.item_fields import StatusFields
from chuyendoiso.model.types import Summary, Title
from chuyendoiso.model.vocabulary import Kind


class PageFields(StatusFields):
    """A plain page."""

    title: Title = Field(title="Tên trang", description="≤ 200 ký tự")
    summary: Summary = Field(title="Tóm tắt", description="≤ 300 ký tự")


PAGE = ContentType(kind=Kind.PAGE, label="Trang", singular="trang", names=("trang", "trang rieng"), fields=PageFields)
