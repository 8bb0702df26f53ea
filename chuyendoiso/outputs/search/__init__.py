"""The search files that a browser loads; search.js reads them.

`incremental` makes the index, segment by segment; here are the files beside it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.items import BodyRef, Item
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies, Target
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.model.vocabulary import ABBREVIATIONS
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.search.index import Text, check_of, shard_count
from chuyendoiso.outputs.search.segments import Segment
from chuyendoiso.outputs.search.words import plain, syllables


def plan_search(found: Sequence[Segment], site: Site) -> Iterator[Target]:
    """Plan what tells the parts of the index, and a record of each item."""
    names = tuple(leaf.name for leaf in found)
    yield Target(
        urls.SEARCH_INDEX.removeprefix("/"), IndexManifest(names, sum(len(leaf.items) for leaf in found)), make_guide, "tìm kiếm"
    )
    for leaf in found:
        for number, item in enumerate(leaf.items):
            path = urls.search_record(leaf.name, number).removeprefix("/")
            yield Target(path, SearchRecord(item, site, item.body), make_record, item.source, (item.body,))


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """The leaves of the index, oldest first, and the number of items in them."""

    leaves: tuple[str, ...]
    items: int


def make_guide(guide: IndexManifest) -> bytes:
    """Return what search.js reads first."""
    shorts = {plain(short.lower()): " ".join(map(plain, syllables(words))) for short, words in ABBREVIATIONS.items()}
    members = {"shards": shard_count(guide.items), "items": guide.items, "check": check_of(guide.leaves), "leaves": guide.leaves}
    return json.dumps({**members, "abbreviations": shorts}, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """An item as the search shows it, on a site, and its body."""

    item: Item
    site: Site
    body: BodyRef


def make_record(record: SearchRecord, dependencies: Dependencies) -> bytes:
    """Return an item in JSON: link, title, kind, date, and text for the passage."""
    item, site = record.item, record.site
    date = format_date(item.date.astimezone(site.zone))
    words = " ".join(f"{item.summary} {dependencies.bodies[record.body.digest].text}".split())
    members = {
        "href": site.href(item.path),
        "title": item.title,
        "number": item.overline,
        "kind": CONTENT_TYPES[item.kind].label,
        "date": date,
    }
    return json.dumps({**members, "text": words}, ensure_ascii=False, separators=(",", ":")).encode()


# ── what is indexed of an item ──────────────────────────────────────────────────────────────────────────────────────────


def facets_of(item: Item, year: int) -> tuple[str, ...]:
    """Return the terms by which a search is narrowed."""
    return (f"kind:{item.kind.value}", f"topic:{item.topic}", f"year:{year}", *outputs_of(item).facets(item))


def text_of(item: Item, site: Site) -> Text:
    """Return what is indexed of an item beside its body."""
    words = [item.summary, site.topic(item.topic).name, *item.authors, *outputs_of(item).search_words(item, site)]
    return Text(outputs_of(item).search_title(item), "\n".join(word for word in words if word), facets_of(item, site.year_of(item)))
