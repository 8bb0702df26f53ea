"""Read the site's list of published items: `/manifest.json`."""

import json
from dataclasses import dataclass
from datetime import datetime

from chuyendoiso.ops.doctor.crawler import CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, good, warning


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A published item, by the site's manifest or by its content."""

    id: str
    kind: str
    path: str
    title: str
    published: datetime
    updated: datetime
    digest: str = ""  # of the item's JSON, if the manifest has it


@dataclass(frozen=True, slots=True)
class WithdrawnItem:
    """A withdrawn item, and the reason on its page."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemList:
    """All items of a site, and the site's own address and name."""

    url: str
    name: str
    items: tuple[ListedItem, ...]
    withdrawn: tuple[WithdrawnItem, ...]

    @property
    def newest(self) -> datetime | None:
        """Return when an item last appeared or changed."""
        return max((item.updated for item in self.items), default=None)


def read_listing(response: CrawlResponse) -> ItemList | None:
    """Return the list of items in a response; None if it has none."""
    try:
        return parse_listing(response.body) if response.status == 200 else None
    except ValueError:
        return None


def parse_instant(text: str) -> datetime:
    """Parse an instant of ISO 8601.

    Raises TypeError; ValueError, also without a time zone.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def parse_listing(data: bytes) -> ItemList:
    """Parse a manifest. Raises ValueError."""
    try:
        manifest = json.loads(data)
        items = tuple(map(_listed_item, manifest["items"]))
        withdrawn = tuple(WithdrawnItem(_text(item["path"]), _text(item["reason"])) for item in manifest["withdrawn"])
        return ItemList(_text(manifest["url"]), _text(manifest["site"]), items, withdrawn)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError("nội dung không đúng dạng") from error


def _listed_item(item: dict[str, object]) -> ListedItem:
    id_, kind, path, title = (_text(item[name]) for name in ("id", "kind", "path", "title"))
    published, updated = (parse_instant(_text(item[name])) for name in ("published", "updated"))
    return ListedItem(id_, kind, path, title, published, updated, _text(item.get("sha256", "")))


def check_listing(response: CrawlResponse, listing: ItemList | None, base: str) -> Finding:
    """Report a manifest that cannot be read, or that has another address of the site."""
    if listing is None:
        fault = response.outcome if response.status != 200 else "nội dung không đúng dạng"
        remedy = "đăng lại trang; tệp này do lần dựng tạo ra và không được thiếu."
        return broken("manifest", f"Không đọc được {response.url}: {fault}.", remedy)
    if listing.url != base:
        message = f"Trang tự ghi địa chỉ là {listing.url}, khác địa chỉ đang xem {base}."
        return warning("manifest", message, "nếu trang đã đổi địa chỉ thì sửa site.url trong site.yml rồi đăng lại.")
    return good("manifest", f"danh sách bài đọc được, {len(listing.items)} bài.")
