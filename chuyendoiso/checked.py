"""A content file that passed its own checks, and what it refers to. What others it must agree with is for `references` and `catalogue`."""

from collections.abc import Iterator
from dataclasses import dataclass

from chuyendoiso.convert import Converted, Link, PictureLink
from chuyendoiso.domain.fields import DocumentFields, ItemFields, PageFields, TrainingFields
from chuyendoiso.domain.problems import Problem
from chuyendoiso.domain.vocabulary import PICTURE_TYPES, Kind
from chuyendoiso.links import BadLink, Leads, parse_link
from chuyendoiso.source import Fields, Location


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Checked(Written):
    """A content file with typed fields, its path on the site and its converted body."""

    kind: Kind
    path: str
    fields: ItemFields | PageFields

    def problem(self, location: Location, rule: str, message: str, remedy: str) -> Problem:
        """Return a problem of one field of the file."""
        return Problem(self.shown, self.lines.line(location), rule, message, remedy)


def field_media(fields: ItemFields | PageFields) -> Iterator[tuple[Location, str, bool]]:
    """Yield the location and name of each media file that fields name, and whether it must be a picture."""
    if isinstance(fields, ItemFields) and fields.cover:
        yield ("cover", "image"), fields.cover.image, True
    if isinstance(fields, DocumentFields):
        for index, attachment in enumerate(fields.attachments):
            yield ("attachments", index, "file"), attachment.file, False
    if isinstance(fields, TrainingFields):
        for index, material in enumerate(fields.materials):
            if material.file:
                yield ("materials", index, "file"), material.file, False


def media_used(written: Written) -> Iterator[str]:
    """Yield the name of each media file that a content file uses, whether it exists or not."""
    if isinstance(written, Checked):
        yield from (name for _, name, _ in field_media(written.fields))
    for part in written.body.parts:
        if isinstance(part, Link | PictureLink):
            try:
                target = parse_link(part.href if isinstance(part, Link) else part.src, written.name)
            except BadLink:
                continue
            if target.leads is Leads.MEDIA:
                yield target.path


def is_picture(name: str) -> bool:
    """Tell whether a media file is a picture, by its ending."""
    return name[name.rfind(".") :].lower() in PICTURE_TYPES
