"""`invoke illustrations`."""

import sys

from chuyendoiso.cli.command_line import Context, command


@command()
def illustrations(c: Context) -> None:
    """Vẽ lại các hình minh họa trong content/media/."""
    c.run(f"{sys.executable} scripts/draw_illustrations.py")
