"""`invoke test`."""

import sys

from chuyendoiso.cli.command_line import COMPILED, Context, command


@command(help={"args": "tham số cho pytest"})
def test(c: Context, args: str = "") -> None:
    """Chạy mọi kiểm thử: kiểu, lỗi viết mã, đơn vị, cả trang, trình duyệt."""
    for check in ("ruff check .", "ruff format --check .", "mypy", f"pytest {args}"):
        print(f"$ {check}", flush=True)
        c.run(f"{sys.executable} -m {check}", env=COMPILED)
