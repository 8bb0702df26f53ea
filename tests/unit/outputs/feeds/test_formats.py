"""Holds RSS, Atom and JSON Feed: strictly well formed, read alike by other parsers, and saying the same of every item."""

import json
import time
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from xml.etree import ElementTree

import feedparser
import pytest
from lxml import etree
from made_items import SITE, at, body, bytes_of, catalogue, cover, document, feed_outputs, file, news, picture, training

from chuyendoiso.model.items import ChannelWords, FrameIn, LinkTo, LinkToPicture, PictureIn
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.feeds import NEWEST

BASE = "https://so.tinh.gov.vn/cds"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}"
FORMATS = ("rss.xml", "atom.xml", "feed.json")
HOSTILE = "<script>alert('x')</script> ]]> & &amp; \"kép\" 'đơn' <b>Đường</b> 🇻🇳"
PLAIN = {"sanitize_html": False, "resolve_relative_uris": False}


def make_feeds(items, selection="tat-ca", site=SITE, **options):
    """Return the three formats of a feed by file name; each picture has as many bytes as its path has letters."""
    outputs = {output.path: output for output in planned(catalogue(*items, **options), site)}
    files = {}
    for name in FORMATS:
        output = outputs[f"feeds/{selection}/{name}"]
        files[name] = bytes_of(output, {path: len(path) for path in output.depends_on})
    return files


def planned(gathered, site=SITE):
    return feed_outputs(gathered, site)


def rss(items, **options):
    return etree.fromstring(make_feeds(items, **options)["rss.xml"]).find("channel")


def atom(items, **options):
    return etree.fromstring(make_feeds(items, **options)["atom.xml"])


def items_for_all():
    """Return items that between them have everything an entry can have."""
    return [
        news("mot", date=at(3), title="Một", tags=("so-hoa",), authors=("Nguyễn Hương", "Lê Đạt"), cover=cover("a")),
        news("hai", date=at(2), modified=at(9), change_note="Sửa.", topic="kinh-te-so", body=body()),
        document("ba", date=at(1), files=(file("f"),), cover=cover("b"), summary="Ba & bốn"),
        training("nam", date=at(4), modified=at(5)),
    ]


# ── what each format says of an item ────────────────────────────────────────────────────────────────────────────────────


def of_rss(data):
    for item in etree.fromstring(data).find("channel").iter("item"):
        enclosure = item.find("enclosure")
        yield {
            "id": item.findtext("guid"),
            "url": item.findtext("link"),
            "title": item.findtext("title"),
            "summary": unescape(item.findtext("description").partition("<p>")[0]),
            "html": item.findtext(CONTENT),
            "published": parsedate_to_datetime(item.findtext("pubDate")),
            "authors": [element.text for element in item.findall(CREATOR)],
            "categories": [element.text for element in item.findall("category")],
            "media": [] if enclosure is None else [tuple(enclosure.get(name) for name in ("url", "type", "length"))],
        }


def of_atom(data):
    for entry in etree.fromstring(data).iter(f"{ATOM}entry"):
        links = entry.findall(f"{ATOM}link")
        content = entry.find(f"{ATOM}content")
        assert content.get("type") == "html"
        yield {
            "id": entry.findtext(f"{ATOM}id"),
            "url": [element.get("href") for element in links if element.get("rel") == "alternate"],
            "title": entry.findtext(f"{ATOM}title"),
            "summary": entry.findtext(f"{ATOM}summary"),
            "html": content.text,
            "published": datetime.fromisoformat(entry.findtext(f"{ATOM}published")),
            "updated": datetime.fromisoformat(entry.findtext(f"{ATOM}updated")),
            "authors": [element.findtext(f"{ATOM}name") for element in entry.findall(f"{ATOM}author")],
            "categories": [(element.get("term"), element.get("label")) for element in entry.findall(f"{ATOM}category")],
            "media": [
                tuple(element.get(name) for name in ("href", "type", "length"))
                for element in links
                if element.get("rel") == "enclosure"
            ],
        }


