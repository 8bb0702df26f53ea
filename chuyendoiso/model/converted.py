"""A converted body as it is kept: safe HTML, cut where it refers to something, so that this can be resolved anew."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A link's target as written."""

    href: str
    line: int  # from 1, in the body


@dataclass(frozen=True)
class Mention:
    """A number and symbol of an official document in the words of a body: a link, should the document be on the site."""

    number: str


@dataclass(frozen=True)
class PictureLink:
    """A picture as written; `block` where it stands alone and can have a caption."""

    src: str
    alt: str
    caption: str
    block: bool
    line: int


@dataclass(frozen=True)
class FrameLink:
    """An embedded frame as written: `block` where it stands alone, `empty` where it holds nothing (one that is not closed holds the rest)."""

    src: str  # as in HTML `about:srcdoc` where it has a document of its own
    title: str
    block: bool
    empty: bool
    line: int


@dataclass(frozen=True)
class ObjectLink:
    """A tag that is taken out with what it shows, to be told: `video`, `svg` …"""

    tag: str
    line: int


@dataclass(frozen=True, slots=True)
class BodyWarning:
    """A place that readers will see otherwise than it is written, or not at all; message and remedy as in `Problem`."""

    line: int  # from 1, in the body
    rule: str
    message: str
    remedy: str


Part = str | Link | Mention | PictureLink | FrameLink


@dataclass(frozen=True)
class Converted:
    """Safe HTML in parts; joined, with each `Link` and `Mention` as an attribute ` href="…"` and the others as elements, it is the body."""

    parts: tuple[Part, ...]
    text: str
    anchors: frozenset[str]
    headings: tuple[tuple[str, str], ...]
    objects: tuple[ObjectLink, ...] = ()
    warnings: tuple[BodyWarning, ...] = ()
