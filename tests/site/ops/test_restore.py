"""The drill: a site that is backed up, restored elsewhere and built there is the same site; and nothing comes of a backup that is not whole."""

import json
import re
import shutil
import tarfile
import time
from pathlib import Path

import pytest
from conftest import NOW, build_site, invoke
from hypothesis import given
from hypothesis import strategies as some
from repositories import git, small_repository
from standin import Account, standing

from chuyendoiso.deploy.deployment import PublishOptions, deploy_release
from chuyendoiso.deploy.server_folder import parse_target
from chuyendoiso.deploy.targets import ServerFolder
from chuyendoiso.deploy.zalo.channel_state import ChannelState, KnownArticle, read_state
from chuyendoiso.deploy.zalo.job import SyncOptions, sync
from chuyendoiso.ops.checksums import differences, format_sums, parse_sums, read_digests
from chuyendoiso.ops.restoration import RestoreSummary, restore
from chuyendoiso.ops.snapshot import BackupOptions, back_up
from chuyendoiso.release.manifest import tree_hash
from chuyendoiso.system.errors import BuildStopped, WrongUse

ARTICLE = "content/tin-tuc/2026/cho-phien.md"
FILM = "content/media/phim/hội nghị.mp4"


@pytest.fixture
def root(tmp_path) -> Path:
    root = small_repository(tmp_path / "trang")
    (root / FILM).parent.mkdir()
    (root / FILM).write_bytes(b"phim" * 1000)
    return root


def backed_up(root: Path, **options) -> Path:
    target = root.parent / "sao-luu"
    return back_up(
        BackupOptions(
            content=root / "content",
            output=root / "output",
            target=target,
            now=NOW,
            zalo_state=root / ".zalo-state.json",
            **options,
        )
    ).folder


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*") if path.is_file()}


def test_the_drill(root, tmp_path):
    """The machine is lost: the site that its backup gives has every byte that readers had."""
    attachment = root / "content/media/phim/so-tay.pdf"
    shutil.copy(next((root / "content/media").rglob("*.pdf")), attachment)
    article = root / ARTICLE
    article.write_text(article.read_text("utf-8") + "\n[Sổ tay](/media/phim/so-tay.pdf)\n", "utf-8")
    git(root, "commit", "-qam", "Thêm sổ tay")
    shown = build_site(root / "content", root / "output", publishing=True).release
    backup, bytes_before = backed_up(root), files(root)
    shutil.rmtree(root)

    out = tmp_path / "nơi mới" / "trang"
    restored = restore(backup, out)
    again = build_site(out / "content", out / "output", publishing=True).release
    assert (restored.files, restored.changed, files(out)) == (2, False, bytes_before)
    assert tree_hash(again.digests) == tree_hash(shown.digests) == tree_hash(read_digests(again.folder))
    listed = json.loads((backup / "releases/000001.files.json").read_text("utf-8"))["files"]
    assert tree_hash({path: digest for path, _, digest, *_ in listed}) == tree_hash(again.digests)
    assert sorted(git(out, "for-each-ref", "--format=%(refname)").split()) == [
        "refs/heads/bien-tap",
        "refs/heads/main",
        "refs/tags/mot",
    ]
    assert git(out, "status", "--porcelain") == ""


def synced(root: Path, addresses: tuple[str, str]) -> list[str]:
    """Bring the channel up to date with what `output` shows; return what was said."""
    said: list[str] = []
    api, oauth = addresses
    order = SyncOptions(
        source=str(root / "output"), state=root / ".zalo-state.json", tokens=None, send=True, say=said.append, api=api, oauth=oauth,
        environment={"ZALO_ACCESS_TOKEN": "a0"}, now=lambda: NOW, monotonic=time.monotonic, sleep=lambda seconds: None,
    )  # fmt: skip
    assert sync(order) == 0, said
    return said


def published(root: Path, target: Path) -> list[str]:
    """Publish as the command does; return what was said."""
    said: list[str] = []
    site = build_site(root / "content", root / "output", publishing=True).site_plan.site
    commits = (git(root, "rev-parse", "HEAD").strip(),)
    deploy_release(
        PublishOptions(
            output=root / "output", site=site, target=ServerFolder(root / "output", parse_target(str(target), site.base_path, say=said.append)), check=False, commits=commits, monotonic=time.monotonic,
            sleep=lambda seconds: None, say=said.append,
        )
    )  # fmt: skip
    return said


def add_article(root: Path, name: str) -> None:
    (root / f"content/tin-tuc/2026/{name}.md").write_text((root / ARTICLE).read_text("utf-8").replace("Chợ phiên", f"Bài {name}"))
    git(root, "add", "content/tin-tuc")
    git(root, "commit", "-qm", name)


