"""What Debian's nginx answers with the configuration that is made for a site: real requests for real files."""

import gzip
import json
import re
import shutil
import ssl
import subprocess
from dataclasses import replace
from urllib.request import urlopen

import pytest
from conftest import ROOT, SITES, build_site, copy_release
from conftest import served as folder_served
from playwright.sync_api import expect
from servers import ask, free_port, nginx

from chuyendoiso.deploy.bundle import make_bundle
from chuyendoiso.deploy.nginx_conf import Serving, make_maps, make_site_conf, write_nginx
from chuyendoiso.deploy.server_folder import deploy, parse_target
from chuyendoiso.deploy.serving import FOR_DAYS, FOR_GOOD, FOR_NOW

ARTICLE = "---\ntitle: {}\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n{}---\n{}\n"


LONG = "hoi-nghi-" + "rat-dai-" * 9 + "thang-12"


@pytest.fixture(scope="module", params=["", "/cong/chuyen-doi-so"], ids=["root", "below"])
def served(request, tmp_path_factory):
    """A site with a moved and a withdrawn item, served by nginx; gives the port and the site's base path."""
    folder, base = tmp_path_factory.mktemp("nginx"), request.param
    content = shutil.copytree(SITES / "small", folder / "content")
    settings = (content / "site.yml").read_text("utf-8")
    settings = re.sub(r"(\s+)url: .*", rf"\1url: https://tin.thu-nghiem.vn{base}/", settings, count=1)
    settings = re.sub(r"livestream_hosts: .*", "livestream_hosts: [phat.thu-nghiem.vn]", settings)
    (content / "site.yml").write_text(settings + "\nembed_hosts: [cong.thu-nghiem.vn, http://10.0.0.5:8080]\n", "utf-8")
    moved = ARTICLE.format("Chuyển", "aliases: [/tin-tuc/2026/cu/, /tin-cũ/]\n".replace("ũ", "u"), "Chữ.")
    (content / "tin-tuc/2026/chuyen.md").write_text(moved, "utf-8")
    session = (content / "tap-huan/hoi-nghi-thang-12.md").read_text("utf-8").replace("Hội nghị tháng 12", "Hội nghị mới")
    renamed = session.replace("---\n", f"---\naliases: [/tap-huan/{LONG}/]\n", 1)
    (content / "tap-huan/hoi-nghi-moi.md").write_text(renamed, "utf-8")
    (content / "tin-tuc/2026/gỡ-đi.md").write_text(
        ARTICLE.format("Gỡ", "slug: go-di\nstatus: withdrawn\nwithdrawn_reason: Trùng.\n", "Chữ."), "utf-8"
    )
    result = build_site(content, folder / "output", publishing=True)
    site, port = result.site_plan.site, free_port()
    bundle = make_bundle(result.release, (), site.base_path, folder / "bundle", folder / "kept")
    deploy(bundle, parse_target(str(folder / "www"), site.base_path))
    serving = Serving(root=str(folder / "www/www"), folder=str(folder / "conf"), port=port, logs=str(folder))
    files = {"site.conf": make_site_conf(site, serving), **make_maps(result.release, site)}
    assert write_nginx(folder / "conf", files)
    assert not write_nginx(folder / "conf", files)
    with nginx(folder / "run", folder / "conf", port):
        yield port, base, result.release


HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; child-src 'self'; frame-src https://phat.thu-nghiem.vn; base-uri 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}  # fmt: skip


def first(release, pattern: str) -> str:
    return "/" + next(path for path in sorted(release.files) if re.search(pattern, path))


