"""The parts that several views share: dates, badges, pictures, bodies, sessions."""

from datetime import date, datetime
from html import escape

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.items import Body, FrameIn, Item, LinkTo, LinkToPicture, Picture, PictureIn
from chuyendoiso.model.renditions import largest_jpeg, renditions
from chuyendoiso.model.vietnamese import WEEKDAYS, format_date, format_instant, format_weekday
from chuyendoiso.model.vocabulary import VALIDITY_NAMES, PublicationState, Validity
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import Anchor, Badge, BodyText, BodyView, EmbedView, PictureView, SessionBrief, When

_BY_OTHERS = {"replaced_by": "Bị thay thế bởi", "repealed_by": "Bị bãi bỏ bởi", "amended_by": "Được sửa đổi bởi"}
PHASES = {"before": "Sắp diễn ra", "during": "Đang diễn ra", "after": "Đã kết thúc"}
COLUMN = "(min-width: 48rem) 42rem, 92vw"  # how wide a picture is shown in a column of text
THUMB = "(min-width: 48rem) 20rem, 92vw"


def day(value: date) -> When:
    """Return a day."""
    return When(f"{value:%Y-%m-%d}" if not isinstance(value, datetime) else value.isoformat(), format_date(value))


def weekday(instant: datetime) -> When:
    """Return an instant as its weekday and day."""
    return When(instant.isoformat(), format_weekday(instant))


def instant(value: datetime) -> When:
    """Return an instant to the minute."""
    return When(value.isoformat(), format_instant(value))


def topic_anchor(context: RenderContext, slug: str) -> Anchor:
    """Return the link to a topic."""
    return Anchor(context.site.topic(slug).name, context.site.href(urls.topic(slug)))


def validity_badge(document: Document) -> Badge | None:
    """Return a document's validity in words; the Party's documents have none."""
    if document.validity is None:
        return None
    if document.validity is Validity.UNVERIFIED:  # documents that end or amend this one on an unknown day
        for relation, words in _BY_OTHERS.items():
            if numbers := [number for of, number in document.unsure if of == relation]:
                return Badge(document.validity.value, f"{words} {', '.join(numbers)}, chưa xác minh ngày hiệu lực")
    return Badge(document.validity.value, VALIDITY_NAMES[document.validity])


def mark_of(context: RenderContext, item: Item) -> str | None:
    """Return the label of a draft or a scheduled item in a preview, or None."""
    if item.state is PublicationState.DRAFT:
        return "Bản nháp, chưa đăng"
    if item.state is PublicationState.SCHEDULED:
        return f"Hẹn đăng {format_instant(context.local(item.date))}"
    return None


# ── pictures and bodies ─────────────────────────────────────────────────────────────────────────────────────────────────


def picture_view(
    context: RenderContext,
    picture: Picture,
    alt: str,
    *,
    lazy: bool,
    sizes: str = COLUMN,
    caption: str | None = None,
    credit: str | None = None,
    figure: bool = False,
) -> PictureView:
    """Return a picture in its renditions."""
    largest = largest_jpeg(picture)
    webp, jpeg = (
        ", ".join(f"{context.site.href(rendition.path)} {rendition.width}w" for rendition in renditions(picture, format_))
        for format_ in ("WEBP", "JPEG")
    )
    return PictureView(
        webp=webp, jpeg=jpeg, src=context.site.href(largest.path), width=largest.width, height=largest.height, alt=alt,
        lazy=lazy, sizes=sizes, caption=caption, credit=credit, figure=figure,
    )  # fmt: skip


def body_view(context: RenderContext, body: Body) -> BodyView:
    """Return the view of a body: its texts, pictures and broadcasts in order."""
    parts: list[BodyText | PictureView | EmbedView] = []
    text = ""
    for part in body.parts:
        if isinstance(part, PictureIn | FrameIn):
            parts += [BodyText(text), _embedded(context, part)]
            text = ""
        else:
            text += part if isinstance(part, str) else link_attribute(context, part)
    return tuple(part for part in (*parts, BodyText(text)) if not isinstance(part, BodyText) or part.html)


def _embedded(context: RenderContext, part: PictureIn | FrameIn) -> PictureView | EmbedView:
    if isinstance(part, FrameIn):
        return EmbedView(part.title or f"Nội dung từ {part.host}", part.src, part.host)
    return picture_view(context, part.picture, part.alt, lazy=True, caption=part.caption, figure=part.caption is not None)


def modules_of(context: RenderContext, body: Body) -> tuple[str, ...]:
    """Return the addresses of the scripts that a body's components need."""
    return context.scripts("embed") if any(isinstance(part, FrameIn) for part in body.parts) else ()


def link_attribute(context: RenderContext, link: LinkTo | LinkToPicture) -> str:
    """Return the href attribute of a link for a page; "" for words without a link."""
    if isinstance(link, LinkToPicture):
        return f' href="{escape(context.site.href(largest_jpeg(link.picture).path))}"'
    if link.target is None:
        return ""
    target = link.target if link.external or link.target.startswith("#") else context.site.href(link.target)
    return f' href="{escape(target)}"' + (' rel="noopener"' if link.external else "")


def session_brief(context: RenderContext, training: Training) -> SessionBrief:
    """Return a training's session in short."""
    session = training.session
    assert session is not None
    starts, ends = context.local(session.starts_at), context.local(session.ends_at)
    until = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%H:%M} ngày {format_date(ends)}"
    join = next((stream for stream in session.streams if session.phase != "after"), None)
    return SessionBrief(
        day=str(starts.day),
        month=f"Tháng {starts.month}",
        year=str(starts.year),
        weekday=WEEKDAYS[starts.weekday()],
        time=f"{starts:%H:%M}–{until}",
        phase=Badge(session.phase, PHASES[session.phase]),
        venue=session.venue,
        starts_iso=starts.isoformat(),
        join=Anchor(f"Xem trực tiếp trên {context.site.channel(join.channel).name}", join.url) if join else None,
    )
