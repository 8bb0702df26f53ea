"""The operator's guide takes one person from an empty machine to a site that runs, is watched and backed up: each of its commands, in order."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SOAK, copy_release
from guides import commands_in
from locking import HELD, held_by_another
from machine import HOST, Machine

GUIDE = (ROOT / "docs/van-hanh.md").read_text("utf-8")
SETTING_UP, REST = GUIDE.split("\n## Đăng\n")
BEFORE, _, AFTER = REST.partition("\n## Đổi tên miền hoặc đường dẫn\n")
MOVING, _, AFTER = AFTER.partition("\n## ")
DAILY = BEFORE + AFTER
ELSEWHERE = {
    "make test", "make requirements", "make clean",  # in which this runs; what asks for new versions; what the rest needs
    "invoke", "invoke nginx",  # names in a sentence
}  # fmt: skip
ASKS_THE_WORLD = {"make audit", ".venv/bin/invoke audit"}  # it ends with 2 where there is no network
ARTICLE = "---\ntitle: {}\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n{}---\n\nChữ.\n"


pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("machine")
    machine = Machine(folder / "root", committed_project(folder / "kho"))
    settle(machine)
    return machine


def committed_project(folder: Path) -> Path:
    """Return a repository that holds the project as it is in this work tree."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    return folder


def settle(machine: Machine) -> None:
    """Do what the guide has people edit in the repository."""
    kho = machine.repository
    site = (kho / "content/site.yml").read_text("utf-8")
    site = re.sub(r"^(\s+url: ).*", rf'\1"https://{HOST}/"', site, count=1, flags=re.MULTILINE)
    site = re.sub(r"^(\s+feed_authority: ).*", rf'\1"{HOST},2026"', site, count=1, flags=re.MULTILINE)
    (kho / "content/site.yml").write_text(site, "utf-8")
    settings = re.search(r"```python\n(.*?)```", SETTING_UP, re.DOTALL)[1]
    with (kho / "publishconf.py").open("a", encoding="utf-8") as conf:
        conf.writelines(machine.located(line.strip()) + "\n" for line in settings.splitlines())
    for unit in (kho / "docs/systemd").iterdir():
        unit.write_text(machine.located(unit.read_text("utf-8")), "utf-8")
    commit(kho)


def commit(kho: Path) -> None:
    named = ["-c", "user.name=Biên tập viên", "-c", "user.email=bien-tap@tinh.gov.vn"]
    subprocess.run(["git", "-C", kho, "add", "-A"], check=True)
    subprocess.run(["git", "-C", kho, *named, "commit", "-q", "--no-gpg-sign", "-m", "Sửa"], check=True)


def read(machine: Machine, path: str) -> tuple[int, str]:
    """Return status and body of an address of the site, over TLS, as certbot's authority vouches for it."""
    asking = f'import time; from chuyendoiso.system.http import HttpClient; a = HttpClient(time.monotonic).request("GET", "https://{HOST}{path}"); print(a.status, a.body.decode())'
    done = machine.type(f".venv/bin/python -c '{asking}'", machine.project)
    status, _, body = done.stdout.partition(" ")
    return int(status or 0), body + done.stderr


def test_the_guide_leads_to_a_site_that_runs_is_watched_and_backed_up(machine, committed):
    with machine.serving():
        said = set_up(machine, committed)
        assert read(machine, "/")[0] == 200
        assert "Chưa có gì mới, không phải đăng lại." in said["systemctl start publish.service"]
        assert len(list((machine.root / "srv/chuyendoiso/sao-luu").glob("2*"))) == 1
        assert "Hỏng" not in said["systemctl start doctor.service"]
        assert not (machine.root / "mail.txt").exists()
        see_a_timer_meet_another_publish(machine)
        see_an_article_come_by_itself(machine)
    see_a_failure_told(machine)
    if SOAK:  # each of these commands has tests of its own
        with machine.serving():
            run_daily(machine)
        with machine.serving():
            see_the_site_move(machine)


def set_up(machine: Machine, committed: Path) -> dict[str, str]:
    """Type the commands from the empty machine on; return what each said."""
    said, folder = {}, machine.root
    for command in commands_in(SETTING_UP):
        if command.startswith("cd "):
            folder = Path(machine.located(command.removeprefix("cd ")))
        elif not command.startswith(("make", ".venv", "invoke")):  # those are named in a sentence: the daily part has them in full
            done = machine.type(command, folder)
            assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
            said[command] = done.stdout
        if "git clone" in command and not SOAK:
            borrow_environment(machine.project)
            copy_release(committed, machine.project / "output")
    assert len(said) > 15
    return said


