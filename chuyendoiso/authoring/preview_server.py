"""The preview: a server on this machine that reads the content again on each save, reloads the browser, and shows problems in the page.

The script and the list of problems are added to pages as they are served.
"""

import json
import logging
import re
import secrets
import signal
import sys
import threading
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from importlib import resources
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from watchfiles import watch

from chuyendoiso.authoring.preview_site import LiveSite
from chuyendoiso.authoring.same_origin import SameOrigin
from chuyendoiso.model.problems import ContentRejected, Problem
from chuyendoiso.model.target import page_file
from chuyendoiso.system.errors import BuildStopped, WrongUse

SCRIPT = "/_preview/live.js"
EVENTS = "/_preview/events"
LARGEST = 200_000_000  # bytes of what a page sends, as text with its files
_RANGE = re.compile(r"bytes=(?=\d|-\d)(\d{0,15})-(\d{0,15})")
_ELSEWHERE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Xem trước</title><body><h1>Địa chỉ không đúng</h1>'
    "<p>Trang xem trước chỉ mở được bằng địa chỉ in ra khi chạy make serve, trên chính máy này.</p></body></html>"
)
_EMPTY = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Xem trước</title><body><h1>Chưa dựng được trang</h1></body></html>'
)
_STOPPED = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Xem trước</title>'
    "<body><h1>Chưa tạo được trang này</h1><p>{}</p></body></html>"
)
_UNFINISHED = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bản nháp chưa xong</title>'
    "<body><h1>Bản nháp chưa xong</h1><p>{name} chưa thành trang được. Những chỗ cần sửa:</p><ul>{problems}</ul>"
    '<pre style="white-space: pre-wrap">{text}</pre></body></html>'
)


class Beside(Protocol):
    """What is served beside the site, and takes what its own pages send."""

    @property
    def token(self) -> str:
        """Return what its pages know, and send as the last part of an address."""

    def get(self, path: str) -> tuple[str, bytes] | None:
        """Return media type and bytes of a path; None if there is nothing."""

    def post(self, path: str, data: bytes) -> tuple[int, str, bytes] | None:
        """Do what a page asks for; return status, media type and bytes of the answer, None if there is nothing at the path."""


class Preview:
    """The site as last read, and the problems that keep it from being read anew."""

    def __init__(self, site: LiveSite, beside: Beside | None = None) -> None:
        self.site = site
        self.beside = beside
        self.problems: list[str] = []
        self.places: list[dict[str, str]] = []  # of those problems that are on a page of the site
        self.warnings: tuple[Problem, ...] = ()
        self.version = 0
        self.changed = threading.Condition()

    @property
    def base_path(self) -> str:
        """Return the path of the site's address; "" while it could not be read."""
        return self.site.site_plan.site.base_path if self.site.site_plan else ""

    def build(self, changed: Collection[Path] | None = None) -> None:
        """Read what changed (None: anything may have); where that is stopped, the site stays as it was and the reason is told."""
        started, problems, places = time.monotonic(), [], []
        try:
            self.site.refresh(changed)
            self._tell_warnings()
            places = self._places(self.warnings)
            if changed:
                print(
                    f"Đã đọc lại {len(changed)} tệp trong {1000 * (time.monotonic() - started):.0f} ms, không có lỗi.", flush=True
                )
        except ContentRejected as rejected:
            problems = [str(problem) for problem in rejected.problems]
            places = self._places(rejected.problems)
            print(rejected, flush=True)
        except BuildStopped as stopped:
            problems = [str(stopped)]
            print(stopped, flush=True)
        with self.changed:
            self.problems, self.places = problems, places
            self.version += 1
            self.changed.notify_all()

    def _tell_warnings(self) -> None:
        """Print the warnings, where they are not those that were printed last."""
        warnings = self.site.site_plan.problems if self.site.site_plan else ()
        if warnings != self.warnings:
            print("\n".join(map(str, warnings)) or "Không còn cảnh báo nào.", flush=True)
            self.warnings = warnings

    def state(self) -> dict[str, Any]:
        """Return what pages are told."""
        return {"version": self.version, "problems": self.problems, "places": self.places}

    def unfinished(self, path: str) -> str:
        """Return a page about the draft that would be at a path, but has problems; "" if there is none."""
        site_plan = self.site.site_plan
        name = site_plan.unfinished.get(path) if site_plan else None
        if site_plan is None or name is None:
            return ""
        shown = f"{self.site.options.content.name}/{name}"
        lines = "".join(f"<li>{escape(str(problem))}</li>" for problem in site_plan.problems if problem.path == shown)
        try:
            text = site_plan.plan.sources[name].read_bytes().decode("utf-8", "replace")
        except (OSError, KeyError):
            text = ""
        return _UNFINISHED.format(name=escape(shown), problems=lines, text=escape(text))

    def _places(self, problems: Iterable[Problem]) -> list[dict[str, str]]:
        return [place for problem in problems if (place := self._place(problem))]

    def _place(self, problem: Problem) -> dict[str, str] | None:
        """Return a problem's page, and the words of its line, beside which it is shown there; None where its file has no page yet."""
        site_plan, name = self.site.site_plan, problem.path.partition("/")[2]
        if site_plan is None:
            return None
        catalogue = site_plan.resolved.catalogue
        paths = {one.source: one.path for one in (*catalogue.items, *catalogue.withdrawn)}
        page = paths.get(name) or next((one.path for one in catalogue.pages if one.source == name), None)
        try:
            lines = site_plan.plan.sources[name].read_text("utf-8").splitlines()
        except (OSError, ValueError, KeyError):
            lines = []
        words = lines[problem.line - 1] if problem.line <= len(lines) else ""
        return {"page": site_plan.site.href(page), "words": words, "problem": str(problem)} if page else None


