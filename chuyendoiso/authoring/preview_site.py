"""The preview's site, in memory: a save re-plans, and what is asked for is rendered."""

import gc
import hashlib
import threading
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from chuyendoiso.build import pipeline
from chuyendoiso.build.file_cache import PACKAGE, FileCache, file_cache_of
from chuyendoiso.build.fingerprint import code_digests, fingerprint
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.build.render import BodyLoader, render_alone
from chuyendoiso.build.site_plan import SitePlan, plan_site
from chuyendoiso.content.scan import walk_again
from chuyendoiso.model.target import Dependencies, FileFacts, Planned, StaticFile, Target
from chuyendoiso.outputs.search.incremental import SEARCH, plan_shards, shard_paths
from chuyendoiso.release import store
from chuyendoiso.system.cache import ENCODED, Cache, CacheMissing, open_cache
from chuyendoiso.system.progress import Progress

SLOW = 10  # weight from which on a file is kept in the cache: pictures and cards


class LiveSite:
    """A site as it was last read; if the content has errors, it stays as it was."""

    def __init__(self, options: BuildOptions) -> None:
        self.options = options
        self.cache_file = store.cache_file(options.output)
        self.cache = Cache(self.cache_file)
        self.file_cache: FileCache | None = None
        self.site_plan: SitePlan | None = None
        self.planned: dict[str, Planned] = {}
        self.complete = False  # the plan has more than pages
        self.made: dict[str, bytes] = {}
        self.lost = False  # somebody deleted the cache
        self.lock = threading.Lock()
        self.indexing = threading.Lock()
        self.shards: tuple[SitePlan, dict[str, Planned]] | None = None
        self.pruned = False
        self.code = code_digests(PACKAGE)

    def refresh(self, changed: Collection[Path] | None = None) -> None:
        """Read what changed (None: anything may have) and plan anew.

        Raises BuildStopped; the site then stays as it was.
        """
        if self.lost:
            self.cache.clear()
            self.file_cache, self.lost = None, False
        gc.disable()  # as a build does
        try:
            self._read(changed)
        finally:
            gc.freeze()
            gc.enable()

    def _read(self, changed: Collection[Path] | None) -> None:
        options = replace(self.options, now=datetime.now(UTC))
        self.file_cache = self.file_cache or file_cache_of(self.cache, options.content.name)
        before = self.site_plan.tree if self.site_plan and changed else None
        site_plan = plan_site(
            options, Progress(quiet=True), self.file_cache, walk_again(before, changed) if before and changed else None, live=True
        )
        with self.lock:
            self.site_plan, self.planned, self.complete = site_plan, {one.path: one for one in site_plan.planned}, False
            self.made = {}

    def file(self, path: str) -> bytes | None:
        """Return a file of the site; None if there is none.

        Raises BuildStopped if it cannot be made.
        """
        with self.lock:
            planned, made = self._planned(path), self.made
        if path not in made:
            try:
                with open_cache(self.cache_file) as cache:
                    planned = planned or self._shard(path, cache)
                    if planned is None:
                        return None
                    made[path] = self._make(planned, cache)
            except CacheMissing:
                self.lost = True  # the next save reads everything
                raise
        return made[path]

    def _planned(self, path: str) -> Planned | None:
        """Return how a file is planned.

        What is no page is planned once the first such file is asked for.
        """
        if path not in self.planned and self.site_plan and not self.complete:
            self.planned |= {one.path: one for one in self.site_plan.plan.others()}
            self.complete = True
            self._prune()
        return self.planned.get(path)

    def _prune(self) -> None:
        """Drop from the cache what the site no longer needs, once a preview."""
        if self.site_plan and not self.pruned:
            slow = [one for one in self.planned.values() if isinstance(one, Target) and one.cost >= SLOW]
            with open_cache(self.cache_file) as cache:
                cache.prune({**pipeline.cache_keys(self.site_plan), ENCODED: {fingerprint(one, self.code) for one in slow}})
            self.pruned = True

    def _shard(self, path: str, cache: Cache) -> Planned | None:
        """Return a shard of the search index, made when the first is asked for.

        None if the path is of something else.
        """
        site_plan = self.site_plan
        if site_plan is None or path not in shard_paths(site_plan.plan.leaves):
            return None
        with self.indexing:
            if self.shards is None or self.shards[0] is not site_plan:
                render = partial(render_alone, bodies=BodyLoader(cache))
                shards = plan_shards(site_plan.plan.leaves, site_plan.site, cache, self.code(SEARCH), render)
                self.shards = site_plan, {one.path: one for one in shards}
            return self.shards[1][path]

    def _make(self, planned: Planned, cache: Cache) -> bytes:
        if isinstance(planned, StaticFile):
            return planned.source.read_bytes()
        facts = {path: _facts(self.file(path) or b"") for path in planned.depends_on or ()}
        if planned.cost < SLOW:
            return _render(planned, cache, facts)
        key = fingerprint(planned, self.code, facts)
        return cache.get_or_make(ENCODED, key, lambda: _render(planned, cache, facts))


def _render(output: Target, cache: Cache, facts: dict[str, FileFacts]) -> bytes:
    if output.bodies is None and output.depends_on is None:
        return output.make(output.inputs)
    return output.make(output.inputs, Dependencies(BodyLoader(cache)(output.bodies or ()), facts))


def _facts(data: bytes) -> FileFacts:
    return FileFacts(len(data), hashlib.sha256(data).hexdigest())
