"""Check that pages and pictures are complete and load nothing from other hosts.

Search engines must be allowed to read them.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from chuyendoiso.ops.doctor.crawler import Crawler, CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, first_few, or_good, warning
from chuyendoiso.ops.doctor.page_links import LinkParser

_REPUBLISH = "xem ai, hay phần mềm nào ở giữa, đã sửa tệp trên máy chủ; đăng lại trang."

# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_FETCHED = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src",), "frame": ("src",), "embed": ("src",),
    "object": ("data",), "video": ("src", "poster"), "audio": ("src",), "track": ("src",), "input": ("src",), "form": ("action",),
    "base": ("href",), "use": ("href", "xlink:href"), "image": ("href", "xlink:href"),
}  # fmt: skip
_RELS = {"stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "icon", "manifest", "apple-touch-icon"}
_DATA_TYPES = {"application/ld+json", "application/json", "speculationrules", "importmap"}


class _PageParser(LinkParser):
    """Collects the URLs that a browser loads with a page, and its robots meta.

    It counts inline scripts, too.
    """

    def __init__(self, page: CrawlResponse) -> None:
        super().__init__(_FETCHED)
        self.inline_scripts = 0
        self.robots = ""
        self.feed(page.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect from one element."""
        super().handle_starttag(tag, attrs)
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and _RELS & set(values.get("rel", "").lower().split()):
            self.links.append(values.get("href", ""))
        if tag == "script" and "src" not in values and values.get("type", "").lower() not in _DATA_TYPES:
            self.inline_scripts += 1
        if tag == "meta" and values.get("name", "").lower() in {"robots", "googlebot"}:
            self.robots = values.get("content", "").lower()


def check_pages(pages: Iterable[CrawlResponse], base: str, declared: str) -> Iterator[Finding]:
    """Report pages that are cut off, have inline scripts, or load from other hosts.

    `declared` is the site's address in its manifest.
    """
    documents = [page for page in pages if page.status == 200 and page.media_type == "text/html"]
    hosts = {urlsplit(base).hostname, urlsplit(declared).hostname}
    faults = first_few(
        (fault for page in documents for fault in _page_faults(page, hosts)),
        lambda rest: broken("pages", f"Và {rest} chỗ khác cũng vậy.", _REPUBLISH),
    )
    yield from or_good(faults, "pages", f"{len(documents)} trang nguyên vẹn, không gọi máy chủ nào khác.")


def _page_faults(page: CrawlResponse, hosts: set[str | None]) -> Iterator[Finding]:
    if not page.text.rstrip().lower().endswith("</html>"):
        yield broken("pages", f"Trang {page.url} bị cụt.", "đăng lại trang; nếu vẫn vậy, xem đĩa của máy chủ web có đầy không.")
        return
    parser = _PageParser(page)
    if parser.inline_scripts:
        yield broken("pages", f"Trang {page.url} có mã chạy nằm ngay trong trang.", _REPUBLISH)
    for link in dict.fromkeys(parser.links):
        url = _joined(page.url, link)
        if url.scheme in {"http", "https"} and url.hostname not in hosts:
            yield broken("pages", f"Trang {page.url} gọi máy chủ khác: {url.geturl()}.", _REPUBLISH)
        elif url.scheme == "http" and page.url.startswith("https:"):
            message = f"Trang {page.url} gọi {url.geturl()} không qua https, trình duyệt chặn."
            yield broken("pages", message, "đổi site.url thành https:// rồi đăng lại.")


def _joined(page: str, address: str) -> SplitResult:
    try:
        return urlsplit(urljoin(page, address.strip()))
    except ValueError:  # such as http://[
        return urlsplit("")


# ── pictures ──────────────────────────────────────────────────────────────────────────────────────────────────────────

PICTURES = 12  # pictures of one run
_ENDINGS = (".webp", ".jpg", ".jpeg", ".png", ".gif", ".svg")


def read_pictures(crawler: Crawler, addresses: Iterable[str]) -> tuple[CrawlResponse, ...]:
    """Fetch some of the pictures among addresses."""
    pictures = [address for address in addresses if urlsplit(address).path.lower().endswith(_ENDINGS)]
    return tuple(map(crawler.get, pictures[:PICTURES]))


