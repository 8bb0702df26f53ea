"""Holds that the benchmark compares like with like: each generator makes a page of every article of one corpus."""

import pytest

from bench.contestants import Floor, Ours, Pelican
from bench.timing import Timed, timed

COUNT = 30


@pytest.mark.parametrize("rival", [lambda folder: Ours(folder, COUNT), lambda folder: Pelican(folder, COUNT, cached=True)])
def test_every_article_has_its_page_and_an_edit_shows_in_it(tmp_path, rival):
    one = rival(tmp_path / "site")
    times = Timed()
    timed(one.command, one.folder, times)
    pages = [path for path in one.output().resolve().rglob("index.html") if path.parent.name.startswith("bai-")]
    assert len(pages) == COUNT
    one.edit_body()
    one.edit_title()
    one.edit_template()
    timed(one.command, one.folder, times)
    text = "".join(path.read_text("utf-8") for path in one.output().resolve().rglob("bai-*/index.html"))
    assert text.count("Thêm câu thứ 1.") == 1 and text.count("<!-- 3 -->") == COUNT
    assert len(times.times) == 2 and times.median > 0


def test_the_simplest_loop_makes_every_page_too_and_an_edit_shows_in_it(tmp_path):
    floor = Floor(tmp_path / "floor", COUNT)
    pages = {}
    for case in ("first", "keep", "again", "one"):
        if case == "one":
            floor.edit_body()
        timed(floor.of(case), floor.folder, Timed())
        pages[case] = {path.parent.name: path.read_text("utf-8") for path in floor.output().rglob("bai-*/index.html")}
    assert len(pages["first"]) == COUNT and pages["again"] == pages["first"]
    assert [name for name, text in pages["one"].items() if text != pages["first"][name]] == ["bai-00001"]
