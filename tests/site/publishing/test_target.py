"""Bringing a bundle to a folder, here and over a real SSH server, with kills in the middle: the old site or the new one, never a page without its assets."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SEED, SITES, SOAK, build_site
from servers import sshd

from chuyendoiso.domain.problems import BuildStopped, WrongUse
from chuyendoiso.publishing import target as publishing_target
from chuyendoiso.publishing.bundle import make_bundle
from chuyendoiso.publishing.target import deploy, go_back, mark_of, parse_target
from chuyendoiso.release.manifest import read_release

ARTICLE = "---\ntitle: {}\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n---\n{}\n"
KILLS = 40 if SOAK else 2
KEPT = publishing_target.KEPT if SOAK else 2  # releases that stay at the target


@pytest.fixture(scope="module")
def ssh(tmp_path_factory):
    with sshd(tmp_path_factory.mktemp("sshd")) as command:
        yield command


@pytest.fixture(scope="module")
def bundles(tmp_path_factory):
    """Bundles of a site as it goes on: each with another title and another style."""
    folder = tmp_path_factory.mktemp("bundles")
    content, theme, releases = folder / "content", shutil.copytree(ROOT / "theme", folder / "theme"), []
    shutil.copytree(SITES / "small", content)
    made = []
    for number in range(KEPT + 2):
        (content / "tin-tuc/2026/so.md").write_text(ARTICLE.format(f"Bản số {number}", "Chữ. " * number), "utf-8")
        with (theme / "static/css/tokens.css").open("a") as css:
            css.write(f"\n:root {{ --cds-thu: {number}; }}\n")
        result = build_site(content, folder / "output", theme=theme, publishing=True, share_cards=False)
        made.append(make_bundle(result.release, releases[-2:], folder / f"bundle-{number}", folder / "kept").folder)
        releases.append(result.release)
    return made


def target_of(folder: Path, ssh, base: str = "", *, remote: bool):
    return parse_target(f"127.0.0.1:{folder}" if remote else str(folder), base, ssh if remote else ())


def sound(site: Path) -> str:
    """Return the title that a site shows; every style, script and picture that its pages name is there."""
    for page in site.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="(/(?:css|js|media/anh)/[^"]+)"', page.read_text("utf-8")):
            assert (site / address[1:]).is_file(), f"{page} names {address}"
    return re.search(r"Bản số \d+", (site / "tin-tuc/2026/so/index.html").read_text("utf-8"))[0]


@pytest.mark.soak
@pytest.mark.parametrize(
    ("remote", "base"),
    [(remote, base) for remote in (False, True) for base in ("", "/cong/chuyen-doi-so") if SOAK or (remote and base)],
)
def test_a_bundle_is_shown_by_one_rename_and_the_newest_stay(tmp_path, monkeypatch, ssh, bundles, remote, base):
    monkeypatch.setattr(publishing_target, "KEPT", KEPT)
    target, site = target_of(tmp_path / "dich", ssh, base, remote=remote), tmp_path / f"dich/www{base}"
    for number, bundle in enumerate(bundles):
        assert deploy(bundle, target) == f"{number + 1:06}"
        assert deploy(bundle, target) is None  # it is shown already
        assert (site.is_symlink(), sound(site)) == (True, f"Bản số {number}")
    stay = sorted(path.name for path in (tmp_path / "dich/releases").iterdir() if path.is_dir())
    assert stay == [f"{number:06}" for number in range(len(bundles) - KEPT + 1, len(bundles) + 1)]
    before, now = (tmp_path / f"dich/releases/{name}/icons/favicon.svg" for name in stay[-2:])
    assert before.stat().st_ino == now.stat().st_ino  # what is the same is there once
    assert go_back(target) == stay[-2]
    assert sound(site) == f"Bản số {len(bundles) - 2}"
    assert deploy(bundles[-1], target) == f"{len(bundles) + 1:06}"
    assert sound(site) == f"Bản số {len(bundles) - 1}"


def test_there_is_an_end_to_going_back(tmp_path, bundles):
    target = target_of(tmp_path, (), remote=False)
    deploy(bundles[0], target)
    with pytest.raises(BuildStopped, match="không còn bản nào cũ hơn để quay lại"):
        go_back(target)


@pytest.mark.soak
@pytest.mark.parametrize("remote", [False, True] if SOAK else [False])
def test_killed_anywhere_readers_see_one_site_and_the_next_run_finishes(tmp_path, ssh, bundles, remote):
    target, site, chance = target_of(tmp_path / "dich", ssh, remote=remote), tmp_path / "dich/www", random.Random(SEED + 3)
    deploy(bundles[0], target)
    code = (
        "import sys; from pathlib import Path; from chuyendoiso.publishing.target import deploy, parse_target;"
        "deploy(Path(sys.argv[1]), parse_target(sys.argv[2], '', sys.argv[3:]))"
    )
    began = time.monotonic()
    deploy(bundles[1], target)
    usual = time.monotonic() - began
    for attempt in range(KILLS):
        number = 2 + attempt % (len(bundles) - 2)
        command = [
            sys.executable,
            "-c",
            code,
            bundles[number],
            f"127.0.0.1:{target.folder}" if remote else target.folder,
            *target.ssh,
        ]
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.1, 0.2 + usual))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert sound(site).startswith("Bản số ")
        deploy(bundles[number], target)
        assert sound(site) == f"Bản số {number}"
    assert [path.name for path in (tmp_path / "dich/releases").glob("*.partial")] == []


@pytest.mark.parametrize("setting", ["dich", "may:dich", "", "/srv/a b", "may:"])
def test_a_target_is_a_whole_path(setting):
    with pytest.raises(WrongUse) as stopped:
        parse_target(setting, "")
    assert str(stopped.value) == (
        f'Nơi đăng "{setting}" không đúng dạng. Cách sửa: trong publishconf.py ghi DEPLOY_TO là "/thư-mục" hoặc "máy:/thư-mục".'
    )


def test_a_machine_that_does_not_answer_is_told_and_nothing_is_changed(bundles, tmp_path):
    target = parse_target(f"127.0.0.1:{tmp_path}/x", "", ["ssh", "-o", "BatchMode=yes", "-p", "1"])
    with pytest.raises(BuildStopped, match=r"^ssh không xong: .*Trang đang hiện vẫn còn nguyên; chạy lại lệnh để làm tiếp\.$"):
        deploy(bundles[0], target)


def test_a_bundle_of_the_same_files_has_the_same_mark_and_compressed_files_their_originals_time(bundles, tmp_path):
    assert len({mark_of(bundle) for bundle in bundles}) == len(bundles)
    for path in bundles[-1].rglob("*.br"):
        original = path.with_name(path.name.removesuffix(".br"))
        assert path.stat().st_mtime == original.stat().st_mtime
        assert path.stat().st_size < original.stat().st_size
    assert [path for path in bundles[-1].rglob("*.css") if "news" in path.name] != []
    assert len(list((bundles[-1] / "css").glob("news-*.css"))) == 3  # its own, and those of the two before it


def test_whatever_the_umask_a_web_server_reads_all_that_is_brought(output, tmp_path):
    release, mask = read_release(output.resolve()), os.umask(0o077)
    try:
        bundle = make_bundle(release, (), tmp_path / "bundle", tmp_path / "kept").folder
        deploy(bundle, parse_target(f"{tmp_path}/dich", ""))
    finally:
        os.umask(mask)
    found = [tmp_path / "dich/www", *(tmp_path / "dich/www").resolve().parents[:1], *(tmp_path / "dich/www").rglob("*")]
    assert len(found) > 100
    assert [path for path in found if path.stat().st_mode & 0o777 != (0o755 if path.is_dir() else 0o644)] == []
