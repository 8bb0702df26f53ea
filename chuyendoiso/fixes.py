"""Mends what can be mended without a guess: another file form, never another word."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from chuyendoiso.source import quoted
from chuyendoiso.tree import walk_content

_OLD_HEADER = re.compile(r"([A-Za-z_]+):[ \t]*(.*)")


def fix_content(content: Path) -> Iterator[tuple[str, str]]:
    """Mend each article of a content folder in place; yield its name and what was mended."""
    tree = walk_content(content)
    for name in (*tree.articles, "site.yml"):
        path = content / name if name == "site.yml" else tree.files[name]
        if path.suffix not in {".md", ".yml"} or path.is_symlink() or not path.is_file():
            continue
        raw = path.read_bytes()
        try:
            before = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue  # which encoding it is would be a guess
        after, done = fix_text(before, article=name != "site.yml")
        if after != before:
            partial = path.with_name(f"{path.name}~")
            partial.write_bytes(after.encode())
            partial.replace(path)
            yield name, ", ".join(done)


def fix_text(text: str, *, article: bool) -> tuple[str, list[str]]:
    """Return the text mended, and what was done: byte order mark, line ends, NFC, Pelican's old header."""
    done = []
    mended = text.removeprefix("\ufeff")
    if mended != text:
        done.append("bỏ dấu BOM")
    lines = mended.replace("\r\n", "\n").replace("\r", "\n")
    if lines != mended:
        done.append("đổi dấu xuống dòng")
    composed = unicodedata.normalize("NFC", lines)
    if composed != lines:
        done.append("gộp dấu tiếng Việt (NFC)")
    if article and (converted := convert_old_header(composed)):
        composed = converted
        done.append("đổi phần khai báo kiểu cũ sang YAML")
    return composed, done


def convert_old_header(text: str) -> str | None:
    """Return a file in Pelican's own `Title: …` style with YAML front matter; None where it is in another."""
    if not _OLD_HEADER.match(text):
        return None
    header, _, body = text.partition("\n\n")
    fields = []
    for line in header.split("\n"):
        found = _OLD_HEADER.fullmatch(line.strip())
        if not found:
            return None
        key, value = found[1].lower(), found[2].strip()
        if key in {"tags", "authors"}:
            fields.append(f"{key}: [{', '.join(quoted(part.strip()) for part in value.split(',') if part.strip())}]")
        elif key == "author":
            fields.append(f"authors: [{quoted(value)}]")
        else:
            fields.append(f"{ {'category': 'topic'}.get(key, key) }: {quoted(value)}")
    return "---\n" + "\n".join(fields) + "\n---\n\n" + body.lstrip("\n")
