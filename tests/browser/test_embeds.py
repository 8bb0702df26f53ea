"""The newest news within another site: by iframe and by inclusion; and the whole site under a path of another."""

import re
import shutil
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import ROOT, SITES, build_site, served
from playwright.sync_api import Browser, expect
from servers import free_port, nginx

from chuyendoiso.deploy.nginx_conf import Serving, make_maps, make_site_conf, write_nginx


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A site under /chuyen-doi-so/ of a portal, whose own page has the news in two ways."""
    folder = tmp_path_factory.mktemp("portal")
    content = shutil.copytree(SITES / "small", folder / "content")
    settings = (content / "site.yml").read_text("utf-8")
    (content / "site.yml").write_text(
        re.sub(r"url: .*", "url: https://cong.thu-nghiem.vn/chuyen-doi-so/", settings, count=1), "utf-8"
    )
    build_site(content, folder / "output")
    root = folder / "root"
    shutil.copytree((folder / "output").resolve(), root / "chuyen-doi-so")
    included = (root / "chuyen-doi-so/nhung/tin-moi.inc").read_text("utf-8")
    frames = "".join(
        f'<iframe src="/chuyen-doi-so/nhung/tin-moi/{name}" title="Tin"></iframe>' for name in ("", "nho-sang/", "lon-toi/")
    )
    (root / "index.html").write_text(
        f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Cổng</title><h1>Cổng</h1>{included}{frames}', "utf-8"
    )
    with served(root) as address:
        yield address


def test_the_newest_news_stand_in_another_page(browser: Browser, portal):
    page = browser.new_page(java_script_enabled=False)
    page.goto(portal)
    included = page.locator(".cds-embedded__news")
    expect(included.get_by_role("heading", level=2)).to_have_text("Tin mới")
    assert included.get_by_role("link").first.get_attribute("href").startswith("https://cong.thu-nghiem.vn/chuyen-doi-so/tin-tuc/")
    usual, small, large = (page.frame_locator(f"iframe >> nth={number}") for number in range(3))
    counts = [one.locator("article").count() for one in (usual, small, large)]
    published = counts[2]
    assert counts == [min(published, 5), min(published, 3), min(published, 10)] and published >= 3
    assert usual.locator("script").count() == 1 and included.locator("script").count() == 0
    colours = [one.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") for one in (small, large)]
    assert colours == ["rgb(255, 255, 255)", "rgb(24, 21, 19)"]
    assert {link.get_attribute("target") for link in usual.get_by_role("link").all()} == {"_top"}
    page.close()


def test_the_site_works_under_a_path_of_another(browser: Browser, portal):
    page = browser.new_page()
    lost = []
    page.on("response", lambda answer: lost.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{portal}/chuyen-doi-so/")
    page.get_by_role("link", name="Văn bản", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thư viện văn bản")
    page.get_by_text("Loại văn bản").click()
    page.get_by_role("link", name="Nghị quyết").click()
    expect(page).to_have_url(f"{portal}/chuyen-doi-so/van-ban/loai/nghi-quyet/")
    page.locator(".cds-document-row__link").first.click()
    page.get_by_role("button", name="Hiện mã QR").click()
    expect(page.get_by_role("img", name="Mã QR dẫn tới https://cong.thu-nghiem.vn/chuyen-doi-so/van-ban/3-nq-tu/")).to_be_visible()
    page.get_by_label("Tìm trên trang này").fill("cho phien")
    page.keyboard.press("Enter")
    found = page.locator("[data-search-results] a").first
    expect(found).to_have_attribute("href", "/chuyen-doi-so/tin-tuc/2026/cho-phien/")
    found.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chợ phiên lên mạng")
    assert lost == []
    page.close()


def test_feeds_and_lists_of_a_site_under_a_path_lead_there(portal, tmp_path):
    base = "https://cong.thu-nghiem.vn/chuyen-doi-so/"
    for name in (
        "feeds/tat-ca/rss.xml",
        "feeds/tat-ca/atom.xml",
        "feeds/tat-ca/feed.json",
        "manifest.json",
        "feeds/zalo.json",
        "sitemap.xml",
    ):
        text = urlopen(f"{portal}/chuyen-doi-so/{name}").read().decode()
        addresses = re.findall(r"https://cong\.thu-nghiem\.vn[^\s\"<&\\\\]*", text)
        assert addresses and [one for one in addresses if not one.startswith(base)] == [], name
        for address in dict.fromkeys(addresses):
            assert status(f"{portal}/chuyen-doi-so/{address.removeprefix(base)}") == 200, address


def status(address):
    try:
        return urlopen(address).status
    except HTTPError as error:
        return error.code


# ── a frame in a page of another origin ─────────────────────────────────────────────────────────────────────────────────

GUIDE = (ROOT / "docs/ket-noi-kenh.md").read_text("utf-8")
SNIPPET = re.search(r"     ```html\n(     <script>.*?)     ```", GUIDE, re.DOTALL)[1]
LONG = """---
title: Hội nghị trực tuyến thứ {number} hướng dẫn bà con ở các điểm cầu nộp hồ sơ dịch vụ công tại nhà
date: 2026-11-20 08:0{number}
summary: Các điểm cầu ở xã mở cửa từ 13 giờ 30, có người hướng dẫn; ai ở nhà thì xem trên điện thoại theo đường dẫn trong bài.
topic: xa-hoi-so
---
Nội dung.
"""
PAGE = '<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Cổng</title><style>body { margin: 0 }</style>'


@pytest.fixture(scope="module")
def framed(tmp_path_factory):
    """Two portals, of which the first is in `embed_hosts`, over http with its port; nginx serves the site, on another origin."""
    folder = tmp_path_factory.mktemp("framed")
    (folder / "portal").mkdir()
    with served(folder / "portal") as portal, served(folder / "portal") as stranger:
        content, port = shutil.copytree(SITES / "small", folder / "content"), free_port()
        settings = (content / "site.yml").read_text("utf-8")
        (content / "site.yml").write_text(f"{settings}\nembed_hosts: ['{portal}']\n", "utf-8")
        for number in range(10):
            (content / f"tin-tuc/2026/dai-{number}.md").write_text(LONG.format(number=number), "utf-8")
        result = build_site(content, folder / "output")
        serving = Serving(root=str(folder / "output"), folder=str(folder / "conf"), port=port, logs=str(folder))
        site = result.site_plan.site
        write_nginx(folder / "conf", {"site.conf": make_site_conf(site, serving), **make_maps(result.release, site)})
        for name, path in (("usual", ""), ("large", "lon-toi/")):
            snippet = SNIPPET.replace("TRANG", f"http://127.0.0.1:{port}").replace("/tin-moi/", f"/tin-moi/{path}")
            (folder / f"portal/{name}.html").write_text(PAGE + snippet, "utf-8")
        (folder / "portal/silent.html").write_text(PAGE + snippet[snippet.index("<iframe") :], "utf-8")
        with nginx(folder / "run", folder / "conf", port):
            yield portal, stranger


FIT = """() => [
    document.documentElement.scrollHeight - document.documentElement.clientHeight,
    document.documentElement.clientHeight - Math.ceil(document.body.getBoundingClientRect().height),
]"""


@pytest.mark.parametrize("name", ["usual", "large"])
def test_a_frame_is_as_high_as_what_it_shows_at_any_width(browser: Browser, framed, name):
    page = browser.new_page(viewport={"width": 760, "height": 700})
    page.goto(f"{framed[0]}/{name}.html", wait_until="networkidle")
    frame = page.frames[1]
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("Tin mới")
    heights = []
    for width in (760, 480, 320, 760):
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_function("width => document.querySelector('iframe').clientWidth === width", arg=width)
        frame.wait_for_function(f"() => ({FIT})().every((over) => over === 0)")
        heights.append(page.locator("iframe").bounding_box()["height"])
    assert heights[0] == heights[3] < heights[1] < heights[2]
    page.evaluate("postMessage({ type: 'cds-height', height: 9999 }, '*')")  # of the portal's own page, not of the frame
    page.wait_for_timeout(100)
    assert page.locator("iframe").bounding_box()["height"] == heights[3]
    page.close()


def test_without_the_portals_script_a_frame_stays_as_high_and_scrolls(browser: Browser, framed):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{framed[0]}/silent.html", wait_until="networkidle")
    assert page.locator("iframe").evaluate("frame => frame.clientHeight") == 560
    assert page.frames[1].evaluate(FIT)[0] > 0
    page.close()


def test_a_portal_that_is_not_named_shows_no_frame(browser: Browser, framed):
    page, messages = browser.new_page(), []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{framed[1]}/usual.html", wait_until="networkidle")
    assert page.frame_locator("iframe").get_by_role("heading", name="Tin mới").count() == 0
    assert any("frame-ancestors" in text for text in messages)
    page.close()
