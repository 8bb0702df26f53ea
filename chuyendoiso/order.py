"""Settings → what is to be built. It needs no Pelican: a build that has nothing to do, or little, does not load it."""

from pathlib import Path
from typing import Any

from chuyendoiso.build import Order
from chuyendoiso.release.store import Retention


def order_of(settings: dict[str, Any]) -> Order:
    """Read what is to be built from Pelican's settings."""
    names = ("PREVIEW", "PUBLISHING", "ALLOW_SHRINK", "SHARE_CARDS", "WAIT", "EXPLAIN", "NOW")
    options: dict[str, Any] = {name.lower(): settings[name] for name in names if settings.get(name) is not None}
    options["retention"] = Retention(settings["RELEASES_KEPT"], settings["PUBLISHED_KEPT"])
    content, theme = Path(settings["PATH"]).resolve(), Path(settings["THEME"]).resolve()
    return Order(content=content, theme=theme, output=Path(settings["OUTPUT_PATH"]).absolute(), **options)