def of_json(data):
    for item in json.loads(data)["items"]:
        yield {
            "id": item["id"],
            "url": item["url"],
            "title": item["title"],
            "summary": item["summary"],
            "html": item["content_html"],
            "published": datetime.fromisoformat(item["date_published"]),
            "updated": datetime.fromisoformat(item["date_modified"]),
            "authors": [author["name"] for author in item.get("authors", [])],
            "categories": item["tags"],
            "media": [
                (attachment["url"], attachment["mime_type"], str(attachment["size_in_bytes"]))
                for attachment in item.get("attachments", [])
            ],
        }


def test_the_three_formats_agree_entry_by_entry():
    feeds = make_feeds(items_for_all(), tags=[("so-hoa", "Số hóa")])
    in_rss, in_atom, in_json = list(of_rss(feeds["rss.xml"])), list(of_atom(feeds["atom.xml"])), list(of_json(feeds["feed.json"]))
    as_json = [
        {**entry, "url": "".join(entry["url"]), "categories": [label for _, label in entry["categories"]]} for entry in in_atom
    ]
    without_updated = [{name: value for name, value in entry.items() if name != "updated"} for entry in in_json]
    assert in_json == as_json
    assert in_rss == [{**entry, "media": entry["media"][:1]} for entry in without_updated]


def test_an_entry_says_what_its_item_says():
    pdf = (f"{BASE}/media/f.pdf", "application/pdf", "12345")
    jpeg = (f"{BASE}/media/anh/{'b' * 20}v2-1280.jpg", "image/jpeg", str(len(f"media/anh/{'b' * 20}v2-1280.jpg")))
    (entry,) = of_json(make_feeds([items_for_all()[2]])["feed.json"])
    assert entry == {
        "id": "tag:tinh.gov.vn,2026:/van-ban/ba/",
        "url": f"{BASE}/van-ban/ba/",
        "title": "Tên bài",
        "summary": "Ba & bốn",
        "html": "<p><strong>Hiệu lực:</strong> Chưa xác minh hiệu lực</p><p>Thân bài.</p>",
        "published": at(1),
        "updated": at(1),
        "authors": [],
        "categories": ["Xã hội số"],
        "media": [pdf, jpeg],
    }


def test_categories_are_the_topic_and_the_tags_once():
    (entry,) = of_atom(
        make_feeds([news(tags=("so-hoa", "xa-hoi-so"))], tags=[("so-hoa", "Số hóa"), ("xa-hoi-so", "Xã hội số")])["atom.xml"]
    )
    assert entry["categories"] == [("xa-hoi-so", "Xã hội số"), ("so-hoa", "Số hóa")]


def test_a_modification_counts_only_with_a_note():
    updated = {
        entry["id"].rsplit("/")[-2]: entry["updated"]
        for entry in of_json(make_feeds(items_for_all(), tags=[("so-hoa", "Số hóa")])["feed.json"])
    }
    assert updated == {"mot": at(3), "hai": at(9), "ba": at(1), "nam": at(4)}


def test_a_change_on_the_day_of_publication_is_not_before_it():
    item = news(date=at(2, 8), modified=at(2, 0), change_note="Sửa.")
    (entry,) = of_json(make_feeds([item])["feed.json"])
    assert entry["updated"] >= entry["published"]


def test_the_order_is_newest_first_in_every_format():
    feeds = make_feeds(items_for_all(), tags=[("so-hoa", "Số hóa")])
    expected = [f"tag:tinh.gov.vn,2026:/{path}/" for path in ("tap-huan/nam", "tin-tuc/2026/mot", "tin-tuc/2026/hai", "van-ban/ba")]
    actual = [[entry["id"] for entry in read(feeds[name])] for name, read in zip(FORMATS, (of_rss, of_atom, of_json), strict=True)]
    assert [expected] * 3 == actual


