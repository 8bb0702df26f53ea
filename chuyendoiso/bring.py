"""Brings new words into a release: what shows them is made again as it was planned, all else is carried over."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import chuyendoiso.feeds
import chuyendoiso.views.pages  # noqa: F401 - recipes name what they are made by: loaded here, while files are read
from chuyendoiso.bodies import PACKAGE, Bodies
from chuyendoiso.domain import paths
from chuyendoiso.domain.site import Site
from chuyendoiso.engine.fingerprints import code_digests, fingerprint
from chuyendoiso.engine.kept import Kept
from chuyendoiso.engine.making import make
from chuyendoiso.engine.recipes import Recipes, Task
from chuyendoiso.indexing import Index, keep_index, plan_shards, reworded_index
from chuyendoiso.order import Order
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Placed, Release
from chuyendoiso.release.staging import Staging
from chuyendoiso.release.verify import verify_staged
from chuyendoiso.standings import Change

MANY = 200  # more outputs than these are better made by workers: a glossary stands in every article


class MoreChanged(Exception):
    """What is kept does not tell all that would have to be made again."""


def bring_in(kept: Kept, site: Site, order: Order, changes: Sequence[Change], last: Release, folder: Path) -> Release:
    """Make again what shows the bodies, and swap it in with all else that the last release has. Raises MoreChanged and BuildStopped."""
    staging = Staging(
        order.output, store.next_folder(folder), last, store.next_stamp(order.output, order.now.timestamp()), order.retention
    )
    staging.files.update(last.files)
    try:
        before = {path: last.files[path] for was, _ in changes for path in was.paths or ()}
        if len(before) > MANY:
            raise MoreChanged
        tasks = _tasks(kept, last, changes, list(before))
        index = _indexed(kept, changes)
        tasks += _changed_shards(kept, last, index)
        for task in tasks:
            staging.note(task.output.path, staging.put(make(task, Bodies(kept))))
        lists = _lists_of_files(kept, last, staging.files)
        for task in lists:
            staging.note(task.output.path, staging.put(make(task, Bodies(kept))))
        Recipes(kept).keep([*tasks, *lists])
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
        keep_index(kept, index)
        return staging.release(about)
    finally:
        staging.discard()


def _indexed(kept: Kept, changes: Sequence[Change]) -> Index:
    """Return the search index with the new bodies. Raises MoreChanged."""
    leaves = {leaf for was, _ in changes for path in was.paths or () if (leaf := paths.leaf_of_record(f"/{path}"))}
    index = reworded_index(kept, leaves, {was.body.digest: now.body for was, now in changes}, Bodies(kept))
    if index is None:
        raise MoreChanged
    return index


def _changed_shards(kept: Kept, last: Release, index: Index) -> list[Task]:
    code = code_digests(PACKAGE)
    tasks = (Task(output, fingerprint(output, code), {}) for output in plan_shards(index, kept))
    return [task for task in tasks if last.files[task.output.path].fingerprint != task.fingerprint]


def _tasks(kept: Kept, last: Release, changes: Sequence[Change], paths: list[str]) -> list[Task]:
    """Return what is to be made: the outputs of these paths as they were planned, with the new bodies. Raises MoreChanged."""
    bodies = {was.body.digest: now.body for was, now in changes}
    outputs = Recipes(kept).load({path: last.files[path].fingerprint for path in paths}, bodies)
    if outputs is None:
        raise MoreChanged
    code = code_digests(PACKAGE)
    tasks = []
    for output in outputs:
        facts = {path: last.files[path].facts for path in output.files_of or ()}
        if not facts.keys().isdisjoint(paths):
            raise MoreChanged
        tasks.append(Task(output, fingerprint(output, code, facts), facts))
    return tasks


def _lists_of_files(kept: Kept, last: Release, now: Mapping[str, Placed]) -> list[Task]:
    """Return the lists of files that tell of one whose bytes are no longer the same, to be made. Raises MoreChanged."""
    code, tasks = code_digests(PACKAGE), []
    there = [path.removeprefix("/") for path in paths.FILE_LISTS if path.removeprefix("/") in last.files]
    outputs = Recipes(kept).load({path: last.files[path].fingerprint for path in there}, {})
    if outputs is None:
        raise MoreChanged
    for output in outputs:
        told = output.files_of or ()
        if all(now[path].digest == last.files[path].digest for path in told):
            continue
        facts = {path: now[path].facts for path in told}
        print_ = fingerprint(output, code, facts)
        if print_ != last.files[output.path].fingerprint:
            tasks.append(Task(output, print_, facts))
    return tasks
