"""A fingerprint covers every library whose version can change bytes."""

import ast
from importlib.metadata import packages_distributions, requires
from itertools import chain

from packaging.requirements import Requirement
from test_architecture import MODULES

from chuyendoiso.build.fingerprint import LIBRARIES, code_digests, installed

# Imported, but neither parses content nor writes a file of a release.
ELSEWHERE = {
    "anyio",  # runs the server for other assistants
    "brotli",  # compresses a bundle, which is made anew from a release
    "cyclonedx_python_lib",  # the bill of materials stands beside a release
    "invoke",  # reads the command line
    "mcp",  # that server, which reads a built site
    "mcp_types",  # the same
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
    distributions = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            distributions.update(chain.from_iterable(of_module.get(name.partition(".")[0], ()) for name in names))
    return {name.lower().replace("-", "_").replace(".", "_") for name in distributions}


def with_requirements(names):
    """Return distributions and all their dependencies, without extras."""
    resolved, required = set(), set(names)
    while required - resolved:
        name = (required - resolved).pop()
        resolved.add(name)
        requirements = [Requirement(line) for line in requires(name) or ()]
        required |= {
            requirement.name.lower().replace("-", "_").replace(".", "_")
            for requirement in requirements
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        }
    return resolved


def test_every_library_whose_version_can_change_bytes_is_covered():
    assert with_requirements(imported() - ELSEWHERE | INDIRECTLY) == LIBRARIES
    assert imported() >= ELSEWHERE
    assert len(installed(LIBRARIES)) == len(LIBRARIES)


def test_the_version_of_python_is_covered(tmp_path, monkeypatch):
    before = code_digests(tmp_path)("chuyendoiso.outputs.pages")
    monkeypatch.setattr("platform.python_version", lambda: "9.9.9")
    assert code_digests(tmp_path)("chuyendoiso.outputs.pages") != before
