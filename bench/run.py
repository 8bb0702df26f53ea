"""`make bench`: this project against stock Pelican and Hugo, in turn, on one corpus; prints the table that docs/performance.md keeps.

Each case is timed as its user runs it, as a whole process, `repeats` times; the median is told with the range. Seconds mean nothing
on another machine: the ratios within one run do.
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

from bench import pictures
from bench.contestants import Contestant, Floor, Hugo, Ours, Pelican
from bench.timing import Timed, timed

MORE = 2  # times more that an edit is timed
SETTLED = 2.1  # seconds after which the clock of a file system has surely gone on


def thousands(number: int) -> str:
    """Return `10.000`."""
    return f"{number:,}".replace(",", ".")


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
        ratios = (measured.median / full.median, measured.median / other.median)
        cells = [f"{ratio:.3f} | {target}" for ratio, target in zip(ratios, TARGETS[case], strict=True)]
        lines.append(f"| {case} | {measured} | {measured.memory / 1e6:.0f} MB | {' | '.join(cells)} |")
    lines += [
        "",
        "Cùng thư viện trong vòng lặp đơn giản nhất, không kiểm tra gì: "
        + "; ".join(f"{case}: {one}, {one.median / full.median:.3f} của Pelican" for case, one in least.items())
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

    one = Ours(folder / f"live-{count}", count)
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
    lines = ["| số bài | dựng lần đầu | CPU một bài | sửa thân một bài | bộ nhớ đỉnh |", "| --- | --- | --- | --- | --- |"]
    for count in counts:
        one = Ours(folder / f"growth-{count}", count)
        found = run_cases(one, [FULL], 1)
        one.edit_body()  # the first edit after a first build has no old release to bring up to date
        timed(one.command, one.folder, Timed())
        time.sleep(SETTLED)
        found |= run_cases(one, [BODY], 1)
        cpu = 1000 * found[FULL].cpu[0] / count
        lines.append(f"| {thousands(count)} | {found[FULL]} | {cpu:.2f} ms | {found[BODY]} | {found[FULL].memory / 1e6:.0f} MB |")
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
    for count in sorted({min(3000, max(options.articles)), max(options.articles)}):
        print(f"\n{saves(folder, count)}", flush=True)
    print(f"\n{growth(folder, [1000, 3000, 10000, 30000][: 4 if max(options.articles) >= 10000 else 2])}", flush=True)
    if options.photos:
        print(f"\n{pictures.compare(options.photos)}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
