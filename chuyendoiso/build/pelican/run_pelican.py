"""Run Pelican in this process, like `pelican -s pelicanconf.py`."""

from pathlib import Path
from typing import Any

import pelican
from pelican.settings import read_settings

from chuyendoiso.build.pelican.plugin import SiteWriter, Stopped
from chuyendoiso.build.summary import Result
from chuyendoiso.system.errors import WrongUse


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
