"""Holds when a build may say that nothing changed, and that it then loads nothing."""

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from conftest import ROOT, tree

from chuyendoiso.build.up_to_date import BuildSummary, take_snapshot, up_to_date, write_note
from chuyendoiso.system.file_status import COARSE_TICK, TICK, not_racy

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DONE = BuildSummary("000001", "2026-11-24T10:00:00+00:00", "2026-11-24T14:00:00+00:00", ["cảnh báo"], "1 tin tức", "")


@pytest.fixture
def place(tmp_path):
    """A content folder, a release and a note of the build that made it."""
    for name in ("content/a.md", "content/b/c.md", ".output-releases/000001/index.html", ".output-releases/000001/tin/một.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "output").symlink_to(".output-releases/000001")
    time.sleep(2 * TICK / 1e9)
    note(tmp_path)
    return tmp_path


def snapshot(place, options="x"):
    return take_snapshot(options, [place / "content"])


def note(place, done=DONE):
    folder = place / ".output-releases/000001"
    rows = [
        (path.relative_to(folder).as_posix(), None if path.is_dir() else path.stat().st_size, path.stat().st_mtime_ns)
        for path in (folder, *folder.rglob("*"))
    ]
    write_note(place / "noted", snapshot(place), done, rows)


def recall(place, now=NOON, options="x"):
    return up_to_date(place / "noted", snapshot(place, options), place / "output", now)


def test_what_was_done_is_recalled(place):
    assert recall(place) == DONE


def flip(file, seed=0):
    data = bytearray(file.read_bytes())
    data[random.Random(seed).randrange(len(data))] ^= 1
    file.write_bytes(data)


CHANGES = {
    "a file is written to": lambda place: (place / "content/a.md").write_text("khác"),
    "a file is touched": lambda place: (place / "content/a.md").touch(),
    "a file is new": lambda place: (place / "content/b/d.md").write_text(""),
    "a file is gone": lambda place: (place / "content/b/c.md").unlink(),
    "a file is renamed": lambda place: (place / "content/a.md").rename(place / "content/e.md"),
    "a folder is new": lambda place: (place / "content/e.md").mkdir(),
    "a mode is another": lambda place: (place / "content/a.md").chmod(0o600),
    "a page is gone": lambda place: (place / "output/index.html").unlink(),
    "a page is edited": lambda place: (place / "output/index.html").write_text("khác"),
    "another release is shown": lambda place: (place / "output").unlink() or (place / "output").symlink_to("000002"),
    "nothing is shown": lambda place: (place / "output").unlink(),
    "a foreign file is in the output": lambda place: (place / "output/tin/lạ.html").write_text("lạ"),
    "the note is of another format": lambda place: (place / "noted").write_text('{"format": 1}\nx'),
    "the note is damaged": lambda place: flip(place / "noted"),
    "the note is damaged elsewhere": lambda place: flip(place / "noted", 1),
    "the note is cut short": lambda place: (place / "noted").write_bytes((place / "noted").read_bytes()[:-9]),
    "the note is a folder": lambda place: (place / "noted").unlink() or (place / "noted").mkdir(),
    "the note is gone": lambda place: (place / "noted").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_nothing_is_recalled(place, change):
    CHANGES[change](place)
    assert recall(place) is None


@pytest.mark.parametrize(
    ("hour", "asked", "expected"), [(9, "x", False), (10, "x", True), (13, "x", True), (14, "x", False), (12, "y", False)]
)
def test_only_between_its_moments_and_for_the_same_question(place, hour, asked, expected):
    assert bool(recall(place, NOON.replace(hour=hour), asked)) is expected


def test_where_a_file_may_still_be_written_to_within_one_tick_nothing_is_noted(place):
    (place / "content/a.md").write_text("vừa ghi")
    note(place)
    assert recall(place) is None and not (place / "noted").exists()


def test_what_is_behind_a_link_is_unknown(place):
    (place / "content/lien-ket.md").symlink_to(place / "noted")
    with pytest.raises(OSError, match=r"lien-ket\.md is a link"):
        snapshot(place)


@pytest.mark.parametrize(
    ("changed", "now", "expected"),
    [
        (1_000_000_001, 1_000_000_002 + TICK, True),
        (1_000_000_001, 1_000_000_001 + TICK, False),
        (1_000_000_000, 1_000_000_001 + TICK, False),
        (1_000_000_000, 1_000_000_001 + COARSE_TICK, True),
    ],
)
def test_how_long_a_clock_may_stand_still(changed, now, expected):
    assert not_racy((1, 0, changed, 1), now) is expected


SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from chuyendoiso.build.build_if_needed import run_build
run_build(Path({root!r}, "pelicanconf.py"), {{"PATH": {content!r}, "OUTPUT_PATH": {output!r}, "SHARE_CARDS": False}})
asked = "pelican jinja2 feedgen PIL.Image segno pypdfium2 pydantic markdown yaml nh3 lxml sqlite3"
print(" ".join(sorted(sys.modules.keys() & set(asked.split()))))
"""


@pytest.fixture
def run(small_content, tmp_path):
    """Return a function that builds in a process of its own, and returns which libraries it loaded and what it said."""
    script = SCRIPT.format(root=str(ROOT), content=str(small_content), output=str(tmp_path / "output"))

    def run():
        time.sleep(2 * TICK / 1e9)
        done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
        return done.stdout.split(), done.stderr

    return run


def test_a_build_that_has_nothing_to_do_loads_nothing_and_changes_nothing(run, tmp_path):
    loaded, said = run()
    assert {"pelican", "jinja2", "feedgen"} <= set(loaded) and "Đã dựng bản mới" in said
    before = tree(tmp_path / "output"), os.stat(tmp_path / "output").st_mtime_ns
    loaded, reported = run()
    assert (loaded, (tree(tmp_path / "output"), os.stat(tmp_path / "output").st_mtime_ns)) == ([], before)
    assert reported.splitlines()[-1].split(": ")[1].split("; ")[:-1] == said.splitlines()[-1].split(": ")[1].split("; ")[:-1]
    assert [line for line in reported.splitlines() if "[" in line] == [line for line in said.splitlines() if "[" in line]


def test_a_damaged_note_is_reported(place, capsys):
    flip(place / "noted")
    assert (recall(place), capsys.readouterr().err) == (None, "Ghi chú của lần dựng trước bị hỏng, nên xem lại tất cả.\n")


def test_a_foreign_file_in_the_output_is_reported_and_gone(run, tmp_path):
    run()
    before = tree(tmp_path / "output")
    (tmp_path / "output/tin-tuc/lạ.html").write_text("lạ", "utf-8")
    assert "Bỏ khỏi trang: tin-tuc/lạ.html, vì không do lần dựng nào tạo ra." in run()[1].splitlines()
    assert tree(tmp_path / "output") == before
    assert run()[0] == []


def test_pelican_runs_every_build_that_has_anything_to_do(run, small_content):
    run()
    article = next(path for path in (small_content / "tin-tuc").rglob("*.md") if "\nstatus:" not in path.read_text("utf-8"))
    article.write_text(article.read_text("utf-8").replace("title: ", "title: Nay ", 1), "utf-8")
    loaded, said = run()
    assert "Đã dựng bản mới" in said
    assert {"pelican", "jinja2", "feedgen"} <= set(loaded) and not {"segno", "pypdfium2"} & set(loaded)
