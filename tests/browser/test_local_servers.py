"""What pages from elsewhere can do to the preview and the editor in the same browser: nothing; and what is left of them when they are killed: nothing."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from conftest import ROOT
from servers import free_port

from scripts.screenshots import editor_running

ATTACK = """
async (target) => {
  const got = {};
  const tried = async (name, work) => { try { got[name] = await work(); } catch (error) { got[name] = "refused"; } };
  const loaded = (tag, set) => new Promise((done) => {
    const one = document.createElement(tag);
    one.onload = () => done("loaded"); one.onerror = () => done("refused");
    set(one); document.body.append(one);
    setTimeout(() => done("refused"), 1500);
  });
  const address = `${target}/bien-tap/config.json`;
  await tried("fetch", async () => (await fetch(address)).text());
  await tried("fetch without cors", async () => (await fetch(address, { mode: "no-cors" })).type);
  await tried("script", () => loaded("script", (one) => { one.src = `${target}/bien-tap/editor.js`; one.type = "text/javascript"; }));
  await tried("picture", () => loaded("img", (one) => { one.src = `${target}/icons/icon-192.png`; }));
  await tried("style", () => loaded("link", (one) => { one.rel = "stylesheet"; one.href = `${target}/bien-tap/editor.css`; }));
  await tried("events", () => new Promise((done) => {
    const events = new EventSource(`${target}/_preview/events`);
    events.onmessage = () => done("heard"); events.onerror = () => done("refused");
  }));
  await tried("frame", () => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.onload = () => { let inner = ""; try { inner = frame.contentDocument.body.textContent; } catch {} done(inner.includes("nháp") ? inner : "refused"); };
    frame.src = target; document.body.append(frame);
  }));
  const save = `${target}/bien-tap/api/v1/repos/bien-tap/noi-dung/contents`;
  for (const token of ["", "x", "undefined", TOKEN])
    await tried(`write ${token}`, async () => (await fetch(save, { method: "POST", headers: { Authorization: `token ${token}` }, body: WRITE })).type);
  await tried("write without a header", async () => (await fetch(save, { method: "POST", mode: "no-cors", body: WRITE })).type);
  await tried("write by beacon", async () => { navigator.sendBeacon(save, WRITE); return "refused"; });
  return got;
}
""".replace(
    "WRITE",
    json.dumps(
        json.dumps(
            {
                "branch": "chinh",
                "message": "Lạ",
                "files": [{"operation": "create", "path": "tin-tuc/2026/la.md", "content": "eA=="}],
            }
        )
    ),
)


@contextmanager
def elsewhere():
    """Serve an empty page on this machine, as another program's; give the port."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>x</title><body>")

        def log_message(self, *reported):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    content = Path(shutil.copytree(ROOT / "content", folder / "project/content"))
    with editor_running(content, folder / "log") as address:
        yield content, address
    assert "Traceback" not in (folder / "log").read_text("utf-8")


def commits(content: Path) -> int:
    return int(subprocess.run(["git", "-C", content, "rev-list", "--count", "HEAD"], capture_output=True, check=True).stdout)


def test_a_page_from_elsewhere_reads_and_writes_nothing(browser, running):
    """From another port of this machine, and from a name that first led elsewhere and now leads here."""
    content, address = running
    port, before = address.rpartition(":")[2], commits(content)
    with elsewhere() as other:
        for origin, target in (
            (f"http://127.0.0.1:{other}", address),
            (f"http://trang.gia:{other}", address),
            (f"http://trang.gia:{other}", f"http://trang.gia:{port}"),
        ):
            page = browser.new_page()
            page.goto(f"{origin}/")
            got = page.evaluate(ATTACK.replace("TOKEN", '"abc"'), target)
            read = {name: what for name, what in got.items() if what not in {"refused", "opaque"} and "make serve" not in what}
            assert (origin, target, read) == (origin, target, {})
            page.close()
    page = browser.new_page()
    page.goto(f"http://trang.gia:{port}/bien-tap/")  # where a rebinding page is of the same origin as what it asks
    assert "Địa chỉ không đúng" in page.content()
    got = page.evaluate(ATTACK.replace("TOKEN", '"abc"'), f"http://trang.gia:{port}")
    assert not [what for name, what in got.items() if what in {"loaded", "heard"} or "gitea" in what], got
    page.close()
    assert commits(content) == before
    assert not (content / "tin-tuc/2026/la.md").exists()


def test_a_page_that_knows_the_token_writes_only_from_its_own_origin(browser, running):
    content, address = running
    before = commits(content)
    with urlopen(f"{address}/bien-tap/config.json") as answer:
        attack = ATTACK.replace("TOKEN", json.dumps(json.load(answer)["token"]))
    with elsewhere() as other:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{other}/")
        page.evaluate(attack, address)
        assert commits(content) == before
        page.goto(f"{address}/bien-tap/")
        page.evaluate(attack, address)
        page.close()
    assert commits(content) > before  # the attack is one that works, from the right page


# ── ended ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def processes_below(folder: Path) -> list[str]:
    """Return the command lines of the processes that work in a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if Path(os.readlink(entry / "cwd")).is_relative_to(folder) or str(folder) in (entry / "cmdline").read_text("utf-8"):
                    found.append((entry / "cmdline").read_text("utf-8"))
            except OSError:
                continue
    return found


@pytest.mark.parametrize("how", ["TERM", "HUP", "KILL", "terminal"])
def test_nothing_that_can_write_is_left_of_a_killed_editor(tmp_path, how):
    content, log, port = Path(shutil.copytree(ROOT / "content", tmp_path / "content")), tmp_path / "log", free_port()
    command = [sys.executable, "-m", "invoke", "editor", "--content", str(content), "--port", str(port)]
    controller, terminal = os.openpty()
    with log.open("w") as reported:
        process = subprocess.Popen(
            ["setsid", "--ctty", *command] if how == "terminal" else command,
            cwd=ROOT,
            stdout=reported,
            stderr=reported,
            stdin=terminal,
        )
    os.close(terminal)
    until(lambda: "Biên tập tại" in log.read_text("utf-8"))
    assert len(processes_below(content)) == 1  # no other program edits
    if how == "terminal":
        os.close(controller)
    else:
        process.send_signal(getattr(signal, f"SIG{how}"))
    process.wait(20)
    until(lambda: not processes_below(content))
    with socket.socket() as asked:
        assert asked.connect_ex(("127.0.0.1", port)) != 0
    assert "Traceback" not in log.read_text("utf-8")


def until(done, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


@contextmanager
def neighbours():
    """Take two ports side by side; give the first."""
    for _ in range(50):
        with socket.socket() as one, socket.socket() as other:
            port = free_port()
            try:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):  # another test's
                continue
            one.listen()
            other.listen()
            yield port
            return


@pytest.mark.parametrize("command", ["serve", "editor"])
def test_a_port_that_is_taken_is_reported_with_the_command_that_works(tmp_path, command):
    content = shutil.copytree(ROOT / "content", tmp_path / "content")
    with neighbours() as port:
        done = subprocess.run(
            [sys.executable, "-m", "invoke", command, "--content", content, "--port", str(port)], cwd=ROOT, capture_output=True, text=True, check=False,
            timeout=60,
        )  # fmt: skip
    reported = re.fullmatch(
        rf"Cổng {port} đang được dùng\. Cách sửa: đóng chương trình kia, hoặc chạy \.venv/bin/invoke {command} --port (\d+)\.\n",
        done.stderr,
    )
    assert (done.returncode, bool(reported)) == (2, True), done.stderr
    assert int(reported[1]) not in {port, port + 1}
