"""A backup: all that the site is made of, in one folder that says by its sums whether it is whole.

`repository.bundle` (git: every branch, every version), `attachments.tar` (files of the content folder that git does not have),
`content.patch` (changes that were not committed, if those are wanted), `releases/` (what was published, file by file),
`state/` (what the Zalo job and the object store's uploads know; never a token), `SHA256SUMS`. It is written aside and renamed when it is whole; `restore.py` goes the other way.
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
from chuyendoiso.system.atomic_write import hold
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

BUNDLE, ARCHIVE, PATCH, RELEASES, NOTE = "repository.bundle", "attachments.tar", "content.patch", "releases", "KHOI-PHUC.txt"
STATE, ZALO_STATE, STORE_STATE, PUBLISHED = "state", "zalo.json", "store-state", "brought-out.json"
RESTORED_ZALO_STATE = ".zalo-state.json"  # where it is put back, in the project's folder: the default of zalo-sync
_NAMED = re.compile(r"\d{8}T\d{6}Z")
_LEFT = re.compile(r"\d{8}T\d{6}Z\.(partial|old)")
HOW_TO = """Bản sao lưu trang tin, lập lúc {name} (giờ UTC).

Khôi phục, từ một bản của dự án:   .venv/bin/invoke restore THƯ-MỤC-NÀY --out THƯ-MỤC-MỚI
Xem còn nguyên không:              sha256sum -c SHA256SUMS
Bài nào đã lên kênh Zalo:          state/zalo.json (nếu có); lệnh khôi phục đặt lại ở .zalo-state.json
Chỉ có Git trong tay:              git clone repository.bundle THƯ-MỤC-MỚI, rồi giải nén attachments.tar vào đó (nếu có)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOptions:
    """What to back up, and where to; `now` names the new folder."""

    content: Path
    output: Path
    target: Path
    now: datetime
    zalo_state: Path
    keep: int = 14
    dirty: bool = False


@dataclass(frozen=True, slots=True)
class Unkept:
    """What of the content folder git does not keep; paths from the top of the work tree, in POSIX form."""

    changed: tuple[str, ...]  # known to git, and not as in the last commit
    untracked: tuple[str, ...]  # not known to git, and not ignored
    attachments: tuple[str, ...]  # ignored by git below media/, or kept by git as a pointer alone (Git LFS)


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """A backup that was made, and which older ones were deleted for it."""

    folder: Path
    files: int  # in the archive
    state: tuple[str, ...]  # names of the state files that it has
    deleted: tuple[str, ...]


def back_up(options: BackupOptions) -> BackupSummary:
    """Make a backup. Raises WrongUse, Busy, and BuildStopped where it cannot be written: then nothing of it stays."""
    root = git.root_of(options.content)
    refuse(options, root)
    unkept = read_unkept(options.content, root)
    if not options.dirty and (names := sorted({*unkept.changed, *unkept.untracked})):
        more = f" và {len(names) - 3} tệp khác" if len(names) > 3 else ""
        raise WrongUse(
            f"Nội dung có thay đổi chưa commit: {', '.join(names[:3])}{more}. Cách sửa: commit rồi chạy lại, hoặc thêm --dirty để sao lưu cả chúng."
        )
    folder = options.target / f"{options.now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    archived = tuple(
        name for name in {*unkept.attachments, *(unkept.untracked if options.dirty else ())} if (root / name).is_file()
    )
    try:
        with locked(options.target):
            _write(options, root, folder, archived)
            state = tuple(sorted(path.name for path in (folder / STATE).iterdir())) if (folder / STATE).is_dir() else ()
            return BackupSummary(folder, len(archived), state, tuple(_thin_out(options.target, folder, options.keep)))
    except OSError as error:
        what = error.filename or folder.name
        raise BuildStopped(f"Không sao lưu được {what}: {explain(error)}. Không có bản dở dang nào được giữ lại.") from error


