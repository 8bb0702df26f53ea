"""The JSON Schema for editors' tools agrees with the checks, as far as a tool can know."""

import json
import re

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator

from chuyendoiso.authoring.json_schema import schemas
from chuyendoiso.content.front_matter import parse_fields, parse_source
from chuyendoiso.content.site_config import read_site
from chuyendoiso.model.vocabulary import Kind

CONTENT = ROOT / "content"
SCHEMAS = schemas(read_site(CONTENT / "site.yml", "site.yml")[0])


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema(name):
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.md")), ids=lambda path: path.stem)
def test_every_committed_item_satisfies_its_schema(path):
    name = path.relative_to(CONTENT).as_posix()
    source = parse_source(path.read_bytes(), name, name)
    assert [error.message for error in Draft202012Validator(SCHEMAS[source.kind]).iter_errors(source.fields.values)] == []


def test_the_committed_settings_satisfy_their_schema():
    values = parse_fields((CONTENT / "site.yml").read_text("utf-8"), "site.yml", comments=True).values
    assert [error.message for error in Draft202012Validator(SCHEMAS["site"]).iter_errors(values)] == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"topic": "khong-co"}, "$.topic"),
        ({"title": "x" * 201}, "$.title"),
        ({"date": "20/11/2026"}, "$.date"),
        ({"sumary": "x"}, "$"),
        ({"cover": {"image": "/media/a.jpg"}}, "$.cover"),
        ({"cover": {"image": "/anh/a.jpg", "alt": "x"}}, "$.cover.image"),
        ({"tags": "x"}, "$.tags"),
        ({"status": "Draft"}, "$.status"),
    ],
)
def test_what_is_wrong_is_shown_where_it_is(change, path):
    fields = {"title": "Một", "date": "2026-11-20", "summary": "x", "topic": "xa-hoi-so"} | change
    assert [error.json_path for error in Draft202012Validator(SCHEMAS[Kind.NEWS]).iter_errors(fields)] == [path]


def test_a_number_may_stand_for_a_document():
    amends = SCHEMAS[Kind.DOCUMENT]["properties"]["amends"]
    validator = Draft202012Validator(amends)
    assert (validator.is_valid(["5/KH-UBND", {"number": "6/KH-UBND"}]), validator.is_valid([{"issued_on": "2026-01-01"}])) == (
        True,
        False,
    )


def test_vs_code_finds_file_line_and_rule_in_what_the_checks_print():
    task = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"][0]
    pattern = re.compile(task["problemMatcher"]["pattern"]["regexp"])
    line = 'content/tin-tuc/2026/bai.md:5: Chủ đề "xa-hoi" không có trong mục topics của site.yml. Cách sửa: có phải là xa-hoi-so? [unknown-topic]'
    match = pattern.match(line)
    assert match and (match[1], match[2], match[4]) == ("content/tin-tuc/2026/bai.md", "5", "unknown-topic")


@pytest.mark.parametrize(
    ("host", "valid"),
    [
        ("cong.tinh.gov.vn", True),
        ("HTTP://10.0.0.5:8080", True),
        ("https://x:8443", True),
        ("https://a.vn/b", False),
        ("*.a.vn", False),
        ("a.vn:80", False),
    ],
)
def test_a_host_that_may_frame_is_an_origin(host, valid):
    assert Draft202012Validator(SCHEMAS["site"]["properties"]["embed_hosts"]).is_valid([host]) == valid
