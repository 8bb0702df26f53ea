"""Holds what the preview shows: the site as a build would make it, with drafts, a save at a time; problems come and go; no release is made."""

import shutil
from datetime import datetime
from http.client import HTTPConnection
from threading import Thread
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import NOW, ROOT, SITES, build_site, copy_release, order

from chuyendoiso.authoring.preview_server import SCRIPT, start
from chuyendoiso.authoring.preview_site import LiveSite, Preview
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.outputs.search.incremental import shard_paths
from chuyendoiso.system.errors import BuildStopped

ARTICLE = "tin-tuc/2026/cho-phien.md"
PAGE = "tin-tuc/2026/cho-phien/index.html"


class Clock(datetime):
    """The clock of the tests' builds, so that no session begins or ends as the years go by."""

    @classmethod
    def now(cls, tz=None):
        return NOW


@pytest.fixture
def live(small_content, tmp_path, monkeypatch):
    monkeypatch.setattr("chuyendoiso.authoring.preview_site.datetime", Clock)
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    site = LiveSite(order(small_content, tmp_path / "preview" / "output", theme=theme, preview=True))
    site.refresh()
    return site


@pytest.fixture
def built(live, preview, tmp_path):
    """What a build makes of the same content, by path."""

    def build():
        output = copy_release(preview, tmp_path / "built/output")
        build_site(live.options.content, output, preview=True, theme=live.options.theme)
        return released(output.resolve())

    return build


def save(site, name, old, new):
    path = site.options.content / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    site.refresh({path})


def files(site):
    plan = site.site_plan.plan
    return {path: site.file(path) for path in {*site.planned, *(one.path for one in plan.others()), *shard_paths(plan.segments)}}


def released(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_site_in_memory_is_the_one_that_a_build_makes(live, built, tmp_path):
    assert files(live) == built()
    assert sorted(path.name for path in (tmp_path / "preview/.output-releases").iterdir() if "sqlite" not in path.name) == []
    assert not (tmp_path / "preview/output").exists()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (ARTICLE, "\n---\n\n", "\n---\n\nMột đoạn **mới**.\n\n"),
        (ARTICLE, "\n---\n\n", "\n---\n\n## Một mục mới\n\n"),
        (ARTICLE, "\n---\n\n", "\n---\n\n[Danh sách](/tin-tuc/)\n\n"),
        (ARTICLE, "title: ", "title: Sửa "),
        ("site.yml", "Trang nhỏ để thử", "Trang khác"),
    ],
)
def test_after_a_save_it_still_is(live, built, name, old, new):
    files(live)
    save(live, name, old, new)
    assert files(live) == built()


def test_words_saved_twice_and_then_a_title(live, built):
    for number in range(2):
        save(live, ARTICLE, "\n---\n\n", f"\n---\n\nĐoạn {number}.\n\n")
        assert f"Đoạn {number}.".encode() in live.file(PAGE)
    save(live, ARTICLE, "title: ", "title: Sửa ")
    assert files(live) == built()


def test_a_link_to_what_is_no_page_leads_somewhere(live):
    save(live, ARTICLE, "Rau sạch", "[Nguồn tin](/feeds/tat-ca/rss.xml): rau sạch")
    assert b"/feeds/tat-ca/rss.xml" in live.file(PAGE)
    with pytest.raises(ContentRejected, match="missing-address"):
        save(live, ARTICLE, "/feeds/tat-ca/rss.xml", "/feeds/khong-co/rss.xml")


def test_a_template_and_a_style_are_seen_when_saved(live):
    base, style = live.options.theme / "templates/layouts/base.html", live.options.theme / "static/css/base.css"
    base.write_text(base.read_text("utf-8").replace("</body>", "<p>Cuối</p></body>"), "utf-8")
    live.refresh({base})
    assert b"<p>Cu\xe1\xbb\x91i</p></body>" in live.file(PAGE)
    style.write_text(style.read_text("utf-8") + "\n.cds-moi { color: red }\n", "utf-8")
    live.refresh({style})
    assert any(b".cds-moi" in data for path, data in files(live).items() if path.endswith(".css"))