class Handler(BaseHTTPRequestHandler):
    """Serves the site under its base path, and the preview's own two addresses."""

    preview: Preview
    guard: SameOrigin
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        """Answer as to GET, without a body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer a request."""
        path = urlsplit(self.path).path
        if not self.guard.may_read(self.headers):
            self.answer(HTTPStatus.MISDIRECTED_REQUEST, "text/html; charset=utf-8", _ELSEWHERE.encode())
        elif path == EVENTS:
            self.events()
        elif path == SCRIPT:
            script = resources.files("chuyendoiso.authoring").joinpath("live.js").read_bytes()
            self.answer(HTTPStatus.OK, "text/javascript; charset=utf-8", script)
        elif found := self.preview.beside.get(path) if self.preview.beside else None:
            self.answer(HTTPStatus.OK, *found)
        else:
            self.page(path)

    def do_POST(self) -> None:
        """Take what a page of this server sends; its address ends with the session's token."""
        path, _, token = urlsplit(self.path).path.rpartition("/")
        size = self.headers.get("Content-Length", "")
        if not self.guard.may_write(self.headers, token):
            self.refuse(HTTPStatus.FORBIDDEN)
        elif not size.isdecimal():
            self.refuse(HTTPStatus.LENGTH_REQUIRED)
        elif int(size) > LARGEST:
            self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            data = self.rfile.read(int(size))
            done = self.preview.beside.post(path, data) if self.preview.beside else None
            self.answer(*done) if done else self.refuse(HTTPStatus.NOT_FOUND)

    def refuse(self, status: HTTPStatus) -> None:
        """Answer that nothing is done, and end the connection: what was sent is not read."""
        self.close_connection = True
        self.answer(status, "text/plain; charset=utf-8", "Không được phép.".encode())

    def page(self, path: str) -> None:
        """Answer with a file of the site; pages get the script, an unknown address the page that says so."""
        preview = self.preview
        if preview.site.site_plan is None:
            self.html(HTTPStatus.SERVICE_UNAVAILABLE, _EMPTY)
            return
        if not path.startswith(f"{preview.base_path}/"):
            self.redirect(f"{preview.base_path}/")
            return
        name = page_file(unquote(path.removeprefix(preview.base_path)))
        try:
            data = preview.site.file(name)
            if data is None and name and preview.site.file(f"{name}/index.html") is not None:
                query = urlsplit(self.path).query
                self.redirect(f"{path}/{'?' if query else ''}{query}")
                return
            missing = data is None and preview.site.file("404.html")
        except BuildStopped as stopped:
            print(stopped, flush=True)
            self.html(HTTPStatus.INTERNAL_SERVER_ERROR, _STOPPED.format(escape(str(stopped))))
            return
        if data is None and (draft := preview.unfinished(unquote(path.removeprefix(preview.base_path)))):
            self.html(HTTPStatus.OK, draft)
        elif data is None:
            self.html(HTTPStatus.NOT_FOUND, missing.decode() if missing else _EMPTY)
        elif name.endswith(".html"):
            self.html(HTTPStatus.OK, data.decode())
        else:
            self.answer(HTTPStatus.OK, guess_type(name)[0] or "application/octet-stream", data)

    def html(self, status: HTTPStatus, text: str) -> None:
        """Answer with a page."""
        script = f'<script src="{SCRIPT}" data-version="{self.preview.version}"></script>'
        self.answer(status, "text/html; charset=utf-8", text.replace("</body>", f"{script}</body>").encode())

    def redirect(self, address: str) -> None:
        """Send the browser to another address of this server."""
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, status: int, media_type: str, data: bytes) -> None:
        """Send an answer, or the one range that is asked for (RFC 9110, 14), uncached."""
        ranges = f"bytes */{len(data)}"
        if status == HTTPStatus.OK and (bounds := _bounds(self.headers.get("Range", ""), len(data))):
            first, last = bounds
            if first > last:
                status, data = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b""
            else:
                status, ranges, data = HTTPStatus.PARTIAL_CONTENT, f"bytes {first}-{last}/{len(data)}", data[first : last + 1]
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        if status in {HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE}:
            self.send_header("Content-Range", ranges)
        else:
            self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def events(self) -> None:
        """Tell a page of each build, as server-sent events (WHATWG HTML, 9.2), until it goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        try:
            while True:
                with self.preview.changed:
                    state = self.preview.state()
                self.wfile.write(f"data: {json.dumps(state)}\n\n".encode())
                self.wfile.flush()
                with self.preview.changed:
                    if self.preview.version == state["version"]:
                        self.preview.changed.wait(timeout=15)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent: the terminal is for the builds."""


