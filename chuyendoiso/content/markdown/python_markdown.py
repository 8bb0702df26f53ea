"""Convert a body to unsanitised HTML by Python-Markdown.

Only the syntax that the body has is enabled, which halves the time.
"""

import html
import re
import string
from functools import lru_cache
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from chuyendoiso.content.markdown.preprocess import Prepared
from chuyendoiso.content.markdown.signs import BLOCK_SIGN, TEXT_SIGN, unshielded
from chuyendoiso.model.vietnamese import slugify

_BLOCK = re.compile(rf"(?:<p>)?{BLOCK_SIGN}(\d+){BLOCK_SIGN}(?:\s*</p>)?")
_SIGNS = re.compile("[\x02\x03]")  # Python-Markdown's own, for what it puts back at the end


def to_html(body: Prepared) -> str | None:
    """Convert a body; every link's target is in the inner form `cds:<hex>`.

    Return None if Python-Markdown cannot separate nested marks: its own signs are left then, and text is lost.
    """
    converted = _by_markdown(body.text)
    if _SIGNS.search(converted):
        return None
    if body.blocks:
        converted = _BLOCK.sub(lambda match: body.blocks[int(match[1])], converted)
    return unshielded(converted).replace(TEXT_SIGN, "&lt;")


def _by_markdown(body: str) -> str:
    try:
        return str(_markdown(body).reset().convert(body))
    except BaseException:
        _converter.cache_clear()  # an interrupted converter has half of a state, which would spoil the next body
        raise


class _Shape(Treeprocessor):
    """Sets heading levels, table headers, and figures for pictures that are alone."""

    def run(self, root: Element) -> None:
        self.headings(root)
        self.footnotes(root)
        for element in root.iter():
            if element.tag == "a" and "\x02" not in element.get(
                "href", "\x02"
            ):  # an e-mail address is still in Markdown's own signs
                # the sanitiser drops an address that it cannot parse or whose scheme it does not know, without a word
                element.set("href", "cds:" + unshielded(html.unescape(element.get("href", ""))).encode().hex())
            if element.tag == "p" and len(element) == 1 and element[0].tag == "img" and not "".join(element.itertext()).strip():
                element.tag = "figure"
                element.text = element[0].tail = None
            elif element.tag in {"td", "th"}:
                if aligned := re.search(r"right|center", element.attrib.pop("style", "")):
                    element.set("class", f"cds-align-{aligned[0]}")
                if element.tag == "th":
                    element.set("scope", "col")

    def footnotes(self, root: Element) -> None:
        """Take away the way back of a footnote that nothing refers to."""
        notes = root.find("div[@class='footnote']")
        if notes is not None:
            ids = {element.get("id") for element in root.iter("sup")}
            for paragraph in notes.iter("p"):
                for back in paragraph.findall("a[@class='footnote-backref']"):
                    if back.get("href", "").removeprefix("#") not in ids:
                        paragraph.remove(back)

    def headings(self, root: Element) -> None:
        """Start headings at h2 and skip no level; the h1 is the page's title."""
        headings = [element for element in root.iter() if re.fullmatch(r"h[1-6]", element.tag)]
        shift = any(element.tag == "h1" for element in headings)
        level = 1
        for element in headings:
            level = max(2, min(int(element.tag[1]) + shift, level + 1, 6))
            element.tag = f"h{level}"


class _ShapeExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.ESCAPED_CHARS += [sign for sign in string.punctuation if sign not in md.ESCAPED_CHARS]  # as CommonMark has them
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(?![\s~])(.+?)(?<![\s~])~~(?!~)", "del"), "strike", 55)
        md.treeprocessors.register(_Shape(md), "cds-shape", 15)  # after inline patterns (20), before ids (toc, 5)


# Syntax that only matches if the body has one of its marks. Without a mark it is disabled, to save time.
_Mark = tuple[str, ...] | re.Pattern[str]
_EXTENSIONS: dict[str, _Mark] = {
    "abbr": ("*[",),
    "def_list": re.compile(r"(?<![^\s>]):[ \t]"),
    "footnotes": ("[^",),
    "tables": ("|",),
}
_PATTERNS: dict[str, _Mark] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": ("]:",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("]:",),
    "short_reference": ("]:",),
    "short_image_ref": ("]:",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": (" \n", "\t\n"),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "strike": ("~~",),
}
_BLOCKS: dict[str, _Mark] = {
    "hashheader": ("#",),
    "quote": (">",),
    "reference": ("]:",),
    "setextheader": re.compile(r"\n[ \t>]*(?:=+|-+)[ \t]*(?:\n|\Z)"),
}
_MARKS = _EXTENSIONS | _PATTERNS | _BLOCKS


def _markdown(body: str) -> Markdown:
    return _converter(frozenset(name for name, mark in _MARKS.items() if _has(mark, body)))


def _has(mark: _Mark, body: str) -> bool:
    return any(sign in body for sign in mark) if isinstance(mark, tuple) else bool(mark.search(body))


@lru_cache(maxsize=64)
def _converter(marks: frozenset[str]) -> Markdown:
    """Return a converter without the syntax that cannot match."""
    configs: dict[str, dict[str, Any]] = {
        "footnotes": {"BACKLINK_TITLE": "Quay lại chỗ có chú thích {}"},
        "toc": {"slugify": lambda text, separator: slugify(text) or "muc", "marker": "", "toc_depth": "7-7"},  # its ids alone
    }
    # by module: looking them up by name reads the entry points of every installed package
    extensions = [
        import_module(f"markdown.extensions.{name}").makeExtension(**configs.get(name, {}))
        for name in (*(name for name in _EXTENSIONS if name in marks), "sane_lists", "toc")
    ]
    markdown = Markdown(extensions=[*extensions, _ShapeExtension()], output_format="html")
    for name in _PATTERNS.keys() - marks:
        markdown.inlinePatterns.deregister(name)
    for name in _BLOCKS.keys() - marks:
        markdown.parser.blockprocessors.deregister(name)
    if "escape" not in marks:
        markdown.treeprocessors.deregister("unescape")
    if not marks & {"html", "entity"}:
        markdown.preprocessors.deregister("html_block")
    return markdown
