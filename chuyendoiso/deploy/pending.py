"""Whether there is anything to publish: what a timer asks every few minutes. What was brought out last is noted beside the releases."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release
from chuyendoiso.system.atomic_write import read_state_file, write_state_file
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.os_errors import explain

NOTE = "brought-out.json"


def is_due(output: Path, now: datetime) -> bool:
    """Tell whether the last publishing was never finished, or the site has changed by itself since.

    It does where a publication, or the start or end of a session or of a document's validity, has passed.
    """
    published = store.last_published(output)
    if published is None or _noted(output).get("release") != published.folder.name:
        return True
    moment = published.about.next_moment
    return moment is not None and now >= datetime.fromisoformat(moment)


def is_new(output: Path, commits: Sequence[str]) -> bool:
    """Return whether content or code are at other commits than were published last.

    Raises WrongUse if there are none: nobody could say.
    """
    if not commits:
        raise WrongUse(
            "Không biết có gì mới không, vì nội dung không nằm trong kho Git nào có commit. "
            "Cách sửa: bỏ --if-new, hoặc lấy dự án về bằng git clone."
        )
    return _noted(output).get("commits") != list(commits)


def read_published(output: Path) -> tuple[str, tuple[str, ...]]:
    """Return the name of the release that was published last, and the commits it is of; "" and none if that is not known."""
    noted = _noted(output)
    commits = noted.get("commits")
    return str(noted.get("release", "")), tuple(map(str, commits)) if isinstance(commits, list) else ()


def note_brought_out(output: Path, release: Release, commits: Sequence[str]) -> None:
    """Note that a release has come to the public whole, and of which commits it is. Raises BuildStopped."""
    try:
        write_state_file(_note(output), {"release": release.folder.name, "commits": list(commits)})
    except OSError as error:
        raise BuildStopped(f"Không ghi được {_note(output)}: {explain(error)}.") from error


def _noted(output: Path) -> dict[str, object]:
    try:
        noted = read_state_file(_note(output), unsealed=0)
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _note(output: Path) -> Path:
    return store.releases_folder(output) / NOTE
