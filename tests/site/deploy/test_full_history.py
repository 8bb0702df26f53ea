"""Publishing needs all of the history: a shallow clone is refused, and every example that publishes fetches all of it."""

from datetime import timedelta

import pytest
import yaml
from conftest import ROOT, build_site, order
from newsroom import Newsroom
from repositories import git

from chuyendoiso.build import pipeline
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.progress import Progress

REMEDY = (
    "Kho Git này chỉ có những commit gần đây (shallow), nên không biết bài nào mới, sửa hay gỡ lúc nào. Cách sửa: chạy git fetch "
    "--unshallow; trong CI thì lấy đủ lịch sử (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)."
)


def test_a_shallow_clone_builds_and_is_not_published(tmp_path):
    room = Newsroom(tmp_path / "kho", 1, items=3)
    room.now += timedelta(days=1)
    room.add(room.now)
    room.commit()
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{room.folder}", "nong")
    content, output = tmp_path / "nong/content", tmp_path / "output"
    assert build_site(content, output, now=room.now, share_cards=False).changed
    with pytest.raises(WrongUse) as refused:
        build_site(content, output, now=room.now, share_cards=False, publishing=True)
    assert str(refused.value) == REMEDY
    git(tmp_path / "nong", "fetch", "-q", "--unshallow")
    assert build_site(content, output, now=room.now, share_cards=False, publishing=True).release.about.published


def test_every_example_that_publishes_fetches_all_of_the_history():
    found = {}
    for path in (ROOT / "docs/examples").glob("*.yml"):
        for name, job in yaml.safe_load(path.read_text("utf-8")).items():
            if isinstance(job, dict) and any("publish" in line for line in job.get("script", [])):
                found[f"{path.name} {name}"] = job["variables"]["GIT_DEPTH"]
    assert found == {"gitlab-ci-pages.yml pages": "0"}


def test_content_in_no_repository_is_published_with_its_own_dates(tmp_path, small_content, capsys):
    ordered = order(small_content, tmp_path / "output", publishing=True, share_cards=False)
    pipeline.read(ordered, Progress())
    line = "Nội dung không nằm trong kho Git: ngày sửa và ngày gỡ trong nguồn tin lấy theo ngày ghi trong bài."
    assert line in capsys.readouterr().err.splitlines()
