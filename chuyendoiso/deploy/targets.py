"""Deployment targets of a release, and the choice by the settings."""

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
    """A place to deploy releases to; `served_by_nginx` if nginx needs its moved URLs."""

    served_by_nginx: ClassVar[bool]

    def deploy(self, release: Release) -> str:
        """Deploy a release, verify its files, and return a report. Raises BuildStopped."""


@dataclass(frozen=True, slots=True)
class ServerFolder:
    """A folder that a web server reads, on this machine or over SSH."""

    served_by_nginx: ClassVar[bool] = True

    output: Path
    folder: DeployFolder

    def deploy(self, release: Release) -> str:
        """Deploy a release as `DeploymentTarget` says. Raises Busy, too."""
        former = list(filter(None, map(read_release, store.published_folders(self.output))))
        releases = store.releases_folder(self.output)
        bundle = make_bundle(release, reversed(former), self.folder.base_path, releases / "bundle", releases / "compressed")
        deployed, place = deploy(bundle, self.folder), self.folder.place
        verified = f"{format_number(deployed.files)} tệp, {format_size(deployed.size)}, đã so từng tệp với danh mục"
        if deployed.new:
            return f"Đã đưa bản {deployed.number} lên {place}: {verified}."
        return f"{place} đã hiện đúng bản này: {verified}."


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """An S3-compatible store; `environment` has its keys, in rclone's variables."""

    served_by_nginx: ClassVar[bool] = False

    output: Path
    remote: str
    environment: Mapping[str, str]
    now: Callable[[], datetime]

    def deploy(self, release: Release) -> str:
        """Deploy a release as `DeploymentTarget` says."""
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
    """Return the target in `publishconf.py`: an object store, a folder, or None.

    `base_path` is the site address's, `wait` seconds for a folder's lock. Raises WrongUse.
    """
    if remote:
        return ObjectStore(output, remote, environment, now)
    if folder is not None:
        return ServerFolder(output, parse_target(folder, base_path, ssh, wait=wait, say=say))
    return None
