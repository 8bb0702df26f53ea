"""A converted body: safe HTML, cut at each reference so that it can be resolved."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A link's target as written."""

    href: str
    line: int  # from 1, in the body


@dataclass(frozen=True)
class Mention:
    """A document's number in a body; a link if the document is on the site."""

    number: str


@dataclass(frozen=True)
class PictureLink:
    """A picture as written; `block` if it is alone and can have a caption."""

    src: str
    alt: str
    caption: str
    block: bool
    line: int


@dataclass(frozen=True)
class FrameLink:
    """An embedded frame; `block`: a paragraph of its own, `empty`: no content.

    A frame that is not closed holds the rest of the body.
    """

    src: str  # `about:srcdoc`, as in HTML, if it has a document of its own
    title: str
    block: bool
    empty: bool
    line: int


@dataclass(frozen=True)
class ObjectLink:
    """A removed element that must be reported: `video`, `svg` …"""

    tag: str
    line: int


@dataclass(frozen=True, slots=True)
class BodyWarning:
    """A place that readers see differently, or not at all; texts as in `Problem`."""

    line: int  # from 1, in the body
    rule: str
    message: str
    remedy: str


Part = str | Link | Mention | PictureLink | FrameLink


@dataclass(frozen=True)
class Converted:
    """Safe HTML in parts, cut at references.

    The body is the parts joined, with each `Link` and `Mention` as an attribute ` href="…"` and the others as elements.
    """

    parts: tuple[Part, ...]
    text: str
    anchors: frozenset[str]
    headings: tuple[tuple[str, str], ...]
    objects: tuple[ObjectLink, ...] = ()
    warnings: tuple[BodyWarning, ...] = ()
