"""How an item will look to those who meet it: in a list, on a share card, in a feed, on each channel; with what is too long. Reads a release."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
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
    """One item as it will be met; pictures and pages by their path within the release, without the first slash."""

    kind: str
    title: str
    summary: str
    published: str
    page: str
    address: str
    card: str | None
    channels: tuple[tuple[str, ChannelLook | None], ...]  # by name
    counters: tuple[LengthCounter, ...]


def preview_item(release: Path, line: Mapping[str, Any], site: Site) -> ItemPreview:
    """Return how an item of a release's `/manifest.json` will look."""
    page = f"{line['path'].strip('/')}/index.html"
    record = json.loads((release / page).with_name("index.json").read_text("utf-8"))
    card = _CARD.search((release / page).read_text("utf-8"))
    channels = {channel.name: channel.look(release, line["id"], record, site) for channel in CHANNELS}
    return ItemPreview(
        kind=CONTENT_TYPES[Kind(line["kind"])].label,
        title=record["title"],
        summary=record["summary"],
        published=format_date(datetime.fromisoformat(record["published"]).date()),
        page=page,
        address=line["url"],
        card=path_within(card[1], site) if card else None,
        channels=tuple(channels.items()),
        counters=tuple(_counters(record, channels.values())),
    )


def _counters(record: Mapping[str, Any], channels: Iterable[ChannelLook | None]) -> Iterator[LengthCounter]:
    for field in form_of(Kind(record["kind"])):
        if field.name in {"title", "summary"} and field.limit:
            yield LengthCounter(field.title, len(record[field.name]), field.limit)
    for look in channels:
        yield from look.counters if look else ()
