"""Plan the acts of a run from the published items and the state of the channel."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chuyendoiso.deploy.zalo.channel_state import ChannelState
from chuyendoiso.deploy.zalo.published import ChannelArticle, Published


class Act(NamedTuple):
    """An act for an item; `item` is None if it is not published."""

    verb: str  # settle, remove, update or create
    id: str
    title: str
    item: ChannelArticle | None


WORDS = {"create": "đăng", "update": "sửa", "remove": "gỡ", "settle": "xem lại"}


def plan(published: Published, state: ChannelState, kinds: frozenset[str] = frozenset()) -> Iterator[Act]:
    """Yield pending creations, removals, updates and creations, in this order.

    The newest items come first. With `kinds` only items of these kinds are created; existing articles of all kinds are updated and removed. An article
    that a person removed stays recorded, so that it is never created again.
    """
    items = {item.id: item for item in published.items}
    known_items = sorted(state.items.items())
    for id_, known in known_items:
        if known.creating:
            yield Act("settle", id_, known.title, items.get(id_))
    for id_, known in known_items:
        if id_ in published.removed and not known.gone:
            yield Act("remove", id_, known.title, None)
    current_items = [item for item in published.items if item.id not in published.removed]
    for item in current_items:
        existing = state.items.get(item.id)
        if existing and existing.article and not existing.gone and (existing.sha256 != item.sha256 or existing.removing):
            yield Act("update", item.id, item.title, item)
    for item in current_items:
        if item.id not in state.items and (not kinds or item.kind in kinds):
            yield Act("create", item.id, item.title, item)


def split_creations(acts: Sequence[Act], limit: int | None) -> tuple[list[Act], list[Act]]:
    """Return the acts of this run, and the creations beyond its limit."""
    creations = [act for act in acts if act.verb == "create"]
    later = creations[limit:] if limit is not None else []
    return [act for act in acts if act not in later], later
