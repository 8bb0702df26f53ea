"""The JSON API for mirrors: each item, and a manifest with digests.

docs/ket-noi-kenh.md describes the fields. A name or a meaning never changes; new ones may be added.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.history import Dates, Timeline
from chuyendoiso.model.items import BodyRef, Catalogue, Item
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies, Target
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.content_types.item_outputs import stated
from chuyendoiso.outputs.feeds.entries import FeedItem, cover_of, feed_html

VERSION = 1  # of the form of these files: counted up only where a reader of the form before would err

Fields = dict[str, Any]


class ManifestItem(NamedTuple):
    """An item in the list of all."""

    id: str
    kind: str
    path: str
    title: str
    published: str
    updated: str
    changed: str
    record: str | None  # path of its JSON in the release, if there is one


class ManifestWithdrawal(NamedTuple):
    """An item that was withdrawn."""

    id: str
    kind: str
    path: str
    changed: str
    reason: str


class Manifest(NamedTuple):
    """The list of all: what is published, newest first, and what was withdrawn."""

    site: Site
    items: tuple[ManifestItem, ...]
    withdrawn: tuple[ManifestWithdrawal, ...]


def plan_records(published: Iterable[FeedItem], site: Site) -> Iterator[Target]:
    """Plan the JSON of each published item."""
    for source in published:
        item = source.item
        yield Target(_file(item), ItemJson(source, site, item.body), make_record, item.source, (item.body,))


def plan_manifest(published: Sequence[Item], catalogue: Catalogue, site: Site, timeline: Timeline, *, records: bool) -> Target:
    """Plan the list of published items; `records` tells whether each has its JSON."""
    lines = tuple([_line(item, timeline.of(item), records) for item in published])
    files = tuple(line.record for line in lines if line.record)
    lists = Manifest(site, lines, _gone(catalogue, timeline))
    return Target(urls.MANIFEST.removeprefix("/"), lists, make_manifest, "manifest.json", depends_on=files)


def _gone(catalogue: Catalogue, timeline: Timeline) -> tuple[ManifestWithdrawal, ...]:
    """Return withdrawn items in the order of ids, so that a new one changes no other."""
    found = (
        ManifestWithdrawal(item.id, item.kind.value, item.path, _instant(timeline.of(item).withdrawn), item.withdrawn_reason or "")
        for item in catalogue.withdrawn
    )
    return tuple(sorted(found, key=lambda one: one.id))


def _file(item: Item) -> str:
    return urls.record(item.path).removeprefix("/")


def _line(item: Item, dates: Dates, record: bool) -> ManifestItem:
    file = _file(item) if record else None
    return ManifestItem(
        item.id, item.kind.value, item.path, item.title, _instant(item.date), _instant(dates.updated), _instant(dates.changed), file
    )  # fmt: skip


def make_manifest(lines: Manifest, dependencies: Dependencies) -> bytes:
    """Return the list of all items; `sha256` tells a mirror which JSON changed."""
    site = lines.site
    items = [
        {
            "id": line.id, "kind": line.kind, "path": line.path, "url": site.absolute(line.path), "title": line.title,
            "published": line.published, "updated": line.updated, "changed": line.changed, **_record(line, site, dependencies),
        }
        for line in lines.items
    ]  # fmt: skip
    withdrawn = [one._asdict() for one in lines.withdrawn]
    # an item a line: indented by the library, which then works in Python, 10,000 take ten times as long
    schema = site.absolute(urls.MANIFEST_SCHEMA)
    head = json.dumps(
        {"$schema": schema, "version": VERSION, "site": site.name, "url": site.absolute("/")}, ensure_ascii=False
    ).removesuffix("}")
    lists = (f'"{name}": [\n{_lines(found)}\n]' for name, found in (("items", items), ("withdrawn", withdrawn)))
    return f"{head}, {', '.join(lists)}}}\n".encode()


def _record(line: ManifestItem, site: Site, dependencies: Dependencies) -> Fields:
    if line.record is None:
        return {}
    facts = dependencies.files[line.record]
    return {"record": site.absolute(f"/{line.record}"), "sha256": facts.digest, "size": facts.size}


def _lines(found: Sequence[Fields]) -> str:
    """Return objects that begin with an id, one a line.

    Within a string no quotation mark follows a brace, only a backslash.
    """
    return json.dumps(found, ensure_ascii=False)[1:-1].replace('}, {"id": ', '},\n{"id": ')


class ItemJson(NamedTuple):
    """An item on a site, what it is listed under, and its body."""

    source: FeedItem
    site: Site
    body: BodyRef

    def __repr__(self) -> str:
        """Tell all, the body with the item."""
        return f"Record({self.source!r}, {self.site!r})"


def make_record(record: ItemJson, dependencies: Dependencies) -> bytes:
    """Return an item as JSON: its fields, its text, and its files with their digests."""
    item, site, dates = record.source.item, record.site, record.source.dates
    body = dependencies.bodies[record.body.digest]
    topic, *tags = ({"slug": term, "name": label} for term, label in record.source.categories)
    members: Fields = {
        "version": VERSION, "id": item.id, "kind": item.kind.value, "path": item.path, "url": site.absolute(item.path),
        "title": item.title, "summary": item.summary, "published": _instant(item.date), "updated": _instant(dates.updated), "changed": _instant(dates.changed),
        "language": item.lang, "topic": topic, "tags": tags, "authors": item.authors, "cover": _cover(item, site),
        "change_note": item.change_note if item.modified else None,
        "corrections": [{"date": one.date.isoformat(), "note": one.note} for one in item.corrections],
        "source": stated({"name": item.origin.name, "url": item.origin.url}) if item.origin else None,
        "html": feed_html(body, site), "text": body.text,
    }  # fmt: skip
    outputs = outputs_of(item)
    if outputs.record_name:
        members[outputs.record_name] = outputs.record(item, site)
    return (json.dumps(stated(members), ensure_ascii=False) + "\n").encode()


def _instant(instant: datetime) -> str:
    return instant.isoformat()


def _cover(item: Item, site: Site) -> Fields | None:
    cover = cover_of(item, site)
    if not cover or not item.cover:
        return None
    members = {"url": cover.url, "width": cover.width, "height": cover.height, "alt": item.cover.alt}
    return stated({**members, "caption": item.cover.caption, "credit": item.cover.credit})
