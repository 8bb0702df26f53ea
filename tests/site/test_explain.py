"""Holds that a build does work in proportion to the change, and can say why it made again what it made again."""

import io
import re
import shutil

import pytest
from conftest import NOW, ROOT, build_site, order

from chuyendoiso.build import pipeline
from chuyendoiso.system.progress import Progress

ARTICLE = "tin-tuc/2026/cho-phien.md"
PAGE = "tin-tuc/2026/cho-phien/index.html"
FEEDS = r"feeds/.*|manifest\.json"


@pytest.fixture
def site(small_content, tmp_path, monkeypatch, output):
    """A built site; gives a function that builds it again and returns what was told: the reason of each address."""
    monkeypatch.setattr("chuyendoiso.build.explain.MAX_LISTED", 10**6)
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    build_site(small_content, output, theme=theme)

    def again(**options):
        stream = io.StringIO()
        ordered = order(small_content, output, explain=True, theme=theme, **options)
        pipeline.write(pipeline.read(ordered, Progress(quiet=True)), ordered, Progress(stream))
        found = {}
        for reason, paths in re.findall(r"^- (.+): \d+ tệp\n    (.+)$", stream.getvalue(), re.MULTILINE):
            found |= dict.fromkeys(re.sub(r" … và \d+ tệp nữa", "", paths).split(", "), reason)
        return found, stream.getvalue()

    return again


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


INDEX = ("tim-kiem/chi-muc/", "tim-kiem/tu-vung.txt", "tim-kiem/index.html")


def test_words_make_the_page_and_its_feeds_again(site, small_content):
    edit(small_content / ARTICLE, "\n---\n\n", "\n---\n\nMột câu thêm.\n\n")
    found, _ = site()
    shards = {path: why for path, why in found.items() if path.startswith(INDEX)}
    assert shards and set(shards.values()) == {f"nhắc tới mục khác đã đổi, thêm hoặc bớt (content/{ARTICLE})"}
    lists = {path: found.pop(path) for path in ("manifest.json", "feeds/zalo.json", "tro-ly/doan.json")}
    assert set(lists.values()) == {f"kể lại tệp khác đã đổi (content/{ARTICLE})"}
    assert PAGE in found and {found[path] for path in found.keys() - shards} == {f"content/{ARTICLE} đổi thân bài"}
    shown = [path for path in sorted(found.keys() - shards.keys()) if path != PAGE and not re.fullmatch(FEEDS, path)]
    assert [re.sub(r"\d+", "n", path) for path in shown] == [
        "tim-kiem/bai/n/n.json",
        PAGE.replace("html", "json").replace("2026", "n"),
        "tro-ly/doan-n.jsonl",
    ]


def test_a_title_makes_again_what_shows_it(site, small_content):
    edit(small_content / ARTICLE, "title: ", "title: Sửa ")
    found, _ = site(share_cards=True)
    assert {PAGE, "tin-tuc/index.html", "feeds/tin-tuc/rss.xml"} <= found.keys()
    assert found[PAGE] == found["tin-tuc/index.html"] == f"content/{ARTICLE} đổi title"
    assert [path for path in found if path.startswith("van-ban/")] == []


def test_a_new_item_makes_again_the_lists_that_it_is_in(site, small_content):
    shutil.copy(small_content / ARTICLE, small_content / "tin-tuc/2026/moi.md")
    edit(small_content / "tin-tuc/2026/moi.md", "title: ", "title: Mới ")
    found, _ = site()
    assert found["tin-tuc/2026/moi/index.html"] == "địa chỉ mới"
    assert "content/tin-tuc/2026/moi.md mới có" in found["tin-tuc/index.html"]


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        (lambda content, output: edit(content / "site.yml", "để thử", "để thử nữa"), PAGE, "site.yml đổi"),
        (
            lambda content, output: edit(content.parent / "theme/templates/layouts/base.html", "</body>", "<!-- x --></body>"),
            PAGE,
            "giao diện (theme/) đổi",
        ),
        (lambda content, output: (output.resolve() / PAGE).unlink(), PAGE, "tệp đã đăng bị mất hoặc bị sửa"),
    ],
)
def test_other_reasons(site, small_content, change, path, reason, output):
    change(small_content, output)
    found, _ = site()
    assert found[path] == reason


def test_a_moment_that_passed(site):
    found, _ = site(now=NOW.replace(month=12, day=10, hour=8))
    reported = "content/tap-huan/hoi-nghi-thang-12.md không sửa, nhưng thời điểm hoặc mục liên quan làm đổi session"
    assert {why for path, why in found.items() if not path.startswith(INDEX)} == {reported}  # the index has the states of sessions


def test_nothing(site):
    assert "Không tệp nào phải tạo lại." in site()[1]
