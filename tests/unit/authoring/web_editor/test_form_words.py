"""Problems in the words of the form: fields by their labels, choices by their names."""

import pytest
from conftest import SITES

from chuyendoiso.authoring.web_editor.form_words import in_form_words
from chuyendoiso.model.problems import Problem, Severity
from chuyendoiso.model.vocabulary import Kind

TEXT = "---\ntitle: Một\nstatus: withdrawn\ncover:\n  image: /media/x.png\n---\nThân bài.\n"


@pytest.fixture
def content(tmp_path):
    (tmp_path / "site.yml").write_text((SITES / "base.yml").read_text("utf-8"), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "message", "remedy", "field", "words"),
    [
        (3, "Mục đã gỡ (status: withdrawn) chưa ghi lý do.", "thêm dòng withdrawn_reason: và ghi giá trị.", "Trạng thái",
         "Mục đã gỡ (ô “Trạng thái” là “Gỡ”) chưa ghi lý do. Cách sửa: điền ô “Lý do gỡ”."),
        (4, "Ảnh thiếu mô tả.", "thêm dòng alt: mô tả ảnh.", "Ảnh đại diện", "Ảnh thiếu mô tả. Cách sửa: điền ô “Mô tả ảnh” mô tả ảnh."),
        (7, "Liên kết hỏng: https://x.vn/a.", "sửa lại.", "Thân bài", "Liên kết hỏng: https://x.vn/a. Cách sửa: sửa lại."),
    ],
)  # fmt: skip
def test_the_files_words_become_the_forms(content, line, message, remedy, field, words):
    problem = Problem("content/tin-tuc/2026/mot.md", line, "x", message, remedy)
    assert in_form_words([problem], TEXT, Kind("tin-tuc"), content) == ((field, words),)


def test_a_warning_is_said_to_be_one(content):
    problem = Problem("content/tin-tuc/2026/mot.md", 2, "x", "Tên dài.", "rút ngắn.", Severity.WARNING)
    assert in_form_words([problem], TEXT, Kind("tin-tuc"), content) == (("Tên bài", "Nên xem lại: Tên dài. Cách sửa: rút ngắn."),)
