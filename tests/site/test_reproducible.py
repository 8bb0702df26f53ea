"""The same content gives the same tree, whatever the path, time zone, locale, hash seed, umask, user and clock between two moments."""

import os
import shutil
import subprocess
import sys
import tempfile

import pytest
from conftest import ROOT, SITES, SOAK, build_site, tree

SCRIPT = """
import os, sys
from datetime import datetime
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from conftest import build_site
if {user}:  # who may not read the interpreter's modules: all are loaded before, and work is done in this process
    import pypdfium2
    from chuyendoiso.build import render
    from chuyendoiso.system import workers
    render.ALONE = 10**9
    workers.Workers.map = lambda self, do, tasks, seconds, heavy=None, after=None: (workers.run_limited(do, task, seconds) for task in tasks)
    build_site(Path({content!r}), Path({output!r} + "-as-root"))
    os.setgid({user})
    os.setuid({user})
build_site(Path({content!r}), Path({output!r}), now=datetime.fromisoformat({now!r}), theme=Path({theme!r}))
"""

WAYS = {
    "time zone": {"TZ": "America/Los_Angeles"},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "C", "PYTHONUTF8": "0"},
    "hash seed": {"PYTHONHASHSEED": "4711"},
    "path": {"folder": "một thư mục/có dấu"},
    "umask": {"umask": "077"},
    "user": {"user": "65534"},
    "clock": {"now": "2026-11-28T23:59:59+07:00"},
}


# together where that cannot confuse; in `make soak` each by itself, so that one which makes a difference is named
TOGETHER = ("time zone", "hash seed", "path", "umask", "clock")
EACH = {**WAYS, "together": {name: value for way in TOGETHER for name, value in WAYS[way].items()}}


@pytest.mark.soak
@pytest.mark.parametrize("way", EACH if SOAK else ["together", "locale", "user"])
def test_the_tree_is_the_same(way, tmp_path, small):
    changes = dict(EACH[way])
    content = tmp_path / changes.pop("folder", "content")
    shutil.copytree(SITES / "small", content)
    for path in content.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    mask, now = int(changes.pop("umask", "022"), 8), changes.pop("now", "2026-11-24T05:00:00+00:00")
    output = content.parent / "output"
    user, root = int(changes.pop("user", "0")), ROOT
    if user:
        if os.getuid() != 0:
            pytest.skip("only root can build as another user")
        output = tmp_path / "another" / "output"
        root = tmp_path / "project"  # the checkout may lie where others may not go
        for part in ("chuyendoiso", "theme"):
            shutil.copytree(ROOT / part, root / part)
        for path in (content, *content.rglob("*"), root, *root.rglob("*")):  # a strict umask may have made them
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o644))
        output.parent.mkdir(mode=0o777)
        os.chown(output.parent, user, user)
        for folder in (tmp_path, *tmp_path.parents):
            if folder.owner() == "root" and folder.is_relative_to(f"{tempfile.gettempdir()}/"):
                folder.chmod(folder.stat().st_mode | 0o055)
    script = SCRIPT.format(
        root=str(root),
        tests=str(ROOT / "tests"),
        content=str(content),
        output=str(output),
        now=now,
        user=user,
        theme=str(root / "theme"),
    )
    subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, **changes}, umask=mask)
    assert tree(output) == tree(small)


def test_two_builds_in_one_process_are_the_same(small, output):
    build_site(SITES / "small", output)
    assert tree(output) == tree(small)
