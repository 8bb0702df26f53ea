"""Descriptions of pictures that have none: only a person can give them, so they are asked for. Pure but for asking."""

import re
from collections.abc import Callable

from chuyendoiso.authoring.yaml_writer import scalar
from chuyendoiso.content.front_matter import Unreadable, parse_fields, split_front_matter

Ask = Callable[[str], str]

_UNDESCRIBED = re.compile(r"!\[\s*\](?=\(\s*([^)\s]+))")


def describe_pictures(text: str, shown: str, lines: frozenset[int], ask: Ask) -> str:
    """Return a file's text with what a person says of its pictures; `lines` (from 1) are those on which a picture lacks a description."""
    written = text.split("\n")
    for number in sorted(lines):
        if number <= len(written):
            written[number - 1] = _described(written[number - 1], f"{shown}:{number}", ask)
    return _with_cover("\n".join(written), shown, ask)


def _described(line: str, where: str, ask: Ask) -> str:
    return _UNDESCRIBED.sub(lambda found: f"![{_asked(found[1], where, ask)}]", line)


def _asked(picture: str, where: str, ask: Ask) -> str:
    answer = " ".join(ask(f"{where}: ảnh {picture} chưa có mô tả. Ảnh cho thấy gì? (Enter để bỏ qua) ").split())
    return re.sub(r"([\\\[\]])", r"\\\1", answer)


def _with_cover(text: str, shown: str, ask: Ask) -> str:
    """Ask for the description of the cover, and write it beside the cover's picture."""
    try:
        fields = parse_fields(split_front_matter(text, shown)[0], shown, first_line=2)
    except Unreadable:
        return text
    cover = fields.values.get("cover")
    if not isinstance(cover, dict) or not isinstance(cover.get("image"), str) or cover.get("alt", "").strip():
        return text
    lines, number = text.split("\n"), fields.line(("cover", "image"))
    answer = ask(f"{shown}:{number}: ảnh đại diện {cover['image']} chưa có mô tả. Ảnh cho thấy gì? (Enter để bỏ qua) ").strip()
    if not answer:
        return text
    if "alt" in cover:
        at = fields.line(("cover", "alt")) - 1
        lines[at] = re.sub(r"(\balt:)\s*(?=[,}]|$)", lambda found: f"{found[1]} {scalar(answer)}", lines[at], count=1)
    elif re.match(r"\s*image:", lines[number - 1]):
        indent = lines[number - 1][: -len(lines[number - 1].lstrip())]
        lines.insert(number, f"{indent}alt: {scalar(answer)}")
    else:
        lines[number - 1] = re.sub(r"\bimage:", lambda _: f"alt: {scalar(answer)}, image:", lines[number - 1], count=1)
    return "\n".join(lines)
