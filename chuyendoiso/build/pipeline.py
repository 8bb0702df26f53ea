"""Build a release of a planned site: render, verify, swap in.

`site_plan` reads the content and plans the site.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from chuyendoiso.build.explain import explain, rebuilt_files
from chuyendoiso.build.file_cache import PACKAGE, file_cache_of
from chuyendoiso.build.fingerprint import code_digests
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.build.render import BodyLoader, render_alone
from chuyendoiso.build.scheduler import update_release
from chuyendoiso.build.site_plan import SitePlan, plan_site
from chuyendoiso.build.site_plan import read as read
from chuyendoiso.build.summary import Result, summary
from chuyendoiso.content.internal_links import missing_headings
from chuyendoiso.model.feed_formats import FEED_FORMATS
from chuyendoiso.model.problems import ContentRejected, errors, relax_drafts
from chuyendoiso.model.target import StaticFile
from chuyendoiso.outputs.search.incremental import SEARCH, plan_shards, segment_keys
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, ReleaseInfo
from chuyendoiso.release.staging import Staging
from chuyendoiso.release.verify import staged_tree, verify_staged
from chuyendoiso.system.cache import SEGMENT, Cache, CacheMissing, open_cache
from chuyendoiso.system.progress import Progress

FEEDS = tuple(file for _, file, _ in FEED_FORMATS)  # the ends of feeds' paths


def write(site_plan: SitePlan, options: BuildOptions, progress: Progress) -> Result:
    """Render outdated files, verify the release and swap it in.

    Raises BuildStopped; the last release then stays current.
    """
    store.check_output_dir_is_ours(options.output)
    with store.locked(options.output, options.wait, progress.say) as folder, open_cache(store.cache_file(options.output)) as cache:
        try:
            result = _write(site_plan, options, progress, folder, cache)
        except CacheMissing:  # somebody deleted or damaged the cache since it was read
            cache.clear()
            site_plan = plan_site(options, progress, file_cache_of(cache, options.content.name))
            result = _write(site_plan, options, progress, folder, cache)
    progress.say(summary(result))
    return result


def _write(site_plan: SitePlan, options: BuildOptions, progress: Progress, folder: Path, cache: Cache) -> Result:
    last = store.current_release(options.output)
    stamp = store.next_stamp(options.output, options.now.timestamp())
    staging = Staging(options.output, store.next_folder(folder), last, stamp, options.retention)
    intact = last.intact() if last else {}
    for damaged in store.damaged_folders(options.output, last):
        progress.say(f"Danh mục của bản {damaged.name} không đọc được, nên bản ấy coi như không có.")
    try:
        for path in staging.foreign:
            progress.say(f"Bỏ khỏi trang: {path}, vì không do lần dựng nào tạo ra.")
        code = code_digests(PACKAGE)
        site_plan = _with_shards(site_plan, cache, code(SEARCH))
        with progress.step("Tạo tệp của trang", len(site_plan.planned)) as advance:
            update_release(site_plan.planned, intact, BodyLoader(cache), code, staging, advance)
        about = _about(site_plan, options, staging)
        if options.explain:
            _explain(site_plan, last, intact, staging, options, progress)
        _check_headings(site_plan, staging)
        allow_shrink = options.allow_shrink or options.preview
        verify = partial(verify_staged, staging, about, site_plan.site, all_files=options.publishing, allow_shrink=allow_shrink)
        changed = staging.finish(about, verify)
        cache.prune(cache_keys(site_plan))
    finally:
        staging.discard()
    return _result(site_plan, options, staging.release(about), changed)


def _with_shards(site_plan: SitePlan, cache: Cache, code: str) -> SitePlan:
    """Return the plan with the shards of the search index; render changed segments."""
    render = partial(render_alone, bodies=BodyLoader(cache))
    shards = plan_shards(site_plan.plan.segments, site_plan.site, cache, code, render)
    return replace(site_plan, planned=(*site_plan.planned, *shards))


def _check_headings(site_plan: SitePlan, staging: Staging) -> None:
    """Raise ContentRejected if a link of a published item names a missing heading."""
    has_id = staged_tree(staging, site_plan.site).has_id
    missing = relax_drafts(missing_headings(site_plan.resolved.links, has_id), site_plan.drafts)
    if errors(missing):
        raise ContentRejected(missing)


def _explain(
    site_plan: SitePlan,
    last: Release | None,
    intact: Mapping[str, str],
    staging: Staging,
    options: BuildOptions,
    progress: Progress,
) -> None:
    """Report why files were rebuilt."""
    before = {path: record.fingerprint for path, record in last.files.items()} if last else {}
    now = {path: record.fingerprint for path, record in staging.files.items()}
    rebuilt = rebuilt_files(site_plan.planned, before, intact, now)
    last_input_digests = last.about.made_with if last else {}
    for line in explain(
        site_plan.planned, rebuilt, last_input_digests, site_plan.input_digests, site_plan.changed, options.content.name
    ):
        progress.say(line)


def cache_keys(site_plan: SitePlan) -> dict[str, Collection[str]]:
    """Return the cache keys that a site uses, by kind."""
    return {**site_plan.cache_keys, SEGMENT: segment_keys(site_plan.plan.segments, site_plan.site, code_digests(PACKAGE)(SEARCH))}


def _about(site_plan: SitePlan, options: BuildOptions, staging: Staging) -> ReleaseInfo:
    pages = [record for path, record in staging.files.items() if path.endswith(".html")]
    return ReleaseInfo(
        built_at=options.now.isoformat(),
        moment=site_plan.as_of.isoformat(),
        next_moment=site_plan.next_transition.isoformat() if site_plan.next_transition else None,
        preview=options.preview,
        published=options.publishing,
        stamp=staging.stamp,
        pages=len(pages),
        page_bytes=sum(page.size for page in pages),
        made_with=dict(site_plan.input_digests),
    )


def _result(site_plan: SitePlan, options: BuildOptions, release: Release, changed: bool) -> Result:
    paths = [target.path for target in site_plan.planned]
    return Result(
        site_plan=site_plan,
        output=options.output,
        release=release,
        pages=sum(path.endswith(".html") for path in paths),
        feeds=sum(path.startswith("feeds/") and path.endswith(FEEDS) for path in paths),
        pictures=sum(target.path.startswith("media/") and not isinstance(target, StaticFile) for target in site_plan.planned),
        changed=changed,
        seconds=time.monotonic() - options.started,
    )
