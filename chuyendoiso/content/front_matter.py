"""Parse a content file: front matter as text with line numbers, and a body.

YAML's own types are never used (it turns `012` into 10 and `12:30` into 750): scalars stay text. Whatever YAML would silently drop or
resolve (a comment after a value, a duplicate key, an anchor, a tag) is a problem. `model.item_fields` has the fields.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import Reader

from chuyendoiso.content.decode import Unreadable as Unreadable
from chuyendoiso.content.decode import control_problem, decode_text, read_bytes
from chuyendoiso.content.decode import read_text as read_text
from chuyendoiso.content.yaml_problems import DEEPEST, _escape_message, _indirections, _split_key, _yaml_problem, quoted
from chuyendoiso.model.characters import forbidden_in, forbidden_reference, neutralised, without_invisible_references
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.vocabulary import Kind

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Fields:
    """A YAML mapping as text, lists and mappings, with line numbers (from 1)."""

    values: Mapping[str, Any]
    lines: Mapping[Location, int]

    def line(self, location: Location) -> int:
        """Return the line of a location, or of the nearest location around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


@dataclass(frozen=True)
class SourceFile:
    """A decoded content file, its front matter parsed."""

    path: str  # relative to the content folder, NFC, with slashes
    kind: Kind
    fields: Fields
    body: str
    body_line: int  # the body's first line in the file
    text: str  # of the complete file


def read_source(path: Path, name: str, display_path: str) -> SourceFile:
    """Read one content file. Raises Unreadable."""
    return parse_source(read_bytes(path, display_path), name, display_path)


def parse_source(raw: bytes, name: str, display_path: str) -> SourceFile:
    """Parse the bytes of one content file. Raises Unreadable."""
    text = decode_text(raw, display_path)
    if not text.strip():
        raise Unreadable(Problem(display_path, 1, "empty-file", "Tệp rỗng.", "viết nội dung, hoặc xóa tệp nếu không cần."))
    header, body, body_line = split_front_matter(text, display_path)
    body = without_invisible_references(body)
    if forbidden := forbidden_reference(body):
        raise Unreadable(control_problem(forbidden[1], display_path, body_line + body.count("\n", 0, forbidden[0])))
    return SourceFile(name, Kind(name.partition("/")[0]), parse_fields(header, display_path, first_line=2), body, body_line, text)


