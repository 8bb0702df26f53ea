"""Holds that the index says what the texts hold: read back here by its documented form, and cut so that a change touches one leaf."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zlib import crc32

import pytest

from chuyendoiso.outputs.search.index import Text, check_of, make_sections, shard_count, shards_of
from chuyendoiso.outputs.search.segments import FULL, leaves
from chuyendoiso.outputs.search.words import exact, plain, syllables

WORDS = "chuyển đổi số hội nghị tập huấn bán hàng bàn hang điểm cầu xã hòa hoà 749 QĐ-TTg Zalo".split()


@dataclass(frozen=True)
class Dated:
    """As much of an item as leaves look at."""

    path: str
    date: datetime


def read_number(data: bytes, at: int) -> tuple[int, int]:
    """Return a number in LEB128 and where it ends."""
    value = shift = 0
    while data[at] & 0x80:
        value, shift, at = value | (data[at] & 0x7F) << shift, shift + 7, at + 1
    return value | data[at] << shift, at + 1


def read_leaf(section: bytes) -> Iterator[tuple[int, list[int]]]:
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
    """Return the check of a shard, and of each leaf the numbers by key."""
    check, at, found = int.from_bytes(shard[:4], "little"), 4, []
    while at < len(shard):
        length, at = read_number(shard, at)
        entries = list(read_leaf(shard[at : at + length]))
        assert [key for key, _ in entries] == sorted({key for key, _ in entries})
        found.append(dict(entries))
        at += length
    return check, found


def holders(shards: list[bytes], place: str, written: str = "") -> list[tuple[int, int]]:
    """Return leaf and number of each item that holds a term."""
    hashed = crc32(place.encode())
    key = crc32(written.encode()) >> 16 if written else hashed >> 16
    _, found = read_shard(shards[hashed & (len(shards) - 1)])
    return [(leaf, number) for leaf, entries in enumerate(found) for number in entries.get(key, [])]


def made_texts(count: int, chance: random.Random) -> list[Text]:
    kinds = ("kind:tin-tuc", "kind:van-ban")
    return [
        Text(" ".join(chance.choices(WORDS, k=4)), " ".join(chance.choices(WORDS, k=20)), (chance.choice(kinds),))
        for _ in range(count)
    ]


@pytest.mark.parametrize("sizes", [(1,), (120,), (3, 0, 90), (120, 120, 7)])
def test_an_index_says_what_the_texts_hold(sizes):
    chance = random.Random(3)
    texts = [made_texts(size, chance) for size in sizes]
    names = [f"1{number}" for number in range(len(sizes))]
    shards = list(shards_of(names, [make_sections(leaf, 64) for leaf in texts], 64))
    assert len(shards) == 64
    assert {read_shard(shard)[0] for shard in shards} == {check_of(names)}
    placed = [((leaf, number), text) for leaf, found in enumerate(texts) for number, text in enumerate(found)]
    words = {(where): syllables(f"{text.title} {text.words}") for where, text in placed}
    bare = {where: [plain(one) for one in found] for where, found in words.items()}
    titles = {where: [plain(one) for one in syllables(text.title)] for where, text in placed}
    for term in {plain(one) for found in words.values() for one in found}:
        assert holders(shards, term) == [where for where, _ in placed if term in bare[where]]
        assert holders(shards, term, f"^{term}") == [where for where, _ in placed if term in titles[where]]
    for one, other in {(one, other) for found in bare.values() for one, other in pairwise(found)}:
        beside = [where for where, _ in placed if f" {one} {other} " in f" {' '.join(bare[where])} "]
        assert holders(shards, f"{one} {other}") == beside
    for term in {one for found in words.values() for one in found if exact(one)}:
        same = [where for where, _ in placed if exact(term) in {exact(one) for one in words[where]}]
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
    assert [plain(one) for one in syllables(text)] == expected


def test_two_ways_of_placing_a_tone_are_one_and_other_marks_are_not():
    assert exact("hoà") == exact("hòa")
    assert len({exact(one) for one in ("ma", "mà", "má", "mã", "mả", "mạ", "mă", "mâ", "mấ")}) == 9
    assert (exact("ma"), exact("749")) == ("", "")


def dated(count: int, seed: int = 1, days: int = 2000) -> list[Dated]:
    chance, first = random.Random(seed), datetime(2021, 1, 1, tzinfo=UTC)
    return [Dated(f"/tin-tuc/2026/{number}/", first + timedelta(minutes=chance.randrange(days * 1440))) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, FULL, FULL + 1, 3000])
@pytest.mark.parametrize("days", [1, 2000])
def test_every_item_is_in_one_leaf_in_order_of_time(count, days):
    items = dated(count, days=days)
    found = leaves(items)
    assert all(0 < len(leaf.items) <= FULL for leaf in found)
    assert len({leaf.name for leaf in found}) == len(found)
    in_order = [item for leaf in found for item in leaf.items]
    assert sorted(items, key=lambda item: item.path) == sorted(in_order, key=lambda item: item.path)
    assert [item.date for item in in_order] == sorted(item.date for item in items)


def test_items_of_one_minute_are_parted_too():
    items = [Dated(f"/van-ban/{number}/", datetime(2026, 1, 1, tzinfo=UTC)) for number in range(1000)]
    found = leaves(items)
    assert {item for leaf in found for item in leaf.items} == set(items)
    assert max(len(leaf.items) for leaf in found) <= FULL


def test_a_new_item_changes_one_leaf_or_halves_it():
    items = dated(2000)
    for seed in range(40):
        before = {leaf.name: leaf.items for leaf in leaves(items)}
        new = Dated("/tin-tuc/2026/moi/", dated(1, seed=seed + 50)[0].date)
        after = {leaf.name: leaf.items for leaf in leaves([*items, new])}
        changed = {name for name in after if after[name] != before.get(name)}
        assert sum(len(after[name]) for name in changed) <= FULL + 1
        assert len(before.keys() - after.keys()) <= 1


@pytest.mark.parametrize(("items", "expected"), [(0, 8), (20, 8), (100, 32), (1000, 256), (10_000, 4096), (10**7, 65536)])
def test_the_number_of_shards_grows_with_the_items(items, expected):
    assert shard_count(items) == expected
