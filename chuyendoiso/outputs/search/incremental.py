"""Index items by segments, each cached, so that a change costs its segments alone."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chuyendoiso.model import urls
from chuyendoiso.model.items import BodyRef, Hashed, digest_of
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies, Target
from chuyendoiso.outputs.search import text_of
from chuyendoiso.outputs.search.index import Sections, Text, make_sections, shard_count, shards_of
from chuyendoiso.outputs.search.segments import Segment
from chuyendoiso.system.cache import SEGMENT, Cache, key_of

SEARCH = "chuyendoiso.outputs.search"  # whose code indexes
Render = Callable[[Sequence[Target]], Iterable[tuple[str, bytes]]]  # makes outputs; path and bytes of each
COST = 10  # how long indexing a segment takes, a page being 1


@dataclass(frozen=True)
class SegmentItem:
    """What is indexed of an item beside its body, and its body."""

    text: Text
    body: BodyRef


@dataclass(frozen=True)
class SegmentInputs:
    """Items to index together, into so many shards."""

    shards: int
    items: tuple[SegmentItem, ...]


def segment_keys(found: Sequence[Segment] | None, site: Site, code: str) -> dict[str, Segment]:
    """Return segments by cache key, oldest first; `code` is the code's digest."""
    of_site = site.timezone, site.topics, site.audiences, site.issuers, site.channels
    made_with = digest_of((code, _shard_count(found), *of_site))
    keys = (key_of(made_with, *(f"{item.digest} {item.body.digest}" for item in leaf.items)) for leaf in found or ())
    return dict(zip(keys, found or (), strict=True))


def plan_shards(found: Sequence[Segment] | None, site: Site, cache: Cache, code: str, render: Render) -> Iterator[Target]:
    """Index the leaves whose segments are not in the cache, and plan the shards.

    A site without search (None) has no shards. Raises BuildStopped.
    """
    keys, shards = segment_keys(found, site, code), _shard_count(found)

    def make(missing: Sequence[str]) -> Mapping[str, Sections]:
        outputs = [_segment(key, keys[key], site, shards) for key in missing]
        return {path: pickle.loads(data) for path, data in render(outputs)}

    segments = cache.get_or_make_all(SEGMENT, keys, make)
    cache.flush()
    sections = [segments[key] for key in keys]
    for number, data in enumerate(shards_of([leaf.name for leaf in keys.values()], sections, shards)):
        yield Target(urls.search_shard(number).removeprefix("/"), Shard(data), make_shard, f"tìm kiếm {number}")


def _shard_count(found: Sequence[Segment] | None) -> int:
    return 0 if found is None else shard_count(sum(len(leaf.items) for leaf in found))


def _segment(key: str, leaf: Segment, site: Site, shards: int) -> Target:
    items = tuple(SegmentItem(text_of(item, site), item.body) for item in leaf.items)
    bodies = tuple(item.body for item in leaf.items)
    return Target(key, SegmentInputs(shards, items), _make_segment, f"tìm kiếm {key[:8]}", bodies, cost=COST)


def _make_segment(segment: SegmentInputs, dependencies: Dependencies) -> bytes:
    texts = (replace(one.text, words=f"{one.text.words}\n{dependencies.bodies[one.body.digest].text}") for one in segment.items)
    return pickle.dumps(make_sections(texts, segment.shards), pickle.HIGHEST_PROTOCOL)


# ── the shards ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, repr=False)
class Shard(Hashed):
    """A part of the index, named by its bytes."""

    data: bytes

    @property
    def digest(self) -> str:
        """Return the hash of its bytes."""
        return key_of(self.data)


def shard_paths(found: Sequence[Segment] | None) -> set[str]:
    """Return the paths of the parts of the index of these leaves."""
    return {urls.search_shard(number).removeprefix("/") for number in range(_shard_count(found))}


def make_shard(shard: Shard) -> bytes:
    """Return a part of the index."""
    return shard.data
