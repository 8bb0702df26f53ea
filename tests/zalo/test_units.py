"""The systemd units that the guide tells to install are sound, and the guide names what there is."""

import re
import shutil
import subprocess

import pytest
from conftest import ROOT

UNITS = ROOT / "docs/systemd"


def test_the_units_are_sound(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("this machine has no systemd-analyze to judge them")
    for unit in UNITS.iterdir():
        (tmp_path / unit.name).write_text(unit.read_text("utf-8"), "utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *map(str, sorted(tmp_path.iterdir()))]
    told = subprocess.run(verify, capture_output=True, text=True, check=False)
    own = [line for line in told.stderr.splitlines() if "zalo-sync" in line]
    assert own == []


def test_the_service_runs_a_command_that_there_is():
    command = re.search(r"invoke (\S+) (.*?)'", (UNITS / "zalo-sync.service").read_text("utf-8"))
    assert command and command[1] == "zalo-sync"
    task = (ROOT / "tasks.py").read_text("utf-8").partition("def zalo_sync(")[2].partition("->")[0]
    assert [name for name in re.findall(r"--([a-z]+)", command[2]) if f"{name}:" not in task] == []
