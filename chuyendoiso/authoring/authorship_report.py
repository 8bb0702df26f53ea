"""Who wrote what in a month, as CSV for a spreadsheet: an author's item a row. Pure but for reading bodies to count their words."""

import csv
import io
import re
from collections.abc import Callable, Iterable

from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.items import Item
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import sort_key
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.system.errors import WrongUse

_HEAD = ("Tác giả", "Loại", "Tên bài", "Ngày đăng", "Số chữ", "Địa chỉ", "Tệp", "Tình trạng")
_STATES = {PublicationState.PUBLISHED: "đã đăng", PublicationState.WITHDRAWN: "đã gỡ"}
NOBODY = "(không ghi)"


def authorship(items: Iterable[Item], site: Site, month: str, words: Callable[[Item], int]) -> str:
    """Return the published and withdrawn items of a month (`2026-11`), by author and date; one of two authors stands twice.

    Starts with a byte order mark, by which spreadsheets know UTF-8. Raises WrongUse for what is no month.
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongUse(f'"{month}" không phải một tháng. Cách sửa: ghi --month năm-tháng, ví dụ --month 2026-11.')
    chosen = [item for item in items if item.state in _STATES and f"{item.date.astimezone(site.zone):%Y-%m}" == month]
    rows = [(author, item) for item in chosen for author in item.authors or (NOBODY,)]
    rows.sort(key=lambda row: (row[0] == NOBODY, sort_key(row[0]), row[1].date, row[1].path))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    table.writerow(_HEAD)
    table.writerows([_cell(value) for value in _row(author, item, site, words)] for author, item in rows)
    return "\ufeff" + text.getvalue()


def _row(author: str, item: Item, site: Site, words: Callable[[Item], int]) -> tuple[str, ...]:
    published = f"{item.date.astimezone(site.zone):%Y-%m-%d %H:%M}"
    return (
        author,
        CONTENT_TYPES[item.kind].label,
        item.title,
        published,
        str(words(item)),
        site.absolute(item.path),
        item.source,
        _STATES[item.state],
    )


def _cell(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value
