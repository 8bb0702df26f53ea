"""The theme's own files: the stylesheets as one for each kind of page and one for print, each component's script, fonts and icons as they are."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rcssmin import cssmin

from chuyendoiso.domain.output import CopyOf, Output

_IMPORT = re.compile(r'^@import url\("(?P<file>[\w./-]+)"\) layer\((?P<layer>[\w.]+)\);$', re.MULTILINE)
_ASIDE = re.compile(r"^\s*//.*\n|^[ \t]+|^\n", re.MULTILINE)
_COPIED = ("fonts", "icons")


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The bundled stylesheet of a kind of page; its address changes with its bytes, so that it can be kept for good by browsers."""

    name: str
    css: str

    @property
    def path(self) -> str:
        """Return its address."""
        return f"/css/{self.name}-{hashlib.sha256(self.css.encode()).hexdigest()[:12]}.css"


@dataclass(frozen=True, slots=True)
class Module:
    """The script of one component, an ES module without imports; its address changes with its bytes."""

    name: str
    js: str

    @property
    def path(self) -> str:
        """Return its address."""
        return f"/js/{self.name}-{hashlib.sha256(self.js.encode()).hexdigest()[:12]}.js"


def read_stylesheets(theme: Path) -> tuple[Stylesheet, ...]:
    """Bundle each file of `static/css/` that imports others, named as it is: one for each kind of page, and one for print."""
    files = sorted((theme / "static" / "css").glob("*.css"))
    return tuple(read_stylesheet(theme, file.stem) for file in files if _IMPORT.search(file.read_text("utf-8")))


def read_stylesheet(theme: Path, name: str) -> Stylesheet:
    """Bundle one of `static/css/`: each line `@import url("x.css") layer(y);` becomes that file in its layer.

    Raises FileNotFoundError, which names the file, where an import leads nowhere.
    """
    folder = theme / "static" / "css"
    main = (folder / f"{name}.css").read_text("utf-8")
    bundled = _IMPORT.sub(lambda found: _layer(found["layer"], (folder / found["file"]).read_text("utf-8")), main)
    return Stylesheet(name, bundled + "\n")


def _layer(name: str, css: str) -> str:
    # minified before it is wrapped: within a block that it does not know, rcssmin takes the space out of ".a :is(b)"
    return f"@layer {name}{{{cssmin(css)}}}"


def read_modules(theme: Path) -> tuple[Module, ...]:
    """Return each script of `static/js/`, named as its component is; lines of comment and what indents lines are for whoever reads the source.

    So no string of a script may go on over several lines.
    """
    files = sorted((theme / "static" / "js").glob("*.js"))
    return tuple(Module(file.stem, _ASIDE.sub("", file.read_text("utf-8"))) for file in files)


def read_theme_files(theme: Path) -> tuple[tuple[str, Path, str], ...]:
    """Return path on the site, file and SHA-256 of each font and icon."""
    found = []
    for folder in _COPIED:
        for file in sorted((theme / "static" / folder).rglob("*")):
            if file.is_file():
                path = file.relative_to(theme / "static").as_posix()
                found.append((path, file, hashlib.sha256(file.read_bytes()).hexdigest()))
    return tuple(found)


def plan_assets(
    stylesheets: tuple[Stylesheet, ...], modules: tuple[Module, ...], files: tuple[tuple[str, Path, str], ...]
) -> Iterator[Output | CopyOf]:
    """Plan the theme's files."""
    for stylesheet in stylesheets:
        yield Output(stylesheet.path.removeprefix("/"), stylesheet, make_stylesheet, f"theme/static/css/{stylesheet.name}.css")
    for module in modules:
        yield Output(module.path.removeprefix("/"), module, make_module, f"theme/static/js/{module.name}.js")
    for path, file, digest in files:
        yield CopyOf(path, file, digest, f"theme/static/{path}")


def make_stylesheet(stylesheet: Stylesheet) -> bytes:
    """Return the bundled stylesheet."""
    return stylesheet.css.encode()


def make_module(module: Module) -> bytes:
    """Return a component's script."""
    return module.js.encode()
