"""The command of the checks alone: reads everything that a build would, prints the problems, builds nothing."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from chuyendoiso.authoring.fixes import ask_for_descriptions, fix_content
from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.model.problems import ContentRejected, Problem, errors, of_drafts, report, report_json
from chuyendoiso.release.store import current_release
from chuyendoiso.system.progress import Progress


def check_content(
    content: Path,
    theme: Path,
    *,
    as_json: bool = False,
    fix: bool = False,
    drafts: bool = False,
    ask: Callable[[str], str] | None = None,
) -> int:
    """Check a content folder and print the problems, on standard output.

    Return 0, or 1 if any of them is an error; with `drafts`, those of drafts count, too.

    With `fix` mends first what needs no guess, telling so on standard error; `ask` puts a question to a person, where there is one.
    """
    if fix and content.is_dir():
        _mend(content, theme, ask)
    problems = problems_of(content, theme)
    if as_json:
        print(report_json(problems))
    elif problems:
        print(report(problems))
    else:
        print("Không có lỗi nào.")
    return 1 if errors(problems) or (drafts and of_drafts(problems)) else 0


def _mend(content: Path, theme: Path, ask: Callable[[str], str] | None) -> None:
    with suppress(ContentRejected):  # told afterwards, with everything else
        for mended in fix_content(content):
            print(mended.told(content.name), file=sys.stderr)
        for mended in ask_for_descriptions(content, problems_of(content, theme), ask) if ask else ():
            print(mended.told(content.name), file=sys.stderr)


def problems_of(content: Path, theme: Path) -> tuple[Problem, ...]:
    """Return every problem of a content folder. Raises WrongUse where there is no such folder."""
    output = content.parent / "output"
    built = current_release(output) is not None  # then what its builds keep is at hand
    options = BuildOptions(content=content, theme=theme, output=output, remember=built)
    try:
        return pipeline.read(options, Progress(quiet=True)).problems
    except ContentRejected as rejected:
        return rejected.problems
