"""Pulling from the shared repository: only fast-forwards, and no code without a listed signature."""

import re

import pytest
from repositories import commit, git, signing_keys, small_repository

from chuyendoiso.ops.pull_upstream import pull
from chuyendoiso.system.errors import BuildStopped, WrongUse


@pytest.fixture
def shared(tmp_path):
    return small_repository(tmp_path / "kho")


@pytest.fixture
def here(tmp_path, shared):
    git(tmp_path, "clone", "-q", shared, tmp_path / "may")
    return tmp_path / "may"


def change(shared, path, key=None):
    (shared / path).write_text((shared / path).read_text("utf-8") + "Thêm.\n" if (shared / path).exists() else "Mới.\n", "utf-8")
    git(shared, "config", "gpg.format", "ssh")
    if key:
        git(shared, "config", "user.signingKey", key)
    return commit(shared, "Sửa", "-S" if key else "--no-gpg-sign")


def head(folder):
    return git(folder, "rev-parse", "HEAD").strip()


def test_new_commits_are_merged_once(shared, here):
    assert pull(here, "content", None) == "Kho Git chưa có commit mới."
    change(shared, "content/tin-tuc/2026/cho-phien.md")
    new = change(shared, "ma.py")
    assert pull(here, "content", None) == f"Đã lấy 2 commit mới, tới {new[:12]}."
    assert (head(here), pull(here, "content", None)) == (new, "Kho Git chưa có commit mới.")


def test_unsigned_content_is_merged_and_unsigned_code_is_not(shared, here, tmp_path):
    keys = signing_keys(tmp_path / "keys")
    new = change(shared, "content/tin-tuc/2026/cho-phien.md")
    pull(here, "content", keys / "allowed_signers")
    assert head(here) == new
    new = change(shared, "ma.py", keys / "bao-tri.pub")
    pull(here, "content", keys / "allowed_signers")
    assert head(here) == new
    change(shared, "ma.py", keys / "nguoi-la.pub")
    with pytest.raises(BuildStopped, match=r"1 trong 1 commit đổi phần ngoài nội dung không có chữ ký đúng"):
        pull(here, "content", keys / "allowed_signers")
    assert (head(here), git(here, "status", "--porcelain")) == (new, "")


def test_a_diverged_branch_is_not_merged(shared, here):
    change(shared, "ma.py")
    old = change(here, "content/tin-tuc/2026/cho-phien.md")
    with pytest.raises(BuildStopped, match="đã rẽ hai nhánh"):
        pull(here, "content", None)
    assert head(here) == old


def test_obstacles_are_reported(shared, here, tmp_path):
    change(shared, "content/tin-tuc/2026/cho-phien.md")
    (here / "content/tin-tuc/2026/cho-phien.md").write_text("Sửa ngay trên máy đăng trang.", "utf-8")
    with pytest.raises(BuildStopped, match="git merge không chạy được"):
        pull(here, "content", None)
    git(here, "checkout", "-q", "--detach")
    with pytest.raises(WrongUse, match=re.escape("Nhánh này không theo nhánh nào của kho chung.")):
        pull(here, "content", None)
    git(here, "checkout", "-qf", "main")
    shared.rename(tmp_path / "mat")
    with pytest.raises(BuildStopped, match="git fetch không chạy được"):
        pull(here, "content", None)