KINDS = {
    "home": (r"^index\.html$", "text/html; charset=utf-8", FOR_NOW, "same-origin"),
    "item": (r"^tin-tuc/2026/cho-phien/index\.html$", "text/html; charset=utf-8", FOR_NOW, "same-origin"),
    "style": (r"^css/news", "text/css; charset=utf-8", FOR_GOOD, "cross-origin"),
    "script": (r"^js/", "application/javascript; charset=utf-8", FOR_GOOD, "cross-origin"),
    "font": (r"\.woff2$", "font/woff2", FOR_DAYS, "cross-origin"),
    "picture": (r"^media/anh/.*webp$", "image/webp", FOR_GOOD, "cross-origin"),
    "file": (r"\.pdf$", "application/pdf", FOR_NOW, "cross-origin"),
    "rss": (r"^feeds/tat-ca/rss\.xml$", "application/rss+xml; charset=utf-8", FOR_NOW, "cross-origin"),
    "atom": (r"^feeds/tat-ca/atom\.xml$", "application/atom+xml; charset=utf-8", FOR_NOW, "cross-origin"),
    "json": (r"^feeds/tat-ca/feed\.json$", "application/feed+json; charset=utf-8", FOR_NOW, "cross-origin"),
    "record": (r"^tin-tuc/.*index\.json$", "application/json; charset=utf-8", FOR_NOW, "cross-origin"),
    "calendar": (r"\.ics$", "text/calendar; charset=utf-8", FOR_NOW, "cross-origin"),
    "embed": (r"^nhung/tin-moi/index\.html$", "text/html; charset=utf-8", FOR_NOW, "cross-origin"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_has_its_type_and_its_headers(served, kind):
    port, base, release = served
    pattern, media_type, cache, shared = KINDS[kind]
    path = base + first(release, pattern).removesuffix("index.html")
    status, headers, body = ask(port, path)
    assert (status, body) == (200, (release.folder / first(release, pattern)[1:]).read_bytes())
    assert (headers["content-type"], headers["cache-control"], headers["cross-origin-resource-policy"]) == (
        media_type,
        cache,
        shared,
    )
    expected = dict(HEADERS)
    if kind == "embed":
        expected["content-security-policy"] = expected["content-security-policy"].replace(
            "frame-ancestors 'none'", "frame-ancestors 'self' https://cong.thu-nghiem.vn http://10.0.0.5:8080"
        )
    assert {name: headers.get(name) for name in expected} == expected
    unchanged, again, _ = ask(port, path, If_None_Match=headers["etag"])
    assert (unchanged, {name: again.get(name) for name in expected}) == (304, expected)
    assert ask(port, path, If_Modified_Since=headers["last-modified"])[0] == 304


def test_text_comes_compressed_and_names_what_it_depends_on(served):
    port, base, release = served
    status, headers, body = ask(port, f"{base}/feeds/tat-ca/rss.xml", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(body) == (release.folder / "feeds/tat-ca/rss.xml").read_bytes()
    plain = ask(port, f"{base}/feeds/tat-ca/rss.xml")[1]
    assert (plain["last-modified"], plain.get("content-encoding")) == (headers["last-modified"], None)


VARYING = {
    "page": ("/", 200),
    "item": ("/tin-tuc/2026/cho-phien/", 200),
    "feed": ("/feeds/tat-ca/rss.xml", 200),
    "fragment": ("/nhung/tin-moi.inc", 200),
    "page of a missing address": ("/khong-co/", 404),
    "page of a withdrawn item": ("/tin-tuc/2026/go-di/", 410),
}


@pytest.mark.parametrize("kind", VARYING)
def test_where_a_compressed_file_is_beside_a_plain_one_every_answer_says_so(served, kind):
    port, base, _ = served
    path, status = VARYING[kind]
    for coding in ("identity", "gzip"):
        for method in ("GET", "HEAD"):
            found = ask(port, base + path, method, Accept_Encoding=coding)
            assert (found[0], found[1]["vary"], found[1].get("content-encoding", "identity")) == (status, "Accept-Encoding", coding)
            if status == 200:
                unchanged = ask(port, base + path, method, Accept_Encoding=coding, If_None_Match=found[1]["etag"])
                assert (unchanged[0], unchanged[1]["vary"]) == (304, "Accept-Encoding")
    for pattern in (r"^media/anh/.*webp$", r"\.woff2$", r"\.pdf$"):
        assert "vary" not in ask(port, base + first(served[2], pattern), Accept_Encoding="gzip")[1]


CACHE = """proxy_cache_path {folder}/cache keys_zone=all:1m;
server {{
    listen {port};
    location / {{
        proxy_pass http://127.0.0.1:{site}; proxy_http_version 1.1;
        proxy_set_header Accept-Encoding $http_accept_encoding; proxy_set_header Via "1.1 cache";
        proxy_cache all; add_header Cached $upstream_cache_status always;
    }}
}}
"""


@pytest.mark.parametrize("path", ["/van-ban/", "/feeds/tat-ca/atom.xml", "/nhung/tin-moi.inc"])
@pytest.mark.parametrize("codings", [("gzip", ""), ("", "gzip")], ids=["gzip first", "plain first"])
def test_a_cache_in_front_gives_everybody_what_they_can_read(served, tmp_path, path, codings):
    site, base, release = served
    port = free_port()
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf/cache.conf").write_text(CACHE.format(folder=tmp_path, port=port, site=site))
    file = f"{path.removeprefix('/')}index.html" if path.endswith("/") else path.removeprefix("/")
    complete = (release.folder / file).read_bytes()
    with nginx(tmp_path / "run", tmp_path / "conf", port):
        for cached in ("MISS", "HIT"):
            for coding in codings:
                asked = {"Accept_Encoding": coding} if coding else {"Accept_Encoding": "identity"}
                status, headers, body = ask(port, base + path, **asked)
                assert (status, headers["cached"], headers.get("content-encoding", "")) == (200, cached, coding)
                assert (gzip.decompress(body) if coding else body) == complete


# ── the fragment in a page of a portal ─────────────────────────────────────────────────────────────────────────────────

GUIDE = (ROOT / "docs/ket-noi-kenh.md").read_text("utf-8")
SECURE = """server {{ listen {port} ssl default_server; ssl_reject_handshake on; }}
server {{
    listen {port} ssl; server_name localhost; ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
    location / {{
        if ($http_host != localhost:{port}) {{ return 421; }}
        if ($http_cookie$http_range$http_if_none_match) {{ return 400; }}
        if ($server_protocol != HTTP/1.1) {{ return 426; }}
        proxy_pass http://127.0.0.1:{site}; proxy_http_version 1.1;
        proxy_set_header Accept-Encoding $http_accept_encoding; proxy_set_header Via "1.1 front";
    }}
}}
"""


def documented(language):
    """Return the guide's snippets in a language that are for server-side includes."""
    part = GUIDE[GUIDE.index("**Chèn từ máy chủ**") : GUIDE.index("Trang chạy được dưới một đường dẫn con")]
    return re.findall(rf"   ```{language}\n(.*?)   ```", part, re.DOTALL)


def portal_conf(folder, address, port):
    """Return the configuration of a portal that does as the guide says."""
    cache, location = (text.replace("TRANG", address).replace("/var/cache/", f"{folder}/") for text in documented("nginx"))
    return f"{cache}server {{ listen {port}; root {folder}; index index.html;\n{location}}}"


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_a_portal_includes_the_fragment_as_the_guide_says(served, tmp_path, secure):
    site, base, release = served
    port, front = free_port(), free_port()
    address = f"https://localhost:{front}{base}" if secure else f"http://127.0.0.1:{site}{base}"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"], check=True, capture_output=True)
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf/portal.conf").write_text(portal_conf(tmp_path, address, port))
    (tmp_path / "conf/front.conf").write_text(SECURE.format(folder=tmp_path, port=front, site=site))
    (include,) = documented("html")
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><title>Cổng</title>\n<main>{include.strip()}</main>\n", "utf-8")
    fragment = (release.folder / "nhung/tin-moi.inc").read_text("utf-8")
    complete = f"<!DOCTYPE html><title>Cổng</title>\n<main>{fragment}</main>\n"
    reader = {"Accept_Encoding": "gzip, br", "Cookie": "a=1", "Range": "bytes=0-10", "If_None_Match": '"a"'}
    with nginx(tmp_path / "run", tmp_path / "conf", port):
        for asked in (reader, {}, reader):
            status, headers, body = ask(port, "/", **asked)
            assert (status, headers.get("content-encoding"), body.decode()) == (200, None, complete)


# ── scripts of other sites ──────────────────────────────────────────────────────────────────────────────────────────────

OPEN = ("/feeds/tat-ca/rss.xml", "/feeds/tat-ca/feed.json", "/manifest.json", "/record.schema.json", "/lich/hoi-nghi.ics", "/tin-tuc/2026/cho-phien/index.json",
        "/nhung/tin-moi.inc")  # fmt: skip
CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "If-None-Match, If-Modified-Since, Cache-Control, Pragma, Range, Content-Type, X-Requested-With",
    "access-control-max-age": "86400",
}


def cors(headers):
    return {name: value for name, value in headers.items() if name.startswith("access-control-")}


@pytest.mark.parametrize("path", OPEN)
def test_scripts_of_other_sites_may_read_what_is_made_for_them(served, path):
    port, base, _ = served
    status, headers, body = ask(port, base + path, "OPTIONS", Origin="https://cong.vn", Access_Control_Request_Method="GET")
    assert (status, body, cors(headers)) == (204, b"", CORS)
    assert headers["x-content-type-options"] == "nosniff"
    read = {name: CORS[name] for name in ("access-control-allow-origin", "access-control-expose-headers")}
    status, headers, _ = ask(port, base + path, Origin="https://cong.vn")
    assert (status, cors(headers)) == (200, read)
    again = ask(port, base + path, Origin="https://cong.vn", If_None_Match=headers["etag"])
    assert (again[0], cors(again[1])) == (304, read)


@pytest.mark.parametrize("path", ["/", "/tin-tuc/2026/cho-phien/", "/nhung/tin-moi/", "/media/a.jpg", "/khong-co/"])
def test_scripts_of_other_sites_may_read_nothing_else(served, path):
    port, base, _ = served
    for method in ("OPTIONS", "GET"):
        status, headers, _ = ask(port, base + path, method, Origin="https://cong.vn")
        assert (status == 405, cors(headers)) == (method == "OPTIONS", {})
    assert cors(ask(port, f"{base}/feeds/none/rss.xml", Origin="https://cong.vn")[1]) == {}


def test_a_script_of_another_site_asks_again_only_for_what_is_new(served, browser, tmp_path):
    port, base, _ = served
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>Cổng</title>", "utf-8")
    script = """async (address) => {
        const first = await fetch(address, { cache: "no-store" });
        const headers = { "If-None-Match": first.headers.get("ETag"), "Cache-Control": "no-cache" };
        const second = await fetch(address, { headers, cache: "no-store" });
        return [first.status, (await first.text()).length > 0, second.status];
    }"""
    with folder_served(tmp_path) as portal:
        page = browser.new_page()
        page.goto(portal)
        for path in OPEN:
            assert page.evaluate(script, f"http://127.0.0.1:{port}{base}{path}") == [200, True, 304]
        page.close()


def test_files_beside_a_page_move_and_go_with_it(served):
    """Subscribers of a session's calendar and mirrors of its JSON follow it; that of a withdrawn item is gone."""
    port, base, _ = served
    for former, present in (
        (f"/lich/tap-huan-{LONG}.ics", "/lich/tap-huan-hoi-nghi-moi.ics"),
        (f"/tap-huan/{LONG}/index.json", "/tap-huan/hoi-nghi-moi/index.json"),
    ):
        status, headers, _ = ask(port, f"{base}{former}")
        assert (status, headers["location"]) == (301, f"{base}{present}")
        assert ask(port, f"{base}{present}")[0] == 200
    assert ask(port, f"{base}/tin-tuc/2026/go-di/index.json")[0] == 410


def test_former_addresses_lead_on_for_good_and_withdrawn_ones_are_gone(served):
    port, base, _ = served
    for former in ("/tin-tuc/2026/cu/", "/tin-cu/"):
        status, headers, _ = ask(port, base + former)
        assert (status, headers["location"], headers["x-content-type-options"]) == (301, f"{base}/tin-tuc/2026/chuyen/", "nosniff")
    status, headers, body = ask(port, f"{base}/tin-tuc/2026/go-di/")
    assert (status, "Trùng." in body.decode(), headers["content-security-policy"]) == (
        410,
        True,
        HEADERS["content-security-policy"],
    )


@pytest.mark.parametrize(
    "path", ["/khong-co/", "/media/", "/.git/config", "/tin-tuc/2026/.htaccess", "/css/none.css", "/feeds/none/rss.xml"]
)
def test_what_is_not_there_gets_the_sites_own_page(served, path):
    port, base, release = served
    status, headers, body = ask(port, base + path)
    assert (status, body) == (404, (release.folder / "404.html").read_bytes())
    assert (headers["cache-control"], headers["x-content-type-options"]) == (FOR_NOW, "nosniff")


def test_only_reading_is_allowed_and_folders_get_their_slash(served):
    port, base, _ = served
    assert [ask(port, f"{base}/", method)[0] for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS")] == [
        200,
        405,
        405,
        405,
        405,
    ]
    status, headers, _ = ask(port, f"{base}/tin-tuc")
    assert (status, headers["location"]) == (301, f"{base}/tin-tuc/")
    assert "server" in headers and headers["server"] == "nginx"


def test_a_site_below_a_path_is_found_from_the_root(served):
    port, base, _ = served
    status, headers, _ = ask(port, "/")
    assert (status, headers.get("location")) == ((302, f"{base}/") if base else (200, None))


def test_robots_find_their_file_at_the_root(served):
    port, base, _ = served
    note = (
        "# Máy tìm kiếm chỉ đọc /robots.txt ở gốc tên miền: trang nằm dưới một đường dẫn thì chép các dòng sau vào tệp ấy.\n"
        if base
        else ""
    )
    text = f"{note}User-agent: *\nAllow: {base}/\n\nSitemap: https://tin.thu-nghiem.vn{base}/sitemap.xml\n"
    for path in ("/robots.txt", f"{base}/robots.txt"):
        status, headers, body = ask(port, path)
        assert (status, headers["content-type"], body.decode()) == (200, "text/plain; charset=utf-8", text)
        assert headers["cache-control"] == FOR_NOW


def test_a_page_works_in_a_browser_under_the_policy(browser, served):
    port, base, _ = served
    page, reported = browser.new_page(), []
    page.on("console", lambda message: reported.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: reported.append(str(error)))
    for path in ("/", "/tin-tuc/2026/cho-phien/", "/van-ban/", "/tim-kiem/?q=cho+phien"):
        page.goto(f"http://127.0.0.1:{port}{base}{path}", wait_until="networkidle")
    assert page.locator("[data-search-results] h2").count() > 0
    page.close()
    assert reported == []


def test_a_broadcast_of_a_session_plays_under_the_policy(browser, served):
    port, base, _ = served
    page, errors = browser.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.clock.install(time="2026-12-10T07:30:00Z")
    page.route(
        "https://phat.thu-nghiem.vn/**", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body="<p>Đang phát")
    )
    page.goto(f"http://127.0.0.1:{port}{base}/tap-huan/hoi-nghi-thang-12/")
    page.get_by_role("link", name="Xem trực tiếp trên Cốc Cốc").click()
    expect(page.frame_locator(".cds-session iframe").get_by_text("Đang phát")).to_be_visible()
    page.close()
    assert errors == []


def test_with_a_certificate_http_leads_to_https_but_for_the_proofs_of_its_renewal(tmp_path, output):
    result = build_site(SITES / "small", output)
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tin.thu-nghiem.vn"]
    subprocess.run([*made, "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"], check=True, capture_output=True)
    serving = Serving(
        root=str(output), folder=str(tmp_path / "conf"), certificate=str(tmp_path / "cert.pem"),
        key=str(tmp_path / "key.pem"), brotli=True, logs=str(tmp_path),
    )  # fmt: skip
    conf = make_site_conf(result.site_plan.site, serving)
    assert "brotli_static on;" in conf
    plain, secure = free_port(), free_port()
    conf = conf.replace(" brotli_static on;", "").replace("/var/www/html", str(tmp_path / "www"))  # a module of its own
    conf = (
        re.sub(r"listen \[::\]:[^;]*;", "", conf)
        .replace("listen 80;", f"listen {plain};")
        .replace("listen 443 ", f"listen {secure} ")
    )
    write_nginx(tmp_path / "conf", {"site.conf": conf, **make_maps(result.release, result.site_plan.site)})
    (tmp_path / "www/.well-known/acme-challenge").mkdir(parents=True)
    (tmp_path / "www/.well-known/acme-challenge/proof").write_text("proof")
    host = {"Host": "tin.thu-nghiem.vn"}
    with nginx(tmp_path / "run", tmp_path / "conf", secure):
        status, headers, _ = ask(plain, "/van-ban/?q=1", **host)
        assert (status, headers["location"]) == (301, "https://tin.thu-nghiem.vn/van-ban/?q=1")
        assert ask(plain, "/.well-known/acme-challenge/proof", **host)[::2] == (200, b"proof")
        trust = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
        trust.check_hostname = False  # it is asked for by its address
        with urlopen(f"https://127.0.0.1:{secure}/van-ban/", context=trust) as answer:
            assert (answer.status, "max-age" in answer.headers["Strict-Transport-Security"]) == (200, True)


# ── a former address ────────────────────────────────────────────────────────────────────────────────────────────────────

HERE = "tin.thu-nghiem.vn"
FORMER = {
    "another host": ("https://cu.vn/", "", "cu.vn", {
        "/": "https://tin.thu-nghiem.vn/",
        "/van-ban/?q=a%20b": "https://tin.thu-nghiem.vn/van-ban/?q=a%20b",
        "/feeds/tat-ca/rss.xml": "https://tin.thu-nghiem.vn/feeds/tat-ca/rss.xml",
        "/t%C3%AAn": "https://tin.thu-nghiem.vn/t%C3%AAn",
    }),
    "another host, below a path": ("https://cu.vn/cds/", "/tin", "cu.vn", {
        "/cds/van-ban/": "https://tin.thu-nghiem.vn/tin/van-ban/",
        "/cds": "https://tin.thu-nghiem.vn/tin/",
        "/khac/": 404,
    }),
    "from the root to a path": ("https://tin.thu-nghiem.vn/", "/cds", HERE, {
        "/van-ban/?x=1": "https://tin.thu-nghiem.vn/cds/van-ban/?x=1",
        "/cds-khac/": "https://tin.thu-nghiem.vn/cds/cds-khac/",
        "/cds/van-ban/": 200,
        "/cds/": 200,
    }),
    "from a path to the root": ("https://tin.thu-nghiem.vn/cds/", "", HERE, {
        "/cds/van-ban/": "https://tin.thu-nghiem.vn/van-ban/",
        "/cds": "https://tin.thu-nghiem.vn/",
        "/van-ban/": 200,
        "/cds-khac/": 404,
    }),
    "from a path to one below it": ("https://tin.thu-nghiem.vn/cong/", "/cong/cds", HERE, {
        "/cong/van-ban/": "https://tin.thu-nghiem.vn/cong/cds/van-ban/",
        "/cong/cds/van-ban/": 200,
    }),
    "from a path to the one above it": ("https://tin.thu-nghiem.vn/cong/cds/", "/cong", HERE, {
        "/cong/cds/van-ban/": "https://tin.thu-nghiem.vn/cong/van-ban/",
        "/cong/van-ban/": 200,
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMER)
def test_a_former_address_leads_to_the_present_one(tmp_path, small, name):
    former, base, host, answers = FORMER[name]
    site = replace(
        build_site(SITES / "small", copy_release(small, tmp_path / "output")).site_plan.site, url=f"https://{HERE}{base}/"
    )
    root, port = tmp_path / "www", free_port()
    (root / base.strip("/")).parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(tmp_path / "output", root / base.strip("/"))
    serving = Serving(root=str(root), folder=str(tmp_path / "conf"), port=port, logs=str(tmp_path), former=former)
    write_nginx(tmp_path / "conf", {"site.conf": make_site_conf(site, serving), "moved.map": "", "gone.map": ""})
    with nginx(tmp_path / "run", tmp_path / "conf", port):
        found = {path: ask(port, path, Host=host)[:2] for path in answers}
        assert ask(port, f"{base}/van-ban/", Host="192.0.2.1")[0] == 200  # who asks by another name gets the site
    assert {path: headers.get("location", status) for path, (status, headers) in found.items()} == answers
    assert {status for status, headers in found.values() if "location" in headers} == {301}


# ── the log ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

AGENTS = {
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36": "browser",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0": "browser",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/654 ZaloTheme/light": "zalo",
    "ZaloPC-win32-24v617": "zalo",
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0.0.0;]": "facebook",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)": "facebook",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/110.0 Chrome/104 Safari/537.36": "coc-coc",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)": "robot",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": "robot",
    "newsboat/2.21 (Linux x86_64)": "feed",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)": "feed",
    "Liferay RSS Portlet": "portal",
    "portal.tinh.gov.vn/1.0": "portal",
    "curl/7.88.1": "robot",
    "Python-urllib/3.11": "robot",
    "": "other",
    "Lynx/2.9": "other",
}


def test_the_log_has_a_class_of_readers_and_nothing_of_one(served):
    port, base, release = served
    log = release.folder.parent.parent / "chuyendoiso.log"
    before = log.stat().st_size
    for agent in AGENTS:
        ask(
            port,
            f"{base}/tim-kiem/?q=ten-toi",
            User_Agent=agent,
            Referer="https://a:b@zalo.me/s/123?u=toi",
            X_Forwarded_For="203.0.113.7",
        )
        ask(port, f"{base}/khong-co/?q=ten-toi", User_Agent=agent, Referer="https://tinh.gov.vn/trang?u=toi")
    lines = log.read_text("utf-8")[before:].splitlines()
    path = f"{base}/tim-kiem/"
    assert [re.sub(r"\[.*?\]", "[…]", line) for line in lines[::2]] == [
        re.sub("SIZE", line.split('" ')[1].split()[1], f'0.0.0.0 […] "GET {path} HTTP/1.1" 200 SIZE "-" "{name}"')
        for line, name in zip(lines[::2], AGENTS.values(), strict=True)
    ]
    assert all(re.search(rf'"GET {base}/khong-co/ HTTP/1\.1" 404 \d+ "https://tinh\.gov\.vn" "', line) for line in lines[1::2])


def test_the_manifest_lists_what_was_withdrawn(served):
    port, base, _ = served
    reported = json.loads(ask(port, f"{base}/manifest.json")[2])
    assert "/tin-tuc/2026/go-di/" in [one["path"] for one in reported["withdrawn"]]
