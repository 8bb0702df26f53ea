"""JSON Schema (2020-12) of the manifest and of an item's JSON.

They are published with the site; tests hold every file to them.
"""

import json
from collections.abc import Iterator

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Target
from chuyendoiso.outputs.content_types import OUTPUTS
from chuyendoiso.outputs.content_types.schema_parts import (
    ADDRESS,
    COUNT,
    DAY,
    HASH,
    INSTANT,
    NAMED,
    TEXT,
    WORDS,
    Schema,
    list_of,
    object_of,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"
KIND: Schema = {"enum": [kind.value for kind in ITEM_TYPES]}
PATH: Schema = {"type": "string", "pattern": "^/.*/$"}
ID: Schema = {"type": "string", "pattern": "^tag:"}


COVER = object_of({"url": ADDRESS, "width": COUNT, "height": COUNT, "alt": WORDS}, {"caption": WORDS, "credit": WORDS})
DATES = {"published": INSTANT, "updated": INSTANT, "changed": INSTANT}
ITEM = {"id": ID, "kind": KIND, "path": PATH, "url": ADDRESS, "title": WORDS}

RECORD = object_of(
    {"version": {"const": 1}, **ITEM, "summary": WORDS, **DATES, "language": WORDS, "topic": NAMED, "html": TEXT, "text": TEXT},
    {
        "tags": list_of(NAMED),
        "authors": list_of(WORDS),
        "cover": COVER,
        "change_note": WORDS,
        "corrections": list_of(object_of({"date": DAY, "note": WORDS})),
        "source": NAMED,
        **{outputs.record_name: outputs.record_schema for outputs in OUTPUTS.values() if outputs.record_name},
    },
) | {"allOf": [
    {"if": {"properties": {"kind": {"const": kind.value}}}, "then": {"required": [outputs.record_name]}}
    for kind, outputs in OUTPUTS.items() if outputs.record_name
]}  # fmt: skip
LINE = object_of({**ITEM, **DATES}, {"record": ADDRESS, "sha256": HASH, "size": COUNT}) | {
    "dependentRequired": {"record": ["sha256", "size"], "sha256": ["record"], "size": ["record"]}
}  # fmt: skip
MANIFEST = object_of({
    "version": {"const": 1},
    "site": WORDS,
    "url": ADDRESS,
    "items": {"type": "array", "items": LINE},
    "withdrawn": {"type": "array", "items": object_of({"id": ID, "kind": KIND, "path": PATH, "changed": INSTANT, "reason": TEXT})},
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
