"""The schema for editors' tools: JSON Schema (draft 2020-12) of each kind's front matter and of site.yml, made from the same fields as the checks.

It tells what a tool can show while somebody writes; `make check` knows more and has the last word.
"""

from typing import Any

from chuyendoiso.authoring.forms import FormField, choices_of, fields_of, form_of
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.site import Site
from chuyendoiso.model.site_fields import SiteFields
from chuyendoiso.model.widgets import WidgetKind

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
# A tool may read a value by YAML's own types
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
    """Return the schema of each kind and of site.yml, by name; the lists of site.yml are the choices."""
    found = {str(one.kind): _document(one.label, form_of(one.kind), site) for one in CONTENT_TYPES.values()}
    return found | {"site": _document("site.yml", fields_of(SiteFields), site)}


def _document(title: str, form: tuple[FormField, ...], site: Site) -> dict[str, Any]:
    return {"$schema": _DRAFT, "title": title, **_group(form, site)}


def _group(form: tuple[FormField, ...], site: Site) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: _field(field, site) for field in form},
        "required": [field.name for field in form if field.required],
        "additionalProperties": False,
    }


def _field(field: FormField, site: Site) -> dict[str, Any]:
    told = {"title": field.title, "description": field.hint} if field.hint else {"title": field.title}
    value = _group(field.fields, site) if field.fields else _value(field, site)
    if field.bare:  # a value that may stand for the whole group
        value = {"anyOf": [{"type": "string"}, value]}
    return told | ({"type": "array", "items": value} if field.many else value)


def _value(field: FormField, site: Site) -> dict[str, Any]:
    found: dict[str, Any] = {"type": _TYPES.get(field.shape, "string") if field.shape else "string"}
    if field.choices:
        found["enum"] = [value for value, _ in choices_of(field.choices, site)]
    if field.limit:
        found["maxLength"] = field.limit
    if field.shape in _PATTERNS:
        found["pattern"] = _PATTERNS[field.shape]
    if field.example:
        found["examples"] = [field.example.strip('"')]
    return found
