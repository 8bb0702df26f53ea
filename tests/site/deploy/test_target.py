"""Deploys bundles to a folder, here and over a real SSH server: the old site or the new one, file by file as listed, whatever happens meanwhile."""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, SEED, SITES, SOAK, build_site
from locking import HELD, held_by_another
from servers import sshd

from chuyendoiso.deploy import server_folder as publishing_target
from chuyendoiso.deploy.bundle import Bundle, make_bundle
from chuyendoiso.deploy.server_folder import deploy, parse_target, roll_back_target
from chuyendoiso.release.manifest import read_release, tree_hash
from chuyendoiso.release.store import Retention
from chuyendoiso.system.errors import BuildStopped, Busy, WrongUse

ARTICLE = "---\ntitle: {}\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n---\n{}\n"
KILLS = 40 if SOAK else 2
RETAINED = publishing_target.RETAINED if SOAK else 2  # releases that stay at the target
BASES = ("", "/cong/chuyen-doi-so")


@pytest.fixture(scope="module")
def ssh(tmp_path_factory):
    with sshd(tmp_path_factory.mktemp("sshd")) as command:
        yield command


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Releases of a site as it goes on: each with another title and another style."""
    folder = tmp_path_factory.mktemp("releases")
    content, theme, made = folder / "content", shutil.copytree(ROOT / "theme", folder / "theme"), []
    shutil.copytree(SITES / "small", content)
    for number in range(RETAINED + 2):
        (content / "tin-tuc/2026/so.md").write_text(ARTICLE.format(f"Bản số {number}", "Chữ. " * number), "utf-8")
        with (theme / "static/css/tokens.css").open("a") as css:
            css.write(f"\n:root {{ --cds-thu: {number}; }}\n")
        result = build_site(
            content, folder / "output", theme=theme, publishing=True, share_cards=False, retention=Retention(99, 99)
        )
        made.append(result.release)
    return made


def bundled(releases, folder: Path, base: str = ""):
    """Return the bundles of the releases for an address with a base path."""
    return [
        make_bundle(release, releases[max(0, number - 2) : number], base, folder / f"bundle-{number}", folder / "cache")
        for number, release in enumerate(releases)
    ]


@pytest.fixture(scope="module")
def alone(releases, tmp_path_factory):
    """Return a function that makes the bundle of a release, without former assets, in a folder; what is compressed is cached."""
    caches = tmp_path_factory.mktemp("caches")
    return lambda number, base, folder: make_bundle(releases[number], (), base, folder, caches / str(number))


@pytest.fixture(scope="module")
def bundles(releases, tmp_path_factory):
    return bundled(releases, tmp_path_factory.mktemp("bundles"))


def target_of(folder: Path, ssh, base: str = "", *, remote: bool = False, **options):
    return parse_target(f"127.0.0.1:{folder}" if remote else str(folder), base, ssh if remote else (), **options)


def listed(tree: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a tree."""
    return {
        path.relative_to(tree).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in tree.rglob("*")
        if path.is_file()
    }


def sound(site: Path) -> str:
    """Return the title that a site shows; every style, script and picture that its pages name is there."""
    for page in site.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="(/(?:css|js|media/anh)/[^"]+)"', page.read_text("utf-8")):
            assert (site / address[1:]).is_file(), f"{page} names {address}"
    return re.search(r"Bản số \d+", (site / "tin-tuc/2026/so/index.html").read_text("utf-8"))[0]


@pytest.mark.soak
@pytest.mark.parametrize(
    ("remote", "base"), [(remote, base) for remote in (False, True) for base in BASES if SOAK or (remote and base)]
)
def test_a_bundle_is_shown_by_one_rename_and_the_newest_stay(tmp_path, monkeypatch, ssh, releases, remote, base):
    monkeypatch.setattr(publishing_target, "RETAINED", RETAINED)
    bundles = bundled(releases, tmp_path, base)
    target, site = target_of(tmp_path / "dich", ssh, base, remote=remote), tmp_path / f"dich/www{base}"
    for number, bundle in enumerate(bundles):
        for new in (True, False):  # then it is shown already
            done = deploy(bundle, target)
            assert (done.number, done.files, done.new) == (f"{number + 1:06}", len(bundle.files), new)
        assert (os.readlink(tmp_path / "dich/www"), sound(site)) == (f"releases/{number + 1:06}", f"Bản số {number}")
        assert listed(tmp_path / "dich/www") == bundle.files
    stay = [f"{number:06}" for number in range(len(bundles) - RETAINED + 1, len(bundles) + 1)]
    assert sorted(path.name for path in (tmp_path / "dich/releases").iterdir()) == sorted(
        f"{name}{ending}" for name in stay for ending in ("", ".list", ".mark")
    )
    before, now = (tmp_path / f"dich/releases/{name}{base}/icons/favicon.svg" for name in stay[-2:])
    assert before.stat().st_ino == now.stat().st_ino  # what is the same is there once
    assert roll_back_target(target).number == stay[-2]
    assert sound(site) == f"Bản số {len(bundles) - 2}"
    assert deploy(bundles[-1], target).number == f"{len(bundles) + 1:06}"
    assert sound(site) == f"Bản số {len(bundles) - 1}"


