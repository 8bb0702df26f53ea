"""Transitions of content over time: publication states, corrections."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from chuyendoiso.model.item_fields import start_of
from chuyendoiso.model.vocabulary import EditorStatus, PublicationState

BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)  # the moment before every instant that content can name


def correction_times(days: Iterable[date], updated: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the instant of each correction, `days` in order: the start of its day.

    A correction on or after the day of `updated` is at least a second later than `updated` and than the correction before.
    """
    latest = updated
    for day in days:
        time = start_of(day, zone)
        if day >= updated.astimezone(zone).date():
            time = latest = max(time, latest + timedelta(seconds=1))
        yield time


def latest_transition(now: datetime, transitions: Iterable[datetime]) -> datetime:
    """Return the latest of the transitions that passed; BEGINNING if none did."""
    return max((instant for instant in transitions if instant <= now), default=BEGINNING)


def next_transition(now: datetime, transitions: Iterable[datetime]) -> datetime | None:
    """Return the first of the transitions after `now`; None if there is none."""
    return min((instant for instant in transitions if instant > now), default=None)


def state_at(status: EditorStatus, date: datetime | None, as_of: datetime) -> PublicationState:
    """Return a file's state: its status, but scheduled before its date.

    A file that is withdrawn before its date was never public: it is a draft, without a notice.
    """
    if date is None or date <= as_of or status is EditorStatus.DRAFT:
        return PublicationState(status.value)
    return PublicationState.SCHEDULED if status is EditorStatus.PUBLISHED else PublicationState.DRAFT
