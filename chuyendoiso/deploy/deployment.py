"""`invoke publish` after the build: bundle, bring to its place, tell nginx, look at the live site. What the site is to be is the release's."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.deploy.nginx_conf import make_maps, write_nginx
from chuyendoiso.deploy.pending import note_brought_out, read_published
from chuyendoiso.deploy.prepublish_checks import refuse_private
from chuyendoiso.deploy.targets import DeploymentTarget
from chuyendoiso.deploy.websub import changed_feeds, notify_hub
from chuyendoiso.model import urls
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import page_file
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, read_release
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.http import ConnectionFailed, Http

TRIES = 5  # looks at the live site: whatever stands in front may keep the old list for a minute


@dataclass(frozen=True, kw_only=True)
class PublishOptions:
    """What is to be published, and the surroundings."""

    output: Path
    site: Site
    target: DeploymentTarget | None
    nginx: Path | None = None  # the folder of nginx's files on this machine
    after: tuple[str, ...] = ()  # a command to run where nginx's files changed: to have it read them
    check: bool = True  # look at the live site
    commits: tuple[str, ...] = ()  # of content and code
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    say: Callable[[str], None]


def deploy_release(options: PublishOptions) -> None:
    """Bring the release that an output shows to the public, and note that it is there. Raises BuildStopped."""
    release = store.current_release(options.output)
    if release is None or not release.about.published:
        raise WrongUse(f"{options.output.name} chưa hiện bản để đăng nào. Cách sửa: chạy lại make publish.")
    refuse_private(release, options.site)
    before = _published_before(options.output)
    _deploy(options, release)
    note_brought_out(options.output, release, options.commits)
    if options.site.hub and options.target and (feeds := changed_feeds(release, before, options.site)):
        options.say(notify_hub(Http(options.monotonic), options.site.hub, feeds))


def _published_before(output: Path) -> Release | None:
    """Return the release that came to the public last, if it is still there."""
    name = read_published(output)[0]
    return read_release(store.releases_folder(output) / name) if name else None


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
    """Write which addresses moved and which were withdrawn, and have nginx read it."""
    if options.nginx is None or not write_nginx(options.nginx, make_maps(release, options.site)):
        return
    options.say(f"Đã ghi địa chỉ đã chuyển và đã gỡ vào {options.nginx}.")
    if options.after:
        done = subprocess.run(options.after, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildStopped(
                f"Trang mới đã lên, nhưng nginx chưa đọc lại cấu hình: {done.stderr.strip()}. Cách sửa: chạy {' '.join(options.after)}."
            )


def _check(options: PublishOptions, release: Release) -> None:
    """See that the live site is this release, as browsers ask for it. Raises BuildStopped."""
    http = Http(options.monotonic)
    fault = ""
    for attempt in range(TRIES):
        if attempt:
            options.sleep(15.0)
        fault = next(_faults(http, options.site, release), "")
        if not fault:
            options.say(f"Đã xem lại {options.site.url}: đúng bản vừa đăng.")
            return
    raise BuildStopped(f"Đã chép trang, nhưng {fault}. Cách sửa: xem máy chủ web có đọc đúng thư mục không.")


def _faults(http: Http, site: Site, release: Release) -> Iterator[str]:
    """Yield what the live site serves otherwise than the release has it: its mark, and the files that change with nearly every release."""
    wanted = {path: release.files[page_file(path)].digest for path in ("/", urls.MANIFEST, urls.MAIN_FEED)}
    wanted = {urls.MARK: hashlib.sha256(release.mark).hexdigest(), **wanted}
    for path, digest in wanted.items():
        for coding in ("identity", "gzip"):
            yield from _fault(http, site.absolute(path), coding, digest)


def _fault(http: Http, address: str, coding: str, digest: str) -> Iterator[str]:
    try:
        answer = http.ask("GET", address, {"Cache-Control": "no-cache", "Accept-Encoding": coding})
        if answer.status != 200:
            yield f"{address} chưa mở được: HTTP {answer.status}"
        elif hashlib.sha256(answer.content).hexdigest() != digest:
            yield f"{address} chưa phải của bản này{' (bản nén gzip)' if coding == 'gzip' else ''}"
    except ConnectionFailed as error:
        yield f"{address} chưa mở được: {error}"
