"""Mends the form of a file's text without a guess: bytes, line ends, composed letters, Pelican's old header; never another word. Pure."""

import codecs
import re
import unicodedata

from chuyendoiso.content.yaml_problems import quoted
from chuyendoiso.model.tracking import without_tracking

_OLD_HEADER = re.compile(r"([A-Za-z_]+):[ \t]*(.*)")


def decode_marked(raw: bytes) -> tuple[str, str] | None:
    """Return the text of a file that is UTF-8, or says that it is UTF-16, and what was done; None where it would be a guess."""
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return (raw.decode("utf-16"), "đổi bảng mã UTF-16 sang UTF-8") if marked else (raw.decode("utf-8"), "")
    except UnicodeDecodeError:
        return None


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
    if (clean := without_tracking(composed)) != composed:
        composed = clean
        done.append("bỏ phần theo dõi trong địa chỉ")
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
