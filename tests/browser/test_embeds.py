"""The newest news within another site: by iframe and by inclusion; and the whole site under a path of another."""

import re
import shutil
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import SITES, build_site, served
from playwright.sync_api import Browser, expect


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
    assert usual.locator("script").count() == 0
    colours = [one.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") for one in (small, large)]
    assert colours == ["rgb(255, 255, 255)", "rgb(24, 21, 19)"]
    assert {link.get_attribute("target") for link in usual.get_by_role("link").all()} == {"_top"}
    page.close()


def test_the_whole_site_works_under_a_path_of_another(browser: Browser, portal):
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
