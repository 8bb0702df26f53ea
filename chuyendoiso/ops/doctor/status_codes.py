"""Check the status codes of withdrawn, former, unknown and hidden URLs."""

import html
from collections.abc import Iterable, Iterator
from random import Random
from urllib.parse import urljoin

from chuyendoiso.model import urls
from chuyendoiso.ops.doctor.crawler import Crawler, CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good
from chuyendoiso.ops.doctor.listing import ItemList

SAMPLE_SIZE = 5  # withdrawn items, and former addresses, of one run
UNKNOWN = "/khong-co-trang-nay-bao-gio/"
FOLDERS = ("/media/", "/feeds/", "/css/")
HIDDEN = ("/.git/config", "/.git/HEAD", "/.env", "/.output-releases/")


def check_withdrawn(crawler: Crawler, listing: ItemList, rng: Random) -> Iterator[Finding]:
    """Report withdrawn items whose URL neither answers 410 nor shows the reason."""
    chosen = rng.sample(listing.withdrawn, min(SAMPLE_SIZE, len(listing.withdrawn)))
    pages = [(item.reason, crawler.get(item.path)) for item in chosen]
    yield from or_good(_withdrawal_faults(pages), "withdrawn", f"{len(pages)} bài đã gỡ nói rõ là đã gỡ.")


def _withdrawal_faults(pages: Iterable[tuple[str, CrawlResponse]]) -> Iterator[Finding]:
    for reason, page in pages:
        if page.status != 410 and not (page.status == 200 and reason in html.unescape(page.text)):
            fault = page.outcome if page.status != 200 else "không nói lý do gỡ"
            message = f"Địa chỉ của bài đã gỡ {page.url} {fault}."
            yield broken("withdrawn", message, "đăng lại trang; đừng xóa tệp của bài đã gỡ.")


def check_aliases(crawler: Crawler, listing: ItemList, rng: Random) -> Iterator[Finding]:
    """Report moved items whose first URL does not redirect; an item's id has that URL."""
    moved = [item for item in listing.items if item.id.partition(":/")[2] != item.path.removeprefix("/")]
    chosen = rng.sample(moved, min(SAMPLE_SIZE, len(moved)))
    pages = [(item.path, crawler.url(item.path), crawler.get(f"/{item.id.partition(':/')[2]}")) for item in chosen]
    yield from or_good(_alias_faults(pages), "aliases", f"{len(pages)} địa chỉ cũ dẫn tới địa chỉ mới.")


def _alias_faults(pages: Iterable[tuple[str, str, CrawlResponse]]) -> Iterator[Finding]:
    for path, target, page in pages:
        redirects = page.status in {301, 308} and urljoin(page.url, page.headers.get("location", "")) == target
        refreshes = page.status == 200 and 'http-equiv="refresh"' in page.text and f"url={path}" in page.text
        if not redirects and not refreshes:
            message = f"Địa chỉ cũ {page.url} không dẫn tới {target}: {page.outcome}."
            yield broken("aliases", message, "giữ dòng aliases: của bài rồi đăng lại trang.")


def check_closed(crawler: Crawler, site_name: str) -> Iterator[Finding]:
    """Report readable folders and hidden files, and a foreign 404 page."""
    responses = {path: crawler.get(path) for path in (*FOLDERS, UNKNOWN, *HIDDEN)}
    message = "địa chỉ lạ có trang báo lỗi riêng; không lộ danh sách tệp, tệp ẩn."
    yield from or_good(_closed_faults(responses, site_name), "closed", message)


def _closed_faults(responses: dict[str, CrawlResponse], site_name: str) -> Iterator[Finding]:
    unknown = responses[UNKNOWN]
    if unknown.status != 404:
        remedy = "cho máy chủ web trả lời 404 cho địa chỉ không có (nginx: try_files $uri $uri/ =404)."
        yield broken("closed", f"Địa chỉ không có thật {unknown.url} {unknown.outcome}, không phải 404.", remedy)
    elif site_name not in html.unescape(unknown.text):
        remedy = f"đặt {urls.NOT_FOUND} làm trang báo lỗi 404 của máy chủ web."
        yield broken("closed", "Trang báo lỗi 404 không phải của trang này.", remedy)
    for path, response in responses.items():
        if response.status == 200 and path in FOLDERS:
            remedy = "tắt liệt kê thư mục (nginx: autoindex off)."
            yield broken("closed", f"Thư mục {response.url} hiện danh sách tệp.", remedy)
        if response.status == 200 and path in HIDDEN:
            remedy = "xóa tệp ấy khỏi thư mục phục vụ, cấm mọi đường dẫn có /. ; nếu có mật khẩu trong đó thì đổi ngay."
            yield broken("closed", f"Ai cũng đọc được {response.url}.", remedy)
