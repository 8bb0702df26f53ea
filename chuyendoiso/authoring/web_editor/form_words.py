"""Say what is wrong with an item in the form's words, not the file's."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from chuyendoiso.authoring.forms import FormField, choices_of, form_of, labels_of
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.problems import ContentRejected, Problem, Severity
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import Kind

FieldProblem = tuple[str, str]  # label of the field, words
_BODY = "Thân bài"


def in_form_words(problems: Iterable[Problem], text: str, kind: Kind, content: Path) -> tuple[FieldProblem, ...]:
    """Return each problem's field, as the form calls it, and what to do."""
    labels, values = labels_of(kind), {}
    with suppress(ContentRejected):  # a site.yml with errors names no choices
        values = _names_of_values(form_of(kind), site_of(content))
    return tuple(_in_form_words(problem, text, labels, values) for problem in problems)


def _in_form_words(problem: Problem, text: str, labels: Mapping[str, str], values: Mapping[str, str]) -> FieldProblem:
    words = f"{problem.message} Cách sửa: {problem.remedy}"
    if problem.rule == "missing-field" and (named := re.search(r"trường ([\w.]+)", problem.message)):
        missing = "chưa điền. Muốn đăng thì điền ô này."
        return labels.get(named[1].rpartition(".")[2], named[1]), missing
    prefix = "Nên xem lại: " if problem.severity is Severity.WARNING else ""
    return _field_at(problem.line, text, labels), prefix + _without_yaml(words, labels, values)


def _names_of_values(form: Iterable[FormField], site: Site) -> dict[str, str]:
    """Return the names of the choices of all fields, by `field: value`."""
    return {f"{field.name}: {value}": name for field in form if field.choices for value, name in choices_of(field.choices, site)}


def _field_at(line: int, text: str, labels: Mapping[str, str]) -> str:
    """Return the label of the field that a line of the file belongs to."""
    lines = text.split("\n")
    ends = [number for number, words in enumerate(lines, 1) if words.rstrip() == "---"]
    if len(ends) > 1 and line > ends[1]:
        return _BODY
    for words in reversed(lines[:line]):
        if named := re.match(r"(\w+):", words):
            return labels.get(named[1], named[1])
    return ""


def _without_yaml(words: str, labels: Mapping[str, str], values: Mapping[str, str]) -> str:
    """Return a message with the form's fields in the place of the file's lines."""

    def named(match: re.Match[str]) -> str:
        label, value = labels.get(match["name"]), values.get(f"{match['name']}: {match['value']}")
        if not label:
            return match[0]
        shown = f" là “{value}”" if value else match["value"] and f" {match['value']}"
        return f"{'điền ' if match['add'] else ''}ô “{label}”{shown or ''}"

    return re.sub(r"(?P<add>thêm dòng )?(?<![\w/.])(?P<name>[a-z_]+):(?!/)(?: và ghi giá trị| (?P<value>[a-z-]+))?", named, words)
