"""Read what the site publishes for the channel, by its address or from a folder.

That is the list of articles, and each article's file.
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
from chuyendoiso.system.http import ConnectionFailed, Http, reason

VERSION = 1
TRIES = 5


class Unpublished(BuildStopped):
    """What is published cannot be read, or is not complete yet."""


@dataclass(frozen=True, slots=True)
class ChannelArticle:
    """One article to be on the channel; `sha256` is that of what is to be sent.

    `former` are addresses that its page had; `kind` is empty in the list of a site of an older version.
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
    """Where the site is: its address, or a folder that holds it."""

    place: str
    http: Http
    sleep: Callable[[float], None]

    @property
    def is_folder(self) -> bool:
        """Tell whether it is a folder."""
        return urlsplit(self.place).scheme not in {"http", "https"}

    def read(self) -> Published:
        """Read the list and its articles; all must fit together. Raises Unpublished."""
        why = ""
        for attempt in range(TRIES):  # between the list and an article a new release may have been put in place
            if attempt:
                self.sleep(2.0**attempt)
            try:
                return self._read()
            except (ConnectionFailed, ValueError, KeyError, TypeError, OSError) as error:
                why = reason(error)
        remedy = "kiểm tra --source; nếu trang đang được đăng bản mới, chạy lại sau vài phút."
        raise Unpublished(f"Không đọc được danh sách bài cho Zalo ở {self.place}: {why}. Cách sửa: {remedy}")

    def _read(self) -> Published:
        told = json.loads(self._bytes(urls.channel_list("zalo")))
        if told["version"] != VERSION:
            message = (
                f"Danh sách bài ở {self.place} theo quy cách {told['version']}, chương trình này chỉ đọc được quy cách {VERSION}."
            )
            raise Unpublished(f"{message} Cách sửa: dùng chương trình cùng bản với trang.")
        site = told["url"]
        items = []
        for one in told["items"]:
            data = self._bytes("/" + one["article"].removeprefix(site))
            if hashlib.sha256(data).hexdigest() != one["sha256"]:
                raise ConnectionFailed(f"tệp {one['article'].removeprefix(site)} chưa khớp với danh sách")
            article = json.loads(data)["article"]
            former = tuple(one.get("former", ()))
            items.append(ChannelArticle(one["id"], one["title"], one["url"], one["sha256"], article, one.get("kind", ""), former))
        return Published(tuple(items), frozenset(told["removed"]), site)

    def _bytes(self, path: str) -> bytes:
        if self.is_folder:
            return (Path(self.place) / path.removeprefix("/")).read_bytes()
        answer = self.http.ask("GET", urljoin(self.place.rstrip("/") + "/", path.removeprefix("/")), {"Cache-Control": "no-cache"})
        if answer.status != 200:
            raise ConnectionFailed(f"{path}: HTTP {answer.status}")
        return answer.body
