"""Holds that the index says what the texts hold: read back here by its documented form, and cut so that a change touches one segment."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zlib import crc32

import pytest

from chuyendoiso.outputs.search.index import Text, check_of, make_sections, shard_count, shards_of
from chuyendoiso.outputs.search.segments import FULL, split_into_segments
from chuyendoiso.outputs.search.words import exact, plain, syllables

WORDS = "chuyển đổi số hội nghị tập huấn bán hàng bàn hang điểm cầu xã hòa hoà 749 QĐ-TTg Zalo".split()


@dataclass(frozen=True)
class Dated:
    """The part of an item that segments depend on."""

    path: str
    happened_at: datetime


def read_number(data: bytes, at: int) -> tuple[int, int]:
    """Return a number in LEB128 and where it ends."""
    value = shift = 0
    while data[at] & 0x80:
        value, shift, at = value | (data[at] & 0x7F) << shift, shift + 7, at + 1
    return value | data[at] << shift, at + 1


def read_section(section: bytes) -> Iterator[tuple[int, list[int]]]:
    """Yield key and numbers of each entry of a section, as index.py describes it."""
    if not section:
        return
    count, start = read_number(section, 0)
    at = start + 2 * count
    for place in range(start, start + 2 * count, 2):
        key = int.from_bytes(section[place : place + 2], "big")
        if section[at] == 0x7F:
            bits = int.from_bytes(section[at + 1 : at + 16], "little")
            yield key, [number for number in range(120) if bits >> number & 1]
            at += 16
        else:
            end = next(index for index in range(at, len(section)) if section[index] & 0x80)
            yield key, [byte & 0x7F for byte in section[at : end + 1]]
            at = end + 1
    assert at == len(section)


def read_shard(shard: bytes) -> tuple[int, list[dict[int, list[int]]]]:
    """Return the check of a shard, and of each segment the numbers by key."""
    check, at, sections = int.from_bytes(shard[:4], "little"), 4, []
    while at < len(shard):
        length, at = read_number(shard, at)
        entries = list(read_section(shard[at : at + length]))
        assert [key for key, _ in entries] == sorted({key for key, _ in entries})
        sections.append(dict(entries))
        at += length
    return check, sections


def holders(shards: list[bytes], place: str, key_text: str = "") -> list[tuple[int, int]]:
    """Return segment and number of each item that holds a term."""
    hashed = crc32(place.encode())
    key = crc32(key_text.encode()) >> 16 if key_text else hashed >> 16
    _, sections = read_shard(shards[hashed & (len(shards) - 1)])
    return [(segment, number) for segment, entries in enumerate(sections) for number in entries.get(key, [])]


def made_texts(count: int, chance: random.Random) -> list[Text]:
    kinds = ("kind:tin-tuc", "kind:van-ban")
    return [
        Text(" ".join(chance.choices(WORDS, k=4)), " ".join(chance.choices(WORDS, k=20)), (chance.choice(kinds),))
        for _ in range(count)
    ]


@pytest.mark.parametrize("sizes", [(1,), (120,), (3, 0, 90), (120, 120, 7)])
def test_an_index_lists_the_items_of_each_term(sizes):
    chance = random.Random(3)
    texts = [made_texts(size, chance) for size in sizes]
    names = [f"1{number}" for number in range(len(sizes))]
    shards = list(shards_of(names, [make_sections(segment, 64) for segment in texts], 64))
    assert len(shards) == 64
    assert {read_shard(shard)[0] for shard in shards} == {check_of(names)}
    placed = [((segment, number), text) for segment, group in enumerate(texts) for number, text in enumerate(group)]
    words = {(where): syllables(f"{text.title} {text.words}") for where, text in placed}
    bare = {where: [plain(word) for word in group] for where, group in words.items()}
    titles = {where: [plain(word) for word in syllables(text.title)] for where, text in placed}
    for term in {plain(word) for group in words.values() for word in group}:
        assert holders(shards, term) == [where for where, _ in placed if term in bare[where]]
        assert holders(shards, term, f"^{term}") == [where for where, _ in placed if term in titles[where]]
    for word, other in {(word, other) for group in bare.values() for word, other in pairwise(group)}:
        beside = [where for where, _ in placed if f" {word} {other} " in f" {' '.join(bare[where])} "]
        assert holders(shards, f"{word} {other}") == beside
    for term in {word for group in words.values() for word in group if exact(word)}:
        same = [where for where, _ in placed if exact(term) in {exact(word) for word in words[where]}]
        assert holders(shards, f"={exact(term)}") == same
    for facet in ("kind:tin-tuc", "kind:van-ban"):
        assert holders(shards, facet) == [where for where, text in placed if facet in text.facets]


def test_without_an_item_the_shards_are_there_and_empty():
    assert list(shards_of([], [], 8)) == [check_of([]).to_bytes(4, "little")] * 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("749/QĐ-TTg", ["749", "qd", "ttg"]),
        ("Chuyển đổi số (CĐS)", ["chuyen", "doi", "so", "cds"]),
        ("Đường Ưu Ỷ", ["duong", "uu", "y"]),
        ("hoa\u0300 bình", ["hoa", "binh"]),
        ("a_b–c…d", ["a", "b", "c", "d"]),
        ("Kỹ năng, kĩ, quý QUÍ Lý máy, yêu Ðảng", ["ki", "nang", "ki", "qui", "qui", "li", "may", "yeu", "dang"]),
        ("", []),
    ],
)
def test_text_becomes_syllables_without_marks(text, expected):
    assert [plain(word) for word in syllables(text)] == expected


def test_two_ways_of_placing_a_tone_are_one_and_other_marks_are_not():
    assert exact("hoà") == exact("hòa")
    assert len({exact(word) for word in ("ma", "mà", "má", "mã", "mả", "mạ", "mă", "mâ", "mấ")}) == 9
    assert (exact("ma"), exact("749")) == ("", "")


def dated(count: int, seed: int = 1, days: int = 2000) -> list[Dated]:
    chance, first = random.Random(seed), datetime(2021, 1, 1, tzinfo=UTC)
    return [Dated(f"/tin-tuc/2026/{number}/", first + timedelta(minutes=chance.randrange(days * 1440))) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, FULL, FULL + 1, 3000])
@pytest.mark.parametrize("days", [1, 2000])
def test_every_item_is_in_one_segment_in_order_of_time(count, days):
    items = dated(count, days=days)
    segments = split_into_segments(items)
    assert all(0 < len(segment.items) <= FULL for segment in segments)
    assert len({segment.name for segment in segments}) == len(segments)
    in_order = [item for segment in segments for item in segment.items]
    assert sorted(items, key=lambda item: item.path) == sorted(in_order, key=lambda item: item.path)
    assert [item.happened_at for item in in_order] == sorted(item.happened_at for item in items)


def test_items_of_one_minute_are_split_too():
    items = [Dated(f"/van-ban/{number}/", datetime(2026, 1, 1, tzinfo=UTC)) for number in range(1000)]
    segments = split_into_segments(items)
    assert {item for segment in segments for item in segment.items} == set(items)
    assert max(len(segment.items) for segment in segments) <= FULL


def test_a_new_item_changes_one_segment_or_splits_it():
    items = dated(2000)
    for seed in range(40):
        before = {segment.name: segment.items for segment in split_into_segments(items)}
        new = Dated("/tin-tuc/2026/moi/", dated(1, seed=seed + 50)[0].happened_at)
        after = {segment.name: segment.items for segment in split_into_segments([*items, new])}
        changed = {name for name in after if after[name] != before.get(name)}
        assert sum(len(after[name]) for name in changed) <= FULL + 1
        assert len(before.keys() - after.keys()) <= 1


@pytest.mark.parametrize(("items", "expected"), [(0, 8), (20, 8), (100, 32), (1000, 256), (10_000, 4096), (10**7, 65536)])
def test_the_number_of_shards_grows_with_the_items(items, expected):
    assert shard_count(items) == expected
