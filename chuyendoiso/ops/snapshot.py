"""Back up the repository, other content files, manifests and state.

`repository.bundle` has every branch of git, `attachments.tar` the content files that git does not have, `content.patch`
uncommitted changes (with --dirty), `releases/` the manifests of releases, `state/` the state of the Zalo job and of the
object store's uploads (never a token), `SHA256SUMS` the digests. The folder is renamed into place when it is complete.
`restoration.py` restores it.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chuyendoiso.ops.archive import write_archive
from chuyendoiso.ops.checksums import NAME as SUMS
from chuyendoiso.ops.checksums import write_sums
from chuyendoiso.release import store
from chuyendoiso.system import git
from chuyendoiso.system.atomic_write import flush_folder, hold_lock
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

BUNDLE, ARCHIVE, PATCH, RELEASES, NOTE = "repository.bundle", "attachments.tar", "content.patch", "releases", "KHOI-PHUC.txt"
STATE, ZALO_STATE, STORE_STATE, PUBLISHED = "state", "zalo.json", "store-state", "brought-out.json"
RESTORED_ZALO_STATE = ".zalo-state.json"  # in the restored project: the default of zalo-sync
_BACKUP_NAME = re.compile(r"\d{8}T\d{6}Z")
_INCOMPLETE_NAME = re.compile(r"\d{8}T\d{6}Z\.(partial|old)")
HOW_TO = """Bản sao lưu trang tin, lập lúc {name} (giờ UTC).

Khôi phục, từ một bản của dự án:   .venv/bin/invoke restore THƯ-MỤC-NÀY --out THƯ-MỤC-MỚI
Xem còn nguyên không:              sha256sum -c SHA256SUMS
Bài nào đã lên kênh Zalo:          state/zalo.json (nếu có); lệnh khôi phục đặt lại ở .zalo-state.json
Chỉ có Git trong tay:              git clone repository.bundle THƯ-MỤC-MỚI, rồi giải nén attachments.tar vào đó (nếu có)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOptions:
    """The folders to back up, and the target; `now` names the new backup."""

    content: Path
    output: Path
    target: Path
    now: datetime
    zalo_state: Path
    keep: int = 14
    dirty: bool = False


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """A new backup, and the older backups that were deleted."""

    folder: Path
    files: int  # in the archive
    state: tuple[str, ...]  # names of its state files
    deleted: tuple[str, ...]


def back_up(options: BackupOptions) -> BackupSummary:
    """Make a backup.

    Raises WrongUse, Busy, and BuildStopped if it cannot be written; an incomplete backup is deleted.
    """
    root = git.root_of(options.content)
    _check_options(options, root)
    changed, untracked, attachments = _read_local_files(options.content, root)
    if not options.dirty and (names := sorted({*changed, *untracked})):
        more = f" và {len(names) - 3} tệp khác" if len(names) > 3 else ""
        raise WrongUse(
            f"Nội dung có thay đổi chưa commit: {', '.join(names[:3])}{more}. Cách sửa: commit rồi chạy lại, hoặc thêm --dirty để sao lưu cả chúng."
        )
    folder = options.target / f"{options.now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    files = tuple(name for name in {*attachments, *(untracked if options.dirty else ())} if (root / name).is_file())
    try:
        with _locked(options.target):
            _write(options, root, folder, files)
            state = tuple(sorted(path.name for path in (folder / STATE).glob("*")))
            return BackupSummary(folder, len(files), state, tuple(_prune(options.target, folder, options.keep)))
    except OSError as error:
        raise BuildStopped(
            f"Không sao lưu được {error.filename or folder.name}: {explain(error)}. Không có bản dở dang nào được giữ lại."
        ) from error


def _check_options(options: BackupOptions, root: Path) -> None:
    """Raise WrongUse if the options are invalid, or the backup partial or public."""
    target = options.target.resolve()
    public = (store.releases_folder(options.output).resolve(), options.output.resolve())
    if options.keep < 1:
        raise WrongUse("--keep là số bản sao lưu giữ lại, ít nhất là 1.")
    if target.is_relative_to(options.content.resolve()):
        raise WrongUse(
            f"Bản sao lưu không nằm trong {options.content.resolve().name}/ được. Cách sửa: chọn --out ở nơi khác, tốt nhất là trên đĩa khác."
        )
    if any(map(target.is_relative_to, public)):
        raise WrongUse(
            f"{options.output.name} là nơi người đọc xem trang: bản sao lưu ở đó sẽ lộ bài nháp. Cách sửa: chọn --out ở nơi khác."
        )
    if git.run_unchecked(root, "rev-parse", "--verify", "--quiet", "HEAD").status:
        raise WrongUse("Kho Git chưa có commit nào để sao lưu. Cách sửa: commit trước.")
    if git.run(root, "rev-parse", "--is-shallow-repository").text == "true":
        raise WrongUse("Kho Git này chỉ có những commit gần đây (shallow), sao lưu sẽ thiếu. Cách sửa: chạy git fetch --unshallow.")


