"""`invoke vendor`."""

import sys

from chuyendoiso.cli.command_line import Context, command


@command()
def vendor(c: Context) -> None:
    """Lấy lại phông chữ và mã vẽ QR từ các gói npm đã ghi phiên bản (cần npm)."""
    c.run(f"{sys.executable} scripts/vendor.py")
