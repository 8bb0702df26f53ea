"""JSON objects with a checksum, so that a damaged one is never taken for valid."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

_CHECKSUM = re.compile(r'\{"sha256": "([0-9a-f]{64})",')


def dump_sealed(value: Mapping[str, Any], *, compact: bool = False) -> str:
    """Return a JSON object; its first member, `sha256`, is the hash of the others."""
    text = json.dumps(value, ensure_ascii=False, indent=None if compact else 1, separators=(",", ":") if compact else None)
    return f'{{"sha256": "{_hash(text)}",{text[1:]}'


def load_sealed(text: str, *, version: str = "", unsealed: int = 0) -> Any:
    """Return an object without its checksum.

    Raises ValueError if the checksum is missing or wrong. An object whose member `version` is at most `unsealed` needs none.
    """
    match = _CHECKSUM.match(text)
    if match is None:
        value = json.loads(text)
        if isinstance(value, dict) and isinstance(value.get(version), int) and value[version] <= unsealed:
            return value
        raise ValueError("thiếu mã kiểm")
    rest = "{" + text[match.end() :].removesuffix("\n")
    if _hash(rest) != match[1]:
        raise ValueError("sai mã kiểm, tệp đã hỏng")
    return json.loads(rest)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
