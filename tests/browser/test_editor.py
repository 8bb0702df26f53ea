"""The web editor as an editor uses it, on a desk and on a phone: nothing is lost, each save is one commit, no other host is asked."""

import io
import json
import random
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import ROOT, SEED, SITES, SOAK, served
from docx import Document
from PIL import Image
from playwright.sync_api import Page, expect
from servers import free_port

from chuyendoiso.authoring.check_command import problems_of
from chuyendoiso.authoring.forms import labels_of
from chuyendoiso.authoring.web_editor.editor_pages import EditorFiles, write_editor
from chuyendoiso.model.problems import Severity
from chuyendoiso.model.vocabulary import Kind
from scripts.screenshots import editor_running

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PDF = SITES / "small/media/van-ban/1-qd.pdf"
ITEM = "trang/gioi-thieu"


class Desk:
    """A page of the editor on a content folder."""

    def __init__(self, content: Path, page: Page, address: str) -> None:
        self.content, self.page, self.address = content, page, address

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", "-C", self.content, *arguments], check=True, capture_output=True, text=True).stdout

    def commits(self) -> list[str]:
        return self.git("log", "--format=%s").splitlines()

    def open(self, place: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}/bien-tap/#/collections/{place}")
        self.body.or_(self.page.get_by_role("button", name="Lấy lại")).first.wait_for()

    @property
    def body(self):
        return self.page.locator(".cds-body-text")

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_role("textbox", name=label, exact=True).last.fill(value)

    def choose(self, label: str, name: str) -> None:
        group = self.page.get_by_role("group", name=f"“\u2068{label}\u2069”").last
        group.get_by_role("combobox").or_(group.get_by_role("radiogroup")).or_(group.get_by_role("checkbox").first).first.wait_for()
        if group.get_by_role("combobox").count():
            option = self.page.get_by_role("option", name=name, exact=True)
            until(lambda: option.is_visible() or group.get_by_role("combobox").click() or self.page.wait_for_timeout(300))
            option.click()
        else:
            role = "radio" if group.get_by_role("radiogroup").count() else "checkbox"
            group.get_by_role(role, name=name, exact=True).click()

    def upload(self, *files: Path, words: str = "") -> None:
        """Pass files to the dialog of pictures and files, which is open; describe pictures."""
        dialog = self.page.get_by_role("dialog")
        with self.page.expect_file_chooser() as chooser:
            dialog.get_by_role("button", name="Tải lên").click()
        chooser.value.set_files(files)
        insert = dialog.get_by_role("button", name="Chèn")
        both = self.page.get_by_role("button", name="Giữ cả hai")  # a file of that name is there
        until(lambda: insert.is_enabled() or both.is_visible(), 60)
        if both.is_visible():
            both.click()
            expect(insert).to_be_enabled()
        insert.click()
        if words:
            box = self.page.get_by_role("dialog", name="cho thấy gì?")
            for number in range(len(files)):
                expect(box.get_by_role("textbox")).to_have_count(len(files))
                box.get_by_role("textbox").nth(number).fill(f"{words} {number + 1}")
            box.get_by_role("button", name="Chèn vào bài").click()
        expect(dialog).to_be_hidden()
        expect(self.body).to_be_editable(timeout=20_000)

    def save(self) -> str:
        """Save, and return the message of the one new commit; the tree is clean."""
        before = self.commits()
        self.press_save()
        until(lambda: len(self.commits()) > len(before))
        expect(self.page.get_by_text("Đã lưu bài viết.").first).to_be_visible()
        assert self.commits()[1:] == before
        until(lambda: self.git("status", "--porcelain") == "")
        return self.commits()[0]

    def press_save(self) -> None:
        self.page.get_by_role("button", name="Lưu", exact=True).click()

    def is_in_order(self) -> bool:
        return [problem for problem in problems_of(self.content, ROOT / "theme") if problem.rule != "no-routes"] == []

    def shown(self, path: str) -> str:
        """Return a page of the preview; "" if there is none."""
        try:
            with urlopen(self.address + path) as answer:
                return answer.read().decode()
        except HTTPError as error:
            return "" if error.code == 404 else error.read().decode()


