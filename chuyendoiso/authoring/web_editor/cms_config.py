"""Make the web editor's configuration for Sveltia CMS from the schema.

Source: `schema/sveltia-cms.json` of the pinned package.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chuyendoiso.authoring.forms import FormField, choices_of, form_of
from chuyendoiso.model.content_types import CONTENT_TYPES, ContentType, ItemType
from chuyendoiso.model.media_types import ATTACHMENT_TYPES
from chuyendoiso.model.site import EditorHost, Site
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.model.widgets import WidgetKind

_STARTING = {"date": "{{now}}", "status": "draft"}  # what a new item begins with
_HINTS = {"withdrawn_reason": "phải ghi khi trạng thái là Gỡ"}  # the schema's are about the file
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
    WidgetKind.FILE: {"widget": "file", "choose_url": False, "accept": ",".join(ATTACHMENT_TYPES)},
    WidgetKind.CHOICE: {"widget": "select"},
}


@dataclass(frozen=True)
class LocalHost:
    """The project's own Git host (`git_api`)."""

    address: str  # of its API, without the origin
    branch: str
    site: str  # base path of the preview


def cms_config(site: Site, host: LocalHost | EditorHost, prefix: str, folders: Sequence[str] = ()) -> dict[str, Any]:
    """Return the configuration; `editor/editor.js` adds the origin and the year.

    `prefix` is the content folder's path in the repository (`content/`, or ``), `folders` are those of media that can be chosen from.
    """
    return {
        "backend": _backend(host),
        # only GitLab's interface has the steps of a review in Sveltia CMS
        "publish_mode": "editorial_workflow" if isinstance(host, EditorHost) and host.backend == "gitlab" else "simple",
        "app_title": "Biên tập",
        "load_config_file": False,
        "site_url": host.site if isinstance(host, LocalHost) else site.url,
        "display_url": site.url,
        "show_preview_links": True,
        "media_folder": f"{prefix}media",
        "public_folder": "/media",
        "media_libraries": _MEDIA_LIBRARIES,
        "asset_collections": [_media_folder(name, prefix) for name in folders],
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": True},
        "collections": [_collection(content_type, site, prefix) for content_type in CONTENT_TYPES.values()],
    }


# photographs are made upright and small, without EXIF, before they leave the browser; nothing is offered from other hosts
_MEDIA_LIBRARIES: dict[str, Any] = {
    "default": {
        "config": {
            "slugify_filename": True,
            "max_file_size": 50_000_000,
            "transformations": {"raster_image": {"format": "webp", "quality": 85, "width": 2048, "height": 2048}},
        }
    },
    "stock_assets": {"providers": []},
}
_MESSAGES = {
    "create": "Thêm {{collection}}: {{slug}}",
    "update": "Sửa {{collection}}: {{slug}}",
    "delete": "Xóa {{collection}}: {{slug}}",
    "uploadMedia": "Thêm tệp: {{path}}",
    "deleteMedia": "Xóa tệp: {{path}}",
}


def _media_folder(name: str, prefix: str) -> dict[str, str]:
    kinds = {str(kind): content_type.label for kind, content_type in CONTENT_TYPES.items()}
    label = f"Năm {name}" if name.isdecimal() else kinds.get(name, name)
    return {"name": f"tep-{name}", "label": label, "media_folder": f"{prefix}media/{name}", "public_folder": f"/media/{name}"}


def _backend(host: LocalHost | EditorHost) -> dict[str, Any]:
    if isinstance(host, LocalHost):
        own = {"repo": "bien-tap/noi-dung", "branch": host.branch, "base_url": "/", "api_root": host.address}
        return {"name": "gitea", **own, "commit_messages": _MESSAGES}
    address = host.host.rstrip("/")
    backend = {"repo": host.repo, "branch": host.branch, "app_id": host.app_id, "base_url": address, "commit_messages": _MESSAGES}
    if host.backend == "gitlab":
        api = {"api_root": f"{address}/api/v4", "graphql_api_root": f"{address}/api/graphql"}
        return {"name": "gitlab", "auth_type": "pkce", **backend, **api}
    return {"name": "gitea", **backend, "api_root": f"{address}/api/v1"}  # Forgejo's interface is Gitea's


