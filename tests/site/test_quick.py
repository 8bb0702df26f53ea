"""Holds when a save is brought into the release without planning the site anew, and that what comes of it is what a whole build makes."""

import json
import shutil
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW, ROOT, SOAK, build_site, copy_release, tree

from chuyendoiso import quick
from chuyendoiso.command import run_build
from chuyendoiso.domain.problems import ContentRejected
from chuyendoiso.engine.kept import Kept, opened
from chuyendoiso.release.store import current_release
from chuyendoiso.stamps import TICK
from chuyendoiso.standings import Standing, keep_changed, load_standings

ARTICLE, OTHER, DOCUMENT = "tin-tuc/2026/cho-phien.md", "tin-tuc/2026/bai-khac.md", "van-ban/1-qd-ubnd.md"


class Site:
    """A site that is built as an editor builds it."""

    def __init__(self, content, root, small, monkeypatch):
        self.content, self.root, self.small, self.quick = content, root, small, []
        real = quick.update_words

        def update_words(*arguments):
            found = real(*arguments)
            self.quick.append(found is not None)
            return found

        monkeypatch.setattr(quick, "update_words", update_words)
        self.theme = shutil.copytree(ROOT / "theme", root / "theme")

    def build(self, now=NOW, **options):
        """Build, once what was written has settled; tell whether it was done the quick way."""
        time.sleep(2 * TICK / 1e9)
        self.quick.clear()
        paths = {"PATH": str(self.content), "THEME": str(self.theme), "OUTPUT_PATH": str(self.root / "output")}
        run_build(ROOT / "pelicanconf.py", {**paths, "NOW": now, "SHARE_CARDS": False, "QUIET": True, **options})
        return self.quick == [True]

    def is_as_built_anew(self, number=0, **options):
        aside = copy_release(self.small, self.root / f"anew-{number}/output")
        build_site(self.content, aside, share_cards=False, theme=self.theme, **options)
        return tree(self.root / "output") == tree(aside)

    def edit(self, name, old, new):
        path = self.content / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def words(self, name=ARTICLE, text="Một câu **mới**."):
        path = self.content / name
        path.write_text(path.read_text("utf-8") + f"\n{text}\n", "utf-8")


@pytest.fixture
def site(small_content, output, small, monkeypatch):
    found = Site(small_content, output.parent, small, monkeypatch)
    article = (small_content / ARTICLE).read_text("utf-8")
    (small_content / OTHER).write_text(article.replace("title: ", "title: Khác ").replace("Rau", "Hoa"), "utf-8")
    found.build()
    return found


def test_words_are_brought_in_again_and_again(site):
    for number in range(3):
        before = tree(site.root / "output")
        site.words(text=f"Câu {number}.")
        assert site.build()
        now = tree(site.root / "output")
        changed = {path for path in now if now[path] != before[path]}
        assert "tin-tuc/2026/cho-phien/index.html" in changed and "feeds/tat-ca/rss.xml" in changed
        assert {path for path in changed if not path.startswith(("feeds/", "tim-kiem/"))} == {
            "tin-tuc/2026/cho-phien/index.html", "tin-tuc/2026/cho-phien/index.json", "manifest.json",
        }  # fmt: skip
        assert site.is_as_built_anew(number)
    assert not site.build()  # nothing to do


def test_what_comes_after_it_is_right_too(site):
    site.words()
    assert site.build()
    site.edit(ARTICLE, "title: ", "title: Sửa ")
    assert not site.build()
    assert site.is_as_built_anew(0)
    site.words(DOCUMENT)
    site.words(OTHER)
    assert site.build()
    assert site.is_as_built_anew(1)
    site.edit(ARTICLE, "nông nghiệp]", "nông thôn]")
    assert not site.build()
    assert site.is_as_built_anew(2)


def test_a_reference_that_stays_is_kept_with_its_place(site):
    site.words(text="[Quyết định](/van-ban/1-qd-ubnd.md)")
    assert not site.build()
    site.edit(ARTICLE, "Rau sạch", "Một đoạn trước.\n\nRau sạch")
    assert site.build()
    assert site.is_as_built_anew()


def test_a_site_without_search_and_records_is_quick_too(site):
    """A theme that has no script to read the index has none; what is for copies of the site can be left out."""
    (site.theme / "static/js/search-worker.js").unlink()
    assert not site.build(RECORDS=False)
    there = tree(site.root / "output")
    assert {path for path in there if path.startswith("tim-kiem/")} == {"tim-kiem/index.html"}
    assert not any(path.endswith("/index.json") or "/kho-" in path for path in there)
    listed = json.loads((site.root / "output/manifest.json").read_text("utf-8"))["items"]
    assert listed and all(one.keys() == {"id", "kind", "path", "url", "title", "published", "updated"} for one in listed)
    site.words()
    assert site.build(RECORDS=False)
    assert site.is_as_built_anew(0, records=False)
    shutil.copy(ROOT / "theme/static/js/search-worker.js", site.theme / "static/js/search-worker.js")
    assert not site.build()
    assert site.is_as_built_anew(1)


