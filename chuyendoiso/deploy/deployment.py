"""Deploy a release, update nginx, check the live site, notify a WebSub hub."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.deploy.nginx_conf import make_maps, write_nginx
from chuyendoiso.deploy.pending import read_published, record_published
from chuyendoiso.deploy.prepublish_checks import refuse_private
from chuyendoiso.deploy.targets import DeploymentTarget
from chuyendoiso.deploy.websub import changed_feeds, notify_hub
from chuyendoiso.model import urls
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import page_file
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, read_release
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.http import HttpClient, TransportError

TRIES = 5  # checks of the live site: a proxy may cache the old manifest for a minute


@dataclass(frozen=True, kw_only=True)
class PublishOptions:
    """The output to publish, the target, and the clocks to use."""

    output: Path
    site: Site
    target: DeploymentTarget | None
    nginx: Path | None = None  # the folder of nginx's files on this machine
    reload_nginx: tuple[str, ...] = ()  # the command to run if nginx's files changed
    check: bool = True  # whether to check the live site afterwards
    commits: tuple[str, ...] = ()  # of content and code
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    say: Callable[[str], None]


def deploy_release(options: PublishOptions) -> None:
    """Deploy the current release of an output and record it. Raises BuildStopped."""
    release = store.current_release(options.output)
    if release is None or not release.about.published:
        raise WrongUse(f"{options.output.name} chưa hiện bản để đăng nào. Cách sửa: chạy lại make publish.")
    refuse_private(release, options.site)
    name, _ = read_published(options.output)
    before = read_release(store.releases_folder(options.output) / name) if name else None
    _deploy(options, release)
    record_published(options.output, release, options.commits)
    if options.site.hub and options.target and (feeds := changed_feeds(release, before, options.site)):
        options.say(notify_hub(HttpClient(options.monotonic), options.site.hub, feeds))


def _deploy(options: PublishOptions, release: Release) -> None:
    if options.target is None:
        options.say(f"Bản đăng nằm ở {options.output}. publishconf.py chưa khai báo DEPLOY_TO nên chưa chép đi đâu.")
        return
    options.say(options.target.deploy(release))
    if options.target.served_by_nginx:
        _update_nginx(options, release)
    if options.check:
        _check(options, release)


def _update_nginx(options: PublishOptions, release: Release) -> None:
    """Write the maps of moved and withdrawn URLs, and reload nginx if they changed."""
    if options.nginx is None or not write_nginx(options.nginx, make_maps(release, options.site)):
        return
    options.say(f"Đã ghi địa chỉ đã chuyển và đã gỡ vào {options.nginx}.")
    if options.reload_nginx:
        result = subprocess.run(options.reload_nginx, capture_output=True, text=True, check=False)
        if result.returncode:
            raise BuildStopped(
                f"Trang mới đã lên, nhưng nginx chưa đọc lại cấu hình: {result.stderr.strip()}. Cách sửa: chạy {' '.join(options.reload_nginx)}."
            )


def _check(options: PublishOptions, release: Release) -> None:
    """Check that the live site serves this release. Raises BuildStopped."""
    difference = ""
    for attempt in range(TRIES):
        if attempt:
            options.sleep(15.0)
        difference = next(_differences(HttpClient(options.monotonic), options.site, release), "")
        if not difference:
            options.say(f"Đã xem lại {options.site.url}: đúng bản vừa đăng.")
            return
    raise BuildStopped(f"Đã chép trang, nhưng {difference}. Cách sửa: xem máy chủ web có đọc đúng thư mục không.")


def _differences(http: HttpClient, site: Site, release: Release) -> Iterator[str]:
    """Yield the differences between the live site and the release.

    Compare its mark, and files that change in nearly every release.
    """
    digests = {urls.MARK: hashlib.sha256(release.mark).hexdigest()}
    digests |= {path: release.files[page_file(path)].digest for path in ("/", urls.MANIFEST, urls.MAIN_FEED)}
    for path, digest in digests.items():
        for coding in ("identity", "gzip"):
            yield from _compare(http, site.absolute(path), coding, digest)


def _compare(http: HttpClient, address: str, coding: str, digest: str) -> Iterator[str]:
    try:
        response = http.request("GET", address, {"Cache-Control": "no-cache", "Accept-Encoding": coding})
        if response.status != 200:
            yield f"{address} chưa mở được: HTTP {response.status}"
        elif hashlib.sha256(response.content).hexdigest() != digest:
            yield f"{address} chưa phải của bản này{' (bản nén gzip)' if coding == 'gzip' else ''}"
    except TransportError as error:
        yield f"{address} chưa mở được: {error}"
