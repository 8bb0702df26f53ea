"""Convert pandoc's inlines to inlines of the site's Markdown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.nodes import SPACE, image, inlines_of, join, raw, string, text_of, words
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.model.address_parsers import parse_address
from chuyendoiso.model.parsers import Invalid
from chuyendoiso.model.vietnamese import shorten

_TAGS = {"Strikeout": "s", "Superscript": "sup", "Subscript": "sub"}
# Word's own descriptions of pictures
_GENERATED = ("description automatically generated", "mô tả được tạo tự động", "ai-generated content", "nội dung do ai tạo")


@dataclass
class InlineConverter:
    """Convert inlines, and collect notes on the way."""

    pictures: Mapping[str, str]  # pandoc's name of a picture → its path on the site
    notes: list[ImportNote] = field(default_factory=list)

    def convert(self, nodes: Nodes) -> Nodes:
        """Return inlines of the site's Markdown."""
        return [result for node in nodes for result in self._convert_text(node)]

    def _convert_text(self, node: Node) -> Nodes:
        match node["t"]:
            case "Str":
                return _escape(node["c"])
            case "Space" | "LineBreak" | "Code":
                return [node]
            case "SoftBreak":
                return [SPACE]
            case "Emph" | "Strong":
                inner = self.convert(node["c"])
                return [{"t": node["t"], "c": inner}] if text_of(inner).strip() else inner
            case "Underline" | "SmallCaps":
                return self.convert(node["c"])
            case "Strikeout" | "Superscript" | "Subscript":
                tag = _TAGS[node["t"]]
                inner = self.convert(node["c"])
                return [raw(f"<{tag}>"), *inner, raw(f"</{tag}>")] if text_of(inner).strip() else inner
            case "Span" | "Cite":
                return self.convert(node["c"][1])
            case "Quoted":
                left, right = "“”" if node["c"][0]["t"] == "DoubleQuote" else "‘’"
                return [string(left), *self.convert(node["c"][1]), string(right)]
            case _:
                return self._convert_special(node)

    def _convert_special(self, node: Node) -> Nodes:
        match node["t"]:
            case "Link":
                return self._convert_link(self.convert(node["c"][1]), str(node["c"][2][0]))
            case "Image":
                return self._convert_picture(text_of(node["c"][1]), str(node["c"][2][0]))
            case "Note":
                paragraphs = map(self.convert, inlines_of(node["c"]))
                return [{"t": "Note", "c": [{"t": "Para", "c": join(paragraphs, SPACE)}]}]
            case "Math":
                formula = node["c"][1]
                self.notes.append(ImportNote(NoteKind.UNSURE, f'công thức "{formula}" ghi bằng ký hiệu TeX, trang không vẽ được.'))
                return [{"t": "Code", "c": [["", [], []], formula]}]
            case _:
                return []

    def _convert_link(self, label: Nodes, target: str) -> Nodes:
        """Return a link, or only its label if the site cannot link to the target."""
        is_anchor = target.startswith("#")
        if not is_anchor and not _is_address(target):
            text = f'địa chỉ "{target}" của liên kết "{text_of(label)}", không mở được trên trang; phần chữ vẫn giữ.'
            self.notes.append(ImportNote(NoteKind.DROPPED, text))
            return label
        if is_anchor or not text_of(label).strip():
            return label
        return [{"t": "Link", "c": [["", [], []], label, [target, ""]]}]

    def _convert_picture(self, alt: str, source: str) -> Nodes:
        """Return a picture.

        Its description is empty if Word has none: then `make check` asks for it.
        """
        path = self.pictures.get(source)
        if path is None:
            return []
        alt = " ".join(alt.split())
        if not alt or any(phrase in alt.lower() for phrase in _GENERATED):
            generated = f' (Word tự ghi: "{shorten(alt, 80)}")' if alt else ""
            self.notes.append(ImportNote(NoteKind.MISSING, f"mô tả của ảnh {path}, trong ngoặc vuông của ![]{generated}."))
            alt = ""
        return [image(words(alt), path)]


_UNESCAPED = re.compile(r"(\\|&(?=#?\w+;)|(?:https?://|www\.)(?:(?!\*\*)[^\s<>\\])+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


def _escape(text: str) -> Nodes:
    """Return a text that pandoc writes literally.

    After a backslash pandoc drops a character. It escapes `&amp;` in its own way, and `_` in addresses.
    """
    parts = _UNESCAPED.split(text)
    return [raw({"\\": "&#92;", "&": "&amp;"}.get(part, part)) if index % 2 else string(part) for index, part in enumerate(parts)]


def _is_address(target: str) -> bool:
    if target.startswith(("mailto:", "tel:")):
        return True
    try:
        return bool(parse_address(target))
    except Invalid:
        return False
