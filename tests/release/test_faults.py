"""A build that is killed at any moment leaves the whole old release or the whole new one, and the next build goes on."""

import hashlib
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from conftest import ROOT, build_site

from chuyendoiso.release.store import current_release

SCRIPT = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from conftest import build_site
build_site(Path({content!r}), Path({output!r}))
"""
KILLS = 10


def start_build(content: Path, output: Path) -> subprocess.Popen[bytes]:
    script = SCRIPT.format(root=str(ROOT), tests=str(ROOT / "tests"), content=str(content), output=str(output))
    return subprocess.Popen([sys.executable, "-c", script])


def faults(output: Path) -> list[str]:
    """Return what of the shown release is not as its manifest says."""
    release = current_release(output)
    assert release is not None
    folder, manifest = release.folder, release.files
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    wrong = [
        path for path in found & set(manifest) if hashlib.sha256((folder / path).read_bytes()).hexdigest() != manifest[path].digest
    ]
    return sorted([*wrong, *(found ^ set(manifest))])


def edit(content: Path, number: int) -> None:
    settings = content / "site.yml"
    lines = settings.read_text("utf-8").splitlines()
    lines[1] = f"  name: Tin số {number}"  # stands on every page and card
    settings.write_text("\n".join(lines) + "\n", "utf-8")


def test_killed_builds_leave_whole_releases(tmp_path, small_content):
    output, chance = tmp_path / "output", random.Random(7)
    build_site(small_content, output)
    for number in range(KILLS):
        edit(small_content, number)
        with start_build(small_content, output) as process:
            time.sleep(chance.uniform(0.3, 1.6))
            process.kill()
        assert faults(output) == []
    edit(small_content, KILLS)
    build_site(small_content, output)
    build_site(small_content, tmp_path / "clean")
    assert faults(output) == []
    assert not list((tmp_path / ".output-releases").glob("*.partial*"))
    trees = [
        {path.relative_to(one.resolve()).as_posix(): path.read_bytes() for path in one.resolve().rglob("*") if path.is_file()}
        for one in (output, tmp_path / "clean")
    ]
    assert trees[0] == trees[1]


def test_a_reader_who_polls_meets_no_missing_and_no_torn_page(tmp_path, small_content):
    output = tmp_path / "output"
    build_site(small_content, output)
    stop, torn, reads = threading.Event(), [], []

    def poll() -> None:
        while not stop.is_set():
            for name in ("index.html", "feeds/tat-ca/rss.xml", "tin-tuc/2026/hoi-nghi/index.html"):
                try:
                    text = (output / name).read_text("utf-8").rstrip()
                    reads.append(name)
                    if not text.endswith(("</html>", "</rss>")):
                        torn.append(name)
                except OSError as error:
                    torn.append(f"{name}: {error}")

    reader = threading.Thread(target=poll)
    reader.start()
    for number in range(4):
        edit(small_content, number)
        build_site(small_content, output)
    stop.set()
    reader.join()
    assert torn == []
    assert len(reads) > 50
