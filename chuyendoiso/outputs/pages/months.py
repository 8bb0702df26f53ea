"""The calendar of sessions and of deadlines for comments by months, as tables."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import TRAINING
from chuyendoiso.model.content_types.consultation import Consultation
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.target import Deferred
from chuyendoiso.model.vietnamese import WEEKDAYS, format_weekday
from chuyendoiso.outputs.pages.lists import Paged
from chuyendoiso.outputs.pages.render_context import RenderContext, crumbs, kind_step
from chuyendoiso.outputs.pages.trainings import past, upcoming
from chuyendoiso.outputs.pages.views import Anchor, Day, Head, MonthPage, SessionOnDay

LONGEST = 31  # days of a session that are shown: what lasts longer is no conference

Month = tuple[int, int]  # year, month
Dated = Training | Consultation


def session_months(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the calendar of each month that has a date, and of the next session.

    If no session is to come, the latest takes its place; if there is none, the last deadline.
    """
    to_come, over = upcoming(catalogue), past(catalogue)
    by_month: dict[Month, list[Dated]] = defaultdict(list)
    drafts = sorted((draft for draft in catalogue.of(Consultation) if not draft.cancelled), key=lambda draft: draft.closes_on)
    dated: list[Dated] = [*reversed(over), *to_come, *drafts]
    for item in dated:
        for month in dict.fromkeys((day.year, day.month) for day in days_of(context, item)):
            by_month[month].append(item)
    months = sorted(by_month)
    current = next(
        ((day.year, day.month) for item in (to_come or over or drafts[::-1])[:1] for day in days_of(context, item)), None
    )
    for earlier, month, later in zip([None, *months], months, [*months[1:], None], strict=False):
        view = Deferred(month_calendar, (context, month, tuple(by_month[month]), (earlier, later)))
        yield urls.session_month(*month), view
        if month == current:
            yield urls.SESSION_MONTHS, view


def days_of(context: RenderContext, item: Dated) -> tuple[date, ...]:
    """Return the days of a session in the site's zone, or the last day for comments."""
    if isinstance(item, Consultation):
        return (item.closes_on,)
    assert item.session is not None
    first, last = (context.local(instant).date() for instant in (item.session.starts_at, item.session.ends_at))
    return tuple(first + timedelta(number) for number in range(min((last - first).days + 1, LONGEST)))


def month_calendar(
    context: RenderContext, month: Month, items: tuple[Dated, ...], near: tuple[Month | None, Month | None]
) -> MonthPage:
    """Return a month's calendar; `near` are the nearest months with a session."""
    site, title = context.site, f"Lịch {_named(month)}"
    by_day: dict[date, list[SessionOnDay]] = defaultdict(list)
    for item in items:
        link, time = Anchor(item.title, site.href(item.path)), _time_of(context, item)
        for day in days_of(context, item):
            by_day[day].append(SessionOnDay(time, link))
            time = "tiếp theo"
    earlier, later = (
        Anchor(_named(other).capitalize(), site.href(urls.session_month(*other))) if other else None for other in near
    )
    return MonthPage(
        head=Head(
            title=f"{title}: hội nghị, tập huấn", description=f"Hội nghị, lớp tập huấn trong {_named(month)}.",
            canonical=site.absolute(urls.session_month(*month)), indexed=context.indexed, section=site.href(urls.TRAININGS),
        ),
        crumbs=crumbs(context, kind_step(TRAINING.kind)),
        title=title,
        weekdays=WEEKDAYS,
        weeks=tuple(tuple(_day(day, month, by_day) for day in week) for week in Calendar().monthdatescalendar(*month)),
        earlier=earlier,
        later=later,
        calendar=Anchor("Tải lịch hội nghị (.ics)", site.absolute(urls.CALENDAR)),
    )  # fmt: skip


def _day(day: date, month: Month, by_day: dict[date, list[SessionOnDay]]) -> Day:
    inside = (day.year, day.month) == month
    return Day(number=day.day, label=format_weekday(day), inside=inside, sessions=tuple(by_day[day]) if inside else ())


def _time_of(context: RenderContext, item: Dated) -> str:
    if isinstance(item, Consultation):
        return "Hạn góp ý"
    assert item.session is not None
    return f"{context.local(item.session.starts_at):%H:%M}"


def _named(month: Month) -> str:
    return f"tháng {month[1]}/{month[0]}"
