"""Commit some files of a content folder under the name of the machine's user."""

import re
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chuyendoiso.authoring.web_editor.work_tree import SaveRefused
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.git import GitResult, NoRepository, root_of, run_unchecked

_INDEX_LOCK_SECONDS = 5
_UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
_DETACHED = "Kho Git không ở trên nhánh nào. Cách sửa: gõ git switch main (hoặc tên nhánh của bạn), rồi {again}."
_NOBODY = (
    "Git chưa biết bạn là ai để ghi tên vào mỗi lần lưu. Cách sửa: "
    'gõ git config user.name "Họ Tên", git config user.email ten@coquan.vn, rồi {again}.'
)
_MERGING = (
    "Kho Git đang gộp dở (merge, rebase hoặc cherry-pick). Cách sửa: nhờ người dùng git gộp xong (git status chỉ cách), "
    "rồi bấm Lưu lại; chữ đang viết vẫn còn trong trang này."
)
_INDEX_LOCKED = (
    "Kho Git đang bị một chương trình git khác khóa, nên chưa lưu được. Cách sửa: đợi chương trình ấy xong rồi bấm Lưu lại; "
    "nếu không còn chương trình nào chạy, xóa tệp index.lock trong thư mục .git."
)
_FULL = (
    "Chưa lưu được: đĩa đã đầy. Cách sửa: xóa bớt tệp không cần trên máy, rồi bấm Lưu lại; chữ đang viết vẫn còn trong trang này."
)
_NOT_COMMITTED = (
    "Git không ghi {path} vào lịch sử, vì tệp bị bỏ qua (.gitignore) hoặc bị đánh dấu không theo dõi. Cách sửa: nhờ người dùng git gõ "
    "git check-ignore -v {path} và git ls-files -v {path} để biết vì sao, bỏ chỗ ấy, rồi bấm Lưu lại."
)


def commits_of(content: Path) -> "GitCommits | None":
    """Return the repository that tracks a content folder; None if none does."""
    if shutil.which("git") is None:
        return None
    try:
        root_of(content)
    except NoRepository:
        return None
    except WrongUse as error:
        raise SaveRefused(409, str(error)) from error
    tracked = run_unchecked(content, "ls-files", "-z", "--", "site.yml").names
    return GitCommits(content) if tracked else None


@dataclass(frozen=True, slots=True)
class PastCommit:
    """A commit of a file's history."""

    sha: str
    name: str
    email: str
    date: str  # ISO 8601


@dataclass(frozen=True)
class GitCommits:
    """Makes and lists commits of the files below a content folder."""

    content: Path

    def git(self, *arguments: str) -> GitResult:
        """Run git in the content folder; names of files mean themselves."""
        return run_unchecked(self.content, "--literal-pathspecs", "-c", "color.ui=never", *arguments)

    def branch(self) -> str:
        """Return the current branch; "" if HEAD is detached."""
        return self.git("branch", "--show-current").text

    def author(self) -> tuple[str, str]:
        """Return the name and the e-mail address that commits get; "" if unknown."""
        return self.git("config", "user.name").text, self.git("config", "user.email").text

    def problem(self, again: str) -> str:
        """Return why no commit is possible; "" if one is. `again`: what to do then."""
        if not self.branch():
            return _DETACHED.format(again=again)
        identity = run_unchecked(self.content, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
        return _NOBODY.format(again=again) if identity.status else ""

    def check(self, branch: str) -> None:
        """Raise SaveRefused if a commit to `branch` is impossible now."""
        if problem := self.problem("bấm Lưu lại; chữ đang viết vẫn còn trong trang này"):
            raise SaveRefused(409, problem)
        git_folder = Path(self.git("rev-parse", "--absolute-git-dir").text)
        if any((git_folder / name).exists() for name in _UNFINISHED):
            raise SaveRefused(409, _MERGING)
        if branch and branch != self.branch():
            moved = f"Kho Git đã chuyển sang nhánh {self.branch()}, lúc mở trang còn ở nhánh {branch}"
            raise SaveRefused(
                409, f"{moved}. Cách sửa: gõ git switch {branch} rồi bấm Lưu lại, hoặc tải lại trang để viết vào nhánh mới."
            )

    def retain(self, paths: Sequence[str]) -> None:
        """Commit versions that are in no commit yet, before they are replaced."""
        for path in paths:
            self.commit([path], f"Giữ bản trên đĩa trước khi ghi đè: {path}")

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit these files alone; return the commit. Raise SaveRefused."""
        tracked = set(self.git("ls-files", "-z", "--", *paths).names)
        paths = [path for path in paths if path in tracked or (self.content / path).exists()]
        new = [path for path in paths if path not in tracked]
        if paths and self.git("status", "--porcelain", "-z", "--untracked-files=all", "--", *paths).text:
            try:
                if new:
                    self._run("add", "--intent-to-add", "--", *new)
                self._run("commit", "--quiet", "--only", "--message", message, "--", *paths)
            except BaseException:
                self._forget(new)
                raise
        self._check_committed(paths)
        return self.git("rev-parse", "HEAD").text

    def history(self, path: str, limit: int = 100) -> list[PastCommit]:
        """Return the last commits of a file, newest first."""
        result = self.git("log", f"--max-count={limit}", "--format=%H%x00%an%x00%ae%x00%aI", "--", path)
        return [PastCommit(*line.split("\0")) for line in result.text.splitlines() if line.count("\0") == 3]

    def head_time(self) -> datetime | None:
        """Return the author time of the last commit; None if there is none."""
        with suppress(ValueError):
            return datetime.fromisoformat(self.git("log", "-1", "--format=%aI").text)
        return None

    def _run(self, *arguments: str) -> None:
        """Run git, and again while another git holds the index. Raise SaveRefused."""
        deadline = time.monotonic() + _INDEX_LOCK_SECONDS
        while (result := self.git(*arguments)).status:
            if "No space left on device" in result.errors:
                raise SaveRefused(507, _FULL)
            if not re.search(r"\.lock'?: File exists", result.errors):
                raise SaveRefused(409, _failure(result))
            if time.monotonic() > deadline:
                raise SaveRefused(423, _INDEX_LOCKED)
            time.sleep(0.1)

    def _check_committed(self, paths: Sequence[str]) -> None:
        """Raise SaveRefused if a file on disk is not what the last commit has."""
        for path in paths:
            if (self.content / path).exists():
                on_disk = self.git("hash-object", f"--path={path}", "--", path).text
                if self.git("rev-parse", "--verify", "--quiet", f"HEAD:./{path}").text != on_disk:
                    raise SaveRefused(409, _NOT_COMMITTED.format(path=path))

    def _forget(self, paths: Sequence[str]) -> None:
        """Take new files out of the index."""
        if paths:
            self.git("rm", "--cached", "--quiet", "--force", "--ignore-unmatch", "--", *paths)


def _failure(result: GitResult) -> str:
    """Return the message of a failed commit, with what git or a hook printed."""
    printed = [line for line in f"{result.out.decode('utf-8', 'replace')}\n{result.errors}".splitlines() if line.strip()]
    reason = "\n".join(printed[-12:]) or str(result.status)
    return f"Git không nhận lần lưu này, các tệp vẫn như trước. Lý do:\n{reason}\nCách sửa: sửa theo lời trên rồi bấm Lưu lại."
