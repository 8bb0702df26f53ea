"""Addresses that should lead on, or tell why they do not, or not be there: withdrawn items, former addresses, unknown and hidden ones."""

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import urljoin

from chuyendoiso.model import urls
from chuyendoiso.ops.doctor.crawler import Visit, VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good
from chuyendoiso.ops.doctor.listing import ItemList, ListedItem, WithdrawnItem

FEW = 5  # withdrawn items, and former addresses, others each day
UNKNOWN = "/khong-co-trang-nay-bao-gio/"
FOLDERS = ("/media/", "/feeds/", "/css/")
HIDDEN = ("/.git/config", "/.git/HEAD", "/.env", "/.output-releases/")


@dataclass(frozen=True, slots=True)
class Departed:
    """A withdrawn item and what its address answers."""

    gone: WithdrawnItem
    seen: VisitedPage


def read_departed(visit: Visit, listing: ItemList, seeded: Random) -> tuple[Departed, ...]:
    """Ask for some of the withdrawn items."""
    chosen = seeded.sample(listing.withdrawn, min(FEW, len(listing.withdrawn)))
    return tuple(Departed(gone, visit.get(gone.path)) for gone in chosen)


def judge_departed(departed: Iterable[Departed]) -> Iterator[Finding]:
    """Tell where readers of a withdrawn item are not told so."""
    listed = tuple(departed)
    yield from or_good(_departed(listed), "withdrawn", f"{len(listed)} bài đã gỡ nói rõ là đã gỡ.")


def _departed(listed: Iterable[Departed]) -> Iterator[Finding]:
    for one in listed:
        told = one.gone.reason in html.unescape(one.seen.text)
        if one.seen.status != 410 and not (one.seen.status == 200 and told):
            what = one.seen.told if one.seen.status != 200 else "không nói lý do gỡ"
            yield broken(
                "withdrawn", f"Địa chỉ của bài đã gỡ {one.seen.url} {what}.", "đăng lại trang; đừng xóa tệp của bài đã gỡ."
            )


@dataclass(frozen=True, slots=True)
class Former:
    """An item's first address, where it has moved since, and what that answers."""

    item: ListedItem
    target: str
    seen: VisitedPage


def read_former(visit: Visit, listing: ItemList, seeded: Random) -> tuple[Former, ...]:
    """Ask for some first addresses of items that have moved: an item's id holds it."""
    moved = [item for item in listing.items if item.id.partition(":/")[2] != item.path.removeprefix("/")]
    chosen = seeded.sample(moved, min(FEW, len(moved)))
    return tuple(Former(one, visit.address(one.path), visit.get(f"/{one.id.partition(':/')[2]}")) for one in chosen)


def judge_former(former: Iterable[Former]) -> Iterator[Finding]:
    """Tell which former addresses do not lead on."""
    listed = tuple(former)
    yield from or_good(_former(listed), "aliases", f"{len(listed)} địa chỉ cũ dẫn tới địa chỉ mới.")


def _former(listed: Iterable[Former]) -> Iterator[Finding]:
    for one in listed:
        moved = one.seen.status in {301, 308} and urljoin(one.seen.url, one.seen.headers.get("location", "")) == one.target
        page = one.seen.status == 200 and 'http-equiv="refresh"' in one.seen.text and f"url={one.item.path}" in one.seen.text
        if not moved and not page:
            message = f"Địa chỉ cũ {one.seen.url} không dẫn tới {one.target}: {one.seen.told}."
            yield broken("aliases", message, "giữ dòng aliases: của bài rồi đăng lại trang.")


# ── what should not be there ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Closed:
    """Answers for what is not there, for folders without a page, and for what nobody should read; and the site's name."""

    unknown: VisitedPage
    folders: tuple[VisitedPage, ...]
    hidden: tuple[VisitedPage, ...]
    name: str


def read_closed(visit: Visit, name: str) -> Closed:
    """Ask for an address that there is not, for folders, and for hidden files."""
    folders = tuple(visit.get(path) for path in FOLDERS)
    return Closed(visit.get(UNKNOWN), folders, tuple(visit.get(path) for path in HIDDEN), name)


def judge_closed(closed: Closed) -> Iterator[Finding]:
    """Tell what is shown that should not be, and whether who goes astray finds the way back."""
    yield from or_good(_closed(closed), "closed", "địa chỉ lạ có trang báo lỗi riêng; không lộ danh sách tệp, tệp ẩn.")


def _closed(closed: Closed) -> Iterator[Finding]:
    unknown = closed.unknown
    if unknown.status != 404:
        remedy = "cho máy chủ web trả lời 404 cho địa chỉ không có (nginx: try_files $uri $uri/ =404)."
        yield broken("closed", f"Địa chỉ không có thật {unknown.url} {unknown.told}, không phải 404.", remedy)
    elif closed.name not in html.unescape(unknown.text):
        remedy = f"đặt {urls.NOT_FOUND} làm trang báo lỗi 404 của máy chủ web."
        yield broken("closed", "Trang báo lỗi 404 không phải của trang này.", remedy)
    for seen in closed.folders:
        if seen.status == 200:
            yield broken("closed", f"Thư mục {seen.url} hiện danh sách tệp.", "tắt liệt kê thư mục (nginx: autoindex off).")
    for seen in closed.hidden:
        if seen.status == 200:
            remedy = "xóa tệp ấy khỏi thư mục phục vụ, cấm mọi đường dẫn có /. ; nếu có mật khẩu trong đó thì đổi ngay."
            yield broken("closed", f"Ai cũng đọc được {seen.url}.", remedy)
