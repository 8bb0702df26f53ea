"""Statistics: items by kind, topic and month; attendance by year."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from made_items import ZONE, at, catalogue, document, news, training
from rich_site import CONTEXT, HOME, RICH_SITE, view_of

from chuyendoiso.model.content_types.training import Attendance, Session
from chuyendoiso.model.site import YearlyTotal
from chuyendoiso.outputs.pages.statistics import MONTHS, plan_statistics
from chuyendoiso.outputs.pages.views import Anchor, Bar, Chart, Head, StatisticsPage

TOTALS = (
    YearlyTotal(2022, "Lượt dự", 50_000, "gần", "lượt", "Báo cáo A"),
    YearlyTotal(2024, "Hội nghị", 4, None, None, None),
    YearlyTotal(2022, "Người dự", 22_780, None, "người", "Báo cáo A"),
    YearlyTotal(2022, "Lớp học", 3, None, "lớp", "Báo cáo B"),
)
SEPARATE = "Mỗi con số đếm một cách khác nhau, không cộng lại với nhau."
SUMS = "Cộng từ số liệu của từng buổi có trên trang; người dự và lượt theo dõi đếm khác nhau, không cộng lại với nhau."


def page(*items, totals=()):
    context = replace(CONTEXT, site=replace(RICH_SITE, yearly_totals=totals))
    return view_of(plan_statistics(catalogue(*items), context))


def session(start, phase="after", attendance=None):
    session = Session(
        starts_at=start, ends_at=start, organizer=None, venue=None, meeting_points=(), streams=(), agenda=(), recording=None,
        attendance=attendance, phase=phase,
    )  # fmt: skip
    return training(f"{start:%Y-%m-%d}-{phase}", session=session)


def year(number, note, *bars):
    return Chart(
        f"Hội nghị và người tham dự năm {number}", "Số liệu", "Giá trị", note, tuple(Bar(label, None, text) for label, text in bars)
    )


def test_items_are_counted_by_kind_topic_and_month():
    items = [
        news("mot", date=datetime(2026, 10, 31, 17, tzinfo=UTC)),
        news("hai", date=datetime(2026, 10, 31, 16, 59, tzinfo=UTC)),
        news("ba", date=at(3), topic="kinh-te-so"),
        document("bon", date=at(4)),
    ]
    assert page(*items) == StatisticsPage(
        head=Head(
            title="Thống kê", description="Số bài đã đăng theo loại, chủ đề, tháng; số hội nghị và người tham dự theo năm.",
            canonical=f"{HOME}/thong-ke/", indexed=True, section="/cds/thong-ke/",
        ),
        crumbs=(Anchor("Trang chủ", "/cds/"),), title="Thống kê",
        charts=(
            Chart("Bài đã đăng, theo loại", "Loại bài", "Số bài", None,
                  (Bar("Tin tức", 100.0, "3"), Bar("Văn bản", 33.3, "1"), Bar("Tập huấn và tài liệu", 0.0, "0"),
                   Bar("Hỏi đáp", 0.0, "0"), Bar("Lấy ý kiến dự thảo", 0.0, "0"))),
            Chart("Bài đã đăng, theo chủ đề", "Chủ đề", "Số bài", None, (Bar("Xã hội số", 100.0, "3"), Bar("Kinh tế số", 33.3, "1"))),
            Chart("Bài đã đăng, theo tháng", "Tháng", "Số bài", None,
                  (Bar("Tháng 11/2026", 100.0, "3"), Bar("Tháng 10/2026", 33.3, "1"))),
        ),
        years=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("count", "months", "note"), [(23, 23, None), (24, 24, "24 tháng gần nhất có bài."), (30, 24, "24 tháng gần nhất có bài.")]
)
def test_the_newest_months_are_shown(count, months, note):
    items = [news(f"bai-{number}", date=datetime(2020 + number // 12, number % 12 + 1, 5, tzinfo=ZONE)) for number in range(count)]
    chart = page(*items).charts[2]
    labels = [f"Tháng {number % 12 + 1}/{2020 + number // 12}" for number in reversed(range(count))][:months]
    assert (MONTHS, labels, note) == (24, [bar.label for bar in chart.bars], chart.note)


def test_a_site_without_items_has_no_charts():
    assert (page().charts, page().years) == ((), ())


def test_sessions_that_are_over_are_summed_by_the_year_of_the_zone():
    items = [
        session(datetime(2025, 5, 4, tzinfo=UTC), attendance=Attendance(1200, 3000)),
        session(datetime(2025, 6, 4, tzinfo=UTC), attendance=Attendance(30, None)),
        session(datetime(2025, 7, 4, tzinfo=UTC)),
        session(datetime(2025, 12, 31, 17, tzinfo=UTC), attendance=Attendance(None, 0)),
        session(datetime(2025, 8, 4, tzinfo=UTC), "during", Attendance(7, 7)),
        session(datetime(2026, 8, 4, tzinfo=UTC), "before", Attendance(7, 7)),
        session(datetime(2023, 8, 4, tzinfo=UTC)),
    ]
    label = "Hội nghị, lớp tập huấn đã tổ chức"
    assert page(*items).years == (
        year(2026, SUMS, (label, "1 buổi"), ("Lượt theo dõi trực tuyến", "0 lượt")),
        year(
            2025, SUMS, (label, "3 buổi"), ("Người dự tại các điểm cầu", "1.230 người"), ("Lượt theo dõi trực tuyến", "3.000 lượt")
        ),
        year(2023, SUMS, (label, "1 buổi")),
    )


def test_a_year_of_the_settings_comes_from_them_alone_and_each_figure_in_its_own_words():
    items = [session(at(4, 8).replace(year=number), attendance=Attendance(9, 9)) for number in (2022, 2023, 2024)]
    assert page(*items, totals=TOTALS).years == (
        year(2024, None, ("Hội nghị", "4")),
        year(
            2023,
            SUMS,
            ("Hội nghị, lớp tập huấn đã tổ chức", "1 buổi"),
            ("Người dự tại các điểm cầu", "9 người"),
            ("Lượt theo dõi trực tuyến", "9 lượt"),
        ),
        year(
            2022,
            f"{SEPARATE} Nguồn: Báo cáo A; Báo cáo B.",
            ("Lượt dự", "gần 50.000 lượt"),
            ("Người dự", "22.780 người"),
            ("Lớp học", "3 lớp"),
        ),
    )


def test_a_single_figure_has_its_source_alone():
    assert page(totals=TOTALS[:1]).years == (year(2022, "Nguồn: Báo cáo A.", ("Lượt dự", "gần 50.000 lượt")),)
