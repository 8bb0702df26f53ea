"""What these tests share: a repository with the small site's content in it, made at a known instant."""

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

from conftest import NOW, SITES

AUTHOR = {
    "GIT_AUTHOR_NAME": "Biên tập viên",
    "GIT_AUTHOR_EMAIL": "bien-tap@tinh.gov.vn",
    "GIT_COMMITTER_NAME": "Biên tập viên",
    "GIT_COMMITTER_EMAIL": "bien-tap@tinh.gov.vn",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
BEFORE = str(int((NOW - timedelta(hours=1)).timestamp()))


def git(folder: Path, *arguments: object, when: str = BEFORE) -> str:
    dated = {"GIT_AUTHOR_DATE": f"{when} +0000", "GIT_COMMITTER_DATE": f"{when} +0000"}
    command = ["git", "-C", folder, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **AUTHOR, **dated}).stdout


def commit(folder: Path, message: str = "Sửa nội dung", *options: str, when: str = BEFORE) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message, *options, when=when)
    return git(folder, "rev-parse", "HEAD").strip()


def small_repository(folder: Path) -> Path:
    """Make a repository of two branches with a tag; its folder of films is not git's to keep."""
    shutil.copytree(SITES / "small", folder / "content")
    (folder / ".gitignore").write_text("/content/media/phim/\n/.backup/\n/.output-releases/\n/output\n", "utf-8")
    git(folder.parent, "init", "-q", "-b", "main", folder)
    commit(folder, "Bắt đầu")
    git(folder, "tag", "mot")
    git(folder, "branch", "bien-tap")
    return folder


def signing_keys(folder: Path) -> Path:
    """Make two key pairs, and a list that has one of them."""
    folder.mkdir(exist_ok=True)
    for name in ("bao-tri", "nguoi-la"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name], check=True)
    (folder / "allowed_signers").write_text(f"bao-tri@tinh.gov.vn {(folder / 'bao-tri.pub').read_text('utf-8')}", "utf-8")
    return folder
