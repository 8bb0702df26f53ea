"""A stand-in for Zalo's article interface on loopback: strict about what it is asked, and faulty on command.

Strict as public clients of 2025–2026 met it: one form of `getslice`, at most ten articles a slice, fields and lengths that are
checked, a refresh token that serves once, an article that is there some time after its token, and listed some time after that.
"""

import json
import random
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

LIMITS = {"title": 150, "author": 50, "description": 300}
CREATE = {"type", "title", "author", "cover", "description", "body", "status", "comment"}
BLOCKS = {"text": {"content"}, "image": {"url", "caption"}, "video": {"url"}}
FIELDS = {"verify": {"token"}, "remove": {"id"}, "getdetail": {"id"}, "getslice": {"offset", "limit", "type"}}
# what may happen to a question: done or not, and what the asker gets
FAULTS = ("busy", "too many", "500 before", "500 after", "drop before", "drop after", "half", "no json", "expired", "strange after")
DAY = 86400.0
NOT_THERE = -1  # this interface's code for an article that does not exist: no client of ours knows it


@dataclass
class Account:
    """The account, as the interface keeps it. `clock` is in seconds; a month has thirty days."""

    clock: Callable[[], float]
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    articles: dict[str, dict] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)  # of creations: the id that each becomes
    ready: dict[str, float] = field(default_factory=dict)  # when an article is there
    listed: dict[str, float] = field(default_factory=dict)  # when it is in the list
    access: str = "a0"
    refresh: str = "r0"
    renewals: int = 0
    faults: list[str] = field(default_factory=list)  # to come, one a question
    wrong: list[str] = field(default_factory=list)  # what was asked against the rules
    asked: list[str] = field(default_factory=list)
    created: list[float] = field(default_factory=list)  # when articles were created
    # switches
    slowest: float = 30.0  # seconds until an article is there
    unlisted: float = 0.0  # seconds from then on until it is in the list
    processing: int | None = None  # the code of `verify` while an article is not there; None: no error and no id
    refuse: dict[str, int] = field(default_factory=dict)  # an act, or "*": the code that it is refused with
    form: str = "flat"  # the one form of getslice
    most: int = 10  # articles in a slice
    totals: bool = True  # whether the list says how many there are
    empty: bool = False  # the list answers that there is nothing
    expired_code: int = -216
    monthly: int | None = None  # articles that the plan allows a month
    daily: int | None = None
    echo: bool = False  # messages quote the access token
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, act: str, data: dict) -> dict:
        if code := self.refuse.get(act, self.refuse.get("*", 0)):
            return {"error": code, "message": f"refused for {self.access}" if self.echo else "refused"}
        if act in FIELDS and set(data) != FIELDS[act]:
            return self.reject(f"{act} {sorted(data)}")
        return getattr(self, act)(data)

    def reject(self, fault: str) -> dict:
        self.wrong.append(fault)
        return {"error": -201, "message": "Params is invalid"}

    def there(self, id_: str) -> bool:
        return id_ in self.articles and self.ready[id_] <= self.clock()

    def create(self, data: dict) -> dict:
        if faults := self.check(data, CREATE):
            return self.reject("; ".join(faults))
        for code, allowed, seconds in ((-211, self.daily, DAY), (-223, self.monthly, 30 * DAY)):
            period = self.clock() // seconds
            if allowed is not None and sum(1 for at in self.created if at // seconds == period) >= allowed:
                return {"error": code, "message": "quota"}
        number = len(self.tokens)
        self.tokens[f"t{number}"] = f"id{number}"
        self.articles[f"id{number}"] = data
        self.created.append(self.clock())
        self.ready[f"id{number}"] = self.clock() + self.chance.uniform(0, self.slowest)
        self.listed[f"id{number}"] = self.ready[f"id{number}"] + self.chance.uniform(0, self.unlisted)
        return {"error": 0, "message": "Success", "data": {"token": f"t{number}"}}

    def verify(self, data: dict) -> dict:
        id_ = self.tokens.get(data.get("token"))
        if id_ is None:
            return self.reject(f"token {data}")
        if self.ready[id_] > self.clock():
            return {"error": self.processing, "message": "media is processing"} if self.processing else {"error": 0, "data": {}}
        return {"error": 0, "data": {"id": id_}}

    def update(self, data: dict) -> dict:
        id_ = data.pop("id", None)
        if faults := self.check(data, CREATE - {"status"}):
            return self.reject("; ".join(faults))
        if not self.there(id_):
            return {"error": NOT_THERE, "message": "article does not exist"}
        self.articles[id_] = {**data, "status": "show"}
        return {"error": 0, "data": {"token": "u"}}

    def remove(self, data: dict) -> dict:
        if not self.there(data.get("id")):
            return {"error": NOT_THERE, "message": "article does not exist"}
        del self.articles[data["id"]]
        return {"error": 0}

    def getslice(self, data: dict) -> dict:
        offset, limit = int(data["offset"]), int(data["limit"])
        if limit > 10 or data.get("type") != "normal":
            return self.reject(f"getslice {data}")
        newest = [id_ for id_ in reversed(self.articles) if self.there(id_) and self.listed[id_] <= self.clock() and not self.empty]
        part = newest[offset : offset + min(limit, self.most)]
        total = {"total": len(newest)} if self.totals else {}
        return {"error": 0, "data": {"medias": [{"id": id_, "title": self.articles[id_]["title"]} for id_ in part], **total}}

    def getdetail(self, data: dict) -> dict:
        if not self.there(data.get("id")):
            return {"error": NOT_THERE, "message": "article does not exist"}
        return {"error": 0, "data": {"id": data["id"], **self.articles[data["id"]]}}

    def check(self, data: dict, names: set[str]) -> list[str]:
        faults = []
        if set(data) != names or data.get("type") != "normal" or data.get("comment") not in {"show", "hide"}:
            faults.append(f"fields {sorted(data)}")
        faults += [name for name, limit in LIMITS.items() if not 0 < len(str(data.get(name, ""))) <= limit]
        cover = data.get("cover") or {}
        if set(cover) != {"cover_type", "photo_url", "status"} or not str(cover.get("photo_url")).endswith(".jpg"):
            faults.append("cover")
        for block in data.get("body") or [{}]:
            if set(block) - {"type"} != BLOCKS.get(block.get("type"), {"?"}):
                faults.append(f"block {block}")
        return faults

    def renew(self, form: dict, headers: Message) -> dict:
        reported = {name: values[0] for name, values in form.items()}
        if (
            reported != {"app_id": "app", "grant_type": "refresh_token", "refresh_token": self.refresh}
            or headers.get("secret_key") != "secret"
        ):
            return {"error_name": "Invalid refresh token.", "error": -14014}
        self.renewals += 1
        self.access, self.refresh = f"a{self.renewals}", f"r{self.renewals}"
        return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"}

    def parse_query(self, act: str, data: dict) -> dict | None:
        """Return the parameters of a GET; None if they come in the form that this account does not take."""
        plain = {name: values[0] for name, values in data.items()}
        if act != "getslice":
            return plain
        if set(plain) == {"data"}:
            return {name: str(value) for name, value in json.loads(plain["data"]).items()} if self.form == "data" else None
        return plain if self.form == "flat" else None


class Handler(BaseHTTPRequestHandler):
    account: Account

    def log_message(self, *reported: object) -> None:
        pass

    def do_GET(self) -> None:
        self.handle_one(parse_qs(urlsplit(self.path).query))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.handle_one(parse_qs(raw) if self.path.endswith("access_token") else json.loads(raw))

    def handle_one(self, data: dict) -> None:
        account, act = self.account, urlsplit(self.path).path.rpartition("/")[2]
        with account.lock:
            account.asked.append(act)
            fault = account.faults.pop(0) if account.faults else ""
            if act == "access_token":
                # what is lost here locks the account out: the refresh token serves once, and that is the interface's own rule
                if fault in {"500 before", "drop before"}:
                    return self.fail(fault)
                return self.send(200, account.renew(data, self.headers))
            if fault == "expired":
                account.access = "another"
            if fault == "busy":
                return self.send(200, {"error": -32, "message": "rate limit"})
            if fault == "too many":
                return self.send(429, {}, {"Retry-After": "7"})
            if fault.endswith("before"):
                return self.fail(fault)
            if (access := self.headers.get("access_token")) != account.access:
                account.wrong += [f"header {access!r}"] if access != access.strip() else []
                return self.send(200, {"error": account.expired_code, "message": "Access token is invalid"})
            if self.command == "GET" and (data := account.parse_query(act, data)) is None:
                return self.send(200, {"error": -201, "message": "type accept only 2 value normal and video."})
            reported = account.answer(act, data)
            if fault == "strange after":
                return self.send(200, {"error": -999, "message": "strange"})
            if fault in {"", "expired"}:
                return self.send(200, reported)
            return self.fail(fault, json.dumps(reported).encode())

    def fail(self, fault: str, reported: bytes = b"{}") -> None:
        if fault.startswith("500"):
            self.send(500, {"message": "internal"})
        elif fault.startswith("drop"):
            self.connection.close()
        elif fault == "no json":
            self.send_raw(200, b"<html>502 Bad Gateway</html>", 28)
        else:  # half
            self.send_raw(200, reported[: len(reported) // 2], len(reported))

    def send(self, status: int, reported: dict, headers: dict | None = None) -> None:
        data = json.dumps(reported).encode()
        self.send_raw(status, data, len(data), headers)

    def send_raw(self, status: int, data: bytes, length: int, headers: dict | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(length), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True


@contextmanager
def standing(account: Account):
    """Serve the account; yield the addresses of the interface and of its keys."""
    handler = type("Bound", (Handler,), {"account": account})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *reported: None  # a connection that was dropped on purpose
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield f"{base}/v2.0/article/", f"{base}/v4/oa/access_token"
    finally:
        server.shutdown()
        server.server_close()
