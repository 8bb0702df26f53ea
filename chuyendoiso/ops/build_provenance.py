"""Where a release comes from, told for machines: an in-toto Statement v1 with SLSA provenance v1, beside the release, never in it.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md, https://slsa.dev/spec/v1.0/provenance. The subject is a
release; its digest is the tree hash (`trees.py`), since a tree has no bytes of its own. It is signed by nobody: who needs that signs the file.
"""

import json
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chuyendoiso.ops.pins import installed_versions, parse_pins, read_text
from chuyendoiso.ops.release_hash import digest_of, read_digests, shown_release
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, provenance_of, tree_hash, write_whole
from chuyendoiso.system import git
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"


@dataclass(frozen=True, slots=True)
class SourceRepository:
    """A repository that a release is built from: its commit, whether the work tree is as the commit, when it came to be at it (Unix)."""

    name: str
    commit: str
    clean: bool
    since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a release was built from and with, but for itself."""

    authority: str  # site.yml's feed_authority: the names of our own kinds of things are tag URIs below it (RFC 4151)
    sources: tuple[SourceRepository, ...]
    requirements: str  # SHA-256 of requirements.txt
    installed: Mapping[str, str]  # versions by package
    python: str
    platform: str


def make_provenance(release: Release, around: Surroundings) -> dict[str, Any]:
    """Return the statement about a release."""
    size = sum(placed.size for placed in release.files.values())
    subject = {
        "name": release.folder.name,
        "digest": {"sha256": tree_hash(release.digests)},
        "annotations": {"files": len(release.files), "bytes": size},
    }
    predicate = {"buildDefinition": _definition(release, around), "runDetails": _details(release, around)}
    return {"_type": STATEMENT, "subject": [subject], "predicateType": PREDICATE, "predicate": predicate}


def _definition(release: Release, around: Surroundings) -> dict[str, Any]:
    about = release.about
    sources = [
        {"name": source.name, "digest": {"gitCommit": source.commit}, "annotations": {"clean": source.clean}}
        for source in around.sources
    ]
    packages = [{"uri": f"pkg:pypi/{name}@{version}"} for name, version in sorted(around.installed.items())]
    return {
        "buildType": f"tag:{around.authority}:build/v1",
        "externalParameters": {"published": about.published, "preview": about.preview},
        "internalParameters": {"moment": about.moment, "nextMoment": about.next_moment},
        "resolvedDependencies": [*sources, {"name": "requirements.txt", "digest": {"sha256": around.requirements}}, *packages],
    }


def _details(release: Release, around: Surroundings) -> dict[str, Any]:
    finished = datetime.fromisoformat(release.about.built_at).astimezone(UTC)
    return {
        "builder": {"id": f"tag:{around.authority}:builder", "version": {"python": around.python, "platform": around.platform}},
        "metadata": {"finishedOn": f"{finished:%Y-%m-%dT%H:%M:%SZ}"},
    }


def parse_subject(text: str, name: str) -> tuple[str, str]:
    """Return the name and the tree hash of the release that a statement is about. Raises WrongUse where it is no such statement."""
    try:
        told = json.loads(text)
        (subject,) = told["subject"]
        digest = subject["digest"]["sha256"]
        if told["_type"] == STATEMENT and told["predicateType"] == PREDICATE and re.fullmatch(r"[0-9a-f]{64}", digest):
            return str(subject["name"]), digest
    except (ValueError, KeyError, TypeError):
        pass
    raise WrongUse(f"{name} không phải bản ghi nguồn gốc (provenance). Cách sửa: dùng tệp .provenance.json cạnh bản dựng.")


# ── what is there ───────────────────────────────────────────────────────────────────────────────────────────────────────


def read_surroundings(content: Path, code: Path, authority: str) -> Surroundings:
    """Return what a build of this content by this code is made from and with. Raises BuildStopped."""
    requirements = code / "requirements.txt"
    pins = parse_pins(read_text(requirements), requirements.name)
    return Surroundings(
        authority=authority,
        sources=read_sources(content, code),
        requirements=digest_of(requirements),
        installed=installed_versions(pins),
        python=platform.python_version(),
        platform=platform.platform(),
    )


def read_sources(content: Path, code: Path) -> tuple[SourceRepository, ...]:
    """Return the repositories of content and code, if any, once each.

    Raises WrongUse if git refuses to say.
    """
    roots: dict[Path, str] = {}
    for name, folder in (("content", content), ("code", code)):
        try:
            root = git.root_of(folder)
        except git.NoRepository:
            continue
        roots[root] = "project" if root in roots else name
    return tuple(
        _read_source(name, root) for root, name in roots.items() if not git.ask(root, "rev-parse", "-q", "--verify", "HEAD").status
    )


def _read_source(name: str, root: Path) -> SourceRepository:
    commit = git.run(root, "rev-parse", "HEAD").text
    clean = not git.run(root, "status", "--porcelain").text
    moved = re.search(r"@\{(\d+)\}", git.ask(root, "log", "--walk-reflogs", "-1", "--date=unix", "--format=%gd", "HEAD").text)
    return SourceRepository(name, commit, clean, int(moved[1]) if moved else 0)


def write_provenance(output: Path, around: Surroundings) -> Path:
    """Write the statement about the release that an output shows, beside it; return the file.

    Raises WrongUse where a repository came to another commit after the build: nobody could say which one it was built from.
    """
    with store.locked(output, wait=store.WAIT):
        release = shown_release(output)
        built = datetime.fromisoformat(release.about.built_at).timestamp()
        if late := [source.name for source in around.sources if source.since > built]:
            raise WrongUse(
                f"Bản {release.folder.name} được dựng trước khi kho Git ({', '.join(late)}) chuyển sang commit hiện tại. "
                "Cách sửa: chạy make publish, rồi chạy lại lệnh này."
            )
        file = provenance_of(release.folder)
        try:
            write_whole(file, json.dumps(make_provenance(release, around), ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            raise BuildStopped(f"Không ghi được {file.name}: {explain(error)}.") from error
        return file


def check_provenance(file: Path, output: Path) -> str:
    """Return the name of the release that a statement is about, if what lies in an output now is that. Raises BuildStopped."""
    name, expected = parse_subject(read_text(file), file.name)
    if not output.is_dir():
        raise WrongUse(f"Không có thư mục {output}. Cách sửa: ghi --output là thư mục của trang cần đối chiếu.")
    found = tree_hash(read_digests(output.resolve()))
    if found != expected:
        raise BuildStopped(f"{output.name} không phải bản {name} mà {file.name} mô tả: mã cây là {found}, bản ghi nói {expected}.")
    return name
