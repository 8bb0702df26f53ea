"""What pages show of trainings: audiences, materials, the session."""

from chuyendoiso.model import urls
from chuyendoiso.model.broadcasts import frame_of
from chuyendoiso.model.content_types.training import Material, Training
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_number
from chuyendoiso.outputs.pages.components import PHASES, day, session_brief, weekday
from chuyendoiso.outputs.pages.content_types.item_pages import Invitation, ItemPages, Parts
from chuyendoiso.outputs.pages.files import file_view
from chuyendoiso.outputs.pages.materials import material_facts, offers
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import Anchor, Badge, Fact, FileView, SessionView, StreamLink, When

SHORT_VENUE = 60  # characters of a place that is passed on


class TrainingPages(ItemPages[Training]):
    """A training's materials and its session, if there is one."""

    def article(self, context: RenderContext, item: Training) -> Parts:
        """Return audiences, materials and the session."""
        site = context.site
        return {
            "audiences": tuple(Anchor(site.audience(id_).name, site.href(urls.audience(id_))) for id_ in item.audience),
            "files_title": "Tài liệu",
            "date_label": "Ngày đăng",
            "files": tuple(_material(context, material) for material in item.materials),
            "session": _session(context, item) if item.session else None,
        }

    def withdrawn(self, context: RenderContext, item: Training) -> Parts:
        """Return none of its own."""
        return {"date_label": "Ngày đăng"}

    def teaser(self, context: RenderContext, item: Training) -> Parts:
        """Return the session in short, and what there is to take along."""
        return {"session": session_brief(context, item) if item.session else None, "offers": offers(item)}

    def title(self, item: Training) -> str:
        """Return the heading."""
        return item.heading

    def published(self, context: RenderContext, item: Training) -> When:
        """Return the day."""
        return weekday(context.local(item.date))

    def note(self, context: RenderContext, item: Training) -> str:
        """Return the day of the session, else that of publication."""
        session = item.session
        return weekday(context.local(session.starts_at)).text if session else day(context.local(item.date)).text

    def invitation(self, context: RenderContext, item: Training) -> Invitation | None:
        """Return when and where the session is, unless it is over."""
        session = item.session
        if session is None or session.phase == "after":
            return None
        when = f"{session_brief(context, item).time}, {weekday(context.local(session.starts_at)).text}"
        place = f", {session.venue}" if session.venue and len(session.venue) <= SHORT_VENUE else ""
        return Invitation("Mời bà con dự: ", f"\n{when}{place}.\nXem tại: {context.site.absolute(item.path)}")

    def modules(self, context: RenderContext, item: Training) -> tuple[str, ...]:
        """Return the scripts that play a session, pass it on, and tell when it begins."""
        session = item.session
        urls = (*(stream.url for stream in session.streams), session.recording) if session else ()
        plays = any(url and frame_of(url, context.site.livestream_hosts) for url in urls)
        return (*(["embed"] if plays else []), "share", *(["session"] if session else []))

    def dublin_core(self, site: Site, item: Training) -> tuple[tuple[str, str], ...]:
        """Return none."""
        return ()


def _material(context: RenderContext, material: Material) -> FileView:
    if material.file:
        return file_view(context, material.file, material.label)._replace(digest=None)
    assert material.url is not None
    return FileView(label=material.label, href=material.url, facts=material_facts(material), here=False, digest=None)


def _session(context: RenderContext, item: Training) -> SessionView:
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
        streams=tuple(_stream(site, f"Xem trực tiếp trên {site.channel(one.channel).name}", one.url) for one in session.streams),
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
    return StreamLink(label, url, frame_of(url, site.livestream_hosts))
