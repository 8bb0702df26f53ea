"""Run a build unless the site is up to date. Only a build imports Pelican."""

import os
import runpy
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chuyendoiso.build.up_to_date import BuildSummary, InputSnapshot, take_snapshot, up_to_date, write_note
from chuyendoiso.system.progress import Progress

if TYPE_CHECKING:
    from chuyendoiso.build.summary import Result

PACKAGE = Path(__file__).resolve().parent.parent


def run_build(settings_file: Path, overrides: dict[str, Any]) -> "Result | None":
    """Build a site; return None if it is up to date. Raises BuildStopped."""
    started = time.monotonic()
    settings = read_settings(settings_file, overrides)
    output = Path(settings["OUTPUT_PATH"])
    note = output.parent / f".{output.name}-releases" / "up-to-date"
    inputs = _take_snapshot(settings_file, settings, overrides)
    skippable = inputs and not settings.get("PUBLISHING") and not settings.get("EXPLAIN")
    if inputs and skippable and (summary := up_to_date(note, inputs, output, settings.get("NOW"))):
        _report(summary, started, settings)
        return None
    from chuyendoiso.build.pelican.plugin import run_pelican

    result = run_pelican(settings_file, overrides)
    if inputs:
        with suppress(OSError):  # disk full: the next build runs even if nothing changed
            write_note(note, inputs, _summary(result), result.release.records())
    return result


def read_settings(settings_file: Path, overrides: dict[str, Any]) -> dict[str, Any]:
    """Return the settings as Pelican reads them, without its defaults."""
    settings = {name: value for name, value in runpy.run_path(str(settings_file)).items() if name.isupper()} | overrides
    for name in ("PATH", "OUTPUT_PATH", "THEME"):
        settings[name] = os.path.abspath(settings_file.parent / settings[name])
    return settings


def _take_snapshot(settings_file: Path, settings: dict[str, Any], overrides: dict[str, Any]) -> InputSnapshot | None:
    """Return the inputs of the build; None if a file cannot be read."""
    packages = Path(sys.prefix, f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages")
    try:
        relevant = sorted((name, value) for name, value in overrides.items() if name not in {"NOW", "EXPLAIN"})
        options = f"{settings_file} {relevant} {sys.version} {packages.stat().st_mtime_ns}"
        confs = sorted(settings_file.parent.glob("*conf.py"))
        return take_snapshot(options, [Path(settings["PATH"]), Path(settings["THEME"]), PACKAGE, *confs])
    except OSError:
        return None


def _summary(result: "Result") -> BuildSummary:
    from chuyendoiso.build.site_plan import warning_lines
    from chuyendoiso.build.summary import counts, when_next

    about = result.release.about
    warnings = warning_lines(result.site_plan.problems)
    return BuildSummary(result.release.folder.name, about.moment, about.next_moment, warnings, counts(result), when_next(result))


def _report(summary: BuildSummary, started: float, settings: dict[str, Any]) -> None:
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    for line in (*summary.warnings, f"Không có gì thay đổi: {summary.counts}; {seconds} giây.{summary.when_next}"):
        Progress(quiet=bool(settings.get("QUIET"))).say(line)
