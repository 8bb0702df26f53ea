"""Parse the text of fields: days, instants, times, durations. Raises Invalid."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any
from unicodedata import decimal
from zoneinfo import ZoneInfo

from chuyendoiso.model.parsers import Invalid, parse_text, unquoted

FIRST_YEAR, LAST_YEAR = 1900, 2200  # a date outside is a slip of the keyboard
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_CLOCK = re.compile(
    r"(?:lúc\s+)?(?P<hour>\d{1,2})\s*(?:(?::\s*(?P<exact>\d{2}))|(?:h|g|giờ)\s*(?:(?P<minute>\d{1,2})\s*(?:phút|p)?)?)\s*(?P<part>am|pm|sáng|trưa|chiều|tối)?",
    re.IGNORECASE,
)


def _read_clock(text: str) -> str | None:
    """Return a time as `08:30`, from `8h30`, `8 giờ 30 phút`, `2h chiều` …, or None."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hour, minute = int(match["hour"]), int(match["exact"] or match["minute"] or 0)
    part = (match["part"] or "").lower()
    if part in {"pm", "chiều", "tối"} and hour < 12:
        hour += 12
    elif part == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _with_read_clock(text: str) -> str:
    """Return a day and a time, the time as `08:30`; other text is unchanged."""
    match = re.fullmatch(r"(\d[\d/.–-]{5,9})[T\s,]+(.+)", text)
    clock = match and _read_clock(match[2])
    return f"{match[1]} {clock}" if match and clock else text


_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/.–-](?P<month>\d{1,2})[/.–-](?P<year>\d{4})(?P<rest>.*)", re.ASCII)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.–-](?P<month>\d{1,2})[/.–-](?P<day>\d{1,2})(?P<rest>.*)", re.ASCII)


def _invalid_date(text: str, *, clock: bool) -> Invalid:
    """Return the error of a date (with `clock`: and time), with a suggestion."""
    example = "ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28."
    plain = unquoted("".join(str(decimal(character, character)) for character in text))
    if plain != text and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain):
        return Invalid("invalid-date", f'{{label}} "{text}" có dấu nháy cong hoặc chữ số lạ.', f"ghi {plain}.")
    if match := _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        try:
            meant = date(*map(int, match.group("year", "month", "day")))
        except ValueError:
            return Invalid("invalid-date", f'{{label}} "{text}" không tồn tại.', example)
        if not FIRST_YEAR <= meant.year <= LAST_YEAR:
            return Invalid("invalid-date", f'{{label}} "{text}" nằm ngoài các năm {FIRST_YEAR}–{LAST_YEAR}.', example)
        rest = match["rest"] and _with_read_clock(text)[match.start("rest") :]
        if rest and not clock:
            return Invalid("invalid-date", f'{{label}} "{text}" chỉ nhận ngày, không có giờ.', f"ghi {meant.isoformat()}.")
        if rest and not re.fullmatch(r"[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", rest):
            remedy = f"ghi giờ và phút, ví dụ {meant.isoformat()} 08:00."
            return Invalid("invalid-date", f'{{label}} "{text}" có giờ không hợp lệ.', remedy)
        message = f'{{label}} "{text}" viết không theo thứ tự năm-tháng-ngày.'
        return Invalid("invalid-date", message, f"ghi {meant.isoformat()}{rest}.")
    if re.fullmatch(r"\d{4}(-\d{2})?", text):
        return Invalid("invalid-date", f'{{label}} "{text}" thiếu ngày, tháng.', "ghi đủ năm-tháng-ngày, ví dụ 2025-02-28.")
    return Invalid("invalid-date", f'{{label}} "{text}" không phải ngày, giờ hợp lệ.', example)


def rewritten_date(text: str) -> str | None:
    """Return a date as year-month-day if it is unambiguous (31/12, not 05/04)."""
    match = _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if not match:
        return None
    year, month, day = map(int, match.group("year", "month", "day"))
    if match.re is _DAY_FIRST and day <= 12 and day != month:
        return None
    try:
        meant = date(year, month, day).isoformat() + (match["rest"] and _with_read_clock(text)[match.start("rest") :])
    except ValueError:
        return None
    return meant if meant != text and _INSTANT.fullmatch(meant) else None


def parse_instant(value: Any, zone: tzinfo) -> datetime:
    """Return an instant, in `zone` if it names none; a day alone is its first minute."""
    text = parse_text(value)
    match = _INSTANT.fullmatch(text) or _INSTANT.fullmatch(_with_read_clock(text))
    if not match:
        if clock_alone := _read_clock(text):
            message = f'{{label}} "{text}" chỉ có giờ, thiếu ngày.'
            raise Invalid("invalid-date", message, f"ghi cả ngày lẫn giờ, ví dụ 2026-12-10 {clock_alone}.")
        raise _invalid_date(text, clock=True)
    try:
        day = date.fromisoformat(match[1])
        clock = time.fromisoformat(f"{match[2] or '00:00'}:{match[3] or '00'}")
        text_zone = datetime.fromisoformat(f"2000-01-01T00:00:00{match[4]}").tzinfo if match[4] else zone
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError
    except ValueError:
        raise _invalid_date(text, clock=True) from None
    instant = datetime.combine(day, clock, text_zone).astimezone(UTC).astimezone(zone)
    if match[2] and not match[4] and instant.time() != clock:  # clocks skip this hour, as summer time begins
        message = f'{{label}} "{text}" không có: đồng hồ ở {instant.tzinfo} hôm ấy được vặn tới, bỏ qua giờ này.'
        raise Invalid("no-such-hour", message, f"ghi giờ khác, ví dụ {instant:%Y-%m-%d %H:%M}.")
    return instant


def parse_day(value: Any) -> date:
    """Return a day written `2026-12-31`."""
    text = parse_text(value)
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _invalid_date(text, clock=False)
    return day


def parse_minutes(value: Any) -> int:
    """Return the minutes of a duration written `45m`, `1h` or `1h30m`."""
    text = parse_text(value)
    match = re.fullmatch(r"(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?", text)
    if not match or not any(match.groups()):
        raise Invalid("invalid-duration", f'{{label}} "{text}" không phải thời lượng.', "ghi 45m, 1h hoặc 1h30m.")
    return int(match[1] or 0) * 60 + int(match[2] or 0)


def parse_clock(value: Any) -> str:
    """Return a time of day as `14:00`; `14h`, `8h30` and `8:30` are understood."""
    text = parse_text(value)
    clock = _read_clock(text)
    if clock is None:
        raise Invalid("invalid-time", f'{{label}} "{text}" không phải giờ trong ngày.', 'ghi giờ và phút, ví dụ "14:00".')
    return clock


def parse_timezone(value: Any) -> str:
    """Return the name of a zone of the IANA database."""
    text = parse_text(value)
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise Invalid("invalid-timezone", f'{{label}} "{text}" không có.', "ghi tên như Asia/Ho_Chi_Minh.") from None
    return text


def months_after(day: date, months: int) -> date:
    """Return the day some months later; the last day of that month if it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, date.max.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
