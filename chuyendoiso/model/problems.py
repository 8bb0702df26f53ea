"""A problem of the content, and how it is reported."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from chuyendoiso.model.characters import one_line
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain


class Severity(StrEnum):
    """An error stops the build; a warning, or an error of a draft, does not."""

    ERROR = "error"
    WARNING = "warning"
    DRAFT = "draft"  # an error once the draft is published


_PREFIXES = {Severity.ERROR: "", Severity.WARNING: "Cảnh báo: ", Severity.DRAFT: "Bản nháp: "}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem: place, message, remedy, and the rule's id."""

    path: str  # relative to the folder that holds the content folder, with slashes
    line: int  # from 1
    rule: str
    message: str  # Vietnamese, one line, the offending value quoted, with its full stop
    remedy: str  # Vietnamese, one line, with its full stop
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the one line that editors see."""
        message = _cut(self.message, 200)
        remedy = _cut(self.remedy, 600)  # editors copy values from it, of at most 500 characters
        return one_line(f"{self.path}:{self.line}: {_PREFIXES[self.severity]}{message} Cách sửa: {remedy} [{self.rule}]")


def unreadable(display_path: str, error: OSError) -> Problem:
    """Return the problem of a file or folder that cannot be read."""
    if isinstance(error, PermissionError):
        message = "Tài khoản đang chạy lệnh không có quyền đọc tệp hoặc thư mục này."
        remedy = "cho quyền đọc (chmod -R u+rX content), hoặc chạy bằng tài khoản của người có tệp."
    elif isinstance(error, FileNotFoundError):
        message, remedy = "Tệp hoặc thư mục này vừa biến mất trong khi đang đọc.", "đợi chép hoặc chuyển xong rồi chạy lại."
    else:
        message = f"Máy không đọc được tệp hoặc thư mục này: {explain(error)}."
        remedy = "chép lại từ bản gốc; nếu vẫn vậy, nhờ người phụ trách xem lại ổ đĩa."
    return Problem(display_path, 1, "unreadable-file", message, remedy)


def _cut(text: str, longest: int) -> str:
    """Cut quoted values to `longest` characters: a file of 300 KB may be one word."""
    return re.sub(f'"([^"]{{{longest}}})[^"]+"', r'"\1…"', text)


class ContentRejected(BuildStopped):
    """The content has errors: nothing was built."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted_problems(problems)
        super().__init__(report(self.problems))


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems once each, by path, line and rule."""
    return tuple(sorted(set(problems)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def draft_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that become errors once a draft is published."""
    return tuple(problem for problem in problems if problem.severity is Severity.DRAFT)


def relax_drafts(problems: Iterable[Problem], drafts: Collection[str]) -> list[Problem]:
    """Return the problems; errors of drafts get the severity DRAFT.

    `drafts` are paths as problems give them.
    """
    return [
        replace(problem, severity=Severity.DRAFT) if problem.severity is Severity.ERROR and problem.path in drafts else problem
        for problem in problems
    ]


def report(problems: Iterable[Problem]) -> str:
    """Return the lines for a terminal, the count last."""
    listed = sorted_problems(problems)
    wrong, unfinished = len(errors(listed)), len(draft_errors(listed))
    files = len({problem.path for problem in listed})
    drafts = f", {unfinished} chỗ bản nháp còn thiếu hoặc sai" if unfinished else ""
    return "\n".join([*map(str, listed), f"{wrong} lỗi, {len(listed) - wrong - unfinished} cảnh báo{drafts} trong {files} tệp."])


def report_json(problems: Iterable[Problem]) -> str:
    """Return the problems as a JSON array of objects with the fields of `Problem`."""
    return json.dumps([asdict(problem) for problem in sorted_problems(problems)], ensure_ascii=False, indent=2)
