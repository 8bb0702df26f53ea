"""Restore a backup into an empty folder: completely, or not at all."""

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
class RestoreSummary:
    """The numbers and names of restored parts."""

    commit: str  # abbreviated hash of the commit that is checked out
    files: int  # from the archive
    changed: bool  # whether uncommitted changes were applied
    state: tuple[str, ...] = ()  # paths of the state files


def restore(backup: Path, out: Path) -> RestoreSummary:
    """Restore a backup into a new or empty folder.

    Raises WrongUse, and BuildStopped with every file that is damaged.
    """
    if not backup.is_dir():
        raise WrongUse(f"Không có thư mục {backup}. Cách sửa: ghi thư mục của một bản sao lưu, ví dụ .backup/20261124T050000Z.")
    if out.is_symlink() or (out.exists() and not (out.is_dir() and not any(out.iterdir()))):
        raise WrongUse(f"{out} đã có và không trống. Cách sửa: chọn một thư mục mới, rồi tự chuyển sang khi đã xem kỹ.")
    try:
        verify_sums(backup)
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as staging:
            root = Path(staging) / "root"
            restored = _rebuild(backup.resolve(), root)
            os.rename(root, out)
        return restored
    except (OSError, shutil.Error) as error:
        raise BuildStopped(f"Không khôi phục được vào {out}: {explain(error)}. Chưa có gì được khôi phục.") from error


def _rebuild(backup: Path, root: Path) -> RestoreSummary:
    """Clone every branch and tag, then add the files that git does not have."""
    git.run(root.parent, "clone", "--quiet", "--template=", str(backup / BUNDLE), str(root))
    if git.run_unchecked(root, "rev-parse", "--verify", "--quiet", "HEAD").status:
        raise BuildStopped(f"{BUNDLE}: không có nhánh nào để mở.")
    git.run(root, "fetch", "--quiet", "--update-head-ok", "origin", "refs/heads/*:refs/heads/*")
    git.run(root, "remote", "remove", "origin")  # it is the bundle, which may be moved
    archive, patch = backup / ARCHIVE, backup / PATCH
    files = unpack(archive, root) if archive.is_file() else 0
    if patch.is_file():
        git.run(root, "apply", "--whitespace=nowarn", str(patch))
    return RestoreSummary(
        git.run(root, "rev-parse", "--short", "HEAD").text, files, patch.is_file(), tuple(_restore_state(backup, root))
    )


def _restore_state(backup: Path, root: Path) -> Iterator[str]:
    """Restore the state files of the jobs; yield their paths.

    The Zalo state is marked as restored: the channel may have newer articles. The record of the last publication is not
    restored: this machine has published nothing yet.
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
        target = root / ".output-releases" / STORE_STATE
        target.parent.mkdir(mode=0o755)
        shutil.copyfile(uploads, target)
        yield str(target.relative_to(root))
