"""Make forms from the schema in `model.item_fields`."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.content_types.question import OWNER
from chuyendoiso.model.site import Site
from chuyendoiso.model.types import Group
from chuyendoiso.model.vocabulary import ASKED_VIA, DOCUMENT_TYPES, ROUTES, STATUS_NAMES, EditorStatus, Kind
from chuyendoiso.model.widgets import Widget, WidgetKind, merge_widgets


@dataclass(frozen=True)
class FormField:
    """A field of a form."""

    name: str  # in front matter
    title: str  # Vietnamese
    hint: str
    example: str
    required: bool
    many: bool  # a list of such values
    widget: WidgetKind | None  # None for a group of fields
    limit: int | None
    choices: str | None
    fields: "tuple[FormField, ...]" = ()  # of a group
    depth: int = 0  # of lists: 2 for a list of lists
    bare: str | None = None  # the field whose value may replace the group


def form_of(kind: Kind) -> tuple[FormField, ...]:
    """Return the fields of a content type, required fields first."""
    return tuple(sorted(fields_of(CONTENT_TYPES[kind].fields), key=lambda field: not field.required))


def fields_of(group: type[BaseModel]) -> tuple[FormField, ...]:
    """Return the fields of a group, in the schema's order."""
    return tuple(_field(field.alias or name, field) for name, field in group.model_fields.items())


def labels_of(kind: Kind) -> dict[str, str]:
    """Return the Vietnamese name of each field; of two, the outer one's."""
    form = form_of(kind)
    return {**dict(_labels(form)), **{field.name: field.title for field in form}}


def _labels(fields: tuple[FormField, ...]) -> Iterator[tuple[str, str]]:
    for field in fields:
        yield from _labels(field.fields)
        yield field.name, field.title


def _field(name: str, field: FieldInfo) -> FormField:
    types = list(_flatten(field.annotation))
    group = next((type_ for type_ in types if isinstance(type_, type) and issubclass(type_, Group)), None)
    widget = merge_widgets([type_ for type_ in (*types, *field.metadata) if isinstance(type_, Widget)])
    return FormField(
        name=name,
        title=field.title or name,
        hint=field.description or "",
        example=str(field.examples[0]) if field.examples else "",
        required=field.is_required(),
        many=tuple in types,
        depth=types.count(tuple),
        widget=None if group else widget.kind,
        limit=widget.limit,
        choices=widget.choices,
        fields=fields_of(group) if group else (),
        bare=group.bare if group else None,
    )


def _flatten(annotation: Any) -> Iterator[Any]:
    """Yield the types and the metadata in an annotation, from the outside in."""
    origin = get_origin(annotation)
    yield origin or annotation
    if origin is Annotated:
        yield from annotation.__metadata__
        yield from _flatten(annotation.__origin__)
    elif origin in {tuple, Union, UnionType}:
        for argument in get_args(annotation):
            yield from _flatten(argument)


def choices_of(name: str, site: Site) -> tuple[tuple[str, str], ...]:
    """Return the choices of a field with their names; `name` is its `choices`."""
    match name:
        case "document_types":
            return tuple((kind, kind) for kind in DOCUMENT_TYPES)
        case "statuses":
            return tuple((str(status), STATUS_NAMES[status]) for status in EditorStatus)
        case "routes":
            return tuple(ROUTES.items())
        case "asked_via":
            return tuple(ASKED_VIA.items())
        case "answerers":
            return ((OWNER, site.owner.name), *((issuer.id, issuer.name) for issuer in site.issuers))
        case "topics":
            return tuple((topic.slug, topic.name) for topic in site.topics)
        case _:
            return tuple((item.id, item.name) for item in getattr(site, name))
