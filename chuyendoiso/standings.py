"""How each file stands in the plan of the release that is shown: its bytes, its body, and the outputs that show that."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from chuyendoiso.domain.model import BodyPart, BodyRef, digest_of
from chuyendoiso.domain.output import Output, Planned
from chuyendoiso.engine.kept import Kept
from chuyendoiso.memory import Seen

STANDINGS = "standing"  # kind of what is kept: how the files of a shelf stand, by name
TOLD = "standings"  # kind of the digest of each shelf
SHELVES = 64  # a few files are looked up on theirs alone


class Standing(NamedTuple):
    """How a file stands in the plan: its bytes, its body, and what shows that."""

    digest: str  # SHA-256 of its bytes
    head: str  # that of its front matter
    key: str  # of its converted body
    shown: tuple[BodyPart | None, ...]  # what its references lead to
    shows: str  # digest of its body as outputs name it, which the two before tell
    paths: tuple[str, ...] | None  # of the outputs that show the body; None where it takes more than words (`standings`)

    @property
    def body(self) -> BodyRef:
        """Return the file's body as outputs name it."""
        return BodyRef(self.key, self.shown)


class MoreChanged(Exception):
    """More than words of files changed, or what is kept does not tell all that would have to be made again."""


Change = tuple[Standing, Standing]  # how a file stood, and how it stands now


def standings(known: Mapping[str, object], planned: Iterable[Planned]) -> dict[str, Standing]:
    """Return how each file stands, by name.

    One about which there is something to tell has no paths, nor have two of one body: what shows the one could not be told from what shows the other.
    """
    paths: dict[str, list[str]] = defaultdict(list)
    for output in planned:
        if isinstance(output, Output) and output.bodies:
            for ref in output.bodies:
                paths[ref.digest].append(output.path)
    found = {name: standing(seen, paths) for name, seen in known.items() if isinstance(seen, Seen) and seen.made}
    having = Counter([one.key for one in found.values()])
    if len(having) < len(found):
        found |= {name: one._replace(paths=None) for name, one in found.items() if having[one.key] > 1}
    return found


def standing(seen: Seen, paths: Mapping[str, Sequence[str]]) -> Standing:
    """Return how a file stands by itself; `paths` are those of outputs, by the digest of the body that they show."""
    assert seen.made
    body = seen.made.value.body
    sound = seen.made.key is not None and not seen.problems
    return Standing(seen.digest, seen.head, body.key, body.shown, body.digest, tuple(paths.get(body.digest, ())) if sound else None)


Shelf = dict[str, tuple[Any, ...]]  # standings by name, as plain tuples, which are loaded faster


def keep_standings(kept: Kept, found: Mapping[str, Standing]) -> None:
    """Keep how all files stand in the release that is shown; shelves on which all stand as before are left."""
    shelves: dict[str, Shelf] = {str(number): {} for number in range(SHELVES)}
    for name, one in found.items():
        shelves[_shelf(name)][name] = tuple(one)
    there, before = kept.keys(STANDINGS), kept.all(TOLD)
    _keep(kept, {number: shelf for number, shelf in shelves.items() if number not in there or before.get(number) != _told(shelf)})


def keep_changed(kept: Kept, found: Mapping[str, Standing]) -> None:
    """Keep how some files stand now."""
    shelves: dict[str, Shelf] = kept.get(STANDINGS, map(_shelf, found))
    for name, one in found.items():
        shelves.setdefault(_shelf(name), {})[name] = tuple(one)  # somebody may have deleted what was kept meanwhile
    _keep(kept, shelves)


def _keep(kept: Kept, shelves: Mapping[str, Shelf]) -> None:
    kept.put(STANDINGS, shelves)
    kept.put(TOLD, {number: _told(shelf) for number, shelf in shelves.items()})  # after them: it tells what is there


def _told(shelf: Shelf) -> str:
    """Return the digest of how the files of a shelf stand."""
    return digest_of([(name, digest, shows, paths) for name, (digest, _, _, _, shows, paths) in shelf.items()])


def load_standings(kept: Kept, names: Iterable[str] | None = None) -> dict[str, Standing]:
    """Return how files stand in the release that is shown, as far as that is kept: those of these names at least, or all."""
    shelves = kept.all(STANDINGS) if names is None else kept.get(STANDINGS, map(_shelf, names))
    return {name: Standing._make(one) for shelf in shelves.values() for name, one in shelf.items()}


def _shelf(name: str) -> str:
    return str(crc32(name.encode()) % SHELVES)
