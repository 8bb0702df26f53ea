"""`invoke icons`."""

import sys

from chuyendoiso.cli.command_line import Context, command


@command()
def icons(c: Context) -> None:
    """Vẽ lại biểu tượng của giao diện."""
    c.run(f"{sys.executable} scripts/draw_icons.py")
