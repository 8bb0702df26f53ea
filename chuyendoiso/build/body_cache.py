"""Converted bodies, and the same with what their references lead to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from chuyendoiso.model.converted import Converted
from chuyendoiso.model.items import Body, BodyPart, BodyRef
from chuyendoiso.system.cache import BODY, Cache, CacheMissing


@dataclass(slots=True)
class Bodies:
    """Loads bodies from the cache for what renders outputs, in any process."""

    cache: Cache
    last: dict[str, Body] = field(default_factory=dict)  # by digest: a page's body is its record's, too, which is made next

    def __call__(self, refs: Iterable[BodyRef]) -> dict[str, Body]:
        """Return bodies by digest. Raises CacheMissing."""
        wanted = {ref.digest: ref for ref in refs}
        if not wanted.keys() <= self.last.keys():
            found: dict[str, Converted] = self.cache.get_or_make_all(BODY, [ref.key for ref in wanted.values()], _refuse)
            self.last = {digest: filled(found[ref.key], ref.shown) for digest, ref in wanted.items()}
        return {digest: self.last[digest] for digest in wanted}


def _refuse(missing: Sequence[str]) -> NoReturn:
    raise CacheMissing


def filled(converted: Converted, shown: Sequence[BodyPart | None]) -> Body:
    """Return a body: what its references resolved to stands in their places."""
    resolved = iter(shown)
    parts = (part if isinstance(part, str) else next(resolved) for part in converted.parts)
    return Body(tuple(part for part in parts if part is not None), converted.text, converted.headings)
