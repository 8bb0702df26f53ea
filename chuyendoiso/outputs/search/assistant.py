"""Passages for other assistants (JSON Lines), and llms.txt (llmstxt.org).

A part has the items of one segment of the search, so an edit changes one part.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES, PAGE
from chuyendoiso.model.feed_formats import JSON
from chuyendoiso.model.history import Timeline
from chuyendoiso.model.items import BodyRef, Catalogue, Item, Page
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Dependencies, Target
from chuyendoiso.model.vocabulary import EditorStatus, PublicationState
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.search.passages import passages_of
from chuyendoiso.outputs.search.segments import Segment

VERSION = 1
MOST_SOURCE = 500_000  # bytes of the items' files in a part; passages take twice as many, of short sections ten times


class PassageSource(NamedTuple):
    """An item or a plain page, its body, and when an item last changed (ISO 8601)."""

    item: Item | Page
    body: BodyRef
    changed: str  # "" of a page


def plan_assistant(
    catalogue: Catalogue, site: Site, timeline: Timeline, segments: Sequence[Segment], files: Mapping[str, Path]
) -> Iterator[Target]:
    """Plan the parts, the list of them, and llms.txt.

    `files` are content files by name.
    """
    parts = []
    for segment in segments:
        for number, run in enumerate(_runs(list(filter(_is_published, segment.items)), files)):
            sources = tuple(_source(item, timeline) for item in run)
            path = urls.passages(f"{segment.name}-{number + 1}" if number else segment.name)
            bodies = tuple(item.body for item in run)
            yield Target(path.removeprefix("/"), (sources, site), make_part, "đoạn cho trợ lý", bodies, cost=10)
            parts.append(path)
    paths = tuple(path.removeprefix("/") for path in parts)
    gone = (page.path for page in catalogue.pages if page.status is EditorStatus.WITHDRAWN)
    withdrawn = tuple(sorted([*(item.id for item in catalogue.withdrawn), *gone]))
    inputs = site, tuple(map(site.absolute, parts)), paths, withdrawn
    yield Target(urls.PASSAGES.removeprefix("/"), inputs, make_list, "đoạn cho trợ lý", depends_on=paths)
    kinds = tuple(kind for kind, content_type in ITEM_TYPES.items() if catalogue.of(content_type.item))
    sections = tuple((ITEM_TYPES[kind].label, site.absolute(urls.feed(kind.value, JSON.file))) for kind in kinds)
    yield Target(urls.LLMS.removeprefix("/"), (site, sections), make_llms, "llms.txt")


def _is_published(item: Item | Page) -> bool:
    return item.state is PublicationState.PUBLISHED if isinstance(item, Item) else item.status is EditorStatus.PUBLISHED


def _source(item: Item | Page, timeline: Timeline) -> PassageSource:
    return PassageSource(item, item.body, timeline.of(item).changed.isoformat() if isinstance(item, Item) else "")


def _runs(items: Sequence[Item | Page], files: Mapping[str, Path]) -> Iterator[list[Item | Page]]:
    """Yield items in order, in runs of at most MOST_SOURCE bytes, or one item."""
    run: list[Item | Page] = []
    size = 0
    for item in items:
        own = files[item.source].stat().st_size if item.source in files else 0  # the figures are of site.yml
        if run and size + own > MOST_SOURCE:
            yield run
            run, size = [], 0
        run.append(item)
        size += own
    if run:
        yield run


def make_part(inputs: tuple[tuple[PassageSource, ...], Site], dependencies: Dependencies) -> bytes:
    """Return the passages of some items, one a line; the first of each is its summary."""
    sources, site = inputs
    lines = (line for source in sources for line in _lines(source, site, dependencies))
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def _lines(source: PassageSource, site: Site, dependencies: Dependencies) -> Iterator[dict[str, Any]]:
    item, facts = source.item, _facts(source, site)
    passages = (("", "", item.summary), *passages_of(dependencies.bodies[source.body.digest]))
    for number, (anchor, heading, text) in enumerate(passages):
        url = site.absolute(item.path) + (f"#{anchor}" if anchor else "")
        line = {
            "id": f"{item.id if isinstance(item, Item) else item.path}#{number}", "url": url, "title": item.title, "heading": heading, "text": text,
            **facts, "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }  # fmt: skip
        yield {name: value for name, value in line.items() if value}


def _facts(source: PassageSource, site: Site) -> dict[str, Any]:
    """Return what every passage of an item says of it; a plain page has a kind alone."""
    item = source.item
    if isinstance(item, Page):
        return {"kind": PAGE.kind.value}
    own = {name: value for name, value in outputs_of(item).feed_fields(item, site).items() if value}
    return {"kind": item.kind.value, "topic": item.topic, "published": item.date.isoformat(), "changed": source.changed, **own}


def make_list(inputs: tuple[Site, tuple[str, ...], tuple[str, ...], tuple[str, ...]], dependencies: Dependencies) -> bytes:
    """Return the list of parts, and the ids of what is withdrawn: not to be quoted."""
    site, addresses, files, withdrawn = inputs
    facts = (dependencies.files[file] for file in files)
    parts = [{"url": url, "sha256": file.digest, "size": file.size} for url, file in zip(addresses, facts, strict=True)]
    document = {"version": VERSION, "site": site.name, "url": site.absolute(urls.HOME), "parts": parts, "withdrawn": withdrawn}
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def make_llms(inputs: tuple[Site, tuple[tuple[str, str], ...]]) -> bytes:
    """Return llms.txt: what the site is, and where its data are."""
    site, sections = inputs
    lines = [f"# {site.name}", "", f"> {site.tagline or site.owner.name}", "", "## Dữ liệu", ""]
    lines += [
        f"- [Mọi đoạn văn]({site.absolute(urls.PASSAGES)}): danh sách các tệp JSON Lines, mỗi dòng một đoạn có địa chỉ, ngày, hiệu lực",
        f"- [Danh mục]({site.absolute(urls.MANIFEST)}): mọi mục, ngày đổi, mục đã gỡ",
        *(f"- [{label}]({address}): nguồn tin JSON Feed" for label, address in sections),
        "", "Khi trích: giữ nguyên lời, ghi địa chỉ và ngày; văn bản thì ghi hiệu lực; mục đã gỡ thì không trích.", "",
    ]  # fmt: skip
    return "\n".join(lines).encode()
