"""Versions of content files → the dates of feeds, records and calendars.

Pure. `content/git_history.py` reads the versions. Without them (`make html`) the dates of the front matter have to do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import chain, pairwise
from typing import NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.date_parsers import parse_instant
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.parsers import Invalid
from chuyendoiso.model.vocabulary import EditorStatus, PublicationState

SECOND = timedelta(seconds=1)


class VersionFacts(NamedTuple):
    """The facts of a version of a content file."""

    folder: str
    status: str
    topic: str
    session: str = ""  # a digest of the fields that a calendar shows
    majors: tuple[str, ...] = ()  # `date`, and `modified` with a note, as they are written
    numbers: frozenset[str] = frozenset()  # of documents, its own and those that it names, in small letters


class Version(NamedTuple):
    """A version of a content file: the committer time and number of its commit.

    Facts are None if the commit deletes the file. Numbers count the commits of the main line.
    """

    time: datetime
    number: int
    facts: VersionFacts | None


class FileHistory(NamedTuple):
    """The commits of one content file that change what readers have."""

    first: datetime
    number: int  # of the first commit
    changed: datetime
    withdrawn: datetime | None = None  # if the item is withdrawn now
    restored: datetime | None = None  # if the item is published now, and was withdrawn before
    turns: int = 0  # the number of withdrawals and restorations
    selections: frozenset[str] = frozenset()  # of the last version
    majors: tuple[tuple[str, datetime | None], ...] = ()  # dates as written, and until when they were
    session_changes: int = 0
    session_changed: datetime | None = None


@dataclass(frozen=True)
class History:
    """The history of a content folder."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    departures: Mapping[str, datetime] = field(default_factory=dict)  # when an item last left a feed's selection without a notice
    media: Mapping[str, datetime] = field(default_factory=dict)  # when a media file last changed
    numbers: Mapping[str, datetime] = field(default_factory=dict)  # when a document that has or names a number last changed


def make_history(versions: Mapping[str, Sequence[Version]], media: Mapping[str, datetime] | None = None) -> History:
    """Return the history of a content folder.

    `versions` has the versions of each file, the oldest first.
    """
    return History(
        files={name: _file_history(of_file) for name, of_file in versions.items() if of_file[-1].facts},
        departures=_latest(chain.from_iterable(map(_departures, versions.values()))),
        media=media or {},
        numbers=_latest(chain.from_iterable(map(_mentions, versions.values()))),
    )


