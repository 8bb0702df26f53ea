"""Releases on disk: `output` is a symlink into `.output-releases/` beside it, and each release has its manifest beside it.

Layout: `.output-releases/000012/` (the tree), `000012.json` (its manifest), `lock`, and `*.partial` while one is made.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from chuyendoiso.domain.problems import Busy, WrongUse

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """One file of a release: its fingerprint, the SHA-256 of its bytes, its size in bytes and its modification time."""

    fingerprint: str
    digest: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Release:
    """A release on disk and what its manifest says."""

    folder: Path
    files: Mapping[str, Placed]

    def holds(self, path: str) -> bool:
        """Tell whether a file still is what the manifest says, by size and modification time."""
        placed = self.files.get(path)
        try:
            found = os.lstat(self.folder / path)
        except OSError:
            return False
        return placed is not None and (found.st_size, found.st_mtime_ns) == (placed.size, placed.modified_ns)


def releases_folder(output: Path) -> Path:
    """Return the folder that holds an output's releases."""
    return output.parent / f".{output.name}-releases"


@contextmanager
def locked(output: Path) -> Iterator[Path]:
    """Hold the one lock of an output; yields the folder of its releases. Raises Busy where another build holds it."""
    folder = releases_folder(output)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"Một lần dựng khác đang ghi vào {output.name}. Cách sửa: đợi nó xong rồi chạy lại.") from None
        for left in folder.glob("*.partial*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield folder


def current_release(output: Path) -> Release | None:
    """Return the release that an output shows; None where there is none, or its manifest cannot be read."""
    if not output.is_symlink():
        return None
    folder = output.parent / os.readlink(output)
    try:
        manifest = json.loads(manifest_of(folder).read_text("utf-8"))
        if manifest["format"] != FORMAT or not folder.is_dir():
            return None
        return Release(folder, {path: Placed(**placed) for path, placed in manifest["files"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def manifest_of(folder: Path) -> Path:
    """Return the manifest beside a release."""
    return folder.with_name(f"{folder.name}.json")


def write_manifest(folder: Path, files: Mapping[str, Placed], about: Mapping[str, str | None]) -> None:
    """Write a release's manifest; `about` says when and from what it was built."""
    manifest = {"format": FORMAT, **about, "files": {path: asdict(placed) for path, placed in sorted(files.items())}}
    partial = manifest_of(folder).with_suffix(".json.partial")
    partial.write_text(json.dumps(manifest, ensure_ascii=False, indent=0), "utf-8")
    os.replace(partial, manifest_of(folder))


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
    if not found:
        return True
    for manifest in releases_folder(output).glob("*.json"):
        try:
            if found <= set(json.loads(manifest.read_text("utf-8"))["files"]):
                return True
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return False


def swap(output: Path, folder: Path) -> None:
    """Make an output show a release, by one rename; a real folder of ours is moved aside first."""
    link = folder.parent / "link.partial"
    link.symlink_to(Path(folder.parent.name) / folder.name)
    if output.is_dir() and not output.is_symlink():
        aside = folder.parent / "exchanged.partial"
        os.rename(output, aside)
        os.replace(link, output)
        shutil.rmtree(aside)
        return
    os.replace(link, output)


def prune(output: Path, keep: int) -> None:
    """Delete all but the newest `keep` releases; the one that is shown always stays."""
    folder = releases_folder(output)
    shown = Path(os.readlink(output)).name
    numbered = sorted(path for path in folder.iterdir() if path.is_dir() and path.name.isdigit())
    for old in numbered[:-keep]:
        if old.name != shown:
            manifest_of(old).unlink(missing_ok=True)
            shutil.rmtree(old)


def next_folder(folder: Path) -> Path:
    """Return the folder of the next release."""
    numbers = [int(path.stem) for path in folder.iterdir() if path.stem.isdigit()]
    return folder / f"{max(numbers, default=0) + 1:06}"
