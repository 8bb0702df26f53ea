"""What stands beside the web editor's form: the page, what is wrong, pictures and their descriptions; its words and its accessibility."""

import json
import re
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import ROOT, SITES, SOAK, served
from editor_desk import AXE, PDF, WIDTHS, Desk, desk_of, faults, save_photo, until
from PIL import Image
from playwright.sync_api import Page, expect

from chuyendoiso.authoring.web_editor.editor_pages import EditorFiles, write_editor
from chuyendoiso.model.vocabulary import Kind

# ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_preview_is_the_sites_own_page_of_the_unsaved_text(desk: Desk):
    desk.open("tin-tuc/new")
    desk.fill("Tên bài", "Đường số của xã")
    desk.body.fill("Một câu[^1].\n\n[^1]: Lời chú.\n")
    preview = desk.page.frame_locator("iframe").first
    page = preview.frame_locator("iframe")
    expect(page.get_by_role("heading", level=1, name="Đường số của xã")).to_be_visible(timeout=20_000)
    expect(page.locator(".cds-body")).to_contain_text("Lời chú.")
    preview.get_by_text("Trong bài này: ").click()
    problems = preview.locator("li")
    expect(problems.first).to_contain_text("chưa điền. Muốn đăng thì điền ô này.")
    said = preview.locator("ul").inner_text()
    assert {"Tóm tắt: ", "Chủ đề: "} <= {line.partition(": ")[0] + ": " for line in said.splitlines()}
    assert not re.search(r"\.md|summary|topic|thêm dòng", said)


def test_an_item_is_shown_in_lists_on_its_card_and_on_zalo(desk: Desk):
    desk.open("tin-tuc/new")
    desk.fill("Tên bài", "Cầu số của thôn")
    preview = desk.page.frame_locator("iframe").first
    preview.get_by_role("button", name="Danh sách, chia sẻ, Zalo").click()
    looks = preview.frame_locator("iframe")
    expect(looks.locator("section strong")).to_have_text(["Cầu số của thôn"] * 2, timeout=20_000)
    assert looks.locator("img").evaluate_all("(all) => all.map((one) => one.naturalHeight)") == [630, 675]
    desk.fill("Tên bài", "Cầu số của xã")
    expect(looks.locator("section strong").first).to_have_text("Cầu số của xã", timeout=20_000)
    preview.get_by_role("button", name="Trang", exact=True).click()
    expect(preview.frame_locator("iframe").get_by_role("heading", level=1, name="Cầu số của xã")).to_be_visible(timeout=20_000)


def test_what_keeps_an_item_from_being_published_is_said_before_a_commit(desk: Desk):
    before = desk.commits()
    desk.open("tin-tuc/new")
    desk.fill("Tên bài", "Bến số của xã")
    desk.fill("Tóm tắt", "Một câu tóm tắt.")
    desk.choose("Chủ đề", "Xã hội số")
    desk.body.fill("Xem [bài cũ](khong-co.md).")
    desk.choose("Trạng thái", "Đăng")
    desk.press_save()
    box = desk.page.get_by_role("alertdialog")
    expect(box).to_contain_text("• Thân bài: Liên kết tới tệp", timeout=20_000)
    box.get_by_role("button", name="Đồng ý").click()
    expect(desk.body).to_have_value("Xem [bài cũ](khong-co.md).")
    assert (desk.commits(), desk.git("status", "--porcelain")) == (before, "")
    desk.body.fill("Xem bài cũ.")
    desk.save()


