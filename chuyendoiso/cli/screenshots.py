"""`invoke screenshots`."""

import sys

from chuyendoiso.cli.command_line import Context, command


@command()
def screenshots(c: Context) -> None:
    """Chụp lại các hình của hướng dẫn biên tập (docs/hinh/) từ chính trang biên tập và bản xem trước."""
    c.run(f"{sys.executable} scripts/screenshots.py")