def check_pictures(pictures: tuple[CrawlResponse, ...]) -> Iterator[Finding]:
    """Report pictures that are missing, empty, cut off, or no pictures."""
    remedy = "đăng lại trang; nếu vẫn vậy, xem đĩa của máy chủ web."
    faults = (
        (picture.url, picture_fault(picture.body) if picture.status == 200 else f"không mở được: {picture.outcome}")
        for picture in pictures
    )
    findings = first_few(
        (broken("pictures", f"Ảnh {url} {fault}.", remedy) for url, fault in faults if fault),
        lambda rest: broken("pictures", f"Và {rest} ảnh khác cũng hỏng.", remedy),
    )
    yield from or_good(findings, "pictures", f"{len(pictures)} ảnh lấy mẫu nguyên vẹn.")


def picture_fault(data: bytes) -> str:
    """Return what is wrong with a picture, by its first and last bytes; "" if nothing."""
    if not data:
        return "rỗng"
    for signature, is_complete in _FORMATS:
        if data.startswith(signature):
            return "" if is_complete(data) else "bị cụt"
    return "không phải là ảnh"


def _webp(data: bytes) -> bool:
    return int.from_bytes(data[4:8], "little") + 8 <= len(data) and data[8:12] == b"WEBP"


# PNG 3 (12.2), JPEG (ITU-T T.81, B.1.1.3), GIF89a, WebP (RFC 9649, 2.4), SVG 2
_FORMATS: tuple[tuple[bytes, Callable[[bytes], bool]], ...] = (
    (b"\x89PNG\r\n\x1a\n", lambda data: data.endswith(b"IEND\xaeB`\x82")),
    (b"\xff\xd8\xff", lambda data: data.rstrip(b"\0").endswith(b"\xff\xd9")),
    (b"GIF8", lambda data: data.endswith(b";")),
    (b"RIFF", _webp),
    (b"<", lambda data: data.rstrip().endswith(b"</svg>")),
)

# ── search engines ────────────────────────────────────────────────────────────────────────────────────────────────────


def read_robots(crawler: Crawler) -> CrawlResponse:
    """Request robots.txt (RFC 9309) at the root of the host."""
    return crawler.request("GET", urljoin(crawler.base, "/robots.txt"))


def check_search(robots: CrawlResponse, pages: tuple[CrawlResponse, ...], site: str) -> Iterator[Finding]:
    """Report blocks to search engines; `site` is the site's address."""
    yield from or_good(_search_faults(robots, pages, site), "search", "máy tìm kiếm xem được trang.")


def _search_faults(robots: CrawlResponse, pages: tuple[CrawlResponse, ...], site: str) -> Iterator[Finding]:
    rules = RobotFileParser()
    rules.parse(robots.text.splitlines() if robots.status == 200 else [])
    if disallowed := [page.url for page in pages if not rules.can_fetch("Googlebot", page.url)]:
        remedy = "bỏ dòng Disallow ấy; robots.txt của cả tên miền có thể do nơi khác giữ."
        yield broken("search", f"{robots.url} cấm máy tìm kiếm xem {len(disallowed)} trang, ví dụ {disallowed[0]}.", remedy)
    sitemap = f"{site}sitemap.xml"
    if urlsplit(site).path not in {"", "/"} and sitemap not in (rules.site_maps() or []):
        message = f"{robots.url} không ghi sơ đồ trang, nên máy tìm kiếm tìm bài mới chậm."
        yield warning("search", message, f"thêm dòng Sitemap: {sitemap} vào robots.txt ở gốc tên miền.")
    yield from islice(chain(_header_faults(pages), _meta_faults(pages)), 1)


def _header_faults(pages: Iterable[CrawlResponse]) -> Iterator[Finding]:
    for page in pages:
        header = page.headers.get("x-robots-tag", "").lower()
        if "noindex" in header or "none" in header:
            message = f'Trang {page.url} có tiêu đề X-Robots-Tag "{header}": máy tìm kiếm bỏ qua trang.'
            yield broken("search", message, "bỏ tiêu đề X-Robots-Tag trong cấu hình máy chủ web, hoặc ở lớp đệm phía trước.")


def _meta_faults(pages: Iterable[CrawlResponse]) -> Iterator[Finding]:
    for page in pages:
        if page.status == 200 and page.media_type == "text/html" and "noindex" in _PageParser(page).robots:
            yield broken("search", f"Trang {page.url} tự bảo máy tìm kiếm bỏ qua (meta robots noindex).", _REPUBLISH)
