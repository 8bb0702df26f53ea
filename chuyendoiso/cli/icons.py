"""`invoke icons`."""

import sys

from invoke.context import Context
from invoke.tasks import task


@task
def icons(c: Context) -> None:
    """Vẽ lại biểu tượng của giao diện."""
    c.run(f"{sys.executable} scripts/draw_icons.py")
