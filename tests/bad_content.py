"""What the tests of bad content share: small files by kind, and what the checks say of each."""

import os
from pathlib import Path

from conftest import SITES, order

from chuyendoiso.build import pipeline
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.system.progress import Progress

COMMON = {"title": "Bài", "date": "2026-11-20", "summary": "Tóm tắt.", "topic": "xa-hoi-so"}
FOLDERS = {
    "news": "tin-tuc/2026",
    "document": "van-ban",
    "training": "tap-huan",
    "question": "hoi-dap",
    "consultation": "lay-y-kien",
    "page": "trang",
}
FIELDS = {
    "news": COMMON,
    "document": {
        **COMMON,
        "document_number": "1/QĐ-UBND",
        "document_type": "Quyết định",
        "issuing_body": "ubnd",
        "issued_on": "2026-11-19",
        "subject": "Trích yếu.",
    },
    "training": {**COMMON, "audience": "[nguoi-dan]"},
    "question": {**COMMON, "title": "Bài?", "answered_by": "owner", "checked_on": "2026-11-20"},
    "consultation": {
        **COMMON,
        "opens_on": "2026-11-20",
        "closes_on": "2026-12-20",
        "drafting_body": "ubnd",
        "subject": "Trích yếu.",
        "attachments": "[{file: /media/a.pdf, label: Dự thảo}]",
    },
    "page": {"title": "Trang", "summary": "Tóm tắt."},
}
FINE = "Không có lỗi nào."


def make_source(kind: str, change: str = "", body: str = "Chữ.\n") -> str:
    """Return a file of a kind: its fields, those that `change` writes (whole lines) in their places or after them, and its body."""
    fields = {key: f"{key}: {value}" for key, value in FIELDS[kind].items()}
    changed: dict[str, list[str]] = {}
    key = ""
    for line in change.split("\n") if change else ():
        key = key if not line or line.startswith((" ", "\t", "-")) else line.partition(":")[0]
        changed.setdefault(key, []).append(line)
    lines = {**fields, **{key: "\n".join(found) for key, found in changed.items()}}
    return "---\n" + "\n".join(lines.values()) + f"\n---\n{body}"


def write_content(folder: Path, files: dict[str, str | bytes], site: str | bytes | None = None) -> Path:
    """Write a content folder of these files, with the base's site.yml unless another is given."""
    content = folder / "content"
    for name, data in {"site.yml": (SITES / "base.yml").read_bytes() if site is None else site, **files}.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return content


def reported(content: Path, *, copies: bool = False) -> dict[str, str]:
    """Return what the checks say, by the file's name in the content folder; nothing is said of a file that is fine.

    Most of these files have one title: that they seem to be copies is told with `copies` alone.
    """
    try:
        problems = pipeline.read(order(content, content.parent / "output"), Progress(quiet=True)).problems
    except ContentRejected as rejected:
        problems = rejected.problems
    found: dict[str, list[str]] = {}
    for problem in problems:
        if problem.rule == "copied-file" and not copies:
            continue
        found.setdefault(problem.path.removeprefix("content/"), []).append(str(problem).removeprefix(f"{problem.path}:"))
    return {name: "\n".join(lines) for name, lines in found.items()}


def is_alone(path: Path) -> bool:
    """Tell whether a path is a file and nothing stands beside it under another spelling."""
    return path.is_file() and os.listdir(path.parent) == [path.name]
