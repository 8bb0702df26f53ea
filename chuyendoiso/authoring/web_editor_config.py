"""Make the web editor's configuration for Decap CMS from the schema.

Source: Decap CMS 3, "Configuration Options", "Collection Types", "Widgets".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chuyendoiso.authoring.forms import FormField, choices_of, form_of
from chuyendoiso.model.content_types import CONTENT_TYPES, ContentType, ItemType
from chuyendoiso.model.site import EditorHost, Site
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.model.widgets import WidgetKind

_STARTING = {"date": "{{now}}", "status": "draft"}  # what a new item begins with
_PATTERNS = {
    WidgetKind.SLUG: ("^[a-z0-9]+(-[a-z0-9]+)*$", "chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối"),
    WidgetKind.CLOCK: (r"^\d{2}:\d{2}$", "ghi giờ và phút, ví dụ 14:00"),
    WidgetKind.MINUTES: (r"^(\d+h)?(\d+m)?$", "ghi dạng 45m, 1h hoặc 1h30m"),
    WidgetKind.COUNT: (r"^\d+$", "chỉ ghi chữ số"),
    WidgetKind.ADDRESS: ("^https?://", "ghi đầy đủ, bắt đầu bằng https://"),
    WidgetKind.PATH: ("^/", "bắt đầu và kết thúc bằng dấu /"),
}
_WIDGETS: dict[WidgetKind | None, dict[str, Any]] = {
    WidgetKind.PARAGRAPH: {"widget": "text"},
    WidgetKind.INSTANT: {
        "widget": "datetime",
        "format": "YYYY-MM-DD HH:mm",
        "date_format": "DD/MM/YYYY",
        "time_format": "HH:mm",
        "picker_utc": False,
        "default": "",
    },
    WidgetKind.DAY: {
        "widget": "datetime",
        "format": "YYYY-MM-DD",
        "date_format": "DD/MM/YYYY",
        "time_format": False,
        "default": "",
    },
    WidgetKind.SWITCH: {"widget": "boolean"},
    WidgetKind.PICTURE: {"widget": "image", "choose_url": False},
    WidgetKind.FILE: {"widget": "file", "choose_url": False},
    WidgetKind.CHOICE: {"widget": "select"},
}


@dataclass(frozen=True)
class Proxy:
    """The local server of files.

    `branch` is None if the content folder is in no repository.
    """

    address: str
    branch: str | None
    site: str
    year: int


def cms_config(site: Site, backend: Proxy | EditorHost, prefix: str) -> dict[str, Any]:
    """Return Decap's configuration.

    `prefix` is the content folder's path in the repository (`content/`, or ``).
    """
    year = f"/{backend.year}" if isinstance(backend, Proxy) else ""
    return {
        "backend": _backend(backend),
        "publish_mode": "editorial_workflow" if isinstance(backend, EditorHost) else "simple",
        "locale": "vi",
        "load_config_file": False,
        "site_url": backend.site if isinstance(backend, Proxy) else site.url,
        "display_url": site.url,
        "show_preview_links": True,
        "media_folder": f"{prefix}media{year}",  # whose files, and no others, can be chosen anew
        "public_folder": f"/media{year}",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "editor": {"preview": True},
        "collections": [_collection(content_type, site, prefix) for content_type in CONTENT_TYPES.values()],
    }


def _backend(backend: Proxy | EditorHost) -> dict[str, Any]:
    messages = {
        "create": "Thêm {{collection}}: {{slug}}",
        "update": "Sửa {{collection}}: {{slug}}",
        "delete": "Xóa {{collection}}: {{slug}}",
        "uploadMedia": "Thêm tệp: {{path}}",
        "deleteMedia": "Xóa tệp: {{path}}",
    }
    if isinstance(backend, Proxy):
        return {"name": "proxy", "proxy_url": backend.address, "branch": backend.branch or "main", "commit_messages": messages}
    host = backend.host.rstrip("/")
    api = {"gitlab": "/api/v4", "gitea": "/api/v1", "forgejo": "/api/v1"}[backend.backend]
    return {
        "name": backend.backend,
        "repo": backend.repo,
        "branch": backend.branch,
        "auth_type": "pkce",
        "app_id": backend.app_id,
        "base_url": host,
        "api_root": f"{host}{api}",
        "commit_messages": messages,
    }


def _collection(content_type: ContentType, site: Site, prefix: str) -> dict[str, Any]:
    kind = content_type.kind
    media = "media/{{year}}" if content_type.by_year else f"media/{kind}"
    file = "{{dirname}}/{{filename}}" if content_type.by_year else "{{filename}}"
    return {
        "name": str(kind),
        "label": content_type.label,
        "label_singular": content_type.singular,
        "folder": f"{prefix}{kind}",
        **({"path": "{{year}}/{{slug}}"} if content_type.by_year else {}),
        "slug": f"{{{{fields.{content_type.slug_field}}}}}" if content_type.slug_field else "{{slug}}",
        "media_folder": f"/{prefix}{media}",
        "public_folder": f"/{media}",
        "create": True,
        "delete": False,  # a published file is withdrawn, never deleted
        "format": "front-matter",
        "extension": "md",
        "identifier_field": "title",
        "summary": "{{title}} · {{date | date('DD/MM/YYYY')}}" if isinstance(content_type, ItemType) else "{{title}}",
        "sortable_fields": ["date", "title"] if isinstance(content_type, ItemType) else ["title"],
        "view_filters": [
            {"label": "Bản nháp", "field": "status", "pattern": "^draft$"},
            {"label": "Đã gỡ", "field": "status", "pattern": "^withdrawn$"},
        ],
        "preview_path": f"{kind}/{file}/" if isinstance(content_type, ItemType) else f"{file}/",
        "fields": _with_body(kind, site),
    }


_BODY = {
    "name": "body",
    "label": "Thân bài",
    "widget": "body",  # of editor/body.js
    "required": False,
    "hint": "Để một dòng trống giữa hai đoạn. Mọi cách viết có trong hướng dẫn biên tập.",
}


def _with_body(kind: Kind, site: Site) -> list[dict[str, Any]]:
    """Return a content type's fields, the body after the required fields."""
    fields = _fields(form_of(kind), site, True)
    required = sum(1 for field in fields if field["required"])
    return [*fields[:required], _BODY, *fields[required:]]


