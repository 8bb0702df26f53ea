"""How the outputs that show bodies, or tell of files that do, were planned: kept so that one can be made again without a new plan."""

import pickle
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple, NoReturn

from chuyendoiso.domain.model import BodyPart, BodyRef, Named
from chuyendoiso.domain.output import FileFacts, Output
from chuyendoiso.engine.kept import Kept

RECIPE, VALUE = "recipe", "value"  # kinds of what is kept: outputs by path, and the named values they hold, once each
SPARE = 4  # so many times as many values as outputs are mostly no longer used


class Task(NamedTuple):
    """An output to make, its fingerprint, and the facts of the files that it tells of."""

    output: Output
    fingerprint: str
    files: Mapping[str, FileFacts]


@dataclass(frozen=True, slots=True)
class Recipes:
    """Outputs by path, each with the fingerprint under which it was made."""

    kept: Kept
    known: set[str] = field(default_factory=set)  # names of the values that this process has kept

    def make_room(self, made: int, standing: int) -> bool:
        """Drop everything, and return True, where most is no longer used: nearly all outputs are made anew now, or have been over the time.

        Also where nothing is there, since somebody deleted what was kept: then those that stand are to be kept, too.
        """
        spare = made <= standing * SPARE and self.kept.count(VALUE) <= (made + standing + 1) * SPARE
        if spare and self.kept.count(RECIPE):
            return False
        self.kept.keep_only(RECIPE, ())
        self.kept.keep_only(VALUE, ())
        self.known.clear()
        return True

    def keep(self, tasks: Sequence[Task]) -> None:
        """Keep the outputs of tasks, those that show bodies or tell of files; a worker may do this, too."""
        held: dict[str, Named] = {}
        recipes = {
            task.output.path: (task.fingerprint, _pickled(task.output, held))
            for task in tasks
            if task.output.bodies or task.output.files_of is not None
        }
        values: dict[str, bytes] = {}
        while missing := held.keys() - values.keys() - self.known:  # a value may hold others
            values |= {name: _pickled(held[name], held) for name in missing}
        self.kept.put_pickled(VALUE, values)
        self.known.update(values)
        self.kept.put(RECIPE, recipes)

    def load(self, fingerprints: Mapping[str, str], bodies: Mapping[str, BodyRef]) -> list[Output] | None:
        """Return the outputs of these paths and fingerprints, with other bodies in place of those of these digests.

        None where one is not kept as it was made last.
        """
        found = self.kept.get(RECIPE, fingerprints)
        values: dict[str, Any] = {}
        if any(found.get(path, ("",))[0] != wanted for path, wanted in fingerprints.items()):
            return None
        with suppress(Exception):  # a value was dropped, or is damaged: unpickling can raise anything
            return [_Unpickler(found[path][1], self.kept, values, bodies).load() for path in fingerprints]
        return None


def _pickled(value: Output | Named, held: dict[str, Named]) -> bytes:
    stream = BytesIO()
    _Pickler(stream, value, held).dump(value)
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """Pickles a value with the named values in it by name alone; those are added to `held`."""

    def __init__(self, stream: BytesIO, whole: object, held: dict[str, Named]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self.whole, self.held = whole, held

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, Named) and value is not self.whole:
            self.held[repr(value)] = value
            return _named, (repr(value),)
        if isinstance(value, BodyRef):
            return _body, (value.digest, value.key, value.shown)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Puts named values in their places, and other bodies in place of some."""

    def __init__(self, data: bytes, kept: Kept, values: dict[str, Any], bodies: Mapping[str, BodyRef]) -> None:
        super().__init__(BytesIO(data))
        self.kept, self.values, self.bodies = kept, values, bodies

    def find_class(self, module: str, name: str) -> Any:
        if module == __name__ and name in {_named.__name__, _body.__name__}:
            return getattr(self, name)
        return super().find_class(module, name)

    def _named(self, name: str) -> Any:
        if name not in self.values:
            data = self.kept.get_pickled(VALUE, name)
            self.values[name] = _Unpickler(data, self.kept, self.values, self.bodies).load()
        return self.values[name]

    def _body(self, digest: str, key: str, shown: tuple[BodyPart | None, ...]) -> BodyRef:
        return self.bodies.get(digest) or BodyRef(key, shown)


def _named(name: str) -> NoReturn:
    """Stand for a named value in what is pickled; `_Unpickler` puts the value there."""
    raise pickle.UnpicklingError(f"{name} is read by Recipes.load alone")


def _body(digest: str, key: str, shown: tuple[BodyPart | None, ...]) -> NoReturn:
    """Stand for a body in what is pickled; `_Unpickler` puts it, or another, there."""
    raise pickle.UnpicklingError(f"body {digest} is read by Recipes.load alone")
