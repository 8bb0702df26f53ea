"""Make the authorship report of a month as CSV."""

import csv
import io
import re
from pathlib import Path

from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.content.markdown import convert_body
from chuyendoiso.content.scan import scan_content
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.vietnamese import sort_key
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.progress import Progress

_HEAD = ("Tác giả", "Loại", "Tên bài", "Ngày đăng", "Số chữ", "Địa chỉ", "Tệp", "Tình trạng")
_STATES = {PublicationState.PUBLISHED: "đã đăng", PublicationState.WITHDRAWN: "đã gỡ"}
NOBODY = "(không ghi)"


def authorship_of(content: Path, theme: Path, month: str) -> str:
    """Return a month's (`2026-11`) published and withdrawn items as CSV.

    An item with two authors has two rows. The text starts with a byte order mark, which spreadsheets need for UTF-8.
    Raise ContentRejected if the content has errors, WrongUse for an invalid month.
    """
    options = BuildOptions(content=content, theme=theme, output=content.parent / "output", use_cache=False)
    site_plan = pipeline.read(options, Progress(quiet=True))
    catalogue, site = site_plan.resolved.catalogue, site_plan.site
    files = scan_content(content).files
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongUse(f'"{month}" không phải một tháng. Cách sửa: ghi --month năm-tháng, ví dụ --month 2026-11.')
    items = [item for item in (*catalogue.items, *catalogue.withdrawn) if item.state in _STATES]
    chosen = [item for item in items if f"{item.date.astimezone(site.zone):%Y-%m}" == month]
    rows = [(author, item) for item in chosen for author in item.authors or (NOBODY,)]
    rows.sort(key=lambda row: (row[0] == NOBODY, sort_key(row[0]), row[1].date, row[1].path))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    table.writerow(_HEAD)
    for author, item in rows:
        source = parse_source(files[item.source].read_bytes(), item.source, item.source)
        words = str(len(convert_body(source.body).text.split()))
        label, published = CONTENT_TYPES[item.kind].label, f"{item.date.astimezone(site.zone):%Y-%m-%d %H:%M}"
        row = (author, label, item.title, published, words, site.absolute(item.path), item.source, _STATES[item.state])
        table.writerow(map(_escape, row))
    return "\ufeff" + text.getvalue()


def _escape(value: str) -> str:
    """Return a value that is no formula in a spreadsheet (OWASP, CSV injection)."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value
