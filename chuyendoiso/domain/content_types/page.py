"""Plain pages: about, contact, accessibility. They are in no list and no feed."""

from pydantic import Field

from chuyendoiso.domain.content_types.base import ContentType
from chuyendoiso.domain.fields import StatusFields
from chuyendoiso.domain.types import Summary, Title
from chuyendoiso.domain.vocabulary import Kind


class PageFields(StatusFields):
    """A plain page."""

    title: Title = Field(title="Tên trang", description="≤ 200 ký tự")
    summary: Summary = Field(title="Tóm tắt", description="≤ 300 ký tự")


PAGE = ContentType(kind=Kind.PAGE, label="Trang", singular="trang", names=("trang", "trang rieng"), fields=PageFields)
