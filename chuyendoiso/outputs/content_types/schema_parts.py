"""The parts of the JSON Schemas (2020-12) of items."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
ADDRESS: Schema = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://."}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
COUNT: Schema = {"type": "integer", "minimum": 0}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def object_of(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Return an object's schema; other fields are allowed: new fields may come."""
    return {"type": "object", "required": [*required], "properties": {**required, **(optional or {})}}


def list_of(item: Schema) -> Schema:
    """Return a list's schema."""
    return {"type": "array", "items": item, "minItems": 1}


NAMED = object_of({"name": WORDS}, {"id": WORDS, "slug": WORDS, "url": ADDRESS})
FILE = object_of({"label": WORDS, "url": ADDRESS, "type": WORDS, "size": COUNT, "sha256": HASH}, {"pages": COUNT})
RELATED = object_of({"number": WORDS}, {"url": ADDRESS, "issuing_body": WORDS, "issued_on": DAY})
LINK = object_of({"label": WORDS, "url": ADDRESS}, {"format": WORDS, "minutes": COUNT}) | {"not": {"required": ["type"]}}
