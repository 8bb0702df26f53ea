"""Plan what to do: from what is published, and what is on the channel."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chuyendoiso.deploy.zalo.channel_state import ChannelState
from chuyendoiso.deploy.zalo.published import ChannelArticle, Published


class Act(NamedTuple):
    """What is to be done: an item's id, its title, and the item, if it is published."""

    what: str  # settle, remove, update or create
    id: str
    title: str
    item: ChannelArticle | None


WORDS = {"create": "đăng", "update": "sửa", "remove": "gỡ", "settle": "xem lại"}


def plan(published: Published, state: ChannelState, kinds: frozenset[str] = frozenset()) -> Iterator[Act]:
    """Yield pending creations, removals, updates and creations, in this order.

    Items come the newest first. With `kinds` only items of these kinds are created; what is on the channel already is updated and removed, whatever it is.
    """
    items = {item.id: item for item in published.items}
    for id_, known in sorted(state.items.items()):
        if known.creating:
            yield Act("settle", id_, known.title, items.get(id_))
    yield from (act for act in _removals(published, state))
    wanted = [item for item in published.items if item.id not in published.removed]
    for item in wanted:
        current = state.items.get(item.id)
        if current and current.article and not current.gone and current.sha256 != item.sha256:
            yield Act("update", item.id, item.title, item)
    for item in wanted:
        if item.id not in state.items and (not kinds or item.kind in kinds):
            yield Act("create", item.id, item.title, item)


def _removals(published: Published, state: ChannelState) -> Iterator[Act]:
    """Yield removals.

    An article that a person removed stays recorded, so that it is never created again.
    """
    for id_, known in sorted(state.items.items()):
        if id_ in published.removed and not known.gone:
            yield Act("remove", id_, known.title, None)


def split_creations(acts: Sequence[Act], room: int | None) -> tuple[list[Act], list[Act]]:
    """Return the acts of this run, and the creations for which it has no room."""
    creations = [act for act in acts if act.what == "create"]
    later = creations[room:] if room is not None else []
    return [act for act in acts if act not in later], later
