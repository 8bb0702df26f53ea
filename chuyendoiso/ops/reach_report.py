"""Report which channel reaches readers: a month's access log and the manifest.

The log identifies no reader, so requests are counted, and nobody. A count below FEW is hidden, and a sum leaves it
out: every number is made of counts that are shown, so no subtraction reveals a hidden one.
"""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
CLASSES = {  # {} is the channel's name in site.yml
    "browser": "Trình duyệt", "zalo": "Trong {}", "facebook": "Trong {}", "coc-coc": "Trình duyệt {}", "portal": "Cổng thông tin",
    "feed": "Trình đọc nguồn tin", OTHER: "Còn lại",
}  # fmt: skip
LOADS, LEAFLETS, CALENDARS, FEEDS, EMBEDS = "Mở trang", "Tờ rơi", "Lịch hội nghị", "Nguồn tin", "Khung nhúng"
MEASURES = (LOADS, LEAFLETS, CALENDARS, FEEDS, EMBEDS)
OTHER_PAGES = "Trang chủ, danh sách, trang riêng"


class Sum(NamedTuple):
    """A sum: the part that is shown, and how many counts below FEW are not."""

    shown: int = 0
    hidden: int = 0

    def plus(self, other: "Sum") -> "Sum":
        """Return the sum of both."""
        return Sum(self.shown + other.shown, self.hidden + other.hidden)

    def __str__(self) -> str:
        """Return it as people read it: "12", "hơn 12" or "dưới 5"."""
        if not self.hidden:
            return format_number(self.shown)
        return f"hơn {format_number(self.shown)}" if self.shown else f"dưới {format_number(self.hidden * (FEW - 1) + 1)}"


def counted(count: int) -> Sum:
    """Return a count, hidden if it is small."""
    return Sum(hidden=1) if 0 < count < FEW else Sum(count)


def add(sums: Iterable[Sum]) -> Sum:
    """Return the sum of all."""
    total = Sum()
    for part in sums:
        total = total.plus(part)
    return total


@dataclass(frozen=True)
class Row:
    """The counts of an item, a kind, a feed or a measure, by class of software."""

    label: str
    kind: str
    path: str
    measure: str
    counts: Mapping[str, Sum]

    @property
    def total(self) -> Sum:
        """Return the sum over all classes."""
        return add(self.counts.values())


@dataclass(frozen=True)
class Reach:
    """A month's requests; robots are separate. The highest counts come first."""

    month: str
    site: str
    classes: Mapping[str, str]  # → label
    channels: Row  # page loads of the site
    kinds: tuple[Row, ...]  # page loads
    measures: tuple[Row, ...]  # all but page loads
    feeds: tuple[Row, ...]
    items: tuple[Row, ...]  # a row an item and measure
    robots: Sum
    malformed: int  # lines


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
        """Return the measure of a path and whose it is; None if it is not counted.

        It is the path of an item's page or of a feed, else "".
        """
        path = path.removeprefix(self.base)
        if known := self.meanings.get(path):
            return known
        if path.startswith("/nhung/"):
            return EMBEDS, ""
        if path.startswith("/feeds/"):
            return FEEDS, path
        if path == urls.CALENDAR:
            return CALENDARS, ""
        return (LOADS, "") if path.endswith(("/", ".html")) else None


def join(counts: AccessCounts, manifest: Mapping[str, Any], month: str, channels: Mapping[str, str]) -> Reach:
    """Join the requests of a month with a site's manifest (`/manifest.json`).

    `channels` has the names of channels in site.yml, by id.
    """
    entries = {entry["path"]: entry for entry in manifest["items"]}
    addresses = _Addresses(urlsplit(manifest["url"]).path.rstrip("/"), entries)
    by_path: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)  # measure, path → class → count
    robots = 0
    for (path, agent), count in counts.requests.items():
        if not (meaning := addresses.meaning(path)):
            continue
        if agent == ROBOT:
            robots += count
        else:
            by_path[meaning][agent if agent in CLASSES else OTHER] += count
    rows = [_row(entries.get(path), measure, path, by_class) for (measure, path), by_class in by_path.items()]
    loads, others = [row for row in rows if row.measure == LOADS], [row for row in rows if row.measure != LOADS]
    return Reach(
        month=month,
        site=manifest["site"],
        classes={name: label.format(channels.get(name, name.title())) for name, label in CLASSES.items()},
        channels=_sum_rows("Tất cả", LOADS, loads),
        kinds=_group((*(one.label for one in ITEM_TYPES.values()), OTHER_PAGES), loads, LOADS, lambda row: row.kind),
        measures=_group(MEASURES[1:], others, "", lambda row: row.measure),
        feeds=_highest_first(row for row in others if row.measure == FEEDS),
        items=_highest_first(row for row in rows if row.path in entries),
        robots=counted(robots),
        malformed=counts.malformed,
    )


