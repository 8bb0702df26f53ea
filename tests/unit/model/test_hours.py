"""Hours of zones with summer time: one that clocks skip is a problem, one that comes twice is its first."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chuyendoiso.model.content_types.training import SessionFields
from chuyendoiso.model.date_parsers import parse_instant
from chuyendoiso.model.parsers import Invalid

NEW_YORK, HANOI, BEIRUT = ZoneInfo("America/New_York"), ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Asia/Beirut")


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2027-03-14 01:59", NEW_YORK, "2027-03-14T06:59"),
        ("2027-03-14 03:00", NEW_YORK, "2027-03-14T07:00"),
        ("2027-11-07 01:30", NEW_YORK, "2027-11-07T05:30"),  # the first of two
        ("2027-03-14T02:30:00-05:00", NEW_YORK, "2027-03-14T07:30"),  # an offset says which is meant
        ("2027-03-14 02:30", HANOI, "2027-03-13T19:30"),
        ("2027-03-28", BEIRUT, "2027-03-27T22:00"),  # midnight is skipped there: the first minute of the day
    ],
)
def test_an_hour_that_exists(text, zone, expected):
    assert parse_instant(text, zone).astimezone(UTC) == datetime.fromisoformat(f"{expected}+00:00")


@pytest.mark.parametrize("text", ["2027-03-14 02:00", "2027-03-14 02:30", "2027-03-14 02:59"])
def test_an_hour_that_clocks_skip(text):
    with pytest.raises(Invalid) as wrong:
        parse_instant(text, NEW_YORK)
    later = text.replace(" 02", " 03")
    assert (wrong.value.rule, wrong.value.message, wrong.value.remedy) == (
        "no-such-hour",
        f'{{label}} "{text}" không có: đồng hồ ở America/New_York hôm ấy được vặn tới, bỏ qua giờ này.',
        f"ghi giờ khác, ví dụ {later}.",
    )
    assert parse_instant(later, NEW_YORK)  # what the remedy says works


def test_a_session_over_the_hour_that_comes_twice_ends_after_it_starts():
    """Datetimes of one zone compare by what clocks show: 01:30 summer time is before 01:10 winter time."""
    starts = datetime(2027, 11, 7, 1, 30, tzinfo=NEW_YORK)
    ends = datetime(2027, 11, 7, 1, 10, fold=1, tzinfo=NEW_YORK)
    assert SessionFields.model_construct(starts_at=starts, ends_at=ends)._order()
