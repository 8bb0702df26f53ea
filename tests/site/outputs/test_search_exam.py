"""The search on the committed content: the exam of tests/questions, what is in no item's text."""

import pytest
from conftest import ROOT, SOAK

from chuyendoiso.ops.search_exam import examine, examine_outside, found, read_courtesies, read_questions, variants, without_marks
from chuyendoiso.outputs.search.ranking import search
from chuyendoiso.outputs.search.reader import SearchIndex
from chuyendoiso.system.site_files import folder_reader


def test_the_years_figures_are_found(committed):
    """They are in site.yml and of sessions, in no item's text."""
    index = SearchIndex(folder_reader(committed))
    ranked = search("thống kê lượt dự hội nghị năm 2022", index)[1]
    one = next(one for one in ranked if index.record(one.item)["href"] == "/thong-ke/")
    assert one.passages[0].share == 1
    _, heading, text = index.record(one.item)["passages"][one.passages[0].number]
    assert heading == "Hội nghị và người tham dự năm 2022"
    assert "Số liệu: Người dự tại các điểm cầu; Giá trị: 22.780 người" in text.splitlines()


@pytest.mark.soak
def test_the_exam_holds_what_is_promised(committed):
    """Half of the questions, and fewer of those in rarer ways (docs/performance.md has the table of all)."""
    index, questions = SearchIndex(folder_reader(committed)), read_questions(ROOT / "tests/questions/inside.jsonl")[1::2]
    ways = variants(read_courtesies(ROOT / "tests/questions/courtesies.txt"))
    marks = {
        name: examine(index, questions[:: 1 if SOAK or name in {"như gõ", "không dấu"} else 2], change)
        for name, change in ways.items()
    }
    typed = marks["như gõ"], marks["không dấu"]
    assert min(mark.hit_1 for mark in typed) >= 0.8
    assert min(mark.hit_3 for mark in typed) >= 0.94
    assert min(mark.passage_3 for mark in typed) >= 0.86
    assert min(mark.not_refused for mark in typed) >= 0.88
    assert min(mark.answered for mark in typed) >= 0.4
    assert marks["Telex"].hit_3 >= 0.94
    assert marks["Telex"].passage_3 >= 0.82
    assert marks["hai lỗi gõ"].hit_3 >= 0.9
    assert marks["có thưa gửi"].hit_3 >= 0.92
    assert min(marks[name].not_refused for name in ("hai lỗi gõ", "có thưa gửi")) >= 0.78
    outside = read_questions(ROOT / "tests/questions/outside.jsonl")[:: 1 if SOAK else 2]
    for change in (str, without_marks):
        silent, refused = examine_outside(index, outside, change)
        assert silent >= 0.97
        assert refused >= 0.75
    assert found(index, read_questions(ROOT / "tests/questions/keywords.jsonl")) >= 0.95
    assert found(index, read_questions(ROOT / "tests/questions/typed.jsonl")[:: 1 if SOAK else 4]) >= 0.87
