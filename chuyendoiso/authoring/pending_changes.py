"""What publishing now would change for readers: two lists of a site's items → new, changed, moved, withdrawn. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chuyendoiso.model.items import Item


@dataclass(frozen=True, slots=True)
class Moved:
    """An item whose address changes: its former one leads on."""

    title: str
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What changes; each item as `/manifest.json` tells it."""

    first: bool  # nothing was published before
    new: tuple[Mapping[str, Any], ...]
    major: tuple[Mapping[str, Any], ...]  # told to readers and channels again
    minor: tuple[Mapping[str, Any], ...]
    moved: tuple[Moved, ...]
    withdrawn: tuple[Mapping[str, Any], ...]
    scheduled: tuple[Item, ...]  # that appear later by themselves, the soonest first

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes."""
        return not (self.new or self.major or self.minor or self.moved or self.withdrawn)


def compare(before: Mapping[str, Any] | None, now: Mapping[str, Any], scheduled: Sequence[Item]) -> Review:
    """Compare the `/manifest.json` of what is published (None: nothing is) with that of what would be."""
    old = {one["id"]: one for one in (before or {"items": ()})["items"]}
    gone = {one["id"] for one in (before or {"withdrawn": ()})["withdrawn"]}
    known = [one for one in now["items"] if one["id"] in old]
    changed = [one for one in known if one["sha256"] != old[one["id"]]["sha256"]]
    return Review(
        first=before is None,
        new=tuple(one for one in now["items"] if one["id"] not in old),
        major=tuple(one for one in changed if one["updated"] != old[one["id"]]["updated"]),
        minor=tuple(one for one in changed if one["updated"] == old[one["id"]]["updated"]),
        moved=tuple(
            Moved(one["title"], old[one["id"]]["path"], one["path"]) for one in known if one["path"] != old[one["id"]]["path"]
        ),
        withdrawn=tuple(
            {**one, "title": old.get(one["id"], one).get("title", one["path"])} for one in now["withdrawn"] if one["id"] not in gone
        ),
        scheduled=tuple(sorted(scheduled, key=lambda item: item.date)),
    )
