"""A web server as the guide sets one up, over TLS, with faults to plant: what the look at the site is tried against."""

import hashlib
import ssl
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote

from conftest import NOW

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "frame-src https://phat.thu-nghiem.vn; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
FOR_GOOD = "public, max-age=31536000, immutable"
SHORT = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}


@dataclass
class Reply:
    """What is answered."""

    status: int
    headers: dict[str, str]
    body: bytes


Fault = Callable[[Reply], Reply]


@dataclass
class Server:
    """A folder, and what goes wrong with which address ("*": all)."""

    folder: Path
    faults: dict[str, Fault] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    now: datetime = NOW

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        reply = self.complete(path, headers.get("Accept-Encoding", ""))
        for planted in (path, "*"):
            reply = self.faults.get(planted, lambda one: one)(reply)
        if reply.headers.get("ETag") and headers.get("If-None-Match") == reply.headers["ETag"]:
            return Reply(304, reply.headers, b"")
        return reply

    def complete(self, path: str, codings: str) -> Reply:
        file = self.folder / (unquote(path).removeprefix("/") + ("index.html" if path.endswith("/") else ""))
        found = file.is_file() and "/." not in path
        shown = file if found else self.folder / "404.html"
        coding = next((name for name in ("br", "gzip") if name in codings and (found or name == "gzip")), "")
        compressed = shown.with_name(f"{shown.name}.{'gz' if coding == 'gzip' else coding}")
        coded = {"Content-Encoding": coding} if coding and compressed.is_file() else {}
        varying = {"Vary": "Accept-Encoding"} if shown.with_name(f"{shown.name}.gz").is_file() else {}
        body = (compressed if coded else shown).read_bytes()
        retained = path.startswith(("/css/", "/js/", "/fonts/", "/icons/", "/media/anh/", "/media/the/"))
        caching = {"Cache-Control": FOR_GOOD if retained else SHORT, "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
        named = TYPES.get(file.name) or (file.suffix == ".ics" and "text/calendar") or guess_type(file.name)[0] or "text/html"
        kind = named if found else "text/html"
        return Reply(
            200 if found else 404, {**SECURITY, **varying, **coded, **(caching if found else {}), "Content-Type": kind}, body
        )


def certificate(folder: Path, name: str = "IP:127.0.0.1", days: int = 90) -> Path:
    """Make a key and a certificate that it signs itself, in one file."""
    file = folder / "server.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", str(days)]
    command += [
        "-subj",
        "/CN=thu",
        "-addext",
        f"subjectAltName={name}",
        "-keyout",
        str(folder / "key.pem"),
        "-out",
        str(folder / "cert.pem"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    file.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return file


@contextmanager
def serving(server: Server | Callable[[str], Reply], pem: Path | None = None):
    """Serve on this machine, over TLS where there is a certificate; give the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if isinstance(server, Server):
                server.asked.append(f"{self.command} {self.path}")
            reply = server.reply(self.path.partition("?")[0], self.headers) if isinstance(server, Server) else server(self.path)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        do_HEAD = do_GET  # noqa: N815 - as the library names it

        def date_time_string(self, timestamp=None):
            return format_datetime(server.now, usegmt=True) if isinstance(server, Server) else super().date_time_string()

        def log_message(self, format, *args):
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.handle_error = lambda *reported: None  # who refuses the certificate hangs up
    if pem:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
    threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True).start()
    yield httpd.server_port
    httpd.shutdown()
    httpd.server_close()
