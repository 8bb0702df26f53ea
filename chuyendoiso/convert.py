"""A Markdown body → safe HTML, cut where a link or a picture stands. Where links lead is for `catalogue` to find out.

The result depends on the text alone, never on other files, so it can be kept by the text's hash. Everything passes an allow-list
(nh3) after conversion, raw HTML and Markdown alike; the same pass takes out the targets of links and pictures.
"""

import html
import re
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from chuyendoiso.domain.vietnamese import slugify


@dataclass(frozen=True, slots=True)
class Link:
    """A link's target as written."""

    href: str
    line: int  # from 1, in the body


@dataclass(frozen=True, slots=True)
class PictureLink:
    """A picture as written; `block` where it stands alone and can have a caption."""

    src: str
    alt: str
    caption: str
    block: bool
    line: int


@dataclass(frozen=True, slots=True)
class Converted:
    """Safe HTML in parts; joined, with each `Link` as an attribute ` href="…"` and each `PictureLink` as an element, it is the body."""

    parts: tuple[str | Link | PictureLink, ...]
    text: str
    anchors: frozenset[str]
    headings: tuple[tuple[str, str], ...]


_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_TAGS = _HEADINGS | set(
    "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure hr i img ins kbd li mark ol p pre q s "
    "small span strong sub summary sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES = {
    **{heading: {"id"} for heading in _HEADINGS},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_CLASSES = {cell: {"cds-align-center", "cds-align-right"} for cell in ("td", "th")}
# Every target leaves the sanitiser in the inner form `cds:<hex>`, so no scheme does harm; one that leads nowhere is told to the editor.
_SCHEMES = set("http https mailto tel cds javascript vbscript data file ftp ftps sftp ws wss blob about".split())
_TARGET = re.compile(
    r'(?P<figure><figure>)?<img(?P<img>[^>]*)>(?(figure)</figure>)|(?P<a><a(?: [a-z]+="[^"]*")*?) href="cds:(?P<href>[0-9a-f]*)"'
)
_IMG_ATTRIBUTE = re.compile(r'(src|alt|title)="([0-9a-f]*)"')


def convert_body(body: str) -> Converted:
    """Convert a Markdown body."""
    anchors: set[str] = set()
    safe = nh3.clean(
        _to_html(body),
        tags=_TAGS,
        clean_content_tags={"script", "style", "iframe", "object", "template", "noscript", "title"},
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=lambda tag, attribute, value: _filtered(tag, attribute, value, anchors),
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    parts = tuple(_parts(safe, body))
    text = html.unescape(nh3.clean(safe, tags=set()))
    headings = tuple((id_, _plain(inner)) for id_, inner in re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', safe, re.DOTALL))
    return Converted(parts, re.sub(r"\s*\n\s*", "\n", text).strip(), frozenset(anchors), headings)


def _to_html(body: str) -> str:
    markdown = _markdown()
    try:
        return str(markdown.reset().convert(body))
    except BaseException:
        _markdown.cache_clear()  # what was interrupted keeps half of its state, and would spoil the next body
        raise


def _plain(inner: str) -> str:
    return " ".join(html.unescape(nh3.clean(inner, tags=set())).split())


def _filtered(tag: str, attribute: str, value: str, anchors: set[str]) -> str | None:
    """Return an attribute's value as it may stand: targets in hex, ids once each and without the theme's own `--`."""
    if tag == "img":
        return value.encode().hex()
    if tag == "a" and attribute == "href":
        return "cds:" + value.encode().hex()
    if attribute == "id":
        if value in anchors or "--" in value or not re.fullmatch(r"[\w:.-]+", value):
            return None
        anchors.add(value)
    if attribute in {"start", "colspan", "rowspan"} and not re.fullmatch(r"\d{1,4}", value):
        return None
    return value


def _parts(safe: str, body: str) -> list[str | Link | PictureLink]:
    parts: list[str | Link | PictureLink] = []
    at = 0
    for found in _TARGET.finditer(safe):
        parts.append(safe[at : found.start()])
        at = found.end()
        if found["href"] is not None:
            parts.append(found["a"])
            href = bytes.fromhex(found["href"]).decode()
            parts.append(Link(href, _line_of(href, body)))
            continue
        values = {name: bytes.fromhex(value).decode() for name, value in _IMG_ATTRIBUTE.findall(found["img"])}
        src = values.get("src", "")
        alt, caption = (" ".join(values.get(name, "").split()) for name in ("alt", "title"))
        parts.append(PictureLink(src, alt, caption, bool(found["figure"]), _line_of(src, body)))
    parts.append(safe[at:])
    return [part for part in parts if part != ""]


def _line_of(target: str, body: str) -> int:
    """Return the first line on which a target is written; 1 where it is written otherwise (with entities)."""
    if not target:
        at = body.find("![")
        return body.count("\n", 0, at) + 1 if at >= 0 else 1
    whole = re.escape(target)
    written = re.search(rf"""(?:\]\(\s*<?|\]:\s*<?|<|(?:href|src)\s*=\s*["']?){whole}(?=[\s)>"']|$)""", body, re.MULTILINE)
    found = written or re.search(rf"(?<![\w/.-]){whole}(?![\w/-])", body)
    return body.count("\n", 0, found.start()) + 1 if found else 1


class _Shape(Treeprocessor):
    """Makes headings start at the second level and never skip one, pictures that stand alone figures, and table heads explicit."""

    def run(self, root: Element) -> None:
        self.headings(root)
        for element in root.iter():
            if element.tag == "p" and len(element) == 1 and element[0].tag == "img" and not _text_beside(element):
                element.tag = "figure"
                element.text = element[0].tail = None
            elif element.tag in {"td", "th"}:
                aligned = re.search(r"right|center", element.attrib.pop("style", ""))
                if aligned:
                    element.set("class", f"cds-align-{aligned[0]}")
                if element.tag == "th":
                    element.set("scope", "col")

    def headings(self, root: Element) -> None:
        """Keep the h1 for the page's title: a body that uses `#` moves down as a whole, and no level is skipped."""
        found = [element for element in root.iter() if re.fullmatch(r"h[1-6]", element.tag)]
        shift = 1 if any(element.tag == "h1" for element in found) else 0
        before = 1
        for element in found:
            before = max(2, min(int(element.tag[1]) + shift, before + 1, 6))
            element.tag = f"h{before}"


def _text_beside(paragraph: Element) -> bool:
    return bool((paragraph.text or "").strip() or (paragraph[0].tail or "").strip())


class _ShapeExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.treeprocessors.register(_Shape(md), "cds-shape", 15)  # after inline patterns (20), before ids (toc, 5)


@cache
def _markdown() -> Markdown:
    return Markdown(
        extensions=["abbr", "def_list", "fenced_code", "footnotes", "sane_lists", "tables", "toc", _ShapeExtension()],
        extension_configs={
            "footnotes": {"BACKLINK_TITLE": "Quay lại chỗ có chú thích {}"},
            "toc": {"slugify": lambda text, separator: slugify(text) or "muc", "marker": ""},
        },
        output_format="html",
    )
