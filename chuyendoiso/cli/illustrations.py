"""`invoke illustrations`."""

import sys

from invoke.context import Context
from invoke.tasks import task


@task
def illustrations(c: Context) -> None:
    """Vẽ lại các hình minh họa trong content/media/."""
    c.run(f"{sys.executable} scripts/draw_illustrations.py")