def split_front_matter(text: str, display_path: str) -> tuple[str, str, int]:
    """Return front matter, body, and the body's first line. Raises Unreadable."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise Unreadable(_no_front_matter(lines[0], display_path))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2
    message = "Phần khai báo mở bằng dòng --- nhưng không có dòng --- đóng lại."
    raise Unreadable(Problem(display_path, 1, "front-matter", message, "thêm một dòng --- ngay sau trường cuối cùng."))


def _no_front_matter(first: str, display_path: str) -> Problem:
    if re.match(r"[A-Za-z_]+:\s", first):
        message = f'Phần khai báo viết theo kiểu cũ của Pelican ("{first.strip()}"), không có dòng --- bao quanh.'
        return Problem(
            display_path, 1, "pelican-header", message, "chạy make check FIX=1, hoặc đặt phần khai báo giữa hai dòng ---."
        )
    message = "Dòng đầu tiên không phải ---, tệp không có phần khai báo."
    return Problem(display_path, 1, "front-matter", message, "đặt phần khai báo giữa hai dòng --- ở đầu tệp.")


def parse_fields(text: str, display_path: str, *, first_line: int = 1, comments: bool = False) -> Fields:
    """Parse a YAML mapping strictly into text. Raises Unreadable.

    `comments` allows a comment after a value (site.yml).
    """
    _refuse_characters(text, display_path, first_line)
    text = _with_straight_quotes(text)
    root = _compose_fast(text) or _compose(text, display_path, first_line)
    if not isinstance(root, MappingNode):
        message = "Phần khai báo không có trường nào dạng “tên: giá trị”."
        raise Unreadable(
            Problem(display_path, first_line, "front-matter", message, "ghi mỗi trường một dòng, ví dụ title: Tên bài.")
        )
    reader = _NodeReader(text.split("\n"), display_path, first_line, comments)
    values = reader.value(root, ())
    if reader.problems:
        raise Unreadable(*reader.problems)
    return Fields(values, reader.lines)


_CURLY = re.compile(
    r"""^(\s*(?:-\s+)?[\w-]+:\s+|\s*-\s+)“([^“”"\\\n]*)”(?=\s*$)      # the value of a line
    | ([\[{,:]\s*)“([^“”"\\\n]*)”(?=\s*[,\]}])                          # of a list or group in brackets
    """,
    re.MULTILINE | re.VERBOSE,
)


_BLOCK_SCALAR = re.compile(r"(\s*)\S.*(?::|-)\s+[|>][+\d-]*\s*")


def _with_straight_quotes(text: str) -> str:
    """Replace the curly quotes around values, which word processors make.

    Curly quotes within other quotes are unchanged.
    """
    if "“" not in text:
        return text
    lines = text.split("\n")
    block = -1  # the indentation of the key of an open block scalar
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if block >= 0 and (not line.strip() or indent > block):
            continue
        match = _BLOCK_SCALAR.fullmatch(line)
        block = len(match[1]) if match else -1
        if "“" in line and not ('"' in line or "'" in line):
            lines[number] = _CURLY.sub(lambda match: f'{match[1] or match[3]}"{match[2] if match[1] else match[4]}"', line)
    return "\n".join(lines)


def _refuse_characters(text: str, display_path: str, first_line: int) -> None:
    """Refuse characters that PyYAML cannot read, and line breaks that only YAML has.

    Raises Unreadable for the first.
    """
    matches = [match for pattern in (_YAML_BREAK, Reader.NON_PRINTABLE) if (match := pattern.search(text))]
    if matches:
        first = min(matches, key=re.Match.start)
        raise Unreadable(control_problem(f"U+{ord(first[0]):04X}", display_path, first_line + text.count("\n", 0, first.start())))


def _compose_fast(text: str) -> Node | None:
    """Compose plain text by libyaml (ten times faster); None if it is not plain.

    Plain text has nothing for `_indirections` to find.
    """
    if _LIBYAML is None or _INDIRECT.search(text) or sum(map(text.count, "[{")) > DEEPEST // 2 or _DEEP.search(text):
        return None
    try:
        root = yaml.compose(text, Loader=_LIBYAML)
    except (yaml.YAMLError, ValueError):
        return None  # the parser that every machine has reports it
    return root if root and not _has_folded(root) else None


def _has_folded(node: Node) -> bool:
    """Return whether a value has a second line: the two parsers differ there."""
    if isinstance(node, ScalarNode):
        return bool(node.start_mark.line != node.end_mark.line)
    return any(map(_has_folded, [child for pair in node.value for child in pair] if isinstance(node, MappingNode) else node.value))


_LIBYAML = getattr(yaml, "CBaseLoader", None)
_INDIRECT = re.compile("[&*!%@`\\\\|>?\t\x85\u2028\u2029\ufeff]|---|\\.\\.\\.")
_DEEP = re.compile(r"^ {20}", re.MULTILINE)
_YAML_BREAK = re.compile("[\r\x85\u2028\u2029]")  # PyYAML's Scanner.scan_line_break, but LF
_BEYOND_UNICODE = re.compile(r"\\U(?!00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})")


def _compose(text: str, display_path: str, first_line: int) -> Node | None:
    """Compose any text by PyYAML's own parser. Raises Unreadable."""
    try:
        if problems := list(_indirections(text, display_path, first_line)):
            raise Unreadable(*problems)
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise Unreadable(_yaml_problem(error, text, display_path, first_line)) from None
    except (ValueError, OverflowError):  # PyYAML passes to `chr` any number after \\U
        match = _BEYOND_UNICODE.search(text)
        line = text.count("\n", 0, match.start()) if match else 0
        raise Unreadable(
            Problem(display_path, line + first_line, "yaml-quotes", *_escape_message(text.split("\n")[line].strip()))
        ) from None


@dataclass
class _NodeReader:
    """Converts YAML nodes to text, lists and mappings; records lines and problems."""

    text: list[str]
    display_path: str
    first_line: int
    comments: bool
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def value(self, node: Node, at: Location) -> Any:
        self.lines.setdefault(at, node.start_mark.line + self.first_line)
        if isinstance(node, SequenceNode):
            return [self.value(child, (*at, index)) for index, child in enumerate(node.value)]
        if isinstance(node, MappingNode):
            return self.mapping(node, at)
        assert isinstance(node, ScalarNode)
        if node.style is None:
            self.refuse_joined(node)
        if not self.comments and not node.style:
            self.refuse_comment(node)
        return self.text_of(node)

    def text_of(self, node: ScalarNode) -> str:
        r"""Return a scalar's text, with the characters that a file may hold.

        In quotes an escape (`\u202e`) can write any character.
        """
        text = neutralised(str(node.value))
        if forbidden := forbidden_in(text):
            self.problems.append(control_problem(forbidden[1], self.display_path, node.start_mark.line + self.first_line))
        return text

    def mapping(self, node: MappingNode, at: Location) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + self.first_line
            if not isinstance(key_node, ScalarNode):
                self.problem(line, "yaml-syntax", "Tên trường không phải là chữ.", "ghi mỗi trường một dòng dạng tên: giá trị.")
                continue
            key = self.text_of(key_node)
            if key in values:
                self.problem(line, "doubled-field", f'Trường "{key}" ghi hai lần.', f"giữ một dòng {key}, xóa dòng kia.")
                continue
            self.lines[(*at, key)] = line
            values[key] = self.value(value_node, (*at, key))
        return values

    def refuse_joined(self, node: ScalarNode) -> None:
        """Refuse a line that is indented too far.

        YAML joins it to the line above: two elements of a list would become "a - b".
        """
        for number in range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(self.text))):
            if self.text[number].lstrip().startswith("- "):
                message = f'Mục "{self.text[number].strip()}" thụt vào sâu hơn mục phía trên.'
                self.problem(number + self.first_line, "yaml-syntax", message, "thụt mọi mục của một danh sách như nhau.")

    def refuse_comment(self, node: ScalarNode) -> None:
        """Refuse a value with ` #`: YAML would silently cut "Bài số #5" to "Bài số"."""
        mark = node.end_mark
        rest = self.text[mark.line][mark.column :] if mark.line < len(self.text) else ""
        if node.value and rest.lstrip().startswith("#"):
            key, value = _split_key(self.text[mark.line])
            message = f'Giá trị "{value}" có " #": YAML bỏ phần từ dấu # trở đi.'
            self.problem(mark.line + self.first_line, "yaml-quotes", message, f"đặt giá trị trong dấu nháy: {key}{quoted(value)}")

    def problem(self, line: int, rule: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.display_path, line, rule, message, remedy))
