"""Whether the server answers each time, and by the right clock."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from chuyendoiso.ops.doctor.codings import CODINGS
from chuyendoiso.ops.doctor.crawler import Visit, VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, skipped

TIMES = 20  # that one page is asked for
SKEW = timedelta(minutes=2)


def read_steady(visit: Visit, address: str) -> tuple[VisitedPage, ...]:
    """Ask for a page many times, in each coding in turn."""
    codings = ("identity", *CODINGS)
    return tuple(visit.ask("GET", address, {"Accept-Encoding": codings[number % len(codings)]}) for number in range(TIMES))


def judge_steady(answers: tuple[VisitedPage, ...]) -> Iterator[Finding]:
    """Report a page that is answered now and then."""
    yield from or_good(_steady(answers), "steady", f"hỏi {len(answers)} lần một trang, lần nào cũng được.")


def _steady(answers: tuple[VisitedPage, ...]) -> Iterator[Finding]:
    failures = Counter(seen.told for seen in answers if seen.status != 200)
    if failures:
        named = ", ".join(f"{count} lần {what}" for what, count in failures.most_common())
        remedy = "xem nhật ký lỗi của máy chủ web và của từng máy sau bộ chia tải: bộ nhớ, số tệp mở, máy nào hỏng."
        yield broken("steady", f"Trang {answers[0].url} lúc được lúc không: hỏi {len(answers)} lần thì {named}.", remedy)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The server's clock by its Date header (RFC 9110, 6.6.1), and this machine's."""

    server: datetime | None
    here: datetime


def read_clocks(home: VisitedPage, now: datetime) -> Clocks:
    """Read the server's clock from an answer that was given at `now`."""
    try:
        return Clocks(parsedate_to_datetime(home.headers["date"]) + timedelta(seconds=home.age), now)
    except (KeyError, ValueError, TypeError, OverflowError):
        return Clocks(None, now)


def judge_clocks(clocks: Clocks) -> Iterator[Finding]:
    """Report clocks that disagree: scheduled items then appear too early or too late."""
    if clocks.server is None or clocks.server.tzinfo is None:
        yield skipped("clock", "không so được giờ, vì máy chủ web không cho biết giờ của nó.")
        return
    yield from or_good(_clocks(clocks.server - clocks.here), "clock", "giờ của máy chủ web khớp với máy này.")


def _clocks(skew: timedelta) -> Iterator[Finding]:
    if abs(skew) > SKEW:
        minutes = f"{abs(skew).total_seconds() / 60:.0f} phút"
        way = "nhanh hơn" if skew > timedelta() else "chậm hơn"
        remedy = "bật đồng bộ giờ ở cả hai máy (timedatectl set-ntp true), rồi xem lại bài hẹn giờ."
        yield broken("clock", f"Giờ của máy chủ web {way} máy này {minutes}.", remedy)
