"""`invoke lighthouse`."""

import sys

from chuyendoiso.cli.command_line import Context, command


@command()
def lighthouse(c: Context) -> None:
    """Chấm điểm mỗi loại trang bằng Lighthouse, in bảng của docs/performance.md (cần npm)."""
    c.run(f"{sys.executable} bench/lighthouse.py")
