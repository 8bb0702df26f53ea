"""The inverted index: the items of each term. search-worker.js reads its shards.

Terms are syllables and pairs of neighbours without marks, syllables with marks, the same of titles alone, and facets ("kind:tin-tuc").
A shard is the sections of all segments, in order; a section lists, for each of its terms in the segment, the items that hold it:

    shard    = check (4 bytes, little-endian: CRC-32 of the segments' names), section …
    section  = length in bytes (LEB128), and unless that is 0: number of terms (LEB128), key …, postings …
    key      = 2 bytes, big-endian; ascending, so that a reader finds one by bisection, and counts postings only if it is there
    postings = numbers of items in their segment, ascending, a byte each, the last with its high bit set;
               or, of more than 15, 0x7F and a bit for each of 120 (15 bytes, little-endian)

A term's hash is the CRC-32 of its UTF-8: the low bits choose the shard, the high 16 are the key. Two terms with the same key are
merged; search-worker.js checks its results before it shows them. Terms that are always asked for together are in one shard: a title's
with those of all words. A syllable's with marks ("=đổi") are elsewhere: they can be many, and a query without marks needs none.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

from chuyendoiso.outputs.search.segments import FULL
from chuyendoiso.outputs.search.words import acronyms, exact, joined, plain, syllables

DENSE = 15  # items; a list of more takes more bytes than a bitmap of all
LAST, BITMAP = 0x80, 0x7F
ITEMS_PER_SHARD = 4  # a shard has 3 to 6 KB if an item has 400 words
MOST_SHARDS = 2**16


@dataclass(frozen=True, slots=True)
class Text:
    """The indexed text of an item: its title, all its words, and its facets."""

    title: str
    words: str
    facets: tuple[str, ...]


@dataclass(frozen=True)
class Sections:
    """A segment's part of each shard: section `n` is `data[ends[n - 1]:ends[n]]`."""

    data: bytes
    ends: "array[int]"
    words: frozenset[str] = frozenset()  # all plain words

    def __iter__(self) -> Iterator[bytes]:
        """Yield the section of each shard."""
        start = 0
        for end in self.ends:
            yield self.data[start:end]
            start = end


def shard_count(items: int) -> int:
    """Return the number of shards for a number of items: a power of two."""
    return min(MOST_SHARDS, max(8, 1 << max(0, items // ITEMS_PER_SHARD).bit_length()))


def make_sections(texts: Iterable[Text], shards: int) -> Sections:
    """Index the items of one segment."""
    entries: list[dict[int, list[int]]] = [{} for _ in range(shards)]  # by key
    terms = _terms(texts)
    for shard_hash, key, numbers in _hashed(terms):
        shard = entries[shard_hash & (shards - 1)]
        shard[key] = sorted({*shard[key], *numbers}) if key in shard else numbers
    data = bytearray()
    ends = array("I")
    for shard in entries:
        section = _section(shard)
        data += _leb128(len(section)) + section
        ends.append(len(data))
    return Sections(bytes(data), ends, frozenset(word for word in terms.singles if not word.startswith("!")))


_Holders = defaultdict[Any, list[int]]  # the items of each term, or of each pair of words


class _Terms(NamedTuple):
    """The items of a segment by term, for each kind of term."""

    singles: _Holders
    beside: _Holders
    marked: _Holders
    titled: _Holders
    titled_beside: _Holders
    facets: _Holders


def _terms(texts: Iterable[Text]) -> _Terms:
    kinds: list[_Holders] = [defaultdict(list) for _ in _Terms._fields]
    for number, text in enumerate(texts):
        full = f"{text.title}\n{text.words}"
        words = syllables(full)
        bare, title = [plain(word) for word in words], [plain(word) for word in syllables(text.title)]
        found: tuple[Iterable[Any], ...] = (
            [*bare, *joined(full), *acronyms(full)], pairwise(bare), words, title, pairwise(title), text.facets,
        )  # fmt: skip
        for holders, terms in zip(kinds, found, strict=True):
            for term in set(terms):
                holders[term].append(number)
    return _Terms(*kinds)


def _hashed(every: _Terms) -> Iterator[tuple[int, int, list[int]]]:
    """Yield each term's shard hash, its key, and the numbers of its items."""
    everywhere = (
        *every.singles.items(),
        *every.facets.items(),
        *((" ".join(pair), numbers) for pair, numbers in every.beside.items()),
    )
    for term, numbers in (*everywhere, *((f"={exact(word)}", numbers) for word, numbers in every.marked.items() if exact(word))):
        shard_hash = crc32(term.encode())
        yield shard_hash, shard_hash >> 16, numbers
    for term, numbers in (*every.titled.items(), *((" ".join(pair), numbers) for pair, numbers in every.titled_beside.items())):
        yield crc32(term.encode()), crc32(f"^{term}".encode()) >> 16, numbers


def _section(entries: dict[int, list[int]]) -> bytes:
    if not entries:
        return b""
    keys = sorted(entries)
    return b"".join([_leb128(len(keys)), *[key.to_bytes(2, "big") for key in keys], *[_postings(entries[key]) for key in keys]])


def _postings(numbers: list[int]) -> bytes:
    if len(numbers) > DENSE:
        return bytes([BITMAP]) + sum(1 << number for number in numbers).to_bytes(FULL // 8, "little")
    return bytes(numbers[:-1]) + bytes([numbers[-1] | LAST])


def _leb128(value: int) -> bytes:
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*digits, value])


def check_of(names: Sequence[str]) -> int:
    """Return the checksum of the segments' names, with which each shard begins."""
    return crc32(" ".join(names).encode())


def shards_of(names: Sequence[str], sections: Sequence[Sections], shards: int) -> Iterator[bytes]:
    """Yield each shard; without segments all shards have no sections."""
    check = check_of(names).to_bytes(4, "little")
    for parts in zip(*sections, strict=True) if sections else [()] * shards:
        yield b"".join((check, *parts))
