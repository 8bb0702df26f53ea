"""What tests share: a way to build a content folder at a fixed instant, and the small site built once."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chuyendoiso import build
from chuyendoiso.progress import Progress

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
SOAK = "SOAK" in os.environ  # long runs (`make soak`) of what `make test` samples
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def order(content: Path, output: Path, **options) -> build.Order:
    return build.Order(**{"content": content, "output": output, "theme": ROOT / "theme", "now": NOW, **options})


def build_site(content: Path, output: Path, **options) -> build.Result:
    ordered = order(content, output, **options)
    progress = Progress(quiet=True)
    return build.write(build.read(ordered, progress), ordered, progress)


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
