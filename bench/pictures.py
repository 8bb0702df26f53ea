"""Renditions and share cards: as they are made, and were, in one run."""

import hashlib
import io
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps

from bench.corpus import articles
from chuyendoiso.model.items import Picture
from chuyendoiso.model.renditions import CARD_SIZE, renditions
from chuyendoiso.model.target import Folder
from chuyendoiso.outputs.images.cards import make_card
from chuyendoiso.outputs.images.image_inputs import CARD, ENCODING, RENDITION, CardInputs, RenditionInputs
from chuyendoiso.outputs.images.rendition_plan import make_rendition

SIZE = (4000, 3000)
FONTS = Path(__file__).resolve().parent.parent / "theme/fonts"
FORMER: dict[str, dict[str, Any]] = {
    "WEBP": {"quality": 78, "method": 4},
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
}  # until November 2026, with each size made by Lanczos from the whole picture


def write_photographs(folder: Path, count: int, size: tuple[int, int] = SIZE, seed: int = 1) -> list[Path]:
    """Write photographs by seed: smooth light with grain, as a camera's sensor has."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    grain = Image.effect_noise(size, 24).convert("RGB")
    found = []
    for number in range(count):
        light = Image.frombytes("RGB", (40, 30), chance.randbytes(3600)).resize(size, Image.Resampling.BICUBIC)
        found.append(folder / f"{number:05}.jpg")
        Image.blend(light, grain, 0.15).save(found[-1], quality=90)
    return found


# ── renditions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def simplest_loop(path: Path, size: tuple[int, int]) -> Iterator[bytes]:
    """Make the renditions as anyone would write it."""
    for format_, options in ENCODING.items():
        for one in renditions(Picture(path.name, "0" * 64, *size), format_):
            with Image.open(path) as image:
                upright = ImageOps.exif_transpose(image)
                yield _encoded(upright.resize((one.width, one.height), Image.Resampling.LANCZOS), format_, options)


def formerly(path: Path, size: tuple[int, int]) -> Iterator[bytes]:
    """Make the renditions as this project did: decoded once."""
    with Image.open(path) as image:
        planned = renditions(Picture(path.name, "0" * 64, *size), "JPEG")
        image.draft(None, (planned[-1].width, planned[-1].height))
        upright = ImageOps.exif_transpose(image)
    for one in planned:
        small = upright.resize((one.width, one.height), Image.Resampling.LANCZOS)
        for format_, options in FORMER.items():
            yield _encoded(small, format_, options)


def as_now(path: Path, size: tuple[int, int]) -> Iterator[bytes]:
    """Make the renditions as a build does."""
    digest = hashlib.sha256(str(path).encode()).hexdigest()  # a build has it from its check
    for format_ in ENCODING:
        for one in renditions(Picture(path.name, digest, *size), format_):
            yield make_rendition(RenditionInputs(str(path), digest, format_, one.width, one.height, RENDITION))


def _encoded(image: Image.Image, format_: str, options: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def compare_renditions(count: int) -> str:
    """Return a table of CPU and bytes of a picture's renditions."""
    folder = Path(tempfile.mkdtemp(prefix="bench-pictures-"))
    lines = ["| a picture, six renditions | CPU | to the former | bytes | to the former |", "| --- | --- | --- | --- | --- |"]
    for size in ((1600, 1200), SIZE):
        photographs = write_photographs(folder / str(size[0]), count, size)
        found: dict[str, tuple[float, int]] = {}
        for name, make in (("formerly", formerly), ("now", as_now), ("simplest Pillow loop", simplest_loop)):
            found[name] = _measured(partial(make, size=size), photographs)
        lines += _rows(found, f"{size[0]} × {size[1]}, ")
    shutil.rmtree(folder)
    return "\n".join(lines)


# ── share cards ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def former_card(title: str) -> list[bytes]:
    """Draw a title as share cards were drawn until November 2026."""
    image = Image.new("RGB", CARD_SIZE, "#fbf7f0")
    font = ImageFont.truetype(FONTS / "be-vietnam-pro-600.ttf", 64, layout_engine=ImageFont.Layout.BASIC)
    lines: list[str] = []
    for word in title.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= 1056:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    for index, line in enumerate(lines):
        ImageDraw.Draw(image).text((72, 148 + 84 * index), line, fill="#1d1b19", font=font)
    return [_encoded(image, "JPEG", FORMER["JPEG"])]


def card(title: str) -> list[bytes]:
    """Draw a share card."""
    return [make_card(CardInputs(Folder(str(FONTS), ""), "Tin tức · 01/11/2026", title, "Trang thử", CARD))]


def compare_cards(count: int = 1000) -> str:
    """Return a table of CPU and bytes of a share card."""
    titles = [article.title for article in articles(count)]
    found = {"formerly, the title alone": _measured(former_card, titles), "now, the whole card": _measured(card, titles)}
    lines = ["| a share card | CPU | to the former | bytes | to the former |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*lines, *_rows(found, "")])


def _measured(make: Callable[[Any], Iterable[bytes]], things: list[Any]) -> tuple[float, int]:
    """Return CPU seconds and bytes of one."""
    started = time.process_time()
    size = sum(len(data) for thing in things for data in make(thing))
    return (time.process_time() - started) / len(things), size // len(things)


def _rows(found: dict[str, tuple[float, int]], case: str) -> Iterator[str]:
    cpu, size = next(iter(found.values()))
    for name, (its_cpu, its_size) in found.items():
        yield f"| {case}{name} | {1000 * its_cpu:.1f} ms | {its_cpu / cpu:.2f} | {its_size:,} | {its_size / size:.2f} |"
