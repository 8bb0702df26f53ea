"""The preview's site in memory: a save plans it again, a request renders a file."""

import gc
import hashlib
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from chuyendoiso.build import pipeline
from chuyendoiso.build.file_cache import PACKAGE, FileCache, file_cache_of
from chuyendoiso.build.fingerprint import code_digests, fingerprint
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.build.render import BodyLoader, render_alone
from chuyendoiso.build.site_plan import SitePlan, plan_site
from chuyendoiso.content.scan import ContentFiles, rescan
from chuyendoiso.model.problems import ContentRejected, Problem, Severity
from chuyendoiso.model.target import Dependencies, FileFacts, Planned, StaticFile, Target
from chuyendoiso.outputs.search.incremental import SEARCH, plan_shards, shard_paths
from chuyendoiso.release import store
from chuyendoiso.system.cache import ENCODED, Cache, CacheMissing, open_cache
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.progress import Progress

_PLANNING = threading.Lock()  # the workers of one plan have the process to themselves
SLOW = 10  # least cost of a file that is cached: pictures and cards


class LiveSite:
    """The last valid plan of a site, whose files are rendered on request."""

    def __init__(self, options: BuildOptions) -> None:
        self.options = options
        self.cache_file = store.cache_file(options.output)
        self.cache = Cache(self.cache_file)
        self.file_cache: FileCache | None = None
        self.site_plan: SitePlan | None = None
        self.planned: dict[str, Planned] = {}
        self.complete = False  # `planned` has all files, not only pages
        self.rendered: dict[str, bytes] = {}
        self.cache_missing = False  # somebody deleted the cache
        self.failed = False  # the last plan did: what had changed for it is in no plan
        self.lock = threading.Lock()
        self.shards_lock = threading.Lock()
        self.shards: tuple[SitePlan, dict[str, Planned]] | None = None
        self.pruned = False
        self.code = code_digests(PACKAGE)

    def refresh(self, changed: Collection[Path] | None = None, files: ContentFiles | None = None) -> None:
        """Read changed files (None: all) and plan the site again, of `files` if given.

        Raise BuildStopped if that fails; the site is unchanged then.
        """
        if self.cache_missing:
            self.cache.clear()
            self.file_cache, self.cache_missing = None, False
        gc.disable()  # as a build does
        try:
            options = replace(self.options, now=datetime.now(UTC))
            self.file_cache = self.file_cache or file_cache_of(self.cache, options.content.name)
            before = self.site_plan.tree if self.site_plan else None
            tree = files or (rescan(before, changed) if before and changed and not self.failed else None)
            self.failed = True
            with _PLANNING:
                site_plan = plan_site(options, Progress(quiet=True), self.file_cache, tree, live=True)
        finally:
            gc.freeze()
            gc.enable()
        with self.lock:
            self.site_plan, self.planned, self.complete = site_plan, {file.path: file for file in site_plan.planned}, False
            self.rendered = {}
        self.failed = False

    def forget(self) -> None:
        """Have no plan until the next refresh; requests that read one end first."""
        with self.lock:
            self.site_plan = None

    def file(self, path: str) -> bytes | None:
        """Return a file of the site; None if there is none. Raise BuildStopped."""
        with self.lock:
            planned, rendered = self._planned(path), self.rendered
        if path not in rendered:
            try:
                with open_cache(self.cache_file) as cache:
                    planned = planned or self._shard(path, cache)
                    if planned is None:
                        return None
                    rendered[path] = self._render(planned, cache)
            except CacheMissing:
                self.cache_missing = True  # the next save reads everything
                raise
        return rendered[path]

    def render(self, planned: Target) -> bytes:
        """Return the bytes of a planned file. Raise BuildStopped."""
        with open_cache(self.cache_file) as cache:
            return self._render(planned, cache)

    def _planned(self, path: str) -> Planned | None:
        """Return a planned file; plan other files than pages on the first request."""
        if path not in self.planned and self.site_plan and not self.complete:
            self.planned |= {file.path: file for file in self.site_plan.plan.others()}
            self.complete = True
            if not self.pruned:
                self._prune(self.site_plan)
                self.pruned = True
        return self.planned.get(path)

    def _prune(self, site_plan: SitePlan) -> None:
        """Drop entries that the site no longer needs from the cache."""
        slow = [file for file in self.planned.values() if isinstance(file, Target) and file.cost >= SLOW]
        with open_cache(self.cache_file) as cache:
            cache.prune({**pipeline.cache_keys(site_plan), ENCODED: {fingerprint(target, self.code) for target in slow}})

    def _shard(self, path: str, cache: Cache) -> Planned | None:
        """Return a shard of the search index; plan all on the first request."""
        site_plan = self.site_plan
        if site_plan is None or path not in shard_paths(site_plan.plan.segments):
            return None
        with self.shards_lock:
            if self.shards is None or self.shards[0] is not site_plan:
                render = partial(render_alone, bodies=BodyLoader(cache))
                shards = plan_shards(site_plan.plan.segments, site_plan.site, cache, self.code(SEARCH), render)
                self.shards = site_plan, {shard.path: shard for shard in shards}
            return self.shards[1][path]

    def _render(self, planned: Planned, cache: Cache) -> bytes:
        if isinstance(planned, StaticFile):
            return planned.source.read_bytes()
        files = {path: self.file(path) or b"" for path in planned.depends_on or ()}
        facts = {path: FileFacts(len(data), hashlib.sha256(data).hexdigest()) for path, data in files.items()}

        def render() -> bytes:
            if planned.bodies is None and planned.depends_on is None:
                return planned.make(planned.inputs)
            return planned.make(planned.inputs, Dependencies(BodyLoader(cache)(planned.bodies or ()), facts))

        if planned.cost < SLOW:
            return render()
        return cache.get_or_make(ENCODED, fingerprint(planned, self.code, facts), render)


