"""The site kept in memory for the preview: read anew on each save, its files made only when they are asked for. No release is made."""

import gc
import hashlib
import threading
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from chuyendoiso import build
from chuyendoiso.article import Desk
from chuyendoiso.bodies import PACKAGE, Bodies, Lost
from chuyendoiso.build import Reading
from chuyendoiso.domain.model import Body, BodyRef
from chuyendoiso.domain.output import CopyOf, FileFacts, Given, Output, Planned
from chuyendoiso.engine.fingerprints import code_digests, fingerprint
from chuyendoiso.engine.kept import Kept, opened
from chuyendoiso.indexing import plan_shards, read_index, shard_paths
from chuyendoiso.memory import Memory, Seen, memory_of
from chuyendoiso.order import Order
from chuyendoiso.release import store
from chuyendoiso.reworded import reworded
from chuyendoiso.standings import Standing, standing, standings
from chuyendoiso.tree import walk_again

ENCODED = "encoded"  # kind of what is kept of pictures and cards, which take long to make
SLOW = 10  # weight from which on a file is kept


class LiveSite:
    """A site as it was last read; where the content has errors, it stays as it was."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.kept_file = store.kept_file(order.output)
        self.kept = Kept(self.kept_file)
        self.memory: Memory | None = None
        self.reading: Reading | None = None
        self.planned: dict[str, Planned] = {}
        self.whole = False  # the plan has more than pages
        self.standings: dict[str, Standing] | None = None  # of the files that were read, once that is asked for
        self.edited: dict[str, BodyRef] = {}  # bodies written since, by the digest of those in the plan
        self.made: dict[str, bytes] = {}
        self.sound = False  # the last whole reading found no error
        self.lost = False  # what was kept, by somebody who deleted it
        self.lock = threading.Lock()
        self.indexing = threading.Lock()
        self.shards: tuple[Reading, dict[str, BodyRef], dict[str, Planned]] | None = None  # of a reading, with edited bodies
        self.code = code_digests(PACKAGE)

    def refresh(self, changed: Collection[Path] | None = None) -> None:
        """Read what changed (None: anything may have). Raises BuildStopped; the site then stays as it was."""
        if self.lost:
            self.kept.forget()
            self.memory, self.lost = None, False
        edited = self._edited_bodies(changed) if changed and self.sound else None
        if edited is None:
            gc.disable()  # as a build does: what is read stays, and makes no rings
            try:
                self._read(changed)
            finally:
                gc.freeze()  # what stays until the next reading need not be looked through again and again
                gc.enable()
            return
        with self.lock:
            self.edited |= edited
            self.made = {}

    def _read(self, changed: Collection[Path] | None) -> None:
        """Read the content whole. Raises BuildStopped."""
        self.sound = False
        order = replace(self.order, now=datetime.now(UTC))
        self.memory = self.memory or memory_of(self.kept, order.content.name)
        before = self.reading.tree if self.reading and changed else None
        reading = build.read_live(order, self.memory, walk_again(before, changed) if before and changed else None)
        with self.lock:
            self.reading, self.planned, self.whole = reading, {one.path: one for one in reading.planned}, False
            self.made, self.edited, self.standings = {}, {}, None
        self.sound = True

    def file(self, path: str) -> bytes | None:
        """Return a file of the site; None where there is none. Raises BuildStopped where it cannot be made."""
        with self.lock:
            planned, edited, made = self._planned(path), dict(self.edited), self.made
        if path not in made:
            try:
                with opened(self.kept_file) as kept:
                    planned = planned or self._shard(path, kept, edited)
                    if planned is None:
                        return None
                    made[path] = self._make(planned, kept, edited)
            except Lost:
                self.lost = True  # the next save reads everything
                raise
        return made[path]

    def _planned(self, path: str) -> Planned | None:
        """Return how a file is planned; what is no page only once the first such file is asked for."""
        if path not in self.planned and self.reading and not self.whole:
            self.planned |= {one.path: one for one in self.reading.plan.others()}
            self.whole = True
        return self.planned.get(path)

    def _shard(self, path: str, kept: Kept, edited: dict[str, BodyRef]) -> Planned | None:
        """Return a part of the search index, which is made when it is first asked for; None where the path is of something else."""
        reading = self.reading
        if reading is None or path not in shard_paths(reading.plan.leaves):
            return None
        with self.indexing:
            if self.shards is None or self.shards[0] is not reading or self.shards[1] != edited:
                index = read_index(reading.plan.leaves, reading.site, kept, Bodies(kept), edited)
                self.shards = reading, edited, {one.path: one for one in plan_shards(index, kept)}
            return self.shards[2][path]

    def _make(self, planned: Planned, kept: Kept, edited: dict[str, BodyRef]) -> bytes:
        if isinstance(planned, CopyOf):
            return planned.source.read_bytes()
        facts = {path: _facts(self.file(path) or b"") for path in planned.files_of or ()}
        if planned.weight < SLOW:
            return self._made(planned, kept, edited, facts)
        key = fingerprint(planned, self.code, facts)
        found = kept.get(ENCODED, [key]).get(key)
        if not isinstance(found, bytes):
            found = self._made(planned, kept, edited, facts)
            kept.put(ENCODED, {key: found})
        return found

    @staticmethod
    def _made(output: Output, kept: Kept, edited: dict[str, BodyRef], facts: dict[str, FileFacts]) -> bytes:
        if output.bodies is None and output.files_of is None:
            return output.make(output.inputs)
        return output.make(output.inputs, Given(_bodies(kept, output.bodies or (), edited), facts))

    def _standings(self) -> dict[str, Standing]:
        """Return how all files stood when they were read."""
        assert self.memory
        if self.standings is None:
            self.standings = standings(self.memory.known, ())
        return self.standings

    # ── a save that changes nothing but words ───────────────────────────────────────────────────────────────────────────

    def _edited_bodies(self, changed: Iterable[Path]) -> dict[str, BodyRef] | None:
        """Return the new bodies, by the digest of those in the plan, where nothing else of any file changed; None where more did."""
        if self.memory is None or self.reading is None or self.reading.tree is None:
            return None
        desk = Desk(self.reading.tree, self.reading.site, self.kept, self.memory.converter)
        found: dict[str, BodyRef] = {}
        for path in changed:
            name = path.relative_to(self.order.content).as_posix() if path.is_relative_to(self.order.content) else ""
            seen = self.memory.known.get(name)
            if not isinstance(seen, Seen) or not seen.made or not path.is_file():
                return None
            change = reworded(desk, self.memory.version, name, standing(seen, {}), self._standings)
            if change is None or self._standings()[name].paths is None:  # the longer question last: a new title answers the first
                return None
            before, now = change
            found[before.body.digest] = now.body
        return found


def _facts(data: bytes) -> FileFacts:
    return FileFacts(len(data), hashlib.sha256(data).hexdigest())


def _bodies(kept: Kept, refs: Iterable[BodyRef], edited: dict[str, BodyRef]) -> dict[str, Body]:
    wanted = {ref.digest: edited.get(ref.digest, ref) for ref in refs}
    found = Bodies(kept)(wanted.values())
    return {digest: found[ref.digest] for digest, ref in wanted.items()}
