"""Who stands for the code: each commit that touches anything but the content must be signed by a key on the list.

Signatures are SSH's (`gpg.format = ssh`), the list is an allowed_signers file (ssh-keygen(1)). A merge touches what it differs in from any
of its parents: so nobody takes back a change of the code by merging.
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
# another kind of signature is made to fail: a key ring of this machine is not the list
_KIND = (
    "-c",
    "gpg.ssh.program=ssh-keygen",
    "-c",
    "gpg.program=false",
    "-c",
    "gpg.openpgp.program=false",
    "-c",
    "gpg.x509.program=false",
)


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, and why it does not count as signed; None where it does."""

    id: str
    day: str
    author: str
    subject: str
    fault: str | None = None

    def __str__(self) -> str:
        """Return the line that people see."""
        return one_line(f'{self.id[:12]} {self.day} {self.author} "{self.subject}": {self.fault}.')


@dataclass(frozen=True, slots=True)
class Checked:
    """How many commits were looked at, and those of them that touch the code."""

    seen: int
    commits: tuple[Commit, ...]


def parse_verdict(status: int, told: str) -> str | None:
    """Return why a commit does not count as signed, of what `git verify-commit` says; None where it does."""
    if status == 0 and _GOOD.search(told):
        return None
    if "No principal matched" in told:
        return "ký bằng khóa không có trong danh sách"
    if not told.strip():
        return "không có chữ ký SSH"
    return "chữ ký không đúng"


def touches_code(paths: Iterable[str], content: str) -> bool:
    """Tell whether any path is outside of the content folder."""
    return any(not path.startswith(f"{content}/") for path in paths)


def report(checked: Checked, since: str) -> str:
    """Return the lines for people, the count last."""
    faulty = [commit for commit in checked.commits if commit.fault]
    if not faulty:
        return (
            f"Đã xem {checked.seen} commit sau {since}: {len(checked.commits)} commit đổi phần ngoài nội dung, đều có chữ ký đúng."
        )
    count = f"{len(faulty)} trong {len(checked.commits)} commit đổi phần ngoài nội dung không có chữ ký đúng."
    return "\n".join([*map(str, faulty), count])


def check_signatures(root: Path, content: str, since: str, keys: Path, until: str = "HEAD") -> Checked:
    """Look at every commit after `since`. Raises WrongUse."""
    top = git.root_of(root)
    if not shutil.which("ssh-keygen"):
        raise WrongUse("Cần chương trình ssh-keygen. Cách sửa: cài OpenSSH (Debian: apt-get install openssh-client).")
    start = git.ask(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if start.status:
        raise WrongUse(f'Không có commit nào tên là "{since}". Cách sửa: ghi mã commit, nhánh hoặc thẻ, ví dụ --since origin/main.')
    _refuse_keys(top, start.text, since, keys)
    listed = git.run(top, "rev-list", f"{start.text}..{until}").text.split()
    return Checked(len(listed), tuple(_verify(top, one, keys) for one in listed if touches_code(_touched(top, one), content)))


def _refuse_keys(top: Path, start: str, since: str, keys: Path) -> None:
    """Raise WrongUse where there is no list, or one that the commits in question brought themselves."""
    if not keys.is_file():
        raise WrongUse(
            f"Không có tệp khóa {keys}. Cách sửa: ghi tệp allowed_signers, mỗi dòng: thư-điện-tử loại-khóa khóa-công-khai."
        )
    inside = keys.resolve().is_relative_to(top.resolve())
    if inside and git.ask(top, "diff", "--quiet", start, "--", str(keys.resolve())).status:
        raise WrongUse(
            f"Tệp khóa {keys.name} không còn như ở {since}: commit đang xét có thể tự thêm khóa của mình. Cách sửa: lấy tệp ở {since} ra ngoài kho rồi chạy lại."
        )


def _touched(top: Path, commit: str) -> list[str]:
    return git.run(top, "diff-tree", "-r", "-m", "--root", "--no-commit-id", "--name-only", "--no-renames", "-z", commit).names


def _verify(top: Path, commit: str, keys: Path) -> Commit:
    answer = git.ask(top, "-c", f"gpg.ssh.allowedSignersFile={keys.resolve()}", *_KIND, "verify-commit", commit)
    day, author, subject = git.run(top, "log", "-1", "--no-show-signature", "--format=%cs%x00%an%x00%s", commit).text.split("\0")
    return Commit(commit, day, author, subject, parse_verdict(answer.status, answer.errors))


def refuse_unsigned(checked: Checked, since: str) -> str:
    """Return what to say. Raises BuildStopped with every commit that does not count as signed."""
    told = report(checked, since)
    if any(commit.fault for commit in checked.commits):
        raise BuildStopped(told)
    return told