# ── each format by itself ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_channel_of_rss():
    channel = rss(items_for_all(), tags=[("so-hoa", "Số hóa")])
    own = channel.find(f"{ATOM}link")
    assert {
        "title": "Chuyển đổi số",
        "link": f"{BASE}/",
        "description": "Tin của tỉnh",
        "language": "vi",
        "lastBuildDate": at(9),
        "self": ("self", f"{BASE}/feeds/tat-ca/rss.xml", "application/rss+xml"),
    } == {
        **{name: channel.findtext(name) for name in ("title", "link", "description", "language")},
        "lastBuildDate": parsedate_to_datetime(channel.findtext("lastBuildDate")),
        "self": tuple(own.get(name) for name in ("rel", "href", "type")),
    }
    assert [len(channel.findall(name)) for name in ("link", "lastBuildDate", "pubDate")] == [1, 1, 0]


def test_guids_of_rss_are_no_addresses():
    guids = [item.find("guid").get("isPermaLink") for item in rss(items_for_all(), tags=[("so-hoa", "Số hóa")]).iter("item")]
    assert guids == ["false"] * 4


def test_authors_without_an_address_are_creators_in_rss():
    (item,) = rss([news(authors=("Nguyễn Hương", "Lê Đạt"))]).iter("item")
    assert ([element.text for element in item.findall(CREATOR)], item.findall("author")) == (["Nguyễn Hương", "Lê Đạt"], [])


def test_the_picture_of_an_entry_in_rss_has_its_size_and_words():
    (item,) = rss([news(cover=cover("a"))]).iter("item")
    content = item.find(f"{MEDIA}content")
    file_size = str(len(f"media/anh/{'a' * 20}v2-1280.jpg"))
    expected = {
        "url": f"{BASE}/media/anh/{'a' * 20}v2-1280.jpg",
        "type": "image/jpeg",
        "medium": "image",
        "fileSize": file_size,
        "width": "1280",
        "height": "720",
    }
    assert (expected, "Hội trường") == (dict(content.attrib), content.findtext(f"{MEDIA}description"))


def test_the_attachment_of_a_document_is_the_enclosure_before_its_cover():
    (item,) = rss([document(files=(file("f"), file("g")), cover=cover("b"))]).iter("item")
    assert [dict(element.attrib) for element in item.findall("enclosure")] == [
        {"url": f"{BASE}/media/f.pdf", "length": "12345", "type": "application/pdf"}
    ]


def test_the_feed_of_atom():
    feed = atom(items_for_all(), tags=[("so-hoa", "Số hóa")])
    assert {
        "id": "tag:tinh.gov.vn,2026:/feeds/tat-ca/",
        "title": "Chuyển đổi số",
        "updated": at(9).isoformat(),
        "icon": f"{BASE}/icons/icon-192.png",
    } == {name: feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "icon")}
    assert [dict(link.attrib) for link in feed.findall(f"{ATOM}link")] == [
        {"rel": "describedby", "href": f"{BASE}/nguon-tin/truong-rieng/", "type": "text/html"},
        {"rel": "self", "href": f"{BASE}/feeds/tat-ca/atom.xml", "type": "application/atom+xml"},
        {"rel": "alternate", "href": f"{BASE}/", "type": "text/html"},
    ]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Sở Khoa học và Công nghệ"


def test_links_of_an_atom_entry_keep_rel_type_and_length():
    (entry,) = atom([document(files=(file("f"),), cover=cover("b"))]).iter(f"{ATOM}entry")
    jpeg = f"media/anh/{'b' * 20}v2-1280.jpg"
    assert [dict(link.attrib) for link in entry.findall(f"{ATOM}link")] == [
        {"rel": "alternate", "href": f"{BASE}/van-ban/van-ban/", "type": "text/html"},
        {"rel": "enclosure", "href": f"{BASE}/media/f.pdf", "type": "application/pdf", "length": "12345"},
        {"rel": "enclosure", "href": f"{BASE}/{jpeg}", "type": "image/jpeg", "length": str(len(jpeg))},
    ]


