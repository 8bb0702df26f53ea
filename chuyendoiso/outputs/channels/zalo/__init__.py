"""The Zalo channel: its feed, its articles and their covers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from chuyendoiso.model import urls
from chuyendoiso.model.history import Timeline
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, Target
from chuyendoiso.model.vietnamese import shorten
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.channels.channel import Channel, ChannelLook, ItemProblem, LengthCounter, PreviewWords
from chuyendoiso.outputs.channels.zalo.covers import cover_path, cover_target, plan_covers
from chuyendoiso.outputs.channels.zalo.feed import ID, CoverOf, make_zalo, plan_articles, summary_of, title_of
from chuyendoiso.outputs.feeds import last_change, make_feed, select_newest, tombstone
from chuyendoiso.outputs.feeds.entries import Medium, feed_item


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
        yield from plan_covers(filter(cover_of, _newest(catalogue, timeline)), site, fonts, sources)

    def look(self, item: Item, site: Site, fonts: Folder, sources: Mapping[str, Path]) -> ChannelLook | None:
        """Return the title, the summary and the cover of an item's article."""
        if item.zalo.exclude:
            return None
        counters = (
            LengthCounter("Tên trên Zalo", len(item.zalo.title or item.title), site.limits.zalo_title),
            LengthCounter("Tóm tắt trên Zalo", len(item.zalo.summary or item.summary), site.limits.zalo_description),
        )
        return ChannelLook(
            title_of(item, site.limits), summary_of(item, site.limits), cover_target(item, site, fonts, sources), counters
        )

    def check(self, item: Item, limits: Limits) -> Iterator[ItemProblem]:
        """Warn of a title that the channel would cut, with the cut title."""
        limit = limits.zalo_title
        if not (item.zalo.exclude or item.zalo.title) and len(item.title) > limit:
            message = (
                f'Tên bài dài {len(item.title)} ký tự, kênh Zalo nhận tối đa {limit}: sẽ thành "{shorten(item.title, limit)}".'
            )
            remedy = "thêm dòng zalo: {title: …} với tên ngắn hơn, nếu muốn tự chọn lời."
            yield ItemProblem("title", "long-for-zalo", message, remedy)


def plan_sent(catalogue: Catalogue, site: Site, timeline: Timeline, cover_of: CoverOf) -> Iterator[Target]:
    """Plan feed and articles; `cover_of` gives the path of an item's cover, or None."""
    newest = _newest(catalogue, timeline)
    yield _plan_feed(catalogue, newest, site, timeline, cover_of)
    yield from plan_articles(catalogue, site, newest, cover_of)


def _newest(catalogue: Catalogue, timeline: Timeline) -> list[Item]:
    items = [item for item in catalogue.items if item.state is PublicationState.PUBLISHED and not item.zalo.exclude]
    return select_newest(items, timeline)


def _plan_feed(catalogue: Catalogue, items: list[Item], site: Site, timeline: Timeline, cover_of: CoverOf) -> Target:
    entries = tuple(feed_item(item, catalogue, site, timeline.of(item)) for item in items)
    # an item that left the channel has no notice in this feed, but is a change of it
    removed = [tombstone(item, timeline) for item in catalogue.withdrawn]
    removed += [(item.id, timeline.of(item).changed) for item in catalogue.items if item.zalo.exclude]
    feed = make_feed(site, site.name, ID, urls.HOME, entries, last_change(entries, removed, timeline, urls.FEED_OF_ALL))
    covers = tuple(
        Medium(site.absolute(path), "image/jpeg", path.removeprefix("/"), None) if path else None for path in map(cover_of, items)
    )
    pictures = tuple(dict.fromkeys(cover.file for cover in covers if cover))
    inputs = replace(feed, address=site.absolute(urls.channel_feed(ID))), covers
    return Target(urls.channel_feed(ID).removeprefix("/"), inputs, make_zalo, "Zalo", feed.bodies, pictures)
