"""A planned file: its path, its inputs, and the function that makes it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from chuyendoiso.model.items import Body, BodyRef, Hashed, digest_of

T = TypeVar("T")


class Target(NamedTuple):
    """A file to make. (A named tuple: three times as fast as a frozen dataclass.)

    `path` is relative to the release, with slashes. The `repr` of `inputs` covers all that the bytes depend on; `make` is a module's
    function from it to the bytes. `origin` names the source in messages. If `bodies` or `depends_on` is set, `make` also gets
    `Dependencies`: the bodies that it renders, and the facts of other files that it states, as a feed its pictures' sizes.
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
    """Size in bytes and SHA-256 (hex) of a file of the release."""

    size: int
    digest: str


class Dependencies(NamedTuple):
    """The inputs that a target asked for: bodies by digest, facts of files by path."""

    bodies: Mapping[str, Body]
    files: Mapping[str, FileFacts]


Bodies = Callable[[Iterable[BodyRef]], Mapping[str, Body]]  # loads bodies, by digest


class Deferred(NamedTuple):
    """A value made when it is needed: a module's function and its arguments.

    A `BodyRef` among the arguments is replaced by its body.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]

    @property
    def bodies(self) -> tuple[BodyRef, ...]:
        """Return the bodies that the value depends on."""
        return tuple([argument for argument in self.arguments if isinstance(argument, BodyRef)])  # twice as fast as a generator

    def value(self, dependencies: Dependencies) -> Any:
        """Call the function and return the value."""
        return self.function(
            *(dependencies.bodies[argument.digest] if isinstance(argument, BodyRef) else argument for argument in self.arguments)
        )

    def __repr__(self) -> str:
        """Name the function by where it is defined."""
        return f"{self.function.__module__}.{self.function.__qualname__}{self.arguments!r}"


@dataclass(frozen=True, slots=True, repr=False)
class HashedValue(Hashed, Generic[T]):
    """A value that many outputs are made of, named by its digest."""

    value: T
    digest: str


def hash_value(value: T) -> HashedValue[T]:
    """Return a frozen value with the digest of its `repr`."""
    return HashedValue(value, digest_of(value))


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder whose files outputs are made with; its digest alone identifies it."""

    path: str
    digest: str

    def __repr__(self) -> str:
        """Leave the path out: the same files give the same bytes wherever they lie."""
        return f"Folder({self.digest})"


class StaticFile(NamedTuple):
    """A file that is published as it is; `digest` is its SHA-256 in hex."""

    path: str
    source: Path
    digest: str
    origin: str


Planned = Target | StaticFile


def page_file(address: str) -> str:
    """Return the file of an address: `/van-ban/` is `van-ban/index.html`."""
    bare = address.removeprefix("/")
    return f"{bare}index.html" if address.endswith("/") else bare


class RenderedFile(NamedTuple):
    """A file to place in a release: its bytes, or the file to copy."""

    path: str
    fingerprint: str
    origin: str
    data: bytes | None
    source: Path | None
