"""A WebSub hub is told of the feeds that changed; a hub that fails is a line, and the site is published all the same."""

import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from conftest import SITES, build_site

from chuyendoiso.deploy.deployment import PublishOptions, deploy_release
from chuyendoiso.deploy.pending import read_published

FEEDS = ("tat-ca", "tin-tuc", "van-ban", "tap-huan", "hoi-dap", "lay-y-kien", "chu-de/xa-hoi-so", "chu-de/kinh-te-so")
FILES = ("rss.xml", "atom.xml", "feed.json")


@contextmanager
def hub(status):
    """Serve a hub that answers everything with a status; yield its address and the forms that it is sent."""
    forms = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            forms.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", forms
    server.shutdown()


class Elsewhere:
    """A deployment target that takes anything."""

    served_by_nginx = False

    def deploy(self, release):
        return "Đã gửi."


def publish(content, output, address, **options):
    """Build and publish to nowhere in particular; return what is printed."""
    said = []
    site = replace(build_site(content, output, publishing=True).site_plan.site, hub=address)
    common = {"target": Elsewhere(), "check": False, "say": said.append, "monotonic": time.monotonic}
    deploy_release(PublishOptions(output=output, site=site, sleep=lambda seconds: None, **{**common, **options}))
    return said[1:]


def addresses(*selections):
    return {f"https://tin.thu-nghiem.vn/feeds/{selection}/{file}" for selection in selections for file in FILES}


def test_a_hub_is_notified_of_each_feed_that_changed(small_content, output):
    with hub(204) as (address, forms):
        said = publish(small_content, output, address)
        article = small_content / "tin-tuc/2026/cho-phien.md"
        article.write_text(article.read_text("utf-8").replace("tối hôm trước", "sáng sớm"), "utf-8")
        said += publish(small_content, output, address)
        assert publish(small_content, output, address) == []  # nothing changed
    first, second = forms
    assert first["hub.mode"] == second["hub.mode"] == ["publish"]
    assert set(first["hub.url"]) == addresses(*FEEDS)
    assert addresses("tat-ca", "tin-tuc") <= set(second["hub.url"]) < addresses(*FEEDS)
    assert said == [f"Đã báo {address}: {len(form['hub.url'])} nguồn tin vừa đổi." for form in forms]


@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_hub_that_refuses_is_a_line(output, status):
    with hub(status) as (address, _):
        assert publish(_copy(output), output, address) == [
            f"Trạm báo tin {address} từ chối: HTTP {status}. Trang vẫn đã đăng; người theo dõi sẽ tự lấy sau."
        ]
    assert read_published(output)[0]


def test_a_hub_that_is_not_there_is_a_line(output):
    (line,) = publish(_copy(output), output, "http://127.0.0.1:1/")
    assert line.startswith("Trạm báo tin http://127.0.0.1:1/ chưa nhận được tin: ") and read_published(output)[0]


def test_what_stays_on_this_machine_is_no_news(output):
    with hub(204) as (address, forms):
        publish(_copy(output), output, address, target=None)
    assert forms == []


def _copy(output):
    return shutil.copytree(SITES / "small", output.parent / "noi-dung")
