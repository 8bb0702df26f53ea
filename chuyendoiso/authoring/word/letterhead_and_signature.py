"""A document's blocks → its head, its body, its end. What the head and the end say is for `letterhead` and `signature`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chuyendoiso.authoring.word.letterhead import Letterhead, parse_letterhead
from chuyendoiso.authoring.word.nodes import TextLine, child_blocks, images_in, lines_of, para, rows_of, split_at_breaks
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.authoring.word.signature import Signature, is_name, is_position, is_recipients, is_signing, parse_signature

_HEAD_BLOCKS = 40
_END_BLOCKS = 30
_SIGNED_ROWS = 4
_RECIPIENTS = 15


@dataclass(frozen=True)
class Unit:
    """A block, or a line of a paragraph that has several; the lines that it has, and the number of its block."""

    block: Node
    lines: tuple[TextLine, ...]
    of: int = 0


@dataclass(frozen=True)
class DocumentParts:
    """A document taken apart."""

    head: Letterhead
    head_lines: tuple[str, ...]
    body: Nodes
    signature: Signature | None
    end_lines: tuple[str, ...]


def split_document(blocks: Nodes) -> DocumentParts:
    """Return the parts of a document; one without a head that is a document's has its blocks as its body."""
    units = [replace(unit, of=at) for at, block in enumerate(blocks) for unit in _units(block)]
    lines = [line for unit in units[:_HEAD_BLOCKS] for line in unit.lines]
    head = parse_letterhead(lines)
    body = _after(units, blocks, head.taken) if head.official else blocks
    signature, end_lines, body = _without_end(body) if head.official else (None, (), body)
    head_lines = tuple(line.text for line in lines[: head.taken] if re.search(r"[^\W_]", line.text))
    return DocumentParts(head, head_lines, body, signature, end_lines)


def _units(block: Node) -> Iterator[Unit]:
    match block["t"]:
        case "Para" | "Plain":
            for part in split_at_breaks(block["c"]):
                yield Unit(para(part), tuple(lines_of([para(part)])))
        case "Table":
            cells = child_blocks(block)
            yield Unit(block, tuple(replace(line, cell=at) for at, cell in enumerate(cells, start=1) for line in lines_of(cell)))
        case "Div":
            for part in child_blocks(block):
                for one in part:
                    yield from _units(one)
        case _:
            yield Unit(block, tuple(lines_of([block])))


def _after(units: Sequence[Unit], blocks: Nodes, taken: int) -> Nodes:
    """Return the blocks after so many lines; what is left of the block in which they end comes line by line, pictures among them stay."""
    kept: Nodes = []
    at = 0
    while at < len(units) and (taken > 0 or not units[at].lines):
        kept += [para([image]) for image in images_in(units[at].block)]
        if taken < len(units[at].lines):
            kept += list(_inner_blocks(units[at].block))[taken:]
        taken = max(0, taken - len(units[at].lines))
        at += 1
    if at == len(units):
        return kept
    of = units[at].of
    if at and units[at - 1].of == of:
        return [*kept, *(unit.block for unit in units[at:] if unit.of == of), *blocks[of + 1 :]]
    return [*kept, *blocks[of:]]


def _inner_blocks(block: Node) -> Iterator[Node]:
    for part in child_blocks(block):
        for one in part:
            yield from (unit.block for unit in _units(one) if unit.lines)


def _without_end(blocks: Nodes) -> tuple[Signature | None, tuple[str, ...], Nodes]:
    """Return who signed, the lines of the end, and the blocks without it; an annex may follow it."""
    for at in range(len(blocks) - 1, -1, -1):
        if blocks[at]["t"] == "Table" and (cells := _signing_cells(blocks[at])):
            lines = [line for cell in cells for line in cell]
            signing = [line for cell in cells if not any(is_recipients(line.text) for line in cell) for line in cell]
            body = [*blocks[:at], *(para([image]) for image in images_in(blocks[at])), *blocks[at + 1 :]]
            return parse_signature(signing), tuple(line.text for line in lines), body
    return _without_typed_end(blocks)


def _signing_cells(table: Node) -> list[list[TextLine]]:
    """Return the lines of each cell of a table that is signed in; none of another."""
    cells = [list(lines_of(cell[4])) for row in rows_of(table) for cell in row]
    signed = any(is_recipients(line.text) for cell in cells for line in cell) or any(map(_is_signed, cells))
    return cells if signed and len(rows_of(table)) <= _SIGNED_ROWS else []


def _is_signed(cell: Sequence[TextLine]) -> bool:
    """Tell whether a name stands under a position."""
    at = next((at for at, line in enumerate(cell) if is_position(line.text)), len(cell))
    return any(is_name(line.text) for line in cell[at:])


def _without_typed_end(blocks: Nodes) -> tuple[Signature | None, tuple[str, ...], Nodes]:
    """Look for an end that stands in paragraphs: names, positions and recipients from the last one up."""
    lines_at = [list(lines_of([block])) for block in blocks]
    first = len(blocks)
    for at in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _END_BLOCKS), -1):
        if all(is_signing(line.text) for line in lines_at[at]):
            first = at
        elif not _are_recipients(blocks[at], lines_at, at):
            break
    end = [line for lines in lines_at[first:] for line in lines]
    signature = parse_signature([line for line in end if is_signing(line.text) and not is_recipients(line.text)])
    if not signature.name or not any(is_recipients(line.text) or is_position(line.text) for line in end):
        return None, (), blocks
    return signature, tuple(line.text for line in end), [*blocks[:first], *(para([image]) for image in images_in(blocks[first:]))]


def _are_recipients(block: Node, lines_at: Sequence[Sequence[TextLine]], at: int) -> bool:
    """Tell whether a block lists recipients, alone or beside who signs, under the line that opens their list."""
    opened = any(is_recipients(line.text) for lines in lines_at[max(0, at - _RECIPIENTS) : at + 1] for line in lines)
    marked = (is_signing(line.text) or line.text.startswith(("-", "–", "+", "Như", "Lưu")) for line in lines_at[at])
    return opened and (block["t"] in {"BulletList", "OrderedList"} or all(marked))
