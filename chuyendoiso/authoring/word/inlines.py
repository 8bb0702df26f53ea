"""Words of pandoc's tree → words as the site's Markdown can have them; what cannot be is told. Which blocks they stand in is for `blocks`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.nodes import SPACE, inlines_of, raw, string, text_of, words
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.model.address_parsers import parse_address
from chuyendoiso.model.parsers import Invalid
from chuyendoiso.model.vietnamese import shorten

_TAGS = {"Strikeout": "s", "Superscript": "sup", "Subscript": "sub"}
# What Word writes by itself where nobody has described a picture
_MADE_UP = ("description automatically generated", "mô tả được tạo tự động", "ai-generated content", "nội dung do ai tạo")


@dataclass
class InlineConverter:
    """Turns inlines into those that the site has, noting what is told on the way."""

    pictures: Mapping[str, str]  # pandoc's name of a picture → its path on the site
    notes: list[ImportNote] = field(default_factory=list)

    def all(self, nodes: Nodes) -> Nodes:
        """Return inlines as the site has them."""
        return [out for node in nodes for out in self.one(node)]

    def one(self, node: Node) -> Nodes:
        """Return what becomes of one inline."""
        match node["t"]:
            case "Str":
                return _written(node["c"])
            case "Space" | "LineBreak" | "Code":
                return [node]
            case "SoftBreak":
                return [SPACE]
            case "Emph" | "Strong":
                inner = self.all(node["c"])
                return [{"t": node["t"], "c": inner}] if text_of(inner).strip() else inner
            case "Underline" | "SmallCaps":
                return self.all(node["c"])
            case "Strikeout" | "Superscript" | "Subscript":
                tag = _TAGS[node["t"]]
                inner = self.all(node["c"])
                return [raw(f"<{tag}>"), *inner, raw(f"</{tag}>")] if text_of(inner).strip() else inner
            case "Span" | "Cite":
                return self.all(node["c"][1])
            case "Quoted":
                left, right = "“”" if node["c"][0]["t"] == "DoubleQuote" else "‘’"
                return [string(left), *self.all(node["c"][1]), string(right)]
            case _:
                return self.special(node)

    def special(self, node: Node) -> Nodes:
        """Return what becomes of an inline that is more than words."""
        match node["t"]:
            case "Link":
                return self.link(self.all(node["c"][1]), str(node["c"][2][0]))
            case "Image":
                return self.picture(text_of(node["c"][1]), str(node["c"][2][0]))
            case "Note":
                parts = [self.all(one) for one in inlines_of(node["c"])]
                joined = [out for part in parts for out in (SPACE, *part)][1:]
                return [{"t": "Note", "c": [{"t": "Para", "c": joined}]}]
            case "Math":
                self.notes.append(
                    ImportNote(NoteKind.UNSURE, f'công thức "{node["c"][1]}" ghi bằng ký hiệu TeX, trang không vẽ được.')
                )
                return [{"t": "Code", "c": [["", [], []], node["c"][1]]}]
            case _:
                return []

    def link(self, shown: Nodes, target: str) -> Nodes:
        """Return a link, or its words alone where it leads nowhere on the web."""
        if not target.startswith("#") and not _is_address(target):
            text = f'địa chỉ "{target}" của liên kết "{text_of(shown)}", không mở được trên trang; phần chữ vẫn giữ.'
            self.notes.append(ImportNote(NoteKind.DROPPED, text))
        if target.startswith("#") or not _is_address(target) or not text_of(shown).strip():
            return shown
        return [{"t": "Link", "c": [["", [], []], shown, [target, ""]]}]

    def picture(self, alt: str, source: str) -> Nodes:
        """Return a picture with its description, which stays empty where Word has none: `make check` asks for it then."""
        path = self.pictures.get(source)
        if path is None:
            return []
        alt = " ".join(alt.split())
        if not alt or any(mark in alt.lower() for mark in _MADE_UP):
            told = f' (Word tự ghi: "{shorten(alt, 80)}")' if alt else ""
            self.notes.append(ImportNote(NoteKind.MISSING, f"mô tả của ảnh {path}, trong ngoặc vuông của ![]{told}."))
            alt = ""
        return [{"t": "Image", "c": [["", [], []], words(alt), [path, ""]]}]


_OWN = re.compile(r"\\|&(?=#?\w+;)|(?:https?://|www\.)[^\s<>\\]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def _written(text: str) -> Nodes:
    """Return words so that pandoc writes them as they stand.

    After a backslash it drops a sign, `&amp;` it marks in a way of its own, and within addresses, which become links, it escapes `_`.
    """
    nodes: Nodes = []
    at = 0
    for found in _OWN.finditer(text):
        nodes += [string(text[at : found.start()]), raw({"\\": "&#92;", "&": "&amp;"}.get(found[0], found[0]))]
        at = found.end()
    return [*nodes, string(text[at:])]


def _is_address(target: str) -> bool:
    if target.startswith(("mailto:", "tel:")):
        return True
    try:
        return bool(parse_address(target))
    except Invalid:
        return False
