"""A release being made. Unchanged files are hard links into the last release, so they keep their modification time.

No file of a release is ever opened for writing again; if nothing differs from the last release, none is made.
"""

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine.run import Made
from chuyendoiso.release import store
from chuyendoiso.release.store import Placed, Release


@dataclass
class Staging:
    """Files of a release to come, under `folder` with the ending `.partial`."""

    output: Path
    folder: Path
    last: Release | None
    files: dict[str, Placed] = field(default_factory=dict)
    written: int = 0

    @property
    def partial(self) -> Path:
        """Return where the files are written."""
        return self.folder.with_name(f"{self.folder.name}.partial")

    def place(self, made: Made) -> int:
        """Place one file: keep the last release's where its bytes are the same, write it where they differ. Return its size."""
        self.files[made.path] = self._placed(made)
        return self.files[made.path].size

    def _placed(self, made: Made) -> Placed:
        before = self.last.files.get(made.path) if self.last else None
        if made.data is None and made.source is None:
            assert before is not None
            return before
        data = made.data if made.data is not None else _read(made)
        digest = hashlib.sha256(data).hexdigest()
        if self.last and before and before.digest == digest and self.last.holds(made.path):
            return Placed(made.fingerprint, digest, before.size, before.modified_ns)
        return self.write(made, data, digest)

    def write(self, made: Made, data: bytes, digest: str) -> Placed:
        """Write one new file."""
        target = self.partial / made.path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as stream:
                stream.write(data)
            target.chmod(0o644)
        except OSError as error:
            raise BuildStopped(f"Không ghi được {made.path}: {error.strerror}. Trang cũ vẫn còn nguyên.") from error
        self.written += 1
        return Placed(made.fingerprint, digest, len(data), target.stat().st_mtime_ns)

    def finish(self, keep: int, about: Mapping[str, str | None]) -> bool:
        """Swap the release in; return False, and leave the last one as it is, where nothing differs from it."""
        if self.last and not self.written and set(self.files) == set(self.last.files):
            store.write_manifest(self.last.folder, self.files, about)
            return False
        for path in self.files:
            target = self.partial / path
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                assert self.last is not None
                os.link(self.last.folder / path, target)
        for folder, _, _ in os.walk(self.partial):
            os.chmod(folder, 0o755)
        os.sync()  # on disk before it is shown: a power cut leaves the old release or the new one
        os.rename(self.partial, self.folder)
        store.write_manifest(self.folder, self.files, about)
        store.swap(self.output, self.folder)
        store.prune(self.output, keep)
        return True

    def discard(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self.partial, ignore_errors=True)


def _read(made: Made) -> bytes:
    assert made.source is not None
    try:
        return made.source.read_bytes()
    except OSError as error:
        raise BuildStopped(f"Không đọc được {made.source.name}: {error.strerror}. Trang cũ vẫn còn nguyên.") from error
