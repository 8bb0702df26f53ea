"""Make the tables of fields for the editors' guide."""

from collections.abc import Collection, Iterator

from pydantic import BaseModel

from chuyendoiso.model.content_types import CONTENT_TYPES, ITEM_TYPES
from chuyendoiso.model.item_fields import ItemFields
from chuyendoiso.model.site_fields import SiteFields
from chuyendoiso.model.validation import group_in

_HEAD = "| trường | tên | bắt buộc | cách ghi | ví dụ |\n| --- | --- | --- | --- | --- |"


def tables() -> dict[str, str]:
    """Return a Markdown table of fields for each kind, by title.

    Fields of all items are only in the first table.
    """
    shared = set(ItemFields.model_fields)
    own = {one.label: _table(one.fields, shared if one.kind in ITEM_TYPES else ()) for one in CONTENT_TYPES.values()}
    tables = {"Các trường chung": _table(ItemFields), **own, "site.yml": _table(SiteFields)}
    return {title: table for title, table in tables.items() if table != _HEAD}


def _table(group: type[BaseModel], skip: Collection[str] = ()) -> str:
    return "\n".join([_HEAD, *_rows(group, "", skip)])


def _rows(group: type[BaseModel], prefix: str, skip: Collection[str] = ()) -> Iterator[str]:
    for name, field in group.model_fields.items():
        if name not in skip:
            shown = prefix + (field.alias or name)
            required = "có" if field.is_required() else ""
            example = f"`{field.examples[0]}`" if field.examples else ""
            yield f"| `{shown}` | {field.title} | {required} | {field.description or ''} | {example} |"
            if inner := group_in(field.annotation):
                yield from _rows(inner, f"{shown}.")
