"""The web editor on a desk and on a phone: items live their lives, nothing is lost, each save is one commit, no other host is asked."""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, SEED, SOAK
from editor_desk import AXE, ITEM, PDF, WIDTHS, Desk, accept, desk_of, faults, until
from PIL import Image
from playwright.sync_api import Page, expect
from servers import free_port

from chuyendoiso.authoring.check_command import problems_of
from chuyendoiso.authoring.forms import labels_of
from chuyendoiso.model.problems import Severity
from chuyendoiso.model.vocabulary import Kind

# ── each kind of item ───────────────────────────────────────────────────────────────────────────────────────────────────


def fill_document(desk: Desk) -> None:
    desk.choose("Chủ đề", "Chính quyền số")
    desk.choose("Loại văn bản", "Quyết định")
    desk.choose("Cơ quan ban hành", "Chính phủ")
    desk.fill("Ngày ban hành", "2026-11-20")
    desk.fill("Trích yếu", "Về việc thử trang biên tập")


def fill_training(desk: Desk) -> None:
    desk.choose("Chủ đề", "Xã hội số")
    desk.choose("Đối tượng", "Người dân")


def fill_question(desk: Desk) -> None:
    desk.choose("Chủ đề", "Xã hội số")
    desk.choose("Cơ quan trả lời", "Chính phủ")
    desk.fill("Ngày kiểm tra", "2026-11-20")


def fill_consultation(desk: Desk) -> None:
    desk.choose("Chủ đề", "Xã hội số")
    desk.fill("Ngày bắt đầu góp ý", "2026-11-20")
    desk.fill("Ngày hết hạn góp ý", "2099-12-31")
    desk.choose("Cơ quan soạn thảo", "Chính phủ")
    desk.fill("Trích yếu", "Dự thảo để thử trang biên tập")
    desk.page.get_by_role("button", name="Thêm \u2068Dự thảo\u2069").click()
    desk.page.get_by_role("button", name="Duyệt").last.click()
    desk.upload(PDF)
    desk.fill("Tên tệp", "Bản dự thảo")


# what each kind asks for beside title and summary; the folder of its files, the name of one
KINDS: dict[str, tuple[Callable[[Desk], None], str, str]] = {
    "tin-tuc": (lambda desk: desk.choose("Chủ đề", "Xã hội số"), "tin-tuc/2026", "duong-so"),
    "van-ban": (fill_document, "van-ban", "12-qd-ubnd"),
    "tap-huan": (fill_training, "tap-huan", "duong-so"),
    "hoi-dap": (fill_question, "hoi-dap", "duong-so"),
    "lay-y-kien": (fill_consultation, "lay-y-kien", "duong-so"),
    "trang": (lambda desk: None, "trang", "duong-so"),
}
LIVES = [(kind, size) for kind in KINDS for size in WIDTHS] if SOAK else [("lay-y-kien", "phone")]


