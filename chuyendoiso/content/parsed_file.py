"""A content file that passed its own checks, and what it refers to. What others it must agree with is for `references` and `catalogue`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from chuyendoiso.content.front_matter import Fields, Location
from chuyendoiso.content.link_syntax import BadLink, Leads, Target, parse_link
from chuyendoiso.model.content_types.document import DocumentFields, RelationFields
from chuyendoiso.model.content_types.page import PageFields
from chuyendoiso.model.converted import Converted, Link, Mention, PictureLink
from chuyendoiso.model.fields import ItemFields
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.vocabulary import PICTURE_TYPES, Kind, Status


@dataclass(frozen=True)
class Written:
    """A content file that could be read, whatever its fields are: its body is checked all the same."""

    name: str  # relative to the content folder
    shown: str  # as problems name it
    lines: Fields
    body: Converted
    body_line: int

    def body_problem(self, line: int, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem of one line of the body (from 1)."""
        return Problem(self.shown, self.body_line + line - 1, rule, message, remedy)


@dataclass(frozen=True)
class Checked(Written):
    """A content file with typed fields, its path on the site and its converted body."""

    kind: Kind
    path: str
    fields: ItemFields | PageFields

    def problem(self, location: Location, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem of one field of the file."""
        return Problem(self.shown, self.lines.line(location), rule, message, remedy)


# ── facts ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Wanted(NamedTuple):
    """A document that another amends, replaces or repeals, as that one names it."""

    number: str
    issuing_body: str | None
    issued_on: date | None


class DocumentFacts(NamedTuple):
    """What identifies a document, and what it does to others."""

    number: str
    issuing_body: str
    issued_on: date
    effective_on: date | None
    amends: tuple[Wanted, ...]
    replaces: tuple[Wanted, ...]
    repeals: tuple[Wanted, ...]


class Facts(NamedTuple):
    """What other files, the moment and the disk can make a difference to; a file of the same facts need not be loaded whole."""

    kind: Kind
    path: str
    title: str
    status: Status
    date: datetime | None  # a plain page has none
    instants: tuple[datetime, ...]  # at which something about it changes by itself
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    document: DocumentFacts | None
    media: tuple[str, ...]  # names of the media files that it uses, whether they exist or not
    contents: tuple[tuple[str, str], ...]  # name and heading of the content files that it links to
    addresses: tuple[tuple[str, str], ...]  # addresses that it links to, those elsewhere too, and the heading of those of the site
    mentions: tuple[str, ...]  # numbers of documents in its words
    anchors: frozenset[str]
    body: str  # the key under which its converted body is kept


class Listed(NamedTuple):
    """A checked file among many: its facts are at hand, the rest is loaded when it is asked for."""

    name: str
    shown: str
    key: tuple[str, ...]  # tells all that the file and its check depend on
    facts: Facts
    load: Callable[[], Checked]

    def problem(self, location: Location, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem of one field of the file."""
        return self.load().problem(location, rule, message, remedy)

    def line(self, location: Location) -> int:
        """Return the line of one field of the file."""
        return self.load().lines.line(location)


def facts_of(checked: Checked, zone: ZoneInfo, body: str) -> Facts:
    """Return the facts of a file; `body` is the key of its converted body."""
    fields = checked.fields
    item = fields if isinstance(fields, ItemFields) else None
    contents, media, addresses = _targets(checked)
    return Facts(
        kind=checked.kind,
        path=checked.path,
        title=fields.title,
        status=fields.status,
        date=item.date if item else None,
        instants=tuple(fields.instants(zone)),
        tags=item.tags if item else (),
        aliases=item.aliases if item else (),
        document=_document(fields) if isinstance(fields, DocumentFields) else None,
        media=tuple(dict.fromkeys([*(one.name for one in fields.media()), *media])),
        contents=contents,
        addresses=addresses,
        mentions=tuple(part.number for part in checked.body.parts if isinstance(part, Mention)),
        anchors=checked.body.anchors,
        body=body,
    )


def _document(fields: DocumentFields) -> DocumentFacts:
    def wanted(relations: tuple[RelationFields, ...]) -> tuple[Wanted, ...]:
        return tuple(Wanted(one.number, one.issuing_body, one.issued_on) for one in relations)

    return DocumentFacts(
        number=fields.document_number,
        issuing_body=fields.issuing_body,
        issued_on=fields.issued_on,
        effective_on=fields.effective_on,
        amends=wanted(fields.amends),
        replaces=wanted(fields.replaces),
        repeals=wanted(fields.repeals),
    )


def body_media(written: Written) -> tuple[str, ...]:
    """Return the name of each media file that a body uses, whether it exists or not."""
    return _targets(written)[1]


def _targets(written: Written) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return what a body names: content files with a heading, media files, and addresses with one, those elsewhere too."""
    found: list[Target] = []
    for part in written.body.parts:
        if isinstance(part, Link | PictureLink):
            try:
                found.append(parse_link(part.href if isinstance(part, Link) else part.src, written.name))
            except BadLink:
                continue
    contents = dict.fromkeys((one.path, one.fragment) for one in found if one.leads is Leads.CONTENT)
    media = dict.fromkeys(one.path for one in found if one.leads is Leads.MEDIA)
    addresses = dict.fromkeys((one.path, one.fragment) for one in found if one.leads in {Leads.ADDRESS, Leads.ELSEWHERE})
    return tuple(contents), tuple(media), tuple(addresses)


def is_picture(name: str) -> bool:
    """Tell whether a media file is a picture, by its ending."""
    return name[name.rfind(".") :].lower() in PICTURE_TYPES


# ── as it is kept ───────────────────────────────────────────────────────────────────────────────────────────────────────


def outlined(body: Converted) -> Converted:
    """Return a converted body without its words: what leads elsewhere, in order, and what others may lead to."""
    parts = tuple(part for part in body.parts if not isinstance(part, str))
    return Converted(parts, "", body.anchors, (), body.objects)
