"""The real site against Hugo and Pagefind, which do the same work."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.contestants import ROOT, Contestant, FullHugo, Ours, Pelican
from bench.pictures import write_photographs
from bench.timing import Timed, ranged, timed

FEW = 20  # pictures in all
SIZE = (800, 600)  # of a picture, in pixels: the rival takes a quarter of an hour for 3,000 of 1600 × 1200


@dataclass(frozen=True)
class Built:
    """What a first build took and made."""

    name: str
    measured: Timed
    files: int
    size: int

    def row(self, case: str) -> str:
        """Return a line of the table."""
        of = self.measured
        return f"| {case} | {self.name} | {ranged(of.cpu)} | {of} | {of.memory / 1e6:.0f} MB | {self.files:,} | {self.size / 1e6:.0f} MB |"


def first_builds(one: Contestant, repeats: int) -> Built:
    """Time first builds; memory is looked at in the last."""
    measured = Timed()
    for number in range(repeats):
        one.forget()
        os.sync()
        timed(one.command, one.folder, measured, memory=number == repeats - 1)
    print(f"  {one.count} articles: {one.name}: {measured}, CPU {ranged(measured.cpu)}", file=sys.stderr, flush=True)
    return Built(one.name, measured, *one.count_files())


def compare(counts: list[int], repeats: int, folder: Path) -> str:
    """Return a table of first builds, and one of their ratios."""
    lines = [
        "| articles, pictures | generator | CPU | wall | peak memory | files | bytes |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    ratios = [
        "| articles, pictures | CPU to the rival's | wall to the rival's | wall to plain Pelican's |",
        "| --- | --- | --- | --- |",
    ]
    photographs = write_photographs(folder / "photographs", max(counts), SIZE)
    for count in counts:
        plain = first_builds(Pelican(folder / f"pelican-{count}", count, cached=False), repeats)
        lines.append(plain.row(f"{count:,}, none, plain theme"))
        for pictures in (FEW, count):
            case = f"{count:,}, {pictures:,}"
            times = repeats if count * pictures <= 1000 * FEW else 1
            parts = []
            for make in (Ours.with_all, FullHugo):
                one = make(folder / f"{make.__qualname__}-{case}", count, photographs[:pictures])
                parts.append(first_builds(one, times))
            ours, rival = parts
            lines += [ours.row(case), rival.row(case)]
            ratio = (
                ours.measured.median_cpu / rival.measured.median_cpu,
                ours.measured.median / rival.measured.median,
                ours.measured.median / plain.measured.median,
            )
            ratios.append(f"| {case} | {' | '.join(f'{one:.2f}' for one in ratio)} |")
    return "\n".join([*lines, "", *ratios])


def large(count: int, folder: Path) -> str:
    """Return what a first build of many articles takes and makes."""
    photographs = write_photographs(folder / "photographs", FEW, SIZE)
    built = first_builds(Ours.with_all(folder / "site", count, photographs), 1)
    return built.row(f"{count:,}, {FEW}")


def clone(folder: Path) -> str:
    """Return how long `make html` takes in a new clone, set-up included."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "clone")], check=True)
    measured = Timed()
    timed(["make", "html"], folder / "clone", measured)
    return f"`make html` in a new clone, set-up included: {measured}."