@pytest.mark.soak
@pytest.mark.parametrize(("kind", "size"), LIVES)
def test_an_item_lives_its_life_in_the_editor(context, running, photo: Path, tmp_path: Path, kind: str, size: str):
    """Created, half written, reloaded, finished, edited in two tabs, scheduled, withdrawn; with a photograph and a PDF."""
    desk, labels = desk_of(context, running, size), labels_of(Kind(kind))
    fill, folder, stem = KINDS[kind]
    title, named = f"Đường số {size}" + "?" * (kind == "hoi-dap"), f"{stem}-{size}"
    file = f"{folder}/{named}.md"
    path = f"/{named}/" if kind == "trang" else f"/{folder}/{named}/"
    titled = "/feeds/van-ban/atom.xml" if kind == "van-ban" else path  # a document's page has its number for a title
    desk.open(f"{kind}/new")
    desk.fill(labels["title"], title)
    if kind == "van-ban":
        desk.fill("Số, ký hiệu", f"12/QĐ-UBND-{size.upper()}")
    desk.page.keyboard.press("End")  # a person's first key, after which there are backups
    desk.page.wait_for_timeout(200)  # as long as one takes
    desk.page.reload()
    desk.page.get_by_role("button", name="Lấy lại").click()
    expect(desk.page.get_by_role("textbox", name=labels["title"], exact=True).last).to_have_value(title)
    assert desk.save().startswith("Thêm ")  # a draft, as far as it goes
    desk.choose("Trạng thái", "Đăng")
    desk.press_save()
    expect(desk.page.get_by_text("Trường bắt buộc.").first).to_be_visible()
    assert "status: draft\n" in (desk.content / file).read_text("utf-8")
    desk.fill(labels["summary"], "Xã Mẫu thử: một câu.")
    fill(desk)
    desk.fill("Thân bài", "Thân bài[^1].\n\n[^1]: Chú thích.\n")
    desk.body.press("Control+Home")
    desk.page.get_by_role("button", name="Ảnh", exact=True).click()
    desk.upload(photo, words="Hội trường")
    desk.body.press("Control+End")
    desk.page.get_by_role("button", name="Tệp", exact=True).click()
    annex = tmp_path / "phu-luc.pdf"
    annex.write_bytes(PDF.read_bytes() + b"%\n")
    desk.upload(annex)
    assert desk.save().startswith("Sửa ")
    written = (desk.content / file).read_text("utf-8")
    assert [
        problem
        for problem in problems_of(desk.content, ROOT / "theme")
        if file in problem.path and problem.severity is Severity.ERROR
    ] == []
    assert re.search(f'title: "?{re.escape(title)}"?\n', written) and 'summary: "Xã Mẫu thử: một câu."\n' in written
    picture = re.search(
        r"---\n!\[Hội trường 1\]\((/media/[\w/-]+/anh-hoi-nghi-1(?:-\d)?\.webp)\)\n\nThân bài\[\^1\]\.\n\n\[\^1\]: Chú thích\.",
        written,
    )
    assert picture and re.search(r"\]\(/media/[\w/-]+/phu-luc(-\d)?\.pdf\)", written), written
    with Image.open(desk.content / picture[1].removeprefix("/")) as image:
        assert (image.size, dict(image.getexif())) == ((1536, 2048), {})  # upright, smaller, without a place
    until(lambda: title in desk.shown(titled))
    assert "Chú thích." in desk.shown(path)

    other = desk_of(context, running, size)
    for one in (desk, other):
        one.open(f"{kind}/entries/{file.removeprefix(kind + '/').removesuffix('.md')}")
    other.page.get_by_role("button", name="Đã hiểu").click()  # that there are two tabs
    desk.fill(labels["title"], f"Mẫu {title}")
    desk.save()
    assert (desk.content / file).read_text("utf-8") == written.replace(title, f"Mẫu {title}")
    other.body.fill(f"{other.body.input_value()}\n\nTừ thẻ thứ hai.")
    other.press_save()
    other.page.get_by_role("button", name="Gộp hai bản").click()
    other.page.get_by_role("button", name="Lưu bản gộp").click()
    until(lambda: "Từ thẻ thứ hai." in (desk.content / file).read_text("utf-8"))
    assert f"Mẫu {title}" in (desk.content / file).read_text("utf-8")
    other.page.close(run_before_unload=False)
    until(lambda: f"Mẫu {title}" in desk.shown(titled) and "Từ thẻ thứ hai." in desk.shown(path))

    desk.open(f"{kind}/entries/{file.removeprefix(kind + '/').removesuffix('.md')}")
    if kind != "trang":  # a plain page has no date
        desk.fill("Ngày đăng", "2099-12-31T08:30")
        desk.save()
        assert "\ndate: 2099-12-31 08:30\n" in (desk.content / file).read_text("utf-8")
        until(lambda: "Hẹn đăng" in desk.shown(path))
        desk.fill("Ngày đăng", "2026-11-20T08:30")

    desk.choose("Trạng thái", "Gỡ")
    desk.fill("Lý do gỡ", "Bài thử.")
    desk.save()
    until(lambda: "Bài thử." in desk.shown(path))
    assert "Chú thích." not in desk.shown(path)


