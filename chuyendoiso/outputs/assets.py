"""The theme's files: bundled stylesheets, scripts, fonts and icons."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from chuyendoiso.model.target import StaticFile, Target
from chuyendoiso.outputs.channels import CHANNELS

_IMPORT = re.compile(r'^@import url\("(?P<file>[\w./-]+)"\) layer\((?P<layer>[\w.]+)\);$', re.MULTILINE)
_IMPORTS = re.compile(rf"(?:{_IMPORT.pattern}\n)+".replace("?P<file>", "?:").replace("?P<layer>", "?:"), re.MULTILINE)
STYLE_PAGE = "style"  # the sheet of the style page, which no release for readers has
_PREVIEW_ALONE = {f"{channel.id}-preview" for channel in CHANNELS}  # scripts of the pages that a preview alone has
_COPIED = ("fonts", "icons")


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A bundled stylesheet; its address changes with its bytes, so browsers cache it."""

    name: str
    css: str

    @property
    def path(self) -> str:
        """Return its address."""
        return f"/css/{self.name}-{hashlib.sha256(self.css.encode()).hexdigest()[:12]}.css"


@dataclass(frozen=True, slots=True)
class Module:
    """A component's script, or one that it loads; its address changes with its bytes."""

    name: str
    js: str

    @property
    def path(self) -> str:
        """Return its address."""
        return f"/js/{self.name}-{hashlib.sha256(self.js.encode()).hexdigest()[:12]}.js"


def read_stylesheets(theme: Path, *, preview: bool = False) -> tuple[Stylesheet, ...]:
    """Bundle each file of `static/css/` that imports others."""
    files = sorted((theme / "static" / "css").glob("*.css"))
    sheets = (file for file in files if preview or file.stem != STYLE_PAGE)
    return tuple(read_stylesheet(theme, file.stem) for file in sheets if _IMPORT.search(file.read_text("utf-8")))


def read_components(theme: Path) -> tuple[str, ...]:
    """Return the names of components with examples, for the style page."""
    return tuple(sorted(file.parent.name for file in theme.glob("components/*/examples.html")))


def read_stylesheet(theme: Path, name: str) -> Stylesheet:
    """Bundle a stylesheet: each `@import url("x.css") layer(y);` becomes that file.

    Raises FileNotFoundError with the name of a missing file.
    """
    folder = theme / "static" / "css"
    main = (folder / f"{name}.css").read_text("utf-8")
    return Stylesheet(name, _IMPORTS.sub(lambda lines: _layers(lines[0], folder), main) + "\n")


def _layers(imports: str, folder: Path) -> str:
    """Return some imports that follow each other: those of one layer as one block."""
    blocks = []
    for layer, found in groupby(_IMPORT.finditer(imports), key=lambda one: one["layer"]):
        # minified before it is wrapped: within a block that it does not know, rcssmin takes the space out of ".a :is(b)"
        css = "".join(cssmin((folder / one["file"]).read_text("utf-8")) for one in found)
        blocks.append(f"@layer {layer}{{{css}}}\n")
    return "".join(blocks)


def has_search(theme: Path) -> bool:
    """Return whether a theme has the script that reads the search index."""
    return (theme / "components/search/worker.js").is_file()


def read_modules(theme: Path, *, preview: bool = True) -> tuple[Module, ...]:
    """Return the minified scripts of the theme: `components/x/script.js` is `x`.

    Another script of a component is `x-name`. Third-party scripts in `vendor/` are unchanged; our scripts load them on demand.
    """
    folder = theme / "static" / "js"
    ours = {file.stem: file for file in folder.glob("*.js")}
    for file in theme.glob("components/*/*.js"):
        ours[f"{file.parent.name}-{file.stem}".removesuffix("-script")] = file
    return (
        *(
            Module(name, jsmin(file.read_text("utf-8")))
            for name, file in sorted(ours.items())
            if preview or name not in _PREVIEW_ALONE
        ),
        *(Module(file.stem, file.read_text("utf-8")) for file in sorted((folder / "vendor").glob("*.js"))),
    )


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
) -> Iterator[Target | StaticFile]:
    """Plan the theme's files."""
    for stylesheet in stylesheets:
        yield Target(stylesheet.path.removeprefix("/"), stylesheet, make_stylesheet, f"theme/static/css/{stylesheet.name}.css")
    for module in modules:
        yield Target(module.path.removeprefix("/"), module, make_module, "theme")
    for path, file, digest in files:
        yield StaticFile(path, file, digest, f"theme/static/{path}")


def make_stylesheet(stylesheet: Stylesheet) -> bytes:
    """Return the bundled stylesheet."""
    return stylesheet.css.encode()


def make_module(module: Module) -> bytes:
    """Return a component's script."""
    return module.js.encode()
