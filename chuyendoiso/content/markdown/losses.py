"""Find words that a conversion loses, and marks that it leaves in the text."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from unicodedata import normalize
from urllib.parse import unquote

from chuyendoiso.content.markdown.signs import TEXT_SIGN
from chuyendoiso.content.markdown.tags import without_tags
from chuyendoiso.model.converted import BodyWarning, FrameLink, Link, Part, PictureLink
from chuyendoiso.model.sanitised_html import TAG, change_text

_TAKES_WORDS = re.compile(r"[<|]|\]:|!\[")  # tags, cells, definitions, captions: nothing else of Markdown hides a word
_WORD = re.compile(r"[^\W_]+")
_ATTRIBUTE = re.compile(r' title="([^"]*)"')
_NO_WORDS = re.compile(  # marks with letters or digits, which no reader sees
    r"""^(?:[^\S\n]|[>*+-])*\d{1,9}[.)](?=\s|$)      # of an item of a list
    | ^(?:[^\S\n]|>)*(?:`{3,}|~{3,})[^`\n]*$       # of a fence, with its language
    """,
    re.MULTILINE | re.VERBOSE,
)
_DEFINITION = re.compile(r"^[ \t>]*(?P<sign>\*?)\[(?P<label>[^\]^\n][^\]\n]*)\]:", re.MULTILINE)
_NOTE_SIGN = re.compile(r"\[\^([^\]\n]*)\]")
_NOTE = re.compile(r"^[ \t>]*\[\^(?P<label>[^\]\n]+)\]:", re.MULTILINE)
_REFERENCE = re.compile(r"\]\s?\[([^\]\n]*)\]")
_MAX_EXCERPT = 10  # words in a warning
_MARKS = re.compile(
    r"""(?P<bold>(?<!\*)\*\*(?!\*)|(?<!_)__(?!_))|(?P<strike>(?<!~)~~(?!~))|(?P<link>\]\(|!\[)|(?P<reference>\]\[\D[^\]]*\])
    |(?P<note>\[\^[^\]\s]+\])|(?:^[^\S\n]*)(?P<table>\|.*\|)[^\S\n]*$""",
    re.MULTILINE | re.VERBOSE,
)
_REMEDIES = {
    "bold": "đặt dấu sát chữ ở cả hai đầu: **chữ đậm**; nếu muốn hiện chính dấu ấy, viết \\*\\*.",
    "strike": "đặt dấu sát chữ ở cả hai đầu: ~~chữ bỏ~~.",
    "link": "viết [chữ](địa chỉ) liền nhau; địa chỉ có dấu cách hoặc dấu ngoặc thì đặt trong <…>.",
    "reference": "thêm dòng [tên]: địa chỉ ở cuối bài, đúng tên trong ngoặc vuông; địa chỉ có dấu cách thì đặt trong <…>.",
    "note": "thêm dòng [^tên]: lời chú ở cuối bài, đúng tên trong ngoặc vuông.",
    "table": "để một dòng trống trên bảng; dòng |---| dưới hàng tiêu đề phải có đúng số cột.",
}


def find_losses(body: str, marked: str, parts: tuple[Part, ...]) -> Iterator[BodyWarning]:
    """Find the words of a body that its HTML lacks, and the marks that it shows.

    `marked` is the body as `tags.mark_words` returns it.
    """
    markup = "".join(part if isinstance(part, str) else " " for part in parts)
    if _TAKES_WORDS.search(body) or _has_lost_letters(marked, markup):
        yield from _lost_words(body, marked, markup, parts)
        yield from _unused_footnotes(body)
        yield from _tags_without_end(marked)
    if any(sign in markup for sign in "*_~[|"):
        yield from _marks_left(body, markup)


def _has_lost_letters(marked: str, markup: str) -> bool:
    """Return whether Python-Markdown lost letters between adjoining marks of emphasis."""
    if "*" not in marked and "_" not in marked:
        return False
    return sum(map(str.isalpha, marked)) > sum(map(str.isalpha, html.unescape(TAG.sub("", markup)))) + sum(
        map(str.isalpha, "".join(re.findall(r"(?<=\]\()[^)]*|(?<=<)[^>]*(?=>)|&\w+;|^\s*(?:```|~~~).*", marked, re.MULTILINE)))
    )


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lost_words(body: str, marked: str, markup: str, parts: tuple[Part, ...]) -> Iterator[BodyWarning]:
    source_words, visible_words = (
        _words(_readable_text(marked)),
        _words(" ".join([TAG.sub(" ", markup), *_attribute_texts(markup, parts)])),
    )
    if lost := source_words - visible_words:
        longer = " ".join(visible_words - source_words)  # a word within a longer one is not lost
        yield from _warn_of_lost_words(body, Counter({word: count for word, count in lost.items() if word not in longer}))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(normalize("NFKC", html.unescape(text)).casefold()))


def _readable_text(marked: str) -> str:
    """Return a body's text that readers should see."""
    text = _NO_WORDS.sub(" ", without_tags(marked))
    if "[^" in text:
        notes = {match["label"] for match in _NOTE.finditer(text)}
        text = _NOTE_SIGN.sub(lambda match: " " if match[1] in notes else match[0], text)
    used = Counter(map(_label, re.findall(r"\[([^\]\n]+)\]", text)))

    def replacement(match: re.Match[str]) -> str:
        times = text.count(match["label"]) if match["sign"] else used[_label(match["label"])]
        return " " if times > 1 else match[0]

    return _REFERENCE.sub("] ", _DEFINITION.sub(replacement, text))


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _attribute_texts(markup: str, parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield the texts beside the markup's: addresses, alt texts, captions, titles."""
    yield from _ATTRIBUTE.findall(markup)
    for part in parts:
        if isinstance(part, Link):
            yield from (part.href, unquote(part.href))
        elif isinstance(part, PictureLink):
            yield from (part.src, unquote(part.src), part.alt, part.caption if part.block else "")
        elif isinstance(part, FrameLink):
            yield from (part.src, part.title)
        elif not isinstance(part, str):
            yield part.number


def _warn_of_lost_words(body: str, lost: Counter[str]) -> Iterator[BodyWarning]:
    """Yield a warning for each line with lost words, lines with most of them first."""
    lines = [(number, line, _words(line)) for number, line in enumerate(body.split("\n"), start=1)]
    remaining = Counter(lost)
    for number, line, words in sorted(lines, key=lambda row: (-(row[2] & lost).total(), row[0])):
        if here := words & remaining:
            remaining -= here
            lost_words = list(dict.fromkeys(word for word in _WORD.findall(normalize("NFKC", line)) if word.casefold() in here))
            excerpt = " ".join(lost_words[:_MAX_EXCERPT]) + (" …" if len(lost_words) > _MAX_EXCERPT else "")
            yield BodyWarning(number, "lost-words", f'Người đọc không thấy các chữ "{excerpt}" của dòng này.', _remedy(line))


def _remedy(line: str) -> str:
    if "![" in line:
        return "chú thích chỉ hiện dưới ảnh đứng riêng một đoạn: để dòng trống trên và dưới ảnh."
    if "|" in line:
        return "hàng của bảng có nhiều ô hơn hàng tiêu đề thì bớt ô, hoặc thêm cột; dấu | trong ô viết là \\|."
    if re.match(r"\s*\*?\[", line):
        return "dòng này đặt nghĩa cho chữ trong ngoặc vuông, mà bài không dùng chữ ấy: dùng trong bài, hoặc viết thành câu."
    if "<" in line:
        return "viết dấu < thường thành &lt;, hoặc bỏ thẻ HTML không dùng được ở đây."
    if "*" in line or "_" in line:
        return "các dấu * hoặc _ lồng nhau: đặt dấu sát chữ ở cả hai đầu, hoặc viết \\* nếu muốn hiện chính dấu ấy."
    return "viết lại đoạn này bằng chữ thường; nếu là ghi chú riêng, đặt trong <!-- … -->."


# ── footnotes and marks ─────────────────────────────────────────────────────────────────────────────────────────────────


_NO_END = re.compile(rf"^[ \t]*{TEXT_SIGN}(details|summary|table|blockquote|center|div)\b", re.IGNORECASE | re.MULTILINE)


def _tags_without_end(marked: str) -> Iterator[BodyWarning]:
    for match in _NO_END.finditer(marked):
        message = f'Thẻ "<{match[1]}>" không có thẻ đóng, nên hiện nguyên trên trang.'
        remedy = f"thêm </{match[1]}> ở chỗ kết thúc, hoặc bỏ thẻ."
        yield BodyWarning(marked.count("\n", 0, match.start(1)) + 1, "mark-left", message, remedy)


def _unused_footnotes(body: str) -> Iterator[BodyWarning]:
    definitions = list(_NOTE.finditer(body)) if "[^" in body else []
    count = Counter(match["label"] for match in definitions)
    for match in definitions:
        note = f"[^{match['label']}]"
        if body.count(note) == count[match["label"]]:
            message = f'Lời chú "{note}" ở cuối bài không có chỗ nào trong bài dẫn tới.'
            remedy = f"ghi {note} sau chữ cần chú, hoặc xóa lời chú này."
            yield BodyWarning(body.count("\n", 0, match.start("label")) + 1, "unused-footnote", message, remedy)


def _marks_left(body: str, markup: str) -> Iterator[BodyWarning]:
    """Find Markdown marks in the visible text that are not escaped in the body."""
    texts: list[str] = []

    def collect(text: str) -> str:
        texts.append(html.unescape(text))
        return text

    change_text(markup, {"a", "code", "pre", "kbd", "samp"}, collect, Counter())  # an address may have any of these marks
    reported: set[tuple[str, int]] = set()
    for text in texts:
        for mark in _MARKS.finditer(text):
            kind = mark.lastgroup or ""
            sign, start = mark[kind].strip(), mark.start(kind)
            if text[start - 1 : start + 3] == "(**)":  # the sign of a note
                continue
            place = _place(body, text, start, sign)
            line = body.count("\n", 0, place) + 1
            if place >= 0 and (kind, line) not in reported:
                reported.add((kind, line))
                message = f'Dấu "{sign if len(sign) <= 40 else sign[:40] + "…"}" hiện nguyên trên trang, không thành định dạng.'
                yield BodyWarning(line, "mark-left", message, _REMEDIES[kind])


def _place(body: str, text: str, start: int, sign: str) -> int:
    """Return the position of a mark in the body, by the text around it, or -1."""
    end = start + len(sign)
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before, after = text[line_start:start].lstrip(), text[end : line_end if line_end >= 0 else len(text)]
    for width in (20, 5, 1):
        place = body.find(f"{before[-width:]}{sign}{after[:width]}")
        if place >= 0:
            return place + len(before[-width:])
    return -1
