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
Render = Callable[[Sequence[Target]], Iterable[tuple[str, bytes]]]  # yields path and bytes of each target


SegmentInputs = tuple[int, tuple[tuple[Text, BodyRef], ...]]  # number of shards; the texts to index together, with their bodies


def segment_keys(segments: Sequence[Segment] | None, site: Site, code: str) -> dict[str, Segment]:
    """Return segments by cache key, oldest first; `code` is the code's digest."""
    common = digest_of((code, _shard_count(segments), site.timezone, site.topics, site.audiences, site.issuers, site.channels))
    return {key_of(common, *(f"{item.digest} {item.body.digest}" for item in segment.items)): segment for segment in segments or ()}


def plan_shards(segments: Sequence[Segment] | None, site: Site, cache: Cache, code: str, render: Render) -> Iterator[Target]:
    """Index the segments that are not in the cache, and plan the shards.

    A site without search (None) has no shards. Raises BuildStopped.
    """
    keys, shards = segment_keys(segments, site, code), _shard_count(segments)

    def make(missing: Sequence[str]) -> Mapping[str, Sections]:
        targets = [_segment(key, keys[key], site, shards) for key in missing]
        return {path: pickle.loads(data) for path, data in render(targets)}

    by_key = cache.get_or_make_all(SEGMENT, keys, make)
    cache.flush()
    words = frozenset[str]().union(*(by_key[key].words for key in keys))
    yield Target(urls.SEARCH_WORDS.removeprefix("/"), " ".join(sorted(words)), make_words, "từ vựng tìm kiếm")
    for number, data in enumerate(shards_of([segment.name for segment in keys.values()], [by_key[key] for key in keys], shards)):
        yield Target(urls.search_shard(number).removeprefix("/"), Shard(data), make_shard, f"tìm kiếm {number}")


def _shard_count(segments: Sequence[Segment] | None) -> int:
    return 0 if segments is None else shard_count(sum(len(segment.items) for segment in segments))


def _segment(key: str, segment: Segment, site: Site, shards: int) -> Target:
    texts = tuple((text_of(item, site), item.body) for item in segment.items)
    bodies = tuple(item.body for item in segment.items)
    return Target(key, (shards, texts), _make_segment, f"tìm kiếm {key[:8]}", bodies, cost=10)


def _make_segment(inputs: SegmentInputs, dependencies: Dependencies) -> bytes:
    shards, texts = inputs
    complete = (replace(text, words=f"{text.words}\n{dependencies.bodies[body.digest].text}") for text, body in texts)
    return pickle.dumps(make_sections(complete, shards), pickle.HIGHEST_PROTOCOL)


# ── the shards ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, repr=False)
class Shard(Hashed):
    """A part of the index, named by its bytes."""

    data: bytes

    @property
    def digest(self) -> str:
        """Return the hash of its bytes."""
        return key_of(self.data)


def shard_paths(segments: Sequence[Segment] | None) -> set[str]:
    """Return the paths of the shards of an index of these segments."""
    shards = {urls.search_shard(number).removeprefix("/") for number in range(_shard_count(segments))}
    return shards | {urls.SEARCH_WORDS.removeprefix("/")} if segments is not None else shards


def make_words(words: str) -> bytes:
    """Return the plain words of the index, by which unknown words are mended."""
    return words.encode()


def make_shard(shard: Shard) -> bytes:
    """Return a part of the index."""
    return shard.data
