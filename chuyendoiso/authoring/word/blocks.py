"""Convert pandoc's blocks to blocks of the site's Markdown."""

import re
from collections.abc import Iterator
from itertools import groupby

from chuyendoiso.authoring.word.inlines import InlineConverter
from chuyendoiso.authoring.word.nodes import (
    LINE_BREAK,
    SPACE,
    child_blocks,
    header,
    image,
    inlines_of,
    is_bold,
    is_ruling,
    join,
    line_text,
    para,
    raw,
    split_at_breaks,
    string,
    strip,
    text_of,
    without,
)
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.authoring.word.tables import make_table

_LONG_LINE = 80  # characters: line breaks between longer lines separate paragraphs
_BULLET = re.compile(r"([-–—•·▪+*])(?:\s+(?=\S)|(?=[^\W\d_]|$))")
_LONGEST_HEADING = 200
# Typed headings, from the highest level to the lowest
_TYPED = tuple(
    re.compile(kind)
    for kind in (
        r"(?:PHẦN|Phần)\s+(?:[IVX]+|\d+|THỨ\b|thứ\b)",
        r"(?:CHƯƠNG|Chương)\s+(?:[IVX]+|\d+)",
        r"[A-HK-U]\s*[.)–-]\s",
        r"(?:MỤC|Mục)\s+\d+",
        r"[IVX]+\s*[./)–-]?\s",
        r"Điều\s+\d+",
        r"\d+\s*[./)–-]?\s",
        r"\d+\.\d+\s*[.)–-]?\s",
        r"\d+\.\d+\.\d+\s*[.)–-]?\s",
    )
)
_NO_RANK = len(_TYPED)
_CHAPTER = re.compile(r"(?:phần|chương|mục)\s+(?:thứ\s+)?\w+", re.IGNORECASE)
_CAPTION = re.compile(r"(?:ảnh|hình|hình ảnh|nguồn ảnh)\s*(?:\d+\s*)?[.:]", re.IGNORECASE)


def make_blocks(blocks: Nodes, inlines: InlineConverter) -> Nodes:
    """Return the blocks of a body."""
    plain = list(_unwrap(blocks))
    if not any(block["t"] == "Header" for block in plain):
        plain = _make_typed_headings(plain)
    converted = [result for block in _shift_levels(plain) for result in _convert(block, inlines)]
    return _move_captions(_merge_lists(_make_typed_lists(converted)))


def _unwrap(blocks: Nodes) -> Iterator[Node]:
    """Yield blocks without containers, paragraphs split at meaningful breaks."""
    for block in blocks:
        match block["t"]:
            case "Div" | "Figure" | "LineBlock":
                for children in child_blocks(block):
                    yield from _unwrap(children)
            case "Para" | "Plain":
                yield from map(para, _paragraphs(block["c"]))
            case "RawBlock" | "Null" | "HorizontalRule":
                pass
            case _:
                yield block


def _paragraphs(inlines: Nodes) -> list[Nodes]:
    """Split a paragraph at empty lines, and at each line break if a line is long."""
    lines = [strip(line) for line in split_at_breaks(inlines)]
    if any(len(text_of(line)) > _LONG_LINE for line in lines):
        return [line for line in lines if line]
    return [join(group, LINE_BREAK) for is_text, group in groupby(lines, key=bool) if is_text]


def _make_typed_headings(blocks: Nodes) -> Nodes:
    """Make headings of bold paragraphs with a number: `I. MỤC TIÊU`.

    The level follows from the kinds of numbers in the text.
    """
    blocks = _join_chapter_names(blocks)
    ranks = [_rank(block) for block in blocks]
    levels = {rank: level for level, rank in enumerate(sorted(set(ranks) - {_NO_RANK}), start=1)}
    return [header(levels[rank], block["c"]) if rank in levels else block for block, rank in zip(blocks, ranks, strict=True)]


