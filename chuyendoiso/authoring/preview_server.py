"""Serve the preview on this machine, and reload the browser after a save.

The script and the list of problems are added to pages as they are served.
"""

import json
import logging
import os
import re
import secrets
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from importlib import resources
from mimetypes import guess_type
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from watchfiles import watch

from chuyendoiso.authoring.preview_site import LiveSite, Preview
from chuyendoiso.authoring.same_origin import SameOrigin
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.target import page_file
from chuyendoiso.system.errors import BuildStopped, WrongUse

SCRIPT = "/_preview/live.js"
EVENTS = "/_preview/events"
LARGEST = 200_000_000  # bytes of a request
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


class PreviewExtension(Protocol):
    """More pages on the preview's server: the web editor."""

    @property
    def token(self) -> str:
        """Return the secret that a POST request has in `Authorization: token …`."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the headers of all its answers."""

    def get(self, path: str, query: Mapping[str, str]) -> tuple[int, str, bytes] | None:
        """Return status, media type and bytes for a path; None if there is nothing."""

    def post(self, path: str, data: bytes) -> tuple[int, str, bytes] | None:
        """Return status, media type and bytes; None if there is nothing."""

    def file(self, path: str) -> bytes | None:
        """Return a file that only an unsaved page has."""

    def describe(self, errors: Sequence[Problem]) -> list[dict[str, Any]]:
        """Return what keeps the site from being built, as the extension shows it."""


