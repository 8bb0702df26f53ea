"""The command `check`: find the problems of a content folder without building."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from chuyendoiso.authoring.fixes import ask_for_descriptions, fix_content
from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.content.site_config import route_problems
from chuyendoiso.model.problems import ContentRejected, Problem, draft_errors, errors, report, report_json
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
    """Check a content folder and print the problems; return the exit status.

    It is 1 if a problem is an error; with `drafts`, also if a draft has a problem.
    With `fix`, first fix what is safe, and report it on standard error. `ask` asks a person, if there is one.
    """
    if fix and content.is_dir():
        with suppress(ContentRejected):  # reported below
            for fixed in fix_content(content):
                print(fixed.message(content.name), file=sys.stderr)
            for fixed in ask_for_descriptions(content, problems_of(content, theme), ask) if ask else ():
                print(fixed.message(content.name), file=sys.stderr)
    problems = problems_of(content, theme)
    if as_json:
        print(report_json(problems))
    elif problems:
        print(report(problems))
    else:
        print("Không có lỗi nào.")
    return 1 if errors(problems) or (drafts and draft_errors(problems)) else 0


def problems_of(content: Path, theme: Path) -> tuple[Problem, ...]:
    """Return all problems of a content folder. Raise WrongUse if it is missing."""
    output = content.parent / "output"
    has_cache = current_release(output) is not None
    options = BuildOptions(content=content, theme=theme, output=output, use_cache=has_cache)
    try:
        return (*pipeline.read(options, Progress(quiet=True)).problems, *route_problems(content))
    except ContentRejected as rejected:
        return rejected.problems
