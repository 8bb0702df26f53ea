"""Calendars (iCalendar, RFC 5545): one file a session, and one of all sessions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.history import Dates, Timeline
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Target
from chuyendoiso.model.vocabulary import PublicationState

if TYPE_CHECKING:
    from icalendar import Event

NEWEST = 200  # sessions in the calendar to subscribe to
REFRESH, REFRESH_TEXT = timedelta(hours=6), "PT6H"
ALARMS = (timedelta(days=-1), timedelta(minutes=-30))  # from the start of a session


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One session as a calendar shows it."""

    id: str  # permanent: an entry that changes replaces the one before
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str | None
    description: str
    address: str  # of its page
    published: datetime
    updated: datetime  # the last change of the session itself
    sequence: int  # of its changes
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Entries:
    """A calendar: its name, the name and language of the site, and its entries."""

    name: str
    site: str
    language: str
    entries: tuple[CalendarEvent, ...]


def plan_calendars(catalogue: Catalogue, site: Site, timeline: Timeline) -> Iterator[Target]:
    """Plan the calendars; a withdrawn session is cancelled, so that it disappears.

    Without a session there is none: a calendar must not be empty (RFC 5545, 3.6).
    """
    withdrawn = (item for item in catalogue.withdrawn if isinstance(item, Training))
    sessions = [(item, _entry(item, site, timeline.of(item))) for item in (*catalogue.of(Training), *withdrawn) if item.session]
    for item, entry in sessions:
        inputs = Entries(entry.title, site.name, site.language, (entry,))
        yield Target(urls.session_calendar(item.path).removeprefix("/"), inputs, make_calendar, item.source)
    if not sessions:
        return
    newest = sorted((entry for _, entry in sessions), key=lambda entry: (entry.starts_at, entry.id), reverse=True)[:NEWEST]
    inputs = Entries(f"Lịch hội nghị, tập huấn – {site.name}", site.name, site.language, tuple(newest))
    yield Target(urls.CALENDAR.removeprefix("/"), inputs, make_calendar, "lịch hội nghị")


def _entry(item: Training, site: Site, dates: Dates) -> CalendarEvent:
    session = item.session
    assert session is not None
    cancelled = item.state is PublicationState.WITHDRAWN
    ways = [f"Xem trực tiếp trên {site.channel(stream.channel).name}: {stream.url}" for stream in session.streams]
    lines = [f"Đã hủy: {item.withdrawn_reason}"] if cancelled else [item.summary, *ways]
    return CalendarEvent(
        id=item.id,
        title=f"Đã hủy: {item.title}" if cancelled else item.title,
        starts_at=session.starts_at.astimezone(UTC),
        ends_at=session.ends_at.astimezone(UTC),
        place=session.venue,
        description="\n".join([*lines, site.absolute(item.path)]),
        address=site.absolute(item.path),
        published=item.date.astimezone(UTC),
        updated=dates.session.astimezone(UTC),
        sequence=dates.sequence,
        cancelled=cancelled,
    )


def make_calendar(inputs: Entries) -> bytes:
    """Return a calendar in UTF-8, with instants in UTC."""
    from icalendar import Calendar  # loaded only where a calendar is made

    calendar = Calendar()
    calendar.add("prodid", f"-//{inputs.site}//chuyendoiso//{inputs.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", inputs.name)  # RFC 7986
    calendar.add("x-wr-calname", inputs.name)  # the same for programs older than it
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH_TEXT)  # a duration of RFC 5545, which Outlook reads
    for entry in inputs.entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEvent) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, entry.id)))
    event.add("dtstamp", entry.updated)
    event.add("created", entry.published)
    event.add("last-modified", entry.updated)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.title)
    event.add("description", entry.description)
    event.add("url", entry.address)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    for trigger in () if entry.cancelled else ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", trigger)
        event.add_component(alarm)
    return event
