"""Holds the feed of the Zalo channel: words within its limits, a JPEG cover that is small enough, and nothing that is kept off."""

import pytest
from lxml import etree
from made_items import CARD, SITE, at, bytes_of, catalogue, cover, document, file, news

from chuyendoiso.domain.model import ZaloWords
from chuyendoiso.domain.vocabulary import State
from chuyendoiso.feeds import NEWEST, plan_feeds

BASE = "https://so.tinh.gov.vn/cds"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
SMALL, LARGE = 1_000_000, 1_000_001  # bytes: the limit, and one more


def entries(*items, sizes=None):
    (output,) = [one for one in plan_feeds(catalogue(*items), SITE, lambda item: CARD) if one.path == "feeds/zalo.rss.xml"]
    known = {path: (sizes or {}).get(path, 1) for path in output.sizes_of}
    return list(etree.fromstring(bytes_of(output, known)).iter("item"))


@pytest.mark.parametrize(
    ("item", "title", "summary"),
    [
        (news(title="Tên", summary="Tóm tắt"), "Tên", "Tóm tắt"),
        (news(title="Tên", zalo=ZaloWords(title="Tên riêng")), "Tên riêng", "Tóm tắt bài."),
        (news(title="Tên", zalo=ZaloWords(summary="Chữ riêng")), "Tên", "Chữ riêng"),
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
    found = [len(entry.findtext(name)) for name in ("title", "description", CREATOR)]
    assert found == [min(length, 150), min(length, 300), 50]
    assert len(entry.findall(CREATOR)) == 1


def test_what_is_kept_off_the_channel_is_not_in_its_feed():
    shown, kept_off = news("mot"), news("hai", zalo=ZaloWords(exclude=True))
    assert [f"{BASE}/tin-tuc/2026/mot/"] == [entry.findtext("link") for entry in entries(shown, kept_off)]


def test_drafts_are_not_in_its_feed():
    assert entries(news(state=State.DRAFT), news("hai", state=State.SCHEDULED)) == []


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({1280: SMALL, 800: 2, 480: 1}, f"/media/anh/{'a' * 20}-1280.jpg"),
        ({1280: LARGE, 800: SMALL, 480: 1}, f"/media/anh/{'a' * 20}-800.jpg"),
        ({1280: LARGE, 800: LARGE, 480: SMALL}, f"/media/anh/{'a' * 20}-480.jpg"),
        ({1280: LARGE, 800: LARGE, 480: LARGE}, CARD),
    ],
)
def test_the_cover_is_the_widest_jpeg_that_is_small_enough_else_the_share_card(sizes, expected):
    named = {f"media/anh/{'a' * 20}-{width}.jpg": size for width, size in sizes.items()}
    (entry,) = entries(news(cover=cover("a")), sizes=named)
    length = str(named.get(expected.removeprefix("/"), 1))
    assert [dict(one.attrib) for one in entry.findall("enclosure")] == [
        {"url": f"{BASE}{expected}", "length": length, "type": "image/jpeg"}
    ]


@pytest.mark.parametrize("item", [news(), document(files=(file("f"),))])
def test_without_a_cover_it_is_the_share_card_and_never_an_attachment(item):
    (entry,) = entries(item)
    assert [one.get("url") for one in entry.findall("enclosure")] == [f"{BASE}{CARD}"]


def test_the_newest_that_are_not_kept_off_fill_the_feed():
    items = [news(f"bai-{number:02}", date=at(1 + number // 20, number % 20)) for number in range(NEWEST + 2)]
    kept_off = news("rieng", date=at(28), zalo=ZaloWords(exclude=True))
    found = [entry.findtext("link") for entry in entries(*items, kept_off)]
    assert found == [f"{BASE}/tin-tuc/2026/bai-{number:02}/" for number in range(NEWEST + 1, 1, -1)]


def test_its_ids_are_those_of_the_other_feeds():
    (entry,) = entries(news("bai"))
    assert (entry.findtext("guid"), entry.find("guid").get("isPermaLink")) == ("tag:tinh.gov.vn,2026:/tin-tuc/2026/bai/", "false")
