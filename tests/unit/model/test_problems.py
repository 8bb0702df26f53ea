"""Holds how problems are told: one line each, sorted, once, with a count; and as JSON."""

import json

from chuyendoiso.model.problems import ContentRejected, Problem, Severity, report, report_json
from chuyendoiso.system.errors import BuildStopped, Busy, WrongUse

LATER = Problem("content/b.md", 2, "rule-b", 'Giá trị "x" sai.', "sửa lại.")
FIRST = Problem("content/a.md", 10, "rule-a", "Tệp rỗng.", "xóa tệp.")
WARNING = Problem("content/a.md", 3, "rule-w", "Ảnh nhỏ.", "thay ảnh.", Severity.WARNING)


def test_a_problem_is_one_line():
    assert str(LATER) == 'content/b.md:2: Giá trị "x" sai. Cách sửa: sửa lại. [rule-b]'
    assert str(WARNING) == "content/a.md:3: Cảnh báo: Ảnh nhỏ. Cách sửa: thay ảnh. [rule-w]"


def test_a_report_lists_each_once_by_path_and_line_and_counts():
    assert report([LATER, FIRST, WARNING, LATER]) == "\n".join(
        [str(WARNING), str(FIRST), str(LATER), "2 lỗi, 1 cảnh báo trong 2 tệp."]
    )


def test_a_report_for_machines_holds_the_same():
    assert json.loads(report_json([LATER, WARNING])) == [
        {
            "path": "content/a.md",
            "line": 3,
            "rule": "rule-w",
            "message": "Ảnh nhỏ.",
            "remedy": "thay ảnh.",
            "severity": "warning",
        },
        {
            "path": "content/b.md",
            "line": 2,
            "rule": "rule-b",
            "message": 'Giá trị "x" sai.',
            "remedy": "sửa lại.",
            "severity": "error",
        },
    ]


def test_errors_that_end_a_command_have_exit_statuses():
    statuses = [raised.exitcode for raised in (BuildStopped("a"), ContentRejected([FIRST]), WrongUse("b"), Busy("c"))]
    assert statuses == [1, 1, 2, 75]
    assert str(ContentRejected([FIRST])) == report([FIRST])
