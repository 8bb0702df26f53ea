"""A file whose words alone changed: its fields and all that its body refers to are as they were, so the plan of the site still holds.

A body's words stand in no other value than the body (`BodyRef`), so only what shows it is to be made again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from chuyendoiso.article import Desk, Outcome, load_checked
from chuyendoiso.bodies import CONVERTED, Lost
from chuyendoiso.checked import Checked, outlined
from chuyendoiso.domain.converted import Mention
from chuyendoiso.domain.model import BodyRef
from chuyendoiso.domain.site import Site
from chuyendoiso.engine.kept import Kept
from chuyendoiso.engine.workers import within
from chuyendoiso.memory import FILES, file_key, versions
from chuyendoiso.order import Order
from chuyendoiso.settings import read_site
from chuyendoiso.standings import Change, Standing, load_standings
from chuyendoiso.text import Unreadable
from chuyendoiso.tree import Tree


def read_again(kept: Kept, order: Order, names: Mapping[str, Path]) -> tuple[Site, dict[str, Change]] | None:
    """Read files again, and the settings; None where more than words changed, or one cannot be read."""
    version, converter = versions(order.content.name)
    standings = load_standings(kept, names)
    found: dict[str, Change] = {}
    try:
        site, _ = read_site(order.content / "site.yml", "site.yml")
        desk = Desk(Tree(order.content, tuple(names), (), names, {}), site, kept, converter)
        for name in names:
            change = reworded(
                desk,
                version,
                name,
                standings.get(name),
                lambda: load_standings(kept) | {one: now for one, (_, now) in found.items()},
            )
            if change is None:
                return None
            found[name] = change
    except (Unreadable, Lost):
        return None
    return site, found


def reworded(
    desk: Desk, version: str, name: str, before: Standing | None, all_: Callable[[], Mapping[str, Standing]]
) -> Change | None:
    """Read a file again, and keep what is to be kept of it: return how it stood and how it stands now.

    None where more than its words changed, where there is something to tell about it, and where it had or has the very body of
    another file. `version` is that of what is remembered; `before` is how it stood, `all_` tells that of all files.
    """
    if before is None or before.paths is None:
        return None
    outcome = within(desk.read, name, desk.limits.conversion_seconds)
    if not isinstance(outcome, Outcome) or outcome.problems or not outcome.facts or not desk.site:
        return None
    key, now = (file_key(version, name, desk.site.digest, digest) for digest in (before.digest, outcome.digest))
    was = desk.kept.get(FILES, [key]).get(key)
    if not isinstance(was, Checked) or _but_words(was) != _but_words(load_checked(outcome.checked)):
        return None
    body = BodyRef(outcome.facts.body, before.shown)
    after = before._replace(digest=outcome.digest, head=outcome.head, key=body.key, shows=body.digest)
    if not outcome.converted and any(one.key == after.key for other, one in all_().items() if other != name):
        return None  # a body that is new to the store is no other's
    desk.kept.put_pickled(FILES, {now: outcome.checked})
    if outcome.converted:
        desk.kept.put_pickled(CONVERTED, {after.key: outcome.converted})
    return before, after


def _but_words(checked: Checked) -> Checked:
    """Return a file without its words, and without the lines of what its body refers to."""
    body = outlined(checked.body)
    parts = tuple(part if isinstance(part, str | Mention) else replace(part, line=0) for part in body.parts)
    objects = tuple(replace(one, line=0) for one in body.objects)
    return replace(checked, body=replace(body, parts=parts, objects=objects))