def test_a_phone_has_room_for_the_form(context, running):
    desk = desk_of(context, running, "phone")
    desk.open(f"{ITEM}".replace("/", "/entries/"))
    assert desk.page.evaluate("document.documentElement.scrollWidth") == 360
    narrow = "[...document.querySelectorAll('.cds-body-text, .cds-buttons button')].every((one) => one.getBoundingClientRect().right <= 360)"
    assert desk.page.evaluate(narrow)
    desk.body.fill(f"{desk.body.input_value()}\n\nTừ điện thoại.")
    desk.save()
    assert (desk.content / f"{ITEM}.md").read_text("utf-8").endswith("\n\nTừ điện thoại.\n")


# ── nothing changes by itself ───────────────────────────────────────────────────────────────────────────────────────────


def opened(folder: Path) -> list[str]:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    kinds = ("hoi-dap", "tap-huan", "van-ban")  # the others have fewer kinds of fields
    return names if SOAK else [next(name for name in names if name.startswith(kind)) for kind in kinds]


@pytest.mark.soak
def test_only_the_line_that_was_edited_changes(desk: Desk):
    """Of each committed item: opening and saving it changes no other byte, whatever fields it lacks."""
    for name in opened(ROOT / "content"):
        kind, _, slug = name.removesuffix(".md").partition("/")
        before = (desk.content / name).read_bytes()
        desk.open(f"{kind}/entries/{slug}")
        desk.body.fill(f"{desk.body.input_value()}\n\nThêm.")
        desk.save()
        assert (name, (desk.content / name).read_bytes()) == (name, before + b"\nTh\xc3\xaam.\n")
        desk.body.fill(desk.body.input_value().removesuffix("\n\nThêm."))
        desk.save()
        assert (name, (desk.content / name).read_bytes()) == (name, before)


# ── nothing is lost ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_text_that_was_not_saved_is_there_after_a_reload(context, running):
    desk = desk_of(context, running)
    desk.open("trang/entries/nguon-tin")
    before = desk.body.input_value()
    desk.body.click()
    desk.page.keyboard.press("Control+End")
    desk.page.keyboard.type(" Chưa lưu.")
    desk.page.wait_for_timeout(300)
    desk.page.close(run_before_unload=False)  # the window is gone, as after a power cut
    desk = desk_of(context, running)
    desk.open("trang/entries/nguon-tin")
    desk.page.get_by_role("button", name="Lấy lại").click()
    expect(desk.body).to_have_value(f"{before} Chưa lưu.")
    desk.save()
    assert (desk.content / "trang/nguon-tin.md").read_text("utf-8").endswith(" Chưa lưu.\n")


def asked(page: Page, answer: str) -> list[str]:
    """Answer the next question of the page; return what it asks."""
    questions = []
    page.remove_listener("dialog", accept)
    page.once("dialog", lambda dialog: (questions.append(dialog.message), getattr(dialog, answer)()))
    return questions


def test_unsaved_text_is_not_thrown_away_without_a_question(context, running):
    desk = desk_of(context, running)
    desk.open("trang/entries/kenh-chinh-thuc")
    before = desk.body.input_value()
    desk.body.press("Control+End")
    desk.page.keyboard.type(" Chưa lưu.")
    desk.page.wait_for_timeout(300)
    for answer, offered in (("dismiss", True), ("accept", False)):
        desk.page.reload()
        desk.page.get_by_role("button", name="Lấy lại").wait_for()
        questions = asked(desk.page, answer)
        desk.page.keyboard.press("Escape")
        until(lambda questions=questions: questions or desk.page.wait_for_timeout(50))
        assert questions[0].startswith("Xóa hẳn phần chưa lưu ấy")
        expect(desk.body).to_have_value(before)
        desk.page.reload()
        again = desk.page.get_by_role("button", name="Lấy lại")
        desk.body.or_(again).first.wait_for()
        desk.page.wait_for_timeout(500)
        assert again.is_visible() == offered
    desk.body.press("Control+End")
    desk.page.keyboard.type(" Hai.")
    for answer, shown in (("dismiss", f"{before} Hai."), ("accept", before)):
        questions = asked(desk.page, answer)
        desk.page.get_by_role("button", name="Hiển thị tùy chọn trình chỉnh sửa").click()
        desk.page.get_by_role("menuitem", name="Hoàn tác tất cả thay đổi").click()
        until(lambda questions=questions: questions or desk.page.wait_for_timeout(50))
        expect(desk.body).to_have_value(shown)


