"""Compare the age and the files of a mirror with the main site."""

from datetime import timedelta

from chuyendoiso.model import urls
from chuyendoiso.ops.doctor.crawler import Crawler
from chuyendoiso.ops.doctor.findings import MAX_LISTED, Finding, broken, good, warning
from chuyendoiso.ops.doctor.listing import ItemList, read_listing

BEHIND = timedelta(days=1)
SAME = ("/", "/sitemap.xml", urls.MAIN_FEED)  # files that change with nearly every release
_REMEDY = "xem việc chép sang bản sao có chạy không, rồi chép lại."


def check_mirror(crawler: Crawler, url: str, main: ItemList) -> Finding:
    """Report how far a mirror is behind, or in which paths it differs."""
    response = crawler.request("GET", f"{url}{urls.MANIFEST.removeprefix('/')}")
    copy = read_listing(response)
    if copy is None:
        fault = response.outcome if response.status != 200 else "nội dung không đúng dạng"
        return broken("mirror", f"Không đọc được danh sách bài của bản sao {url}: {fault}.", _REMEDY)
    different = [path for path in SAME if _differs(crawler, url, path)]
    ours, theirs = main.newest, copy.newest
    if ours and (theirs is None or theirs < ours):
        late = f"chậm hơn trang chính {_span(ours - theirs)}" if theirs else "chưa có bài nào"
        level = broken if theirs is None or ours - theirs > BEHIND else warning
        return level("mirror", f"Bản sao {url} {late}.", _REMEDY)
    items = {item.id: (item.digest, item.title) for item in copy.items}
    outdated = [item.path for item in main.items if items.get(item.id) != (item.digest, item.title)]
    if paths := [*outdated[:MAX_LISTED], *different]:
        return warning("mirror", f"Bản sao {url} khác trang chính ở: {', '.join(paths)}.", _REMEDY)
    return good("mirror", f"bản sao {url} giống trang chính.")


def _differs(crawler: Crawler, url: str, path: str) -> bool:
    ours, theirs = crawler.get(path), crawler.request("GET", f"{url}{path.removeprefix('/')}")
    return (ours.status, ours.body) != (theirs.status, theirs.body)


def _span(span: timedelta) -> str:
    units = [(span.days, "ngày"), (span.seconds // 3600, "giờ"), (span.seconds % 3600 // 60, "phút")]
    return " ".join(f"{number} {unit}" for number, unit in units if number) or "chưa tới một phút"
