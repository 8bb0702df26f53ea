"""Fix unambiguous mistakes in front matter."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from chuyendoiso.authoring.forms import FormField, form_of
from chuyendoiso.content.front_matter import Fields, Location, Unreadable, parse_fields, split_front_matter
from chuyendoiso.content.yaml_problems import quoted
from chuyendoiso.model.date_parsers import rewritten_date
from chuyendoiso.model.vietnamese import fold, unify_tones
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.model.widgets import WidgetKind

_ROUNDS = 100  # after a fix the parser may stop at another line
_NEEDS_QUOTES = {"yaml-quotes", "yaml-indirection"}
_VALUE = re.compile(r"(\s*(?:-\s+)?(?:[\w-]+:\s+)?)([^\s\"'\[{].*?)\s*")


class _Change(NamedTuple):
    """A replacement on a line."""

    location: Location
    old: str
    new: str
    message: str


def fix_fields(text: str, kind: Kind) -> tuple[str, list[str]]:
    """Return the fixed text and messages; no fixes if it cannot be parsed."""
    fixed, messages = _add_quotes(text)
    try:
        fields = _parse(fixed)
        for change in (*_fix_names(fields.values, (), form_of(kind)), *_fix_values(fields.values, (), form_of(kind))):
            lines = fixed.split("\n")
            index = fields.line(change.location) - 1
            if lines[index].count(change.old) == 1:
                lines[index] = lines[index].replace(change.old, change.new)
                fixed = "\n".join(lines)
                messages.append(change.message)
        _parse(fixed)
    except Unreadable:
        return text, []
    return fixed, list(dict.fromkeys(messages))


def _parse(text: str) -> Fields:
    return parse_fields(split_front_matter(text, "")[0], "", first_line=2)


def _add_quotes(text: str) -> tuple[str, list[str]]:
    """Quote each value with a character that is special in YAML."""
    messages: list[str] = []
    for _ in range(_ROUNDS):
        try:
            _parse(text)
            break
        except Unreadable as unreadable:
            line = next((problem.line for problem in unreadable.problems if problem.rule in _NEEDS_QUOTES), None)
        lines = text.split("\n")
        value = _VALUE.fullmatch(lines[line - 1]) if line else None
        if not line or not value or value[2] in {"|", ">"}:
            break
        lines[line - 1] = value[1] + quoted(value[2])
        text, messages = "\n".join(lines), ["đặt giá trị trong dấu nháy"]
    return text, messages


def _fix_names(values: Mapping[str, Any], location: Location, form: tuple[FormField, ...]) -> Iterator[_Change]:
    """Yield corrections of names that are similar to a single unused field name."""
    known = {field.name: field for field in form}
    for key, value in values.items():
        if key in known:
            for inner, group in _groups(value, (*location, key)) if known[key].fields else ():
                yield from _fix_names(group, inner, known[key].fields)
            continue
        close = get_close_matches(fold(key).replace("-", "_"), known, n=2, cutoff=0.75)
        if len(close) == 1 and close[0] not in values:
            yield _Change((*location, key), f"{key}:", f"{close[0]}:", f"sửa tên trường {key} thành {close[0]}")


def _groups(value: Any, location: Location) -> list[tuple[Location, Mapping[str, Any]]]:
    items = [((*location, index), item) for index, item in enumerate(value)] if isinstance(value, list) else [(location, value)]
    return [(place, group) for place, group in items if isinstance(group, dict)]


def _fix_values(values: Mapping[str, Any], location: Location, form: tuple[FormField, ...]) -> Iterator[_Change]:
    """Yield corrections of date formats, and of the tone marks in tags."""
    for field in form:
        value, place = values.get(field.name), (*location, field.name)
        if field.fields:
            for inner, group in _groups(value, place):
                yield from _fix_values(group, inner, field.fields)
        elif isinstance(value, str) and field.widget in {WidgetKind.DAY, WidgetKind.INSTANT}:
            if new := rewritten_date(value.strip()):
                yield _Change(place, value, new, f"đổi ngày {value} thành {new}")
        elif field.name == "tags" and isinstance(value, list):
            for index, tag in enumerate(value):
                if isinstance(tag, str) and (unified := unify_tones(tag)) != tag:
                    yield _Change((*place, index), tag, unified, f"đặt dấu thanh của từ khóa {tag} như {unified}")
