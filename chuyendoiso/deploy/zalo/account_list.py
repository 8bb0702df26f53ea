"""Read the account's own list of articles, and what it proves.

A refused request proves nothing about an article. Only a complete and plausible list that lacks it is a proof.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from html import unescape
from typing import Any, TypeVar
from urllib.parse import unquote

from chuyendoiso.deploy.zalo.channel_state import ChannelState, KnownArticle
from chuyendoiso.deploy.zalo.client import Client, Retry
from chuyendoiso.deploy.zalo.error_codes import Unknown, Unproven

T = TypeVar("T")

MAX_ATTEMPTS = 3  # to read the list while it changes
MAX_REQUESTS = 10_000  # for one list; a longer list is treated as a fault
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


@dataclass
class AccountList:
    """The complete list, read once a run if it is needed."""

    client: Client
    state: ChannelState
    retry: Retry
    now: Callable[[], datetime]
    settling: timedelta
    as_of: datetime | None = None  # the instant before the list was read
    _ids: tuple[str, ...] | None = None
    _failure: Exception | None = None
    _details: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all articles, the newest first.

        Raises as a request does, and Unknown if the list is not certain to be complete.
        """
        if self._failure:
            raise self._failure
        if self._ids is None:
            self.as_of = self.now()
            try:
                self._ids = self._read()
            except Exception as failure:
                self._failure = failure
                raise
            if self.state.account.form != self.client.form:
                self.state.account.form = self.client.form
                self.state.save()
        return self._ids

    def detail(self, article: str) -> dict[str, Any]:
        """Return an article, read once a run. Raises as a request does."""
        if article not in self._details:
            self._details[article] = self.retry(partial(self.client.detail, article))
        return self._details[article]

    def find(self, url: str) -> str | None:
        """Return the newest article that links to a page and belongs to no item, if any."""
        known = self.state.articles
        page = {page_key(url): True}
        return next((id_ for id_ in self.ids() if id_ not in known and page_of(self.detail(id_), page)), None)

    def is_past(self, asked: datetime) -> bool:
        """Return whether an article requested at `asked` must be listed by now."""
        self.ids()
        return self.as_of is not None and self.as_of - asked >= self.settling

    def check(self, without: KnownArticle | None = None) -> bool:
        """Return whether the list should have known articles, and has any of them.

        Raises Unproven if it has none of them: it may be another account's, or a fault, and proves nothing.
        """
        expected = [known for known in self.state.items.values() if known is not without and self._is_expected(known)]
        if expected and not {known.article for known in expected} & set(self.ids()):
            raise Unproven(
                f"danh sách của tài khoản không có bài nào trong {len(expected)} bài đã biết, nên chưa kết luận được gì. "
                f"Cách sửa: xem mã truy cập có đúng tài khoản không; bài nào đã bị xóa trên Zalo thì chạy với --gone {expected[0].url}"
            )
        return bool(expected)

    def proves_absence(self, known: KnownArticle) -> bool:
        """Return whether the list proves that an item's article is gone.

        Raises Unproven, and as a request does. The only known article counts as absent if two lists lack it, with
        one settling time between them.
        """
        if known.article in self.ids() or not self._is_expected(known):
            known.absent = None
            return False
        if self.check(without=known):
            return True
        assert self.as_of is not None
        known.absent = min(known.absent or self.as_of, self.as_of)  # a clock may have been wrong
        self.state.save()
        return self.as_of - known.absent >= self.settling

    def _is_expected(self, known: KnownArticle) -> bool:
        return bool(known.article) and not known.gone and (known.asked is None or self.is_past(known.asked))

    def _read(self) -> tuple[str, ...]:
        for _ in range(MAX_ATTEMPTS):
            ids, complete = self._read_once()
            if complete:
                return ids
        raise Unknown("danh sách bài của tài khoản đổi liên tục hoặc thiếu bài")

    def _read_once(self) -> tuple[tuple[str, ...], bool]:
        """Return the ids in order, and whether they are certainly complete.

        Each slice begins with the last id of the slice before, so that a change of the list is detected. A slice may be
        shorter than requested, so the end is a slice without a new id.
        """
        known: dict[str, None] = {}
        last = ""
        for _ in range(MAX_REQUESTS):
            ids, total = self.retry(partial(self.client.list_slice, max(0, len(known) - 1)))
            if last and (not ids or ids[0] != last):
                return tuple(known), False
            if known.keys() >= set(ids):
                return tuple(known), total is None or len(known) >= total
            known |= dict.fromkeys(ids)
            last = ids[-1]
        raise Unknown("danh sách bài của tài khoản không có điểm cuối")


def page_of(detail: Mapping[str, Any], pages: Mapping[str, T]) -> T | None:
    """Return the value of the last page that an article's text links to.

    Keys are from `page_key`.

    Every article of this job ends with the address of its page. Earlier addresses may be of other pages.
    """
    return next((pages[key] for key in addresses_of(detail) if key in pages), None)


def addresses_of(detail: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses in an article's text by `page_key`, the last first."""
    blocks = detail.get("body")
    texts = [str(block.get("content", "")) for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    for text in reversed(texts):
        yield from (page_key(unescape(address)) for address in reversed(_ADDRESS.findall(text)))


def page_key(url: str) -> str:
    """Return the normalized form of an address."""
    return unquote(url).rstrip("/")
