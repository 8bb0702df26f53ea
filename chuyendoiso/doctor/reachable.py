"""Whether the site can be reached at all: its home page, the way from http to https, the server's certificate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from chuyendoiso.doctor.findings import Finding, broken, good, or_good, warning
from chuyendoiso.doctor.visit import Seen, Visit
from chuyendoiso.web import Certificate, Http, read_certificate

SLOW = 3.0  # seconds
EXPIRING, URGENT = timedelta(days=21), timedelta(days=7)


def judge_home(home: Seen) -> Iterator[Finding]:
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
class Plain:
    """How the site answers over http: None where it was not asked, for its address has no https."""

    base: str
    seen: Seen | None


def read_plain(visit: Visit, port: int) -> Plain:
    """Ask for the home page over http."""
    parts = urlsplit(visit.base)
    if parts.scheme != "https":
        return Plain(visit.base, None)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return Plain(visit.base, visit.ask("HEAD", f"http://{host}{'' if port == 80 else f':{port}'}{parts.path}"))


def judge_plain(plain: Plain) -> Iterator[Finding]:
    """Tell whether who types the address without https gets to the site over https."""
    seen = plain.seen
    remedy = f"cho máy chủ web chuyển mọi địa chỉ http:// sang {plain.base} bằng mã 301."
    if seen is None:
        yield broken("https", f"Địa chỉ {plain.base} không dùng https.", "cài chứng thư, mở cổng 443, đổi site.url thành https://.")
    elif not seen.status:
        yield warning("https", f"Địa chỉ {seen.url} không mở được: {seen.fault}.", remedy)
    elif seen.status not in {301, 302, 307, 308} or seen.headers.get("location") != plain.base:
        led = f", dẫn tới {seen.headers['location']}" if "location" in seen.headers else ""
        yield broken("https", f"Địa chỉ {seen.url} trả lời {seen.status}{led}, không chuyển sang https.", remedy)
    elif seen.status not in {301, 308}:
        yield warning("https", f"Địa chỉ {seen.url} chuyển sang https bằng mã tạm thời {seen.status}.", remedy)
    else:
        yield good("https", "http:// chuyển sang https://.")


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
