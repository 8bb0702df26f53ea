"""The web editor as an editor uses it: items of each kind created, changed, scheduled and withdrawn, each step one commit and a green check."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import ROOT, SITES, SOAK
from PIL import Image
from playwright.sync_api import Page, expect

from chuyendoiso.authoring.check_command import problems_of
from scripts.screenshots import editor_running

PDF = SITES / "small/media/van-ban/1-qd.pdf"


class Desk:
    """The editor at work on a content folder of its own."""

    def __init__(self, folder: Path, page: Page, address: str) -> None:
        self.content, self.page, self.address = folder / "content", page, address

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", "-C", self.content, *arguments], check=True, capture_output=True, text=True).stdout

    def commits(self) -> list[str]:
        return self.git("log", "--format=%s").splitlines()

    def open(self, place: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}/bien-tap/#/collections/{place}")
        enter = self.page.get_by_role("button", name="Vào trang biên tập")
        body = self.page.locator("[id^=body-field]")
        enter.or_(body).first.wait_for()
        if enter.is_visible():
            enter.click()
        body.wait_for()

    def fill(self, field: str, value: str) -> None:
        self.page.locator(f"[id^={field}-field]:visible").last.fill(value)

    def choose(self, field: str, name: str) -> None:
        self.page.locator(f"[id^={field}-field]:visible").last.fill(name)
        self.page.keyboard.press("Enter")

    def upload(self, file: Path) -> None:
        """Hand a file over in the window of pictures and files, which is open."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_text("Tải lên", exact=True).first.click()
        chooser.value.set_files(file)
        use = self.page.get_by_role("button", name="Dùng tệp đã chọn")
        expect(use).to_be_enabled(timeout=20_000)
        use.click()
        expect(use).to_be_hidden()

    def save(self) -> str:
        """Save and return the one new commit's message; the content is in order, and the tree clean."""
        before = self.commits()
        self.page.get_by_role("button", name="Lưu", exact=True).click()
        self.page.get_by_text("Lưu ngay").click(timeout=5000)
        until(lambda: len(self.commits()) > len(before))
        expect(self.page.get_by_text("Đã lưu", exact=True).first).to_be_visible()
        assert self.commits()[1:] == before
        assert [problem for problem in problems_of(self.content, ROOT / "theme") if problem.rule != "no-routes"] == []
        assert self.git("status", "--porcelain") == ""
        return self.commits()[0]

    def shown(self, path: str) -> str:
        """Return a page of the preview; "" where there is none."""
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
        yield content.parent, address
    reported = log.read_text("utf-8")
    print(reported)  # told where a test failed
    assert "Traceback" not in reported


@pytest.fixture
def desk(browser, running):
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, timezone_id="Asia/Ho_Chi_Minh", locale="vi-VN")
    elsewhere = []
    page.on(
        "request",
        lambda request: (
            elsewhere.append(request.url) if not re.match(r"https?://127\.0\.0\.1|data:|blob:|about:", request.url) else None
        ),
    )
    page.on("dialog", lambda dialog: dialog.accept("Hội trường" if dialog.type == "prompt" else ""))
    yield Desk(running[0], page, running[1])
    page.close()
    assert elsewhere == []


@pytest.fixture(scope="module")
def photo(tmp_path_factory) -> Path:
    """A photograph of 12 megapixels as a phone names it."""
    path = tmp_path_factory.mktemp("photo") / "Ảnh Hội nghị (1).JPG"
    Image.effect_noise((4032, 3024), 60).convert("RGB").save(path, quality=80)
    return path


def fill_news(desk: Desk) -> None:
    desk.choose("topic", "Xã hội số")


def fill_document(desk: Desk) -> None:
    desk.choose("topic", "Chính quyền số")
    desk.fill("document_number", "12/QĐ-UBND")
    desk.choose("document_type", "Quyết định")
    desk.choose("issuing_body", "Chính phủ")
    desk.fill("issued_on", "2026-11-20")
    desk.fill("subject", "Về việc thử trang biên tập")
    desk.page.get_by_role("button", name="Thêm tệp đính kèm").click()
    desk.page.get_by_role("button", name="Chọn tệp", exact=True).last.click()
    desk.upload(PDF)
    desk.fill("label", "Bản gốc (PDF)")


def fill_training(desk: Desk) -> None:
    desk.choose("topic", "Xã hội số")
    desk.choose("audience", "Người dân")
    desk.page.get_by_role("button", name="Thêm tài liệu").click()
    desk.page.get_by_role("button", name="Chọn tệp", exact=True).last.click()
    desk.upload(PDF)
    desk.fill("label", "Sổ tay")


KINDS = {
    "tin-tuc": (fill_news, "/tin-tuc/2026/duong-so-cua-xa/", "tin-tuc/2026/duong-so-cua-xa.md"),
    "van-ban": (fill_document, "/van-ban/12-qd-ubnd/", "van-ban/12-qd-ubnd.md"),
    "tap-huan": (fill_training, "/tap-huan/duong-so-cua-xa/", "tap-huan/duong-so-cua-xa.md"),
    "trang": (lambda desk: None, "/duong-so-cua-xa/", "trang/duong-so-cua-xa.md"),
}


