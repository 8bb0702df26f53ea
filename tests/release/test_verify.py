"""Holds the last look at a release: links that lead nowhere and feeds that cannot be read are found, with or without a sub-path."""

import pytest

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.release.verify import broken_feeds, broken_links, verify_release

LEADS_NOWHERE = "không dẫn tới tệp nào"


def site(folder, page, **more):
    files = {"index.html": page, "van-ban/index.html": '<h2 id="muc">x</h2>', "media/a.jpg": "x", **more}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    "page",
    [
        '<a href="/van-ban/">x</a>',
        '<a href="/van-ban/#muc">x</a>',
        '<a href="/van-ban/?q=1">x</a>',
        '<a href="van-ban/">x</a>',
        '<a href="#a">x</a><p id="a">',
        '<a href="https://a.vn/khong-co/">x</a>',
        '<a href="//a.vn/khong-co/">x</a>',
        '<a href="mailto:a@b.vn">x</a>',
        '<img src="/media/a.jpg" srcset="/media/a.jpg 480w, /media/a.jpg 800w">',
        '<source srcset="/media/a.jpg 480w">',
        "<a>x</a>",
    ],
)
def test_good_links(tmp_path, page):
    assert list(broken_links(site(tmp_path, page), "")) == []


@pytest.mark.parametrize(
    ("page", "link", "why"),
    [
        ('<a href="/khong-co/">x</a>', "/khong-co/", LEADS_NOWHERE),
        ('<a href="/van-ban">x</a>', "/van-ban", LEADS_NOWHERE),
        ('<a href="khong-co/">x</a>', "khong-co/", LEADS_NOWHERE),
        ('<a href="/van-ban/#khong">x</a>', "/van-ban/#khong", "không dẫn tới mục nào"),
        ('<a href="#khong">x</a>', "#khong", "không dẫn tới mục nào"),
        ('<img src="/media/b.jpg">', "/media/b.jpg", LEADS_NOWHERE),
        ('<img srcset="/media/a.jpg 480w, /media/b.jpg 800w">', "/media/b.jpg", LEADS_NOWHERE),
        ('<source srcset="/media/b.webp 480w">', "/media/b.webp", LEADS_NOWHERE),
        ('<link rel="stylesheet" href="/css/b.css">', "/css/b.css", LEADS_NOWHERE),
        ('<script src="/js/b.js"></script>', "/js/b.js", LEADS_NOWHERE),
    ],
)
def test_a_broken_link_is_told_by_page_and_target(tmp_path, page, link, why):
    assert list(broken_links(site(tmp_path, page), "")) == [f"index.html: liên kết {link} {why}"]


@pytest.mark.parametrize(("link", "broken"), [("/cds/van-ban/", False), ("/cds/", False), ("/van-ban/", True), ("/", True)])
def test_under_a_sub_path_a_link_without_it_is_broken(tmp_path, link, broken):
    expected = [f"index.html: liên kết {link} {LEADS_NOWHERE}"] if broken else []
    assert expected == list(broken_links(site(tmp_path, f'<a href="{link}">x</a>'), "/cds"))


@pytest.mark.parametrize("name", ["feeds/a.xml", "feeds/a.opml", "feeds/a.json", "site.webmanifest"])
def test_a_feed_that_cannot_be_read_is_told(tmp_path, name):
    folder = site(tmp_path, "", **{name: "<rss>", "feeds/tot.xml": "<rss/>", "feeds/tot.json": "{}"})
    assert [one.partition(": ")[0] for one in broken_feeds(folder)] == [name]


def test_all_faults_are_told_at_once(tmp_path):
    folder = site(tmp_path / "release", '<a href="/b/">x</a><a href="/c/">y</a>', **{"feeds/a.xml": "<rss>"})
    (tmp_path / "output").symlink_to(folder)
    with pytest.raises(BuildStopped) as raised:
        verify_release(tmp_path / "output", "")
    first, *faults = str(raised.value).split("\n")
    assert first == "Bản dựng chưa đăng được:"
    assert [fault.partition(":")[0] for fault in faults] == ["index.html", "index.html", "feeds/a.xml"]


def test_a_good_release_passes(tmp_path):
    site(tmp_path / "release", '<a href="/van-ban/">x</a>', **{"feeds/a.xml": "<rss/>"})
    (tmp_path / "output").symlink_to(tmp_path / "release")
    assert verify_release(tmp_path / "output", "") is None
