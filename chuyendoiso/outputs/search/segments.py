"""The segments of the index: items grouped by date, so that a change affects one.

A segment is an interval of a binary trie over dates; one that grows too large is halved. So an item's segment depends on its date and
on the number of items around it alone.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from chuyendoiso.model.items import Item, Page

FULL = 120  # most items of a segment: their numbers fit in 7 bits
BITS = 64  # of an item's place: 32 of its minute, 32 of its path's hash, which separates items of one minute


@dataclass(frozen=True, slots=True)
class Segment:
    """Items of one interval, oldest first; `name` is the interval in hex."""

    name: str
    items: tuple[Item | Page, ...]


def split_into_segments(items: Sequence[Item | Page]) -> tuple[Segment, ...]:
    """Split items and plain pages into segments, the oldest segment first."""
    placed = sorted(items, key=lambda item: (_place(item), item.path))
    cuts = _cuts(list(map(_place, placed)), 0, len(placed), 0, 1)
    return tuple(Segment(f"{name:x}", tuple(placed[start:end])) for name, start, end in cuts)


def _place(item: Item | Page) -> int:
    minute = 0 if isinstance(item, Page) else int(item.happened_at.timestamp()) // 60
    return max(0, min(minute, 2**32 - 1)) << 32 | crc32(item.path.encode())


def _cuts(places: Sequence[int], start: int, end: int, depth: int, name: int) -> Iterator[tuple[int, int, int]]:
    """Yield name and bounds of each segment; the name is a 1 and the path's bits."""
    if start == end:
        return
    if end - start <= FULL or depth == BITS:
        yield name, start, end
        return
    middle = bisect_left(places, (2 * name + 1 - (2 << depth)) << (BITS - 1 - depth), start, end)
    yield from _cuts(places, start, middle, depth + 1, 2 * name)
    yield from _cuts(places, middle, end, depth + 1, 2 * name + 1)
