"""A session's streams are in the order of site.yml's channels, wherever they are shown or sent."""

import re
import shutil

import pytest
from conftest import SITES, build_site, copy_release, tree

SESSION = "tap-huan/hoi-nghi-thang-12.md"
COC_COC, YOUTUBE = (f"https://phat.thu-nghiem.vn/{number}" for number in (1, 2))
PLACES = {
    "page": "tap-huan/hoi-nghi-thang-12/index.html",
    "RSS": "feeds/tap-huan/rss.xml",
    "Atom": "feeds/tap-huan/atom.xml",
    "JSON Feed": "feeds/tap-huan/feed.json",
    "record": "tap-huan/hoi-nghi-thang-12/index.json",
    "Zalo": "feeds/zalo/tap-huan-hoi-nghi-thang-12.json",
    "calendar": "lich/tap-huan-hoi-nghi-thang-12.ics",
    "all sessions": "lich/hoi-nghi.ics",
}
ADDRESS = re.compile(r"https://phat\.thu-nghiem\.vn/[12]\b")


def exchange(path, pattern):
    """Exchange two parts that follow each other in a file."""
    text = path.read_text("utf-8")
    path.write_text(re.sub(pattern, r"\2, \1", text, count=1, flags=re.DOTALL), "utf-8")
    assert text != path.read_text("utf-8")


def test_the_order_in_the_article_makes_no_difference(small, small_content, tmp_path):
    exchange(small_content / SESSION, r"(\{channel: coc-coc[^}]*\}), (\{channel: youtube[^}]*\})")
    build_site(small_content, tmp_path / "output")
    assert tree(tmp_path / "output") == tree(small)


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory, small):
    """The small site's release, built on, after YouTube became the first channel of site.yml."""
    folder = tmp_path_factory.mktemp("streams")
    content = shutil.copytree(SITES / "small", folder / "content")
    settings = (content / "site.yml").read_text("utf-8")
    first, second = re.findall(r"  - \{id: (?:coc-coc|youtube).*\n", settings)
    (content / "site.yml").write_text(settings.replace(first + second, second + first), "utf-8")
    build_site(content, copy_release(small, folder / "output"))
    return folder / "output"


@pytest.mark.parametrize("place", PLACES)
def test_every_place_follows_the_order_of_channels(small, exchanged, place):
    found = [
        list(dict.fromkeys(ADDRESS.findall((output / PLACES[place]).read_text("utf-8").replace("\r\n ", "").replace("\\/", "/"))))
        for output in (small, exchanged)
    ]
    assert found == [[COC_COC, YOUTUBE], [YOUTUBE, COC_COC]]


@pytest.mark.parametrize("path", ["index.html", "tap-huan/index.html"])
def test_lists_offer_the_first_channel(small, exchanged, path):
    found = [re.findall(r'cds-button--main" href="([^"]*)"', (output / path).read_text("utf-8")) for output in (small, exchanged)]
    assert [set(one) for one in found] == [{COC_COC}, {YOUTUBE}]
