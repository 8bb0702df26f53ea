"""Build a site: make what changed, verify the release, swap it in.

`site_plan` has the first half.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from chuyendoiso.build.explain import explain, redone_of
from chuyendoiso.build.file_cache import PACKAGE, file_cache_of
from chuyendoiso.build.fingerprint import code_digests
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.build.render import BodyLoader, render_alone
from chuyendoiso.build.scheduler import run
from chuyendoiso.build.site_plan import SitePlan, plan_site
from chuyendoiso.build.site_plan import read as read
from chuyendoiso.build.summary import Result, summary
from chuyendoiso.content.internal_links import missing_headings
from chuyendoiso.model import urls
from chuyendoiso.model.problems import ContentRejected, errors, relax_drafts
from chuyendoiso.model.target import StaticFile
from chuyendoiso.outputs.search.incremental import SEARCH, plan_shards, segment_keys
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, ReleaseInfo
from chuyendoiso.release.staging import Staging
from chuyendoiso.release.verify import staged_tree, verify_staged
from chuyendoiso.system.cache import SEGMENT, Cache, CacheMissing, open_cache
from chuyendoiso.system.progress import Progress

FEEDS = tuple(file for _, file, _ in urls.FEED_FORMATS)  # as their files' names end


def write(site_plan: SitePlan, options: BuildOptions, progress: Progress) -> Result:
    """Make what changed, verify it and swap the release in.

    Raises BuildStopped; the last release then stays.
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
    staging = Staging(
        options.output,
        store.next_folder(folder),
        last,
        store.next_stamp(options.output, options.now.timestamp()),
        options.retention,
    )
    there = last.intact() if last else {}
    for damaged in store.damaged_folders(options.output, last):
        progress.say(f"Danh mục của bản {damaged.name} không đọc được, nên bản ấy coi như không có.")
    try:
        for path in staging.foreign:
            progress.say(f"Bỏ khỏi trang: {path}, vì không do lần dựng nào tạo ra.")
        code = code_digests(PACKAGE)
        shards = plan_shards(
            site_plan.plan.segments, site_plan.site, cache, code(SEARCH), partial(render_alone, bodies=BodyLoader(cache))
        )
        site_plan = replace(site_plan, planned=(*site_plan.planned, *shards))
        with progress.step("Tạo tệp của trang", len(site_plan.planned)) as advance:
            run(site_plan.planned, there, BodyLoader(cache), code, staging, advance)
        about = _about(site_plan, options, staging)
        if options.explain:
            _explain(site_plan, last, there, staging, options, progress)
        missing = relax_drafts(
            missing_headings(site_plan.resolved.links, staged_tree(staging, site_plan.site).has_id), site_plan.drafts
        )
        if errors(missing):
            raise ContentRejected(missing)
        shrunken = options.allow_shrink or options.preview
        verify = partial(verify_staged, staging, about, site_plan.site, all_files=options.publishing, shrunken=shrunken)
        changed = staging.finish(about, verify)
        cache.prune(cache_keys(site_plan))
    finally:
        staging.discard()
    return _result(site_plan, options, staging.release(about), changed)


def _explain(
    site_plan: SitePlan, last: Release | None, there: Mapping[str, str], staging: Staging, options: BuildOptions, progress: Progress
) -> None:
    """Report why files were made again."""
    fingerprints = {path: record.fingerprint for path, record in last.files.items()} if last else {}
    redone = redone_of(site_plan.planned, fingerprints, there, {path: record.fingerprint for path, record in staging.files.items()})
    made_with = last.about.made_with if last else {}
    for line in explain(site_plan.planned, redone, made_with, site_plan.made_with, site_plan.changed, options.content.name):
        progress.say(line)


def cache_keys(site_plan: SitePlan) -> dict[str, Collection[str]]:
    """Return the cache keys that a site needs, by kind."""
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
        made_with=dict(site_plan.made_with),
    )


def _result(site_plan: SitePlan, options: BuildOptions, release: Release, changed: bool) -> Result:
    planned = [output.path for output in site_plan.planned]
    return Result(
        site_plan=site_plan,
        output=options.output,
        release=release,
        pages=sum(path.endswith(".html") for path in planned),
        feeds=sum(path.startswith("feeds/") and path.endswith(FEEDS) for path in planned),
        pictures=sum(
            path.startswith("media/") and not isinstance(output, StaticFile)
            for path, output in zip(planned, site_plan.planned, strict=True)
        ),
        changed=changed,
        seconds=time.monotonic() - options.started,
    )
