"""What tests share: a way to build a content folder at a fixed instant, the small site built once, and a real browser."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chuyendoiso import build
from chuyendoiso.order import Order
from chuyendoiso.progress import Progress

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
SOAK = "SOAK" in os.environ  # long runs (`make soak`) of what `make test` samples
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def order(content: Path, output: Path, **options) -> Order:
    return Order(**{"content": content, "output": output, "theme": ROOT / "theme", "now": NOW, **options})


def build_site(content: Path, output: Path, **options) -> build.Result:
    ordered = order(content, output, **options)
    progress = Progress(quiet=True)
    return build.write(build.read(ordered, progress), ordered, progress)


def tree(output: Path) -> dict[str, tuple[str, int]]:
    """Return each file and folder of a release: digest and mode."""
    folder = output.resolve()
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder",
            path.stat().st_mode & 0o777,
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Path:
    """The small site's release, to be read only."""
    output = tmp_path_factory.mktemp("small") / "output"
    build_site(SITES / "small", output)
    return output


@pytest.fixture
def small_content(tmp_path) -> Path:
    """A copy of the small site's content, to be changed."""
    return Path(shutil.copytree(SITES / "small", tmp_path / "content"))


def invoke(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "invoke", *map(str, arguments)]
    environment = {key: value for key, value in os.environ.items() if key not in {"LANG", "LC_ALL"}}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project as git has it, with this environment."""
    copy = tmp_path_factory.mktemp("project") / "project"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    for name in listed.splitlines():
        if name.startswith("tests/") or not (ROOT / name).is_file():
            continue
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(Path(sys.prefix))
    return copy


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files
    disable_nagle_algorithm = True

    def log_message(self, format, *args):
        pass


@contextmanager
def served(folder: Path):
    """Serve a folder on this machine; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # only where it is asked for

    chromium = shutil.which("chromium")
    assert chromium, "cần Chromium: apt-get install chromium"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    arguments.append(
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    )  # whatever a page asks for, no test leaves the machine
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()
