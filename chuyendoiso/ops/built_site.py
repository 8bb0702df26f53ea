"""A built site as other assistants read it: its index, its manifest and its items.

Whatever a caller names is looked up among the items; no path is made of it.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES, PAGE
from chuyendoiso.model.content_types.training import phase_at
from chuyendoiso.model.vietnamese import lower_first
from chuyendoiso.model.vocabulary import VALIDITY_NAMES, ConsultationState, Kind, Validity
from chuyendoiso.outputs.content_types.consultation import stage_words
from chuyendoiso.outputs.pages.components import PHASES
from chuyendoiso.outputs.search.reader import MixedBuilds, SearchIndex
from chuyendoiso.system.site_files import Read

Json = Mapping[str, Any]
WITHDRAWN = "đã gỡ, không trích"
_DAYS = ("issued_on", "effective_on", "expires_on", "suspended_on")


@dataclass(frozen=True)
class BuiltSite:
    """A site's files as of one call. Raises OSError, ValueError and LookupError."""

    read: Read
    now: datetime

    @cached_property
    def index(self) -> SearchIndex:
        """Return the search index."""
        return SearchIndex(self.read)

    @cached_property
    def manifest(self) -> Json:
        """Return the list of all items."""
        manifest: Json = json.loads(self.read(urls.MANIFEST))
        return manifest

    @cached_property
    def items(self) -> Mapping[str, Json]:
        """Return the published items by id, by path and by address."""
        return {entry[key]: entry for entry in self.manifest["items"] for key in ("id", "path", "url")}

    @cached_property
    def withdrawn(self) -> Mapping[str, Json]:
        """Return the withdrawn items by id, by path and by address."""
        notices = self.manifest["withdrawn"]
        by_name = {notice[key]: notice for notice in notices for key in ("id", "path")}
        return by_name | {self.absolute(notice["path"]): notice for notice in notices}

    def absolute(self, path: str) -> str:
        """Return the address of a path of the site."""
        return urljoin(str(self.manifest["url"]), quote(path.removeprefix("/"), safe="/#%"))

    def path_of(self, href: str) -> str:
        """Return the path on the site that a search result links to."""
        return href.removeprefix(urlsplit(str(self.manifest["url"])).path.rstrip("/"))

    def record(self, entry: Json) -> Json:
        """Return an item's JSON. Raise MixedBuilds if it is not what the manifest lists."""
        data = self.read(urls.record(entry["path"]))
        if hashlib.sha256(data).hexdigest() != entry.get("sha256"):
            raise MixedBuilds(entry["path"])
        record: Json = json.loads(data)
        return record

    def found(self, number: int) -> tuple[Json, Json | None]:
        """Return a search result, and its item in the manifest; None for a plain page."""
        result = self.index.record(number)
        entry = self.items.get(self.path_of(result["href"]))
        if (entry is None and result["kind"] != PAGE.label) or (entry and entry["title"] != result["title"]):
            raise MixedBuilds(result["href"])
        return result, entry

    def plain_page(self, key: str) -> Json | None:
        """Return the search result of a plain page by its path or address."""
        for number in self.index.holders(f"kind:{PAGE.kind.value}")[0]:
            result = self.index.record(number)
            path = self.path_of(result["href"])
            if result["kind"] == PAGE.label and key in {path, self.absolute(path)}:
                return result
        return None


def describe_page(site: BuiltSite, result: Json) -> dict[str, Any]:
    """Return a plain page: it has no date and no state of its own."""
    path = site.path_of(result["href"])
    return {"id": path, "title": result["title"], "url": site.absolute(path), "kind": PAGE.label, "state": "đã đăng"}


def describe_withdrawn(site: BuiltSite, notice: Json) -> dict[str, Any]:
    """Return the notice of a withdrawn item, which has none of its words."""
    return {
        "id": notice["id"], "url": site.absolute(notice["path"]), "kind": ITEM_TYPES[Kind(notice["kind"])].label, "date": notice["changed"][:10],
        "state": WITHDRAWN, "reason": notice["reason"],
    }  # fmt: skip


def describe(site: BuiltSite, entry: Json, record: Json) -> dict[str, Any]:
    """Return what every answer says of an item: address, date, state, what is its own."""
    facts = {
        "id": entry["id"], "title": entry["title"], "url": entry["url"], "kind": ITEM_TYPES[Kind(entry["kind"])].label,
        "date": entry["published"][:10], "published": entry["published"], "changed": entry["changed"], "state": "đã đăng",
    }  # fmt: skip
    for group, describe_group in _GROUPS.items():
        if group in record:
            facts |= {name: value for name, value in describe_group(record[group], site.now) if value}
    return facts


Facts = Iterator[tuple[str, Any]]


def _document(own: Json, now: datetime) -> Facts:
    validity = own.get("validity", Validity.UNVERIFIED.value)
    yield "state", lower_first(VALIDITY_NAMES[Validity(validity)])
    yield "validity", validity
    yield from (("number", own["number"]), ("type", own["type"]), ("issuing_body", own["issuing_body"]["name"]))
    yield from ((name, own.get(name)) for name in _DAYS)
    yield "date", own["issued_on"]
    for relation in ("amended_by", "replaced_by", "repealed_by"):
        yield relation, [other["number"] for other in own.get(relation, ())]


def _question(own: Json, now: datetime) -> Facts:
    stale = list(own.get("stale", ()))
    if date.fromisoformat(own["check_again"]) <= now.date() and not stale:
        stale.append("đã tới hạn kiểm tra lại")
    yield "state", "cần kiểm tra lại, có thể không còn đúng" if stale else "đã kiểm tra"
    yield from (("checked_on", own["checked_on"]), ("answered_by", own["answered_by"]["name"]), ("stale", stale))


def _training(own: Json, now: datetime) -> Facts:
    if session := own.get("session"):
        yield "state", session_state(datetime.fromisoformat(session["starts_at"]), datetime.fromisoformat(session["ends_at"]), now)
        yield "date", session["starts_at"][:10]
        yield from ((name, session.get(name)) for name in ("starts_at", "ends_at", "venue"))


def _consultation(own: Json, now: datetime) -> Facts:
    days = own["opens_on"], own["closes_on"]
    yield "state", lower_first(stage_words(ConsultationState(own["state"]), *map(date.fromisoformat, days)))
    yield from zip(("opens_on", "closes_on"), days, strict=True)


# by the group of its own fields in an item's JSON
_GROUPS: Mapping[str, Callable[[Json, datetime], Facts]] = {
    "document": _document,
    "question": _question,
    "training": _training,
    "consultation": _consultation,
}


def session_state(starts: datetime, ends: datetime, now: datetime) -> str:
    """Return the state of a session in words."""
    return lower_first(PHASES[phase_at(starts, ends, now)])
