"""Check a daily sample of pages, and their links."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from random import Random
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

from chuyendoiso.ops.doctor.crawler import Crawler, CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good

PAGES = 30  # of the sitemap
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_SOURCES = {"a": ("href",), "link": ("href",), "img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",)}


class LinkParser(HTMLParser):
    """Collects the URLs in some attributes of a page's elements."""

    def __init__(self, sources: Mapping[str, tuple[str, ...]] = _SOURCES) -> None:
        """Collect from `sources`: attributes by element."""
        super().__init__()
        self.sources = sources
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the URLs of one element."""
        values = dict(attrs)
        for name in self.sources.get(tag, ()):
            value = values.get(name) or ""
            self.links += [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]


def parse_links(page: str, address: str) -> tuple[str, ...]:
    """Return the distinct http(s) URLs in a page, absolute and without fragments."""
    parser = LinkParser()
    parser.feed(page)
    links = (_absolute(address, link.strip()) for link in parser.links if link.strip())
    return tuple(dict.fromkeys(link for link in links if link.startswith(("http://", "https://"))))


def _absolute(address: str, link: str) -> str:
    try:
        return urldefrag(urljoin(address, link)).url
    except ValueError:  # such as http://[
        return ""


def parse_sitemap(data: bytes) -> tuple[str, ...]:
    """Return the URLs of a sitemap; none if it cannot be read."""
    try:
        return tuple((loc.text or "").strip() for loc in ElementTree.fromstring(data).iter(_SITEMAP))
    except ElementTree.ParseError:
        return ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The sitemap, the number of its URLs, the requested pages and links."""

    sitemap: CrawlResponse
    listed: int
    pages: tuple[CrawlResponse, ...]
    links: tuple[tuple[str, CrawlResponse], ...] = ()  # with the page that has the link


def read_sample(crawler: Crawler, rng: Random) -> Sample:
    """Request the sitemap and some of its pages."""
    sitemap = crawler.get("/sitemap.xml")
    listed = parse_sitemap(sitemap.body) if sitemap.status == 200 else ()
    chosen = rng.sample(listed, min(PAGES, len(listed)))
    return Sample(sitemap, len(listed), tuple(map(crawler.get, chosen)))


def links_within(crawler: Crawler, sample: Sample) -> dict[str, str]:
    """Return the links of the pages to the site itself, each with a page that has it."""
    pages = {
        crawler.url(link): page.url for page in sample.pages if page.status == 200 for link in parse_links(page.text, page.url)
    }
    return {link: page for link, page in pages.items() if link.startswith(crawler.base)}


def read_links(crawler: Crawler, sample: Sample, rng: Random) -> Sample:
    """Request the other links within the site, as long as requests are left."""
    pages = links_within(crawler, sample)
    shuffled = rng.sample(sorted(pages), len(pages))
    links = (
        (pages[link], crawler.request("HEAD", link))
        for link in shuffled
        if crawler.requests_left and not crawler.has_requested(link)
    )
    return replace(sample, links=tuple(links))


def check_sample(sample: Sample) -> Iterator[Finding]:
    """Report pages and links that do not open."""
    message = f"{len(sample.pages)} trên {sample.listed} trang và {len(sample.links)} liên kết lấy mẫu đều mở được."
    yield from or_good(_faults(sample), "links", message)


def _faults(sample: Sample) -> Iterator[Finding]:
    if not sample.listed:
        fault = sample.sitemap.outcome if sample.sitemap.status != 200 else "nội dung không đọc được"
        yield broken("links", f"Sơ đồ trang {sample.sitemap.url} không dùng được: {fault}.", "đăng lại trang.")
    remedy = "đăng lại trang; nếu vẫn vậy, xem tệp có trên máy chủ và máy chủ web có quyền đọc không."
    for page in sample.pages:
        if page.status != 200:
            yield broken("links", f"Trang {page.url} trong sơ đồ trang không mở được: {page.outcome}.", remedy)
    for url, response in sample.links:
        if response.status not in {200, 410}:
            yield broken("links", f"Trang {url} dẫn tới {response.url} không mở được: {response.outcome}.", remedy)


def find_attachment(record: bytes) -> str | None:
    """Return the URL of a document's first attachment, from the document's JSON."""
    try:
        return str(json.loads(record)["document"]["attachments"][0]["url"])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def find_asset(page: CrawlResponse) -> str | None:
    """Return the URL of a page's stylesheet."""
    return next((link for link in parse_links(page.text, page.url) if link.endswith(".css")), None)
