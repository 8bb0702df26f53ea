"""Convert a Markdown body to safe HTML, cut at each link, picture and frame.

The result depends on the text alone, so it is cached by the text's hash. Everything passes an allow-list (nh3) after conversion, raw
HTML as well. The same pass takes out the targets of links and pictures, and frames completely. `references` resolves them.
"""

import html
import re
from collections import Counter

import nh3

from chuyendoiso.content.markdown.lines import line_of
from chuyendoiso.content.markdown.losses import find_losses
from chuyendoiso.content.markdown.phrases import MENTION, change_phrases
from chuyendoiso.content.markdown.preprocess import prepare
from chuyendoiso.content.markdown.python_markdown import to_html
from chuyendoiso.model.converted import Converted, FrameLink, Link, Mention, ObjectLink, Part, PictureLink
from chuyendoiso.model.sanitised_html import TAG, plain_text

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_TAGS = _HEADINGS | set(
    "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure hr i img ins kbd li mark ol p pre q s "
    "small span strong sub summary sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES = {
    **{heading: {"id"} for heading in _HEADINGS},
    "a": {"href", "title"},
    "abbr": {"title"},
    "iframe": {"src", "srcdoc", "title"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_CLASSES = {cell: {"cds-align-center", "cds-align-right"} for cell in ("td", "th")}
# Every target leaves the sanitiser in the inner form `cds:<hex>`, so no scheme does harm; a bad target is reported to the editor.
_SCHEMES = set("http https mailto tel cds javascript vbscript data file ftp ftps sftp ws wss blob about".split())
_LINK = r'(?P<a><a(?: [a-z]+="[^"]*")*?) href="cds:(?P<href>[0-9a-f]*)"'
_LINK_TARGET = re.compile(_LINK)
_TARGET = re.compile(
    rf"(?P<figure><figure>)?<img(?P<img>[^>]*)>(?(figure)</figure>)|{_LINK}"
    r"|(?P<p><p>\s*)?<iframe(?P<iframe>[^>]*)>(?P<inner>(?:(?!</iframe>).)*)(?:</iframe>)?(?(p)\s*</p>)",
    re.DOTALL,
)
_HEX_ATTRIBUTE = re.compile(r' (src|srcdoc|alt|title)="([0-9a-f]*)"')
# Elements that hold words alone: no block may be in them.
_WORDS = _TAGS - set("blockquote br dd details div dl figure hr img li ol table tbody td tfoot th thead tr ul".split())
# Elements that show something of their own. Markup such as form, font or script is removed without a warning.
_OBJECTS = {"applet", "audio", "embed", "math", "object", "svg", "video"}
_OBJECT = re.compile(rf'<({"|".join(sorted(_OBJECTS))})\b(?: (?:src|data)="([0-9a-f]*)")?', re.IGNORECASE)
_FRAME_OF_A_FRAMESET = re.compile(r"<frame[\s/>]", re.IGNORECASE)  # no parser lets it into a body


class Tangled(Exception):
    """Nested marks that Python-Markdown cannot separate."""

    def __init__(self, line: int) -> None:
        self.line = line  # from 1, in the body
        super().__init__(line)


def _tangled_line(body: str) -> int:
    """Return the line of the first paragraph that cannot be converted alone, else 1."""
    tangled = (match.start() for match in re.finditer(r"(?:[^\n]+\n?)+", body) if to_html(prepare(match[0])) is None)
    return body.count("\n", 0, next(tangled, 0)) + 1


def convert_body(body: str) -> Converted:
    """Convert a Markdown body. Raises Tangled."""
    prepared = prepare(body)
    markup = to_html(prepared)
    if markup is None:
        raise Tangled(_tangled_line(body))
    _anchors.clear()
    safe = _SANITISER.clean(markup)
    anchors = frozenset(_anchors)
    parts = tuple(_parts(change_phrases(safe), body))
    visible = "".join(map(_words, parts))
    text = html.unescape(TAG.sub("", visible))
    headings = tuple((id_, plain_text(inner)) for id_, inner in re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', visible, re.DOTALL))
    lines = (line.strip() for line in text.split("\n"))
    return Converted(
        parts,
        "\n".join(line for line in lines if line),
        anchors,
        headings,
        _objects(markup, body),
        (*prepared.warnings, *find_losses(body, prepared.marked, parts)),
    )


def _words(part: Part) -> str:
    """Return the text of a part; of a frame, its title."""
    return f"\n{html.escape(part.title)}\n" if isinstance(part, FrameLink) else part if isinstance(part, str) else ""


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Return an attribute's safe value, targets in hex; None removes the attribute."""
    if tag in {"img", "iframe"}:
        return value.encode().hex()
    if tag == "a" and attribute == "href":
        return value if _is_inner(value) else "cds:" + value.encode().hex()
    if attribute == "id":
        if value in _anchors or "--" in value or not re.fullmatch(r"[\w:.-]+", value):
            return None
        _anchors.add(value)
    if attribute in {"start", "colspan", "rowspan"} and not re.fullmatch(r"\d{1,4}", value):
        return None
    return value


_anchors: set[str] = set()  # of the body that is being sanitised: one at a time, as with the converter
_SANITISER = nh3.Cleaner(
    tags=_TAGS | {"iframe"},
    clean_content_tags={"script", "style", "object", "template", "noscript", "title"},
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    attribute_filter=_filter_attribute,
    url_schemes=_SCHEMES,
    link_rel=None,
)


def _is_inner(value: str) -> bool:
    """Return whether a target is in the inner form already, and decodes to text."""
    try:
        return value.startswith("cds:") and bytes.fromhex(value[4:]).decode().encode().hex() == value[4:]
    except ValueError:
        return False


def _parts(safe: str, body: str) -> list[Part]:
    parts: list[Part] = []
    opened: Counter[str] = Counter()
    framed = "<iframe" in safe
    at = 0
    for match in (_TARGET if framed or "<img" in safe else _LINK_TARGET).finditer(safe):
        before = safe[at : match.start()] + (match["a"] or "")
        if framed:
            opened.update(re.findall(r"<(/?\w+)", before))  # "<" is always a tag: the sanitiser escapes it elsewhere
        parts += [before, _parse_target(match, opened, body)]
        at = match.end()
    parts.append(safe[at:])
    return [part for part in parts if part != ""]


def _parse_target(match: re.Match[str], opened: Counter[str], body: str) -> Part:
    """Return the part for a match of a target; `opened` counts the tags before it."""
    if match["href"] is not None:
        href = bytes.fromhex(match["href"]).decode()
        if href.startswith(MENTION):
            return Mention(href.removeprefix(MENTION))
        return Link(href, line_of(href, body))
    values = {name: bytes.fromhex(value).decode() for name, value in _HEX_ATTRIBUTE.findall(match["img"] or match["iframe"] or "")}
    src = values.get("src", "")
    alt, title = (" ".join(values.get(name, "").split()) for name in ("alt", "title"))
    if match["iframe"] is None:
        return PictureLink(src, alt, title, bool(match["figure"]), line_of(src, body, "!["))
    block = not any(opened[tag] > opened[f"/{tag}"] for tag in _WORDS)
    line = line_of(src or title, body, "<iframe")
    return FrameLink("about:srcdoc" if "srcdoc" in values else src, title, block, not match["inner"].strip(), line)


def _objects(markup: str, body: str) -> tuple[ObjectLink, ...]:
    """Find objects such as `<video>` in unsanitised HTML, to report them."""
    objects = [("frame", "")] if _FRAME_OF_A_FRAMESET.search(markup) else []
    if _OBJECT.search(markup):
        attributes = {tag: {"src", "data"} for tag in _OBJECTS}
        cleaned = nh3.clean(
            markup, tags=_OBJECTS, attributes=attributes, attribute_filter=lambda tag, name, value: value.encode().hex()
        )
        objects += [(tag, bytes.fromhex(address).decode()) for tag, address in _OBJECT.findall(cleaned)]
    return tuple(dict.fromkeys(ObjectLink(tag, line_of(address, body, f"<{tag}")) for tag, address in objects))
