"""The hash of files and folders, whatever their times are."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def file_digest(places: Iterable[Path]) -> str:
    """Return the hash of files, and of all files below folders, with their names."""
    digest = hashlib.sha256()
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts:
                name = file.relative_to(place).as_posix() if place.is_dir() else file.name
                digest.update(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