def test_what_others_write_of_a_picture_is_offered(context, running):
    content, address = running
    item = content / "trang/nguon-tin.md"
    text = item.read_text("utf-8")
    picture = content / "media/2026/a-hai-lan.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (60, 40), "teal").save(picture)
    page = context.new_page()
    try:
        item.write_text(f"{text}\n![Cột mốc xanh](/media/2026/a-hai-lan.png)\n", "utf-8")
        desk = Desk(content, page, address)
        desk.open("tin-tuc/new")
        desk.body.fill("Trước.\n\nSau.")
        desk.body.press("Control+Home")
        page.get_by_role("button", name="Ảnh", exact=True).click()
        page.get_by_role("dialog").get_by_role("option", name="a-hai-lan.png").click()
        page.get_by_role("dialog").get_by_role("button", name="Chèn").click()
        box = page.get_by_role("dialog", name="Ảnh cho thấy gì?")
        expect(box.get_by_role("textbox", name="a-hai-lan.png")).to_have_value("Cột mốc xanh")
        expect(box.get_by_text("Bài khác mô tả ảnh này: “Cột mốc xanh”.")).to_be_visible()
        page.evaluate(AXE.read_text("utf-8"))
        assert faults(page, ".cds-conflict") == {}
        box.get_by_role("button", name="Chèn vào bài").click()
        expect(desk.body).to_have_value("![Cột mốc xanh](/media/2026/a-hai-lan.png)\n\nTrước.\n\nSau.")
        desk.body.fill("![](/media/2026/a-hai-lan.png)")
        preview = page.frame_locator("iframe").first
        offered = "Mô tả ảnh: bài khác mô tả ảnh a-hai-lan.png là “Cột mốc xanh”. Chép lại nếu đúng với bài này."
        expect(preview.locator("li", has_text="bài khác mô tả")).to_have_text(offered, timeout=20_000)
    finally:
        page.close(run_before_unload=False)
        picture.unlink()
        item.write_text(text, "utf-8")


def test_a_picture_of_another_kind_can_be_chosen(desk: Desk):
    desk.open("van-ban/new")
    desk.page.get_by_role("button", name="Ảnh", exact=True).click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("option", name="Năm 2026").click()
    expect(dialog.get_by_role("option", name="ba-tru-cot.png")).to_be_visible(timeout=20_000)


def test_a_draft_gets_a_name_with_its_title(desk: Desk):
    desk.open("van-ban/new")
    desk.fill("Trích yếu", "Về việc đặt tên")
    message = desk.save()
    assert re.fullmatch(r"Thêm văn bản: [0-9a-f]{12}", message), message
    desk.fill("Số, ký hiệu", "77/QĐ-UBND")
    desk.body.fill("Chữ đã gõ.")
    desk.press_save()
    until(lambda: desk.commits()[0] == "Sửa văn bản: 77-qd-ubnd")
    desk.page.wait_for_url(re.compile("#/collections/van-ban/entries/77-qd-ubnd$"))
    expect(desk.page.get_by_role("dialog")).to_have_count(0, timeout=20_000)
    expect(desk.body).to_have_value(re.compile("Chữ đã gõ."), timeout=20_000)
    desk.body.fill("Chữ gõ tiếp.")
    assert desk.save() == "Sửa văn bản: 77-qd-ubnd"
    assert "Chữ gõ tiếp." in (desk.content / "van-ban/77-qd-ubnd.md").read_text("utf-8")


def test_new_files_are_in_the_preview_before_they_are_saved(desk: Desk, photo):
    """In the body and in a field of a list; nothing is said to be wrong with them."""
    desk.open("lay-y-kien/new")
    desk.page.get_by_role("button", name="Ảnh", exact=True).click()
    desk.upload(photo, words="Hội trường")
    desk.page.get_by_role("button", name="Thêm \u2068Dự thảo\u2069").click()
    desk.page.get_by_role("button", name="Duyệt").last.click()
    desk.upload(PDF)
    preview = desk.page.frame_locator("iframe").first
    picture = preview.frame_locator("iframe").locator(".cds-body img")
    expect(picture).to_have_attribute("alt", "Hội trường 1", timeout=20_000)
    until(lambda: picture.evaluate("(image) => image.naturalWidth") > 0)
    preview.get_by_text("Trong bài này: ").click()
    said = preview.locator("ul").inner_text()
    assert "blob" not in said and "__sc" not in said and "chua-luu" not in said, said


def test_a_group_of_a_list_opens_by_its_bar(desk: Desk):
    desk.open("lay-y-kien/new")
    desk.page.get_by_role("button", name="Thêm \u2068Dự thảo\u2069").click()
    bar = desk.page.locator(".item > .header")
    button = bar.locator("[aria-expanded][aria-controls]")
    for expanded in ("false", "true"):
        bar.click(position={"x": 250, "y": 15})
        expect(button).to_have_attribute("aria-expanded", expanded)


