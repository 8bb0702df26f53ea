"""What the site lists as published: `/manifest.json`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chuyendoiso.ops.doctor.crawler import VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, good, warning


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One published item, as the site lists it or as its content says."""

    id: str
    kind: str
    path: str
    title: str
    published: datetime
    updated: datetime
    digest: str = ""  # of the item's record, where the site lists it


@dataclass(frozen=True, slots=True)
class WithdrawnItem:
    """A withdrawn item, and the reason that readers are told."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemList:
    """All items of a site, and the address and the name that it gives itself."""

    url: str
    name: str
    items: tuple[ListedItem, ...]
    withdrawn: tuple[WithdrawnItem, ...]

    @property
    def newest(self) -> datetime | None:
        """Return when an item last appeared or changed."""
        return max((item.updated for item in self.items), default=None)


def read_listing(seen: VisitedPage) -> ItemList | None:
    """Return the list of items in an answer; None where there is none."""
    try:
        return parse_listing(seen.body) if seen.status == 200 else None
    except ValueError:
        return None


def parse_instant(text: str) -> datetime:
    """Return an instant of ISO 8601. Raises ValueError, also where it names no zone, and TypeError."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def parse_listing(data: bytes) -> ItemList:
    """Return what a manifest tells. Raises ValueError, which tells why it cannot be read."""
    try:
        told = json.loads(data)
        items = tuple(_listed(one) for one in told["items"])
        gone = tuple(WithdrawnItem(_text(one["path"]), _text(one["reason"])) for one in told["withdrawn"])
        return ItemList(_text(told["url"]), _text(told["site"]), items, gone)
    except json.JSONDecodeError as error:
        raise ValueError("nội dung không phải JSON") from error
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError("nội dung không đúng dạng") from error


def _listed(one: dict[str, object]) -> ListedItem:
    id_, kind, path, title = (_text(one[name]) for name in ("id", "kind", "path", "title"))
    published, updated = (parse_instant(_text(one[name])) for name in ("published", "updated"))
    return ListedItem(id_, kind, path, title, published, updated, _text(one.get("sha256", "")))


def judge_listing(seen: VisitedPage, listing: ItemList | None, base: str) -> Iterator[Finding]:
    """Tell whether the list of all items can be read, and whether the site knows its address."""
    remedy = "đăng lại trang; tệp này do lần dựng tạo ra và không được thiếu."
    if listing is None:
        yield broken(
            "manifest", f"Không đọc được {seen.url}: {seen.told if seen.status != 200 else 'nội dung không đúng dạng'}.", remedy
        )
    elif listing.url != base:
        message = f"Trang tự ghi địa chỉ là {listing.url}, khác địa chỉ đang xem {base}."
        yield warning("manifest", message, "nếu trang đã đổi địa chỉ thì sửa site.url trong site.yml rồi đăng lại.")
    else:
        yield good("manifest", f"danh sách bài đọc được, {len(listing.items)} bài.")
