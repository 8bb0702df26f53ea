"""The rules of feeds, as the W3C feed validator and the RSS Advisory Board's best-practices profile have them, on a parser that writes none.

Sources: RSS 2.0 (rssboard.org/rss-specification, /rss-profile), Atom (RFC 4287), RFC 5005, RFC 6721, Media RSS, JSON Feed 1.1.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from jsonschema import Draft202012Validator

A, C = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"
DC, M = "{http://purl.org/dc/elements/1.1/}", "{http://search.yahoo.com/mrss/}"
FH, AT, OWN = "{http://purl.org/syndication/history/1.0}", "{http://purl.org/atompub/tombstones/1.0}", "{urn:x-chuyendoiso:feed:1}"
CHANNEL = set(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs ttl image item".split()
)
ITEM = set("title link description author category comments enclosure guid pubDate source".split())
FEED = set("author category contributor generator icon id link logo rights subtitle title updated entry".split())
ENTRY = set("author category content contributor id link published rights source summary title updated".split())
MIME = re.compile(r"[a-z]+/[a-zA-Z0-9.+-]+")
RFC_822 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}"
)
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
JSON_FEED = Draft202012Validator(
    json.loads((Path(__file__).parent / "json-feed-1.1.schema.json").read_text("utf-8")),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)
UNSAFE = {"script", "style", "iframe", "object", "embed", "form", "meta", "link", "base"}


def faults(name: str, data: bytes) -> list[str]:
    """Return what is wrong with a feed, by its file's name."""
    if name.endswith(".json"):
        return list(_json(json.loads(data)))
    root = ElementTree.fromstring(data)
    return [*_rss(root), *plain_faults(data)] if "rss" in name else list(_atom(root))


# ── RSS ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rss(root: Element) -> Iterator[str]:
    channels = root.findall("channel")
    if (root.tag, root.get("version"), len(channels)) != ("rss", "2.0", 1):
        yield "rss: not one channel of version 2.0"
        return
    channel = channels[0]
    yield from _once(channel, CHANNEL, "channel", several={"item", "category"})
    for wanted in ("title", "link", "description"):
        if not (channel.findtext(wanted) or "").strip():
            yield f"channel: no {wanted}"
    yield from _address(channel.findtext("link"), "channel link")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", channel.findtext("language") or ""):
        yield "channel: no valid language"
    yield from _date(channel.findtext("lastBuildDate"), RFC_822, "lastBuildDate")
    own = [one for one in channel.findall(f"{A}link") if one.get("rel") == "self"]
    if len(own) != 1 or own[0].get("type") != "application/rss+xml":
        yield "channel: not one atom:link to itself"
    for name in ("managingEditor", "webMaster"):
        if (text := channel.findtext(name)) and not re.fullmatch(r"[^@\s()]+@[^@\s()]+ \(.+\)", text):
            yield f"channel: {name} is not an address with a name in brackets"
    items = channel.findall("item")
    yield from _unique([one.findtext("guid") or "" for one in items], "guid")
    for item in items:
        yield from _rss_item(item)


def _rss_item(item: Element) -> Iterator[str]:
    where = f"item {item.findtext('guid')}"
    yield from _once(item, ITEM, where, several={"category"})
    if not (item.findtext("title") or "").strip() or not (item.findtext("description") or "").strip():
        yield f"{where}: no title or description"
    yield from _address(item.findtext("link"), where)
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink") != "false" or not (guid.text or "").startswith("tag:"):
        yield f"{where}: no permanent guid"
    yield from _date(item.findtext("pubDate"), RFC_822, where)
    if any(not (one.text or "").strip() for one in [*item.findall("category"), *item.findall(f"{DC}creator")]):
        yield f"{where}: an empty category or creator"
    enclosures = item.findall("enclosure")
    for one in enclosures:
        yield from _medium(one.get("url"), one.get("type"), one.get("length"), where)
    for one in item.findall(f"{M}content"):
        yield from _medium(one.get("url"), one.get("type"), one.get("fileSize"), where)
        if one.get("medium") != "image" or not all((one.get(side) or "").isdigit() for side in ("width", "height")):
            yield f"{where}: media:content without medium or size"
    if re.search(r"<[a-z/]", item.findtext("description") or "", re.IGNORECASE) and item.find(f"{C}encoded") is None:
        yield f"{where}: markup in the description alone"
    yield from _description(item.findtext("description"), where)
    yield from _html(item.findtext(f"{C}encoded"), where)


# ── Atom ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _atom(root: Element) -> Iterator[str]:
    if root.tag != f"{A}feed":
        yield "feed: not Atom"
        return
    yield from _once(root, FEED, "feed", several={"entry", "link", "author", "category", "contributor"}, space=A)
    yield from _common(root, "feed")
    links = Counter((one.get("rel") or "alternate") for one in root.findall(f"{A}link"))
    if links["self"] != 1 or links["alternate"] != 1:
        yield "feed: not one link to itself and to its page"
    for one in root.findall(f"{A}link"):
        yield from _address(one.get("href"), "feed link")
    if root.find(f"{FH}archive") is not None and links["current"] != 1:
        yield "feed: an archive that does not tell what it is of"
    entries = root.findall(f"{A}entry")
    yield from _unique([one.findtext(f"{A}id") or "" for one in entries], "id")
    gone = [one.get("ref") or "" for one in root.findall(f"{AT}deleted-entry")]
    if set(gone) & {one.findtext(f"{A}id") for one in entries}:
        yield "feed: an entry that is there and withdrawn"
    for one in root.findall(f"{AT}deleted-entry"):
        yield from _date(one.get("when"), RFC_3339, f"deleted-entry {one.get('ref')}")
    authored = root.find(f"{A}author") is not None
    for entry in entries:
        yield from _atom_entry(entry, authored)


