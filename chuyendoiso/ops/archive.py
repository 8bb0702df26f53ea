"""Files of the content folder that git does not have, in a tar: the same files give the same bytes, and nothing else comes out of it.

A tar of a stranger may hold links and paths that lead out of the folder: only plain files below it are taken out.
"""

import shutil
import tarfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from chuyendoiso.system.errors import BuildStopped


def write_archive(root: Path, names: Iterable[str], target: Path) -> None:
    """Write a tar of files below a folder, by name, without owners, times and modes. Raises OSError."""
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as archive:
        for name in sorted(names):
            entry = tarfile.TarInfo(name)
            with (root / name).open("rb") as stream:
                entry.size = (root / name).stat().st_size
                archive.addfile(entry, stream)


def unpack(source: Path, root: Path) -> int:
    """Take the files of a tar out into a folder, over those that are there; return how many. Raises BuildStopped and OSError."""
    count = 0
    try:
        with tarfile.open(source) as archive:
            for entry in archive:
                _take_out(archive, entry, root)
                count += 1
    except (tarfile.TarError, EOFError) as error:
        raise BuildStopped(f"{source.name} không đọc được: {error}.") from error
    return count


def _take_out(archive: tarfile.TarFile, entry: tarfile.TarInfo, root: Path) -> None:
    path, target = PurePosixPath(entry.name), root / entry.name
    stream = archive.extractfile(entry) if entry.isreg() and not path.is_absolute() and ".." not in path.parts else None
    if stream is None or not target.parent.resolve().is_relative_to(root.resolve()):
        raise BuildStopped(f'{Path(str(archive.name)).name}: "{entry.name}" không phải tệp nằm trong nội dung.')
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)  # lest it be a link to elsewhere
    with target.open("xb") as written:
        shutil.copyfileobj(stream, written)
