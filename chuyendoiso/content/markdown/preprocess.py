"""Prepare a body so that Python-Markdown reads it as CommonMark does.

Python-Markdown knows no list right under a paragraph, no child indented by two spaces, no fence in a list; it makes code of an indented
paragraph and a heading of a hashtag. Here such lines get the blank lines, the indentation and the escapes with which it reads them as
CommonMark does (https://spec.commonmark.org/0.31.2/) or, in prose that only looks like code, as its writer meant. No word is touched.
"""

import html
import re
from dataclasses import dataclass, field

from chuyendoiso.content.markdown.block_syntax import (
    BLOCK_TAG,
    CODE,
    ENDS_SENTENCE,
    FENCE,
    HASHTAGS,
    HEADING,
    ITEM,
    NOTE,
    RAW,
    RULE,
    SEPARATE,
    closes_fence,
    dedented,
    is_prose,
    is_table,
    normalize_definition,
    split_indent,
    without_code,
    without_quote_mark,
)
from chuyendoiso.content.markdown.signs import BLOCK_SIGN, TEXT_SIGN, shielded, unshielded, without_signs
from chuyendoiso.content.markdown.tags import mark_words
from chuyendoiso.model.converted import BodyWarning


@dataclass(slots=True)
class _Open:
    """An open list item or footnote: where its mark and its text begin."""

    indent: int
    content: int
    numbered: bool | None  # None: a footnote

    def holds(self, indent: int) -> bool:
        """Return whether a line of this indentation is within the item.

        Editors indent children by two, whatever the mark.
        """
        return indent >= min(self.content, self.indent + 2)


