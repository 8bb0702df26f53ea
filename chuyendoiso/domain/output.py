"""A planned file: where it goes, from what, and how it is made. Features plan these; the engine alone decides what to make."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Output:
    """A file to make.

    `path` is relative to the release, with slashes. `inputs` is a frozen value whose `repr` tells all that the bytes depend on,
    and `make` a module-level function from it to the bytes. `origin` names what the file is for, in messages. Where a file tells the
    sizes of others (a feed its pictures'), `sizes_of` lists their paths (None: no others) and `make` is called with a mapping from path to bytes as well.
    """

    path: str
    inputs: Any
    make: Callable[..., bytes]
    origin: str
    sizes_of: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder whose files outputs are made with; its digest alone tells it apart."""

    path: str
    digest: str

    def __repr__(self) -> str:
        """Leave the path out: the same files give the same bytes wherever they lie."""
        return f"Folder({self.digest})"


@dataclass(frozen=True, slots=True)
class CopyOf:
    """A file that is published byte for byte, named by its content (`digest`, SHA-256 in hex)."""

    path: str
    source: Path
    digest: str
    origin: str


Planned = Output | CopyOf


def page_file(address: str) -> str:
    """Return the file behind a directory address: `/van-ban/` is `van-ban/index.html`; a file's address is its own path."""
    bare = address.removeprefix("/")
    return f"{bare}index.html" if address.endswith("/") else bare
