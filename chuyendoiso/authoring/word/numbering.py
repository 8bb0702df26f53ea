"""Write numbers that Word counts as text, if Markdown would count otherwise.

Text: headings, `I.`, `a)`, `Điều 1.`, interrupted lists. An uninterrupted `1. 2. 3.` remains a list.
How Word counts: ECMA-376, part 1, 17.9.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from chuyendoiso.authoring.word.ooxml import Element, find_all, style_chain, styles_by_id, value, w


class ListLevel(NamedTuple):
    """The format of a list level: number format, text like `%1.%2.`, first number."""

    format: str
    text: str
    start: int


class Numbered(NamedTuple):
    """A paragraph that Word numbers."""

    paragraph: Element
    list_: str  # its id
    level: int
    heading: bool
    position: int  # among all paragraphs


def write_numbers(root: Element, styles: Element | None, numbering: Element | None) -> None:
    """Write the numbers into their paragraphs, if Markdown cannot count the same."""
    if numbering is None:
        return
    abstracts = {abstract.get(w("abstractNumId"), ""): _levels(abstract) for abstract in find_all(numbering, "w:abstractNum")}
    nums = {num.get(w("numId"), ""): num for num in find_all(numbering, "w:num")}
    lists = {id_: abstracts.get(value(num, "w:abstractNumId") or "", {}) for id_, num in nums.items()}
    numbered = [item for item in _numbered(root, styles) if item.level in lists.get(item.list_, {})]
    markdown_lists = _markdown_lists(numbered, lists)
    counters: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for item in numbered:
        level = lists[item.list_][item.level]
        if level.format == "bullet":
            if item.level == 0 and level.text.strip() == "+":  # for Word a list of its own, for readers a nested list
                _write(item, "+")
            continue
        counts = counters[_counter_key(nums[item.list_])]
        number = _count(counts, lists[item.list_], item.level) if level.format != "none" else ""
        if item.list_ not in markdown_lists:
            _write(item, number)


def _count(counts: dict[int, int], levels: Mapping[int, ListLevel], level: int) -> str:
    """Count a paragraph; return its number as Word shows it.

    `counts` are the numbers of its list, by level.
    """
    counts[level] = counts.get(level, levels[level].start - 1) + 1
    for deeper in [other for other in counts if other > level]:
        del counts[deeper]
    text = levels[level].text
    for upper in range(level + 1):
        shape = levels.get(upper, ListLevel("decimal", "", 1))
        text = text.replace(f"%{upper + 1}", format_number(counts.get(upper, shape.start), shape.format))
    return text


def _levels(abstract: Element) -> dict[int, ListLevel]:
    return {
        _number(level.get(w("ilvl"), "0"), 0): ListLevel(
            value(level, "w:numFmt") or "decimal", value(level, "w:lvlText") or "", _number(value(level, "w:start") or "1", 1)
        )
        for level in find_all(abstract, "w:lvl")
    }


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def _counter_key(num: Element) -> str:
    """Return the key of a list's counter.

    Lists with the same abstract list share it, unless a list restarts.
    """
    restarts = find_all(num, "w:lvlOverride/w:startOverride")
    return f"n{num.get(w('numId'))}" if restarts else f"a{value(num, 'w:abstractNumId')}"


def _numbered(root: Element, styles: Element | None) -> Iterator[Numbered]:
    by_id = styles_by_id(styles)
    for position, paragraph in enumerate(find_all(root, "//w:p")):
        style = value(paragraph, "w:pPr/w:pStyle") or ""
        sources = [paragraph, *style_chain(style, by_id)]
        lists = ((value(source, "w:pPr/w:numPr/w:numId"), value(source, "w:pPr/w:numPr/w:ilvl")) for source in sources)
        list_, level = next((pair for pair in lists if pair[0] is not None), (None, None))
        if list_ and list_ != "0":
            name = value(by_id[style], "w:name") or "" if style in by_id else ""
            yield Numbered(paragraph, list_, _number(level or "0", 0), name.lower().startswith("heading "), position)


def _markdown_lists(numbered: Sequence[Numbered], lists: Mapping[str, Mapping[int, ListLevel]]) -> set[str]:
    """Return the lists that Markdown counts alike: bullets, and uninterrupted `1.`."""
    by_list: dict[str, list[Numbered]] = {}
    for item in numbered:
        by_list.setdefault(item.list_, []).append(item)
    return {list_ for list_, items in by_list.items() if _is_markdown_list(items, lists[list_])}


def _is_markdown_list(items: Sequence[Numbered], levels: Mapping[int, ListLevel]) -> bool:
    counted = [item for item in items if levels[item.level].format != "bullet"]
    plain = all(levels[item.level][:2] == ("decimal", f"%{item.level + 1}.") for item in counted)
    uninterrupted = items[-1].position - items[0].position == len(items) - 1
    return not counted or (plain and uninterrupted and not any(item.heading for item in items))


def _write(numbered: Numbered, number: str) -> None:
    """Insert a number, and remove the paragraph from its list."""
    paragraph = numbered.paragraph
    properties = next(iter(find_all(paragraph, "w:pPr")), None)
    if properties is None:
        properties = paragraph.makeelement(w("pPr"))
        paragraph.insert(0, properties)
    for old in find_all(properties, "w:numPr" if numbered.heading else "w:numPr | w:pStyle"):
        properties.remove(old)
    if numbered.heading:  # otherwise its style would add it to the list
        etree.SubElement(etree.SubElement(properties, w("numPr")), w("numId"), {w("val"): "0"})
    if number:
        properties.addnext(_run(paragraph, f"{number} "))


def _run(paragraph: Element, words: str) -> Element:
    """Return a run, bold if the paragraph begins in bold."""
    run = paragraph.makeelement(w("r"))
    if find_all(paragraph, "(.//w:r[w:t])[1]/w:rPr/w:b"):
        etree.SubElement(etree.SubElement(run, w("rPr")), w("b"))
    etree.SubElement(run, w("t")).text = words
    return run


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _roman(number: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def _letter(number: int) -> str:
    """Return a to z, then aa, bb: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "decimalZero": "{:02}".format,
}


def format_number(number: int, format_: str) -> str:
    """Return a number in one of Word's formats; in digits if the format is unknown."""
    return _FORMATS.get(format_, str)(number)
