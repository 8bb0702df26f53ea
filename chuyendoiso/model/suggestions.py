"""Suggest the known name that a misspelt one means. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import chain
from operator import itemgetter

from chuyendoiso.model.vietnamese import same_letters

_LIKE = 0.65  # of the words of two names, weighed by how few names have them, so much must be the same


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Return the known name most like this one, ignoring marks and case, or None.

    Distinctive words decide; words that many names have ("tỉnh", "ban") count little.
    """
    words_of = {name: _words(name) for name in known}
    frequency = Counter(chain.from_iterable(words_of.values()))
    wanted = _words(value)
    scored = [(_likeness(wanted, words, frequency), name) for name, words in words_of.items()]
    likeness, name = max(scored, key=itemgetter(0), default=(0.0, ""))
    return name if likeness >= _LIKE else None


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", same_letters(name)))


def _likeness(wanted: frozenset[str], words: frozenset[str], frequency: Mapping[str, int]) -> float:
    """Return how like two names are, from 0 to 1."""
    if len(wanted) == len(words) == 1:
        (word,), (other,) = wanted, words
        return _slip(word, other, 0.75)
    weight = {word: 1 / frequency.get(word, 1) for word in wanted | words}
    left, same = set(words), 0.0
    for word in sorted(wanted, key=lambda word: word not in words):
        close = max(left, key=lambda other: _slip(word, other, 0.8), default="")
        if close and (slip := _slip(word, close, 0.8)):
            left.remove(close)
            same += min(weight[word], weight[close]) * 2 * slip**2
    total = sum(weight[word] for word in wanted) + sum(weight[word] for word in words)
    joined = SequenceMatcher(a="".join(sorted(wanted)), b="".join(sorted(words)))
    return max(same / total if total else 0.0, joined.ratio() if joined.quick_ratio() >= 0.9 and joined.ratio() >= 0.9 else 0.0)


def _slip(word: str, other: str, least: float) -> float:
    """Return the similarity of two words from 0 to 1; 0 if it is no typing error."""
    if word == other:
        return 1.0
    if len(word) >= 3 and sorted(word) == sorted(other):  # two letters changed places
        return 0.9
    longest = max(len(word), len(other))
    least = least if longest >= 4 else 0.66  # one letter of three
    ratio = SequenceMatcher(a=word, b=other).ratio() if longest >= 3 and not (word + other).isdigit() else 0.0
    return ratio if ratio >= least else 0.0
