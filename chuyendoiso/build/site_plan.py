"""Read a content folder and plan its site."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chuyendoiso.build.explain import describe_changes
from chuyendoiso.build.file_cache import CachedFile, FileCache, file_cache_of
from chuyendoiso.build.loading import (
    LoadedFiles,
    check_file_count,
    check_files,
    draft_files,
    measure_media,
    read_settings,
    save_file_cache,
)
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.content import schedule
from chuyendoiso.content.catalogue import Media, ResolvedContent, resolve
from chuyendoiso.content.git_history import read_history
from chuyendoiso.content.internal_links import unknown_addresses
from chuyendoiso.content.loader import parsed_key
from chuyendoiso.content.scan import ContentFiles, scan_content
from chuyendoiso.model.history import History, make_timeline
from chuyendoiso.model.items import Item
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.problems import ContentRejected, Problem, Severity, draft_errors, errors, relax_drafts, sorted_problems
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Planned, page_file
from chuyendoiso.model.vocabulary import DEMO_MARKER, PublicationState
from chuyendoiso.outputs.channels import CHANNELS
from chuyendoiso.outputs.plan import Plan
from chuyendoiso.release import store
from chuyendoiso.release.removed_urls import removed_urls
from chuyendoiso.system.cache import BODY, FILES, PARSED, open_cache
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.file_status import file_digest
from chuyendoiso.system.progress import Progress
from chuyendoiso.system.workers import Workers


@dataclass(frozen=True, kw_only=True)
class SitePlan:
    """The plan of a site, and the checked content that it was made from."""

    tree: ContentFiles | None
    site: Site
    resolved: ResolvedContent
    planned: tuple[Planned, ...]  # in the live preview only pages
    as_of: datetime
    next_transition: datetime | None
    states: Counter[PublicationState]
    problems: tuple[Problem, ...]  # warnings
    changed: Mapping[str, str]  # content file → its change since the last build, for --explain
    input_digests: Mapping[str, str]  # of code, settings, theme, preview and instant, by name
    plan: Plan
    drafts: frozenset[str]  # `Problem.path` of files whose errors only count once they are published
    unfinished: Mapping[str, str]  # invalid drafts: path on the site → file
    cache_keys: Mapping[str, Collection[str]]  # of the loaded files


def read(options: BuildOptions, progress: Progress) -> SitePlan:
    """Read a content folder and plan its site.

    Raises ContentRejected with every problem, and WrongUse if there is no such folder.
    """
    if options.use_cache:
        store.check_output_dir_is_ours(options.output)
    with open_cache(store.cache_file(options.output) if options.use_cache else None) as cache:
        site_plan = plan_site(options, progress, file_cache_of(cache, options.content.name))
    return replace(site_plan, tree=None, resolved=replace(site_plan.resolved, items={}))  # some 40 MB of 10,000 articles


def plan_site(
    options: BuildOptions, progress: Progress, file_cache: FileCache, tree: ContentFiles | None = None, *, live: bool = False
) -> SitePlan:
    """Read a content folder and plan its site; with `live` only the pages.

    The folder is scanned unless `tree` is passed. Raises as `read`.
    """
    if not options.content.is_dir():
        raise WrongUse(f"Không có thư mục {options.content}. Cách sửa: chỉ thư mục nội dung bằng --content.")
    tree = tree or scan_content(options.content)
    problems: list[Problem] = []
    site = read_settings(tree, problems, publishing=options.publishing, address=options.address)
    with Workers(Limits().memory_bytes) as workers:
        files = check_files(tree, site, problems, progress, workers, file_cache)
        if site is None:
            raise ContentRejected(problems)
        media, measured = measure_media(tree, files, problems, progress, workers, file_cache, site.limits)
    rejected = frozenset(tree.articles) - files.cached.keys()
    transitions = [instant for file in files.files for instant in file.summary.transitions]
    as_of = schedule.latest_transition(options.now, transitions).astimezone(site.zone)
    before = {name: file.item for name, file in file_cache.known.items() if isinstance(file, CachedFile) and file.item}
    resolved = resolve(
        files.files, files.faulty, rejected, frozenset(files.drafts.values()) - {""}, media, site, as_of, preview=options.preview,
        before=before,
    )  # fmt: skip
    save_file_cache(file_cache, files, measured, resolved.items)
    states = Counter(resolved.states.values())
    states[PublicationState.DRAFT] += len(files.drafts)
    rejected -= files.drafts.keys()
    if not live:
        check_file_count(states.total() + len(rejected), tree.root)
    drafts = draft_files(tree, files)
    problems = relax_drafts([*problems, *resolved.problems, *_channel_problems(files, resolved, site)], drafts)
    try:
        plan = _make_plan(options, resolved, site, media, as_of, tree, _read_history(options, problems, progress))
        planned: list[Planned] = [*plan.pages(), *(() if live else plan.others())]
        of_addresses = _address_problems(plan, planned, resolved, rejected, files, drafts, options)
    except Exception:  # a planner's fault must not hide problems of the content
        _report(problems, progress)
        raise
    return SitePlan(
        changed=describe_changes(before, resolved.items) if options.explain and before else {},
        input_digests=_input_digests(options, site, as_of, file_cache) if options.explain or options.use_cache else {},
        tree=tree, site=site, resolved=resolved, planned=tuple(planned), as_of=as_of, next_transition=schedule.next_transition(options.now, transitions),
        states=states, problems=_report([*problems, *of_addresses], progress), plan=plan, drafts=drafts, unfinished={path: name for name, path in files.drafts.items()}, cache_keys=_cache_keys(files, file_cache),
    )  # fmt: skip


def _make_plan(
    options: BuildOptions,
    resolved: ResolvedContent,
    site: Site,
    media: Media,
    as_of: datetime,
    tree: ContentFiles,
    history: History | None,
) -> Plan:
    return Plan(
        catalogue=resolved.catalogue, site=site, files=tuple(media.files.values()), as_of=as_of, theme=options.theme, preview=options.preview,
        share_cards=options.share_cards, records=options.records, illustrative=_is_illustrative(options), sources=tree.files,
        timeline=make_timeline(resolved.catalogue, history, as_of),
    )  # fmt: skip


def _read_history(options: BuildOptions, problems: list[Problem], progress: Progress) -> History | None:
    """Return the content's history for publishing; None if there is none.

    Return None also if the content has errors. Raises WrongUse if the clone is shallow.
    """
    if not options.publishing or errors(problems):
        return None
    history = read_history(options.content)
    if history is None:
        progress.say("Nội dung không nằm trong kho Git: ngày sửa và ngày gỡ trong nguồn tin lấy theo ngày ghi trong bài.")
    return history


def _channel_problems(files: LoadedFiles, resolved: ResolvedContent, site: Site) -> Iterator[Problem]:
    """Yield a warning for each item that does not fit a channel."""
    for file in files.files:
        item = resolved.items[file.name].value
        if not isinstance(item, Item):
            continue
        for channel in CHANNELS:
            for finding in channel.check(item, site.limits):
                yield replace(
                    file.problem((finding.field,), finding.rule, finding.message, finding.remedy), severity=Severity.WARNING
                )


def _cache_keys(files: LoadedFiles, file_cache: FileCache) -> dict[str, Collection[str]]:
    parsed = {parsed_key(file_cache.version, name, cached.site, cached.digest) for name, cached in files.cached.items()}
    return {FILES: file_cache.keys, PARSED: parsed, BODY: {cached.summary.body for cached in files.cached.values()}}


def _input_digests(options: BuildOptions, site: Site, as_of: datetime, file_cache: FileCache) -> dict[str, str]:
    return {
        "code": file_cache.version,
        "site": site.digest,
        "theme": file_digest([options.theme]),
        "preview": str(options.preview),
        "moment": str(as_of),
    }


def warning_lines(problems: Iterable[Problem]) -> list[str]:
    """Return a line for each warning, and one that counts unfinished drafts."""
    listed = tuple(problems)
    lines = [str(problem) for problem in listed if problem.severity is not Severity.DRAFT]
    if unfinished := {problem.path for problem in draft_errors(listed)}:
        lines.append(f"Bản nháp chưa xong: {len(unfinished)} tệp. Xem còn thiếu gì: make check.")
    return lines


def _report(problems: list[Problem], progress: Progress) -> tuple[Problem, ...]:
    """Print the problems if all are warnings, and return them in order.

    Raises ContentRejected if any is an error.
    """
    if errors(problems):
        raise ContentRejected(problems)
    listed = sorted_problems(problems)
    for line in warning_lines(listed):
        progress.say(line)
    return listed


def _address_problems(
    plan: Plan,
    planned: list[Planned],
    resolved: ResolvedContent,
    rejected: frozenset[str],
    files: LoadedFiles,
    drafts: frozenset[str],
    options: BuildOptions,
) -> list[Problem]:
    """Return broken links, and published addresses that this build would remove."""
    known = {output.path for output in planned}
    if any(page_file(link.path) not in known for link in resolved.links):
        known |= {output.path for output in plan.others()}  # the live preview has planned only pages
    unknown = unknown_addresses(resolved.links, known, rejected)
    return [*relax_drafts(unknown, drafts), *_removed_addresses(planned, rejected, files, options)]


def _removed_addresses(
    planned: list[Planned], rejected: frozenset[str], files: LoadedFiles, options: BuildOptions
) -> list[Problem]:
    """Return published addresses that would be removed: errors when publishing."""
    published = None if options.preview else store.last_published(options.output)
    if not published:
        return []
    lines = {file.name: file.line for file in files.files} | {file.name: file.lines.line for file in files.faulty}
    now = {output.path: output.origin for output in planned}
    return list(removed_urls(published.files, now, rejected, lines, options.content.name, publishing=options.publishing))


def _is_illustrative(options: BuildOptions) -> bool:
    """Return whether this is demo content. Raises WrongUse if publishing it."""
    illustrative = (options.content / DEMO_MARKER).exists()
    if illustrative and options.publishing:
        raise WrongUse("Nội dung minh họa không đăng được. Cách sửa: đăng từ thư mục content/ thật.")
    return illustrative
