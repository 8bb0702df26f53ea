"""Has git run the project's own hooks (`scripts/hooks/`), which are committed and so the same for everybody."""

import subprocess
from pathlib import Path

from chuyendoiso.system.errors import WrongUse

FOLDER = "scripts/hooks"


def install_hooks(root: Path) -> str:
    """Set `core.hooksPath` of the project's repository; return what to say. Raises WrongUse where that is not ours to set."""
    if _git(root, "rev-parse", "--is-inside-work-tree") != "true":
        raise WrongUse("Thư mục này chưa phải kho Git. Cách sửa: gõ git init, hoặc lấy dự án về bằng git clone.")
    before = _git(root, "config", "core.hooksPath")
    if before == FOLDER:
        return "Git đã kiểm tra bài trước mỗi lần commit, không có gì phải làm."
    if before:
        raise WrongUse(
            f"Git đang dùng hook ở {before}. Cách sửa: gọi {FOLDER}/pre-commit từ hook ấy, hoặc bỏ core.hooksPath rồi chạy lại."
        )
    _git(root, "config", "core.hooksPath", FOLDER)
    return "Từ nay git kiểm tra bài trước mỗi lần commit. Bỏ đi: git config --unset core.hooksPath"


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise WrongUse("Cần chương trình git. Cách sửa: cài git (Debian: apt-get install git).") from None
    return done.stdout.strip()
