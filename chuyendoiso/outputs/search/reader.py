"""Read the search index of a built site, as search-worker.js does."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Protocol
from zlib import crc32

from chuyendoiso.model import urls
from chuyendoiso.outputs.search.index import BITMAP, LAST
from chuyendoiso.outputs.search.segments import FULL

CHECK = 4  # bytes at the beginning of a shard


class MixedBuilds(ValueError):
    """Parts of a site are of different builds."""


class Index(Protocol):
    """What a search reads: the index, and a record of each item."""

    @property
    def items(self) -> int:
        """Return how many items there are."""

    @property
    def synonyms(self) -> Sequence[Sequence[Sequence[str]]]:
        """Return groups of phrases, each as plain words."""

    def holders(self, term: str) -> tuple[Sequence[int], Sequence[int]]:
        """Return the items that hold a term, and those with it in their title."""

    def words(self) -> Collection[str]:
        """Return all plain words."""

    def record(self, item: int) -> Mapping[str, Any]:
        """Return the record of an item."""


class SearchIndex:
    """The index of a built site. Raises MixedBuilds or another ValueError.

    `read` returns a file by its path on the site; what it raises passes through.
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self.guide: Mapping[str, Any] = json.loads(self._read(urls.SEARCH_INDEX))
        self.items: int = self.guide["items"]
        self.synonyms: Sequence[Sequence[Sequence[str]]] = [
            [phrase.split(" ") for phrase in group] for group in self.guide["synonyms"]
        ]
        self._sections = cache(self._read_sections)
        self._records = cache(self._read_record)

    def words(self) -> Collection[str]:
        """Return all plain words."""
        return self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._read(urls.SEARCH_WORDS).decode().split())

    def record(self, item: int) -> Mapping[str, Any]:
        """Return the record of an item."""
        return self._records(item)

    def _read_record(self, item: int) -> Mapping[str, Any]:
        segment, number = divmod(item, FULL)
        record: dict[str, Any] = json.loads(self._read(urls.search_record(self.guide["leaves"][segment], number)))
        return record

    def holders(self, term: str) -> tuple[Sequence[int], Sequence[int]]:
        """Return the items that hold a term, and those with it in their title."""
        hashed = crc32(term.encode())
        sections = self._sections(hashed & (self.guide["shards"] - 1))
        keys = hashed >> 16, crc32(f"^{term}".encode()) >> 16
        held, titled = ([FULL * at + item for at, entries in enumerate(sections) for item in entries.get(key, ())] for key in keys)
        return held, titled

    def _read_sections(self, number: int) -> Sequence[Mapping[int, Sequence[int]]]:
        shard, sections, at = self._read(urls.search_shard(number)), [], CHECK
        if int.from_bytes(shard[:CHECK], "little") != self.guide["check"]:
            raise MixedBuilds(number)
        while at < len(shard):
            length, at = _leb128(shard, at)
            sections.append(_entries(shard[at : at + length]))
            at += length
        return sections


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    """Return a number, and where it ends."""
    value = shift = 0
    while data[at] & 0x80:
        value, shift, at = value | (data[at] & 0x7F) << shift, shift + 7, at + 1
    return value | data[at] << shift, at + 1


def _entries(section: bytes) -> dict[int, list[int]]:
    if not section:
        return {}
    count, start = _leb128(section, 0)
    at, entries = start + 2 * count, {}
    for place in range(start, start + 2 * count, 2):
        end = at
        if section[at] == BITMAP:
            end += FULL // 8
            bits = int.from_bytes(section[at + 1 : end + 1], "little")
            items = [number for number in range(FULL) if bits >> number & 1]
        else:
            while section[end] < LAST:
                end += 1
            items = [byte & ~LAST for byte in section[at : end + 1]]
        entries[int.from_bytes(section[place : place + 2], "big")] = items
        at = end + 1
    return entries
