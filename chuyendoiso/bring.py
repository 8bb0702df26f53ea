"""Brings new words into a release: what shows them is made again as it was planned, all else is carried over."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

import chuyendoiso.feeds
import chuyendoiso.views.pages  # noqa: F401 - recipes name what they are made by: loaded here, while files are read
from chuyendoiso.bodies import PACKAGE, Bodies
from chuyendoiso.domain import paths
from chuyendoiso.domain.model import BodyRef
from chuyendoiso.domain.output import Output
from chuyendoiso.domain.site import Site
from chuyendoiso.engine.aside import aside
from chuyendoiso.engine.fingerprints import code_digests, fingerprint
from chuyendoiso.engine.kept import Kept
from chuyendoiso.engine.making import make
from chuyendoiso.engine.recipes import Recipes, Task
from chuyendoiso.indexing import Index, keep_index, plan_shards, reworded_index
from chuyendoiso.order import Order
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Placed, Release
from chuyendoiso.release.staging import Staging, Stored
from chuyendoiso.release.verify import verify_staged
from chuyendoiso.standings import Change, MoreChanged

MANY = 200  # more outputs than these are better made by workers: a glossary stands in every article


class Bringing:
    """New words on their way into a release; what is needed whatever they are is made ready at once. Raises MoreChanged and BuildStopped."""

    def __init__(self, kept: Kept, last: Release, order: Order, folder: Path) -> None:
        self.kept, self.last, self.order, self.code = kept, last, order, code_digests(PACKAGE)
        there = [path.removeprefix("/") for path in paths.FILE_LISTS if path.removeprefix("/") in last.files]
        self.lists = self._planned(there, {})
        stamp = store.next_stamp(order.output, order.now.timestamp())
        self.staging = Staging(order.output, store.next_folder(folder), last, stamp, order.retention, dict(last.files))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Remove what is left of it."""
        self.staging.discard()

    def bring_in(self, site: Site, changes: Sequence[Change]) -> Release:
        """Make again what shows the bodies, and swap it in with all else that the release has. Raises MoreChanged and BuildStopped."""
        last, order, staging = self.last, self.order, self.staging
        before = {path: last.files[path] for was, _ in changes for path in was.paths or ()}
        if len(before) > MANY:
            raise MoreChanged
        index = self._indexed(changes)
        self._make([*self._tasks(changes, list(before)), *self._changed_shards(index)])
        self._make(self._changed_lists(staging.files))
        grown = sum(staging.files[path].size - one.size for path, one in before.items() if path.endswith(".html"))
        about = replace(
            last.about,
            built_at=order.now.isoformat(),
            stamp=staging.stamp,
            page_bytes=last.about.page_bytes + grown,
            published=False,
        )
        shrunken = order.allow_shrink or order.preview
        staging.finish(about, partial(verify_staged, staging, about, site, whole=False, shrunken=shrunken))
        keep_index(self.kept, index)
        return staging.release(about)

    def _make(self, tasks: Sequence[Task]) -> None:
        """Make outputs and keep how they were planned, half of them in another process."""

        def make_some(some: Sequence[Task]) -> list[Stored]:
            stored = [self.staging.put(make(task, Bodies(self.kept))) for task in some]
            Recipes(self.kept).keep(some)
            return stored

        half = len(tasks) // 2
        with aside(lambda: make_some(tasks[:half]), apart=half > 1) as made_aside:
            made = make_some(tasks[half:])
            for task, stored in zip(tasks, [*made_aside(), *made], strict=True):
                self.staging.note(task.output.path, stored)

    def _planned(self, paths: Sequence[str], bodies: Mapping[str, BodyRef]) -> list[Output]:
        """Return outputs of the release as they were planned, but for some bodies. Raises MoreChanged."""
        outputs = Recipes(self.kept).load({path: self.last.files[path].fingerprint for path in paths}, bodies)
        if outputs is None:
            raise MoreChanged
        return outputs

    def _indexed(self, changes: Sequence[Change]) -> Index:
        """Return the search index with the new bodies. Raises MoreChanged."""
        leaves = {leaf for was, _ in changes for path in was.paths or () if (leaf := paths.leaf_of_record(f"/{path}"))}
        index = reworded_index(self.kept, leaves, {was.body.digest: now.body for was, now in changes}, Bodies(self.kept))
        if index is None:
            raise MoreChanged
        return index

    def _changed_shards(self, index: Index) -> list[Task]:
        tasks = (Task(output, fingerprint(output, self.code), {}) for output in plan_shards(index, self.kept))
        return [task for task in tasks if self.last.files[task.output.path].fingerprint != task.fingerprint]

    def _tasks(self, changes: Sequence[Change], shown: Sequence[str]) -> list[Task]:
        """Return what is to be made: the outputs that show the bodies, with the new ones. Raises MoreChanged."""
        tasks = []
        for output in self._planned(shown, {was.body.digest: now.body for was, now in changes}):
            facts = {path: self.last.files[path].facts for path in output.files_of or ()}
            if not facts.keys().isdisjoint(shown):
                raise MoreChanged
            tasks.append(Task(output, fingerprint(output, self.code, facts), facts))
        return tasks

    def _changed_lists(self, now: Mapping[str, Placed]) -> list[Task]:
        """Return the lists of files that tell of one whose bytes are no longer the same, to be made."""
        tasks = []
        for output in self.lists:
            told = output.files_of or ()
            if all(now[path].digest == self.last.files[path].digest for path in told):
                continue
            facts = {path: now[path].facts for path in told}
            print_ = fingerprint(output, self.code, facts)
            if print_ != self.last.files[output.path].fingerprint:
                tasks.append(Task(output, print_, facts))
        return tasks
