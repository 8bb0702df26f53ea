"""Deployment targets: where a release can be brought to, and which one the settings choose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Protocol

from chuyendoiso.deploy.bundle import make_bundle
from chuyendoiso.deploy.object_store.upload import deploy_to_store
from chuyendoiso.deploy.server_folder import DeployFolder, deploy, parse_target
from chuyendoiso.model.vietnamese import format_number, format_size
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, read_release


class DeploymentTarget(Protocol):
    """A place that releases are brought to; `served_by_nginx` if its addresses that moved are nginx's to know."""

    served_by_nginx: ClassVar[bool]

    def deploy(self, release: Release) -> str:
        """Bring a release there, compare what is there with its list, and return a report. Raises BuildStopped."""


@dataclass(frozen=True, slots=True)
class ServerFolder:
    """A folder that a web server reads, on this machine or over SSH."""

    served_by_nginx: ClassVar[bool] = True

    output: Path
    folder: DeployFolder

    def deploy(self, release: Release) -> str:
        """Bring a release there as `DeploymentTarget` says. Raises Busy, too."""
        older = [former for one in store.published_folders(self.output) if (former := read_release(one))]
        aside = store.releases_folder(self.output)
        bundle = make_bundle(release, reversed(older), self.folder.base_path, aside / "bundle", aside / "compressed")
        done = deploy(bundle, self.folder)
        found = f"{format_number(done.files)} tệp, {format_size(done.size)}, đã so từng tệp với danh mục"
        place = self.folder.place
        return f"Đã đưa bản {done.number} lên {place}: {found}." if done.new else f"{place} đã hiện đúng bản này: {found}."


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """An S3-compatible store; `environment` has its keys, as rclone names them."""

    served_by_nginx: ClassVar[bool] = False

    output: Path
    remote: str
    environment: Mapping[str, str]
    now: Callable[[], datetime]

    def deploy(self, release: Release) -> str:
        """Bring a release there as `DeploymentTarget` says."""
        state = store.releases_folder(self.output) / "store-state"
        return deploy_to_store(self.output, release.digests, release.mark, self.remote, state, self.environment, self.now)


def choose_target(
    output: Path,
    base_path: str,
    *,
    folder: str | None = None,
    remote: str | None = None,
    ssh: Sequence[str] = (),
    wait: float = 0,
    environment: Mapping[str, str],
    now: Callable[[], datetime],
    say: Callable[[str], None],
) -> DeploymentTarget | None:
    """Return the target that `publishconf.py` names: an object store before a folder; None without either.

    `base_path` is the site address's, `wait` seconds for a folder's lock. Raises WrongUse.
    """
    if remote:
        return ObjectStore(output, remote, environment, now)
    if folder is not None:
        return ServerFolder(output, parse_target(folder, base_path, ssh, wait=wait, say=say))
    return None
