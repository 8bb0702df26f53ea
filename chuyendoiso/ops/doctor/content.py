"""The site held against the content that it should be made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.model.site import Site
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, skipped
from chuyendoiso.ops.doctor.listing import ItemList, ListedItem
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.progress import Progress

GRACE = timedelta(minutes=20)  # between the hour of an item and the build that brings it
SHOWN = 5  # items that are named; of more, the number is


@dataclass(frozen=True, slots=True)
class ExpectedContent:
    """What should be on the site by now; `fault` says why it is unknown."""

    items: tuple[ListedItem, ...] = ()
    fault: str = ""
    site: Site | None = None  # what site.yml says


def read_wanted(options: BuildOptions) -> ExpectedContent:
    """Read the content folder as a build would."""
    if not options.content.is_dir():
        return ExpectedContent(fault=f"không có thư mục {options.content}")
    try:
        site_plan = pipeline.read(options, Progress(quiet=True))
    except BuildStopped:
        return ExpectedContent(fault=f"{options.content.name}/ còn lỗi, chạy make check để xem")
    found = (
        ListedItem(one.id, one.kind.value, one.path, one.title, one.date, one.updated) for one in site_plan.resolved.catalogue.items
    )
    return ExpectedContent(tuple(found), site=site_plan.site)


def judge_wanted(wanted: ExpectedContent, listing: ItemList, now: datetime) -> Iterator[Finding]:
    """Tell what of the content is not on the site, is otherwise there, or is there still."""
    if wanted.fault:
        yield skipped("content", f"không so được trang với nội dung: {wanted.fault}.")
        return
    yield from or_good(
        _differences(wanted, listing, now), "content", f"{len(wanted.items)} bài trên trang đúng như trong nội dung."
    )


def _differences(wanted: ExpectedContent, listing: ItemList, now: datetime) -> Iterator[Finding]:
    there, known = {item.id: item for item in listing.items}, {item.id for item in wanted.items}
    missing = [item for item in wanted.items if item.id not in there]
    latest = max((item.published for item in listing.items), default=None)
    due = [item for item in missing if latest is None or item.published > latest]
    late = [item for item in due if now - item.published > GRACE]
    yield from _each(
        late, "đã tới giờ lên trang ({item.published:%H:%M %d/%m/%Y}) mà chưa có", "xem lịch chạy make publish có còn chạy không."
    )
    yield from _each(
        [item for item in missing if item not in due], "có trong nội dung mà không có trên trang", "chạy make publish."
    )
    renamed = [item for item in wanted.items if item.id in there and there[item.id].title != item.title]
    yield from _each(renamed, "trên trang còn mang tên cũ", "chạy make publish.")
    left = [item for item in listing.items if item.id not in known]
    yield from _each(left, "còn trên trang mà nội dung không còn đăng", "chạy make publish, rồi xem bài đã rời trang.")


def _each(found: Iterable[ListedItem], what: str, remedy: str) -> Iterator[Finding]:
    """Tell of each item, and of the rest how many there are."""
    listed = list(found)
    for item in listed[:SHOWN]:
        yield broken("content", f'Bài "{item.title}" ({item.path}) {what.format(item=item)}.', remedy)
    if rest := len(listed) - SHOWN if len(listed) > SHOWN else 0:
        yield broken("content", f"Và {rest} bài khác cũng vậy: {what.partition(' (')[0]}.", remedy)
