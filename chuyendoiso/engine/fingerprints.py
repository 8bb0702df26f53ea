"""What an output's bytes depend on, as one hash: its inputs, the function that makes it, the code and the theme."""

import hashlib
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from chuyendoiso.domain.output import CopyOf, Planned

LIBRARIES = ("markdown", "nh3", "jinja2", "markupsafe", "feedgen", "lxml", "pillow", "pydantic", "pyyaml")


def code_digest(folders: Iterable[Path]) -> str:
    """Return the hash of all files below the folders, and of the versions of the libraries that bytes come from."""
    digest = hashlib.sha256()
    for name in LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                digest.update(f"{file.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def fingerprint(planned: Planned, code: str, sizes: Mapping[str, int]) -> str:
    """Return the hash of all that a planned file's bytes depend on; frozen inputs are told apart by their `repr`."""
    if isinstance(planned, CopyOf):
        return f"copy {planned.digest}"
    text = f"{code}\n{planned.make.__module__}.{planned.make.__qualname__}\n{planned.inputs!r}\n{sorted(sizes.items())}"
    return hashlib.sha256(text.encode()).hexdigest()
