"""Real readers find the same in our feeds: feedparser (Python), newsboat (C++), rss-parser and feedsmith (JavaScript)."""

import json
import sqlite3
import subprocess
from datetime import datetime
from html import escape
from pathlib import Path

import feedparser
import html5lib
import pytest
from conftest import served
from made_items import ITEMS, SITE, TITLE, at, feed_files, news

BASE = "https://so.tinh.gov.vn/cds"
TEXTS = {
    "/tin-tuc/2026/hai/": "<p><strong>Cập nhật 09/11/2026:</strong> Sửa.</p><p>A &amp; <b>B</b></p>",
    "/van-ban/ba/": "<p><strong>Hiệu lực:</strong> Chưa xác minh hiệu lực</p><p>Thân bài.</p>",
}
LABELS = {"xa-hoi-so": "Xã hội số", "kinh-te-so": "Kinh tế số"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The feeds of all items as files."""
    folder = tmp_path_factory.mktemp("feeds")
    for name, data in feed_files(ITEMS).items():
        (folder / name).write_bytes(data)
    return folder


def expected():
    """Return what every reader should find of each entry, by id."""
    found = {}
    for item in ITEMS:
        enclosure = f"{BASE}/media/f.pdf" if item.path == "/van-ban/ba/" else None
        if item.cover:
            enclosure = f"{BASE}/media/anh/{'a' * 20}v2-1280.jpg"
        found[item.id] = {
            "title": item.title, "link": f"{BASE}{item.path}", "published": int(item.date.timestamp()), "authors": list(item.authors),
            "categories": [LABELS[item.topic], *(["Số hóa"] if item.tags else [])], "summary": item.summary,
            "text": TEXTS.get(item.path, "<p>Thân bài.</p>"), "enclosure": enclosure,
        }  # fmt: skip
    return found


def expected_in(name):
    """Return what is expected of a format: in RSS a summary is HTML, which ends with the validity of a document."""
    found = expected()
    if name == "rss.xml":
        for id_, one in found.items():
            validity = "<p>Hiệu lực: Chưa xác minh hiệu lực</p>" if "/van-ban/" in id_ else ""
            one["summary"] = escape(one["summary"], quote=False) + validity
    return found


def without(found, *names):
    return {id_: {name: value for name, value in one.items() if name not in names} for id_, one in found.items()}


def stamp(text):
    try:
        return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
    except ValueError:
        return int(datetime.strptime(text, "%a, %d %b %Y %H:%M:%S %z").timestamp())


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_feedparser(folder, name):
    read = feedparser.parse((folder / name).read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    found = {
        one.id: {
            "title": one.title, "link": one.link, "published": stamp(one.published), "authors": [author.name for author in one.get("authors", []) if author],
            "categories": [tag.label or tag.term for tag in one.tags], "summary": one.summary, "text": one.content[0].value,
            "enclosure": one.enclosures[0].href if one.get("enclosures") else None,
        }
        for one in read.entries
    }  # fmt: skip
    assert not read.bozo and found == expected_in(name)


TYPED = ("thu nhập <5 triệu đồng", "hộ <nghèo>", "<b>", "A & B", "&lt;", "a > b")
CLASSES = ("bsh.jar", "rome.jar", "rome-utils.jar", "jdom2.jar", "slf4j-api.jar", "slf4j-nop.jar")


def as_readers_show(text):
    """Return the words that a reader of HTML shows."""
    return html5lib.parseFragment(text, treebuilder="lxml", namespaceHTMLElements=False)[0] if text else ""


def read_by_rome(file):
    """Return title and description of each item, as ROME (Debian's librome-java) finds them."""
    script = Path(__file__).with_name("rome.bsh")
    classes = ":".join(f"/usr/share/java/{name}" for name in CLASSES)
    done = subprocess.run(
        ["java", "-Dfile.encoding=UTF-8", "-cp", classes, "bsh.Interpreter", str(script), str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("[")]


def test_titles_and_summaries_come_out_as_they_were_typed(tmp_path):
    """A description is HTML to readers, a title is plain text."""
    items = [news(f"bai-{number}", date=at(20 - number), title=text, summary=text) for number, text in enumerate(TYPED)]
    file = tmp_path / "rss.xml"
    file.write_bytes(feed_files(items)["rss.xml"])
    found = {"feedparser": [(one.title, one.summary) for one in feedparser.parse(file.read_bytes()).entries]}
    found["rss-parser"] = [
        (one["title"], one["content"]) for one in read_by_node(tmp_path, "rss.xml")["rss.xml"]["rss-parser"]["items"]
    ]
    found["ROME"] = read_by_rome(file)
    assert [row[1] for row in read_by_newsboat(tmp_path, tmp_path, "rss.xml")] == list(TYPED)
    expected = [(text, text) for text in TYPED]
    assert {name: [(title, as_readers_show(text)) for title, text in pairs] for name, pairs in found.items()} == dict.fromkeys(
        found, expected
    )


def read_by_node(folder, *names):
    script = Path(__file__).with_name("read.mjs")
    files = [str(folder / name) for name in names or ("rss.xml", "atom.xml", "feed.json")]
    told = subprocess.run(["node", str(script), *files], capture_output=True, text=True, check=True)
    return {Path(file).name: found for file, found in json.loads(told.stdout).items()}


def test_rss_parser(folder):
    found = read_by_node(folder)
    for name, text in (("rss.xml", "content:encoded"), ("atom.xml", "content")):
        told = {
            one.get("guid") or one["id"]: {
                "title": one["title"], "link": one["link"], "published": stamp(one["pubDate"]), "text": one[text],
                "summary": one["summary" if name == "atom.xml" else "content"],
            }
            for one in found[name]["rss-parser"]["items"]
        }  # fmt: skip
        wanted = without(expected_in(name), "authors", "categories", "enclosure")
        assert told == wanted, name
    rss = {one["guid"]: one for one in found["rss.xml"]["rss-parser"]["items"]}
    assert {id_: (one.get("enclosure") or {}).get("url") for id_, one in rss.items()} == {
        id_: one["enclosure"] for id_, one in expected().items()
    }
    assert {id_: one["categories"] for id_, one in rss.items()} == {id_: one["categories"] for id_, one in expected().items()}


def test_feedsmith(folder):
    found = {name: one["feedsmith"]["feed"] for name, one in read_by_node(folder).items()}
    rss = {
        one["guid"]["value"]: {
            "title": one["title"], "link": one["link"], "published": stamp(one["pubDate"]), "authors": one.get("dc", {}).get("creators", []),
            "categories": [each["name"] for each in one["categories"]], "summary": one["description"], "text": one["content"]["encoded"],
            "enclosure": one["enclosures"][0]["url"] if one.get("enclosures") else None,
        }
        for one in found["rss.xml"]["items"]
    }  # fmt: skip
    atom = {
        one["id"]: {
            "title": one["title"], "link": next(link["href"] for link in one["links"] if link["rel"] == "alternate"),
            "published": stamp(one["published"]), "authors": [each["name"] for each in one.get("authors", [])],
            "categories": [each["label"] for each in one["categories"]], "summary": one["summary"], "text": one["content"],
            "enclosure": next((link["href"] for link in one["links"] if link["rel"] == "enclosure"), None),
        }
        for one in found["atom.xml"]["entries"]
    }  # fmt: skip
    in_json = {
        one["id"]: {
            "title": one["title"], "link": one["url"], "published": stamp(one["date_published"]), "authors": [each["name"] for each in one.get("authors", [])],
            "categories": one["tags"], "summary": one["summary"], "text": one["content_html"],
            "enclosure": one["attachments"][0]["url"] if one.get("attachments") else None,
        }
        for one in found["feed.json"]["items"]
    }  # fmt: skip
    assert (rss, atom, in_json) == (expected_in("rss.xml"), expected(), expected())


def read_by_newsboat(folder, tmp_path, name):
    """Return the columns of each item as newsboat keeps them."""
    with served(folder) as address:
        (tmp_path / "urls").write_text(f"{address}/{name}\n", "utf-8")
        (tmp_path / "config").write_text("", "utf-8")
        options = ["-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        environment = {"LC_ALL": "C.UTF-8", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        subprocess.run(["newsboat", *options], cwd=tmp_path, check=True, timeout=60, env=environment)
    with sqlite3.connect(tmp_path / "cache.db") as cache:
        return cache.execute(
            "select guid, title, url, pubDate, author, content, enclosure_url from rss_item order by pubDate desc"
        ).fetchall()


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_newsboat(folder, tmp_path, name):
    found = {
        id_: {
            "title": title,
            "link": link,
            "published": date,
            "authors": [author] if author and author != SITE.owner.name else [],  # newer versions give an entry the feed's
            "text": text,
            "enclosure": enclosure or None,
        }
        for id_, title, link, date, author, text, enclosure in read_by_newsboat(folder, tmp_path, name)
    }
    wanted = without(expected(), "categories", "summary")
    assert {id_: one["link"] for id_, one in found.items()} == {id_: one["link"] for id_, one in wanted.items()}
    # newsboat shows titles on a terminal: it renders markup in them, and takes what looks like a tag for one
    assert without(found, "title", "enclosure") == without(wanted, "title", "enclosure")
    assert {one["title"] for one in found.values()} >= {one["title"] for one in wanted.values() if one["title"] != TITLE}