def _join_chapter_names(blocks: Nodes) -> Nodes:
    """Join `Chương I` with its name in bold capitals below."""
    result: Nodes = []
    for block in map(_join_chapter_lines, blocks):
        text = line_text(block["c"]) if block["t"] == "Para" else ""
        is_name = text and text == text.upper() and is_bold(block["c"]) and _rank(block) == _NO_RANK
        if is_name and result and _rank(result[-1]) != _NO_RANK and _CHAPTER.fullmatch(text_of(result[-1]["c"]).strip()):
            result[-1] = para([*result[-1]["c"], SPACE, *block["c"]])
        else:
            result.append(block)
    return result


def _join_chapter_lines(block: Node) -> Node:
    """Join `Chương I` with its name after a line break."""
    if block["t"] != "Para" or not is_bold(block["c"]):
        return block
    first, *rest = lines = split_at_breaks(block["c"])
    name = " ".join(map(text_of, rest))
    is_chapter = name == name.upper() and _CHAPTER.fullmatch(text_of(first).strip())
    return para(join(lines, SPACE)) if is_chapter else block


def _rank(block: Node) -> int:
    """Return the index of a typed heading's pattern; `_NO_RANK` for others."""
    text = text_of(block["c"]).strip() if block["t"] == "Para" and is_bold(block["c"]) else ""
    if len(text) > _LONGEST_HEADING or "\n" in text:
        return _NO_RANK
    return next((rank for rank, pattern in enumerate(_TYPED) if pattern.match(f"{text} ")), _NO_RANK)


def _shift_levels(blocks: Nodes) -> Nodes:
    """Shift the levels of headings so that the highest is the second."""
    highest = min((block["c"][0] for block in blocks if block["t"] == "Header"), default=1)
    return [header(min(block["c"][0] - highest + 2, 6), block["c"][2]) if block["t"] == "Header" else block for block in blocks]


def _convert(block: Node, inlines: InlineConverter) -> Nodes:
    match block["t"]:
        case "Para" | "Plain":
            content = strip(inlines.convert(block["c"]))
            has_more = any(node["t"] in {"Image", "Note", "Code"} for node in content)
            return [para(_escape_starts(content))] if has_more or not is_ruling(text_of(content)) else []
        case "Header":
            level, _, title = block["c"]
            nodes = without(inlines.convert(title), "Strong")
            nodes = strip([SPACE if node["t"] == "LineBreak" else node for node in nodes])
            content = [node for node in nodes if node["t"] != "Image"]
            pictures = [para([node]) for node in nodes if node["t"] == "Image"]
            return [header(level, content), *pictures] if text_of(content).strip() else pictures
        case "BulletList":
            items = [item for blocks in block["c"] if (item := _item(blocks, inlines))]
            return [{"t": "BulletList", "c": items}] if items else []
        case "OrderedList":
            items = [_item(blocks, inlines) for blocks in block["c"][1]]
            start = [block["c"][0][0], {"t": "Decimal"}, {"t": "Period"}]
            return [{"t": "OrderedList", "c": [start, items]}] if any(items) else []
        case "BlockQuote":
            quoted = [result for child in _unwrap(block["c"]) for result in _convert(child, inlines)]
            return [{"t": "BlockQuote", "c": quoted}] if quoted else []
        case "Table":
            return make_table(block, inlines)
        case "CodeBlock":
            return [block]
        case _:
            return [para(inlines.convert(content)) for content in inlines_of([block])]


_STARTS = re.compile(r"(:|~(?=~~))|(\d+)([.)])$")


def _escape_starts(inlines: Nodes) -> Nodes:
    """Escape what starts a definition, a list or code in Python-Markdown alone.

    It is a colon or three tildes at the beginning of a line, and a number beside a line break.
    """
    escaped: Nodes = []
    for before, node, after in zip([None, *inlines], inlines, [*inlines[1:], None], strict=False):
        is_broken = before is not None and before["t"] == "LineBreak"
        start = _STARTS.match(node["c"]) if node["t"] == "Str" and (is_broken or before is None) else None
        if start and start[1]:
            escaped += [raw(f"&#{ord(start[1])};"), string(node["c"][1:])]
        elif start and (is_broken or (after is not None and after["t"] == "LineBreak")):
            escaped += [string(start[2]), raw(f"\\{start[3]}")]
        else:
            escaped.append(node)
    return escaped


