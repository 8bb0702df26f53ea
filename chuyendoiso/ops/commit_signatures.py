"""Check that each commit to the code is signed by a key on the list.

Signatures are SSH's (`gpg.format = ssh`), the list is an allowed_signers file (ssh-keygen(1)). A merge touches the paths
that differ from any of its parents, so nobody can revert code by merging.
"""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.model.characters import one_line
from chuyendoiso.system import git
from chuyendoiso.system.errors import BuildStopped, WrongUse

_GOOD = re.compile(r'^Good "git" signature for \S+ with \S+ key SHA256:', re.MULTILINE)
# Other kinds of signatures fail: this machine's key ring is not the list of keys
_PROGRAMS = ("gpg.ssh.program=ssh-keygen", "gpg.program=false", "gpg.openpgp.program=false", "gpg.x509.program=false")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, and its signature's fault: None if it is signed by a listed key."""

    id: str
    day: str
    author: str
    subject: str
    fault: str | None = None

    def __str__(self) -> str:
        """Return the commit and its fault as a line."""
        return one_line(f'{self.id[:12]} {self.day} {self.author} "{self.subject}": {self.fault}.')


@dataclass(frozen=True, slots=True)
class CheckedCommits:
    """The number of all commits, and the commits that touch the code."""

    total: int
    commits: tuple[Commit, ...]


def parse_verdict(status: int, output: str) -> str | None:
    """Return the fault of a signature by `git verify-commit`; None if it is good.

    `status` is the exit status, `output` the standard error.
    """
    if status == 0 and _GOOD.search(output):
        return None
    if "No principal matched" in output:
        return "ký bằng khóa không có trong danh sách"
    return "chữ ký không đúng" if output.strip() else "không có chữ ký SSH"


def touches_code(paths: Iterable[str], content: str) -> bool:
    """Return whether any path is outside of the content folder."""
    return any(not path.startswith(f"{content}/") for path in paths)


def check_signatures(root: Path, content: str, since: str, keys: Path, until: str = "HEAD") -> CheckedCommits:
    """Verify every commit after `since` that touches the code. Raises WrongUse."""
    top = git.root_of(root)
    if not shutil.which("ssh-keygen"):
        raise WrongUse("Cần chương trình ssh-keygen. Cách sửa: cài OpenSSH (Debian: apt-get install openssh-client).")
    start = git.run_unchecked(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if start.status:
        raise WrongUse(f'Không có commit nào tên là "{since}". Cách sửa: ghi mã commit, nhánh hoặc thẻ, ví dụ --since origin/main.')
    _check_keys(top, start.text, since, keys)
    ids = git.run(top, "rev-list", f"{start.text}..{until}").text.split()
    return CheckedCommits(
        len(ids), tuple(_verify(top, id_, keys) for id_ in ids if touches_code(_changed_paths(top, id_), content))
    )


def _check_keys(top: Path, start: str, since: str, keys: Path) -> None:
    """Raise WrongUse if the list is missing, or the checked commits changed it."""
    if not keys.is_file():
        raise WrongUse(
            f"Không có tệp khóa {keys}. Cách sửa: ghi tệp allowed_signers, mỗi dòng: thư-điện-tử loại-khóa khóa-công-khai."
        )
    inside = keys.resolve().is_relative_to(top.resolve())
    if inside and git.run_unchecked(top, "diff", "--quiet", start, "--", str(keys.resolve())).status:
        raise WrongUse(
            f"Tệp khóa {keys.name} không còn như ở {since}: commit đang xét có thể tự thêm khóa của mình. Cách sửa: lấy tệp ở {since} ra ngoài kho rồi chạy lại."
        )


def _changed_paths(top: Path, commit: str) -> list[str]:
    return git.run(top, "diff-tree", "-r", "-m", "--root", "--no-commit-id", "--name-only", "--no-renames", "-z", commit).names


def _verify(top: Path, commit: str, keys: Path) -> Commit:
    settings = (f"gpg.ssh.allowedSignersFile={keys.resolve()}", *_PROGRAMS)
    result = git.run_unchecked(top, *(word for setting in settings for word in ("-c", setting)), "verify-commit", commit)
    day, author, subject = git.run(top, "log", "-1", "--no-show-signature", "--format=%cs%x00%an%x00%s", commit).text.split("\0")
    return Commit(commit, day, author, subject, parse_verdict(result.status, result.errors))


def refuse_unsigned(checked: CheckedCommits, since: str) -> str:
    """Return a report in Vietnamese.

    Raises BuildStopped with every commit that has a fault.
    """
    count = len(checked.commits)
    if faulty := [str(commit) for commit in checked.commits if commit.fault]:
        last = f"{len(faulty)} trong {count} commit đổi phần ngoài nội dung không có chữ ký đúng."
        raise BuildStopped("\n".join([*faulty, last]))
    return f"Đã xem {checked.total} commit sau {since}: {count} commit đổi phần ngoài nội dung, đều có chữ ký đúng."