def test_the_command_takes_the_file_that_zalo_sync_writes_and_says_where_it_goes(root, project, tmp_path):
    conf = (project / "publishconf.py").read_text("utf-8")
    elsewhere = tmp_path / "zalo.json"
    taken = ["backup", "--content", root / "content", "--output", root / "output", "--out", tmp_path / "sao-luu"]
    try:
        ChannelState(project / ".zalo-state.json", {"a": KnownArticle("A", "https://a.vn/a/", "7", gone=True)}).save()
        done = invoke(*taken, cwd=project)
        assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Có cả những gì các lệnh nhớ: zalo.json."), done.stderr
        (project / ".zalo-state.json").unlink()
        (project / "publishconf.py").write_text(
            conf.replace('ZALO_STATE = ".zalo-state.json"', f'ZALO_STATE = "{elsewhere}"'), "utf-8"
        )
        backup = next(path for path in (tmp_path / "sao-luu").iterdir() if path.is_dir())
        reported = invoke("restore", backup, "--out", tmp_path / "moi", cwd=project).stdout.splitlines()
        assert f"zalo-sync đọc tệp khác. Chép: cp -p {tmp_path}/moi/.zalo-state.json {elsewhere}" in reported
        state = read_state(tmp_path / "moi/.zalo-state.json")
        assert (state.items["a"].gone, state.incomplete) == (True, True)
        time.sleep(1.1)  # backups are named by the second
        reported = invoke(*taken, cwd=project).stdout.splitlines()
        assert reported[0].startswith(f"Không có tệp trạng thái Zalo ở {elsewhere} để sao lưu.")
    finally:
        (project / "publishconf.py").write_text(conf, "utf-8")
        (project / ".zalo-state.json").unlink(missing_ok=True)


def test_a_machine_from_a_backup_publishes_and_syncs_and_doubles_nothing(root, tmp_path):
    """After the backup one more article was sent, and one was withdrawn; the repository has both, for it is kept elsewhere, too."""
    target, account = tmp_path / "dich", Account(lambda: 1e9, slowest=0)
    (root / ".zalo-tokens.json").write_text('{"access_token": "bi-mat"}')
    with standing(account) as addresses:
        add_article(root, "mot")
        published(root, target)
        synced(root, addresses)
        backup = backed_up(root)
        add_article(root, "hai")
        published(root, target)
        synced(root, addresses)
        before = {id_: one["title"] for id_, one in account.articles.items()}
        git(root, "bundle", "create", str(tmp_path / "later.bundle"), "HEAD")
        shutil.rmtree(root)

        restored = restore(backup, root)
        assert restored.state == (".zalo-state.json",)
        git(root, "fetch", "-q", str(tmp_path / "later.bundle"), "HEAD")
        git(root, "merge", "-q", "--ff-only", "FETCH_HEAD")
        article = root / "content/tin-tuc/2026/mot.md"
        article.write_text(article.read_text("utf-8").replace("title:", "status: withdrawn\nwithdrawn_reason: Trùng.\ntitle:"))
        git(root, "commit", "-qam", "Gỡ một")
        assert [line for line in published(root, target) if line.startswith("Đã đưa bản 000003 lên ")]
        said = synced(root, addresses)
        assert {id_: one["title"] for id_, one in account.articles.items()} == {
            id_: title for id_, title in before.items() if "Bài mot" not in title
        }
        assert [line for line in said if "nhận ra" in line] == ["Đã nhận ra “Bài hai lên mạng” trên kênh."]
        assert synced(root, addresses)[-1].endswith("không có gì phải làm.")
    assert account.wrong == []
    held = sorted(path.name for path in (backup / "state").iterdir())
    assert held == ["brought-out.json", "zalo.json"]
    assert not [path for path in backup.rglob("*") if path.is_file() and b"bi-mat" in path.read_bytes()]
    assert {path.stat().st_mode & 0o077 for path in (backup / "state").iterdir()} == {0}


def test_changes_that_were_not_committed_come_back(root, tmp_path):
    (root / ARTICLE).write_bytes("Thân bài khác, không xuống dòng".encode())
    (root / "content/tin-tuc/2026/mới.md").write_text("nháp", "utf-8")
    picture = next((root / "content/media").rglob("*.jpg"))
    picture.write_bytes(picture.read_bytes()[::-1])
    git(root, "rm", "-q", "content/trang/kenh-chinh-thuc.md")
    restored = restore(backed_up(root, dirty=True), tmp_path / "out")
    assert (restored.files, restored.changed) == (2, True)
    assert files(tmp_path / "out") == files(root)


def test_a_clean_tree_backed_up_with_dirty_has_no_patch(root, tmp_path):
    commit = git(root, "rev-parse", "--short", "HEAD").strip()
    assert restore(backed_up(root, dirty=True), tmp_path / "out") == RestoreSummary(commit, 1, False)