def test_json_feed():
    feed = json.loads(make_feeds([news(cover=cover("a"), authors=("Lê Đạt",), lang="en")])["feed.json"])
    (item,) = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Chuyển đổi số",
        "home_page_url": f"{BASE}/",
        "feed_url": f"{BASE}/feeds/tat-ca/feed.json",
        "description": "Tin của tỉnh",
        "icon": f"{BASE}/icons/icon-192.png",
        "language": "vi",
        "authors": [{"name": "Sở Khoa học và Công nghệ"}],
        "_chuyendoiso": {"about": f"{BASE}/nguon-tin/truong-rieng/"},
    }
    assert ("en", f"{BASE}/media/anh/{'a' * 20}v2-1280.jpg", [{"name": "Lê Đạt"}]) == (
        item["language"],
        item["image"],
        item["authors"],
    )


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("hostile", [HOSTILE, "]]>", "<![CDATA[x]]>", "&lt;b&gt;", "a < b > c", "Ệ𠀀\u200d👩🏽‍🌾"])
def test_hostile_text_comes_back_equal_from_every_field(hostile):
    item = news(title=hostile, summary=hostile, authors=(hostile,), tags=("x",), cover=cover("a", alt=hostile), body=body(hostile))
    feeds = make_feeds([item], tags=[("x", hostile)])
    expected = (hostile, hostile, hostile, [hostile], ["Xã hội số", hostile])
    for name, read in zip(FORMATS, (of_rss, of_atom, of_json), strict=True):
        (entry,) = read(feeds[name])
        labels = [text if isinstance(text, str) else text[1] for text in entry["categories"]]
        assert expected == (entry["title"], entry["summary"], entry["html"], entry["authors"], labels), name
    assert etree.fromstring(feeds["rss.xml"]).findtext(f".//{MEDIA}description") == hostile


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_hostile_names_of_the_site_come_back_equal(name):
    site = SITE.__class__(**{**{key: getattr(SITE, key) for key in SITE.__dataclass_fields__}, "name": HOSTILE, "tagline": HOSTILE})
    root = ElementTree.fromstring(make_feeds([news()], site=site)[name])
    titles = [root.findtext(path) for path in ("channel/title", f"{ATOM}title")]
    assert HOSTILE in titles


def noted(item):
    """Return the paragraphs before an item's text in a feed."""
    if item.path.startswith("/van-ban/"):
        return "<p><strong>Hiệu lực:</strong> Chưa xác minh hiệu lực</p>"
    return "<p><strong>Cập nhật 09/11/2026:</strong> Sửa.</p>" if item.change_note else ""


def summary_of(name, summary):
    """Return the words of a summary: in RSS it is HTML, with the validity of a document after it."""
    return unescape(summary.partition("<p>")[0]) if name == "rss.xml" else summary


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_another_reader_of_feeds_finds_the_same(name):
    items = items_for_all()
    parsed = feedparser.parse(make_feeds(items, tags=[("so-hoa", "Số hóa")])[name], **PLAIN)
    assert (False, f"{BASE}/", "Chuyển đổi số") == (bool(parsed.bozo), parsed.feed.link, parsed.feed.title)
    expected = [
        (item.id, f"{BASE}{item.path}", item.title, item.summary, f"{noted(item)}<p>Thân bài.</p>", int(item.date.timestamp()))
        for item in sorted(items, key=lambda item: -item.date.timestamp())
    ]
    assert expected == [
        (entry.id, entry.link, entry.title, summary_of(name, entry.summary), entry.content[0].value, timegm(entry.published_parsed))
        for entry in parsed.entries
    ]


