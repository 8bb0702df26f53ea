"""A content file with some of its fields written anew: every other line stays as its editor left it. Pure."""

from collections.abc import Mapping

from chuyendoiso.authoring.yaml_writer import scalar
from chuyendoiso.content.front_matter import parse_fields, split_front_matter


def with_fields(text: str, shown: str, values: Mapping[str, str]) -> str:
    """Return a file's text with some fields set, each in its place or, where it is new, after the others. Raises Unreadable."""
    for name, value in values.items():
        text = _with_field(text, shown, name, value)
    return text


def _with_field(text: str, shown: str, name: str, value: str) -> str:
    header, _, body_line = split_front_matter(text, shown)
    lines, written = text.split("\n"), f"{name}: {scalar(value)}"
    found = parse_fields(header, shown, first_line=2).lines
    if (name,) not in found:
        lines.insert(body_line - 2, written)
        return "\n".join(lines)
    first = found[(name,)] - 1
    next_fields = [line - 1 for at, line in found.items() if len(at) == 1 and line - 1 > first]
    end = min([*next_fields, body_line - 2])
    while end - 1 > first and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # a comment belongs to what follows it
    lines[first:end] = [written]
    return "\n".join(lines)
