"""`make bench`: this project against Pelican and Hugo, in turn, on one corpus; prints the tables that docs/performance.md has.

Each case is timed as its user runs it, as a whole process. Seconds mean nothing on another machine: the ratios within one run do.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench import pictures, real
from bench.contestants import Contestant, Floor, Hugo, Ours, Pelican
from bench.timing import Timed, ranged, timed

MORE = 2  # times more that an edit is timed
SETTLED = 2.1  # seconds after which the clock of a file system has surely gone on


# ── the cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────

Case = Callable[[Contestant], None]
FULL = "first build, nothing cached"
TEMPLATE = "the base template changed: every page again"
BODY = "a body edited"
TITLE = "a title edited"
NOTHING = "nothing changed"
CASES: dict[str, Case] = {
    FULL: lambda one: one.forget(),
    TEMPLATE: lambda one: one.edit_template(),
    BODY: lambda one: one.edit_body(),
    TITLE: lambda one: one.edit_title(),
    NOTHING: lambda one: None,
}
# of Pelican's whole build, and of Hugo's, at 10,000 articles
TARGETS = {FULL: (0.55, 1.7), TEMPLATE: (0.26, 0.8), BODY: (0.1, 0.3), TITLE: (0.1, 0.3), NOTHING: (0.01, 0.03)}


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
            timed(one.command, one.folder, found[case], memory=number == times, times=number < times)
            time.sleep(SETTLED if case != FULL else 0)
        print(f"  {one.name}: {case}: {found[case]}, {found[case].memory / 1e6:.0f} MB", file=sys.stderr, flush=True)
    return found


def plain(count: int, repeats: int, folder: Path) -> str:
    """Run all cases with plain themes, and the simplest loop beside them; return the table."""
    ours = Ours(folder / "ours", count)
    pelican, cached = Pelican(folder / "pelican", count, cached=False), Pelican(folder / "cached", count, cached=True)
    hugo, floor = Hugo(folder / "hugo", count), Floor(folder / "floor", count)
    print(f"{count} articles", file=sys.stderr)
    times = run_cases(ours, list(CASES), repeats)
    full = run_cases(pelican, [FULL], repeats)[FULL]
    timed(cached.command, cached.folder, Timed())
    best = run_cases(cached, [BODY], 1)[BODY]
    other = run_cases(hugo, [FULL], repeats)[FULL]
    least = run_cases(floor, [FULL], repeats)
    timed(floor.of("keep"), floor.folder, Timed())
    for case, name in ((TEMPLATE, "again"), (BODY, "one")):
        floor.command = floor.of(name)
        least |= run_cases(floor, [case], repeats)
    lines = [
        f"{count:,} articles: this project {ours.pages():,} pages of HTML, {pelican.name} {pelican.pages():,}, {hugo.name} {hugo.pages():,}. "
        f"{pelican.name}: {full}, {full.memory / 1e6:.0f} MB; an edit with its best cache: {best}. {hugo.name}: {other}.",
        "",
        "| case | this project | peak memory | to Pelican's whole build | goal | to Hugo's whole build | goal |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for case, measured in times.items():
        ratios = (measured.median / full.median, measured.median / other.median)
        cells = [f"{ratio:.3f} | {target}" for ratio, target in zip(ratios, TARGETS[case], strict=True)]
        lines.append(f"| {case} | {measured} | {measured.memory / 1e6:.0f} MB | {' | '.join(cells)} |")
    loops = "; ".join(f"{case}: {one}, {one.median / full.median:.3f} of Pelican's" for case, one in least.items())
    lines += ["", f"The same libraries in the simplest loop, with no check at all: {loops}."]
    return "\n".join(lines)


def edits(count: int, folder: Path) -> str:
    """Return what edits take with the real theme."""
    times = run_cases(Ours.with_all(folder, count, ()), [FULL, BODY, TITLE, NOTHING], 1)
    told = "; ".join(f"{case}: {ranged(one.times)}, {one.memory / 1e6:.0f} MB" for case, one in times.items())
    return f"Real theme, {count:,} articles without pictures: {told}."


def saves(folder: Path, count: int, repeats: int = 11) -> str:
    """Return how long it takes from a save until the preview has the new page, in this process."""
    from chuyendoiso.authoring.preview_site import LiveSite
    from chuyendoiso.build.options import BuildOptions

    one = Ours(folder, count)
    order = BuildOptions(
        content=one.folder / "content", theme=one.folder / "theme", output=one.folder / "preview/output", preview=True
    )
    site = LiveSite(replace(order, share_cards=False))
    site.refresh()
    told = []
    for name, change in (("a sentence", one.edit_body), ("a title", one.edit_title)):
        times = []
        for _ in range(repeats):
            change()
            path = one.article(one.edits % 7)
            started = time.perf_counter()
            site.refresh({path})
            assert site.file(f"tin-tuc/{path.parent.name}/{path.stem}/index.html")
            times.append(1000 * (time.perf_counter() - started))
        told.append(f"{name}: {statistics.median(times):.0f} ms ({min(times):.0f}–{max(times):.0f})")
    return f"`make serve`, {count:,} articles, from a saved file to the new page: {'; '.join(told)}."


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--articles", type=int, nargs="+", default=[1000, 10000], help="with plain themes; the last with the real one, too"
    )
    parser.add_argument("--real", type=int, nargs="*", default=[1000, 3000], help="with the real theme, against Hugo and Pagefind")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--photos", type=int, default=20)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    folder = Path(tempfile.mkdtemp(prefix="bench-"))

    def report(text: str) -> None:
        print(f"\n{text}", flush=True)

    report(real.clone(folder))
    if options.photos:
        report(pictures.compare_cards())
        report(pictures.compare_renditions(options.photos))
    if options.real:
        report(real.compare(options.real, options.repeats, folder / "real"))
    for count in options.articles:
        report(plain(count, options.repeats, folder / str(count)))
    report(real.large(max(options.articles), folder / "large"))
    report(edits(min(options.articles), folder / "edits"))
    report(saves(folder / "live", max(options.articles)))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
