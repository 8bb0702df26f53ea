"""Pelican's generator and writer: thin, both call `build.pipeline`."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pelican
from pelican.generators import Generator
from pelican.settings import read_settings
from pelican.writers import Writer

from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions, options_of
from chuyendoiso.build.site_plan import SitePlan
from chuyendoiso.build.summary import Result
from chuyendoiso.system.errors import BuildStopped, WrongUse
from chuyendoiso.system.progress import Progress


class Stopped(SystemExit):
    """Ends the process with a message; Pelican shows other exceptions as tracebacks."""

    def __init__(self, cause: BuildStopped) -> None:
        self.cause = cause
        super().__init__(str(cause))


@contextmanager
def build_step() -> Iterator[None]:
    """Turn BuildStopped into the end of the process; collect no garbage meanwhile.

    A build makes many values that stay, and no cycles: collecting took 33 % of its time.
    """
    gc.disable()
    try:
        yield
    except BuildStopped as cause:
        raise Stopped(cause) from None
    finally:
        gc.freeze()
        gc.enable()


class SiteGenerator(Generator):  # type: ignore[misc]  # pelican has no types
    """Reads and checks the content; hands the plan to the writer."""

    def generate_context(self) -> None:
        self.options = options_of(self.settings)
        self.progress = Progress(quiet=self.settings.get("QUIET", False))
        with build_step():
            self.site_plan = pipeline.read(self.options, self.progress)

    def generate_output(self, writer: "SiteWriter") -> None:
        writer.write_site(self.site_plan, self.options, self.progress)


class SiteWriter(Writer):  # type: ignore[misc]
    """Writes a release instead of Pelican's own writer, and has its result."""

    result: Result | None = None

    def write_site(self, site_plan: SitePlan, options: BuildOptions, progress: Progress) -> None:
        with build_step():
            type(self).result = pipeline.write(site_plan, options, progress)


def run_pelican(settings_file: Path, overrides: dict[str, Any]) -> Result:
    """Build a site. Raises BuildStopped; the last release then stays."""
    if not Path(overrides["PATH"]).is_dir():  # Pelican would say so in its own words
        raise WrongUse(f"Không có thư mục {overrides['PATH']}. Cách sửa: chỉ thư mục nội dung bằng --content.")
    pelican.console.quiet = True  # its closing line counts articles of its own, of which there are none
    SiteWriter.result = None
    try:
        pelican.Pelican(read_settings(str(settings_file), override=overrides)).run()
    except Stopped as stopped:
        raise stopped.cause from None
    assert SiteWriter.result is not None
    return SiteWriter.result
