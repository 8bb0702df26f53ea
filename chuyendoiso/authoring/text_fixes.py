"""Fix the form of a file's text: encoding, line ends, old headers."""

import codecs
import re
import unicodedata
from collections.abc import Callable

from chuyendoiso.content.yaml_problems import quoted
from chuyendoiso.model.tracking import without_tracking

_OLD_HEADER = re.compile(r"([A-Za-z_]+):[ \t]*(.*)")


def decode_with_bom(raw: bytes) -> str | None:
    """Decode UTF-8, or UTF-16 with a byte order mark; return None for other bytes."""
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if marked else "utf-8")
    except UnicodeDecodeError:
        return None


def fix_text(text: str, *, article: bool) -> tuple[str, list[str]]:
    """Return the fixed text, and a message for each fix."""
    steps: dict[str, Callable[[str], str]] = {
        "bỏ dấu BOM": lambda text: text.removeprefix("\ufeff"),
        "đổi dấu xuống dòng": lambda text: text.replace("\r\n", "\n").replace("\r", "\n"),
        "gộp dấu tiếng Việt (NFC)": lambda text: unicodedata.normalize("NFC", text),
        "bỏ phần theo dõi trong địa chỉ": without_tracking,
    }
    if article:
        steps["đổi phần khai báo kiểu cũ sang YAML"] = _convert_old_header
    messages = []
    for message, step in steps.items():
        fixed = step(text)
        if fixed != text:
            messages.append(message)
            text = fixed
    return text, messages


def _convert_old_header(text: str) -> str:
    """Convert Pelican's old `Title: …` header to YAML; other text is unchanged."""
    if not _OLD_HEADER.match(text):
        return text
    header, _, body = text.partition("\n\n")
    fields = []
    for line in header.split("\n"):
        match = _OLD_HEADER.fullmatch(line.strip())
        if not match:
            return text
        key, value = match[1].lower(), match[2].strip()
        if key in {"tags", "authors"}:
            fields.append(f"{key}: [{', '.join(quoted(part.strip()) for part in value.split(',') if part.strip())}]")
        elif key == "author":
            fields.append(f"authors: [{quoted(value)}]")
        else:
            fields.append(f"{'topic' if key == 'category' else key}: {quoted(value)}")
    return "---\n" + "\n".join(fields) + "\n---\n\n" + body.lstrip("\n")
