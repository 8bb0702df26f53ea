"""Read a content folder and plan its site."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chuyendoiso.build.explain import changes
from chuyendoiso.build.file_cache import CachedFile, FileCache, file_cache_of
from chuyendoiso.build.loading import (
    LoadedFiles,
    check_file_count,
    check_files,
    draft_files,
    measure_media,
    read_settings,
    remember,
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
    """A content folder that was read and checked, and the plan of its site."""

    tree: ContentFiles | None
    site: Site
    resolved: ResolvedContent
    planned: tuple[Planned, ...]  # for the preview the pages alone
    as_of: datetime
    next_transition: datetime | None
    states: Counter[PublicationState]
    problems: tuple[Problem, ...]  # warnings
    changed: Mapping[str, str]  # content files that changed since the last build, and how, if it is to be explained
    made_with: Mapping[str, str]  # digests of all that outputs may depend on, by name
    plan: Plan
    drafts: frozenset[str]  # files, as problems name them, whose errors do not count yet
    unfinished: Mapping[str, str]  # drafts that did not pass: path on the site → file
    cache_keys: Mapping[str, Collection[str]]  # of the loaded files


def read(options: BuildOptions, progress: Progress) -> SitePlan:
    """Read a content folder and plan its site.

    Raises ContentRejected with every problem, and WrongUse if there is no such folder.
    """
    if options.remember:
        store.check_output_dir_is_ours(options.output)
    with open_cache(store.cache_file(options.output) if options.remember else None) as cache:
        site_plan = plan_site(options, progress, file_cache_of(cache, options.content.name))
    return replace(site_plan, tree=None, resolved=replace(site_plan.resolved, items={}))  # some 40 MB of 10,000 articles


def plan_site(
    options: BuildOptions, progress: Progress, file_cache: FileCache, tree: ContentFiles | None = None, *, live: bool = False
) -> SitePlan:
    """Read a content folder and plan its site; for the live preview the pages alone.

    `tree` has its files if they are known. Raises what `read` does.
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
    named = [instant for file in files.files for instant in file.summary.transitions]
    as_of = schedule.latest_transition(options.now, named).astimezone(site.zone)
    before = {name: file.item for name, file in file_cache.known.items() if isinstance(file, CachedFile) and file.item}
    resolved = resolve(
        files.files, files.faulty, rejected, frozenset(files.drafts.values()) - {""}, media, site, as_of, preview=options.preview,
        before=before,
    )  # fmt: skip
    remember(file_cache, files, measured, resolved.items)
    counted = Counter(resolved.states.values())
    counted[PublicationState.DRAFT] += len(files.drafts)
    rejected -= files.drafts.keys()
    if not live:
        check_file_count(counted.total() + len(rejected), tree.root)
    drafts = draft_files(tree, files)
    problems = relax_drafts([*problems, *resolved.problems, *_channel_problems(files, resolved, site)], drafts)
    try:
        plan = _make_plan(options, resolved, site, media, as_of, tree, _read_history(options, problems, progress))
        planned: list[Planned] = [*plan.pages(), *(() if live else plan.others())]
        more = _address_problems(plan, planned, resolved, rejected, files, drafts, options)
    except Exception:  # a planner's fault must not hide problems of the content
        _report(problems, progress)
        raise
    return SitePlan(
        changed=changes(before, resolved.items) if options.explain and before else {},
        made_with=_made_with(options, site, as_of, file_cache) if options.explain or options.remember else {},
        tree=tree, site=site, resolved=resolved, planned=tuple(planned), as_of=as_of, next_transition=schedule.next_transition(options.now, named),
        states=counted, problems=_report([*problems, *more], progress), plan=plan, drafts=drafts, unfinished={path: name for name, path in files.drafts.items()}, cache_keys=_cache_keys(files, file_cache),
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
    """Return the content's history; None if there is none, or the content is faulty.

    A site to be published takes its dates from it.

    Raises WrongUse if the repository does not have all of it.
    """
    if not options.publishing or errors(problems):
        return None
    history = read_history(options.content)
    if history is None:
        progress.say("Nội dung không nằm trong kho Git: ngày sửa và ngày gỡ trong nguồn tin lấy theo ngày ghi trong bài.")
    return history


def _channel_problems(files: LoadedFiles, resolved: ResolvedContent, site: Site) -> Iterator[Problem]:
    """Warn of items that do not fit a channel."""
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


def _made_with(options: BuildOptions, site: Site, as_of: datetime, file_cache: FileCache) -> dict[str, str]:
    return {
        "code": file_cache.version,
        "site": site.digest,
        "theme": file_digest([options.theme]),
        "preview": str(options.preview),
        "moment": str(as_of),
    }


def warning_lines(problems: Iterable[Problem]) -> list[str]:
    """Return a build's lines on its warnings, and on unfinished drafts."""
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
    """Find links to no file, and addresses that readers had and would lose."""
    known = {output.path for output in planned}
    if any(page_file(link.path) not in known for link in resolved.links):
        known |= {output.path for output in plan.others()}  # the preview has planned pages alone
    unknown = unknown_addresses(resolved.links, known, rejected)
    return [*relax_drafts(unknown, drafts), *_lost_addresses(planned, rejected, files, options)]


def _lost_addresses(planned: list[Planned], rejected: frozenset[str], files: LoadedFiles, options: BuildOptions) -> list[Problem]:
    """Find published addresses that would be lost: errors when publishing."""
    published = None if options.preview else store.last_published(options.output)
    if not published:
        return []
    lines = {file.name: file.line for file in files.files} | {file.name: file.lines.line for file in files.faulty}
    now = {output.path: output.origin for output in planned}
    return list(removed_urls(published.files, now, rejected, lines, options.content.name, publishing=options.publishing))


def _is_illustrative(options: BuildOptions) -> bool:
    """Return whether content is made by seed. Raises WrongUse if publishing it."""
    illustrative = (options.content / DEMO_MARKER).exists()
    if illustrative and options.publishing:
        raise WrongUse("Nội dung minh họa không đăng được. Cách sửa: đăng từ thư mục content/ thật.")
    return illustrative
