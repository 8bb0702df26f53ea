"""Run git with the same results on any machine and in any environment."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chuyendoiso.system.errors import BuildStopped, WrongUse

# A hook or a caller may set these (git rev-parse --local-env-vars); they select another repository, or another syntax of paths
_INHERITED = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_SHALLOW_FILE",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_CEILING_DIRECTORIES", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GitResult:
    """The status and the output of a run of git."""

    status: int
    out: bytes
    errors: str

    @property
    def text(self) -> str:
        """Return the output as text, without the line's end."""
        return self.out.decode("utf-8", "surrogateescape").strip()

    @property
    def names(self) -> list[str]:
        """Return the names in the output of `-z`, each of which ends with NUL."""
        return [name for name in self.out.decode("utf-8", "surrogateescape").split("\0") if name]


def run_unchecked(folder: Path, *arguments: str, standard_input: bytes = b"") -> GitResult:
    """Run git in a folder; the caller checks the status. Raises WrongUse without git."""
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", "-c", "i18n.logOutputEncoding=UTF-8", *arguments]
    try:
        process = subprocess.run(command, capture_output=True, check=False, env=_environment(os.environ), input=standard_input)
    except FileNotFoundError:
        raise WrongUse("Cần chương trình git. Cách sửa: cài git (Debian: apt-get install git).") from None
    return GitResult(process.returncode, process.stdout, process.stderr.decode("utf-8", "replace").strip())


def run(folder: Path, *arguments: str, standard_input: bytes = b"") -> GitResult:
    """Run git in a folder. Raises BuildStopped with git's last line if it fails."""
    result = run_unchecked(folder, *arguments, standard_input=standard_input)
    if result.status:
        raise BuildStopped(f"git {arguments[0]} không chạy được: {last_line(result.errors) or result.status}")
    return result


def last_line(errors: str) -> str:
    """Return the last line of a program's errors, which has the cause."""
    return errors.rpartition("\n")[2].strip()


class NoRepository(WrongUse):
    """The folder is in no repository."""


def root_of(folder: Path) -> Path:
    """Return the top of the work tree that a folder is in.

    Raises NoRepository if it is in none, and WrongUse if git refuses to read it.
    """
    result = run_unchecked(folder, "rev-parse", "--show-toplevel") if folder.is_dir() else None
    # git's words with LC_ALL=C
    if result is None or "not a git repository" in result.errors or not (result.status or result.text):
        raise NoRepository(f"{folder} không nằm trong kho Git nào. Cách sửa: lấy dự án về bằng git clone.")
    if another := re.search("dubious ownership in repository at '(.+?)'", result.errors):
        raise WrongUse(
            f"Kho Git {another[1]} thuộc người dùng khác, nên git không đọc. Cách sửa: chạy bằng người dùng ấy, "
            f"hoặc git config --global --add safe.directory {another[1]}"
        )
    if result.status:
        raise WrongUse(
            f"git không đọc được kho của {folder}: {last_line(result.errors)}. Cách sửa: chạy git status trong thư mục ấy."
        )
    return Path(result.text)


def commit_time(folder: Path) -> datetime | None:
    """Return the committer time of the last commit; None if there is none."""
    result = run_unchecked(folder, "log", "-1", "--format=%ct")
    return None if result.status or not result.text else datetime.fromtimestamp(int(result.text), UTC)


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    ours = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0"}
    return {name: value for name, value in environment.items() if name not in _INHERITED} | ours
