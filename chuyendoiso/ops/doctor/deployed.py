"""Compare the site with the last release and the commits of this machine."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from chuyendoiso.deploy.pending import read_published
from chuyendoiso.model import urls
from chuyendoiso.model.target import page_file
from chuyendoiso.ops.build_provenance import SourceRepository
from chuyendoiso.ops.doctor.crawler import Crawler, CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, first_few, or_good
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, read_release

SAMPLE_SIZE = 20  # files to compare besides the crawled pages, others each day
MAX_BYTES = 3_000_000  # of such a file
GRACE = timedelta(minutes=20)  # from a commit to its publication, or for a cache that has an old response
_ROOT_REMEDY = "xem máy chủ web có đọc đúng thư mục www của nơi đăng không (nginx: root), rồi chạy lại make publish."
_FILE_REMEDY = "xem ai sửa thẳng trên máy chủ, lớp đệm (CDN) có giữ bản cũ hoặc chèn gì không; rồi chạy lại make publish."


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """The last published release: name, mark, and the SHA-256 and size of its files.

    `former` has the names of other releases by mark, which releases of the same files share.
    """

    name: str
    mark: str
    digests: Mapping[str, str]
    sizes: Mapping[str, int]
    former: Mapping[str, str]
    commits: tuple[str, ...]
    built_at: datetime


def read_deployed(output: Path, url: str) -> PublishedRelease | None:
    """Return the release published last from an output for a URL; None if none was."""
    name, commits = read_published(output)
    releases = {folder.name: release for folder in store.published_folders(output) if (release := read_release(folder))}
    release = releases.pop(name, None)
    if release is None or _url(release) != url:
        return None
    sizes = {path: file.size for path, file in release.files.items()}
    former = {_mark(older): older_name for older_name, older in releases.items() if _mark(older) != _mark(release)}
    built_at = datetime.fromisoformat(release.about.built_at)
    return PublishedRelease(name, _mark(release), release.digests, sizes, former, commits, built_at)


def _mark(release: Release) -> str:
    return release.mark.decode().strip()


def _url(release: Release) -> str:
    try:
        return str(json.loads((release.folder / urls.MANIFEST.removeprefix("/")).read_text("utf-8"))["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def read_served(crawler: Crawler, deployed: PublishedRelease, rng: Random) -> dict[str, CrawlResponse]:
    """Request more files of the release; return all successful responses by file."""
    small = [path for path, size in sorted(deployed.sizes.items()) if size <= MAX_BYTES and not _is_requested(crawler, path)]
    for path in rng.sample(small, min(SAMPLE_SIZE, len(small))):
        if crawler.requests_left:
            crawler.get(f"/{path.removesuffix('index.html') if path.endswith('/index.html') else path}")
    return {
        page_file(f"/{url.removeprefix(crawler.base)}"): response
        for (method, url), response in crawler.responses.items()
        if method == "GET" and response.status == 200 and url.startswith(crawler.base)
    }


def _is_requested(crawler: Crawler, path: str) -> bool:
    return ("GET", f"{crawler.base}{path.removesuffix('index.html')}") in crawler.responses


def check_release(
    deployed: PublishedRelease, mark: CrawlResponse, served: Mapping[str, CrawlResponse], now: datetime
) -> Iterator[Finding]:
    """Report another release than the deployed release, or files that differ.

    `mark` is the response for the mark of the served release; `served` are responses by file.
    """
    age = now - deployed.built_at
    files = {path: response for path, response in served.items() if path in deployed.digests and not _may_be_cached(response, age)}
    message = f"trang đang hiện bản {deployed.name}; {len(files)} tệp lấy mẫu đúng từng byte."
    yield from or_good(_release_faults(deployed, mark, files, age), "release", message)


def _may_be_cached(response: CrawlResponse, age: timedelta) -> bool:
    """Return whether a cache has the response from before a new release.

    `age` is the release's.
    """
    return age < GRACE and timedelta(seconds=response.age) > age


def _release_faults(
    deployed: PublishedRelease, mark: CrawlResponse, files: Mapping[str, CrawlResponse], age: timedelta
) -> Iterator[Finding]:
    former = deployed.former.get(mark.text.strip())
    if former is not None and _may_be_cached(mark, age):
        return
    if mark.status != 200:
        message = f"Không biết trang đang hiện bản nào: {mark.url} {mark.outcome}; bản đã đăng là {deployed.name}."
        yield broken("release", message, _ROOT_REMEDY)
    elif former is not None:
        message = f"Trang đang hiện bản cũ {former}, không phải bản {deployed.name} đã đăng."
        yield broken("release", message, f"nếu vừa cố ý quay lại bản cũ thì sửa nội dung rồi đăng lại; nếu không, {_ROOT_REMEDY}")
        return
    elif mark.text.strip() != deployed.mark:
        yield broken("release", f"Trang đang hiện một bản không phải bản {deployed.name} đã đăng từ máy này.", _ROOT_REMEDY)
        return
    yield from first_few(
        (
            broken("release", f"{response.url} khác bản đã đăng.", _FILE_REMEDY)
            for path, response in files.items()
            if hashlib.sha256(response.body).hexdigest() != deployed.digests[path]
        ),
        lambda rest: broken("release", f"Và {rest} tệp khác cũng vậy.", _FILE_REMEDY),
    )


def check_commits(sources: Iterable[SourceRepository], deployed: PublishedRelease, now: datetime) -> Iterator[Finding]:
    """Report commits that should have been published by now."""
    yield from or_good(_commit_faults(sources, deployed, now), "commits", "mọi commit trên máy này đã lên trang.")


def _commit_faults(sources: Iterable[SourceRepository], deployed: PublishedRelease, now: datetime) -> Iterator[Finding]:
    for source in sources:
        since = datetime.fromtimestamp(source.since, UTC).astimezone()
        if source.commit not in deployed.commits and now - since > GRACE:
            message = f"Commit {source.commit[:12]} ({source.name}) có trên máy này từ {since:%H:%M %d/%m/%Y} mà chưa lên trang."
            remedy = (
                "xem lịch đăng có chạy không (systemctl list-timers publish.timer), nhật ký nói gì (journalctl -u publish.service)."
            )
            yield broken("commits", message, remedy)
