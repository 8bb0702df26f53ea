"""What an import tells: what has to be filled in, looked at again, or was left out; and what stops it."""

from dataclasses import dataclass
from enum import StrEnum

from chuyendoiso.model.characters import one_line
from chuyendoiso.system.errors import BuildStopped


class Sort(StrEnum):
    """What a note asks for; the value begins its line."""

    WARNING = "CHÚ Ý"
    MISSING = "Cần điền"
    UNSURE = "Cần xem lại"
    DROPPED = "Đã bỏ"


@dataclass(frozen=True, slots=True)
class ImportNote:
    """One thing told at the end of an import."""

    sort: Sort
    text: str  # Vietnamese, with its full stop

    def __str__(self) -> str:
        """Return the line."""
        return one_line(f"{self.sort}: {self.text}")


class ImportStopped(BuildStopped):
    """Nothing was written; the message is one line: what is wrong, and the remedy."""

    def __init__(self, file: str, message: str, remedy: str) -> None:
        super().__init__(one_line(f"{file}: {message} Cách sửa: {remedy}"))
