"""Compare the site with the last release published here, and with the commits here."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from chuyendoiso.deploy.pending import read_published
from chuyendoiso.model import urls
from chuyendoiso.model.target import page_file
from chuyendoiso.ops.build_provenance import SourceRepository
from chuyendoiso.ops.doctor.crawler import Visit, VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, skipped
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, read_release

FILES = 20  # of any kind that are compared beside the pages, others each day
LARGEST = 3_000_000  # bytes of a file that is fetched for that
GRACE = timedelta(minutes=20)  # between a commit and the timer's publishing, or for a cache that has an old answer
SHOWN = 5


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """The last published release: name, mark, and the SHA-256 and size of its files.

    `former` has the names of older releases by mark.
    """

    name: str
    mark: str
    digests: Mapping[str, str]
    sizes: Mapping[str, int]
    former: Mapping[str, str]
    commits: tuple[str, ...]
    built_at: datetime


def read_deployed(output: Path, url: str) -> PublishedRelease | None:
    """Return the last release published from an output for an address; None if none."""
    name, commits = read_published(output)
    found = {folder.name: release for folder in store.published_folders(output) if (release := read_release(folder))}
    release = found.pop(name, None)
    if release is None or _url(release) != url:
        return None
    digests = {path: placed.digest for path, placed in release.files.items()}
    sizes = {path: placed.size for path, placed in release.files.items()}
    former = {_mark(older): older_name for older_name, older in found.items()}
    return PublishedRelease(name, _mark(release), digests, sizes, former, commits, datetime.fromisoformat(release.about.built_at))


def _mark(release: Release) -> str:
    return release.mark.decode().strip()


def _url(release: Release) -> str:
    try:
        return str(json.loads((release.folder / urls.MANIFEST.removeprefix("/")).read_text("utf-8"))["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


@dataclass(frozen=True, slots=True)
class Served:
    """The mark that is served, and the answers that are compared, by path."""

    mark: VisitedPage
    answers: Mapping[str, VisitedPage]


def read_mark(visit: Visit) -> VisitedPage:
    """Ask which release is served."""
    return visit.get(urls.MARK)


def read_served(visit: Visit, deployed: PublishedRelease, mark: VisitedPage, seeded: Random) -> Served:
    """Take the answers that came so far, and ask for some more files of the release."""
    fetched = [path for path, size in sorted(deployed.sizes.items()) if size <= LARGEST and not _asked(visit, path)]
    for path in seeded.sample(fetched, min(FILES, len(fetched))):
        if visit.left:
            visit.get(f"/{path.removesuffix('index.html') if path.endswith('/index.html') else path}")
    answers = {}
    for (method, url), seen in visit.known.items():
        if method == "GET" and seen.status == 200 and url.startswith(visit.base):
            answers[page_file(f"/{url.removeprefix(visit.base)}")] = seen
    return Served(mark, answers)


def _asked(visit: Visit, path: str) -> bool:
    return ("GET", f"{visit.base}{path.removesuffix('index.html')}") in visit.known


def judge_served(
    deployed: PublishedRelease, served: Served, now_deployed: PublishedRelease | None, now: datetime
) -> Iterator[Finding]:
    """Report another release, or files that differ from the release's.

    `now_deployed` is the last published release at the end of the visit.
    """
    if now_deployed != deployed:
        yield skipped("release", "không so với bản đã đăng, vì có bản mới được đăng trong lúc xem.")
        return
    new = now - deployed.built_at
    served = replace(served, answers={path: seen for path, seen in served.answers.items() if not _cached(seen, new)})
    compared = [path for path in served.answers if path in deployed.digests]
    yield from or_good(
        _served(deployed, served, compared, now),
        "release",
        f"trang đang hiện bản {deployed.name}; {len(compared)} tệp lấy mẫu đúng từng byte.",
    )


def _cached(seen: VisitedPage, new: timedelta) -> bool:
    """Return whether a cache may still answer so, for the release is new."""
    return new < GRACE and timedelta(seconds=seen.age) > new


def _served(deployed: PublishedRelease, served: Served, compared: Iterable[str], now: datetime) -> Iterator[Finding]:
    mark = served.mark.text.strip()
    folder = "xem máy chủ web có đọc đúng thư mục www của nơi đăng không (nginx: root), rồi chạy lại make publish."
    if mark in deployed.former and _cached(served.mark, now - deployed.built_at):
        return
    if served.mark.status != 200:
        message = f"Không biết trang đang hiện bản nào: {served.mark.url} {served.mark.told}; bản đã đăng là {deployed.name}."
        yield broken("release", message, folder)
    elif mark in deployed.former:
        message = f"Trang đang hiện bản cũ {deployed.former[mark]}, không phải bản {deployed.name} đã đăng."
        yield broken("release", message, f"nếu vừa cố ý quay lại bản cũ thì sửa nội dung rồi đăng lại; nếu không, {folder}")
        return
    elif mark != deployed.mark:
        yield broken("release", f"Trang đang hiện một bản không phải bản {deployed.name} đã đăng từ máy này.", folder)
        return
    wrong = [path for path in compared if hashlib.sha256(served.answers[path].body).hexdigest() != deployed.digests[path]]
    remedy = "xem ai sửa thẳng trên máy chủ, lớp đệm (CDN) có giữ bản cũ hoặc chèn gì không; rồi chạy lại make publish."
    for path in wrong[:SHOWN]:
        yield broken("release", f"{served.answers[path].url} khác bản đã đăng.", remedy)
    if len(wrong) > SHOWN:
        yield broken("release", f"Và {len(wrong) - SHOWN} tệp khác cũng vậy.", remedy)


# ── commits ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def judge_commits(sources: Iterable[SourceRepository], deployed: PublishedRelease, now: datetime) -> Iterator[Finding]:
    """Report commits that should have been published by now."""
    yield from or_good(_commits(sources, deployed, now), "commits", "mọi commit trên máy này đã lên trang.")


def _commits(sources: Iterable[SourceRepository], deployed: PublishedRelease, now: datetime) -> Iterator[Finding]:
    for one in sources:
        since = datetime.fromtimestamp(one.since, UTC).astimezone()
        if one.commit not in deployed.commits and now - since > GRACE:
            message = f"Commit {one.commit[:12]} ({one.name}) có trên máy này từ {since:%H:%M %d/%m/%Y} mà chưa lên trang."
            remedy = (
                "xem lịch đăng có chạy không (systemctl list-timers publish.timer), nhật ký nói gì (journalctl -u publish.service)."
            )
            yield broken("commits", message, remedy)
