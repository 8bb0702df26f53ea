"""Calendars (iCalendar, RFC 5545): one a session; one of sessions and deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.consultation import Consultation
from chuyendoiso.model.content_types.training import Session, Training
from chuyendoiso.model.history import Dates, Timeline
from chuyendoiso.model.item_fields import start_of
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Target
from chuyendoiso.model.vocabulary import ConsultationState, PublicationState

NEWEST = 200  # events in the calendar to subscribe to
ALARMS = (timedelta(days=-1), timedelta(minutes=-30))  # from the start of a session

Properties = tuple[tuple[str, Any], ...]  # of an event: names and values of RFC 5545


@dataclass(frozen=True, slots=True)
class SessionCalendar:
    """A calendar: its name, the name and language of the site, and its events."""

    name: str
    site: str
    language: str
    events: tuple[Properties, ...]


def plan_calendars(catalogue: Catalogue, site: Site, timeline: Timeline) -> Iterator[Target]:
    """Plan the calendars; a withdrawn session is cancelled, so that it disappears.

    Without an event there is none: a calendar must not be empty (RFC 5545, 3.6).
    """
    withdrawn = (item for item in catalogue.withdrawn if isinstance(item, Training))
    events = []
    for item in (*catalogue.of(Training), *withdrawn):
        if session := item.session:
            event = _event_properties(item, session, site, timeline.of(item))
            events.append((session.starts_at, item.id, event))
            inputs = SessionCalendar(dict(event)["summary"], site.name, site.language, (event,))
            yield Target(urls.session_calendar(item.path).removeprefix("/"), inputs, make_calendar, item.source)
    for draft in (*catalogue.of(Consultation), *(item for item in catalogue.withdrawn if isinstance(item, Consultation))):
        events.append((start_of(draft.closes_on, site.zone), draft.id, _deadline_properties(draft, site, timeline.of(draft))))
    if events:
        newest = tuple(event for _, _, event in sorted(events, reverse=True)[:NEWEST])
        inputs = SessionCalendar(f"Lịch hội nghị, tập huấn – {site.name}", site.name, site.language, newest)
        yield Target(urls.CALENDAR.removeprefix("/"), inputs, make_calendar, "lịch hội nghị")


def _deadline_properties(draft: Consultation, site: Site, dates: Dates) -> Properties:
    """Return the last day for comments on a draft, as an event of that day."""
    stopped = draft.stage is ConsultationState.CANCELLED
    cancelled = draft.state is PublicationState.WITHDRAWN or stopped
    updated, title = dates.changed.astimezone(UTC), f"Hạn góp ý: {draft.title}"
    return (
        ("uid", str(uuid5(NAMESPACE_URL, draft.id))),
        ("dtstamp", updated),
        ("created", draft.date.astimezone(UTC)),
        ("last-modified", updated),
        ("sequence", dates.sequence + stopped),
        ("dtstart", draft.closes_on),
        ("summary", f"Đã hủy: {title}" if cancelled else title),
        ("description", f"{draft.summary}\n{site.absolute(draft.path)}"),
        ("url", site.absolute(draft.path)),
        ("status", "CANCELLED" if cancelled else "CONFIRMED"),
        ("transp", "TRANSPARENT"),
    )


def _event_properties(item: Training, session: Session, site: Site, dates: Dates) -> Properties:
    """Return an event's properties; its id is permanent, so that a change replaces it."""
    cancelled, updated = item.state is PublicationState.WITHDRAWN, dates.session.astimezone(UTC)
    streams = [f"Xem trực tiếp trên {site.channel(stream.channel).name}: {stream.url}" for stream in session.streams]
    lines = [f"Đã hủy: {item.withdrawn_reason}"] if cancelled else [item.summary, *streams]
    return (
        ("uid", str(uuid5(NAMESPACE_URL, item.id))),
        ("dtstamp", updated),
        ("created", item.date.astimezone(UTC)),
        ("last-modified", updated),
        ("sequence", dates.sequence),
        ("dtstart", session.starts_at.astimezone(UTC)),
        ("dtend", session.ends_at.astimezone(UTC)),
        ("summary", f"Đã hủy: {item.title}" if cancelled else item.title),
        ("description", "\n".join([*lines, site.absolute(item.path)])),
        ("url", site.absolute(item.path)),
        ("status", "CANCELLED" if cancelled else "CONFIRMED"),
        *((("location", session.venue),) if session.venue else ()),
    )


def make_calendar(inputs: SessionCalendar) -> bytes:
    """Return a calendar in UTF-8, with instants in UTC."""
    from icalendar import Alarm, Calendar, Event  # loaded only if there is a calendar to make

    calendar = Calendar()
    calendar.add("prodid", f"-//{inputs.site}//chuyendoiso//{inputs.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", inputs.name)  # RFC 7986
    calendar.add("x-wr-calname", inputs.name)  # the same for programs older than it
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")  # the same, which Outlook reads
    for properties in inputs.events:
        event = Event()
        for name, value in properties:
            event.add(name, value)
        timed = ("status", "CONFIRMED") in properties and "dtend" in dict(properties)
        for trigger in ALARMS if timed else ():
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", dict(properties)["summary"])
            alarm.add("trigger", trigger)
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


class CalendarEvent(NamedTuple):
    """An event of a calendar: an item's address, begin and end, and where it is."""

    url: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    cancelled: bool


def parse_sessions(calendar: bytes) -> list[CalendarEvent]:
    """Return the sessions of a calendar, not its deadlines. Raises ValueError."""
    from icalendar import Calendar

    events = []
    for event in Calendar.from_ical(calendar).walk("VEVENT"):
        begin, end = event.decoded("dtstart"), event.decoded("dtend", None)
        if isinstance(begin, datetime) and isinstance(end, datetime):
            cancelled = event.get("status") == "CANCELLED"
            events.append(CalendarEvent(str(event.get("url", "")), begin, end, str(event.get("location", "")), cancelled))
    return events
