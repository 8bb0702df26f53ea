"""The schema as a form: each field with what whoever fills it in must know, groups within groups. Made from `model.item_fields` alone."""

from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.content_types.document import RelationFields
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES, STATUS_NAMES, EditorStatus, Kind
from chuyendoiso.model.widgets import Widget, WidgetKind, combined


@dataclass(frozen=True)
class FormField:
    """One field of a form."""

    name: str  # as front matter has it
    title: str  # Vietnamese
    hint: str
    example: str
    required: bool
    many: bool  # a list of such values
    shape: WidgetKind | None  # None where it is a group of fields
    limit: int | None
    choices: str | None
    fields: "tuple[FormField, ...]" = ()  # of a group
    bare: str | None = None  # the one field of a group that may stand for the group


def form_of(kind: Kind) -> tuple[FormField, ...]:
    """Return the fields of a kind of content: those that must be there first, each half in the schema's order."""
    fields = fields_of(CONTENT_TYPES[kind].fields)
    return (*(field for field in fields if field.required), *(field for field in fields if not field.required))


def fields_of(group: type[BaseModel]) -> tuple[FormField, ...]:
    """Return the fields of a group, in the schema's order."""
    return tuple(_field(field.alias or name, field) for name, field in group.model_fields.items())


def _field(name: str, field: FieldInfo) -> FormField:
    kind = _Kind(field.annotation)
    marks = combined([*kind.marks, *(mark for mark in field.metadata if isinstance(mark, Widget))])
    return FormField(
        name=name,
        title=field.title or name,
        hint=field.description or "",
        example=str(field.examples[0]) if field.examples else "",
        required=field.is_required(),
        many=kind.many,
        shape=None if kind.group else marks.shape,
        limit=marks.limit,
        choices=marks.choices,
        fields=fields_of(kind.group) if kind.group else (),
        bare="number" if kind.group is RelationFields else None,
    )


class _Kind:
    """What a type annotation holds: a group or a value, one or many, and its marks from the outside in."""

    def __init__(self, annotation: Any) -> None:
        self.group: type[BaseModel] | None = None
        self.many = False
        self.marks: list[Widget] = []
        self._look(annotation)

    def _look(self, annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            self.group = annotation
        if metadata := getattr(annotation, "__metadata__", ()):
            self.marks += [mark for mark in metadata if isinstance(mark, Widget)]
            return self._look(annotation.__origin__)
        if get_origin(annotation) is tuple:
            self.many = True
        if get_origin(annotation) in {tuple, Union, UnionType}:
            for argument in get_args(annotation):
                if argument not in {Ellipsis, NoneType}:
                    self._look(argument)
        return None


def choices_of(name: str, site: Site) -> tuple[tuple[str, str], ...]:
    """Return the values that a field may have, each with its name for people; `name` is a field's `choices`."""
    match name:
        case "document_types":
            return tuple((kind, kind) for kind in DOCUMENT_TYPES)
        case "statuses":
            return tuple((str(status), STATUS_NAMES[status]) for status in EditorStatus)
        case "topics":
            return tuple((topic.slug, topic.name) for topic in site.topics)
        case _:
            return tuple((one.id, one.name) for one in getattr(site, name))
