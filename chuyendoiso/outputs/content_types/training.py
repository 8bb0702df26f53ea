"""The outputs of trainings: audiences, materials, the session."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from chuyendoiso.model import urls
from chuyendoiso.model.broadcasts import broadcast_frame
from chuyendoiso.model.content_types.training import Material, Session, Training
from chuyendoiso.model.items import Item
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_instant, format_number
from chuyendoiso.outputs.content_types.item_outputs import Invitation, ItemOutputs, Json, file_record, link, owner_data, stated
from chuyendoiso.outputs.content_types.schema_parts import (
    ADDRESS,
    COUNT,
    FILE,
    INSTANT,
    LINK,
    NAMED,
    WORDS,
    list_of,
    object_of,
)
from chuyendoiso.outputs.pages.components import PHASES, day, session_brief, weekday
from chuyendoiso.outputs.pages.materials import file_view, material_facts, offers
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import Anchor, Badge, Fact, FileView, SessionView, StreamLink

_OF_EVENT = {"url", "description", "inLanguage", "image"}  # common data of items that an event has
SHORT_VENUE = 60  # characters of a venue in a text to share

_SESSION = object_of(
    {"starts_at": INSTANT, "ends_at": INSTANT, "calendar": ADDRESS},
    {
        "organizer": WORDS,
        "venue": WORDS,
        "streams": list_of(object_of({"channel": WORDS, "url": ADDRESS})),
        "meeting_points": list_of(object_of({"name": WORDS}, {"locality": WORDS, "address": WORDS})),
        "agenda": list_of(object_of({"at": WORDS, "what": WORDS})),
        "recording": ADDRESS,
        "attendance": object_of({}, {"meeting_points": COUNT, "online": COUNT}),
    },
)
_RECORD = object_of({"audience": list_of(NAMED)}, {"materials": list_of({"anyOf": [FILE, LINK]}), "session": _SESSION})


class TrainingOutputs(ItemOutputs[Training]):
    """A training's materials and its session, if there is one."""

    record_name = "training"
    record_schema = _RECORD

    def search_words(self, item: Training, site: Site) -> Iterator[str | None]:
        """Yield audiences, materials, and names, places and agenda of the session."""
        yield from (site.audience(id_).name for id_ in item.audience)
        yield from (material.label for material in item.materials)
        if session := item.session:
            yield from (session.organizer, session.venue)
            yield from (site.channel(stream.channel).name for stream in session.streams)
            for point in session.meeting_points:
                yield from (point.name, point.locality, point.address)
            yield from (entry.what for entry in session.agenda)

    def is_over(self, item: Training) -> bool:
        """Return whether its session is over."""
        return item.session is not None and item.session.phase == "after"

    def facets(self, item: Training) -> tuple[str, ...]:
        """Return the state of the session."""
        return (f"session:{item.session.phase}",) if item.session else ()

    def result_date(self, item: Training, site: Site) -> str:
        """Return the time of the session, else the day of publication."""
        return format_instant(item.session.starts_at.astimezone(site.zone)) if item.session else super().result_date(item, site)

    def result_state(self, item: Training) -> str | None:
        """Return the state of the session."""
        return PHASES[item.session.phase] if item.session else None

    def feed_fields(self, item: Training, site: Site) -> Mapping[str, str | None]:
        """Return start, end and venue of the session."""
        session = item.session
        if session is None:
            return {}
        return {"starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat(), "venue": session.venue}

    def feed_links(self, item: Training, site: Site) -> Iterator[tuple[str, str]]:
        """Yield the streams and the recording."""
        if session := item.session:
            yield from ((site.channel(stream.channel).name, stream.url) for stream in session.streams)
            if session.recording:
                yield "Bản ghi hình", session.recording

    def record(self, item: Training, site: Site) -> Json:
        """Return audiences, materials and the session."""
        materials = [
            file_record(material.file, material.label, site)
            if material.file
            else stated({"label": material.label, "url": material.url, "format": material.format, "minutes": material.minutes})
            for material in item.materials
        ]
        audience = [{"id": id_, "name": site.audience(id_).name} for id_ in item.audience]
        return stated({"audience": audience, "materials": materials, "session": _session(item.session, item, site)})

    def channel_lines(self, item: Training, site: Site) -> Iterator[str]:
        """Yield time, venue and streams of the session."""
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

    # ── pages ──

    def article(self, context: RenderContext, item: Training) -> dict[str, Any]:
        """Return audiences, materials and the session."""
        site = context.site
        return {
            "audiences": tuple(Anchor(site.audience(id_).name, site.href(urls.audience(id_))) for id_ in item.audience),
            "files_title": "Tài liệu",
            "date_label": "Ngày đăng",
            "files": tuple(_material(context, material) for material in item.materials),
            "session": _session_view(context, item) if item.session else None,
        }

    def withdrawn(self, context: RenderContext, item: Training) -> dict[str, Any]:
        """Return none of its own."""
        return {"date_label": "Ngày đăng"}

    def teaser(self, context: RenderContext, item: Training) -> dict[str, Any]:
        """Return the session in short, and the materials."""
        return {"session": session_brief(context, item) if item.session else None, "offers": offers(item)}

    def note(self, context: RenderContext, item: Training) -> str:
        """Return the day of the session, else that of publication."""
        session = item.session
        return weekday(context.local(session.starts_at)).text if session else day(context.local(item.date)).text

    def invitation(self, context: RenderContext, item: Training) -> Invitation | None:
        """Return time and venue of the session, unless it is over."""
        session = item.session
        if session is None or session.phase == "after":
            return None
        when = f"{session_brief(context, item).time}, {weekday(context.local(session.starts_at)).text}"
        place = f", {session.venue}" if session.venue and len(session.venue) <= SHORT_VENUE else ""
        return Invitation("Mời bà con dự: ", f"\n{when}{place}.\nXem tại: {context.site.absolute(item.path)}")

    def modules(self, context: RenderContext, item: Training) -> tuple[str, ...]:
        """Return the scripts of the stream, of sharing, and of the session's state."""
        session = item.session
        urls = (*(stream.url for stream in session.streams), session.recording) if session else ()
        plays = any(url and broadcast_frame(url, context.site.livestream_hosts) for url in urls)
        return (*(["embed"] if plays else []), "share", *(["session"] if session else []))


def _where(site: Site, item: Item, session: Session) -> Json:
    places = [(session.venue, session.venue)] if session.venue else []
    places += [(point.name, point.address or point.locality or point.name) for point in session.meeting_points]
    online = [{"@type": "VirtualLocation", "url": stream.url} for stream in session.streams]
    locations = [*({"@type": "Place", "name": name, "address": address} for name, address in places), *online]
    mode = "Mixed" if places and online else "Offline" if places else "Online"
    virtual = {
        "@type": "VirtualLocation",
        "url": site.absolute(item.path),
    }  # without a place or a stream: the page says how to join
    return {"location": locations or virtual, "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode"}


def _session(session: Session | None, item: Item, site: Site) -> Json | None:
    """Return a session; clients derive its state from the two instants."""
    if session is None:
        return None
    attendance = session.attendance
    return stated({
        "starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat(), "organizer": session.organizer,
        "venue": session.venue, "calendar": site.absolute(urls.session_calendar(item.path)),
        "streams": [{"channel": site.channel(stream.channel).name, "url": stream.url} for stream in session.streams],
        "meeting_points": [
            stated({"name": point.name, "locality": point.locality, "address": point.address}) for point in session.meeting_points
        ],
        "agenda": [{"at": entry.at, "what": entry.what} for entry in session.agenda], "recording": session.recording,
        "attendance": stated({"meeting_points": attendance.meeting_points, "online": attendance.online}) if attendance else None,
    })  # fmt: skip


def _material(context: RenderContext, material: Material) -> FileView:
    if material.file:
        return file_view(context, material.file, material.label)._replace(digest=None)
    assert material.url is not None
    return FileView(label=material.label, href=material.url, facts=material_facts(material), here=False, digest=None)


def _session_view(context: RenderContext, item: Training) -> SessionView:
    session, site = item.session, context.site
    assert session is not None
    over = session.phase == "after"
    brief = session_brief(context, item)
    lines = (
        ("Thời gian", f"{brief.time}, {weekday(context.local(session.starts_at)).text}"),
        ("Đơn vị tổ chức", session.organizer),
        ("Hội trường chính", session.venue),
    )
    attendance = session.attendance
    counts = (
        ("Người dự tại các điểm cầu", attendance.meeting_points, "người"), ("Lượt theo dõi trực tuyến", attendance.online, "lượt")
    ) if attendance else ()  # fmt: skip
    return SessionView(
        brief=brief,
        ends_iso=context.local(session.ends_at).isoformat(),
        begins=f"{context.local(session.starts_at):%H:%M}, {weekday(context.local(session.starts_at)).text}",
        phases=tuple(Badge(key, words) for key, words in PHASES.items()),
        facts=tuple(Fact(term=term, text=text) for term, text in lines if text),
        streams=tuple(
            _stream(site, f"Xem trực tiếp trên {site.channel(stream.channel).name}", stream.url) for stream in session.streams
        ),
        recording=_stream(site, "Xem lại bản ghi", session.recording) if session.recording else None,
        calendar=None if over else Anchor("Thêm vào lịch", site.href(urls.session_calendar(item.path))),
        leaflet=None if over else Anchor("In tờ rơi", site.href(urls.leaflet(item.path))),
        meeting_points=tuple(
            Fact(term=point.name, text=", ".join(part for part in (point.address, point.locality) if part))
            for point in session.meeting_points
        ),
        agenda=tuple(Fact(term=entry.at, text=entry.what) for entry in session.agenda),
        attendance=tuple(
            Fact(term=term, text=f"{format_number(count)} {unit}") for term, count, unit in counts if count is not None
        ),
    )


def _stream(site: Site, label: str, url: str) -> StreamLink:
    return StreamLink(label, url, broadcast_frame(url, site.livestream_hosts))
