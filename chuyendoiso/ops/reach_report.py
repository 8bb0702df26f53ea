"""Report which channel reaches readers: a month's access log and the manifest.

The log identifies no reader, so requests are counted, and nobody.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from chuyendoiso.deploy.access_log import OTHER
from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.target import Folder
from chuyendoiso.model.vietnamese import format_number
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.ops.access_counts import AccessCounts
from chuyendoiso.outputs.pages.templates import environment
from chuyendoiso.system.errors import WrongUse

FEW = 5  # a smaller count might point to a person
ROBOT = "robot"
CLASSES = {
    "browser": "Trình duyệt", "zalo": "Trong Zalo", "facebook": "Trong Facebook", "coc-coc": "Trình duyệt coc-coc", "portal": "Cổng thông tin",
    "feed": "Trình đọc nguồn tin", OTHER: "Còn lại",
}  # fmt: skip
LOADS, LEAFLETS, CALENDARS, FEEDS, EMBEDS = "Mở trang", "Tờ rơi", "Lịch hội nghị", "Nguồn tin", "Khung nhúng"
MEASURES = (LOADS, LEAFLETS, CALENDARS, FEEDS, EMBEDS)
OTHER_PAGES = "Trang chủ, danh sách, trang riêng"


class ItemCounts(NamedTuple):
    """The counts of an item, by measure and class of software."""

    title: str
    path: str
    kind: str
    counts: Mapping[str, Mapping[str, int]]

    @property
    def loads(self) -> int:
        """Return how often its page was loaded."""
        return sum(self.counts[LOADS].values())


@dataclass(frozen=True)
class Reach:
    """A month's requests by kind, measure, feed, item and day; robots are separate."""

    month: str
    site: str
    kinds: Mapping[str, Mapping[str, int]]  # page loads: label of the kind → class → count
    measures: Mapping[str, Mapping[str, int]]
    feeds: Mapping[str, Mapping[str, int]]  # by the feed's path
    items: tuple[ItemCounts, ...]  # the most loaded first
    days: Mapping[int, int]  # page loads
    robots: int
    lines: int
    malformed: int


@dataclass
class _Addresses:
    """The meaning of the site's paths."""

    base: str
    items: dict[str, dict[str, Any]]  # by the path of the page
    meanings: dict[str, tuple[str, str]] = field(default_factory=dict)  # path → measure, page of the item

    def __post_init__(self) -> None:
        for path in self.items:
            self.meanings[path] = LOADS, path
            self.meanings[urls.leaflet(path)] = LEAFLETS, path
            self.meanings[urls.session_calendar(path)] = CALENDARS, path

    def meaning(self, path: str) -> tuple[str, str] | None:
        """Return the measure of a path and its item's page, or None if it is not counted.

        The page is "" if the path belongs to no item.
        """
        path = path.removeprefix(self.base)
        if known := self.meanings.get(path):
            return known
        if path.startswith(("/nhung/",)):
            return EMBEDS, ""
        if path.startswith("/feeds/"):
            return FEEDS, ""
        if path == urls.CALENDAR:
            return CALENDARS, ""
        return (LOADS, "") if path.endswith(("/", ".html")) else None


def join(counts: AccessCounts, manifest: Mapping[str, Any], month: str) -> Reach:
    """Join the requests of a month with a site's manifest (`/manifest.json`)."""
    entries = {entry["path"]: entry for entry in manifest["items"]}
    addresses = _Addresses(urlsplit(manifest["url"]).path.rstrip("/"), entries)
    kinds: dict[str, dict[str, int]] = {
        label: defaultdict(int) for label in (*(one.label for one in ITEM_TYPES.values()), OTHER_PAGES)
    }
    measures: dict[str, dict[str, int]] = {measure: defaultdict(int) for measure in MEASURES}
    feeds: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    items: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: {measure: defaultdict(int) for measure in MEASURES})
    robots = 0
    for (path, agent), count in counts.requests.items():
        meaning = addresses.meaning(path)
        if meaning is None:
            continue
        if agent == ROBOT:
            robots += count
            continue
        (measure, page), shown = meaning, agent if agent in CLASSES else OTHER
        measures[measure][shown] += count
        if page:
            items[page][measure][shown] += count
        if measure == LOADS:
            kinds[ITEM_TYPES[Kind(entries[page]["kind"])].label if page else OTHER_PAGES][shown] += count
        elif measure == FEEDS:
            feeds[path.removeprefix(addresses.base)][shown] += count
    listed = (
        ItemCounts(entries[page]["title"], page, ITEM_TYPES[Kind(entries[page]["kind"])].label, found)
        for page, found in items.items()
    )
    days = dict.fromkeys(range(1, 32), 0)
    for (day, agent), count in counts.pages_by_day.items():
        days[day] += count if agent != ROBOT else 0
    return Reach(
        month, manifest["site"], kinds, measures, dict(sorted(feeds.items())),
        tuple(sorted(listed, key=lambda item: (-item.loads, item.path))), days, robots, counts.lines, counts.malformed,
    )  # fmt: skip


