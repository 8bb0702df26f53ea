"""What other assistants load: passages with address and state, a list of them, llms.txt."""

import hashlib
import json
import shutil
from urllib.parse import urlsplit

import pytest
from conftest import NOW, SITES, build_site
from lxml import html

from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.outputs.search.reader import SearchIndex
from chuyendoiso.system.site_files import folder_reader


def lines(output):
    listed = json.loads((output / "tro-ly/doan.json").read_text("utf-8"))
    found = []
    for part in listed["parts"]:
        data = (output / "tro-ly" / part["url"].rsplit("/", 1)[1]).read_bytes()
        assert (part["sha256"], part["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
        found += map(json.loads, data.splitlines())
    return listed, found


@pytest.mark.parametrize("name", ["small", "committed"])
def test_assistants_get_the_passages_of_the_search(request, name):
    output = request.getfixturevalue(name).resolve()
    listed, found = lines(output)
    index = SearchIndex(folder_reader(output))
    records = [index.record(item) for kind in Kind for item in index.holders(f"kind:{kind.value}")[0]]
    assert len(records) == index.items
    base = urlsplit(listed["url"])._replace(path="").geturl()
    searched = {(base + record["href"], text) for record in records for _, _, text in record["passages"]}
    assert {(line["url"].partition("#")[0], line["text"]) for line in found} == searched
    assert {line["kind"] for line in found} >= {"trang", "tin-tuc"}


@pytest.mark.parametrize("name", ["small", "committed"])
def test_every_passage_is_on_its_page_with_its_state(request, name):
    output = request.getfixturevalue(name).resolve()
    listed, found = lines(output)
    assert len({line["id"] for line in found}) == len(found) > 10
    pages = {}
    for line in found:
        path = line["url"].removeprefix(listed["url"]).partition("#")
        tree = pages.setdefault(path[0], html.parse(output / path[0] / "index.html").getroot())
        assert not path[2] or tree.get_element_by_id(path[2]) is not None
        assert line["sha256"] == hashlib.sha256(line["text"].encode()).hexdigest()
        if line["kind"] == "van-ban":
            record = json.loads((output / path[0] / "index.json").read_text("utf-8"))
            assert line.get("validity") == record["document"].get("validity")
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    ids = {line["id"].rpartition("#")[0] for line in found}
    assert {id_ for id_ in ids if id_.startswith("tag:")} == {item["id"] for item in manifest["items"]}
    assert listed["withdrawn"] == sorted(item["id"] for item in manifest["withdrawn"])
    assert f"]({listed['url']}tro-ly/doan.json)" in (output / "llms.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["tin-tuc/2026/cho-phien", "trang/gioi-thieu"])
def test_what_is_withdrawn_leaves_no_passage(small_content, output, name):
    build_site(SITES / "small", output, now=NOW)
    file = small_content / f"{name}.md"
    text = file.read_text("utf-8").replace("---\n", "---\nstatus: withdrawn\nwithdrawn_reason: Nhầm.\n", 1)
    file.write_text(text, "utf-8")
    build_site(small_content, output, now=NOW)
    listed, found = lines(output)
    assert [line for line in found if f"/{file.stem}/" in line["url"]] == []
    assert any(id_.endswith(f"/{file.stem}/") for id_ in listed["withdrawn"])


def test_a_part_has_at_most_five_megabytes(tmp_path):
    """Long items of short sections, whose passages take several times the room of their text."""
    content = tmp_path / "content"
    folder = content / "tin-tuc/2026"
    folder.mkdir(parents=True)
    shutil.copy(SITES / "base.yml", content / "site.yml")
    body = "".join(f"## Phần {number}\n\nMười chữ của một đoạn ngắn, đoạn {number}.\n\n" for number in range(2_000))
    for number in range(6):
        head = f"---\ntitle: Bài dài {number}\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n---\n"
        (folder / f"dai-{number}.md").write_text(head + body, "utf-8")
    build_site(content, tmp_path / "output")
    listed, found = lines(tmp_path / "output")
    assert len(listed["parts"]) > 1 and all(part["size"] <= 5_000_000 for part in listed["parts"])
    assert len({line["id"] for line in found}) == len(found) == 6 * 2_001
