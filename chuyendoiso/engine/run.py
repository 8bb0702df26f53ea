"""Makes what must be made: an output whose fingerprint is that of a file of the last release is taken from there."""

from collections.abc import Callable, Iterable, Mapping

from chuyendoiso.domain.output import Bodies, CopyOf, FileFacts, Output, Planned
from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine.fingerprints import fingerprint
from chuyendoiso.engine.making import Made, P, Put, make_all
from chuyendoiso.engine.recipes import Recipes, Task


def run(
    planned: Iterable[Planned],
    last: Mapping[str, str],
    bodies: Bodies,
    code: Callable[[str], str],
    put: Put[P],
    note: Callable[[str, P], FileFacts],
    advance: Callable[[], None],
    recipes: Recipes,
) -> None:
    """Make each output and `put` it, in a worker perhaps; `note` is told, here, what came of it and returns the facts that others may tell of it.

    Those that tell of others come last.
    `last` maps the paths of the last release to their fingerprints; `code` gives the digest of the code of a module. Raises
    BuildStopped where two outputs claim one path, or one a folder of another, and where one cannot be made.
    """
    outputs = list(planned)
    _refuse_clashes(outputs)
    facts: dict[str, FileFacts] = {}
    cleared: bool | None = None
    told = [output for output in outputs if isinstance(output, Output) and output.files_of is not None]
    for group in ([output for output in outputs if isinstance(output, CopyOf) or output.files_of is None], told):
        wanted: list[Task] = []
        standing: list[Task] = []
        for output in group:
            needed = {path: facts[path] for path in output.files_of or ()} if isinstance(output, Output) else {}
            print_ = fingerprint(output, code(output.make.__module__) if isinstance(output, Output) else "", needed)
            if isinstance(output, Output) and last.get(output.path) != print_:
                wanted.append(Task(output, print_, needed))
                continue
            if isinstance(output, Output):
                standing.append(Task(output, print_, needed))
            source = output.source if isinstance(output, CopyOf) and last.get(output.path) != print_ else None
            facts[output.path] = note(output.path, put(Made(output.path, print_, output.origin, None, source)))
            advance()
        if cleared is None:
            cleared = recipes.make_room(len(wanted), len(standing))
        if cleared:
            recipes.keep(standing)
        for task, placed in make_all(wanted, bodies, put, recipes):
            facts[task.output.path] = note(task.output.path, placed)
            advance()


def _refuse_clashes(outputs: Iterable[Planned]) -> None:
    origins: dict[str, str] = {}
    for output in outputs:
        segments = output.path.split("/")
        if any(segment in {"", ".", ".."} or len(segment.encode()) > 255 for segment in segments):
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
