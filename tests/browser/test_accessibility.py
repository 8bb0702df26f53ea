"""WCAG 2.2 AA as far as a machine can tell: axe-core finds nothing on any kind of page, in either scheme and width, shut and open."""

import pytest
from conftest import ROOT, SITES, build_site, served
from playwright.sync_api import Browser

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN = "for (const one of document.querySelectorAll('details')) one.open = true"
KINDS = [
    "/", "/tin-tuc/", "/tin-tuc/2026/thang-11/", "/tin-tuc/2026/hoi-nghi/", "/van-ban/", "/van-ban/loai/quyet-dinh/",
    "/van-ban/2-qd-ubnd/", "/tap-huan/", "/tap-huan/hoi-nghi-thang-12/", "/chu-de/", "/tu-khoa/", "/tim-kiem/", "/tim-kiem/?q=hoi+nghi",
    "/nguon-tin/", "/thong-ke/", "/tap-huan/hoi-nghi-thang-12/to-roi/", "/404.html",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    output = tmp_path_factory.mktemp("accessible") / "output"
    build_site(SITES / "small", output)
    with served(output) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Browser, address, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {}
    for path in KINDS:
        assert page.goto(f"{address}{path}").ok, path
        page.wait_for_load_state("networkidle")
        page.evaluate(AXE.read_text("utf-8"))
        for state in ("", OPEN):
            page.evaluate(state)
            told = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
            for fault in told["violations"]:
                found[path, bool(state), fault["id"]] = [node["html"][:160] for node in fault["nodes"]]
    page.close()
    assert found == {}
