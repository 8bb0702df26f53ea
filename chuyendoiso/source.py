"""A file → its source: front matter as text with line numbers, and a body. What the fields mean is for `domain.fields`.

YAML's own typing is never used (it turns `012` into 10 and `12:30` into 750): scalars stay text, and what YAML would drop or
resolve behind an editor's back (a comment after a value, a doubled key, an anchor, a tag) is a problem.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from chuyendoiso.domain.problems import Problem
from chuyendoiso.domain.vocabulary import DEMO_MARKER, Kind, is_litter

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Fields:
    """A YAML mapping as text, lists and mappings, and the line (from 1) of each key and element."""

    values: Mapping[str, Any]
    lines: Mapping[Location, int]

    def line(self, location: Location) -> int:
        """Return the line of a location, or of the nearest thing around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


@dataclass(frozen=True)
class Source:
    """A content file as it was read."""

    path: str  # relative to the content folder, NFC, with slashes
    kind: Kind
    fields: Fields
    body: str
    body_line: int  # the body's first line in the file
    text: str  # the whole file


@dataclass(frozen=True)
class Tree:
    """The files under a content folder, as paths relative to it, NFC, sorted."""

    root: Path
    articles: tuple[str, ...]
    media: tuple[str, ...]
    files: Mapping[str, Path]  # NFC path → the file as the file system names it


def walk_content(root: Path) -> Tree:
    """List a content folder once: what must be an article or is a stray file, and what is media."""
    files = {}
    for path in sorted(root.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        if is_litter(path.name):
            continue
        files[unicodedata.normalize("NFC", path.relative_to(root).as_posix())] = path
    names = sorted(name for name in files if name not in {"site.yml", DEMO_MARKER})
    media = tuple(name for name in names if name.startswith("media/"))
    return Tree(root, tuple(name for name in names if not name.startswith("media/")), media, files)


def symlink_problem(path: Path, shown: str) -> Problem | None:
    """Refuse a symbolic link, which could publish any file of the machine."""
    if not path.is_symlink():
        return None
    message = "Tệp là liên kết tượng trưng tới nơi khác trên máy."
    return Problem(shown, 1, "symlink", message, "xóa liên kết, chép tệp thật vào chỗ này.")


class Unreadable(Exception):
    """A file that cannot be read as text with fields; carries the problems."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(*problems)


def read_text(path: Path, shown: str) -> str:
    """Read a UTF-8 file as NFC text with LF line ends.

    Raises Unreadable for another encoding, and for characters that no page and no feed may hold.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unreadable(_encoding_problem(raw, shown, line, error)) from None
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", _SEPARATORS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))))
    if found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found[0]):04X}"
        message = f"Có ký tự điều khiển {code}, không hiện được trên trang và làm hỏng nguồn tin."
        raise Unreadable(Problem(shown, line, "control-character", message, "xóa ký tự đó, gõ lại đoạn chữ quanh nó."))
    return text


_SEPARATORS = re.compile("[\x85\u2028\u2029]")  # line ends to YAML alone; from Word they come as spaces
# What turns text round or hides in it without being seen (Unicode TR 36, 2.7); the joiners of emoji and scripts stay
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

# What XML 1.0 forbids (its production [2] Char), and the non-characters of Unicode.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def _encoding_problem(raw: bytes, shown: str, line: int, error: UnicodeDecodeError) -> Problem:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8."
    else:
        message = f"Tệp không phải UTF-8 (byte 0x{raw[error.start]:02X} ở vị trí {error.start + 1})."
    return Problem(shown, line, "encoding", message, 'mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt.')


def read_source(path: Path, name: str, shown: str) -> Source:
    """Read one content file. Raises Unreadable."""
    text = read_text(path, shown)
    if not text.strip():
        raise Unreadable(Problem(shown, 1, "empty-file", "Tệp rỗng.", "viết nội dung, hoặc xóa tệp nếu không cần."))
    header, body, body_line = split_front_matter(text, shown)
    return Source(name, Kind(name.partition("/")[0]), parse_fields(header, shown, first_line=2), body, body_line, text)


