"""Rank items and passages for a query. search-worker.js ranks in the same way.

First the index: each item gets the rarity of the query's words and pairs that it has. Then the records of the best items: BM25
(Robertson and Zaragoza 2009) over their passages. The constants are in `CONSTANTS`, which the index gives to the script.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any, NamedTuple, Protocol

from chuyendoiso.outputs.search.words import acronyms, exact, joined, plain, syllables

CONSTANTS: Mapping[str, float] = {
    "pair": 1.0,  # weight of two neighbours beside one word
    "function": 0.12,  # weight of a function word, and of a pair of two
    "half": 0.5,  # weight of a pair with one function word
    "title": 0.35,  # additional weight of a term in the title, in the index
    "marked": 0.3,  # additional weight of a word that is typed with marks, and has these marks
    "synonym": 0.7,  # weight of a synonym's terms
    "best": 8,  # items whose records are ranked
    "index": 0.5,  # weight of the first score in the second
    "cover": 0.6,  # additional weight of an item whose title the query has in full
    "number": 3.0,  # weight of a document whose number has all of the query
    "k1": 1.2,
    "b": 0.5,
    "length": 25,  # words of an average passage
    "heading": 0.5,  # additional frequency of a term in the heading, and
    "named": 0.45,  # in the title
    "summary": 0.8,  # weight of an item's summary as a passage: the text itself says more
    "most": 2.2,  # of a term's frequency
    "listed": 0.3,  # share of the best score from which an item is listed
    "beside": 0.85,  # share of the best passage from which a second one is shown
    "answer": 0.5,  # share of a question from which a passage answers it, and
    "related": 0.16,  # from which an item may be related
}
FUNCTION_WORDS = frozenset(
    "la thi ma va cua co duoc khong cho de o tai voi nhu the nao gi sao ai khi nay kia do nhung cac mot bi se da dang hay hoac neu vi nen "
    "cung ra vao len tren duoi trong ngoai tu den toi phai can muon lam ve theo bao nhieu a nhe oi day vay xin hoi minh chung ta ban bac "
    "chu em con chua roi moi bang rang u".split()
)
_RUNS = re.compile(r"[a-z]+|\d+")  # of "qd749"


class Query(NamedTuple):
    """A query's terms: weight by word or pair; marked words."""

    terms: Mapping[str, float]
    marked: tuple[str, ...]
    words: tuple[str, ...]  # plain, in order
    mended: tuple[str, ...]  # the words that are searched instead; empty if all are known


class Ranked(NamedTuple):
    """An item's score and its best passage: number, text, share of the reach."""

    item: int
    score: float
    passage: int
    share: float


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


def parse(text: str, index: Index) -> Query:
    """Return the terms of a query, with synonyms, joined words and mended ones."""
    typed = _split(text)
    words = tuple(plain(word) for word in typed)
    mended = mend(words, index, [bool(exact(word)) for word in typed])
    terms = _weigh(mended)
    for group in index.synonyms:
        phrases = [tuple(phrase) for phrase in group]
        for phrase, other in permutations(phrases, 2):
            if (at := _find(mended, phrase)) is not None:
                _add(terms, _exchange(mended, at, phrase, other), CONSTANTS["synonym"])
    _add(terms, dict.fromkeys((*map(plain, joined(text)), *_glued(text)), 1.0), CONSTANTS["synonym"])
    if text != text.upper():
        _add(terms, dict.fromkeys(acronyms(text), 1.0), 1.0)
    return Query(terms, tuple(mark for word in typed if (mark := exact(word))), words, mended if mended != words else ())


def _add(terms: dict[str, float], more: Mapping[str, float], worth: float) -> None:
    for term, weight in more.items():
        terms[term] = max(terms.get(term, 0), weight * worth)


