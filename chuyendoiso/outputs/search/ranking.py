"""Rank items and passages for a query. search-worker.js ranks in the same way.

First the index: each item gets the rarity of the query's words and pairs that it has. Then the records of the best items: BM25
(Robertson and Zaragoza 2009) over their passages. Words that few passages of their item have, and the share of the query's words that
a passage has, by rarity, decide which passages stand first; the share also decides whether they answer.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from chuyendoiso.outputs.search.constants import ASKING_WORDS, CONSTANTS
from chuyendoiso.outputs.search.query import Query, Wanted, parse
from chuyendoiso.outputs.search.reader import Index
from chuyendoiso.outputs.search.words import acronyms, exact, joined, plain, syllables


class Scored(NamedTuple):
    """A passage: its number, its scores, and the share of the query's words it has."""

    number: int
    score: float  # by the rarity of words on the site
    local: float  # and among the passages of its item
    share: float


class Ranked(NamedTuple):
    """An item, its score, and its passages, the best first."""

    item: int
    score: float
    passages: tuple[Scored, ...] = ()


_Worth = Mapping[Wanted, float]  # the weights of a query's words in what a passage has of it


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
    worth = {one: _worth(one.word, rarity[one.word], bool(held[one.word][0]), bool(query.marked)) for one in query.wanted}
    ranked = [_rank(query, rarity, worth, item, scores[item], index.record(item)) for item in first[: int(CONSTANTS["best"])]]
    rest = [Ranked(item, scores[item] * CONSTANTS["index"]) for item in first[int(CONSTANTS["best"]) :]]
    return query, [*sorted(ranked, key=lambda one: (-round(one.score, 4), -one.item)), *rest]


def _rank(query: Query, rarity: Mapping[str, float], worth: _Worth, item: int, score: float, record: Mapping[str, Any]) -> Ranked:
    passages = _rank_passages(query, rarity, worth, record)
    total = CONSTANTS["index"] * score + max((one.score for one in passages), default=0.0)
    number = set(terms_of(record.get("number", "")))
    if set(query.mended or query.words) <= number:
        total *= CONSTANTS["number"]
    elif any(" " in term and re.search("[0-9]", term) for term in number & query.terms.keys()):
        total *= CONSTANTS["cited"]
    if record.get("over"):
        total *= CONSTANTS["over"]
    # A summary says what the text says more fully, unless it is a question's answer, or all there is.
    shown = tuple(one for one in passages if one.number or record.get("answer") or len(record["passages"]) == 1)
    return Ranked(item, total * (1 + CONSTANTS["cover"] * _cover(query, record["title"]) ** 2), shown)


def _rank_passages(query: Query, rarity: Mapping[str, float], worth: _Worth, record: Mapping[str, Any]) -> tuple[Scored, ...]:
    """Return the passages of a record with any of the query's words, the best first."""
    title = "\n".join([record["title"], record.get("number", ""), *record.get("also", ())])
    named, scored = set(terms_of(title)), []
    parts = [(Counter(terms_of(text)), set(terms_of(heading))) for _, heading, text in record["passages"]]
    local = _local_rarity(rarity, parts)
    for number, (_, heading, text) in enumerate(record["passages"]):
        counts, heads = parts[number]
        weights = _weigh(query, counts, heads, named)
        factor = 1 if number or record.get("answer") else CONSTANTS["summary"]
        if weights:
            has = _Words(
                {*counts, *heads, *named}, {mark for part in (title, heading, text) for mark in map(exact, syllables(part))}
            )
            both = _written_and_plain(f"{record.get('state', '')}\n{heading}\n{text}") if query.answers or query.definition else ""
            fit = 1 if all(answer.search(both) for answer in query.answers) else CONSTANTS["unfit"]
            if query.definition:
                defined = any(pattern.search(both) for pattern in query.definition)
                factor *= CONSTANTS["defines"] if defined else 1
                fit *= 1 if defined else CONSTANTS["undefined"]
            score, among = (factor * sum(weight * by[term] for term, weight in weights.items()) for by in (rarity, local))
            scored.append(Scored(number, score, among, _share(query, worth, has) * fit))
    if record.get("answer") and scored:  # the short answer stands first
        best = (max(column) for column in list(zip(*scored, strict=True))[1:])
        scored = [Scored(0, *best), *(one for one in scored if one.number)] if not scored[0].number else scored
    return tuple(sorted(scored, key=lambda one: (-round(one.local, 4), one.number)))


