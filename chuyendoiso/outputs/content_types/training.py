"""What outputs show of trainings: audiences, materials, the session."""

from collections.abc import Iterator, Mapping
from html import escape

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.training import Session, Training
from chuyendoiso.model.items import File, Item
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_instant
from chuyendoiso.outputs.content_types.item_outputs import ItemOutputs, Json, file_record, link, owner_data, stated

_OF_EVENT = {"url", "description", "inLanguage", "image"}  # what of all items' data an event has


class TrainingOutputs(ItemOutputs[Training]):
    """A training's materials and its session, if there is one."""

    record_name = "training"

    def search_words(self, item: Training, site: Site) -> Iterator[str | None]:
        """Yield audiences, materials, and who, where and what of the session."""
        yield from (site.audience(id_).name for id_ in item.audience)
        yield from (material.label for material in item.materials)
        if session := item.session:
            yield from (session.organizer, session.venue)
            yield from (site.channel(stream.channel).name for stream in session.streams)
            for point in session.meeting_points:
                yield from (point.name, point.locality, point.address)
            yield from (entry.what for entry in session.agenda)

    def search_title(self, item: Training) -> str:
        """Return the title."""
        return item.title

    def facets(self, item: Training) -> tuple[str, ...]:
        """Return none."""
        return ()

    def feed_notes(self, item: Training) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        return iter(())

    def feed_fields(self, item: Training, site: Site) -> Mapping[str, str | None]:
        """Return when and where the session is."""
        session = item.session
        if session is None:
            return {}
        return {"starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat(), "venue": session.venue}

    def feed_links(self, item: Training, site: Site) -> Iterator[tuple[str, str]]:
        """Yield the streams and the recording."""
        if session := item.session:
            yield from ((site.channel(one.channel).name, one.url) for one in session.streams)
            if session.recording:
                yield "Bản ghi hình", session.recording

    def enclosure(self, item: Training) -> File | None:
        """Return none."""
        return None

    def record(self, item: Training, site: Site) -> Json:
        """Return audiences, materials and the session."""
        materials = [
            file_record(one.file, one.label, site)
            if one.file
            else stated({"label": one.label, "url": one.url, "format": one.format, "minutes": one.minutes})
            for one in item.materials
        ]
        audience = [{"id": id_, "name": site.audience(id_).name} for id_ in item.audience]
        return stated({"audience": audience, "materials": materials, "session": _session(item.session, item, site)})

    def channel_lines(self, item: Training, site: Site) -> Iterator[str]:
        """Yield when, where and how the session can be watched."""
        session = item.session
        if session is None:
            return
        starts, ends = (instant.astimezone(site.zone) for instant in (session.starts_at, session.ends_at))
        until = f"{ends:%H:%M}" if ends.date() == starts.date() else format_instant(ends)
        yield f"<b>Thời gian:</b> {format_instant(starts)} đến {until}"
        if session.venue:
            yield f"<b>Hội trường chính:</b> {escape(session.venue)}"
        for stream in session.streams:
            yield link(f"Xem trực tiếp trên {site.channel(stream.channel).name}", stream.url)
        if session.recording:
            yield link("Xem lại bản ghi", session.recording)

    def structured_data(self, item: Training, site: Site, common: Json) -> Json:
        """Return an event, or a resource to learn from."""
        session = item.session
        if session is None:
            return {"@type": "LearningResource", "name": item.heading, **common}
        organizer = {"@type": "Organization", "name": session.organizer} if session.organizer else owner_data(site)
        return {
            "@type": "EducationEvent", "name": item.heading, "startDate": session.starts_at.isoformat(), "endDate": session.ends_at.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled", "organizer": organizer, **_where(site, item, session),
            **{name: value for name, value in common.items() if name in _OF_EVENT},
        }  # fmt: skip


def _where(site: Site, item: Item, session: Session) -> Json:
    places = [(session.venue, session.venue)] if session.venue else []
    places += [(point.name, point.address or point.locality or point.name) for point in session.meeting_points]
    online = [{"@type": "VirtualLocation", "url": stream.url} for stream in session.streams]
    found = [*({"@type": "Place", "name": name, "address": address} for name, address in places), *online]
    mode = "Mixed" if places and online else "Offline" if places else "Online"
    virtual = {"@type": "VirtualLocation", "url": site.absolute(item.path)}  # where nothing is said, the page tells how to join
    return {"location": found or virtual, "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode"}


def _session(session: Session | None, item: Item, site: Site) -> Json | None:
    """Return a session; clients derive its state from the two instants."""
    if session is None:
        return None
    attendance = session.attendance
    return stated({
        "starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat(), "organizer": session.organizer,
        "venue": session.venue, "calendar": site.absolute(urls.session_calendar(item.path)),
        "streams": [{"channel": site.channel(one.channel).name, "url": one.url} for one in session.streams],
        "meeting_points": [stated({"name": one.name, "locality": one.locality, "address": one.address}) for one in session.meeting_points],
        "agenda": [{"at": one.at, "what": one.what} for one in session.agenda], "recording": session.recording,
        "attendance": stated({"meeting_points": attendance.meeting_points, "online": attendance.online}) if attendance else None,
    })  # fmt: skip
