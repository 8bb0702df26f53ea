"""Findings of the checks: one line each, and the exit status."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from chuyendoiso.model.characters import one_line

MAX_LISTED = 5  # findings of a kind; the others are counted


class FindingLevel(StrEnum):
    """How bad a finding is; a skipped check is neither good nor bad."""

    GOOD = "good"
    SKIPPED = "skipped"
    WARNING = "warning"
    BROKEN = "broken"


NAMES = {FindingLevel.GOOD: "Tốt", FindingLevel.SKIPPED: "Bỏ qua", FindingLevel.WARNING: "Nên xem", FindingLevel.BROKEN: "Hỏng"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check, and its remedy if something is wrong."""

    level: FindingLevel
    check: str
    message: str  # Vietnamese, with its full stop
    remedy: str = ""  # Vietnamese, with its full stop

    def __str__(self) -> str:
        """Return the finding as a line in Vietnamese."""
        remedy = f" Cách sửa: {self.remedy}" if self.remedy else ""
        return one_line(f"{NAMES[self.level]}: {self.message}{remedy} [{self.check}]")


def good(check: str, message: str) -> Finding:
    """Return the finding of a check that found no fault."""
    return Finding(FindingLevel.GOOD, check, message)


def skipped(check: str, message: str) -> Finding:
    """Return the finding of a check that was skipped; the message says why."""
    return Finding(FindingLevel.SKIPPED, check, message)


def warning(check: str, message: str, remedy: str) -> Finding:
    """Return a finding to act on before something breaks."""
    return Finding(FindingLevel.WARNING, check, message, remedy)


def broken(check: str, message: str, remedy: str) -> Finding:
    """Return a finding that affects readers or feed readers now."""
    return Finding(FindingLevel.BROKEN, check, message, remedy)


def or_good(findings: Iterable[Finding], check: str, message: str) -> Iterator[Finding]:
    """Yield the findings; if there are none, yield a good one."""
    yield from list(findings) or [good(check, message)]


def first_few(findings: Iterable[Finding], more: Callable[[int], Finding]) -> list[Finding]:
    """Return the first findings, and `more(count)` for the rest."""
    listed = list(findings)
    rest = len(listed) - MAX_LISTED
    return [*listed[:MAX_LISTED], more(rest)] if rest > 0 else listed


def exit_status(findings: Iterable[Finding]) -> int:
    """Return 1 if there is a fault or a warning: the timer mails only failures."""
    return int(any(finding.level in {FindingLevel.WARNING, FindingLevel.BROKEN} for finding in findings))


def report(findings: tuple[Finding, ...]) -> str:
    """Return the lines for a terminal, the count of each level last."""
    levels = Counter(finding.level for finding in findings)
    order = (FindingLevel.BROKEN, FindingLevel.WARNING, FindingLevel.SKIPPED, FindingLevel.GOOD)
    counts = ", ".join(f"{levels[level]} {NAMES[level].lower()}" for level in order)
    return "\n".join([*map(str, findings), f"Tổng cộng: {counts}."])


def report_json(findings: Iterable[Finding]) -> str:
    """Return the findings as a JSON array of objects with the fields of `Finding`."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)