def test_what_keeps_the_site_from_being_built_is_said_by_item(desk: Desk):
    other, own = (desk.content / path for path in ("hoi-dap/vi-sao-tuyen-truyen-50.md", "trang/gioi-thieu.md"))
    texts = {path: path.read_text("utf-8") for path in (other, own)}
    desk.open("trang/entries/gioi-thieu")
    try:
        other.write_text(re.sub("topic: .*", "topic: khong-co", texts[other]), "utf-8")
        own.write_text(texts[own] + "\n[Bài](khong-co.md)\n", "utf-8")
        box = desk.page.locator(".cds-problems")
        expect(box.locator("section")).to_have_count(2, timeout=20_000)
        box.locator("summary").click()
        expect(box.locator("section").first).to_contain_text("Bài đang mở: ")
        expect(box.locator("section").first.locator("li")).to_contain_text("Thân bài: Liên kết tới tệp")
        expect(box.locator("section").last.locator("li")).to_contain_text("Chủ đề: ")
        assert not re.search(r"\.md:|topic:|\[[a-z-]+\]$", box.inner_text())
    finally:
        for path, text in texts.items():
            path.write_text(text, "utf-8")
    expect(box).to_be_hidden(timeout=20_000)


@pytest.mark.parametrize(("years", "said"), [(0, 0), (1, 1)])
def test_a_wrong_clock_is_said(context, running, years, said):
    page = context.new_page()
    page.clock.set_fixed_time(datetime.now() + timedelta(days=365 * years))
    page.goto(f"{running[1]}/bien-tap/")
    page.get_by_role("button", name="Tạo bài viết mới").wait_for()
    expect(page.get_by_text("Đồng hồ của máy này sai")).to_have_count(said)
    page.close(run_before_unload=False)


def test_decomposed_letters_are_composed(desk: Desk):
    desk.open("tin-tuc/new")
    desk.fill("Tên bài", unicodedata.normalize("NFD", "Đổi số của phường"))
    desk.body.fill(unicodedata.normalize("NFD", "Bà con đã xem."))
    desk.save()
    text = (desk.content / "tin-tuc/2026/doi-so-cua-phuong.md").read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text) and "Bà con đã xem." in text


@pytest.mark.soak
@pytest.mark.parametrize("size", WIDTHS if SOAK else ["phone"])
def test_many_photographs_are_described_in_one_box(context, running, tmp_path, size):
    """They are upright, smaller and without a place, in the order in which they were chosen."""
    desk = desk_of(context, running, size)
    files = [tmp_path / f"anh-{size}-{number}.jpg" for number in range(10)]
    for number, file in enumerate(files):
        save_photo(file, (1600, 1200), 40 + 5 * number)  # the same picture again would be taken for one
    desk.open("tin-tuc/new")
    desk.fill("Tên bài", f"Mười ảnh {size}")
    desk.page.get_by_role("button", name="Ảnh", exact=True).click()
    desk.upload(*files, words="Cảnh")
    assert re.findall(r"!\[(Cảnh \d+)\]", desk.body.input_value()) == [f"Cảnh {number + 1}" for number in range(10)]
    desk.save()
    written = (desk.content / f"tin-tuc/2026/muoi-anh-{size}.md").read_text("utf-8")
    names = re.findall(r"!\[Cảnh \d+\]\(/(media/[\w/-]+\.webp)\)", written)
    assert [Path(name).stem for name in names] == [file.stem for file in files]
    for name in names:
        with Image.open(desk.content / name) as image:
            assert (image.size, dict(image.getexif())) == ((1200, 1600), {})
    assert desk.page.evaluate("document.documentElement.scrollWidth") == WIDTHS[size][0]


def delete_shown(page: Page, size: str) -> None:
    """Delete the picture that was chosen: on a phone it is on a page of its own."""
    if size == "phone":
        page.get_by_role("button", name="Hiển thị tùy chọn chỉnh sửa").click()
        page.get_by_role("menuitem", name="Xóa").click()
    else:
        page.get_by_role("button", name="Xóa").first.click()
    page.get_by_role("dialog").or_(page.get_by_role("alertdialog")).get_by_role("button", name="Xóa", exact=True).click()


