"""Sites of articles of any text say in pages and feeds what was written, as others' parsers read them."""

import json
import re

import feedparser
import html5lib
import pytest
from any_text import TEXTS
from bad_content import write_content
from conftest import SOAK, build_site
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from chuyendoiso.content.yaml_problems import quoted
from chuyendoiso.model.characters import forbidden_in, neutralised
from chuyendoiso.model.legacy_text import find_legacy_text

pytestmark = pytest.mark.soak


def shown(text: str) -> str:
    """Return a text as pages and feeds should show it: neutralised, with single spaces."""
    return " ".join(neutralised(text).split())


def publishable(text: str) -> bool:
    return bool(shown(text)) and not forbidden_in(neutralised(text)) and find_legacy_text(text) is None


WORDS = TEXTS.filter(publishable)
NUMBER = 25


def article(number: int, texts: list[str]) -> str:
    title, summary, author, tag, body = (quoted(shown(text)) if place < 4 else text for place, text in enumerate(texts))
    tag = quoted(f"{number} " + shown(texts[3])[:50].strip())
    fields = (
        f"title: {title}\ndate: 2026-01-{number + 1:02}\nsummary: {summary}\ntopic: xa-hoi-so\nauthors: [{author}]\ntags: [{tag}]"
    )
    return f"---\n{fields}\n---\n\n{escaped(body)}\n"


def escaped(text: str) -> str:
    """Return a text as Markdown that means the text itself."""
    return re.sub(
        r"([\\`*_{}\[\]()#+.!|<>~^$:-])", lambda sign: f"&#{ord(sign[0])};", neutralised(text).strip().replace("&", "&amp;")
    )


@pytest.fixture(scope="module", params=range(5 if SOAK else 1))
def site(request, tmp_path_factory):
    """A site of articles of any texts: their texts, and the release."""
    drawn: list[list[list[str]]] = []

    @settings(max_examples=20)
    @given(st.lists(st.lists(WORDS, min_size=5, max_size=5), min_size=NUMBER, max_size=NUMBER))
    def draw(found):
        drawn.append(found)

    draw()
    folder = tmp_path_factory.mktemp("site")
    texts = drawn[4 * request.param + 3]
    files = {f"tin-tuc/2026/x{number}.md": article(number, found) for number, found in enumerate(texts)}
    build_site(write_content(folder, files), folder / "output")
    return texts, (folder / "output").resolve()


def text_of(element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_page_is_well_formed_and_says_what_was_written(site):
    texts, release = site
    for number, (title, summary, author, _, body) in enumerate(texts):
        page = (release / f"tin-tuc/2026/x{number}/index.html").read_text("utf-8")
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False, strict=True)
        tree = parser.parse(page)
        assert [shown(title)] == [text_of(found) for found in tree.iter("h1")]
        described = tree.xpath("//meta[@name='description']/@content")
        assert [shown(summary)] == [" ".join(found.split()) for found in described]
        complete = text_of(tree.getroot().find("body"))
        assert shown(author) in complete and shown(body) in complete


def test_every_feed_says_what_was_written(site):
    texts, release = site
    expected = {(shown(title), shown(summary), shown(author)) for title, summary, author, _, _ in texts}
    folder = release / "feeds/tin-tuc"
    entries = json.loads((folder / "feed.json").read_text("utf-8"))["items"]
    assert expected >= {(entry["title"], entry["summary"], entry["authors"][0]["name"]) for entry in entries} and entries
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in etree.parse(folder / "atom.xml").iter(f"{atom}entry"):
        assert (
            entry.findtext(f"{atom}title"),
            entry.findtext(f"{atom}summary"),
            entry.findtext(f"{atom}author/{atom}name"),
        ) in expected
    for item in etree.parse(folder / "rss.xml").iter("item"):
        summary = html5lib.parseFragment(item.findtext("description"), treebuilder="lxml", namespaceHTMLElements=False)
        found = item.findtext("title"), " ".join(summary), item.findtext("{http://purl.org/dc/elements/1.1/}creator")
        assert found in expected
    for name in ("atom.xml", "rss.xml"):
        parsed = feedparser.parse((folder / name).read_bytes())
        assert (parsed.bozo, len(parsed.entries)) == (False, len(entries))
