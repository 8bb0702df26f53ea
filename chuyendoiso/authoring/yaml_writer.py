"""Values → front matter, in the form that `front_matter.parse_fields` reads back as the same text. Which fields there are is for `model.item_fields`."""

import re
from collections.abc import Iterator, Mapping, Sequence

from chuyendoiso.content.yaml_problems import quoted

Value = str | Sequence["Value"] | Mapping[str, "Value"]

# What YAML takes as it stands wherever it stands, in brackets too; anything else goes in quotes
_PLAIN = re.compile(r"[\w/](?:[\w./+–-]|:(?=\w)|[ ](?=[\w–]))*")


def front_matter(fields: Mapping[str, Value | None]) -> str:
    """Return the fields between `---` lines; those without a value are left out. Text becomes one line each."""
    return "\n".join(["---", *written_fields(fields), "---", ""])


def written_fields(fields: Mapping[str, Value | None], indent: str = "") -> Iterator[str]:
    """Yield the lines of some fields, in their order."""
    for name, value in fields.items():
        if isinstance(value, str) and value.strip():
            yield f"{indent}{name}: {scalar(value)}"
        elif isinstance(value, Mapping) and value:
            yield f"{indent}{name}:"
            yield from written_fields(value, f"{indent}  ")
        elif isinstance(value, Sequence) and value and not isinstance(value, str):
            yield from _written_list(name, value, indent)


def _written_list(name: str, values: Sequence[Value], indent: str) -> Iterator[str]:
    if all(isinstance(one, str) for one in values):
        yield f"{indent}{name}: [{', '.join(scalar(str(one)) for one in values)}]"
        return
    yield f"{indent}{name}:"
    for one in values:
        if isinstance(one, Mapping):
            first, *rest = written_fields(one, f"{indent}    ")
            yield f"{indent}  - {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}  - {scalar(str(one))}"


def scalar(text: str) -> str:
    """Return a text as a YAML scalar of one line, in quotes where YAML could read it otherwise."""
    line = " ".join(text.split())
    return line if _PLAIN.fullmatch(line) else quoted(line)
