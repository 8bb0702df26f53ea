"""Releases on disk are complete before the swap, share unchanged files, and never touch foreign files."""

import errno
import hashlib
import json
import os
import random
import threading
from pathlib import Path

import pytest
from locking import HELD, held_by_another

from chuyendoiso.build.scheduler import update_release
from chuyendoiso.model.target import StaticFile, Target
from chuyendoiso.release import store
from chuyendoiso.release.manifest import FOLDERS_TIME, FORMAT, ReleaseInfo, files_of, manifest_of, read_release
from chuyendoiso.release.staging import Staging
from chuyendoiso.release.store import Retention
from chuyendoiso.system.atomic_write import parse_holder
from chuyendoiso.system.errors import BuildStopped, Busy, WrongUse

NOW = 1_700_000_000
BUILT = "2026-11-23T08:00:00+07:00"
FILES = {"index.html": b"trang chu", "van-ban/index.html": b"van ban", "media/a.pdf": b"%PDF-"}


def as_it_is(data):
    if data is None:
        raise MemoryError
    return data


def build(output, files, *, retain=2, published=False, retained_published=5, code="code", copies=(), verify=lambda: None):
    """Build a release as the project's own build does; return whether it is a new one."""
    store.check_output_dir_is_ours(output)
    with store.locked(output) as folder:
        last = store.current_release(output)
        staging = Staging(
            output, store.next_folder(folder), last, store.next_stamp(output, NOW), Retention(retain, retained_published)
        )
        intact = last.intact() if last else {}
        planned = [Target(path, data, as_it_is, path) for path, data in files.items()]
        about = ReleaseInfo(
            built_at=BUILT, moment=BUILT, next_moment=None, preview=False, published=published, stamp=staging.stamp, pages=0,
            page_bytes=0,
        )  # fmt: skip
        try:
            update_release([*planned, *copies], intact, lambda refs: {}, lambda module: code, staging, lambda: None)
            return staging.finish(about, verify)
        finally:
            staging.discard()


def tree(output):
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in Path(output).rglob("*") if path.is_file()}


def facts(output, path):
    status = (output / path).stat()
    return status.st_ino, status.st_mtime_ns


def leftovers(output):
    return sorted(path.name for path in store.releases_folder(output).iterdir())


@pytest.fixture
def output(tmp_path):
    return tmp_path / "site" / "output"


def test_a_first_build_is_a_link_to_a_complete_release(output):
    assert build(output, FILES) is True
    assert (tree(output), os.readlink(output)) == (FILES, ".output-releases/000001")
    assert leftovers(output) == ["000001", "000001.files.json", "000001.json", "lock"]


def test_a_large_release_is_built_with_workers_from_new_files_links_and_an_old_release(output):
    """The third build reuses a prunable release; before that there is none."""
    for time in range(3):
        files = {
            f"tin-tuc/{number % 90}/{number}.html": f"{number} {time if number % 3 else ''}".encode() for number in range(1200)
        }
        files |= {f"{time}/{number}.html": b"ve sau khong con" for number in range(300)}
        before = {path: facts(output, path) for path in files if (output / path).exists()}
        assert build(output, files) is True
        assert tree(output) == files
        stays = {path for path in before if facts(output, path) == before[path]}
        assert len(stays) == (400 if time else 0)
        assert {folder.stat().st_mtime for folder in [output, *output.rglob("*")] if folder.is_dir()} == {FOLDERS_TIME}


def test_files_and_folders_can_be_read_by_a_web_server(output):
    mask = os.umask(0o077)
    try:
        build(output, FILES)
    finally:
        os.umask(mask)
    modes = {path.relative_to(output).as_posix(): oct(path.stat().st_mode & 0o777) for path in output.rglob("*")}
    assert modes == {
        "index.html": "0o644",
        "van-ban": "0o755",
        "van-ban/index.html": "0o644",
        "media": "0o755",
        "media/a.pdf": "0o644",
    }
    assert {oct(folder.stat().st_mode & 0o777) for folder in (output.resolve(), store.releases_folder(output))} == {"0o755"}


