"""Whether the site can be reached at all: its home page, the way from http to https, the server's certificate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from chuyendoiso.ops.doctor.crawler import Visit, VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, good, or_good, warning
from chuyendoiso.system.http import Certificate, Http, read_certificate

SLOW = 3.0  # seconds
EXPIRING, URGENT = timedelta(days=21), timedelta(days=7)


def judge_home(home: VisitedPage) -> Iterator[Finding]:
    """Tell whether the home page answers, and fast enough."""
    seconds = f"{home.seconds:.1f}".replace(".", ",")
    if home.status != 200:
        remedy = "xem máy chủ web có chạy không, tên miền có trỏ đúng máy không, thư mục của trang có index.html không."
        yield broken("home", f"Trang chủ {home.url} không mở được: {home.told}.", remedy)
    elif home.seconds > SLOW:
        yield warning("home", f"Trang chủ mất {seconds} giây mới trả lời.", "xem tải của máy chủ và đường truyền.")
    else:
        yield good("home", f"trang chủ trả lời sau {seconds} giây.")


@dataclass(frozen=True, slots=True)
class PlainHttp:
    """An https address of the site, and how it is answered over http."""

    address: str
    seen: VisitedPage


def read_plain(visit: Visit, port: int, paths: Iterable[str]) -> tuple[PlainHttp, ...]:
    """Ask for some paths over http; for none if the site's address has no https."""
    parts = urlsplit(visit.base)
    if parts.scheme != "https":
        return ()
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    base = f"http://{host}{'' if port == 80 else f':{port}'}{parts.path}"
    return tuple(PlainHttp(visit.base + path, visit.ask("HEAD", base + path)) for path in paths)


def judge_plain(plain: tuple[PlainHttp, ...], base: str) -> Iterator[Finding]:
    """Report where an address without https does not lead to the same page over https."""
    if not plain:
        yield broken("https", f"Địa chỉ {base} không dùng https.", "cài chứng thư, mở cổng 443, đổi site.url thành https://.")
        return
    faults = (finding for one in plain for finding in _plain(one, base))
    yield from or_good(islice(faults, 1), "https", "http:// chuyển sang https://.")


def _plain(plain: PlainHttp, base: str) -> Iterator[Finding]:
    seen = plain.seen
    remedy = f"cho máy chủ web chuyển mọi địa chỉ http:// sang {base} bằng mã 301."
    if not seen.status:
        yield warning("https", f"Địa chỉ {seen.url} không mở được: {seen.fault}.", remedy)
    elif seen.status not in {301, 302, 307, 308} or seen.headers.get("location") != plain.address:
        led = f", dẫn tới {seen.headers['location']}" if "location" in seen.headers else ""
        yield broken("https", f"Địa chỉ {seen.url} trả lời {seen.status}{led}, không chuyển sang https.", remedy)
    elif seen.status not in {301, 308}:
        yield warning("https", f"Địa chỉ {seen.url} chuyển sang https bằng mã tạm thời {seen.status}.", remedy)


@dataclass(frozen=True, slots=True)
class Shown:
    """The certificate that a host shows, and when it was looked at."""

    host: str
    certificate: Certificate
    now: datetime


def read_shown(http: Http, base: str, now: datetime) -> Shown | None:
    """Look at the certificate; None where the address has no https."""
    parts = urlsplit(base)
    if parts.scheme != "https" or not parts.hostname:
        return None
    return Shown(parts.hostname, read_certificate(parts.hostname, parts.port or 443, http.seconds, http.trust), now)


def judge_certificate(shown: Shown) -> Iterator[Finding]:
    """Tell whether the certificate is accepted, and for how long yet."""
    yield from or_good(_certificate(shown), "certificate", f"chứng thư của {shown.host} còn {_days(shown)} ngày.")


def _certificate(shown: Shown) -> Iterator[Finding]:
    until = shown.certificate.until
    remedy = "gia hạn chứng thư, nạp lại máy chủ web, và xem vì sao lịch tự gia hạn không chạy."
    if until is None:
        again = "cài chứng thư đúng tên miền do nơi được tin cậy cấp, kèm chứng thư trung gian, rồi nạp lại máy chủ web."
        yield broken("certificate", f"Chứng thư của {shown.host} không dùng được: {shown.certificate.fault}.", again)
    elif until - shown.now < URGENT:
        yield broken("certificate", f"Chứng thư của {shown.host} chỉ còn {_days(shown)} ngày.", remedy)
    elif until - shown.now < EXPIRING:
        yield warning("certificate", f"Chứng thư của {shown.host} còn {_days(shown)} ngày.", remedy)


def _days(shown: Shown) -> int:
    return max((shown.certificate.until - shown.now).days, 0) if shown.certificate.until else 0
