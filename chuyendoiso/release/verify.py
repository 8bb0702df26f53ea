"""Verify a release before it is swapped in: links, ids and feeds.

The check reads only the files and uses nothing that the build reports.
"""

import json
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from lxml import etree

from chuyendoiso.model.limits import Limits
from chuyendoiso.model.site import Site
from chuyendoiso.release import store
from chuyendoiso.release.manifest import ReleaseInfo
from chuyendoiso.release.staging import Staging
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.workers import Workers, context

_PARSER = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
)  # its tokenizer is the one of HTML5
_LINK_ELEMENTS = ("a", "link", "img", "script", "source")
_LINK_ATTRIBUTES = ("href", "src", "srcset")
_PATH = re.compile(r"/(?!/)[\w./-]*", re.ASCII)  # no percent-encoding, query or fragment
_FEED_ATTRIBUTES = ("href", "url", "src", "xmlUrl", "htmlUrl")
_FEED_KEYS = {"url", "feed_url", "home_page_url", "image", "banner_image"}
_LINKING = (".html", ".xml", ".opml", ".json", ".webmanifest")  # of files that link to other files
_NAME = re.compile(r"(?!index\.html)[a-z0-9-][a-z0-9._-]{2,}")  # no character of it is percent-encoded
_MAX_NAMES = 16  # removed names up to which files are searched for them; with more, all are verified
SHARE = 250  # files that one task checks
SHRUNK = 0.8  # share of the last published release's pages; with fewer, some may be lost by accident


@dataclass
class ParsedPage:
    """The links and ids in a page or a fragment, as a browser reads them."""

    text: str

    @cached_property
    def links(self) -> list[str]:
        """Return the links without duplicates, in order."""
        addresses: list[str] = []
        for element in self._root.iter(*_LINK_ELEMENTS):
            for name in _LINK_ATTRIBUTES:
                if value := element.get(name):
                    addresses += [part.split()[0] for part in value.split(",")] if name == "srcset" else [value]
        return list(dict.fromkeys(addresses))

    @cached_property
    def ids(self) -> list[str]:
        """Return the ids in order, with duplicates."""
        return [id_ for element in self._root.iter("*") if (id_ := element.get("id"))]

    @cached_property
    def _root(self) -> Any:
        return etree.fromstring(
            f"<html>{self.text}".encode("utf-8", "replace"), _PARSER
        )  # the prefix gives even an empty text a root


@dataclass(frozen=True)
class ReleaseFiles:
    """The names and paths of a release's files, and the site's origin and base path."""

    names: Collection[str]
    locate: Callable[[str], Path]
    origin: str
    base_path: str
    ids: dict[str, frozenset[str]] = field(default_factory=dict)  # by name, of the pages read so far
    faults: dict[str, str | None] = field(default_factory=dict)  # by absolute address; None if it has none

    @cached_property
    def start(self) -> str:
        """Return the prefix of every full address of the site."""
        return f"{self.origin}{self.base_path}/"

    def has_id(self, name: str, id_: str) -> bool:
        """Return whether a page has an id."""
        if name not in self.ids:
            self.ids[name] = frozenset(ParsedPage(self.locate(name).read_text("utf-8")).ids)
        return id_ in self.ids[name]


def verify(tree: ReleaseFiles, names: Iterable[str]) -> None:
    """Check these files of a release. Raises BuildStopped with every fault."""
    with Workers(Limits().memory_bytes) as workers:
        workers.set_context(tree)
        faults = list(chain.from_iterable(workers.map_chunks(_faults, sorted(names), SHARE)))
    if faults:
        raise BuildStopped("Bản dựng có chỗ hỏng, trang cũ vẫn còn nguyên:\n" + "\n".join(faults))


def _faults(names: Sequence[str]) -> list[str]:
    tree: ReleaseFiles = context()
    return [*broken_links(tree, names), *broken_feeds(tree, names)]


def staged_tree(staging: Staging, site: Site) -> ReleaseFiles:
    """Return the files of a staged release."""
    return ReleaseFiles(staging.files.keys(), staging.locate, site.origin, site.base_path)


def verify_staged(staging: Staging, about: ReleaseInfo, site: Site, *, all_files: bool, allow_shrink: bool) -> None:
    """Verify new files, and files that may link to a removed file; or all files.

    Raises BuildStopped, also if the release is suspiciously small, unless `allow_shrink`.
    """
    verify(staged_tree(staging, site), staging.files if all_files else {*staging.new_files, *_may_link_to_removed(staging)})
    if not allow_shrink and (published := store.last_published(staging.output)):
        refuse_shrunken(about.pages, about.page_bytes, published.about.pages, published.about.page_bytes)


