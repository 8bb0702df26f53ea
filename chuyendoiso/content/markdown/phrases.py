"""Make links of addresses and numbers, and quotes, in the text of sanitised HTML."""

import html
import re
from collections import Counter

from chuyendoiso.model.sanitised_html import TAG, change_text

MENTION = "\x00"  # before a document's number, where a link's target stands: no text has it
_CODE = {"code", "kbd", "pre", "samp"}
_NO_LINK = {"a", "h2", "h3", "h4", "h5", "h6", *_CODE}
# A document's number and symbol: 749/QĐ-TTg, 42/2022/NĐ-CP, 148/2025/QH15, 4946/BTTTT-CĐSQG, and the Party's 09-NQ/TU.
_NUMBER = r"(?<![\w/.,&#-])\d{1,5}(?:/\d{4}/|/|-)[A-ZĐ][^\W_]*(?:[-/][^\W_]+)*(?![\w/-])"
_HOST = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+"
# as GitHub's extended autolinks: https://github.github.com/gfm/#autolinks-extension-
_ADDRESS = (
    rf"(?<![\w@/.:-])(?:(?i:https?)://(?![^\s/?#]*@)|(?:www|WWW)\.){_HOST}(?::\d{{1,4}})?(?:[/?#](?:[^\s<>\"“”&]|&amp;)*)?(?![\w@])"
)
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_MAIL = rf"(?<![\w.+/@:-])[A-Za-z0-9](?:[A-Za-z0-9_.+-]*[A-Za-z0-9])?@(?:{_NAME}\.)+[A-Za-z]{{2,}}(?![\w@-])"
_NUMBER_ALONE = re.compile(rf"(?P<number>{_NUMBER})")
_LINKED = re.compile(rf"(?P<address>{_ADDRESS})|(?P<mail>{_MAIL})|(?P<number>{_NUMBER})")
_ADDRESSED = ("://", "www.", "WWW.", "@")  # an address has one of these, and few bodies
_NUMBERED = re.compile(r"\d[/-]")  # a number has this
_QUOTE = re.compile(r'"(?=[^<>]*(?:<|\Z))')
_BARE = ' class="cds-bare"'  # whose text is its address: on paper that is not told twice
_AFTER = re.compile(r"(?:[?!.,:;*_~'’…\]]|&amp;)+\Z")


def change_phrases(safe: str) -> str:
    """Return sanitised HTML with links and typographic quotes in its text."""
    pattern = _LINKED if any(sign in safe for sign in _ADDRESSED) else _NUMBER_ALONE if _NUMBERED.search(safe) else None
    if pattern and pattern.search(safe):
        linked: set[str] = set()
        safe = change_text(safe, _NO_LINK, lambda text: pattern.sub(lambda match: _link(match, linked), text), Counter())
    return _with_quotes(safe) if _QUOTE.search(safe) else safe


# ── links ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _link(match: re.Match[str], linked: set[str]) -> str:
    text = match[0]
    if match.lastgroup == "number":
        if text.casefold() in linked:
            return text
        linked.add(text.casefold())
        return _anchor(MENTION + text, text)
    if match.lastgroup == "mail":
        return _anchor(f"mailto:{text}", text, _BARE)
    visible = _without_end(text)
    address = html.unescape(visible)
    return _anchor(address if "://" in address else f"https://{address}", visible, _BARE) + text[len(visible) :]


def _without_end(address: str) -> str:
    """Return an address without the punctuation of its sentence at the end."""
    while True:
        shorter = _AFTER.sub("", address)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


def _anchor(target: str, text: str, attribute: str = "") -> str:
    return f'<a href="cds:{target.encode().hex()}"{attribute}>{text}</a>'


# ── quotes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_INLINE = set("a abbr b cite del em i ins mark q s small span strong sub sup u".split())
_OPENS_AFTER = " \t\n\u00a0([{“‘—–-/"


def _with_quotes(safe: str) -> str:
    """Make pairs of straight quotes within one block typographic."""
    marks: list[tuple[int, bool]] = []  # place, whether it opens
    pending: list[int] = []
    before, coded, at = " ", 0, 0
    for tag in [*TAG.finditer(safe), None]:
        end = tag.start() if tag else len(safe)
        for place in range(at, end) if not coded and '"' in safe[at:end] else ():
            if safe[place] == '"':
                last = safe[place - 1] if place > at else before
                last = " " if safe.startswith("&nbsp;", place - 6) and place - 6 >= at else last
                if pending and not last.isspace():
                    marks += [(pending.pop(), True), (place, False)]
                elif last in _OPENS_AFTER and not _next(safe, place + 1).isspace():
                    pending.append(place)
        if end > at:
            before = safe[end - 1]
        if tag:
            name = next(iter(tag[0].strip("</>").split()), "")
            if name in _CODE:
                coded += -1 if tag[0].startswith("</") else 1
                before = "x"
            elif name not in _INLINE:
                before = " "
                pending = pending if name == "br" else []
            at = tag.end()
    letters = list(safe)
    for place, opens in marks:
        letters[place] = "“" if opens else "”"
    return "".join(letters)


def _next(safe: str, place: int) -> str:
    """Return the next visible character, or a space if the block ends before."""
    while tag := TAG.match(safe, place):
        if tag[0].strip("</>").split()[0] not in _INLINE | _CODE:
            return " "
        place = tag.end()
    return safe[place : place + 1] or " "
