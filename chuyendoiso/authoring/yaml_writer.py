"""Write YAML front matter, as `front_matter.parse_fields` parses it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from chuyendoiso.content.front_matter import parse_fields, split_front_matter
from chuyendoiso.content.yaml_problems import quoted

Value = str | Sequence["Value"] | Mapping[str, "Value"]

# Text that YAML reads literally everywhere, in brackets too; other text is quoted
_PLAIN = re.compile(r"[\w/](?:[\w./+–-]|:(?=\w)|[ ](?=[\w–]))*")


def front_matter(fields: Mapping[str, Value | None]) -> str:
    """Return the fields that have a value between `---` lines."""
    return "\n".join(["---", *written_fields(fields), "---", ""])


def written_fields(fields: Mapping[str, Value | None], indent: str = "") -> Iterator[str]:
    """Yield the lines of fields, in order; text becomes a single line."""
    for name, value in fields.items():
        if isinstance(value, str) and value.strip():
            yield f"{indent}{name}: {scalar(value)}"
        elif isinstance(value, Mapping) and value:
            yield f"{indent}{name}:"
            yield from written_fields(value, f"{indent}  ")
        elif isinstance(value, Sequence) and value and not isinstance(value, str):
            yield from _written_list(name, value, indent)


def _written_list(name: str, values: Sequence[Value], indent: str) -> Iterator[str]:
    if all(isinstance(value, str) for value in values):
        yield f"{indent}{name}: [{', '.join(scalar(str(value)) for value in values)}]"
        return
    yield f"{indent}{name}:"
    for value in values:
        if isinstance(value, Mapping):
            first, *rest = written_fields(value, f"{indent}    ")
            yield f"{indent}  - {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}  - {scalar(str(value))}"


def scalar(text: str) -> str:
    """Return a text as a YAML scalar on a single line, quoted if necessary."""
    line = " ".join(text.split())
    return line if _PLAIN.fullmatch(line) else quoted(line)


def set_fields(text: str, display_path: str, values: Mapping[str, Value]) -> str:
    """Return a file's text with fields set; no other line changes. Raise Unreadable.

    A new field is added at the end of the front matter.
    """
    for name, value in values.items():
        header, _, body_line = split_front_matter(text, display_path)
        lines = text.split("\n")
        starts = parse_fields(header, display_path, first_line=2).lines
        first = starts.get((name,), body_line - 1) - 1
        next_fields = [line - 1 for location, line in starts.items() if len(location) == 1 and line - 1 > first]
        end = min([*next_fields, body_line - 2])
        while end - 1 > first and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
            end -= 1  # a comment belongs to the field below
        lines[first:end] = written_fields({name: value})
        text = "\n".join(lines)
    return text
