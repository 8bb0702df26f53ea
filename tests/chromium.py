"""What tests in a browser share: one site that has every kind of page, served once a run, and Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import SITES, build_site, built_once, copy_release, served
from playwright.sync_api import Browser, expect, sync_playwright

expect.set_options(timeout=20_000)  # milliseconds; a loaded machine takes longer than the default of 5 seconds

ANSWERS = {
    "hoi-dap/xem-o-dau.md": """---
title: Xem hội nghị ở đâu?
date: 2026-11-20
summary: Xem tại nhà văn hóa, hoặc trên điện thoại.
topic: xa-hoi-so
answered_by: {body: ubnd-moi, position: Chánh Văn phòng}
asked: {on: 2025-11-19, via: dien-thoai, place: xã Thử}
also_asked: [Họp trực tuyến chỗ nào]
about: [../tap-huan/hoi-nghi-thang-12.md, ../van-ban/2-qd-ubnd.md]
checked_on: 2025-11-20
---
Mở trang của hội nghị rồi bấm nút xem.
""",
    "lay-y-kien/quy-che.md": """---
title: Dự thảo Quy chế họp trực tuyến
date: 2026-11-20
summary: Xin ý kiến về giờ họp.
topic: xa-hoi-so
opens_on: 2026-11-20
closes_on: 2026-12-20
drafting_body: ubnd-moi
subject: Quy chế họp trực tuyến
attachments: [{file: /media/van-ban/1-qd.pdf, label: Dự thảo (PDF)}]
---
Bà con cho ý kiến về giờ họp.
""",
    "lay-y-kien/quy-dinh.md": """---
title: Dự thảo Quy định cũ
date: 2026-08-01
summary: Xin ý kiến về trang tin.
topic: xa-hoi-so
opens_on: 2026-08-01
closes_on: 2026-08-30
drafting_body: ubnd-moi
subject: Quy định về trang tin
attachments: [{file: /media/van-ban/1-qd.pdf, label: Dự thảo (PDF)}]
received: 42
response: {on: 2026-09-15, summary: Đã tiếp thu 30 góp ý.}
---
Quy định có ba phần.
""",
}
GLOSSARY = "---\ntitle: Thuật ngữ\nsummary: Giải thích từ ngữ.\n---\nHội nghị (họp)\n:   Nhiều người cùng bàn một việc.\n"
# root may not use Chromium's sandbox; whatever a page asks for, no test leaves the machine
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP trang.gia 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a name that resolves to this machine
)  # fmt: skip


@contextmanager
def chromium(**environment: str) -> Iterator[Browser]:
    """Run Debian's Chromium, with some more in its environment; it takes the names of files as the locale has them."""
    path = shutil.which("chromium-headless-shell")
    assert path, "cần Chromium: apt-get install chromium-headless-shell"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, env={**os.environ, "LC_ALL": "C.UTF-8", **environment}
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(tmp_path_factory, small) -> Path:
    """The small site's release with a glossary, to be read only."""

    def make(folder: Path) -> None:
        content = Path(shutil.copytree(SITES / "small", folder / "content"))
        (content / "trang/thuat-ngu.md").write_text(GLOSSARY, "utf-8")
        for name, text in ANSWERS.items():
            (content / name).parent.mkdir(exist_ok=True)
            (content / name).write_text(text, "utf-8")
        build_site(content, copy_release(small, folder / "output"))

    return built_once(tmp_path_factory, "browser", make).resolve()


@pytest.fixture(scope="session")
def address(site) -> Iterator[str]:
    with served(site) as address:
        yield address