@dataclass
class _Lines:
    """The lines of one container, a body or a quotation, one after another."""

    first: int  # the number of its first line in the body
    blocks: list[str]  # HTML, by the numbers in its signs
    out: list[str] = field(default_factory=list)
    items: list[_Open] = field(default_factory=list)
    before: str = "blank"  # the last line: blank, text, item or other
    warned: bool = False  # of the paragraph that is open
    loose: bool = False  # the open list has a blank line: Python-Markdown then needs one at each change of depth
    raw: str = ""  # the name of the open raw HTML element
    warnings: list[BodyWarning] = field(default_factory=list)

    # ── line after line ─────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, lines: list[str]) -> None:
        at = 0
        while at < len(lines):
            at = self.line(lines, at)

    def line(self, lines: list[str], at: int) -> int:
        """Read one line, or the block that begins with it; return the next."""
        line = lines[at]
        if line[:1].isalpha() and not (self.raw or self.items or "<" in line or "|" in line or line[-1] == "\\"):  # as most are
            if self.before == "text":
                self.run_on(line, at)
            self.emit(line, "text")
            return at + 1
        indent, text = split_indent(line)
        if self.raw:
            self.emit(line, "other")
            self.raw = "" if f"</{self.raw}" in line.lower() else self.raw
            return at + 1
        if not text:
            self.emit("", "blank")
            self.warned, self.loose = False, True
            return at + 1
        if (fence := FENCE.fullmatch(text)) and not self.is_code(indent):
            return self.fence(lines, at, fence["mark"], indent)
        if text.startswith(">") and not self.is_code(indent):
            return self.quotation(lines, at)
        if NOTE.match(text) and not self.is_code(indent):
            return self.note(text, at)
        item = ITEM.fullmatch(text)
        if item and not RULE.fullmatch(text) and self.begins_item(item, indent):
            return self.item(item, indent, at)
        if self.items and self.continues_item(text, indent):
            if is_table(lines, at):
                return self.table(lines, at)
            self.in_item(text, indent, at)
            return at + 1
        if indent >= CODE and (self.before in {"blank", "other"} or not ENDS_SENTENCE.search(self.out[-1])):
            return self.indented(lines, at)
        if indent >= CODE and self.before == "text":  # a paragraph of Word: its first line is indented, the one before at its end
            self.gap()
        if is_table(lines, at):
            return self.table(lines, at)
        if "<" in text and BLOCK_TAG.search(without_code(text)):
            return self.block_tags(lines, at)
        if match := RAW.match(text):
            self.raw = match[1].lower() if f"</{match[1].lower()}" not in text.lower() else ""
            self.emit(line, "other")
            return at + 1
        self.text(text, indent, at)
        return at + 1

    def emit(self, line: str, kind: str) -> None:
        self.out.append(line)
        self.before = kind

    def gap(self) -> None:
        """Emit a blank line, unless the last line is blank."""
        if self.before != "blank":
            self.out.append("")
        self.before, self.warned, self.loose = "blank", False, True

    def warn(self, at: int, rule: str, message: str, remedy: str) -> None:
        self.warnings.append(BodyWarning(self.first + at, rule, unshielded(message).replace(TEXT_SIGN, "<"), remedy))

    def is_code(self, indent: int) -> bool:
        """Return whether a line is indented so far that no block begins with it."""
        return not self.items and indent >= CODE

    # ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def begins_item(self, item: re.Match[str], indent: int) -> bool:
        interrupts_text = not item["mark"][0].isdigit() or int(item["mark"][:-1]) == 1
        return bool(self.items) or (indent < CODE and (self.before != "text" or interrupts_text))

    def item(self, item: re.Match[str], indent: int, at: int) -> int:
        before = len(self.items)
        last = self.close_items(indent)
        mark, numbered = item["mark"].replace(")", "."), item["mark"][0].isdigit()
        depth = len(self.items)
        self.loose = self.loose and before > 0
        under_note = last is None and self.items and self.items[-1].numbered is None
        if (
            (self.before == "text" and (self.loose or not before))
            or (self.loose and depth < before - 1)
            or (last and last.numbered != numbered)
            or under_note
        ):
            self.gap()
        gap = len(item["gap"].expandtabs(4))
        self.items.append(_Open(indent, indent + len(mark) + (gap if gap <= CODE else 1), numbered))
        self.emit(f"{'    ' * depth}{mark} {self.escaped(item['text'], at)}", "item")
        return at + 1

    def note(self, text: str, at: int) -> int:
        """Read the first line of a footnote; indented lines below belong to it."""
        if self.items or self.before == "text":
            self.gap()
        self.items = [_Open(0, CODE, None)]
        self.emit(self.escaped(text, at), "item")
        self.loose = False
        return at + 1

    def continues_item(self, text: str, indent: int) -> bool:
        """Return whether a line continues a list item; close the items that it ends."""
        begins_block = HEADING.fullmatch(text) or RULE.fullmatch(text) or BLOCK_TAG.match(text) or RAW.match(text)
        if self.before in {"item", "text"} and not begins_block:
            return True
        self.close_items(indent)
        if not self.items:
            self.gap()
        return bool(self.items)

    def close_items(self, indent: int) -> _Open | None:
        """Close the items that a line of this indentation is not in; return the last."""
        closed = None
        while self.items and not self.items[-1].holds(indent):
            closed = self.items.pop()
        return closed

    def in_item(self, text: str, indent: int, at: int) -> None:
        extra = indent - self.items[-1].content if self.before == "blank" else 0
        code = extra >= CODE and not is_prose(text)
        if self.before in {"item", "text"}:
            self.run_on(text, at)
        self.emit("    " * len(self.items) + (" " * extra + text if code else self.escaped(text, at)), "text")

    # ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def fence(self, lines: list[str], at: int, mark: str, indent: int) -> int:
        self.close_items(indent)
        end = next((number for number in range(at + 1, len(lines)) if closes_fence(lines[number], mark)), None)
        if end is None:
            message = f"Khối mã mở bằng {mark} mà không đóng."
            self.warn(at, "unclosed-fence", message, f"thêm một dòng {mark} ở cuối khối, hoặc bỏ dòng này nếu không định viết mã.")
            self.text(lines[at].strip(), 0, at)
            return at + 1
        code = "".join(f"{dedented(line, indent)}\n" for line in lines[at + 1 : end])
        self.gap()
        self.emit(f"{'    ' * len(self.items)}{self.sign(f'<pre><code>{html.escape(code, quote=False)}</code></pre>')}", "other")
        self.gap()
        return end + 1

    def quotation(self, lines: list[str], at: int) -> int:
        """Read the lines of a quotation, each begun by ">", as a container of its own."""
        end = at
        while end < len(lines) and lines[end].lstrip().startswith(">"):
            end += 1
        indent, _ = split_indent(lines[at])
        if self.items:
            self.gap()
        self.close_items(indent)
        inner = _Lines(self.first + at, self.blocks)
        inner.read([without_quote_mark(line) for line in lines[at:end]])
        self.out += [f"{'    ' * len(self.items)}> {line}".rstrip() for line in inner.out]
        self.warnings += inner.warnings
        self.before = "text" if inner.before in {"text", "item"} else "other"
        return end

    def indented(self, lines: list[str], at: int) -> int:
        """Read indented lines: code, or a paragraph that Word indented."""
        text = lines[at].strip()
        if self.before == "text":
            self.text(text, 0, at)
            return at + 1
        end = at
        while end < len(lines) and (not lines[end].strip() or split_indent(lines[end])[0] >= CODE):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        if any(map(is_prose, lines[at:end])):
            self.gap()
            item = ITEM.fullmatch(text)
            if item and not RULE.fullmatch(text):
                return self.item(item, 0, at)
            self.text(text, 0, at)
            return at + 1
        message = "Đoạn thụt vào đầu dòng được hiểu là mã máy tính: hiện nguyên từng ký tự, không xuống dòng."
        self.warn(at, "indented-code", message, "bỏ khoảng trắng đầu dòng; nếu đúng là mã, đặt giữa hai dòng ```.")
        self.out += [line.expandtabs(4) for line in lines[at:end]]
        self.before = "other"
        return end

    def table(self, lines: list[str], at: int) -> int:
        self.gap()
        end = at
        while end < len(lines) and "|" in lines[end]:
            end += 1
        self.out += [f"{'    ' * len(self.items)}{line.strip()}" for line in lines[at:end]]
        self.before = "other"
        self.gap()
        return end

    def block_tags(self, lines: list[str], at: int) -> int:
        """Read a line with tags around blocks: the text between them is Markdown."""
        text = lines[at].strip()
        end = at + 1
        if "<summary" in text.lower():
            while "</summary" not in text.lower() and end < len(lines) and lines[end].strip():
                text, end = f"{text} {lines[end].strip()}", end + 1
        masked = without_code(text)
        place, within = 0, False
        paragraph = ""
        for match in BLOCK_TAG.finditer(masked):
            paragraph += text[place : match.start()]
            tag, place = match[0], match.end()
            if tag.lower().startswith("<summary") and "</summary" in masked.lower()[place:]:
                self.paragraph(paragraph, at)
                paragraph, within = self.sign(tag), True
            elif tag.lower().startswith("</summary") and within:
                self.paragraph(paragraph + self.sign(tag), at)
                paragraph, within = "", False
            else:
                self.paragraph(paragraph, at)
                self.paragraph(self.sign(tag), at)
                paragraph = ""
        self.paragraph(paragraph + text[place:], at)
        return end

    def sign(self, markup: str) -> str:
        self.blocks.append(markup)
        return f"{BLOCK_SIGN}{len(self.blocks) - 1}{BLOCK_SIGN}"

    def paragraph(self, text: str, at: int) -> None:
        if text.strip():
            self.gap()
            self.text(text.strip(), 0, at)
            if BLOCK_SIGN in text:
                self.gap()

    # ── a line of text ──────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, text: str, indent: int, at: int) -> None:
        if self.before == "text" and not RULE.fullmatch(text):
            self.run_on(text, at)
        heading = text.startswith("#") and not text.startswith("#######")
        line = normalize_definition(self.escaped(text, at))
        if line.endswith("\\") and not line.endswith("\\\\"):
            line = f"{line[:-1]}  "
        self.emit(line, "other" if (heading and line.startswith("#")) or RULE.fullmatch(text) else "text")

    def run_on(self, text: str, at: int) -> None:
        """Warn of a line that looks separate but continues the paragraph before."""
        if self.warned:
            return
        if (tabs := text.count("\t")) and self.out[-1].count("\t") == tabs:
            self.warned = True
            message = "Các ô dán từ bảng tính chỉ cách nhau bằng phím Tab: trang nối chúng thành một dòng chữ."
            remedy = "viết thành bảng: | Cột 1 | Cột 2 |, dòng dưới là |---|---|, rồi mỗi hàng một dòng như thế."
            self.warn(at, "tab-separated", message, remedy)
        elif SEPARATE.match(text):
            self.warned = True
            message = f'Dòng "{text[:60]}" sẽ nối liền vào dòng trên thành một đoạn.'
            self.warn(
                at, "run-on-line", message, 'muốn thành danh sách, bắt đầu mỗi dòng bằng "- "; không thì để một dòng trống ở giữa.'
            )

    def escaped(self, text: str, at: int) -> str:
        """Return a line whose marks of headings mean what CommonMark says."""
        heading = HEADING.fullmatch(text)
        if not heading or heading["text"].startswith("#"):
            return text
        if not heading["gap"] and heading["mark"] == "#" and heading["text"]:
            if not HASHTAGS.fullmatch(text):
                message = f'Dòng "{text[:60]}" không phải tiêu đề, vì sau dấu # không có dấu cách.'
                self.warn(at, "hash-without-space", message, 'nếu là tiêu đề, viết "## Tiêu đề"; nếu không, để nguyên.')
            return f"\\{text}"
        ending = re.search(r"(?<=[^\s#\\])#+\s*$", heading["text"])
        words = heading["text"][: ending.start()] + ending[0].replace("#", "\\#") if ending else heading["text"]
        return f"{heading['mark']} {words}" if heading["text"] else text


# ── pure ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Prepared:
    """A body for Python-Markdown."""

    marked: str  # the body as it is written, words in angle brackets marked (`tags.mark_words`)
    text: str
    blocks: tuple[str, ...]  # HTML, by the numbers in the signs of the text
    warnings: tuple[BodyWarning, ...]


def prepare(body: str) -> Prepared:
    """Prepare a body."""
    marked = mark_words(without_signs(body))
    lines = _Lines(1, [])
    lines.read(shielded(_with_short_labels(marked)).split("\n"))
    return Prepared(marked, "\n".join(lines.out), tuple(lines.blocks), tuple(lines.warnings))


def _with_short_labels(body: str) -> str:
    """Return a body whose footnotes have no space in their labels: they become ids."""
    labels = re.findall(r"(?m)^[ \t>]*\[\^([^\]\n]*[^\w.\]\n-][^\]\n]*)\]:", body) if "[^" in body else ()
    for label in labels:
        short = re.sub(r"[^\w.-]+", "-", label)
        body = body.replace(f"[^{label}]", f"[^{short}]")
    return body
