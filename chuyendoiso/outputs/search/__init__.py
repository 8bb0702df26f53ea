"""The search files that a browser loads; search.js reads them.

`incremental` makes the index, segment by segment; here are the files beside it.
"""

import json
from collections.abc import Iterator, Sequence

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


def plan_search(segments: Sequence[Segment], site: Site) -> Iterator[Target]:
    """Plan the manifest of the index, and a record of each item."""
    manifest = tuple((segment.name, len(segment.items)) for segment in segments)
    yield Target(urls.SEARCH_INDEX.removeprefix("/"), manifest, make_index_manifest, "tìm kiếm")
    for segment in segments:
        for number, item in enumerate(segment.items):
            path = urls.search_record(segment.name, number).removeprefix("/")
            yield Target(path, (item, item.body, site), make_record, item.source, (item.body,))


def make_index_manifest(segments: tuple[tuple[str, int], ...]) -> bytes:
    """Return the file that search.js reads first. Input: names and sizes of segments."""
    names, items = [name for name, _ in segments], sum(size for _, size in segments)
    abbreviations = {plain(short.lower()): " ".join(map(plain, syllables(words))) for short, words in ABBREVIATIONS.items()}
    members = {
        "shards": shard_count(items),
        "items": items,
        "check": check_of(names),
        "leaves": names,
        "abbreviations": abbreviations,
    }
    return json.dumps(members, separators=(",", ":")).encode()


def make_record(inputs: tuple[Item, BodyRef, Site], dependencies: Dependencies) -> bytes:
    """Return an item in JSON: link, title, kind, date, and text for the passage."""
    item, body, site = inputs
    members = {
        "href": site.href(item.path),
        "title": item.title,
        "number": item.overline,
        "kind": CONTENT_TYPES[item.kind].label,
        "date": format_date(item.date.astimezone(site.zone)),
        "text": " ".join(f"{item.summary} {dependencies.bodies[body.digest].text}".split()),
    }
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()


def text_of(item: Item, site: Site) -> Text:
    """Return the indexed text of an item beside its body."""
    outputs = outputs_of(item)
    words = [item.summary, site.topic(item.topic).name, *item.authors, *outputs.search_words(item, site)]
    facets = (f"kind:{item.kind.value}", f"topic:{item.topic}", f"year:{site.year_of(item)}", *outputs.facets(item))
    return Text(outputs.search_title(item), "\n".join(filter(None, words)), facets)
