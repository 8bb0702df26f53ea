"""Holds that whatever happens to a file that builds keep, the next build makes the right bytes or stops with one clear line."""

import json
import os
import random
import shutil
import sqlite3
import time
from contextlib import contextmanager

import pytest
from conftest import SOAK, build_site
from test_oracle import ROOT, World, files

from chuyendoiso.build.build_if_needed import run_build
from chuyendoiso.system import cache
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.file_status import TICK

KEPT = ("cache.sqlite", "000001.json", "000001.files.json", "up-to-date")
EDITED = "tin-tuc/2026/tin-1.md"
CASES = 300 if SOAK else 20


def build(world):
    options = {"NOW": world.now, "SHARE_CARDS": False, "QUIET": True}
    paths = {"PATH": str(world.content), "THEME": str(world.theme), "OUTPUT_PATH": str(world.root / "output")}
    run_build(ROOT / "pelicanconf.py", {**options, **paths})


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """A site that was built, and what a clean build of it makes once an article was edited."""
    world = World(tmp_path_factory.mktemp("damage"))
    time.sleep(2 * TICK / 1e9)  # what was just written is not noted
    build(world)
    edited = shutil.copytree(world.content, world.root / "edited")
    edit(edited)
    build_site(edited, world.root / "clean", share_cards=False, theme=world.theme, now=world.now)
    return world, files(world.root / "clean")


def edit(content):
    file = content / EDITED
    file.write_text(file.read_text("utf-8").replace("Đoạn.", "Đoạn nay đã sửa."), "utf-8")


# ── damages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def flipped(file, choice):
    data = bytearray(file.read_bytes())
    for _ in range(choice.choice([1, 10, 100, 1000])):
        data[choice.randrange(len(data))] ^= 1 << choice.randrange(8)
    file.write_bytes(data)
    yield


@contextmanager
def cut(file, choice):
    file.write_bytes(file.read_bytes()[: choice.randrange(file.stat().st_size)])
    yield


@contextmanager
def swapped(file, choice):
    """Two values change places."""
    if file.suffix == ".sqlite":
        connection = sqlite3.connect(file)
        rows = connection.execute("SELECT rowid, digest, value FROM cache").fetchall()
        (one, *first), (other, *second) = choice.sample(rows, 2)
        with connection:
            connection.execute("UPDATE cache SET digest = ?, value = ? WHERE rowid = ?", (*second, one))
            connection.execute("UPDATE cache SET digest = ?, value = ? WHERE rowid = ?", (*first, other))
        connection.close()
    else:
        words = file.read_text("utf-8").split(",")
        one, other = choice.sample(range(len(words)), 2)
        words[one], words[other] = words[other], words[one]
        file.write_text(",".join(words), "utf-8")
    yield


@contextmanager
def of_another_version(file, choice):
    if file.suffix == ".sqlite":
        connection = sqlite3.connect(file)
        connection.execute(f"PRAGMA user_version = {choice.choice([0, 7, 99])}")
        connection.close()
    else:
        file.write_text(json.dumps({"format": choice.choice([1, 7, 99])}), "utf-8")
    yield


@contextmanager
def locked(file, choice):
    """Another program holds the cache; the others have no locks."""
    if file.suffix != ".sqlite":
        yield
        return
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.close()


@contextmanager
def read_only(file, choice):
    file.chmod(0o400)
    yield


@contextmanager
def a_folder(file, choice):
    file.unlink()
    file.mkdir()
    if choice.random() < 0.5:
        (file / "tệp").write_text("của người khác")
    yield


DAMAGES = (flipped, flipped, cut, swapped, of_another_version, locked, read_only, a_folder)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(CASES))
def test_the_next_build_is_right_or_stops_with_one_line(sites, tmp_path, monkeypatch, capfd, seed):
    world, expected = sites
    choice = random.Random(seed)
    root = tmp_path / "root"
    shutil.copytree(world.root, root, symlinks=True, ignore=shutil.ignore_patterns("edited", "clean", ".clean-releases"))
    here = World.__new__(World)
    here.__dict__ = {**world.__dict__, "root": root, "content": root / "content", "theme": root / "theme"}
    file = root / ".output-releases" / KEPT[(seed + seed // len(DAMAGES)) % len(KEPT)]
    damage = DAMAGES[seed % len(DAMAGES)]
    before = files(root / "output")
    edit(here.content)
    monkeypatch.setattr(cache, "LOCKED_SECONDS", 0.1)
    with damage(file, choice):
        try:
            build(here)
        except BuildStopped as stopped:
            assert str(stopped).count("\n") == 0 and "Cách sửa: " in str(stopped)
            assert files(root / "output") == before
        else:
            assert files(root / "output") == expected
    assert "Traceback" not in capfd.readouterr().err
    if file.is_dir():
        shutil.rmtree(file)  # what the line says
    build(here)
    assert files(root / "output") == expected
    assert os.listdir(root / ".output-releases").count("000001.files.json.partial") == 0