def test_a_template_that_is_wrong_is_reported_in_its_pages_until_it_is_mended(live, capsys):
    template = live.options.theme / "templates/layouts/base.html"
    good = template.read_text("utf-8")
    preview = Preview(live)
    preview.build()
    server = start(preview, 0)
    address = f"http://127.0.0.1:{server.server_port}{preview.base_path}/{PAGE.removesuffix('index.html')}"
    try:
        template.write_text(good.replace("</body>", "{{ khong_co }}</body>"), "utf-8")
        preview.build({template})
        with pytest.raises(HTTPError) as answer:
            urlopen(address)
        page = answer.value.read().decode()
        assert (answer.value.code, "theme/templates/layouts/base.html, dòng" in page, SCRIPT in page) == (500, True, True)
        assert "&#x27;khong_co&#x27; is undefined" in page and "'khong_co' is undefined" in capsys.readouterr().out
        template.write_text(good, "utf-8")
        preview.build({template})
        with urlopen(address) as found:
            assert found.status == 200
    finally:
        server.shutdown()
        server.server_close()


def test_problems_come_and_go_and_the_site_stays(live, capsys):
    preview = Preview(live)
    path = live.options.content / ARTICLE
    good, before = path.read_text("utf-8"), live.file(PAGE)
    path.write_text(good.replace("title: ", "titel: "), "utf-8")
    preview.build({path})
    assert ["[missing-field]" in problem or "[unknown-field]" in problem for problem in preview.problems] == [True, True]
    assert "titel" in capsys.readouterr().out
    assert live.file(PAGE) == before
    path.write_text(good, "utf-8")
    preview.build({path})
    assert (preview.problems, live.file(PAGE)) == ([], before)
    path.unlink()
    with pytest.raises(ContentRejected):
        shutil.copy(SITES / "broken/empty-file/tin-tuc/2026/bai.md", live.options.content / "tin-tuc/2026/bai.md")
        live.refresh({live.options.content / "tin-tuc/2026/bai.md", path})


def test_a_cache_may_be_deleted_meanwhile(live, tmp_path):
    for file in (tmp_path / "preview/.output-releases").glob("cache.sqlite*"):
        file.unlink()
    with pytest.raises(BuildStopped, match="Cách sửa: chạy lại"):
        live.file(PAGE)
    save(live, ARTICLE, "\n---\n\n", "\n---\n\nĐọc lại.\n\n")
    assert "Đọc lại.".encode() in live.file(PAGE)


def test_a_warning_is_reported_once_and_when_it_is_gone(live, capsys):
    preview, path = Preview(live), live.options.content / ARTICLE
    good = path.read_text("utf-8")
    preview.build()
    capsys.readouterr()
    for _ in range(2):
        path.write_text(good + "\nGọi 0912 345 678.\n", "utf-8")
        preview.build({path})
    assert capsys.readouterr().out.count("[phone-number]") == 1
    path.write_text(good, "utf-8")
    preview.build({path})
    assert "[phone-number]" not in capsys.readouterr().out
    assert "phone-number" not in "".join(map(str, live.site_plan.problems))


def test_an_error_stays_while_words_of_another_file_are_saved(live):
    preview, path = Preview(live), live.options.content / ARTICLE
    preview.build()
    other = next(one for one in sorted(live.options.content.glob("van-ban/*.md")))
    good = other.read_text("utf-8")
    other.write_text(good.replace("title: ", "titel: "), "utf-8")
    preview.build({other})
    reported = list(preview.problems)
    path.write_text(path.read_text("utf-8") + "\nMột câu.\n", "utf-8")
    preview.build({path})
    assert reported == preview.problems != []
    other.write_text(good, "utf-8")
    preview.build({other})
    assert preview.problems == [] and "Một câu.".encode() in live.file(PAGE)