def _collection(content_type: ContentType, site: Site, prefix: str) -> dict[str, Any]:
    kind = content_type.kind
    media = "media/{{year}}" if content_type.by_year else f"media/{kind}"
    file = "{{dirname}}/{{filename}}" if content_type.by_year else "{{filename}}"
    dated = isinstance(content_type, ItemType)
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
        "format": "front-matter",  # its ending is registered with it
        "identifier_field": "title",
        "summary": f"{{{{title}}}}{_STATE if dated else ''}",
        "sortable_fields": {"fields": ["date", "title"], "default": {"field": "date", "direction": "descending"}}
        if dated
        else {"fields": ["title"]},
        "view_filters": [
            {"label": "Bản nháp", "field": "status", "pattern": "^draft$"},
            {"label": "Đã gỡ", "field": "status", "pattern": "^withdrawn$"},
        ],
        "preview_path": f"{kind}/{file}/" if dated else f"{file}/",
        "fields": _with_body(kind, site),
    }


_STATE = " · {{date | date('DD/MM/YYYY')}} · {{status}}"
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
    required = sum(1 for field in form_of(kind) if field.required)
    return [*fields[:required], _BODY, *fields[required:]]


def _fields(form: tuple[FormField, ...], site: Site, top: bool) -> list[dict[str, Any]]:
    return [{**_label(field), **_widget(field, site), **_starting(field, top)} for field in form]


def _starting(field: FormField, top: bool) -> dict[str, Any]:
    if not top or field.name not in _STARTING:
        return {}
    # a file without a status is published: in the form it has that one
    return {"default": _STARTING[field.name], **({"required": True} if field.choices else {})}


def _label(field: FormField) -> dict[str, Any]:
    chosen = field.fields or field.choices or field.widget in {WidgetKind.PICTURE, WidgetKind.FILE}  # nothing is typed
    parts = () if chosen else (_HINTS.get(field.name, field.hint), _example(field))
    hint = ". Ví dụ: ".join(part for part in parts if part)
    return {"name": field.name, "label": field.title, "required": field.required, **({"hint": hint} if hint else {})}


def _example(field: FormField) -> str:
    """Return what a person types: a date is picked, a list has a box a value."""
    if field.widget in {WidgetKind.INSTANT, WidgetKind.DAY}:
        return ""
    return field.example.strip("[]").split(", ")[0] if field.many else field.example


def _widget(field: FormField, site: Site) -> dict[str, Any]:
    """Return a field's widget.

    Required fields of an optional group are optional: the form could not omit the group otherwise.
    """
    if field.fields:
        fields = _fields(field.fields, site, False)
        if not (field.required or field.many):
            fields = [item | {"required": False} for item in fields]
        if field.many:
            return {"widget": "list", "collapsed": True, "fields": fields}
        return {"widget": "object", "collapsed": "auto", "fields": fields}  # one that is added is open
    if field.many and not field.choices:
        return {"widget": "list"}  # a box for each value
    return {"widget": "string"} | _WIDGETS.get(field.widget, {}) | dict(_limits(field)) | _choices(field, site)


def _limits(field: FormField) -> Iterator[tuple[str, Any]]:
    if pattern := _PATTERNS.get(field.widget) if field.widget else None:
        yield "pattern", list(pattern)
    elif field.limit and not field.many:
        yield "maxlength", field.limit  # shown with a counter


def _choices(field: FormField, site: Site) -> dict[str, Any]:
    if not field.choices:
        return {}
    options = [{"label": name, "value": value} for value, name in choices_of(field.choices, site)]
    return {"options": options, "multiple": field.many}