def test_there_is_an_end_to_going_back(tmp_path, bundles):
    target = target_of(tmp_path, ())
    deploy(bundles[0], target)
    with pytest.raises(WrongUse) as stopped:
        roll_back_target(target)
    assert str(stopped.value) == f"{tmp_path} không còn bản nào cũ hơn để quay lại. Cách sửa: sửa nội dung rồi đăng lại."


@pytest.mark.soak
@pytest.mark.parametrize("remote", [False, True] if SOAK else [False])
def test_killed_anywhere_readers_see_one_site_and_the_next_run_finishes(tmp_path, ssh, bundles, remote):
    target, site, chance = target_of(tmp_path / "dich", ssh, remote=remote, wait=20), tmp_path / "dich/www", random.Random(SEED + 3)
    deploy(bundles[0], target)
    code = (
        "import sys, json; from pathlib import Path; from chuyendoiso.deploy.bundle import Bundle;"
        "from chuyendoiso.deploy.server_folder import deploy, parse_target;"
        "files = json.loads(sys.stdin.read());"
        "deploy(Bundle(Path(sys.argv[1]), files), parse_target(sys.argv[2], '', sys.argv[3:], wait=20))"
    )
    began = time.monotonic()
    deploy(bundles[1], target)
    usual = time.monotonic() - began
    for attempt in range(KILLS):
        number = 2 + attempt % (len(bundles) - 2)
        place = f"127.0.0.1:{target.folder}" if remote else target.folder
        command = [sys.executable, "-c", code, bundles[number].folder, place, *target.ssh]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        process.stdin.write(json.dumps(dict(bundles[number].files)).encode())
        process.stdin.close()
        time.sleep(chance.uniform(0.1, 0.2 + usual))
        if attempt % 2:  # what it started goes on for a moment
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert sound(site).startswith("Bản số ")
        deploy(bundles[number], target)
        assert sound(site) == f"Bản số {number}"
        assert listed(site) == bundles[number].files
    assert {path.name for path in (tmp_path / "dich/releases").iterdir() if not path.name[:6].isdigit()} == set()


# ── file by file ────────────────────────────────────────────────────────────────────────────────────────────────────────


def damage(tree: Path, how: str) -> None:
    """Change a tree at the target as a broken disk, or a person, would."""
    file = tree / "tin-tuc/index.html"
    before = file.stat()
    if how == "other bytes, same size and time":
        file.write_bytes(file.read_bytes().replace(b"<", b">"))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif how == "half":
        os.truncate(file, 100)
    elif how == "old gzip":
        shutil.copyfile(tree / "index.html.gz", tree / "tin-tuc/index.html.gz")
    elif how == "gone":
        file.unlink()
    elif how == "a folder in its place":
        file.unlink()
        (file / "x").mkdir(parents=True)
    elif how == "foreign files":
        (tree / "la\nvao.html").write_text("x")
        (tree / "tin-tuc/la.php").write_text("x")
        (tree / "lien-ket").symlink_to("/etc")


DAMAGES = ["other bytes, same size and time", "half", "old gzip", "gone", "a folder in its place", "foreign files"]


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("next_one", [0, 1])
def test_what_is_damaged_at_the_target_is_found_and_mended(tmp_path, bundles, how, next_one):
    target, site = target_of(tmp_path / "dich", ()), tmp_path / "dich/www"
    deploy(bundles[0], target)
    damage(site.resolve(), how)
    done = deploy(bundles[next_one], target)
    assert (done.number, done.files, listed(site)) == ("000002", len(bundles[next_one].files), bundles[next_one].files)