def test_a_copy_of_an_item_is_a_draft(desk: Desk):
    desk.open("hoi-dap/entries/ngay-chuyen-doi-so-quoc-gia")
    desk.page.get_by_role("button", name="Hiển thị tùy chọn trình chỉnh sửa").click()
    desk.page.get_by_role("menuitem", name="Nhân bản").click()
    expect(desk.page.get_by_text("bản nháp mới").first).to_be_visible()
    assert desk.save().startswith("Thêm câu hỏi: ngay-chuyen-doi-so-quoc-gia")
    (copy,) = desk.content.glob("hoi-dap/ngay-chuyen-doi-so-quoc-gia-*.md")
    assert "\nstatus: draft\n" in copy.read_text("utf-8")
    desk.git("rm", "-q", copy)
    desk.git("commit", "-qm", "Bỏ bản sao")


def test_a_save_waits_for_the_cover(desk: Desk, photo):
    desk.open("tin-tuc/new")
    desk.fill("Tên bài", "Bài có ảnh đại diện")
    desk.page.get_by_role("checkbox", name="Ảnh đại diện").or_(
        desk.page.get_by_role("button", name="Thêm \u2068Ảnh đại diện\u2069")
    ).first.click()
    desk.page.get_by_role("button", name="Duyệt").first.click()
    desk.upload(photo)
    desk.save()
    written = (desk.content / "tin-tuc/2026/bai-co-anh-dai-dien.md").read_text("utf-8")
    (name,) = re.findall(r"image: /(media/[\w/-]+\.webp)", written)
    assert (desk.content / name).is_file()


CONFLICT = "Bài này vừa có bản khác"


def test_a_second_tab_does_not_undo_the_first(context, running):
    """Either text is committed, whichever is chosen; none is replaced unasked."""
    first, second = desk_of(context, running), desk_of(context, running)
    for desk in (first, second):
        desk.open("trang/entries/tro-nang")
    expect(second.page.get_by_text("Bài này đang mở ở một thẻ khác.")).to_be_visible()
    expect(first.page.get_by_text("Bài này đang mở ở một thẻ khác.")).to_be_hidden()
    second.page.get_by_role("button", name="Đã hiểu").click()
    first.fill("Tên trang", "Trợ năng một")
    first.save()
    second.body.fill(f"{second.body.input_value()}\n\nTừ thẻ thứ hai.")
    before = second.commits()
    second.press_save()
    box = second.page.get_by_role("dialog", name=CONFLICT)
    expect(box).to_contain_text("Chưa có gì bị ghi đè.")
    box.get_by_role("button", name="Xem bản kia").click()
    expect(box.locator("mark", has_text="Trợ năng một")).to_be_visible()
    box.get_by_role("button", name="Quay lại viết tiếp").click()
    expect(second.page.get_by_text("Chữ bạn viết vẫn còn trong trang này.")).to_be_visible()
    second.page.keyboard.press("Escape")
    assert second.commits() == before
    second.press_save()
    box.get_by_role("button", name="Gộp hai bản").click()
    box.get_by_role("button", name="Lưu bản gộp").click()
    until(lambda: len(second.commits()) > len(before))
    text = (second.content / "trang/tro-nang.md").read_text("utf-8")
    assert "title: Trợ năng một\n" in text and text.endswith("\n\nTừ thẻ thứ hai.\n")
    expect(second.page.get_by_role("textbox", name="Tên trang")).to_have_value(
        "Trợ năng một", timeout=30_000
    )  # the form shows both


@pytest.mark.parametrize("entry", ["trang/new", "trang/entries/gioi-thieu"])
def test_a_save_whose_answer_is_lost_is_no_conflict_with_oneself(desk: Desk, entry):
    """The server stops after the commit: what was sent is the person's own, new item or not."""
    desk.open(entry)
    if entry.endswith("new"):
        desk.fill("Tên trang", "Mất câu trả lời")
    before = desk.commits()
    desk.body.fill("Chữ đã gửi.")

    def lose(route):
        route.fetch()
        route.abort()

    desk.page.route("**/contents", lose)
    desk.press_save()
    expect(desk.page.get_by_text("Máy chủ của trang biên tập đã dừng.").first).to_be_visible()
    until(lambda: len(desk.commits()) > len(before))
    desk.page.unroute("**/contents")
    desk.page.keyboard.press("Escape")
    desk.body.fill("Chữ đã gửi. Chữ viết thêm.")
    desk.press_save()
    until(lambda: len(desk.commits()) > len(before) + 1)
    expect(desk.page.get_by_role("dialog", name=CONFLICT)).to_be_hidden()
    file = "trang/mat-cau-tra-loi.md" if entry.endswith("new") else "trang/gioi-thieu.md"
    assert "Chữ đã gửi. Chữ viết thêm." in (desk.content / file).read_text("utf-8")


