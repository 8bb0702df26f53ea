"""The files of the keyword replies: a table that the next run reads; a page."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from chuyendoiso.model.target import Folder
from chuyendoiso.outputs.channels.zalo.keyword_replies import KeywordReply, Keywords
from chuyendoiso.outputs.pages.templates import environment

NEW, CHANGED, SAME, GONE = "mới", "đã đổi", "như trước", "đã bỏ"
COLUMNS = ("Thay đổi", "Cú pháp", "Câu hỏi", "Trả lời", "Địa chỉ")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet computes


class ReplyChange(NamedTuple):
    """A reply, and what happened to it since the last run."""

    change: str
    reply: KeywordReply


def compare_replies(keywords: Keywords, before: Mapping[str, KeywordReply]) -> tuple[ReplyChange, ...]:
    """Return the replies, the menu first, and at the end those that are gone.

    `before` has the last run's replies by keyword.
    """
    replies = (keywords.menu, *keywords.replies) if keywords.menu.reply else keywords.replies
    now = tuple(ReplyChange(_change(reply, before.get(reply.keyword)), reply) for reply in replies)
    known = {reply.keyword for reply in replies}
    return (*now, *(ReplyChange(GONE, reply) for keyword, reply in before.items() if keyword not in known))


def _change(reply: KeywordReply, before: KeywordReply | None) -> str:
    if before is None:
        return NEW
    return SAME if before.reply == reply.reply else CHANGED


def make_table(changes: tuple[ReplyChange, ...]) -> str:
    """Return CSV (RFC 4180) with a byte order mark for spreadsheets.

    A cell that a spreadsheet would compute begins with an apostrophe.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for change, reply in changes:
        table.writerow(f"'{cell}" if _is_computed(cell) else cell for cell in (change, *reply))
    return "\ufeff" + text.getvalue()


def _is_computed(cell: str) -> bool:
    """Return whether a cell, with apostrophes before it or not, is a formula."""
    return cell.lstrip("'").startswith(_FORMULA)


def parse_table(text: str) -> dict[str, KeywordReply]:
    """Return the replies of a table by keyword, without those that are gone.

    Raises ValueError or TypeError if it is no such table.
    """
    return {reply.keyword: reply for change, reply in _parse_rows(text) if change != GONE}


def _parse_rows(text: str) -> Iterator[ReplyChange]:
    try:
        header, *rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error:
        raise ValueError("no CSV") from None
    if tuple(header) != COLUMNS:
        raise ValueError("not the columns of this table")
    for row in rows:
        change, *cells = (cell[1:] if cell.startswith("'") and _is_computed(cell) else cell for cell in row)
        yield ReplyChange(change, KeywordReply(*cells))


def make_replies_page(site: str, day: str, keywords: Keywords, changes: tuple[ReplyChange, ...], theme: Path) -> str:
    """Return the page to copy from, complete in itself."""
    counts = {name: sum(change == name for change, _ in changes) for name in (NEW, CHANGED, SAME, GONE)}
    view = {
        "site": site, "day": day, "counts": counts, "menu": keywords.menu_entries, "new": NEW, "changed": CHANGED,
        "replies": [(change, reply) for change, reply in changes if change != GONE],
        "gone": [reply for change, reply in changes if change == GONE],
    }  # fmt: skip
    return environment(Folder(str(theme), "")).get_template("zalo-queries.html").render(view=view)
