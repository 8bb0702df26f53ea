"""What tests share: a way to build a content folder at a fixed instant, and the small site built once a run."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings

from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.build.summary import Result
from chuyendoiso.system.progress import Progress

pytest_plugins = ["chromium", "editor_desk"]

# the tests talk to this machine alone, and to git as it is when new, whatever its user has set
for name in [name for name in os.environ if name.lower().endswith("_proxy") or name.startswith("GIT_")]:
    del os.environ[name]
os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
SOAK = "SOAK" in os.environ  # `make soak`: run at length what `make test` samples
SEED = int(
    os.environ.get("SOAK", "0")
)  # what random tests start from: always the same in `make test`, a new one in each `make soak`
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
COMMITTED = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)  # when all committed content is published

# `make test` draws the same examples every time; `make soak` draws new ones, and prints the seed that draws them again
settings.register_profile("test", derandomize=True, deadline=None, max_examples=200, print_blob=True)
settings.register_profile("soak", settings.get_profile("test"), derandomize=False, max_examples=5000)
settings.load_profile("soak" if SOAK else "test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is long to `make soak`."""
    long = [item for item in items if item.get_closest_marker("long") and not SOAK]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]


def order(content: Path, output: Path, **options) -> BuildOptions:
    return BuildOptions(**{"content": content, "output": output, "theme": ROOT / "theme", "now": NOW, **options})


def build_site(content: Path, output: Path, **options) -> Result:
    ordered = order(_outside(content, output) if options.get("publishing") else content, output, **options)
    progress = Progress(quiet=True)
    return pipeline.write(pipeline.read(ordered, progress), ordered, progress)


def _outside(content: Path, output: Path) -> Path:
    """Return content of this project as a copy in no repository: its dates are not those of this project's commits."""
    if not content.is_relative_to(ROOT):
        return content
    return Path(shutil.copytree(content, output.parent / "in-no-repository" / content.name, dirs_exist_ok=True))


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


def built_once(tmp_path_factory, name: str, make: Callable[[Path], object]) -> Path:
    """Return what the first worker of a run builds for all, as `output` in the folder that `make` is given. To be read only."""
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp_path_factory.getbasetemp()
    folder = shared / f"prebuilt-{name}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "output").exists():
            make(folder)
    return folder / "output"


def copy_release(release: Path, output: Path) -> Path:
    """Put a copy of a prebuilt release and of its cache where a test builds: its first build there is an incremental one."""
    shutil.copytree(release.parent / ".output-releases", output.parent / ".output-releases")
    output.symlink_to(release.readlink())
    return output


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Path:
    """The small site's release, to be read only."""
    return built_once(tmp_path_factory, "small", lambda folder: build_site(SITES / "small", folder / "output"))


@pytest.fixture(scope="session")
def preview(tmp_path_factory, small) -> Path:
    """The small site's preview as a build makes it, with the pages that only a preview has, to be read only."""

    def make(folder: Path) -> None:
        build_site(SITES / "small", copy_release(small, folder / "output"), preview=True)

    return built_once(tmp_path_factory, "preview", make)


@pytest.fixture(scope="session")
def committed(tmp_path_factory) -> Path:
    """The release of the committed content, to be read only."""
    return built_once(tmp_path_factory, "committed", lambda folder: build_site(ROOT / "content", folder / "output", now=COMMITTED))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Path:
    """The release of a site that has payloads in every place of an editor's, to be read only."""
    from hostile import build_hostile

    return built_once(tmp_path_factory, "hostile", build_hostile).resolve()


@pytest.fixture
def output(tmp_path, small) -> Path:
    """Where a test builds on top of the small site's release. A test that means a first build takes another path."""
    return copy_release(small, tmp_path / "output")


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
        shutil.copy2(ROOT / name, copy / name)  # with its time: the environment needs no new set-up
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
