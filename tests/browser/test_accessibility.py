"""WCAG 2.2 AA as far as a machine can tell: axe-core finds nothing on any kind of page, in either scheme and width, shut and open."""

import re

import pytest
from conftest import ROOT, SOAK, served
from made_items import SITE, question
from playwright.sync_api import Browser, expect

from chuyendoiso.outputs.channels.zalo.keyword_files import compare_replies, make_replies_page
from chuyendoiso.outputs.channels.zalo.keyword_replies import KeywordReply, make_keywords

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN = "for (const one of document.querySelectorAll('details')) one.open = true; for (const one of document.querySelectorAll('.cds-term')) one.click()"
KINDS = [
    "/", "/tin-tuc/", "/tin-tuc/2026/thang-11/", "/tin-tuc/2026/hoi-nghi/", "/van-ban/", "/van-ban/loai/quyet-dinh/",
    "/van-ban/2-qd-ubnd/", "/tap-huan/", "/tap-huan/lich/", "/tap-huan/dinh-dang/pdf/", "/tap-huan/hoi-nghi-thang-12/", "/chu-de/", "/tu-khoa/", "/tim-kiem/", "/tim-kiem/?q=hoi+nghi",
    "/nguon-tin/", "/thuat-ngu/", "/thong-ke/", "/tap-huan/hoi-nghi-thang-12/to-roi/", "/404.html",
    "/hoi-dap/", "/hoi-dap/xem-o-dau/", "/lay-y-kien/", "/lay-y-kien/quy-che/", "/lay-y-kien/quy-dinh/", "/phieu-hoi/",
    "/nhung/tin-moi/", "/nhung/tin-moi/lon-toi/",
]  # fmt: skip


WAYS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


@pytest.mark.soak
@pytest.mark.parametrize("way", range(len(WAYS)))
def test_axe_finds_nothing(browser: Browser, address, way):
    """Each kind of page in one of the ways; `make soak` looks at each in all."""
    assert faults(browser, address, KINDS if SOAK else KINDS[way :: len(WAYS)], *WAYS[way]) == {}


@pytest.mark.long
@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_axe_finds_nothing_on_the_style_page(browser: Browser, preview, width, scheme):
    with served(preview) as address:
        assert faults(browser, address, ["/_style/", "/_zalo/"], width, scheme) == {}


def test_the_page_of_zalo_replies_is_accessible_and_narrow(browser: Browser, tmp_path):
    made = make_keywords([question("xem-o-dau"), question("x" * 90, summary="dài" * 80)], SITE, {})
    changes = compare_replies(made, {"#cu": KeywordReply("#cu", "Câu cũ?", "Trả lời cũ.", "https://so.tinh.gov.vn/")})
    (tmp_path / "index.html").write_text(make_replies_page("Trang", "24/11/2026", made, changes, ROOT / "theme"), "utf-8")
    with served(tmp_path) as address:
        for width, scheme in WAYS[:2]:
            assert faults(browser, address, ["/"], width, scheme) == {}
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.get_by_role("button", name="Chép trả lời").nth(1).click()
        expect(page.get_by_role("status")).to_have_text("Đã chép.")
        page.close()


def faults(browser: Browser, address: str, paths: list[str], width: int, scheme: str) -> dict:
    """Return what axe-core finds on some pages, shut and open."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {}
    for path in paths:
        assert page.goto(f"{address}{path}").ok, path
        if "?q=" in path:
            page.locator("[data-search-results] a").first.wait_for()
        page.evaluate(AXE.read_text("utf-8"))
        for state in ("", OPEN):
            page.evaluate(state)
            reported = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
            for fault in reported["violations"]:
                found[path, bool(state), fault["id"]] = [node["html"][:160] for node in fault["nodes"]]
    page.close()
    return found


def test_a_term_is_explained_beside_the_word_and_under_the_article_without_script(browser: Browser, address):
    page = browser.new_page()
    page.goto(f"{address}/tin-tuc/2026/hoi-nghi/")
    term = page.locator(".cds-term")
    expect(term).to_have_attribute("aria-expanded", "false")
    term.press("Enter")
    expect(page.get_by_role("note")).to_have_text("Nhiều người cùng bàn một việc.")
    term.click()
    expect(page.get_by_role("note")).to_have_count(0)
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/tin-tuc/2026/hoi-nghi/")
    page.locator(".cds-term").click()
    expect(page.locator(":target")).to_contain_text("Nhiều người cùng bàn một việc.")
    page.get_by_role("link", name="Đọc tiếp").click()
    expect(page.locator(":target")).to_have_text(re.compile("hội nghị", re.IGNORECASE))
    context.close()