def test_what_somebody_edits_elsewhere_is_committed_before_it_is_replaced(desk: Desk):
    file = desk.content / "trang/kenh-chinh-thuc.md"
    desk.open("trang/entries/kenh-chinh-thuc")
    desk.body.fill(f"{desk.body.input_value()}\n\nCủa tôi.")
    theirs = f"{file.read_text('utf-8')}\nTừ VS Code.\n"
    file.write_text(theirs, "utf-8")
    before = len(desk.commits())
    desk.press_save()
    desk.page.get_by_role("button", name="Ghi đè bằng bản của tôi").click()
    until(lambda: len(desk.commits()) == before + 2)
    assert desk.git("show", "HEAD~1:content/trang/kenh-chinh-thuc.md") == theirs
    assert file.read_text("utf-8").endswith("\n\nCủa tôi.\n")


def test_what_a_hook_reports_is_shown(desk: Desk):
    hook = desk.content.parent / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho 'Bài còn hai lỗi.' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    try:
        desk.open("trang/entries/gioi-thieu")
        desk.body.fill(f"{desk.body.input_value()}\n\nMột câu.")
        before = (desk.content / "trang/gioi-thieu.md").read_bytes()
        desk.press_save()
        expect(desk.page.get_by_text("Bài còn hai lỗi.")).to_be_visible()
    finally:
        hook.unlink()
    assert (desk.content / "trang/gioi-thieu.md").read_bytes() == before


def test_a_page_outlives_its_server(browser, tmp_path, photo):
    """What it has not saved, too: text, and a picture in the preview."""
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "project/content"))
    server = Restarted(content, tmp_path / "log")
    desk = Desk(content, browser.new_page(locale="vi-VN"), f"http://127.0.0.1:{server.port}")
    try:
        desk.open("trang/entries/gioi-thieu")
        desk.page.get_by_role("button", name="Ảnh", exact=True).click()
        desk.upload(photo, words="Hội trường")
        picture = desk.page.frame_locator("iframe").first.frame_locator("iframe").get_by_alt_text("Hội trường 1")
        expect(picture).to_be_visible(timeout=20_000)
        server.kill()
        desk.body.fill(f"{desk.body.input_value()}\n\nMột câu.")
        desk.press_save()
        expect(desk.page.get_by_text("Máy chủ của trang biên tập đã dừng.")).to_be_visible()
        server.start()
        desk.page.get_by_role("button", name="Đồng ý").click()
        desk.body.fill(f"{desk.body.input_value()} Hai câu.")
        expect(desk.page.frame_locator("iframe").first.frame_locator("iframe").get_by_text("Hai câu.")).to_be_visible(
            timeout=20_000
        )
        until(lambda: picture.evaluate("(image) => image.naturalWidth") > 0)
        desk.press_save()
        expect(desk.page.get_by_text("Đã lưu bài viết.").first).to_be_visible(timeout=20_000)
        desk.page.close()
    finally:
        server.kill()
    assert (content / "trang/gioi-thieu.md").read_text("utf-8").endswith("Một câu. Hai câu.\n")