def borrow_environment(project: Path) -> None:
    """Give a project the environment that the tests run in, as one that needs no set-up; `make soak` and `make bare` set one up."""
    (project / ".venv").symlink_to(sys.prefix)
    (project / ".git/info/exclude").write_text("/.venv\n", "utf-8")  # .gitignore names a folder
    for name in ("requirements.txt", "requirements-trust.txt", "scripts/setup.sh"):
        os.utime(project / name, (0, 0))


def see_a_timer_meet_another_publish(machine: Machine) -> None:
    """Its unit ends well, and nobody has a mail: the timer comes again."""
    with held_by_another(machine.project / ".output-releases/lock"):
        done = machine.type("systemctl start publish.service", machine.project)
    assert (done.returncode, done.stdout.count(f"Một lệnh khác đang dùng output: {HELD}.")) == (0, 2), done.stdout
    assert not (machine.root / "mail.txt").exists()


def see_an_article_come_by_itself(machine: Machine) -> None:
    """What an editor had merged is on the site after the timer's next run, and nginx hears of the address that it had before."""
    article = machine.repository / "content/tin-tuc/2026/moi.md"
    article.write_text(ARTICLE.format("Bài mới", "aliases: [/tin-tuc/2026/ten-cu/]\n"), "utf-8")
    commit(machine.repository)
    done = machine.type("systemctl start publish.service", machine.project)
    assert done.returncode == 0, done.stdout
    assert "Bài mới" in read(machine, "/tin-tuc/2026/moi/")[1]
    assert "ten-cu" in (machine.root / "srv/chuyendoiso/nginx/moved.map").read_text("utf-8")
    assert (machine.root / "run/nginx-reload.service.log").exists()


def see_a_failure_told(machine: Machine) -> None:
    """Where the web server is down, whoever is to know has a mail that says so in the doctor's words."""
    assert machine.type("systemctl start doctor.service", machine.project).returncode == 1
    head, _, body = (machine.root / "mail.txt").read_text("utf-8").partition("\n\n")
    assert head.splitlines() == [
        "To: quan-tri@tinh.gov.vn",
        "Subject: doctor.service bao hong",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ]
    assert re.search(r"^Hỏng: .* \[home\]$", body, re.MULTILINE), body


def see_the_site_move(machine: Machine) -> None:
    """The chapter on moving leads to the new address; the old one leads there, and no feed has an item anew."""
    ids = set(re.findall(r"<id>[^<]*</id>", read(machine, "/feeds/tat-ca/atom.xml")[1]))
    site = machine.repository / "content/site.yml"
    site.write_text(site.read_text("utf-8").replace(f"https://{HOST}/", f"https://{HOST}/chuyen-doi-so/"), "utf-8")
    commit(machine.repository)
    for command in commands_in(MOVING):
        if command not in {"systemctl daemon-reload", "invoke doctor"}:
            done = machine.type(command, machine.project)
            assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
    assert [read(machine, path)[0] for path in ("/chuyen-doi-so/", "/tin-tuc/2026/moi/", "/feeds/tat-ca/atom.xml")] == [
        200,
        301,
        301,
    ]
    assert set(re.findall(r"<id>[^<]*</id>", read(machine, "/chuyen-doi-so/feeds/tat-ca/atom.xml")[1])) == ids
    reported = machine.type(f".venv/bin/invoke doctor --url https://{HOST}/chuyen-doi-so/ --content content", machine.project)
    (*faults, _) = [line for line in reported.stdout.splitlines() if not line.startswith("Tốt: ")]
    assert [re.findall(r"\[\w+\]$", fault) for fault in faults] == [["[search]"]], reported.stdout  # the portal's own robots.txt


def run_daily(machine: Machine) -> None:
    """Type what the rest of the guide names."""
    for command in commands_in(DAILY):
        if command not in ELSEWHERE:
            done = machine.type(filled(command, machine.project), machine.project)
            allowed = (0, 1, 2) if command in ASKS_THE_WORLD else (0,)
            assert done.returncode in allowed, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-2000:]}"
            assert "Traceback" not in done.stderr
            if "rollback" in command:  # what follows is of the newest release
                assert machine.type("make publish", machine.project).returncode == 0


def filled(command: str, project: Path) -> str:
    """Return a command with what stands in the guide as an example: the name of a backup, and of a release's statement."""
    backups = sorted(path.name for path in (project / ".backup").glob("2*"))
    statements = sorted((project / ".output-releases").glob("*.provenance.json"))
    command = re.sub(r"\.backup/\d+T\d+Z", f".backup/{backups[-1] if backups else ''}", command)
    return re.sub(r"000012\.provenance\.json", str(statements[-1]) if statements else "", command)
