"""The releases on disk: `output` is a symlink into `.output-releases/` beside it.

Layout: `.output-releases/000012/` (the tree), `000012.json` (its manifest), `000012.files.json` (its files),
`000012.provenance.json` and `000012.sbom.json` (if it was published), `lock`, `cache.sqlite` (the cache),
`up-to-date` (the inputs of the last build), and unfinished `*.partial`.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.release.manifest import Release, files_of, manifest_of, provenance_of, read_about, read_release, sbom_of
from chuyendoiso.system.atomic_write import flush_folder, hold_lock
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

WAIT = 600.0  # seconds that a command waits for a running build before it reads a release


@dataclass(frozen=True, slots=True)
class Retention:
    """How many of the newest, and of the published, releases to retain."""

    newest: int = 2
    published: int = 5


def releases_folder(output: Path) -> Path:
    """Return the folder that holds an output's releases."""
    return output.parent / f".{output.name}-releases"


def cache_file(output: Path) -> Path:
    """Return the path of an output's cache; make its folder. Raises BuildStopped."""
    return _ensure_folder(releases_folder(output)) / "cache.sqlite"


def _ensure_folder(folder: Path) -> Path:
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)  # for the web server's user, whatever the umask
    except OSError as error:
        raise BuildStopped(f"Không ghi được {folder}: {explain(error)}. Trang cũ vẫn còn nguyên.") from error
    return folder


@contextmanager
def locked(output: Path, wait: float = 0, say: Callable[[str], None] | None = None) -> Iterator[Path]:
    """Lock an output; yield the folder of its releases.

    The lock is reentrant in a thread. `say` reports the wait. Raises Busy if another process or thread holds the lock for longer
    than `wait` seconds.
    """
    folder = _ensure_folder(releases_folder(output))
    with hold_lock(folder / "lock", output.name, wait, say) as first:
        if first:
            _clean(folder)
        yield folder


def _clean(folder: Path) -> None:
    """Remove leftovers of killed builds. The caller holds the lock."""
    for path in (
        *folder.glob("*.partial*"),
        *folder.glob("kept.sqlite*"),
        folder / "unchanged",
    ):  # the last two are of older versions
        _remove(path)
    for path in folder.glob("*.json"):
        release = path.name.partition(".")[0]
        if release.isdigit() and not (folder / release).is_dir():
            _remove(path)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def current_release_dir(output: Path) -> Path | None:
    """Return the folder of an output's current release; None if there is none."""
    return output.parent / os.readlink(output) if output.is_symlink() else None


def current_release(output: Path) -> Release | None:
    """Return the current release of an output; None if none is readable."""
    folder = current_release_dir(output)
    return read_release(folder) if folder else None


def folders(output: Path) -> list[Path]:
    """Return the folders of all releases, the oldest first."""
    try:
        return sorted(path for path in releases_folder(output).iterdir() if path.name.isdigit() and path.is_dir())
    except FileNotFoundError:
        return []


def published_folders(output: Path) -> list[Path]:
    """Return the folders of the published releases, the oldest first."""
    return [folder for folder in folders(output) if (about := read_about(folder)) and about.published]


def damaged_folders(output: Path, current: Release | None) -> list[Path]:
    """Return the folders of releases with an unreadable manifest, oldest first.

    `current` is the current release, if its manifest can be read.
    """
    unreadable = None if current else current_release_dir(output)
    return [folder for folder in folders(output) if read_about(folder) is None or folder == unreadable]


def last_published(output: Path) -> Release | None:
    """Return the newest published release; None if none is readable."""
    return next(filter(None, map(read_release, reversed(published_folders(output)))), None)


def next_stamp(output: Path, now: float) -> int:
    """Return the mtime in seconds for new files: `now`, or later than in any release.

    A web server's ETag has whole seconds: a file that changes twice in a second would retain its ETag.
    """
    return max([int(now), *(about.stamp + 1 for folder in folders(output) if (about := read_about(folder)))])


def next_folder(folder: Path) -> Path:
    """Return the folder of the next release."""
    names = [path.name.partition(".")[0] for path in folder.iterdir()]
    return folder / f"{max((int(name) for name in names if name.isdigit()), default=0) + 1:06}"


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_output_dir_is_ours(output: Path) -> None:
    """Raise WrongUse if the output is a folder, file or link that no build made."""
    if output.is_symlink():
        if (output.parent / os.readlink(output)).parent != releases_folder(output):
            raise WrongUse(f"{output} là liên kết tới nơi khác. Cách sửa: xóa liên kết đó, hoặc chọn --output khác.")
    elif output.exists() and not _is_ours(output):
        raise WrongUse(
            f"{output} đã có và không phải do trang này tạo ra. Cách sửa: chuyển nó đi nơi khác, hoặc chọn --output khác."
        )


def _is_ours(output: Path) -> bool:
    """Return whether a folder is empty, or all its files are in one of our releases."""
    if not output.is_dir():
        return False
    names = {path.relative_to(output).as_posix() for path in output.rglob("*") if not path.is_dir()}
    return not names or any(names <= release.files.keys() for release in map(read_release, folders(output)) if release)


def swap(output: Path, folder: Path) -> None:
    """Point an output to a release by one rename; replace a folder of ours."""
    link = folder.parent / "link.partial"
    link.symlink_to(Path(folder.parent.name) / folder.name)
    if output.is_dir() and not output.is_symlink():
        replaced = folder.parent / "exchanged.partial"
        os.rename(output, replaced)
        os.replace(link, output)
        shutil.rmtree(replaced)
    else:
        os.replace(link, output)
    flush_folder(output.parent)


def prunable(output: Path, retention: Retention, new: Path, *, new_published: bool) -> list[Path]:
    """Return the folders to delete once the release `new` is current, newest first."""
    older = [folder for folder in folders(output) if folder != new]
    published = [folder for folder in published_folders(output) if folder != new]
    retained = {*_newest(older, retention.newest - 1), *_newest(published, retention.published - new_published)}
    return [folder for folder in reversed(older) if folder not in retained]


def reusable(output: Path, retention: Retention, new: Path, *, new_published: bool) -> Path | None:
    """Return the folder of a prunable, not current release to build the new one from."""
    current = current_release_dir(output)
    return next((folder for folder in prunable(output, retention, new, new_published=new_published) if folder != current), None)


def _newest(oldest_first: list[Path], count: int) -> Collection[Path]:
    return oldest_first[-count:] if count > 0 else ()


def delete(folder: Path) -> None:
    """Delete a release. An interrupted deletion leaves no valid release."""
    partial = folder.with_name(f"{folder.name}.partial")
    if folder.exists():
        os.rename(folder, partial)
    for path_of in (manifest_of, files_of, provenance_of, sbom_of):
        _remove(path_of(folder))
    shutil.rmtree(partial, ignore_errors=True)


def _remove(path: Path) -> None:
    """Remove a file or a folder, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# ── rollback ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def roll_back(output: Path, wait: float = 0, say: Callable[[str], None] | None = None) -> Release:
    """Swap in the published release before the current one, by one rename.

    Raises WrongUse if there is none, and Busy as `locked` does.
    """
    with locked(output, wait, say):
        current = current_release_dir(output)
        older = [folder for folder in published_folders(output) if current is None or folder.name < current.name]
        release = next(filter(None, map(read_release, reversed(older))), None)
        if release is None:
            raise WrongUse(f"{output.name} không còn bản đã đăng nào cũ hơn để quay lại. Cách sửa: sửa nội dung rồi đăng lại.")
        swap(output, release.folder)
        return release
