"""Read the packages of the site: pins, licences, vendored files of the theme."""

import importlib.metadata
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.ops.checksums import digest_of
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain

_PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?((?:\s+--hash=sha256:[0-9a-f]{64})+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_MAX_NAME = 60  # characters of a licence's name; some packages have its text instead


@dataclass(frozen=True, slots=True)
class Pin:
    """A package at a version.

    `hashes` are the SHA-256 of its distributions, of which pip installs one.
    """

    name: str
    version: str
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PinnedPackage:
    """A pinned package.

    Licences and requirements are empty if it is not installed (for another platform).
    """

    pin: Pin
    licences: tuple[str, ...] = ()
    requires: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VendoredPackage:
    """The theme's files from an npm package: SHA-256 by path from the theme's folder."""

    name: str
    version: str
    licence: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The project, and all packages that it needs to build a site."""

    name: str
    version: str
    licence: str
    direct: frozenset[str]  # names of direct dependencies
    packages: tuple[PinnedPackage, ...]
    vendored: tuple[VendoredPackage, ...]


# ── pins ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_text(file: Path) -> str:
    """Return a file's text. Raises BuildStopped."""
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise BuildStopped(f"Không đọc được {file.name}: {explain(error)}.") from error


def read_pins(requirements: Path) -> tuple[Pin, ...]:
    """Return the pins of a requirements file. Raises BuildStopped."""
    return parse_pins(read_text(requirements), requirements.name)


def parse_pins(text: str, name: str) -> tuple[Pin, ...]:
    """Return the pins of a file that `uv pip compile` wrote.

    Raises BuildStopped at a line without version or hash.
    """
    pins = []
    for line in map(str.strip, text.replace("\\\n", " ").splitlines()):
        if not line or line.startswith("#"):
            continue
        match = _PIN.fullmatch(line)
        if not match:
            raise BuildStopped(f'{name}: dòng "{line[:60]}" không ghi phiên bản kèm mã kiểm. Cách sửa: chạy make requirements.')
        pins.append(Pin(match[1], match[2], tuple(sorted(_HASH.findall(match[4])))))
    return tuple(pins)


def parse_requirements(text: str) -> frozenset[str]:
    """Return the package names in a `.in` file."""
    lines = (line.strip() for line in text.splitlines())
    return frozenset(re.split(r"[\s\[<>=!~;]", line)[0].lower() for line in lines if line and line[0] not in "#-")


def _installed(pin: Pin) -> importlib.metadata.Distribution | None:
    """Return the installed distribution; None if there is none (another platform)."""
    try:
        return importlib.metadata.distribution(pin.name)
    except importlib.metadata.PackageNotFoundError:
        return None


def installed_versions(pins: Iterable[Pin]) -> dict[str, str]:
    """Return the version of each installed package."""
    return {pin.name: package.version for pin in pins if (package := _installed(pin))}


# ── inventory ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_inventory(root: Path) -> Inventory:
    """Read the packages of a project from its files. Raises BuildStopped."""
    project = tomllib.loads(read_text(root / "pyproject.toml"))["project"]
    vendored = tomllib.loads(read_text(root / "scripts/vendored.toml"))["package"]
    return Inventory(
        name=project["name"],
        version=project["version"],
        licence=project["license"],
        direct=parse_requirements(read_text(root / "requirements.in")),
        packages=tuple(map(_read_package, read_pins(root / "requirements.txt"))),
        vendored=tuple(_read_vendored(package, root / "theme") for package in vendored),
    )


def _read_package(pin: Pin) -> PinnedPackage:
    package = _installed(pin)
    if package is None:
        return PinnedPackage(pin)
    if package.version != pin.version:
        raise BuildStopped(
            f"{pin.name} đang cài bản {package.version}, requirements.txt ghi bản {pin.version}. Cách sửa: chạy make html để cài lại."
        )
    fields = (package.metadata.get_all(name) or [] for name in ("License-Expression", "License", "Classifier"))
    return PinnedPackage(pin, licences_of(*fields), required_names(package.requires or ()))


def _read_vendored(package: Mapping[str, str], theme: Path) -> VendoredPackage:
    try:
        files = {path: digest_of(theme / path) for path in package["files"]}
    except OSError as error:
        raise BuildStopped(f"Không đọc được {error.filename}: {explain(error)}. Cách sửa: chạy .venv/bin/invoke vendor.") from error
    return VendoredPackage(package["name"], package["version"], package["licence"], files)


def licences_of(expressions: Iterable[str], fields: Iterable[str], classifiers: Iterable[str]) -> tuple[str, ...]:
    """Return a package's licences: SPDX expression, else classifiers, else names.

    The expression is PEP 639's; names are from the old field `License`.
    """
    licences = sorted(
        text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License ::") and text != "License :: OSI Approved"
    )
    names = (text.strip() for text in fields if len(text) <= _MAX_NAME and "\n" not in text.strip())
    return tuple(expressions) or tuple(licences) or tuple(filter(None, names))


def required_names(requires: Iterable[str]) -> frozenset[str]:
    """Return the names of required packages, without requirements of extras (PEP 508)."""
    return frozenset(re.split(r"[\s\[<>=!~;(]", text)[0].lower().replace("_", "-") for text in requires if "extra ==" not in text)
