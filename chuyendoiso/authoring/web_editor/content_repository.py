"""Save files of the content folder in one commit of those files alone.

Other changes of the work tree and of the index are left as they are. Whatever fails, files and index are as they were.
"""

import fcntl
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from chuyendoiso.authoring.web_editor.file_writes import FileWrites
from chuyendoiso.authoring.web_editor.git_commits import GitCommits, commits_of
from chuyendoiso.authoring.web_editor.media_uses import uses_of
from chuyendoiso.authoring.web_editor.work_tree import SaveRefused, WorkTree, blob_hash, form_text
from chuyendoiso.system.os_errors import explain

_LOCK_SECONDS = 10
_SIGNS = frozenset('()[]<>|"`')  # of Markdown
_NEW = "tải lại trang để đọc bản mới; phần đang viết vẫn còn."


@dataclass(frozen=True, slots=True)
class FileEdit:
    """One file of a save, as Gitea's API names it.

    The file must still be what the form read: `base` is that text, `sha` the blob. `retain`: the reader chose to replace a version that
    is in no commit, which is committed first.
    """

    operation: str  # create, update or delete
    path: str
    data: bytes = b""
    from_path: str = ""
    base: str | None = None
    sha: str = ""
    retain: bool = False


@dataclass(frozen=True, slots=True)
class SavedFiles:
    """What a save made: the commit, and the blob of each file."""

    sha: str  # "" without a repository
    blobs: dict[str, str]  # by path


@dataclass
class ContentRepository:
    """A content folder, in a Git repository or not."""

    tree: WorkTree
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def content(self) -> Path:
        """Return the content folder."""
        return self.tree.content

    def commits(self) -> GitCommits | None:
        """Return the repository of the content folder; None if it is in none."""
        return commits_of(self.content)

    def save(self, edits: Sequence[FileEdit], message: str, branch: str = "") -> SavedFiles:
        """Write files and commit them. Raise SaveRefused if that is impossible."""
        if not edits:
            raise SaveRefused(422, "Không có tệp nào để lưu.")
        try:
            with self._locked():
                return self._save(edits, message, branch)
        except OSError as error:
            raise SaveRefused(
                507 if error.errno == 28 else 500,
                f"Chưa lưu được: {explain(error)}. Cách sửa: xử lý xong rồi bấm Lưu lại; chữ đang viết vẫn còn trong trang này.",
            ) from error

    def _save(self, edits: Sequence[FileEdit], message: str, branch: str) -> SavedFiles:
        paths = sorted({path for edit in edits for path in (edit.path, edit.from_path) if path})
        commits = self.commits()
        if commits:
            commits.check(branch)
        for edit in edits:
            self._check(edit)
        self._check_unused(edits)
        if commits:
            commits.retain([edit.path for edit in edits if edit.retain])
        with ExitStack() as on_failure:
            writes = FileWrites(self.content)
            on_failure.callback(writes.undo)
            for edit in edits:
                self._write(writes, edit)
            writes.flush()
            sha = commits.commit(paths, message) if commits else ""
            on_failure.pop_all()
            writes.forget()
        saved = {edit.path: edit.data for edit in edits if edit.operation != "delete"}
        return SavedFiles(sha, {path: blob_hash(self.tree.read(path) or data) for path, data in saved.items()})

    def _check(self, edit: FileEdit) -> None:
        """Raise SaveRefused if a file is no longer what the form read."""
        before = edit.from_path or edit.path
        now = self.tree.read(before)
        if edit.from_path.startswith("media/") and (signs := sorted(_SIGNS & {*edit.path})):
            raise SaveRefused(
                422, f"Tên tệp có dấu {' '.join(signs)} thì bài không ghi được ảnh hay liên kết. Cách sửa: đặt tên khác."
            )
        if edit.from_path and self.tree.read(edit.path) is not None:
            raise SaveRefused(422, f"Đã có tệp {edit.path}. Cách sửa: đổi “Tên bài” hoặc điền “Tên trong địa chỉ”, rồi lưu lại.")
        if edit.operation == "create":
            if now is not None and now != edit.data:
                message = f"Đã có tệp {edit.path}. Cách sửa: đổi tên, rồi lưu lại."
                raise SaveRefused(422, message, path=before, current=form_text(now) if before.endswith(".md") else None)
        elif now is None:
            if edit.operation == "update" and edit.retain:
                return
            raise SaveRefused(409, f"Tệp {before} đã bị xóa hoặc đổi tên ở chỗ khác.", path=before, current=None)
        elif edit.operation == "update" and form_text(now) == form_text(edit.data) and not edit.from_path:
            return  # saved before, and the answer was lost
        elif edit.base is not None and before.endswith(".md"):
            if form_text(now) != form_text(edit.base.encode()):
                message = f"Tệp {before} đã được sửa ở chỗ khác sau khi bạn mở bài."
                raise SaveRefused(409, message, path=before, current=form_text(now))
        elif edit.sha and edit.sha != blob_hash(now):
            raise SaveRefused(409, f"Tệp {before} đã được sửa ở chỗ khác. Cách sửa: {_NEW}", path=before)
        elif not edit.sha and before.endswith(".md"):
            raise SaveRefused(422, f"Không rõ {before} được sửa từ bản nào. Cách sửa: {_NEW}")

    def _check_unused(self, edits: Sequence[FileEdit]) -> None:
        """Raise SaveRefused if items will name a file that goes; list them."""
        gone = {edit.path: b"" for edit in edits if edit.operation == "delete"}
        moved = [edit.from_path for edit in edits if edit.from_path.startswith("media/")]
        uses = uses_of(self.tree, [path for path in gone if path.startswith("media/")], gone)
        uses += uses_of(self.tree, moved, {edit.path: edit.data for edit in edits} | gone)
        if uses:
            using = "; ".join(use.message for use in uses)
            remedy = "bỏ ảnh hay tệp ấy khỏi từng bài, lưu, rồi làm lại."
            message = f"{'Chưa đổi tên được' if moved else 'Chưa xóa được'}: {using}. Cách sửa: {remedy}"
            raise SaveRefused(409, message, used=[use.content for use in uses])

    def _write(self, writes: FileWrites, edit: FileEdit) -> None:
        path = self.tree.locate(edit.path)
        if edit.operation == "delete":
            writes.remove(path)
            return
        before = self.tree.read(edit.from_path or edit.path) or b""
        writes.write(path, _with_line_ends_of(before, edit.data) if edit.path.endswith(".md") else edit.data)
        if edit.retain and before and not self.commits():
            writes.copy(path)
        if edit.from_path and edit.from_path != edit.path:
            writes.remove(self.tree.locate(edit.from_path))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of the folder: of this process, and of other editors' processes."""
        if not self._lock.acquire(timeout=_LOCK_SECONDS):
            raise SaveRefused(423, "Một lần lưu khác đang chạy. Cách sửa: đợi vài giây rồi bấm Lưu lại.")
        try:
            descriptor = os.open(self.content, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield
            finally:
                os.close(descriptor)
        finally:
            self._lock.release()


def _with_line_ends_of(before: bytes, data: bytes) -> bytes:
    """Return text with the line ends of the file that it replaces."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if b"\r\n" in before else data
