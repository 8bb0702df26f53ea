"""The feeds as a puller gets them: RSS 2.0, Atom 1.0 (RFC 4287) and JSON Feed 1.1, read by the standard library's parsers."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from random import Random
from xml.etree import ElementTree

from chuyendoiso.model import urls
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.ops.doctor.crawler import Visit, VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good
from chuyendoiso.ops.doctor.listing import ItemList, parse_instant

ATOM = "{http://www.w3.org/2005/Atom}"
MOST = 60  # feeds of one look: of more topics than fit, another part is looked at each day


@dataclass(frozen=True, slots=True)
class ServedFeed:
    """A feed that was read: the address that it gives itself, how many entries it has, and when the newest was published."""

    address: str
    entries: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Pulled:
    """One feed's answer, and what was read of it; None where it cannot be read."""

    address: str  # as the site tells it
    seen: VisitedPage
    feed: ServedFeed | None


@dataclass(frozen=True, slots=True)
class Feeds:
    """The list of all feeds, and those that were looked at."""

    opml: VisitedPage
    listed: tuple[str, ...]
    pulled: tuple[Pulled, ...]


def read_feeds(visit: Visit, seeded: Random) -> Feeds:
    """Ask for the list of feeds and for those that it names, with the JSON beside each."""
    opml = visit.get(urls.OPML)
    try:
        listed = parse_opml(opml.body) if opml.status == 200 else ()
    except ElementTree.ParseError:
        listed = ()
    topics = [address for address in listed if "/chu-de/" in address]
    wanted = [*(address for address in listed if address not in topics), *seeded.sample(topics, len(topics))][:MOST]
    return Feeds(opml, listed, tuple(_pulled(visit, address) for address in wanted))


def parse_opml(data: bytes) -> tuple[str, ...]:
    """Return the addresses of the feeds in an OPML list, in all formats."""
    found = [one.attrib["xmlUrl"] for one in ElementTree.fromstring(data).iter("outline") if "xmlUrl" in one.attrib]
    others = [file for _, file, _ in urls.FEED_FORMATS if file != urls.RSS.file]
    beside = [
        address.removesuffix(urls.RSS.file) + file for address in found if address.endswith(f"/{urls.RSS.file}") for file in others
    ]
    return tuple(dict.fromkeys([*found, *beside]))


def _pulled(visit: Visit, address: str) -> Pulled:
    seen = visit.get(address)
    try:
        return Pulled(address, seen, parse_feed(seen.body) if seen.status == 200 else None)
    except (ElementTree.ParseError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Pulled(address, seen, None)


def parse_feed(data: bytes) -> ServedFeed:
    """Return what a feed tells, whichever of the three formats it has. Raises ParseError, ValueError, KeyError, TypeError."""
    if data.lstrip().startswith(b"{"):
        told = json.loads(data)
        return _feed(told["feed_url"], [parse_instant(one["date_published"]) for one in told["items"]])
    root = ElementTree.fromstring(data)
    links = {one.get("rel"): one.get("href", "") for one in root.iter(f"{ATOM}link") if one.get("rel") == "self"}
    if root.tag == f"{ATOM}feed":
        dates = [entry.findtext(f"{ATOM}published") or entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")]
        return _feed(links["self"], [parse_instant(date or "") for date in dates])
    if root.tag != "rss":
        raise ValueError(root.tag)
    return _feed(
        links["self"],
        [parse_instant(parsedate_to_datetime(item.findtext("pubDate") or "").isoformat()) for item in root.iter("item")],
    )


def _feed(address: str, dates: Iterable[datetime]) -> ServedFeed:
    listed = list(dates)
    return ServedFeed(address, len(listed), max(listed, default=None))


def judge_feeds(feeds: Feeds, listing: ItemList) -> Iterator[Finding]:
    """Tell which feeds cannot be read, are empty, stand elsewhere than they say, or lack the newest."""
    told = f"{len(feeds.pulled)} trên {len(feeds.listed)} nguồn tin đọc được, có bài mới nhất."
    yield from or_good(_feeds(feeds, listing), "feeds", told)


def _feeds(feeds: Feeds, listing: ItemList) -> Iterator[Finding]:
    if not feeds.listed:
        why = feeds.opml.told if feeds.opml.status != 200 else "nội dung không đọc được"
        yield broken("feeds", f"Danh sách nguồn tin {feeds.opml.url} không dùng được: {why}.", "đăng lại trang.")
    for pulled in feeds.pulled:
        yield from _pulled_findings(pulled, listing)


def _pulled_findings(pulled: Pulled, listing: ItemList) -> Iterator[Finding]:
    address, feed = pulled.seen.url, pulled.feed
    newest = _newest_of(pulled.address.removeprefix(listing.url), listing)
    if pulled.seen.status != 200:
        yield broken("feeds", f"Nguồn tin {address} không mở được: {pulled.seen.told}.", "đăng lại trang.")
    elif feed is None:
        yield broken("feeds", f"Nguồn tin {address} không đọc được: sai dạng RSS, Atom hoặc JSON Feed.", "đăng lại trang.")
    elif feed.address != pulled.address:
        remedy = "sửa site.url trong site.yml rồi đăng lại."
        yield broken("feeds", f"Nguồn tin {address} tự ghi địa chỉ là {feed.address}.", remedy)
    elif newest and not feed.entries:
        yield broken("feeds", f"Nguồn tin {address} không có bài nào.", "đăng lại trang.")
    elif newest and feed.newest and feed.newest < newest:
        remedy = "đăng lại trang; nếu trước máy chủ có lớp đệm (CDN) thì xóa đệm của nguồn tin."
        message = f"Nguồn tin {address} chỉ có bài tới {feed.newest:%H:%M %d/%m/%Y}, trang có bài lúc {newest:%H:%M %d/%m/%Y}."
        yield broken("feeds", message, remedy)


def _newest_of(path: str, listing: ItemList) -> datetime | None:
    """Return when the newest item was published that a feed must have; None for topics, which the list of items does not tell."""
    segment = path.removeprefix("feeds/").partition("/")[0]
    if segment != urls.FEED_OF_ALL and segment not in set(Kind):
        return None
    return max((one.published for one in listing.items if segment in {urls.FEED_OF_ALL, one.kind}), default=None)
