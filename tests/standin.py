"""A stand-in for Zalo's article interface on loopback: strict about what it is asked, and faulty on command."""

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
# what may happen to a question: done or not, and what the asker gets
FAULTS = ("busy", "too many", "500 before", "500 after", "drop before", "drop after", "half", "no json", "expired")


@dataclass
class Account:
    """The account, as the interface keeps it."""

    clock: Callable[[], float]
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    articles: dict[str, dict] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)  # of creations: the id that each becomes
    ready: dict[str, float] = field(default_factory=dict)  # when an article is there
    access: str = "a0"
    refresh: str = "r0"
    renewals: int = 0
    faults: list[str] = field(default_factory=list)  # to come, one a question
    wrong: list[str] = field(default_factory=list)  # what was asked against the rules
    asked: list[str] = field(default_factory=list)
    slowest: float = 30.0  # seconds until an article is there
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, act: str, data: dict) -> dict:
        return getattr(self, act)(data)

    def there(self, id_: str) -> bool:
        return id_ in self.articles and self.ready[id_] <= self.clock()

    def create(self, data: dict) -> dict:
        self.check(data, CREATE)
        number = len(self.tokens)
        self.tokens[f"t{number}"] = f"id{number}"
        self.articles[f"id{number}"] = data
        self.ready[f"id{number}"] = self.clock() + self.chance.uniform(0, self.slowest)
        return {"error": 0, "message": "Success", "data": {"token": f"t{number}"}}

    def verify(self, data: dict) -> dict:
        id_ = self.tokens.get(data.get("token"))
        if id_ is None:
            return {"error": -201, "message": "token is invalid"}
        return {"error": 0, "data": {"id": id_} if self.there(id_) else {}}

    def update(self, data: dict) -> dict:
        id_ = data.pop("id", None)
        self.check(data, CREATE - {"status"})
        if not self.there(id_):
            return {"error": -1, "message": "article does not exist"}
        self.articles[id_] = {**data, "status": "show"}
        return {"error": 0, "data": {"token": "u"}}

    def remove(self, data: dict) -> dict:
        if not self.there(data.get("id")):
            return {"error": -1, "message": "article does not exist"}
        del self.articles[data["id"]]
        return {"error": 0}

    def getslice(self, data: dict) -> dict:
        offset, limit = int(data["offset"]), int(data["limit"])
        if limit > 10 or data.get("type") != "normal":
            self.wrong.append(f"getslice {data}")
        newest = [id_ for id_ in reversed(self.articles) if self.there(id_)][offset : offset + limit]
        return {"error": 0, "data": {"medias": [{"id": id_, "title": self.articles[id_]["title"]} for id_ in newest]}}

    def getdetail(self, data: dict) -> dict:
        if not self.there(data.get("id")):
            return {"error": -1, "message": "article does not exist"}
        return {"error": 0, "data": {"id": data["id"], **self.articles[data["id"]]}}

    def check(self, data: dict, names: set[str]) -> None:
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
        self.wrong += faults

    def renew(self, form: dict, headers: Message) -> dict:
        told = {name: values[0] for name, values in form.items()}
        if (
            told != {"app_id": "app", "grant_type": "refresh_token", "refresh_token": self.refresh}
            or headers.get("secret_key") != "secret"
        ):
            return {"error_name": "Invalid refresh token.", "error": -14014}
        self.renewals += 1
        self.access, self.refresh = f"a{self.renewals}", f"r{self.renewals}"
        return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"}


class Handler(BaseHTTPRequestHandler):
    account: Account

    def log_message(self, *told: object) -> None:
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
            if self.headers.get("access_token") != account.access:
                return self.send(200, {"error": -216, "message": "Access token is invalid"})
            if self.command == "GET":
                data = {name: values[0] for name, values in data.items()}
            told = account.answer(act, data)
            if fault in {"", "expired"}:
                return self.send(200, told)
            return self.fail(fault, json.dumps(told).encode())

    def fail(self, fault: str, told: bytes = b"{}") -> None:
        if fault.startswith("500"):
            self.send(500, {"message": "internal"})
        elif fault.startswith("drop"):
            self.connection.close()
        elif fault == "no json":
            self.send_raw(200, b"<html>502 Bad Gateway</html>", 28)
        else:  # half
            self.send_raw(200, told[: len(told) // 2], len(told))

    def send(self, status: int, told: dict, headers: dict | None = None) -> None:
        data = json.dumps(told).encode()
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
    server.handle_error = lambda *told: None  # a connection that was dropped on purpose
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield f"{base}/v2.0/article/", f"{base}/v4/oa/access_token"
    finally:
        server.shutdown()
        server.server_close()
