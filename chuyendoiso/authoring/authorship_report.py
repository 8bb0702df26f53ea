"""Make the authorship report of a month as CSV."""

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
    """Return the published and withdrawn items of a month (`2026-11`) as CSV.

    An item with two authors has two rows. `words` counts the words of an item.
    The text starts with a byte order mark, which spreadsheets need for UTF-8. Raise WrongUse for an invalid month.
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongUse(f'"{month}" không phải một tháng. Cách sửa: ghi --month năm-tháng, ví dụ --month 2026-11.')
    chosen = [item for item in items if item.state in _STATES and f"{item.date.astimezone(site.zone):%Y-%m}" == month]
    rows = [(author, item) for item in chosen for author in item.authors or (NOBODY,)]
    rows.sort(key=lambda row: (row[0] == NOBODY, sort_key(row[0]), row[1].date, row[1].path))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    table.writerow(_HEAD)
    for author, item in rows:
        label, published = CONTENT_TYPES[item.kind].label, f"{item.date.astimezone(site.zone):%Y-%m-%d %H:%M}"
        row = (author, label, item.title, published, str(words(item)), site.absolute(item.path), item.source, _STATES[item.state])
        table.writerow(map(_escape, row))
    return "\ufeff" + text.getvalue()


def _escape(value: str) -> str:
    """Return a value that is no formula in a spreadsheet (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value
