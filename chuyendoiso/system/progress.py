"""Report progress: a line for each step, on a terminal a bar for a long one."""

import codecs
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO

_LOOKALIKES = str.maketrans(
    {"đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "•": "*", "→": "->", "≤": "<="}
)


def make_legible() -> None:
    """Let standard output and error write any text, without marks if they must.

    Python raises UnicodeEncodeError by default, on consoles and in redirections whose encoding is not UTF-8.
    """
    codecs.register_error("without-marks", _without_marks)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="without-marks")


def _without_marks(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    decomposed = unicodedata.normalize("NFKD", error.object[error.start : error.end].translate(_LOOKALIKES))
    return "".join(filter(str.isascii, decomposed)) or "?", error.end


LONG = 50  # from this many parts on, a step gets a bar


class Progress:
    """Writes to standard error; standard output is for machines."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self.stream = stream or sys.stderr
        self.quiet = quiet

    def say(self, text: str) -> None:
        """Write one line."""
        if not self.quiet:
            print(text, file=self.stream, flush=True)

    @contextmanager
    def step(self, name: str, total: int) -> Iterator[Callable[[], None]]:
        """Announce a step of `total` parts; on a terminal, show a bar if it is long.

        Yield a function that counts one part as done.
        """
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