@pytest.mark.parametrize("code", [errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP])
def test_without_hard_links_files_are_copied_with_their_times(output, monkeypatch, code):
    def refuse(source, target):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", refuse)
    build(output, FILES)
    before = (output / "media/a.pdf").stat().st_mtime_ns
    assert build(output, {**FILES, "index.html": b"moi"}) is True
    assert tree(output) == {**FILES, "index.html": b"moi"}
    assert (output / "media/a.pdf").stat().st_mtime_ns == before
    assert build(output, {**FILES, "index.html": b"moi"}) is False


def test_another_fault_of_a_link_stops_the_build(output, monkeypatch):
    build(output, FILES)

    def full(source, target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(BuildStopped, match="đĩa đã đầy"):
        build(output, {**FILES, "index.html": b"moi"})
    assert tree(output) == FILES


def test_a_manifest_lists_each_file_and_the_build(output):
    build(output, FILES)
    folder = output.parent / ".output-releases"
    manifest = json.loads((folder / "000001.json").read_text())
    assert (manifest["format"], manifest["built_at"], manifest["stamp"]) == (FORMAT, BUILT, NOW)
    rows = {path: facts for path, *facts in json.loads((folder / "000001.files.json").read_text())["files"]}
    assert set(rows) == set(FILES)
    assert rows["index.html"][1:] == [hashlib.sha256(b"trang chu").hexdigest(), 9, NOW * 1_000_000_000, "index.html"]


@pytest.mark.parametrize("code", ["code", "other code"])
def test_the_same_build_again_changes_nothing(output, code):
    build(output, FILES)
    before = os.readlink(output), output.lstat().st_ino, {path: facts(output, path) for path in FILES}
    assert build(output, FILES, code=code) is False
    assert before == (os.readlink(output), output.lstat().st_ino, {path: facts(output, path) for path in FILES})
    assert leftovers(output) == ["000001", "000001.files.json", "000001.json", "lock"]


def test_one_changed_file_makes_a_new_release_in_which_the_others_keep_their_time(output):
    build(output, FILES)
    old = output.resolve()
    before = {path: facts(output, path) for path in FILES}
    assert build(output, {**FILES, "index.html": b"trang moi"}) is True
    assert tree(output) == {**FILES, "index.html": b"trang moi"}
    assert tree(old) == FILES
    after = {path: facts(output, path) for path in FILES}
    assert {"van-ban/index.html", "media/a.pdf"} == {path for path in FILES if before[path] == after[path]}
    assert before["index.html"][1] < after["index.html"][1]


def test_a_file_that_is_no_longer_planned_is_removed(output):
    build(output, FILES)
    assert build(output, {"index.html": b"trang chu"}) is True
    assert tree(output) == {"index.html": b"trang chu"}


def test_a_file_may_become_a_folder(output):
    build(output, {"a": b"1"})
    build(output, {"a/index.html": b"1"})
    assert tree(output) == {"a/index.html": b"1"}


def test_a_file_changed_by_hand_in_the_release_is_restored(output):
    build(output, FILES)
    (output / "index.html").write_bytes(b"sua tay, khac do dai")
    assert build(output, FILES) is True
    assert tree(output) == FILES


def test_a_file_deleted_by_hand_from_the_release_is_restored(output):
    build(output, FILES)
    (output / "media" / "a.pdf").unlink()
    assert build(output, FILES) is True
    assert tree(output) == FILES


@pytest.mark.parametrize("name", ["la.html", "van-ban/la.html", "media/.la", "la/la.html"])
def test_a_foreign_file_in_the_release_is_removed_by_the_next_build(output, name):
    build(output, FILES)
    (output / name).parent.mkdir(exist_ok=True)
    (output / name).write_bytes(b"la")
    assert build(output, FILES) is True
    assert tree(output) == FILES and not (output / "la").exists()
    assert build(output, FILES) is False


def test_a_foreign_file_that_came_and_went_does_no_harm(output):
    build(output, FILES)
    (output / "van-ban/la").write_bytes(b"la")
    (output / "van-ban/la").unlink()
    assert build(output, FILES) is False
    assert {folder.stat().st_mtime for folder in [output, *output.rglob("*")] if folder.is_dir()} == {FOLDERS_TIME}


def test_an_attachment_is_copied_byte_for_byte_and_then_carried_over(output, tmp_path):
    source = tmp_path / "a.pdf"
    source.write_bytes(bytes(range(256)) * 300)
    copy = StaticFile("media/b.pdf", source, hashlib.sha256(source.read_bytes()).hexdigest(), "media/a.pdf")
    build(output, FILES, copies=[copy])
    before = facts(output, "media/b.pdf")
    assert build(output, {**FILES, "index.html": b"moi"}, copies=[copy]) is True
    assert (source.read_bytes(), before) == ((output / "media/b.pdf").read_bytes(), facts(output, "media/b.pdf"))
    assert facts(output, "media/b.pdf")[0] != source.stat().st_ino


def test_an_attachment_that_cannot_be_read_leaves_the_old_release(output, tmp_path):
    build(output, FILES)
    missing = StaticFile("media/b.pdf", tmp_path / "khong-co.pdf", "0" * 64, "media/khong-co.pdf")
    with pytest.raises(BuildStopped, match=r"Không đọc được khong-co\.pdf: .*Trang cũ vẫn còn nguyên\."):
        build(output, FILES, copies=[missing])
    assert (tree(output), leftovers(output)) == (FILES, ["000001", "000001.files.json", "000001.json", "lock"])


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_manifest_means_a_complete_new_release(output, seed):
    build(output, FILES)
    choice = random.Random(seed)
    file = choice.choice([files_of, manifest_of])(output.resolve())
    data = bytearray(file.read_bytes())
    data[choice.randrange(len(data))] ^= 1 << choice.randrange(7)
    file.write_bytes(data)
    assert read_release(output.resolve()) is None
    assert store.damaged_folders(output, None) == [output.resolve()]
    assert build(output, FILES) is True
    assert (tree(output), os.readlink(output)) == (FILES, ".output-releases/000002")


def test_the_cache_of_an_older_version_is_deleted(output):
    build(output, FILES)
    for name in ("kept.sqlite", "kept.sqlite-wal", "unchanged"):
        (store.releases_folder(output) / name).write_bytes(b"x")
    build(output, FILES)
    assert leftovers(output) == ["000001", "000001.files.json", "000001.json", "lock"]


@pytest.mark.parametrize("place", [files_of, manifest_of])
def test_a_folder_in_the_place_of_a_manifest_is_removed_with_its_release(output, place):
    build(output, FILES)
    place(output.resolve()).unlink()
    place(output.resolve()).mkdir()
    for number in range(3):
        assert build(output, {**FILES, "so": str(number).encode()}) is True
    assert leftovers(output) == [f"{number:06}{end}" for number in (3, 4) for end in ("", ".files.json", ".json")] + ["lock"]


def test_a_manifest_from_before_checksums_is_read(output):
    build(output, FILES, published=True)
    for file, key in ((manifest_of(output.resolve()), None), (files_of(output.resolve()), "files")):
        manifest = json.loads(file.read_text("utf-8"))
        del manifest["sha256"]
        file.write_text(json.dumps(manifest[key] if key else {**manifest, "format": 2}), "utf-8")
    assert store.last_published(output).files.keys() == FILES.keys()
    assert build(output, FILES) is False


# ── failures ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_full_disk_leaves_the_old_release_and_no_leftovers(output, monkeypatch):
    build(output, FILES)
    write = Staging._write

    def full(staging, path, data):
        if data == b"%PDF-moi":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(staging, path, data)

    monkeypatch.setattr(Staging, "_write", full)
    with pytest.raises(BuildStopped) as raised:
        build(output, {**FILES, "index.html": b"moi", "media/a.pdf": b"%PDF-moi"})
    assert str(raised.value) == "Không ghi được media/a.pdf: đĩa đã đầy. Trang cũ vẫn còn nguyên."
    assert (tree(output), leftovers(output)) == (FILES, ["000001", "000001.files.json", "000001.json", "lock"])


def test_an_error_in_rendering_leaves_the_old_release_and_no_leftovers(output):
    build(output, FILES)
    with pytest.raises(MemoryError):
        build(output, {"a.html": b"moi", "b.html": None})
    assert (tree(output), leftovers(output)) == (FILES, ["000001", "000001.files.json", "000001.json", "lock"])


def test_a_release_that_fails_verification_leaves_the_old_release_and_no_leftovers(output):
    build(output, FILES)
    build(output, {**FILES, "b.html": b"b"})
    before = tree(output), leftovers(output)

    def wrong():
        raise BuildStopped("sai")

    with pytest.raises(BuildStopped, match="sai"):
        build(output, {**FILES, "index.html": b"moi"}, verify=wrong)
    assert (tree(output), leftovers(output)) == before
    build(output, {**FILES, "index.html": b"moi"})
    assert tree(output) == {**FILES, "index.html": b"moi"}


def test_leftovers_of_a_killed_build_are_removed(output):
    build(output, FILES)
    folder = store.releases_folder(output)
    (folder / "000002.partial").mkdir()
    (folder / "000002.partial" / "index.html").write_bytes(b"nua")
    (folder / "000002.json.partial").write_text("{")
    (folder / "link.partial").symlink_to("000002")
    assert build(output, {"index.html": b"moi"}) is True
    assert (tree(output), leftovers(output)) == (
        {"index.html": b"moi"},
        ["000001", "000001.files.json", "000001.json", "000002", "000002.files.json", "000002.json", "lock"],
    )


def test_a_build_killed_before_the_switch_leaves_the_old_site_and_its_number_is_not_used_again(output):
    build(output, FILES)
    (store.releases_folder(output) / "000002").mkdir()
    assert tree(output) == FILES
    build(output, {"index.html": b"moi"})
    assert (os.readlink(output), tree(output)) == (".output-releases/000003", {"index.html": b"moi"})


def test_a_concurrent_build_is_refused(output):
    with held_by_another(store.releases_folder(output) / "lock"), pytest.raises(Busy) as raised:
        build(output, FILES)
    assert (
        raised.value.exitcode,
        str(raised.value),
    ) == (75, f"Một lệnh khác đang dùng output: {HELD}. Cách sửa: đợi lệnh ấy xong rồi chạy lại.")
    assert build(output, FILES) is True


# ── what stands where the output goes ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["thu.docx", "index.html", ".git/config"])
def test_a_folder_of_others_is_refused_and_not_touched(output, name):
    (output / name).parent.mkdir(parents=True)
    (output / name).write_bytes(b"cua nguoi khac")
    with pytest.raises(WrongUse) as raised:
        build(output, FILES)
    assert str(raised.value) == (
        f"{output} đã có và không phải do trang này tạo ra. Cách sửa: chuyển nó đi nơi khác, hoặc chọn --output khác."
    )
    assert ({name: b"cua nguoi khac"}, False) == (tree(output), output.is_symlink())


def test_a_file_is_refused(output):
    output.parent.mkdir()
    output.write_bytes(b"x")
    with pytest.raises(WrongUse):
        build(output, FILES)
    assert output.read_bytes() == b"x"


def test_a_link_to_elsewhere_is_refused(output, tmp_path):
    output.parent.mkdir()
    output.symlink_to(tmp_path)
    with pytest.raises(WrongUse) as raised:
        build(output, FILES)
    assert str(raised.value) == f"{output} là liên kết tới nơi khác. Cách sửa: xóa liên kết đó, hoặc chọn --output khác."
    assert os.readlink(output) == str(tmp_path)


def test_a_link_to_the_releases_of_another_site_is_refused(output, tmp_path):
    other = tmp_path / "other" / "output"
    build(other, {"index.html": b"trang khac"})
    output.parent.mkdir()
    output.symlink_to(other.resolve())
    with pytest.raises(WrongUse):
        build(output, FILES)
    assert (str(other.resolve()), {"index.html": b"trang khac"}) == (os.readlink(output), tree(other))


def test_an_empty_folder_is_exchanged(output):
    (output / "media").mkdir(parents=True)
    assert build(output, FILES) is True
    assert (output.is_symlink(), tree(output), leftovers(output)) == (
        True,
        FILES,
        ["000001", "000001.files.json", "000001.json", "lock"],
    )


def test_a_folder_that_is_a_copy_of_our_release_is_exchanged(output):
    build(output, FILES)
    release = output.resolve()
    output.unlink()
    output.mkdir()
    (output / "index.html").write_bytes((release / "index.html").read_bytes())
    assert build(output, FILES) is True
    assert (output.is_symlink(), tree(output)) == (True, FILES)


def test_a_folder_with_one_file_more_than_our_release_is_refused(output):
    build(output, FILES)
    output.unlink()
    output.mkdir()
    for name in ("index.html", "ghi-chu.txt"):
        (output / name).write_bytes(b"x")
    with pytest.raises(WrongUse):
        build(output, FILES)
    assert tree(output) == {"index.html": b"x", "ghi-chu.txt": b"x"}


# ── old releases ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("retain", [1, 2, 3])
def test_the_newest_releases_are_retained(output, retain):
    for number in range(5):
        build(output, {"index.html": str(number).encode()}, retain=retain)
    numbers = [f"{number:06}" for number in range(6 - retain, 6)]
    assert leftovers(output) == sorted([*(f"{number}{end}" for number in numbers for end in ("", ".json", ".files.json")), "lock"])
    assert tree(output) == {"index.html": b"4"}


def test_the_current_release_is_never_deleted(output):
    for number in range(3):
        build(output, {"index.html": str(number).encode()}, retain=9)
    output.unlink()
    output.symlink_to(".output-releases/000001")
    assert build(output, {"index.html": b"moi"}, retain=1) is True
    assert [folder.name for folder in store.folders(output)] == ["000004"]
    assert tree(output) == {"index.html": b"moi"}


def test_the_newest_five_published_releases_are_retained_whatever_is_built_between(output):
    for number in range(14):
        build(output, {"index.html": str(number).encode()}, published=number % 2 == 0)
    assert [int(folder.name) for folder in store.folders(output)] == [5, 7, 9, 11, 13, 14]
    assert [int(folder.name) for folder in store.published_folders(output)] == [5, 7, 9, 11, 13]


def test_publishing_an_unchanged_release_marks_it(output):
    build(output, FILES)
    assert build(output, FILES, published=True) is False
    assert build(output, FILES) is False
    assert store.last_published(output).folder.name == "000001"


def test_a_tree_is_built_from_a_prunable_release(output):
    pages = {f"tin/{number}/index.html": b"%d" % number for number in range(5)}
    build(output, {**pages, "cu/a/index.html": b"cu", "b": b"tep"})
    build(output, {**pages, "b/index.html": b"thu muc"})
    old = store.folders(output)[0].stat().st_ino
    before = {path: facts(output, path) for path in pages}
    build(output, {**pages, "b": b"tep", "moi/index.html": b"moi"})
    assert (output.resolve().stat().st_ino, output.resolve().name) == (old, "000003")
    assert tree(output) == {**pages, "b": b"tep", "moi/index.html": b"moi"}
    assert sorted(path.name for path in output.iterdir()) == ["b", "moi", "tin"]
    assert before == {path: facts(output, path) for path in pages}


@pytest.mark.parametrize("damage", ["changed", "deleted", "added", "link"])
def test_a_damaged_old_tree_does_no_harm(output, tmp_path, damage):
    for number in range(2):
        build(output, {**FILES, "so": str(number).encode()})
    old = store.folders(output)[0]
    if damage == "changed":
        (old / "van-ban/index.html").unlink()
        (old / "van-ban/index.html").write_bytes(b"khac")
    elif damage == "deleted":
        (old / "media/a.pdf").unlink()
    elif damage == "added":
        (old / "la/x").mkdir(parents=True)
        (old / "la/x/y").write_bytes(b"la")
    else:
        (old / "van-ban/la").symlink_to(tmp_path)
    build(output, {**FILES, "so": b"2"})
    assert tree(output) == {**FILES, "so": b"2"}
    assert sorted(path.relative_to(output).as_posix() for path in Path(output).rglob("*") if path.is_symlink()) == []


def test_a_correction_within_a_second_gets_a_later_modification_time(output):
    seconds = []
    for text in (b"so 1", b"so 2", b"so 3"):
        build(output, {**FILES, "index.html": text})
        seconds.append(int((output / "index.html").stat().st_mtime))
    assert seconds == [NOW, NOW + 1, NOW + 2]
    assert int((output / "van-ban/index.html").stat().st_mtime) == NOW


# ── going back ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rollback_swaps_in_the_published_release_before(output):
    for number in range(4):
        build(output, {"index.html": str(number).encode()}, published=number != 2)
    inodes = [(output.resolve().parent / f"{number:06}" / "index.html").stat().st_ino for number in (1, 2)]
    assert (store.roll_back(output).folder.name, tree(output)) == ("000002", {"index.html": b"1"})
    assert (output / "index.html").stat().st_ino == inodes[1]
    assert (store.roll_back(output).folder.name, tree(output)) == ("000001", {"index.html": b"0"})
    with pytest.raises(WrongUse) as raised:
        store.roll_back(output)
    assert str(raised.value) == "output không còn bản đã đăng nào cũ hơn để quay lại. Cách sửa: sửa nội dung rồi đăng lại."
    assert build(output, {"index.html": b"4"}, published=True) is True
    assert (tree(output), output.resolve().name) == ({"index.html": b"4"}, "000005")


def test_a_second_build_waits_as_long_as_requested(output):
    with store.locked(output):
        waiting = threading.Thread(target=lambda: store.locked(output, wait=20).__enter__())
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(5)
    assert not waiting.is_alive()


def test_a_command_that_waits_names_the_holder_once(output):
    said = []
    with held_by_another(store.releases_folder(output) / "lock"), pytest.raises(Busy), store.locked(output, 1, said.append):
        pass
    assert said == [f"Đang đợi lệnh khác dùng xong output: {HELD} (đợi nhiều nhất 1 giây)."]


def test_the_lock_is_reentrant_and_the_inner_block_removes_no_files(output):
    with store.locked(output) as folder:
        (folder / "bundle.partial").mkdir()
        with store.locked(output):
            assert (folder / "bundle.partial").is_dir()
            holder = parse_holder((folder / "lock").read_text("utf-8"))
        waiting = threading.Thread(target=lambda: store.locked(output, wait=20).__enter__())
        waiting.start()  # after the inner block the lock is still held
        waiting.join(0.2)
        assert waiting.is_alive()
    waiting.join(5)
    assert (holder.pid, waiting.is_alive()) == (os.getpid(), False)
    assert [(folder / "bundle.partial").exists(), (folder / "lock").read_text("utf-8")] == [False, ""]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"command": 1, "owner": 2, "pid": 3, "since": 4}', "\0" * 9])
def test_a_lock_file_that_names_nobody_has_no_holder(text):
    assert parse_holder(text) is None


def test_two_outputs_in_a_folder_have_separate_releases(tmp_path):
    first, second = tmp_path / "output", tmp_path / "output2"
    build(first, {"index.html": b"1"})
    build(second, {"index.html": b"2"})
    assert (tree(first), tree(second)) == ({"index.html": b"1"}, {"index.html": b"2"})
