"""A session's page by the reader's clock, its meeting points, and its leaflets; the QR code is read back by another program."""

import re
from io import BytesIO

import pytest
import zxingcpp
from conftest import build_site, served
from PIL import Image
from playwright.sync_api import Browser, Page, expect

SITE = """\
site: {name: Trang, url: "https://trang.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "trang.vn,2026"}
owner: {name: Sở, phone: "0228 3649 000"}
topics: [{slug: mot, name: Chủ đề một}]
audiences: [{id: nguoi-dan, name: Người dân}]
issuers: [{id: so, name: Sở}]
channels: [{id: mot, name: Kênh Một, url: "https://mot.vn/"}, {id: hai, name: Kênh Hai, url: "https://hai.vn/"}, {id: ba, name: Kênh Ba}]
livestream_hosts: [phat.mot.vn, www.youtube-nocookie.com]
"""
POINTS = ["Hải An", "Đông Phương", "Nam Điền", "Giao Hà", "Yên Lợi", "Trực Đại", "Mỹ Lộc"]
SESSION = """\
---
title: Hội nghị trực tuyến
date: 2026-11-20
summary: Tóm tắt.
topic: mot
audience: [nguoi-dan]
session:
  starts_at: 2026-12-10 14:00
  ends_at: 2026-12-10 16:30
  venue: Hội trường lớn
  streams: [{channel: hai, url: "https://hai.vn/xem"}, {channel: mot, url: "https://mot.vn/xem"}]
  meeting_points:
"""


PLAYED = SESSION.replace("Hội nghị trực tuyến", "Xem tại chỗ").replace(
    "  meeting_points:\n", "  recording: https://phat.mot.vn/ghi\n"
)
PLAYED = PLAYED.replace("https://mot.vn/xem", "https://phat.mot.vn/xem").replace(
    "https://hai.vn/xem", "https://youtu.be/aB3-_5xyz01"
)
PLAYED = PLAYED.replace('vn/xem"}]', 'vn/xem"}, {channel: ba, url: "https://ba.vn/xem"}]')


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    root = tmp_path_factory.mktemp("sessions")
    folder = root / "content/tap-huan"
    folder.mkdir(parents=True)
    (root / "content/site.yml").write_text(SITE, "utf-8")
    points = "".join(f"    - {{name: Nhà văn hóa {name}, locality: xã {name}}}\n" for name in POINTS)
    (folder / "hoi-nghi.md").write_text(f"{SESSION}{points}---\n\nNội dung.\n", "utf-8")
    recorded = SESSION.replace("Hội nghị trực tuyến", "Buổi có bản ghi").replace(
        "meeting_points:\n", "recording: https://mot.vn/ghi\n"
    )
    (folder / "co-ban-ghi.md").write_text(f"{recorded}---\n\nNội dung.\n", "utf-8")
    (folder / "xem-tai-cho.md").write_text(f"{PLAYED}---\n\nNội dung.\n", "utf-8")
    build_site(root / "content", root / "output")
    with served(root / "output") as address:
        yield address


def at(browser: Browser, address: str, moment: str, path: str = "/tap-huan/hoi-nghi/") -> Page:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.clock.install(time=moment)
    page.goto(address + path)
    return page


def shown(page: Page) -> tuple[str, list[str]]:
    """Return the state of a session and the links of its section."""
    section = page.locator("section.cds-session")
    return section.locator(".cds-session__state").inner_text().strip(), section.locator("a:visible").all_inner_texts()


WAYS = ["Xem trực tiếp trên Kênh Một", "Xem trực tiếp trên Kênh Hai"]  # in the order of channels


def test_a_session_goes_by_the_clock_without_a_new_build(browser: Browser, address):
    page = at(browser, address, "2026-12-10T06:59:00Z")
    assert shown(page) == ("Sắp diễn ra", [*WAYS, "Thêm vào lịch", "In tờ rơi"])
    page.clock.run_for(2 * 60_000)
    assert shown(page) == ("Đang diễn ra", [*WAYS, "Thêm vào lịch", "In tờ rơi"])
    expect(page.locator("section.cds-session")).to_contain_text("Kênh này không xem được thì bấm kênh kia.")
    page.clock.run_for(150 * 60_000)
    assert shown(page) == ("Đã kết thúc", [])
    expect(page.get_by_text("Chưa có bản ghi. Khi có, bản ghi sẽ ở đây.")).to_be_visible()
    page.close()


def test_after_a_session_its_recording_is_offered_and_not_before(browser: Browser, address):
    for moment, state, links in (
        ("2026-12-09T00:00:00Z", "Sắp diễn ra", [*WAYS, "Thêm vào lịch", "In tờ rơi"]),
        ("2026-12-11T00:00:00Z", "Đã kết thúc", ["Xem lại bản ghi"]),
    ):
        page = at(browser, address, moment, "/tap-huan/co-ban-ghi/")
        assert shown(page) == (state, links)
        page.close()


