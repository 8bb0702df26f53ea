"""Read and make nodes of pandoc's syntax tree: text, lines, children."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from chuyendoiso.authoring.word.pandoc import Node, Nodes

SPACE: Node = {"t": "Space"}
LINE_BREAK: Node = {"t": "LineBreak"}
BR = "<br>"  # within a table cell
_NO_ATTRIBUTES = ["", [], []]
_FORMATS = {"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"}


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a block as a reader sees it."""

    text: str
    bold: bool
    cell: int = 0  # the table cell of the line, from 1; 0 outside tables


def string(text: str) -> Node:
    """Return a node of text without spaces."""
    return {"t": "Str", "c": text}


def words(text: str) -> Nodes:
    """Return the nodes of a text."""
    return join(([string(word)] for word in text.split()), SPACE)


def join(lines: Iterable[Nodes], separator: Node) -> Nodes:
    """Return the inlines of lines with a separator between them."""
    return [node for line in lines for node in (separator, *line)][1:]


def raw(markup: str) -> Node:
    """Return raw HTML that the site allows."""
    return {"t": "RawInline", "c": ["html", markup]}


def para(inlines: Nodes) -> Node:
    """Return a paragraph."""
    return {"t": "Para", "c": inlines}


def header(level: int, inlines: Nodes) -> Node:
    """Return a heading."""
    return {"t": "Header", "c": [level, _NO_ATTRIBUTES, inlines]}


def image(alt: Nodes, path: str, caption: str = "") -> Node:
    """Return a picture."""
    return {"t": "Image", "c": [_NO_ATTRIBUTES, alt, [path, caption]]}


def text_of(inlines: Nodes) -> str:
    """Return the text of inlines; notes and pictures have none."""
    return "".join(map(_text, inlines))


def _text(node: Node) -> str:
    match node["t"]:
        case "Str":
            return str(node["c"])
        case "Space" | "SoftBreak":
            return " "
        case "LineBreak":
            return "\n"
        case "Code" | "Math":
            return str(node["c"][1])
        case "RawInline":
            return "\n" if node["c"][1] == BR else "" if node["c"][1].startswith("<") else html.unescape(node["c"][1])
        case "Quoted" | "Span" | "Link" | "Cite":
            return text_of(node["c"][1])
        case name:
            return text_of(node["c"]) if name in _FORMATS else ""


def line_text(inlines: Nodes) -> str:
    """Return the text of inlines on one line, without repeated spaces."""
    return " ".join(text_of(inlines).split())


def is_bold(inlines: Nodes) -> bool:
    """Return whether there is text and all of it is bold."""
    plain = [node for node in inlines if node["t"] != "Strong"]
    return bool(text_of(inlines).strip()) and not text_of(plain).strip(" \n.:*_-")


def lines_of(blocks: Nodes) -> Iterator[TextLine]:
    """Yield the lines with text, also those in lists and cells."""
    for inlines in inlines_of(blocks):
        for line in split_at_breaks(inlines):
            if text := line_text(line):
                yield TextLine(text, is_bold(line))


def has_text(block: Node) -> bool:
    """Return whether a block has a line with text."""
    return any(lines_of([block]))


def inlines_of(blocks: Nodes) -> Iterator[Nodes]:
    """Yield the inlines of each block, in reading order."""
    for block in blocks:
        match block["t"]:
            case "Para" | "Plain":
                yield block["c"]
            case "Header":
                yield [{"t": "Strong", "c": block["c"][2]}]
            case "CodeBlock":
                yield [{"t": "Code", "c": block["c"]}]
            case _:
                for children in child_blocks(block):
                    yield from inlines_of(children)


def child_blocks(block: Node) -> list[Nodes]:
    """Return the lists of blocks in a block: items, cells, the content of a quotation."""
    match block["t"]:
        case "BlockQuote":
            return [block["c"]]
        case "Div":
            return [block["c"][1]]
        case "Figure":
            return [block["c"][2], block["c"][1][1]]
        case "BulletList":
            return list(block["c"])
        case "OrderedList":
            return list(block["c"][1])
        case "Table":
            return [caption_of(block), *(cell[4] for row in rows_of(block) for cell in row)]
        case "LineBlock":
            return [[para(line)] for line in block["c"]]
        case _:
            return []


def caption_of(table: Node) -> Nodes:
    """Return the blocks of a table's caption.

    For pandoc it is any paragraph beside the table in Word's caption style.
    """
    return list(table["c"][1][1])


def rows_of(table: Node) -> list[list[Any]]:
    """Return the rows of a table as lists of pandoc's cells, the head first."""
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    return [row[1] for row in rows]


def split_at_breaks(inlines: Nodes) -> list[Nodes]:
    """Split inlines into lines; formatting around a break is repeated on both sides."""
    lines: list[Nodes] = [[]]
    for node in inlines:
        if node["t"] == "LineBreak":
            lines.append([])
        elif node["t"] in _FORMATS:
            first, *rest = split_at_breaks(node["c"])
            lines[-1].append({"t": node["t"], "c": first})
            lines += [[{"t": node["t"], "c": line}] for line in rest]
        else:
            lines[-1].append(node)
    return lines


def strip(inlines: Nodes) -> Nodes:
    """Return inlines without leading and trailing white space."""
    visible = [index for index, node in enumerate(inlines) if node["t"] not in {"Space", "SoftBreak", "LineBreak"}]
    return inlines[visible[0] : visible[-1] + 1] if visible else []


def without(inlines: Nodes, *formats: str) -> Nodes:
    """Return inlines without some formats, with the content of these."""
    result: Nodes = []
    for node in inlines:
        if node["t"] in formats:
            result += without(node["c"], *formats)
        elif node["t"] in _FORMATS:
            result.append({"t": node["t"], "c": without(node["c"], *formats)})
        else:
            result.append(node)
    return result


def table(rows: list[list[Nodes]]) -> Node:
    """Return a table with one line a cell; the first row is its head."""
    empty, align = _NO_ATTRIBUTES, {"t": "AlignDefault"}
    cells = [[empty, [[empty, align, 1, 1, [{"t": "Plain", "c": cell}]] for cell in row]] for row in rows]
    columns = [[align, {"t": "ColWidthDefault"}] for _ in rows[0]]
    return {"t": "Table", "c": [empty, [None, []], columns, [empty, cells[:1]], [[empty, 0, [], cells[1:]]], [empty, []]]}


def images_in(node: Any) -> Iterator[Node]:
    """Yield the pictures in nodes, in order."""
    if isinstance(node, list):
        for child in node:
            yield from images_in(child)
    elif isinstance(node, dict):
        if node.get("t") == "Image":
            yield node
        yield from images_in(node.get("c"))


def is_ruling(text: str) -> bool:
    """Return whether a line only draws a line: `-----`, `*`, `____`, `---o0o---`."""
    return not re.search(r"[^\W_]", re.sub(r"(?<=[-–—=*_])\s*[o0]{3,}\s*(?=[-–—=*_])", "", text, flags=re.IGNORECASE))