def test_a_release_that_is_damaged_is_not_gone_back_to(tmp_path, bundles):
    target = target_of(tmp_path / "dich", ())
    deploy(bundles[0], target)
    deploy(bundles[1], target)
    damage(tmp_path / "dich/releases/000001", "half")
    with pytest.raises(BuildStopped) as stopped:
        roll_back_target(target)
    assert str(stopped.value) == (
        f"Ở {target.folder}, 1 tệp không đúng như đã ghi trong danh mục, ví dụ tin-tuc/index.html. Trang đang hiện vẫn còn nguyên. "
        "Cách sửa: xem đĩa của hai máy có lỗi không, rồi chạy lại."
    )
    assert os.readlink(tmp_path / "dich/www") == "releases/000002"


def test_what_changed_on_its_way_is_not_shown(tmp_path, alone):
    target = target_of(tmp_path / "dich", ())
    bundle = alone(0, "", tmp_path / "bundle")
    (bundle.folder / "tin-tuc/index.html").unlink()  # a link: the release itself stays as it is
    (bundle.folder / "tin-tuc/index.html").write_text("khác")
    with pytest.raises(BuildStopped, match=r"1 tệp không đúng như đã ghi trong danh mục, ví dụ tin-tuc/index\.html\."):
        deploy(bundle, target)
    assert not (tmp_path / "dich/www").exists()


def test_a_damaged_compressed_file_is_compressed_anew(tmp_path, releases):
    cache, first = tmp_path / "cache", make_bundle(releases[0], (), "", tmp_path / "1", tmp_path / "cache")
    one, other, *_ = sorted(cache.glob("*.gz"))
    one.unlink()
    one.write_bytes(other.read_bytes())  # of another original
    other.unlink()
    other.write_bytes(b"half")
    next(cache.glob("*.br")).write_bytes(b"")
    assert make_bundle(releases[0], (), "", tmp_path / "2", cache).files == first.files
    assert listed(tmp_path / "2") == first.files


def test_files_of_any_name_arrive(tmp_path):
    names = [
        "a b.pdf",
        "hội nghị (1).pdf",
        "it's.txt",
        "$x `y`.txt",
        "-rf.txt",
        " trước.txt",
        "*.txt",
        'a"b.txt',
        "n" * 200 + ".txt",
        f"{'sâu/' * 60}tệp.txt",
    ]
    for number, text in enumerate(("một", "hai", "hai")):  # sent, sent again, linked
        files = {}
        for name in [*names, f"{number}.txt"]:
            file = tmp_path / f"bundle-{number}" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{name} {text}", "utf-8")
            files[name] = hashlib.sha256(file.read_bytes()).hexdigest()
        assert deploy(Bundle(tmp_path / f"bundle-{number}", files), target_of(tmp_path / "dich", ())).number == f"00000{number + 1}"
        assert listed(tmp_path / "dich/www") == files
    with pytest.raises(BuildStopped, match=r"có ký tự không đưa lên được\."):
        deploy(Bundle(tmp_path, {"a\nb": ""}), target_of(tmp_path / "dich", ()))


# ── the lock at the target ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("action", ["deploy", "go back"])
def test_a_target_that_another_deploys_to_is_left_alone(tmp_path, bundles, action):
    said, target = [], target_of(tmp_path / "dich", ())
    deploy(bundles[0], target)
    staging = tmp_path / "dich/releases/staging"
    staging.mkdir()
    act = (lambda to: deploy(bundles[1], to)) if action == "deploy" else roll_back_target
    with held_by_another(tmp_path / "dich/lock"):
        with pytest.raises(Busy) as raised:
            act(target)
        with pytest.raises(Busy):
            act(replace(target, wait=1, say=said.append))
    message = f"Một lệnh khác đang dùng {target.folder}: {HELD}. Cách sửa: đợi lệnh ấy xong rồi chạy lại."
    assert (str(raised.value), raised.value.exitcode) == (message, 75)
    assert said == [f"Đang đợi lệnh khác dùng xong {target.folder}: {HELD} (đợi nhiều nhất 1 giây)."]
    assert (staging.is_dir(), os.readlink(tmp_path / "dich/www")) == (True, "releases/000001")
    assert deploy(bundles[1], target).number == "000002"


