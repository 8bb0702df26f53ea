"""Takes the pictures of docs/bien-tap.md from the real thing: the web editor and the preview, on a copy of the committed content.

Run by `invoke screenshots`; needs Chromium and what `make test` sets up.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs/hinh"
SIZE = {"width": 1200, "height": 800}


@contextmanager
def editor_running(content: Path, log: Path) -> Iterator[str]:
    """Run the editor on a content folder, the one above which becomes a Git repository; give the server's address."""
    root = str(content.parent)
    for command in (
        ["init", "-q", "-b", "chinh"],
        ["config", "user.name", "Ban biên tập"],
        ["config", "user.email", "bt@thu-nghiem.vn"],
    ):
        subprocess.run(["git", "-C", root, *command], check=True)
    subprocess.run(["git", "-C", root, "add", "."], check=True)
    subprocess.run(["git", "-C", root, "commit", "-qm", "Bắt đầu"], check=True)
    port = _free_port()
    command = [sys.executable, "-m", "invoke", "editor", "--content", str(content), "--port", str(port)]
    with log.open("w") as told:
        process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told, start_new_session=True)
    try:
        _wait_for("Biên tập tại", log, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # a shell's background job, and so its children, would ignore SIGINT
        process.wait(20)


def _wait_for(words: str, log: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while words not in log.read_text("utf-8"):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(log.read_text("utf-8"))
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _take(page: Page, name: str) -> None:
    """Keep what a page shows, in 64 colours: some 40 KB a picture."""
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)
    print(f"docs/hinh/{name}.png")


def _editor(page: Page, address: str) -> None:
    page.goto(f"{address}/bien-tap/")
    page.get_by_role("button", name="Tạo bài viết mới").wait_for()
    page.wait_for_timeout(500)
    _take(page, "bien-tap-danh-sach")
    page.get_by_role("button", name="Tạo bài viết mới").click()
    page.get_by_role("textbox", name="Tên bài").fill("Xã Mẫu: tổ công nghệ số đến từng nhà")
    page.get_by_role("textbox", name="Tóm tắt", exact=True).fill(
        "Tổ công nghệ số xã Mẫu chia nhau đến từng nhà, giúp bà con nộp hồ sơ trực tuyến."
    )
    page.locator(".cds-body-text").fill(
        "Mỗi tổ viên phụ trách một xóm.\n\n## Cách làm\n\n- Đến nhà, hỏi việc cần giúp.\n- Cùng làm trên điện thoại.\n"
    )
    page.frame_locator("iframe").first.get_by_text("Trong bài này:").wait_for()
    page.wait_for_timeout(1000)
    _take(page, "bien-tap-viet")
    page.get_by_role("button", name="Ảnh", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Tải lên").wait_for()
    page.get_by_role("option", name="Năm 2026").click()
    page.wait_for_timeout(1500)
    _take(page, "bien-tap-anh")


def _conflict(page: Page, address: str, content: Path) -> None:
    page.goto("about:blank")
    page.goto(f"{address}/bien-tap/#/collections/trang/entries/gioi-thieu")
    page.locator(".cds-body-text").fill("Trang này đăng tin tức, văn bản và tài liệu tập huấn, viết bằng lời dễ hiểu.")
    file = content / "trang/gioi-thieu.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("title: ", "title: Trang ", 1), "utf-8")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("button", name="Xem bản kia").click()
    page.wait_for_timeout(300)
    _take(page, "bien-tap-hai-ban")
    file.write_text(text, "utf-8")


def _preview(page: Page, address: str, content: Path) -> None:
    article = content / "tin-tuc/2026/nhin-lai-nam-2022-chin-hoi-nghi.md"
    page.goto(f"{address}/")
    page.wait_for_timeout(500)
    _take(page, "xem-truoc")
    text = article.read_text("utf-8")
    article.write_text(text.replace("summary:", "sumary:", 1), "utf-8")
    page.get_by_text("sumary").first.wait_for()
    _take(page, "xem-truoc-loi")
    article.write_text(text, "utf-8")


def _review(page: Page, folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "invoke", "review"], cwd=ROOT, check=True, capture_output=True)
    page.goto((ROOT / ".review/review.html").as_uri())
    page.locator("article").first.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 650)")
    _take(page, "duyet")


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        content = Path(shutil.copytree(ROOT / "content", folder / "project/content"))
        with editor_running(content, folder / "log") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=["--no-sandbox"])
            page = browser.new_page(
                viewport={"width": SIZE["width"], "height": SIZE["height"]},
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
                reduced_motion="reduce",
            )
            page.on("dialog", lambda dialog: dialog.accept())
            _editor(page, address)
            _conflict(page, address, content)
            _preview(page, address, content)
            _review(page, folder)
            browser.close()


if __name__ == "__main__":
    main()