def _row(entry: Mapping[str, Any] | None, measure: str, path: str, by_class: Mapping[str, int]) -> Row:
    label, kind = (entry["title"], ITEM_TYPES[Kind(entry["kind"])].label) if entry else (path, OTHER_PAGES)
    return Row(label, kind, path, measure, {name: counted(by_class.get(name, 0)) for name in CLASSES})


def _sum_rows(label: str, measure: str, rows: Iterable[Row]) -> Row:
    rows = tuple(rows)
    return Row(label, "", "", measure, {name: add(row.counts[name] for row in rows) for name in CLASSES})


def _group(labels: Iterable[str], rows: list[Row], measure: str, key: Callable[[Row], str]) -> tuple[Row, ...]:
    return tuple(_sum_rows(label, measure or label, (row for row in rows if key(row) == label)) for label in labels)


def _highest_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Sort by what is shown: an order by hidden counts would reveal them."""
    return tuple(sorted(rows, key=lambda row: (-row.total.shown, -row.total.hidden, row.path, row.measure)))


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


# ── the page and the table ──────────────────────────────────────────────────────────────────────────────────────────────


class Line(NamedTuple):
    """A line of a table: label, link, counts as text, sum as text, bar (percent)."""

    label: str
    href: str
    counts: tuple[str, ...]
    total: str
    bar: float


def _lines(rows: Iterable[Row], url: str = "") -> tuple[Line, ...]:
    rows = tuple(rows)
    highest = max((row.total.shown for row in rows), default=0) or 1
    return tuple(
        Line(row.label, url and url + row.path, tuple(map(str, row.counts.values())), str(row.total), _bar(row.total, highest))
        for row in rows
    )


def _bar(count: Sum, highest: int) -> float:
    return round(100 * count.shown / highest, 1)


def make_page(reach: Reach, theme: Path, url: str) -> str:
    """Return the report as an HTML page, complete in itself."""
    channels = reach.channels.counts
    highest = max(count.shown for count in channels.values()) or 1
    view = {
        "site": reach.site,
        "month": f"tháng {int(reach.month[5:])}/{reach.month[:4]}",
        "classes": tuple(reach.classes.values()),
        "channels": tuple((reach.classes[name], str(count), _bar(count, highest)) for name, count in channels.items()),
        "tables": (
            ("Lượt mở trang, theo loại", _lines(reach.kinds)),
            ("Các đường khác", _lines(reach.measures)),
            ("Nguồn tin", _lines(reach.feeds)),
            ("Lượt mở trang, từng bài", _lines((row for row in reach.items if row.measure == LOADS), url.rstrip("/"))),
        ),
        "robots": str(reach.robots),
        "malformed": format_number(reach.malformed),
        "few": FEW,
    }
    return environment(Folder(str(theme), "")).get_template("reach.html").render(view=view)


def make_csv(reach: Reach) -> str:
    """Return the counts as CSV (RFC 4180), with a byte order mark for spreadsheets.

    A row a kind, a measure, a feed and an item's measure.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(("Mục", "Loại", "Địa chỉ", "Số liệu", *reach.classes.values(), "Tổng"))
    for row in _csv_rows(reach):
        cells = (row.label, row.kind, row.path, row.measure, *map(str, row.counts.values()), str(row.total))
        table.writerow(f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in cells)
    return "\ufeff" + text.getvalue()


def _csv_rows(reach: Reach) -> Iterator[Row]:
    for row in reach.kinds:
        yield replace(row, label="Tất cả", kind=row.label)
    for row in reach.measures:
        yield replace(row, label="Tất cả")
    for row in reach.feeds:
        yield replace(row, label="Tất cả", kind="")
    yield from reach.items


def parse_loads(table: str) -> dict[str, int]:
    """Return the page loads of items by path, from a table of `make_csv`.

    A hidden count is 0. Raises ValueError.
    """
    header, *rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))) or [[]]
    if header[:4] != ["Mục", "Loại", "Địa chỉ", "Số liệu"]:
        raise ValueError("no table of make_csv")
    counted_rows = ((row[2], row[-1].removeprefix("hơn ").replace(".", "")) for row in rows if row[3:4] == [LOADS])
    return {path: int(count) if count.isdecimal() else 0 for path, count in counted_rows if path}
