"""RSS and Atom: every element of a feed and of an entry."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape

import feedparser
import pytest
from lxml import etree
from made_items import BODIES, at, body, catalogue, cover, news
from rich_site import HOME, RICH_SITE

from chuyendoiso.model.history import make_timeline
from chuyendoiso.model.items import Correction
from chuyendoiso.model.target import Dependencies, FileFacts
from chuyendoiso.outputs.feeds.entries import Entry, FeedItem, Medium, without_text
from chuyendoiso.outputs.feeds.json import make_json
from chuyendoiso.outputs.feeds.xml import MOST_BYTES, TEXT_BYTES, Feed, make_atom, make_rss, write_rss

FIRST, SECOND = datetime(2026, 11, 1, 1, tzinfo=UTC), datetime(2026, 11, 2, 2, 30, tzinfo=UTC)
ATOM = "http://www.w3.org/2005/Atom"
NAMES = {
    ATOM: "atom", "http://purl.org/dc/elements/1.1/": "dc", "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/rss/1.0/modules/content/": "content", "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/atompub/tombstones/1.0": "at", "urn:x-chuyendoiso:feed:1": "cds", "http://purl.org/dc/terms/": "dcterms",
}  # fmt: skip
HOSTILE = "<b>Đường</b> ]]> & &amp; \"kép\" 'đơn'"
ENTRY = Entry(
    id="tag:tinh.gov.vn,2026:/tin-tuc/2026/bai/", url=f"{HOME}/tin-tuc/2026/bai/?a=1&b=2", title="Bài", summary="Tóm tắt.",
    html="<p>Thân bài.</p>", published=FIRST, updated=FIRST, authors=(), categories=(), language="vi", cover=None, attachment=None,
)  # fmt: skip
COVER = Medium(f"{HOME}/media/anh/a.jpg", "image/jpeg", "media/anh/a.jpg", None, HOSTILE, 1280, 720)
PDF = Medium(f"{HOME}/media/a.pdf", "application/pdf", "media/a.pdf", 12345)
LARGEST = f"media/anh/{'a' * 20}v2-1280.jpg"
SIZES = {"media/anh/a.jpg": FileFacts(777, "a" * 64), LARGEST: FileFacts(4321, "b" * 64)}
RICH = ENTRY._replace(
    title=HOSTILE, summary=HOSTILE, html=HOSTILE, updated=SECOND, authors=("Lê Đạt", "Bùi & Vũ"), cover=COVER, attachment=PDF,
    categories=(("xa-hoi-so", "Xã hội số"), ("x", "A & <B>")), links=(("Kênh <Một>", "https://phat.vn/?a=1&b=2"),),
    official=(("document_number", "1/QĐ-UBND"), ("document_type", "Quyết định"), ("issuing_body", "Ủy ban & Sở")),
)  # fmt: skip


def feed(*listed, **changes):
    plain = {
        "site": RICH_SITE, "id": "tag:tinh.gov.vn,2026:/feeds/tat-ca/", "title": "Chuyển đổi số", "page": f"{HOME}/",
        "address": f"{HOME}/feeds/tat-ca/rss.xml", "updated": SECOND, "items": listed,
    }  # fmt: skip
    return Feed(**{**plain, **changes})


def inputs():
    return Dependencies(BODIES, SIZES)


def elements(parent, skipped=None):
    """Return the name, attributes and text of each element in order, without those of the name `skipped`."""
    lines = []
    for element in parent:
        name = etree.QName(element)
        if name.localname != skipped:
            tag = f"{NAMES[name.namespace]}:{name.localname}" if name.namespace in NAMES else name.localname
            lines += [(tag, dict(element.attrib), (element.text or "").strip()), *elements(element)]
    return lines


def in_rss(*entries, **changes):
    return etree.fromstring(write_rss(feed(**changes), entries, SIZES)).find("channel")


def in_atom(*listed, **changes):
    return etree.fromstring(make_atom(feed(*listed, **changes), inputs()))


def item(slug="bai", html="<p>Thân bài.</p>", **changes):
    article = news(slug, body=body(html), **changes)
    dates = make_timeline(catalogue(article), None, at(30)).of(article)
    return FeedItem(article, article.body, (("xa-hoi-so", "Xã hội số"),), dates.updated, dates.changed)


def link(rel, href, media_type, **others):
    return "atom:link", {"rel": rel, "href": href, "type": media_type, **others}, ""


# ── the feed ────────────────────────────────────────────────────────────────────────────────────────────────────────────

ATOM_TYPE = "application/atom+xml"
DESCRIBED = link("describedby", f"{HOME}/nguon-tin/truong-rieng/", "text/html")
CHANNEL = [
    ("title", {}, "Chuyển đổi số"),
    ("link", {}, f"{HOME}/"),
    ("description", {}, "Tin của tỉnh"),
    link("self", f"{HOME}/feeds/tat-ca/rss.xml", "application/rss+xml"),
    ("docs", {}, "http://www.rssboard.org/rss-specification"),
    ("generator", {}, "chuyendoiso"),
    ("language", {}, "vi"),
    ("lastBuildDate", {}, "Mon, 02 Nov 2026 02:30:00 +0000"),
    DESCRIBED,
]
HEAD = [
    DESCRIBED,
    ("atom:id", {}, "tag:tinh.gov.vn,2026:/feeds/tat-ca/"),
    ("atom:title", {}, "Chuyển đổi số"),
    ("atom:updated", {}, "2026-11-02T02:30:00+00:00"),
    ("atom:author", {}, ""),
    ("atom:name", {}, "Sở Khoa học và Công nghệ"),
    ("atom:email", {}, "so@tinh.gov.vn"),
    link("self", f"{HOME}/feeds/tat-ca/rss.xml", ATOM_TYPE),
    link("alternate", f"{HOME}/", "text/html"),
    ("atom:generator", {}, "chuyendoiso"),
    ("atom:icon", {}, f"{HOME}/icons/icon-192.png"),
    ("atom:subtitle", {}, "Tin của tỉnh"),
]
WITHDRAWN = (("tag:tinh.gov.vn,2026:/a/", FIRST), ("tag:tinh.gov.vn,2026:/b/", SECOND))


def test_the_channel_of_rss_and_the_head_of_atom():
    assert (elements(in_rss(ENTRY), "item"), elements(in_atom(item()), "entry")) == (CHANNEL, HEAD)


def test_withdrawals_are_at_the_end_of_the_feed():
    gone = [("cds:withdrawn", {}, id_) for id_, _ in WITHDRAWN]
    tombstones = [("at:deleted-entry", {"ref": id_, "when": when.isoformat()}, "") for id_, when in WITHDRAWN]
    assert [*CHANNEL[:-1], *gone, DESCRIBED] == elements(in_rss(ENTRY, withdrawn=WITHDRAWN), "item")
    assert [*HEAD, *tombstones] == elements(in_atom(item(), withdrawn=WITHDRAWN), "entry")


CURRENT, OLDER = f"{HOME}/feeds/tat-ca/atom.xml", f"{HOME}/feeds/tat-ca/kho-1.atom.xml"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"older": OLDER}, [link("prev-archive", OLDER, ATOM_TYPE)]),
        ({"current": CURRENT}, [("fh:archive", {}, ""), link("current", CURRENT, ATOM_TYPE)]),
        (
            {"current": CURRENT, "older": OLDER},
            [("fh:archive", {}, ""), link("prev-archive", OLDER, ATOM_TYPE), link("current", CURRENT, ATOM_TYPE)],
        ),
    ],
)
def test_an_archive_has_its_neighbours_in_atom(changes, expected):
    assert [*expected, *HEAD] == elements(in_atom(item(), **changes), "entry")
    assert elements(in_rss(ENTRY, **changes), "item") == CHANNEL


def test_terms_and_a_technical_contact_are_in_both_formats():
    site = replace(RICH_SITE, rights=HOSTILE, technical_contact="ky-thuat@tinh.gov.vn")
    rss, atom = elements(in_rss(ENTRY, site=site), "item"), elements(in_atom(item(), site=site), "entry")
    assert [line for line in rss if line not in CHANNEL] == [
        ("copyright", {}, HOSTILE),
        ("webMaster", {}, "ky-thuat@tinh.gov.vn (Sở Khoa học và Công nghệ)"),
    ]
    assert [line for line in atom if line not in HEAD] == [
        ("atom:contributor", {}, ""),
        ("atom:name", {}, "Liên hệ kỹ thuật"),
        ("atom:email", {}, "ky-thuat@tinh.gov.vn"),
        ("atom:rights", {}, HOSTILE),
    ]


def test_a_hub_is_named_in_all_but_the_archive():
    site = replace(RICH_SITE, hub="https://hub.vn/")
    hub = ("atom:link", {"rel": "hub", "href": "https://hub.vn/"}, "")
    assert hub in elements(in_rss(ENTRY, site=site), "item") and hub in elements(in_atom(item(), site=site), "entry")
    assert hub not in elements(in_atom(item(), site=site, current=CURRENT), "entry")
    assert json.loads(make_json(feed(item(), site=site), inputs()))["hubs"] == [{"type": "WebSub", "url": "https://hub.vn/"}]


def test_plain_text_of_rss_has_hexadecimal_references():
    """As the profile of the RSS Advisory Board has it; a validator then takes none for markup."""
    data = write_rss(feed(title="A & B"), [ENTRY._replace(title="Thu nhập <5 triệu & hộ <nghèo>")], SIZES).decode()
    assert "<title>A &#x26; B</title>" in data
    assert "<title>Thu nhập &#x3C;5 triệu &#x26; hộ &#x3C;nghèo&gt;</title>" in data


# ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

JPEG = {"url": COVER.url, "type": "image/jpeg"}
OFFICIAL = [(f"cds:{name}", {}, value) for name, value in RICH.official]
PICTURE = [
    ("media:content", {**JPEG, "medium": "image", "fileSize": "777", "width": "1280", "height": "720"}, ""),
    ("media:description", {"type": "plain"}, HOSTILE),
]
ENCLOSURE = ("enclosure", {"url": PDF.url, "length": "12345", "type": "application/pdf"}, "")


def item_of_rss(entry):
    return elements(in_rss(entry).find("item"))


def test_an_item_of_rss_has_all_that_an_entry_has():
    assert item_of_rss(RICH) == [
        ("title", {}, HOSTILE),
        ("link", {}, f"{HOME}/tin-tuc/2026/bai/?a=1&b=2"),
        ("description", {}, escape(HOSTILE, quote=False)),
        ("content:encoded", {}, HOSTILE),
        ("guid", {"isPermaLink": "false"}, ENTRY.id),
        ("category", {}, "Xã hội số"),
        ("category", {}, "A & <B>"),
        ("pubDate", {}, "Sun, 01 Nov 2026 01:00:00 +0000"),
        ("dc:creator", {}, "Lê Đạt"),
        ("dc:creator", {}, "Bùi & Vũ"),
        ("dc:publisher", {}, "Ủy ban & Sở"),
        ("dc:type", {}, "Quyết định"),
        ("dc:identifier", {}, "1/QĐ-UBND"),
        ENCLOSURE,
        *PICTURE,
        ("dcterms:modified", {}, "2026-11-02T02:30:00+00:00"),
        ("cds:link", {"href": "https://phat.vn/?a=1&b=2", "title": "Kênh <Một>"}, ""),
        *OFFICIAL,
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"cover": COVER}, [("enclosure", {**JPEG, "length": "777"}, ""), *PICTURE]),
        ({"attachment": PDF}, [ENCLOSURE]),
        ({"updated": SECOND}, [("dcterms:modified", {}, "2026-11-02T02:30:00+00:00")]),
        ({"official": (("venue", "Hội trường"),)}, [("cds:venue", {}, "Hội trường")]),
    ],
)
def test_a_plain_item_of_rss_has_only_what_its_entry_has(changes, expected):
    assert item_of_rss(ENTRY._replace(**changes)) == [
        ("title", {}, "Bài"),
        ("link", {}, f"{HOME}/tin-tuc/2026/bai/?a=1&b=2"),
        ("description", {}, "Tóm tắt."),
        ("content:encoded", {}, "<p>Thân bài.</p>"),
        ("guid", {"isPermaLink": "false"}, ENTRY.id),
        ("pubDate", {}, "Sun, 01 Nov 2026 01:00:00 +0000"),
        *expected,
    ]


def test_an_entry_of_atom_has_all_that_its_item_has():
    change = {"modified": at(5), "change_note": "Sửa.", "authors": ("Lê Đạt",), "title": HOSTILE, "summary": HOSTILE}
    assert elements(
        in_atom(
            item(html=HOSTILE, cover=cover("a"), **change),
        ).find("atom:entry", {"atom": ATOM})
    ) == [
        ("atom:id", {}, ENTRY.id),
        ("atom:title", {}, HOSTILE),
        ("atom:updated", {}, at(5).isoformat()),
        ("atom:author", {}, ""),
        ("atom:name", {}, "Lê Đạt"),
        ("atom:content", {"type": "html"}, f"<p><strong>Cập nhật 05/11/2026:</strong> Sửa.</p>{HOSTILE}"),
        link("alternate", f"{HOME}/tin-tuc/2026/bai/", "text/html"),
        ("atom:summary", {}, HOSTILE),
        ("atom:category", {"term": "xa-hoi-so", "label": "Xã hội số"}, ""),
        ("atom:published", {}, at(1).isoformat()),
        link("enclosure", f"{HOME}/{LARGEST}", "image/jpeg", length="4321"),
    ]


@pytest.mark.parametrize("make", [make_rss, make_atom])
def test_another_reader_of_feeds_finds_the_same_entries_in_the_same_order(make):
    listed = [
        item(f"bai-{number}", f"<p>{number} & <b>Đường</b></p>", date=at(number), title=f"Tên {number}") for number in (3, 1, 2)
    ]
    parsed = feedparser.parse(make(feed(*listed), inputs()), sanitize_html=False, resolve_relative_uris=False)
    assert (False, f"{HOME}/") == (bool(parsed.bozo), parsed.feed.link)
    assert [(f"{HOME}/tin-tuc/2026/bai-{number}/", f"Tên {number}", f"<p>{number} & <b>Đường</b></p>") for number in (3, 1, 2)] == [
        (entry.link, entry.title, entry.content[0].value) for entry in parsed.entries
    ]


# ── how much text ───────────────────────────────────────────────────────────────────────────────────────────────────────

MORE = '<p>Tóm tắt bài.</p><p><a href="{}/tin-tuc/2026/bai-{}/">Đọc cả bài trên trang</a></p>'
FORMATS = (make_rss, make_atom, make_json)


def texts(data):
    """Return the text of each entry of an Atom feed."""
    return [entry.findtext(f"{{{ATOM}}}content") for entry in etree.fromstring(data).iter(f"{{{ATOM}}}entry")]


@pytest.mark.parametrize(
    ("sizes", "shortened"),
    [
        ([TEXT_BYTES], []),
        ([TEXT_BYTES - 100, 100], []),
        ([TEXT_BYTES - 100, 101], [1]),
        ([TEXT_BYTES + 1, 1, 1], [1, 2]),
        ([MOST_BYTES, 1], [0, 1]),
        ([100, TEXT_BYTES, 100, 1], [1, 2, 3]),
    ],
)
def test_entries_beyond_so_many_bytes_have_their_summary_and_a_link_but_in_an_archive(sizes, shortened):
    bodies = ["<" * (size // 4) + "b" * (size % 4) for size in sizes]
    listed = [item(f"bai-{number}", html) for number, html in enumerate(bodies)]
    expected = [MORE.format(HOME, number) if number in shortened else html for number, html in enumerate(bodies)]
    assert texts(make_atom(feed(*listed), inputs())) == expected
    assert texts(make_atom(feed(*listed, current=CURRENT), inputs())) == bodies


def test_the_summary_in_place_of_a_text_is_escaped():
    entries = feed(item(html="a"), item(summary=HOSTILE)).entries(inputs())
    assert without_text(entries[1]).html == MORE.format(HOME, 0).replace("bai-0", "bai").replace("Tóm tắt bài.", escape(HOSTILE))


@pytest.mark.parametrize("letter", ["<", "&", "Ệ", '"', "a"])
@pytest.mark.parametrize("many", [0, 1, 200])
@pytest.mark.parametrize("make", FORMATS)
def test_no_feed_of_valid_content_is_larger_than_its_limit(make, many, letter):
    """Every field as long as it may be, 50 times: letters that are escaped twice are the worst."""
    corrections = tuple(Correction(date(2026, 11, 2), letter * 3000) for _ in range(many))
    listed = [
        item(
            f"bai-{number}-{'x' * 180}", letter * 9 * (number % 7) * 1000, title=letter * 200, summary=letter * 300, corrections=corrections,
            authors=tuple(f"{letter * 80}{other}" for other in range(many)), modified=at(3), change_note=letter * 3000, cover=cover(alt=letter * 300),
        )._replace(categories=tuple((f"tu-khoa-{other}", f"{letter * 55}{other}") for other in range(31)))
        for number in range(50)
    ]  # fmt: skip
    data = make(feed(*listed), inputs())
    assert len(data) <= MOST_BYTES
    entries = json.loads(data)["items"] if make is make_json else feedparser.parse(data).entries
    assert [entry["id"].count("bai-") for entry in entries] == [1] * 50
    assert [entry["title"] for entry in entries] == [letter * 200] * 50
