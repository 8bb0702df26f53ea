"""A backup, back in an empty folder: nothing is restored of one that is not whole, and what is restored is there whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.ops.archive import unpack
from chuyendoiso.ops.checksums import verify_sums
from chuyendoiso.ops.snapshot import ARCHIVE, BUNDLE, PATCH, RESTORED_ZALO_STATE, STATE, STORE_STATE, ZALO_STATE
from chuyendoiso.system import git
from chuyendoiso.system.atomic_write import read_state_file, write_state_file
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: the commit that is checked out, how many files of the archive, and whether changes that were not committed."""

    commit: str
    files: int
    changed: bool
    state: tuple[str, ...] = ()  # paths of the state files


def restore(backup: Path, out: Path) -> Restored:
    """Make a folder that is new or empty what was backed up. Raises WrongUse, and BuildStopped with every file that is not whole."""
    if not backup.is_dir():
        raise WrongUse(f"Không có thư mục {backup}. Cách sửa: ghi thư mục của một bản sao lưu, ví dụ .backup/20261124T050000Z.")
    if out.is_symlink() or (out.exists() and not _is_empty(out)):
        raise WrongUse(f"{out} đã có và không trống. Cách sửa: chọn một thư mục mới, rồi tự chuyển sang khi đã xem kỹ.")
    try:
        verify_sums(backup)
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as aside:
            root = Path(aside) / "root"
            restored = _rebuild(backup.resolve(), root)
            os.rename(root, out)
        return restored
    except (OSError, shutil.Error) as error:
        raise BuildStopped(f"Không khôi phục được vào {out}: {explain(error)}. Chưa có gì được khôi phục.") from error


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _rebuild(backup: Path, root: Path) -> Restored:
    """Clone every branch and tag, then put back what git does not have."""
    git.run(root.parent, "clone", "--quiet", "--template=", str(backup / BUNDLE), str(root))
    if git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD").status:
        raise BuildStopped(f"{BUNDLE}: không có nhánh nào để mở.")
    git.run(root, "fetch", "--quiet", "--update-head-ok", "origin", "refs/heads/*:refs/heads/*")
    git.run(root, "remote", "remove", "origin")  # the bundle: it may lie elsewhere tomorrow
    archive, patch = backup / ARCHIVE, backup / PATCH
    files = unpack(archive, root) if archive.is_file() else 0
    if patch.is_file():
        git.run(root, "apply", "--whitespace=nowarn", str(patch))
    return Restored(git.run(root, "rev-parse", "--short", "HEAD").text, files, patch.is_file(), tuple(_restore_state(backup, root)))


def _restore_state(backup: Path, root: Path) -> Iterator[str]:
    """Put back what the jobs knew; yield the paths.

    The Zalo job is told that articles may be on the channel that it does not know.
    What was published last is not put back: on this machine nothing has been published yet.
    """
    if (zalo := backup / STATE / ZALO_STATE).is_file():
        try:
            state = {**read_state_file(zalo, unsealed=1), "restored": True}
        except ValueError:
            raise BuildStopped(
                f"{STATE}/{ZALO_STATE}: tệp này đã hỏng từ trước khi sao lưu. Cách sửa: dùng một bản khác."
            ) from None
        write_state_file(root / RESTORED_ZALO_STATE, state)
        yield RESTORED_ZALO_STATE
    if (uploads := backup / STATE / STORE_STATE).is_file():
        (root / ".output-releases").mkdir(mode=0o755)
        shutil.copyfile(uploads, root / ".output-releases/store-state")
        yield ".output-releases/store-state"