def _may_link_to_removed(staging: Staging) -> Iterator[str]:
    """Yield files carried over from the last release that may link to a removed file."""
    if not staging.removed:
        return
    matches = {_NAME.fullmatch(path.removesuffix("/index.html").rpartition("/")[2]) for path in staging.removed}
    names = [match[0].encode() for match in matches if match]
    for path in staging.files.keys() - staging.new_files.keys():
        if path.endswith(_LINKING) and (
            None in matches or len(names) > _MAX_NAMES or any(map(staging.locate(path).read_bytes().__contains__, names))
        ):
            yield path


def refuse_shrunken(pages: int, page_bytes: int, last_pages: int, last_bytes: int) -> None:
    """Raise BuildStopped if a release is suspiciously smaller than the last published."""
    if pages < last_pages * SHRUNK or page_bytes < last_bytes * SHRUNK / 2:
        raise BuildStopped(
            f"Bản mới có {pages} trang ({page_bytes:,} byte), bản đã đăng gần nhất có {last_pages} trang ({last_bytes:,} byte). ".replace(",", ".")
            + "Trang cũ vẫn còn nguyên. Cách sửa: xem có bài nào bị xóa nhầm không; nếu đúng ý, chạy lại với --allow-shrink."
        )  # fmt: skip


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def broken_links(tree: ReleaseFiles, names: Iterable[str]) -> Iterator[str]:
    """Yield each internal link of these pages to a missing file or id."""
    for name in names:
        if name.endswith(".html"):
            for link in ParsedPage(tree.locate(name).read_text("utf-8")).links:
                if fault := _fault(tree, name, link):
                    yield f"{name}: liên kết {link} {fault}"


def _fault(tree: ReleaseFiles, name: str, link: str) -> str | None:
    if not link.startswith(("/", "http")):
        return _find_fault(tree, name, link)
    if link not in tree.faults:
        tree.faults[link] = _find_fault(tree, name, link)
    return tree.faults[link]


def _find_fault(tree: ReleaseFiles, name: str, link: str) -> str | None:
    path = link.removeprefix(tree.origin) if link.startswith(tree.start) else link
    if _PATH.fullmatch(path):  # nearly all links: parsing URLs would take most of the time
        return None if _file_of(path, name, tree.base_path) in tree.names else "không dẫn tới tệp nào"
    parts = urlsplit(link)
    if (parts.scheme or parts.netloc) and not link.startswith(tree.start):
        return None
    target = _file_of(unquote(parts.path), name, tree.base_path)
    if target not in tree.names:
        return "không dẫn tới tệp nào"
    if parts.fragment and target.endswith(".html") and not tree.has_id(target, unquote(parts.fragment)):
        return "không dẫn tới mục nào"
    return None


def _file_of(path: str, page: str, base_path: str) -> str:
    """Return the file of a link's path; "" if it is outside the site's base path."""
    if not path:
        return page
    if path.startswith(f"{base_path}/"):
        file = path.removeprefix(f"{base_path}/")
    elif path.startswith("/"):
        return ""
    else:
        file = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) + ("/" if path.endswith("/") else "")
    return file + "index.html" if not file or file.endswith("/") else file


# ── feeds and JSON files ────────────────────────────────────────────────────────────────────────────────────────────────


def broken_feeds(tree: ReleaseFiles, names: Iterable[str]) -> Iterator[str]:
    """Yield feeds and lists that do not parse, and their links to missing files."""
    for name in names:
        try:
            if name.endswith((".xml", ".opml")):
                addresses: Iterable[str] = _addresses_in_xml(ElementTree.parse(tree.locate(name)).getroot())
            elif name.endswith((".json", ".webmanifest")):
                addresses = _addresses_in_json(tree.locate(name).read_text("utf-8"))
            else:
                continue
            for address in dict.fromkeys(addresses):
                if _fault(tree, name, address):
                    yield f"{name}: địa chỉ {address} không dẫn tới đâu"
        except (ElementTree.ParseError, ValueError) as error:
            yield f"{name}: {error}"


def _addresses_in_xml(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        text = (element.text or "").strip()
        if tag in {"link", "loc", "url", "comments", "docs"}:
            yield text
        elif tag in {"encoded", "content"}:
            yield from ParsedPage(text).links
        yield from (element.attrib[name] for name in _FEED_ATTRIBUTES if name in element.attrib)


def _addresses_in_json(text: str) -> list[str]:
    addresses: list[str] = []

    def collect(fields: list[tuple[str, Any]]) -> None:
        for key, value in fields:
            if isinstance(value, str) and (key in _FEED_KEYS or key == "content_html"):
                addresses.extend(ParsedPage(value).links if key == "content_html" else [value])

    json.loads(text, object_pairs_hook=collect)
    return addresses
