"""Releases on disk: `output` is a symlink into `.output-releases/` beside it, and each release has its manifest beside it.

Layout: `.output-releases/000012/` (the tree), `000012.json` (what is told of it), `000012.files.json` (its files),
`000012.provenance.json` and `000012.sbom.json` (where it comes from and what it was made with, if it was published), `lock`,
`kept.sqlite` (what need not be done twice), `unchanged` (what the last build depended on), and `*.partial` while one is made.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from chuyendoiso.domain.output import FileFacts
from chuyendoiso.domain.problems import BuildStopped, Busy, WrongUse

FORMAT = 2
DYING = 0.5  # seconds for which processes of a build that was killed may hold its lock until they are dead, too


class Placed(NamedTuple):
    """One file of a release: fingerprint, SHA-256 of its bytes, size in bytes, modification time, and what it is for."""

    fingerprint: str
    digest: str
    size: int
    modified_ns: int
    origin: str

    def is_that_of(self, found: os.stat_result) -> bool:
        """Tell whether a file is as it was left, by size and modification time."""
        return found.st_mtime_ns == self.modified_ns and found.st_size == self.size

    @property
    def facts(self) -> FileFacts:
        """Return what other files may tell of it."""
        return FileFacts(self.size, self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is told of a release as a whole; instants are ISO 8601."""

    built_at: str
    moment: str
    next_moment: str | None
    preview: bool
    published: bool  # made by `publish`: such releases are kept and can be rolled back to
    stamp: int  # the modification time, in seconds, of the files that were new in it
    pages: int
    page_bytes: int
    made_with: Mapping[str, str] = field(default_factory=dict)  # digests of what all of it may depend on, by name


Whole = Callable[[], str | None]  # waits for the name of a release all files of which were found as they were left, if one was


@dataclass(frozen=True, slots=True)
class Release:
    """A release on disk and what its manifest says."""

    folder: Path
    about: About
    files: Mapping[str, Placed]

    def holds(self, path: str) -> bool:
        """Tell whether a file still is what the manifest says, by size and modification time."""
        placed = self.files.get(path)
        try:
            found = os.lstat(f"{self.folder}/{path}")
        except OSError:
            return False
        return placed is not None and placed.is_that_of(found)

    def intact(self, *, looked_at: bool = False) -> dict[str, str]:
        """Return the fingerprints of the files that still are what the manifest says, by path: of all, where they were `looked_at`."""
        if looked_at:
            return {path: placed.fingerprint for path, placed in self.files.items()}
        found: dict[str, str] = {}
        try:
            descriptor = os.open(self.folder, os.O_RDONLY)
        except OSError:
            return found
        try:
            for path, placed in self.files.items():
                try:
                    seen = os.stat(path, dir_fd=descriptor, follow_symlinks=False)
                except OSError:
                    continue
                if placed.is_that_of(seen):
                    found[path] = placed.fingerprint
        finally:
            os.close(descriptor)
        return found


@dataclass(frozen=True, slots=True)
class Retention:
    """How many releases stay: the newest of all, and the newest of the published ones; the one that is shown always does."""

    newest: int = 2
    published: int = 5


def releases_folder(output: Path) -> Path:
    """Return the folder that holds an output's releases."""
    return output.parent / f".{output.name}-releases"


def kept_file(output: Path) -> Path:
    """Return where an output's builds keep what need not be done twice; its folder is made. Raises BuildStopped."""
    return _made(releases_folder(output)) / "kept.sqlite"


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BuildStopped(f"Không ghi được {folder}: {error.strerror}. Trang cũ vẫn còn nguyên.") from error
    return folder


@contextmanager
def locked(output: Path, wait: float = 0) -> Iterator[Path]:
    """Hold the one lock of an output; yields the folder of its releases.

    Raises Busy where another build holds the lock for longer than `wait` seconds.
    """
    folder = _made(releases_folder(output))
    with (folder / "lock").open("w") as stream:
        _lock(stream.fileno(), output.name, time.monotonic() + max(wait, DYING))
        for left in folder.glob("*.partial*"):
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        for told in folder.glob("*.json"):
            if not (folder / told.name.partition(".")[0]).is_dir():
                told.unlink()
        yield folder


