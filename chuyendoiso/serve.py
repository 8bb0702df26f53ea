"""The preview: a server on this machine that builds on save, reloads the browser, and shows problems in the page.

Nothing of it is in a release: the script and the list of problems are added to pages as they are served.
"""

import json
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from watchfiles import watch

from chuyendoiso.build import Result
from chuyendoiso.domain.problems import BuildStopped, ContentRejected, WrongUse

SCRIPT = "/_preview/live.js"
EVENTS = "/_preview/events"
_EMPTY = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Xem trước</title><body><h1>Chưa dựng được trang</h1></body></html>'
)


class Preview:
    """The site as last built, and the problems that keep it from being built anew."""

    def __init__(self, rebuild: Callable[[], Result]) -> None:
        self.rebuild = rebuild
        self.root: Path | None = None
        self.base_path = ""
        self.problems: list[str] = []
        self.version = 0
        self.changed = threading.Condition()

    def build(self) -> None:
        """Build once; a build that is stopped leaves the site as it was and tells why."""
        problems: list[str] = []
        try:
            result = self.rebuild()
            self.root, self.base_path = result.output.resolve(), result.reading.site.base_path
        except ContentRejected as rejected:
            problems = [str(problem) for problem in rejected.problems]
            print(rejected, flush=True)
        except BuildStopped as stopped:
            problems = [str(stopped)]
            print(stopped, flush=True)
        with self.changed:
            self.problems = problems
            self.version += 1
            self.changed.notify_all()

    def state(self) -> dict[str, Any]:
        """Return what pages are told."""
        return {"version": self.version, "problems": self.problems}


class Handler(SimpleHTTPRequestHandler):
    """Serves the site under its base path, and the preview's own two addresses."""

    preview: Preview
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request."""
        path = urlsplit(self.path).path
        if path == EVENTS:
            self.events()
        elif path == SCRIPT:
            script = resources.files("chuyendoiso").joinpath("live.js").read_bytes()
            self.answer(HTTPStatus.OK, "text/javascript; charset=utf-8", script)
        else:
            self.page(path)

    def page(self, path: str) -> None:
        """Answer with a file of the site; pages get the script, an unknown address the page that says so."""
        preview = self.preview
        if preview.root is None:
            self.html(HTTPStatus.SERVICE_UNAVAILABLE, _EMPTY)
            return
        if not path.startswith(f"{preview.base_path}/"):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"{preview.base_path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = Path(self.translate_path(path.removeprefix(preview.base_path)))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if not file.is_file():
            missing = preview.root / "404.html"
            self.html(HTTPStatus.NOT_FOUND, missing.read_text("utf-8"))
        elif file.suffix == ".html":
            self.html(HTTPStatus.OK, file.read_text("utf-8"))
        else:
            self.answer(HTTPStatus.OK, self.guess_type(str(file)), file.read_bytes())

    def translate_path(self, path: str) -> str:
        """Return the file behind a path, below the release that is shown now."""
        self.directory = str(self.preview.root)
        return super().translate_path(path)

    def html(self, status: HTTPStatus, text: str) -> None:
        """Answer with a page."""
        script = f'<script src="{SCRIPT}" data-version="{self.preview.version}"></script>'
        self.answer(status, "text/html; charset=utf-8", text.replace("</body>", f"{script}</body>").encode())

    def answer(self, status: HTTPStatus, media_type: str, data: bytes) -> None:
        """Send one whole answer that is never cached."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def events(self) -> None:
        """Tell a page of each build, as server-sent events (WHATWG HTML, 9.2), until it goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
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


def start(preview: Preview, port: int) -> ThreadingHTTPServer:
    """Start the server in the background. Raises WrongUse where the port is taken."""
    handler = type("PreviewHandler", (Handler,), {"preview": preview})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        raise WrongUse(
            f"Cổng {port} đang được dùng. Cách sửa: đóng chương trình kia, hoặc chạy invoke serve --port {port + 1}."
        ) from None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def serve(content: Path, theme: Path, rebuild: Callable[[], Result], port: int) -> None:
    """Build, serve, and build again on each save, until interrupted. A burst of saves is one build."""
    preview = Preview(rebuild)
    server = start(preview, port)
    preview.build()
    print(f"Xem trang tại http://127.0.0.1:{server.server_port}{preview.base_path}/ (Ctrl+C để dừng)", flush=True)
    try:
        for _ in watch(content, theme, debounce=200, step=50, raise_interrupt=False):
            preview.build()
    finally:
        server.shutdown()