def _read_local_files(content: Path, root: Path) -> tuple[list[str], list[str], set[str]]:
    """Return the content files that are changed, untracked, or attachments.

    The paths are relative to `root`. Attachments are ignored files in media/, and files that git has only as a pointer (Git LFS).
    """
    inside = content.resolve().relative_to(root.resolve()).as_posix()
    changed = git.run(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", "HEAD", "--", inside).names
    untracked = git.run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", inside).names
    ignored = git.run(root, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", f"{inside}/media").names
    pointers = git.run(root, "ls-files", "-z", "--", f":(attr:filter=lfs){inside}").names
    return changed, untracked, {*ignored, *pointers}


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold the lock of a folder of backups; delete incomplete backups.

    Raises Busy and OSError.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold_lock(target / ".lock", target.name):
        for path in target.iterdir():
            if _INCOMPLETE_NAME.fullmatch(path.name):
                shutil.rmtree(path)
        yield


def _write(options: BackupOptions, root: Path, folder: Path, files: tuple[str, ...]) -> None:
    """Write a backup to a staging folder, flush it to disk, and rename it into place."""
    if folder.exists():
        raise WrongUse(f"Bản sao lưu {folder.name} đã có. Cách sửa: đợi một giây rồi chạy lại.")
    partial = folder.with_name(f"{folder.name}.partial")
    partial.mkdir(mode=0o700)  # a backup has drafts
    try:
        git.run(root, "bundle", "create", "--quiet", str(partial / BUNDLE), "--all", "HEAD")
        git.run(root, "bundle", "verify", "--quiet", str(partial / BUNDLE))
        if files:
            write_archive(root, files, partial / ARCHIVE)
        if options.dirty:
            _write_patch(options.content, root, partial / PATCH)
        _copy_manifests(options.output, partial / RELEASES)
        _copy_state(options, partial / STATE)
        (partial / NOTE).write_text(HOW_TO.format(name=folder.name), "utf-8")
        write_sums(partial)
        _flush(partial)
        os.rename(partial, folder)
        flush_folder(options.target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write_patch(content: Path, root: Path, file: Path) -> None:
    """Write the differences from the last commit, if any.

    The options make them independent of the machine's `git diff` settings.
    """
    plain = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/")
    patch = git.run(root, "diff", "--binary", "--full-index", *plain, "HEAD", "--", str(content.resolve())).out
    if patch:
        file.write_bytes(patch)


def _copy_manifests(output: Path, folder: Path) -> None:
    """Copy the manifests of the releases, under the lock of the output."""
    if not store.folders(output):
        return
    folder.mkdir(mode=0o700)
    with store.locked(output, wait=store.WAIT) as releases:
        for manifest in releases.glob("*.json"):
            shutil.copyfile(manifest, folder / manifest.name)


def _copy_state(options: BackupOptions, folder: Path) -> None:
    """Copy the state files of the jobs; each job replaces its file atomically."""
    releases = store.releases_folder(options.output)
    files = {ZALO_STATE: options.zalo_state, STORE_STATE: releases / "store-state", PUBLISHED: releases / PUBLISHED}
    for name, file in files.items():
        if file.is_file():
            folder.mkdir(mode=0o700, exist_ok=True)
            shutil.copyfile(file, folder / name)
            (folder / name).chmod(0o600)


def _flush(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())


# ── old backups ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def plan_deletion(names: list[str], new: str, keep: int) -> list[str]:
    """Return the backups to delete, the oldest first.

    `keep` backups are retained, the new one included.
    """
    older = sorted(name for name in names if name != new)
    return older[: max(0, len(older) - (keep - 1))]


def _prune(target: Path, new: Path, keep: int) -> Iterator[str]:
    """Delete old backups; yield their names."""
    backups = [path.name for path in target.iterdir() if _is_backup(path)]
    for name in plan_deletion(backups, new.name, keep):
        old = target / f"{name}.old"
        os.rename(target / name, old)
        shutil.rmtree(old)
        yield name


def _is_backup(path: Path) -> bool:
    """Return whether a path is one of our backups, by name, type and files."""
    is_folder = path.is_dir() and not path.is_symlink()
    return bool(_BACKUP_NAME.fullmatch(path.name)) and is_folder and (path / SUMS).is_file() and (path / BUNDLE).is_file()
