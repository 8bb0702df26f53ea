"""How an item will look on the Zalo channel, read from what the channel is sent."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chuyendoiso.model import urls
from chuyendoiso.model.site import Site
from chuyendoiso.outputs.channels.channel import ChannelLook, LengthCounter, path_within
from chuyendoiso.outputs.channels.zalo.texts import ID


def look_on_zalo(release: Path, id_: str, record: Mapping[str, Any], site: Site) -> ChannelLook | None:
    """Return what the release's list has of an item; None if it is not in the list."""
    listed = json.loads((release / urls.channel_list(ID).removeprefix("/")).read_text("utf-8"))["items"]
    found = next((one for one in listed if one["id"] == id_), None)
    if found is None:
        return None
    article = json.loads((release / path_within(found["article"], site)).read_text("utf-8"))["article"]
    title, summary = article["title"], article["description"]
    cover = article["cover"]["photo_url"] if article.get("cover") else None
    counters = (
        LengthCounter("Tên trên Zalo", len(record["title"] if title.endswith("…") else title), site.limits.zalo_title),
        LengthCounter(
            "Tóm tắt trên Zalo", len(record["summary"] if summary.endswith("…") else summary), site.limits.zalo_description
        ),
    )
    return ChannelLook(title, summary, path_within(cover, site) if cover else None, counters)
