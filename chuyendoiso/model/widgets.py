"""Widgets: which form input a field has, as metadata of its type.

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
    """The form input of a type, as its metadata; None: not set."""

    kind: WidgetKind | None = None
    limit: int | None = None  # characters
    choices: str | None = None  # the name of a list of site.yml, or of a list of the field itself


def merge_widgets(widgets: "list[Widget]") -> Widget:
    """Merge the widgets of nested types; a later value replaces an earlier one."""
    merged = Widget(WidgetKind.LINE)
    for widget in widgets:
        merged = Widget(widget.kind or merged.kind, widget.limit or merged.limit, widget.choices or merged.choices)
    return merged
