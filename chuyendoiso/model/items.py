"""The catalogue: all content as frozen values.

Frequent ones have no slots: Python unpickles a frozen value without slots three times as fast.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.model.vocabulary import EditorStatus, Kind, PublicationState, Validity

# ── files that content uses ─────────────────────────────────────────────────────────────────────────────────────────────


class Picture(NamedTuple):
    """A measured picture: pixels upright, `digest` SHA-256 in hex.

    `source` is relative to the content folder.
    """

    source: str
    digest: str
    width: int
    height: int


class FirstPage(NamedTuple):
    """The picture of a PDF's first page: its size in pixels."""

    width: int
    height: int


class File(NamedTuple):
    """A measured attachment: `path` is its address, `size` in bytes, `digest` SHA-256."""

    source: str
    path: str
    media_type: str
    size: int
    digest: str
    pages: int | None = None
    first_page: FirstPage | None = None


# ── a body ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class LinkTo(NamedTuple):
    """A link's target: a path of the site, or an address elsewhere; None: not public."""

    target: str | None
    external: bool

    def __repr__(self) -> str:
        """Return the usual repr, twice as fast: bodies are full of links."""
        return f"LinkTo({self.target!r}, {self.external})"


class PictureIn(NamedTuple):
    """A picture in a body."""

    picture: Picture
    alt: str
    caption: str | None


class LinkToPicture(NamedTuple):
    """A link to a picture's largest rendition; the source with metadata stays private."""

    picture: Picture


class FrameIn(NamedTuple):
    """A broadcast embedded in a body, from a host of site.yml; `title` may be empty."""

    src: str
    title: str
    host: str


BodyPart = str | LinkTo | PictureIn | LinkToPicture | FrameIn


class Body(NamedTuple):
    """A converted body with resolved references, and its plain text."""

    parts: tuple[BodyPart, ...]
    text: str
    headings: tuple[tuple[str, str], ...]  # (id, text) of each heading of the second level

    @property
    def words(self) -> int:
        """Return the number of words (in Vietnamese: syllables)."""
        return len(self.text.split())


@dataclass(frozen=True)
class BodyRef:
    """A reference to a body: only what renders the body depends on it."""

    key: str  # of the converted body in the cache: a hash of all that the conversion depends on; "" of one that is only `replacements`
    replacements: tuple[BodyPart | None, ...]  # the parts that replace links, pictures and frames; None: nothing
    digest: str = field(init=False, compare=False)
    pictures: tuple[Picture, ...] = field(init=False, compare=False)
    targets: tuple[str, ...] = field(init=False, compare=False)  # paths of the site that it links to; "" for its own headings

    def __post_init__(self) -> None:
        """Set the digest, the pictures and the link targets."""
        links = [part.target for part in self.replacements if isinstance(part, LinkTo) and part.target and not part.external]
        object.__setattr__(self, "digest", digest_of((self.key, self.replacements)))
        object.__setattr__(
            self, "pictures", tuple(part.picture for part in self.replacements if isinstance(part, PictureIn | LinkToPicture))
        )
        object.__setattr__(self, "targets", tuple(dict.fromkeys(target.partition("#")[0].partition("?")[0] for target in links)))

    def __repr__(self) -> str:
        """Return the class and the digest."""
        return f"BodyRef({self.digest})"


class Hashed:
    """A frozen value whose `repr` is its digest, wherever it is part of another value."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def digest(self) -> str:
            """Return the hash of all fields."""

    def __repr__(self) -> str:
        """Return the class and the digest."""
        return f"{type(self).__name__}({self.digest})"


def digest_of(value: object) -> str:
    """Return the SHA-256 (hex) of a frozen value's `repr`."""
    return hashlib.sha256(repr(value).encode()).hexdigest()


# ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Cover(NamedTuple):
    """The picture that represents an item."""

    picture: Picture
    alt: str
    caption: str | None
    credit: str | None


class Correction(NamedTuple):
    """A correction: its day, and the instant of that change."""

    date: date
    note: str
    time: datetime | None = None


class Origin(NamedTuple):
    """The place of an article's first publication."""

    name: str
    url: str | None


class ChannelWords(NamedTuple):
    """Title and summary for a channel; `exclude` excludes the item."""

    title: str | None = None
    summary: str | None = None
    exclude: bool = False


Day = date  # the name that `Item` has for a field


class Offer(NamedTuple):
    """A file or a link that an item offers; exactly one of both is set."""

    label: str
    file: File | None
    url: str | None = None


class Related(NamedTuple):
    """The other document of a relation; `path` is None if it is not on the site.

    One that was never on the site has its issuer's name and its day instead.
    """

    number: str
    path: str | None
    title: str | None
    issuer: str | None = None
    issued_on: Day | None = None

    @property
    def named(self) -> str:
        """Return it as lists name it."""
        return ", ".join(filter(None, (self.number, self.issuer, format_date(self.issued_on) if self.issued_on else None)))


class IssuedDocument(NamedTuple):
    """The document that a draft for comment became."""

    document: Related
    public: bool  # False: it is a draft or scheduled


class LinkedItem(NamedTuple):
    """A content file that a field names, as of an instant."""

    location: tuple[str | int, ...]  # of the field
    kind: Kind
    title: str
    path: str | None  # None: not public
    withdrawn: bool
    number: str | None = None  # of a document
    validity: Validity | None = None
    replaced: str | None = None  # "bị thay thế bởi …", if the day of that is unknown

    @property
    def named(self) -> str:
        """Return it as running text names it."""
        return f"văn bản {self.number}" if self.number else f'bài "{self.title}"'


class DocumentRelations(NamedTuple):
    """The relations of a document on both sides, and their effects on it."""

    related: Mapping[str, tuple[Related, ...]]  # by relation or inverse
    ended: bool  # a document in force replaces or repeals it
    amended: bool
    unsure: tuple[tuple[str, str], ...]  # relation and number of documents whose day of effect is unknown


@dataclass(frozen=True, kw_only=True, repr=False)
class Item(Hashed):
    """An item as of an instant. Its `repr` is its digest, which leaves the body out."""

    kind: Kind
    source: str  # relative to the content folder
    path: str
    id: str
    state: PublicationState
    title: str
    date: datetime
    summary: str
    topic: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    cover: Cover | None
    modified: datetime | None
    change_note: str | None
    corrections: tuple[Correction, ...]
    origin: Origin | None
    pinned: bool
    aliases: tuple[str, ...]
    withdrawn_reason: str | None
    zalo: ChannelWords
    lang: str
    body: BodyRef
    digest: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Set the digest of all fields but the body."""
        values = [getattr(self, field_.name) for field_ in fields(self) if field_.name not in {"body", "digest"}]
        object.__setattr__(self, "digest", digest_of(values))

    @property
    def updated(self) -> datetime:
        """Return the last major change: `modified` counts only with a `change_note`."""
        modified = [self.modified] if self.modified and self.change_note else []
        return max((self.date, *modified, *(correction.time for correction in self.corrections if correction.time)))

    @property
    def heading(self) -> str:
        """Return the heading of the item's page."""
        return self.title

    @property
    def overline(self) -> str | None:
        """Return the line above the heading: a document's type and number."""
        return None

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return the files and links that the item's own fields offer, in order."""
        return ()

    @property
    def turning_days(self) -> tuple[Day, ...]:
        """Return the days on which something about the item changes by itself, for good."""
        return ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the document numbers that the item shows: its own and related ones."""
        return ()

    def year(self, zone: ZoneInfo) -> int:
        """Return the year under which lists show the item: that of its date."""
        return self.date.astimezone(zone).year

    @property
    def happened_at(self) -> datetime:
        """Return the instant by which the search orders the item: of publication."""
        return self.date

    @property
    def related(self) -> tuple[Related, ...]:
        """Return the documents that are related to the item."""
        return ()

    @property
    def tie_break(self) -> int:
        """Return the sort key of items of one instant, the least first."""
        return 0

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Return the pictures that the item uses, its cover first."""
        return (*((self.cover.picture,) if self.cover else ()), *self.body.pictures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A plain page: about, contact, accessibility, feeds."""

    source: str
    path: str
    title: str
    summary: str
    status: EditorStatus
    withdrawn_reason: str | None
    body: BodyRef

    @property
    def digest(self) -> str:
        """Return the hash of all that the page holds."""
        return digest_of(self)


ItemT = TypeVar("ItemT", bound=Item)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All content as of an instant; in a preview with drafts and scheduled items."""

    items: tuple[Item, ...]  # shown ones of all kinds, newest first
    pages: tuple[Page, ...]
    withdrawn: tuple[Item, ...]
    tag_names: Mapping[str, str]  # slug → the name to show

    @property
    def public_pages(self) -> tuple[Page, ...]:
        """Return the plain pages that are not withdrawn."""
        return tuple(page for page in self.pages if page.status is not EditorStatus.WITHDRAWN)

    def of(self, item_type: type[ItemT]) -> tuple[ItemT, ...]:
        """Return the shown items of one type, newest first."""
        return cast(tuple[ItemT, ...], self._by_type.get(item_type, ()))

    @cached_property
    def _by_type(self) -> Mapping[type[Item], tuple[Item, ...]]:
        by_type: dict[type[Item], list[Item]] = {}
        for item in self.items:
            by_type.setdefault(type(item), []).append(item)
        return {item_type: tuple(items) for item_type, items in by_type.items()}

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        """Return the published and withdrawn items by path."""
        return {item.path: item for item in (*self.items, *self.withdrawn)}


def newest_first(item: Item) -> tuple[float, int, str]:
    """Return the sort key for newest first; then issue date, then path."""
    return -item.date.timestamp(), item.tie_break, item.path
