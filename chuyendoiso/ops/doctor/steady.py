"""Check that the server responds every time, and that its clock is right."""

from collections import Counter
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from chuyendoiso.ops.doctor.codings import CODINGS
from chuyendoiso.ops.doctor.crawler import Crawler, CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, good, skipped

TIMES = 20  # requests for one page
SKEW = timedelta(minutes=2)


def read_steady(crawler: Crawler, address: str) -> tuple[CrawlResponse, ...]:
    """Request a page many times, in each coding in turn."""
    codings = ("identity", *CODINGS)
    return tuple(crawler.request("GET", address, {"Accept-Encoding": codings[number % len(codings)]}) for number in range(TIMES))


def check_steady(responses: tuple[CrawlResponse, ...]) -> Finding:
    """Report a page that fails now and then."""
    failures = Counter(response.outcome for response in responses if response.status != 200)
    if not failures:
        return good("steady", f"hỏi {len(responses)} lần một trang, lần nào cũng được.")
    counts = ", ".join(f"{count} lần {outcome}" for outcome, count in failures.most_common())
    message = f"Trang {responses[0].url} lúc được lúc không: hỏi {len(responses)} lần thì {counts}."
    remedy = "xem nhật ký lỗi của máy chủ web và của từng máy sau bộ chia tải: bộ nhớ, số tệp mở, máy nào hỏng."
    return broken("steady", message, remedy)


def check_clock(home: CrawlResponse, now: datetime) -> Finding:
    """Report a wrong server clock.

    Scheduled items then appear at the wrong time. The clock is read from the Date header (RFC 9110, 6.6.1) of a response that came at `now`.
    """
    try:
        skew = parsedate_to_datetime(home.headers["date"]) + timedelta(seconds=home.age) - now
    except (KeyError, ValueError, TypeError, OverflowError):  # TypeError: no time zone, too
        return skipped("clock", "không so được giờ, vì máy chủ web không cho biết giờ của nó.")
    if abs(skew) <= SKEW:
        return good("clock", "giờ của máy chủ web khớp với máy này.")
    minutes = f"{abs(skew).total_seconds() / 60:.0f} phút"
    way = "nhanh hơn" if skew > timedelta() else "chậm hơn"
    remedy = "bật đồng bộ giờ ở cả hai máy (timedatectl set-ntp true), rồi xem lại bài hẹn giờ."
    return broken("clock", f"Giờ của máy chủ web {way} máy này {minutes}.", remedy)
