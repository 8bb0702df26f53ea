"""What holds for every page and feed of every site: the small one, the committed one, and generated items of all kinds."""

import gzip
import json
import re
import shutil
import subprocess
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
import vobject
from conftest import ROOT, SOAK, build_site
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree, html
from PIL import Image
from release_files import tree_of

from chuyendoiso.authoring.demo_content import write_demo
from chuyendoiso.outputs.feeds.json_api_schemas import RECORD
from chuyendoiso.release.verify import ParsedPage, broken_feeds, broken_links

ITEMS = 1000 if SOAK else 100  # more than the lists, the feeds and the archive hold on one page
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module", params=["small", "committed", "generated"])
def site(request, small, committed, generated) -> Path:
    return {"small": small, "committed": committed, "generated": generated}[request.param].resolve()


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    write_demo(folder / "content", items=ITEMS, seed=2, today=datetime(2026, 11, 24, 5, tzinfo=UTC))
    result = build_site(folder / "content", folder / "output")
    assert sum(result.site_plan.states.values()) == ITEMS + ITEMS // 20 + ITEMS // 40 + 4
    return folder / "output"


@pytest.fixture(scope="module")
def pages(site):
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="module")
def trees(pages):
    return {name: html.fromstring(text) for name, text in pages.items()}


def origin(site: Path) -> str:
    return json.loads((site / "feeds/tat-ca/feed.json").read_text("utf-8"))["home_page_url"].rstrip("/")


def test_links_lead_somewhere(site):
    tree = tree_of(site, origin(site), "")
    assert list(broken_links(tree, tree.names)) == []


def test_feeds_and_lists_are_well_formed(site):
    tree = tree_of(site, origin(site), "")
    assert list(broken_feeds(tree, tree.names)) == []


