"""The search index over builds: what each leaf adds to it is kept by all that it is made of, so a change costs the leaves it is in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from chuyendoiso.bodies import PACKAGE, Lost
from chuyendoiso.domain import paths
from chuyendoiso.domain.model import BodyRef, Named, digest_of
from chuyendoiso.domain.output import Bodies, Given, Output
from chuyendoiso.domain.site import Site
from chuyendoiso.engine.fingerprints import code_digests
from chuyendoiso.engine.kept import Kept, key_of, pickled
from chuyendoiso.engine.making import Made, make_all
from chuyendoiso.engine.recipes import Task
from chuyendoiso.search import text_of
from chuyendoiso.search.index import Sections, Text, make_sections, shard_count, shards_of
from chuyendoiso.search.leaves import Leaf

# kinds of what is kept: of the index that is shown its leaves and their keys; by key of a leaf, what it holds and what it adds
INDEX, HELD, SECTIONS = "index", "leaf", "sections"
WEIGHT = 10  # how long indexing a leaf takes, a page being 1


@dataclass(frozen=True)
class Held:
    """An item in a leaf: its digest, what is indexed of it beside its body, and its body."""

    item: str
    text: Text
    body: BodyRef


@dataclass(frozen=True)
class Index:
    """An index: how many shards it has, what it was made with, and each leaf's name and key, the oldest leaf first."""

    shards: int
    made_with: str
    leaves: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Leaf:
    """A leaf to index."""

    shards: int
    held: tuple[Held, ...]


def read_index(
    found: Sequence[Leaf] | None, site: Site, kept: Kept, bodies: Bodies, edited: Mapping[str, BodyRef] = MappingProxyType({})
) -> Index:
    """Index the leaves of which that is not kept; `edited` are other bodies to take, by digest. Without leaves (None) there are no shards.

    Raises BuildStopped.
    """
    shards = 0 if found is None else shard_count(sum(len(leaf.items) for leaf in found))
    found = found or ()
    made_with = digest_of((code_digests(PACKAGE)("chuyendoiso.search"), shards, site.timezone, *_names(site)))
    bodies_now = [[edited.get(item.body.digest, item.body) for item in leaf.items] for leaf in found]
    keys = [
        _key(made_with, ((item.digest, body) for item, body in zip(leaf.items, now, strict=True)))
        for leaf, now in zip(found, bodies_now, strict=True)
    ]
    there = kept.keys(SECTIONS)
    missing = {
        key: tuple(Held(item.digest, text_of(item, site), body) for item, body in zip(leaf.items, now, strict=True))
        for key, leaf, now in zip(keys, found, bodies_now, strict=True)
        if key not in there
    }
    _keep(missing, shards, kept, bodies)
    return Index(shards, made_with, tuple((leaf.name, key) for leaf, key in zip(found, keys, strict=True)))


def _names(site: Site) -> tuple[object, ...]:
    """Return what of the settings is indexed."""
    return site.topics, site.audiences, site.issuers, site.channels


def _key(made_with: str, items: Iterable[tuple[str, BodyRef]]) -> str:
    return key_of(made_with, *(f"{digest} {body.digest}" for digest, body in items))


def _keep(missing: Mapping[str, tuple[Held, ...]], shards: int, kept: Kept, bodies: Bodies) -> None:
    """Index leaves, by key, and keep what they hold and add."""
    tasks = [
        Task(
            Output(key, _Leaf(shards, held), _make_leaf, f"tìm kiếm {key[:8]}", tuple(one.body for one in held), weight=WEIGHT),
            key,
            {},
        )
        for key, held in missing.items()
    ]

    def put(made: Made) -> None:
        assert made.data is not None
        kept.put_pickled(SECTIONS, {made.path: made.data})

    for _ in make_all(tasks, bodies, put, None):
        pass
    kept.put(HELD, missing)


def _make_leaf(leaf: _Leaf, given: Given) -> bytes:
    texts = (replace(one.text, words=f"{one.text.words}\n{given.bodies[one.body.digest].text}") for one in leaf.held)
    return pickled(make_sections(texts, leaf.shards))


def keep_index(kept: Kept, index: Index) -> None:
    """Keep which leaves are in the index that is shown, and nothing of others."""
    keys = [key for _, key in index.leaves]
    if kept.get(INDEX, [""]).get("") == index:
        return
    kept.put(INDEX, {"": index})
    kept.keep_only(HELD, keys)
    kept.keep_only(SECTIONS, keys)


def reworded_index(kept: Kept, names: Iterable[str], edited: Mapping[str, BodyRef], bodies: Bodies) -> Index | None:
    """Return the index that is shown with other bodies in leaves of these names, by digest; None where it is not kept."""
    index, wanted = kept.get(INDEX, [""]).get(""), set(names)
    if not isinstance(index, Index):
        return None
    found = kept.get(HELD, [key for name, key in index.leaves if name in wanted])
    now = {}
    for name, key in index.leaves:
        if name in wanted:
            if key not in found:
                return None
            held = tuple(replace(one, body=edited.get(one.body.digest, one.body)) for one in found[key])
            now[name] = (_key(index.made_with, ((one.item, one.body) for one in held)), held)
    _keep(dict(now.values()), index.shards, kept, bodies)
    return replace(index, leaves=tuple((name, now[name][0] if name in now else key) for name, key in index.leaves))


# ── the shards ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, repr=False)
class Shard(Named):
    """A part of the index, named by its bytes."""

    data: bytes

    @property
    def digest(self) -> str:
        """Return the hash of its bytes."""
        return key_of(self.data)


def shard_paths(found: Sequence[Leaf] | None) -> set[str]:
    """Return the paths of the parts of the index of these leaves."""
    shards = 0 if found is None else shard_count(sum(len(leaf.items) for leaf in found))
    return {paths.search_shard(number).removeprefix("/") for number in range(shards)}


def plan_shards(index: Index, kept: Kept) -> Iterator[Output]:
    """Plan the parts of the index. Raises Lost."""
    found = kept.get(SECTIONS, [key for _, key in index.leaves])
    try:
        sections: list[Sections] = [found[key] for _, key in index.leaves]
    except KeyError:
        raise Lost from None
    for number, data in enumerate(shards_of([name for name, _ in index.leaves], sections, index.shards)):
        yield Output(paths.search_shard(number).removeprefix("/"), Shard(data), make_shard, f"tìm kiếm {number}")


def make_shard(shard: Shard) -> bytes:
    """Return a part of the index."""
    return shard.data
