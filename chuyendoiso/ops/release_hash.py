"""One number for a whole release: its tree hash. Two releases with the same one have the same files with the same bytes."""

import hashlib
import os
from pathlib import Path

from chuyendoiso.release.manifest import Release
from chuyendoiso.release.store import current_release
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain


def read_digests(folder: Path) -> dict[str, str]:
    """Return the digest of each file that lies in a folder now. Raises BuildStopped."""
    try:
        return {
            path.relative_to(folder).as_posix(): digest_of(path)
            for path in (Path(found, name) for found, _, names in os.walk(folder, onerror=_give_up) for name in names)
        }
    except OSError as error:
        raise BuildStopped(f"Không đọc được {error.filename}: {explain(error)}.") from error


def _give_up(error: OSError) -> None:
    raise error


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, in hex. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def shown_release(output: Path) -> Release:
    """Return the release that an output shows. Raises WrongUse where there is none."""
    release = current_release(output)
    if release is None:
        raise WrongUse(f"{output.name} chưa có bản dựng nào. Cách sửa: chạy make html hoặc make publish trước.")
    return release