@pytest.mark.parametrize("size", WIDTHS)
def test_a_picture_in_use_is_not_deleted_and_the_items_are_listed(browser, running, size):
    content, address = running
    items = sorted((content / "tin-tuc").rglob("*.md"))[:2]
    texts = [item.read_text("utf-8") for item in items]
    picture = content / "media/2026/a-dang-dung.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (60, 40), "teal").save(picture)
    page = browser.new_page(locale="vi-VN", viewport=dict(zip(("width", "height"), WIDTHS[size], strict=True)))
    try:
        for item, text in zip(items, texts, strict=True):
            item.write_text(f"{text}\n![Ảnh](/media/2026/a-dang-dung.png)\n", "utf-8")
        place = "media/2026/a-dang-dung.png" if size == "phone" else "-/all"
        page.goto(f"{address}/bien-tap/#/assets/{place}")
        if size != "phone":
            page.get_by_text("a-dang-dung.png").first.click()
        delete_shown(page, size)
        box = page.get_by_role("dialog", name="Chưa xóa được: có bài đang dùng")
        expect(box.get_by_role("link")).to_have_count(2)
        expect(box).to_contain_text("Cách sửa: bỏ ảnh hay tệp ấy khỏi từng bài, lưu, rồi làm lại.")
        page.evaluate(AXE.read_text("utf-8"))
        assert faults(page, ".cds-refusal") == {}
        assert picture.exists()
        box.get_by_role("link").first.click()
        page.locator(".cds-body-text").wait_for()
    finally:
        page.close()
        picture.unlink(missing_ok=True)
        for item, text in zip(items, texts, strict=True):
            item.write_text(text, "utf-8")


def test_a_picture_is_renamed_in_the_library_and_in_items(desk: Desk):
    """In a cover and in bodies; they are listed before and after."""
    old, new = "/media/2026/duong-di-hoi-nghi.png", "/media/2026/mot-duong-khac.png"
    using = {path for path in desk.content.rglob("*.md") if old in path.read_text("utf-8")}
    desk.page.goto(f"{desk.address}/bien-tap/#/assets/-/all")
    desk.page.get_by_text(Path(old).name).first.click()
    section = desk.page.locator("section", has_text="Bài dùng tệp này")
    expect(section.get_by_role("link")).to_have_count(len(using))
    desk.page.get_by_role("button", name="Hiển thị tùy chọn chỉnh sửa").click()
    desk.page.get_by_role("menuitem", name="Đổi tên").click()
    name = desk.page.get_by_role("dialog").get_by_role("textbox")
    expect(name).to_have_value(Path(old).name)
    name.fill(Path(new).name)
    desk.page.get_by_role("dialog").get_by_role("button", name="Đổi tên").click()
    until(lambda: desk.commits()[0] == f"Đổi tên tệp: {old[1:]} thành {new[1:]}")
    until(lambda: desk.git("status", "--porcelain") == "")
    assert using == {path for path in desk.content.rglob("*.md") if new in path.read_text("utf-8")}
    assert not [path for path in desk.content.rglob("*.md") if old in path.read_text("utf-8")]
    desk.page.get_by_text(Path(new).name).first.click()
    expect(section.get_by_role("link")).to_have_count(len(using))


def test_what_is_wrong_elsewhere_is_reported_below_the_form(desk: Desk):
    desk.open("trang/entries/gioi-thieu")
    path = desk.content / "trang/gioi-thieu.md"
    right = path.read_text("utf-8")
    path.write_text(right.replace("summary:", "sumary:", 1), "utf-8")
    problems = desk.page.locator(".cds-problems")
    expect(problems).to_contain_text('Không có trường "sumary"', timeout=20_000)
    path.write_text(right, "utf-8")
    expect(problems).to_be_hidden(timeout=20_000)


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_axe_finds_nothing_on_our_own_parts(context, running, size, scheme):
    desk = desk_of(context, running, size)
    desk.page.emulate_media(color_scheme=scheme)
    file = desk.content / "trang/thuat-ngu.md"
    before = file.read_text("utf-8")
    try:
        desk.open("trang/entries/thuat-ngu")
        desk.page.evaluate(AXE.read_text("utf-8"))
        assert faults(desk.page, ".cds-body") == {}
        if size == "desk":
            preview = next(frame for frame in desk.page.frames if frame.parent_frame == desk.page.main_frame)
            preview.frame_locator("iframe").get_by_role("heading", level=1).wait_for(timeout=20_000)
            preview.evaluate(AXE.read_text("utf-8"))
            assert faults(preview, "body > *") == {}
        desk.body.fill(f"{desk.body.input_value()}\n\nMột câu.")
        file.write_text(before.replace("summary:", "sumary:", 1), "utf-8")
        expect(desk.page.locator(".cds-problems")).to_be_visible(timeout=20_000)
        assert faults(desk.page, ".cds-problems") == {}
        desk.press_save()
        for button in ("Xem bản kia", "Gộp hai bản"):
            desk.page.get_by_role("button", name=button).click()
            desk.page.locator(".cds-conflict-details > :first-child").wait_for()
            assert (button, faults(desk.page, ".cds-conflict")) == (button, {})
    finally:
        file.write_text(before, "utf-8")


