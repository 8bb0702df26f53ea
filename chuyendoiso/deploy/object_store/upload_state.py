"""What is in the store, as far as this machine has put it there: a small file that is replaced as a whole, and on disk before anything else happens."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from chuyendoiso.system.atomic_write import read_state_file, write_state_file
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

VERSION = 2
UNSEALED = 1  # the last version without a checksum


@dataclass
class UploadState:
    """The marks of objects ("" for one that may or may not be there), since when some have been absent from the release, and what caches may hold of before."""

    file: Path
    remote: str
    objects: dict[str, str] = field(default_factory=dict)
    absent: dict[str, datetime] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)  # objects sent anew that nobody has been told of yet

    def save(self) -> None:
        """Write it: after a crash, or a power cut, the file is the old one or the new one. Raises BuildStopped."""
        absent = {path: since.isoformat() for path, since in self.absent.items()}
        told = {"version": VERSION, "remote": self.remote, "objects": self.objects, "absent": absent, "stale": sorted(self.stale)}
        try:
            write_state_file(self.file, told)
        except OSError as error:
            raise BuildStopped(f"Không ghi được tệp trạng thái {self.file}: {explain(error)}.") from error


def read_state(file: Path, remote: str) -> UploadState:
    """Return what is known of a store; nothing, where there is no file or it tells of another store. Raises WrongUse where it is damaged."""
    try:
        told = read_state_file(file, unsealed=UNSEALED)
        if told["version"] not in {VERSION, UNSEALED}:
            raise ValueError(told["version"])
        if told["remote"] != remote:
            return UploadState(file, remote)
        absent = {path: datetime.fromisoformat(at) for path, at in told["absent"].items()}
        return UploadState(file, remote, dict(told["objects"]), absent, set(told["stale"]))
    except FileNotFoundError:
        return UploadState(file, remote)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"Tệp trạng thái {file} không đọc được. Cách sửa: xóa tệp ấy; lần đăng sau gửi lại mọi tệp."
        raise WrongUse(message) from error
