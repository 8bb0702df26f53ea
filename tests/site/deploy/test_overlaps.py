"""Publishing, builds, timers, going back, kills and full disks beside each other: the target is intact and, once all is quiet, current."""

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import SEED, SITES, SOAK, build_site

from chuyendoiso.deploy.deployment import PublishOptions, deploy_release
from chuyendoiso.deploy.pending import is_due, is_new
from chuyendoiso.deploy.server_folder import parse_target, roll_back_target
from chuyendoiso.deploy.targets import ServerFolder
from chuyendoiso.release.store import locked, roll_back
from chuyendoiso.system.errors import BuildStopped

ROUNDS = 300 if SOAK else 3
ARTICLE = "---\ntitle: Bản số {}\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n---\n{}\n"
ACTIONS = ("publish", "publish", "timer", "build", "roll back", "go back")
STOPPED = {0, 1, 2, 75, -signal.SIGKILL}


class Machine:
    """One content folder, the output that it is built into, and the target that this is deployed to."""

    def __init__(self, root: Path) -> None:
        self.content, self.output, self.target = root / "content", root / "output", root / "disk/dich"
        shutil.copytree(SITES / "small", self.content)
        self.target.parent.mkdir()
        self.version = 0

    def edit(self) -> None:
        """Write the next version of an article."""
        self.version += 1
        text = ARTICLE.format(self.version, "Chữ. " * (self.version % 7))
        (self.content / "tin-tuc/2026/so.md").write_text(text, "utf-8")

    def start(self, action: str) -> int:
        """Do something in a child process; return its id."""
        child = os.fork()
        if child:
            return child
        status = 99
        try:
            getattr(self, action.replace(" ", "_"))()
            status = 0
        except BuildStopped as stopped:
            status = stopped.exitcode
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def publish(self, wait: float = 60, *, timer: bool = False) -> None:
        """Do as `invoke publish` does."""
        with locked(self.output, wait):
            commit = hashlib.sha256((self.content / "tin-tuc/2026/so.md").read_bytes()).hexdigest()
            if timer and not is_due(self.output, datetime.now(UTC)) and not is_new(self.output, (commit,)):
                return
            site = build_site(self.content, self.output, publishing=True, share_cards=False).site_plan.site
            deploy_release(
                PublishOptions(
                    output=self.output, site=site, target=ServerFolder(self.output, parse_target(str(self.target), site.base_path, wait=wait)), check=False, commits=(commit,),
                    monotonic=time.monotonic, sleep=time.sleep, say=lambda text: None,
                )
            )  # fmt: skip

    def timer(self) -> None:
        """Do as the timer's unit does."""
        self.publish(0, timer=True)

    def build(self) -> None:
        """Do as `invoke build` does."""
        build_site(self.content, self.output, share_cards=False, wait=60)

    def roll_back(self) -> None:
        """Do as `invoke rollback` does."""
        roll_back(self.output, 60)

    def go_back(self) -> None:
        """Do as `invoke rollback --target` does."""
        with locked(self.output, 60):
            roll_back_target(parse_target(str(self.target), "", wait=60))

    def faults(self) -> list[str]:
        """Return what of the shown release is not as its list, and its compressed files not as their originals, have it."""
        tree = (self.target / "www").resolve()  # what a killed command started may go on for a moment
        lines = tree.with_name(f"{tree.name}.list").read_text("utf-8").splitlines()
        listed = dict(reversed(line.split("  ", 1)) for line in lines)
        found = {
            path.relative_to(tree).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in tree.rglob("*")
            if path.is_file()
        }
        wrong = sorted({path for path, _ in listed.items() ^ found.items()})
        for path in tree.rglob("*.gz"):
            unpacked = subprocess.run(["gzip", "-dc", path], capture_output=True, check=True).stdout
            if unpacked != path.with_name(path.name.removesuffix(".gz")).read_bytes():
                wrong.append(f"{path.name} is of another version")
        return wrong

    @property
    def shown(self) -> str:
        """Return the title of the article that the target shows."""
        return re.search(r"Bản số \d+", (self.target / "www/tin-tuc/2026/so/index.html").read_text("utf-8"))[0]


@pytest.fixture
def machine(tmp_path):
    """A machine, whose target lies on a small disk where one can be mounted."""
    machine = Machine(tmp_path)
    disk = machine.target.parent
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(disk)], capture_output=True, check=False)
    machine.fills = not mounted.returncode
    yield machine
    if machine.fills:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.soak
def test_whatever_overlaps_the_target_is_intact_and_becomes_current(machine):
    chance, filler = random.Random(SEED + 23), machine.target.parent / "filler"
    machine.edit()
    machine.publish()
    for number in range(ROUNDS):
        machine.edit()
        if machine.fills and chance.random() < 0.25:
            room = os.statvfs(filler.parent)
            filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - chance.randrange(1_500_000))))
        running = {}
        for action in chance.choices(ACTIONS, k=chance.choice([2, 2, 3])):
            running[machine.start(action)] = action
            time.sleep(chance.uniform(0, 0.4))
            if chance.random() < 0.3:
                machine.edit()
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, 0.6))
            os.kill(chance.choice(list(running)), signal.SIGKILL)
        ended = {action: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, action in running.items()}
        assert set(ended.values()) <= STOPPED, (number, ended)
        assert machine.faults() == [], (number, ended)
        filler.unlink(missing_ok=True)
        machine.publish()
        assert (machine.shown, machine.faults()) == (f"Bản số {machine.version}", []), (number, ended)
    assert not [path for path in (machine.target / "releases").iterdir() if not path.name[:6].isdigit()]
