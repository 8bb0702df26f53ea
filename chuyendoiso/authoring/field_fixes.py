"""Mends front matter where there is one way to read it: quotes that YAML wants, misspelt names of fields, dates, tones of tags. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from chuyendoiso.authoring.forms import FormField, form_of
from chuyendoiso.content.front_matter import Fields, Location, Unreadable, parse_fields, split_front_matter
from chuyendoiso.content.yaml_problems import quoted
from chuyendoiso.model.date_parsers import rewritten_date
from chuyendoiso.model.vietnamese import fold, unify_tones
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.model.widgets import WidgetKind

_ROUNDS = 100  # a line in quotes may uncover the next one
_VALUE = re.compile(r"(\s*(?:-\s+)?(?:[\w-]+:\s+)?)([^\s\"'\[{].*?)\s*")


@dataclass(frozen=True)
class _Change:
    """One replacement on one line."""

    line: int  # from 1
    old: str
    new: str
    done: str


def fix_fields(text: str, kind: Kind) -> tuple[str, list[str]]:
    """Return the text mended, and what was done; unchanged where it has no front matter or would not be read afterwards."""
    mended, done = _with_quotes(text)
    fields = _read(mended)
    if fields is None:
        return text, []
    for change in (*_keys(fields.values, (), form_of(kind), fields), *_values(fields.values, (), form_of(kind), fields)):
        lines = mended.split("\n")
        if lines[change.line - 1].count(change.old) == 1:
            lines[change.line - 1] = lines[change.line - 1].replace(change.old, change.new)
            mended = "\n".join(lines)
            done.append(change.done)
    return (mended, list(dict.fromkeys(done))) if _read(mended) else (text, [])


def _read(text: str) -> Fields | None:
    try:
        return parse_fields(split_front_matter(text, "")[0], "", first_line=2)
    except Unreadable:
        return None


def _with_quotes(text: str) -> tuple[str, list[str]]:
    """Put in quotes each value in which YAML takes a sign for its own."""
    done: list[str] = []
    for _ in range(_ROUNDS):
        try:
            header, _, _ = split_front_matter(text, "")
            parse_fields(header, "", first_line=2)
        except Unreadable as unreadable:
            found = next((one for one in unreadable.problems if one.rule in {"yaml-quotes", "yaml-indirection"}), None)
            lines = text.split("\n")
            value = _VALUE.fullmatch(lines[found.line - 1]) if found else None
            if found and value and value[2] not in {"|", ">"}:
                lines[found.line - 1] = value[1] + quoted(value[2])
                text, done = "\n".join(lines), ["đặt giá trị trong dấu nháy"]
                continue
        break
    return text, done


def _keys(values: Mapping[str, Any], at: Location, form: tuple[FormField, ...], fields: Fields) -> Iterator[_Change]:
    """Yield the names that are none of a group's and are like a single one of them that is not there."""
    known = {field.name: field for field in form}
    for key, value in values.items():
        if key in known:
            for place, group in _groups(value, (*at, key)):
                yield from _keys(group, place, known[key].fields, fields) if known[key].fields else ()
            continue
        close = get_close_matches(fold(key).replace("-", "_"), known, n=2, cutoff=0.75)
        if len(close) == 1 and close[0] not in values:
            yield _Change(fields.line((*at, key)), f"{key}:", f"{close[0]}:", f"sửa tên trường {key} thành {close[0]}")


def _groups(value: Any, at: Location) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    for place, one in [((*at, index), one) for index, one in enumerate(value)] if isinstance(value, list) else [(at, value)]:
        if isinstance(one, dict):
            yield place, one


def _values(values: Mapping[str, Any], at: Location, form: tuple[FormField, ...], fields: Fields) -> Iterator[_Change]:
    """Yield the dates in another order than the site's, and the tags with tones in another place."""
    for field in form:
        value, place = values.get(field.name), (*at, field.name)
        if field.fields:
            for inner, group in _groups(value, place):
                yield from _values(group, inner, field.fields, fields)
        elif (
            isinstance(value, str)
            and field.shape in {WidgetKind.DAY, WidgetKind.INSTANT}
            and (meant := rewritten_date(value.strip()))
        ):
            yield _Change(fields.line(place), value, meant, f"đổi ngày {value} thành {meant}")
        elif field.name == "tags" and isinstance(value, list):
            for index, tag in enumerate(value):
                if isinstance(tag, str) and (unified := unify_tones(tag)) != tag:
                    yield _Change(fields.line((*place, index)), tag, unified, f"đặt dấu thanh của từ khóa {tag} như {unified}")