MORE = {
    "a title": lambda site: site.edit(ARTICLE, "title: ", "title: Sửa "),
    "a comment, which moves the lines of fields": lambda site: site.edit(ARTICLE, "---\n", "---\n# ghi chú\n"),
    "a heading, to which others may link": lambda site: site.words(text="## Mục mới"),
    "a link": lambda site: site.words(text="[Danh sách](/tin-tuc/)"),
    "a file that is new": lambda site: shutil.copy(site.content / ARTICLE, site.content / "tin-tuc/2026/moi.md"),
    "a file that is gone": lambda site: (site.content / OTHER).unlink(),
    "site.yml": lambda site: site.edit("site.yml", "Trang nhỏ để thử", "Trang khác"),
    "a template, too": lambda site: (site.words(), (site.theme / "templates/article.html").touch()),
    "a page of the release": lambda site: (site.words(), (site.root / "output/index.html").write_text("khác")),
    "a mode": lambda site: (site.words(), (site.content / ARTICLE).chmod(0o600)),
    "what is kept": lambda site: (site.words(), [file.unlink() for file in site.root.glob(".output-releases/kept*")]),
    "recipes": lambda site: (site.words(), forget(site, "recipe")),
    "values of recipes": lambda site: (site.words(), forget(site, "value")),
    "how files stand": lambda site: (site.words(), forget(site, "standing")),
    "checked files": lambda site: (site.words(), forget(site, "file")),
    "the words that others have": lambda site: (site.words(), forget(site, "converted")),
}


def forget(site, kind):
    with opened(site.root / ".output-releases/kept.sqlite") as kept:
        assert kept.count(kind)
        kept.keep_only(kind, ())


@pytest.mark.soak
@pytest.mark.parametrize("change", list(MORE)[:: 1 if SOAK else 4])
def test_where_more_changed_all_is_looked_at(site, change):
    MORE[change](site)
    assert not site.build()
    assert site.is_as_built_anew()


def test_a_moment_that_passed_is_not_missed(site):
    later = NOW + timedelta(days=60)
    site.words()
    assert not site.build(later)
    assert site.is_as_built_anew(now=later)


def test_two_files_of_one_body_are_told_apart(site):
    (site.content / OTHER).write_text((site.content / ARTICLE).read_text("utf-8").replace("title: ", "title: Khác "), "utf-8")
    assert not site.build()
    site.words()
    assert not site.build()
    assert site.is_as_built_anew(0)
    site.words()
    assert site.build()
    assert site.is_as_built_anew(1)


def test_the_body_of_another_is_told_apart_and_ones_own_former_is_quick(site):
    before, other = ((site.content / name).read_text("utf-8") for name in (ARTICLE, OTHER))
    site.words()
    assert site.build()
    (site.content / ARTICLE).write_text(before, "utf-8")
    assert site.build()
    assert site.is_as_built_anew(0)
    (site.content / ARTICLE).write_text(before.replace("Rau", "Hoa"), "utf-8")
    assert not site.build()
    assert site.is_as_built_anew(1)
    (site.content / OTHER).write_text(other.replace("Hoa", "Cây"), "utf-8")
    assert not site.build()
    assert site.is_as_built_anew(2)


def test_a_warning_or_an_error_is_told(site, capsys):
    site.words(text="Gọi 0912 345 678.")
    assert not site.build(QUIET=False)
    assert "[phone-number]" in capsys.readouterr().err
    site.words(text="Hết.")
    assert not site.build(QUIET=False)
    assert "[phone-number]" in capsys.readouterr().err
    site.words(text='<iframe src="https://nơi-khác.vn/"></iframe>')
    before = tree(site.root / "output")
    with pytest.raises(ContentRejected):
        site.build()
    assert tree(site.root / "output") == before


def test_many_files_go_the_long_way(site):
    names = [f"tin-tuc/2026/bai-{number}.md" for number in range(quick.FEW + 1)]
    for number, name in enumerate(names):
        site.content.joinpath(name).write_text((site.content / ARTICLE).read_text("utf-8").replace("Rau", f"Rau {number}"), "utf-8")
    site.build()
    for name in names:
        site.words(name)
    assert not site.build()
    assert site.is_as_built_anew()


@pytest.mark.parametrize("options", [{"PREVIEW": True}, {"EXPLAIN": True}, {"PUBLISHING": True}])
def test_another_kind_of_build_looks_at_all(site, options):
    site.words()
    assert not site.build(**options)
    assert site.is_as_built_anew(preview=bool(options.get("PREVIEW")))


def test_the_list_of_files_is_the_one_that_the_long_way_writes(site):
    site.words()
    assert site.build()
    there = current_release(site.root / "output")
    for file in site.root.glob(".output-releases/[uk]*"):  # what is kept, and the note
        file.unlink()
    assert not site.build()
    now = current_release(site.root / "output")
    assert (now.folder, now.files) == (there.folder, there.files)
    assert replace(now.about, built_at="") == replace(there.about, built_at="")
    site.words()
    assert site.build()


def test_how_files_stand_is_kept_where_all_that_was_kept_was_deleted_meanwhile():
    kept = Kept(None)
    stands = Standing("a", "h", "b", (), "c", ("tin-tuc/2026/x/index.html",))
    keep_changed(kept, {ARTICLE: stands})
    assert load_standings(kept) == load_standings(kept, [ARTICLE]) == {ARTICLE: stands}
