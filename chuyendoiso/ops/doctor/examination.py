"""The command: looks at one thing after the other and tells what it found. Where the home page does not answer, the rest is not asked."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from chuyendoiso.build.options import BuildOptions
from chuyendoiso.model import urls
from chuyendoiso.model.content_types import DOCUMENT
from chuyendoiso.ops.build_provenance import read_sources
from chuyendoiso.ops.doctor import feeds, frames, intact, page_links, reachable, redirects, response_headers, steady
from chuyendoiso.ops.doctor.codings import judge_codings, read_codings
from chuyendoiso.ops.doctor.content import judge_wanted, read_wanted
from chuyendoiso.ops.doctor.crawler import SECONDS, Spent, Visit, VisitedPage
from chuyendoiso.ops.doctor.deployed import PublishedRelease, judge_commits, judge_served, read_deployed, read_mark, read_served
from chuyendoiso.ops.doctor.disk import judge_room, read_room
from chuyendoiso.ops.doctor.findings import Finding, exit_status, report, report_json, skipped, warning
from chuyendoiso.ops.doctor.listing import ItemList, judge_listing, read_listing
from chuyendoiso.ops.doctor.mirror import judge_mirror, read_mirror
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.http import Http

OVER_HTTP = ("", urls.MAIN_FEED.removeprefix("/"))  # what readers type, and what pullers may still ask for


@dataclass(frozen=True, kw_only=True)
class DoctorOptions:
    """What to look at, and the surroundings: clocks, whom to trust, where to tell."""

    url: str
    content: Path | None  # None: the site is not held against any
    theme: Path
    mirror: str | None
    disk: Path | None
    output: Path | None  # what this machine publishes; None: it publishes nothing
    as_json: bool
    now: datetime
    monotonic: Callable[[], float]
    say: Callable[[str], None]
    trust: ssl.SSLContext | None = None
    plain_port: int = 80


def examine(options: DoctorOptions) -> int:
    """Look at the site, tell each finding; return the exit status. Raises WrongUse."""
    found = tuple(findings(options))
    options.say(report_json(found) if options.as_json else report(found))
    return exit_status(found)


def findings(options: DoctorOptions) -> Iterator[Finding]:
    """Yield all that is found, as it is found."""
    if options.disk:
        yield from judge_room(read_room(options.disk))
    http = Http(options.monotonic, SECONDS, options.trust)
    visit = Visit(http, f"{options.url.rstrip('/')}/")
    shown = reachable.read_shown(http, visit.base, options.now)
    yield from reachable.judge_certificate(shown) if shown else ()
    home = visit.get("/")
    yield from reachable.judge_home(home)
    if home.status != 200:
        yield skipped("site", "không xem phần còn lại của trang, vì trang chủ không mở được.")
        return
    yield from steady.judge_clocks(steady.read_clocks(home, options.now))
    try:
        yield from reachable.judge_plain(reachable.read_plain(visit, options.plain_port, OVER_HTTP), visit.base)
        yield from _site(options, visit, home)
    except Spent:
        message = f"Chưa xem hết: đã dừng sau {visit.asked} lượt hỏi, vì hết lượt hoặc hết giờ của một lần xem."
        yield warning("limits", message, "xem vì sao trang trả lời chậm, rồi chạy lại.")


def _site(options: DoctorOptions, visit: Visit, home: VisitedPage) -> Iterator[Finding]:
    seen = visit.get(urls.MANIFEST)
    listing = read_listing(seen)
    yield from judge_listing(seen, listing, visit.base)
    compared = listing is not None
    listing = listing or ItemList(visit.base, "", (), ())
    visit.declared = listing.url
    seeded = Random(options.now.date().toordinal())  # so that each day looks at others
    yield from _answers(visit, home, listing)
    yield from feeds.judge_feeds(feeds.read_feeds(visit, seeded), listing)
    if compared:
        yield from _content(options, visit, listing)
    yield from redirects.judge_departed(redirects.read_departed(visit, listing, seeded))
    yield from redirects.judge_former(redirects.read_former(visit, listing, seeded))
    yield from redirects.judge_closed(redirects.read_closed(visit, listing.name))
    if options.mirror and compared:
        yield from judge_mirror(read_mirror(visit, f"{options.mirror.rstrip('/')}/", listing))
    yield from _sample(options, visit, home, listing, seeded)


def _sample(options: DoctorOptions, visit: Visit, home: VisitedPage, listing: ItemList, seeded: Random) -> Iterator[Finding]:
    """Examine a sample of page_links, and their links as long as requests are left."""
    deployed = read_deployed(options.output, listing.url) if options.output else None
    mark = read_mark(visit) if deployed else None
    sample = page_links.read_sample(visit, seeded)
    shown = tuple({page.url: page for page in (home, *sample.pages)}.values())
    named = page_links.links_within(visit, sample)
    pictures = intact.read_pictures(visit, seeded.sample(sorted(named), len(named)))
    robots = intact.read_robots(visit)
    asset = page_links.find_asset(home)
    first = [page.url for page in sample.pages[:2]]
    coded = read_codings(visit, [visit.base, urls.MAIN_FEED, *([asset] if asset else ()), *first])
    answers = steady.read_steady(visit, (first or [visit.base])[0])
    served = read_served(visit, deployed, mark, seeded) if deployed and mark else None
    sample = page_links.read_links(visit, sample, seeded)
    yield from page_links.judge_sample(sample)
    yield from intact.judge_pages(shown, visit.base, listing.url)
    yield from intact.judge_pictures(pictures)
    yield from intact.judge_search(robots, shown, listing.url)
    yield from judge_codings(coded, visit.damaged)
    yield from steady.judge_steady(answers)
    if deployed and served and options.output:
        yield from judge_served(deployed, served, read_deployed(options.output, listing.url), options.now)
        yield from _commits(options, deployed)
    else:
        yield skipped("release", "không so với bản đã đăng, vì trang này không được đăng từ máy này.")


def _commits(options: DoctorOptions, deployed: PublishedRelease) -> Iterator[Finding]:
    if options.content is None:
        yield skipped("commits", "không xem commit nào chưa lên trang, vì không có --content.")
        return
    try:
        sources = read_sources(options.content, options.theme)
    except BuildStopped as stopped:
        yield skipped("commits", f"không xem được commit nào chưa lên trang: {stopped}")
        return
    if sources:
        yield from judge_commits(sources, deployed, options.now)
    else:
        yield skipped("commits", "không xem commit nào chưa lên trang, vì nội dung không nằm trong kho Git.")


def _content(options: DoctorOptions, visit: Visit, listing: ItemList) -> Iterator[Finding]:
    if options.content is None:
        yield skipped("content", "không so trang với nội dung, vì không có --content.")
        return
    # a stranger writes nothing: what builds there keep is left alone
    wanted = BuildOptions(
        content=options.content,
        theme=options.theme,
        output=options.content.parent / "output",
        now=options.now,
        remember=False,
        share_cards=False,
    )
    found = read_wanted(wanted)
    yield from judge_wanted(found, listing, options.now)
    if found.site:
        yield from frames.judge_frames(found.site, visit.get("/"), visit.get(urls.EMBED))


def _answers(visit: Visit, home: VisitedPage, listing: ItemList) -> Iterator[Finding]:
    """Look at an answer of each kind."""
    feed = visit.get(urls.MAIN_FEED)
    kinds = {"trang": home, "trang báo lỗi 404": visit.get(redirects.UNKNOWN), "nguồn tin": feed}
    if asset := page_links.find_asset(home):
        kinds[response_headers.KEPT] = visit.head(asset)
    if attachment := _attachment(visit, listing):
        kinds["tệp đính kèm"] = visit.head(attachment)
    told = response_headers.Kinds(kinds, visit.base.startswith("https:"))
    yield from response_headers.judge_security(told)
    yield from response_headers.judge_caches(told)
    yield from response_headers.judge_conditional(response_headers.Again(feed, visit.ask("GET", feed.url, _version(feed))))
    yield from response_headers.judge_types(_typed(visit, home))


def _attachment(visit: Visit, listing: ItemList) -> str | None:
    """Return the address of an attachment of one of the newest documents that have one."""
    documents = [item for item in listing.items if item.kind == DOCUMENT.kind][: redirects.FEW]
    found = (page_links.find_attachment(visit.get(urls.record(item.path)).body) for item in documents)
    return next((address for address in found if address), None)


def _version(seen: VisitedPage) -> dict[str, str]:
    """Return what a puller sends of the version that it has; it must send something, or the question is the first one again."""
    names = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {name: seen.headers[told] for name, told in names.items() if told in seen.headers} or {"If-None-Match": '""'}


def _typed(visit: Visit, home: VisitedPage) -> dict[str, tuple[VisitedPage, str]]:
    found = {"trang": (home, "text/html"), "lịch hội nghị": (visit.get(urls.CALENDAR), "text/calendar")}
    for name, file, wanted in urls.FEED_FORMATS:
        found[name] = (visit.get(f"/feeds/{urls.FEED_OF_ALL}/{file}"), wanted)
    found["danh sách bài"] = (visit.get(urls.MANIFEST), "application/json")
    return {name: (seen, wanted) for name, (seen, wanted) in found.items() if seen.status == 200}
