"""A planned file: where it goes, from what, and how it is made. Features plan these; the scheduler alone decides what to make."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from chuyendoiso.model.items import Body, BodyRef, Hashed, digest_of

T = TypeVar("T")


class Target(NamedTuple):
    """A file to make. (What there are tens of thousands of is a named tuple: it is made and kept in a third of the time of a frozen dataclass.)

    `path` is relative to the release, with slashes. `inputs` is a frozen value whose `repr` tells all that the bytes depend on,
    and `make` a module-level function from it to the bytes. `origin` names what the file is for, in messages. What is only there when
    the file is made is handed to `make` as well, as `Dependencies`: the bodies that it shows, and the facts of other files that it
    tells, as a feed the sizes of its pictures. Where both are None, `make` is called with the inputs alone.
    """

    path: str
    inputs: Any
    make: Callable[..., bytes]
    origin: str
    bodies: tuple[BodyRef, ...] | None = None
    depends_on: tuple[str, ...] | None = None
    cost: int = 1  # how long making it takes, a page being 1
    untrusted_input: bool = (
        False  # made from a file of another program, which may be anything: only workers, with their limits, open many
    )


class FileFacts(NamedTuple):
    """A file of the release as others tell of it: its size in bytes, and the SHA-256 of its bytes in hex."""

    size: int
    digest: str


class Dependencies(NamedTuple):
    """What an output asked for: bodies by digest, facts of other files by path."""

    bodies: Mapping[str, Body]
    files: Mapping[str, FileFacts]


Bodies = Callable[[Iterable[BodyRef]], Mapping[str, Body]]  # loads bodies, by digest


class Deferred(NamedTuple):
    """A value that is only made when it is needed: a module-level function and what it is made of, which tells it apart.

    A `BodyRef` among the arguments stands for the body.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]

    @property
    def bodies(self) -> tuple[BodyRef, ...]:
        """Return the bodies that the value is made of."""
        return tuple([argument for argument in self.arguments if isinstance(argument, BodyRef)])  # in half the time of a generator

    def value(self, dependencies: Dependencies) -> Any:
        """Make the value."""
        return self.function(*(dependencies.bodies[one.digest] if isinstance(one, BodyRef) else one for one in self.arguments))

    def __repr__(self) -> str:
        """Name the function by where it is defined."""
        return f"{self.function.__module__}.{self.function.__qualname__}{self.arguments!r}"


@dataclass(frozen=True, slots=True, repr=False)
class HashedValue(Hashed, Generic[T]):
    """A value that many outputs are made of, named by its digest."""

    value: T
    digest: str


def shared(value: T) -> HashedValue[T]:
    """Return a frozen value with its digest."""
    return HashedValue(value, digest_of(value))


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder whose files outputs are made with; its digest alone tells it apart."""

    path: str
    digest: str

    def __repr__(self) -> str:
        """Leave the path out: the same files give the same bytes wherever they lie."""
        return f"Folder({self.digest})"


class StaticFile(NamedTuple):
    """A file that is published byte for byte, named by its content (`digest`, SHA-256 in hex)."""

    path: str
    source: Path
    digest: str
    origin: str


Planned = Target | StaticFile


def page_file(address: str) -> str:
    """Return the file behind a directory address: `/van-ban/` is `van-ban/index.html`; a file's address is its own path."""
    bare = address.removeprefix("/")
    return f"{bare}index.html" if address.endswith("/") else bare


class RenderedFile(NamedTuple):
    """A file to place in a release: its bytes, or the file to copy."""

    path: str
    fingerprint: str
    origin: str
    data: bytes | None
    source: Path | None