def test_the_last_look_reads_pages_as_a_parser_does(pages, trees):
    """All pages of the small sites, a sample of the generated one: html5lib is slow."""
    for name, text in list(pages.items())[:: max(1, len(pages) // 60)]:
        elements = list(html5lib.parse(text, namespaceHTMLElements=False).iter())
        wanted = {("a", "href"), ("link", "href"), ("img", "src"), ("script", "src")}
        links = {value for one in elements for key, value in one.attrib.items() if (one.tag, key) in wanted and value}
        sets = {part.split()[0] for one in elements for part in one.attrib.get("srcset", "").split(",") if part}
        page = ParsedPage(text)
        assert (set(page.links), page.ids) == (links | sets, [one.attrib["id"] for one in elements if "id" in one.attrib]), name


def test_each_page_has_one_h1_a_language_a_title_and_a_main(trees):
    counts = {
        name: (
            len(tree.xpath("//h1")),
            tree.get("lang"),
            bool((tree.findtext(".//title") or "").strip()),
            len(tree.xpath("//main")),
        )
        for name, tree in trees.items()
    }
    assert {name: found for name, found in counts.items() if found != (1, "vi", True, 1)} == {}


def test_headings_never_skip_a_level(trees):
    skipping = {}
    for name, tree in trees.items():
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        jumps = [(before, after) for before, after in pairwise(levels) if after > before + 1]
        if jumps or levels[:1] != [1]:
            skipping[name] = levels
    assert skipping == {}


def test_ids_are_unique(pages):
    doubled = {}
    for name, text in pages.items():
        ids = ParsedPage(text).ids
        if len(ids) != len(set(ids)):
            doubled[name] = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    assert doubled == {}


def test_pictures_have_descriptions_and_sizes(trees):
    bare = {
        (name, image.get("src"))
        for name, tree in trees.items()
        for image in tree.xpath("//img")
        if image.get("alt") is None or not image.get("width") or not image.get("height")
    }
    silent = {name for name, tree in trees.items() for image in tree.xpath("//main//img") if not image.get("alt").strip()}
    assert (bare, silent) == (set(), set())


def test_nothing_loads_from_another_host(pages):
    loading = re.compile(
        r'(?:src|srcset)="(?:https?:)?//|<link[^>]+rel="stylesheet"[^>]+href="(?:https?:)?//|url\(["\']?(?:https?:)?//'
    )
    assert [name for name, text in pages.items() if loading.search(text)] == []


def test_pages_carry_no_script_or_style_but_the_modules_of_their_components(trees):
    inline = "//script[not(@type='application/ld+json')][not(@src) or node()]|//style|//@style|//@*[starts-with(name(), 'on')]"
    assert [name for name, tree in trees.items() if tree.xpath(inline)] == []
    asked, named = {}, {}
    for name, tree in trees.items():
        if modules := sorted(set(tree.xpath("//@data-module"))):
            asked[name] = [(module, "module") for module in modules]
        if scripts := tree.xpath("//script[@src]"):
            found = ((re.sub(r"^/js/([a-z-]+)-[0-9a-f]{12}\.js$", r"\1", one.get("src")), one.get("type")) for one in scripts)
            named[name] = sorted(found)
    assert named == asked


def test_a_broadcast_is_a_link_and_no_frame(trees):
    assert [name for name, tree in trees.items() if tree.xpath("//iframe|//link[@rel='preconnect' or @rel='dns-prefetch']")] == []
    ways = [link for tree in trees.values() for link in tree.xpath("//*[@data-module='embed']//a/@href")]
    assert [way for way in ways if not way.startswith("https://")] == []


def test_illustrative_data_says_so_and_is_not_indexed(site, pages):
    notice = "Dữ liệu minh họa, không phải thông tin chính thức"
    marked = {name for name, text in pages.items() if notice in text}
    hidden = {name for name, text in pages.items() if '<meta name="robots" content="noindex' in text}
    forbidden = (site / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow: /\n"
    if site.parent.parent.name.startswith("generated"):
        assert hidden == set(pages)
        assert {name for name in set(pages) - marked if "http-equiv" not in pages[name]} == set()
        assert forbidden
    else:
        assert (marked, "index.html" in hidden, forbidden) == (set(), False, False)


def test_every_page_comes_in_one_round_trip(site, pages, trees):
    """HTML and CSS, compressed: 14 KB for any page whose body has up to 800 words, 9 KB without its body; scripts 12 KB."""
    sheets = {name: tree.xpath("string(//link[@rel='stylesheet'][not(@media)]/@href)") for name, tree in trees.items()}
    weights = {sheet: compressed((site / sheet.removeprefix("/")).read_text("utf-8")) for sheet in set(sheets.values())}
    assert max(weights.values()) <= 5_000
    heavy = {}
    for name, text in pages.items():
        bodies = trees[name].find_class("cds-body")
        css = weights[sheets[name]]
        words = sum(len(body.text_content().split()) for body in bodies)
        size = css + compressed(text)
        if words <= 800 and size > 14_000:
            heavy[name] = size
        bare = css + compressed(without_bodies(trees[name]))
        if bodies and bare > 9_000:
            heavy[f"{name} without its body"] = bare
    assert heavy == {}
    scripts = {name: trees[name].xpath("//script/@src | //@data-worker") for name in pages}
    assert (
        max(sum(compressed((site / one.removeprefix("/")).read_text("utf-8")) for one in found) for found in scripts.values())
        <= 12_000
    )
    blocking = [
        name
        for name in pages
        if len(trees[name].xpath("//link[@rel='stylesheet'][not(@media='print')]|//script[not(@type='module')][@src]")) > 1
    ]
    assert blocking == []


def without_bodies(tree) -> str:
    """Return a page's HTML without what its body holds, and without the list of its headings."""
    bare = deepcopy(tree)
    for part in (*bare.find_class("cds-body"), *bare.find_class("cds-contents")):
        part.clear()
    return html.tostring(bare, encoding="unicode")


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


def test_the_html_checker_finds_no_error(tmp_path, small, committed, generated, preview):
    """One run of Java for all."""
    for name, folder in {
        "small": small,
        "committed": committed,
        "generated": generated,
        "style": preview / "_style",
    }.items():
        shutil.copytree(
            folder, tmp_path / name, ignore=lambda _, names: [one for one in names if "." in one and ".html" not in one]
        )
    assert checked(tmp_path) == []


def checked(site: Path) -> list[str]:
    """Return what the Nu HTML checker, that of validator.w3.org/nu, says."""
    checker = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"
    command = ["java", "-Xss2m", "-jar", str(checker), "--errors-only", "--skip-non-html", "--format", "gnu", str(site)]
    reported = subprocess.run(command, capture_output=True, text=True, check=False)
    found = reported.stderr.replace(f"file:{site}/", "").splitlines()[:10]
    assert bool(found) == bool(reported.returncode), reported
    return found


def test_addresses_are_ascii(site):
    assert [path for path in site.rglob("*") if not re.fullmatch(r"[A-Za-z0-9._/-]+", path.relative_to(site).as_posix())] == []


def test_there_is_one_skip_link_and_the_landmarks(trees):
    lacking = [
        name
        for name, tree in trees.items()
        if name != "404.html"
        and not name.startswith("nhung/")  # within another site, which has them
        and "http-equiv" not in html.tostring(tree, encoding="unicode")
        and not (
            tree.xpath("//a[@href='#cds--main']") and tree.xpath("//header") and tree.xpath("//nav") and tree.xpath("//footer")
        )
    ]
    assert lacking == []


def test_each_item_page_has_a_canonical_address_and_a_card(site, trees):
    base = origin(site)
    for name, tree in trees.items():
        canonical = tree.xpath("string(//link[@rel='canonical']/@href)")
        assert canonical.startswith(f"{base}/")
        image = tree.xpath("string(//meta[@property='og:image']/@content)")
        if image:
            data = (site / urlsplit(image).path.lstrip("/")).read_bytes()
            media_type, width, height = (
                tree.xpath(f"string(//meta[@property='og:image:{key}']/@content)") for key in ("type", "width", "height")
            )
            shown = Image.open(BytesIO(data))
            assert (Image.MIME[str(shown.format)], *map(str, shown.size)) == (media_type, width, height), name
            assert len(data) <= 20_000, name


def test_every_page_has_a_picture_for_who_shares_it_and_words_for_the_picture(site, trees):
    """Items have one each; all other pages share one. Pages of redirects and of frames are shared by nobody."""
    items = {path.with_name("index.html").relative_to(site).as_posix() for path in site.rglob("*/index.json")}
    shared, lacking = set(), []
    for name, tree in trees.items():
        if not tree.xpath("//meta[@property='og:title']"):
            continue
        image, *words = (
            tree.xpath(f"string(//meta[@*='{key}']/@content)") for key in ("og:image", "og:image:alt", "twitter:image:alt")
        )
        if not image or not words[0] or len(set(words)) > 1:
            lacking.append(name)
        if name not in items and not tree.xpath("//meta[@property='og:type'][@content='article']"):
            shared.add(image)
    assert (lacking, len(shared)) == ([], 1)
    assert {"index.html", "van-ban/index.html", "tin-tuc/index.html", "tap-huan/index.html", "thong-ke/index.html"} <= set(trees)


# ── feeds ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def selections(site: Path) -> list[Path]:
    return sorted({path.parent for path in (site / "feeds").rglob("feed.json")})


def when(parsed) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def as_rss(folder: Path):
    feed = feedparser.parse((folder / "rss.xml").read_bytes())
    assert not feed.bozo
    return [
        (entry.id, entry.link, entry.title, entry.summary, entry.content[0].value.strip() if "content" in entry else None,
         when(entry.published_parsed), [tag.term for tag in entry.tags],
         [(one.href, one.type, one.length) for one in entry.enclosures][:1])
        for entry in feed.entries
    ]  # fmt: skip


def as_atom(folder: Path):
    feed = feedparser.parse((folder / "atom.xml").read_bytes())
    assert not feed.bozo
    return [
        (entry.id, entry.link, entry.title, entry.summary, entry.content[0].value.strip(), when(entry.published_parsed),
         [tag.label for tag in entry.tags], [(one.href, one.type, one.length) for one in entry.enclosures][:1])
        for entry in feed.entries
    ]  # fmt: skip


def as_json(folder: Path):
    feed = json.loads((folder / "feed.json").read_text("utf-8"))
    return [
        (item["id"], item["url"], item["title"], item["summary"], None, datetime.fromisoformat(item["date_published"]).astimezone(UTC),
         item["tags"], [(one["url"], one["mime_type"], str(one["size_in_bytes"])) for one in item.get("attachments", [])][:1])
        for item in feed["items"]
    ]  # fmt: skip


def without_text(entries):
    return [(*entry[:4], *entry[5:]) for entry in entries]


def with_plain_summary(entries):
    """Return the entries of RSS with their summaries as words: there they are HTML, the validity of a document after them."""
    return [(*entry[:3], unescape(entry[3].partition("<p>")[0]).strip(), *entry[4:]) for entry in entries]


def test_rss_atom_and_json_agree_entry_by_entry(site):
    for folder in selections(site):
        rss, atom, json_ = as_rss(folder), as_atom(folder), as_json(folder)
        assert with_plain_summary(rss) == atom
        assert without_text(atom) == without_text(json_)


def test_full_text_is_the_same_in_every_format(site):
    for folder in selections(site):
        rss = etree.parse(folder / "rss.xml")
        content = [node.text for node in rss.iter("{http://purl.org/rss/1.0/modules/content/}encoded")]
        atom = [node.text for node in etree.parse(folder / "atom.xml").iter(f"{ATOM}content")]
        json_ = [item["content_html"] for item in json.loads((folder / "feed.json").read_text("utf-8"))["items"]]
        assert content == atom == json_


def test_feeds_name_only_what_is_there(site):
    base = origin(site)
    for folder in selections(site):
        for item in json.loads((folder / "feed.json").read_text("utf-8"))["items"]:
            assert (site / item["url"].removeprefix(f"{base}/") / "index.html").is_file()
            for medium in item.get("attachments", []):
                file = site / medium["url"].removeprefix(f"{base}/")
                assert file.stat().st_size == medium["size_in_bytes"]
            for address in re.findall(r'(?:href|src)="([^"]*)"', item["content_html"]):
                assert re.match(r"https?://|mailto:|tel:", address)


def test_an_entry_is_in_its_feeds_once_and_newest_first(site):
    for folder in selections(site):
        entries = as_atom(folder)
        ids = [entry[0] for entry in entries]
        dates = [entry[5] for entry in entries]
        assert len(ids) == len(set(ids)) <= 50
        assert dates == sorted(dates, reverse=True)


def is_of_an_empty_kind(site, path):
    """Return whether a feed is of a content type without items, to which nothing links."""
    kinds = {item["kind"] for item in json.loads((site / "manifest.json").read_bytes())["items"]}
    return path.split("/")[-2] in {"hoi-dap", "lay-y-kien"} - kinds


def test_the_list_of_feeds_names_every_feed(site):
    base = origin(site)
    listed = {node.get("xmlUrl") for node in ElementTree.parse(site / "feeds/nguon-tin.opml").iter("outline")}
    built = {f"{base}/{path.relative_to(site).as_posix()}" for path in (site / "feeds").rglob("rss.xml")}
    assert listed == {address for address in built if not is_of_an_empty_kind(site, address)}


def test_the_feeds_page_links_every_feed(site, trees):
    linked = {link.removeprefix("/") for link in trees["nguon-tin/index.html"].xpath("//main//a/@href")}
    built = {path.relative_to(site).as_posix() for path in (site / "feeds").rglob("*") if path.is_file()}
    found_from_there = {path for path in built if re.match(r"feeds/(?:tat-ca/kho-\d+\.atom\.xml|zalo\.json|zalo/.*\.json)", path)}
    assert {path for path in built - found_from_there if not is_of_an_empty_kind(site, path)} <= linked


def test_zalo_entries_fit_the_channel(site):
    base = origin(site)
    for entry in feedparser.parse((site / "feeds/zalo.rss.xml").read_bytes()).entries:
        cover = entry.enclosures[0]
        file = site / cover.href.removeprefix(f"{base}/")
        assert len(entry.title) <= 150
        assert len(entry.summary) <= 300
        assert len(entry.get("author", "")) <= 50
        assert (cover.type, file.read_bytes()[:3], file.stat().st_size <= 1_000_000) == ("image/jpeg", b"\xff\xd8\xff", True)


def test_the_sitemap_lists_the_pages_that_may_be_indexed(site, trees):
    base = origin(site)
    listed = [
        node.text for node in ElementTree.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert len(listed) == len(set(listed))
    for address in listed:
        tree = trees[address.removeprefix(f"{base}/") + "index.html"]
        assert tree.xpath("//meta[@name='robots']") == []


def test_pages_are_html_without_a_parse_error(small, committed):
    faults = {}
    for path in sorted(path for release in (small, committed) for path in release.resolve().rglob("*.html")):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_text("utf-8"))
        if parser.errors:
            faults[path.name] = parser.errors[:3]
    assert faults == {}


# ── what mirrors read ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_manifest_and_every_record_hold_to_the_published_schemas(site):
    checks = FormatChecker()
    validators = {}
    for name in ("manifest", "record"):
        schema = json.loads((site / f"{name}.schema.json").read_text("utf-8"))
        assert schema["$id"] == f"{origin(site)}/{name}.schema.json"
        Draft202012Validator.check_schema(schema)
        validators[name] = Draft202012Validator(schema, format_checker=checks)
    manifest = json.loads((site / "manifest.json").read_text("utf-8"))
    assert manifest["$schema"] == f"{origin(site)}/manifest.schema.json"
    faults = [f"manifest {one.json_path}: {one.message}" for one in validators["manifest"].iter_errors(manifest)]
    for item in manifest["items"]:
        record = json.loads((site / item["path"].strip("/") / "index.json").read_text("utf-8"))
        faults += [f"{item['path']} {one.json_path}: {one.message}" for one in validators["record"].iter_errors(record)]
        assert {name: record[name] for name in ("published", "updated", "changed")} == {
            name: item[name] for name in ("published", "updated", "changed")
        }
    assert faults == [] and manifest["items"]


def test_the_schemas_know_every_field_of_the_records(site):
    """A field that a schema leaves out would be held by nothing."""
    for item in json.loads((site / "manifest.json").read_text("utf-8"))["items"]:
        record = json.loads((site / item["path"].strip("/") / "index.json").read_text("utf-8"))
        assert list(unknown_fields(record, RECORD)) == []


def unknown_fields(value, schema, path="$"):
    for choice in schema.get("anyOf", [schema]):
        if isinstance(value, list):
            for one in value:
                yield from unknown_fields(one, choice.get("items", {}), f"{path}[]")
        elif isinstance(value, dict):
            known = [option.get("properties", {}) for option in schema.get("anyOf", [schema])]
            for name, held in value.items():
                if not any(name in properties for properties in known):
                    yield f"{path}.{name}"
                yield from unknown_fields(
                    held, next((properties[name] for properties in known if name in properties), {}), f"{path}.{name}"
                )
            return


def test_every_calendar_says_what_the_records_say(site):
    """Each property of each event is read back by vobject, which shares no code with the library that writes."""
    records = {}
    for path in (site / "tap-huan").rglob("index.json"):
        record = json.loads(path.read_text("utf-8"))
        if "session" in record["training"]:
            records[record["url"]] = record
    found, drafts = {}, []
    for path in sorted((site / "lich").glob("*.ics")) if records else []:
        (calendar,) = vobject.readComponents(path.read_text("utf-8"))
        assert {child.name for child in calendar.getChildren()} == {
            "PRODID", "VERSION", "METHOD", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "VEVENT",
        }  # fmt: skip
        assert (calendar.x_published_ttl.value, calendar.method.value) == ("PT6H", "PUBLISH")
        for event in calendar.vevent_list:
            read = {child.name: child.value for child in event.getChildren() if child.name != "VALARM"}
            if "/lay-y-kien/" in read["URL"]:
                drafts.append((read["URL"], read["DTSTART"].isoformat(), read["STATUS"], "valarm" in event.contents))
            elif read["STATUS"] == "CONFIRMED":
                assert read == event_of(records[read["URL"]])
                triggers = [alarm.trigger.value for alarm in event.valarm_list]
                assert triggers == [timedelta(days=-1), timedelta(minutes=-30)]
                assert all(
                    (alarm.action.value, alarm.description.value) == ("DISPLAY", read["SUMMARY"]) for alarm in event.valarm_list
                )
                found.setdefault(read["URL"], set()).add(path.name)
            else:
                assert (read["STATUS"], read["SEQUENCE"], "valarm" in event.contents) == ("CANCELLED", "1", False)
    assert found.keys() == records.keys() and all(len(names) == 2 for names in found.values())
    closing = [json.loads(path.read_text("utf-8")) for path in (site / "lay-y-kien").glob("*/index.json")]
    expected = [(record["url"], record["consultation"]["closes_on"], "CONFIRMED", False) for record in closing]
    assert sorted(draft for draft in drafts if draft[2] == "CONFIRMED") == sorted(expected)


def event_of(record):
    """Return the properties of the event of a session, as its record has them."""
    session = record["training"]["session"]
    streams = [f"Xem trực tiếp trên {one['channel']}: {one['url']}" for one in session.get("streams", [])]
    instants = {"DTSTART": session["starts_at"], "DTEND": session["ends_at"], "CREATED": record["published"]}
    changed = datetime.fromisoformat(record["changed"])
    found = {name: datetime.fromisoformat(text) for name, text in instants.items()}
    dates = {"DTSTAMP": min(changed, found["CREATED"]), "LAST-MODIFIED": min(changed, found["CREATED"])}
    place = {"LOCATION": session["venue"]} if "venue" in session else {}
    return {
        "UID": str(uuid5(NAMESPACE_URL, record["id"])), **found, **dates, "SEQUENCE": "0", "SUMMARY": record["title"],
        "DESCRIPTION": "\n".join([record["summary"], *streams, record["url"]]), "URL": record["url"], "STATUS": "CONFIRMED", **place,
    }  # fmt: skip