def _bounds(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of one range of so many bytes; None if none is asked for.

    The first is larger if the range is not satisfiable.
    """
    found = _RANGE.fullmatch(asked)
    if found is None or (found[1] and found[2] and int(found[1]) > int(found[2])):
        return None
    if found[1]:
        return int(found[1]), min(int(found[2] or size), size - 1)
    return max(0, size - int(found[2])), size - 1


class Server(ThreadingHTTPServer):
    """Answers each request in a thread of its own."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what went wrong, but not that a browser went away."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def start(preview: Preview, port: int, command: str = "serve") -> Server:
    """Start the server in the background. Raises WrongUse if the port is taken; the remedy is to run `command` with another."""
    token = preview.beside.token if preview.beside else ""
    try:
        server = Server(("127.0.0.1", port), Handler)
    except OSError:
        remedy = f"đóng chương trình kia, hoặc chạy .venv/bin/invoke {command} --port {_free_port(port)}."
        raise WrongUse(f"Cổng {port} đang được dùng. Cách sửa: {remedy}") from None
    guard = SameOrigin(server.server_port, token or secrets.token_urlsafe())
    server.RequestHandlerClass = type("PreviewHandler", (Handler,), {"preview": preview, "guard": guard})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _free_port(taken: int) -> int:
    """Return the next port that a server could have; any other if there is none."""
    for port in (*range(taken + 1, min(taken + 100, 65536)), 0):
        with suppress(OSError), HTTPServer(("127.0.0.1", port), Handler) as found:
            return found.server_port
    raise AssertionError


def serve(site: LiveSite, port: int, beside: Beside | None = None, told: str = "", command: str = "serve") -> None:
    """Read, serve, and read again on each save, until interrupted. A burst of saves is one reading.

    What is served `beside` the site is found first; `told` is said of it, with `{address}` for the server's own.
    """
    logging.getLogger("watchfiles").setLevel(logging.ERROR)  # it would report Ctrl+C
    for number in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal, too: whatever was started is ended
        signal.signal(number, lambda *_: sys.exit(128 + signal.SIGTERM))
    preview = Preview(site, beside)
    server = start(preview, port, command)
    preview.build()
    print(f"Xem trang tại http://127.0.0.1:{server.server_port}{preview.base_path}/ (Ctrl+C để dừng)", flush=True)
    if told:
        print(told.format(address=f"http://127.0.0.1:{server.server_port}"), flush=True)
    try:
        for changes in watch(site.options.content, site.options.theme, debounce=200, step=25, raise_interrupt=False):
            preview.build({Path(path) for _, path in changes})
    finally:
        server.shutdown()