def test_a_lock_whose_holder_is_not_named_is_respected(tmp_path, bundles):
    """As where the holder's disk was full."""
    said, target = [], target_of(tmp_path / "dich", (), wait=1)
    deploy(bundles[0], target)
    with held_by_another(tmp_path / "dich/lock"):
        os.truncate(tmp_path / "dich/lock", 0)
        with pytest.raises(Busy) as raised:
            deploy(bundles[1], replace(target, say=said.append))
    assert str(raised.value) == f"Một lệnh khác đang dùng {target.folder}. Cách sửa: đợi lệnh ấy xong rồi chạy lại."
    assert said == [f"Đang đợi lệnh khác dùng xong {target.folder} (đợi nhiều nhất 1 giây)."]


def test_the_lock_names_the_deployment_that_holds_it_and_ends_with_it(tmp_path, bundles):
    target = target_of(tmp_path / "dich", ())
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(target.folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout.readline() == "held\n"
    with pytest.raises(
        Busy, match=rf"Một lệnh khác đang dùng {target.folder}: -c {target.folder} của \S+ \(tiến trình {process.pid}\)"
    ):
        deploy(bundles[0], target)
    process.kill()  # alone: the shell that it started sees the end of its input
    process.wait()
    assert deploy(bundles[0], replace(target, wait=10)).number == "000001"


HOLDING = """
import sys
from chuyendoiso.deploy.server_folder import _session, parse_target
with _session("deploy", parse_target(sys.argv[1], "")) as session:
    print("held", flush=True)
    session.line()
"""


# ── another address ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "after"), [("", "/cds"), ("/cds", ""), ("/cong/cds", "/cong"), ("/cong", "/cong/cds"), ("/cds", "/cong/cds")]
)
def test_a_site_moves_to_another_address_at_a_live_target(tmp_path, alone, before, after):
    for number, base in enumerate((before, after, before)):
        target = target_of(tmp_path / "dich", (), base)
        bundle = alone(number, base, tmp_path / f"bundle-{number}")
        assert deploy(bundle, target).number == f"{number + 1:06}"
        assert sound(tmp_path / f"dich/www{base}") == f"Bản số {number}"
        assert listed(tmp_path / "dich/www") == bundle.files
    with pytest.raises(
        WrongUse, match=r"thuộc một địa chỉ khác của trang, máy chủ web không đọc được\. Cách sửa: sửa nội dung rồi đăng lại\."
    ):
        roll_back_target(target)


def former_target(folder: Path, alone, tmp_path: Path, base: str) -> None:
    """Make a target as versions before this one left it: a release has no base path, and the link lies below www."""
    for number in (1, 2, 3):
        bundle = alone(number - 1, "", tmp_path / f"former-{number}")
        shutil.copytree(bundle.folder, folder / f"releases/{number:06}")
        (folder / f"releases/{number:06}.mark").write_text(f"{number}\n")
    (folder / "releases/000004.partial").mkdir()
    link = folder / f"www{base}"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(f"{'../' * base.count('/')}releases/000003")


@pytest.mark.parametrize("base", ["", "/cds", "/cong/chuyen-doi-so"])
@pytest.mark.parametrize("later", ["", "/cds"])
def test_a_target_of_before_is_converted_once(tmp_path, alone, base, later):
    folder = tmp_path / "dich"
    former_target(folder, alone, tmp_path, base)
    with pytest.raises(BuildStopped), publishing_target._session("deploy", target_of(folder, (), later)) as session:
        session.input.close()  # it is converted, and then the input ends
        session.line()
    assert (os.readlink(folder / "www")[:9], sound(folder / f"www{base}")) == ("releases/", "Bản số 2")
    assert roll_back_target(target_of(folder, (), base)).number == "000002"
    assert sound(folder / f"www{base}") == "Bản số 1"
    deploy(alone(3, later, tmp_path / "new"), target_of(folder, (), later))
    assert sound(folder / f"www{later}") == "Bản số 3"
    assert sorted(path.name for path in folder.iterdir()) == ["lock", "releases", "www"]


def test_a_folder_of_others_in_the_place_of_the_link_is_not_touched(tmp_path, bundles):
    (tmp_path / "dich/www/anh").mkdir(parents=True)
    (tmp_path / "dich/www/anh/a.jpg").write_text("x")
    with pytest.raises(BuildStopped) as stopped:
        deploy(bundles[0], target_of(tmp_path / "dich", ()))
    assert str(stopped.value) == (
        f"Chưa đăng được lên {tmp_path}/dich: www ở nơi đăng có tệp không do lệnh đăng đặt vào. Trang đang hiện vẫn còn nguyên. "
        "Cách sửa: chuyển những tệp ấy đi nơi khác, rồi chạy lại."
    )
    assert (tmp_path / "dich/www/anh/a.jpg").exists()


