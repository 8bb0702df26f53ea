"""Pelican's plugin: its generator and writer for the site.

Pelican drops a plugin whose `register` raises and goes on with an empty site, so an error here ends the process.
"""

import sys
from typing import Any

from pelican import signals


def get_generators(pelican: Any) -> type:
    """Offer the generator (Pelican's signal `get_generators`)."""
    from chuyendoiso.build.pelican.plugin import SiteGenerator

    return SiteGenerator


def get_writer(pelican: Any) -> type:
    """Offer the writer (Pelican's signal `get_writer`); it must be a class."""
    from chuyendoiso.build.pelican.plugin import SiteWriter

    return SiteWriter


def register() -> None:
    """Connect to Pelican."""
    try:
        import chuyendoiso.build.pelican.plugin  # noqa: F401 - a fault in it shows now

        signals.get_generators.connect(get_generators)
        signals.get_writer.connect(get_writer)
    except Exception as error:
        sys.exit(f"Không nạp được phần dựng trang: {type(error).__name__}: {error}")
