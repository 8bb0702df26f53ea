"""The commands. Each is a few lines; the work is in the package `chuyendoiso`."""

import functools
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = False  # as invoke sets it: compiling the package anew takes longer than a small build
DEMO = ROOT / ".demo"
PREVIEW = ROOT / ".preview"


def told(work: Callable[..., None]) -> Callable[..., None]:
    """Turn what stops a build into its plain message and exit status; no traceback for anything an editor can cause."""

    @functools.wraps(work)
    def wrapped(*arguments: Any, **options: Any) -> None:
        from chuyendoiso.domain.problems import BuildStopped

        try:
            work(*arguments, **options)
        except BuildStopped as stopped:
            raise Exit(str(stopped), code=stopped.exitcode) from None
        except KeyboardInterrupt:
            raise Exit("Đã dừng theo yêu cầu.", code=130) from None

    return wrapped


def _build(conf: str, content: str, output: str, **overrides: Any) -> None:
    from chuyendoiso.command import run_build

    run_build(ROOT / conf, {"PATH": str(Path(content).resolve()), "OUTPUT_PATH": str(Path(output).absolute()), **overrides})


@task(
    help={
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
        "preview": "hiện cả bản nháp và bài hẹn giờ",
        "quiet": "không in gì",
        "allow-shrink": "chấp nhận bản mới nhỏ hơn hẳn bản đã đăng",
        "wait": "số giây đợi một lần dựng khác xong",
        "explain": "nói vì sao tạo lại từng tệp",
    }
)
@told
def build(
    c: Context,
    content: str = "content",
    output: str = "output",
    preview: bool = False,
    quiet: bool = False,
    allow_shrink: bool = False,
    wait: int = 0,
    explain: bool = False,
) -> None:
    """Kiểm tra nội dung rồi dựng trang vào output/."""
    _build("pelicanconf.py", content, output, PREVIEW=preview, QUIET=quiet, ALLOW_SHRINK=allow_shrink, WAIT=wait, EXPLAIN=explain)


@task(help={"content": "thư mục nội dung", "json": "in lỗi ra dạng JSON", "fix": "tự sửa những lỗi sửa được an toàn"})
@told
def check(c: Context, content: str = "content", json: bool = False, fix: bool = False) -> None:
    """Chỉ kiểm tra nội dung, không dựng trang."""
    from chuyendoiso.lint import check_content

    sys.exit(check_content(Path(content).resolve(), ROOT / "theme", as_json=json, fix=fix))


@task(
    name="import",
    help={
        "file": "tệp Word (.docx)",
        "content": "thư mục nội dung",
        "kind": "tin-tuc, van-ban hoặc tap-huan; không có thì nhận theo những dòng đầu",
        "pdf": "bản gốc đã ký; không có thì lấy tệp .pdf cùng tên bên cạnh tệp Word",
    },
)
@told
def import_(c: Context, file: str, content: str = "content", kind: str = "", pdf: str = "") -> None:
    """Nhập một tệp Word thành bài nháp trong thư mục nội dung."""
    from datetime import UTC, datetime

    from chuyendoiso.word.command import Order, import_word

    order = Order(Path(file), Path(content).resolve(), datetime.now(UTC), kind, Path(pdf) if pdf else None)
    for line in import_word(order):
        print(line)


@task(help={"content": "thư mục nội dung", "port": "cổng trên máy này"})
@told
def serve(c: Context, content: str = "content", port: int = 8000) -> None:
    """Dựng bản xem trước, mở máy chủ trên máy này, dựng lại mỗi khi lưu tệp."""
    from chuyendoiso.command import read_settings
    from chuyendoiso.live import LiveSite
    from chuyendoiso.order import order_of
    from chuyendoiso.serve import serve as run

    paths = {"PATH": str(Path(content).resolve()), "OUTPUT_PATH": str(PREVIEW / "output"), "PREVIEW": True}
    run(LiveSite(order_of(read_settings(ROOT / "pelicanconf.py", paths))), port)


@task(
    help={
        "source": "địa chỉ trang đã đăng, hoặc thư mục trang đã dựng",
        "send": "gửi thật; không có thì chỉ nói sẽ làm gì",
        "state": "tệp nhớ bài nào đã lên kênh",
        "tokens": "tệp mã truy cập, quyền 600; không có thì lấy từ biến môi trường ZALO_ACCESS_TOKEN",
        "api": "địa chỉ giao diện bài viết, chỉ để thử",
        "oauth": "địa chỉ cấp mã, chỉ để thử",
    }
)
@told
def zalo_sync(
    c: Context,
    source: str = "output",
    send: bool = False,
    state: str = ".zalo-state.json",
    tokens: str = "",
    api: str = "",
    oauth: str = "",
) -> None:
    """Đưa bài đã đăng lên kênh Zalo OA: bài mới, bài sửa, bài gỡ. Mặc định chỉ chạy thử."""
    import os
    import time

    from chuyendoiso.zalo.client import API
    from chuyendoiso.zalo.command import Order, sync
    from chuyendoiso.zalo.tokens import OAUTH

    order = Order(
        source=source, state=Path(state), tokens=Path(tokens) if tokens else None, send=send, environment=os.environ,
        monotonic=time.monotonic, sleep=time.sleep, say=print, api=api or API, oauth=oauth or OAUTH,
    )  # fmt: skip
    sys.exit(sync(order))