def read_manifest(site: Path) -> dict[str, Any]:
    """Return the manifest of a built site. Raise WrongUse if it cannot be read."""
    try:
        manifest = json.loads((site / urls.MANIFEST.removeprefix("/")).read_text("utf-8"))
    except (OSError, ValueError):
        raise WrongUse(
            f"Không đọc được manifest.json trong {site}. Cách sửa: dựng trang bằng make html, hoặc chỉ thư mục bằng --site."
        ) from None
    assert isinstance(manifest, dict)
    return manifest


def say(count: int) -> str:
    """Return a count as people read it; a small one as "dưới 5"."""
    return f"dưới {FEW}" if 0 < count < FEW else format_number(count)


# ── the page and the table ──────────────────────────────────────────────────────────────────────────────────────────────


class Row(NamedTuple):
    """A row of a table: label, link, counts by class, sum, bar (percent)."""

    label: str
    href: str
    counts: tuple[str, ...]
    total: str
    bar: float


def _rows(found: Iterable[tuple[str, str, Mapping[str, int]]]) -> tuple[Row, ...]:
    rows = [(label, href, counts, sum(counts.values())) for label, href, counts in found]
    longest = max((total for *_, total in rows), default=0) or 1
    return tuple(
        Row(
            label,
            href,
            tuple(say(counts.get(name, 0)) for name in CLASSES),
            say(total),
            round(100 * (total if total >= FEW else 0) / longest, 1),
        )
        for label, href, counts, total in rows
    )


def make_page(reach: Reach, theme: Path, url: str) -> str:
    """Return the report as an HTML page, complete in itself."""
    month = f"tháng {int(reach.month[5:])}/{reach.month[:4]}"
    tables = (
        ("Lượt mở trang, theo loại", _rows((label, "", counts) for label, counts in reach.kinds.items())),
        ("Các đường khác", _rows((measure, "", counts) for measure, counts in reach.measures.items() if measure != LOADS)),
        ("Nguồn tin", _rows((path, "", counts) for path, counts in reach.feeds.items())),
        ("Từng bài", _rows((item.title, f"{url.rstrip('/')}{item.path}", item.counts[LOADS]) for item in reach.items)),
    )
    last = max((day for day, count in reach.days.items() if count), default=0)
    highest = max(reach.days.values()) or 1
    days = tuple((day, say(count), round(100 * count / highest, 1)) for day, count in reach.days.items() if day <= last)
    view = {
        "site": reach.site, "month": month, "classes": tuple(CLASSES.values()), "tables": tables, "days": days,
        "robots": say(reach.robots), "lines": format_number(reach.lines), "malformed": format_number(reach.malformed), "few": FEW,
    }  # fmt: skip
    return environment(Folder(str(theme), "")).get_template("reach.html").render(view=view)


def make_csv(reach: Reach) -> str:
    """Return the counts as CSV (RFC 4180), with a byte order mark for spreadsheets.

    A row a kind, a measure, a feed and an item's measure.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(("Mục", "Loại", "Địa chỉ", "Số liệu", *CLASSES.values(), "Tổng"))
    for label, kind, path, measure, counts in _csv_rows(reach):
        row = (label, kind, path, measure, *(say(counts.get(name, 0)) for name in CLASSES), say(sum(counts.values())))
        table.writerow(f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in row)
    return "\ufeff" + text.getvalue()


def _csv_rows(reach: Reach) -> Iterator[tuple[str, str, str, str, Mapping[str, int]]]:
    for label, counts in reach.kinds.items():
        yield "Tất cả", label, "", LOADS, counts
    for measure, counts in reach.measures.items():
        yield "Tất cả", "", "", measure, counts
    for path, counts in reach.feeds.items():
        yield "Tất cả", "", path, FEEDS, counts
    for item in reach.items:
        for measure, counts in item.counts.items():
            if counts:
                yield item.title, item.kind, item.path, measure, counts
