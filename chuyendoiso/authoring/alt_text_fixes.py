"""Ask a person for the missing descriptions of pictures."""

import re
from collections.abc import Callable

from chuyendoiso.authoring.yaml_writer import scalar
from chuyendoiso.content.front_matter import Unreadable, parse_fields, split_front_matter

Ask = Callable[[str], str]

_UNDESCRIBED = re.compile(r"!\[\s*\](?=\(\s*([^)\s]+))")


def describe_pictures(text: str, display_path: str, lines: frozenset[int], ask: Ask) -> str:
    """Ask for each missing alt text; return the file's text with the answers.

    The pictures are on `lines` (from 1).
    """
    text_lines = text.split("\n")
    for number in sorted(lines):
        if number <= len(text_lines):
            text_lines[number - 1] = _describe(text_lines[number - 1], f"{display_path}:{number}", ask)
    return _describe_cover("\n".join(text_lines), display_path, ask)


def _describe(line: str, place: str, ask: Ask) -> str:
    def described(match: re.Match[str]) -> str:
        answer = " ".join(ask(f"{place}: ảnh {match[1]} chưa có mô tả. Ảnh cho thấy gì? (Enter để bỏ qua) ").split())
        return "![" + re.sub(r"([\\\[\]])", r"\\\1", answer) + "]"

    return _UNDESCRIBED.sub(described, line)


def _describe_cover(text: str, display_path: str, ask: Ask) -> str:
    """Ask for the cover's alt text, and add the field `alt` beside `image`."""
    try:
        fields = parse_fields(split_front_matter(text, display_path)[0], display_path, first_line=2)
    except Unreadable:
        return text
    cover = fields.values.get("cover")
    if not isinstance(cover, dict) or not isinstance(cover.get("image"), str) or cover.get("alt", "").strip():
        return text
    lines, number = text.split("\n"), fields.line(("cover", "image"))
    answer = ask(
        f"{display_path}:{number}: ảnh đại diện {cover['image']} chưa có mô tả. Ảnh cho thấy gì? (Enter để bỏ qua) "
    ).strip()
    if not answer:
        return text
    index = number - 1
    if "alt" in cover:
        index = fields.line(("cover", "alt")) - 1
        lines[index] = re.sub(r"(\balt:)\s*(?=[,}]|$)", lambda match: f"{match[1]} {scalar(answer)}", lines[index], count=1)
    elif indent := re.match(r"(\s*)image:", lines[index]):
        lines.insert(number, f"{indent[1]}alt: {scalar(answer)}")
    else:
        lines[index] = re.sub(r"\bimage:", lambda _: f"alt: {scalar(answer)}, image:", lines[index], count=1)
    return "\n".join(lines)