def refuse(options: BackupOptions, root: Path) -> None:
    """Raise WrongUse where options make no sense, or its backup would not be whole."""
    target, content = options.target.resolve(), options.content.resolve()
    releases = store.releases_folder(options.output).resolve()
    if options.keep < 1:
        raise WrongUse("--keep là số bản sao lưu giữ lại, ít nhất là 1.")
    if target.is_relative_to(content):
        raise WrongUse(
            f"Bản sao lưu không nằm trong {content.name}/ được. Cách sửa: chọn --out ở nơi khác, tốt nhất là trên đĩa khác."
        )
    if any(target.is_relative_to(public) for public in (releases, options.output.resolve())):
        raise WrongUse(
            f"{options.output.name} là nơi người đọc xem trang: bản sao lưu ở đó sẽ lộ bài nháp. Cách sửa: chọn --out ở nơi khác."
        )
    if git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD").status:
        raise WrongUse("Kho Git chưa có commit nào để sao lưu. Cách sửa: commit trước.")
    if git.run(root, "rev-parse", "--is-shallow-repository").text == "true":
        raise WrongUse("Kho Git này chỉ có những commit gần đây (shallow), sao lưu sẽ thiếu. Cách sửa: chạy git fetch --unshallow.")


def read_unkept(content: Path, root: Path) -> Unkept:
    """Return what of the content folder git does not keep."""
    inside = content.resolve().relative_to(root.resolve()).as_posix()
    media = f"{inside}/media"
    changed = git.run(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", "HEAD", "--", inside).names
    untracked = git.run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", inside).names
    ignored = git.run(root, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", media).names
    pointers = git.run(root, "ls-files", "-z", "--", f":(attr:filter=lfs){inside}").names
    return Unkept(tuple(changed), tuple(untracked), tuple(sorted({*ignored, *pointers})))


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the one lock of a folder of backups, and clear away what an interrupted one left. Raises Busy and OSError."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold(target / ".lock", target.name):
        for left in target.iterdir():
            if _LEFT.fullmatch(left.name):
                shutil.rmtree(left)
        yield


def _write(options: BackupOptions, root: Path, folder: Path, archived: tuple[str, ...]) -> None:
    """Write a backup aside, have it on disk, and give it its name."""
    if folder.exists():
        raise WrongUse(f"Bản sao lưu {folder.name} đã có. Cách sửa: đợi một giây rồi chạy lại.")
    partial = folder.with_name(f"{folder.name}.partial")
    partial.mkdir(mode=0o700)  # drafts are in it
    try:
        git.run(root, "bundle", "create", "--quiet", str(partial / BUNDLE), "--all", "HEAD")
        git.run(root, "bundle", "verify", "--quiet", str(partial / BUNDLE))
        if archived:
            write_archive(root, archived, partial / ARCHIVE)
        if options.dirty:
            _write_patch(options.content, root, partial / PATCH)
        _copy_manifests(options.output, partial / RELEASES)
        _copy_state(options, partial / STATE)
        (partial / NOTE).write_text(HOW_TO.format(name=folder.name), "utf-8")
        write_sums(partial)
        _flush(partial)
        os.rename(partial, folder)
        store.flush_folder(options.target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write_patch(content: Path, root: Path, file: Path) -> None:
    """Write what differs from the last commit, if anything does, whatever the machine's settings of `git diff` are."""
    plain = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/")
    patch = git.run(root, "diff", "--binary", "--full-index", *plain, "HEAD", "--", str(content.resolve())).out
    if patch:
        file.write_bytes(patch)


def _copy_manifests(output: Path, folder: Path) -> None:
    """Copy what is told of the releases, as it stands between two builds; nothing where there are none."""
    if not store.folders(output):
        return
    folder.mkdir(mode=0o700)
    with store.locked(output, wait=store.WAIT) as releases:
        for manifest in releases.glob("*.json"):
            shutil.copyfile(manifest, folder / manifest.name)


def _copy_state(options: BackupOptions, folder: Path) -> None:
    """Copy what the jobs know, each file as its job last replaced it."""
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


# ── the old ones ────────────────────────────────────────────────────────────────────────────────────────────────────────


def plan_deletion(names: list[str], new: str, keep: int) -> list[str]:
    """Return which backups go so that the new one and the newest others stay, the oldest first."""
    older = sorted(name for name in names if name != new)
    return older[: max(0, len(older) - (keep - 1))]


def _thin_out(target: Path, new: Path, keep: int) -> Iterator[str]:
    """Delete backups that need not stay; only what we made: named so, a real folder, with our files in it."""
    ours = [path.name for path in target.iterdir() if _is_ours(path)]
    for name in plan_deletion(ours, new.name, keep):
        gone = target / f"{name}.old"
        os.rename(target / name, gone)
        shutil.rmtree(gone)
        yield name


def _is_ours(path: Path) -> bool:
    whole = (path / SUMS).is_file() and (path / BUNDLE).is_file()
    return bool(_NAMED.fullmatch(path.name)) and path.is_dir() and not path.is_symlink() and whole
