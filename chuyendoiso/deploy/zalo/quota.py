"""Track the quota of the account's plan.

Articles of a month are counted here. The API reports a spent quota.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from chuyendoiso.deploy.zalo.channel_state import AccountFacts, ChannelState
from chuyendoiso.deploy.zalo.error_codes import Meaning
from chuyendoiso.model.vietnamese import format_date

VIETNAM = timezone(timedelta(hours=7))  # days and months of the plan; Vietnam has no summer time


@dataclass(frozen=True, slots=True)
class Allowance:
    """The maximum of new articles a month by the plan (None: not known), and in a run."""

    monthly: int | None = None
    limit: int | None = None


def month_of(instant: datetime) -> str:
    """Return an instant's month in Vietnam, such as `2026-11`."""
    return f"{instant.astimezone(VIETNAM):%Y-%m}"


def count_created(state: ChannelState, now: datetime) -> int:
    """Return how many articles were created this month, pending creations included."""
    month = month_of(now)
    pending = sum(1 for known in state.items.values() if known.creating and known.asked and month_of(known.asked) == month)
    return pending + (state.account.created if state.account.month == month else 0)


def record_created(account: AccountFacts, asked: datetime) -> None:
    """Count a created article, in the month of its request."""
    month = month_of(asked)
    if account.month is None or month > account.month:
        account.month, account.created = month, 0
    if month == account.month:
        account.created += 1


def record_spent(account: AccountFacts, meaning: Meaning, now: datetime) -> None:
    """Record that a quota is spent: until tomorrow, or until the first of next month."""
    today = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    account.spent, account.spent_until = meaning.value, today + timedelta(days=1) if meaning is Meaning.QUOTA_DAY else next_month


def current_spent(account: AccountFacts, now: datetime) -> Meaning | None:
    """Return which quota is spent now; None if none is."""
    return Meaning(account.spent) if account.spent and account.spent_until and now < account.spent_until else None


def remaining_creations(state: ChannelState, allowance: Allowance, now: datetime) -> int | None:
    """Return how many articles this run may create; None if any number."""
    if current_spent(state.account, now):
        return 0
    rest = None if allowance.monthly is None else max(0, allowance.monthly - count_created(state, now))
    return min((limit for limit in (rest, allowance.limit) if limit is not None), default=None)


def describe(state: ChannelState, allowance: Allowance, now: datetime) -> str:
    """Return the line about the plan that is printed before anything is sent."""
    created = count_created(state, now)
    if allowance.monthly is None:
        return f"Tháng này đã đăng {created} bài. Chưa biết gói cho phép bao nhiêu: ghi ZALO_MONTHLY_ARTICLES trong publishconf.py."
    rest = max(0, allowance.monthly - created)
    return f"Gói cho phép {allowance.monthly} bài mỗi tháng: tháng này đã đăng {created}, còn {rest}."


def describe_spent(state: ChannelState, now: datetime, postponed: int) -> str:
    """Return the line about a spent quota, with the number of postponed acts."""
    until = state.account.spent_until
    assert until is not None
    day = format_date(until.astimezone(VIETNAM))
    if current_spent(state.account, now) is Meaning.QUOTA_DAY:
        return f"Gói của tài khoản Zalo đã hết lượt hôm nay: để lại {postponed} việc tới ngày {day}."
    return f"Gói của tài khoản Zalo đã hết lượt đăng tháng này: để lại {postponed} bài mới tới ngày {day}; bài sửa, bài gỡ vẫn gửi."
