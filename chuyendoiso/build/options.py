"""The options of a build, from Pelican's settings. Loads no Pelican."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chuyendoiso.release.store import Retention
from chuyendoiso.system.errors import WrongUse


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """The options of a build: input, output and behaviour."""

    content: Path
    theme: Path
    output: Path
    preview: bool = False
    address: str | None = None  # replaces `url` of site.yml in a preview
    publishing: bool = False
    retention: Retention = field(default_factory=Retention)
    allow_shrink: bool = False
    share_cards: bool = True
    records: bool = True  # whether to render JSON of items, and the archive of the Atom feed
    wait: float = 0  # seconds to wait for another build
    explain: bool = False  # report why files were rebuilt
    use_cache: bool = True  # read and update the cache beside the output
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    started: float = field(default_factory=time.monotonic)


def options_of(settings: dict[str, Any]) -> BuildOptions:
    """Read the options of a build from Pelican's settings."""
    names = ("PREVIEW", "ADDRESS", "PUBLISHING", "ALLOW_SHRINK", "SHARE_CARDS", "RECORDS", "WAIT", "EXPLAIN", "NOW")
    options: dict[str, Any] = {name.lower(): settings[name] for name in names if settings.get(name) is not None}
    options["retention"] = Retention(settings["RELEASES_KEPT"], settings["PUBLISHED_KEPT"])
    if options.get("publishing") and not options.get("records", True):
        raise WrongUse("RECORDS = False thì không biết bài nào đã đổi, nên không đăng được. Cách sửa: đặt lại RECORDS = True.")
    content, theme = Path(settings["PATH"]).resolve(), Path(settings["THEME"]).resolve()
    return BuildOptions(content=content, theme=theme, output=Path(settings["OUTPUT_PATH"]).absolute(), **options)
