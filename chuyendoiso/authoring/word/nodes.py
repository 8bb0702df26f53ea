"""pandoc's syntax tree read and made: the text of nodes, the lines of blocks, small nodes. Pure."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chuyendoiso.authoring.word.pandoc import Node, Nodes

SPACE: Node = {"t": "Space"}
BREAK = "<br>"  # within a cell
_EMPTY = ["", [], []]
_WITHIN = {"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"}


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a block as a reader sees it."""

    text: str
    bold: bool
    cell: int = 0  # the cell of a table that it stands in, counted from 1


def string(text: str) -> Node:
    """Return a node of words without spaces."""
    return {"t": "Str", "c": text}


def words(text: str) -> Nodes:
    """Return the nodes of some text."""
    nodes: Nodes = []
    for word in text.split():
        nodes += [SPACE, string(word)] if nodes else [string(word)]
    return nodes


def raw(markup: str) -> Node:
    """Return HTML that the site lets through."""
    return {"t": "RawInline", "c": ["html", markup]}


def para(inlines: Nodes) -> Node:
    """Return a paragraph."""
    return {"t": "Para", "c": inlines}


def child_inlines(node: Node) -> Nodes:
    """Return the inlines within an inline."""
    match node["t"]:
        case name if name in _WITHIN:
            return list(node["c"])
        case "Quoted" | "Span" | "Link" | "Cite" | "Image":
            return list(node["c"][1])
        case _:
            return []


def text_of(inlines: Nodes) -> str:
    """Return the words of inlines; a break is a line's end; notes and pictures have none."""
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
            return "\n" if node["c"][1] == BREAK else "" if node["c"][1].startswith("<") else html.unescape(node["c"][1])
        case "Note" | "Image":
            return ""
        case _:
            return text_of(child_inlines(node))


def is_bold(inlines: Nodes) -> bool:
    """Tell whether all words are bold, and there are some."""
    plain = [node for node in inlines if node["t"] != "Strong"]
    return bool(text_of(inlines).strip()) and not text_of(plain).strip(" \n.:*_-")


def lines_of(blocks: Nodes) -> Iterator[TextLine]:
    """Yield the lines of blocks that have words, those within lists and cells too."""
    for inlines in inlines_of(blocks):
        for part in split_at_breaks(inlines):
            text = " ".join(text_of(part).split())
            if text:
                yield TextLine(text, is_bold(part))


def inlines_of(blocks: Nodes) -> Iterator[Nodes]:
    """Yield the inlines of each block, in the order of reading."""
    for block in blocks:
        match block["t"]:
            case "Para" | "Plain":
                yield block["c"]
            case "Header":
                yield [{"t": "Strong", "c": block["c"][2]}]
            case "CodeBlock":
                yield [{"t": "Code", "c": block["c"]}]
            case _:
                for blocks_within in child_blocks(block):
                    yield from inlines_of(blocks_within)


def child_blocks(block: Node) -> list[Nodes]:
    """Return the lists of blocks that a block holds: items, cells, the content of a quotation."""
    content = block.get("c")
    match block["t"]:
        case "BlockQuote":
            return [content or []]
        case "Div":
            return [content[1]] if content else []
        case "Figure":
            return [content[2], content[1][1]] if content else []
        case "BulletList":
            return list(content or [])
        case "OrderedList":
            return list(content[1]) if content else []
        case "Table":
            return [caption_of(block), *(cell[4] for row in rows_of(block) for cell in row)]
        case "LineBlock":
            return [[para(line)] for line in content or []]
        case _:
            return []


def caption_of(table: Node) -> Nodes:
    """Return the blocks of a table's caption: pandoc takes any paragraph in Word's style for captions that stands beside it."""
    return list(table["c"][1][1])


def rows_of(table: Node) -> list[list[Any]]:
    """Return the rows of a table, each a list of pandoc's cells, the head's first."""
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    return [row[1] for row in rows]


def split_at_breaks(inlines: Nodes) -> list[Nodes]:
    """Return the lines of inlines; one that begins or ends within bold or italics is so on both sides."""
    lines: list[Nodes] = [[]]
    for node in inlines:
        if node["t"] == "LineBreak":
            lines.append([])
        elif node["t"] in _WITHIN:
            first, *rest = split_at_breaks(node["c"])
            lines[-1].append({"t": node["t"], "c": first})
            lines += [[{"t": node["t"], "c": one}] for one in rest]
        else:
            lines[-1].append(node)
    return lines


def stripped(inlines: Nodes) -> Nodes:
    """Return inlines without white space round them."""
    kept = list(inlines)
    while kept and kept[0]["t"] in {"Space", "SoftBreak", "LineBreak"}:
        kept.pop(0)
    while kept and kept[-1]["t"] in {"Space", "SoftBreak", "LineBreak"}:
        kept.pop()
    return kept


def without(inlines: Nodes, *names: str) -> Nodes:
    """Return inlines without some kinds of marks; what they hold stays."""
    out: Nodes = []
    for node in inlines:
        if node["t"] in names:
            out += without(node["c"], *names)
        elif node["t"] in _WITHIN:
            out.append({"t": node["t"], "c": without(node["c"], *names)})
        else:
            out.append(node)
    return out


def table(rows: list[list[Nodes]]) -> Node:
    """Return a table of one line a cell; the first row is its head."""
    cells = [[_EMPTY, [[_EMPTY, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}]] for cell in row]] for row in rows]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in rows[0]]
    return {"t": "Table", "c": [_EMPTY, [None, []], columns, [_EMPTY, cells[:1]], [[_EMPTY, 0, [], cells[1:]]], [_EMPTY, []]]}


def images_in(node: Any) -> Iterator[Node]:
    """Yield the pictures in nodes, in their order."""
    if isinstance(node, list):
        for one in node:
            yield from images_in(one)
    elif isinstance(node, dict):
        if node.get("t") == "Image":
            yield node
        yield from images_in(node.get("c"))


def is_ruling(text: str) -> bool:
    """Tell whether a line only draws a line: `-----`, `*`, `____`, `---o0o---`."""
    return not re.search(r"[^\W_]", re.sub(r"(?<=[-–—=*_])\s*[o0]{3,}\s*(?=[-–—=*_])", "", text, flags=re.IGNORECASE))
