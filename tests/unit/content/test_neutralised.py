"""What is accepted though it is unusual, and what becomes of it: nothing is lost, and nothing else is changed."""

from unicodedata import normalize

import pytest
from bad_content import make_source, write_content
from conftest import order

from chuyendoiso.build import pipeline
from chuyendoiso.build.render import BodyLoader
from chuyendoiso.model.items import Item
from chuyendoiso.release.store import cache_file
from chuyendoiso.system.cache import open_cache
from chuyendoiso.system.progress import Progress

NEWS = "tin-tuc/2026/"


def items(tmp_path, files) -> dict[str, Item]:
    reading = pipeline.read(order(write_content(tmp_path, files), tmp_path / "output", preview=True), Progress(quiet=True))
    return {item.source: item for item in reading.resolved.catalogue.items}


# What is written in a field, the field, and its value.
FIELDS = [
    ("title: “Nhìn lại”", "title", "Nhìn lại"),
    ("title: ‘Nhìn lại’", "title", "‘Nhìn lại’"),
    ("title: Tháng 11 – “số hóa”", "title", "Tháng 11 – “số hóa”"),
    ('title: "Bài \\"số\\""', "title", 'Bài "số"'),
    ("title: 'It''s'", "title", "It's"),
    ("title: " + normalize("NFD", "Chuyển đổi số"), "title", "Chuyển đổi số"),
    ('title: "e\\u0301"', "title", "é"),
    ("title: a\u200bb\u2060c\ufeffd", "title", "abcd"),
    ("title: a\u202egpj.exe", "title", "agpj.exe"),
    ('title: "a\\u202egpj.exe"', "title", "agpj.exe"),
    ("title: a\u00adb", "title", "ab"),
    ("title: a\u2028b", "title", "a b"),
    ('title: "a\\Lb"', "title", "a b"),
    ('title: "a\\nb"', "title", "a b"),
    ("title: a\u00a0  b", "title", "a b"),
    ('title: "a\tb"', "title", "a b"),
    ("title: |\n  a\n  b", "title", "a b"),
    ("title: >\n  a\n\n  b", "title", "a b"),
    ("title: a\n  b", "title", "a b"),
    ("title: null", "title", "null"),
    ("title: ~", "title", "~"),
    ("title: 0o17", "title", "0o17"),
    ("title: 12:30", "title", "12:30"),
    ("title: Yes", "title", "Yes"),
    ("title: 2026-11-20", "title", "2026-11-20"),
    ("title: 👨‍👩‍👧 gia đình", "title", "👨‍👩‍👧 gia đình"),
    ("title: العربية", "title", "العربية"),
    ("title: <script>alert(1)</script>", "title", "<script>alert(1)</script>"),
    ("title: '{{ 7*7 }} {% raw %}'", "title", "{{ 7*7 }} {% raw %}"),
    ("title: a ]]> &amp; &#27;", "title", "a ]]> &amp; &#27;"),
    ("title: ../../etc/passwd", "title", "../../etc/passwd"),
    ("title: Zalo® 5 µm © 2026", "title", "Zalo® 5 µm © 2026"),
    ("? title\n: Bài hai", "title", "Bài hai"),
    ("tags: [hoá đơn, hóa đơn, HOÁ ĐƠN]", "tags", ("hoa-don",)),
    ("tags:\n- a\n- b", "tags", ("a", "b")),
    ("tags: []", "tags", ()),
    ("authors: [Nguyễn Hoà, Trần Thuý]", "authors", ("Nguyễn Hoà", "Trần Thuý")),
    ("authors: ['An, Bình']", "authors", ("An, Bình",)),
    ("title: Hoà Bình", "title", "Hoà Bình"),
    ("date: 2024-02-29", "date", "2024-02-29T00:00:00+07:00"),
    ("date: 2000-02-29 23:59", "date", "2000-02-29T23:59:00+07:00"),
    ("date: 1976-01-01", "date", "1976-01-01T00:00:00+07:00"),
    ("date: 2200-12-31", "date", "2200-12-31T00:00:00+07:00"),
    ("date: '2026-11-20'", "date", "2026-11-20T00:00:00+07:00"),
    ('date: "2026-11-20 08:00"', "date", "2026-11-20T08:00:00+07:00"),
    ("date: 2026-11-20T08:00:00Z", "date", "2026-11-20T15:00:00+07:00"),
    ("date: 2026-11-20T08:00+0900", "date", "2026-11-20T06:00:00+07:00"),
    ("date: 2026-11-20 08:00:30.5", "date", "2026-11-20T08:00:30+07:00"),
    ("date: 2026-11-20T00:30:00-10:00", "date", "2026-11-20T17:30:00+07:00"),
    ("date: 2026-12-24", "state", "scheduled"),
    ("date: 2099-01-01", "state", "scheduled"),
    ("date: 2099-01-01\nstatus: draft", "state", "draft"),
    ("slug: a1-b2", "path", "/tin-tuc/2026/a1-b2/"),
    ("slug: con", "path", "/tin-tuc/2026/con/"),
    ("aliases: [/A-B/c_d~1.2/]", "aliases", ("/A-B/c_d~1.2/",)),
]


