"""Days as instants in a zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(day, time(), zone)
