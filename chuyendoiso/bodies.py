"""Converted bodies as they are kept, and as they are shown: with what their references lead to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.domain.converted import Converted
from chuyendoiso.domain.model import Body, BodyPart, BodyRef
from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine.kept import Kept

PACKAGE = Path(__file__).parent
CONVERTED = "converted"  # kind of what is kept


class Lost(BuildStopped):
    """Something that was kept is gone: somebody deleted the store while it was in use."""

    def __init__(self) -> None:
        super().__init__(
            "Những gì giữ lại giữa các lần dựng bị xóa trong khi đang dùng. Trang cũ vẫn còn nguyên. Cách sửa: chạy lại."
        )


@dataclass(frozen=True, slots=True)
class Bodies:
    """Loads bodies that are kept, for whoever makes outputs; each process for itself."""

    kept: Kept

    def __call__(self, refs: Iterable[BodyRef]) -> dict[str, Body]:
        """Return bodies by digest. Raises Lost."""
        wanted = {ref.digest: ref for ref in refs}
        found = self.kept.get(CONVERTED, [ref.key for ref in wanted.values()])
        try:
            return {digest: filled(found[ref.key], ref.shown) for digest, ref in wanted.items()}
        except KeyError:
            raise Lost from None


def filled(converted: Converted, shown: Sequence[BodyPart | None]) -> Body:
    """Return a body: what its references resolved to stands in their places."""
    resolved = iter(shown)
    parts = (part if isinstance(part, str) else next(resolved) for part in converted.parts)
    return Body(tuple(part for part in parts if part is not None), converted.text, converted.headings)
