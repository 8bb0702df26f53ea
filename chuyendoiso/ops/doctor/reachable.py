"""Check the home page, the redirect from http to https, and the certificate."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from chuyendoiso.ops.doctor.crawler import Crawler, CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, good, warning
from chuyendoiso.system.http import Certificate

SLOW = 3.0  # seconds
EXPIRING, URGENT = timedelta(days=21), timedelta(days=7)


def check_home(home: CrawlResponse) -> Finding:
    """Report a home page that does not open, or is slow."""
    seconds = f"{home.seconds:.1f}".replace(".", ",")
    if home.status != 200:
        remedy = "xem máy chủ web có chạy không, tên miền có trỏ đúng máy không, thư mục của trang có index.html không."
        return broken("home", f"Trang chủ {home.url} không mở được: {home.outcome}.", remedy)
    if home.seconds > SLOW:
        return warning("home", f"Trang chủ mất {seconds} giây mới trả lời.", "xem tải của máy chủ và đường truyền.")
    return good("home", f"trang chủ trả lời sau {seconds} giây.")


def check_https(crawler: Crawler, plain_port: int, paths: Iterable[str]) -> Finding:
    """Report the first path whose http URL does not redirect to https."""
    parts = urlsplit(crawler.base)
    if parts.scheme != "https":
        message = f"Địa chỉ {crawler.base} không dùng https."
        return broken("https", message, "cài chứng thư, mở cổng 443, đổi site.url thành https://.")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    base = f"http://{host}{'' if plain_port == 80 else f':{plain_port}'}{parts.path}"
    responses = [(crawler.base + path, crawler.request("HEAD", base + path)) for path in paths]
    faults = (_redirect_fault(target, response, crawler.base) for target, response in responses)
    return next(filter(None, faults), good("https", "http:// chuyển sang https://."))


def _redirect_fault(target: str, response: CrawlResponse, base: str) -> Finding | None:
    url, status, location = response.url, response.status, response.headers.get("location")
    remedy = f"cho máy chủ web chuyển mọi địa chỉ http:// sang {base} bằng mã 301."
    if not status:
        return warning("https", f"Địa chỉ {url} không mở được: {response.fault}.", remedy)
    if status not in {301, 302, 307, 308} or location != target:
        elsewhere = f", dẫn tới {location}" if location is not None else ""
        return broken("https", f"Địa chỉ {url} trả lời {status}{elsewhere}, không chuyển sang https.", remedy)
    if status not in {301, 308}:
        return warning("https", f"Địa chỉ {url} chuyển sang https bằng mã tạm thời {status}.", remedy)
    return None


def check_certificate(host: str, certificate: Certificate, now: datetime) -> Finding:
    """Report a certificate that is refused, or that expires soon."""
    if certificate.until is None:
        remedy = "cài chứng thư đúng tên miền do nơi được tin cậy cấp, kèm chứng thư trung gian, rồi nạp lại máy chủ web."
        return broken("certificate", f"Chứng thư của {host} không dùng được: {certificate.fault}.", remedy)
    remaining = certificate.until - now
    days = max(remaining.days, 0)
    remedy = "gia hạn chứng thư, nạp lại máy chủ web, và xem vì sao lịch tự gia hạn không chạy."
    if remaining < URGENT:
        return broken("certificate", f"Chứng thư của {host} chỉ còn {days} ngày.", remedy)
    if remaining < EXPIRING:
        return warning("certificate", f"Chứng thư của {host} còn {days} ngày.", remedy)
    return good("certificate", f"chứng thư của {host} còn {days} ngày.")
