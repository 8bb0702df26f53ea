"""The calendar of sessions: its months, and the days of each session."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from made_items import ZONE, catalogue, training
from rich_site import CONTEXT, HOME, view_of

from chuyendoiso.model.content_types.training import Session
from chuyendoiso.outputs.pages.months import days_of, session_months
from chuyendoiso.outputs.pages.views import Anchor, Day, Head, SessionOnDay


def training_on(name, start, end, phase="before"):
    session = Session(
        starts_at=start, ends_at=end, organizer=None, venue=None, meeting_points=(), streams=(), agenda=(), recording=None,
        attendance=None, phase=phase,
    )  # fmt: skip
    return training(name, title=f"Hội nghị {name}", session=session)


def at(month, day, hour=8, year=2026):
    return datetime(year, month, day, hour, tzinfo=ZONE)


def planned(*items):
    """Return month, sessions and neighbours of each page, by address."""
    pages = {path: call.arguments for path, call in session_months(catalogue(*items), CONTEXT)}
    return {
        path: (month, [item.path.split("/")[-2] for item in sessions], near) for path, (_, month, sessions, near) in pages.items()
    }


OLD, OVER = training_on("cu", at(12, 30, year=2025), at(1, 2), "after"), training_on("qua", at(3, 5), at(3, 5, 9), "after")
NEXT, LATER = training_on("toi", at(5, 9), at(5, 9, 9), "during"), training_on("sau", at(5, 8), at(5, 8, 9))
IN_WINTER, IN_NEW_YEAR, IN_SPRING, IN_MAY = (2025, 12), (2026, 1), (2026, 3), (2026, 5)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((), {}),
        (
            (NEXT, OLD, LATER, OVER),
            {
                "/tap-huan/lich/2025-12/": (IN_WINTER, ["cu"], (None, IN_NEW_YEAR)),
                "/tap-huan/lich/2026-01/": (IN_NEW_YEAR, ["cu"], (IN_WINTER, IN_SPRING)),
                "/tap-huan/lich/2026-03/": (IN_SPRING, ["qua"], (IN_NEW_YEAR, IN_MAY)),
                "/tap-huan/lich/2026-05/": (IN_MAY, ["sau", "toi"], (IN_SPRING, None)),
                "/tap-huan/lich/": (IN_MAY, ["sau", "toi"], (IN_SPRING, None)),
            },
        ),
        (
            (OLD, OVER),
            {
                "/tap-huan/lich/2025-12/": (IN_WINTER, ["cu"], (None, IN_NEW_YEAR)),
                "/tap-huan/lich/2026-01/": (IN_NEW_YEAR, ["cu"], (IN_WINTER, IN_SPRING)),
                "/tap-huan/lich/2026-03/": (IN_SPRING, ["qua"], (IN_NEW_YEAR, None)),
                "/tap-huan/lich/": (IN_SPRING, ["qua"], (IN_NEW_YEAR, None)),
            },
        ),
    ],
)
def test_each_month_with_a_session_has_a_page_and_the_next_or_latest_is_the_first(items, expected):
    assert expected == planned(*items)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(5, 9), at(5, 9, 9), [date(2026, 5, 9)]),
        (at(5, 31, 23), at(6, 1, 1), [date(2026, 5, 31), date(2026, 6, 1)]),
        (datetime(2026, 5, 9, 16, 59, tzinfo=UTC), datetime(2026, 5, 9, 17, tzinfo=UTC), [date(2026, 5, 9), date(2026, 5, 10)]),
        (at(5, 1), at(12, 31), [date(2026, 5, day) for day in range(1, 32)]),
        (at(5, 1), at(5, 31), [date(2026, 5, day) for day in range(1, 32)]),
    ],
)
def test_the_days_of_a_session_are_those_of_the_zone_and_31_at_most(start, end, expected):
    assert expected == list(days_of(CONTEXT, training_on("a", start, end)))


def page(path, *items):
    return view_of(dict(session_months(catalogue(*items), CONTEXT))[path])


def test_a_month_has_complete_weeks_and_sessions_on_its_own_days():
    view = page(
        "/tap-huan/lich/2026-05/", training_on("dai", at(4, 30, 14), at(5, 2)), training_on("sang", at(5, 2), at(5, 2, 9)), OVER
    )
    long, short = (Anchor(f"Hội nghị {name}", f"/cds/tap-huan/{name}/") for name in ("dai", "sang"))
    days = [day for week in view.weeks for day in week]
    assert [len(week) for week in view.weeks] == [7] * 5
    assert days[:7] == [
        Day(27, "Thứ Hai, 27/04/2026", inside=False, sessions=()),
        Day(28, "Thứ Ba, 28/04/2026", inside=False, sessions=()),
        Day(29, "Thứ Tư, 29/04/2026", inside=False, sessions=()),
        Day(30, "Thứ Năm, 30/04/2026", inside=False, sessions=()),
        Day(1, "Thứ Sáu, 01/05/2026", inside=True, sessions=(SessionOnDay("tiếp theo", long),)),
        Day(2, "Thứ Bảy, 02/05/2026", inside=True, sessions=(SessionOnDay("tiếp theo", long), SessionOnDay("08:00", short))),
        Day(3, "Chủ Nhật, 03/05/2026", inside=True, sessions=()),
    ]
    first = date(2026, 4, 27)
    assert [first + timedelta(number) for number in range(35)] == [
        datetime.strptime(day.label[-10:], "%d/%m/%Y").date() for day in days
    ]
    assert not any(day.sessions for day in days[7:])


def test_the_page_of_a_month_links_to_the_months_before_and_after():
    view = page("/tap-huan/lich/2026-03/", NEXT, OVER, OLD)
    assert replace(view, weeks=()) == view.__class__(
        head=Head(
            title="Lịch tháng 3/2026: hội nghị, tập huấn", description="Hội nghị, lớp tập huấn trong tháng 3/2026.",
            canonical=f"{HOME}/tap-huan/lich/2026-03/", indexed=True, section="/cds/tap-huan/",
        ),
        crumbs=(Anchor("Trang chủ", "/cds/"), Anchor("Tập huấn và tài liệu", "/cds/tap-huan/")), title="Lịch tháng 3/2026",
        weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"), weeks=(),
        earlier=Anchor("Tháng 1/2026", "/cds/tap-huan/lich/2026-01/"), later=Anchor("Tháng 5/2026", "/cds/tap-huan/lich/2026-05/"),
        calendar=Anchor("Tải lịch hội nghị (.ics)", f"{HOME}/lich/hoi-nghi.ics"),
    )  # fmt: skip
    assert (page("/tap-huan/lich/", OVER).earlier, page("/tap-huan/lich/", OVER).later) == (None, None)
