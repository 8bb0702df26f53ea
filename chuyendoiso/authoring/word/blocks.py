"""Blocks of pandoc's tree → blocks as the site's Markdown can have them. The title and a document's letterhead are taken out before."""

import re
from collections.abc import Iterator
from itertools import groupby

from chuyendoiso.authoring.word.inlines import InlineConverter
from chuyendoiso.authoring.word.nodes import (
    SPACE,
    child_blocks,
    inlines_of,
    is_bold,
    is_ruling,
    para,
    split_at_breaks,
    string,
    stripped,
    text_of,
    without,
)
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.authoring.word.tables import make_table

_LONG_LINE = 80  # characters: a paragraph with breaks between longer lines was meant as several
_BULLET = re.compile(r"([-–—•·▪+*])(?:\s+(?=\S)|(?=[^\W\d_]|$))")
_LONGEST_HEADING = 200
# Headings that were typed, from the greatest to the least
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
_CHAPTER = re.compile(r"(?:phần|chương|mục)\s+(?:thứ\s+)?\w+", re.IGNORECASE)
_CAPTION = re.compile(r"(?:ảnh|hình|hình ảnh|nguồn ảnh)\s*(?:\d+\s*)?[.:]", re.IGNORECASE)


def make_blocks(blocks: Nodes, inlines: InlineConverter) -> Nodes:
    """Return a body's blocks."""
    plain = list(_opened(blocks))
    if not any(block["t"] == "Header" for block in plain):
        plain = _with_typed_headings(plain)
    made = [out for block in _levelled(plain) for out in _block(block, inlines)]
    return _captioned(_merged(_with_typed_bullets(made)))


def _opened(blocks: Nodes) -> Iterator[Node]:
    """Yield blocks out of those that only hold others; a paragraph of several lines becomes several where it was meant so."""
    for block in blocks:
        match block["t"]:
            case "Div" | "Figure" | "LineBlock":
                for part in child_blocks(block):
                    yield from _opened(part)
            case "Para" | "Plain":
                yield from map(para, _paragraphs(block["c"]))
            case "RawBlock" | "Null" | "HorizontalRule":
                pass
            case _:
                yield block


def _paragraphs(inlines: Nodes) -> list[Nodes]:
    """Return the paragraphs of one: apart at two breaks, and at each where a line is long."""
    lines = [stripped(line) for line in split_at_breaks(inlines)]
    if len(lines) == 1 or any(len(text_of(line)) > _LONG_LINE for line in lines):
        return [line for line in lines if line]
    paragraphs = []
    for empty, group in groupby(lines, key=lambda line: not line):
        if not empty:
            first, *rest = group
            paragraphs.append([*first, *(node for line in rest for node in ({"t": "LineBreak"}, *line))])
    return paragraphs


def _with_typed_headings(blocks: Nodes) -> Nodes:
    """Make headings of bold paragraphs with a number, as `I. MỤC TIÊU`; the level goes by the kinds of numbers that there are."""
    blocks = _with_named_chapters(blocks)
    ranks = [_rank(block) for block in blocks]
    present = sorted({rank for rank in ranks if rank is not None})
    return [
        block if rank is None else {"t": "Header", "c": [present.index(rank) + 1, ["", [], []], block["c"]]}
        for block, rank in zip(blocks, ranks, strict=True)
    ]


def _with_named_chapters(blocks: Nodes) -> Nodes:
    """Join `Chương I` with its name, which stands in bold capitals on the next line."""
    out: Nodes = []
    for block in map(_on_one_line, blocks):
        text = text_of(block["c"]).strip() if block["t"] == "Para" else ""
        named = text and text == text.upper() and is_bold(block["c"]) and _rank(block) is None
        if named and out and _rank(out[-1]) is not None and _CHAPTER.fullmatch(text_of(out[-1]["c"]).strip()):
            out[-1] = para([*out[-1]["c"], SPACE, *block["c"]])
        else:
            out.append(block)
    return out


def _on_one_line(block: Node) -> Node:
    """Return `Chương I` and its name below, where a break holds them apart, on one line."""
    if block["t"] != "Para" or not is_bold(block["c"]):
        return block
    first, *rest = split_at_breaks(block["c"])
    name = " ".join(map(text_of, rest))
    if not rest or name != name.upper() or not _CHAPTER.fullmatch(text_of(first).strip()):
        return block
    return para([*first, *(node for line in rest for node in (SPACE, *line))])


def _rank(block: Node) -> int | None:
    if block["t"] != "Para" or not is_bold(block["c"]):
        return None
    text = text_of(block["c"]).strip()
    if len(text) > _LONGEST_HEADING or "\n" in text:
        return None
    return next((rank for rank, kind in enumerate(_TYPED) if kind.match(f"{text} ")), None)


def _levelled(blocks: Nodes) -> Nodes:
    """Return blocks with headings that begin at the second level."""
    least = min((block["c"][0] for block in blocks if block["t"] == "Header"), default=1)
    return [
        {"t": "Header", "c": [min(block["c"][0] - least + 2, 6), *block["c"][1:]]} if block["t"] == "Header" else block
        for block in blocks
    ]


