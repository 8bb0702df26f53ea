"""The fingerprint of a target: its inputs, its function and that function's code."""

import hashlib
import os
import platform
import sys
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from chuyendoiso.model.target import FileFacts, Planned, StaticFile
from chuyendoiso.system.file_status import file_digest

# Libraries that parse content or write bytes, and their dependencies. `tests/unit/build/test_fingerprints.py` compares it with the imports.
LIBRARIES = frozenset(
    "annotated_types feedgen icalendar jinja2 lxml markdown markupsafe nh3 packaging pikepdf pillow pillow_heif pydantic pydantic_core pypdfium2"
    " python_dateutil pyyaml rcssmin rjsmin segno typing_extensions typing_inspection tzdata".split()
)
SPLIT_ROOMS = frozenset({"content", "outputs"})  # each folder and module of these has its own digest
# part → the other parts that its functions call; all call the model
CALLED: Mapping[str, tuple[str, ...]] = {
    "outputs/channels": ("outputs/content_types", "outputs/feeds", "outputs/images"),
    "outputs/feeds": ("outputs/content_types",),
    "outputs/pages": ("outputs/content_types",),
    "outputs/search": ("outputs/content_types",),
}


def code_digests(package: Path) -> Callable[[str], str]:
    """Return a function from a module's name to the digest of its code.

    The digest covers the module's part of the package, the parts that it calls, the model, and the versions of Python and the
    libraries. So a change in `outputs/pages/` encodes no picture again. Anything else must be in a target's inputs.
    """
    versions = " ".join([platform.python_version(), *installed(LIBRARIES)])

    @cache
    def of_part(name: str) -> str:
        part = package / name
        shared = [package / "model", *(package / called for called in CALLED.get(name, ()))]
        text = f"{versions} {file_digest([*shared, part if part.is_dir() else part.with_suffix('.py')])}"
        return hashlib.sha256(text.encode()).hexdigest()

    return lambda module: of_part("/".join(module.split(".")[1 : 3 if module.split(".")[1] in SPLIT_ROOMS else 2]))


def installed(libraries: Collection[str]) -> list[str]:
    """Return the libraries and their versions, from their metadata folders (PEP 376)."""
    metadata: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            metadata.update(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))
    return sorted(name for name in metadata if name.partition("-")[0].lower().replace(".", "_") in libraries)


def fingerprint(planned: Planned, code: Callable[[str], str], files: Mapping[str, FileFacts] | None = None) -> str:
    """Return the hash of all that a target's bytes depend on.

    Frozen inputs differ by their `repr`; `code` gives the digest of a module's code.
    """
    if isinstance(planned, StaticFile):
        return f"copy {planned.digest}"
    make, facts_of_files = planned.make, sorted((path, *facts) for path, facts in files.items()) if files else ()
    text = f"{code(make.__module__)}\n{make.__module__}.{make.__qualname__}\n{planned.inputs!r}\n{facts_of_files}"
    return hashlib.sha256(text.encode()).hexdigest()
