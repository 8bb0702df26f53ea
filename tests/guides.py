"""The commands that the project's documents tell people to type."""

import re

_TYPED = re.compile(r"```sh\n(?P<block>.*?)```|`(?P<span>(?:make|\.venv/bin/invoke|invoke|systemctl)(?: [^`\n]*)?)`", re.DOTALL)


def commands_in(text: str) -> list[str]:
    """Return every command that stands alone in a code span or on a line of a shell block, once each, in order."""
    found = []
    for typed in _TYPED.finditer(text):
        lines = typed["block"].splitlines() if typed["block"] else [typed["span"] or ""]
        found += [line.split(" #")[0].strip() for line in lines]
    return list(dict.fromkeys(command for command in found if command))
