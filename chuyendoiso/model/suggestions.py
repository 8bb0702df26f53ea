"""Suggest the known name that is most similar to a misspelt name. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import chain
from operator import itemgetter

from chuyendoiso.model.vietnamese import same_letters

_MIN_LIKENESS = 0.65  # the share of common words, each weighed by its rarity


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Return the most similar known name, ignoring marks and case, or None.

    Distinctive words decide; words that many names have ("tỉnh", "ban") count little.
    """
    words_of = {name: _words(name) for name in known}
    frequency = Counter(chain.from_iterable(words_of.values()))
    value_words = _words(value)
    scored = [(_likeness(value_words, words, frequency), name) for name, words in words_of.items()]
    likeness, name = max(scored, key=itemgetter(0), default=(0.0, ""))
    return name if likeness >= _MIN_LIKENESS else None


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", same_letters(name)))


def _likeness(value_words: frozenset[str], name_words: frozenset[str], frequency: Mapping[str, int]) -> float:
    """Return the similarity of two names, from 0 to 1."""
    if len(value_words) == len(name_words) == 1:
        (word,), (other,) = value_words, name_words
        return _similarity(word, other, 0.75)
    weight = {word: 1 / frequency.get(word, 1) for word in value_words | name_words}
    unmatched, same = set(name_words), 0.0
    for word in sorted(value_words, key=lambda word: word not in name_words):
        close = max(unmatched, key=lambda other: _similarity(word, other, 0.8), default="")
        if close and (similarity := _similarity(word, close, 0.8)):
            unmatched.remove(close)
            same += min(weight[word], weight[close]) * 2 * similarity**2
    total = sum(weight[word] for word in value_words) + sum(weight[word] for word in name_words)
    joined = SequenceMatcher(a="".join(sorted(value_words)), b="".join(sorted(name_words)))
    return max(same / total if total else 0.0, joined.ratio() if joined.quick_ratio() >= 0.9 and joined.ratio() >= 0.9 else 0.0)


def _similarity(word: str, other: str, least: float) -> float:
    """Return the similarity of two words from 0 to 1; 0 if it is below `least`."""
    if word == other:
        return 1.0
    if len(word) >= 3 and sorted(word) == sorted(other):  # two letters changed places
        return 0.9
    longest = max(len(word), len(other))
    least = least if longest >= 4 else 0.66  # one letter of three
    ratio = SequenceMatcher(a=word, b=other).ratio() if longest >= 3 and not (word + other).isdigit() else 0.0
    return ratio if ratio >= least else 0.0
