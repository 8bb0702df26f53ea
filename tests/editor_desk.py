"""The web editor on a content folder, in a browser: a page of it as tests use it, and what runs it."""

import shutil
import subprocess
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import ROOT, SITES
from PIL import Image
from playwright.sync_api import Dialog, Frame, Page, expect

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
        both = self.page.get_by_role("button", name="Giữ cả hai").first  # a file of that name is there; each field has a box
        until(lambda: insert.is_enabled() or both.is_visible(), 60)
        if both.is_visible():
            both.click()
            expect(insert).to_be_enabled()
        insert.click()
        if words:
            box = self.page.get_by_role("dialog", name="cho thấy gì?")
            for number in range(len(files)):
                expect(box.get_by_role("textbox")).to_have_count(len(files), timeout=60_000)
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


def accept(dialog: Dialog) -> None:
    dialog.accept()


def desk_of(context, running, size: str = "desk") -> Desk:
    page = context.new_page()
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[size], strict=True)))
    page.on("dialog", accept)
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


def faults(page: Page | Frame, part: str) -> dict:
    """Return what axe-core finds in a part of the page."""
    reported = page.evaluate("([part, rules]) => axe.run(part, { runOnly: rules })", [part, RULES])
    return {fault["id"]: [node["html"][:160] for node in fault["nodes"]] for fault in reported["violations"]}
