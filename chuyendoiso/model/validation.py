"""Validate fields by the schema; turn errors into problems for editors."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from chuyendoiso.model.problems import Problem
from chuyendoiso.model.suggestions import nearest
from chuyendoiso.model.types import Group, KnownIds
from chuyendoiso.model.vietnamese import fold

Location = tuple[int | str, ...]


G = TypeVar("G", bound=Group)


def check_fields(
    schema: type[G], values: Mapping[str, Any], line: Callable[[Location], int], display_path: str, known: KnownIds | None
) -> tuple[G | None, tuple[Problem, ...]]:
    """Return the typed fields, or None, and all problems; `line` locates a field."""
    try:
        return schema.model_validate(values, context=known), ()
    except ValidationError as error:
        return None, tuple(_problem(schema, details, line, display_path) for details in error.errors(include_url=False))


def _problem(schema: type[BaseModel], details: ErrorDetails, line: Callable[[Location], int], display_path: str) -> Problem:
    at = details["loc"]
    name = next((part for part in reversed(at) if isinstance(part, str)), "")
    match details["type"]:
        case "value_error":
            wrong = details["ctx"]["error"]
            within = (*at, wrong.at) if wrong.at else at
            deleted = wrong.or_delete and not _is_required(schema, at)
            remedy = f"{wrong.remedy.removesuffix('.')}, hoặc xóa dòng này." if deleted else wrong.remedy
            return Problem(display_path, line(within), wrong.rule, wrong.message.replace("{label}", label(schema, at)), remedy)
        case "missing":
            message = f"Thiếu trường {name} ({label(schema, at)})."
            number = line(at[:-1]) if len(at) > 1 else 1
            return Problem(display_path, number, "missing-field", message, f"thêm dòng {name}: và ghi giá trị.")
        case "extra_forbidden":
            owner = group_at(schema, at[:-1])
            close = _field_meant(name, owner) if owner else None
            remedy = f"có phải là {close}?" if close else f"xóa dòng này; các trường có thể dùng: {', '.join(names(owner))}."
            if fold(name) in {"draft", "nhap", "ban nhap"}:
                remedy = "thay bằng dòng status: draft, nếu là bản nháp."
            return Problem(display_path, line(at), "unknown-field", f'Không có trường "{name}".', remedy)
        case "model_type":
            message = f"Mỗi mục của {label(schema, at)} phải là một nhóm trường."
            fields = ", ".join(names(group_at(schema, at)))
            return Problem(
                display_path, line(at), "wrong-type", message, f"ghi mỗi mục dạng {{tên: giá trị}}, với các trường {fields}."
            )
        case _:
            message = f"{label(schema, at)} có giá trị không hợp lệ."
            return Problem(display_path, line(at), "wrong-type", message, f"xem cách ghi trường {name} trong hướng dẫn biên tập.")


def _is_required(schema: type[BaseModel], at: Location) -> bool:
    named = [part for part in at if isinstance(part, str)]
    owner = group_at(schema, tuple(named[:-1])) if named else None
    fields = owner.model_fields.items() if owner else ()
    return next((field.is_required() for name, field in fields if named[-1] in (name, field.alias)), False)


# editors' words for fields that have another Vietnamese name
_CALLED = {
    "tieu de": "title", "ten": "title", "ngay": "date", "ngay gio": "date", "gio dang": "date", "mo ta": "summary", "chuyen muc": "topic", "danh muc": "topic",
    "the": "tags", "nhan": "tags", "tac gia": "authors", "nguoi viet": "authors", "anh": "cover", "anh bia": "cover", "hinh": "cover", "nguon": "source",
    "so hieu": "document_number", "so van ban": "document_number", "ky hieu": "document_number", "trich yeu": "subject", "loai": "document_type",
    "co quan": "issuing_body", "hieu luc": "effective_on", "dinh kem": "attachments", "tep": "attachments", "hoi nghi": "session", "ghim": "pinned_until",
    "image": "cover", "picture": "cover", "thumbnail": "cover", "category": "topic", "author": "authors", "description": "summary", "keywords": "tags",
    "permalink": "slug", "url": "slug", "ly do": "withdrawn_reason", "ngon ngu": "lang", "duong dan": "slug",
}  # fmt: skip


def _field_meant(name: str, group: type[BaseModel]) -> str | None:
    """Return the field that is meant, by a name like its own or by its Vietnamese one."""
    keys = names(group)
    titles = {fold(field.title or key): key for key, field in zip(keys, group.model_fields.values(), strict=True)}
    called = {words: key for words, key in _CALLED.items() if key in keys}
    spoken = re.sub(r"[_-]+", " ", fold(name))
    named = titles | called
    return named.get(spoken) or nearest(name, keys) or (named[title] if (title := nearest(spoken, named)) else None)


def names(group: type[BaseModel] | None) -> list[str]:
    """Return the keys that a group knows."""
    return [field.alias or name for name, field in group.model_fields.items()] if group else []


def label(schema: type[BaseModel], at: Location) -> str:
    """Return the Vietnamese name of the field at a location."""
    named = [part for part in at if isinstance(part, str)]
    owner = group_at(schema, tuple(named[:-1])) if named else None
    for name, field in owner.model_fields.items() if owner else ():
        if named[-1] in (name, field.alias):
            return field.title or name
    return f'Trường "{named[-1]}"' if named else "Phần khai báo"


def group_at(schema: type[BaseModel], at: Location) -> type[BaseModel] | None:
    """Return the group of fields at a location; numbers in it are places in lists."""
    group: type[BaseModel] | None = schema
    for part in at:
        if isinstance(part, str):
            field = group.model_fields.get(part) if group else None
            group = group_in(field.annotation) if field else None
    return group


def group_in(annotation: Any) -> type[BaseModel] | None:
    """Return the group of fields that a field's type holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((group for argument in get_args(annotation) if (group := group_in(argument))), None)
