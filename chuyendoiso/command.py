"""The command `build`: has done nothing where nothing changed, else runs Pelican in this process, as `pelican -s pelicanconf.py` would."""

import os
import runpy
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chuyendoiso import unchanged
from chuyendoiso.progress import Progress

if TYPE_CHECKING:
    from chuyendoiso.build import Result

PACKAGE = Path(__file__).resolve().parent


def run_build(settings_file: Path, overrides: dict[str, Any]) -> None:
    """Build a site, if there is anything to do. Raises BuildStopped, as `run_pelican` does."""
    started = time.monotonic()
    settings = read_settings(settings_file, overrides)
    output = Path(settings["OUTPUT_PATH"])
    noted = output.parent / f".{output.name}-releases" / "unchanged"
    world = _world(settings_file, settings, overrides)
    done = unchanged.recall(noted, world, output, settings.get("NOW")) if world and not settings["PUBLISHING"] else None
    if done:
        _say_unchanged(done, started, quiet=bool(settings.get("QUIET")))
        return
    from chuyendoiso.plugins.command import run_pelican

    result = run_pelican(settings_file, overrides)
    if world:
        files = ((path, placed.size, placed.modified_ns) for path, placed in result.release.files.items())
        unchanged.note(noted, world, _done(result), files)


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
        options = sorted((name, value) for name, value in overrides.items() if name != "NOW")
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


def _say_unchanged(done: unchanged.Done, started: float, *, quiet: bool) -> None:
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    for line in (*done.warnings, f"Không có gì thay đổi: {done.counts}; {seconds} giây.{done.when_next}"):
        Progress(quiet=quiet).say(line)
