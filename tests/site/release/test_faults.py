"""A build that is killed at any moment leaves the whole old release or the whole new one, and the next build goes on."""

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import ROOT, SEED, SITES, SOAK, build_site

from chuyendoiso.release.store import current_release
from chuyendoiso.system.errors import BuildStopped

pytestmark = pytest.mark.soak

SCRIPT = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from conftest import build_site
build_site(Path({content!r}), Path({output!r}))
"""
KILLS = 200 if SOAK else 5
STEPS = 10_000 if SOAK else 24  # at most so many steps of a build at which it is killed


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


def test_killed_builds_leave_intact_releases(tmp_path, small_content, output):
    chance = random.Random(SEED + 7)
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


# ── at each step ────────────────────────────────────────────────────────────────────────────────────────────────────────

CHANGES = {"os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.utime", "open"}


def small_site(folder: Path) -> Path:
    content = folder / "content"
    (content / "tin-tuc/2026").mkdir(parents=True)
    shutil.copy(SITES / "base.yml", content / "site.yml")
    return content


def write_article(content: Path, number: int) -> None:
    header = f"title: Bài số {number}\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so"
    (content / f"tin-tuc/2026/bai-{number % 3}.md").write_text(f"---\n{header}\n---\n\nChữ {number}.\n", "utf-8")


def killed_at(step: int, content: Path, output: Path) -> int:
    """Build in a child that is killed at its step-th change of the disk; return its exit status, 0 where it had fewer.

    Without share cards, which would be drawn by workers: a child of this one that is killed is no killed build.
    """
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event: str, arguments: tuple[object, ...]) -> None:
            if event in CHANGES and any(".output-releases" in str(argument) for argument in arguments):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            build_site(content, output, share_cards=False)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def test_a_build_killed_at_any_change_of_the_disk_leaves_an_intact_release(tmp_path):
    content, output = small_site(tmp_path), tmp_path / "output"
    for number in range(3):
        write_article(content, number)
        build_site(content, output, share_cards=False)
    step, stride, killed = 1, 1, 0
    while True:
        write_article(content, step + 3)
        status = killed_at(step, content, output)
        assert faults(output) == []
        assert status in {0, signal.SIGKILL}
        if status == 0:
            break
        killed += 1
        stride = 1 if killed < STEPS // 2 else 1 + step // 10 if not SOAK else 1
        step += stride
    assert killed >= 20
    build_site(content, output, share_cards=False)
    assert faults(output) == []
    assert not list((tmp_path / ".output-releases").glob("*.partial*"))


# ── a full disk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 6 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"this machine cannot mount a small file system: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_release_and_says_so(small_disk, tmp_path, small_content):
    output, filler = small_disk / "output", small_disk / "filler"
    build_site(small_content, output)
    reported = set()
    for number, left in enumerate((0, 4_000, 16_000, 64_000, 100_000, 150_000, 200_000, 250_000)):
        edit(small_content, number)
        before = output.readlink()
        free = os.statvfs(small_disk)
        filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - left)))
        try:
            build_site(small_content, output)
        except BuildStopped as stopped:
            reported.add(re.sub(r"ghi được \S+:", "ghi được …:", str(stopped)))
            assert output.readlink() == before
        filler.unlink()
        assert faults(output) == []
        assert not [path for path in (small_disk / ".output-releases").glob("*.partial*") if path.is_dir()]
    assert reported == {"Không ghi được …: đĩa đã đầy. Trang cũ vẫn còn nguyên."}
    edit(small_content, 99)
    assert build_site(small_content, output).changed
    assert faults(output) == []


# ── two at once ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_builds_at_once_end_with_an_intact_release(small_content, output):
    """One waits, or is told that the other is at work (75)."""
    statuses = []
    for wait in (0, 60):
        edit(small_content, wait)
        command = [
            sys.executable,
            "-m",
            "invoke",
            "build",
            "--content",
            str(small_content),
            "--output",
            str(output),
            "--wait",
            str(wait),
        ]
        running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        said = [process.communicate()[1] for process in running]
        statuses.append({process.returncode for process in running})
        print("\n".join(said))  # shown if the test fails
        assert faults(output) == []
    assert statuses[0] <= {0, 75}
    assert 0 in statuses[0]
    assert statuses[1] == {0}


# ── while somebody reads ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_reader_who_polls_meets_no_missing_and_no_torn_page(small_content, output):
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
    for number in range(100 if SOAK else 4):
        edit(small_content, number)
        build_site(small_content, output)
    stop.set()
    reader.join()
    assert torn == []
    assert len(reads) > 50
