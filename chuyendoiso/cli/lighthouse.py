"""`invoke lighthouse`."""

import sys

from invoke.context import Context
from invoke.tasks import task


@task
def lighthouse(c: Context) -> None:
    """Chấm điểm mỗi loại trang bằng Lighthouse, in bảng của docs/performance.md (cần npm)."""
    c.run(f"{sys.executable} bench/lighthouse.py")
