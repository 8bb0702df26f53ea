"""The theme's files: bundled stylesheets, scripts, fonts and icons."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from chuyendoiso.model.target import StaticFile, Target
from chuyendoiso.outputs.channels import CHANNELS

_IMPORT = re.compile(r'^@import url\("(?P<file>[\w./-]+)"\) layer\((?P<layer>[\w.]+)\);$', re.MULTILINE)
_IMPORTS = re.compile(rf"(?:{_IMPORT.pattern}\n)+".replace("?P<file>", "?:").replace("?P<layer>", "?:"), re.MULTILINE)
STYLE_PAGE = "style"  # the stylesheet of the style page, which only a preview has
_PREVIEW_ONLY = {f"{channel.id}-preview" for channel in CHANNELS}  # scripts of pages that only a preview has


@dataclass(frozen=True, slots=True)
class ThemeText:
    """A bundled stylesheet ("css") or a script ("js"), with its hash in its address."""

    folder: str
    name: str
    text: str

    @property
    def path(self) -> str:
        """Return its address, which changes with its text."""
        return f"/{self.folder}/{self.name}-{hashlib.sha256(self.text.encode()).hexdigest()[:12]}.{self.folder}"


def read_stylesheets(theme: Path, *, preview: bool = False) -> tuple[ThemeText, ...]:
    """Bundle each file of `static/css/` that imports others."""
    files = sorted((theme / "static" / "css").glob("*.css"))
    sheets = (file for file in files if preview or file.stem != STYLE_PAGE)
    return tuple(read_stylesheet(theme, file.stem) for file in sheets if _IMPORT.search(file.read_text("utf-8")))


def read_components(theme: Path) -> tuple[str, ...]:
    """Return the names of components with examples, for the style page."""
    return tuple(sorted(file.parent.name for file in theme.glob("components/*/examples.html")))


def read_stylesheet(theme: Path, name: str) -> ThemeText:
    """Bundle a stylesheet: each `@import url("x.css") layer(y);` becomes that file.

    Raises FileNotFoundError with the name of a missing file.
    """
    folder = theme / "static" / "css"
    main = (folder / f"{name}.css").read_text("utf-8")
    return ThemeText("css", name, _IMPORTS.sub(lambda lines: _layers(lines[0], folder), main) + "\n")


def _layers(imports: str, folder: Path) -> str:
    """Return consecutive imports as minified CSS, one block a layer."""
    blocks = []
    for layer, matches in groupby(_IMPORT.finditer(imports), key=lambda match: match["layer"]):
        # minify before wrapping: within a block that it does not know, rcssmin takes the space out of ".a :is(b)"
        css = "".join(cssmin((folder / match["file"]).read_text("utf-8")) for match in matches)
        blocks.append(f"@layer {layer}{{{css}}}\n")
    return "".join(blocks)


def has_search(theme: Path) -> bool:
    """Return whether a theme has the script that reads the search index."""
    return (theme / "components/search/worker.js").is_file()


def read_modules(theme: Path, *, preview: bool = True) -> tuple[ThemeText, ...]:
    """Return the minified scripts of the theme: `components/x/script.js` is `x`.

    Another script of a component is `x-name`. Third-party scripts in `vendor/` are unchanged; our scripts load them on demand.
    """
    folder = theme / "static" / "js"
    ours = {file.stem: file for file in folder.glob("*.js")}
    for file in theme.glob("components/*/*.js"):
        ours[f"{file.parent.name}-{file.stem}".removesuffix("-script")] = file
    names = (name for name in sorted(ours) if preview or name not in _PREVIEW_ONLY)
    return (
        *(ThemeText("js", name, jsmin(ours[name].read_text("utf-8"))) for name in names),
        *(ThemeText("js", file.stem, file.read_text("utf-8")) for file in sorted((folder / "vendor").glob("*.js"))),
    )


def read_theme_files(theme: Path) -> tuple[tuple[str, Path, str], ...]:
    """Return path on the site, file and SHA-256 of each font and icon."""
    static = theme / "static"
    files = (file for folder in ("fonts", "icons") for file in sorted((static / folder).rglob("*")) if file.is_file())
    return tuple((file.relative_to(static).as_posix(), file, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files)


def plan_assets(texts: Iterable[ThemeText], files: Iterable[tuple[str, Path, str]]) -> Iterator[Target | StaticFile]:
    """Plan the theme's files."""
    for text in texts:
        yield Target(
            text.path.removeprefix("/"), text, make_text, f"theme/static/css/{text.name}.css" if text.folder == "css" else "theme"
        )
    for path, file, digest in files:
        yield StaticFile(path, file, digest, f"theme/static/{path}")


def make_text(text: ThemeText) -> bytes:
    """Return a stylesheet or a script."""
    return text.text.encode()
