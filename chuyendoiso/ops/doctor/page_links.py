"""Pages and what they link to: a sample, another one each day."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from random import Random
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

from chuyendoiso.ops.doctor.crawler import Visit, VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good

PAGES = 30  # of the sitemap, others each day
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_SOURCES = {"a": ("href",), "link": ("href",), "img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",)}


class _Links(HTMLParser):
    """Collects the addresses that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the addresses of one element."""
        given = dict(attrs)
        for name in _SOURCES.get(tag, ()):
            value = given.get(name) or ""
            self.found += [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]


def parse_links(page: str, address: str) -> tuple[str, ...]:
    """Return the addresses that a page at an address names, whole, without fragments, once each; other schemes than http left out."""
    parser = _Links()
    parser.feed(page)
    whole = (_whole(address, link.strip()) for link in parser.found if link.strip())
    return tuple(dict.fromkeys(link for link in whole if link.startswith(("http://", "https://"))))


def _whole(address: str, link: str) -> str:
    try:
        return urldefrag(urljoin(address, link)).url
    except ValueError:  # such as http://[
        return ""


def parse_sitemap(data: bytes) -> tuple[str, ...]:
    """Return the addresses of a sitemap; none where it cannot be read."""
    try:
        return tuple((one.text or "").strip() for one in ElementTree.fromstring(data).iter(_SITEMAP))
    except ElementTree.ParseError:
        return ()


@dataclass(frozen=True, slots=True)
class PageLink:
    """An address that was asked for, and the page that names it."""

    page: str
    seen: VisitedPage


@dataclass(frozen=True, slots=True)
class Sample:
    """The sitemap, how many addresses it has, the pages that were looked at, and where they lead."""

    sitemap: VisitedPage
    listed: int
    pages: tuple[VisitedPage, ...]
    links: tuple[PageLink, ...] = ()


def read_sample(visit: Visit, seeded: Random) -> Sample:
    """Ask for the sitemap and for some of its pages."""
    sitemap = visit.get("/sitemap.xml")
    listed = parse_sitemap(sitemap.body) if sitemap.status == 200 else ()
    chosen = seeded.sample(listed, min(PAGES, len(listed)))
    return Sample(sitemap, len(listed), tuple(visit.get(address) for address in chosen))


def links_within(visit: Visit, sample: Sample) -> dict[str, str]:
    """Return the addresses within the site that the pages name, each with a page that does."""
    named = {
        visit.address(link): page.url for page in sample.pages if page.status == 200 for link in parse_links(page.text, page.url)
    }
    return {link: page for link, page in named.items() if link.startswith(visit.base)}


def read_links(visit: Visit, sample: Sample, seeded: Random) -> Sample:
    """Ask for the other links within the site, as long as requests are left."""
    named = links_within(visit, sample)
    links = []
    for link in seeded.sample(sorted(named), len(named)):
        if visit.left and not visit.has_asked(link):
            links.append(PageLink(named[link], visit.ask("HEAD", link)))
    return replace(sample, links=tuple(links))


def judge_sample(sample: Sample) -> Iterator[Finding]:
    """Tell which pages and links lead nowhere."""
    told = f"{len(sample.pages)} trên {sample.listed} trang và {len(sample.links)} liên kết lấy mẫu đều mở được."
    yield from or_good(_sample(sample), "links", told)


def _sample(sample: Sample) -> Iterator[Finding]:
    if not sample.listed:
        why = sample.sitemap.told if sample.sitemap.status != 200 else "nội dung không đọc được"
        yield broken("links", f"Sơ đồ trang {sample.sitemap.url} không dùng được: {why}.", "đăng lại trang.")
    remedy = "đăng lại trang; nếu vẫn vậy, xem tệp có trên máy chủ và máy chủ web có quyền đọc không."
    for page in sample.pages:
        if page.status != 200:
            yield broken("links", f"Trang {page.url} trong sơ đồ trang không mở được: {page.told}.", remedy)
    for link in sample.links:
        if link.seen.status not in {200, 410}:
            yield broken("links", f"Trang {link.page} dẫn tới {link.seen.url} không mở được: {link.seen.told}.", remedy)


# ── an answer of each kind ──────────────────────────────────────────────────────────────────────────────────────────────


def find_attachment(record: bytes) -> str | None:
    """Return the address of a document's first attachment, from the JSON beside its page."""
    try:
        return str(json.loads(record)["document"]["attachments"][0]["url"])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def find_asset(page: VisitedPage) -> str | None:
    """Return the address of a page's stylesheet."""
    return next((link for link in parse_links(page.text, page.url) if link.endswith(".css")), None)