def _item(blocks: Nodes, inlines: InlineConverter) -> Nodes:
    """Return a list item; an item with a single paragraph is tight."""
    item: Nodes = []
    for block in _unwrap(blocks):
        item += [para(inlines.convert(block["c"][2]))] if block["t"] == "Header" else _convert(block, inlines)
    if [block["t"] for block in item].count("Para") == 1 and item[0]["t"] == "Para":
        item[0] = {"t": "Plain", "c": item[0]["c"]}
    return item


def _make_typed_lists(blocks: Nodes) -> Nodes:
    """Make lists of paragraphs that begin with a mark.

    An item with a plus is nested in the item above; items below it with a new mark are nested in it: `-`, `+`, `•`.
    """
    result: Nodes = []
    levels: list[set[str]] = []  # the marks of each level of the open list
    for block in blocks:
        mark = _mark(block)
        if not mark:
            levels = [set("-–—•·▪*")] if block["t"] == "BulletList" else []
            result.append(block)
            continue
        level = _level(mark, levels)
        siblings = _deepest(result[-1], level)["c"][-1] if level else result
        siblings.append(_typed_list(block))
        levels = [*levels, set()][: level + 1]
        levels[level].add(mark)
    return result


def _level(mark: str, levels: list[set[str]]) -> int:
    """Return the nesting level of a mark.

    It is the same as before, or a level deeper: a plus, a mark below a plus, a dash below a star.
    """
    for level, marks in enumerate(levels):
        if mark in marks:
            return level
    deeper = levels and (mark == "+" or (len(levels) > 1 and "+" in levels[-1]) or (levels[-1] == {"*"} and mark in "-–—"))
    return len(levels) if deeper else max(0, len(levels) - 1)


def _deepest(list_: Node, levels: int) -> Node:
    """Return the nested list whose last item is the parent of a level."""
    for _ in range(levels - 1):
        nested = [block for block in list_["c"][-1] if block["t"] == "BulletList"]
        list_ = nested[-1] if nested else list_
    return list_


def _mark(block: Node) -> str:
    """Return the bullet that a paragraph begins with; "" if there is none."""
    if block["t"] != "Para" or not block["c"] or block["c"][0]["t"] != "Str":
        return ""
    text = text_of(block["c"])
    match = _BULLET.match(text)
    return match[1] if match and not (match[1] == "*" and text.count("*") > 1) else ""


def _typed_list(block: Node) -> Node:
    first, *rest = block["c"]
    item = strip([string(first["c"][1:].lstrip()), *rest] if len(first["c"]) > 1 else rest)
    return {"t": "BulletList", "c": [[{"t": "Plain", "c": item}]]}


def _merge_lists(blocks: Nodes) -> Nodes:
    """Merge adjacent bullet lists."""
    result: Nodes = []
    for block in blocks:
        if block["t"] != "BulletList":
            result.append(block)
            continue
        if not result or result[-1]["t"] != "BulletList":
            result.append({"t": "BulletList", "c": []})
        result[-1]["c"] += map(_merge_lists, block["c"])
    return result


def _move_captions(blocks: Nodes) -> Nodes:
    """Move a caption (`Ảnh: …`) into the picture above, if that is alone."""
    result: Nodes = []
    for block in blocks:
        above = result[-1]["c"] if result and result[-1]["t"] == "Para" else []
        is_picture = len(above) == 1 and above[0]["t"] == "Image" and not above[0]["c"][2][1]
        text = text_of(block["c"]) if is_picture and block["t"] == "Para" else ""
        if len(text) <= _LONGEST_HEADING and _CAPTION.match(text):
            _, alt, (path, _) = above[0]["c"]
            result[-1] = para([image(alt, path, " ".join(text.split()))])
        else:
            result.append(block)
    return result
