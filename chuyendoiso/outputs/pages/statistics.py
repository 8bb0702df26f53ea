"""The statistics page. Figures that are counted differently are never added up.

A year's attendance comes from site.yml (`yearly_totals`) or from its sessions, never from both.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from html import escape

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.training import Session, Training
from chuyendoiso.model.items import BodyRef, Catalogue, Page
from chuyendoiso.model.site import YearlyTotal
from chuyendoiso.model.target import Deferred
from chuyendoiso.model.vietnamese import format_number
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.outputs.pages.render_context import RenderContext, crumbs
from chuyendoiso.outputs.pages.views import Bar, Chart, Head, StatisticsPage

TITLE = "Thống kê"
MONTHS = 24  # the newest months that have items


def plan_statistics(catalogue: Catalogue, context: RenderContext) -> Deferred:
    """Plan the page of statistics."""
    kinds = tuple((content_type.label, len(catalogue.of(content_type.item))) for content_type in context.content_types)
    by_topic = Counter(item.topic for item in catalogue.items)
    topics = tuple((topic.name, by_topic[topic.slug]) for topic in context.site.topics)
    by_month = Counter((day.year, day.month) for day in (context.local(item.date) for item in catalogue.items))
    months = tuple((f"Tháng {month}/{year}", by_month[year, month]) for year, month in sorted(by_month, reverse=True)[:MONTHS])
    return Deferred(statistics, (context, kinds, topics, months, _counted_charts(catalogue, context)))


def search_page(catalogue: Catalogue, context: RenderContext) -> Page | None:
    """Return the page as the search indexes it: each year's figures; None without any."""
    if not (years := _years(context, _counted_charts(catalogue, context))):
        return None
    markup = "".join(map(_table, years))
    body = BodyRef("", (markup,))
    return Page(
        source="site.yml", path=urls.STATISTICS, title=TITLE, summary="Số hội nghị và người tham dự theo năm.",
        status=EditorStatus.PUBLISHED, withdrawn_reason=None, body=body,
    )  # fmt: skip


def _table(chart: Chart) -> str:
    rows = "".join(f"<tr><th>{escape(bar.label)}</th><td>{escape(bar.text)}</td></tr>" for bar in chart.bars)
    note = f"<p>{escape(chart.note)}</p>" if chart.note else ""
    head = f"<thead><tr><th>{escape(chart.head)}</th><th>{escape(chart.unit)}</th></tr></thead>"
    return f"<h2>{escape(chart.title)}</h2><table>{head}<tbody>{rows}</tbody></table>{note}"


def _counted_charts(catalogue: Catalogue, context: RenderContext) -> tuple[Chart, ...]:
    """Return the figures of the years that site.yml does not state."""
    sessions: dict[int, list[Session]] = defaultdict(list)
    for training in catalogue.of(Training):
        if training.session and training.session.phase == "after":
            sessions[context.local(training.session.starts_at).year].append(training.session)
    stated = {total.year for total in context.site.yearly_totals}
    return tuple(_counted_chart(year, sessions[year]) for year in sessions if year not in stated)


def _years(context: RenderContext, counted: Iterable[Chart]) -> tuple[Chart, ...]:
    """Return each year's figures, the newest first."""
    totals = context.site.yearly_totals
    stated = (_stated_chart(year, totals) for year in {total.year for total in totals})
    return tuple(sorted((*stated, *counted), key=lambda chart: chart.title, reverse=True))


Counts = tuple[tuple[str, int], ...]


def statistics(context: RenderContext, kinds: Counts, topics: Counts, months: Counts, counted: tuple[Chart, ...]) -> StatisticsPage:
    """Return the page of statistics."""
    site = context.site
    charts = (
        _chart("Bài đã đăng, theo loại", "Loại bài", kinds, None),
        _chart("Bài đã đăng, theo chủ đề", "Chủ đề", topics, None),
        _chart("Bài đã đăng, theo tháng", "Tháng", months, f"{MONTHS} tháng gần nhất có bài." if len(months) == MONTHS else None),
    )
    return StatisticsPage(
        head=Head(
            title=TITLE,
            description="Số bài đã đăng theo loại, chủ đề, tháng; số hội nghị và người tham dự theo năm.",
            canonical=site.absolute(urls.STATISTICS),
            indexed=context.indexed,
            section=site.href(urls.STATISTICS),
        ),
        crumbs=crumbs(context),
        title=TITLE,
        charts=tuple(chart for chart in charts if any(bar.width for bar in chart.bars)),
        years=_years(context, counted),
    )


def _chart(title: str, head: str, counts: Counts, note: str | None) -> Chart:
    most = max((count for _, count in counts), default=0)
    bars = tuple(Bar(label, round(100 * count / most, 1) if most else 0, format_number(count)) for label, count in counts)
    return Chart(title=title, head=head, unit="Số bài", note=note, bars=bars)


def _stated_chart(year: int, totals: Iterable[YearlyTotal]) -> Chart:
    """Return the figures of a year in site.yml, without bars: they are not comparable."""
    stated = [total for total in totals if total.year == year]
    bars = tuple(
        Bar(total.name, None, " ".join(part for part in (total.qualifier, format_number(total.value), total.unit) if part))
        for total in stated
    )
    sources = dict.fromkeys(total.source for total in stated if total.source)
    note = "Mỗi con số đếm một cách khác nhau, không cộng lại với nhau." if len(stated) > 1 else None
    source = f"Nguồn: {'; '.join(sources)}." if sources else None
    return Chart(
        title=f"Hội nghị và người tham dự năm {year}", head="Số liệu", unit="Giá trị",
        note=" ".join(part for part in (note, source) if part) or None, bars=bars,
    )  # fmt: skip


def _counted_chart(year: int, sessions: Sequence[Session]) -> Chart:
    """Return the number of a year's past sessions, and sums of their known attendance."""
    attendances = [session.attendance for session in sessions if session.attendance]
    counts = (
        ("Hội nghị, lớp tập huấn đã tổ chức", [len(sessions)], "buổi"),
        ("Người dự tại các điểm cầu", [attendance.meeting_points for attendance in attendances], "người"),
        ("Lượt theo dõi trực tuyến", [attendance.online for attendance in attendances], "lượt"),
    )
    known = ((label, [number for number in numbers if number is not None], unit) for label, numbers, unit in counts)
    bars = tuple(Bar(label, None, f"{format_number(sum(numbers))} {unit}") for label, numbers, unit in known if numbers)
    note = "Cộng từ số liệu của từng buổi có trên trang; người dự và lượt theo dõi đếm khác nhau, không cộng lại với nhau."
    return Chart(title=f"Hội nghị và người tham dự năm {year}", head="Số liệu", unit="Giá trị", note=note, bars=bars)
