"""Make the outputs whose fingerprint is not in the last release."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from chuyendoiso.build.fingerprint import fingerprint
from chuyendoiso.build.render import P, Task, make_all
from chuyendoiso.model.target import Bodies, FileFacts, Planned, RenderedFile, StaticFile, Target
from chuyendoiso.system.errors import BuildStopped


class Placing(Protocol[P]):
    """A release to come, as the scheduler fills it."""

    def put(self, made: RenderedFile) -> P:
        """Write a file and return its record; a worker may do this, too."""

    def note(self, path: str, placed: P) -> None:
        """Add a written file to the release."""

    def stay(self, path: str) -> None:
        """Carry a file of the last release over."""

    def facts(self, path: str) -> FileFacts:
        """Return size and hash of a file that is in the release."""


def run(
    planned: Iterable[Planned],
    last: Mapping[str, str],
    bodies: Bodies,
    code: Callable[[str], str],
    release: Placing[P],
    advance: Callable[[], None],
) -> None:
    """Put each output into the release.

    Those that state facts of others (`files_of`) come last.

    `last` maps the paths of the last release to their fingerprints; `code` returns the digest of a module's code. Raises BuildStopped
    if two outputs claim one path, or one a folder of another, and if an output cannot be made.
    """
    outputs = list(planned)
    _refuse_clashes(outputs)
    independent = [output for output in outputs if isinstance(output, StaticFile) or not output.files_of]
    dependent = [output for output in outputs if isinstance(output, Target) and output.files_of]
    for some in (independent, dependent):
        tasks = list(_outdated(some, last, code, release, advance))
        for task, placed in make_all(tasks, bodies, release.put):
            release.note(task.output.path, placed)
            advance()


def _outdated(
    outputs: Sequence[Planned],
    last: Mapping[str, str],
    code: Callable[[str], str],
    release: Placing[P],
    advance: Callable[[], None],
) -> Iterator[Task]:
    """Yield what must be made; carry over what is up to date, and copy attachments."""
    for output in outputs:
        files: dict[str, FileFacts] = {}
        if isinstance(output, Target) and output.files_of:
            files = {path: release.facts(path) for path in output.files_of}
        print_ = fingerprint(output, code, files)
        if last.get(output.path) == print_:
            release.stay(output.path)
        elif isinstance(output, StaticFile):
            release.note(output.path, release.put(RenderedFile(output.path, print_, output.origin, None, output.source)))
        else:
            yield Task(output, print_, files)
            continue
        advance()


_PLAIN = re.compile(
    r"(?:[\w-][\w.-]{0,62}/)*[\w-][\w.-]{0,62}", re.ASCII
)  # without a segment that is empty, made of dots or too long


def _refuse_clashes(outputs: Iterable[Planned]) -> None:
    origins: dict[str, str] = {}
    for output in outputs:
        if not _PLAIN.fullmatch(output.path) and not _is_writable(output.path):
            raise BuildStopped(
                f'Đường dẫn "{output.path}" của {output.origin} không ghi được. Cách sửa: đổi tên tệp hoặc slug cho ngắn.'
            )
        key = output.path.casefold()
        if key in origins:
            raise BuildStopped(
                f'{origins[key]} và {output.origin} cùng tạo ra "{output.path}". Cách sửa: đổi slug hoặc tên của một trong hai.'
            )
        origins[key] = output.origin
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
