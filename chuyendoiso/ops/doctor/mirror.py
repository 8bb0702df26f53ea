"""A mirror held against the main site: how old it is, and whether it is the same tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from chuyendoiso.model import urls
from chuyendoiso.ops.doctor.crawler import Visit
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, warning
from chuyendoiso.ops.doctor.listing import ItemList, read_listing

SHOWN = 5  # differences that are named
BEHIND = timedelta(days=1)
SAME = ("/", "/sitemap.xml", urls.MAIN_FEED)  # what changes with nearly every release


@dataclass(frozen=True, slots=True)
class Mirror:
    """A mirror beside the main site: its list, and those of some files that are not the same on both."""

    url: str
    main: ItemList
    copy: ItemList | None
    different: tuple[str, ...] = ()
    fault: str = ""


def read_mirror(visit: Visit, url: str, main: ItemList) -> Mirror:
    """Ask a mirror for its list, and where that is as new as the main one's, for some files that must be the same."""
    seen = visit.ask("GET", f"{url}{urls.MANIFEST.removeprefix('/')}")
    copy = read_listing(seen)
    if copy is None:
        return Mirror(url, main, None, fault=seen.told if seen.status != 200 else "nội dung không đúng dạng")
    pairs = {path: (visit.get(path), visit.ask("GET", f"{url}{path.removeprefix('/')}")) for path in SAME}
    different = (path for path, (ours, theirs) in pairs.items() if (ours.status, ours.body) != (theirs.status, theirs.body))
    return Mirror(url, main, copy, tuple(different))


def judge_mirror(mirror: Mirror) -> Iterator[Finding]:
    """Tell how far a mirror is behind, or in what else it differs."""
    yield from or_good(_mirror(mirror), "mirror", f"bản sao {mirror.url} giống trang chính.")


def _mirror(mirror: Mirror) -> Iterator[Finding]:
    remedy = "xem việc chép sang bản sao có chạy không, rồi chép lại."
    if mirror.copy is None:
        yield broken("mirror", f"Không đọc được danh sách bài của bản sao {mirror.url}: {mirror.fault}.", remedy)
        return
    ours, theirs = mirror.main.newest, mirror.copy.newest
    if ours and (theirs is None or theirs < ours):
        late = f"chậm hơn trang chính {_span(ours - theirs)}" if theirs else "chưa có bài nào"
        level = broken if theirs is None or ours - theirs > BEHIND else warning
        yield level("mirror", f"Bản sao {mirror.url} {late}.", remedy)
        return
    digests = {item.id: (item.digest, item.title) for item in mirror.copy.items}
    other = [item.path for item in mirror.main.items if digests.get(item.id) != (item.digest, item.title)]
    if named := [*other[:SHOWN], *mirror.different]:
        yield warning("mirror", f"Bản sao {mirror.url} khác trang chính ở: {', '.join(named)}.", remedy)


def _span(span: timedelta) -> str:
    hours, minutes = span.seconds // 3600, span.seconds % 3600 // 60
    named = [(span.days, "ngày"), (hours, "giờ"), (minutes, "phút")]
    return " ".join(f"{number} {name}" for number, name in named if number) or "chưa tới một phút"
