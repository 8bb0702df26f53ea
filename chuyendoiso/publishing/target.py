"""Brings a bundle to where it is served: a folder of this machine, or of another over SSH. Each release is a folder of its own there, hard-linked
to the last one where files are the same, and shown by one rename; interrupted anywhere, readers see the old site, and the next run goes on.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from chuyendoiso.domain.problems import BuildStopped, WrongUse

KEPT = 5  # releases that stay at the target, to go back to
_NUMBER = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Target:
    """A folder, on this machine or on `host`; `ssh` is the command by which that is reached."""

    folder: str
    base_path: str  # of the site's address: readers find it at www/ and this
    host: str = ""
    ssh: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Return the folder as rsync names it."""
        return f"{self.host}:{self.folder}" if self.host else self.folder

    def run(self, *arguments: str) -> str:
        """Run one act of `target.sh` there and return what it says. Raises BuildStopped."""
        script = resources.files("chuyendoiso.publishing").joinpath("target.sh").read_text("utf-8")
        act, *rest = arguments
        words = ["sh", "-s", "--", act, self.folder, self.base_path, *rest]
        command = [*self.ssh, self.host, " ".join(map(_quoted, words))] if self.host else words
        return _run(command, script).rstrip("\n")


def parse_target(text: str, base_path: str, ssh: Sequence[str] = ()) -> Target:
    """Return the target that a setting names: an absolute path, or `host:/path`. Raises WrongUse."""
    host, _, folder = text.rpartition(":")
    if not folder.startswith("/") or re.search(r"\s", text):
        raise WrongUse(
            f'Nơi đăng "{text}" không đúng dạng. Cách sửa: trong publishconf.py ghi DEPLOY_TO là "/thư-mục" hoặc "máy:/thư-mục".'
        )
    return Target(folder, base_path, host, tuple(ssh) or ("ssh", "-o", "BatchMode=yes"))


def deploy(bundle: Path, target: Target) -> str | None:
    """Bring a bundle to a target and show it; return the release's number there, None where it is shown already. Raises BuildStopped."""
    for program in ("rsync", *(target.ssh[:1] if target.host else ())):
        if not shutil.which(program):
            raise WrongUse(f"Cần chương trình {program} để chép trang. Cách sửa: cài gói {program}.")
    mark = mark_of(bundle)
    shown, shown_mark, newest = (*target.run("state").split("\n"), "", "", "")[:3]
    if shown and shown_mark == mark:
        return None
    new = f"{int(newest or 0) + 1:06}"
    links = [f"--link-dest=../{newest}"] if _NUMBER.fullmatch(newest) else []
    shell = ["-e", " ".join(map(_quoted, target.ssh))] if target.host else []
    # A partial folder of an earlier run is updated. Files are sent complete: parts of those in the --link-dest folder fail verification
    # in Debian 12 (rsync 3.2.7-1+deb12u6), which then discards them.
    _run(
        ["rsync", "--archive", "--delete", "--whole-file", *links, *shell, f"{bundle}/", f"{target.place}/releases/{new}.partial/"]
    )
    target.run("show", new, mark, str(KEPT))
    return new


def go_back(target: Target) -> str:
    """Show the release before the one that is shown; return its number. Raises BuildStopped where there is none."""
    return target.run("back")


def mark_of(bundle: Path) -> str:
    """Return what tells one bundle from another: the hash of all paths, sizes and modification times."""
    found = hashlib.sha256()
    for folder, folders, files in os.walk(bundle):
        folders.sort()
        for name in sorted(files):
            path = Path(folder, name)
            facts = path.stat()
            found.update(f"{path.relative_to(bundle).as_posix()}\0{facts.st_size}\0{int(facts.st_mtime)}\n".encode())
    return found.hexdigest()


def _run(command: Sequence[str], script: str | None = None) -> str:
    try:
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    except OSError as error:
        raise BuildStopped(f"Không chạy được {command[0]}: {error.strerror}. Trang đang hiện vẫn còn nguyên.") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"mã {done.returncode}"]
        cause = next((line for line in lines if re.search("error|failed|denied|refused", line, re.IGNORECASE)), lines[-1])
        raise BuildStopped(f"{command[0]} không xong: {cause}. Trang đang hiện vẫn còn nguyên; chạy lại lệnh để làm tiếp.")
    return done.stdout


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
