"""What a look at the site has found: one line each, and what all of them make of the exit status."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from chuyendoiso.model.characters import one_line


class FindingLevel(StrEnum):
    """How bad it is; something skipped is neither good nor bad, but said."""

    GOOD = "good"
    SKIPPED = "skipped"
    WARNING = "warning"
    BROKEN = "broken"


NAMES = {FindingLevel.GOOD: "Tốt", FindingLevel.SKIPPED: "Bỏ qua", FindingLevel.WARNING: "Nên xem", FindingLevel.BROKEN: "Hỏng"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: how bad, what of the site it is about, what is so, and how to mend it where it is not well."""

    level: FindingLevel
    check: str
    message: str  # Vietnamese, with its full stop
    remedy: str = ""  # Vietnamese, with its full stop

    def __str__(self) -> str:
        """Return the one line that people see."""
        mending = f" Cách sửa: {self.remedy}" if self.remedy else ""
        return one_line(f"{NAMES[self.level]}: {self.message}{mending} [{self.check}]")


def good(check: str, message: str) -> Finding:
    """Return that something is well."""
    return Finding(FindingLevel.GOOD, check, message)


def skipped(check: str, message: str) -> Finding:
    """Return that something was not looked at, and why."""
    return Finding(FindingLevel.SKIPPED, check, message)


def warning(check: str, message: str, remedy: str) -> Finding:
    """Return what should be seen to before it breaks."""
    return Finding(FindingLevel.WARNING, check, message, remedy)


def broken(check: str, message: str, remedy: str) -> Finding:
    """Return what readers or pullers suffer from now."""
    return Finding(FindingLevel.BROKEN, check, message, remedy)


def or_good(found: Iterable[Finding], check: str, message: str) -> Iterator[Finding]:
    """Yield what was found, or where that is nothing, that all is well."""
    listed = list(found)
    yield from listed or [good(check, message)]


def exit_status(found: Iterable[Finding]) -> int:
    """Return 0 where all that was looked at is well, else 1: a warning that nobody is sent is seen by nobody."""
    return int(any(one.level in {FindingLevel.WARNING, FindingLevel.BROKEN} for one in found))


def report(found: Iterable[Finding]) -> str:
    """Return the lines for a terminal, in the order of the look, the count last."""
    listed = list(found)
    count = {level: sum(one.level is level for one in listed) for level in FindingLevel}
    told = ", ".join(
        f"{count[level]} {NAMES[level].lower()}"
        for level in (FindingLevel.BROKEN, FindingLevel.WARNING, FindingLevel.SKIPPED, FindingLevel.GOOD)
    )
    return "\n".join([*map(str, listed), f"Tổng cộng: {told}."])


def report_json(found: Iterable[Finding]) -> str:
    """Return the findings for machines: a JSON array of objects with the fields of `Finding`."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)
