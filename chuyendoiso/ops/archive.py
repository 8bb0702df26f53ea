"""Write and unpack tars of the content files that git does not have.

The bytes depend only on the files' names and contents. Entries outside of the folder are refused: a foreign tar may have
links and paths that lead elsewhere.
"""

import shutil
import tarfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from chuyendoiso.system.errors import BuildStopped


def write_archive(root: Path, names: Iterable[str], target: Path) -> None:
    """Write a tar of files, sorted by name, without owners, times and modes.

    Raises OSError.
    """
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as archive:
        for name in sorted(names):
            entry = tarfile.TarInfo(name)
            with (root / name).open("rb") as stream:
                entry.size = (root / name).stat().st_size
                archive.addfile(entry, stream)


def unpack(source: Path, root: Path) -> int:
    """Unpack a tar over a folder; return the number of files.

    Raises BuildStopped and OSError.
    """
    count = 0
    try:
        with tarfile.open(source) as archive:
            for entry in archive:
                _extract(archive, entry, source.name, root)
                count += 1
    except (tarfile.TarError, EOFError) as error:
        raise BuildStopped(f"{source.name} không đọc được: {error}.") from error
    return count


def _extract(archive: tarfile.TarFile, entry: tarfile.TarInfo, archive_name: str, root: Path) -> None:
    path, target = PurePosixPath(entry.name), root / entry.name
    stream = archive.extractfile(entry) if entry.isreg() and not path.is_absolute() and ".." not in path.parts else None
    if stream is None or not target.parent.resolve().is_relative_to(root.resolve()):
        raise BuildStopped(f'{archive_name}: "{entry.name}" không phải tệp nằm trong nội dung.')
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)  # it may be a symlink
    with target.open("xb") as file:
        shutil.copyfileobj(stream, file)
