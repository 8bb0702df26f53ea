"""Bodies as editors write them, by a seed: lists, tabs, quotes, tags, tables, addresses, in order and out of it, each word once.

Since each word stands once, whoever reads the page can tell for each whether it is there.
"""

import html
import random
import re
from unicodedata import normalize

from chuyendoiso.model.converted import Converted, FrameLink, Link, PictureLink
from chuyendoiso.model.sanitised_html import TAG

INDENTS = ("", "", "", "", " ", "  ", "   ", "    ", "\t", "      ", "\t\t", "\u00a0\u00a0", "        ")
NBSP = "##\u00a0"
MARKS = (
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2. ",
    "3) ",
    "10. ",
    "-\u00a0",
    "-",
    "– ",
    "• ",
    "a) ",
    "1.1. ",
    "> ",
    "> - ",
    "-   ",
    "- [ ] ",
    "1.\t",
)
TAGS = (
    "b",
    "u",
    "i",
    "s",
    "div",
    "details",
    "span",
    "center",
    "font",
    "p",
    "table",
    "form",
    "label",
    "title",
    "script",
    "kbd",
    "menu",
    "OTP",
    "tên",
    "o:p",
)


class Writer:
    """Writes one body."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0

    def word(self) -> str:
        self.count += 1
        return f"{self.chance.choice(('chữ', 'từ', 'tên', 'số', 'ĐẶC', 'abc'))}{self.count:03}q"

    def words(self, most: int = 6) -> str:
        return " ".join(self.piece() for _ in range(self.chance.randint(1, most)))

    def piece(self) -> str:
        pick, word = self.chance.random(), self.word
        if pick < 0.6:
            return word()
        tag = self.chance.choice(TAGS)
        return self.chance.choice((
            lambda: f"**{word()}**", lambda: f"*{word()} {word()}*", lambda: f"**{word()} **{word()}", lambda: f"__{word()}__",
            lambda: f"~~{word()}~~", lambda: f"`{word()}`", lambda: f"``{word()}", lambda: f"“{word()}”", lambda: f'"{word()} {word()}"',
            lambda: f"<{word()} {word()}>", lambda: f"<{word()}>", lambda: f"<{tag}>{word()}</{tag}>", lambda: f"<{tag}>{word()}",
            lambda: f"</{tag}>", lambda: f"<{tag} class='x'>{word()}</{tag}>", lambda: f"<{tag} {word()}>", lambda: f"{word()}<br>{word()}",
            lambda: f"<https://{word()}.vn/>", lambda: f"https://{word()}.vn/{word()}_({word()})", lambda: f"www.{word()}.vn", lambda: f"{word()}@{word()}.vn",
            lambda: f"[{word()}](https://a.vn/{word()})", lambda: f"[{word()}](/{word()} {word()}.md)", lambda: f"[{word()}](</{word()} {word()}>)",
            lambda: f"[{word()}] ({word()})", lambda: f'[{word()}](/a "{word()}")', lambda: f"![{word()}](/media/{word()}.jpg)", lambda: f"![{word()}](/media/{word()}.jpg '{word()}')", lambda: f"![{word()}]({word()}",
            lambda: f"[{word()}][r]", lambda: f"[{word()}][{word()}]", lambda: f"{word()}[^1]", lambda: f"{word()}[^hai ba]", lambda: f"[^{word()}]",
            lambda: f"{word()} < {word()}", lambda: f"{word()} & {word()}", lambda: f"&lt;{word()}&gt;", lambda: f"&{word()};", lambda: f"#{word()}",
            lambda: f"{word()}\\", lambda: f"\\*{word()}\\*", lambda: f"{word()}|{word()}", lambda: f"{word()}\t{word()}", lambda: f"$${word()}$$", lambda: f"{{{word()}}}",
            lambda: f"*{word()}_{word()}*", lambda: f"***{word()}** {word()}*", lambda: f"==={word()}", lambda: f"({word()}", lambda: f"[{word()}",
        ))()  # fmt: skip

    def line(self) -> str:
        return self.chance.choice(INDENTS) + self.chance.choice(("", "", "", *MARKS)) + self.words()

    def block(self) -> str:
        pick, word, words = self.chance.randrange(22), self.word, self.words
        indent = self.chance.choice(INDENTS)
        match pick:
            case 0 | 1 | 2:
                return "\n".join(self.line() for _ in range(self.chance.randint(1, 6)))
            case 3 | 4:
                mark = self.chance.choice(MARKS)
                return "\n".join(f"{self.chance.choice(INDENTS)}{mark}{words()}" for _ in range(self.chance.randint(1, 5)))
            case 5:
                return f"{self.chance.choice(('#', '##', '###', '####### ', '# ', '## ', NBSP))}{words()}{self.chance.choice(('', ' ##', '#'))}"
            case 6:
                return f"{words()}\n{self.chance.choice(('---', '===', '***', '- - -', '-'))}"
            case 7 | 8:
                return self.table()
            case 9:
                fence = self.chance.choice(("```", "~~~", "````", "```text"))
                end = self.chance.choice((fence.rstrip("tex"), "", "```"))
                return f"{indent}{fence}\n" + "\n".join(f"{indent}{words()}" for _ in range(3)) + f"\n{indent}{end}"
            case 10:
                return f"{indent}> {words()}\n{indent}> {self.line()}\n{self.line()}"
            case 11:
                return f"[^{self.chance.choice(('1', '2', 'hai ba', '1'))}]: {words()}"
            case 12:
                targets = ("/a", f"/{word()} {word()}.pdf", word(), words(), f'https://{word()}.vn "{word()}"')
                return f"[{self.chance.choice(('r', word()))}]: {self.chance.choice(targets)}"
            case 13:
                return f"*[{word()}]: {words()}"
            case 14:
                tag = self.chance.choice(TAGS)
                gap = self.chance.choice(("", "\n", "\n\n"))
                return f"{indent}<{tag}>{gap}{self.block()}{gap}{self.chance.choice((f'</{tag}>', ''))}"
            case 15:
                return f"<details>\n<summary>{words()}</summary>\n{self.chance.choice(('', chr(10)))}{self.block()}\n</details>"
            case 16:
                return "\n".join("\t".join(word() for _ in range(3)) for _ in range(3))
            case 17:
                return f"{words()}\n: {words()}"
            case 18:
                return f"\t{words()}\n\t{words()}"
            case 19:
                return f"<table><tr><td>{words()}</td><td>{words()}</td></tr></table>"
            case 20:
                return f"{words()}\n{self.table()}\n{words()}"
            case _:
                return words(20)

    def table(self) -> str:
        wide = self.chance.randint(1, 3)
        rows = [[self.words(2) for _ in range(self.chance.choice((wide, wide, wide + 1, max(1, wide - 1))))] for _ in range(3)]
        edge = self.chance.choice(("| ", ""))
        lines = [edge + " | ".join(row) + (" |" if edge else "") for row in rows]
        lines.insert(1, edge + " | ".join(["---"] * self.chance.choice((wide, wide, wide + 1))) + (" |" if edge else ""))
        return "\n".join(lines)

    def body(self) -> str:
        blocks = [self.block() for _ in range(self.chance.randint(1, 8))]
        return "".join(block + self.chance.choice(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n")) for block in blocks)


WORD = re.compile(r"[^\W_]*\d{3}q")


def unseen_words(body: str, converted: Converted) -> set[str]:
    """Return the words of a body that its page has nowhere: not as text, not as an address, description or caption."""
    shown = [html.unescape(TAG.sub(" ", part)) for part in converted.parts if isinstance(part, str)]
    for part in converted.parts:
        if isinstance(part, str):
            shown += [html.unescape(title) for title in re.findall(r' title="([^"]*)"', part)]
        elif isinstance(part, Link):
            shown.append(part.href)
        elif isinstance(part, PictureLink):
            shown += [part.src, part.alt, part.caption if part.block else ""]
        elif isinstance(part, FrameLink):
            shown += [part.src, part.title]
        else:
            shown.append(part.number)
    there = normalize("NFC", " ".join(shown)).casefold()
    return {word for word in WORD.findall(body) if word.casefold() not in there}


class Lists:
    """Writes a body of lists within lists, with quotations, fences and paragraphs in and around them, as CommonMark has them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0
        self.lines: list[str] = []

    def words(self) -> str:
        self.count += 1
        return f"từ{self.count:03}q"

    def body(self) -> str:
        for _ in range(self.chance.randint(1, 4)):
            match self.chance.randrange(10):
                case 0 | 1 | 2:
                    self.lines.append(self.words())
                case 3:
                    self.lines += [f"## {self.words()}", ""]
                case 4:
                    self.lines += [f"> {self.words()}", f"> - {self.words()}", f"> - {self.words()}", ">", f"> {self.words()}", ""]
                case _:
                    self.items(0, 0)
                    self.lines += [""] * (self.chance.random() < 0.7)
            self.lines += [""] * (self.chance.random() < 0.5)
        return "\n".join(self.lines)

    def items(self, indent: int, depth: int) -> None:
        numbered, sign, loose = self.chance.random() < 0.4, self.chance.choice("-*+"), self.chance.random() < 0.2
        for number in range(1, self.chance.randint(2, 4)):
            mark = f"{number}. " if numbered else f"{sign} "
            within = " " * (indent + len(mark))
            self.lines.append(" " * indent + mark + self.words())
            pick = self.chance.random
            self.lines += [within + self.words()] * (pick() < 0.2)
            self.lines += ["", within + self.words()] if pick() < 0.15 else []
            self.lines += ["", f"{within}```", within + self.words(), f"{within}```"] if pick() < 0.1 else []
            if depth < 3 and pick() < 0.4:
                self.lines += [""] * (pick() < 0.2)
                self.items(len(within), depth + 1)
            self.lines += [""] * loose
