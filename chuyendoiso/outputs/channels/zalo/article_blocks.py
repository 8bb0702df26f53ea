"""Turn a body into blocks of Zalo's article interface: text, pictures, videos.

Its HTML is not documented: the tags are in this module alone.
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from chuyendoiso.model.items import Body, BodyPart, FrameIn, LinkTo, LinkToPicture, Picture, PictureIn
from chuyendoiso.model.renditions import Rendition, largest_jpeg, renditions
from chuyendoiso.model.site import Site

Block = dict[str, Any]

# Tags within a paragraph → the tag that is sent
INLINE_TAGS = {"a": "a", "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "br": "br"}
VIDEO_HOSTS = ("youtube.com", "youtube-nocookie.com", "youtu.be")
PIXELS = 1_000_000  # of a picture: a photograph takes a third of a byte a pixel, noise nearly a byte; the limit is a megabyte
_PLACE = "cds-place"  # the element in place of a picture or a frame


def blocks(body: Body, site: Site) -> tuple[Block, ...]:
    """Return a body's blocks in order, with absolute links."""
    embedded: list[BodyPart] = []
    markup = []
    for part in body.parts:
        if isinstance(part, str):
            markup.append(part)
        elif isinstance(part, LinkTo | LinkToPicture):
            markup.append(_href(part, site))
        else:
            embedded.append(part)
            markup.append(f"<{_PLACE}></{_PLACE}>")
    result: list[Block] = []
    for has_text, pieces in groupby(_pieces(html.fragment_fromstring("".join(markup), create_parent="div")), key=bool):
        if has_text:
            result.append({"type": "text", "content": "".join(filter(None, pieces))})
        else:
            result += [_embedded_block(embedded.pop(0), site) for _ in pieces]
    return tuple(result)


def _href(link: LinkTo | LinkToPicture, site: Site) -> str:
    if isinstance(link, LinkToPicture):
        return f' href="{escape(site.absolute(largest_jpeg(link.picture).path))}"'
    if link.target is None or link.target.startswith("#"):
        return ""
    return f' href="{escape(link.target if link.external else site.absolute(link.target))}"'


def _embedded_block(part: BodyPart, site: Site) -> Block:
    if isinstance(part, PictureIn):
        return {"type": "image", "url": site.absolute(small_jpeg(part.picture).path), "caption": part.caption or part.alt}
    assert isinstance(part, FrameIn)
    if part.host.removeprefix("www.") in VIDEO_HOSTS:
        return {"type": "video", "url": _watch(part.src)}
    words = escape(part.title or f"Xem trên {part.host}")
    return {"type": "text", "content": f'<p><a href="{escape(part.src)}">{words}</a></p>'}


def _watch(src: str) -> str:
    """Return the address under which YouTube shows the video of a frame."""
    path = urlsplit(src).path
    return f"https://www.youtube.com/watch?v={path.removeprefix('/embed/')}" if path.startswith("/embed/") else src


def small_jpeg(picture: Picture) -> Rendition:
    """Return the widest rendition that is certain to be within a megabyte."""
    jpegs = renditions(picture, "JPEG")
    return next((jpeg for jpeg in reversed(jpegs) if jpeg.width * jpeg.height <= PIXELS), jpegs[0])


# ── HTML → paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────


def _pieces(element: Any) -> Iterator[str | None]:
    """Yield the paragraphs of an element, and None for each picture or frame."""
    inline: list[str] = [escape(element.text or "", quote=False)]
    for child in element:
        if child.tag in _WORDS and not _has_embedded(child):
            inline.append(_inline(child))
        else:
            yield from _paragraph("".join(inline))
            yield from _block(child)
            inline = []
        inline.append(escape(child.tail or "", quote=False))
    yield from _paragraph("".join(inline))


_WORDS = set(INLINE_TAGS) | set("abbr code del ins kbd mark q s small span sub sup u".split())


def _block(element: Any) -> Iterator[str | None]:
    if element.tag == _PLACE:
        yield None
    elif _has_embedded(element):
        yield from _pieces(element)
    elif element.tag in {"h2", "h3", "h4", "h5", "h6", "dt", "caption", "summary"}:
        yield from _paragraph(f"<b>{_inline_of(element)}</b>")
    elif element.tag in {"ul", "ol"}:
        yield f"<{element.tag}>{''.join(_items(element))}</{element.tag}>"
    elif element.tag == "tr":
        yield from _paragraph(" – ".join(filter(None, (_inline_of(cell).strip() for cell in element))))
    elif element.tag not in {"hr", "br"}:
        yield from _pieces(element)


def _has_embedded(element: Any) -> bool:
    return next(element.iter(_PLACE), None) is not None


def _items(element: Any) -> Iterator[str]:
    for item in element:
        if words := " ".join(piece.removeprefix("<p>").removesuffix("</p>") for piece in _pieces(item) if piece):
            yield f"<li>{words}</li>"


def _paragraph(inline: str) -> Iterator[str]:
    words = " ".join(inline.split())
    if words not in {"", "<b></b>"}:
        yield f"<p>{words}</p>"


def _inline_of(element: Any) -> str:
    """Return the words of an element and of all that it holds."""
    return "".join(
        [escape(element.text or "", quote=False), *(_inline(child) + escape(child.tail or "", quote=False) for child in element)]
    )


def _inline(element: Any) -> str:
    inner, tag = _inline_of(element), INLINE_TAGS.get(element.tag)
    if tag == "br":
        return "<br>"
    if tag == "a":
        href = element.get("href")
        return f'<a href="{escape(href)}">{inner}</a>' if href else inner
    return f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner
