"""A content type: the record that lists, forms, checks and commands read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from chuyendoiso.model.item_fields import ItemFields, StatusFields
from chuyendoiso.model.items import DocumentRelations, File, IssuedDocument, Item, LinkedItem
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import Kind


class ResolveContext(NamedTuple):
    """The context in which an item's own fields are resolved."""

    site: Site
    as_of: datetime
    files: Mapping[str, File]  # measured attachments by name
    relations: DocumentRelations
    linked: tuple[LinkedItem, ...] = ()  # the content files that fields name
    issued: IssuedDocument | None = None  # the document that a draft became


class FieldWarning(NamedTuple):
    """A warning about an item: the field, the rule, what is wrong, how to mend it."""

    location: tuple[str | int, ...]
    rule: str
    message: str
    remedy: str


def _no_warnings(item: Any, site: Site) -> Iterable[FieldWarning]:
    return ()


@dataclass(frozen=True, kw_only=True)
class ContentType:
    """A kind of content: its names, and the fields that editors fill in."""

    kind: Kind
    label: str  # of its list, and in menus
    singular: str
    names: tuple[str, ...]  # editors' words for it, without marks
    fields: type[StatusFields]
    by_year: bool = False  # its files lie in a folder of their year
    title_ending: str = ""  # of every title, which a new file gets
    slug_field: str | None = None  # the field that a new file is named after; None: its title


@dataclass(frozen=True, kw_only=True)
class ItemType(ContentType):
    """A kind whose items are listed, searched, and sent to feeds and channels."""

    fields: type[ItemFields]
    item: type[Item]
    resolve: Callable[[Any, ResolveContext], dict[str, Any]]  # its fields → the item's own
    warnings: Callable[[Any, Site], Iterable[FieldWarning]] = _no_warnings  # of an item, as of the instant it is of
    section: str  # the URL of its list
    icon: str  # in the theme's `components/icon/macro.html`
    stylesheet: str  # in the theme's `static/css/`, of its pages
