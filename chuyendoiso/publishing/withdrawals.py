"""The content that was published last, with what has been withdrawn since: what can be published while other files have errors."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chuyendoiso.domain.problems import BuildStopped, ContentRejected, WrongUse
from chuyendoiso.domain.vocabulary import Status
from chuyendoiso.durable import write_text
from chuyendoiso.editing.edits import with_fields
from chuyendoiso.publishing.due import read_published
from chuyendoiso.release.store import releases_folder
from chuyendoiso.source import Source, Unreadable, read_source
from chuyendoiso.tree import Tree, walk_content
from chuyendoiso.trust import git


@contextmanager
def published_content(content: Path, output: Path) -> Iterator[Path]:
    """Yield a content folder: the commit that was published last, and in it every withdrawal of `content`; it is deleted afterwards.

    Raises WrongUse if that commit is not known, BuildStopped if git cannot check it out.
    """
    _, commits = read_published(output)
    root = git.root_of(content)
    if not commits or git.ask(root, "cat-file", "-e", f"{commits[0]}:{content.relative_to(root).as_posix()}").status:
        raise WrongUse(
            "Không biết bản đang đăng thuộc commit nào, nên không đăng riêng việc gỡ được. "
            "Cách sửa: sửa hết lỗi của các tệp khác rồi chạy make publish."
        )
    folder = releases_folder(output) / "withdrawal"
    _remove(root, folder)
    try:
        git.run(root, "-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", str(folder), commits[0])
        published = folder / content.relative_to(root)
        _add_media(root, content, folder)
        _withdraw(walk_content(content), walk_content(published))
        yield published
    finally:
        _remove(root, folder)


def _remove(root: Path, folder: Path) -> None:
    git.ask(root, "worktree", "remove", "--force", str(folder))
    shutil.rmtree(folder, ignore_errors=True)
    git.ask(root, "worktree", "prune")


def _add_media(root: Path, content: Path, folder: Path) -> None:
    """Add the media files that are not in the repository."""
    for name in git.run(root, "ls-files", "--others", "-z", "--", str(content / "media")).names:
        target = folder / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(root / name, target)
            except OSError:
                shutil.copy2(root / name, target)


def _withdraw(content: Tree, published: Tree) -> None:
    """Withdraw in `published` each file that is withdrawn in `content`. Raises BuildStopped if one cannot be."""
    for name in content.articles:
        if name not in published.articles or not (now := _source(content, name)) or not _is_withdrawn(now):
            continue
        before = _source(published, name)
        if before is None:
            raise BuildStopped(f"Không đọc được {name} của bản đã đăng. Cách sửa: sửa hết lỗi rồi chạy make publish.")
        if not _is_withdrawn(before):
            fields = {"status": Status.WITHDRAWN, "withdrawn_reason": str(now.fields.values.get("withdrawn_reason", ""))}
            write_text(published.files[name], with_fields(before.text, name, fields))


def _source(tree: Tree, name: str) -> Source | None:
    try:
        return read_source(tree.files[name], name, name)
    except (Unreadable, ContentRejected):
        return None


def _is_withdrawn(source: Source) -> bool:
    return str(source.fields.values.get("status", "")).strip() == Status.WITHDRAWN
