"""The schema as tables for the editors' guide: every field with its Vietnamese name, whether it must be there, and an example."""

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from chuyendoiso.model.content_types.document import DocumentFields
from chuyendoiso.model.content_types.news import NewsFields
from chuyendoiso.model.content_types.page import PageFields
from chuyendoiso.model.content_types.training import TrainingFields
from chuyendoiso.model.site_fields import SiteFields
from chuyendoiso.model.validation import group_in

_HEAD = "| trường | tên | bắt buộc | cách ghi | ví dụ |\n| --- | --- | --- | --- | --- |"


def tables() -> dict[str, str]:
    """Return a Markdown table of the fields of each kind, by title; what all kinds share stands in the first."""
    shared = set(NewsFields.model_fields)
    return {
        "Tin tức và các trường chung": table(NewsFields, set()),
        "Văn bản": table(DocumentFields, shared),
        "Tập huấn": table(TrainingFields, shared),
        "Trang": table(PageFields, set()),
        "site.yml": table(SiteFields, set()),
    }


def table(group: type[BaseModel], known: set[str]) -> str:
    """Return the table of a group's fields, those within groups under their owner's name."""
    return "\n".join([_HEAD, *_rows(group, "", known)])


def _rows(group: type[BaseModel], prefix: str, known: set[str]) -> list[str]:
    rows = []
    for name, field in group.model_fields.items():
        if name in known:
            continue
        shown = prefix + (field.alias or name)
        rows.append(
            f"| `{shown}` | {field.title} | {'có' if field.is_required() else ''} | {field.description or ''} | {_example(field)} |"
        )
        inner = group_in(field.annotation)
        if inner:
            rows += _rows(inner, f"{shown}.", set())
    return rows


def _example(field: FieldInfo) -> str:
    return f"`{field.examples[0]}`" if field.examples else ""
