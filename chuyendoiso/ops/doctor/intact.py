"""Check pages and pictures as readers get them.

They must be complete, load nothing from other hosts, and be open to search engines.
"""

from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from chuyendoiso.ops.doctor.crawler import Visit, VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, warning

_REPUBLISH = "xem ai, hay phần mềm nào ở giữa, đã sửa tệp trên máy chủ; đăng lại trang."
SHOWN = 5  # findings of one kind

# ── what pages ask for ──────────────────────────────────────────────────────────────────────────────────────────────────

_FETCHED = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src",), "frame": ("src",), "embed": ("src",),
    "object": ("data",), "video": ("src", "poster"), "audio": ("src",), "track": ("src",), "input": ("src",), "form": ("action",),
    "base": ("href",), "use": ("href", "xlink:href"), "image": ("href", "xlink:href"),
}  # fmt: skip
_RELS = {"stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "icon", "manifest", "apple-touch-icon"}
_DATA_TYPES = {"application/ld+json", "application/json", "speculationrules", "importmap"}


class _Page(HTMLParser):
    """Collects what a browser loads with a page, its inline scripts, and its robots meta."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.scripts = 0  # within the page
        self.robots = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what one element names."""
        given = {name: value or "" for name, value in attrs}
        for name in _FETCHED.get(tag, ()):
            value = given.get(name, "")
            self.fetched += [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]
        if tag == "link" and _RELS & set(given.get("rel", "").lower().split()):
            self.fetched.append(given.get("href", ""))
        if tag == "script" and "src" not in given and given.get("type", "").lower() not in _DATA_TYPES:
            self.scripts += 1
        if tag == "meta" and given.get("name", "").lower() in {"robots", "googlebot"}:
            self.robots = given.get("content", "").lower()


def _parsed(seen: VisitedPage) -> _Page:
    parser = _Page()
    parser.feed(seen.text)
    return parser


def judge_pages(pages: Iterable[VisitedPage], base: str, declared: str) -> Iterator[Finding]:
    """Report pages that are cut off, or that load from other hosts.

    `declared` is the site's address by its own list of items.
    """
    listed = [page for page in pages if page.status == 200 and page.media_type == "text/html"]
    hosts = {urlsplit(base).hostname, urlsplit(declared).hostname}
    yield from or_good(_pages(listed, hosts), "pages", f"{len(listed)} trang nguyên vẹn, không gọi máy chủ nào khác.")


def _pages(pages: Iterable[VisitedPage], hosts: set[str | None]) -> Iterator[Finding]:
    found = [finding for page in pages for finding in _page(page, hosts)]
    yield from found[:SHOWN]
    if len(found) > SHOWN:
        yield broken("pages", f"Và {len(found) - SHOWN} chỗ khác cũng vậy.", _REPUBLISH)


def _page(page: VisitedPage, hosts: set[str | None]) -> Iterator[Finding]:
    if not page.text.rstrip().lower().endswith("</html>"):
        yield broken("pages", f"Trang {page.url} bị cụt.", "đăng lại trang; nếu vẫn vậy, xem đĩa của máy chủ web có đầy không.")
        return
    parsed = _parsed(page)
    if parsed.scripts:
        yield broken("pages", f"Trang {page.url} có mã chạy nằm ngay trong trang.", _REPUBLISH)
    for address in dict.fromkeys(parsed.fetched):
        whole = _joined(page.url, address)
        if whole.scheme in {"http", "https"} and whole.hostname not in hosts:
            yield broken("pages", f"Trang {page.url} gọi máy chủ khác: {whole.geturl()}.", _REPUBLISH)
        elif whole.scheme == "http" and page.url.startswith("https:"):
            message = f"Trang {page.url} gọi {whole.geturl()} không qua https, trình duyệt chặn."
            yield broken("pages", message, "đổi site.url thành https:// rồi đăng lại.")


def _joined(page: str, address: str) -> SplitResult:
    try:
        return urlsplit(urljoin(page, address.strip()))
    except ValueError:  # such as http://[
        return urlsplit("")


# ── pictures ────────────────────────────────────────────────────────────────────────────────────────────────────────────

PICTURES = 12  # that are fetched whole, others each day
_ENDINGS = (".webp", ".jpg", ".jpeg", ".png", ".gif", ".svg")


def read_pictures(visit: Visit, addresses: Iterable[str]) -> tuple[VisitedPage, ...]:
    """Fetch some of the pictures among addresses."""
    pictures = [address for address in addresses if urlsplit(address).path.lower().endswith(_ENDINGS)]
    return tuple(visit.get(address) for address in pictures[:PICTURES])


def judge_pictures(pictures: Iterable[VisitedPage]) -> Iterator[Finding]:
    """Report pictures that are not there, empty, cut off, or no pictures."""
    listed = tuple(pictures)
    yield from or_good(_pictures(listed), "pictures", f"{len(listed)} ảnh lấy mẫu nguyên vẹn.")


def _pictures(pictures: Iterable[VisitedPage]) -> Iterator[Finding]:
    faults = [(picture.url, fault) for picture in pictures if (fault := _picture_fault(picture))]
    remedy = "đăng lại trang; nếu vẫn vậy, xem đĩa của máy chủ web."
    yield from (broken("pictures", f"Ảnh {url} {fault}.", remedy) for url, fault in faults[:SHOWN])
    if len(faults) > SHOWN:
        yield broken("pictures", f"Và {len(faults) - SHOWN} ảnh khác cũng hỏng.", remedy)


def _picture_fault(picture: VisitedPage) -> str:
    return picture_fault(picture.body) if picture.status == 200 else f"không mở được: {picture.told}"


def picture_fault(data: bytes) -> str:
    """Return what is wrong with a picture, by its first and last bytes; "" if nothing."""
    if not data:
        return "rỗng"
    for begins, complete in _FORMATS:
        if data.startswith(begins):
            return "" if complete(data) else "bị cụt"
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

# ── search engines ──────────────────────────────────────────────────────────────────────────────────────────────────────


def read_robots(visit: Visit) -> VisitedPage:
    """Ask for the host's robots.txt (RFC 9309), which lies at its root."""
    parts = urlsplit(visit.base)
    return visit.ask("GET", f"{parts.scheme}://{parts.netloc}/robots.txt")


def judge_search(robots: VisitedPage, pages: Iterable[VisitedPage], site: str) -> Iterator[Finding]:
    """Report what blocks search engines; `site` is the site's address."""
    yield from or_good(_search(robots, tuple(pages), site), "search", "máy tìm kiếm xem được trang.")


def _search(robots: VisitedPage, pages: tuple[VisitedPage, ...], site: str) -> Iterator[Finding]:
    rules = RobotFileParser()
    rules.parse(robots.text.splitlines() if robots.status == 200 else [])
    shut = [page.url for page in pages if not rules.can_fetch("Googlebot", page.url)]
    if shut:
        remedy = "bỏ dòng Disallow ấy; robots.txt của cả tên miền có thể do nơi khác giữ."
        yield broken("search", f"{robots.url} cấm máy tìm kiếm xem {len(shut)} trang, ví dụ {shut[0]}.", remedy)
    sitemap = f"{site}sitemap.xml"
    if urlsplit(site).path not in {"", "/"} and sitemap not in (rules.site_maps() or []):
        message = f"{robots.url} không ghi sơ đồ trang, nên máy tìm kiếm tìm bài mới chậm."
        yield warning("search", message, f"thêm dòng Sitemap: {sitemap} vào robots.txt ở gốc tên miền.")
    for page in pages:
        header = page.headers.get("x-robots-tag", "").lower()
        if "noindex" in header or "none" in header:
            remedy = "bỏ tiêu đề X-Robots-Tag trong cấu hình máy chủ web, hoặc ở lớp đệm phía trước."
            yield broken("search", f'Trang {page.url} có tiêu đề X-Robots-Tag "{header}": máy tìm kiếm bỏ qua trang.', remedy)
            return
    for page in pages:
        if page.status == 200 and page.media_type == "text/html" and "noindex" in _parsed(page).robots:
            yield broken("search", f"Trang {page.url} tự bảo máy tìm kiếm bỏ qua (meta robots noindex).", _REPUBLISH)
            return
