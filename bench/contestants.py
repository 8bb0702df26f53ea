"""The generators that are compared, each with its corpus in a folder of its own, and the simplest loop beside them."""

import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from bench.corpus import full_hugo_file, hugo_file, our_file, pelican_file, write_corpus
from chuyendoiso.model.renditions import CARD_SIZE
from chuyendoiso.outputs.images.palette import LACQUER, PAPER, RULE

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
PAGEFIND = HERE / "node_modules/.bin/pagefind"


def edit(path: Path, old: str, new: str) -> None:
    """Replace some text in a file, once."""
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def link_pictures(pictures: Sequence[Path], folder: Path) -> None:
    """Put pictures into a contestant's folder, by number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(pictures):
        os.link(picture, folder / f"{number:05}.jpg")


def pagefind_version() -> str:
    """Return the version of Pagefind that `make bench` installed."""
    version: str = json.loads((HERE / "node_modules/pagefind/package.json").read_text("utf-8"))["version"]
    return version


def draw_ground(file: Path) -> None:
    """Draw what this project's share cards have below their words."""
    image = Image.new("RGB", CARD_SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, CARD_SIZE[1]), fill=LACQUER)
    draw.line((72, CARD_SIZE[1] - 120, CARD_SIZE[0] - 72, CARD_SIZE[1] - 120), fill=RULE, width=2)
    image.save(file)


class Contestant(ABC):
    """One generator with its corpus in a folder of its own."""

    name: str
    command: list[str]
    template: str
    leavings: tuple[str, ...] = ("output",)  # what builds leave behind

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count, self.edits = folder, count, 0
        folder.mkdir(parents=True)

    @abstractmethod
    def article(self, number: int) -> Path:
        """Return the file of an article."""

    def forget(self) -> None:
        """Put the output and all that is kept between builds aside: ext4 is slow for minutes to give out anew what was deleted by the thousand."""
        aside = Path(tempfile.mkdtemp(prefix="aside-", dir=self.folder.parent))
        for name in self.leavings:
            if os.path.lexists(self.folder / name):
                (self.folder / name).rename(aside / name)

    def edit_body(self) -> None:
        """Change a word in the body of one of the newest articles, and of others as the cases go on."""
        self.edits += 1
        path = self.article(self.edits % 7)
        path.write_text(path.read_text("utf-8") + f"\nThêm câu thứ {self.edits}.\n", "utf-8")

    def edit_title(self) -> None:
        """Change the title of one of the newest articles."""
        self.edits += 1
        path = self.article(self.edits % 7)
        head, _, rest = path.read_text("utf-8").partition("\n\n")
        lines = [f'{line.rstrip(chr(34))} {self.edits}{chr(34) if line.endswith(chr(34)) else ""}' if line.lower().startswith("title:") else line for line in head.split("\n")]  # fmt: skip
        path.write_text("\n".join(lines) + "\n\n" + rest, "utf-8")

    def edit_template(self) -> None:
        """Change the base template."""
        self.edits += 1
        edit(self.folder / self.template, "</body>", f"<!-- {self.edits} --></body>")

    def pages(self) -> int:
        """Return how many pages there are in the output."""
        return sum(1 for _ in self.output().resolve().rglob("*.html"))

    def count_files(self) -> tuple[int, int]:
        """Return how many files there are in the output, and their bytes."""
        sizes = [path.stat().st_size for path in self.output().resolve().rglob("*") if path.is_file()]
        return len(sizes), sum(sizes)

    def output(self) -> Path:
        """Return where the output is."""
        return self.folder / "output"