def _local_rarity(rarity: Mapping[str, float], parts: Sequence[tuple[Counter[str], set[str]]]) -> dict[str, float]:
    """Return each term's rarity times that among passages (at most 1)."""
    most = _rarity(len(parts), 0)
    held = {term: sum(term in counts or term in heads for counts, heads in parts) for term in rarity}
    return {term: rare * CONSTANTS["local"] * _rarity(len(parts), held[term]) / most for term, rare in rarity.items()}


def _weigh(query: Query, counts: Counter[str], heads: set[str], named: set[str]) -> dict[str, float]:
    """Return the weights of a query's terms in a passage: BM25 without rarity."""
    length = counts.total() / 2
    norm = CONSTANTS["k1"] * (1 - CONSTANTS["b"] + CONSTANTS["b"] * length / CONSTANTS["length"])
    weights = {}
    for term, weight in query.terms.items():
        count = counts[term]
        frequency = count * (CONSTANTS["k1"] + 1) / (count + norm) if count else 0.0
        frequency += (CONSTANTS["heading"] if term in heads else 0) + (CONSTANTS["named"] if term in named else 0)
        if frequency:
            weights[term] = weight * min(frequency, CONSTANTS["most"])
    return weights


class _Words(NamedTuple):
    """The plain terms of a passage, and its syllables with marks."""

    terms: set[str]
    marks: set[str]

    def has(self, wanted: Wanted) -> bool:
        """Return whether a word is there as it is typed, or a synonym is."""
        typed = wanted.word in self.terms and (not wanted.mark or wanted.mark in self.marks)
        return typed or any({*phrase, *map(" ".join, pairwise(phrase))} <= self.terms for phrase in wanted.synonyms)


def _worth(word: str, rarity: float, known: bool, marked: bool) -> float:
    """Return the weight of a query's word in what a passage has of it."""
    factor = CONSTANTS["digits"] if word[0].isdecimal() else 1 if known else CONSTANTS["unknown"]
    if word in ASKING_WORDS and not marked:
        factor *= CONSTANTS["asking"]
    return math.pow(rarity, CONSTANTS["power"]) * factor


def _share(query: Query, worth: _Worth, words: _Words) -> float:
    """Return the share of a query's words by their weights, or of a clause's."""
    found = {one for one in worth if words.has(one)}

    def share(wanted: Sequence[Wanted]) -> float:
        return sum(worth[one] for one in wanted if one in found) / (sum(worth[one] for one in wanted) or 1)

    return max(share(query.wanted), CONSTANTS["clause"] * max(map(share, query.clauses), default=0))


_BRACKETS = re.compile(r"\(([^()\n]*)\)(?=\s*(?:[:;?!]|\.\s|$))", re.MULTILINE)  # at the end of a part, and
_END = re.compile(r"[\n:;?!]|\.\s")  # what ends it


def _written_and_plain(text: str) -> str:
    """Return a text as it is written, and its plain words, a part a line."""
    parts = _END.split(_BRACKETS.sub(r"\n\1", text))
    return f"{text}\n" + "\n".join(f" {' '.join(map(plain, syllables(part)))} " for part in parts)


def best_passages(ranked: Sequence[Ranked]) -> list[tuple[Ranked, Scored]]:
    """Return the three best passages of all items, by scores and share."""
    found = [(one, passage) for one in ranked for passage in one.passages]
    return sorted(found, key=lambda pair: -round((CONSTANTS["index"] * pair[0].score + pair[1].local) * pair[1].share, 4))[:3]


def judge(ranked: Sequence[Ranked]) -> str:
    """Return whether a query has an "answer", "related" items, or "none"."""
    share = next((passage.share for _, passage in best_passages(ranked)), 0.0)
    return "answer" if share >= CONSTANTS["answer"] else "related" if share >= CONSTANTS["related"] else "none"


def quoted_passages(ranked: Sequence[Ranked]) -> list[tuple[Ranked, Scored]]:
    """Return the passages that answer: the best, but for what would be refused."""
    return [found for found in best_passages(ranked) if found[1].share >= CONSTANTS["related"]] if judge(ranked) == "answer" else []


def _cover(query: Query, title: str) -> float:
    """Return the share of a title's words that the query has."""
    words = {plain(word) for word in syllables(title)}
    return len(words & set(query.terms)) / (len(words) or 1)


def _rarity(items: int, holders: int) -> float:
    """Return the inverse document frequency of a term (BM25)."""
    return math.log(1 + (items - holders + 0.5) / (holders + 0.5))


def terms_of(text: str) -> list[str]:
    """Return the plain words and pairs of a text, line by line."""
    terms: list[str] = []
    for line in text.split("\n"):
        words = [plain(word) for word in syllables(line)]
        terms += [*words, *(f"{left} {right}" for left, right in pairwise(words)), *joined(line), *acronyms(line)]
    return terms
