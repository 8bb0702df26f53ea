"""A small file of JSON that is replaced as a whole, and is on disk before anything else happens."""

import json
import os
from pathlib import Path
from typing import Any


def read_json(path: Path) -> Any:
    """Return what a file holds. Raises OSError and ValueError."""
    return json.loads(path.read_text("utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Replace a file: after a crash, or a power cut, it is the old one or the new one. Nobody but its owner may read it."""
    aside = path.with_name(f"{path.name}.new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(aside, path)
    folder = os.open(path.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
