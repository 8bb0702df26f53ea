"""Holds that the benchmark compares like with like: each generator makes a page of every article of one corpus."""

import pytest

from bench.contestants import Floor, Ours, Pelican
from bench.pictures import write_photographs
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


def test_with_all_each_article_has_its_card_and_its_picture(tmp_path):
    photographs = write_photographs(tmp_path / "photographs", 3, (500, 400))
    one = Ours.with_all(tmp_path / "site", COUNT, photographs)
    timed(one.command, one.folder, Timed())
    site = one.output().resolve()
    pages = [path.read_text("utf-8") for path in site.glob("tin-tuc/*/bai-*/index.html")]
    assert len(pages) == COUNT and all("<picture" in page for page in pages)
    assert len(list(site.glob("media/the/tin-tuc-*.png"))) == COUNT
    assert len(list(site.glob("media/anh/*.webp"))) == 2 * len(photographs)
    files, size = one.count_files()
    assert files == sum(path.is_file() for path in site.rglob("*")) and size > 0


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
