"""Parse a query into weighted terms, as search-worker.js does."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from chuyendoiso.outputs.search.constants import CONSTANTS, FUNCTION_WORDS, MARKED_FUNCTION_WORDS
from chuyendoiso.outputs.search.questions import ANSWER_TYPES, CLOSING, DEFINES, DEFINITIONS, OPENING, SUBJECT_END, SUBJECT_LEAD
from chuyendoiso.outputs.search.reader import Index
from chuyendoiso.outputs.search.spelling import mend, understand
from chuyendoiso.outputs.search.words import acronyms, exact, joined, plain, syllables

_CLAUSE_END = re.compile(r"[,.;:?!\n]+(?:\s+|$)")
_NUMBER = re.compile(r"\d[a-z]")  # of a document, joined: "749qdttg"


class Wanted(NamedTuple):
    """A word that an answer should have as it is typed, or a synonym's phrase."""

    word: str
    mark: str  # "" if it is typed without marks
    synonyms: tuple[tuple[str, ...], ...]


class Query(NamedTuple):
    """A query's terms: weight by word or pair; the words of content; marked words."""

    terms: Mapping[str, float]
    wanted: tuple[Wanted, ...]
    clauses: tuple[tuple[Wanted, ...], ...]  # of the wanted words, if each may be a question of its own
    marked: tuple[str, ...]
    words: tuple[str, ...]  # plain, in order
    mended: tuple[str, ...]  # the words that are searched instead; empty if all are known
    answers: tuple[re.Pattern[str], ...]  # what each kind of answer that is asked for has
    definition: tuple[re.Pattern[str], ...]  # what a definition has that is asked for; empty if none is


def parse(text: str, index: Index) -> Query:
    """Return the terms of a query, with synonyms, joined words and mended ones."""
    typed = _split(text, index)
    words, marks = tuple(map(plain, typed)), tuple(map(exact, typed))
    asked = _subject(words)
    mended = mend(words, index, set(words) - set(asked) if asked else ())
    subject = _subject(mended)
    terms, synonyms = _weigh(mended), [list[tuple[str, ...]]() for _ in mended]
    names = _names(subject)
    written = set() if text == text.upper() else set(acronyms(text))
    for phrase, other in _pairs(index.synonyms):
        at = _find(mended, phrase)
        if at is None or (set(phrase) <= FUNCTION_WORDS and not _acronyms(phrase) <= written and phrase != subject):
            continue
        _add(terms, _exchange(mended, at, phrase, other), CONSTANTS["synonym"])
        for place in range(at, at + len(phrase)):
            synonyms[place].append(other)
        if phrase == subject and len(other) > len(phrase):
            names.append(other)
    every = [*map(Wanted, mended, marks, map(tuple, synonyms))]
    wanted = [one for one in every if one.word in (subject or mended) and not _is_function_word(one)]
    written |= _acronyms(subject) if not wanted else set()
    _add(terms, dict.fromkeys(joined(text), 1.0), CONSTANTS["synonym"])
    _add(terms, dict.fromkeys(written, 1.0), 1.0)
    wanted += [one._replace(word=f"!{one.word}", mark="") for one in every if _is_function_word(one) and f"!{one.word}" in written]
    wanted += [Wanted(number, "", ()) for number in joined(text) if _NUMBER.search(number)]
    content = tuple(dict.fromkeys(wanted))
    changed = set(mended) - set(words)
    return Query(
        {term: weight * (CONSTANTS["mended"] if changed & set(term.split(" ")) else 1) for term, weight in terms.items()},
        content,
        _clauses(text, content),
        tuple(filter(None, marks)),
        words,
        mended if mended != words else (),
        _patterns(mended, *ANSWER_TYPES),
        tuple(re.compile(DEFINES.replace("$1", " ".join(name)), re.ASCII) for name in names),
    )


def _subject(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of what a question asks the definition of."""
    matches = (re.search(asked, f" {' '.join(words)} ", re.ASCII) for asked in DEFINITIONS)
    return next((tuple(match[1].split(" ")) for match in matches if match), ())


def _names(subject: Sequence[str]) -> list[tuple[str, ...]]:
    """Return by what names a definition may call a subject."""
    core = re.sub(SUBJECT_END, "", " ".join(subject), flags=re.ASCII)
    return [tuple(name.split(" ")) for name in dict.fromkeys([" ".join(subject), core, re.sub(SUBJECT_LEAD, "", core)]) if name]


def _pairs(groups: Iterable[Sequence[Sequence[str]]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield each phrase with each other of its group."""
    for group in groups:
        yield from permutations(map(tuple, group), 2)


def _acronyms(words: Iterable[str]) -> set[str]:
    return {f"!{word}" for word in words}


def _clauses(text: str, wanted: Sequence[Wanted]) -> tuple[tuple[Wanted, ...], ...]:
    """Return what each clause wants that wants enough, if there are more clauses."""
    clauses = [words for clause in _CLAUSE_END.split(text) if (words := set(map(plain, syllables(clause))))]
    parts = [tuple(one for one in wanted if one.word in words) for words in clauses]
    return tuple(part for part in parts if len(part) >= CONSTANTS["least"]) if len(parts) > 1 else ()


def _is_function_word(one: Wanted) -> bool:
    return one.mark in MARKED_FUNCTION_WORDS if one.mark else one.word in FUNCTION_WORDS


def _patterns(words: Sequence[str], *types: tuple[str, str]) -> tuple[re.Pattern[str], ...]:
    """Return what an answer has, by the types of answer that a question asks for."""
    found = [(re.search(asked, f" {' '.join(words)} ", re.ASCII), answer) for asked, answer in types]
    return tuple(
        re.compile(answer.replace("$1", match[1]) if "$1" in answer else answer, re.ASCII) for match, answer in found if match
    )


def _add(terms: dict[str, float], more: Mapping[str, float], worth: float) -> None:
    for term, weight in more.items():
        terms[term] = max(terms.get(term, 0), weight * worth)


def _split(text: str, index: Index) -> list[str]:
    """Return a query's syllables, unknown ones as they are understood."""
    words: list[str] = []
    for word in _without_courtesies(syllables(text))[:40]:
        words += [word] if index.holders(plain(word))[0] else understand(word, index)
    return words


def _without_courtesies(words: list[str]) -> list[str]:
    """Return what is between the courtesies, or all if that has no content."""
    every = list(map(plain, words))
    begin, end = _count(OPENING, every), len(every)
    while closing := _count(CLOSING, every[begin:end][-20:]):
        end -= closing
    return words[begin:end] if set(every[begin:end]) - FUNCTION_WORDS else words


def _count(pattern: str, words: Sequence[str]) -> int:
    """Return the number of words that a pattern matches."""
    match = re.search(pattern, f" {' '.join(words)} ", re.ASCII)
    return len(match[0].split()) if match else 0


def _weigh(words: Sequence[str]) -> dict[str, float]:
    terms = {word: CONSTANTS["function"] if word in FUNCTION_WORDS else 1.0 for word in words}
    for left, right in pairwise(words):
        weight = (1.0, CONSTANTS["half"], CONSTANTS["both"])[(left in FUNCTION_WORDS) + (right in FUNCTION_WORDS)]
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
