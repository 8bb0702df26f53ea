"""Backups: what is in one, what is refused, which old ones go, and that nothing half stays."""

import os
import random
import re
import signal
import subprocess
import sys
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW, build_site
from locking import HELD, held_by_another
from repositories import commit, git, small_repository

from chuyendoiso.ops.snapshot import BackupOptions, back_up, plan_deletion
from chuyendoiso.system.errors import BuildStopped, Busy, WrongUse

ARTICLE = "content/tin-tuc/2026/cho-phien.md"
CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "open", "subprocess.Popen", "shutil.copyfile"}


@pytest.fixture
def root(tmp_path) -> Path:
    return small_repository(tmp_path / "trang")


def order(root: Path, seconds: int = 0, **options) -> BackupOptions:
    now = NOW + timedelta(seconds=seconds)
    return BackupOptions(
        **{
            "content": root / "content",
            "output": root / "output",
            "target": root / ".backup",
            "now": now,
            "zalo_state": root / ".zalo-state.json",
            **options,
        }
    )


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def archived(folder: Path) -> list[tuple[str, int, int, str]]:
    with tarfile.open(folder / "attachments.tar") as archive:
        return [(entry.name, entry.size, entry.mtime, entry.uname) for entry in archive]


def test_a_backup_has_everything_and_sums_that_others_can_check(root):
    build_site(root / "content", root / "output", publishing=True)
    made = back_up(order(root))
    assert (made.folder, made.files, made.deleted) == (root / ".backup/20261124T050000Z", 0, ())
    complete = ["KHOI-PHUC.txt", "SHA256SUMS", "releases/000001.files.json", "releases/000001.json", "repository.bundle"]
    assert names(made.folder) == complete
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=made.folder, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.splitlines()) == (0, [f"{name}: OK" for name in complete if name != "SHA256SUMS"])
    heads = {line.split()[1] for line in git(root, "bundle", "list-heads", made.folder / "repository.bundle").splitlines()}
    assert heads == {"HEAD", "refs/heads/main", "refs/heads/bien-tap", "refs/tags/mot"}
    assert made.folder.stat().st_mode & 0o777 == 0o700
    assert git(root, "status", "--porcelain") == ""


def test_attachments_that_git_does_not_have_are_archived_the_same_way_each_time(root):
    (root / "content/media/phim").mkdir()
    (root / "content/media/phim/hội nghị.mp4").write_bytes(b"phim")
    first = back_up(order(root)).folder
    os.utime(root / "content/media/phim/hội nghị.mp4", (1, 1))
    second = back_up(order(root, 1)).folder
    assert archived(first) == [("content/media/phim/hội nghị.mp4", 4, 0, "")]
    assert (first / "attachments.tar").read_bytes() == (second / "attachments.tar").read_bytes()


def test_files_that_git_keeps_as_pointers_are_archived(root):
    (root / ".gitattributes").write_text("*.pdf filter=lfs\n", "utf-8")
    (root / "content/media/ban-goc.pdf").write_bytes(b"%PDF")
    commit(root)
    assert ("content/media/ban-goc.pdf", 4, 0, "") in archived(back_up(order(root)).folder)