# the others have fewer kinds of fields
@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS if SOAK else ["tap-huan"])
def test_an_item_lives_its_life_in_the_editor(desk: Desk, photo: Path, kind: str):
    fill, path, file = KINDS[kind]
    titled = "/feeds/van-ban/atom.xml" if kind == "van-ban" else path  # a document's page has its number for a title
    desk.open(f"{kind}/new")
    desk.fill("title", "Đường số của xã")
    desk.fill("summary", "Xã Mẫu thử: một câu.")
    fill(desk)
    desk.choose("status", "Đăng")
    desk.fill("body", "Thân bài[^1].\n\n[^1]: Chú thích.\n")
    desk.page.locator("[id^=body-field]").press("Control+Home")
    desk.page.get_by_role("button", name="Ảnh", exact=True).click()
    desk.upload(photo)
    if kind in {"tin-tuc", "trang"}:  # the others have a field for it
        desk.page.locator("[id^=body-field]").press("Control+End")
        desk.page.get_by_role("button", name="Tệp", exact=True).click()
        desk.upload(PDF)
    assert desk.save().startswith("Thêm ")
    written = (desk.content / file).read_text("utf-8")
    assert "title: Đường số của xã\n" in written and 'summary: "Xã Mẫu thử: một câu."\n' in written
    picture = r"---\n!\[Hội trường\]\(/media/[\w/-]+/anh-hoi-nghi-1-?\.jpg\)\nThân bài\[\^1\]\.\n\n\[\^1\]: Chú thích\.\n"
    assert re.search(picture, written)
    assert re.search(r"/media/[\w/-]+/1-qd\.pdf", written)
    until(lambda: "Đường số của xã" in desk.shown(titled))
    assert "Chú thích." in desk.shown(path)

    desk.open(f"{kind}/entries/{file.removeprefix(kind + '/').removesuffix('.md')}")
    desk.fill("title", "Đường số của xã Mẫu")
    desk.save()
    assert (desk.content / file).read_text("utf-8") == written.replace("Đường số của xã", "Đường số của xã Mẫu")
    until(lambda: "Đường số của xã Mẫu" in desk.shown(titled))

    if kind != "trang":  # a plain page has no date
        desk.page.locator("[id^=date-field]").first.fill("2099-12-31T08:30")
        desk.save()
        assert "\ndate: 2099-12-31 08:30\n" in (desk.content / file).read_text("utf-8")
        until(lambda: "Hẹn đăng" in desk.shown(path))
        desk.page.locator("[id^=date-field]").first.fill("2026-11-20T08:30")

    desk.choose("status", "Gỡ")
    desk.fill("withdrawn_reason", "Bài thử.")
    desk.save()
    until(lambda: "Bài thử." in desk.shown(path))
    assert "Chú thích." not in desk.shown(path)


def opened(folder: Path) -> list[str]:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    return names if SOAK else [next(name for name in names if name.startswith(kind)) for kind in ("van-ban",)]


@pytest.mark.soak
@pytest.mark.parametrize("name", opened(ROOT / "content"))
def test_opening_and_saving_changes_nothing(desk: Desk, name: str):
    kind, _, slug = name.removesuffix(".md").partition("/")
    before = (desk.content / name).read_bytes()
    added = "Thêm."
    for change in (
        lambda text: text + added,
        lambda text: text.removesuffix(f"{added}\n"),
    ):  # saving is only offered where something changed
        desk.open(f"{kind}/entries/{slug}")
        body = desk.page.locator("[id^=body-field]")
        body.fill(change(body.input_value()))
        desk.save()
    assert (desk.content / name).read_bytes() == before


def test_what_is_wrong_is_reported_below_the_form(desk: Desk):
    desk.open("trang/entries/gioi-thieu")
    path = desk.content / "trang/gioi-thieu.md"
    right = path.read_text("utf-8")
    path.write_text(right.replace("summary:", "sumary:", 1), "utf-8")
    problems = desk.page.locator(".cds-problems")
    expect(problems).to_contain_text('Không có trường "sumary"')
    path.write_text(right, "utf-8")
    expect(problems).to_be_hidden()


def test_a_group_that_may_be_left_out_asks_for_nothing(running):
    with urlopen(f"{running[1]}/bien-tap/config.json") as answer:
        config = json.load(answer)["config"]
    for collection in config["collections"]:
        for field in collection["fields"]:
            if field["widget"] == "object" and not field["required"]:
                assert not any(inner["required"] for inner in field["fields"])


@pytest.mark.long
def test_a_team_reviews_before_it_publishes(desk: Desk):
    """What a Git host would do, Decap's local server does: a branch for an item at work, merged when it is ready."""

    def with_review(route):
        reported = route.fetch().json()
        reported["config"]["publish_mode"] = "editorial_workflow"
        route.fulfill(json=reported)

    desk.page.route("**/bien-tap/config.json", with_review)
    desk.open("trang/new")
    desk.fill("title", "Bài chờ duyệt")
    desk.fill("summary", "Một câu.")
    desk.choose("status", "Đăng")
    desk.fill("body", "Thân bài.")
    before = desk.commits()
    desk.page.get_by_role("button", name="Lưu", exact=True).click()
    until(lambda: "cms/trang/bai-cho-duyet" in desk.git("branch", "--list", "cms/*"))
    assert (desk.commits(), (desk.content / "trang/bai-cho-duyet.md").exists()) == (before, False)
    for state in ("Chờ duyệt", "Đã duyệt"):
        desk.page.get_by_role("button", name=re.compile("^Trạng thái: ")).click()
        desk.page.get_by_role("menuitem", name=state).click()
        expect(desk.page.get_by_role("button", name=f"Trạng thái: {state}")).to_be_visible()
    desk.page.get_by_role("button", name="Đăng", exact=True).click()
    desk.page.get_by_text("Đăng ngay").click(timeout=5000)
    until((desk.content / "trang/bai-cho-duyet.md").exists)
    assert problems_of(desk.content, ROOT / "theme") == ()
    assert desk.git("branch", "--list", "cms/*") == ""