# ── what is refused, and why ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("setting", ["dich", "may:dich", "", "/srv/a b", "may:"])
def test_a_target_is_a_full_path(setting):
    with pytest.raises(WrongUse) as stopped:
        parse_target(setting, "")
    assert str(stopped.value) == (
        f'Nơi đăng "{setting}" không đúng dạng. Cách sửa: trong publishconf.py ghi DEPLOY_TO là "/thư-mục" hoặc "máy:/thư-mục".'
    )


def test_a_machine_that_does_not_answer_is_reported_and_nothing_is_changed(bundles, tmp_path):
    target = parse_target(f"127.0.0.1:{tmp_path}/x", "", ["ssh", "-o", "BatchMode=yes", "-p", "1"])
    with pytest.raises(BuildStopped) as stopped:
        deploy(bundles[0], target)
    assert str(stopped.value) == (
        f"Chưa đăng được lên {target.place}: máy ấy không nhận kết nối SSH. Trang đang hiện vẫn còn nguyên. "
        "Cách sửa: xem máy chủ SSH ở đó có chạy không, cổng có đúng không, rồi chạy lại: lần sau làm tiếp chỗ dở."
    )


@pytest.mark.parametrize("room", [200, 1200, 3000])  # KiB: for the list, for some files, for more
def test_a_full_disk_at_the_target_is_reported_as_such(bundles, tmp_path, room):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}k", "none", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"this machine cannot mount a small file system: {mounted.stderr.decode().strip()}")
    try:
        with pytest.raises(BuildStopped) as full:
            for bundle in bundles * 9:
                deploy(bundle, target_of(disk / "dich", ()))
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert str(full.value) == (
        f"Chưa đăng được lên {disk}/dich: đĩa ở nơi đăng đã đầy. Trang đang hiện vẫn còn nguyên. "
        "Cách sửa: dọn bớt hoặc mở rộng đĩa ấy, rồi chạy lại: lần sau làm tiếp chỗ dở."
    )


def test_a_target_that_may_not_be_written_to_is_reported_as_such(bundles, tmp_path):
    (tmp_path / "khoa").mkdir()
    as_nobody = ["setpriv", "--reuid=65534", "--clear-groups", "sh", "-c", 'shift; eval "$*"', "x"] if os.getuid() == 0 else []
    (tmp_path / "khoa").chmod(0o555)
    for path in tmp_path.parents:
        if path.stat().st_uid == os.getuid() and path.is_relative_to("/tmp/pytest"):
            path.chmod(0o755)
    target = parse_target(f"x:{tmp_path}/khoa/dich", "", as_nobody) if as_nobody else target_of(tmp_path / "khoa/dich", ())
    with pytest.raises(BuildStopped) as refused:
        deploy(bundles[0], target)
    assert str(refused.value) == (
        f"Chưa đăng được lên {target.place}: người chạy lệnh không có quyền ghi ở nơi đăng. Trang đang hiện vẫn còn nguyên. "
        "Cách sửa: cho người ấy sở hữu thư mục nơi đăng (chown -R)."
    )


def test_compressed_files_have_their_originals_time_and_bundles_the_mark(bundles, releases):
    folder = bundles[-1].folder
    for path in folder.rglob("*.br"):
        original = path.with_name(path.name.removesuffix(".br"))
        assert path.stat().st_mtime == original.stat().st_mtime
        assert path.stat().st_size < original.stat().st_size
    assert len(list((folder / "css").glob("news-*.css"))) == 3  # its own, and those of the two before it
    assert listed(folder) == bundles[-1].files
    assert (folder / "release.txt").read_text() == tree_hash(releases[-1].digests) + "\n"


def test_whatever_the_umask_a_web_server_reads_all_that_is_brought(output, tmp_path):
    release, mask = read_release(output.resolve()), os.umask(0o077)
    try:
        for base in ("/cong/cds", ""):  # a second time, by links
            deploy(make_bundle(release, (), base, tmp_path / "bundle", tmp_path / "kept"), parse_target(f"{tmp_path}/dich", base))
            shutil.rmtree(tmp_path / "bundle")
    finally:
        os.umask(mask)
    found = [tmp_path / "dich/www", *(tmp_path / "dich/www").resolve().parents[:1], *(tmp_path / "dich/www").rglob("*")]
    assert len(found) > 100
    assert [path for path in found if path.stat().st_mode & 0o777 != (0o755 if path.is_dir() else 0o644)] == []
