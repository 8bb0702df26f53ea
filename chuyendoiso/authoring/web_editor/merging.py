"""Merge two versions of a text that come from the same one (diff3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_FIELD = re.compile(r"^\w+:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged text, and the lines that both sides changed differently."""

    text: str
    conflicts: tuple[tuple[str, str], ...]  # mine, theirs


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Return both sides' changes to `base`; where they differ, mine."""
    lines = [text.splitlines(keepends=True) for text in (f"{base}\n", f"{mine}\n", f"{theirs}\n")]
    result: list[str] = []
    conflicts = []
    for old, ours, other in _chunks(*lines):
        if other in {old, ours}:
            result.append(ours)
        elif ours == old:
            result.append(other)
        elif (joined := _joined(old, ours, other)) is not None:
            result.append(joined)
        else:
            conflicts.append((ours, other))
            result.append(ours)
    return Merged("".join(result).strip(), tuple(conflicts))


def _joined(old: str, ours: str, other: str) -> str | None:
    """Return both changes if one of them only adds lines after the part; else None."""
    if set(_FIELD.findall(ours)) & set(_FIELD.findall(other)):  # a field must not be there twice
        return None
    if other.startswith(old):
        return ours + other[len(old) :]
    return other + ours[len(old) :] if ours.startswith(old) else None


def _chunks(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the parts between lines that all three have."""
    in_mine, in_theirs = _matches(base, mine), _matches(base, theirs)
    start = (0, 0, 0)
    for line in range(len(base)):
        if line in in_mine and line in in_theirs:
            end = line, in_mine[line], in_theirs[line]
            yield _part(base, start[0], end[0]), _part(mine, start[1], end[1]), _part(theirs, start[2], end[2])
            yield base[line], base[line], base[line]
            start = end[0] + 1, end[1] + 1, end[2] + 1
    yield _part(base, start[0], None), _part(mine, start[1], None), _part(theirs, start[2], None)


def _part(lines: Sequence[str], start: int, end: int | None) -> str:
    return "".join(lines[start:end])


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return the lines of `other` that are lines of `base`, by the latter's number."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + offset: block.b + offset for block in blocks for offset in range(block.size)}
