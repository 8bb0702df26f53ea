"""Tables of pandoc's tree → tables of one line a cell, as Markdown has them: without spans, blocks in cells become lines."""

from typing import Any

from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.inlines import InlineConverter
from chuyendoiso.authoring.word.nodes import (
    BR,
    SPACE,
    caption_of,
    child_blocks,
    inlines_of,
    para,
    raw,
    rows_of,
    split_at_breaks,
    string,
    strip,
    table,
    text_of,
    without,
)
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.model.vietnamese import shorten

_CAPTION = 200  # characters


def make_table(block: Node, inlines: InlineConverter) -> Nodes:
    """Return a table, its caption above it; one of a single column as its paragraphs, and nothing of one without words."""
    caption = [para(made) for one in inlines_of(caption_of(block)) if (made := strip(inlines.convert(one)))]
    rows, spanned = _grid(rows_of(block), inlines)
    rows = [row for row in rows if any(map(_has_content, row))]
    if not rows:
        return caption
    if pictures := _photographs(rows):
        return [*caption, *pictures]
    if max(map(len, rows)) == 1:
        return [*caption, *(para(cell) for row in rows for cell in row)]
    if spanned:
        words = shorten(" ".join(text_of([node for cell in rows[0] for node in (*cell, SPACE)]).split()), 60)
        text = f'bảng bắt đầu bằng "{words}" có ô gộp, mà bảng trên trang không gộp ô: ô gộp dọc lặp lại chữ, ô gộp ngang để trống phần sau.'
        inlines.notes.append(ImportNote(NoteKind.UNSURE, text))
    rows[0] = [without(cell, "Strong") for cell in rows[0]]
    return [*caption, table(rows)]


def _photographs(rows: list[list[Nodes]]) -> Nodes:
    """Return the pictures of a table that only sets out photographs, each with the words in its cell or in the one below; none of another table."""
    above: list[Nodes] = []
    out: Nodes = []
    for row in rows:
        words = [cell for cell in row if text_of(cell).strip() and not _images(cell)]
        if any(map(_images, row)):
            if words or not all(map(_is_caption, row)):
                return []
            out += [one for cell in row for one in _captioned(cell)]
            above = row
        elif not above or not all(map(_is_caption, row)):
            return []
        elif len(words) == 1 and sum(map(bool, map(_images, above))) > 1:  # one caption for all of them
            out.append(para(words[0]))
            above = []
        else:
            if any(
                text_of(cell).strip() and not (_images(over) and not text_of(over).strip())
                for cell, over in zip(row, above, strict=True)
            ):
                return []
            of_row = [one for cell, over in zip(row, above, strict=True) for one in _captioned([*over, *cell])]
            out[len(out) - len(of_row) :] = of_row
            above = []
    return out


def _images(cell: Nodes) -> Nodes:
    return [node for node in cell if node["t"] == "Image"]


def _is_caption(cell: Nodes) -> bool:
    """Tell whether a cell's words can be a caption, which is plain and short."""
    return len(text_of(cell)) <= _CAPTION and not any(node["t"] in {"Note", "Link", "Code"} for node in cell)


def _captioned(cell: Nodes) -> Nodes:
    """Return a paragraph for each picture of a cell; the last one has the cell's words as its caption."""
    pictures = _images(cell)
    words = " ".join(text_of(cell).split())
    captions = ["" for _ in pictures[1:]] + [words]
    return [para([_with_caption(one, caption)]) for one, caption in zip(pictures, captions, strict=False)]


def _with_caption(picture: Node, caption: str) -> Node:
    attributes, alt, (path, _) = picture["c"]
    return {"t": "Image", "c": [attributes, alt, [path, caption]]}


def _has_content(cell: Nodes) -> bool:
    return any(node["t"] == "Image" for node in cell) or bool(text_of(cell).strip())


def _grid(rows: list[list[Any]], inlines: InlineConverter) -> tuple[list[list[Nodes]], bool]:
    """Return the cells of each row without spans, and whether there were any."""
    above: dict[int, tuple[int, Nodes]] = {}  # column → how many more rows repeat it, and what
    grid: list[list[Nodes]] = []
    spanned = False
    for row in rows:
        line: list[Nodes] = []
        for _, _, high, wide, blocks in row:
            _repeat(above, line)
            cell = _cell(blocks, inlines)
            spanned = spanned or high > 1 or wide > 1
            for column, content in enumerate([cell, *([] for _ in range(wide - 1))]):
                if high > 1:
                    above[len(line)] = (high - 1, _words_alone(content) if column == 0 else [])
                line.append(content)
        _repeat(above, line)
        grid.append(line)
    width = max(map(len, grid), default=0)
    return [[*line, *([] for _ in range(width - len(line)))] for line in grid], spanned


def _repeat(above: dict[int, tuple[int, Nodes]], line: list[Nodes]) -> None:
    """Repeat the cells that reach down into a row at its next columns."""
    while len(line) in above:
        left, content = above.pop(len(line))
        if left > 1:
            above[len(line)] = (left - 1, content)
        line.append(content)


def _words_alone(cell: Nodes) -> Nodes:
    """Return a cell as it can be repeated: its notes and pictures stand once."""
    return [node for node in cell if node["t"] not in {"Note", "Image"}]


def _cell(blocks: Nodes, inlines: InlineConverter) -> Nodes:
    """Return a cell's blocks as one line, with breaks between."""
    lines: list[Nodes] = []
    for block in blocks:
        if block["t"] in {"BulletList", "OrderedList"}:
            lines += _items(block, inlines)
        else:
            lines += [part for one in inlines_of([block]) for part in split_at_breaks(inlines.convert(one))]
    cell: Nodes = []
    for line in filter(None, map(strip, lines)):
        cell += [raw(BR), *line] if cell else line
    return cell


def _items(block: Node, inlines: InlineConverter) -> list[Nodes]:
    start = block["c"][0][0] if block["t"] == "OrderedList" else 0
    lines = []
    for number, item in enumerate(child_blocks(block), start=start):
        mark = f"{number}." if block["t"] == "OrderedList" else "–"
        lines.append([string(mark), SPACE, *_cell(item, inlines)])
    return lines
