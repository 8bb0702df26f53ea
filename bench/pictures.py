"""Photographs of 12 megapixels: all their renditions, made by this project and by the simplest sequential Pillow loop, in one run."""

import hashlib
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageOps

from chuyendoiso.domain.model import Picture
from chuyendoiso.domain.output import Output
from chuyendoiso.domain.renditions import renditions
from chuyendoiso.engine.making import Made, Task, make_all
from chuyendoiso.images.renditions import ENCODING, RECIPE, RenditionInputs, make_rendition

SIZE = (4000, 3000)


def write_photographs(folder: Path, count: int, size: tuple[int, int] = SIZE, seed: int = 1) -> list[Path]:
    """Write photographs by seed: smooth light with grain, as a camera's sensor has."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    found = []
    for number in range(count):
        light = Image.frombytes("RGB", (40, 30), chance.randbytes(3600)).resize(size, Image.Resampling.BICUBIC)
        grain = Image.effect_noise(size, 24).convert("RGB")
        found.append(folder / f"{number:05}.jpg")
        Image.blend(light, grain, 0.15).save(found[-1], quality=90)
    return found


def simplest_loop(photographs: list[Path], folder: Path) -> None:
    """Make the same renditions, one after another, as anyone would write it."""
    for path in photographs:
        for format_, options in ENCODING.items():
            for one in renditions(Picture(path.name, "0" * 64, *SIZE), format_):
                with Image.open(path) as image:
                    upright = ImageOps.exif_transpose(image)
                    small = upright.resize((one.width, one.height), Image.Resampling.LANCZOS)
                small.save(folder / f"{path.stem}-{one.width}.{format_.lower()}", format_, **options)


def with_engine(photographs: list[Path], folder: Path) -> None:
    """Make them as a build does."""
    tasks = []
    for path in photographs:
        picture = Picture(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), *SIZE)
        for format_ in ("WEBP", "JPEG"):
            for one in renditions(picture, format_):
                inputs = RenditionInputs(str(path), picture.digest, format_, one.width, one.height, RECIPE)
                tasks.append(Task(Output(one.path, inputs, make_rendition, path.name, weight=50), "", {}))

    def put(made: Made) -> int:
        assert made.data is not None
        return (folder / Path(made.path).name).write_bytes(made.data)

    for _ in make_all(tasks, lambda refs: {}, put):
        pass


def compare(count: int, repeats: int = 3) -> str:
    """Return a line with both times and their ratio."""
    folder = Path(tempfile.mkdtemp(prefix="bench-pictures-"))
    photographs = write_photographs(folder, count)
    times: dict[str, list[float]] = {"loop": [], "engine": []}
    for number in range(repeats):
        for name, make in (("loop", simplest_loop), ("engine", with_engine)):
            target = folder / f"{name}-{number}"
            target.mkdir()
            started = time.perf_counter()
            make(photographs, target)
            times[name].append(time.perf_counter() - started)
            assert len(list(target.iterdir())) == 6 * count
            print(f"  {name}: {times[name][-1]:.1f} s", file=sys.stderr, flush=True)
    shutil.rmtree(folder)
    loop, engine = (sorted(found)[len(found) // 2] for found in times.values())
    return f"{count} ảnh 12 megapixel, {6 * count} bản: vòng lặp Pillow {loop:.1f} s, trang này {engine:.1f} s, tỉ số {engine / loop:.2f} (đích 0.6)."