def _lock(descriptor: int, name: str, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise Busy(f"Một lần dựng khác đang ghi vào {name}. Cách sửa: đợi nó xong rồi chạy lại.") from None
            time.sleep(0.05)


# ── what is there ───────────────────────────────────────────────────────────────────────────────────────────────────────


def shown_folder(output: Path) -> Path | None:
    """Return the release's folder that an output shows; None where there is none."""
    return output.parent / os.readlink(output) if output.is_symlink() else None


def current_release(output: Path) -> Release | None:
    """Return the release that an output shows; None where there is none, or its manifest cannot be read."""
    folder = shown_folder(output)
    return read_release(folder) if folder else None


def read_release(folder: Path) -> Release | None:
    """Return a release; None where there is none, or its manifest is not of this format."""
    about = read_about(folder)
    try:
        rows = json.loads(files_of(folder).read_text("utf-8"))
        return Release(folder, about, {path: Placed(*facts) for path, *facts in rows}) if about and folder.is_dir() else None
    except (OSError, ValueError, TypeError):
        return None


def read_about(folder: Path) -> About | None:
    """Return what is told of a release; None where that cannot be read."""
    try:
        told = json.loads(manifest_of(folder).read_text("utf-8"))
        return About(**told) if told.pop("format") == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def folders(output: Path) -> list[Path]:
    """Return the folders of all releases, the oldest first."""
    try:
        return sorted(path for path in releases_folder(output).iterdir() if path.name.isdigit() and path.is_dir())
    except FileNotFoundError:
        return []


def published_folders(output: Path) -> list[Path]:
    """Return the folders of the published releases, the oldest first."""
    return [folder for folder in folders(output) if (about := read_about(folder)) and about.published]


def last_published(output: Path) -> Release | None:
    """Return the newest published release."""
    return next((found for folder in reversed(published_folders(output)) if (found := read_release(folder))), None)


def next_stamp(output: Path, now: float) -> int:
    """Return the modification time, in seconds, for the files that are new in the next release: `now`, and later than in any other.

    A web server's ETag has whole seconds: a file corrected twice in one second would keep its ETag.
    """
    stamps = (about.stamp for folder in folders(output) if (about := read_about(folder)))
    return max(int(now), max(stamps, default=0) + 1)


def next_folder(folder: Path) -> Path:
    """Return the folder of the next release."""
    numbers = [int(path.name.partition(".")[0]) for path in folder.iterdir() if path.name.partition(".")[0].isdigit()]
    return folder / f"{max(numbers, default=0) + 1:06}"


# ── what is written ─────────────────────────────────────────────────────────────────────────────────────────────────────


def manifest_of(folder: Path) -> Path:
    """Return what is told of a release, beside it."""
    return folder.with_name(f"{folder.name}.json")


def files_of(folder: Path) -> Path:
    """Return the list of a release's files, beside it."""
    return folder.with_name(f"{folder.name}.files.json")


def provenance_of(folder: Path) -> Path:
    """Return what is told of where a release comes from, beside it."""
    return folder.with_name(f"{folder.name}.provenance.json")


def parts_of(folder: Path) -> Path:
    """Return the list of what a release was made with (CycloneDX), beside it."""
    return folder.with_name(f"{folder.name}.sbom.json")


def write_manifest(folder: Path, files: Mapping[str, Placed], about: About) -> None:
    """Write a release's manifest, on disk when this returns."""
    rows = [(path, *one) for path, one in sorted(files.items())]  # an array a file: half the size and time of an object
    write_whole(files_of(folder), json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
    write_whole(manifest_of(folder), json.dumps({"format": FORMAT, **asdict(about)}, ensure_ascii=False, indent=1))


def write_whole(file: Path, text: str) -> None:
    """Write a file beside a release, whole or not at all, on disk when this returns. Raises OSError."""
    partial = file.with_suffix(".json.partial")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(partial, file)


def flush_folder(folder: Path) -> None:
    """Have a folder's names on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refuse_foreign(output: Path) -> None:
    """Raise WrongUse where a folder or file that is not ours stands where the output goes."""
    if output.is_symlink():
        if (output.parent / os.readlink(output)).parent != releases_folder(output):
            raise WrongUse(f"{output} là liên kết tới nơi khác. Cách sửa: xóa liên kết đó, hoặc chọn --output khác.")
    elif output.exists() and not _is_ours(output):
        raise WrongUse(
            f"{output} đã có và không phải do trang này tạo ra. Cách sửa: chuyển nó đi nơi khác, hoặc chọn --output khác."
        )


def _is_ours(output: Path) -> bool:
    """A real folder is ours if it is empty, or if some release of ours lists every file in it."""
    if not output.is_dir():
        return False
    found = {path.relative_to(output).as_posix() for path in output.rglob("*") if not path.is_dir()}
    return not found or any(found <= set(release.files) for folder in folders(output) if (release := read_release(folder)))


def swap(output: Path, folder: Path) -> None:
    """Make an output show a release, by one rename; a real folder of ours is moved aside first."""
    link = folder.parent / "link.partial"
    link.symlink_to(Path(folder.parent.name) / folder.name)
    if output.is_dir() and not output.is_symlink():
        aside = folder.parent / "exchanged.partial"
        os.rename(output, aside)
        os.replace(link, output)
        shutil.rmtree(aside)
    else:
        os.replace(link, output)
    flush_folder(output.parent)


def expendable(output: Path, retention: Retention, new: Path, *, new_published: bool) -> list[Path]:
    """Return the folders that need not stay once the release `new` is shown, the newest first."""
    found = [folder for folder in folders(output) if folder != new]
    published = [folder for folder in published_folders(output) if folder != new]
    stay = {*_newest(found, retention.newest - 1), *_newest(published, retention.published - new_published)}
    return [folder for folder in reversed(found) if folder not in stay]


def recyclable(output: Path, retention: Retention, new: Path, *, new_published: bool) -> Path | None:
    """Return the folder of the release that is to be made into the new one, since it need not stay."""
    shown = shown_folder(output)
    return next((folder for folder in expendable(output, retention, new, new_published=new_published) if folder != shown), None)


def _newest(listed: list[Path], count: int) -> Collection[Path]:
    return listed[-count:] if count > 0 else ()


def delete(folder: Path) -> None:
    """Delete a release, its tree first: what is left of an interrupted deletion is a release without files, never shown."""
    partial = folder.with_name(f"{folder.name}.partial")
    if folder.exists():
        os.rename(folder, partial)
    manifest_of(folder).unlink(missing_ok=True)
    files_of(folder).unlink(missing_ok=True)
    provenance_of(folder).unlink(missing_ok=True)
    parts_of(folder).unlink(missing_ok=True)
    shutil.rmtree(partial, ignore_errors=True)


# ── going back ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def roll_back(output: Path) -> Release:
    """Show the published release before the one that is shown, by one rename. Raises WrongUse where there is none."""
    with locked(output):
        shown = shown_folder(output)
        older = [folder for folder in published_folders(output) if shown is None or folder.name < shown.name]
        found = next((release for folder in reversed(older) if (release := read_release(folder))), None)
        if found is None:
            raise WrongUse(f"{output.name} không còn bản đã đăng nào cũ hơn để quay lại. Cách sửa: sửa nội dung rồi đăng lại.")
        swap(output, found.folder)
        return found
