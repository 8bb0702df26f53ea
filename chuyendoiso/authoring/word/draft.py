"""Fields with what is to be said of them → front matter that people go over: a doubtful value has a line above it, a missing one has a line alone.

Whole-line comments are what `source` allows; `make check` names each required field that is still a comment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chuyendoiso.authoring.word.import_report import ImportNote, Sort
from chuyendoiso.authoring.word.pandoc import Nodes
from chuyendoiso.authoring.yaml_writer import Value, written_fields
from chuyendoiso.model.characters import one_line


@dataclass(frozen=True)
class Field:
    """A field: its value, None where someone must give one, and what to look at."""

    name: str
    value: Value | None
    remark: str | None = None  # Vietnamese, with its full stop
    required: bool = True


@dataclass(frozen=True)
class Draft:
    """What an import makes of a file, but for pictures and the original beside."""

    slug: str
    fields: tuple[Field, ...]
    blocks: Nodes
    notes: tuple[ImportNote, ...]


def make_front_matter(fields: Iterable[Field], warnings: Iterable[ImportNote]) -> str:
    """Return the fields between `---` lines, with their remarks; warnings come first."""
    return "\n".join(["---", *(f"# {note}" for note in warnings), *(line for one in fields for line in _lines(one)), "---", ""])


def _lines(field: Field) -> Iterator[str]:
    if field.remark:
        yield one_line(f"# {str(_sort(field)).upper()} {field.name}: {field.remark}")
    yield from written_fields({field.name: field.value})


def notes_of(fields: Iterable[Field]) -> list[ImportNote]:
    """Return what is told of fields."""
    return [ImportNote(_sort(one), f"{one.name}: {one.remark}") for one in fields if one.remark]


def _sort(field: Field) -> Sort:
    return Sort.UNSURE if field.value or not field.required else Sort.MISSING
