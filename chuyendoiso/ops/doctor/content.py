"""Compare the site with the content folder that it is built from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.site import Site
from chuyendoiso.ops.doctor.findings import Finding, broken, first_few, or_good, skipped, warning
from chuyendoiso.ops.doctor.listing import ItemList, ListedItem
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.progress import Progress

OVERDUE = {"stale-answer", "response-overdue"}  # what comes by itself, when nobody edits
GRACE = timedelta(minutes=20)  # from an item's publication date to the build that publishes it


@dataclass(frozen=True, slots=True)
class ExpectedContent:
    """The items that should be on the site now; `fault` says why they are unknown."""

    items: tuple[ListedItem, ...] = ()
    fault: str = ""
    overdue: tuple[Problem, ...] = ()
    site: Site | None = None


def read_content(options: BuildOptions) -> ExpectedContent:
    """Read the content folder as a build does."""
    if not options.content.is_dir():
        return ExpectedContent(fault=f"không có thư mục {options.content}")
    try:
        site_plan = pipeline.read(options, Progress(quiet=True))
    except BuildStopped:
        return ExpectedContent(fault=f"{options.content.name}/ còn lỗi, chạy make check để xem")
    items = (
        ListedItem(item.id, item.kind.value, item.path, item.title, item.date, item.updated)
        for item in site_plan.resolved.catalogue.items
    )
    overdue = tuple(problem for problem in site_plan.problems if problem.rule in OVERDUE)
    return ExpectedContent(tuple(items), site=site_plan.site, overdue=overdue)


def check_content(expected: ExpectedContent, listing: ItemList, now: datetime) -> Iterator[Finding]:
    """Report items that are missing, have an old title, or should be gone."""
    if expected.fault:
        yield skipped("content", f"không so được trang với nội dung: {expected.fault}.")
    else:
        message = f"{len(expected.items)} bài trên trang đúng như trong nội dung."
        yield from or_good(_differences(expected, listing, now), "content", message)
        yield from first_few(
            (warning("overdue", f"{one.path}:{one.line}: {one.message}", one.remedy) for one in expected.overdue),
            lambda rest: warning("overdue", f"Và {rest} chỗ khác cũng quá hạn như vậy.", "xem make check."),
        )


def _differences(expected: ExpectedContent, listing: ItemList, now: datetime) -> Iterator[Finding]:
    listed = {item.id: item for item in listing.items}
    missing = [item for item in expected.items if item.id not in listed]
    latest = max((item.published for item in listing.items), default=None)
    due = [item for item in missing if latest is None or item.published > latest]
    yield from _faults(
        [item for item in due if now - item.published > GRACE],
        "đã tới giờ lên trang ({item.published:%H:%M %d/%m/%Y}) mà chưa có",
        "xem lịch chạy make publish có còn chạy không.",
    )
    yield from _faults(
        [item for item in missing if item not in due], "có trong nội dung mà không có trên trang", "chạy make publish."
    )
    renamed = [item for item in expected.items if item.id in listed and listed[item.id].title != item.title]
    yield from _faults(renamed, "trên trang còn mang tên cũ", "chạy make publish.")
    known = {item.id for item in expected.items}
    surplus = [item for item in listing.items if item.id not in known]
    yield from _faults(surplus, "còn trên trang mà nội dung không còn đăng", "chạy make publish, rồi xem bài đã rời trang.")


def _faults(items: Iterable[ListedItem], fault: str, remedy: str) -> list[Finding]:
    """Return a finding for each of the first items, and one for the rest."""
    return first_few(
        (broken("content", f'Bài "{item.title}" ({item.path}) {fault.format(item=item)}.', remedy) for item in items),
        lambda rest: broken("content", f"Và {rest} bài khác cũng vậy: {fault.partition(' (')[0]}.", remedy),
    )
