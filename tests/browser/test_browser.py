"""In real Chromium: pages fit the narrowest phone and a wide screen, in both schemes, without script; keyboard; the preview."""

import re
import shutil
from contextlib import contextmanager
from urllib.request import urlopen

import pytest
from conftest import SITES, SOAK, order, served
from playwright.sync_api import Browser, Page, Route, expect

from chuyendoiso.authoring import preview_server
from chuyendoiso.authoring.preview_site import LiveSite, Preview

PAGES = (
    "/",
    "/tin-tuc/",
    "/tin-tuc/2026/thang-11/",
    "/tin-tuc/2026/hoi-nghi/",
    "/tin-tuc/2026/da-go/",
    "/chu-de/",
    "/chu-de/xa-hoi-so/",
    "/tu-khoa/",
    "/tu-khoa/tap-huan/",
    "/van-ban/",
    "/van-ban/loai/quyet-dinh/",
    "/van-ban/1-qd-ubnd/",
    "/van-ban/3-nq-tu/",
    "/tap-huan/",
    "/tap-huan/da-qua/",
    "/tap-huan/lich/",
    "/tap-huan/dinh-dang/pdf/",
    "/tap-huan/hoi-nghi-thang-12/",
    "/tap-huan/hoi-nghi-thang-10/",
    "/tap-huan/xem-truc-tuyen/",
    "/hoi-dap/",
    "/hoi-dap/xem-o-dau/",
    "/lay-y-kien/",
    "/lay-y-kien/quy-che/",
    "/lay-y-kien/quy-dinh/",
    "/phieu-hoi/",
    "/gioi-thieu/",
    "/kenh-chinh-thuc/",
    "/nguon-tin/",
    "/404.html",
)