def test_without_script_times_and_all_links_show(browser: Browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/tap-huan/co-ban-ghi/")
    assert shown(page) == ("Sắp diễn ra", ["Xem lại bản ghi", *WAYS, "Thêm vào lịch", "In tờ rơi"])
    expect(page.locator("section.cds-session")).to_contain_text("14:00–16:30, Thứ Năm, 10/12/2026")
    context.close()


def test_meeting_points_are_found_by_commune(browser: Browser, address):
    page = at(browser, address, "2026-12-01T00:00:00Z")
    points, field = page.locator(".cds-points__item:visible"), page.get_by_label("Tìm theo xã, phường của bạn")
    expect(points).to_have_count(7)
    field.fill("nam dien")
    assert points.all_inner_texts() == ["Nhà văn hóa Nam Điền\nxã Nam Điền"]
    expect(page.locator("[data-points-finder] [role=status]")).to_have_text("1 điểm cầu")
    field.fill("Hà Nội")
    expect(page.locator("[data-points-finder] [role=status]")).to_have_text(
        "Không có điểm cầu nào ở đó. Bạn vẫn xem trực tuyến được."
    )
    field.fill("")
    expect(points).to_have_count(7)
    page.close()


def test_the_form_for_questions_is_one_sheet(browser: Browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{address}/phieu-hoi/")
    expect(page.locator(".cds-form")).to_contain_text("Nơi nhận")
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 1
    page.close()


def test_each_leaflet_is_one_sheet_and_its_code_leads_to_the_session(browser: Browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{address}/tap-huan/hoi-nghi/to-roi/")
    leaflets = page.locator(".cds-leaflet")
    expect(leaflets).to_have_count(1 + len(POINTS) + 1)  # the last is the form for questions
    expect(leaflets.nth(2)).to_contain_text("Nhà văn hóa Đông Phương\nxã Đông Phương".replace("\n", ""))
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(leaflets.nth(3).screenshot())))
    assert code.text == "https://trang.vn/tap-huan/hoi-nghi/"
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1 + len(POINTS) + 1
    page.close()


# ── in place ────────────────────────────────────────────────────────────────────────────────────────────────────────────

DURING, AFTER = "2026-12-10T07:30:00Z", "2026-12-11T00:00:00Z"
ONE, TWO, THREE = (f"Xem trực tiếp trên Kênh {name}" for name in ("Một", "Hai", "Ba"))
ONE_FRAME, TWO_FRAME = "https://phat.mot.vn/xem", "https://www.youtube-nocookie.com/embed/aB3-_5xyz01"


def watched(browser: Browser, address: str, moment: str) -> tuple[Page, list[str]]:
    """Open the page of a session that can be watched there, and note what is asked of other hosts."""
    page, asked = at(browser, address, moment, "/tap-huan/xem-tai-cho/"), []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(content_type="text/html; charset=utf-8", body="<!DOCTYPE html><title>Phát</title><p>Đang phát")

    page.route(re.compile("https://"), answer)
    return page, asked


def frames(page: Page) -> list[tuple[str, str]]:
    return [
        (frame.get_attribute("src"), frame.get_attribute("title")) for frame in page.locator("section.cds-session iframe").all()
    ]


def test_a_broadcast_plays_in_place_when_the_reader_asks_one_at_a_time(browser: Browser, address):
    page, asked = watched(browser, address, DURING)
    session = page.locator("section.cds-session")
    notes = [
        f"Khi bạn bấm nút, máy của bạn kết nối tới {host}, ngoài trang này." for host in ("phat.mot.vn", "www.youtube-nocookie.com")
    ]
    assert session.locator(".cds-embed__note:visible").all_inner_texts() == notes
    assert (shown(page)[1], frames(page), asked) == ([ONE, TWO, THREE, "Thêm vào lịch", "In tờ rơi"], [], [])
    for name, src in ((ONE, ONE_FRAME), (TWO, TWO_FRAME), (ONE, ONE_FRAME)):
        session.get_by_role("link", name=name).click()
        expect(page.frame_locator("section.cds-session iframe").get_by_text("Đang phát")).to_be_visible()
        assert session.locator("a:not(.cds-button--main)", has_text="Xem trực tiếp").all_inner_texts() == [name]
        assert (frames(page), asked[-1], page.url) == ([(src, name)], src, f"{address}/tap-huan/xem-tai-cho/")
        box = page.locator("section.cds-session iframe").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["width"] / box["height"] == pytest.approx(16 / 9, abs=0.05)
    assert session.get_by_role("link", name=TWO).get_attribute("href") == "https://youtu.be/aB3-_5xyz01"
    assert len(asked) == 3
    page.close()


def test_a_broadcast_of_another_host_is_a_link(browser: Browser, address):
    page, _ = watched(browser, address, DURING)
    page.get_by_role("link", name=THREE).click()
    page.wait_for_url("https://ba.vn/xem")
    page.close()


def test_the_link_leads_on_while_the_broadcast_plays(browser: Browser, address):
    page, _ = watched(browser, address, DURING)
    page.get_by_role("link", name=ONE).click()
    page.get_by_role("link", name=ONE).click()
    page.wait_for_url(ONE_FRAME)
    page.close()


def test_whoever_watches_a_session_that_runs_late_goes_on_watching(browser: Browser, address):
    page, _ = watched(browser, address, DURING)
    page.get_by_role("link", name=ONE).click()
    page.clock.run_for(3 * 3_600_000)
    assert shown(page) == ("Đã kết thúc", ["Xem lại bản ghi", ONE, TWO, THREE])
    expect(page.locator("section.cds-session iframe")).to_be_visible()
    page.close()


def test_a_recording_plays_in_place(browser: Browser, address):
    page, asked = watched(browser, address, AFTER)
    assert (shown(page), asked) == (("Đã kết thúc", ["Xem lại bản ghi"]), [])
    page.get_by_role("link", name="Xem lại bản ghi").click()
    expect(page.frame_locator("section.cds-session iframe").get_by_text("Đang phát")).to_be_visible()
    assert frames(page) == [("https://phat.mot.vn/ghi", "Xem lại bản ghi")]
    page.close()


def test_without_script_broadcasts_are_links_to_their_pages(browser: Browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/tap-huan/xem-tai-cho/")
    links = page.locator("section.cds-session .cds-session__streams a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://phat.mot.vn/ghi", ONE_FRAME, "https://youtu.be/aB3-_5xyz01", "https://ba.vn/xem",
    ]  # fmt: skip
    context.close()
