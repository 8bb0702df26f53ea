"""The article API of a Zalo Official Account, after Zalo's public SDKs.

Every request raises Unknown, TryLater, Refused, QuotaSpent and AccountRefused (`error_codes.py`), and NoKey.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from chuyendoiso.deploy.zalo.error_codes import ERRORS, AccountRefused, Meaning, QuotaSpent, Refused, TryLater, Unknown
from chuyendoiso.deploy.zalo.tokens import OAUTH, NoKey, Tokens
from chuyendoiso.system.http import HttpClient, Response, TransportError

API = "https://openapi.zalo.me/v2.0/article/"
SLICE = 10  # articles that `getslice` lists at a time; more is refused ("maximum limit is 10", a public client of 2026)
FORMS = ("flat", "data")  # how `getslice` takes its parameters; public clients use both
TRIES = 5  # of one request: half a minute of waiting
REPORTED = 10.0  # seconds: a longer wait is reported
FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0  # seconds
_LONGEST = 200  # characters of the API's messages that are repeated

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Retry:
    """Repeat requests for a bounded time; `say` reports a long wait."""

    say: Callable[[str], None]
    sleep: Callable[[float], None]

    def __call__(self, request: Callable[[], T], *, unknown: bool = True) -> T:
        """Return the response.

        With `unknown`, repeat a request that may have been processed.
        """
        for attempt in range(TRIES):
            try:
                return request()
            except (TryLater, Unknown) as error:
                if attempt == TRIES - 1 or (isinstance(error, Unknown) and not unknown):
                    raise
                asked = error.seconds if isinstance(error, TryLater) else None
                seconds = min(LONGEST_WAIT, asked or FIRST_WAIT * 2.0**attempt)
                if seconds >= REPORTED:
                    self.say(f"Đợi {seconds:.0f} giây rồi hỏi lại: {error}.")
                self.sleep(seconds)
        raise AssertionError


class Slice(NamedTuple):
    """Some ids of the account's list, in its order."""

    ids: tuple[str, ...]
    total: int | None  # of the list, if known