def _latest(times: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    return dict(sorted(times, key=lambda named: named[1]))  # of equal names the last one stays


def _file_history(versions: Sequence[Version]) -> FileHistory:
    visible = [version for version in versions if version.facts and version.facts.status != EditorStatus.DRAFT] or versions
    sessions = [(version.facts.session, version.time) for version in visible if version.facts and version.facts.session]
    changes = [changed for before, changed in pairwise(sessions) if before[0] != changed[0]]
    turns = list(_status_changes(versions))
    now, since = turns[-1] if turns else (EditorStatus.PUBLISHED, None)
    return FileHistory(
        first=visible[0].time,
        number=visible[0].number,
        changed=versions[-1].time,
        withdrawn=since if now is EditorStatus.WITHDRAWN else None,
        restored=since if now is EditorStatus.PUBLISHED else None,
        turns=len(turns),
        selections=_selections(versions[-1].facts),
        majors=tuple(_majors(versions)),
        session_changes=len(changes),
        session_changed=(changes or sessions[:1])[-1][1] if sessions else None,
    )


def _status_changes(versions: Sequence[Version]) -> Iterator[tuple[EditorStatus, datetime]]:
    """Yield each withdrawal and restoration of an item, in order, with its time.

    Each time is later than the one before.
    """
    withdrawn, latest = False, None
    for version in versions:
        status = version.facts.status if version.facts else EditorStatus.DRAFT
        if status != (EditorStatus.PUBLISHED if withdrawn else EditorStatus.WITHDRAWN):
            continue
        latest = version.time if latest is None else max(version.time, latest + SECOND)
        withdrawn = not withdrawn
        yield (EditorStatus.WITHDRAWN if withdrawn else EditorStatus.PUBLISHED), latest


def _majors(versions: Sequence[Version]) -> Iterator[tuple[str, datetime | None]]:
    """Yield each date that readers saw, as written, and until when."""
    ends = [*(version.time for version in versions[1:]), None]
    for version, end in zip(versions, ends, strict=True):
        if version.facts and version.facts.status == EditorStatus.PUBLISHED:
            yield from ((text, end) for text in version.facts.majors)


def _departures(versions: Sequence[Version]) -> Iterator[tuple[str, datetime]]:
    """Yield each feed's selection that an item leaves, and when.

    It leaves as a draft, by its deletion, or for another topic or kind.
    """
    before: frozenset[str] = frozenset()
    for version in versions:
        now = _selections(version.facts)
        yield from ((selection, version.time) for selection in before - now)
        before = now


def _mentions(versions: Sequence[Version]) -> Iterator[tuple[str, datetime]]:
    """Yield each document number that a version adds, removes or has, with its time."""
    before: frozenset[str] = frozenset()
    for version in versions:
        now = version.facts.numbers if version.facts else frozenset()
        yield from ((number, version.time) for number in before | now)
        before = now


def _selections(facts: VersionFacts | None) -> frozenset[str]:
    if facts is None or facts.status == EditorStatus.DRAFT:
        return frozenset()
    return frozenset({urls.FEED_OF_ALL, facts.folder, urls.topic_feed(facts.topic)})


# ── an item's dates ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Dates(NamedTuple):
    """The dates of an item. Each only moves forward as long as editors only add."""

    updated: datetime  # the last major change: `date`, `modified`, a correction, or the commit that restored the item
    changed: datetime  # the last change of any kind: a commit, or an instant of the item that passed
    withdrawn: datetime  # of a withdrawn item: later than `updated` (RFC 6721)
    arrived: tuple[datetime, int, datetime]  # when it came to readers, by which commit, and its date then: the order of the archive
    sequence: int  # of its session (RFC 5545, 3.8.7.4)
    session: datetime  # the last change of its session


@dataclass(frozen=True)
class Timeline:
    """The dates of every item, by its file.

    `departures`: when an item last left a feed's selection without a notice.
    """

    dates: Mapping[str, Dates]
    departures: Mapping[str, datetime]

    def of(self, item: Item) -> Dates:
        """Return the dates of an item."""
        return self.dates[item.source]


def make_timeline(catalogue: Catalogue, history: History | None, as_of: datetime) -> Timeline:
    """Return the dates of all items.

    `as_of` is the latest instant that has passed, in the site's zone.
    """
    files = history.files if history else {}
    items = (*catalogue.items, *catalogue.withdrawn)
    dates = {item.source: _dates(item, files.get(item.source), as_of) for item in items}
    for item in items:
        changed = max([dates[item.source].changed, *_changes_of_linked_content(item, catalogue, history or History(), as_of)])
        dates[item.source] = dates[item.source]._replace(changed=changed)
    return Timeline(dates, _all_departures(history, dates) if history else {})


def _all_departures(history: History, visible: Mapping[str, Dates]) -> dict[str, datetime]:
    """Return when an item last left each selection.

    An item that is scheduled again has left its selections, too.
    """
    hidden = [file for name, file in history.files.items() if name not in visible and file.first < file.changed]
    return _latest([*history.departures.items(), *((selection, file.changed) for file in hidden for selection in file.selections)])


def _changes_of_linked_content(item: Item, catalogue: Catalogue, history: History, as_of: datetime) -> Iterator[datetime]:
    """Yield the times of changes to the media and the documents that an item shows."""
    zone = item.date.tzinfo
    yield from (history.media[name].astimezone(zone) for name in _media(item) if name in history.media)
    yield from (history.numbers[number].astimezone(zone) for number in map(str.casefold, item.numbers) if number in history.numbers)
    others = [catalogue.by_path[related.path] for related in item.related if related.path and related.path in catalogue.by_path]
    yield from (max(other.date, _last_turning_day(other, as_of)) for other in others)


def _media(item: Item) -> Iterator[str]:
    """Yield the names of the media files that an item shows or offers."""
    yield from (picture.source for picture in item.pictures)
    yield from (offer.file.source for offer in item.offers if offer.file)


def _dates(item: Item, history: FileHistory | None, as_of: datetime) -> Dates:
    zone, updated, passed = item.date.tzinfo, item.updated, _last_turning_day(item, as_of)
    modified = max(item.date, item.modified or item.date)
    gone = item.state is PublicationState.WITHDRAWN
    if history is None:
        withdrawn = max(updated + SECOND, modified)
        changed = max(updated, modified, passed, *([withdrawn] if gone else []))
        return Dates(updated, changed, withdrawn, (item.date, 0, item.date), int(gone), modified)
    former = list(_former_dates(history, as_of))
    updated = max((updated, *former))
    later = updated + max(history.turns, 1) * SECOND  # each turn is later than all before
    if history.restored:
        updated = max(history.restored.astimezone(zone), later)
    withdrawn = max((history.withdrawn or history.changed).astimezone(zone), later)
    session = max(item.date, (history.session_changed or history.first).astimezone(zone))
    dated = (*former, item.date)[0]
    arrived = (max(dated, history.first.astimezone(zone)), history.number, dated)
    changed = max(history.changed.astimezone(zone), updated, modified, passed, *([withdrawn] if gone else []))
    return Dates(updated, changed, withdrawn, arrived, history.session_changes, session)


def _former_dates(history: FileHistory, as_of: datetime) -> Iterator[datetime]:
    """Yield the dates that an item had while readers saw it, in order.

    So `updated` does not go back if an editor corrects one.
    """
    for text, end in history.majors:
        try:
            instant = parse_instant(text, as_of.tzinfo or UTC)
        except Invalid:
            continue
        if instant <= (end or as_of):
            yield instant


def _last_turning_day(item: Item, as_of: datetime) -> datetime:
    """Return the last instant at which a document's validity changed by itself."""
    starts = (datetime.combine(day, time(), as_of.tzinfo) for day in item.turning_days)
    return max((start for start in starts if start <= as_of), default=item.date)
