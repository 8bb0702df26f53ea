"""A site's files come from its folder or its host, and from nowhere else."""

import os
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chuyendoiso.system.http import TransportError
from chuyendoiso.system.site_files import LARGE, SiteFiles, folder_reader, is_web_address, segments_of

OUTSIDE = ("/../a", "/a/../../b", "..", "/a//b", "//a", "/", "", "/a/", "/./a", "/a\\..\\b", "/a\0", "/a\nb", "/tim-kiem/../../a")


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leaves_the_site(path, tmp_path):
    with pytest.raises(PermissionError):
        segments_of(path)
    with pytest.raises(PermissionError):
        folder_reader(tmp_path)(path)


def test_links_pipes_and_folders_are_no_files(tmp_path):
    site, secret = tmp_path / "site", tmp_path / "secret"
    (site / "folder").mkdir(parents=True)
    secret.write_text("x")
    (site / "out").symlink_to(secret)
    (site / "up").symlink_to("..")
    (site / "loop").symlink_to("loop")
    os.mkfifo(site / "pipe")
    (site / "file").write_bytes(b"y")
    (site / "in").symlink_to("file")
    (tmp_path / "current").symlink_to("site")
    read = folder_reader(tmp_path / "current")
    assert (read("/file"), read("/in"), read("file")) == (b"y", b"y", b"y")
    for path in ("/out", "/up/secret", "/loop", "/pipe", "/folder", "/none", "/file/x"):
        with pytest.raises(OSError):
            read(path)


@contextmanager
def answering(answers):
    """Serve answers by path: status, headers, body; note what is asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("If-None-Match")))
            status, headers, body = answers.get(self.path, (404, {}, b""))
            if headers.get("ETag") and headers["ETag"] == self.headers.get("If-None-Match"):
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/cds/", asked
    server.shutdown()


def test_over_http_no_redirect_is_followed_and_large_files_are_asked_for_once():
    large = b"a" * LARGE
    answers = {
        "/cds/small": (200, {"ETag": '"1"'}, b"s"),
        "/cds/large": (200, {"ETag": '"2"'}, large),
        "/cds/moved": (302, {"Location": "/cds/small"}, b""),
        "/cds/away": (301, {"Location": "http://127.0.0.2:1/small"}, b""),
        "/cds/gone": (410, {}, b""),
        "/cds/zipped": (200, {"Content-Encoding": "gzip"}, b"z"),
        "/cds/endless": (200, {"Content-Length": "30000000"}, b"b" * 21_000_000),
    }
    with answering(answers) as (place, asked):
        read = SiteFiles(place, lambda: 0.0).reader()
        assert (read("/small"), read("/large"), read("/small"), read("/large")) == (b"s", large, b"s", large)
        assert asked == [("/cds/small", None), ("/cds/large", None), ("/cds/small", None), ("/cds/large", '"2"')]
        for path, error in {
            "/moved": TransportError, "/away": TransportError, "/zipped": TransportError, "/endless": TransportError,
            "/gone": FileNotFoundError, "/none": FileNotFoundError, "/../small": PermissionError,
        }.items():  # fmt: skip
            with pytest.raises(error):
                read(path)


def test_a_reader_ends_in_time():
    clock = iter((0.0, 61.0))
    with pytest.raises(TransportError, match="quá lâu"):
        SiteFiles("http://127.0.0.1:1/", lambda: next(clock)).reader()("/a")


def test_addresses():
    web = {"https://a.vn": True, "http://a.vn/b/": True, "ftp://a.vn": False, "https://": False, "output": False, "http://[": False}
    assert {place: is_web_address(place) for place in web} == web