@pytest.mark.soak
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light"), *([(360, "light"), (1280, "dark")] if SOAK else [])])
def test_every_page_kind_fits_without_script_and_loads_from_here_alone(browser: Browser, address, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=False)
    page = context.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    # leaving a page ends what it still loads
    page.on("requestfailed", lambda request: faults.append(request.url) if request.failure != "net::ERR_ABORTED" else None)
    page.on("response", lambda response: faults.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sideways = {}
    for path in PAGES:
        page.goto(address + path)
        box = page.locator("html").evaluate("element => element.scrollWidth")
        if box > width:
            sideways[path] = box
    context.close()
    assert (sideways, faults) == ({}, [])
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_keyboard_reaches_the_content_first(browser: Browser, address):
    page = browser.new_page()
    page.goto(f"{address}/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Chuyển đến nội dung chính")
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#cds--main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.close()


def test_a_question_is_found_by_another_wording_of_it(browser: Browser, address):
    page = browser.new_page()
    page.goto(f"{address}/tim-kiem/?q=hop+truc+tuyen+cho+nao")
    link = page.locator("main").get_by_role("link", name="Xem hội nghị ở đâu?")
    expect(link).to_have_count(3)  # its short answer, a passage of its text, and in the list
    expect(link.first).to_be_visible()
    page.close()


def test_links_and_buttons_of_the_masthead_are_large_enough_to_touch(browser: Browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}/")
    heights = page.eval_on_selector_all("header nav a", "links => links.map(link => link.getBoundingClientRect().height)")
    assert len(heights) == 7
    assert min(heights) >= 44
    page.close()


def test_dark_and_light_differ_and_print_hides_the_navigation(browser: Browser, address):
    page = browser.new_page()
    page.goto(f"{address}/tin-tuc/2026/hoi-nghi/")
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2
    page.emulate_media(media="print")
    expect(page.locator("header nav")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    page.close()


def test_pictures_keep_their_boxes_and_load(browser: Browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}/tin-tuc/2026/hoi-nghi/")
    page.locator("main img").last.scroll_into_view_if_needed()
    page.wait_for_function("[...document.querySelectorAll('main img')].every(image => image.complete && image.naturalWidth > 0)")
    sizes = page.eval_on_selector_all(
        "main img", "images => images.map(image => [image.currentSrc.split('.').pop(), image.clientWidth <= 360])"
    )
    assert sizes == [["webp", True], ["webp", True]]
    page.close()


# ── broadcasts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

BROADCAST = "/tap-huan/hoi-nghi-thang-12/"
PLAYER = "https://phat.thu-nghiem.vn/nhung/1?a=1&b=2"


@contextmanager
def reader(browser: Browser, address: str, **options):
    """Yield a page and the addresses elsewhere that it asks for, which are answered here."""
    context = browser.new_context(**options)
    elsewhere: list[str] = []
    page = context.new_page()

    def answer(route: Route) -> None:
        elsewhere.append(route.request.url)
        route.fulfill(content_type="text/html", body="<!DOCTYPE html><meta charset=utf-8><h1>Nơi phát</h1>")

    context.route(lambda url: not url.startswith(f"{address}/"), answer)
    page.goto(address + BROADCAST)
    yield page, elsewhere
    context.close()


def test_a_broadcast_loads_when_it_is_asked_for_and_not_before(browser: Browser, address):
    with reader(browser, address) as (page, elsewhere):
        way = page.get_by_role("link", name="Xem trên phat.thu-nghiem.vn")
        way.scroll_into_view_if_needed()
        way.hover()
        way.focus()
        page.wait_for_load_state("networkidle")
        assert (elsewhere, page.locator("iframe").count()) == ([], 0)
        page.keyboard.press("Enter")
        frame = page.locator("iframe")
        expect(frame).to_be_focused()
        expect(frame).to_be_in_viewport()
        names = ("src", "title", "allow", "allowfullscreen", "referrerpolicy")
        assert {name: frame.get_attribute(name) for name in names} == {
            "src": PLAYER,
            "title": "Buổi phát từ hội trường lớn",
            "allow": "fullscreen; encrypted-media; picture-in-picture",
            "allowfullscreen": "",
            "referrerpolicy": "strict-origin-when-cross-origin",
        }
        expect(page.frame_locator("iframe").locator("h1")).to_have_text("Nơi phát")
        assert (elsewhere, page.url) == ([PLAYER], address + BROADCAST)
        way.click()  # it has stayed, as the way to open the address itself
        page.wait_for_url(PLAYER)


def test_a_broadcast_asked_for_in_another_window_leaves_the_page_as_it_is(browser: Browser, address):
    with reader(browser, address) as (page, elsewhere):
        page.evaluate(
            "document.addEventListener('click', event => { window.left = !event.defaultPrevented; event.preventDefault() })"
        )
        for key in ("Control", "Shift", "Alt", "Meta"):
            page.get_by_role("link", name="Xem trên phat.thu-nghiem.vn").click(modifiers=[key])
            assert (page.evaluate("window.left"), elsewhere, page.locator("iframe").count()) == (True, [], 0)


def test_without_script_a_broadcast_is_a_link(browser: Browser, address):
    with reader(browser, address, java_script_enabled=False) as (page, elsewhere):
        way = page.get_by_role("link", name="Xem trên phat.thu-nghiem.vn")
        assert elsewhere == []
        way.click()
        page.wait_for_url(PLAYER)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_broadcast_keeps_its_ratio_and_is_large_enough_to_touch(browser: Browser, address, width):
    with reader(browser, address, viewport={"width": width, "height": 800}) as (page, _):
        way = page.get_by_role("link", name="Xem trên phat.thu-nghiem.vn")
        box, touch = page.locator(".cds-embed__box").bounding_box(), way.bounding_box()
        assert touch["height"] >= 44
        way.click()
        frame = page.locator("iframe").bounding_box()
        assert abs(frame["width"] / frame["height"] - 16 / 9) < 0.01
        assert box["height"] >= frame["height"] - 1
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_broadcast_is_printed_as_its_address(browser: Browser, address):
    with reader(browser, address) as (page, _):
        way = page.get_by_role("link", name="Xem trên phat.thu-nghiem.vn")
        for asked in (False, True):
            if asked:
                way.click()
            page.emulate_media(media="print")
            assert way.evaluate("link => getComputedStyle(link, '::after').content") == f'" ({PLAYER})"'
            expect(way).to_be_visible()
            page.emulate_media(media="screen")
        page.emulate_media(media="print")
        expect(page.locator("iframe")).to_be_hidden()


# ── the preview ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def live(tmp_path, small_content):
    made = Preview(LiveSite(order(small_content, tmp_path / "preview/output", preview=True)))
    server = preview_server.start(made, 0)
    made.build()
    yield made, f"http://127.0.0.1:{server.server_port}", small_content
    server.shutdown()


def test_the_preview_reloads_shows_problems_and_forgets_them(browser: Browser, live):
    made, address, content = live
    article = content / "tin-tuc/2026/cho-phien.md"
    right = article.read_text("utf-8")
    page: Page = browser.new_page()
    page.goto(f"{address}/tin-tuc/2026/cho-phien/")
    expect(page.locator("h1")).to_have_text("Chợ phiên lên mạng")
    article.write_text(f"{right}\n\nMột câu vừa thêm.\n", "utf-8")
    made.build({article})
    expect(page.locator("main")).to_contain_text("Một câu vừa thêm.")
    article.write_text(right.replace("title: Chợ phiên lên mạng", "title: Chợ quê lên mạng"), "utf-8")
    made.build({article})
    expect(page.locator("h1")).to_have_text("Chợ quê lên mạng")
    article.write_text(right.replace("date: 2026-11-18", "date: 18/11/2026"), "utf-8")
    made.build()
    line = 'content/tin-tuc/2026/cho-phien.md:3: Ngày đăng "18/11/2026" viết không theo thứ tự năm-tháng-ngày.'
    expect(page.locator("#cds-preview-problems li")).to_contain_text(line)
    expect(page.locator("h1")).to_have_text("Chợ quê lên mạng")
    expect(page.locator("p:has(time) + .cds-preview-problem")).to_contain_text(line)
    article.write_text(right.replace("đặt trước từ tối", "[đặt trước](khong-co.md) từ tối"), "utf-8")
    made.build()
    expect(page.locator("p:text('Rau sạch được') + .cds-preview-problem")).to_contain_text("khong-co.md")
    article.write_text(right.replace("đặt trước từ tối", "đặt trước, gọi 0912345678, từ tối"), "utf-8")
    made.build()
    expect(page.locator("p:text('Rau sạch được') + .cds-preview-problem")).to_contain_text("Cảnh báo: ")
    article.write_text(right, "utf-8")
    made.build()
    expect(page.locator("#cds-preview-problems")).to_have_count(0)
    expect(page.locator(".cds-preview-problem")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("Chợ phiên lên mạng")
    page.close()


def test_the_preview_answers_for_unknown_addresses_and_before_the_first_build(browser: Browser, live, tmp_path):
    _, address, _ = live
    page = browser.new_page()
    assert page.goto(f"{address}/khong-co/").status == 404
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang")
    shutil.copytree(SITES / "broken/empty-file", tmp_path / "broken", ignore=shutil.ignore_patterns("expected.txt"))
    shutil.copy(SITES / "base.yml", tmp_path / "broken/site.yml")
    broken = Preview(LiveSite(order(tmp_path / "broken", tmp_path / "none/output")))
    server = preview_server.start(broken, 0)
    broken.build()
    assert page.goto(f"http://127.0.0.1:{server.server_port}/").status == 503
    expect(page.locator("#cds-preview-problems li")).to_contain_text("Tệp rỗng.")
    server.shutdown()
    page.close()


def test_the_script_is_added_to_pages_as_they_are_served_alone(live):
    made, address, _ = live
    pages = [path for path in made.site.planned if path.endswith(".html")]
    assert [path for path in pages if b"/_preview/" in made.site.file(path)] == []
    with urlopen(f"{address}/tin-tuc/2026/cho-phien/") as answer:
        assert b'<script src="/_preview/live.js" data-version="1"></script></body>' in answer.read()


# ── what scripts add ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_narrowed_in_place(browser: Browser, address):
    page = browser.new_page()
    page.goto(f"{address}/van-ban/")
    page.evaluate("window.same = true")
    page.get_by_text("Loại văn bản").click()
    page.get_by_role("link", name="Nghị quyết").click()
    expect(page).to_have_url(f"{address}/van-ban/loai/nghi-quyet/")
    expect(page).to_have_title(re.compile("^Nghị quyết –"))
    expect(page.get_by_role("link", name="Nghị quyết", exact=True)).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Nghị quyết: 1 mục.")
    assert page.locator(".cds-document-row").count() == 1
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thư viện văn bản")
    assert page.evaluate("window.same"), "no other page was loaded"
    page.route("**/van-ban/nam/**", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    page.get_by_text("Năm ban hành").click()
    page.get_by_role("link", name="2025").click()
    expect(page).to_have_url(f"{address}/van-ban/nam/2025/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Văn bản ban hành năm 2025")
    page.close()


def test_the_library_is_searched_from_its_page(browser: Browser, address):
    page = browser.new_page()
    page.goto(f"{address}/van-ban/")
    page.get_by_label("Tìm văn bản theo số, ký hiệu hoặc lời").last.fill("1/QD-UBND")
    page.keyboard.press("Enter")
    expect(page.locator("[data-search-results] a").first).to_have_attribute("href", "/van-ban/1-qd-ubnd/")
    expect(page).to_have_url(re.compile("loai=van-ban"))
    page.close()


def size_of_text(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).fontSize")


def test_text_is_made_larger_and_stays_so_on_the_next_page(browser: Browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/")
    before = size_of_text(page)
    page.get_by_label("Chữ to").check()
    larger = size_of_text(page)
    assert float(larger.removesuffix("px")) == 1.25 * float(before.removesuffix("px"))
    page.goto(f"{address}/van-ban/")
    expect(page.get_by_label("Chữ to")).to_be_checked()
    assert size_of_text(page) == larger
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_label("Chữ to").uncheck()
    page.reload()
    assert size_of_text(page) == before
    context.close()


def test_text_is_made_larger_without_script_too(browser: Browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    page.get_by_label("Chữ to").check()
    assert page.locator("html").evaluate("html => getComputedStyle(html).fontSize") == "20px"
    context.close()


def test_the_words_to_pass_on_are_copied(browser: Browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/tin-tuc/2026/cho-phien/")
    page.get_by_role("button", name="Chép lời nhắn").click()
    expect(page.locator(".cds-share [role=status]")).to_have_text("Đã chép. Mở Zalo, bấm giữ vào ô soạn tin rồi chọn Dán.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("[data-share-words]").text_content()
    context.close()


def test_a_citation_is_copied(browser: Browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/van-ban/1-qd-ubnd/")
    page.get_by_role("button", name="Chép trích dẫn").click()
    expect(page.locator(".cds-facts [role=status]")).to_have_text("Đã chép.")
    assert "Quyết định số 1/QĐ-UBND ngày" in page.evaluate("navigator.clipboard.readText()")
    context.close()


def test_where_the_clipboard_is_refused_it_is_reported(browser: Browser, address):
    page = browser.new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(f"{address}/tin-tuc/2026/cho-phien/")
    page.get_by_role("button", name="Chép lời nhắn").click()
    expect(page.locator(".cds-share [role=status]")).to_contain_text("Hãy bấm giữ dòng chữ để chép.")
    page.close()


def test_the_device_s_own_way_to_share_is_offered_where_it_has_one(browser: Browser, address):
    page = browser.new_page()
    page.add_init_script("navigator.share = (told) => { window.told = told; return Promise.resolve(); }")
    page.goto(f"{address}/tin-tuc/2026/cho-phien/")
    page.get_by_role("button", name="Gửi qua Zalo, tin nhắn").click()
    assert page.evaluate("told") == {"text": page.locator("[data-share-words]").text_content()}
    page.close()


def test_without_script_the_words_to_pass_on_stand_there(browser: Browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/tin-tuc/2026/cho-phien/")
    expect(page.locator("[data-share-words]")).to_be_visible()
    assert page.locator(".cds-share button:visible").count() == 0
    context.close()


# ── weight ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_home_page_and_its_pictures_are_light(browser: Browser, committed):
    """Of the committed site, at 360 px and with text as it lies there: compressed it is lighter."""
    page = browser.new_page(viewport={"width": 360, "height": 800}, device_scale_factor=2)
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: int(answer.headers.get("content-length", 0))}))
    with served(committed) as address:
        page.goto(f"{address}/")
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_load_state("networkidle")
    page.close()
    assert any("/media/anh/" in url for url in sizes)
    assert sum(sizes.values()) <= 120_000, sizes