def _atom_entry(entry: Element, authored: bool) -> Iterator[str]:
    where = f"entry {entry.findtext(f'{A}id')}"
    yield from _once(entry, ENTRY, where, several={"author", "category", "contributor", "link"}, space=A)
    yield from _common(entry, where)
    yield from _date(entry.findtext(f"{A}published"), RFC_3339, where)
    if not authored and entry.find(f"{A}author") is None:
        yield f"{where}: no author"
    links = Counter(
        (one.get("rel"), one.get("type"), one.get("hreflang")) for one in entry.findall(f"{A}link") if one.get("rel") == "alternate"
    )
    if sum(links.values()) != 1:
        yield f"{where}: not one alternate link"
    for one in entry.findall(f"{A}link"):
        yield from _address(one.get("href"), where)
        if one.get("rel") == "enclosure":
            yield from _medium(one.get("href"), one.get("type"), one.get("length"), where)
    if any(not one.get("term") for one in entry.findall(f"{A}category")):
        yield f"{where}: a category without a term"
    content = entry.find(f"{A}content")
    if content is None or content.get("type") != "html":
        yield f"{where}: no content in HTML"
    else:
        yield from _html(content.text, where)
    updated, published = (entry.findtext(f"{A}{name}") or "" for name in ("updated", "published"))
    if (
        RFC_3339.fullmatch(updated)
        and RFC_3339.fullmatch(published)
        and datetime.fromisoformat(updated) < datetime.fromisoformat(published)
    ):
        yield f"{where}: updated before it was published"


def _common(element: Element, where: str) -> Iterator[str]:
    id_, title = element.findtext(f"{A}id") or "", element.findtext(f"{A}title") or ""
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", id_) or not title.strip():
        yield f"{where}: no id that is an address, or no title"
    yield from _date(element.findtext(f"{A}updated"), RFC_3339, where)
    if any(not (one.findtext(f"{A}name") or "").strip() for one in element.findall(f"{A}author")):
        yield f"{where}: an author without a name"


# ── JSON Feed ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _json(feed: dict) -> Iterator[str]:
    for error in JSON_FEED.iter_errors(feed):
        yield f"{error.json_path}: {error.message}"
    yield from _unique([item.get("id") for item in feed["items"]], "id")
    for item in feed["items"]:
        yield from _date(item.get("date_published"), RFC_3339, f"item {item.get('id')}")  # every item of ours has one
        yield from _html(item.get("content_html"), f"item {item.get('id')}")


# ── RSS: what is plain text, and what is HTML ───────────────────────────────────────────────────────────────────────────

# feedvalidator.org's ContainsHTML (https://validator.w3.org/feed/docs/warning/ContainsHTML.html): plain text that reads as markup, but
# for hexadecimal references, by which the profile of the RSS Advisory Board says that a text is plain
PLAIN = re.compile(r"<(title|category|copyright|dc:creator|managingEditor)(?: [^>]*)?>([^<]*)</")


def plain_faults(data: bytes) -> Iterator[str]:
    """Yield what of the plain text of an RSS feed a reader may take for HTML."""
    for name, text in PLAIN.findall(data.decode()):
        if found := re.search(r"&(?:amp|lt);", text):
            yield f"{name}: {found[0]} in plain text"


def _description(text: str | None, where: str) -> Iterator[str]:
    """Hold a description to be HTML (NotHtml): every `<` begins or ends an element, every `&` a reference."""
    if found := re.search(r"<(?!/?(?:p|strong|a)\b)|&(?!(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);)", text or ""):
        yield f"{where}: {(text or '')[found.start() : found.start() + 20]!r} in its description is no HTML"


# ── of all ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _once(element: Element, known: set[str], where: str, *, several: set[str], space: str = "") -> Iterator[str]:
    counts = Counter(child.tag for child in element)
    for tag, count in counts.items():
        name = tag.removeprefix(space)
        if name.startswith("{"):
            continue
        if name not in known:
            yield f"{where}: unknown element {name}"
        elif count > 1 and name not in several:
            yield f"{where}: {count} of {name}"


def _unique(ids: list[str], what: str) -> Iterator[str]:
    yield from (f"{what} {id_} stands {count} times" for id_, count in Counter(ids).items() if count > 1)


def _address(address: str | None, where: str) -> Iterator[str]:
    parts = urlsplit(address or "")
    if (
        parts.scheme not in {"http", "https"}
        or not parts.netloc
        or not (address or "").isascii()
        or re.search(r"\s", address or "")
    ):
        yield f"{where}: {address!r} is no whole address"


def _date(text: str | None, form: re.Pattern[str], where: str) -> Iterator[str]:
    try:
        assert text and form.fullmatch(text)
        _ = parsedate_to_datetime(text) if form is RFC_822 else datetime.fromisoformat(text)
    except (AssertionError, ValueError):
        yield f"{where}: {text!r} is no date"


def _medium(url: str | None, type_: str | None, length: str | None, where: str) -> Iterator[str]:
    yield from _address(url, where)
    if not MIME.fullmatch(type_ or "") or not (length or "").isdigit():
        yield f"{where}: a file without type or size"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNSAFE:
            self.found.append(tag)
        if tag == "a" and not dict(attributes).get("href"):
            self.found.append("a link without an address")
        for name, value in attributes:
            relative = name in {"href", "src"} and urlsplit(value or "").scheme not in {"http", "https", "mailto", "tel"}
            if relative or name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}={value}")


def _html(text: str | None, where: str) -> Iterator[str]:
    links = _Links()
    links.feed(text or "")
    if not (text or "").strip():
        yield f"{where}: no text"
    yield from (f"{where}: {found} in its text" for found in links.found)
