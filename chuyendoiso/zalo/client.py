"""The article interface of a Zalo Official Account: what is asked, and what an answer means.

From Zalo's public SDKs. The numbers of its errors are not documented in one place: what is known of them stands here, once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.web import Answer, Http, NoAnswer
from chuyendoiso.zalo.tokens import OAUTH, NoKey, Tokens

API = "https://openapi.zalo.me/v2.0/article/"
EXPIRED = {-216, -124}  # the access token
BUSY = {-32}  # too many questions at once
SPENT = {-211}  # the plan's quota
SLICE = 10  # articles that a list tells at a time


class Unknown(Exception):
    """No answer, or none that tells anything: the question may have been heard or not."""


class Busy(Exception):
    """The interface asks to wait, `seconds` if it says how long: the question was refused."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        super().__init__("máy chủ Zalo đang bận")


class Refused(Exception):
    """The interface says no, with its number and words."""

    def __init__(self, number: int, words: str) -> None:
        self.number, self.words = number, words
        super().__init__(f"{words or 'không rõ lý do'} (mã {number})")


class Spent(BuildStopped):
    """The account may publish nothing more for now."""


@dataclass
class Client:
    """Asks the interface, with new tokens where the old have run out."""

    http: Http
    tokens: Tokens
    api: str = API
    oauth: str = OAUTH

    def create(self, article: Mapping[str, Any]) -> str:
        """Have an article made; return the token by which it is asked for. Raises Unknown, Busy, Refused."""
        return _text(self._post("create", article), "token")

    def verify(self, token: str) -> str | None:
        """Return the id of an article that is made, None while it is being made. Raises Unknown, Busy, Refused."""
        found = self._post("verify", {"token": token})
        return str(found["id"]) if isinstance(found, dict) and found.get("id") else None

    def update(self, id_: str, article: Mapping[str, Any]) -> None:
        """Have an article changed. Raises Unknown, Busy, Refused."""
        self._post("update", {**{name: value for name, value in article.items() if name != "status"}, "id": id_})

    def remove(self, id_: str) -> None:
        """Have an article taken away. Raises Unknown, Busy, Refused."""
        self._post("remove", {"id": id_})

    def listed(self, offset: int) -> list[str]:
        """Return the ids of some of the account's articles. Raises Unknown, Busy, Refused."""
        found = self._get("getslice", {"offset": offset, "limit": SLICE, "type": "normal"})
        medias = found.get("medias", []) if isinstance(found, dict) else found
        if not isinstance(medias, list):
            raise Unknown("danh sách không đúng dạng")
        return [str(one["id"]) for one in medias if isinstance(one, dict) and one.get("id")]

    def detail(self, id_: str) -> dict[str, Any]:
        """Return an article. Raises Unknown, Busy, Refused."""
        found = self._get("getdetail", {"id": id_})
        if not isinstance(found, dict):
            raise Unknown("bài không đúng dạng")
        return found

    def _post(self, act: str, data: Mapping[str, Any]) -> Any:
        return self._asked("POST", self.api + act, json.dumps(data, ensure_ascii=False).encode())

    def _get(self, act: str, query: Mapping[str, Any]) -> Any:
        return self._asked("GET", f"{self.api}{act}?{urlencode(query)}", None)

    def _asked(self, method: str, url: str, data: bytes | None) -> Any:
        for renewed in (False, True):
            headers = {"access_token": self.tokens.access, "Content-Type": "application/json"}
            told = self._told(self._answer(method, url, headers, data))
            number = _number(told)
            if number == 0:
                return told.get("data")
            if number not in EXPIRED or renewed:
                break
            self._renew()
        if number in BUSY:
            raise Busy
        if number in SPENT:
            raise Spent("Tài khoản Zalo OA đã hết lượt đăng của gói. Cách sửa: chờ sang kỳ sau hoặc nâng gói, rồi chạy lại.")
        if number in EXPIRED:
            raise NoKey("Zalo không nhận mã truy cập mới. Cách sửa: cấp lại mã theo docs/ket-noi-kenh.md.")
        raise Refused(number, str(told.get("message", "")))

    def _renew(self) -> None:
        """Get new tokens. Where no answer comes the old refresh token is tried again: it may not have been heard."""
        headers, form = self.tokens.request()
        try:
            told = self._told(self._answer("POST", self.oauth, headers, form))
        except (Unknown, Busy):
            told = self._told(self._answer("POST", self.oauth, headers, form))
        if not told.get("access_token") or not told.get("refresh_token"):
            words = str(told.get("error_description") or told.get("error_name") or "không rõ lý do").rstrip(".")
            raise NoKey(f"Zalo từ chối cấp mã truy cập mới: {words}. Cách sửa: cấp lại mã theo docs/ket-noi-kenh.md.")
        self.tokens.renew(told)

    def _answer(self, method: str, url: str, headers: Mapping[str, str], data: bytes | None) -> Answer:
        try:
            return self.http.ask(method, url, headers, data)
        except NoAnswer as error:
            raise Unknown(str(error)) from error

    @staticmethod
    def _told(answer: Answer) -> dict[str, Any]:
        if answer.status == 429:
            after = answer.headers.get("Retry-After", "")
            raise Busy(float(after) if after.isdigit() else None)
        if answer.status >= 500:
            raise Unknown(f"HTTP {answer.status}")
        try:
            told = json.loads(answer.body)
        except ValueError as error:
            raise Unknown(f"HTTP {answer.status}, không phải JSON") from error
        if not isinstance(told, dict):
            raise Unknown("câu trả lời không đúng dạng")
        return told


def _number(told: Mapping[str, Any]) -> int:
    try:
        return int(told["error"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unknown("câu trả lời không có mã lỗi") from error


def _text(found: Any, name: str) -> str:
    if not isinstance(found, dict) or not found.get(name):
        raise Unknown(f"câu trả lời không có {name}")
    return str(found[name])
