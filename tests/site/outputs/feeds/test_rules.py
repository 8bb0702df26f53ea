"""The checker of feeds finds nothing in ours, and finds what is wrong."""

from datetime import UTC, datetime

import pytest
from conftest import build_site
from feed_rules import faults
from made_items import ITEMS, feed_files

from chuyendoiso.authoring.demo_content import write_demo

FILES = ("rss.xml", "atom.xml", "feed.json")


@pytest.mark.parametrize("items", [(), ITEMS])
def test_our_feeds_hold_to_the_rules(items):
    assert {name: faults(name, data) for name, data in feed_files(items).items()} == {name: [] for name in FILES}


@pytest.mark.parametrize(
    ("name", "before", "after", "reported"),
    [
        ("rss.xml", 'version="2.0"', 'version="0.9"', "not one channel"),
        ("rss.xml", "<language>vi</language>", "", "no valid language"),
        ("rss.xml", "<pubDate>", "<pubDate>x ", "is no date"),
        ("rss.xml", 'isPermaLink="false"', "", "no permanent guid"),
        ("rss.xml", 'length="12345"', 'length="-5"', "without type or size"),
        ("rss.xml", "</guid>", "</guid><guid>tag:x</guid>", "2 of guid"),
        ("rss.xml", "<generator>", "<hub/><generator>", "unknown element hub"),
        ("rss.xml", "&lt;p&gt;Thân", "&lt;a href='/x/'&gt;Thân", "in its text"),
        ("rss.xml", "&lt;p&gt;Thân", "&lt;script&gt;Thân", "in its text"),
        ("rss.xml", "&lt;p&gt;Thân", "&lt;a&gt;Thân", "a link without an address"),
        ("rss.xml", "&#x26;", "&amp;", "in plain text"),
        ("rss.xml", "Tóm &amp;lt;tắt", "Tóm &lt;tắt", "is no HTML"),
        ("rss.xml", "/tin-tuc/2026/hai/</guid>", "/tin-tuc/2026/mot/</guid>", "stands 2 times"),
        ("atom.xml", "<updated>2026", "<updated>26", "is no date"),
        ("atom.xml", 'rel="self"', 'rel="via"', "not one link to itself"),
        ("atom.xml", 'type="html"', 'type="text"', "no content in HTML"),
        ("atom.xml", 'term="xa-hoi-so"', 'term=""', "without a term"),
        ("atom.xml", "<entry>", "<entry><rating/>", "unknown element rating"),
        ("feed.json", '"version": "https', '"version": "http', "'https://jsonfeed.org/version/1.1' was expected"),
        ("feed.json", '"summary"', '"abstract"', "'abstract' does not match any"),
        ("feed.json", '"url": "https://so', '"url": "so', "does not match"),
        ("feed.json", '"size_in_bytes": 12345', '"size_in_bytes": "big"', "is not of type 'integer'"),
    ],
)
def test_what_is_wrong_is_found(name, before, after, reported):
    text = feed_files(ITEMS)[name].decode()
    assert before in text
    assert any(reported in fault for fault in faults(name, text.replace(before, after).encode()))


@pytest.mark.parametrize("site", ["small", "committed", "generated"])
def test_every_feed_of_every_site_holds_to_the_rules(site, tmp_path, small, committed):
    output = {"small": small, "committed": committed, "generated": tmp_path / "output"}[site]
    if site == "generated":
        write_demo(tmp_path / "content", items=160, seed=3, today=datetime(2026, 11, 24, 5, tzinfo=UTC))
        build_site(tmp_path / "content", output, share_cards=False)
    output = output.resolve()
    feeds = [path for path in sorted((output / "feeds").rglob("*")) if path.name.endswith(("rss.xml", "atom.xml", "feed.json"))]
    assert any("kho-" in path.name for path in feeds) == (site != "small")
    found = {path.relative_to(output).as_posix(): faults(path.name, path.read_bytes()) for path in feeds}
    assert {name: reported for name, reported in found.items() if reported} == {}
