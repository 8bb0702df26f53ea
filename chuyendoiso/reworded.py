"""A file whose words alone changed: its fields and all that its body refers to are as they were, so the plan of the site still holds.

A body's words stand in no other value than the body (`BodyRef`), so only what shows it is to be made again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from chuyendoiso.article import Desk, Outcome, load_checked
from chuyendoiso.bodies import CONVERTED
from chuyendoiso.checked import Checked, outlined
from chuyendoiso.domain.converted import Mention
from chuyendoiso.domain.model import BodyRef
from chuyendoiso.engine.workers import within
from chuyendoiso.memory import FILES, file_key
from chuyendoiso.standings import Standing


def reworded(
    desk: Desk, version: str, name: str, before: Standing | None, all_: Callable[[], Mapping[str, Standing]]
) -> tuple[Standing, Standing] | None:
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
    after = before._replace(digest=outcome.digest, key=body.key, shows=body.digest)
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
