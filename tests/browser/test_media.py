"""Pages as readers' settings and printers want them: forced colours, reduced motion, paper, and the QR code that a reader asks for."""

import io
import re

import pypdfium2
import pytest
import zxingcpp
from conftest import served
from PIL import Image
from playwright.sync_api import Browser, expect


@pytest.fixture(scope="module")
def address(preview):
    with served(preview) as address:
        yield address


def each(page, ask: str) -> list:
    """Return what a question in JavaScript about each `element` answers, where it answers anything."""
    return page.evaluate(
        "ask => [...document.querySelectorAll('body *')].map(new Function('element', `return ${ask}`)).filter(Boolean)", ask
    )


def test_forced_colours_leave_what_is_to_be_seen(browser: Browser, address):
    """Backgrounds are taken away: buttons, badges and what is chosen must be told by borders, underlines or words."""
    page = browser.new_page(forced_colors="active", color_scheme="dark")
    page.goto(f"{address}/_style/")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    named = "element.matches('.cds-button, .cds-badge, .cds-search__field, .cds-filters__title, .cds-links__link')"
    bare = each(
        page, f"{named} && element.offsetParent && parseFloat(getComputedStyle(element).borderTopWidth) < 1 && element.outerHTML"
    )
    assert bare == []
    icons = each(page, "element.matches('.cds-icon') && getComputedStyle(element).stroke")
    assert set(icons) & {"rgb(0, 0, 0)"} == set(), "icons take the colour of the words beside them"
    current = page.locator(".cds-filters [aria-current]")
    other = page.locator(".cds-filters .cds-links__link:not([aria-current])").first
    reported = "link => { const s = getComputedStyle(link); return [s.borderTopWidth, s.borderTopStyle, s.textDecorationLine, s.outlineStyle].join() }"
    assert current.evaluate(reported) != other.evaluate(reported), "what is chosen is told without colour"
    page.close()


def test_reduced_motion_moves_nothing(browser: Browser, address):
    page = browser.new_page(reduced_motion="reduce")
    for path in ("/", "/_style/", "/tin-tuc/2026/hoi-nghi/"):
        page.goto(f"{address}{path}")
        moving = "getComputedStyle(element).transitionDuration !== '0s' || getComputedStyle(element).animationName !== 'none'"
        assert each(page, f"({moving}) && element.outerHTML") == []
    page.close()


def printed(page, path: str, more: str = "") -> tuple[int, str]:
    """Return on how many sheets a page is printed, and its text on one line; `more` is put into the body before."""
    page.goto(path)
    page.evaluate("more => document.querySelector('.cds-body').insertAdjacentHTML('beforeend', more)", more)
    raw = page.pdf(format="A4")
    with pypdfium2.PdfDocument(io.BytesIO(raw)) as document:
        text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
        sheets = len(document)
    return sheets, " ".join(text.replace("\ufffe", "-").split())  # PDFium's sign for a hyphen at the end of a line


def test_paper_has_the_article_and_not_the_navigation(browser: Browser, address):
    page = browser.new_page()
    sheets, text = printed(page, f"{address}/van-ban/2-qd-ubnd/")
    assert sheets == 1
    assert "2/QĐ-UBND" in text and "Sửa đổi, bổ sung Quyết định 1/QĐ-UBND" in text
    assert re.search(r"Quyết định 2/QĐ-UBND – https://tin\.thu-nghiem\.vn/van-ban/2-qd-ubnd/", text), (
        "the foot of the page tells what it is"
    )
    for gone in ("Chuyển đến nội dung chính", "Nguồn tin", "Chia sẻ lên Facebook", "Chữ to", "Bài mới hơn"):
        assert gone not in text
    _, text = printed(page, f"{address}/tin-tuc/2026/hoi-nghi/")
    assert "(https://bao.thu-nghiem.vn/)" in text, "addresses of links are printed after them"
    page.close()


def test_paper_has_all_of_wide_tables_long_lines_and_what_is_folded(browser: Browser, address):
    page = browser.new_page()
    cells = "".join(f"<td>Ô số {number} https://tin.thu-nghiem.vn/{'a' * 30}/het-{number}-o</td>" for number in range(1, 10))
    table = f"<table><tbody><tr>{cells}</tr></tbody></table>"
    code = f"<pre><code>{'dài ' * 60}hết-dòng</code></pre>"
    folded = "<details><summary>Hỏi</summary><p>Lời đáp gấp lại.</p></details>"
    _, text = printed(page, f"{address}/tin-tuc/2026/hoi-nghi/", table + code + folded)
    squeezed = text.replace(" ", "").replace("-", "")
    assert [number for number in range(1, 10) if f"het{number}o" not in squeezed] == []
    assert "hếtdòng" in squeezed and "Lờiđápgấplại." in squeezed
    page.close()


def test_a_qr_code_is_drawn_when_it_is_asked_for(browser: Browser, address):
    page = browser.new_page(color_scheme="dark")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/tin-tuc/2026/cho-phien/")
    page.wait_for_load_state("networkidle")
    assert not [one for one in asked if "lean-qr" in one], "nobody loads what he does not use"
    page.get_by_role("button", name="Hiện mã QR").click()
    code = page.get_by_role("img", name="Mã QR dẫn tới https://tin.thu-nghiem.vn/tin-tuc/2026/cho-phien/")
    expect(code).to_be_visible()
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    assert read.text == "https://tin.thu-nghiem.vn/tin-tuc/2026/cho-phien/"
    page.close()


def test_where_the_script_of_the_code_does_not_come_it_is_reported(browser: Browser, address):
    page = browser.new_page()
    page.route("**/js/lean-qr-*", lambda route: route.abort())
    page.goto(f"{address}/tin-tuc/2026/cho-phien/")
    page.get_by_role("button", name="Hiện mã QR").click()
    expect(page.locator(".cds-share [role=status]")).to_have_text("Chưa tải được phần vẽ mã. Hãy kiểm tra mạng rồi bấm lần nữa.")
    page.close()


def test_the_preview_shows_what_the_zalo_channel_would_be_sent(browser: Browser, address):
    page = browser.new_page()
    page.goto(f"{address}/_zalo/")
    first = page.locator(".cds-zalo-preview__article").first
    expect(first.get_by_role("heading", level=2)).not_to_be_empty()
    expect(page.get_by_role("heading", name="Chợ phiên lên mạng")).to_be_visible()
    one = page.locator(".cds-zalo-preview__article", has_text="Chợ phiên lên mạng")
    one.get_by_text("Xem cả bài").click()
    expect(one.locator(".cds-zalo-preview__text").last).to_contain_text("https://tin.thu-nghiem.vn/tin-tuc/2026/cho-phien/")
    page.wait_for_load_state("networkidle")
    ratios = page.evaluate(
        "[...document.querySelectorAll('.cds-zalo-preview__article > img')].map((one) => one.naturalWidth / one.naturalHeight)"
    )
    assert ratios and max(abs(ratio - 16 / 9) for ratio in ratios) < 0.01
    page.close()