def test_a_new_file_is_known_after_a_build_that_failed(live):
    preview, path = Preview(live), live.options.content / ARTICLE
    preview.build()
    picture = live.options.content / "media/2026/moi.png"
    shutil.copy(next(live.options.content.glob("media/2026/*.png")), picture)
    good = f"{path.read_text('utf-8')}\n![Ảnh mới](/media/2026/moi.png)\n"
    path.write_text(good.replace("title: ", "titel: "), "utf-8")
    preview.build({picture, path})
    assert preview.problems != []
    path.write_text(good, "utf-8")
    preview.build({path})
    assert preview.problems == [] and "Ảnh mới".encode() in live.file(PAGE)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Return a function that asks the preview's server, and returns status, headers and body."""
    preview = Preview(LiveSite(order(SITES / "small", tmp_path_factory.mktemp("asked") / "output", preview=True)))
    preview.build()
    server = start(preview, 0)

    def ask(path, method="GET", **headers):
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
        names = {name.replace("_", "-"): value.replace("PORT", str(server.server_port)) for name, value in headers.items()}
        connection.request(method, f"{preview.base_path}{path}", headers=names)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    yield ask
    server.shutdown()


ADDRESS = f"/{PAGE.removesuffix('index.html')}"


@pytest.mark.parametrize("path", [ADDRESS, "/_preview/live.js", "/_preview/events", "/robots.txt"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "trang.gia"},
        {"Host": "trang.gia:PORT"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.trang.gia:PORT"},
        {"Host": "localhost:PORT", "Origin": "http://trang.gia:PORT"},
        {"Host": "localhost:PORT", "Origin": "null"},
        {"Host": "localhost:PORT", "Origin": "https://localhost:PORT"},
    ],
)
def test_a_page_from_elsewhere_reads_nothing(ask, path, headers):
    status, _, body = ask(path, **headers)
    assert status == 421 and b"make serve" in body and len(body) < 400


@pytest.mark.parametrize("host", ["127.0.0.1:PORT", "localhost:PORT", "[::1]:PORT"])
def test_the_own_names_are_answered(ask, host):
    assert [ask(ADDRESS, Host=host)[0], ask(ADDRESS, Host=host, Origin=f"http://{host}")[0]] == [200, 200]


def test_an_address_without_its_last_slash_leads_to_the_page(ask):
    status, headers, _ = ask(ADDRESS.removesuffix("/") + "?q=a")
    assert (status, headers["Location"].endswith(f"{ADDRESS}?q=a")) == (302, True)
    assert ask("/khong-co")[0] == 404


def test_a_head_has_the_headers_of_a_page_and_no_body(ask):
    status, headers, body = ask(ADDRESS, "HEAD")
    assert (status, body) == (200, b"")
    assert headers["Content-Length"] == str(len(ask(ADDRESS)[2]))


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=-4", 206, slice(-4, None)),
        ("bytes=3-100000", 206, slice(3, None)),
        ("bytes=100000-", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=9-3", 200, slice(None)),
        ("bytes=0-1,3-4", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_a_range_is_answered(ask, asked, status, part):
    complete = ask("/robots.txt")[2]
    found, headers, body = ask("/robots.txt", Range=asked)
    assert (found, body) == (status, complete[part])
    if status == 206:
        start = complete.index(body) if len(body) > 4 else len(complete) - len(body)
        assert headers["Content-Range"] == f"bytes {start}-{start + len(body) - 1}/{len(complete)}"
    elif status == 416:
        assert headers["Content-Range"] == f"bytes */{len(complete)}"


def test_a_plan_is_not_forgotten_under_a_request(live, monkeypatch):
    """The web editor forgets the last text's plan while a page asks for a picture of it."""
    forgetting = []

    def prune(site_plan):
        forgetting.append(Thread(target=live.forget))
        forgetting[0].start()
        forgetting[0].join(0.05)
        assert live.site_plan is site_plan

    monkeypatch.setattr(live, "_prune", prune)
    assert live.file("feeds/tin-tuc/rss.xml")
    forgetting[0].join()
    assert live.site_plan is None