def search(text: str, index: Index) -> tuple[Query, list[Ranked]]:
    """Return the parsed query and the matching items, the best first."""
    query = parse(text, index)
    held = {term: index.holders(term) for term in query.terms}
    rarity = {term: _rarity(index.items, len(items)) for term, (items, _) in held.items()}
    scores: dict[int, float] = defaultdict(float)
    for term, weight in query.terms.items():
        items, titled = held[term]
        for item in items:
            scores[item] += weight * rarity[term]
        for item in titled:
            scores[item] += weight * rarity[term] * CONSTANTS["title"]
    for mark in query.marked:
        items, _ = index.holders(f"={mark}")
        for item in items:
            scores[item] += CONSTANTS["marked"] * _rarity(index.items, len(items))
    first = sorted(scores, key=lambda item: (-round(scores[item], 4), -item))
    first = [item for item in first if scores[item] >= scores[first[0]] * CONSTANTS["listed"]]
    ranked = [_rank(query, rarity, item, scores[item], index.record(item)) for item in first[: int(CONSTANTS["best"])]]
    rest = [Ranked(item, scores[item] * CONSTANTS["index"], 0, 0.0) for item in first[int(CONSTANTS["best"]) :]]
    return query, [*sorted(ranked, key=lambda one: (-round(one.score, 4), -one.item)), *rest]


def _rank(query: Query, rarity: Mapping[str, float], item: int, score: float, record: Mapping[str, Any]) -> Ranked:
    title = "\n".join([record["title"], record.get("number", ""), *record.get("also", ())])
    passages = [(heading, text) for _, heading, text in record["passages"]]
    best, place, share = rank_passages(query, rarity, title, passages)
    total = CONSTANTS["index"] * score + best
    if set(query.mended or query.words) <= {plain(word) for word in syllables(record.get("number", ""))}:
        total *= CONSTANTS["number"]
    return Ranked(item, total * (1 + CONSTANTS["cover"] * _cover(query, record["title"]) ** 2), place, share)


def _cover(query: Query, title: str) -> float:
    """Return the share of a title's words that the query has."""
    words = {plain(word) for word in syllables(title)}
    return len(words & set(query.terms)) / (len(words) or 1)


def _rarity(items: int, holders: int) -> float:
    """Return the inverse document frequency of a term (BM25)."""
    return math.log(1 + (items - holders + 0.5) / (holders + 0.5))


# ── words that the site does not have ───────────────────────────────────────────────────────────────────────────────────

_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))
_TELEX_TONE = re.compile(r"(?<=[a-z])[sfrxj]\b")


def mend(words: Sequence[str], index: Index, marked: Sequence[bool]) -> tuple[str, ...]:
    """Return a query with its unknown words mended, each only to a known pair.

    A word is Telex that was not converted, the beginning of a known word, or has one wrong letter. Who types marks means the word.
    """
    mended = list(words)
    for _ in range(2):  # a neighbour that is mended first helps
        for place, word in enumerate(words):
            if mended[place] == word and not (marked[place] or len(word) < 2 or word.isdigit() or index.holders(word)[0]):
                mended[place] = _mend_word(word, mended[:place][-1:], mended[place + 1 :][:1], index)
    return tuple(mended)


def _mend_word(word: str, before: Sequence[str], after: Sequence[str], index: Index) -> str:
    known = index.words()
    if (converted := from_telex(word)) in known:
        return converted
    longer = sorted((other for other in known if len(word) >= 4 and other.startswith(word)), key=lambda other: (len(other), other))
    if longer:
        return longer[0]
    best, most = word, 0
    for other in sorted(candidates(word, known)):
        pairs = [*(f"{left} {other}" for left in before), *(f"{other} {right}" for right in after)]
        count = sum(len(index.holders(pair)[0]) for pair in pairs)
        if count > most:
            best, most = other, count
    return best


def from_telex(word: str) -> str:
    """Return a word typed in Telex without an input method: "chuyenr" is "chuyen"."""
    for typed, meant in _TELEX:
        word = word.replace(typed, meant)
    return plain(_TELEX_TONE.sub("", word))