class Ours(Contestant):
    """Ours: this project, with a theme as plain as the rivals', or with its own."""

    name = "this project"
    template = "theme/templates/layouts/base.html"
    leavings = ("output", ".output-releases")

    def __init__(self, folder: Path, count: int, *, real: bool = False, pictures: Sequence[Path] = ()) -> None:
        super().__init__(folder, count)
        write_corpus(folder / "content", our_file, count, pictures=len(pictures))
        link_pictures(pictures, folder / "content/media/anh")
        for name in ("chuyendoiso", "tasks.py", "pelicanconf.py", "publishconf.py", "theme"):
            source = HERE / "ours" if name == "theme" and not real else ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
        if not real:
            shutil.copytree(ROOT / "theme" / "fonts", folder / "theme" / "fonts")
            edit(folder / "pelicanconf.py", "SHARE_CARDS = True", "SHARE_CARDS = False")
            edit(folder / "pelicanconf.py", "RECORDS = True", "RECORDS = False")
        self.command = [str(BIN / "invoke"), "build"]

    @classmethod
    def with_all(cls, folder: Path, count: int, pictures: Sequence[Path]) -> "Ours":
        """Return this project with its own theme and all that it makes."""
        return cls(folder, count, real=True, pictures=pictures)

    def article(self, number: int) -> Path:
        return next((self.folder / "content/tin-tuc").glob(f"*/bai-{number:05}.md"))


class Floor(Ours):
    """Our libraries in the simplest loop (floor.py): what no generator that is built of them can be faster than."""

    name = "the simplest loop"

    def __init__(self, folder: Path, count: int) -> None:
        super().__init__(folder, count)
        shutil.copy(HERE / "floor.py", folder)
        self.command = self.of("first")

    def of(self, case: str) -> list[str]:
        """Return the command of one of its cases."""
        return [sys.executable, "floor.py", case, "content", "output"]


class Pelican(Contestant):
    """Stock Pelican; `cached` with its best cache."""

    template = "theme/templates/base.html"
    leavings = ("output", "cache")

    def __init__(self, folder: Path, count: int, *, cached: bool) -> None:
        super().__init__(folder, count)
        self.name = f"Pelican {importlib.metadata.version('pelican')}"
        write_corpus(folder / "content", pelican_file, count)
        shutil.copytree(HERE / "pelican/theme", folder / "theme")
        settings = (HERE / "pelican/pelicanconf.py").read_text("utf-8")
        cache = 'CACHE_CONTENT = True\nCONTENT_CACHING_LAYER = "generator"\nLOAD_CONTENT_CACHE = True\nCHECK_MODIFIED_METHOD = "mtime"\n'
        (folder / "pelicanconf.py").write_text(settings + (cache if cached else ""), "utf-8")
        self.command = [str(BIN / "pelican"), "-s", "pelicanconf.py", "-o", "output", "--quiet"]

    def article(self, number: int) -> Path:
        return self.folder / f"content/bai-{number:05}.md"


class Hugo(Contestant):
    """Hugo, whose price for any edit is that of a whole build."""

    template = "layouts/_default/baseof.html"
    leavings = ("public", "resources")

    def __init__(self, folder: Path, count: int) -> None:
        super().__init__(folder, count)
        self.name = f"Hugo {importlib.metadata.version('hugo')}"
        write_corpus(folder / "content", hugo_file, count)
        shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
        self.command = [str(BIN / "hugo"), "--quiet"]

    def article(self, number: int) -> Path:
        return self.folder / f"content/posts/bai-{number:05}.md"

    def output(self) -> Path:
        return self.folder / "public"


class FullHugo(Hugo):
    """Hugo with all that this project makes, and Pagefind for the search."""

    def __init__(self, folder: Path, count: int, pictures: Sequence[Path]) -> None:
        Contestant.__init__(self, folder, count)
        self.name = f"Hugo {importlib.metadata.version('hugo')} + Pagefind {pagefind_version()}"
        write_corpus(folder / "content", full_hugo_file, count, pictures=len(pictures))
        shutil.copytree(HERE / "hugo-full", folder, dirs_exist_ok=True)
        link_pictures(pictures, folder / "assets/anh")
        for font in (ROOT / "theme/fonts").glob("*.ttf"):
            shutil.copy(font, folder / "assets")
        draw_ground(folder / "assets/card.png")
        self.command = ["sh", "-c", f"{BIN / 'hugo'} --quiet && {PAGEFIND} --site public --silent"]