REFUSED = {
    "a changed article": (
        lambda root: (root / ARTICLE).write_text("khác", "utf-8"),
        {},
        f"Nội dung có thay đổi chưa commit: {ARTICLE}. Cách sửa: commit rồi chạy lại, hoặc thêm --dirty để sao lưu cả chúng.",
    ),
    "new articles": (
        lambda root: [(root / f"content/tin-tuc/2026/{name}.md").touch() for name in "abcde"],
        {},
        "Nội dung có thay đổi chưa commit: content/tin-tuc/2026/a.md, content/tin-tuc/2026/b.md, content/tin-tuc/2026/c.md và 2 tệp khác."
        " Cách sửa: commit rồi chạy lại, hoặc thêm --dirty để sao lưu cả chúng.",
    ),
    "a deleted article, staged": (
        lambda root: git(root, "rm", "-q", ARTICLE),
        {},
        f"Nội dung có thay đổi chưa commit: {ARTICLE}. Cách sửa: commit rồi chạy lại, hoặc thêm --dirty để sao lưu cả chúng.",
    ),
    "a target in the content": (
        lambda root: None,
        {"target": "content/media/sao-luu"},
        "Bản sao lưu không nằm trong content/ được. Cách sửa: chọn --out ở nơi khác, tốt nhất là trên đĩa khác.",
    ),
    "a target that leads into the content": (
        lambda root: (root / "nơi-khác").symlink_to("content"),
        {"target": "nơi-khác"},
        "Bản sao lưu không nằm trong content/ được. Cách sửa: chọn --out ở nơi khác, tốt nhất là trên đĩa khác.",
    ),
    "a target that readers see": (
        lambda root: None,
        {"target": "output/sao-luu"},
        "output là nơi người đọc xem trang: bản sao lưu ở đó sẽ lộ bài nháp. Cách sửa: chọn --out ở nơi khác.",
    ),
    "no backup to keep": (lambda root: None, {"keep": 0}, "--keep là số bản sao lưu giữ lại, ít nhất là 1."),
    "no commit": (
        lambda root: git(root, "update-ref", "-d", "HEAD"),
        {},
        "Kho Git chưa có commit nào để sao lưu. Cách sửa: commit trước.",
    ),
    "a repository without its past": (
        lambda root: (root / ".git/shallow").write_text(git(root, "rev-parse", "HEAD")),
        {},
        "Kho Git này chỉ có những commit gần đây (shallow), sao lưu sẽ thiếu. Cách sửa: chạy git fetch --unshallow.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_complete_backup_is_refused(root, case):
    spoil, options, message = REFUSED[case]
    spoil(root)
    options = {name: root / value if name == "target" else value for name, value in options.items()}
    with pytest.raises(WrongUse) as refused:
        back_up(order(root, **options))
    assert str(refused.value) == message
    assert not (root / ".backup").exists()


def test_a_folder_outside_of_git_is_refused(tmp_path, root):
    (tmp_path / "content").mkdir()
    with pytest.raises(WrongUse, match=r"content không nằm trong kho Git nào\. Cách sửa: lấy dự án về bằng git clone\.$"):
        back_up(order(root, content=tmp_path / "content"))


def test_changes_of_code_stop_no_backup_of_content(root):
    (root / "ghi-chu.txt").write_text("ngoài nội dung", "utf-8")
    assert names(back_up(order(root)).folder) == ["KHOI-PHUC.txt", "SHA256SUMS", "repository.bundle"]


KEPT = {
    "fewer than may stay": (["a", "b"], "b", 3, []),
    "as many": (["a", "b", "c"], "c", 3, []),
    "more": (["d", "a", "c", "b"], "d", 2, ["a", "b"]),
    "a clock that was ahead: the new one stays": (["a", "b", "c"], "a", 2, ["b"]),
    "the new one alone": (["a", "b"], "b", 1, ["a"]),
}


@pytest.mark.parametrize("case", KEPT)
def test_the_newest_stay(case):
    listed, new, keep, gone = KEPT[case]
    assert plan_deletion(listed, new, keep) == gone


def test_nothing_but_backups_is_ever_deleted(root):
    target = root / ".backup"
    first = back_up(order(root)).folder
    for name in ("20200101T000000Z", "anh-chup", "20200101T000000Z.tar"):
        (target / name).mkdir()  # named like ours, without our files; or not like ours
    (target / "20200102T000000Z").symlink_to(first)
    made = back_up(order(root, 60, keep=1))
    assert made.deleted == (first.name,)
    assert sorted(path.name for path in target.iterdir()) == [
        ".lock",
        "20200101T000000Z",
        "20200101T000000Z.tar",
        "20200102T000000Z",
        made.folder.name,
        "anh-chup",
    ]


# ── nothing half ────────────────────────────────────────────────────────────────────────────────────────────────────────


def killed_at(step: int, ordered: BackupOptions) -> int:
    """Back up in a child that is killed at its step-th change of the disk; return its exit status, 0 where it had fewer."""
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event: str, arguments: tuple[object, ...]) -> None:
            if event in CHANGES and any(".backup" in str(argument) for argument in arguments):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            back_up(ordered)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def test_a_backup_killed_at_any_step_leaves_complete_ones_and_the_next_clears_up(root):
    (root / "content/media/phim").mkdir()
    (root / "content/media/phim/a.mp4").write_bytes(b"phim")
    back_up(order(root))
    for step in range(1, 200):
        status = killed_at(step, order(root, step, keep=2))
        retained = [path for path in (root / ".backup").iterdir() if re.fullmatch(r"\d{8}T\d{6}Z", path.name)]
        assert retained
        for folder in retained:
            subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=True)
        if status == 0:
            break
        assert status == signal.SIGKILL
    assert step > 12
    assert sorted(path.suffix for path in (root / ".backup").iterdir() if path.is_dir()) == ["", ""]


def test_a_full_disk_is_reported_and_nothing_half_stays(root, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"this machine cannot mount a small file system: {mounted.stderr.decode().strip()}")
    try:
        (root / "content/media/phim").mkdir()
        (root / "content/media/phim/a.mp4").write_bytes(random.Random(1).randbytes(300_000))
        with pytest.raises(BuildStopped) as full:
            back_up(order(root, target=disk / "sao-luu"))
        assert re.fullmatch(
            r"Không sao lưu được \S+: đĩa đã đầy\. Không có bản dở dang nào được giữ lại\."
            r"|git bundle không chạy được: .+",
            str(full.value),
        )
        assert [path.name for path in (disk / "sao-luu").iterdir()] == [".lock"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_at_once_end_with_one_backup(root):
    with held_by_another(root / ".backup/.lock"), pytest.raises(Busy) as busy:
        back_up(order(root))
    assert str(busy.value) == f"Một lệnh khác đang dùng .backup: {HELD}. Cách sửa: đợi lệnh ấy xong rồi chạy lại."
    made = back_up(order(root))
    with pytest.raises(WrongUse) as again:
        back_up(order(root))
    assert str(again.value) == "Bản sao lưu 20261124T050000Z đã có. Cách sửa: đợi một giây rồi chạy lại."
    assert [path.name for path in (root / ".backup").iterdir() if path.is_dir()] == [made.folder.name]
