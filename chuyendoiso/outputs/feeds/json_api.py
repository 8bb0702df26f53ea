"""The JSON API for mirrors: each item, and a manifest with digests.

docs/ket-noi-kenh.md describes the fields. A name or a meaning never changes; new ones may be added.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.history import Dates, Timeline
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies, Target
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.content_types.item_outputs import stated
from chuyendoiso.outputs.feeds.entries import FeedItem, cover_of, feed_html

VERSION = 1  # of the format: increased only if readers of the previous version would fail

Fields = dict[str, Any]


class Manifest(NamedTuple):
    """The manifest: published items, newest first, and withdrawn items."""

    site: Site
    items: tuple[Fields, ...]
    withdrawn: tuple[Fields, ...]
    records: tuple[str, ...]  # paths of the items' JSON in the release; empty without records


def plan_records(published: Iterable[FeedItem], site: Site) -> Iterator[Target]:
    """Plan the JSON of each published item."""
    for source in published:
        item = source.item
        yield Target(urls.record(item.path).removeprefix("/"), (source, site), make_record, item.source, (item.body,))


def plan_manifest(published: Sequence[Item], catalogue: Catalogue, site: Site, timeline: Timeline, *, records: bool) -> Target:
    """Plan the manifest; with `records` it has the JSON of each item."""
    items = tuple([_manifest_item(item, timeline.of(item), site) for item in published])
    withdrawn = [
        {
            "id": item.id, "kind": item.kind.value, "path": item.path, "changed": timeline.of(item).withdrawn.isoformat(),
            "reason": item.withdrawn_reason or "",
        }
        for item in sorted(catalogue.withdrawn, key=lambda item: item.id)  # so that a new item changes no other line
    ]  # fmt: skip
    files = tuple(urls.record(item.path).removeprefix("/") for item in published) if records else ()
    manifest = Manifest(site, items, tuple(withdrawn), files)
    return Target(urls.MANIFEST.removeprefix("/"), manifest, make_manifest, "manifest.json", depends_on=files)


def _manifest_item(item: Item, dates: Dates, site: Site) -> Fields:
    return {
        "id": item.id, "kind": item.kind.value, "path": item.path, "url": site.absolute(item.path), "title": item.title,
        "published": item.date.isoformat(), "updated": dates.updated.isoformat(), "changed": dates.changed.isoformat(),
    }  # fmt: skip


def make_manifest(manifest: Manifest, dependencies: Dependencies) -> bytes:
    """Return the manifest; by `sha256` a mirror knows which JSON changed."""
    site = manifest.site
    facts = ((site.absolute(f"/{path}"), dependencies.files[path]) for path in manifest.records)
    records = [{"record": url, "sha256": digest, "size": size} for url, (size, digest) in facts] or [{}] * len(manifest.items)
    items = [{**item, **record} for item, record in zip(manifest.items, records, strict=True)]
    # an item a line; `indent` would take ten times as long for 10,000 items
    members = {"$schema": site.absolute(urls.MANIFEST_SCHEMA), "version": VERSION, "site": site.name, "url": site.absolute("/")}
    head = json.dumps(members, ensure_ascii=False).removesuffix("}")
    lists = (f'"{name}": [\n{_lines(rows)}\n]' for name, rows in (("items", items), ("withdrawn", manifest.withdrawn)))
    return f"{head}, {', '.join(lists)}}}\n".encode()


def _lines(rows: Sequence[Fields]) -> str:
    """Return objects that begin with an id, one a line.

    Within a string no quotation mark follows a brace, only a backslash.
    """
    return json.dumps(rows, ensure_ascii=False)[1:-1].replace('}, {"id": ', '},\n{"id": ')


def make_record(inputs: tuple[FeedItem, Site], dependencies: Dependencies) -> bytes:
    """Return an item as JSON: its fields, its text, and its files with their digests."""
    source, site = inputs
    item, body, outputs = source.item, dependencies.bodies[source.body.digest], outputs_of(source.item)
    topic, *tags = ({"slug": term, "name": label} for term, label in source.categories)
    members: Fields = {
        "version": VERSION, "id": item.id, "kind": item.kind.value, "path": item.path, "url": site.absolute(item.path),
        "title": item.title, "summary": item.summary, "published": item.date.isoformat(), "updated": source.updated.isoformat(),
        "changed": source.changed.isoformat(),
        "language": item.lang, "topic": topic, "tags": tags, "authors": item.authors, "cover": _cover(item, site),
        "change_note": item.change_note if item.modified else None,
        "corrections": [{"date": correction.date.isoformat(), "note": correction.note} for correction in item.corrections],
        "source": stated({"name": item.origin.name, "url": item.origin.url}) if item.origin else None,
        "html": feed_html(body, site), "text": body.text,
        **({outputs.record_name: outputs.record(item, site)} if outputs.record_name else {}),
    }  # fmt: skip
    return (json.dumps(stated(members), ensure_ascii=False) + "\n").encode()


def _cover(item: Item, site: Site) -> Fields | None:
    cover = cover_of(item, site)
    if not cover or not item.cover:
        return None
    members = {"url": cover.url, "width": cover.width, "height": cover.height, "alt": item.cover.alt}
    return stated({**members, "caption": item.cover.caption, "credit": item.cover.credit})
