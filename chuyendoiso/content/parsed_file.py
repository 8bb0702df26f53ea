"""Parsed content files: a summary of each in memory, the rest loaded if needed.

`references` and `catalogue` check whether files agree with each other.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from chuyendoiso.content.front_matter import Fields, Location
from chuyendoiso.content.link_syntax import BadLink, LinkKind, LinkTarget, parse_link
from chuyendoiso.model.content_types.consultation import ConsultationFields
from chuyendoiso.model.content_types.document import DocumentFields, RelationFields
from chuyendoiso.model.content_types.page import PageFields
from chuyendoiso.model.converted import Converted, Link, Mention, PictureLink
from chuyendoiso.model.item_fields import ItemFields
from chuyendoiso.model.media_types import PICTURE_TYPES
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import EditorStatus, Kind


@dataclass(frozen=True)
class FileContent:
    """A parsed file; kind, path and fields are unknown if its fields are faulty."""

    name: str  # relative to the content folder
    display_path: str  # the path that messages show
    lines: Fields  # without values
    body: Converted  # its outline
    body_line: int
    kind: Kind | None = None
    path: str = ""
    fields: ItemFields | PageFields | None = None

    def problem(self, location: Location, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem of one field of the file."""
        return Problem(self.display_path, self.lines.line(location), rule, message, remedy)

    def body_problem(self, line: int, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem of one line of the body (from 1)."""
        return Problem(self.display_path, self.body_line + line - 1, rule, message, remedy)


# ── summary ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class DocumentReference(NamedTuple):
    """A reference to a document that another document amends, replaces or repeals."""

    number: str
    issuing_body: str | None
    issued_on: date | None


class DocumentSummary(NamedTuple):
    """The identity of a document, and its effects on others."""

    document_number: str
    issuing_body: str
    issued_on: date
    effective_on: date | None
    expires_on: date | None
    suspended_on: date | None
    amends: tuple[DocumentReference, ...]
    replaces: tuple[DocumentReference, ...]
    repeals: tuple[DocumentReference, ...]


class FileSummary(NamedTuple):
    """The part of a parsed file that depends on, or affects, other files."""

    kind: Kind
    path: str
    title: str
    status: EditorStatus
    date: datetime | None  # a plain page has none
    transitions: tuple[datetime, ...]  # instants at which its state or page changes without an edit
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    document: DocumentSummary | None
    media: tuple[str, ...]  # names of the media files that it uses, whether they exist or not
    contents: tuple[tuple[str, str], ...]  # name and heading of the content files that it links to
    linked: tuple[tuple[Location, str], ...]  # location and name of those that its fields name
    phrasings: tuple[tuple[Location, str], ...]  # of the question that it answers, by location
    becomes: DocumentReference | None  # the document that a draft for comment became
    addresses: tuple[tuple[str, str], ...]  # linked addresses, external ones too, and for the site's own the heading
    mentions: tuple[str, ...]  # document numbers in its text
    anchors: frozenset[str]
    body: str  # the key of its converted body in the cache


class ParsedFile(NamedTuple):
    """A valid content file: its summary, and a function that loads the rest."""

    name: str
    display_path: str
    key: tuple[str, ...]  # digests: of the settings that it was checked with, and of its bytes
    summary: FileSummary
    load: Callable[[], FileContent]

    def problem(self, location: Location, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem of one field of the file."""
        return self.load().problem(location, rule, message, remedy)

    def line(self, location: Location) -> int:
        """Return the line of one field of the file."""
        return self.load().lines.line(location)


def summarize(content: FileContent, site: Site, body: str) -> FileSummary:
    """Return the summary of a valid file; `body` is the cache key of its body."""
    kind, fields = content.kind, content.fields
    assert kind is not None
    assert fields is not None
    item = fields if isinstance(fields, ItemFields) else None
    files, media, addresses = _targets(content)
    linked = tuple(_linked(content))
    return FileSummary(
        kind=kind,
        path=content.path,
        title=fields.title,
        status=fields.status,
        date=item.date if item else None,
        transitions=tuple(fields.transitions(site)),
        tags=item.tags if item else (),
        aliases=item.aliases if item else (),
        document=_document(fields) if isinstance(fields, DocumentFields) else None,
        media=tuple(dict.fromkeys([*(field.name for field in fields.media()), *media])),
        contents=tuple(dict.fromkeys([*files, *((name, "") for _, name in linked)])),
        linked=linked,
        phrasings=fields.phrasings,
        becomes=_reference(fields.becomes) if isinstance(fields, ConsultationFields) and fields.becomes else None,
        addresses=addresses,
        mentions=tuple(part.number for part in content.body.parts if isinstance(part, Mention)),
        anchors=content.body.anchors,
        body=body,
    )


def _document(fields: DocumentFields) -> DocumentSummary:
    return DocumentSummary(
        document_number=fields.document_number,
        issuing_body=fields.issuing_body,
        issued_on=fields.issued_on,
        effective_on=fields.effective_on,
        expires_on=fields.expires_on,
        suspended_on=fields.suspended_on,
        amends=tuple(map(_reference, fields.amends)),
        replaces=tuple(map(_reference, fields.replaces)),
        repeals=tuple(map(_reference, fields.repeals)),
    )


def _reference(relation: RelationFields) -> DocumentReference:
    return DocumentReference(relation.number, relation.issuing_body, relation.issued_on)


def _linked(content: FileContent) -> Iterator[tuple[Location, str]]:
    """Yield location and name of the content files that fields name; no invalid links."""
    for location, link in content.fields.content_links() if content.fields else ():
        with suppress(BadLink):
            target = parse_link(link, content.name)
            if target.kind is LinkKind.CONTENT:
                yield location, target.path


def body_media(content: FileContent) -> tuple[str, ...]:
    """Return the name of each media file that a body uses, whether it exists or not."""
    return _targets(content)[1]


def _targets(content: FileContent) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the content files, media and addresses that a body links to.

    Content files and addresses are pairs with a heading.
    """
    targets: list[LinkTarget] = []
    for part in content.body.parts:
        if isinstance(part, Link | PictureLink):
            try:
                targets.append(parse_link(part.href if isinstance(part, Link) else part.src, content.name))
            except BadLink:
                continue
    files = dict.fromkeys((target.path, target.fragment) for target in targets if target.kind is LinkKind.CONTENT)
    media = dict.fromkeys(target.path for target in targets if target.kind is LinkKind.MEDIA)
    addresses = dict.fromkeys(
        (target.path, target.fragment) for target in targets if target.kind in {LinkKind.ADDRESS, LinkKind.ELSEWHERE}
    )
    return tuple(files), tuple(media), tuple(addresses)


def is_picture(name: str) -> bool:
    """Return whether a media file is a picture, by its ending."""
    return name[name.rfind(".") :].lower() in PICTURE_TYPES


# ── as it is cached ───────────────────────────────────────────────────────────────────────────────────────────────────────


def outline(body: Converted) -> Converted:
    """Return a body without its text: references in order, anchors, objects."""
    return Converted(tuple(part for part in body.parts if not isinstance(part, str)), "", body.anchors, (), body.objects)
