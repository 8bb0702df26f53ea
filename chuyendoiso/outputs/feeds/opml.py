"""The list of all feeds for feed readers, OPML 2.0 (opml.org/spec2.opml)."""

from typing import NamedTuple
from xml.etree import ElementTree


class Opml(NamedTuple):
    """The title of the list; title, address and page of each feed."""

    title: str
    owner: str
    feeds: tuple[tuple[str, str, str], ...]


def make_opml(opml: Opml) -> bytes:
    """Return the list."""
    root = ElementTree.Element("opml", version="2.0")
    head, body = ElementTree.SubElement(root, "head"), ElementTree.SubElement(root, "body")
    ElementTree.SubElement(head, "title").text = opml.title
    ElementTree.SubElement(head, "ownerName").text = opml.owner
    for title, address, page in opml.feeds:
        ElementTree.SubElement(body, "outline", type="rss", text=title, title=title, xmlUrl=address, htmlUrl=page, version="RSS2")
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
