"""Make the front matter of an imported draft.

The front-matter parser accepts whole-line comments. `make check` names each required field that is still a comment.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.pandoc import Nodes
from chuyendoiso.authoring.yaml_writer import Value, written_fields
from chuyendoiso.model.characters import one_line


@dataclass(frozen=True)
class Field:
    """A front-matter field, with a remark for the editor."""

    name: str
    value: Value | None
    remark: str | None = None  # Vietnamese, with its full stop
    required: bool = True

    @property
    def note_kind(self) -> NoteKind:
        """Return the kind of the note about the field."""
        return NoteKind.UNSURE if self.value or not self.required else NoteKind.MISSING


@dataclass(frozen=True)
class Draft:
    """The content of a draft, without its pictures and its signed original."""

    slug: str
    fields: tuple[Field, ...]
    blocks: Nodes
    notes: tuple[ImportNote, ...]


def make_front_matter(fields: Iterable[Field], warnings: Iterable[ImportNote]) -> str:
    """Return the fields between `---` lines, below warnings and remarks."""
    lines = ["---", *(f"# {note}" for note in warnings)]
    for field in fields:
        if field.remark:
            lines.append(one_line(f"# {str(field.note_kind).upper()} {field.name}: {field.remark}"))
        lines += written_fields({field.name: field.value})
    return "\n".join([*lines, "---", ""])


def notes_of(fields: Iterable[Field]) -> list[ImportNote]:
    """Return a note for each field with a remark."""
    return [ImportNote(field.note_kind, f"{field.name}: {field.remark}") for field in fields if field.remark]
