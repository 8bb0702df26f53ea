"""Cut and mend words that the site does not have, as search-worker.js does."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from chuyendoiso.outputs.search.constants import FUNCTION_WORDS
from chuyendoiso.outputs.search.reader import Index
from chuyendoiso.outputs.search.words import plain

_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))
_TELEX_TONE = re.compile(r"(?<=[a-z])[sfrxj]\b")


_RUNS = re.compile(r"[a-z]+|[0-9]+")
_VNI_MARK = "(?:[6-8][1-5]?|[1-5][6-8]?|(?<=d)9)"  # of a vowel, and its tone
_VNI = re.compile(f"[a-z]+(?:{_VNI_MARK}[a-z]+)*{_VNI_MARK}?")
_DIGIT, _VOWEL = re.compile("[0-9]"), re.compile("[aeiouy]")
_LONGEST = 7  # letters of a syllable: "nghiêng"


def understand(word: str, index: Index) -> list[str]:
    """Return the words that an unknown one stands for, or the word.

    It is the name of a synonym ("dvctt"), VNI that was not converted ("so61"), letters and numbers ("qd749"), or words without a space
    ("chuyendoiso").
    """
    bare = plain(word)
    groups = (phrases for group in index.synonyms if [bare] in (phrases := list(map(list, group))))
    if meant := next((phrase for group in groups for phrase in group if phrase != [bare]), None):
        return meant
    if _VNI.fullmatch(bare) and _VOWEL.search(bare) and index.holders(_DIGIT.sub("", bare))[0]:
        return [_DIGIT.sub("", bare)]
    runs = _RUNS.findall(bare) if bare.isascii() else []
    return [part for run in (runs if len(runs) > 1 else [word]) for part in _cut(run, index)]


def _cut(word: str, index: Index) -> list[str]:
    """Return the words that are typed without a space, or the word.

    They are the fewest known words of two letters and more, and each is a known pair with its neighbour.
    """
    known, ways = index.words(), {0: list[str]()}
    for end in range(2, len(word) + 1 if word.isalpha() else 0):
        for start in range(max(0, end - _LONGEST), end - 1):
            way, part = ways.get(start), word[start:end]
            if way is not None and plain(part) in known and (end not in ways or len(way) + 1 < len(ways[end])):
                ways[end] = [*way, part]
    parts = ways.get(len(word), [word])
    return parts if all(index.holders(f"{plain(left)} {plain(right)}")[0] for left, right in pairwise(parts)) else [word]


def mend(words: Sequence[str], index: Index, exempt: Collection[str] = ()) -> tuple[str, ...]:
    """Return a query with its unknown words mended, each only to a known pair.

    A word is Telex that was not converted, the beginning of a known word, or has one wrong letter. Who types a function word, a word of
    the table of synonyms, or one of `exempt` means it.
    """
    mended, spoken = list(words), {word for group in index.synonyms for phrase in group for word in phrase}
    for _ in range(2):  # a neighbour that is mended first helps
        for place, word in enumerate(words):
            known = (
                word in spoken
                or word in FUNCTION_WORDS
                or word in exempt
                or len(word) < 2
                or word.isdigit()
                or index.holders(word)[0]
            )
            if mended[place] == word and not known:
                mended[place] = _mend_word(word, mended[:place][-1:], mended[place + 1 :][:1], index)
    return tuple(mended)


def _mend_word(word: str, before: Sequence[str], after: Sequence[str], index: Index) -> str:
    known = index.words()
    if converted := [form for form in from_telex(word) if form in known]:
        return converted[0]
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


def from_telex(word: str) -> tuple[str, str]:
    """Return what a word typed in Telex may be: "chuyenr" is "chuyenr" or "chuyen"."""
    for typed, meant in _TELEX:
        word = word.replace(typed, meant)
    return plain(word), plain(_TELEX_TONE.sub("", word))


def candidates(word: str, known: Collection[str]) -> set[str]:
    """Return the known words with one letter added, left out, exchanged or swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    forms = {left + right[1:] for left, right in cuts if right}
    forms |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    forms |= {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    forms |= {left + letter + right for left, right in cuts for letter in letters}
    return forms & set(known)
