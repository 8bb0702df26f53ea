"""A file whose words alone changed: its fields and all that its body refers to are as they were, so the plan of the site still holds.

A body's words stand in no other value than the body (`BodyRef`), so only what shows it is to be made again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from zlib import crc32

from chuyendoiso.article import Desk, Outcome, load_checked
from chuyendoiso.checked import Checked, outlined
from chuyendoiso.convert import Mention
from chuyendoiso.domain.model import BodyPart, BodyRef, digest_of
from chuyendoiso.domain.output import Output, Planned
from chuyendoiso.engine.kept import Kept
from chuyendoiso.engine.workers import within
from chuyendoiso.memory import CONVERTED, FILES, Seen, file_key

STANDINGS = "standing"  # kind of what is kept: how the files of a shelf stand, by name
TOLD = "standings"  # kind of the digest of each shelf
SHELVES = 64  # a few files are looked up on theirs alone


class Standing(NamedTuple):
    """How a file stands in the plan: its bytes, its body, and what shows that."""

    digest: str  # SHA-256 of its bytes
    key: str  # of its converted body
    shown: tuple[BodyPart | None, ...]  # what its references lead to
    shows: str  # digest of its body as outputs name it, which the two before tell
    paths: tuple[str, ...] | None  # of the outputs that show the body; None where it takes more than words (`standings`)

    @property
    def body(self) -> BodyRef:
        """Return the file's body as outputs name it."""
        return BodyRef(self.key, self.shown)


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
    return Standing(seen.digest, body.key, body.shown, body.digest, tuple(paths.get(body.digest, ())) if sound else None)


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
    return digest_of([(name, digest, shows, paths) for name, (digest, _, _, shows, paths) in shelf.items()])


def load_standings(kept: Kept, names: Iterable[str] | None = None) -> dict[str, Standing]:
    """Return how files stand in the release that is shown, as far as that is kept: those of these names at least, or all."""
    shelves = kept.all(STANDINGS) if names is None else kept.get(STANDINGS, map(_shelf, names))
    return {name: Standing._make(one) for shelf in shelves.values() for name, one in shelf.items()}


def _shelf(name: str) -> str:
    return str(crc32(name.encode()) % SHELVES)


def reworded(
    desk: Desk, version: str, name: str, before: Standing | None, all_: Callable[[], Mapping[str, Standing]]
) -> tuple[Standing, Standing] | None:
    """Read a file again, and keep what is to be kept of it: return how it stood and how it stands now.

    None where more than its words changed, where there is something to tell about it, and where it had or has the very body of
    another file. `version` is that of what is remembered; `before` is how it stood, `all_` tells that of all files.
    """
    if before is None or before.paths is None:
        return None
    outcome = within(desk.read, name, desk.limits.conversion_seconds)
    if not isinstance(outcome, Outcome) or outcome.problems or not outcome.facts or not desk.site:
        return None
    key, now = (file_key(version, name, desk.site.digest, digest) for digest in (before.digest, outcome.digest))
    was = desk.kept.get(FILES, [key]).get(key)
    if not isinstance(was, Checked) or _but_words(was) != _but_words(load_checked(outcome.checked)):
        return None
    body = BodyRef(outcome.facts.body, before.shown)
    after = before._replace(digest=outcome.digest, key=body.key, shows=body.digest)
    if not outcome.converted and any(one.key == after.key for other, one in all_().items() if other != name):
        return None  # a body that is new to the store is no other's
    desk.kept.put_pickled(FILES, {now: outcome.checked})
    if outcome.converted:
        desk.kept.put_pickled(CONVERTED, {after.key: outcome.converted})
    return before, after


def _but_words(checked: Checked) -> Checked:
    """Return a file without its words, and without the lines of what its body refers to."""
    body = outlined(checked.body)
    parts = tuple(part if isinstance(part, str | Mention) else replace(part, line=0) for part in body.parts)
    objects = tuple(replace(one, line=0) for one in body.objects)
    return replace(checked, body=replace(body, parts=parts, objects=objects))
