"""Make JSON Schemas of front matter and site.yml for editors' tools.

They have the same fields as the checks, but `make check` checks more.
"""

from typing import Any

from chuyendoiso.authoring.forms import FormField, choices_of, fields_of, form_of
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.site import Site
from chuyendoiso.model.site_fields import SiteFields
from chuyendoiso.model.widgets import WidgetKind

# A tool may convert values to YAML's own types
_TYPES: dict[WidgetKind, list[str]] = {WidgetKind.COUNT: ["integer", "string"], WidgetKind.SWITCH: ["boolean", "string"]}
_PATTERNS = {
    WidgetKind.INSTANT: r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?\s*(Z|[+-]\d{2}:?\d{2})?)?$",
    WidgetKind.DAY: r"^\d{4}-\d{2}-\d{2}$",
    WidgetKind.SLUG: "^[a-z0-9]+(-[a-z0-9]+)*$",
    WidgetKind.CLOCK: r"^\d{2}:\d{2}$",
    WidgetKind.ADDRESS: "^https?://",
    WidgetKind.ORIGIN: r"^([hH][tT][tT][pP][sS]?://[A-Za-z0-9.-]+(:[0-9]{1,5})?|[A-Za-z0-9.-]+)$",
    WidgetKind.PICTURE: r"^(\{static\}|\{filename\})?/media/",
    WidgetKind.FILE: r"^(\{static\}|\{filename\})?/media/",
    WidgetKind.PATH: "^/.*/$",
}


def schemas(site: Site) -> dict[str, dict[str, Any]]:
    """Return the schemas of content types and site.yml, by name.

    Choices are from site.yml.
    """
    forms = {str(kind): (content_type.label, form_of(kind)) for kind, content_type in CONTENT_TYPES.items()}
    forms["site"] = "site.yml", fields_of(SiteFields)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {name: {"$schema": dialect, "title": title, **_group(form, site)} for name, (title, form) in forms.items()}


def _group(form: tuple[FormField, ...], site: Site) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: _field(field, site) for field in form},
        "required": [field.name for field in form if field.required],
        "additionalProperties": False,
    }


def _field(field: FormField, site: Site) -> dict[str, Any]:
    schema = {"title": field.title, "description": field.hint} if field.hint else {"title": field.title}
    value = _group(field.fields, site) if field.fields else _value(field, site)
    if field.bare:
        value = {"anyOf": [{"type": "string"}, value]}
    for _ in range(field.depth):
        value = {"type": "array", "items": value}
    return schema | value


def _value(field: FormField, site: Site) -> dict[str, Any]:
    kind = field.widget or WidgetKind.LINE
    keywords = {
        "type": _TYPES.get(kind, "string"),
        "enum": [value for value, _ in choices_of(field.choices, site)] if field.choices else None,
        "maxLength": field.limit,
        "pattern": _PATTERNS.get(kind),
        "examples": [field.example.strip('"')] if field.example else None,
    }
    return {keyword: value for keyword, value in keywords.items() if value is not None}
