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
    entries = {}
    for item in ITEMS:
        enclosure = f"{BASE}/media/f.pdf" if item.path == "/van-ban/ba/" else None
        if item.cover:
            enclosure = f"{BASE}/media/anh/{'a' * 20}v2-1280.jpg"
        entries[item.id] = {
            "title": item.title, "link": f"{BASE}{item.path}", "published": int(item.date.timestamp()), "authors": list(item.authors),
            "categories": [LABELS[item.topic], *(["Số hóa"] if item.tags else [])], "summary": item.summary,
            "text": TEXTS.get(item.path, "<p>Thân bài.</p>"), "enclosure": enclosure,
        }  # fmt: skip
    return entries


def expected_in(name):
    """Return what is expected of a format: in RSS a summary is HTML, which ends with the validity of a document."""
    entries = expected()
    if name == "rss.xml":
        for id_, entry in entries.items():
            validity = "<p>Hiệu lực: Chưa xác minh hiệu lực</p>" if "/van-ban/" in id_ else ""
            entry["summary"] = escape(entry["summary"], quote=False) + validity
    return entries


def without(entries, *names):
    return {id_: {name: value for name, value in entry.items() if name not in names} for id_, entry in entries.items()}


def timestamp(text):
    try:
        return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
    except ValueError:
        return int(datetime.strptime(text, "%a, %d %b %Y %H:%M:%S %z").timestamp())


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_feedparser(folder, name):
    read = feedparser.parse((folder / name).read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    actual = {
        entry.id: {
            "title": entry.title, "link": entry.link, "published": timestamp(entry.published), "authors": [author.name for author in entry.get("authors", []) if author],
            "categories": [tag.label or tag.term for tag in entry.tags], "summary": entry.summary, "text": entry.content[0].value,
            "enclosure": entry.enclosures[0].href if entry.get("enclosures") else None,
        }
        for entry in read.entries
    }  # fmt: skip
    assert not read.bozo and actual == expected_in(name)


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
    results = {"feedparser": [(entry.title, entry.summary) for entry in feedparser.parse(file.read_bytes()).entries]}
    results["rss-parser"] = [
        (entry["title"], entry["content"]) for entry in read_by_node(tmp_path, "rss.xml")["rss.xml"]["rss-parser"]["items"]
    ]
    results["ROME"] = read_by_rome(file)
    assert [row[1] for row in read_by_newsboat(tmp_path, tmp_path, "rss.xml")] == list(TYPED)
    expected = [(text, text) for text in TYPED]
    assert {name: [(title, as_readers_show(text)) for title, text in pairs] for name, pairs in results.items()} == dict.fromkeys(
        results, expected
    )


def read_by_node(folder, *names):
    script = Path(__file__).with_name("read.mjs")
    files = [str(folder / name) for name in names or ("rss.xml", "atom.xml", "feed.json")]
    done = subprocess.run(["node", str(script), *files], capture_output=True, text=True, check=True)
    return {Path(file).name: result for file, result in json.loads(done.stdout).items()}


def test_rss_parser(folder):
    results = read_by_node(folder)
    for name, text in (("rss.xml", "content:encoded"), ("atom.xml", "content")):
        actual = {
            entry.get("guid") or entry["id"]: {
                "title": entry["title"], "link": entry["link"], "published": timestamp(entry["pubDate"]), "text": entry[text],
                "summary": entry["summary" if name == "atom.xml" else "content"],
            }
            for entry in results[name]["rss-parser"]["items"]
        }  # fmt: skip
        expected_entries = without(expected_in(name), "authors", "categories", "enclosure")
        assert actual == expected_entries, name
    rss = {entry["guid"]: entry for entry in results["rss.xml"]["rss-parser"]["items"]}
    assert {id_: (entry.get("enclosure") or {}).get("url") for id_, entry in rss.items()} == {
        id_: entry["enclosure"] for id_, entry in expected().items()
    }
    assert {id_: entry["categories"] for id_, entry in rss.items()} == {
        id_: entry["categories"] for id_, entry in expected().items()
    }


def test_feedsmith(folder):
    feeds = {name: entry["feedsmith"]["feed"] for name, entry in read_by_node(folder).items()}
    rss = {
        entry["guid"]["value"]: {
            "title": entry["title"], "link": entry["link"], "published": timestamp(entry["pubDate"]), "authors": entry.get("dc", {}).get("creators", []),
            "categories": [each["name"] for each in entry["categories"]], "summary": entry["description"], "text": entry["content"]["encoded"],
            "enclosure": entry["enclosures"][0]["url"] if entry.get("enclosures") else None,
        }
        for entry in feeds["rss.xml"]["items"]
    }  # fmt: skip
    atom = {
        entry["id"]: {
            "title": entry["title"], "link": next(link["href"] for link in entry["links"] if link["rel"] == "alternate"),
            "published": timestamp(entry["published"]), "authors": [each["name"] for each in entry.get("authors", [])],
            "categories": [each["label"] for each in entry["categories"]], "summary": entry["summary"], "text": entry["content"],
            "enclosure": next((link["href"] for link in entry["links"] if link["rel"] == "enclosure"), None),
        }
        for entry in feeds["atom.xml"]["entries"]
    }  # fmt: skip
    in_json = {
        entry["id"]: {
            "title": entry["title"], "link": entry["url"], "published": timestamp(entry["date_published"]), "authors": [each["name"] for each in entry.get("authors", [])],
            "categories": entry["tags"], "summary": entry["summary"], "text": entry["content_html"],
            "enclosure": entry["attachments"][0]["url"] if entry.get("attachments") else None,
        }
        for entry in feeds["feed.json"]["items"]
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
    actual = {
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
    expected_entries = without(expected(), "categories", "summary")
    assert {id_: entry["link"] for id_, entry in actual.items()} == {id_: entry["link"] for id_, entry in expected_entries.items()}
    # newsboat shows titles on a terminal: it renders markup in them, and takes what looks like a tag for one
    assert without(actual, "title", "enclosure") == without(expected_entries, "title", "enclosure")
    assert {entry["title"] for entry in actual.values()} >= {
        entry["title"] for entry in expected_entries.values() if entry["title"] != TITLE
    }
