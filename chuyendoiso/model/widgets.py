"""Widgets: the input that a field wants, as a mark on its type.

Forms, archetypes and JSON Schemas are made from them.
"""

from dataclasses import dataclass
from enum import StrEnum


class WidgetKind(StrEnum):
    """The kinds of inputs."""

    LINE = "line"
    PARAGRAPH = "paragraph"  # still one line in the file, but a long one
    SLUG = "slug"
    INSTANT = "instant"  # a day, or a day and a time
    DAY = "day"
    CLOCK = "clock"
    MINUTES = "minutes"
    COUNT = "count"
    SWITCH = "switch"
    PICTURE = "picture"
    FILE = "file"  # an attachment
    ADDRESS = "address"  # of the web
    ORIGIN = "origin"  # a host of the web, with scheme and port where needed
    PATH = "path"  # of this site
    EMAIL = "email"
    CHOICE = "choice"


@dataclass(frozen=True)
class Widget:
    """A mark on a type; of several the later one adds to the earlier."""

    shape: WidgetKind | None = None
    limit: int | None = None  # characters
    choices: str | None = None  # the name of a list of site.yml, or of a list of the field itself


def combined(marks: "list[Widget]") -> Widget:
    """Return what several marks say together."""
    widget = Widget(WidgetKind.LINE)
    for mark in marks:
        widget = Widget(mark.shape or widget.shape, mark.limit or widget.limit, mark.choices or widget.choices)
    return widget
