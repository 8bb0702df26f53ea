"""Holds that a fingerprint knows every library whose version can change bytes."""

import ast
from importlib.metadata import packages_distributions, requires

from packaging.requirements import Requirement
from test_architecture import MODULES

from chuyendoiso.build.fingerprint import LIBRARIES, code_digests, installed

# What is imported, but neither parses content nor writes a file of a release.
ELSEWHERE = {
    "brotli",  # compresses a bundle, which is made anew from a release
    "cyclonedx_python_lib",  # the bill of materials stands beside a release
    "invoke",  # reads the command line
    "packageurl_python",  # the same
    "pebble",  # starts workers
    "pelican",  # runs a build, and renders nothing
    "pypandoc_binary",  # imports Word files
    "rich",  # shows progress
    "watchfiles",  # tells the preview of saves
}
INDIRECTLY = {"tzdata"}  # by zoneinfo


def imported():
    """Return the distributions that the package imports."""
    of_module = packages_distributions()
    found = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            found.update(one for name in names for one in of_module.get(name.partition(".")[0], ()))
    return {name.lower().replace("-", "_").replace(".", "_") for name in found}


def with_requirements(names):
    """Return distributions with all that they need, without extras."""
    found, more = set(), set(names)
    while more - found:
        name = (more - found).pop()
        found.add(name)
        wanted = [Requirement(one) for one in requires(name) or ()]
        more |= {
            one.name.lower().replace("-", "_").replace(".", "_")
            for one in wanted
            if one.marker is None or one.marker.evaluate({"extra": ""})
        }
    return found


def test_every_library_whose_version_can_change_bytes_is_known():
    assert with_requirements(imported() - ELSEWHERE | INDIRECTLY) == LIBRARIES
    assert imported() >= ELSEWHERE
    assert len(installed(LIBRARIES)) == len(LIBRARIES)


def test_the_version_of_python_is_known(tmp_path, monkeypatch):
    before = code_digests(tmp_path)("chuyendoiso.outputs.pages")
    monkeypatch.setattr("platform.python_version", lambda: "9.9.9")
    assert code_digests(tmp_path)("chuyendoiso.outputs.pages") != before
