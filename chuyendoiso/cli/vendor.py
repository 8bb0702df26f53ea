"""`invoke vendor`."""

import sys

from invoke.context import Context
from invoke.tasks import task


@task
def vendor(c: Context) -> None:
    """Lấy lại phông chữ và mã vẽ QR từ các gói npm đã ghi phiên bản (cần npm)."""
    c.run(f"{sys.executable} scripts/vendor.py")
