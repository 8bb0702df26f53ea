"""`make check FIX=1`: apply safe fixes to content files, and report them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from chuyendoiso.authoring.alt_text_fixes import Ask, describe_pictures
from chuyendoiso.authoring.field_fixes import fix_fields
from chuyendoiso.authoring.text_fixes import decode_with_bom, fix_text
from chuyendoiso.content.permalinks import Place, classify_file
from chuyendoiso.content.scan import scan_content
from chuyendoiso.model.problems import Problem
from chuyendoiso.system.atomic_write import write_text

_MAX_LINES = 20  # changed lines in the report of a file


@dataclass(frozen=True)
class FixedFile:
    """A file with fixes."""

    name: str  # relative to the content folder
    fixes: tuple[str, ...]
    changes: tuple[str, ...]  # the changed lines before and after

    def message(self, folder: str) -> str:
        """Return the report of the fixes."""
        return "\n".join([f"Đã sửa {folder}/{self.name}: {', '.join(self.fixes)}.", *self.changes])


def fix_content(content: Path) -> Iterator[FixedFile]:
    """Fix the articles of a content folder, and site.yml. Raise ContentRejected."""
    tree = scan_content(content)
    for name in (*tree.articles, "site.yml"):
        path = content / name if name == "site.yml" else tree.files[name]
        if path.suffix in {".md", ".yml"} and not path.is_symlink() and path.is_file() and (fixed := _fix(path, name)):
            yield fixed


def _fix(path: Path, name: str) -> FixedFile | None:
    try:
        raw = path.read_bytes()
    except OSError:  # the check reports it
        return None
    decoded = decode_with_bom(raw)
    if decoded is None:
        return None
    text, fixes = fix_text(decoded, article=name != "site.yml")
    place = classify_file(name, name)
    fixed, field_fixes = fix_fields(text, place.kind) if isinstance(place, Place) else (text, [])
    if fixed.encode() == raw:
        return None
    write_text(path, fixed)
    recoded = [] if decoded.encode() == raw else ["đổi bảng mã UTF-16 sang UTF-8"]
    return FixedFile(name, (*recoded, *fixes, *field_fixes), tuple(_changes(text, fixed)))


def ask_for_descriptions(content: Path, problems: Iterable[Problem], ask: Ask) -> Iterator[FixedFile]:
    """Ask a person for the missing descriptions of pictures, and write them."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for problem in problems:
        if problem.rule == "missing-alt" or (problem.rule == "missing-field" and "trường alt" in problem.message):
            lines[problem.path.partition("/")[2]].add(problem.line)
    files = scan_content(content).files if lines else {}
    for name, numbers in sorted(lines.items()):
        text = files[name].read_text("utf-8")
        described = describe_pictures(text, f"{content.name}/{name}", frozenset(numbers), ask)
        if described != text:
            write_text(files[name], described)
            yield FixedFile(name, ("ghi mô tả ảnh",), tuple(_changes(text, described)))


def _changes(before: str, after: str) -> Iterator[str]:
    """Yield removed and added lines, with line numbers of the new text."""
    old, new = before.split("\n"), after.split("\n")
    changed = 0
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        changed += max(j - i, m - k)
        if changed <= _MAX_LINES:
            yield from (f"  dòng {k + 1} - {line}" for line in old[i:j])
            yield from (f"  dòng {number} + {line}" for number, line in enumerate(new[k:m], start=k + 1))
    if changed > _MAX_LINES:
        yield f"  … cả thảy {changed} dòng; xem đủ bằng git diff."