def split_front_matter(text: str, shown: str) -> tuple[str, str, int]:
    """Return the text between the `---` lines, the body, and the body's first line. Raises Unreadable."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise Unreadable(_no_front_matter(lines[0], shown))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2
    message = "Phần khai báo mở bằng dòng --- nhưng không có dòng --- đóng lại."
    raise Unreadable(Problem(shown, 1, "front-matter", message, "thêm một dòng --- ngay sau trường cuối cùng."))


def _no_front_matter(first: str, shown: str) -> Problem:
    if re.match(r"[A-Za-z_]+:\s", first):
        message = f'Phần khai báo viết theo kiểu cũ của Pelican ("{first.strip()}"), không có dòng --- bao quanh.'
        remedy = "chạy make check FIX=1, hoặc đặt phần khai báo giữa hai dòng ---."
        return Problem(shown, 1, "pelican-header", message, remedy)
    message = "Dòng đầu tiên không phải ---, tệp không có phần khai báo."
    return Problem(shown, 1, "front-matter", message, "đặt phần khai báo giữa hai dòng --- ở đầu tệp.")


def parse_fields(text: str, shown: str, *, first_line: int = 1, comments: bool = False) -> Fields:
    """Parse a YAML mapping strictly into text. `comments` allows a comment after a value (site.yml). Raises Unreadable."""
    try:
        problems = list(_indirections(text, shown, first_line))
        root = yaml.compose(text, Loader=yaml.BaseLoader) if not problems else None
    except yaml.YAMLError as error:
        raise Unreadable(_yaml_problem(error, text, shown, first_line)) from None
    if problems:
        raise Unreadable(*problems)
    if not isinstance(root, MappingNode):
        message = "Phần khai báo không có trường nào dạng “tên: giá trị”."
        raise Unreadable(Problem(shown, first_line, "front-matter", message, "ghi mỗi trường một dòng, ví dụ title: Tên bài."))
    lines: dict[Location, int] = {}
    reader = _NodeReader(text.split("\n"), shown, first_line, comments, lines, problems)
    values = reader.value(root, ())
    if problems:
        raise Unreadable(*problems)
    return Fields(values, lines)


def _indirections(text: str, shown: str, first_line: int) -> Iterator[Problem]:
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if not anchor and not tag:
            continue
        mark = event.start_mark
        line = mark.line if mark else 0
        key, value = _split_key(text.split("\n")[line])
        message = f'Giá trị "{value}" có ký hiệu riêng của YAML (&, * hoặc !).'
        remedy = f"đặt giá trị trong dấu nháy: {key}{quoted(value)}"
        if value[:1] in "[{":
            remedy = "bỏ ký hiệu ấy, hoặc đặt mục có ký hiệu trong dấu nháy."
        yield Problem(shown, line + first_line, "yaml-indirection", message, remedy)
        return


def _split_key(line: str) -> tuple[str, str]:
    """Return what stands before a line's value, and the value."""
    found = re.match(r"(\s*(?:-\s+)?(?:[\w-]+:\s+)?)(.*?)\s*$", line)
    return (found[1].lstrip(), found[2]) if found else ("", line)


def quoted(value: str) -> str:
    """Return the value as a YAML scalar in quotes."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _yaml_problem(error: yaml.YAMLError, text: str, shown: str, first_line: int) -> Problem:
    if "quoted scalar" in (getattr(error, "context", None) or "") and error.context_mark:  # type: ignore[attr-defined]
        opened = error.context_mark.line  # type: ignore[attr-defined]
        message = f'Dấu nháy mở ở "{text.split(chr(10))[opened].strip()}" không có dấu nháy đóng.'
        return Problem(shown, opened + first_line, "yaml-syntax", message, "thêm dấu nháy ở cuối giá trị, hoặc bỏ dấu nháy mở.")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.split("\n")
    line = min(mark.line if mark else 0, len(lines) - 1)
    offending = lines[line]
    if "\t" in offending[: len(offending) - len(offending.lstrip())] or "'\\t'" in str(error):
        message, remedy = "Dòng thụt vào bằng phím Tab, YAML không nhận.", "thay Tab bằng hai dấu cách."
        return Problem(shown, line + first_line, "yaml-syntax", message, remedy)
    key, value = _split_key(offending)
    if key and value and (": " in value or value.endswith(":") or value[0] in "%@`&*!|>#"):
        message = f'Giá trị "{value}" có ký hiệu mà YAML hiểu khác.'
        return Problem(shown, line + first_line, "yaml-quotes", message, f"đặt giá trị trong dấu nháy: {key}{quoted(value)}")
    message = f'Phần khai báo sai cú pháp YAML ở "{offending.strip()}".'
    remedy = "xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó."
    return Problem(shown, line + first_line, "yaml-syntax", message, remedy)


@dataclass
class _NodeReader:
    """Turns YAML nodes into text, lists and mappings, noting lines and problems on the way."""

    text: list[str]
    shown: str
    first_line: int
    comments: bool
    lines: dict[Location, int]
    problems: list[Problem]

    def value(self, node: Node, at: Location) -> Any:
        self.lines.setdefault(at, node.start_mark.line + self.first_line)
        if isinstance(node, SequenceNode):
            return [self.value(child, (*at, index)) for index, child in enumerate(node.value)]
        if isinstance(node, MappingNode):
            return self.mapping(node, at)
        assert isinstance(node, ScalarNode)
        if not self.comments and node.style is None:
            self.refuse_comment(node)
        return node.value

    def mapping(self, node: MappingNode, at: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + self.first_line
            if not isinstance(key_node, ScalarNode):
                self.problem(line, "yaml-syntax", "Tên trường không phải là chữ.", "ghi mỗi trường một dòng dạng tên: giá trị.")
                continue
            key = key_node.value
            if key in found:
                message = f'Trường "{key}" ghi hai lần.'
                self.problem(line, "doubled-field", message, f"giữ một dòng {key}, xóa dòng kia.")
                continue
            self.lines[(*at, key)] = line
            found[key] = self.value(value_node, (*at, key))
        return found

    def refuse_comment(self, node: ScalarNode) -> None:
        """YAML drops what follows ` #` without a word: "Bài số #5" would become "Bài số"."""
        mark = node.end_mark
        rest = self.text[mark.line][mark.column :] if mark.line < len(self.text) else ""
        if node.value and rest.lstrip().startswith("#"):
            key, value = _split_key(self.text[mark.line])
            message = f'Giá trị "{value}" có " #": YAML bỏ phần từ dấu # trở đi.'
            self.problem(mark.line + self.first_line, "yaml-quotes", message, f"đặt giá trị trong dấu nháy: {key}{quoted(value)}")

    def problem(self, line: int, rule: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.shown, line, rule, message, remedy))
