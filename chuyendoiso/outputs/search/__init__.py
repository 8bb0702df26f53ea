"""The search files that a browser loads; search.js reads them.

`incremental` makes the index, segment by segment; here are the files beside it.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import CONTENT_TYPES, PAGE
from chuyendoiso.model.items import BodyRef, Item, Page
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies, Target
from chuyendoiso.model.vocabulary import ABBREVIATIONS
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.search.constants import CONSTANTS, FUNCTION_WORDS, MARKED_FUNCTION_WORDS
from chuyendoiso.outputs.search.index import Text, check_of, shard_count
from chuyendoiso.outputs.search.passages import passages_of
from chuyendoiso.outputs.search.questions import ANSWER_TYPES, CLOSING, DEFINES, DEFINITIONS, OPENING, SUBJECT_END, SUBJECT_LEAD
from chuyendoiso.outputs.search.segments import Segment
from chuyendoiso.outputs.search.words import plain, syllables


def plan_search(segments: Sequence[Segment], site: Site) -> Iterator[Target]:
    """Plan the manifest of the index, and a record of each item."""
    names = tuple((segment.name, len(segment.items)) for segment in segments)
    yield Target(urls.SEARCH_INDEX.removeprefix("/"), (names, site.synonyms), make_index_manifest, "tìm kiếm")
    for segment in segments:
        for number, item in enumerate(segment.items):
            path = urls.search_record(segment.name, number).removeprefix("/")
            yield Target(path, (item, item.body, site), make_record, item.source, (item.body,))


def make_index_manifest(inputs: tuple[tuple[tuple[str, int], ...], tuple[tuple[str, ...], ...]]) -> bytes:
    """Return the file that search.js reads first.

    Inputs: names and sizes of segments, and the site's groups of synonyms.
    """
    segments, synonyms = inputs
    names, items = [name for name, _ in segments], sum(size for _, size in segments)
    groups = [*ABBREVIATIONS.items(), *synonyms]
    members = {
        "shards": shard_count(items),
        "items": items,
        "check": check_of(names),
        "leaves": names,
        "synonyms": [[" ".join(map(plain, syllables(words))) for words in group] for group in groups],
        "function": " ".join(sorted(FUNCTION_WORDS)),
        "marked": " ".join(sorted(MARKED_FUNCTION_WORDS)),
        "opening": OPENING,
        "closing": CLOSING,
        "answers": ANSWER_TYPES,
        "definitions": DEFINITIONS,
        "defines": DEFINES,
        "lead": SUBJECT_LEAD,
        "end": SUBJECT_END,
        "constants": CONSTANTS,
    }
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()


def make_record(inputs: tuple[Item | Page, BodyRef, Site], dependencies: Dependencies) -> bytes:
    """Return an item in JSON: link, title, kind, dates, state, and its passages."""
    item, body, site = inputs
    passages = passages_of(dependencies.bodies[body.digest])
    members: dict[str, Any] = {
        "href": site.href(item.path), "title": item.title, "kind": PAGE.label,
        "passages": [("", "", item.summary), *passages],
    }  # fmt: skip
    if isinstance(item, Item):
        outputs = outputs_of(item)
        _, *also = outputs.search_title(item).split("\n")
        members |= {
            "kind": CONTENT_TYPES[item.kind].label, "number": item.overline, "date": outputs.result_date(item, site),
            "state": outputs.result_state(item), "also": also, "answer": outputs.summary_answers, "over": outputs.is_over(item),
        }  # fmt: skip
    members = {name: value for name, value in members.items() if value}
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()


def text_of(item: Item | Page, site: Site) -> Text:
    """Return the indexed text of an item beside its body."""
    if isinstance(item, Page):
        return Text(item.title, item.summary, (f"kind:{PAGE.kind.value}",))
    outputs = outputs_of(item)
    named = (tag.replace("-", " ") for tag in item.tags)
    words = [item.summary, site.topic(item.topic).name, *item.authors, *named, *outputs.search_words(item, site)]
    facets = (f"kind:{item.kind.value}", f"topic:{item.topic}", f"year:{site.year_of(item)}", *outputs.facets(item))
    return Text(outputs.search_title(item), "\n".join(filter(None, words)), facets)
