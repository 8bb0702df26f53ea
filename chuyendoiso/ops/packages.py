"""What the site is made with: each pinned package with its licence and what it needs, and what the theme has from others."""

import importlib.metadata
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.ops.pins import Pin, parse_pins, parse_wanted, read_text
from chuyendoiso.ops.release_hash import digest_of
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain

_SHORT = 60  # some packages have the whole licence where its name belongs


@dataclass(frozen=True, slots=True)
class PinnedPackage:
    """A pinned package; no licences and needs are known of one that is not installed here (for another platform)."""

    pin: Pin
    licences: tuple[str, ...] = ()
    requires: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vendored:
    """What the theme has from an npm package; `files` are SHA-256 by path from the theme's folder."""

    name: str
    version: str
    licence: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The project, and all that it needs to build the site."""

    name: str
    version: str
    licence: str
    wanted: frozenset[str]  # packages that it asks for by itself
    packages: tuple[PinnedPackage, ...]
    vendored: tuple[Vendored, ...]


def read_parts(root: Path) -> Parts:
    """Return what a project's files name, and what is known of it here. Raises BuildStopped."""
    project = tomllib.loads(read_text(root / "pyproject.toml"))["project"]
    pins = parse_pins(read_text(root / "requirements.txt"), "requirements.txt")
    return Parts(
        name=project["name"],
        version=project["version"],
        licence=project["license"],
        wanted=parse_wanted(read_text(root / "requirements.in")),
        packages=tuple(_read_package(pin) for pin in pins),
        vendored=tuple(
            _read_vendored(one, root / "theme") for one in tomllib.loads(read_text(root / "scripts/vendored.toml"))["package"]
        ),
    )


def _read_package(pin: Pin) -> PinnedPackage:
    try:
        found = importlib.metadata.distribution(pin.name)
    except importlib.metadata.PackageNotFoundError:
        return PinnedPackage(pin)
    if found.version != pin.version:
        raise BuildStopped(
            f"{pin.name} đang cài bản {found.version}, requirements.txt ghi bản {pin.version}. Cách sửa: chạy make html để cài lại."
        )
    told = found.metadata
    expressions, fields, classifiers = (told.get_all(name) or [] for name in ("License-Expression", "License", "Classifier"))
    return PinnedPackage(pin, licences_of(expressions, fields, classifiers), needs_of(found.requires or ()))


def _read_vendored(told: Mapping[str, str], theme: Path) -> Vendored:
    try:
        return Vendored(told["name"], told["version"], told["licence"], {path: digest_of(theme / path) for path in told["files"]})
    except OSError as error:
        raise BuildStopped(f"Không đọc được {error.filename}: {explain(error)}. Cách sửa: chạy .venv/bin/invoke vendor.") from error


def licences_of(expressions: Iterable[str], fields: Iterable[str], classifiers: Iterable[str]) -> tuple[str, ...]:
    """Return a package's licences as it names them: the SPDX expression (PEP 639), else the classifiers, else the old field if it is a name."""
    licences = [
        one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::") and one != "License :: OSI Approved"
    ]
    names = [one.strip() for one in fields if len(one) <= _SHORT and "\n" not in one.strip()]
    return tuple(expressions) or tuple(sorted(licences)) or tuple(name for name in names if name)


def needs_of(requires: Iterable[str]) -> frozenset[str]:
    """Return the names of the packages that another needs, but for those of its extras (PEP 508)."""
    return frozenset(re.split(r"[\s\[<>=!~;(]", one)[0].lower().replace("_", "-") for one in requires if "extra ==" not in one)