def test_the_body_has_absolute_links_and_plain_pictures():
    content = body(
        '<h2 id="a">A</h2><p><a',
        LinkTo("/van-ban/x/#muc-2", external=False),
        ">x</a> <a",
        LinkTo("https://a.vn/?b=1&c=2", external=True),
        ">y</a> <a",
        LinkTo(None, external=False),
        ">z</a> <a",
        LinkTo("#a", external=False),
        ">A</a> <a",
        LinkToPicture(picture("p", width=600, height=300)),
        ">ảnh</a></p>",
        PictureIn(picture("q"), 'Mô "tả" & <b>', "Chú & thích"),
        PictureIn(picture("r", width=100, height=50), "R", None),
    )
    (entry,) = of_json(make_feeds([news(body=content)])["feed.json"])
    assert entry["html"] == (
        f'<h2 id="a">A</h2><p><a href="{BASE}/van-ban/x/#muc-2">x</a> <a href="https://a.vn/?b=1&amp;c=2">y</a> z A '
        f'<a href="{BASE}/media/anh/{"p" * 20}v2-600.jpg">ảnh</a></p>'
        f'<figure><img src="{BASE}/media/anh/{"q" * 20}v2-1280.jpg" width="1280" height="720" '
        """alt='Mô "tả" &amp; &lt;b&gt;'>"""
        "<figcaption>Chú &amp; thích</figcaption></figure>"
        f'<img src="{BASE}/media/anh/{"r" * 20}v2-100.jpg" width="100" height="50" alt="R">'
    )


def test_a_broadcast_is_a_link():
    frames = (FrameIn("https://a.vn/?b=1&c=2", "Buổi <phát>", "a.vn"), FrameIn("https://a.vn/", "", "a.vn"))
    (entry,) = of_json(make_feeds([news(body=body("<p>A</p>", *frames))])["feed.json"])
    assert entry["html"] == (
        '<p>A</p><p><a href="https://a.vn/?b=1&amp;c=2">Buổi &lt;phát&gt;</a></p><p><a href="https://a.vn/">Xem trên a.vn</a></p>'
    )


def test_an_item_without_a_body_has_its_summary_as_text():
    (entry,) = of_json(make_feeds([news(body=body(" \n"), summary="A < b & c")])["feed.json"])
    assert entry["html"] == "<p>A &lt; b &amp; c</p>"


# ── which items, and when ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ("tat-ca", ["tap-huan/nam", "tin-tuc/2026/mot", "tin-tuc/2026/hai", "van-ban/ba"]),
        ("tin-tuc", ["tin-tuc/2026/mot", "tin-tuc/2026/hai"]),
        ("van-ban", ["van-ban/ba"]),
        ("tap-huan", ["tap-huan/nam"]),
        ("chu-de/xa-hoi-so", ["tap-huan/nam", "tin-tuc/2026/mot", "van-ban/ba"]),
        ("chu-de/kinh-te-so", ["tin-tuc/2026/hai"]),
    ],
)
def test_each_selection_has_its_items(selection, expected):
    feeds = make_feeds(items_for_all(), selection=selection, tags=[("so-hoa", "Số hóa")])
    assert [f"{BASE}/{path}/" for path in expected] == [entry["url"] for entry in of_json(feeds["feed.json"])]


