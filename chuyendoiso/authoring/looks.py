"""How an item will look to those who meet it: in a list, on a share card, in a feed, on Zalo; with what is too long. Reads a release."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chuyendoiso.authoring.forms import form_of
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.model.vocabulary import Kind

_CARD = re.compile(r'<meta property="og:image" content="([^"]+)">')


@dataclass(frozen=True, slots=True)
class Counter:
    """The length of a text, in characters, and what there is room for."""

    of: str
    length: int
    limit: int

    @property
    def over(self) -> bool:
        """Tell whether it is too long."""
        return self.length > self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One item as it will be met; pictures and pages by their path within the release, without the first slash."""

    kind: str
    title: str
    summary: str
    published: str
    page: str
    address: str
    card: str | None
    zalo: "ZaloLook | None"
    counters: tuple[Counter, ...]


@dataclass(frozen=True, slots=True)
class ZaloLook:
    """An item on the channel; None for what is kept off it."""

    title: str
    summary: str
    cover: str | None


def look_of(release: Path, line: Mapping[str, Any], site: Site) -> Look:
    """Return how an item of a release's `/manifest.json` will look."""
    page = f"{line['path'].strip('/')}/index.html"
    record = json.loads((release / page).with_name("index.json").read_text("utf-8"))
    card = _CARD.search((release / page).read_text("utf-8"))
    zalo = _zalo(release, line["id"], site)
    return Look(
        kind=CONTENT_TYPES[Kind(line["kind"])].label,
        title=record["title"],
        summary=record["summary"],
        published=format_date(datetime.fromisoformat(record["published"]).date()),
        page=page,
        address=line["url"],
        card=_within(card[1], site) if card else None,
        zalo=zalo,
        counters=tuple(_counters(record, zalo, site.limits)),
    )


def _counters(record: Mapping[str, Any], zalo: ZaloLook | None, limits: Limits) -> Iterator[Counter]:
    for field in form_of(Kind(record["kind"])):
        if field.name in {"title", "summary"} and field.limit:
            yield Counter(field.title, len(record[field.name]), field.limit)
    if zalo:
        yield Counter("Tên trên Zalo", len(record["title"]) if zalo.title.endswith("…") else len(zalo.title), limits.zalo_title)
        cut = len(record["summary"]) if zalo.summary.endswith("…") else len(zalo.summary)
        yield Counter("Tóm tắt trên Zalo", cut, limits.zalo_description)


def _zalo(release: Path, id_: str, site: Site) -> ZaloLook | None:
    listed = json.loads((release / "feeds/zalo.json").read_text("utf-8"))["items"]
    found = next((one for one in listed if one["id"] == id_), None)
    if found is None:
        return None
    article = json.loads((release / _within(found["article"], site)).read_text("utf-8"))["article"]
    cover = article["cover"]["photo_url"] if article.get("cover") else None
    return ZaloLook(article["title"], article["description"], _within(cover, site) if cover else None)


def _within(address: str, site: Site) -> str:
    """Return an address of the site as a path within its release."""
    return urlsplit(address).path.removeprefix(f"{site.base_path}/")
