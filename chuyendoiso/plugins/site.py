"""Pelican's generator and writer for the whole site: thin, they hand over to `build`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.writers import Writer

from chuyendoiso import build
from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.progress import Progress


class Stopped(SystemExit):
    """Ends the process with a build's plain message; any other exception Pelican would show with its traceback."""

    def __init__(self, cause: BuildStopped) -> None:
        self.cause = cause
        super().__init__(str(cause))


@contextmanager
def told() -> Iterator[None]:
    """Turn what stops a build into the end of the process."""
    try:
        yield
    except BuildStopped as cause:
        raise Stopped(cause) from None


class SiteGenerator(Generator):  # type: ignore[misc]  # pelican has no types
    """Reads and checks the content; hands the plan to the writer."""

    def generate_context(self) -> None:
        self.order = order_of(self.settings)
        self.progress = Progress(quiet=self.settings.get("QUIET", False))
        with told():
            self.reading = build.read(self.order, self.progress)

    def generate_output(self, writer: "SiteWriter") -> None:
        with told():
            SiteWriter.result = build.write(self.reading, self.order, self.progress)


class SiteWriter(Writer):  # type: ignore[misc]
    """Stands in the place of Pelican's own writer, so that nothing but a release writes a file; keeps what a build did."""

    result: build.Result | None = None


def order_of(settings: dict[str, Any]) -> build.Order:
    """Read what is to be built from Pelican's settings."""
    names = {"preview": "PREVIEW", "publishing": "PUBLISHING", "releases_kept": "RELEASES_KEPT", "now": "NOW"}
    options = {name: settings[key] for name, key in names.items() if settings.get(key) is not None}
    places = {"content": Path(settings["PATH"]).resolve(), "theme": Path(settings["THEME"]).resolve()}
    return build.Order(**places, output=Path(settings["OUTPUT_PATH"]).absolute(), **options)
