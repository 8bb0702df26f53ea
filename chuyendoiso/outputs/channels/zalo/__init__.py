"""The Zalo channel: its feed, its articles and their covers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from chuyendoiso.model import urls
from chuyendoiso.model.history import Timeline
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, Target
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.channels.channel import Channel, ChannelLook, ItemProblem, PreviewWords
from chuyendoiso.outputs.channels.zalo.covers import cover_path, plan_covers
from chuyendoiso.outputs.channels.zalo.feed import CoverOf, ZaloFeed, make_zalo, plan_articles
from chuyendoiso.outputs.channels.zalo.texts import ID, check_words
from chuyendoiso.outputs.channels.zalo.zalo_look import look_on_zalo
from chuyendoiso.outputs.feeds import last_change, make_feed, select_newest, tombstone
from chuyendoiso.outputs.feeds.entries import Medium, listed


class ZaloChannel(Channel):
    """The Zalo channel, as the site fills it; `deploy.zalo` sends it."""

    id = ID
    name = "Zalo"
    preview = PreviewWords(
        "Mỗi bài như kênh Zalo sẽ hiện.",
        "Mỗi bài như kênh sẽ hiện: ảnh bìa, tên, tóm tắt; mở ra để xem cả bài. Bài hẹn giờ và bản nháp không có ở đây vì chưa được gửi.",
    )

    def plan(
        self,
        catalogue: Catalogue,
        site: Site,
        timeline: Timeline,
        fonts: Folder,
        sources: Mapping[str, Path],
        *,
        share_cards: bool = True,
    ) -> Iterator[Target]:
        """Plan the feed, the articles and the covers.

        Without share cards only items with a picture have a cover.
        """

        def cover_of(item: Item) -> str | None:
            return cover_path(item, site, fonts) if item.cover or share_cards else None

        yield from plan_sent(catalogue, site, timeline, cover_of)
        covered = [item for item in _newest(catalogue, timeline) if cover_of(item)]
        yield from plan_covers(covered, site, fonts, sources)

    def look(self, release: Path, id_: str, record: Mapping[str, Any], site: Site) -> ChannelLook | None:
        """Return what the release's list has of an item."""
        return look_on_zalo(release, id_, record, site)

    def check(self, item: Item, limits: Limits) -> Iterator[ItemProblem]:
        """Find words that the channel would cut."""
        return check_words(item, limits)


def plan_sent(catalogue: Catalogue, site: Site, timeline: Timeline, cover_of: CoverOf) -> Iterator[Target]:
    """Plan feed and articles; `cover_of` gives the path of an item's cover, or None."""
    newest = _newest(catalogue, timeline)
    yield _plan_feed(catalogue, newest, site, timeline, cover_of)
    yield from plan_articles(catalogue, site, newest, cover_of)


def _newest(catalogue: Catalogue, timeline: Timeline) -> list[Item]:
    items = [item for item in catalogue.items if item.state is PublicationState.PUBLISHED and not item.zalo.exclude]
    return select_newest(items, timeline)


def _plan_feed(catalogue: Catalogue, items: list[Item], site: Site, timeline: Timeline, cover_of: CoverOf) -> Target:
    entries = tuple(listed(item, catalogue, site, timeline.of(item)) for item in items)
    # what left the channel has no notice in this feed, but is a change of it
    removed = [tombstone(item, timeline) for item in catalogue.withdrawn]
    removed += [(item.id, timeline.of(item).changed) for item in catalogue.items if item.zalo.exclude]
    changed = last_change(entries, removed, timeline, urls.FEED_OF_ALL)
    feed = make_feed(site, site.name, ID, urls.HOME, entries, changed)
    covers = tuple(_cover(cover_of(item), site) for item in items)
    needed = tuple(dict.fromkeys(cover.file for cover in covers if cover))
    zalo = ZaloFeed(replace(feed, address=site.absolute(urls.channel_feed(ID))), covers)
    return Target(urls.channel_feed(ID).removeprefix("/"), zalo, make_zalo, "Zalo", feed.bodies, needed)


def _cover(path: str | None, site: Site) -> Medium | None:
    return Medium(site.absolute(path), "image/jpeg", path.removeprefix("/"), None) if path else None
