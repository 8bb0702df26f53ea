"""Upload a release to a store, stage by stage.

Deletions come last, after a retention period.

The state is saved before and after each step: after an interruption the next run sends again every object that is not
recorded as sent.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path

from chuyendoiso.deploy.object_store.rclone import Store
from chuyendoiso.deploy.object_store.upload_plan import fingerprint, plan_absent, plan_deletion, plan_upload
from chuyendoiso.deploy.serving import FOR_GOOD, caching_of
from chuyendoiso.model import urls
from chuyendoiso.system.atomic_write import locked_state, read_state_file, write_state_file
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

MARK = urls.MARK.removeprefix("/")
VERSION = 2
UNSEALED = 1  # the last version without a checksum


@dataclass
class UploadState:
    """The objects in a store that this machine uploaded, as its file records them."""

    file: Path
    remote: str
    objects: dict[str, str] = field(default_factory=dict)  # path → fingerprint; "" for an object that may be missing or damaged
    absent: dict[str, datetime] = field(default_factory=dict)  # path → since when the release lacks it
    stale: set[str] = field(default_factory=set)  # replaced objects that caches may still have

    def record(self, objects: Mapping[str, str]) -> None:
        """Record fingerprints of objects, and save."""
        self.objects |= objects
        self.save()

    def save(self) -> None:
        """Write the state atomically, and flush it to disk. Raises BuildStopped."""
        absent = {path: since.isoformat() for path, since in self.absent.items()}
        state = {"version": VERSION, "remote": self.remote, "objects": self.objects, "absent": absent, "stale": sorted(self.stale)}
        try:
            write_state_file(self.file, state)
        except OSError as error:
            raise BuildStopped(f"Không ghi được tệp trạng thái {self.file}: {explain(error)}.") from error


def read_state(file: Path, remote: str) -> UploadState:
    """Return the state of a store, empty without a file or with another store's.

    Raises WrongUse if it is damaged.
    """
    try:
        state = read_state_file(file, unsealed=UNSEALED)
        if state["version"] not in {VERSION, UNSEALED}:
            raise ValueError(state["version"])
        if state["remote"] != remote:
            return UploadState(file, remote)
        absent = {path: datetime.fromisoformat(at) for path, at in state["absent"].items()}
        return UploadState(file, remote, dict(state["objects"]), absent, set(state["stale"]))
    except FileNotFoundError:
        return UploadState(file, remote)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongUse(f"Tệp trạng thái {file} không đọc được. Cách sửa: xóa tệp ấy; lần đăng sau gửi lại mọi tệp.") from error


@dataclass(frozen=True, slots=True)
class UploadCounts:
    """The numbers of sent and deleted files of a run."""

    sent: int
    deleted: int


def deploy_to_store(
    output: Path,
    digests: Mapping[str, str],
    mark: bytes,
    remote: str,
    state: Path,
    environment: Mapping[str, str],
    now: Callable[[], datetime],
) -> str:
    """Upload the current release of `output` to a store; return a report.

    `digests` are the SHA-256 of each file in the release's manifest, `mark` the content of its mark. Raises BuildStopped.
    """
    uploaded = upload(output, Store(remote, environment), state, now, digests, mark)
    compared = f"{len(digests)} tệp ở đó đã so với danh mục"
    if not uploaded.sent and not uploaded.deleted:
        return f"Kho {remote} đã khớp với trang, không có gì phải gửi: {compared}."
    return f"Đã gửi {uploaded.sent} tệp tới kho {remote}, xóa {uploaded.deleted} tệp cũ; {compared}. Địa chỉ cần xóa đệm: {purge_file(state)}."


def purge_file(state: Path) -> Path:
    """Return the file that lists the URLs to purge from a cache in front of the store."""
    return state.with_name(f"{state.name}.purge.txt")


def upload(
    output: Path, store: Store, state: Path, now: Callable[[], datetime], digests: Mapping[str, str], mark: bytes
) -> UploadCounts:
    """Send changed and damaged objects, then delete objects that are long absent.

    Then list the URLs to purge. Raises BuildStopped.
    """
    tree = output.resolve()  # a later build must not change it
    with locked_state(state, "đường dẫn", f"kho {store.remote}"), tempfile.TemporaryDirectory() as folder:
        files = read_tree(tree)
        _check_digests(tree, files, digests)
        known = read_state(state, store.remote)
        _reset_damaged(tree, files, store, known)
        sent = _send(tree, files, store, known)
        Path(folder, MARK).write_bytes(mark)
        mark_digest = {MARK: hashlib.sha256(mark).hexdigest()}
        sent += _send(Path(folder), mark_digest, store, known)
        deleted = _delete({**files, **mark_digest}, store, known, now())
        if sent:
            _write_purge(purge_file(state), known)
    return UploadCounts(sent, deleted)


def _check_digests(tree: Path, files: Mapping[str, str], digests: Mapping[str, str]) -> None:
    """Raise BuildStopped if the files of a tree differ from the manifest's digests."""
    if wrong := [path for path in {*files, *digests} if files.get(path) != digests.get(path)]:
        raise BuildStopped(
            f"{len(wrong)} tệp trong {tree} không đúng như danh mục của bản này, ví dụ {min(wrong)}. "
            "Chưa gửi gì. Cách sửa: dựng lại trang."
        )


