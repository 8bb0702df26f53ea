"""Run all checks of `invoke doctor`.

If the home page does not open, the rest is skipped.
"""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from chuyendoiso.build.options import BuildOptions
from chuyendoiso.model import urls
from chuyendoiso.model.content_types import DOCUMENT
from chuyendoiso.model.feed_formats import FEED_FORMATS
from chuyendoiso.ops.build_provenance import read_sources
from chuyendoiso.ops.doctor import feeds, frames, intact, page_links, reachable, response_headers, status_codes, steady
from chuyendoiso.ops.doctor.codings import check_codings, read_codings
from chuyendoiso.ops.doctor.content import check_content, read_content
from chuyendoiso.ops.doctor.crawler import SECONDS, TOTAL_SECONDS, Crawler, CrawlResponse, LimitReached
from chuyendoiso.ops.doctor.deployed import PublishedRelease, check_commits, check_release, read_deployed, read_served
from chuyendoiso.ops.doctor.disk import check_disk_space, read_disk_space
from chuyendoiso.ops.doctor.findings import Finding, exit_status, report, report_json, skipped, warning
from chuyendoiso.ops.doctor.listing import ItemList, check_listing, read_listing
from chuyendoiso.ops.doctor.mirror import check_mirror
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.http import HttpClient, read_certificate

OVER_HTTP = ("", urls.MAIN_FEED.removeprefix("/"))  # paths that readers and feed readers may request over http


@dataclass(frozen=True, kw_only=True)
class DoctorOptions:
    """The site to check, what to compare it with, and the clocks and trust to use."""

    url: str
    content: Path | None  # None: do not compare
    theme: Path
    mirror: str | None
    disk: Path | None
    output: Path | None  # with this machine's published releases; None: it publishes nothing
    as_json: bool
    now: datetime
    monotonic: Callable[[], float]
    say: Callable[[str], None]
    trust: ssl.SSLContext | None = None
    plain_port: int = 80


def examine(options: DoctorOptions) -> int:
    """Print all findings; return the exit status. Raises WrongUse."""
    listed = tuple(findings(options))
    options.say(report_json(listed) if options.as_json else report(listed))
    return exit_status(listed)


def findings(options: DoctorOptions) -> Iterator[Finding]:
    """Yield the findings of all checks."""
    if options.disk:
        yield from check_disk_space(read_disk_space(options.disk))
    http = HttpClient(options.monotonic, SECONDS, options.trust)
    crawler = Crawler(http, f"{options.url.rstrip('/')}/", http.monotonic() + TOTAL_SECONDS)
    parts = urlsplit(crawler.base)
    if parts.scheme == "https" and parts.hostname:
        certificate = read_certificate(parts.hostname, parts.port or 443, http.seconds, http.trust)
        yield reachable.check_certificate(parts.hostname, certificate, options.now)
    home = crawler.get("/")
    yield reachable.check_home(home)
    if home.status != 200:
        yield skipped("site", "không xem phần còn lại của trang, vì trang chủ không mở được.")
        return
    yield steady.check_clock(home, options.now)
    try:
        yield reachable.check_https(crawler, options.plain_port, OVER_HTTP)
        yield from _site(options, crawler, home)
    except LimitReached:
        message = f"Chưa xem hết: đã dừng sau {crawler.requests} lượt hỏi, vì hết lượt hoặc hết giờ của một lần xem."
        yield warning("limits", message, "xem vì sao trang trả lời chậm, rồi chạy lại.")


def _site(options: DoctorOptions, crawler: Crawler, home: CrawlResponse) -> Iterator[Finding]:
    manifest = crawler.get(urls.MANIFEST)
    known = read_listing(manifest)
    yield check_listing(manifest, known, crawler.base)
    listing = known or ItemList(crawler.base, "", (), ())
    crawler.declared = listing.url
    rng = Random(options.now.date().toordinal())  # another sample each day
    yield from _headers(crawler, home, listing)
    yield from feeds.check_feeds(crawler, listing, rng)
    if known:
        yield from _content(options, crawler, listing)
    yield from status_codes.check_withdrawn(crawler, listing, rng)
    yield from status_codes.check_aliases(crawler, listing, rng)
    yield from status_codes.check_closed(crawler, listing.name)
    if options.mirror and known:
        yield check_mirror(crawler, f"{options.mirror.rstrip('/')}/", listing)
    yield from _sample(options, crawler, home, listing, rng)


