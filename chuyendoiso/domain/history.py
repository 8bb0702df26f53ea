"""When content changed: versions of files, as git has them, → the dates that feeds, records and calendars state.

Pure. `trust/history.py` reads the versions. Without them (`make html`) the dates of the front matter have to do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from chuyendoiso.domain import paths
from chuyendoiso.domain.model import Catalogue, Document, Item
from chuyendoiso.domain.vocabulary import State, Status

SECOND = timedelta(seconds=1)


class VersionFacts(NamedTuple):
    """What a version of a content file says: `session` identifies all that a calendar shows of it."""

    folder: str
    status: str
    topic: str
    session: str


class Version(NamedTuple):
    """A version of a content file: its commit's committer time and number on the main line; facts are None if it deletes the file."""

    time: datetime
    number: int
    facts: VersionFacts | None


class FileHistory(NamedTuple):
    """The history of one content file: the first commit that is no draft, the last, and those that change what readers have."""

    first: datetime
    number: int  # of the first commit
    changed: datetime
    withdrawn: datetime | None = None  # if the item is withdrawn now
    restored: datetime | None = None  # if the item is published now, and was withdrawn before
    selections: frozenset[str] = frozenset()  # of the last version
    session_changes: int = 0
    session_changed: datetime | None = None


@dataclass(frozen=True)
class History:
    """The history of a content folder: of each file, and when an item last left a selection without being withdrawn."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    left: Mapping[str, datetime] = field(default_factory=dict)


def make_history(versions: Mapping[str, Sequence[Version]]) -> History:
    """Return the history of a content folder from the versions of its files, the oldest first."""
    left: dict[str, datetime] = {}
    for selection, since in (departure for found in versions.values() for departure in _departures(found)):
        left[selection] = max(since, left.get(selection, since))
    return History({name: _file_history(found) for name, found in versions.items() if found[-1].facts}, left)


def _file_history(versions: Sequence[Version]) -> FileHistory:
    shown = [one for one in versions if one.facts and one.facts.status != Status.DRAFT] or versions
    sessions = [one for one in shown if one.facts and one.facts.session]
    changes = [one for before, one in pairwise(sessions) if _session(before) != _session(one)]
    statuses = [(one.facts.status, one.time) for one in versions if one.facts]
    former = ["", *(status for status, _ in statuses)]
    turned = [(status, time) for before, (status, time) in zip(former, statuses, strict=False) if before != status]
    now, since = turned[-1]
    was_withdrawn = any(status == Status.WITHDRAWN for status, _ in turned)
    return FileHistory(
        first=shown[0].time,
        number=shown[0].number,
        changed=versions[-1].time,
        withdrawn=since if now == Status.WITHDRAWN else None,
        restored=since if now != Status.WITHDRAWN and was_withdrawn else None,
        selections=_selections(versions[-1].facts),
        session_changes=len(changes),
        session_changed=(changes or sessions[:1])[-1].time if sessions else None,
    )


def _session(version: Version) -> str:
    return version.facts.session if version.facts else ""


def _departures(versions: Sequence[Version]) -> Iterator[tuple[str, datetime]]:
    """Yield each selection that an item leaves, and when: by its draft, its deletion, another topic or kind."""
    before: frozenset[str] = frozenset()
    for version in versions:
        now = _selections(version.facts)
        yield from ((selection, version.time) for selection in before - now)
        before = now


def _selections(facts: VersionFacts | None) -> frozenset[str]:
    if facts is None or facts.status == Status.DRAFT:
        return frozenset()
    return frozenset({paths.FEED_OF_ALL, facts.folder, paths.topic_feed(facts.topic)})


# ── an item's dates ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Dates(NamedTuple):
    """The dates of an item. Each only moves forward as long as editors only add."""

    updated: datetime  # the last major change: `date`, `modified`, a correction, or the commit that restored the item
    changed: datetime  # the last change of any kind: a commit, or an instant of the item that passed
    withdrawn: datetime  # of a withdrawn item: later than `updated` (RFC 6721)
    arrived: tuple[datetime, int]  # when it came to readers: by this the archive is ordered
    sequence: int  # of its session (RFC 5545, 3.8.7.4)
    session: datetime  # the last change of its session


@dataclass(frozen=True)
class Timeline:
    """The dates of every item by its file, and when an item last left a feed's selection without a notice."""

    dates: Mapping[str, Dates]
    left: Mapping[str, datetime]

    def of(self, item: Item) -> Dates:
        """Return the dates of an item."""
        return self.dates[item.source]


def make_timeline(catalogue: Catalogue, history: History | None, moment: datetime) -> Timeline:
    """Return when everything changed, at the latest instant that has passed; `moment` is in the site's zone."""
    files = history.files if history else {}
    items = (*catalogue.items, *catalogue.withdrawn)
    dates = {item.source: _dates(item, files.get(item.source), moment) for item in items}
    for item in items:
        if isinstance(item, Document) and (others := list(_affecting(item, catalogue))):
            latest = max(dates[item.source].changed, *[dates[other.source].changed for other in others])
            dates[item.source] = dates[item.source]._replace(changed=latest)
    return Timeline(dates, _departed(history, dates) if history else {})


def _departed(history: History, shown: Mapping[str, Dates]) -> dict[str, datetime]:
    """Return when an item last left each selection, one that is to be published again included."""
    left = dict(history.left)
    for name, found in history.files.items():
        if name not in shown and found.first < found.changed:
            left |= {selection: max(found.changed, left.get(selection, found.changed)) for selection in found.selections}
    return left


def _affecting(item: Document, catalogue: Catalogue) -> Iterator[Item]:
    """Yield the documents on which the validity of a document depends."""
    for related in (*item.amended_by, *item.replaced_by, *item.repealed_by):
        if related.path and (found := catalogue.by_path.get(related.path)):
            yield found


def _dates(item: Item, found: FileHistory | None, moment: datetime) -> Dates:
    zone, updated, passed = item.date.tzinfo, item.updated, _last_day(item, moment)
    modified = max(item.date, item.modified or item.date)
    gone = item.state is State.WITHDRAWN
    if found is None:
        withdrawn = max(updated + SECOND, modified)
        changed = max(updated, modified, passed, *([withdrawn] if gone else []))
        return Dates(updated, changed, withdrawn, (item.date, 0), int(gone), modified)
    if found.restored:  # later than the notice of its withdrawal was
        updated = max(found.restored.astimezone(zone), updated + 2 * SECOND)
    withdrawn = max((found.withdrawn or found.changed).astimezone(zone), updated + SECOND)
    session = max(item.date, (found.session_changed or found.first).astimezone(zone))
    arrived = (max(item.date, found.first.astimezone(zone)), found.number)
    changed = max(found.changed.astimezone(zone), updated, modified, passed, *([withdrawn] if gone else []))
    return Dates(updated, changed, withdrawn, arrived, found.session_changes, session)


def _last_day(item: Item, moment: datetime) -> datetime:
    """Return the start of the last day that has come of those on which a document's validity changes by itself."""
    days = (item.effective_on, item.expires_on, item.suspended_on) if isinstance(item, Document) else ()
    starts = (datetime.combine(day, time(), moment.tzinfo) for day in days if day)
    return max((start for start in starts if start <= moment), default=item.date)
