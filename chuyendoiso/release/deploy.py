"""Copies a release to where it is served from."""

import shutil
import subprocess
from pathlib import Path

from chuyendoiso.domain.problems import BuildStopped, WrongUse


def deploy(output: Path, target: str | None) -> str:
    """Copy a release with rsync to a folder or `host:folder`; return what was done. Without a target nothing is copied.

    Files come before the pages that name them, and deletions last, so that a reader meets no broken link on the way.
    """
    if target is None:
        return f"Bản đăng nằm ở {output}. publishconf.py chưa khai báo DEPLOY_TO nên chưa chép đi đâu."
    if not shutil.which("rsync"):
        raise WrongUse("Cần chương trình rsync để chép trang. Cách sửa: cài gói rsync.")
    copy = ["rsync", "--recursive", "--times", "--perms", "--checksum", "--delay-updates"]
    for extra in (["--exclude=*.html", "--exclude=feeds/"], [], ["--delete-after"]):
        done = subprocess.run([*copy, *extra, f"{output}/", target], capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildStopped(f"rsync không chép được tới {target}: {done.stderr.strip()}")
    return f"Đã chép trang tới {target}."
