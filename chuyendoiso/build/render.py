"""Render targets, many of them in worker processes.

Workers inherit the plan as they are forked, and get the number of their share: sending the plan took 20 % of the time. Each process
that touches the plan takes as much memory again. So this process renders a part, too, instead of another worker.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
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
SECONDS = 120.0  # time limit of a share, which takes a few seconds


class Task(NamedTuple):
    """A target to render, its fingerprint, and facts of the files it depends on."""

    target: Target
    fingerprint: str
    files: Mapping[str, FileFacts]


P = TypeVar("P")
Stage = Callable[[RenderedFile], P]  # stages a file, and returns its record


@dataclass(frozen=True, slots=True)
class _WorkerContext:
    bodies: Bodies
    stage: Stage[Any]
    shares: Sequence[Sequence[Task]]


def render_all(tasks: Sequence[Task], bodies: Bodies, stage: Stage[P]) -> Iterator[tuple[Task, P]]:
    """Render each target and stage it; yield the task with what `stage` returned.

    The process that renders a file stages it. Targets with untrusted input come first. Raises BuildStopped if a worker
    fails or is too slow, and the errors of `Target.make` and `stage`.
    """
    for untrusted_input, batch in _by_trust(tasks):
        if sum(task.target.cost for task in batch) > ALONE:
            yield from _render_in_workers(_WorkerContext(bodies, stage, list(_shares(batch))), untrusted_input=untrusted_input)
        else:
            yield from ((task, stage(_render(task, bodies))) for task in batch)


def render_alone(targets: Sequence[Target], bodies: Bodies) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of files that go into no release. Raises as `render_all`."""
    for task, data in render_all([Task(target, target.path, {}) for target in targets], bodies, lambda target: target.data):
        if data:
            yield task.target.path, data


def _by_trust(tasks: Sequence[Task]) -> Iterator[tuple[bool, list[Task]]]:
    """Yield the tasks with untrusted input, then the others.

    Each list is sorted by source: its pixels or its body are loaded once.
    """
    ordered = sorted(tasks, key=lambda task: task.target.origin)
    for untrusted_input in (True, False):
        yield untrusted_input, [task for task in ordered if task.target.untrusted_input is untrusted_input]


def _render_in_workers(work: _WorkerContext, *, untrusted_input: bool) -> Iterator[tuple[Task, Any]]:
    """Render in workers, and in this process unless the input is untrusted."""
    numbers = range(len(work.shares))
    with Workers(Limits().memory_bytes) as workers:
        workers.set_context(work)
        results = (
            workers.map(_render_share, numbers, SECONDS, heavy=lambda number: True)
            if untrusted_input
            else workers.map_with_parent(_render_share, numbers, SECONDS)
        )
        for share, staged in zip(work.shares, results, strict=True):
            if isinstance(staged, Failure):
                raise _rendering_failed(share, staged)
            yield from zip(share, staged, strict=True)


def _render(task: Task, bodies: Bodies) -> RenderedFile:
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


def _render_share(number: int) -> list[Any]:
    work: _WorkerContext = context()
    return [work.stage(_render(task, work.bodies)) for task in work.shares[number]]


def _rendering_failed(tasks: Sequence[Task], failure: Failure) -> BuildStopped:
    origins = ", ".join(dict.fromkeys(task.target.origin for task in tasks[:5]))
    why = "quá lâu" if failure is Failure.SLOW else "hết bộ nhớ hoặc dừng đột ngột"
    return BuildStopped(f"Không tạo được tệp từ {origins}: {why}. Trang cũ vẫn còn nguyên. Cách sửa: xem lại các tệp ấy.")


@dataclass(slots=True)
class BodyLoader:
    """Loads bodies from the cache, in any process."""

    cache: Cache
    last: dict[str, Body] = field(default_factory=dict)  # by digest: a page and its JSON, rendered next, share a body

    def __call__(self, refs: Iterable[BodyRef]) -> dict[str, Body]:
        """Return bodies by digest. Raises CacheMissing."""
        by_digest = {ref.digest: ref for ref in refs}
        if not by_digest.keys() <= self.last.keys():
            keys = [ref.key for ref in by_digest.values() if ref.key]
            converted: dict[str, Converted] = self.cache.get_or_make_all(BODY, keys, _refuse)
            self.last = {
                digest: fill_body(converted[ref.key], ref.replacements) if ref.key else _generated(ref)
                for digest, ref in by_digest.items()
            }
        return {digest: self.last[digest] for digest in by_digest}


def _generated(ref: BodyRef) -> Body:
    """Return a body that no file has."""
    parts = tuple(part for part in ref.replacements if part is not None)
    markup = "".join(part for part in parts if isinstance(part, str))
    return Body(parts, unescape(re.sub("<[^>]*>", "\n", markup)), ())


def _refuse(missing: Sequence[str]) -> NoReturn:
    raise CacheMissing


def fill_body(converted: Converted, resolved: Sequence[BodyPart | None]) -> Body:
    """Return a body with its references replaced by the resolved parts."""
    replacements = iter(resolved)
    parts = (part if isinstance(part, str) else next(replacements) for part in converted.parts)
    return Body(tuple(part for part in parts if part is not None), converted.text, converted.headings)
