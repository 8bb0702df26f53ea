"""A session's leaflets to print (A4): for everybody, and for each meeting point."""

from collections.abc import Iterator
from functools import lru_cache

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.training import Session, Training
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.target import Deferred
from chuyendoiso.outputs.pages.components import session_brief, weekday
from chuyendoiso.outputs.pages.render_context import RenderContext, crumbs, kind_step
from chuyendoiso.outputs.pages.views import Head, Leaflet, LeafletsPage, QrCode

LINES = 12  # to write a question on
QUIET_ZONE = 4  # modules around a QR code (ISO/IEC 18004)


def plan_leaflets(catalogue: Catalogue, context: RenderContext) -> Iterator[tuple[str, Deferred]]:
    """Yield path and view of each session's leaflets. They disappear with the session."""
    for training in catalogue.of(Training):
        if training.session:
            yield urls.leaflet(training.path), Deferred(leaflets, (context, training))


def leaflets(context: RenderContext, training: Training) -> LeafletsPage:
    """Return the leaflets of a session."""
    site, session = context.site, training.session
    assert session is not None
    return LeafletsPage(
        head=Head(
            title=f"Tờ rơi: {training.title}",
            description=training.summary,
            canonical=site.absolute(urls.leaflet(training.path)),
            indexed=False,
            sheet="leaflet",
            section=site.href(urls.TRAININGS),
        ),
        crumbs=crumbs(context, kind_step(training.kind)),
        title=training.title,
        back=site.href(training.path),
        when=f"{session_brief(context, training).time}, {weekday(context.local(session.starts_at)).text}",
        organizer=session.organizer or site.owner.name,
        address=site.absolute(training.path),
        code=qr_code(site.absolute(training.path)),
        leaflets=tuple(_leaflets(session)),
        lines=LINES,
    )


def _leaflets(session: Session) -> Iterator[Leaflet]:
    yield Leaflet(session.venue, None)
    for point in session.meeting_points:
        yield Leaflet(point.name, ", ".join(part for part in (point.address, point.locality) if part) or None)


@lru_cache(maxsize=8)
def qr_code(text: str) -> QrCode:
    """Return a text as a QR code (ISO/IEC 18004), level M: readable with 15 % damage."""
    import segno  # loaded only if there is a session

    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
    size = len(rows) + 2 * QUIET_ZONE
    drawn = []
    for y, row in enumerate(rows, QUIET_ZONE):
        start = 0
        while (start := row.find(1, start)) >= 0:
            end = (row + b"\0").index(0, start)
            drawn.append(f"M{start + QUIET_ZONE} {y}h{end - start}v1h-{end - start}z")
            start = end
    return QrCode(size, "".join(drawn))
