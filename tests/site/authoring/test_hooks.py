"""The hook before a commit, in a real repository; and the example for GitLab, whose commands there are."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, SITES

from chuyendoiso.authoring.git_hooks import install_hooks
from chuyendoiso.system.errors import WrongUse

ARTICLE = "---\ntitle: Một\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n---\nThân bài.\n"


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path):
    """A repository with the project's code and a small content folder, hooks in place."""
    for name in ("chuyendoiso", "theme", "scripts"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "tasks.py", tmp_path)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    (tmp_path / "content/tin-tuc/2026").mkdir(parents=True)
    shutil.copy(SITES / "base.yml", tmp_path / "content/site.yml")
    for command in (["init", "-q"], ["config", "user.name", "Bình"], ["config", "user.email", "binh@thu-nghiem.vn"]):
        git(tmp_path, *command)
    assert install_hooks(tmp_path).startswith("Từ nay git kiểm tra bài trước mỗi lần commit.")
    return tmp_path


def test_content_is_checked_as_it_would_be_committed(project):
    path = project / "content/tin-tuc/2026/mot.md"
    path.write_text(ARTICLE.replace("xa-hoi-so", "xa-hoi"), "utf-8")
    git(project, "add", "content")
    path.write_text(ARTICLE, "utf-8")  # right in the folder, wrong in what is to be committed
    refused = git(project, "commit", "-m", "Thêm tin")
    assert refused.returncode == 1
    assert 'content/tin-tuc/2026/mot.md:5: Chủ đề "xa-hoi" không có trong mục topics của site.yml.' in refused.stderr
    assert refused.stderr.splitlines()[-1] == "Chưa commit: hãy sửa các lỗi trên, git add lại tệp đã sửa, rồi commit lại."
    git(project, "add", "content")
    path.write_text("hỏng", "utf-8")  # and the other way round
    assert git(project, "commit", "-m", "Thêm tin").returncode == 0
    (project / "ghi-chu.txt").write_text("a", "utf-8")
    git(project, "add", "ghi-chu.txt")
    assert git(project, "commit", "-m", "Ghi chú").returncode == 0


def test_hooks_of_others_are_left_alone(project, tmp_path_factory):
    assert install_hooks(project) == "Git đã kiểm tra bài trước mỗi lần commit, không có gì phải làm."
    git(project, "config", "core.hooksPath", ".husky")
    with pytest.raises(WrongUse, match=r"Git đang dùng hook ở \.husky"):
        install_hooks(project)
    with pytest.raises(WrongUse, match="chưa phải kho Git"):
        install_hooks(tmp_path_factory.mktemp("none"))


@pytest.mark.parametrize("name", [path.name for path in (ROOT / "docs/examples").glob("*.yml")])
def test_the_examples_for_gitlab_run_commands_that_there_are(name):
    jobs = yaml.safe_load((ROOT / "docs/examples" / name).read_text("utf-8"))
    targets = (ROOT / "Makefile").read_text("utf-8")
    lines = [line for job in jobs.values() if isinstance(job, dict) for line in job.get("script", [])]
    for target in re.findall(r"make (\S+)", "\n".join(lines)):
        assert re.search(rf"^{target}:", targets, re.MULTILINE)
    for name, options in re.findall(r"invoke (\S+)(.*)", "\n".join(lines)):
        command = name.replace("-", "_")
        text = (ROOT / f"chuyendoiso/cli/{command}.py").read_text("utf-8")
        signature = text.partition(f"def {command}(")[2].partition("->")[0]
        assert signature
        assert [one for one in re.findall(r"--([a-z-]+)", options) if f"{one.replace('-', '_')}:" not in signature] == []