def _fields(form: tuple[FormField, ...], site: Site, top: bool) -> list[dict[str, Any]]:
    return [{**_label(field), **_widget(field, site), **_starting(field, top)} for field in form]


def _starting(field: FormField, top: bool) -> dict[str, Any]:
    return {"default": _STARTING[field.name]} if top and field.name in _STARTING else {}


def _label(field: FormField) -> dict[str, Any]:
    parts = () if field.fields or field.choices else (field.hint, field.example)
    hint = ". Ví dụ: ".join(part for part in parts if part)
    return {"name": field.name, "label": field.title, "required": field.required, **({"hint": hint} if hint else {})}


def _widget(field: FormField, site: Site) -> dict[str, Any]:
    """Return a field's widget.

    Required fields of an optional group are optional: Decap could not omit the group otherwise.
    """
    if field.fields:
        fields = _fields(field.fields, site, False)
        if not (field.required or field.many):
            fields = [item | {"required": False} for item in fields]
        if field.many:
            return {"widget": "list", "collapsed": True, "default": [], "fields": fields}
        return {"widget": "object", "collapsed": True, "fields": fields}
    if field.many and not field.choices:
        return {"widget": "list", "hint": f"{field.hint}, cách nhau bằng dấu phẩy"}
    return {"widget": "string"} | _WIDGETS.get(field.widget, {}) | dict(_limits(field)) | _choices(field, site)


def _limits(field: FormField) -> Iterator[tuple[str, Any]]:
    if pattern := _PATTERNS.get(field.widget) if field.widget else None:
        yield "pattern", list(pattern)
    elif field.limit and not field.many:
        yield "pattern", [f"^[^]{{0,{field.limit}}}$", f"dài nhất {field.limit} ký tự"]


def _choices(field: FormField, site: Site) -> dict[str, Any]:
    if not field.choices:
        return {}
    options = [{"label": name, "value": value} for value, name in choices_of(field.choices, site)]
    return {"options": options, "multiple": field.many}
