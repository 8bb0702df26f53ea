"""Makes what must be made: an output whose fingerprint is that of a file of the last release is taken from there."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol

from chuyendoiso.domain.output import Bodies, CopyOf, FileFacts, Output, Planned
from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine.aside import aside
from chuyendoiso.engine.fingerprints import fingerprint
from chuyendoiso.engine.making import Made, P, are_few, make_all
from chuyendoiso.engine.recipes import Recipes, Task

MANY = 2000  # outputs from which on comparing some in another process is worth starting it
HERE = 0.9  # part of them that is compared here
NOTHING: Mapping[str, FileFacts] = {}  # what nearly all outputs tell of other files: one value for them all


class Placing(Protocol[P]):
    """A release to come, as the engine fills it."""

    def put(self, made: Made) -> P:
        """Place a file, and tell what came of it; a worker may do this, too."""

    def note(self, path: str, placed: P) -> None:
        """Take what came of placing a file into the release."""

    def stay(self, path: str) -> None:
        """Take the last release's file into the release."""

    def facts(self, path: str) -> FileFacts:
        """Return what other files may tell of one that is in the release."""


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
    telling = [output for output in outputs if isinstance(output, Output) and output.files_of]
    engine = _Engine(last, bodies, code, release, advance, recipes)
    engine.settle([output for output in outputs if isinstance(output, CopyOf) or not output.files_of])
    engine.settle(telling)


@dataclass
class _Engine(Generic[P]):
    last: Mapping[str, str]
    bodies: Bodies
    code: Callable[[str], str]
    release: Placing[P]
    advance: Callable[[], None]
    recipes: Recipes
    cleared: bool | None = None  # whether all recipes were dropped

    def settle(self, outputs: Sequence[Planned]) -> None:
        """Put outputs into the release."""
        cut = math.ceil(len(outputs) * HERE) if self.last and len(outputs) > MANY else len(outputs)
        with aside(partial(self.begin, outputs[cut:]), apart=cut < len(outputs)) as begun_aside:
            prints, placed = self.begin(outputs[:cut])
            more, placed_aside = begun_aside()
        prints, placed = prints + more, placed | placed_aside
        begun: list[tuple[Output, str]] = []  # each with its fingerprint
        standing: list[tuple[Output, str]] = []
        wanted: list[tuple[Output, str]] = []
        for output, print_ in zip(outputs, prints, strict=True):
            path = output.path
            stays = self.last.get(path) == print_
            if not isinstance(output, CopyOf):
                (standing if stays else begun if path in placed else wanted).append((output, print_))
            elif not stays:
                placed[path] = self.release.put(Made(path, print_, output.origin, None, output.source))
            if stays:
                self.release.stay(path)
                self.advance()
            elif path in placed:
                self.release.note(path, placed[path])
                self.advance()
        if self.cleared is None:
            self.cleared = self.recipes.make_room(len(begun) + len(wanted), len(standing))
        if self.cleared:
            self.recipes.keep(self.tasks([*begun, *standing]))
        for task, one in make_all(self.tasks(wanted), self.bodies, self.release.put, self.recipes):
            self.release.note(task.output.path, one)
            self.advance()

    def begin(self, outputs: Sequence[Planned]) -> tuple[list[str], dict[str, P]]:
        """Return the fingerprints of outputs, in order, and what came of placing those to be made, where they are few."""
        prints: list[str] = []
        wanted: list[Task] = []
        for output in outputs:
            if isinstance(output, CopyOf):
                prints.append(fingerprint(output, self.code))
                continue
            needed = self.told(output)
            prints.append(fingerprint(output, self.code, needed))
            if self.last.get(output.path) != prints[-1]:
                wanted.append(Task(output, prints[-1], needed))
        if not are_few(wanted):
            return prints, {}
        made = make_all(wanted, self.bodies, self.release.put, self.recipes)
        return prints, {task.output.path: placed for task, placed in made}

    def told(self, output: Output) -> Mapping[str, FileFacts]:
        """Return the facts of the files that an output tells of."""
        return {path: self.release.facts(path) for path in output.files_of} if output.files_of else NOTHING

    def tasks(self, outputs: Iterable[tuple[Output, str]]) -> list[Task]:
        """Return what is to be made, or was, of outputs with their fingerprints."""
        return [Task(output, print_, self.told(output)) for output, print_ in outputs]


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
