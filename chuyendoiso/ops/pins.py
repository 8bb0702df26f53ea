"""The pinned packages: what requirements.txt says, and what is installed of it."""

import importlib.metadata
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain

_PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?((?:\s+--hash=sha256:[0-9a-f]{64})+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """A package at a version; `hashes` are the SHA-256 of its distributions, of which pip takes one."""

    name: str
    version: str
    hashes: tuple[str, ...]


def parse_pins(text: str, name: str) -> tuple[Pin, ...]:
    """Return the pins of a file as `uv pip compile` writes it. Raises BuildStopped at a line without version or hash."""
    pins = []
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _PIN.fullmatch(line.strip())
        if not found:
            raise BuildStopped(
                f'{name}: dòng "{line.strip()[:60]}" không ghi phiên bản kèm mã kiểm. Cách sửa: chạy make requirements.'
            )
        pins.append(Pin(found[1], found[2], tuple(sorted(_HASH.findall(found[4])))))
    return tuple(pins)


def parse_wanted(text: str) -> frozenset[str]:
    """Return the names that a `.in` file asks for."""
    lines = (line.strip() for line in text.splitlines())
    return frozenset(re.split(r"[\s\[<>=!~;]", line)[0].lower() for line in lines if line and line[0] not in "#-")


def read_text(file: Path) -> str:
    """Return a file's text. Raises BuildStopped."""
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise BuildStopped(f"Không đọc được {file.name}: {explain(error)}.") from error


def installed_versions(pins: Iterable[Pin]) -> dict[str, str]:
    """Return the version of each package that is installed; one for another platform is not."""
    found = {}
    for pin in pins:
        try:
            found[pin.name] = importlib.metadata.version(pin.name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
