"""Keyword replies of a Zalo Official Account, from answered questions.

A follower who sends a keyword gets its reply. A keyword is made of the address of a question alone, so other questions never change it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.question import Question
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import shorten, slugify
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.system.errors import BuildStopped

MENU = "#hoi_dap"  # the keyword of the menu
MENU_HEAD = "Nhắn một cú pháp dưới đây để được trả lời:"
LEAST_KEYWORD, LEAST_REPLY = 16, 100  # characters, below which no limit makes sense
LEAST_TITLE = 12  # characters of a title in the menu; a shorter one says nothing
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s|$)")
ABBREVIATION = 3  # letters at most: a full stop after "TP" ends no sentence


class KeywordReply(NamedTuple):
    """A keyword ("#cu_phap"), the question, the reply, and the address of its page."""

    keyword: str
    question: str
    reply: str
    url: str


class Keywords(NamedTuple):
    """All replies, newest question first; the menu, and the questions in it.

    `omitted` are addresses that are too long for a reply.
    """

    replies: tuple[KeywordReply, ...]
    menu: KeywordReply
    menu_entries: tuple[KeywordReply, ...]
    omitted: tuple[str, ...]


def make_keywords(questions: Iterable[Question], site: Site, loads: Mapping[str, int]) -> Keywords:
    """Return the replies to all questions whose answers hold.

    `loads` has page loads by path, as far as they are known. Raises BuildStopped if a limit of the site is too low.
    """
    limits = site.limits
    _check(limits)
    holding = [question for question in questions if holds(question)]
    shown = [question for question in holding if len(site.absolute(question.path)) <= limits.zalo_reply]
    omitted = tuple(site.absolute(question.path) for question in holding if question not in shown)
    keywords = assign_keywords([question.path for question in shown], limits.zalo_keyword)
    replies = {question.path: _reply(question, keywords[question.path], site) for question in shown}
    most_asked = sorted(shown, key=lambda question: _demand(question, loads))[: limits.zalo_menu]
    entries = tuple(replies[question.path] for question in most_asked)
    words = make_menu(entries, limits.zalo_reply)
    menu = KeywordReply(MENU, "Danh sách câu hỏi được hỏi nhiều", words, site.absolute(urls.QUESTIONS))
    return Keywords(tuple(replies.values()), menu, entries, omitted)


def _check(limits: Limits) -> None:
    for name, least in (("zalo_keyword", LEAST_KEYWORD), ("zalo_reply", LEAST_REPLY)):
        if getattr(limits, name) < least:
            raise BuildStopped(f"limits.{name} trong site.yml quá nhỏ. Cách sửa: ghi từ {least} trở lên.")


def holds(question: Question) -> bool:
    """Return whether a question may be answered: published, on the channel, not stale."""
    return question.state is PublicationState.PUBLISHED and not question.zalo.exclude and not question.stale


def _demand(question: Question, loads: Mapping[str, int]) -> tuple[int, int, int, str]:
    """Return a sort key: page loads, then ways of asking, then the last check."""
    return -loads.get(question.path, 0), -len(question.also_asked), -question.checked_on.toordinal(), question.path


# ── keywords ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def assign_keywords(paths: Sequence[str], limit: int) -> dict[str, str]:
    """Return the keyword of each path, at most `limit` characters with its "#".

    A long one is cut at a word and ends with a hash of its slug.
    """
    slugs = {path: slugify(path.strip("/").rpartition("/")[2]).replace("-", "_") for path in paths}
    assigned: dict[str, str] = {}
    taken = {MENU}
    for path in sorted(paths, key=lambda path: (len(slugs[path]) >= limit, path)):  # those that are not cut come first
        forms = (form for form in _forms(slugs[path], path, limit) if form not in taken)
        assigned[path] = next(forms)
        taken.add(assigned[path])
    return {path: assigned[path] for path in paths}


def _forms(slug: str, path: str, limit: int) -> Iterator[str]:
    """Yield the keywords that a slug may have, the best first."""
    if slug and len(slug) < limit:
        yield f"#{slug}"
    digest = hashlib.sha256(path.encode()).hexdigest()
    for length in range(6, min(limit, len(digest))):
        room = max(0, limit - 2 - length)  # "#" and "_"
        head = slug[:room]
        if len(slug) > room and "_" in head and slug[room] != "_":
            head = head.rpartition("_")[0]
        yield "#" + f"{head.strip('_')}_{digest[:length]}".lstrip("_")


# ── replies ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reply(question: Question, keyword: str, site: Site) -> KeywordReply:
    url = site.absolute(question.path)
    return KeywordReply(keyword, question.title, make_reply(question.title, question.summary, url, site.limits.zalo_reply), url)


def make_reply(title: str, answer: str, url: str, limit: int) -> str:
    """Return the answer's first sentences and the address, which is never cut.

    If its first sentence is too long, the title is used. An address that takes all room stands alone.
    """
    room = limit - len(url) - 1
    if room < LEAST_TITLE:
        return url
    return f"{complete_sentences(answer, room) or shorten(title, room)}\n{url}"


def complete_sentences(text: str, room: int) -> str:
    """Return the sentences of a text that fit in `room` characters; "" if none does."""
    if len(text) <= room:
        return text
    ends = (match.end() for match in _SENTENCE_END.finditer(text) if not _is_abbreviation(text[: match.end()]))
    return text[: max((end for end in ends if end <= room), default=0)]


def _is_abbreviation(text: str) -> bool:
    """Return whether a text ends with the full stop of an abbreviation."""
    word = text.rsplit(maxsplit=1)[-1].lstrip('(“"').removesuffix(".")
    return word.isalpha() and word.isupper() and len(word) <= ABBREVIATION


def make_menu(entries: Sequence[KeywordReply], limit: int) -> str:
    """Return the keywords with as much of their questions as fits; fewer if need be."""
    for count in range(len(entries), 0, -1):
        if lines := _menu_lines(entries[:count], limit - len(MENU_HEAD)):
            return "\n".join((MENU_HEAD, *lines))
    return ""


def _menu_lines(entries: Sequence[KeywordReply], room: int) -> list[str]:
    """Return a line an entry; none if the keywords alone do not fit."""
    lines: list[str] = []
    for number, entry in enumerate(entries):
        keywords = sum(len(other.keyword) + 1 for other in entries[number:])
        if keywords > room:
            return []
        share = (room - keywords) // (len(entries) - number) - 1
        line = f"{entry.keyword} {shorten(entry.question, share)}" if share >= LEAST_TITLE else entry.keyword
        lines.append(line)
        room -= len(line) + 1
    return lines
