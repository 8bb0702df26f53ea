"""Holds the feed of the Zalo channel: words within its limits, a JPEG cover that is small enough, and nothing that is kept off."""

import json
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import zip_longest

import pytest
from lxml import etree
from made_items import CARD, SITE, at, bytes_of, catalogue, cover, document, feed_outputs, file, news, picture

from chuyendoiso.model.history import FileHistory, History
from chuyendoiso.model.items import Body, ChannelWords, Correction, FrameIn, LinkTo, PictureIn
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.channels.zalo.article_blocks import blocks
from chuyendoiso.outputs.feeds import NEWEST

BASE = "https://so.tinh.gov.vn/cds"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def entries(*items, sizes=None):
    (output,) = [output for output in feed_outputs(catalogue(*items)) if output.path == "feeds/zalo.rss.xml"]
    known = {path: (sizes or {}).get(path, 1) for path in output.depends_on}
    return list(etree.fromstring(bytes_of(output, known)).iter("item"))


@pytest.mark.parametrize(
    ("item", "title", "summary"),
    [
        (news(title="Tên", summary="Tóm tắt"), "Tên", "Tóm tắt"),
        (news(title="Tên", zalo=ChannelWords(title="Tên riêng")), "Tên riêng", "Tóm tắt bài."),
        (news(title="Tên", zalo=ChannelWords(summary="Chữ riêng")), "Tên", "Chữ riêng"),
        (news(title="chữ " * 50, summary="lời " * 80), "chữ " * 36 + "chữ…", "lời " * 74 + "lời…"),
    ],
)
def test_words_for_the_channel(item, title, summary):
    (entry,) = entries(item)
    assert (title, summary) == (entry.findtext("title"), entry.findtext("description"))


@pytest.mark.parametrize("length", [149, 150, 151, 200, 300, 301, 500])
def test_words_hold_the_limits(length):
    word = "ệ" * length
    (entry,) = entries(news(title=word, summary=word, authors=(word, "Người khác")))
    lengths = [len(entry.findtext(name)) for name in ("title", "description", CREATOR)]
    assert lengths == [min(length, 150), min(length, 300), 50]
    assert len(entry.findall(CREATOR)) == 1


def test_an_excluded_item_is_not_in_the_channel_s_feed():
    included, excluded = news("mot"), news("hai", zalo=ChannelWords(exclude=True))
    assert [f"{BASE}/tin-tuc/2026/mot/"] == [entry.findtext("link") for entry in entries(included, excluded)]


def test_drafts_are_not_in_its_feed():
    assert entries(news(state=PublicationState.DRAFT), news("hai", state=PublicationState.SCHEDULED)) == []


@pytest.mark.parametrize("item", [news(), document(files=(file("f"),)), news(cover=cover("a"))])
def test_the_cover_is_the_one_made_for_the_channel_and_never_an_attachment(item):
    (entry,) = entries(item)
    assert [dict(element.attrib) for element in entry.findall("enclosure")] == [
        {"url": f"{BASE}{CARD}", "length": "1", "type": "image/jpeg"}
    ]


def files_of_channel(*items, withdrawn=()):
    """Return what is made for the interface: the list, and each article by the path of its item."""
    files = {}
    for output in feed_outputs(catalogue(*items, withdrawn=withdrawn)):
        if output.path.startswith("feeds/zalo") and output.path.endswith(".json"):
            files[output.path] = json.loads(bytes_of(output, dict.fromkeys(output.depends_on or (), 1)))
    return files.pop("feeds/zalo.json"), files


def test_the_list_has_articles_with_digests_and_ids_to_remove():
    included, excluded = news("mot", title="Một", aliases=("/cu/mot.aspx",)), news("hai", zalo=ChannelWords(exclude=True))
    listing, articles = files_of_channel(included, excluded, withdrawn=(news("ba", withdrawn_reason="Nhầm."),))
    file = "feeds/zalo/tin-tuc-2026-mot.json"
    assert listing["items"] == [
        {
            "id": included.id,
            "kind": "tin-tuc",
            "title": "Một",
            "url": f"{BASE}/tin-tuc/2026/mot/",
            "former": [f"{BASE}/cu/mot.aspx"],
            "article": f"{BASE}/{file}",
            "sha256": file.encode().hex(),
        }
    ]
    assert listing["removed"] == [f"tag:tinh.gov.vn,2026:/tin-tuc/2026/{slug}/" for slug in ("ba", "hai")]
    assert [file] == list(articles)


def test_an_article_is_what_the_interface_takes():
    _, articles = files_of_channel(news("mot", title="Một & hai", authors=("Lê Đạt",)))
    address = f"{BASE}/tin-tuc/2026/mot/"
    assert articles["feeds/zalo/tin-tuc-2026-mot.json"]["article"] == {
        "type": "normal", "title": "Một & hai", "author": "Lê Đạt", "description": "Tóm tắt bài.", "status": "show", "comment": "hide",
        "body": [
            {"type": "text", "content": "<p>Thân bài.</p>"},
            {"type": "text", "content": f'<p>Xem bài trên {SITE.name}: <a href="{address}">{address}</a></p>'},
        ],
        "cover": {"cover_type": "photo", "photo_url": f"{BASE}{CARD}", "status": "show"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"modified": at(3), "change_note": "Thêm <ảnh>."}, "<p><b>Cập nhật 03/11/2026:</b> Thêm &lt;ảnh&gt;.</p>"),
        (
            {"corrections": (Correction(date(2026, 3, 5), "Số đúng là 12 & 13."), Correction(date(2026, 4, 6), "Tên xã."))},
            "<p><b>Đính chính 05/03/2026:</b> Số đúng là 12 &amp; 13.</p><p><b>Đính chính 06/04/2026:</b> Tên xã.</p>",
        ),
        (
            {"modified": at(3), "change_note": "Sửa.", "corrections": (Correction(date(2026, 11, 3), "Nhầm tên."),)},
            "<p><b>Cập nhật 03/11/2026:</b> Sửa.</p><p><b>Đính chính 03/11/2026:</b> Nhầm tên.</p>",
        ),
    ],
)
def test_changes_and_corrections_precede_the_text(changes, expected):
    _, articles = files_of_channel(news("mot", **changes))
    (listing,) = articles.values()
    texts = [block["content"] for block in listing["article"]["body"]]
    assert texts[:2] == [expected, "<p>Thân bài.</p>"]


