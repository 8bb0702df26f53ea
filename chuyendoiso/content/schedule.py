"""Transitions of content over time: publication states, phases, validity."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from chuyendoiso.model.content_types.document import DocumentFields
from chuyendoiso.model.days import start_of
from chuyendoiso.model.vocabulary import EditorStatus, PublicationState, Validity, party_document

BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)  # the moment before every instant that content can name


def correction_times(days: Iterable[date], updated: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the instant of each correction, the days in order: the start of its day.

    One of the day on which the item was published or changed is a second later than that, and than the one before.
    """
    latest = updated
    for day in days:
        time = start_of(day, zone)
        if day >= updated.astimezone(zone).date():
            time = latest = max(time, latest + timedelta(seconds=1))
        yield time


def latest_transition(now: datetime, named: Iterable[datetime]) -> datetime:
    """Return the latest of the instants that passed; the site changes at these alone."""
    return max((instant for instant in named if instant <= now), default=BEGINNING)


def next_transition(now: datetime, named: Iterable[datetime]) -> datetime | None:
    """Return the first of the named instants that is yet to come."""
    return min((instant for instant in named if instant > now), default=None)


def state_at(status: EditorStatus, date: datetime | None, as_of: datetime) -> PublicationState:
    """Return a file's state: as its editor says, but scheduled before its date.

    A file that was withdrawn before its date was never public: it is a draft, without a notice.
    """
    if date is None or date <= as_of or status is EditorStatus.DRAFT:
        return PublicationState(status.value)
    return PublicationState.SCHEDULED if status is EditorStatus.PUBLISHED else PublicationState.DRAFT


def phase_at(starts: datetime, ends: datetime, as_of: datetime) -> str:
    """Return what a session is at a moment: before, during or after."""
    if as_of < starts:
        return "before"
    return "during" if as_of < ends else "after"


def validity_of(
    fields: DocumentFields, ended: bool, amended: bool, as_of: datetime, unsure: Collection[str] = ()
) -> Validity | None:
    """Return a document's validity, or None for the Party's.

    `ended` and `amended` are the effects of other documents in force; `unsure` are relations whose day of effect is unknown. Without a day
    the validity is unverified. An amendment alone never ends it.
    """
    if party_document(fields.document_number):
        return None
    today = as_of.date()
    if ended or (fields.expires_on and fields.expires_on <= today):
        return Validity.LAPSED
    if fields.suspended_on and fields.suspended_on <= today:
        return Validity.SUSPENDED
    if not fields.effective_on:
        return Validity.UNVERIFIED
    if fields.effective_on > today:
        return Validity.NOT_YET
    if {"replaced_by", "repealed_by"} & set(unsure) or (unsure and not amended):
        return Validity.UNVERIFIED
    return Validity.PARTLY_LAPSED if amended else Validity.IN_FORCE
