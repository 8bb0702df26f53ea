"""Explain YAML errors to editors: the fault, and the remedy."""

import re
from collections.abc import Iterator

import yaml
from yaml.error import MarkedYAMLError

from chuyendoiso.model.problems import Problem

DEEPEST = 20  # groups and lists within each other; the fields need five


def _indirections(text: str, display_path: str, first_line: int) -> Iterator[Problem]:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line if event.start_mark else 0
        if depth > DEEPEST:
            message = f"Phần khai báo có ngoặc hoặc mục con lồng nhau quá {DEEPEST} tầng."
            yield Problem(display_path, line + first_line, "yaml-syntax", message, "xóa bớt ngoặc, hoặc bớt thụt dòng.")
            return
        if not getattr(event, "anchor", None) and not getattr(event, "tag", None):
            continue
        key, value = _split_key(text.split("\n")[line])
        message = f'Giá trị "{value}" có ký hiệu riêng của YAML (&, * hoặc !).'
        remedy = f"đặt giá trị trong dấu nháy: {key}{quoted(value)}"
        if value[:1] in "[{":
            remedy = "bỏ ký hiệu ấy, hoặc đặt mục có ký hiệu trong dấu nháy."
        yield Problem(display_path, line + first_line, "yaml-indirection", message, remedy)
        return


def _split_key(line: str) -> tuple[str, str]:
    """Return the text before a line's value, and the value."""
    match = re.match(r"(\s*(?:-\s+)?(?:\w[\w -]*:\s+)?)(.*?)\s*$", line)
    return (match[1].lstrip(), match[2]) if match else ("", line)


def quoted(value: str) -> str:
    """Return the value as a YAML scalar in quotes."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _yaml_problem(error: yaml.YAMLError, text: str, display_path: str, first_line: int) -> Problem:
    if not isinstance(error, MarkedYAMLError):  # a character that YAML does not allow
        message = "Phần khai báo có ký tự mà YAML không nhận."
        return Problem(display_path, first_line, "yaml-syntax", message, "xóa ký tự lạ trong phần khai báo.")
    lines = text.split("\n")
    line, rule, message, remedy = _unclosed_problem(error, lines) or _line_problem(error, lines)
    return Problem(display_path, line + first_line, rule, message, remedy)


_Diagnosis = tuple[int, str, str, str]  # the line from 0, rule, message, remedy


def _unclosed_problem(error: MarkedYAMLError, lines: list[str]) -> _Diagnosis | None:
    """Diagnose an unclosed quote or bracket: YAML only notices lines later."""
    if not error.context_mark or not error.context:
        return None
    line = error.context_mark.line
    opened = lines[line].strip()
    if "escape" in (error.problem or ""):
        return line, "yaml-quotes", *_escape_message(opened)
    if "quoted scalar" in error.context:
        message = f'Dấu nháy mở ở "{opened}" không có dấu nháy đóng.'
        if opened.endswith(("”", "“")):
            return line, "yaml-syntax", message, f"thay dấu {opened[-1]} ở cuối dòng bằng dấu nháy thẳng."
        return line, "yaml-syntax", message, "thêm dấu nháy ở cuối giá trị, hoặc bỏ dấu nháy mở."
    if re.search("flow (sequence|mapping)", error.context) and len(re.findall(r"[\[{]", opened)) > len(
        re.findall(r"[\]}]", opened)
    ):
        return line, "yaml-syntax", f'Dấu ngoặc mở ở "{opened}" không có dấu ngoặc đóng.', "thêm dấu ngoặc đóng ở cuối giá trị."
    return None


def _escape_message(opened: str) -> tuple[str, str]:
    key, value = _split_key(opened)
    return f'Trong dấu nháy kép, dấu \\ đổi nghĩa chữ sau nó: "{opened}".', f"dùng dấu nháy đơn: {key}'{value.strip(chr(34))}'"


_READ_OTHERWISE = re.compile(r"""\[[^\]]*\]\s*[^\s,\]]|"[^"]*"\s*\S|'[^']*'\s*[^\s']|- """)  # a beginning that YAML ends there


def _line_problem(error: MarkedYAMLError, lines: list[str]) -> _Diagnosis:
    """Diagnose the line at which YAML stopped, or the line above it."""
    mark = error.problem_mark or error.context_mark
    line = min(mark.line if mark else 0, len(lines) - 1)
    while line and not lines[line].strip():
        line -= 1
    offending = lines[line]
    if "\t" in offending[: len(offending) - len(offending.lstrip())] or "'\\t'" in str(error):
        if "\t" in offending.strip():
            return line, "yaml-syntax", f'Có phím Tab giữa dòng "{offending.strip()}", YAML không nhận.', "thay Tab bằng dấu cách."
        return line, "yaml-syntax", "Dòng thụt vào bằng phím Tab, YAML không nhận.", "thay Tab bằng hai dấu cách."
    for number in (line, line - 1):
        if number >= 0 and (glued := re.fullmatch(r"([A-Za-z_]+):([^\s/].*)", lines[number].strip())):
            return number, "yaml-syntax", f'Thiếu dấu cách sau dấu hai chấm ở "{glued[0]}".', f"ghi {glued[1]}: {glued[2]}"
    key, value = _split_key(offending)
    if key and value and (": " in value or value.endswith(":") or value[0] in "%@`&*!|>#]}," or _READ_OTHERWISE.match(value)):
        message = f'Giá trị "{value}" có ký hiệu mà YAML hiểu khác.'
        return line, "yaml-quotes", message, f"đặt giá trị trong dấu nháy: {key}{quoted(value)}"
    if value.startswith("[") and value.endswith("]") and re.search(r"\?\s*[,\]]", value):
        entries = ", ".join(
            entry if entry[:1] in "\"'" else quoted(entry) for entry in map(str.strip, value[1:-1].split(",")) if entry
        )
        message = f'Danh sách "{value}" có dấu ? mà YAML hiểu khác.'
        return line, "yaml-syntax", message, f"đặt từng câu trong dấu nháy: {key}[{entries}]"
    message = f'Phần khai báo sai cú pháp YAML ở "{offending.strip()}".'
    remedy = "xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó."
    return line, "yaml-syntax", message, remedy