_UNFINISHED = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bản nháp chưa xong</title>'
    "<body><h1>Bản nháp chưa xong</h1><p>{name} chưa thành trang được. Những chỗ cần sửa:</p><ul>{problems}</ul>"
    '<pre style="white-space: pre-wrap">{text}</pre></body></html>'
)


class Preview:
    """A site, and the problems of the last save."""

    def __init__(self, site: LiveSite) -> None:
        self.site = site
        self.problems: list[str] = []
        self.errors: tuple[Problem, ...] = ()  # of content
        self.places: list[dict[str, str]] = []  # problems with the page and the text of their line
        self.warnings: tuple[Problem, ...] = ()
        self.version = 0
        self.changed = threading.Condition()

    @property
    def base_path(self) -> str:
        """Return the path of the site's address; "" if the site could not be read."""
        return self.site.site_plan.site.base_path if self.site.site_plan else ""

    def build(self, changed: Collection[Path] | None = None) -> None:
        """Read changed files (None: all); on failure, pages show the problems."""
        started = time.monotonic()
        problems: list[str] = []
        errors: tuple[Problem, ...] = ()
        on_pages: Sequence[Problem] = ()
        try:
            self.site.refresh(changed)
            self._print_warnings()
            on_pages = self.warnings
            if changed:
                milliseconds = 1000 * (time.monotonic() - started)
                print(f"Đã đọc lại {len(changed)} tệp trong {milliseconds:.0f} ms, không có lỗi.", flush=True)
        except BuildStopped as stopped:
            print(stopped, flush=True)
            on_pages = stopped.problems if isinstance(stopped, ContentRejected) else ()
            errors = tuple(problem for problem in on_pages if problem.severity is Severity.ERROR)
            problems = [str(problem) for problem in errors or [stopped]]
        places = [place for problem in on_pages if (place := self._place(problem))]
        with self.changed:
            self.problems, self.places, self.errors = problems, places, errors
            self.version += 1
            self.changed.notify_all()

    def _print_warnings(self) -> None:
        """Print the warnings if they changed."""
        warnings = self.site.site_plan.problems if self.site.site_plan else ()
        if warnings != self.warnings:
            print("\n".join(map(str, warnings)) or "Không còn cảnh báo nào.", flush=True)
            self.warnings = warnings

    def state(self) -> dict[str, Any]:
        """Return the state as JSON values, for the script in pages."""
        return {"version": self.version, "problems": self.problems, "places": self.places}

    def draft_page(self, path: str) -> str:
        """Return the page of a draft with problems; "" if there is none at `path`."""
        site_plan = self.site.site_plan
        name = site_plan.unfinished.get(path) if site_plan else None
        if site_plan is None or name is None:
            return ""
        display_path = f"{self.site.options.content.name}/{name}"
        lines = "".join(f"<li>{escape(str(problem))}</li>" for problem in site_plan.problems if problem.path == display_path)
        try:
            text = site_plan.plan.sources[name].read_bytes().decode("utf-8", "replace")
        except (OSError, KeyError):
            text = ""
        return _UNFINISHED.format(name=escape(display_path), problems=lines, text=escape(text))

    def _place(self, problem: Problem) -> dict[str, str] | None:
        """Return a problem's page and the text of its line, if its file has a page."""
        site_plan, name = self.site.site_plan, problem.path.partition("/")[2]
        if site_plan is None:
            return None
        catalogue = site_plan.resolved.catalogue
        paths = {item.source: item.path for item in (*catalogue.items, *catalogue.withdrawn)}
        paths |= {page.source: page.path for page in catalogue.pages}
        if name not in paths:
            return None
        try:
            lines = site_plan.plan.sources[name].read_text("utf-8").splitlines()
        except (OSError, ValueError, KeyError):
            lines = []
        words = lines[problem.line - 1] if problem.line <= len(lines) else ""
        return {"page": site_plan.site.href(paths[name]), "words": words, "problem": str(problem)}
