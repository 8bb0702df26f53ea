"""A last look at a release before it goes public: every link within the site leads somewhere, every feed is well formed.

It reads the files alone and trusts nothing that the build thinks of them.
"""

import json
import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from chuyendoiso.domain.problems import BuildStopped

_ATTRIBUTES = {("a", "href"), ("link", "href"), ("img", "src"), ("script", "src"), ("source", "srcset"), ("img", "srcset")}


class Page(HTMLParser):
    """The addresses that a page names, and the ids in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag's addresses and id (called by the parser)."""
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if (tag, name) in _ATTRIBUTES and value:
                self.links += [part.split()[0] for part in value.split(",")] if name == "srcset" else [value]


def verify_release(output: Path, base_path: str) -> None:
    """Raise BuildStopped with every fault of the release that `output` shows; `base_path` is the site's sub-path or ""."""
    folder = output.resolve()
    faults = [*broken_links(folder, base_path), *broken_feeds(folder)]
    if faults:
        raise BuildStopped("Bản dựng chưa đăng được:\n" + "\n".join(faults))


def broken_links(folder: Path, base_path: str) -> Iterator[str]:
    """Yield each link within the site that leads to no file, or to no id in it."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {name: Page((folder / name).read_text("utf-8")) for name in sorted(files) if name.endswith(".html")}
    for name, page in pages.items():
        for link in dict.fromkeys(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = _file_of(unquote(parts.path), name, base_path)
            if target not in files:
                yield f"{name}: liên kết {link} không dẫn tới tệp nào"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                yield f"{name}: liên kết {link} không dẫn tới mục nào"


def _file_of(path: str, page: str, base_path: str) -> str | None:
    """Return the file behind a link's path; None for one outside the site's sub-path."""
    if not path:
        return page
    if path.startswith("/"):
        if not path.startswith(f"{base_path}/"):
            return None
        bare = path.removeprefix(f"{base_path}/")
    else:
        bare = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) + ("/" if path.endswith("/") else "")
    return bare + "index.html" if not bare or bare.endswith("/") else bare


def broken_feeds(folder: Path) -> Iterator[str]:
    """Yield each feed or list that another parser cannot read."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        try:
            if path.suffix in {".xml", ".opml"}:
                ElementTree.parse(path)
            elif path.suffix in {".json", ".webmanifest"}:
                json.loads(path.read_text("utf-8"))
        except (ElementTree.ParseError, ValueError) as error:
            yield f"{name}: {error}"