@pytest.mark.parametrize("count", [NEWEST - 1, NEWEST, NEWEST + 1])
def test_a_feed_has_the_newest_only(count):
    items = [news(f"bai-{number:02}", date=at(1 + number // 20, number % 20)) for number in range(count)]
    actual = [entry["url"] for entry in of_json(make_feeds(items)["feed.json"])]
    expected = [f"{BASE}/tin-tuc/2026/bai-{number:02}/" for number in reversed(range(count))][:NEWEST]
    assert NEWEST == 50
    assert expected == actual


@pytest.mark.parametrize("state", [PublicationState.DRAFT, PublicationState.SCHEDULED, PublicationState.WITHDRAWN])
def test_hidden_items_are_in_no_feed(state):
    withdrawn = state is PublicationState.WITHDRAWN
    hidden = news("bi-mat", state=state, title="BÍ MẬT", summary="BÍ MẬT", withdrawn_reason="Đăng nhầm.")
    gathered = catalogue(news(), *([] if withdrawn else [hidden]), withdrawn=(hidden,) if withdrawn else ())
    paths = set()
    for output in planned(gathered):
        sizes = [] if output.depends_on is None else [dict.fromkeys(output.depends_on, 1)]
        data = bytes_of(output, *sizes).decode()
        assert "BÍ MẬT" not in data, output.path
        if "bi-mat" in data:
            paths.add(output.path)
    assert ("manifest.json" in paths) == withdrawn and bool(paths) == withdrawn


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_an_empty_feed_is_well_formed_and_dated_by_the_year_of_its_authority(name):
    parsed = feedparser.parse(make_feeds([])[name])
    assert (False, [], datetime(2026, 1, 1, tzinfo=UTC).timestamp()) == (
        bool(parsed.bozo),
        parsed.entries,
        timegm(parsed.feed.updated_parsed),
    )


def test_an_empty_json_feed_has_no_items():
    assert json.loads(make_feeds([])["feed.json"])["items"] == []


def test_a_feed_does_not_depend_on_the_clock():
    items = items_for_all()
    first = make_feeds(items, tags=[("so-hoa", "Số hóa")]), make_feeds([])
    time.sleep(1.1)  # the formats count in seconds
    assert first == (make_feeds(items, tags=[("so-hoa", "Số hóa")]), make_feeds([]))


def test_an_item_that_stays_is_the_same_entry_after_others_came():
    old = news("cu", date=at(1), cover=cover("a"), authors=("Lê Đạt",))
    alone, beside = (list(of_json(make_feeds(items)["feed.json"])) for items in ([old], [news("moi", date=at(2)), old]))
    assert alone == beside[1:]


def test_the_id_of_a_moved_item_is_its_first_path():
    moved = news("moi", id="tag:tinh.gov.vn,2026:/tin-tuc/2025/cu/", aliases=("/tin-tuc/2025/cu/",))
    (entry,) = of_atom(make_feeds([moved])["atom.xml"])
    assert (entry["id"], entry["url"]) == ("tag:tinh.gov.vn,2026:/tin-tuc/2025/cu/", [f"{BASE}/tin-tuc/2026/moi/"])


# ── the list of feeds ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_of_feeds_names_each_with_its_page():
    outputs = {output.path: output for output in feed_outputs(catalogue(news(zalo=ChannelWords())))}
    root = ElementTree.fromstring(bytes_of(outputs["feeds/nguon-tin.opml"]))
    rows = [
        (outline.get("text"), outline.get("type"), outline.get("version"), outline.get("xmlUrl"), outline.get("htmlUrl"))
        for outline in root.iter("outline")
    ]
    names = [
        ("Chuyển đổi số", "tat-ca", "/"),
        ("Chuyển đổi số – Tin tức", "tin-tuc", "/tin-tuc/"),
        ("Chuyển đổi số – Xã hội số", "chu-de/xa-hoi-so", "/chu-de/xa-hoi-so/"),
        ("Chuyển đổi số – Kinh tế số", "chu-de/kinh-te-so", "/chu-de/kinh-te-so/"),
    ]
    assert rows == [
        (title, "rss", "RSS2", f"{BASE}/feeds/{selection}/rss.xml", f"{BASE}{page}") for title, selection, page in names
    ]
    assert {row[3].removeprefix(f"{BASE}/") for row in rows} <= set(outputs)
    assert (root.get("version"), root.findtext("head/title")) == ("2.0", "Nguồn tin của Chuyển đổi số")
