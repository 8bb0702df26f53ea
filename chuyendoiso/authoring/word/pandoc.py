"""The only home of pandoc: a .docx → its syntax tree, a tree → Markdown. What stands in the tree is for `blocks` and `inlines`.

The tree is pandoc's JSON: `{"t": "Para", "c": [{"t": "Str", "c": "Kế"}, …]}`, see Text.Pandoc.Definition in pandoc-types.
"""

import json
import subprocess
from typing import Any

from chuyendoiso.authoring.word.import_report import ImportStopped

Node = dict[str, Any]
Nodes = list[Node]

SECONDS = 60
_MEMORY = "-M1500m"
# What the site's converter understands, and no more
_MARKDOWN = "markdown_strict+pipe_tables+footnotes"


def read_tree(docx: bytes, shown: str) -> Node:
    """Return the tree of a Word file, changes accepted, comments left out. Raises ImportStopped."""
    tree: Node = json.loads(_run(["-f", "docx", "-t", "json", "--track-changes=accept"], docx, shown))
    return tree


def write_markdown(tree: Node, shown: str) -> str:
    """Return a tree as Markdown. Raises ImportStopped."""
    written = _run(
        ["-f", "json", "-t", _MARKDOWN, "--wrap=none", "--reference-location=document"], json.dumps(tree).encode(), shown
    )
    return written.decode().replace("\r\n", "\n")


def _run(arguments: list[str], given: bytes, shown: str) -> bytes:
    command = [_pandoc(), "+RTS", _MEMORY, "-RTS", "--sandbox", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise ImportStopped(shown, f"Chuyển tệp này mất hơn {SECONDS} giây.", "chia tệp ra thành vài tệp nhỏ hơn.") from None
    if done.returncode:
        raise ImportStopped(shown, "Pandoc không chuyển được tệp này.", "mở bằng Word, lưu lại, rồi nhập lại.")
    return done.stdout


def _pandoc() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        raise MissingPandoc from None


class MissingPandoc(ImportStopped):
    """The package that brings pandoc is not installed: it is large, so only who imports Word files has it."""

    def __init__(self) -> None:
        super().__init__("pandoc", "Chưa cài phần đọc tệp Word.", "chạy make import FILE=tệp.docx, lệnh này tự cài những gì cần.")
