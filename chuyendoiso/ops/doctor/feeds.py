"""Check the feeds: RSS 2.0, Atom 1.0 (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from random import Random
from xml.etree import ElementTree

from chuyendoiso.model import urls
from chuyendoiso.model.feed_formats import FEED_FORMATS, RSS
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.ops.doctor.crawler import Crawler, CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good
from chuyendoiso.ops.doctor.listing import ItemList, parse_instant

ATOM = "{http://www.w3.org/2005/Atom}"
MAX_FEEDS = 60  # of one run; if there are more topics, a new sample is checked each day


@dataclass(frozen=True, slots=True)
class ServedFeed:
    """A parsed feed: its own address, its entries, and the newest publication date."""

    address: str
    entries: int
    newest: datetime | None


def parse_opml(data: bytes) -> tuple[str, ...]:
    """Return the addresses of the feeds in an OPML list, in all formats."""
    outlines = ElementTree.fromstring(data).iter("outline")
    addresses = [outline.attrib["xmlUrl"] for outline in outlines if "xmlUrl" in outline.attrib]
    folders = [address.removesuffix(RSS.file) for address in addresses if address.endswith(f"/{RSS.file}")]
    others = [folder + file for folder in folders for _, file, _ in FEED_FORMATS if file != RSS.file]
    return tuple(dict.fromkeys([*addresses, *others]))


def parse_feed(data: bytes) -> ServedFeed:
    """Parse a feed of any of the three formats.

    Raises ParseError, ValueError, KeyError, TypeError.
    """
    if data.lstrip().startswith(b"{"):
        feed = json.loads(data)
        return _feed(feed["feed_url"], [item["date_published"] for item in feed["items"]])
    root = ElementTree.fromstring(data)
    address = {link.get("rel"): link.get("href", "") for link in root.iter(f"{ATOM}link")}["self"]
    if root.tag == f"{ATOM}feed":
        entries = root.iter(f"{ATOM}entry")
        return _feed(address, [entry.findtext(f"{ATOM}published") or entry.findtext(f"{ATOM}updated") or "" for entry in entries])
    if root.tag != "rss":
        raise ValueError(root.tag)
    return _feed(address, [parsedate_to_datetime(item.findtext("pubDate") or "").isoformat() for item in root.iter("item")])


def _feed(address: str, dates: list[str]) -> ServedFeed:
    return ServedFeed(address, len(dates), max(map(parse_instant, dates), default=None))


def check_feeds(crawler: Crawler, listing: ItemList, rng: Random) -> Iterator[Finding]:
    """Report feeds that are unreadable, empty, outdated, or have another address."""
    opml = crawler.get(urls.OPML)
    try:
        addresses = parse_opml(opml.body) if opml.status == 200 else ()
    except ElementTree.ParseError:
        addresses = ()
    topics = [address for address in addresses if "/chu-de/" in address]
    chosen = [*(address for address in addresses if address not in topics), *rng.sample(topics, len(topics))][:MAX_FEEDS]
    responses = [(address, crawler.get(address)) for address in chosen]
    faults = list(filter(None, (_check_feed(address, response, listing) for address, response in responses)))
    if not addresses:
        fault = opml.outcome if opml.status != 200 else "nội dung không đọc được"
        faults = [broken("feeds", f"Danh sách nguồn tin {opml.url} không dùng được: {fault}.", "đăng lại trang.")]
    yield from or_good(faults, "feeds", f"{len(chosen)} trên {len(addresses)} nguồn tin đọc được, có bài mới nhất.")


def _check_feed(address: str, response: CrawlResponse, listing: ItemList) -> Finding | None:
    """Return the finding if a feed is faulty; `address` is its published address."""
    url, remedy = response.url, "đăng lại trang."
    if response.status != 200:
        return broken("feeds", f"Nguồn tin {url} không mở được: {response.outcome}.", remedy)
    try:
        feed = parse_feed(response.body)
    except (ElementTree.ParseError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return broken("feeds", f"Nguồn tin {url} không đọc được: sai dạng RSS, Atom hoặc JSON Feed.", remedy)
    if feed.address != address:
        return broken("feeds", f"Nguồn tin {url} tự ghi địa chỉ là {feed.address}.", "sửa site.url trong site.yml rồi đăng lại.")
    newest = _newest(address.removeprefix(listing.url), listing)
    if newest and not feed.entries:
        return broken("feeds", f"Nguồn tin {url} không có bài nào.", remedy)
    if newest and feed.newest and feed.newest < newest:
        remedy = "đăng lại trang; nếu trước máy chủ có lớp đệm (CDN) thì xóa đệm của nguồn tin."
        message = f"Nguồn tin {url} chỉ có bài tới {feed.newest:%H:%M %d/%m/%Y}, trang có bài lúc {newest:%H:%M %d/%m/%Y}."
        return broken("feeds", message, remedy)
    return None


def _newest(path: str, listing: ItemList) -> datetime | None:
    """Return the date of the newest item in a feed.

    Return None for topics, which the manifest does not list.
    """
    segment = path.removeprefix("feeds/").partition("/")[0]
    if segment != urls.FEED_OF_ALL and segment not in set(Kind):
        return None
    return max((item.published for item in listing.items if segment in {urls.FEED_OF_ALL, item.kind}), default=None)
