"""What a build says as it goes: a line a step with its count, and on a terminal a bar for a long one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

LONG = 50  # from this many parts on, a step gets a bar


class Advance(Protocol):
    """Called once for each part of a step that is done."""

    def __call__(self) -> None:
        """Count one part."""


class Progress:
    """Writes to standard error, so that what a command prints for machines stays alone on standard output."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self.stream = stream or sys.stderr
        self.quiet = quiet

    def say(self, text: str) -> None:
        """Write one line."""
        if not self.quiet:
            print(text, file=self.stream, flush=True)

    @contextmanager
    def step(self, name: str, total: int) -> Iterator[Advance]:
        """Announce a step of `total` parts; on a terminal a long one shows a bar while it runs."""
        if self.quiet or total < LONG or not self.stream.isatty():
            self.say(f"  {name}: {total}")
            yield lambda: None
            return
        from rich.console import Console  # loaded only for a bar
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        with Bar(TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), console=Console(file=self.stream)) as bar:
            task = bar.add_task(name, total=total)
            yield lambda: bar.advance(task)
