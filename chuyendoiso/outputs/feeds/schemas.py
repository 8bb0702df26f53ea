"""JSON Schema (2020-12) of the manifest and of an item's JSON.

They are published with the site; tests hold every file to them.
"""

import json
from collections.abc import Iterator
from typing import Any

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Target
from chuyendoiso.model.vocabulary import BOTH_SIDES, Validity
from chuyendoiso.outputs.content_types import OUTPUTS

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
ADDRESS: Schema = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://."}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
COUNT: Schema = {"type": "integer", "minimum": 0}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
KIND: Schema = {"enum": [kind.value for kind in ITEM_TYPES]}
PATH: Schema = {"type": "string", "pattern": "^/.*/$"}
ID: Schema = {"type": "string", "pattern": "^tag:"}


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Return an object's schema; other fields are allowed: new fields may come."""
    return {"type": "object", "required": [*required], "properties": {**required, **(optional or {})}}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": 1}


NAMED = _object({"name": WORDS}, {"id": WORDS, "slug": WORDS, "url": ADDRESS})
FILE = _object({"label": WORDS, "url": ADDRESS, "type": WORDS, "size": COUNT, "sha256": HASH}, {"pages": COUNT})
LINK = _object({"label": WORDS, "url": ADDRESS}, {"format": WORDS, "minutes": COUNT}) | {"not": {"required": ["type"]}}
RELATED = _list(_object({"number": WORDS}, {"url": ADDRESS}))
DAYS = ("effective_on", "expires_on", "suspended_on")

DOCUMENT = _object(
    {"number": WORDS, "type": WORDS, "subject": WORDS, "issuing_body": NAMED, "issued_on": DAY},
    {
        **dict.fromkeys(DAYS, DAY),
        "validity": {"enum": [validity.value for validity in Validity]},
        "signatory": _object({"name": WORDS}, {"position": WORDS}),
        "source_url": ADDRESS,
        "attachments": _list(FILE),
        **dict.fromkeys(BOTH_SIDES, RELATED),
    },
)
SESSION = _object(
    {"starts_at": INSTANT, "ends_at": INSTANT, "calendar": ADDRESS},
    {
        "organizer": WORDS,
        "venue": WORDS,
        "streams": _list(_object({"channel": WORDS, "url": ADDRESS})),
        "meeting_points": _list(_object({"name": WORDS}, {"locality": WORDS, "address": WORDS})),
        "agenda": _list(_object({"at": WORDS, "what": WORDS})),
        "recording": ADDRESS,
        "attendance": _object({}, {"meeting_points": COUNT, "online": COUNT}),
    },
)
TRAINING = _object({"audience": _list(NAMED)}, {"materials": _list({"anyOf": [FILE, LINK]}), "session": SESSION})
_OWN_FIELDS = {"document": DOCUMENT, "training": TRAINING}
COVER = _object({"url": ADDRESS, "width": COUNT, "height": COUNT, "alt": WORDS}, {"caption": WORDS, "credit": WORDS})
DATES = {"published": INSTANT, "updated": INSTANT, "changed": INSTANT}
ITEM = {"id": ID, "kind": KIND, "path": PATH, "url": ADDRESS, "title": WORDS}

RECORD = _object(
    {"version": {"const": 1}, **ITEM, "summary": WORDS, **DATES, "language": WORDS, "topic": NAMED, "html": TEXT, "text": TEXT},
    {
        "tags": _list(NAMED),
        "authors": _list(WORDS),
        "cover": COVER,
        "change_note": WORDS,
        "corrections": _list(_object({"date": DAY, "note": WORDS})),
        "source": NAMED,
        **{outputs.record_name: _OWN_FIELDS[outputs.record_name] for outputs in OUTPUTS.values() if outputs.record_name},
    },
) | {"allOf": [
    {"if": {"properties": {"kind": {"const": kind.value}}}, "then": {"required": [outputs.record_name]}}
    for kind, outputs in OUTPUTS.items() if outputs.record_name
]}  # fmt: skip
LINE = _object({**ITEM, **DATES}, {"record": ADDRESS, "sha256": HASH, "size": COUNT}) | {
    "dependentRequired": {"record": ["sha256", "size"], "sha256": ["record"], "size": ["record"]}
}  # fmt: skip
MANIFEST = _object({
    "version": {"const": 1},
    "site": WORDS,
    "url": ADDRESS,
    "items": {"type": "array", "items": LINE},
    "withdrawn": {"type": "array", "items": _object({"id": ID, "kind": KIND, "path": PATH, "changed": INSTANT, "reason": TEXT})},
})  # fmt: skip


def plan_schemas(site: Site) -> Iterator[Target]:
    """Plan both schemas."""
    for path, title in ((urls.MANIFEST_SCHEMA, "Danh mục"), (urls.RECORD_SCHEMA, "Một mục")):
        yield Target(path.removeprefix("/"), (path, site.absolute(path), f"{title} – {site.name}"), make_schema, path)


def make_schema(inputs: tuple[str, str, str]) -> bytes:
    """Return a schema with its own address and title."""
    path, address, title = inputs
    schema = MANIFEST if path == urls.MANIFEST_SCHEMA else RECORD
    return (json.dumps({"$schema": DRAFT, "$id": address, "title": title, **schema}, ensure_ascii=False, indent=1) + "\n").encode()
