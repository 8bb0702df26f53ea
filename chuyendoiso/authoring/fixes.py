"""`make check FIX=1`: mends what can be mended without a guess, file by file in place, and tells each line that changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from chuyendoiso.authoring.alt_text_fixes import Ask, describe_pictures
from chuyendoiso.authoring.field_fixes import fix_fields
from chuyendoiso.authoring.text_fixes import decode_marked, fix_text
from chuyendoiso.content.permalinks import Place, place_of
from chuyendoiso.content.scan import scan_content
from chuyendoiso.model.problems import Problem
from chuyendoiso.system.atomic_write import write_text

_SHOWN = 20  # lines of a file that are told; of more it says how many


@dataclass(frozen=True)
class FixedFile:
    """A file that was mended."""

    name: str  # relative to the content folder
    done: tuple[str, ...]
    changes: tuple[str, ...]  # lines for people: what a line was and what it is

    def told(self, folder: str) -> str:
        """Return what is told of it."""
        return "\n".join([f"Đã sửa {folder}/{self.name}: {', '.join(self.done)}.", *self.changes])


def fix_content(content: Path) -> Iterator[FixedFile]:
    """Mend each article of a content folder, and site.yml, in place. Raises ContentRejected as `scan_content` does."""
    tree = scan_content(content)
    for name in (*tree.articles, "site.yml"):
        path = content / name if name == "site.yml" else tree.files[name]
        if path.suffix in {".md", ".yml"} and not path.is_symlink() and path.is_file() and (mended := _mend(path, name)):
            yield mended


def _mend(path: Path, name: str) -> FixedFile | None:
    try:
        raw = path.read_bytes()
    except OSError:  # the check that follows tells of it
        return None
    decoded = decode_marked(raw)
    if decoded is None:
        return None
    text, recoded = decoded
    article = name != "site.yml"
    formed, done = fix_text(text, article=article)
    place = place_of(name, name) if article else None
    mended, mends = fix_fields(formed, place.kind) if isinstance(place, Place) else (formed, [])
    if mended.encode() == raw:
        return None
    write_text(path, mended)
    return FixedFile(name, (*([recoded] if recoded else []), *done, *mends), tuple(_changes(formed, mended)))


def ask_for_descriptions(content: Path, problems: Iterable[Problem], ask: Ask) -> Iterator[FixedFile]:
    """Ask a person for the descriptions of pictures that lack one, and write them down."""
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
    """Yield the lines that changed, as they were and as they are, under the number that they have now."""
    old, new = before.split("\n"), after.split("\n")
    told = 0
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        told += max(j - i, m - k)
        if told <= _SHOWN:
            yield from (f"  dòng {k + 1} - {line}" for line in old[i:j])
            yield from (f"  dòng {number} + {line}" for number, line in enumerate(new[k:m], start=k + 1))
    if told > _SHOWN:
        yield f"  … cả thảy {told} dòng; xem đủ bằng git diff."
