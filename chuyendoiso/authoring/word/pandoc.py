"""Run pandoc: a .docx to a syntax tree, a syntax tree to Markdown.

The tree is pandoc's JSON: `{"t": "Para", "c": [{"t": "Str", "c": "Kế"}, …]}`, see Text.Pandoc.Definition in pandoc-types.
"""

import json
import subprocess
from typing import Any

from chuyendoiso.authoring.word.import_report import ImportStopped

Node = dict[str, Any]
Nodes = list[Node]

SECONDS = 60
# Only the extensions that the site's Markdown converter supports
_MARKDOWN = "markdown_strict+pipe_tables+footnotes"


def read_tree(docx: bytes, file_name: str) -> Node:
    """Return the tree of a Word file. Raise ImportStopped if pandoc fails.

    Changes are accepted, comments are left out.
    """
    tree: Node = json.loads(_run(["-f", "docx", "-t", "json", "--track-changes=accept"], docx, file_name))
    return tree


def write_markdown(tree: Node, file_name: str) -> str:
    """Return a tree as Markdown. Raise ImportStopped if pandoc fails."""
    arguments = ["-f", "json", "-t", _MARKDOWN, "--wrap=none", "--reference-location=document"]
    return _run(arguments, json.dumps(tree).encode(), file_name).decode().replace("\r\n", "\n")


def is_installed() -> bool:
    """Return whether pandoc is there."""
    try:
        return bool(_pandoc())
    except ImportStopped:
        return False


def _run(arguments: list[str], stdin: bytes, file_name: str) -> bytes:
    command = [_pandoc(), "+RTS", "-M1500m", "-RTS", "--sandbox", *arguments]  # -M limits the memory
    try:
        process = subprocess.run(command, input=stdin, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise ImportStopped(file_name, f"Chuyển tệp này mất hơn {SECONDS} giây.", "chia tệp ra thành vài tệp nhỏ hơn.") from None
    if process.returncode:
        raise ImportStopped(file_name, "Pandoc không chuyển được tệp này.", "mở bằng Word, lưu lại, rồi nhập lại.")
    return process.stdout


def _pandoc() -> str:
    """Return the path of pandoc. Raise ImportStopped if it is not installed.

    It is large, so it is an optional dependency.
    """
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        remedy = "chạy make import FILE=tệp.docx, lệnh này tự cài những gì cần."
        raise ImportStopped("pandoc", "Chưa cài phần đọc tệp Word.", remedy) from None
