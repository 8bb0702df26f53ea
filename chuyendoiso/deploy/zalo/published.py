"""Read the site's list of articles for the channel, and their files.

They are read over HTTP or from a folder.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from chuyendoiso.model import urls
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.http import HttpClient, TransportError, reason

VERSION = 1
TRIES = 5


class Unpublished(BuildStopped):
    """The published list cannot be read, or is not complete yet."""


@dataclass(frozen=True, slots=True)
class ChannelArticle:
    """An article for the channel; `sha256` is of its file.

    `former` are earlier URLs of its page; `kind` is empty in the list of a site of an older version.
    """

    id: str
    title: str
    url: str
    sha256: str
    article: dict[str, Any]
    kind: str = ""
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """The items for the channel, the newest first, and ids that must not be on it."""

    items: tuple[ChannelArticle, ...]
    removed: frozenset[str]
    site: str = ""  # the site's address according to the list


@dataclass(frozen=True, slots=True)
class SiteSource:
    """The site's address, or its folder."""

    place: str
    http: HttpClient
    sleep: Callable[[float], None]

    def read(self) -> Published:
        """Read the list and its articles, which must match. Raises Unpublished."""
        fault = ""
        for attempt in range(TRIES):  # a new release may have been deployed after the list was read
            if attempt:
                self.sleep(2.0**attempt)
            try:
                return self._read()
            except (TransportError, ValueError, KeyError, TypeError, OSError) as error:
                fault = reason(error)
        remedy = "kiểm tra --source; nếu trang đang được đăng bản mới, chạy lại sau vài phút."
        raise Unpublished(f"Không đọc được danh sách bài cho Zalo ở {self.place}: {fault}. Cách sửa: {remedy}")

    def _read(self) -> Published:
        listing = json.loads(self._bytes(urls.channel_list("zalo")))
        if listing["version"] != VERSION:
            raise Unpublished(
                f"Danh sách bài ở {self.place} theo quy cách {listing['version']}, chương trình này chỉ đọc được quy cách {VERSION}."
                " Cách sửa: dùng chương trình cùng bản với trang."
            )
        site = listing["url"]
        items = tuple(self._read_article(item, site) for item in listing["items"])
        return Published(items, frozenset(listing["removed"]), site)

    def _read_article(self, item: dict[str, Any], site: str) -> ChannelArticle:
        path = item["article"].removeprefix(site)
        data = self._bytes(f"/{path}")
        if hashlib.sha256(data).hexdigest() != item["sha256"]:
            raise TransportError(f"tệp {path} chưa khớp với danh sách")
        article, former = json.loads(data)["article"], tuple(item.get("former", ()))
        return ChannelArticle(item["id"], item["title"], item["url"], item["sha256"], article, item.get("kind", ""), former)

    def _bytes(self, path: str) -> bytes:
        if urlsplit(self.place).scheme not in {"http", "https"}:
            return (Path(self.place) / path.removeprefix("/")).read_bytes()
        response = self.http.request(
            "GET", urljoin(self.place.rstrip("/") + "/", path.removeprefix("/")), {"Cache-Control": "no-cache"}
        )
        if response.status != 200:
            raise TransportError(f"{path}: HTTP {response.status}")
        return response.body
