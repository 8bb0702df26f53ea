"""Split a document's blocks into letterhead, body and signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from chuyendoiso.authoring.word.letterhead import Letterhead, parse_letterhead
from chuyendoiso.authoring.word.nodes import TextLine, child_blocks, images_in, lines_of, para, rows_of, split_at_breaks
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.authoring.word.signature import Signature, is_name, is_position, is_recipients, is_signing, parse_signature

_HEAD_BLOCKS = 40
_END_BLOCKS = 30
_SIGNED_ROWS = 4
_RECIPIENTS = 15
_BodyAndEnd = tuple[Nodes, Signature | None, tuple[str, ...]]


class Unit(NamedTuple):
    """A block, or a line of a paragraph with line breaks."""

    block: Node
    lines: tuple[TextLine, ...]


class DocumentParts(NamedTuple):
    """The parts of a document."""

    head: Letterhead
    head_lines: tuple[str, ...]
    body: Nodes
    signature: Signature | None
    end_lines: tuple[str, ...]


def split_document(blocks: Nodes) -> DocumentParts:
    """Split a document; all blocks are the body if there is no official letterhead."""
    units = [(index, unit) for index, block in enumerate(blocks) for unit in _units(block)]
    lines = [line for _, unit in units[:_HEAD_BLOCKS] for line in unit.lines]
    head = parse_letterhead(lines)
    head_lines = tuple(line.text for line in lines[: head.line_count] if re.search(r"[^\W_]", line.text))
    body_and_end = _split_end(_after(units, blocks, head.line_count)) if head.official else (blocks, None, ())
    return DocumentParts(head, head_lines, *body_and_end)


def _units(block: Node) -> Iterator[Unit]:
    match block["t"]:
        case "Para" | "Plain":
            for line in map(para, split_at_breaks(block["c"])):
                yield Unit(line, tuple(lines_of([line])))
        case "Table":
            cells = enumerate(child_blocks(block), start=1)
            yield Unit(block, tuple(replace(line, cell=number) for number, cell in cells for line in lines_of(cell)))
        case "Div":
            yield from _inner_units(block)
        case _:
            yield Unit(block, tuple(lines_of([block])))


def _inner_units(block: Node) -> Iterator[Unit]:
    return (unit for blocks in child_blocks(block) for child in blocks for unit in _units(child))


def _after(units: Sequence[tuple[int, Unit]], blocks: Nodes, skip: int) -> Nodes:
    """Return the blocks after a number of lines, and the pictures before.

    The rest of a block that contains the last line is split into lines.
    """
    body: Nodes = []
    start = 0
    while start < len(units) and (skip > 0 or not units[start][1].lines):
        block, lines = units[start][1]
        body += [para([image]) for image in images_in(block)]
        if skip < len(lines):
            body += [unit.block for unit in _inner_units(block) if unit.lines][skip:]
        skip = max(0, skip - len(lines))
        start += 1
    if start == len(units):
        return body
    index = units[start][0]
    if start and units[start - 1][0] == index:
        body += [unit.block for other, unit in units[start:] if other == index]
        index += 1
    return [*body, *blocks[index:]]


def _split_end(blocks: Nodes) -> _BodyAndEnd:
    """Split off the table with the signature; an annex may follow it."""
    for index, block in reversed(list(enumerate(blocks))):
        if block["t"] == "Table" and (cells := _signing_cells(block)):
            signing = [line for cell in cells if not any(is_recipients(line.text) for line in cell) for line in cell]
            body = [*blocks[:index], *(para([image]) for image in images_in(block)), *blocks[index + 1 :]]
            return body, parse_signature(signing), tuple(line.text for cell in cells for line in cell)
    return _split_typed_end(blocks)


def _signing_cells(table: Node) -> list[list[TextLine]]:
    """Return the lines of each cell, if a table has a signature; else []."""
    rows = rows_of(table)
    cells = [list(lines_of(cell[4])) for row in rows for cell in row]
    signed = any(is_recipients(line.text) for cell in cells for line in cell) or any(map(_is_signed, cells))
    return cells if signed and len(rows) <= _SIGNED_ROWS else []


def _is_signed(cell: Sequence[TextLine]) -> bool:
    """Return whether a name is below a position."""
    position = next((index for index, line in enumerate(cell) if is_position(line.text)), len(cell))
    return any(is_name(line.text) for line in cell[position:])


def _split_typed_end(blocks: Nodes) -> _BodyAndEnd:
    """Split off an end without a table, from the last paragraph upwards."""
    lines_at = [list(lines_of([block])) for block in blocks]
    first = len(blocks)
    for index in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _END_BLOCKS), -1):
        if all(is_signing(line.text) for line in lines_at[index]):
            first = index
        elif not _are_recipients(blocks[index], lines_at, index):
            break
    end = [line for lines in lines_at[first:] for line in lines]
    signature = parse_signature([line for line in end if is_signing(line.text) and not is_recipients(line.text)])
    if not signature.name or not any(is_recipients(line.text) or is_position(line.text) for line in end):
        return blocks, None, ()
    body = [*blocks[:first], *(para([image]) for image in images_in(blocks[first:]))]
    return body, signature, tuple(line.text for line in end)


def _are_recipients(block: Node, lines_at: Sequence[Sequence[TextLine]], index: int) -> bool:
    """Return whether a block lists recipients, maybe beside the signatory."""
    opened = any(is_recipients(line.text) for lines in lines_at[max(0, index - _RECIPIENTS) : index + 1] for line in lines)
    marked = (is_signing(line.text) or line.text.startswith(("-", "–", "+", "Như", "Lưu")) for line in lines_at[index])
    return opened and (block["t"] in {"BulletList", "OrderedList"} or all(marked))
