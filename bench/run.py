"""`make bench`: this project against stock Pelican and Hugo, in turn, on one corpus; prints the table that docs/performance.md keeps.

Each case is timed as its user runs it, as a whole process, `repeats` times; the median is told with the range. Seconds mean nothing
on another machine: the ratios within one run do.
"""

import argparse
import importlib.metadata
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import pictures
from bench.corpus import hugo_file, our_file, pelican_file, write_corpus

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
MORE = 2  # times more that an edit is timed
SETTLED = 2.1  # seconds after which the clock of a file system has surely gone on


@dataclass
class Timed:
    """One case's times in seconds, and the peak memory in bytes."""

    times: list[float] = field(default_factory=list)
    memory: int = 0

    @property
    def median(self) -> float:
        """Return the median time."""
        return statistics.median(self.times)

    def __str__(self) -> str:
        """Tell median and range."""
        return f"{self.median:.2f} s ({min(self.times):.2f}–{max(self.times):.2f})"


def processes(root: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield root
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from processes(int(child))


def proportional_memory(root: int) -> int:
    """Return the sum of the processes' proportional shares, in bytes (Pss of proc(5))."""
    total = 0
    for one in processes(root):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def timed(command: list[str], folder: Path, measured: Timed, *, memory: bool = False) -> None:
    """Run a command once and note its time, or else (looking at memory takes time) its peak memory."""
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        done = threading.Event()
        if memory:
            watch = threading.Thread(target=_watch, args=(process.pid, measured, done))
            watch.start()
        _, told = process.communicate()
        done.set()
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{told.decode()[-2000:]}")
    if not memory:
        measured.times.append(time.perf_counter() - started)


def _watch(root: int, measured: Timed, done: threading.Event) -> None:
    while not done.wait(0.05):
        measured.memory = max(measured.memory, proportional_memory(root))


def thousands(number: int) -> str:
    """Return `10.000`."""
    return f"{number:,}".replace(",", ".")


def edit(path: Path, old: str, new: str) -> None:
    """Replace some text in a file, once."""
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


# ── the three ───────────────────────────────────────────────────────────────────────────────────────────────────────────


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

    def output(self) -> Path:
        """Return where the output is."""
        return self.folder / "output"


class Ours(Contestant):
    """Ours: this project, with a theme as plain as the rivals', or with its own."""

    name = "trang này"
    template = "theme/templates/layouts/base.html"
    leavings = ("output", ".output-releases")

    def __init__(self, folder: Path, count: int, *, real: bool = False) -> None:
        super().__init__(folder, count)
        write_corpus(folder / "content", our_file, count)
        for name in ("chuyendoiso", "tasks.py", "pelicanconf.py", "publishconf.py", "theme"):
            source = HERE / "ours" if name == "theme" and not real else ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
        if not real:
            shutil.copytree(ROOT / "theme" / "fonts", folder / "theme" / "fonts")
            edit(folder / "pelicanconf.py", "SHARE_CARDS = True", "SHARE_CARDS = False")
            edit(folder / "pelicanconf.py", "RECORDS = True", "RECORDS = False")
        self.command = [str(BIN / "invoke"), "build"]

    def article(self, number: int) -> Path:
        return next((self.folder / "content/tin-tuc").glob(f"*/bai-{number:05}.md"))


class Floor(Ours):
    """Our libraries in the simplest loop (floor.py): what no generator that is built of them can be faster than."""

    name = "vòng lặp đơn giản nhất"

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


# ── the cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────

Case = Callable[[Contestant], None]
FULL = "dựng lần đầu, chưa giữ gì"
TEMPLATE = "dựng lại mọi trang sau khi sửa khuôn mẫu chung"
BODY = "sửa thân một bài"
TITLE = "sửa tên một bài"
NOTHING = "không có gì thay đổi"
CASES: dict[str, Case] = {
    FULL: lambda one: one.forget(),
    TEMPLATE: lambda one: one.edit_template(),
    BODY: lambda one: one.edit_body(),
    TITLE: lambda one: one.edit_title(),
    NOTHING: lambda one: None,
}
TARGETS = {FULL: (0.35, 1.5), TEMPLATE: (0.12, 0.6), BODY: (0.04, 0.15), TITLE: (0.08, 0.25), NOTHING: (0.015, 0.05)}


def run_cases(one: Contestant, cases: list[str], repeats: int) -> dict[str, Timed]:
    """Time the cases, each after what went before has settled; memory is looked at in one more run of each.

    An edit comes oftener: the first one after every page was made has no old release that is nearly the new one.
    """
    found = {case: Timed() for case in cases}
    for case in cases:
        times = repeats if case in {FULL, TEMPLATE} or repeats == 1 else repeats + MORE
        for number in range(times + 1):
            if case == NOTHING and number == 0:  # what was just edited is looked at once more before it counts as settled
                time.sleep(SETTLED)
                timed(one.command, one.folder, Timed())
            CASES[case](one)
            os.sync()
            time.sleep(0.2)
            timed(one.command, one.folder, found[case], memory=number == times)
            time.sleep(SETTLED if case != FULL else 0)
        print(f"  {one.name}: {case}: {found[case]}, {found[case].memory / 1e6:.0f} MB", file=sys.stderr, flush=True)
    return found


def compare(count: int, repeats: int, folder: Path) -> str:
    """Run all cases for all three, and the simplest loop beside them; return the table."""
    ours = Ours(folder / "ours", count)
    pelican, cached = Pelican(folder / "pelican", count, cached=False), Pelican(folder / "cached", count, cached=True)
    hugo, floor = Hugo(folder / "hugo", count), Floor(folder / "floor", count)
    print(f"{count} articles", file=sys.stderr)
    times = run_cases(ours, list(CASES), repeats)
    full = run_cases(pelican, [FULL], repeats)[FULL]
    timed(cached.command, cached.folder, Timed())
    best = run_cases(cached, [BODY], repeats)[BODY]
    other = run_cases(hugo, [FULL], repeats)[FULL]
    least = run_cases(floor, [FULL], repeats)
    timed(floor.of("keep"), floor.folder, Timed())
    for case, name in ((TEMPLATE, "again"), (BODY, "one")):
        floor.command = floor.of(name)
        least |= run_cases(floor, [case], repeats)
    lines = [
        f"{thousands(count)} bài: trang này {thousands(ours.pages())} trang HTML, {pelican.name} {thousands(pelican.pages())}, "
        f"{hugo.name} {thousands(hugo.pages())}.",
        f"{pelican.name} dựng cả: {full}, {full.memory / 1e6:.0f} MB; sửa một bài với bộ nhớ đệm tốt nhất: {best}. {hugo.name} dựng cả: {other}.",
        "",
        "| việc | trang này | bộ nhớ đỉnh | so với Pelican | đích | so với Hugo dựng cả | đích |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for case, measured in times.items():
        rival = best if case == BODY else full
        ratios = (measured.median / rival.median, measured.median / other.median)
        cells = [f"{ratio:.3f} | {target}" for ratio, target in zip(ratios, TARGETS[case], strict=True)]
        lines.append(f"| {case} | {measured} | {measured.memory / 1e6:.0f} MB | {' | '.join(cells)} |")
    lines += [
        "",
        "Cùng thư viện trong vòng lặp đơn giản nhất, không kiểm tra gì: "
        + "; ".join(
            f"{case}: {one}, {one.median / (best if case == BODY else full).median:.3f} của Pelican" for case, one in least.items()
        )
        + ".",
    ]
    real = run_cases(Ours(folder / "real", count, real=True), [FULL, BODY, TITLE, NOTHING], 1)
    lines.append("")
    lines.append(
        "Giao diện thật, có ảnh chia sẻ: "
        + "; ".join(f"{case}: {one}, {one.memory / 1e6:.0f} MB" for case, one in real.items())
        + "."
    )
    return "\n".join(lines)


def saves(folder: Path, count: int, repeats: int = 11) -> str:
    """Return how long it takes from a save until the preview has the new page, in this process."""
    from chuyendoiso.live import LiveSite
    from chuyendoiso.order import Order

    one = Ours(folder / "live", count)
    order = Order(content=one.folder / "content", theme=one.folder / "theme", output=one.folder / "preview/output", preview=True)
    site = LiveSite(replace(order, share_cards=False))
    site.refresh()
    told = []
    for name, change in (("một câu", one.edit_body), ("một tên bài", one.edit_title)):
        times = []
        for _ in range(repeats):
            change()
            path = one.article(one.edits % 7)
            started = time.perf_counter()
            site.refresh({path})
            assert site.file(f"tin-tuc/{path.parent.name}/{path.stem}/index.html")
            times.append(1000 * (time.perf_counter() - started))
        told.append(f"{name}: {statistics.median(times):.0f} ms ({min(times):.0f}–{max(times):.0f})")
    return f"make serve với {thousands(count)} bài, từ lúc nhận ra tệp đã lưu tới khi có trang mới: {'; '.join(told)}."


def growth(folder: Path, counts: list[int]) -> str:
    """Return how this project's times grow."""
    lines = ["| số bài | dựng lần đầu | sửa thân một bài | bộ nhớ đỉnh |", "| --- | --- | --- | --- |"]
    for count in counts:
        one = Ours(folder / f"growth-{count}", count)
        found = run_cases(one, [FULL], 1)
        one.edit_body()  # the first edit after a first build has no old release to bring up to date
        timed(one.command, one.folder, Timed())
        time.sleep(SETTLED)
        found |= run_cases(one, [BODY], 1)
        lines.append(f"| {thousands(count)} | {found[FULL]} | {found[BODY]} | {found[FULL].memory / 1e6:.0f} MB |")
    return "\n".join(lines)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--photos", type=int, default=100)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} lõi, {platform.machine()}")
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    for count in options.articles:
        print(f"\n{compare(count, options.repeats, folder / str(count))}", flush=True)
    print(f"\n{saves(folder, max(options.articles))}", flush=True)
    print(f"\n{growth(folder, [1000, 3000, 10000, 30000][: 4 if max(options.articles) >= 10000 else 2])}", flush=True)
    if options.photos:
        print(f"\n{pictures.compare(options.photos)}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
