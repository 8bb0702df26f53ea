"""Render targets, many of them in worker processes.

Workers inherit the plan as they are forked, and get the number of their share: sending the plan took 20 % of the time. Each process
that touches the plan takes as much memory again. So this process renders its part, too, instead of one worker more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn, TypeVar

from chuyendoiso.model.converted import Converted
from chuyendoiso.model.items import Body, BodyPart, BodyRef
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.target import Bodies, Dependencies, FileFacts, RenderedFile, Target
from chuyendoiso.system.cache import BODY, Cache, CacheMissing
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.worker_limits import Failure
from chuyendoiso.system.workers import Workers, context

ALONE = 100  # cost up to which starting workers takes longer than rendering all in this process
SHARE = 100  # cost of a worker's share
SECONDS = 120.0  # for one such share: none takes more than a few


class Task(NamedTuple):
    """An output to make, its fingerprint, and the facts of the files in `depends_on`."""

    target: Target
    fingerprint: str
    files: Mapping[str, FileFacts]


P = TypeVar("P")
Put = Callable[[RenderedFile], P]  # stages a file, and returns its record


@dataclass(frozen=True, slots=True)
class _Work:
    bodies: Bodies
    put: Put[Any]
    shares: Sequence[Sequence[Task]]


def make_all(tasks: Sequence[Task], bodies: Bodies, put: Put[P]) -> Iterator[tuple[Task, P]]:
    """Make each task's output and yield the task with what `put` returned.

    `put` is called in the process that made the output. Outputs of untrusted files come first. Raises BuildStopped if an output
    cannot be made, and the errors of `make` and `put`.
    """
    for untrusted_input, some in _by_origin(tasks):
        if sum(task.target.cost for task in some) > ALONE:
            yield from _make_many(_Work(bodies, put, list(_shares(some))), untrusted_input=untrusted_input)
        else:
            yield from ((task, put(make(task, bodies))) for task in some)


def render_alone(targets: Sequence[Target], bodies: Bodies) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of outputs that go into no release. Raises as `make_all`."""
    for task, data in make_all([Task(target, target.path, {}) for target in targets], bodies, lambda target: target.data):
        if data:
            yield task.target.path, data


def _by_origin(tasks: Sequence[Task]) -> Iterator[tuple[bool, list[Task]]]:
    """Yield the tasks that open files of other programs, then the others.

    Targets of one source follow each other: its pixels or its body are loaded once.
    """
    ordered = sorted(tasks, key=lambda task: task.target.origin)
    for untrusted_input in (True, False):
        yield untrusted_input, [task for task in ordered if task.target.untrusted_input is untrusted_input]


def _make_many(work: _Work, *, untrusted_input: bool) -> Iterator[tuple[Task, Any]]:
    """Make outputs in workers, and in this process unless the input is untrusted."""
    numbers = range(len(work.shares))
    with Workers(Limits().memory_bytes) as workers:
        workers.set_context(work)
        results = (
            workers.map(_make_share, numbers, SECONDS, heavy=lambda number: True)
            if untrusted_input
            else workers.map_with_parent(_make_share, numbers, SECONDS)
        )
        for share, staged in zip(work.shares, results, strict=True):
            if isinstance(staged, Failure):
                raise _unmade(share, staged)
            yield from zip(share, staged, strict=True)


def make(task: Task, bodies: Bodies) -> RenderedFile:
    """Make one output."""
    target = task.target
    needs_others = target.bodies is not None or target.depends_on is not None
    others = [Dependencies(bodies(target.bodies or ()), task.files)] if needs_others else []
    return RenderedFile(target.path, task.fingerprint, target.origin, target.make(target.inputs, *others), None)


def _shares(tasks: Sequence[Task]) -> Iterator[Sequence[Task]]:
    """Cut tasks into shares of about equal cost, tasks of one source together."""
    start = cost = 0
    for index, task in enumerate(tasks):
        if cost >= SHARE and task.target.origin != tasks[index - 1].target.origin:
            yield tasks[start:index]
            start, cost = index, 0
        cost += task.target.cost
    yield tasks[start:]


def _make_share(number: int) -> list[Any]:
    work: _Work = context()
    return [work.put(make(task, work.bodies)) for task in work.shares[number]]


def _unmade(tasks: Sequence[Task], failure: Failure) -> BuildStopped:
    named = ", ".join(dict.fromkeys(task.target.origin for task in tasks[:5]))
    why = "quá lâu" if failure is Failure.SLOW else "hết bộ nhớ hoặc dừng đột ngột"
    return BuildStopped(f"Không tạo được tệp từ {named}: {why}. Trang cũ vẫn còn nguyên. Cách sửa: xem lại các tệp ấy.")


@dataclass(slots=True)
class BodyLoader:
    """Loads bodies from the cache for what renders outputs, in any process."""

    cache: Cache
    last: dict[str, Body] = field(default_factory=dict)  # by digest: a page's body is its record's, too, which is made next

    def __call__(self, refs: Iterable[BodyRef]) -> dict[str, Body]:
        """Return bodies by digest. Raises CacheMissing."""
        wanted = {ref.digest: ref for ref in refs}
        if not wanted.keys() <= self.last.keys():
            converted: dict[str, Converted] = self.cache.get_or_make_all(BODY, [ref.key for ref in wanted.values()], _refuse)
            self.last = {digest: filled(converted[ref.key], ref.replacements) for digest, ref in wanted.items()}
        return {digest: self.last[digest] for digest in wanted}


def _refuse(missing: Sequence[str]) -> NoReturn:
    raise CacheMissing


def filled(converted: Converted, shown: Sequence[BodyPart | None]) -> Body:
    """Return a body with its references replaced by the resolved parts."""
    resolved = iter(shown)
    parts = (part if isinstance(part, str) else next(resolved) for part in converted.parts)
    return Body(tuple(part for part in parts if part is not None), converted.text, converted.headings)
