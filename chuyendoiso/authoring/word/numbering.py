"""Numbers that Word counts by itself → text, where Markdown could not count the same: of headings, `I.`, `a)`, `Điều 1.`, broken runs.

A list `1. 2. 3.` without anything between stays a list. How Word counts: ECMA-376, part 1, 17.9.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from chuyendoiso.authoring.word.ooxml import Element, find_all, value, w

_HEADING = "heading "


@dataclass(frozen=True)
class ListLevel:
    """How a level of a list is written: `%1.%2.` in some format, counted from a start."""

    format: str
    text: str
    start: int


@dataclass
class ListCounter:
    """What each list has counted so far, by level."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_: str, levels: dict[int, ListLevel], level: int) -> str:
        """Count one paragraph on; return its number as Word shows it."""
        counts = self.counts.setdefault(list_, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        text = levels[level].text
        for one in range(level + 1):
            shown = levels.get(one)
            number = counts.get(one, shown.start if shown else 1)
            text = text.replace(f"%{one + 1}", format_number(number, shown.format if shown else "decimal"))
        return text


@dataclass(frozen=True)
class Numbered:
    """A paragraph that Word numbers."""

    paragraph: Element
    list_: str  # its id
    level: int
    heading: bool
    place: int  # among all paragraphs


def write_numbers(root: Element, styles: Element | None, numbering: Element | None) -> None:
    """Write the numbers that Markdown cannot count before the text of their paragraphs, which are no list's then."""
    if numbering is None:
        return
    abstracts = {one.get(w("abstractNumId"), ""): _levels(one) for one in find_all(numbering, "w:abstractNum")}
    nums = {one.get(w("numId"), ""): one for one in find_all(numbering, "w:num")}
    lists = {id_: abstracts.get(value(one, "w:abstractNumId") or "", {}) for id_, one in nums.items()}
    numbered = [one for one in _numbered(root, styles) if one.level in lists.get(one.list_, {})]
    kept = _kept(numbered, lists)
    counter = ListCounter()
    for one in numbered:
        level = lists[one.list_][one.level]
        if level.format == "bullet":
            if one.level == 0 and level.text.strip() == "+":  # a list of its own in Word, within an item for readers
                _write(one, "+")
            continue
        number = counter.next(_counted(nums[one.list_]), lists[one.list_], one.level) if level.format != "none" else ""
        if one.list_ not in kept:
            _write(one, number)


def _levels(abstract: Element) -> dict[int, ListLevel]:
    levels = {}
    for level in find_all(abstract, "w:lvl"):
        start = value(level, "w:start") or "1"
        shape = ListLevel(value(level, "w:numFmt") or "decimal", value(level, "w:lvlText") or "", _number(start, 1))
        levels[_number(level.get(w("ilvl"), "0"), 0)] = shape
    return levels


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def _counted(num: Element) -> str:
    """Return what counts for a list: lists of one abstract go on counting together, but where one starts again."""
    alone = find_all(num, "w:lvlOverride/w:startOverride")
    return f"n{num.get(w('numId'))}" if alone else f"a{value(num, 'w:abstractNumId')}"


def _numbered(root: Element, styles: Element | None) -> Iterator[Numbered]:
    by_style = {style.get(w("styleId"), ""): style for style in find_all(styles, "w:style")} if styles is not None else {}
    for place, paragraph in enumerate(find_all(root, "//w:p")):
        style = value(paragraph, "w:pPr/w:pStyle") or ""
        list_, level = value(paragraph, "w:pPr/w:numPr/w:numId"), value(paragraph, "w:pPr/w:numPr/w:ilvl")
        if list_ is None and style in by_style:
            list_, level = _of_style(style, by_style)
        if list_ and list_ != "0":
            yield Numbered(paragraph, list_, _number(level or "0", 0), _is_heading(style, by_style), place)


def _of_style(style: str, by_style: dict[str, Element]) -> tuple[str | None, str | None]:
    """Return the list and level of a style, or of the one that it is based on."""
    for _ in range(10):
        if style not in by_style:
            break
        if (list_ := value(by_style[style], "w:pPr/w:numPr/w:numId")) is not None:
            return list_, value(by_style[style], "w:pPr/w:numPr/w:ilvl")
        style = value(by_style[style], "w:basedOn") or ""
    return None, None


def _is_heading(style: str, by_style: dict[str, Element]) -> bool:
    name = value(by_style[style], "w:name") or "" if style in by_style else ""
    return name.lower().startswith(_HEADING)


def _kept(numbered: list[Numbered], lists: dict[str, dict[int, ListLevel]]) -> set[str]:
    """Return the lists that Markdown counts alike: bullets, and `1.` in one go."""
    kept = set()
    by_list: dict[str, list[Numbered]] = {}
    for one in numbered:
        by_list.setdefault(one.list_, []).append(one)
    for list_, items in by_list.items():
        shapes = [lists[list_][one.level] for one in items]
        bullets = all(shape.format == "bullet" for shape in shapes)
        plain = all(
            shape.format == "bullet" or (shape.format, shape.text) == ("decimal", f"%{one.level + 1}.")
            for shape, one in zip(shapes, items, strict=True)
        )
        in_one_go = items[-1].place - items[0].place == len(items) - 1
        if bullets or (plain and in_one_go and not any(one.heading for one in items)):
            kept.add(list_)
    return kept


def _write(numbered: Numbered, number: str) -> None:
    """Put a number before a paragraph's text, and take the paragraph out of its list; a heading stays one."""
    paragraph = numbered.paragraph
    properties = next(iter(find_all(paragraph, "w:pPr")), None)
    if properties is None:
        properties = paragraph.makeelement(w("pPr"))
        paragraph.insert(0, properties)
    for old in find_all(properties, "w:numPr" if numbered.heading else "w:numPr | w:pStyle"):
        properties.remove(old)
    if numbered.heading:  # else its style would bring it back into the list
        none = etree.SubElement(properties, w("numPr"))
        etree.SubElement(none, w("numId"), {w("val"): "0"})
    if number:
        properties.addnext(_run(paragraph, f"{number} "))


def _run(paragraph: Element, words: str) -> Element:
    """Return a run of words, bold where the paragraph begins in bold."""
    run = paragraph.makeelement(w("r"))
    if find_all(paragraph, "(.//w:r[w:t])[1]/w:rPr/w:b"):
        etree.SubElement(etree.SubElement(run, w("rPr")), w("b"))
    etree.SubElement(run, w("t")).text = words
    return run


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def format_number(number: int, format_: str) -> str:
    """Return a number in one of Word's formats; one that is not known is written in digits."""
    match format_:
        case "upperRoman":
            return _roman(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperLetter":
            return _letter(number).upper()
        case "lowerLetter":
            return _letter(number)
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def _letter(number: int) -> str:
    """Return a to z, then aa, bb: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)
