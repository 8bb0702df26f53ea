"""`invoke clean`."""

import shutil

from chuyendoiso.cli.command_line import DEMO, PREVIEW, REVIEW, ROOT, Context, command


@command()
def clean(c: Context) -> None:
    """Xóa trang đã dựng và mọi thứ giữ lại giữa các lần dựng."""
    (ROOT / "output").unlink(missing_ok=True) if (ROOT / "output").is_symlink() else None
    for path in (
        ROOT / ".output-releases",
        DEMO,
        PREVIEW,
        REVIEW,
        ROOT / ".pytest_cache",
        ROOT / ".mypy_cache",
        ROOT / ".ruff_cache",
    ):
        shutil.rmtree(path, ignore_errors=True)
