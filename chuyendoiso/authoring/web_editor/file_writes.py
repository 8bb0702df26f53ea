"""Write several files so that all can be undone until the last step is done."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from chuyendoiso.system.atomic_write import flush_folder


@dataclass
class FileWrites:
    """Files written or removed under a folder, with what they were.

    A former file stays beside the new one under a hidden name, which `content.scan` ignores, until `forget`.
    """

    root: Path
    _former: list[tuple[Path, Path | None]] = field(default_factory=list)  # a file, and where it was put
    _folders: list[Path] = field(default_factory=list)  # new ones

    def write(self, path: Path, data: bytes) -> None:
        """Replace or create a file. Raise OSError."""
        self._make_folder(path.parent)
        partial = path.with_name(f".{path.name}~")
        try:
            with partial.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if path.exists():
                partial.chmod(path.stat().st_mode & 0o777)
            self._former.append((path, self._retain(path)))
            os.replace(partial, path)
        except BaseException:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise

    def remove(self, path: Path) -> None:
        """Remove a file. Raise OSError."""
        self._former.append((path, self._retain(path)))
        path.unlink()

    def copy(self, path: Path) -> None:
        """Leave a copy of the former file beside it for good: there is no repository."""
        former = next((former for written, former in self._former if written == path and former), None)
        if former:
            number = next(n for n in range(1, 10_000) if not path.with_name(f".{path.name}.{n}~").exists())
            shutil.copy2(former, path.with_name(f".{path.name}.{number}~"))

    def flush(self) -> None:
        """Make the names durable. Raise OSError."""
        for folder in {path.parent for path, _ in self._former}:
            flush_folder(folder)

    def undo(self) -> None:
        """Put all files back as they were."""
        for path, former in reversed(self._former):
            with suppress(OSError):
                if former:
                    os.replace(former, path)
                else:
                    path.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()

    def forget(self) -> None:
        """Remove the former files."""
        for _, former in self._former:
            if former:
                with suppress(OSError):
                    former.unlink(missing_ok=True)

    def _retain(self, path: Path) -> Path | None:
        """Give a file a second name; None if there is no file."""
        if not path.exists():
            return None
        former = path.with_name(f".{path.name}.cu~")
        former.unlink(missing_ok=True)
        try:
            os.link(path, former)
        except OSError:  # a file system without hard links
            shutil.copy2(path, former)
        return former

    def _make_folder(self, folder: Path) -> None:
        missing = [parent for parent in (folder, *folder.parents) if parent.is_relative_to(self.root) and not parent.exists()]
        for parent in reversed(missing):
            parent.mkdir()
            self._folders.append(parent)
