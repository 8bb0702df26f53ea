"""Convert pandoc's tables to tables without spans, with one line a cell."""

from typing import Any

from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.inlines import InlineConverter
from chuyendoiso.authoring.word.nodes import (
    BR,
    SPACE,
    caption_of,
    child_blocks,
    image,
    inlines_of,
    join,
    line_text,
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
    """Return a table below its caption.

    A single column becomes paragraphs, a table of photographs pictures.
    """
    captions = (strip(inlines.convert(content)) for content in inlines_of(caption_of(block)))
    result = [para(caption) for caption in captions if caption]
    grid, spanned = _make_grid(rows_of(block), inlines)
    rows = [row for row in grid if any(_images(cell) or line_text(cell) for cell in row)]
    if not rows:
        return result
    if pictures := _photographs(rows):
        return [*result, *pictures]
    if max(map(len, rows)) == 1:
        return [*result, *(para(cell) for row in rows for cell in row)]
    if spanned:
        words = shorten(line_text(join(rows[0], SPACE)), 60)
        text = f'bảng bắt đầu bằng "{words}" có ô gộp, mà bảng trên trang không gộp ô: ô gộp dọc lặp lại chữ, ô gộp ngang để trống phần sau.'
        inlines.notes.append(ImportNote(NoteKind.UNSURE, text))
    rows[0] = [without(cell, "Strong") for cell in rows[0]]
    return [*result, table(rows)]


def _photographs(rows: list[list[Nodes]]) -> Nodes:
    """Return the pictures of a layout table of photographs; [] for other tables.

    The caption is in the cell of the picture or in the cell below.
    """
    above: list[Nodes] = []
    result: Nodes = []
    for row in rows:
        has_pictures = any(map(_images, row))
        captions = [cell for cell in row if line_text(cell) and not _images(cell)]
        is_misplaced = bool(captions) if has_pictures else not above
        if is_misplaced or not all(map(_is_caption, row)):
            return []
        if has_pictures:
            result += [picture for cell in row for picture in _with_captions(cell)]
            above = row
            continue
        if len(captions) == 1 and sum(map(bool, map(_images, above))) > 1:  # shared by all pictures
            result.append(para(captions[0]))
        elif any(line_text(cell) and (not _images(over) or line_text(over)) for cell, over in zip(row, above, strict=True)):
            return []
        else:
            captioned = [picture for cell, over in zip(row, above, strict=True) for picture in _with_captions([*over, *cell])]
            result[len(result) - len(captioned) :] = captioned
        above = []
    return result


def _images(cell: Nodes) -> Nodes:
    return [node for node in cell if node["t"] == "Image"]


def _is_caption(cell: Nodes) -> bool:
    """Return whether the text of a cell can be a caption: plain and short."""
    return len(text_of(cell)) <= _CAPTION and not any(node["t"] in {"Note", "Link", "Code"} for node in cell)


def _with_captions(cell: Nodes) -> Nodes:
    """Return a paragraph for each picture; the cell's text captions the last."""
    pictures = [node["c"] for node in _images(cell)]
    captions = ["" for _ in pictures[1:]] + [line_text(cell)]
    return [para([image(alt, path, caption)]) for (_, alt, (path, _)), caption in zip(pictures, captions, strict=False)]


def _make_grid(rows: list[list[Any]], inlines: InlineConverter) -> tuple[list[list[Nodes]], bool]:
    """Return the cells of each row without spans, and whether there were spans."""
    reaching: dict[int, tuple[int, Nodes]] = {}  # column → rows to repeat, content
    grid: list[list[Nodes]] = []
    for row in rows:
        line: list[Nodes] = []
        for _, _, height, width, blocks in row:
            _repeat(reaching, line)
            cell = _cell(blocks, inlines)
            if height > 1:
                text = [node for node in cell if node["t"] not in {"Note", "Image"}]  # these must not be repeated
                reaching |= {len(line) + column: (height - 1, [] if column else text) for column in range(width)}
            line += [cell, *([] for _ in range(width - 1))]
        _repeat(reaching, line)
        grid.append(line)
    spanned = any(height > 1 or width > 1 for row in rows for _, _, height, width, _ in row)
    columns = max(map(len, grid), default=0)
    return [[*line, *([] for _ in range(columns - len(line)))] for line in grid], spanned


def _repeat(reaching: dict[int, tuple[int, Nodes]], line: list[Nodes]) -> None:
    """Repeat the cells that reach down into a row at its next columns."""
    while len(line) in reaching:
        remaining, content = reaching.pop(len(line))
        if remaining > 1:
            reaching[len(line)] = (remaining - 1, content)
        line.append(content)


def _cell(blocks: Nodes, inlines: InlineConverter) -> Nodes:
    """Return the blocks of a cell on one line, with `<br>` between their lines."""
    lines: list[Nodes] = []
    for block in blocks:
        if block["t"] in {"BulletList", "OrderedList"}:
            start = block["c"][0][0] if block["t"] == "OrderedList" else None
            for index, item in enumerate(child_blocks(block)):
                mark = "–" if start is None else f"{start + index}."
                lines.append([string(mark), SPACE, *_cell(item, inlines)])
        else:
            lines += [line for content in inlines_of([block]) for line in split_at_breaks(inlines.convert(content))]
    return join(filter(None, map(strip, lines)), raw(BR))
