"""Notes for the report of an import, and the error that stops it."""

from dataclasses import dataclass
from enum import StrEnum

from chuyendoiso.model.characters import one_line
from chuyendoiso.system.errors import BuildStopped


class NoteKind(StrEnum):
    """What a note asks for; the value begins its line."""

    WARNING = "CHÚ Ý"
    MISSING = "Cần điền"
    UNSURE = "Cần xem lại"
    DROPPED = "Đã bỏ"


@dataclass(frozen=True, slots=True)
class ImportNote:
    """One line of the report."""

    kind: NoteKind
    text: str  # Vietnamese, with its full stop

    def __str__(self) -> str:
        """Return the line."""
        return one_line(f"{self.kind}: {self.text}")


class ImportStopped(BuildStopped):
    """Nothing was written. The message is one line: the file, the problem, the remedy."""

    def __init__(self, file: str, message: str, remedy: str) -> None:
        super().__init__(one_line(f"{file}: {message} Cách sửa: {remedy}"))