@pytest.mark.parametrize("name", ["repository.bundle", "attachments.tar", "KHOI-PHUC.txt"])
def test_a_flipped_byte_is_reported_by_file_and_nothing_is_restored(root, tmp_path, name):
    backup = backed_up(root)
    complete = (backup / name).read_bytes()
    for place in (0, len(complete) // 2, len(complete) - 1):
        spoiled = bytearray(complete)
        spoiled[place] ^= 1
        (backup / name).write_bytes(spoiled)
        with pytest.raises(BuildStopped) as stopped:
            restore(backup, tmp_path / "out")
        assert str(stopped.value) == (
            f"{name}: không khớp với SHA256SUMS.\n"
            "Bản sao lưu 20261124T050000Z không còn nguyên, chưa khôi phục gì. Cách sửa: dùng một bản khác."
        )
    assert not (tmp_path / "out").exists()


def test_what_is_gone_or_added_is_reported(root, tmp_path):
    backup = backed_up(root)
    (backup / "attachments.tar").unlink()
    (backup / "content.patch").write_text("của ai đó", "utf-8")
    with pytest.raises(BuildStopped) as stopped:
        restore(backup, tmp_path / "out")
    assert str(stopped.value).splitlines()[:-1] == [
        "attachments.tar: không có trong bản sao lưu.",
        "content.patch: không có tên trong SHA256SUMS.",
    ]


SUMS = {"repository.bundle": "0" * 64, "attachments.tar": "a" * 64}


@given(some.integers(0, len(format_sums(SUMS)) - 1), some.integers(1, 255))
def test_any_flipped_byte_of_the_sums_is_noticed(place, flip):
    spoiled = bytearray(format_sums(SUMS).encode())
    spoiled[place] ^= flip
    try:
        assert differences(parse_sums(spoiled.decode("utf-8", "replace")), SUMS)
    except BuildStopped as stopped:
        assert re.fullmatch(r"SHA256SUMS: dòng [123] không đọc được, .+", str(stopped))


def test_sums_that_are_cut_short_are_noticed(root, tmp_path):
    backup = backed_up(root)
    sums = (backup / "SHA256SUMS").read_bytes()
    for length, reported in (
        (0, "SHA256SUMS: dòng 1 không đọc được, chưa khôi phục gì. Cách sửa: dùng một bản sao lưu khác."),
        (len(sums) - 1, "SHA256SUMS: dòng 3 không đọc được, chưa khôi phục gì. Cách sửa: dùng một bản sao lưu khác."),
    ):
        (backup / "SHA256SUMS").write_bytes(sums[:length])
        with pytest.raises(BuildStopped) as stopped:
            restore(backup, tmp_path / "out")
        assert str(stopped.value) == reported
    (backup / "SHA256SUMS").unlink()
    with pytest.raises(BuildStopped, match="không phải bản sao lưu: SHA256SUMS không đọc được"):
        restore(backup, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_a_new_or_empty_folder_is_filled(root, tmp_path):
    backup, full, empty = backed_up(root), tmp_path / "đầy", tmp_path / "trống"
    full.mkdir()
    (full / "tệp").touch()
    empty.mkdir()
    with pytest.raises(WrongUse, match=r"đầy đã có và không trống\. Cách sửa: chọn một thư mục mới"):
        restore(backup, full)
    with pytest.raises(WrongUse, match=r"^Không có thư mục \S+none\. Cách sửa: ghi thư mục của một bản sao lưu"):
        restore(tmp_path / "none", empty)
    assert restore(backup, empty).files == 1


HOSTILE = {
    "a path that leads out": ("../../ngoài.txt", tarfile.REGTYPE),
    "a path from the root": ("/ngoài.txt", tarfile.REGTYPE),
    "a link": ("content/liên-kết", tarfile.SYMTYPE),
    "a device": ("content/thiết-bị", tarfile.CHRTYPE),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_an_archive_of_a_stranger_puts_nothing_elsewhere(root, tmp_path, case):
    """With right sums, as one would make who wants to write elsewhere."""
    from chuyendoiso.ops.checksums import write_sums

    backup, (name, kind) = backed_up(root), HOSTILE[case]
    with tarfile.open(backup / "attachments.tar", "w") as archive:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, "/etc/hosts"
        archive.addfile(entry)
    (backup / "SHA256SUMS").unlink()
    write_sums(backup)
    with pytest.raises(BuildStopped) as stopped:
        restore(backup, tmp_path / "out")
    assert str(stopped.value) == f'attachments.tar: "{name}" không phải tệp nằm trong nội dung.'
    assert not (tmp_path / "out").exists()
    assert list(tmp_path.rglob("ngoài.txt")) == []
