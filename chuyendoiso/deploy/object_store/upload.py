"""Brings a store up to date with a release: phase by phase, each noted before and after, deletions last and late.

Interrupted anywhere, what may have been sent is known, and the next run sends again whatever is not noted as there.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from chuyendoiso.deploy.object_store.rclone import Store
from chuyendoiso.deploy.object_store.upload_plan import mark_of, plan_absent, plan_deletion, plan_upload
from chuyendoiso.deploy.object_store.upload_state import UploadState, read_state
from chuyendoiso.deploy.serving import FOR_GOOD, caching_of
from chuyendoiso.model import urls
from chuyendoiso.system.atomic_write import locked_state
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

MARK = urls.MARK.removeprefix("/")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """How many files a run has sent and deleted."""

    sent: int
    deleted: int


def deploy_to_store(
    output: Path,
    listed: Mapping[str, str],
    mark: bytes,
    remote: str,
    state: Path,
    environment: Mapping[str, str],
    now: Callable[[], datetime],
) -> str:
    """Bring a store up to date with what `output` shows; return a report.

    `listed` is the SHA-256 of each file by the release's list, `mark` the bytes that say which release is served. Raises BuildStopped.
    """
    done = upload(output, Store(remote, environment), state, now, listed, mark)
    compared = f"{len(listed)} tệp ở đó đã so với danh mục"
    if not done.sent and not done.deleted:
        return f"Kho {remote} đã khớp với trang, không có gì phải gửi: {compared}."
    return (
        f"Đã gửi {done.sent} tệp tới kho {remote}, xóa {done.deleted} tệp cũ; {compared}. Địa chỉ cần xóa đệm: {purge_file(state)}."
    )


def purge_file(state: Path) -> Path:
    """Return where the addresses are listed that a cache before the store should be asked to drop."""
    return state.with_name(f"{state.name}.purge.txt")


def upload(
    output: Path, store: Store, state: Path, now: Callable[[], datetime], listed: Mapping[str, str], mark: bytes
) -> Uploaded:
    """Send what is new or damaged, then delete what has long been absent, then list what caches should drop.

    Raises BuildStopped.
    """
    tree = output.resolve()  # one release, whatever is shown meanwhile
    with locked_state(state, "đường dẫn", f"kho {store.remote}"), tempfile.TemporaryDirectory() as folder:
        files = read_tree(tree)
        if wrong := [path for path in {*files, *listed} if files.get(path) != listed.get(path)]:
            raise BuildStopped(
                f"{len(wrong)} tệp trong {tree} không đúng như danh mục của bản này, ví dụ {min(wrong)}. "
                "Chưa gửi gì. Cách sửa: dựng lại trang."
            )
        known = read_state(state, store.remote)
        _forget_damaged(tree, files, store, known)
        sent = _send(tree, files, store, known)
        Path(folder, MARK).write_bytes(mark)
        marked = {MARK: hashlib.sha256(mark).hexdigest()}
        sent += _send(Path(folder), marked, store, known)
        deleted = _delete({**files, **marked}, store, known, now())
        if sent:
            _write_purge(purge_file(state), known)
    return Uploaded(sent, deleted)


def _forget_damaged(tree: Path, files: Mapping[str, str], store: Store, known: UploadState) -> None:
    """Forget, of the objects that need not be sent, those that are no longer in the store as they were sent."""
    unchanged = [path for path in files if known.objects.get(path) == mark_of(path, files[path])]
    if unchanged and (damaged := store.compare(str(tree), unchanged)):
        known.objects |= dict.fromkeys(damaged, "")
        known.save()


def _write_purge(file: Path, known: UploadState) -> None:
    """List what was replaced since the last whole upload, runs that were interrupted included."""
    listed = sorted(path.removesuffix("index.html") for path in known.stale if caching_of(path) != FOR_GOOD)
    try:
        file.write_text("".join(f"/{path}\n" for path in listed), "utf-8")
    except OSError as error:
        raise BuildStopped(f"Không ghi được {file}: {explain(error)}.") from error
    known.stale = set()
    known.save()


def read_tree(tree: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a tree, by path. Raises WrongUse where it is no site."""
    if not (tree / "index.html").is_file():
        raise WrongUse(f"{tree.name} chưa có trang nào để gửi. Cách sửa: dựng trang trước.")
    found = {}
    for folder, _, names in os.walk(tree):
        for name in names:
            path = Path(folder, name)
            with path.open("rb") as stream:
                found[path.relative_to(tree).as_posix()] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def _send(tree: Path, files: Mapping[str, str], store: Store, known: UploadState) -> int:
    """Send what is new, turn by turn; what a turn has sent is compared before the next one names it."""
    phases = plan_upload(files, known.objects)
    for _, turn in groupby(phases, key=lambda phase: phase.turn):
        sent: list[str] = []
        for phase in turn:
            known.stale |= known.objects.keys() & phase.paths
            known.objects |= dict.fromkeys(phase.paths, "")
            known.save()
            store.copy(str(tree), phase.paths, {"Content-Type": phase.content_type, "Cache-Control": phase.caching})
            known.objects |= {path: mark_of(path, files[path]) for path in phase.paths}
            known.save()
            sent += phase.paths
        if wrong := store.compare(str(tree), sent):
            known.objects |= dict.fromkeys(wrong, "")
            known.save()
            raise BuildStopped(
                f"Kho {store.remote} không giữ đúng {len(wrong)} tệp vừa gửi, ví dụ {min(wrong)}. Cách sửa: chạy lại."
            )
    return sum(len(phase.paths) for phase in phases)


def _delete(files: Mapping[str, str], store: Store, known: UploadState, now: datetime) -> int:
    """Delete; an object is absent from when all pages of a release without it are there, not from when they were made."""
    known.absent = plan_absent(files, known.objects, known.absent, now)
    known.save()
    gone = plan_deletion(known.absent, now)
    if gone:
        store.delete(gone)
        for path in gone:
            del known.objects[path], known.absent[path]
        known.save()
    return len(gone)