@dataclass
class Client:
    """Send requests.

    `form` is the form of `getslice` that the account accepts, None if not known yet.
    """

    http: HttpClient
    tokens: Tokens
    api: str = API
    oauth: str = OAUTH
    form: str | None = None
    errors: Mapping[int, Meaning] = field(default_factory=lambda: ERRORS)

    def create(self, article: Mapping[str, Any]) -> str:
        """Request a new article; return the token for `verify`."""
        data = self._post("create", article)
        if not isinstance(data, dict) or not data.get("token"):
            raise Unknown("câu trả lời không có token")
        return str(data["token"])

    def verify(self, token: str) -> str | None:
        """Return the id of a created article, None while it is processed."""
        data = self._post("verify", {"token": token})
        id_ = (data.get("id") or data.get("article_id")) if isinstance(data, dict) else None  # public clients differ
        return str(id_) if id_ else None

    def update(self, id_: str, article: Mapping[str, Any]) -> None:
        """Replace an article's content."""
        self._post("update", {**{name: value for name, value in article.items() if name != "status"}, "id": id_})

    def remove(self, id_: str) -> None:
        """Remove an article."""
        self._post("remove", {"id": id_})

    def list_slice(self, offset: int) -> Slice:
        """Return up to ten ids of the account's list.

        If the form is refused as wrong, try the other form.
        """
        forms = sorted(FORMS, key=lambda form: form != self.form)  # the known form first
        for form in forms:
            try:
                data = self._get("getslice", _slice_query(form, offset))
            except Refused as refused:
                if refused.meaning is not Meaning.WRONG_FORM or form == forms[-1]:
                    raise
            else:
                self.form = form
                return _parse_slice(data)
        raise AssertionError

    def detail(self, id_: str) -> dict[str, Any]:
        """Return an article."""
        data = self._get("getdetail", {"id": id_})
        if not isinstance(data, dict):
            raise Unknown("bài không đúng dạng")
        return data

    def _post(self, act: str, data: Mapping[str, Any]) -> Any:
        return self._request("POST", self.api + act, json.dumps(data, ensure_ascii=False).encode())

    def _get(self, act: str, query: Mapping[str, Any]) -> Any:
        return self._request("GET", f"{self.api}{act}?{urlencode(query)}", None)

    def _request(self, method: str, url: str, data: bytes | None) -> Any:
        """Return the `data` of the response; an expired access token is refreshed once."""
        for refreshed in (False, True):
            headers = {"access_token": self.tokens.access, "Content-Type": "application/json"}
            response = _parse(self._send(method, url, headers, data))
            code = _code(response)
            if code == 0:
                return response.get("data")
            meaning = self.errors.get(code)
            if meaning is not Meaning.EXPIRED or refreshed:
                break
            self._refresh()
        raise self._failure(code, meaning, self._words(response.get("message")))

    def _failure(self, code: int, meaning: Meaning | None, words: str) -> Exception:
        match meaning:
            case Meaning.BUSY:
                return TryLater()
            case Meaning.QUOTA_DAY | Meaning.QUOTA_MONTH:
                return QuotaSpent(code, meaning)
            case Meaning.EXPIRED:
                return AccountRefused(
                    f"Zalo không nhận mã truy cập vừa đổi (mã {code}). Cách sửa: cấp lại mã theo docs/ket-noi-kenh.md."
                )
            case Meaning.REFUSED:
                return AccountRefused(
                    f"Zalo từ chối cả tài khoản OA: {words or 'không rõ lý do'} (mã {code}). Chưa kết luận gì về bài nào. "
                    "Cách sửa: xem tài khoản có bị khóa không, gói có cho quản lý bài viết không, ứng dụng có quyền không; rồi chạy lại."
                )
        return Refused(code, words, meaning)

    def _words(self, message: object) -> str:
        """Return the API's message on one line, without any of the keys."""
        return self.tokens.redact(" ".join(str(message or "").split())).rstrip(".")[:_LONGEST]

    def _refresh(self) -> None:
        """Get new tokens. Raises NoKey.

        Without a response the old refresh token is tried once more: the request may not have arrived.
        """
        headers, form = self.tokens.request()
        try:
            response = _parse(self._send("POST", self.oauth, headers, form))
        except (Unknown, TryLater):
            response = _parse(self._send("POST", self.oauth, headers, form))
        if not response.get("access_token") or not response.get("refresh_token"):
            words = self._words(response.get("error_description") or response.get("error_name")) or "không rõ lý do"
            raise NoKey(f"Zalo từ chối cấp mã truy cập mới: {words}. Cách sửa: cấp lại mã theo docs/ket-noi-kenh.md.")
        self.tokens.renew(response)

    def _send(self, method: str, url: str, headers: Mapping[str, str], data: bytes | None) -> Response:
        try:
            return self.http.request(method, url, headers, data)
        except TransportError as error:
            raise Unknown(str(error)) from None


def _slice_query(form: str, offset: int) -> dict[str, Any]:
    query = {"offset": offset, "limit": SLICE, "type": "normal"}
    return {"data": json.dumps(query, separators=(",", ":"))} if form == "data" else query


def _parse_slice(data: Any) -> Slice:
    """Return a slice. Raises Unknown, also if an entry has no id."""
    total, entries = None, data
    if isinstance(data, dict):  # `medias` in most public clients, `articles` in one
        total = data.get("total") if type(data.get("total")) is int else None
        entries = data.get("medias", data.get("articles", [] if total == 0 else None))
    if not isinstance(entries, list) or not all(isinstance(entry, dict) and entry.get("id") for entry in entries):
        raise Unknown("danh sách không đúng dạng")
    return Slice(tuple(str(entry["id"]) for entry in entries), total)


def _parse(response: Response) -> dict[str, Any]:
    """Return the JSON object of a response. Raises TryLater and Unknown."""
    if response.status == 429:
        after = response.headers.get("Retry-After", "")
        raise TryLater(float(after) if after.isdecimal() and after.isascii() else None)
    if response.status >= 500:
        raise Unknown(f"HTTP {response.status}")
    try:
        data = json.loads(response.body)
    except ValueError:
        raise Unknown(f"HTTP {response.status}, không phải JSON") from None
    if not isinstance(data, dict):
        raise Unknown("câu trả lời không đúng dạng")
    return data


def _code(response: Mapping[str, Any]) -> int:
    try:
        return int(response["error"])
    except (KeyError, TypeError, ValueError):
        raise Unknown("câu trả lời không có mã lỗi") from None
