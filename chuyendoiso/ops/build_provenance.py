"""Write a release's provenance: an in-toto Statement v1 with SLSA provenance v1.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md, https://slsa.dev/spec/v1.0/provenance. The subject
is a release; its digest is the tree hash. The statement is not signed.
"""

import json
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chuyendoiso.ops.checksums import digest_of, read_digests
from chuyendoiso.ops.packages import installed_versions, read_inventory, read_pins, read_text
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, provenance_of, sbom_of, tree_hash, write_atomically
from chuyendoiso.system import git
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"


@dataclass(frozen=True, slots=True)
class SourceRepository:
    """A repository that a release is built from, at its current commit."""

    name: str
    commit: str
    clean: bool  # no uncommitted changes
    since: int = 0  # Unix time when HEAD moved to the commit


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildEnvironment:
    """The sources, packages and platform of a build."""

    authority: str  # site.yml's feed_authority, for our own types' tag URIs (RFC 4151)
    sources: tuple[SourceRepository, ...]
    requirements: str  # SHA-256 of requirements.txt
    installed: Mapping[str, str]  # versions by package
    python: str
    platform: str


def make_provenance(release: Release, environment: BuildEnvironment) -> dict[str, Any]:
    """Return the statement about a release."""
    size = sum(file.size for file in release.files.values())
    subject = {
        "name": release.folder.name,
        "digest": {"sha256": tree_hash(release.digests)},
        "annotations": {"files": len(release.files), "bytes": size},
    }
    predicate = {"buildDefinition": _definition(release, environment), "runDetails": _details(release, environment)}
    return {"_type": STATEMENT, "subject": [subject], "predicateType": PREDICATE, "predicate": predicate}


def _definition(release: Release, environment: BuildEnvironment) -> dict[str, Any]:
    about = release.about
    sources = [
        {"name": source.name, "digest": {"gitCommit": source.commit}, "annotations": {"clean": source.clean}}
        for source in environment.sources
    ]
    packages = [{"uri": f"pkg:pypi/{name}@{version}"} for name, version in sorted(environment.installed.items())]
    return {
        "buildType": f"tag:{environment.authority}:build/v1",
        "externalParameters": {"published": about.published, "preview": about.preview},
        "internalParameters": {"moment": about.moment, "nextMoment": about.next_moment},
        "resolvedDependencies": [*sources, {"name": "requirements.txt", "digest": {"sha256": environment.requirements}}, *packages],
    }


def _details(release: Release, environment: BuildEnvironment) -> dict[str, Any]:
    finished = datetime.fromisoformat(release.about.built_at).astimezone(UTC)
    version = {"python": environment.python, "platform": environment.platform}
    return {
        "builder": {"id": f"tag:{environment.authority}:builder", "version": version},
        "metadata": {"finishedOn": f"{finished:%Y-%m-%dT%H:%M:%SZ}"},
    }


def parse_subject(text: str, name: str) -> tuple[str, str]:
    """Parse a statement; return the name and the tree hash of its release.

    Raises WrongUse if it is no provenance statement.
    """
    try:
        statement = json.loads(text)
        (subject,) = statement["subject"]
        digest = subject["digest"]["sha256"]
        types = (statement["_type"], statement["predicateType"])
        if types == (STATEMENT, PREDICATE) and re.fullmatch(r"[0-9a-f]{64}", digest):
            return str(subject["name"]), digest
    except (ValueError, KeyError, TypeError):
        pass
    raise WrongUse(f"{name} không phải bản ghi nguồn gốc (provenance). Cách sửa: dùng tệp .provenance.json cạnh bản dựng.")


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_environment(content: Path, code: Path, authority: str) -> BuildEnvironment:
    """Return the environment of a build of this content by this code.

    Raises BuildStopped.
    """
    requirements = code / "requirements.txt"
    return BuildEnvironment(
        authority=authority,
        installed=installed_versions(read_pins(requirements)),
        sources=read_sources(content, code),
        requirements=digest_of(requirements),
        python=platform.python_version(),
        platform=platform.platform(),
    )


def read_sources(content: Path, code: Path) -> tuple[SourceRepository, ...]:
    """Return the distinct repositories of content and code that have a commit.

    Raises WrongUse if git fails.
    """
    roots: dict[Path, str] = {}
    for name, folder in (("content", content), ("code", code)):
        try:
            root = git.root_of(folder)
        except git.NoRepository:
            continue
        roots[root] = "project" if root in roots else name
    return tuple(
        _read_source(name, root)
        for root, name in roots.items()
        if not git.run_unchecked(root, "rev-parse", "-q", "--verify", "HEAD").status
    )


def _read_source(name: str, root: Path) -> SourceRepository:
    commit = git.run(root, "rev-parse", "HEAD").text
    clean = not git.run(root, "status", "--porcelain").text
    moved = re.search(
        r"@\{(\d+)\}", git.run_unchecked(root, "log", "--walk-reflogs", "-1", "--date=unix", "--format=%gd", "HEAD").text
    )
    return SourceRepository(name, commit, clean, int(moved[1]) if moved else 0)


def require_release(output: Path) -> Release:
    """Return the current release of an output. Raises WrongUse if there is none."""
    release = store.current_release(output)
    if release is None:
        raise WrongUse(f"{output.name} chưa có bản dựng nào. Cách sửa: chạy make html hoặc make publish trước.")
    return release


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_provenance(output: Path, environment: BuildEnvironment) -> Path:
    """Write the statement about the current release beside it; return the file.

    Raises WrongUse if HEAD moved after the build: the commit that it was built from is then unknown.
    """
    with store.locked(output, wait=store.WAIT):
        release = require_release(output)
        built = datetime.fromisoformat(release.about.built_at).timestamp()
        if moved := [source.name for source in environment.sources if source.since > built]:
            raise WrongUse(
                f"Bản {release.folder.name} được dựng trước khi kho Git ({', '.join(moved)}) chuyển sang commit hiện tại. "
                "Cách sửa: chạy make publish, rồi chạy lại lệnh này."
            )
        file = provenance_of(release.folder)
        try:
            write_atomically(file, json.dumps(make_provenance(release, environment), ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            raise BuildStopped(f"Không ghi được {file.name}: {explain(error)}.") from error
        return file


def write_supply_chain(content: Path, code: Path, output: Path, authority: str) -> None:
    """Write provenance and bill of materials beside the current release.

    Skip the bill if the cyclonedx library is missing. Raises BuildStopped.
    """
    write_provenance(output, read_environment(content, code, authority))
    folder = store.current_release_dir(output)
    if folder is None or find_spec("cyclonedx") is None:
        return
    from chuyendoiso.ops.bill_of_materials import encode_bom, make_bom

    try:
        write_atomically(sbom_of(folder), encode_bom(make_bom(read_inventory(code), git.commit_time(code))))
    except OSError as error:
        raise BuildStopped(f"Không ghi được {sbom_of(folder)}: {explain(error)}.") from error


def check_provenance(file: Path, output: Path) -> str:
    """Return the name of a statement's release.

    Raises BuildStopped if the output's files are not that release's.
    """
    name, expected = parse_subject(read_text(file), file.name)
    if not output.is_dir():
        raise WrongUse(f"Không có thư mục {output}. Cách sửa: ghi --output là thư mục của trang cần đối chiếu.")
    actual = tree_hash(read_digests(output.resolve()))
    if actual != expected:
        raise BuildStopped(f"{output.name} không phải bản {name} mà {file.name} mô tả: mã cây là {actual}, bản ghi nói {expected}.")
    return name