def english_words() -> set[str]:
    """Return the words of the package's English that are not in its Vietnamese."""

    def words(values) -> set[str]:
        if isinstance(values, dict):
            return set().union(*(words(value) for value in values.values()))
        return set(re.findall(r"\b[a-z]{4,}\b", re.sub(r"\{[^{}]*\}|\.input|\.match|`[^`]*`", " ", values).lower()))

    locales = ROOT / "editor/node_modules/@sveltia/cms/locales"
    english, vietnamese = (words(json.loads((locales / f"{name}.json").read_text("utf-8"))) for name in ("en-US", "vi"))
    return english - vietnamese - {"email", "word", "phone", "trang", "chung", "thanh", "theo", "trong", "them"}


def test_no_screen_has_english(desk: Desk):
    english = english_words()
    seen = {}

    def look(name: str) -> None:
        desk.page.wait_for_timeout(400)
        desk.page.add_style_tag(
            content=".sui.icon, .font-loader { display: none !important; }"
        )  # its letters are the names of icons
        text = desk.page.evaluate(
            "[document.body.innerText, ...[...document.querySelectorAll('[aria-label], [title], [placeholder]')]"
            ".flatMap((one) => [one.ariaLabel, one.title, one.placeholder])].filter(Boolean).join('\\n')"
        )
        own = [path.read_text("utf-8").lower() for path in desk.content.rglob("*.md")] if "content" not in seen else []
        seen.setdefault("content", set(re.findall(r"[a-z]{4,}", " ".join(own))))
        seen[name] = sorted(set(re.findall(r"\b[a-z]{4,}\b", text.lower())) & english - seen["content"])

    desk.page.goto(f"{desk.address}/bien-tap/")
    desk.page.get_by_role("button", name="Tạo bài viết mới").wait_for()
    look("list")
    desk.page.get_by_role("button", name="Nhập tệp Word").click()
    look("word")
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("button", name="Hiển thị trình đơn tài khoản").click()
    look("account")
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("radio", name="Thư viện").click()
    look("library")
    for kind in Kind:
        desk.open(f"{kind}/new")
        look(kind)
    desk.page.get_by_role("button", name="Hiển thị tùy chọn trình chỉnh sửa").click()
    look("options")
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("button", name="Ảnh", exact=True).click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Tải lên").wait_for()
    look("pictures")
    del seen["content"]
    assert {name: words for name, words in seen.items() if words} == {}


# ── for a team ──────────────────────────────────────────────────────────────────────────────────────────────────────────

TEAM = """
editor:
  backend: {}
  host: https://git.tinh.gov.vn/
  repo: chuyen-doi-so/trang-tin
  app_id: abc123
"""


@pytest.mark.parametrize(("backend", "label"), [("gitlab", "GitLab"), ("forgejo", "Gitea / Forgejo")])
def test_a_teams_editor_opens_from_any_web_server(browser, tmp_path, backend, label):
    """Up to the sign-in, before which it asks no other host."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yml").write_text((SITES / "base.yml").read_text("utf-8") + TEAM.format(backend), "utf-8")
    write_editor(EditorFiles(ROOT / "editor", ROOT / "theme"), content, tmp_path / "out")
    asked: list[str] = []
    with served(tmp_path / "out") as address:
        page = browser.new_page(locale="vi-VN")
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.goto(f"{address}/")
        expect(page.get_by_role("button", name=f"Đăng nhập bằng \u2068{label}\u2069")).to_be_visible()
        page.close()
        assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
