"""Holds that the benchmark compares like with like: each generator makes a page of every article of one corpus."""

import pytest

from bench.run import Ours, Pelican, Timed, timed

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
