"""The systemd units that the guide tells to install are sound, and run a command that there is."""

import re
import shutil
import subprocess

import pytest
from conftest import ROOT

UNITS = ROOT / "docs/systemd"
OWN = ("doctor.service", "doctor.timer", "failure-mail@.service")


def test_the_units_are_sound(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("this machine has no systemd-analyze to judge them")
    for name in OWN:
        (tmp_path / name).write_text((UNITS / name).read_text("utf-8"), "utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *(str(tmp_path / name) for name in OWN)]
    told = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert [line for line in told.stderr.splitlines() if "doctor" in line or "failure-mail" in line] == []


def test_the_service_runs_a_command_that_there_is_and_tells_of_its_failure():
    service = (UNITS / "doctor.service").read_text("utf-8")
    command = re.search(r"invoke (\S+) (.*?)'", service)
    assert command and command[1] == "doctor"
    task = (ROOT / "tasks.py").read_text("utf-8").partition("def doctor(")[2].partition("->")[0]
    assert [name for name in re.findall(r"--([a-z]+)", command[2]) if f"{name}:" not in task] == []
    assert re.findall("OnFailure=(.*)", service) == ["failure-mail@%n.service"]


def test_the_guide_names_every_unit_and_every_check():
    guide = (ROOT / "docs/theo-doi.md").read_text("utf-8")
    assert [name for name in OWN if name not in guide] == []
    code = "".join(path.read_text("utf-8") for path in (ROOT / "chuyendoiso/doctor").glob("*.py"))
    checks = set(re.findall(r'(?:broken|warning|skipped|good|level|or_good)\(\s*(?:_\w+\([^)]*\), )?"([a-z]+)"', code))
    assert len(checks) > 12
    assert [check for check in sorted(checks) if f"`{check}`" not in guide] == []
