"""Makes what must be made: an output whose fingerprint is that of a file of the last release is taken from there."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from chuyendoiso.domain.output import Bodies, CopyOf, FileFacts, Planned
from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine.fingerprints import fingerprint
from chuyendoiso.engine.making import Made, P, make_all
from chuyendoiso.engine.recipes import Recipes, Task


class Placing(Protocol[P]):
    """A release to come, as the engine fills it."""

    def put(self, made: Made) -> P:
        """Place a file, and tell what came of it; a worker may do this, too."""

    def note(self, path: str, placed: P) -> FileFacts:
        """Take what came of placing a file into the release; return what other files may tell of it."""

    def stay(self, path: str) -> FileFacts:
        """Take the last release's file into the release; return what other files may tell of it."""


def run(
    planned: Iterable[Planned],
    last: Mapping[str, str],
    bodies: Bodies,
    code: Callable[[str], str],
    release: Placing[P],
    advance: Callable[[], None],
    recipes: Recipes,
) -> None:
    """Make each output and put it into the release, in a worker perhaps; those that tell of others come last.

    `last` maps the paths of the last release to their fingerprints; `code` gives the digest of the code of a module. Raises
    BuildStopped where two outputs claim one path, or one a folder of another, and where one cannot be made.
    """
    outputs = list(planned)
    _refuse_clashes(outputs)
    facts: dict[str, FileFacts] = {}
    cleared: bool | None = None
    telling = [output for output in outputs if not isinstance(output, CopyOf) and output.files_of is not None]
    for group in ([output for output in outputs if isinstance(output, CopyOf) or output.files_of is None], telling):
        wanted: list[Task] = []
        standing: list[Task] = []
        for output in group:
            path = output.path
            if isinstance(output, CopyOf):
                print_ = fingerprint(output, code)
                if last.get(path) != print_:
                    facts[path] = release.note(path, release.put(Made(path, print_, output.origin, None, output.source)))
                    advance()
                    continue
            else:
                needed = {named: facts[named] for named in output.files_of} if output.files_of else {}
                print_ = fingerprint(output, code, needed)
                task = Task(output, print_, needed)
                if last.get(path) != print_:
                    wanted.append(task)
                    continue
                standing.append(task)
            facts[path] = release.stay(path)
            advance()
        if cleared is None:
            cleared = recipes.make_room(len(wanted), len(standing))
        if cleared:
            recipes.keep(standing)
        for task, placed in make_all(wanted, bodies, release.put, recipes):
            facts[task.output.path] = release.note(task.output.path, placed)
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
