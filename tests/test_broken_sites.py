"""A folder of broken sites: what `check` prints for each, whole. To add one: a folder of content files and its expected.txt.

The base's site.yml is used unless the folder has its own, or a file `.without-site`.
"""

import shutil
from pathlib import Path

import pytest
from conftest import SITES, build_site, order

from chuyendoiso import build
from chuyendoiso.domain.problems import ContentRejected
from chuyendoiso.progress import Progress

CASES = sorted(folder for folder in (SITES / "broken").iterdir() if folder.is_dir())


def content_of(case: Path, folder: Path) -> Path:
    content = folder / "content"
    shutil.copytree(case, content, ignore=shutil.ignore_patterns("expected.txt", ".without-site"))
    if not (content / "site.yml").exists() and not (case / ".without-site").exists():
        shutil.copy(SITES / "base.yml", content / "site.yml")
    return content


def complaint(content: Path, output: Path) -> str:
    try:
        build.read(order(content, output), Progress(quiet=True))
    except ContentRejected as rejected:
        return f"{rejected}\n"
    return "Không có lỗi nào.\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_problem_is_told_whole(case, tmp_path):
    assert complaint(content_of(case, tmp_path), tmp_path / "output") == (case / "expected.txt").read_text("utf-8")


def test_links_to_files_outside_are_refused(tmp_path, small_content):
    for name, target in (
        ("tin-tuc/2026/ngoai.md", "site.yml"),
        ("media/2026/dung.jpg", "media/2026/ngang.png"),
        ("tap-huan/muc", "media"),
    ):
        (small_content / name).unlink(missing_ok=True)
        (small_content / name).symlink_to(small_content / target)
    told = "Tệp là liên kết tượng trưng tới nơi khác trên máy. Cách sửa: xóa liên kết, chép tệp thật vào chỗ này. [symlink]"
    assert complaint(small_content, tmp_path / "output") == (
        f"content/media/2026/dung.jpg:1: {told}\ncontent/tap-huan/muc:1: {told}\ncontent/tin-tuc/2026/ngoai.md:1: {told}\n"
        "3 lỗi, 0 cảnh báo trong 3 tệp.\n"
    )


def test_a_broken_site_leaves_the_last_release_alone(tmp_path, small_content):
    output = tmp_path / "output"
    build_site(small_content, output)
    before = (output.readlink(), {path: path.stat().st_mtime_ns for path in output.resolve().rglob("*")})
    (small_content / "tin-tuc/2026/hoi-nghi.md").write_text("hỏng", "utf-8")
    with pytest.raises(ContentRejected):
        build_site(small_content, output)
    assert before == (output.readlink(), {path: path.stat().st_mtime_ns for path in output.resolve().rglob("*")})