def _block(block: Node, inlines: InlineConverter) -> Nodes:
    """Return what becomes of one block."""
    match block["t"]:
        case "Para" | "Plain":
            made = stripped(inlines.all(block["c"]))
            return [] if is_ruling(text_of(made)) and not _has_more(made) else [para(_guarded(made))]
        case "Header":
            level, _, content = block["c"]
            made = stripped([{"t": "Space"} if one["t"] == "LineBreak" else one for one in without(inlines.all(content), "Strong")])
            pictures = [para([one]) for one in made if one["t"] == "Image"]
            made = [one for one in made if one["t"] != "Image"]
            return [*([{"t": "Header", "c": [level, ["", [], []], made]}] if text_of(made).strip() else []), *pictures]
        case "BulletList":
            return _list([_item(item, inlines) for item in block["c"]])
        case "OrderedList":
            items = [_item(item, inlines) for item in block["c"][1]]
            start = [block["c"][0][0], {"t": "Decimal"}, {"t": "Period"}]
            return [{"t": "OrderedList", "c": [start, items]}] if any(items) else []
        case "BlockQuote":
            made = [out for one in _opened(block["c"]) for out in _block(one, inlines)]
            return [{"t": "BlockQuote", "c": made}] if made else []
        case "Table":
            return make_table(block, inlines)
        case "CodeBlock":
            return [block]
        case _:
            return [para(inlines.all(one)) for one in inlines_of([block])]


def _has_more(inlines: Nodes) -> bool:
    return any(node["t"] in {"Image", "Note", "Code"} for node in inlines)


def _guarded(inlines: Nodes) -> Nodes:
    """Return a paragraph that Python-Markdown takes for nothing else: a colon at its beginning would explain the line above."""
    if inlines and inlines[0]["t"] == "Str" and inlines[0]["c"].startswith(":"):
        return [{"t": "RawInline", "c": ["html", "&#58;"]}, string(inlines[0]["c"][1:]), *inlines[1:]]
    return inlines


def _list(items: list[Nodes]) -> Nodes:
    items = [item for item in items if item]
    return [{"t": "BulletList", "c": items}] if items else []


def _item(blocks: Nodes, inlines: InlineConverter) -> Nodes:
    """Return an item of a list; one of a single paragraph is tight."""
    made: Nodes = []
    for block in _opened(blocks):
        if block["t"] == "Header":
            made += [para(inlines.all(block["c"][2]))]
        else:
            made += _block(block, inlines)
    paragraphs = [one for one in made if one["t"] == "Para"]
    if len(paragraphs) == 1 and made[0] is paragraphs[0]:
        made[0] = {"t": "Plain", "c": made[0]["c"]}
    return made


def _with_typed_bullets(blocks: Nodes) -> Nodes:
    """Make lists of paragraphs that begin with a mark.

    Those that begin with a plus lie within the item above, and what follows them with a mark of its own within them: `-`, `+`, `•`.
    """
    out: Nodes = []
    levels: list[set[str]] = []  # the marks of each level of the list that is open
    for block in blocks:
        mark = _mark(block)
        if mark is None:
            levels = [set("-–—•·▪*")] if block["t"] == "BulletList" else []
            out.append(block)
            continue
        level = _level(mark, levels)
        if level == 0:
            out.append(_typed_list(block))
        else:
            _deepest(out[-1], level)["c"][-1].append(_typed_list(block))
        levels = [*levels[: level + 1], set()][: level + 1]
        levels[level].add(mark)
    return out


def _level(mark: str, levels: list[set[str]]) -> int:
    """Return how deep a mark lies: where it was before, else below a plus, or a plus below what is above it."""
    known = next((level for level, marks in enumerate(levels) if mark in marks), None)
    if known is not None:
        return known
    below = levels and (mark == "+" or (len(levels) > 1 and "+" in levels[-1]) or (levels[-1] == {"*"} and mark in "-–—"))
    return len(levels) if below else max(0, len(levels) - 1)


def _deepest(list_: Node, levels: int) -> Node:
    """Return the list whose last item holds the lists of a level."""
    for _ in range(levels - 1):
        below = [block for block in list_["c"][-1] if block["t"] == "BulletList"]
        if not below:
            break
        list_ = below[-1]
    return list_


def _mark(block: Node) -> str | None:
    if block["t"] != "Para":
        return None
    first = block["c"][0] if block["c"] else None
    if not first or first["t"] != "Str":
        return None
    found = _BULLET.match(text_of(block["c"]))
    return found[1] if found and not (found[1] == "*" and text_of(block["c"]).count("*") > 1) else None


def _typed_list(block: Node) -> Node:
    first, *rest = block["c"]
    item = stripped([string(first["c"][1:].lstrip()), *rest] if len(first["c"]) > 1 else rest)
    return {"t": "BulletList", "c": [[{"t": "Plain", "c": item}]]}


def _merged(blocks: Nodes) -> Nodes:
    """Join lists of one kind that stand side by side."""
    out: Nodes = []
    for block in blocks:
        if block["t"] != "BulletList":
            out.append(block)
            continue
        items = [_merged(item) for item in block["c"]]
        if out and out[-1]["t"] == "BulletList":
            out[-1]["c"] += items
        else:
            out.append({"t": "BulletList", "c": items})
    return out


def _captioned(blocks: Nodes) -> Nodes:
    """Make a caption of the line under a picture that stands alone and that says so: `Ảnh: …`."""
    out: Nodes = []
    for block in blocks:
        before = out[-1]["c"] if out and out[-1]["t"] == "Para" else []
        alone = len(before) == 1 and before[0]["t"] == "Image" and not before[0]["c"][2][1]
        if alone and block["t"] == "Para" and _CAPTION.match(text := text_of(block["c"])) and len(text) <= _LONGEST_HEADING:
            attributes, alt, (path, _) = before[0]["c"]
            out[-1] = para([{"t": "Image", "c": [attributes, alt, [path, " ".join(text.split())]]}])
        else:
            out.append(block)
    return out