class Restarted:
    """An editor's process that is killed and started again, at one port."""

    def __init__(self, content: Path, log: Path) -> None:
        self.content, self.log, self.port = content, log, free_port()
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "invoke", "editor", "--content", str(self.content), "--port", str(self.port)]
        self.log.write_text("")
        with self.log.open("w") as reported:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=reported, stderr=reported)
        until(lambda: "Biên tập tại" in self.log.read_text("utf-8"), 60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


WORDS = "một hai ba bốn năm sáu bảy tám chín mười".split()


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20 if SOAK else 1))
def test_no_word_is_lost_at_a_random_moment(browser, tmp_path, part):
    """Text typed in any order with saves, reloads, kills of the server and changes by others is in a file or a commit."""
    chance = random.Random(SEED + part)
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "project/content"))
    root = content.parent
    for command in (["init", "-q", "-b", "chinh"], ["config", "user.name", "Lan"], ["config", "user.email", "lan@thu-nghiem.vn"], ["add", "."], ["commit", "-qm", "Đầu"]):  # fmt: skip
        subprocess.run(["git", "-C", root, *command], check=True)
    server = Restarted(content, tmp_path / "log")
    context = browser.new_context(locale="vi-VN")
    file = content / "trang/nguon-tin.md"
    try:
        for run in range(10 if SOAK else 4):
            desk = Desk(content, context.new_page(), f"http://127.0.0.1:{server.port}")
            desk.page.on("dialog", lambda dialog: dialog.accept())
            desk.open("trang/entries/nguon-tin")
            typed = []
            for step in range(chance.randint(1, 4)):
                word = f"{chance.choice(WORDS)}{run}x{step}"
                desk.body.press("Control+End")
                desk.page.keyboard.type(f" {word}", delay=chance.choice((0, 20)))
                typed.append(word)
                happen(
                    chance.choice(("save", "reload", "kill", "other", "nothing")), desk, server, file, f"khac{run}x{step}", typed
                )
            settle(desk)
            everything = desk.git("log", "-p", "--format=", "--", "trang/nguon-tin.md") + file.read_text("utf-8")
            assert (run, [word for word in typed if word not in everything]) == (run, [])
            desk.page.close()
    finally:
        server.kill()
        context.close()


def happen(what: str, desk: Desk, server: Restarted, file: Path, word: str, typed: list[str]) -> None:
    if what == "save":
        settle(desk)
    elif what == "reload":
        desk.page.wait_for_timeout(200)  # as long as a backup takes
        desk.page.reload()
        restore(desk)
    elif what == "kill":
        server.kill()
        server.start()
    elif what == "other":
        file.write_text(f"{file.read_text('utf-8')}\n{word}\n", "utf-8")
        typed.append(word)


def restore(desk: Desk) -> None:
    again = desk.page.get_by_role("button", name="Lấy lại")
    desk.body.or_(again).first.wait_for()
    desk.page.wait_for_timeout(500)
    if again.is_visible():
        again.click()
        expect(again).to_be_hidden()
    desk.body.wait_for()


def settle(desk: Desk) -> None:
    """Save, and merge with whatever another has written."""
    button = desk.page.get_by_role("button", name="Lưu", exact=True)
    desk.page.wait_for_timeout(100)
    if not button.is_enabled():
        return
    # a server that was started again has another token: the page asks for it
    saved = lambda response: response.url.endswith("/contents") and response.status != 403  # noqa: E731
    with desk.page.expect_response(saved) as answer:
        desk.press_save()
    if answer.value.status == 409:
        desk.page.get_by_role("button", name="Gộp hai bản").click()
        with desk.page.expect_navigation(timeout=20_000):  # the form is read anew
            desk.page.get_by_role("button", name="Lưu bản gộp").click()
        restore(desk)
    expect(button).to_be_disabled()


def test_without_git_it_works_and_says_that_there_is_no_history(browser, tmp_path):
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    server = Restarted(content, tmp_path / "log")
    try:
        desk = Desk(content, browser.new_page(locale="vi-VN"), f"http://127.0.0.1:{server.port}")
        desk.open("trang/entries/gioi-thieu")
        note = desk.page.locator(".cds-note")
        expect(note).to_contain_text("không có lịch sử")
        desk.page.evaluate(AXE.read_text("utf-8"))
        assert faults(desk.page, ".cds-note") == {}
        note.get_by_role("button", name="Đã hiểu").click()
        desk.body.fill(f"{desk.body.input_value()}\n\nMột câu.")
        desk.press_save()
        expect(desk.page.get_by_text("Đã lưu bài viết.").first).to_be_visible()
        desk.page.close()
    finally:
        server.kill()
    assert (content / "trang/gioi-thieu.md").read_text("utf-8").endswith("\n\nMột câu.\n")
