"""Preview an item of a release on its share card and in channels."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from chuyendoiso.authoring.forms import form_of
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.outputs.channels import CHANNELS
from chuyendoiso.outputs.channels.channel import ChannelLook, LengthCounter, path_within

_CARD = re.compile(r'<meta property="og:image" content="([^"]+)">')


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPreview:
    """The preview of an item; paths are relative to the release."""

    kind: str
    title: str
    summary: str
    published: str
    page: str
    address: str
    card: str | None
    channels: tuple[tuple[str, ChannelLook | None], ...]  # by name
    counters: tuple[LengthCounter, ...]


def preview_item(release: Path, entry: Mapping[str, Any], site: Site) -> ItemPreview:
    """Return the preview of an item of a release's `/manifest.json`."""
    page = f"{entry['path'].strip('/')}/index.html"
    record = json.loads((release / page).with_name("index.json").read_text("utf-8"))
    card = _CARD.search((release / page).read_text("utf-8"))
    channels = [(channel.name, channel.look(release, entry["id"], record, site)) for channel in CHANNELS]
    counters = [
        LengthCounter(field.title, len(record[field.name]), field.limit)
        for field in form_of(Kind(record["kind"]))
        if field.name in {"title", "summary"} and field.limit
    ]
    return ItemPreview(
        kind=CONTENT_TYPES[Kind(entry["kind"])].label,
        title=record["title"],
        summary=record["summary"],
        published=format_date(datetime.fromisoformat(record["published"]).date()),
        page=page,
        address=entry["url"],
        card=path_within(card[1], site) if card else None,
        channels=tuple(channels),
        counters=(*counters, *(counter for _, look in channels if look for counter in look.counters)),
    )
