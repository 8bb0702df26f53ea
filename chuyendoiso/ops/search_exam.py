"""The exam of the search: how often it finds what answers residents' questions.

A question is asked as typed, without marks, in Telex that was not converted, with two typing mistakes, and between courtesies; `seed`
chooses both.
"""

import json
import random
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chuyendoiso.model.vietnamese import TONES
from chuyendoiso.outputs.search.ranking import Ranked, Scored, best_passages, judge, search
from chuyendoiso.outputs.search.reader import SearchIndex

Question = Mapping[str, Any]
_TELEX_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


class Marks(NamedTuple):
    """Shares of the questions.

    A right page first, and among three; the mean reciprocal rank; the passage among three; answered; not refused.
    """

    hit_1: float
    hit_3: float
    mrr_10: float
    passage_3: float
    answered: float
    not_refused: float


def read_questions(path: Path) -> list[Question]:
    """Read questions in JSON Lines. Raise OSError or ValueError."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def examine(index: SearchIndex, questions: Sequence[Question], change: Callable[[str], str] = str) -> Marks:
    """Ask every question, changed, and return the marks.

    A question has `question`, `pages` that answer it, and `phrases`: a passage of these pages with one of them answers.
    """
    rows = [_mark(index, question, change(question["question"])) for question in questions]
    return Marks(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))


def _mark(index: SearchIndex, question: Question, text: str) -> tuple[float, ...]:
    ranked = search(text, index)[1][:10]
    right = [place for place, one in enumerate(ranked) if index.record(one.item)["href"] in question["pages"]]
    passage = any(_answers(index, question, *found) for found in best_passages(ranked))
    verdict = judge(ranked)
    return (
        right[:1] == [0],
        any(place < 3 for place in right),
        1 / (right[0] + 1) if right else 0,
        passage,
        verdict == "answer",
        verdict != "none",
    )


def _answers(index: SearchIndex, question: Question, ranked: Ranked, passage: Scored) -> bool:
    text = text_of(index, ranked, passage).lower()
    return index.record(ranked.item)["href"] in question["pages"] and any(phrase.lower() in text for phrase in question["phrases"])


def text_of(index: SearchIndex, ranked: Ranked, passage: Scored) -> str:
    """Return the text of a passage."""
    text: str = index.record(ranked.item)["passages"][passage.number][2]
    return text


def variants(courtesies: Sequence[str], seed: int = 1) -> dict[str, Callable[[str], str]]:
    """Return the ways in which a question is asked, by name.

    A courtesy has {} where the question stands.
    """
    mistakes, choice = random.Random(seed), random.Random(seed)
    return {
        "như gõ": str,
        "không dấu": without_marks,
        "Telex": in_telex,
        "hai lỗi gõ": lambda text: with_mistakes(text, mistakes),
        "có thưa gửi": lambda text: within(choice.choice(courtesies), text),
    }


def within(courtesy: str, question: str) -> str:
    """Return a question between the words of a courtesy."""
    return courtesy.format(question[:1].lower() + question[1:].rstrip("?"))


def read_courtesies(path: Path) -> list[str]:
    """Read courtesies, one a line. Raise OSError."""
    return path.read_text("utf-8").splitlines()


def without_marks(text: str) -> str:
    """Return a text without marks."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.category(letter).startswith("M"))


def in_telex(text: str) -> str:
    """Return a text as it is typed in Telex."""
    return " ".join(map(_telex, text.replace("đ", "dd").replace("Đ", "DD").split(" ")))


def _telex(word: str) -> str:
    letters, tone = "", ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in TONES:
            tone = _TELEX_TONES[letter]
        elif letter == "\u0302":
            letters += letters[-1]
        else:
            letters += "w" if letter in "\u0306\u031b" else letter
    end = len(letters.rstrip(".,;:?!”\"')"))
    return letters[:end] + tone + letters[end:]


def with_mistakes(text: str, chance: random.Random, count: int = 2) -> str:
    """Return a text without marks, with a wrong letter in some words."""
    words = without_marks(text).split(" ")
    places = [place for place, word in enumerate(words) if len(word) > 2]
    chance.shuffle(places)
    for place in places[:count]:
        words[place] = _mistake(words[place], chance)
    return " ".join(words)


def _mistake(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    swapped, left_out = word[:at] + word[at + 1] + word[at] + word[at + 2 :], word[:at] + word[at + 1 :]
    exchanged = word[:at] + chance.choice("abcdeghiklmnopqrstuvxy") + word[at + 1 :]
    return chance.choice((swapped, left_out, exchanged))


def examine_outside(index: SearchIndex, questions: Iterable[Question], change: Callable[[str], str] = str) -> tuple[float, float]:
    """Return the shares of questions without a passage, and refused."""
    verdicts = [judge(search(change(question["question"]), index)[1]) for question in questions]
    return 1 - verdicts.count("answer") / len(verdicts), verdicts.count("none") / len(verdicts)


def found(index: SearchIndex, queries: Sequence[Question], places: int = 3) -> float:
    """Return the share of queries with one of their `pages` among the first results."""
    hits = 0
    for query in queries:
        results = [index.record(one.item)["href"] for one in search(query["query"], index)[1][:places]]
        hits += any(page in results for page in query["pages"])
    return hits / len(queries)


def report(index: SearchIndex, folder: Path) -> str:
    """Return the table of the exam.

    `folder` has inside.jsonl, outside.jsonl, keywords.jsonl, typed.jsonl and courtesies.txt.
    """
    inside, outside, keywords, typed = (
        read_questions(folder / f"{name}.jsonl") for name in ("inside", "outside", "keywords", "typed")
    )
    lines = ["cách hỏi     đúng đầu  trong ba  MRR@10  đoạn@3  hiện đoạn  không từ chối | câu ngoài: không hiện đoạn  từ chối"]
    for name, change in variants(read_courtesies(folder / "courtesies.txt")).items():
        marks = "  ".join(f"{mark:8.3f}" for mark in examine(index, inside, change))
        lines.append(f"{name:<12} {marks} |" + "".join(f"  {mark:8.3f}" for mark in examine_outside(index, outside, change)))
    lines.append(f"Từ khóa: {found(index, keywords):.3f} có trang đúng trong ba kết quả đầu.")
    lines.append(f"Các lối gõ: {found(index, typed):.3f} trong ba, {found(index, typed, places=1):.3f} đứng đầu.")
    return "\n".join(lines)
