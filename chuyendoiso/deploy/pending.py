"""Decide if there is anything to publish.

The last publication is recorded in a file beside the releases.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release
from chuyendoiso.system.atomic_write import read_state_file, write_state_file
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain


def is_due(output: Path, now: datetime) -> bool:
    """Return whether the last publication is unfinished, or a scheduled change is due.

    A scheduled change is a publication date, or the start or end of a session or of a document's validity.
    """
    published = store.last_published(output)
    if published is None or _record(output).get("release") != published.folder.name:
        return True
    moment = published.about.next_moment
    return moment is not None and now >= datetime.fromisoformat(moment)


def is_new(output: Path, commits: Sequence[str]) -> bool:
    """Return whether content or code have other commits than the last publication.

    Raises WrongUse without any commit.
    """
    if not commits:
        raise WrongUse(
            "Không biết có gì mới không, vì nội dung không nằm trong kho Git nào có commit. "
            "Cách sửa: bỏ --if-new, hoặc lấy dự án về bằng git clone."
        )
    return _record(output).get("commits") != list(commits)


def read_published(output: Path) -> tuple[str, tuple[str, ...]]:
    """Return the name and the commits of the last published release.

    If unknown, the name is "" and there are no commits.
    """
    record = _record(output)
    commits = record.get("commits")
    return str(record.get("release", "")), tuple(map(str, commits)) if isinstance(commits, list) else ()


def record_published(output: Path, release: Release, commits: Sequence[str]) -> None:
    """Record that a release of these commits is published. Raises BuildStopped."""
    try:
        write_state_file(_file(output), {"release": release.folder.name, "commits": list(commits)})
    except OSError as error:
        raise BuildStopped(f"Không ghi được {_file(output)}: {explain(error)}.") from error


def _record(output: Path) -> dict[str, object]:
    try:
        record = read_state_file(_file(output), unsealed=0)
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _file(output: Path) -> Path:
    return store.releases_folder(output) / "brought-out.json"