def candidates(word: str, known: Collection[str]) -> set[str]:
    """Return the known words with one letter added, left out, exchanged or swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    forms = {left + right[1:] for left, right in cuts if right}
    forms |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    forms |= {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    forms |= {left + letter + right for left, right in cuts for letter in letters}
    return forms & set(known)


# ── terms ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _split(text: str) -> list[str]:
    """Return a query's syllables; runs of letters and of digits are words."""
    words: list[str] = []
    for word in syllables(text)[:40]:
        words += _RUNS.findall(plain(word)) if _is_glued(plain(word)) else [word]
    return words


def _is_glued(word: str) -> bool:
    return word.isascii() and len(_RUNS.findall(word)) > 1


def _glued(text: str) -> list[str]:
    """Return the words that have letters and digits, as they are typed."""
    return [plain(word) for word in syllables(text)[:40] if _is_glued(plain(word))]


def _weigh(words: Sequence[str]) -> dict[str, float]:
    function, half = CONSTANTS["function"], CONSTANTS["half"]
    terms = {word: function if word in FUNCTION_WORDS else 1.0 for word in words}
    for left, right in pairwise(words):
        weight = (1.0, half, function)[(left in FUNCTION_WORDS) + (right in FUNCTION_WORDS)]
        terms[f"{left} {right}"] = weight * CONSTANTS["pair"]
    return terms


def _exchange(words: Sequence[str], at: int, phrase: Sequence[str], other: Sequence[str]) -> dict[str, float]:
    """Return the weights of a query with another phrase; both phrases weigh the same."""
    exchanged = _weigh((*words[:at], *other, *words[at + len(phrase) :]))
    worth = sum(_weigh(phrase).values()) / sum(_weigh(other).values())
    return exchanged | {term: weight * worth for term, weight in _weigh(other).items()}


def _find(words: Sequence[str], phrase: Sequence[str]) -> int | None:
    """Return where a phrase begins among words; None if it is not there."""
    places = range(len(words) - len(phrase) + 1)
    return next((at for at in places if tuple(words[at : at + len(phrase)]) == tuple(phrase)), None)


def rank_passages(
    query: Query, rarity: Mapping[str, float], title: str, passages: Iterable[tuple[str, str]]
) -> tuple[float, int, float]:
    """Return the best passage's score, its number, and its share of the query.

    `passages` are heading and text of each, the summary first.
    """
    named, best = set(terms_of(title)), (0.0, 0, 0.0)
    content = _content(query)
    reach = sum(rarity[term] * weight for term, weight in content.items()) or 1.0
    for number, (heading, text) in enumerate(passages):
        words = terms_of(text)
        counts, heads, length = Counter(words), set(terms_of(heading)), len(words) / 2
        norm = CONSTANTS["k1"] * (1 - CONSTANTS["b"] + CONSTANTS["b"] * length / CONSTANTS["length"])
        score = 0.0
        for term, weight in query.terms.items():
            count = counts[term]
            frequency = count * (CONSTANTS["k1"] + 1) / (count + norm) if count else 0.0
            frequency += (CONSTANTS["heading"] if term in heads else 0) + (CONSTANTS["named"] if term in named else 0)
            score += weight * rarity[term] * min(frequency, CONSTANTS["most"])
        if not number:
            score *= CONSTANTS["summary"]
        if score > best[0]:
            share = sum(
                rarity[term] * weight for term, weight in content.items() if term in counts or term in heads or term in named
            )
            best = score, number, share / reach
    return best


def _content(query: Query) -> dict[str, float]:
    """Return what an answer should have of a query: its words, and half its pairs."""
    words = query.mended or query.words
    content = dict.fromkeys((word for word in words if word not in FUNCTION_WORDS), 1.0)
    pairs = {f"{left} {right}": 0.5 for left, right in pairwise(words) if not {left, right} <= FUNCTION_WORDS}
    return content | pairs


def terms_of(text: str) -> list[str]:
    """Return the plain words and pairs of a text, line by line."""
    terms: list[str] = []
    for line in text.split("\n"):
        words = [plain(word) for word in syllables(line)]
        terms += [*words, *(f"{left} {right}" for left, right in pairwise(words)), *map(plain, joined(line)), *acronyms(line)]
    return terms
