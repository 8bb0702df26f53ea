"""Check out the content folder at a commit, in a work tree of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chuyendoiso.system import git
from chuyendoiso.system.errors import WrongUse


@contextmanager
def checked_out(content: Path, commit: str, folder: Path) -> Iterator[Path]:
    """Yield the content folder at a commit; delete it afterwards.

    Untracked media files are linked into it. Raises WrongUse if the commit does not have the
    content, BuildStopped if git cannot check it out.
    """
    root = git.root_of(content)
    inside = content.relative_to(root)
    if not commit or git.run_unchecked(root, "cat-file", "-e", f"{commit}:{inside.as_posix()}").status:
        raise WrongUse(
            "Không biết bản đang đăng thuộc commit nào, nên không đăng riêng việc gỡ được. "
            "Cách sửa: sửa hết lỗi của các tệp khác rồi chạy make publish."
        )
    _remove(root, folder)
    try:
        git.run(root, "-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", str(folder), commit)
        _add_media(root, content, folder)
        yield folder / inside
    finally:
        _remove(root, folder)


def _remove(root: Path, folder: Path) -> None:
    git.run_unchecked(root, "worktree", "remove", "--force", str(folder))
    shutil.rmtree(folder, ignore_errors=True)
    git.run_unchecked(root, "worktree", "prune")


def _add_media(root: Path, content: Path, folder: Path) -> None:
    for name in git.run(root, "ls-files", "--others", "-z", "--", str(content / "media")).names:
        target = folder / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(root / name, target)
            except OSError:  # another file system, or no hard links
                shutil.copy2(root / name, target)