def _headers(crawler: Crawler, home: CrawlResponse, listing: ItemList) -> Iterator[Finding]:
    """Check the headers of a response of each kind."""
    feed = crawler.get(urls.MAIN_FEED)
    kinds = {"trang": home, "trang báo lỗi 404": crawler.get(status_codes.UNKNOWN), "nguồn tin": feed}
    if asset := page_links.find_asset(home):
        kinds[response_headers.HASHED] = crawler.head(asset)
    if attachment := _attachment(crawler, listing):
        kinds["tệp đính kèm"] = crawler.head(attachment)
    yield from response_headers.check_security(kinds, crawler.base.startswith("https:"))
    yield from response_headers.check_caching(kinds)
    yield response_headers.check_conditional(feed, crawler.request("GET", feed.url, _conditions(feed)))
    yield from response_headers.check_media_types(_typed(crawler, home))


def _attachment(crawler: Crawler, listing: ItemList) -> str | None:
    """Return the URL of an attachment of one of the newest documents."""
    documents = [item for item in listing.items if item.kind == DOCUMENT.kind][: status_codes.SAMPLE_SIZE]
    attachments = (page_links.find_attachment(crawler.get(urls.record(item.path)).body) for item in documents)
    return next(filter(None, attachments), None)


def _conditions(response: CrawlResponse) -> dict[str, str]:
    """Return the headers of a conditional request.

    Without any, the crawler would return the earlier response.
    """
    names = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {name: response.headers[field] for name, field in names.items() if field in response.headers} or {"If-None-Match": '""'}


def _typed(crawler: Crawler, home: CrawlResponse) -> dict[str, tuple[CrawlResponse, str]]:
    """Return successful responses and their expected media types."""
    files = {"lịch hội nghị": (urls.CALENDAR, "text/calendar")}
    files |= {name: (f"/feeds/{urls.FEED_OF_ALL}/{file}", media_type) for name, file, media_type in FEED_FORMATS}
    files["danh sách bài"] = (urls.MANIFEST, "application/json")
    typed = {name: (crawler.get(path), media_type) for name, (path, media_type) in files.items()}
    return {"trang": (home, "text/html"), **{name: pair for name, pair in typed.items() if pair[0].status == 200}}


def _content(options: DoctorOptions, crawler: Crawler, listing: ItemList) -> Iterator[Finding]:
    if options.content is None:
        yield skipped("content", "không so trang với nội dung, vì không có --content.")
        return
    build_options = BuildOptions(
        content=options.content,
        theme=options.theme,
        output=options.content.parent / "output",
        now=options.now,
        use_cache=False,  # write no caches
        share_cards=False,
    )
    expected = read_content(build_options)
    yield from check_content(expected, listing, options.now)
    if expected.site:
        yield from frames.check_frames(expected.site, crawler.get("/"), crawler.get(urls.EMBED))


def _sample(options: DoctorOptions, crawler: Crawler, home: CrawlResponse, listing: ItemList, rng: Random) -> Iterator[Finding]:
    """Check a sample of pages, then their links as long as requests are left."""
    deployed = read_deployed(options.output, listing.url) if options.output else None
    mark = crawler.get(urls.MARK) if deployed else None
    sample = page_links.read_sample(crawler, rng)
    pages = tuple({page.url: page for page in (home, *sample.pages)}.values())
    links = sorted(page_links.links_within(crawler, sample))
    pictures = intact.read_pictures(crawler, rng.sample(links, len(links)))
    robots = intact.read_robots(crawler)
    asset = page_links.find_asset(home)
    first = [page.url for page in sample.pages[:2]]
    coded = read_codings(crawler, [crawler.base, urls.MAIN_FEED, *([asset] if asset else ()), *first])
    repeated = steady.read_steady(crawler, (first or [crawler.base])[0])
    served = read_served(crawler, deployed, rng) if deployed else {}
    sample = page_links.read_links(crawler, sample, rng)
    yield from page_links.check_sample(sample)
    yield from intact.check_pages(pages, crawler.base, listing.url)
    yield from intact.check_pictures(pictures)
    yield from intact.check_search(robots, pages, listing.url)
    yield from check_codings(coded, crawler.damaged)
    yield steady.check_steady(repeated)
    if not (deployed and mark and options.output):
        yield skipped("release", "không so với bản đã đăng, vì trang này không được đăng từ máy này.")
        return
    if read_deployed(options.output, listing.url) == deployed:
        yield from check_release(deployed, mark, served, options.now)
    else:
        yield skipped("release", "không so với bản đã đăng, vì có bản mới được đăng trong lúc xem.")
    yield from _commits(options, deployed)


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
        yield from check_commits(sources, deployed, options.now)
    else:
        yield skipped("commits", "không xem commit nào chưa lên trang, vì nội dung không nằm trong kho Git.")