def _reset_damaged(tree: Path, files: Mapping[str, str], store: Store, known: UploadState) -> None:
    """Reset the fingerprints of unchanged files whose object is damaged in the store."""
    unchanged = [path for path in files if known.objects.get(path) == fingerprint(path, files[path])]
    if unchanged and (damaged := store.compare(str(tree), unchanged)):
        known.record(dict.fromkeys(damaged, ""))


def _write_purge(file: Path, known: UploadState) -> None:
    """List the URLs of objects replaced since the last complete upload; clear `stale`."""
    replaced = sorted(path.removesuffix("index.html") for path in known.stale if caching_of(path) != FOR_GOOD)
    try:
        file.write_text("".join(f"/{path}\n" for path in replaced), "utf-8")
    except OSError as error:
        raise BuildStopped(f"Không ghi được {file}: {explain(error)}.") from error
    known.stale = set()
    known.save()


def read_tree(tree: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a tree, by path.

    Raises WrongUse if it is no site.
    """
    if not (tree / "index.html").is_file():
        raise WrongUse(f"{tree.name} chưa có trang nào để gửi. Cách sửa: dựng trang trước.")
    files = (Path(folder, name) for folder, _, names in os.walk(tree) for name in names)
    return {file.relative_to(tree).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _send(tree: Path, files: Mapping[str, str], store: Store, known: UploadState) -> int:
    """Send changed files stage by stage; verify each stage. Return their number."""
    batches = plan_upload(files, known.objects)
    for _, stage in groupby(batches, key=lambda batch: batch.stage):
        sent: list[str] = []
        for batch in stage:
            known.stale |= known.objects.keys() & batch.paths
            known.record(dict.fromkeys(batch.paths, ""))
            store.copy(str(tree), batch.paths, {"Content-Type": batch.content_type, "Cache-Control": batch.caching})
            known.record({path: fingerprint(path, files[path]) for path in batch.paths})
            sent += batch.paths
        if wrong := store.compare(str(tree), sent):
            known.record(dict.fromkeys(wrong, ""))
            raise BuildStopped(
                f"Kho {store.remote} không giữ đúng {len(wrong)} tệp vừa gửi, ví dụ {min(wrong)}. Cách sửa: chạy lại."
            )
    return sum(len(batch.paths) for batch in batches)


def _delete(files: Mapping[str, str], store: Store, known: UploadState, now: datetime) -> int:
    """Delete objects that are long absent.

    Absence begins when all pages of a release without the object are uploaded.
    """
    known.absent = plan_absent(files, known.objects, known.absent, now)
    known.save()
    expired = plan_deletion(known.absent, now)
    if expired:
        store.delete(expired)
        for path in expired:
            del known.objects[path], known.absent[path]
        known.save()
    return len(expired)
