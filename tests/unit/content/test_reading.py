"""Reading a folder: only new and changed files are read again."""

import os

import pytest
from bad_content import make_source, write_content
from conftest import SITES
from read_folder import Folder

from chuyendoiso.build.loading import check_file_count, read_settings
from chuyendoiso.content.scan import scan_content
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.worker_limits import Failure

A, B, BAD = "tin-tuc/2026/a.md", "van-ban/b.md", "tap-huan/sai.md"
FILES_OF_A_SITE = {
    A: make_source("news"),
    B: make_source("document"),
    BAD: make_source("training", "topic: khac", "![A](/media/b.png)"),
}
WRONG_TOPIC = '5: Chủ đề "khac" không có trong mục topics của site.yml. Cách sửa: dùng một trong: xa-hoi-so. [unknown-topic]'


@pytest.fixture
def folder(tmp_path):
    return Folder(write_content(tmp_path, FILES_OF_A_SITE))


# ── settings ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "options", "url", "expected"),
    [
        (("", ""), {"publishing": False}, "https://tin.thu-nghiem.vn/", []),
        (("", ""), {"publishing": True}, "https://tin.thu-nghiem.vn/", []),
        (("", ""), {"publishing": False, "address": "http://127.0.0.1:8000/"}, "http://127.0.0.1:8000/", []),
        (("thu-nghiem.vn/", "example.org/"), {"publishing": False}, "https://tin.example.org/", []),
        (
            ("thu-nghiem.vn/", "example.org/"),
            {"publishing": True, "address": "https://dang.vn/"},
            "https://dang.vn/",
            [
                'content/site.yml:1: Địa chỉ trang "https://tin.example.org/" là địa chỉ giữ chỗ, chưa đăng được. '
                "Cách sửa: ghi địa chỉ thật của trang vào url: trong site.yml. [placeholder-url]"
            ],
        ),
        (
            ("language: vi, ", ""),
            {"publishing": False},
            None,
            ["content/site.yml:1: Thiếu trường language (Ngôn ngữ). Cách sửa: thêm dòng language: và ghi giá trị. [missing-field]"],
        ),
    ],
)
def test_settings_are_read_and_their_problems_added(tmp_path, change, options, url, expected):
    content = write_content(tmp_path, {}, (SITES / "base.yml").read_text("utf-8").replace(*change, 1))
    problems = ["trước"]
    site = read_settings(scan_content(content), problems, **options)
    assert (url, ["trước", *expected]) == (site and site.url, [str(problem) for problem in problems])


# ── content files ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_files_are_listed_or_faulty_and_remembered_for_the_next_build(folder):
    first, second = folder.read(), folder.read()
    for (files, _, problems, numbers), count in ((first, 3), (second, 1)):
        assert ([A, B], [BAD], [f"{BAD}:{WRONG_TOPIC}"]) == (
            sorted(file.name for file in files.files),
            [file.name for file in files.faulty],
            problems,
        )
        assert [count, 0] == numbers
    assert sorted((file.name, (file.load().path, file.load().fields.title)) for file in second[0].files) == [
        (A, ("/tin-tuc/2026/a/", "Bài")),
        (B, ("/van-ban/b/", "Bài")),
    ]
    assert {name: name for name in (A, B)} == {name: cached.item.value for name, cached in second[0].cached.items()}


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (lambda folder: folder.put(A, make_source("news", "title: Khác")), 2),
        (lambda folder: folder.put(A, make_source("news")), 1),
        (lambda folder: folder.put("tin-tuc/2026/moi.md", make_source("news")), 2),
        (lambda folder: (folder.content / A).unlink(), 1),
        (lambda folder: folder.put(BAD, make_source("training")), 1),
        (lambda folder: os.utime(folder.content / A, ns=(1, 1)), 1),
    ],
)
def test_a_file_is_read_again_where_its_bytes_are_others(folder, change, count):
    folder.read()
    change(folder)
    assert folder.read()[3] == [count, 0]


def test_all_files_are_read_again_after_a_change_of_the_settings(folder):
    folder.read()
    assert folder.read(address="https://khac.vn/")[3] == [3, 0]
    assert folder.read(address="https://khac.vn/")[3] == [1, 0]


def test_a_file_that_is_not_in_the_cache_any_more_is_checked_again_when_it_is_loaded(folder):
    folder.read()
    files = folder.read()[0]
    folder.cache.clear()
    assert [file.load().fields.title for file in files.files] == ["Bài", "Bài"]
    folder.cache.clear()
    folder.put(A, make_source("news", "title: Khác"))
    (changed,) = (file for file in files.files if file.name == A)
    with pytest.raises(BuildStopped) as stopped:
        changed.load()
    assert str(stopped.value) == f"content/{A} đổi trong khi đang dựng. Trang cũ vẫn còn nguyên. Cách sửa: chạy lại."


def test_a_warning_is_repeated_by_each_build(folder):
    folder.put(A, make_source("news", body="[a](https://a.vn/?fbclid=x)"))
    expected = [f"{BAD}:5", f"{A}:7"]
    assert [sorted(expected)] * 2 == [sorted(line.partition(": ")[0] for line in folder.read()[2]) for _ in range(2)]


def test_a_file_that_takes_too_long_is_a_problem_and_is_tried_again(tmp_path):
    folder = Folder(write_content(tmp_path, {A: make_source("news")}), results={"read_file": Failure.SLOW})
    assert folder.read()[2] == [
        f"{A}:7: Nội dung bài có chỗ làm máy chuyển sang trang lâu hơn 5 giây. "
        "Cách sửa: tìm chỗ lặp lại rất nhiều ký hiệu như [, `, < và xóa bớt. [conversion-too-slow]"
    ]
    folder.results = {}
    files, _, problems, numbers = folder.read()
    assert ([file.name for file in files.files], problems, numbers) == ([A], [], [1, 0])


# ── the count ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_content_file_counts_and_no_other(tmp_path):
    others = (".minh-hoa", "media/a.png", "media/sau/site.yml", "tin-tuc/2026/.DS_Store", "tin-tuc/2026/a.md~", "van-ban/.gitkeep")
    counted = ("la.txt", "tin-tuc/2026/a.md", "van-ban/site.yml", "van-ban/.minh-hoa", "trang/media/a.md", "thu-muc.md/a.md")
    content = write_content(tmp_path, dict.fromkeys((*others, *counted), b""))
    (content / "trang/khac").symlink_to(content / "media")
    count = len(counted) + 2  # the folder that has the name of a file, the link to a folder
    check_file_count(count, content)
    for wrong in (count - 1, count + 1):
        with pytest.raises(BuildStopped) as stopped:
            check_file_count(wrong, content)
        assert str(stopped.value) == (
            f"Số tệp không khớp: tìm thấy {count} tệp nội dung nhưng chỉ xử lý {wrong}. Trang cũ vẫn còn nguyên."
        )