@task(help={"items": "số mục", "seed": "số gieo", "build": "dựng luôn trang minh họa"})
@told
def demo(c: Context, items: int = 400, seed: int = 1, build: bool = True) -> None:
    """Tạo và dựng một trang minh họa với dữ liệu sinh ngẫu nhiên, không bao giờ đăng được."""
    from chuyendoiso.demo import write_demo

    write_demo(DEMO / "content", items=items, seed=seed)
    if build:
        _build("pelicanconf.py", str(DEMO / "content"), str(DEMO / "output"))
        print(f"Xem: .venv/bin/python -m http.server -d {DEMO.relative_to(ROOT)}/output 8001")


@task(
    help={
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
        "allow-shrink": "chấp nhận bản mới nhỏ hơn hẳn bản đã đăng",
    }
)
@told
def publish(c: Context, content: str = "content", output: str = "output", allow_shrink: bool = False) -> None:
    """Dựng bản để đăng với publishconf.py, kiểm lại, rồi chép tới nơi đã khai báo."""
    from chuyendoiso.release.deploy import deploy
    from publishconf import DEPLOY_TO

    _build("publishconf.py", content, output, ALLOW_SHRINK=allow_shrink)
    print(deploy(Path(output), DEPLOY_TO))


@task(help={"output": "nơi đặt trang"})
@told
def rollback(c: Context, output: str = "output") -> None:
    """Quay output/ về bản đã đăng ngay trước, bằng một lần đổi tên."""
    from chuyendoiso.release.store import roll_back

    found = roll_back(Path(output).absolute())
    print(f"{output} đang hiện bản {found.folder.name}, dựng lúc {found.about.built_at}.")


@task(help={"args": "tham số cho pytest"})
def test(c: Context, args: str = "") -> None:
    """Chạy mọi kiểm thử: kiểu, lỗi viết mã, đơn vị, cả trang, trình duyệt."""
    for command in ("ruff check .", "ruff format --check .", "mypy", f"pytest {args}"):
        print(f"$ {command}", flush=True)
        c.run(f"{sys.executable} -m {command}")


@task(help={"minutes": "số phút dò lỗi ngẫu nhiên"})
def soak(c: Context, minutes: int = 10) -> None:
    """Chạy lâu: giết, phá, làm đầy đĩa, dò ngẫu nhiên, với nhiều lượt hơn hẳn make test."""
    c.run(f"{sys.executable} -m pytest -m soak -o faulthandler_timeout=3600", env={"SOAK": "1"})
    c.run(f"{sys.executable} tests/fuzz.py --seconds {60 * minutes}")


@task(help={"articles": "số bài, cách nhau bằng dấu phẩy", "repeats": "số lần mỗi việc", "photos": "số ảnh"})
def bench(c: Context, articles: str = "1000,10000", repeats: int = 3, photos: int = 100) -> None:
    """Đo tốc độ so với Pelican nguyên bản và Hugo, in bảng của docs/performance.md."""
    c.run(f"{sys.executable} -m bench.run --articles {articles.replace(',', ' ')} --repeats {repeats} --photos {photos}")


@task
def lighthouse(c: Context) -> None:
    """Chấm điểm mỗi loại trang bằng Lighthouse, in bảng của docs/performance.md (cần npm)."""
    c.run(f"{sys.executable} bench/lighthouse.py")


@task
def fields(c: Context) -> None:
    """In bảng các trường cho hướng dẫn biên tập (docs/bien-tap.md)."""
    from chuyendoiso.domain.describe import tables

    for title, table in tables().items():
        print(f"### {title}\n\n{table}\n")


@task
def icons(c: Context) -> None:
    """Vẽ lại biểu tượng của giao diện."""
    c.run(f"{sys.executable} scripts/draw_icons.py")


@task
def illustrations(c: Context) -> None:
    """Vẽ lại các hình minh họa trong content/media/."""
    c.run(f"{sys.executable} scripts/draw_illustrations.py")


@task
def vendor(c: Context) -> None:
    """Lấy lại phông chữ và mã vẽ QR từ các gói npm đã ghi phiên bản (cần npm)."""
    c.run(f"{sys.executable} scripts/vendor.py")


@task
def clean(c: Context) -> None:
    """Xóa trang đã dựng và mọi thứ giữ lại giữa các lần dựng."""
    (ROOT / "output").unlink(missing_ok=True) if (ROOT / "output").is_symlink() else None
    for path in (ROOT / ".output-releases", DEMO, PREVIEW, ROOT / ".pytest_cache", ROOT / ".mypy_cache", ROOT / ".ruff_cache"):
        shutil.rmtree(path, ignore_errors=True)