def blocks_of(markup, *apart):
    """Return the blocks of HTML in which `@` stands for each of some parts, in order."""
    pieces = markup.split("@")
    parts = [piece for pair in zip_longest(pieces, apart) for piece in pair if piece]
    return list(blocks(Body(tuple(parts), "", ()), SITE))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Một <strong>hai</strong> <em>ba</em> &lt;b&gt; <code>bốn</code></p>", "<p>Một <b>hai</b> <i>ba</i> &lt;b&gt; bốn</p>"),
        ('<h2 id="a">Mục</h2>\n<p>Chữ.</p>', "<p><b>Mục</b></p><p>Chữ.</p>"),
        ("<ul>\n<li>a</li>\n<li>b<ul><li>c</li></ul></li>\n</ul>", "<ul><li>a</li><li>b <ul><li>c</li></ul></li></ul>"),
        (
            "<table><thead><tr><th>Xã</th><th>Số</th></tr></thead><tbody><tr><td>Một</td><td>2</td></tr></tbody></table>",
            "<p>Xã – Số</p><p>Một – 2</p>",
        ),
        ("<blockquote>\n<p>Lời</p>\n</blockquote>", "<p>Lời</p>"),
        ("<dl><dt>Từ</dt><dd>Nghĩa</dd></dl>", "<p><b>Từ</b></p><p>Nghĩa</p>"),
        ("<p>a<br>b</p><hr>", "<p>a<br>b</p>"),
    ],
)
def test_text_is_the_simplest_html(markup, expected):
    assert [{"type": "text", "content": expected}] == blocks_of(markup)


def test_pictures_and_videos_are_at_their_places_in_the_text():
    photo = PictureIn(picture("a"), "Hội trường", "Chú thích")
    video = FrameIn("https://www.youtube.com/embed/abc", "Phát", "www.youtube.com")
    other = FrameIn("https://phat.tinh.gov.vn/1", "Phát khác", "phat.tinh.gov.vn")
    actual = blocks_of("<p>Đầu</p>@<p>Giữa @ chữ</p><ul><li>x @</li></ul>", photo, video, other)
    image = {"type": "image", "url": f"{BASE}/media/anh/{'a' * 20}v2-1280.jpg", "caption": "Chú thích"}
    assert actual == [
        {"type": "text", "content": "<p>Đầu</p>"}, image,
        {"type": "text", "content": "<p>Giữa</p>"}, {"type": "video", "url": "https://www.youtube.com/watch?v=abc"},
        {"type": "text", "content": "<p>chữ</p><p>x</p>"},
        {"type": "text", "content": '<p><a href="https://phat.tinh.gov.vn/1">Phát khác</a></p>'},
    ]  # fmt: skip


def test_links_are_absolute_and_broken_links_become_text():
    actual = blocks_of("<p><a@>tới</a> <a@>đâu</a></p>", LinkTo("/van-ban/1/", external=False), LinkTo(None, external=False))
    assert actual == [{"type": "text", "content": f'<p><a href="{BASE}/van-ban/1/">tới</a> đâu</p>'}]


def test_excluded_items_take_no_place_in_the_feed():
    items = [news(f"bai-{number:02}", date=at(1 + number // 20, number % 20)) for number in range(NEWEST + 2)]
    excluded = news("rieng", date=at(28), zalo=ChannelWords(exclude=True))
    actual = [entry.findtext("link") for entry in entries(*items, excluded)]
    assert actual == [f"{BASE}/tin-tuc/2026/bai-{number:02}/" for number in range(NEWEST + 1, 1, -1)]


def test_its_ids_are_those_of_the_other_feeds():
    (entry,) = entries(news("bai"))
    assert (entry.findtext("guid"), entry.find("guid").get("isPermaLink")) == ("tag:tinh.gov.vn,2026:/tin-tuc/2026/bai/", "false")


def test_the_date_of_the_channel_s_feed_is_its_last_departure():
    """It has no notices: an item that was withdrawn, or is no longer for the channel, is a change all the same."""
    included, gone = news("mot", date=at(1)), news("hai", date=at(2), state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.")
    excluded = news("ba", date=at(1), zalo=ChannelWords(exclude=True))
    for others, expected in (((), at(5)), ((gone,), at(8)), ((excluded,), at(9))):
        items = [item for item in (included, *others) if item.state is PublicationState.PUBLISHED]
        files = {included.source: FileHistory(at(1), 1, at(5)), gone.source: FileHistory(at(1), 1, at(8), withdrawn=at(8), turns=1)}
        files[excluded.source] = FileHistory(at(1), 1, at(9))
        gathered = catalogue(*items, withdrawn=tuple(item for item in others if item is gone))
        outputs = {output.path: output for output in feed_outputs(gathered, history=History(files))}
        feed = etree.fromstring(bytes_of(outputs["feeds/zalo.rss.xml"], {CARD[1:]: 1}))
        assert parsedate_to_datetime(feed.findtext("channel/lastBuildDate")) == expected