@pytest.fixture(scope="module")
def fields_read(tmp_path_factory):
    files = {
        f"{NEWS}x{number}.md": make_source("news", change)
        for number, (change, _, _) in enumerate(FIELDS)
        if not change.startswith("?")
    }
    files |= {
        f"{NEWS}x{number}.md": make_source("news", "title: x").replace("title: x", change)
        for number, (change, _, _) in enumerate(FIELDS)
        if change.startswith("?")
    }
    return items(tmp_path_factory.mktemp("fields"), files)


@pytest.mark.parametrize("number", range(len(FIELDS)), ids=[change for change, _, _ in FIELDS])
def test_a_field_is_what_was_meant(fields_read, number):
    _, name, expected = FIELDS[number]
    value = getattr(fields_read[f"{NEWS}x{number}.md"], name)
    assert expected == (value.isoformat() if name == "date" else value)


# A body, and its text.
BODIES = [
    ("Một &#8203;hai", "Một hai"),
    ("Một&#x202E;hai", "Mộthai"),
    ("Một&#173;hai", "Mộthai"),
    ("Một &#150; hai", "Một – hai"),
    ("Một &amp;#27; hai", "Một &#27; hai"),
    ("&lt;script&gt;", "<script>"),
    ("a & b < c > d", "a & b < c > d"),
    (normalize("NFD", "Tiếng Việt"), "Tiếng Việt"),
    ("]]>", "]]>"),
    ("---", ""),
    ("", ""),
]


@pytest.fixture(scope="module")
def bodies_read(tmp_path_factory):
    files = {f"{NEWS}x{number}.md": make_source("news", "", f"{body}\n") for number, (body, _) in enumerate(BODIES)}
    folder = tmp_path_factory.mktemp("bodies")
    catalogue_items = pipeline.read(
        order(write_content(folder, files), folder / "output"), Progress(quiet=True)
    ).resolved.catalogue.items
    with open_cache(cache_file(folder / "output")) as cache:
        bodies = BodyLoader(cache)(item.body for item in catalogue_items)
    return {item.source: bodies[item.body.digest] for item in catalogue_items}


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_a_body_is_what_was_meant(bodies_read, number):
    assert BODIES[number][1] == bodies_read[f"{NEWS}x{number}.md"].text


# The name and the bytes of a file, and the path that its article has.
FILES = [
    ("tin-tuc/2026/Bài viết mới (1).md", make_source("news").encode(), "/tin-tuc/2026/bai-viet-moi-1/"),
    (normalize("NFD", "tin-tuc/2026/Chuyển đổi số.md"), make_source("news").encode(), "/tin-tuc/2026/chuyen-doi-so/"),
    ("tin-tuc/2026/.an.md", make_source("news").encode(), "/tin-tuc/2026/an/"),
    ("tin-tuc/2026/-a.md", make_source("news").encode(), "/tin-tuc/2026/a/"),
    ("tin-tuc/2026/a.b.md", make_source("news").encode(), "/tin-tuc/2026/a-b/"),
    ("tin-tuc/1900/a.md", make_source("news").encode(), "/tin-tuc/1900/a/"),
    ("tin-tuc/2026/bom.md", b"\xef\xbb\xbf" + make_source("news").encode(), "/tin-tuc/2026/bom/"),
    ("tin-tuc/2026/crlf.md", make_source("news").replace("\n", "\r\n").encode(), "/tin-tuc/2026/crlf/"),
    ("tin-tuc/2026/cr.md", make_source("news").replace("\n", "\r").encode(), "/tin-tuc/2026/cr/"),
    ("tin-tuc/2026/nfd.md", normalize("NFD", make_source("news", "title: Chuyển đổi")).encode(), "/tin-tuc/2026/nfd/"),
    ("tin-tuc/2026/khong-than.md", make_source("news").rstrip("\n").encode(), "/tin-tuc/2026/khong-than/"),
]


def test_a_file_of_another_form_is_read_all_the_same(tmp_path):
    actual = items(tmp_path, {name: data for name, data, _ in FILES})
    assert {normalize("NFC", name): path for name, _, path in FILES} == {name: item.path for name, item in actual.items()}
