"""`invoke test`."""

import sys

from invoke.context import Context
from invoke.tasks import task

from chuyendoiso.cli.command_line import COMPILED


@task(help={"args": "tham số cho pytest"})
def test(c: Context, args: str = "") -> None:
    """Chạy mọi kiểm thử: kiểu, lỗi viết mã, đơn vị, cả trang, trình duyệt."""
    for command in ("ruff check .", "ruff format --check .", "mypy", f"pytest {args}"):
        print(f"$ {command}", flush=True)
        c.run(f"{sys.executable} -m {command}", env=COMPILED)
