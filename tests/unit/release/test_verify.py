"""Broken links and unreadable feeds of a release are reported, with and without a base path."""

from types import SimpleNamespace

import pytest
from release_files import tree_of

from chuyendoiso.release.verify import broken_feeds, broken_links, refuse_shrunken, verify, verify_staged
from chuyendoiso.system.errors import BuildStopped

ORIGIN = "https://tin.vn"
NO_FILE = "không dẫn tới tệp nào"


def site(folder, page, **more):
    files = {"index.html": page, "van-ban/index.html": '<h2 id="muc">x</h2>', "media/a.jpg": "x", **more}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def links(folder, base=""):
    return list(broken_links(tree_of(folder, ORIGIN, base), ["index.html"]))


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
        '<a title="a > b" href="/van-ban/">x</a>',
        '<img alt="a src=" src="/media/a.jpg">',
        '<img alt=" href=&quot;/khong-co/&quot;" src="/media/a.jpg">',
        "<!-- <a href='/khong-co/'>x</a> -->",
        '<script type="application/ld+json">{"a": "<a href=/khong-co/>"}</script>',
        '<title>Cách viết <a href="/khong-co/"></title>',
        '<a href="https://tin.vn/van-ban/#muc">x</a>',
        '&lt;a href="/khong-co/"&gt;',
    ],
)
def test_good_links(tmp_path, page):
    assert links(site(tmp_path, page)) == []


@pytest.mark.parametrize(
    ("page", "link", "why"),
    [
        ('<a href="/khong-co/">x</a>', "/khong-co/", NO_FILE),
        ("<a href=/khong-co/>x</a>", "/khong-co/", NO_FILE),
        ("<A HREF = '/khong-co/'>x</A>", "/khong-co/", NO_FILE),
        ('<a title="a" x\nhref="/khong-&#99;o/">x</a>', "/khong-co/", NO_FILE),
        ('<a href="/van-ban">x</a>', "/van-ban", NO_FILE),
        ('<a href="khong-co/">x</a>', "khong-co/", NO_FILE),
        ('<a href="/van-ban/#khong">x</a>', "/van-ban/#khong", "không dẫn tới mục nào"),
        ('<a href="#khong">x</a>', "#khong", "không dẫn tới mục nào"),
        ('<img src="/media/b.jpg">', "/media/b.jpg", NO_FILE),
        ('<img srcset="/media/a.jpg 480w, /media/b.jpg 800w">', "/media/b.jpg", NO_FILE),
        ('<source srcset="/media/b.webp 480w">', "/media/b.webp", NO_FILE),
        ('<link rel="stylesheet" href="/css/b.css">', "/css/b.css", NO_FILE),
        ('<script src="/js/b.js"></script>', "/js/b.js", NO_FILE),
        ('<a title="a > b" href="/a&amp;b/">x</a>', "/a&b/", NO_FILE),
        ('<link rel="canonical" href="https://tin.vn/khong-co/">', "https://tin.vn/khong-co/", NO_FILE),
    ],
)
def test_a_broken_link_is_reported_with_page_and_target(tmp_path, page, link, why):
    assert links(site(tmp_path, page)) == [f"index.html: liên kết {link} {why}"]


@pytest.mark.parametrize(("link", "broken"), [("/cds/van-ban/", False), ("/cds/", False), ("/van-ban/", True), ("/", True)])
def test_under_a_sub_path_a_link_without_it_is_broken(tmp_path, link, broken):
    expected = [f"index.html: liên kết {link} {NO_FILE}"] if broken else []
    assert expected == links(site(tmp_path, f'<a href="{link}">x</a>'), "/cds")


@pytest.mark.parametrize("name", ["feeds/a.xml", "feeds/a.opml", "feeds/a.json", "site.webmanifest"])
def test_an_unreadable_feed_is_reported(tmp_path, name):
    tree = tree_of(site(tmp_path, "", **{name: "<rss>", "feeds/tot.xml": "<rss/>", "feeds/tot.json": "{}"}), ORIGIN, "")
    assert [fault.partition(": ")[0] for fault in broken_feeds(tree, tree.names)] == [name]


