"""Render the targets whose fingerprint is not in the last release."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from chuyendoiso.build.fingerprint import fingerprint
from chuyendoiso.build.render import P, Task, render_all
from chuyendoiso.model.target import Bodies, FileFacts, Planned, RenderedFile, StaticFile, Target
from chuyendoiso.system.errors import BuildStopped


class StagingArea(Protocol[P]):
    """The next release, as the scheduler fills it."""

    def stage(self, rendered: RenderedFile) -> P:
        """Write a file and return its record. Workers call this, too."""

    def record(self, path: str, staged: P) -> None:
        """Add a staged file to the release."""

    def carry_over(self, path: str) -> None:
        """Add a file of the last release."""

    def facts(self, path: str) -> FileFacts:
        """Return size and hash of a file that is in the release."""


def update_release(
    planned: Iterable[Planned],
    last: Mapping[str, str],
    bodies: Bodies,
    code: Callable[[str], str],
    release: StagingArea[P],
    advance: Callable[[], None],
) -> None:
    """Carry over current files into the release, and render outdated targets.

    Targets that depend on other files (`depends_on`) come last. `last` maps the paths of the last release to their fingerprints;
    `code` returns the digest of a module's code. Raises BuildStopped if two targets have the same path, if the path of a target
    is a folder of another, and if rendering fails.
    """
    targets = list(planned)
    _refuse_clashes(targets)
    independent = [target for target in targets if isinstance(target, StaticFile) or not target.depends_on]
    dependent = [target for target in targets if isinstance(target, Target) and target.depends_on]
    for batch in (independent, dependent):
        tasks = list(_outdated(batch, last, code, release, advance))
        for task, staged in render_all(tasks, bodies, release.stage):
            release.record(task.target.path, staged)
            advance()


def _outdated(
    targets: Sequence[Planned],
    last: Mapping[str, str],
    code: Callable[[str], str],
    release: StagingArea[P],
    advance: Callable[[], None],
) -> Iterator[Task]:
    """Yield outdated targets; carry over current files, and copy static files."""
    for target in targets:
        paths = (isinstance(target, Target) and target.depends_on) or ()
        files = {path: release.facts(path) for path in paths}
        new_fingerprint = fingerprint(target, code, files)
        if last.get(target.path) == new_fingerprint:
            release.carry_over(target.path)
        elif isinstance(target, StaticFile):
            release.record(
                target.path, release.stage(RenderedFile(target.path, new_fingerprint, target.origin, None, target.source))
            )
        else:
            yield Task(target, new_fingerprint, files)
            continue
        advance()


_PLAIN = re.compile(r"(?:[\w-][\w.-]{0,62}/)*[\w-][\w.-]{0,62}", re.ASCII)  # no segment is empty, all dots or too long


def _refuse_clashes(targets: Iterable[Planned]) -> None:
    origins: dict[str, str] = {}
    for target in targets:
        if not _PLAIN.fullmatch(target.path) and not _is_writable(target.path):
            raise BuildStopped(
                f'Đường dẫn "{target.path}" của {target.origin} không ghi được. Cách sửa: đổi tên tệp hoặc slug cho ngắn.'
            )
        key = target.path.casefold()
        if key in origins:
            raise BuildStopped(
                f'{origins[key]} và {target.origin} cùng tạo ra "{target.path}". Cách sửa: đổi slug hoặc tên của một trong hai.'
            )
        origins[key] = target.origin
    for path, origin in origins.items():
        folder = path.rpartition("/")[0]
        while folder:
            if folder in origins:
                raise BuildStopped(
                    f'{origins[folder]} và {origin} cùng dùng địa chỉ "{folder}". Cách sửa: đổi slug của một trong hai.'
                )
            folder = folder.rpartition("/")[0]


def _is_writable(path: str) -> bool:
    return not any(segment in {"", ".", ".."} or len(segment.encode()) > 255 for segment in path.split("/"))
