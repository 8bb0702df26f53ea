"""The command `build`: does nothing where nothing changed, updates a release that is there, and has Pelican make the first one."""

import gc
import os
import runpy
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chuyendoiso import unchanged
from chuyendoiso.engine.aside import aside
from chuyendoiso.progress import Progress

if TYPE_CHECKING:
    from chuyendoiso.build import Result
    from chuyendoiso.release.manifest import Release, Whole

PACKAGE = Path(__file__).resolve().parent


def run_build(settings_file: Path, overrides: dict[str, Any]) -> "Result | None":
    """Build a site, if there is anything to do; None where a glance or the quick build did. Raises BuildStopped, as `run_pelican` does."""
    started = time.monotonic()
    settings = read_settings(settings_file, overrides)
    output = Path(settings["OUTPUT_PATH"])
    recalled = not settings.get("PUBLISHING") and not settings.get("EXPLAIN")
    note = output.parent / f".{output.name}-releases" / "unchanged"
    noted = unchanged.noted(note) if recalled else None
    with aside(lambda: noted is not None and noted.is_whole(output), apart=noted is not None) as is_whole:
        world = _world(settings_file, settings, overrides)
        if not world:
            noted = None
        is_right = noted is not None and noted.is_right(output, settings.get("NOW"))
        if noted and world and is_right and noted.world == world.digest and is_whole():
            _say(noted.done, started, "Không có gì thay đổi", settings)
            return None
        gc.disable()  # a build makes many values that stay, and no rings: looking for them took a third of its time
        try:
            edited = noted.edited(world) if noted and world and is_right else None
            whole = partial(_whole, noted, is_whole)
            result, release = None, _update_words(settings, edited, whole) if edited else None
            if noted and release:
                done = replace(noted.done, release=release.folder.name)
                _say(done, started, "Đã dựng bản mới" if done != noted.done else "Không có gì thay đổi", settings)
            else:
                result = _update(settings, world, whole) if output.is_symlink() else _build(settings_file, overrides)
                release, done = result.release, _done(result)
        finally:
            gc.freeze()  # nor is there anything for it to find now, in all that was built
            gc.enable()
    if world:
        files = ((path, placed.size, placed.modified_ns) for path, placed in release.files.items())
        with suppress(OSError):  # a full disk: the next build looks again
            unchanged.note(note, world, done, files)
    return result


def _whole(noted: unchanged.Noted | None, is_whole: Callable[[], bool]) -> str | None:
    """Return the name of the noted release, if all its files are as they were left."""
    return noted.done.release if noted and is_whole() else None


def leave_whole(value: object) -> None:
    """Have a large value outlive this process's last line: to take 10,000 items and their plan apart, value by value, takes 25 ms."""
    ring = [value]
    ring.append(ring)  # nothing but a collector of rings would take it apart, and that is not to look
    gc.freeze()


def _update_words(settings: dict[str, Any], edited: list[Path], whole: "Whole") -> "Release | None":
    """Bring into the release files of which the words alone changed; None where there is more to do."""
    if settings.get("ADDRESS") or any(path.suffix != ".md" for path in edited):
        return None
    from chuyendoiso.order import order_of
    from chuyendoiso.quick import update_words

    return update_words(order_of(settings), edited, whole)


def _build(settings_file: Path, overrides: dict[str, Any]) -> "Result":
    from chuyendoiso.plugins.command import run_pelican

    return run_pelican(settings_file, overrides)


def _update(settings: dict[str, Any], world: unchanged.World | None, whole: "Whole") -> "Result":
    """Bring the release that is there up to date, by the steps that Pelican runs, without the time that loading Pelican takes."""
    from chuyendoiso.build import read, write
    from chuyendoiso.order import order_of

    order, progress = order_of(settings), Progress(quiet=bool(settings.get("QUIET")))
    return write(read(order, progress, world.stamps if world else {}), order, progress, whole)


def read_settings(settings_file: Path, overrides: dict[str, Any]) -> dict[str, Any]:
    """Return the settings as Pelican would read them, but for its own defaults."""
    settings = {name: value for name, value in runpy.run_path(str(settings_file)).items() if name.isupper()} | overrides
    for name in ("PATH", "OUTPUT_PATH", "THEME"):
        settings[name] = os.path.abspath(settings_file.parent / settings[name])
    return settings


def _world(settings_file: Path, settings: dict[str, Any], overrides: dict[str, Any]) -> unchanged.World | None:
    """Return what the build depends on; None where there is something that cannot be looked at."""
    packages = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    try:
        installed = os.stat(Path(sys.prefix) / packages).st_mtime_ns
        options = sorted((name, value) for name, value in overrides.items() if name not in {"NOW", "EXPLAIN"})
        asked = f"{settings_file} {options} {sys.version} {installed}"
        confs = sorted(settings_file.parent.glob("*conf.py"))
        return unchanged.look(asked, [Path(settings["PATH"]), Path(settings["THEME"]), PACKAGE, *confs])
    except OSError:
        return None


def _done(result: "Result") -> unchanged.Done:
    from chuyendoiso.build import counts, when_next

    about = result.release.about
    warnings = [str(problem) for problem in result.reading.problems]
    return unchanged.Done(result.release.folder.name, about.moment, about.next_moment, warnings, counts(result), when_next(result))


def _say(done: unchanged.Done, started: float, what: str, settings: dict[str, Any]) -> None:
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    for line in (*done.warnings, f"{what}: {done.counts}; {seconds} giây.{done.when_next}"):
        Progress(quiet=bool(settings.get("QUIET"))).say(line)
