"""Make the tables of fields for the editors' guide."""

from collections.abc import Collection, Iterator

from pydantic import BaseModel

from chuyendoiso.model.content_types import CONTENT_TYPES, ITEM_TYPES
from chuyendoiso.model.item_fields import ItemFields
from chuyendoiso.model.site_fields import SiteFields
from chuyendoiso.model.validation import group_in

_HEAD = "| trường | tên | bắt buộc | cách ghi | ví dụ |\n| --- | --- | --- | --- | --- |"


def make_tables() -> dict[str, str]:
    """Return a Markdown table of fields for each content type, by title.

    The first table has the fields of all items; the others do not repeat them.
    """
    shared = set(ItemFields.model_fields)
    own = {
        content_type.label: _table(content_type.fields, shared if content_type.kind in ITEM_TYPES else ())
        for content_type in CONTENT_TYPES.values()
    }
    tables = {"Các trường chung": _table(ItemFields), **own, "site.yml": _table(SiteFields)}
    return {title: table for title, table in tables.items() if table != _HEAD}


def _table(group: type[BaseModel], skip: Collection[str] = ()) -> str:
    return "\n".join([_HEAD, *_rows(group, "", skip)])


def _rows(group: type[BaseModel], prefix: str, skip: Collection[str] = ()) -> Iterator[str]:
    for name, field in group.model_fields.items():
        if name not in skip:
            path = prefix + (field.alias or name)
            required = "có" if field.is_required() else ""
            example = f"`{field.examples[0]}`" if field.examples else ""
            yield f"| `{path}` | {field.title} | {required} | {field.description or ''} | {example} |"
            if inner := group_in(field.annotation):
                yield from _rows(inner, f"{path}.")