class Handler(BaseHTTPRequestHandler):
    """Serves the site under its base path, the preview's script and its events."""

    preview: Preview
    guard: SameOrigin
    extension: PreviewExtension | None
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the events, the script, a page of the extension or a file of the site."""
        path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        if not self.guard.may_read(self.headers):
            self.send_data(HTTPStatus.MISDIRECTED_REQUEST, "text/html; charset=utf-8", _ELSEWHERE.encode())
        elif path == EVENTS:
            self.send_events()
        elif path == SCRIPT:
            script = resources.files("chuyendoiso.authoring").joinpath("live.js").read_bytes()
            self.send_data(HTTPStatus.OK, "text/javascript; charset=utf-8", script)
        elif response := self.extension.get(path, query) if self.extension else None:
            self.send_answer(response)
        else:
            self.send_page(path)

    def do_HEAD(self) -> None:
        """Send the headers of GET; `send_data` omits the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """Forward a request with a valid token to the extension."""
        path = urlsplit(self.path).path
        token = self.headers.get("Authorization", "").removeprefix("token ")
        size = self.headers.get("Content-Length", "")
        if not self.guard.may_write(self.headers, token):
            self.send_refusal(HTTPStatus.FORBIDDEN)
        elif not size.isdecimal():
            self.send_refusal(HTTPStatus.LENGTH_REQUIRED)
        elif int(size) > LARGEST:
            self.send_refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            data = self.rfile.read(int(size))
            response = self.extension.post(path, data) if self.extension else None
            self.send_answer(response) if response else self.send_refusal(HTTPStatus.NOT_FOUND)

    def send_answer(self, response: tuple[int, str, bytes]) -> None:
        """Send an answer of the extension."""
        self.send_data(*response, headers=self.extension.headers if self.extension else {})

    def send_refusal(self, status: HTTPStatus) -> None:
        """Send an error, and close the connection without reading the request's body."""
        self.close_connection = True
        self.send_data(status, "text/plain; charset=utf-8", "Không được phép.".encode())

    def send_page(self, path: str) -> None:
        """Send a file of the site, or the page of an error."""
        base_path = self.preview.base_path
        if self.preview.site.site_plan is None:
            self.send_html(HTTPStatus.SERVICE_UNAVAILABLE, _EMPTY)
        elif not path.startswith(f"{base_path}/"):
            self.send_redirect(f"{base_path}/")
        else:
            try:
                self.send_file(path, unquote(path.removeprefix(base_path)))
            except BuildStopped as stopped:
                print(stopped, flush=True)
                self.send_html(HTTPStatus.INTERNAL_SERVER_ERROR, _STOPPED.format(escape(str(stopped))))

    def send_file(self, path: str, relative: str) -> None:
        """Send a file, a redirect, a draft with problems, or 404. Raise BuildStopped."""
        site, name = self.preview.site, page_file(relative)
        data = site.file(name)
        if data is None and self.extension:
            data = self.extension.file(name)
        if data is not None and name.endswith(".html"):
            self.send_html(HTTPStatus.OK, data.decode())
        elif data is not None:
            self.send_data(HTTPStatus.OK, guess_type(name)[0] or "application/octet-stream", data)
        elif name and site.file(f"{name}/index.html") is not None:
            query = urlsplit(self.path).query
            self.send_redirect(f"{path}/{'?' if query else ''}{query}")
        elif draft := self.preview.draft_page(relative):
            self.send_html(HTTPStatus.OK, draft)
        else:
            missing = site.file("404.html")
            self.send_html(HTTPStatus.NOT_FOUND, missing.decode() if missing else _EMPTY)

    def send_html(self, status: HTTPStatus, text: str) -> None:
        """Send HTML with the preview's script."""
        script = f'<script src="{SCRIPT}" data-version="{self.preview.version}"></script>'
        self.send_data(status, "text/html; charset=utf-8", text.replace("</body>", f"{script}</body>").encode())

    def send_redirect(self, address: str) -> None:
        """Redirect to another address of this server."""
        self.send_headers(HTTPStatus.FOUND, {"Location": address, "Content-Length": "0"})

    def send_data(self, status: int, media_type: str, data: bytes, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        """Send data, or the requested range of it (RFC 9110, 14), uncached."""
        ranges = {"Accept-Ranges": "bytes"}
        if status == HTTPStatus.OK and (bounds := _bounds(self.headers.get("Range", ""), len(data))):
            first, last = bounds
            if first > last:
                status, ranges, data = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"Content-Range": f"bytes */{len(data)}"}, b""
            else:
                ranges = {"Content-Range": f"bytes {first}-{last}/{len(data)}"}
                status, data = HTTPStatus.PARTIAL_CONTENT, data[first : last + 1]
        described = {"Content-Type": media_type, "Content-Length": str(len(data)), "Cache-Control": "no-store"}
        self.send_headers(status, {**described, **ranges, **headers})
        if self.command != "HEAD":
            self.wfile.write(data)

    def send_headers(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status and all headers."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send_events(self) -> None:
        """Send an event for each build (WHATWG HTML, 9.2), until the page is closed."""
        self.send_headers(HTTPStatus.OK, {"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        self.close_connection = True
        if self.command == "HEAD":
            return
        with suppress(OSError):
            while True:
                with self.preview.changed:
                    state, errors = self.preview.state(), self.preview.errors
                if self.extension:
                    state["items"] = self.extension.describe(errors)
                self.wfile.write(f"data: {json.dumps(state)}\n\n".encode())
                self.wfile.flush()
                with self.preview.changed:
                    if self.preview.version == state["version"]:
                        self.preview.changed.wait(timeout=15)

    def log_message(self, format: str, *args: Any) -> None:
        """Do nothing: the terminal is for the builds."""


def _bounds(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a Range header; None if it has no range.

    The first is larger if the range is not satisfiable.
    """
    match = _RANGE.fullmatch(header)
    if match is None or (match[1] and match[2] and int(match[1]) > int(match[2])):
        return None
    if match[1]:
        return int(match[1]), min(int(match[2] or size), size - 1)
    return max(0, size - int(match[2])), size - 1


class Server(ThreadingHTTPServer):
    """Handles each request in its own thread."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report an error, unless the browser closed the connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def start(preview: Preview, port: int, command: str = "serve", extension: PreviewExtension | None = None) -> Server:
    """Start the server in the background. Raise WrongUse if the port is taken."""
    try:
        server = Server(("127.0.0.1", port), Handler)
    except OSError:
        remedy = f"đóng chương trình kia, hoặc chạy .venv/bin/invoke {command} --port {_free_port(port)}."
        raise WrongUse(f"Cổng {port} đang được dùng. Cách sửa: {remedy}") from None
    guard = SameOrigin(server.server_port, extension.token if extension else secrets.token_urlsafe())
    attributes = {"preview": preview, "guard": guard, "extension": extension}
    server.RequestHandlerClass = type("PreviewHandler", (Handler,), attributes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _free_port(taken: int) -> int:
    """Return the next free port; any port if there is none."""
    for port in (*range(taken + 1, min(taken + 100, 65536)), 0):
        with suppress(OSError), HTTPServer(("127.0.0.1", port), Handler) as server:
            return server.server_port
    raise AssertionError


def _end(server: int, *_: object) -> None:
    """End the server; a child that was just forked ends without a word."""
    status = 128 + signal.SIGTERM
    if os.getpid() != server:
        os._exit(status)
    sys.exit(status)


def serve(site: LiveSite, port: int, extension: PreviewExtension | None = None, message: str = "", command: str = "serve") -> None:
    """Serve the site, and read changed files after a burst of saves.

    `message` is about the extension, with `{address}` for the server's address.
    """
    logging.getLogger("watchfiles").setLevel(logging.ERROR)  # it would report Ctrl+C
    for number in (signal.SIGTERM, signal.SIGHUP):  # also when the terminal is closed: child processes must end
        signal.signal(number, partial(_end, os.getpid()))
    preview = Preview(site)
    server = start(preview, port, command, extension)
    address = f"http://127.0.0.1:{server.server_port}"
    preview.build()
    print(f"Xem trang tại {address}{preview.base_path}/ (Ctrl+C để dừng)", flush=True)
    if message:
        print(message.format(address=address), flush=True)
    try:
        for changes in watch(site.options.content, site.options.theme, debounce=200, step=25, raise_interrupt=False):
            preview.build({Path(path) for _, path in changes})
    finally:
        server.shutdown()
