"""Install the project's git hooks from `scripts/hooks/`."""

import subprocess
from pathlib import Path

from chuyendoiso.system.errors import WrongUse

FOLDER = "scripts/hooks"


def install_hooks(root: Path) -> str:
    """Set `core.hooksPath` of the repository and return a message.

    Raise WrongUse if it has another value, or if there is no repository.
    """
    if _git(root, "rev-parse", "--is-inside-work-tree") != "true":
        raise WrongUse("Thư mục này chưa phải kho Git. Cách sửa: gõ git init, hoặc lấy dự án về bằng git clone.")
    before = _git(root, "config", "core.hooksPath")
    if before == FOLDER:
        return "Git đã kiểm tra bài trước mỗi lần commit, không có gì phải làm."
    if before:
        remedy = f"gọi {FOLDER}/pre-commit từ hook ấy, hoặc bỏ core.hooksPath rồi chạy lại."
        raise WrongUse(f"Git đang dùng hook ở {before}. Cách sửa: {remedy}")
    _git(root, "config", "core.hooksPath", FOLDER)
    return "Từ nay git kiểm tra bài trước mỗi lần commit. Bỏ đi: git config --unset core.hooksPath"


def _git(root: Path, *arguments: str) -> str:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        raise WrongUse("Cần chương trình git. Cách sửa: cài git (Debian: apt-get install git).") from None