FEEDS = {
    "rss.xml": "<rss><channel><item><link>{}</link></item></channel></rss>",
    "rss2.xml": '<rss><channel><item><enclosure url="{}"/></item></channel></rss>',
    "atom.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{}"/></entry></feed>',
    "content.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><content type="html">&lt;a href="{}"&gt;a&lt;/a&gt;</content></feed>',
    "list.opml": '<opml><body><outline xmlUrl="{}"/></body></opml>',
    "sitemap.xml": "<urlset><url><loc>{}</loc></url></urlset>",
    "feed.json": '{{"items": [{{"url": "{}"}}]}}',
    "content.json": '{{"items": [{{"content_html": "<a href=\\"{}\\">a</a>"}}]}}',
    "file.json": '{{"items": [{{"attachments": [{{"url": "{}"}}]}}]}}',
}


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize(
    ("address", "valid"),
    [
        ("https://tin.vn/cds/van-ban/", True), ("https://tin.vn/cds/khong-co/", False), ("https://tin.vn/cds/media/b.pdf", False),
        ("https://tin.vn/trang-khac/", True), ("https://khac.vn/cds/khong-co/", True),
    ],
)  # fmt: skip
def test_a_feed_with_a_link_to_a_missing_page_is_reported(tmp_path, name, address, valid):
    tree = tree_of(site(tmp_path, "", **{name: FEEDS[name].format(address)}), ORIGIN, "/cds")
    assert list(broken_feeds(tree, [name])) == ([] if valid else [f"{name}: địa chỉ {address} không dẫn tới đâu"])


def test_all_faults_are_reported_at_once(tmp_path):
    tree = tree_of(site(tmp_path, '<a href="/b/">x</a><a href="/c/">y</a>', **{"feeds/a.xml": "<rss>"}), ORIGIN, "")
    with pytest.raises(BuildStopped) as raised:
        verify(tree, tree.names)
    first, *faults = str(raised.value).split("\n")
    assert first == "Bản dựng có chỗ hỏng, trang cũ vẫn còn nguyên:"
    assert [fault.partition(":")[0] for fault in faults] == ["index.html", "index.html", "feeds/a.xml"]


def test_a_good_release_passes(tmp_path):
    tree = tree_of(site(tmp_path, '<a href="/van-ban/">x</a>', **{"feeds/a.xml": "<rss/>"}), ORIGIN, "")
    assert verify(tree, tree.names) is None


@pytest.mark.parametrize(
    ("removed", "page", "reported"),
    [
        ("media/the/moi-1a2b.webp", '<img src="/media/the/moi-1a2b.webp">', True),
        ("tin-tuc/bai-cu/index.html", '<a href="/tin-tuc/bai-cu/">x</a>', True),
        ("tin-tuc/12/index.html", '<a href="/tin-tuc/12/">x</a>', True),  # too short a name to search for
        ("media/Tệp.pdf", '<a href="/media/T%E1%BB%87p.pdf">x</a>', True),  # a name with more than one encoding
        ("index.html", '<a href="/">x</a>', True),
        ("tin-tuc/bai-cu/index.html", '<a href="/van-ban/">x</a>', False),
    ],
)
def test_an_unchanged_page_that_links_to_a_removed_file_is_reported(tmp_path, removed, page, reported):
    """Files carried over are verified again if they may link to a removed file."""
    files = {"van-ban/index.html": "<p>x</p>", "giu/index.html": page, "moi/index.html": "<p>mới</p>"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    staging = SimpleNamespace(
        files=files,
        new_files={"moi/index.html": ""},
        removed=frozenset({removed}),
        locate=lambda name: tmp_path / name,
        output=tmp_path,
    )
    small_site = SimpleNamespace(origin=ORIGIN, base_path="")
    if not reported:
        verify_staged(staging, None, small_site, all_files=False, allow_shrink=True)
        return
    with pytest.raises(BuildStopped, match=r"giu/index\.html: liên kết \S+ không dẫn tới tệp nào"):
        verify_staged(staging, None, small_site, all_files=False, allow_shrink=True)


@pytest.mark.parametrize(("pages", "size", "fine"), [(100, 9000, True), (80, 5000, True), (79, 9000, False), (100, 3999, False)])
def test_a_release_that_is_suspiciously_small_is_refused(pages, size, fine):
    if fine:
        refuse_shrunken(pages, size, 100, 10_000)
        return
    with pytest.raises(BuildStopped, match="--allow-shrink"):
        refuse_shrunken(pages, size, 100, 10_000)