def until(done, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A content folder in git and the editor that runs on it."""
    folder = tmp_path_factory.mktemp("editor")
    content, log = Path(shutil.copytree(ROOT / "content", folder / "project/content")), folder / "log"
    with editor_running(content, log) as address:
        subprocess.run(["git", "-C", content, "config", "color.ui", "always"], check=True)  # as some people have it
        yield content, address
    reported = log.read_text("utf-8")
    print(reported)  # for a failed test
    assert "Traceback" not in reported
    assert "không đọc được" not in reported


WIDTHS = {"desk": (1280, 900), "phone": (360, 780)}


@pytest.fixture
def context(browser, running):
    """A browser with its own storage, which asks no other host and reports no error of the page."""
    foreign: list[str] = []
    failed: list[str] = []
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, timezone_id="Asia/Ho_Chi_Minh", locale="vi-VN", reduced_motion="reduce"
    )
    own = (f"{running[1]}/", "data:", "blob:", "about:")
    context.on("request", lambda request: None if request.url.startswith(own) else foreign.append(request.url))
    context.on("weberror", lambda error: failed.append(str(error.error)))
    yield context
    context.close()
    assert (foreign, failed) == ([], [])


def desk_of(context, running, size: str = "desk") -> Desk:
    page = context.new_page()
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[size], strict=True)))
    page.on("dialog", lambda dialog: dialog.accept())
    return Desk(running[0], page, running[1])


@pytest.fixture
def desk(context, running) -> Desk:
    return desk_of(context, running)


@pytest.fixture(scope="module")
def photo(tmp_path_factory) -> Path:
    """A photograph of 12 megapixels as a phone names it, with the place where it was taken."""
    path = tmp_path_factory.mktemp("photo") / "Ảnh Hội nghị (1).JPG"
    save_photo(path, (4032, 3024), 60)
    return path


def save_photo(path: Path, size: tuple[int, int], noise: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (20.0, 25.0, 0.0)
    Image.effect_noise(size, noise).convert("RGB").save(path, quality=80, exif=exif)


# ── each kind of item ───────────────────────────────────────────────────────────────────────────────────────────────────


def fill_document(desk: Desk) -> None:
    desk.choose("Chủ đề", "Chính quyền số")
    desk.fill("Số, ký hiệu", "12/QĐ-UBND")
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
    kinds = ("hoi-dap", "tap-huan", "tin-tuc", "trang", "van-ban")
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


def test_a_server_that_ended_is_named(context, running, tmp_path):
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "project/content"))
    with editor_running(content, tmp_path / "log") as address:
        page = context.browser.new_page(locale="vi-VN")
        desk = Desk(content, page, address)
        desk.open("trang/entries/gioi-thieu")
        desk.body.fill(f"{desk.body.input_value()}\n\nMột câu.")
    desk.press_save()
    expect(page.get_by_text("Máy chủ của trang biên tập đã dừng.")).to_be_visible()
    expect(desk.body).to_have_value(re.compile("Một câu\\.$"))
    page.close()


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


# ── what is pasted ──────────────────────────────────────────────────────────────────────────────────────────────────────

WORD = """<html xmlns:o="x"><body><!--StartFragment--><style>p{}</style><h1>Kế hoạch</h1>
<p class=MsoNormal>Một <b>đậm</b>, <i>nghiêng</i> và <a href="https://a.vn/x">liên kết</a><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Việc một</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Việc hai</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>Bước</p>
<table><tr><td colspan=2><p>Tên</p></td><td>Số</td></tr><tr><td>A|B</td><td>2</td><td>3</td></tr></table>
<img src="file:///C:/a.png"><!--EndFragment--></body></html>"""
MARKDOWN = """## Kế hoạch

Một **đậm**, *nghiêng* và [liên kết](https://a.vn/x)

- Việc một
- Việc hai

1. Bước

| Tên |  | Số |
| --- | --- | --- |
| A\\|B | 2 | 3 |"""
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".cds-body-text").dispatchEvent(event);
}"""


def test_what_is_pasted_from_word_is_markdown_and_what_is_missing_is_named(desk: Desk):
    desk.open("trang/new")
    desk.page.evaluate(PASTE, WORD)
    expect(desk.body).to_have_value(MARKDOWN)
    missing = "Đã dán. Chưa giữ được: 1 ảnh (chèn lại bằng nút Ảnh); ô gộp trong bảng (xem lại từng hàng)."
    expect(desk.page.get_by_text(missing)).to_be_visible()


PASTED = {
    "<table><tr><td>Xã A<br>Thôn B</td><td><p>Một</p><p><b>Hai</b> <a href='https://a.vn/'>lk</a></p></td></tr></table>": "| Xã A Thôn B | Một **Hai** [lk](https://a.vn/) |\n| --- | --- |",
    "<p><b>x</b> <del>bỏ đi</del><ins>thêm</ins>, 10<sup>2</sup> m<sub>3</sub></p>": "**x** <del>bỏ đi</del><ins>thêm</ins>, 10<sup>2</sup> m<sub>3</sub>",
    "<p style='mso-list:l0 level1 lfo1'>1.Một</p><p style='mso-list:l0 level2 lfo1'>a)Con</p><p style='mso-list:l0 level1 lfo1'>2.Hai</p>".replace(
        "1.", "<span style='mso-list:Ignore'>1.</span>").replace("a)", "<span style='mso-list:Ignore'>a)</span>").replace("2.", "<span style='mso-list:Ignore'>2.</span>"): "1. Một\n    1. Con\n2. Hai",
    "<b style='font-weight:normal'><p><span style='font-weight:700'>Đậm</span> thường</p></b>": "**Đậm** thường",
}  # fmt: skip


def test_what_is_pasted_keeps_its_words_and_meaning(desk: Desk):
    desk.open("trang/new")
    for html, markdown in PASTED.items():
        desk.body.fill("")
        desk.page.evaluate(PASTE, html)
        expect(desk.body).to_have_value(markdown)
    desk.page.evaluate(PASTE, "<b>a</b><a href='#_ftn1'>[1]</a><iframe src='https://a.vn'></iframe>")
    expect(desk.page.get_by_text("chú thích cuối trang (viết lại bằng [^1]); video, âm thanh hoặc khung nhúng")).to_be_visible()


def test_another_item_is_linked_by_its_title(desk: Desk):
    desk.open("tin-tuc/new")
    desk.page.get_by_role("button", name="Bài khác", exact=True).click()
    box = desk.page.get_by_role("dialog", name="Chọn bài để liên kết")
    box.get_by_role("searchbox").fill("kiem tra hieu luc")
    desk.page.evaluate(AXE.read_text("utf-8"))
    assert faults(desk.page, ".cds-item-box") == {}
    box.get_by_role("listitem").first.get_by_role("button").click()
    expect(desk.body).to_have_value(re.compile(r"\[[^\]]*hiệu lực[^\]]*\]\(\.\./\.\./tap-huan/kiem-tra-hieu-luc-van-ban\.md\)"))
    desk.page.get_by_role("button", name="Bảng", exact=True).click()
    expect(desk.body).to_have_value(re.compile(r"\n\n\| Cột một \| Cột hai \|\n\| --- \| --- \|"))


# ── from Word ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def word_file(path: Path, title: str) -> Path:
    document = Document()
    document.add_paragraph().add_run(title).bold = True
    document.add_paragraph("Tổ viên đến từng nhà, giúp bà con nộp hồ sơ trực tuyến.")
    document.add_paragraph("Mỗi buổi hướng dẫn được ghi lại đầy đủ.")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(picture, "JPEG")
    document.add_picture(picture)
    document.save(path)
    return path


@pytest.mark.parametrize("size", WIDTHS)
def test_a_word_file_becomes_a_draft_and_its_report_is_beside_the_form(context, running, tmp_path, size):
    desk = desk_of(context, running, size)
    page = desk.page
    page.goto(f"{desk.address}/bien-tap/#/collections")
    page.get_by_role("button", name="Nhập tệp Word").click()
    box = page.get_by_role("dialog", name="Nhập tệp Word")
    start, state = box.get_by_role("button", name="Nhập thành bài nháp"), box.get_by_role("status")
    start.click()
    expect(state).to_have_text("Chưa chọn tệp Word. Cách sửa: bấm vào ô tệp rồi chọn một tệp .docx.")
    other = tmp_path / "ghi-chu.docx"
    other.write_bytes(b"abc")
    box.get_by_label("Tệp Word").set_input_files(other)
    start.click()
    expect(state).to_contain_text("ghi-chu.docx: Đây không phải tệp Word (.docx). Cách sửa: ")
    other.write_bytes(bytes(40_000_001))
    box.get_by_label("Tệp Word").set_input_files(other)
    start.click()
    expect(state).to_have_text("ghi-chu.docx: Tệp nặng 40,1 MB, tối đa 40,0 MB. Cách sửa: nén ảnh trong Word, rồi lưu lại.")
    page.evaluate(AXE.read_text("utf-8"))
    assert faults(page, ".cds-word-box") == {}
    before = desk.commits()
    box.get_by_label("Tệp Word").set_input_files(word_file(tmp_path / "Bài.docx", f"Tổ số xóm {size}"))
    start.click()
    report = page.locator(".cds-word-report")
    expect(report).to_contain_text("Chủ đề: chọn một chủ đề", timeout=20_000)
    expect(page.get_by_role("textbox", name="Tên bài")).to_have_value(f"Tổ số xóm {size}")
    assert desk.commits() == [f"Nhập tệp Word: tin-tuc/to-so-xom-{size}", *before]
    assert desk.git("status", "--porcelain") == ""
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[size][0]
    assert not page.get_by_role("button", name="Nhập tệp Word").is_visible()  # a form is open
    page.evaluate(AXE.read_text("utf-8"))
    assert faults(page, ".cds-word-report") == {}
    page.reload()
    report.get_by_role("button", name="Đã xem xong").click()
    expect(report).to_be_hidden()
    desk.choose("Chủ đề", "Xã hội số")
    assert desk.save() == f"Sửa tin: to-so-xom-{size}"


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
    expect(problems.first).to_contain_text("chưa điền. Bản nháp vẫn lưu được; muốn đăng thì điền ô này.")
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
    with desk.page.expect_file_chooser() as chooser:
        desk.page.get_by_role("button", name="Duyệt").last.click()
        dialog = desk.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Tải lên").click()
    chooser.value.set_files(PDF)
    insert = dialog.get_by_role("button", name="Chèn")
    expect(insert).to_be_enabled(timeout=20_000)
    insert.click()
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


@pytest.mark.parametrize(("years", "said"), [(0, 0), (1, 1), (-1, 1)])
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


@pytest.mark.parametrize("size", WIDTHS)
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
        expect(box).to_contain_text("Cách sửa: bỏ ảnh hay tệp ấy khỏi từng bài, lưu, rồi xóa lại.")
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


def test_what_is_wrong_elsewhere_is_reported_below_the_form(desk: Desk):
    desk.open("trang/entries/gioi-thieu")
    path = desk.content / "trang/gioi-thieu.md"
    right = path.read_text("utf-8")
    path.write_text(right.replace("summary:", "sumary:", 1), "utf-8")
    problems = desk.page.locator(".cds-problems")
    expect(problems).to_contain_text('Không có trường "sumary"')
    path.write_text(right, "utf-8")
    expect(problems).to_be_hidden()


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
        desk.body.fill(f"{desk.body.input_value()}\n\nMột câu.")
        file.write_text(before.replace("summary:", "sumary:", 1), "utf-8")
        expect(desk.page.locator(".cds-problems")).to_be_visible()
        assert faults(desk.page, ".cds-problems") == {}
        desk.press_save()
        for button in ("Xem bản kia", "Gộp hai bản"):
            desk.page.get_by_role("button", name=button).click()
            desk.page.locator(".cds-conflict-details > :first-child").wait_for()
            assert (button, faults(desk.page, ".cds-conflict")) == (button, {})
    finally:
        file.write_text(before, "utf-8")


def faults(page: Page, part: str) -> dict:
    """Return what axe-core finds in a part of the page."""
    reported = page.evaluate("([part, rules]) => axe.run(part, { runOnly: rules })", [part, RULES])
    return {fault["id"]: [node["html"][:160] for node in fault["nodes"]] for fault in reported["violations"]}


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
    for kind in KINDS:
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
