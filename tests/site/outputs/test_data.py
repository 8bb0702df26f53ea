"""What pages tell machines, read by other parsers: JSON-LD whole, Dublin Core and Open Graph; and the words that people pass on."""

import json
import re
import subprocess

import pytest
from conftest import ROOT, build_site
from lxml import html

ADDRESS = "https://tin.thu-nghiem.vn"
OWNER = {"@type": "Organization", "name": "Phòng Thử nghiệm", "url": f"{ADDRESS}/"}


def page(small, path):
    return html.parse(small / path.strip("/") / "index.html")


def reported(small, path):
    (script,) = page(small, path).xpath("//script[@type='application/ld+json']/text()")
    found = json.loads(script)
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


MODULES = ROOT / "tests/node_modules"


def judged(folder, blocks):
    """Return what the TypeScript compiler says against the vocabulary of schema.org (schema-dts) about some JSON-LD."""
    (folder / "node_modules").symlink_to(MODULES)
    source = folder / "told.ts"
    # "query-input" annotates a property of an action (schema.org/docs/actions.html): no property that schema-dts knows within a graph
    blocks = [block.replace(',"query-input":"required name=search_term_string"', "") for block in blocks]
    lines = [f"const data{number}: Graph = {block};" for number, block in enumerate(blocks)]
    source.write_text("\n".join(['import type { Graph } from "schema-dts";', *lines]), "utf-8")
    options = ["--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "node"]
    command = ["node", str(MODULES / "typescript/bin/tsc"), *options, str(source)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout.splitlines()


def test_the_vocabulary_is_that_of_schema_org(small, committed, tmp_path):
    pages = [page for release in (small, committed) for page in release.resolve().rglob("*.html")]
    blocks = [block for one in pages for block in html.parse(one).xpath("//script[@type='application/ld+json']/text()")]
    types = {thing["@type"] for block in blocks for thing in json.loads(block)["@graph"]}
    assert {"WebSite", "Organization", "NewsArticle", "Legislation", "BreadcrumbList"} < types
    assert judged(tmp_path, dict.fromkeys(blocks)) == []


def test_the_judge_of_vocabulary_sees_what_is_wrong(tmp_path):
    blocks = [
        '{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headlin":"a"}]}',
        '{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","dateModified":3}]}',
    ]
    assert [line.partition(": error")[0] for line in judged(tmp_path, blocks)] == ["told.ts(2,88)", "told.ts(3,88)"]


def test_the_home_page_describes_the_site_and_its_search(small):
    website, owner = reported(small, "/")
    assert (website["@type"], website["url"], website["publisher"]) == ("WebSite", f"{ADDRESS}/", OWNER)
    assert website["potentialAction"] == {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{ADDRESS}/tim-kiem/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    assert (owner["@type"], owner["logo"]) == ("Organization", f"{ADDRESS}/icons/icon-512.png")


def test_news_describe_themselves_and_the_way_to_them(small):
    news, trail = reported(small, "/tin-tuc/2026/cho-phien/")
    image = news.pop("image")
    assert re.fullmatch(rf"{ADDRESS}/media/the/tin-tuc-2026-cho-phien-[0-9a-f]{{12}}\.png", image)
    assert news == {
        "@type": "NewsArticle", "headline": "Chợ phiên lên mạng", "articleSection": "Kinh tế số", "author": OWNER,
        "url": f"{ADDRESS}/tin-tuc/2026/cho-phien/", "mainEntityOfPage": f"{ADDRESS}/tin-tuc/2026/cho-phien/",
        "description": "Hợp tác xã bán rau qua sàn thương mại điện tử.", "inLanguage": "vi", "publisher": OWNER,
        "datePublished": "2026-11-18T00:00:00+07:00", "dateModified": "2026-11-18T00:00:00+07:00",
    }  # fmt: skip
    assert [(step["position"], step["name"], step["item"]) for step in trail["itemListElement"]] == [
        (1, "Trang chủ", f"{ADDRESS}/"),
        (2, "Tin tức", f"{ADDRESS}/tin-tuc/"),
        (3, "Chợ phiên lên mạng", f"{ADDRESS}/tin-tuc/2026/cho-phien/"),
    ]


def test_a_document_describes_its_record(small):
    law = reported(small, "/van-ban/2-qd-ubnd/")[0]
    assert {name: law[name] for name in law if name.startswith("legislation")} == {
        "legislationIdentifier": "2/QĐ-UBND",
        "legislationType": "Quyết định",
        "legislationDate": law["legislationDate"],
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": law["legislationPassedBy"]["name"]},
        "legislationDateOfApplicability": law["legislationDateOfApplicability"],
        "legislationLegalForce": "https://schema.org/InForce",
        "legislationAmends": [
            {"@type": "Legislation", "legislationIdentifier": "1/QĐ-UBND", "url": f"{ADDRESS}/van-ban/1-qd-ubnd/"}
        ],
        "legislationRepeals": law["legislationRepeals"],
    }
    core = dict(
        zip(
            *(page(small, "/van-ban/2-qd-ubnd/").xpath(f"//meta[starts-with(@name, 'DC.')]/@{one}") for one in ("name", "content")),
            strict=True,
        )
    )
    assert core["DC.identifier"] == "2/QĐ-UBND" and core["DC.type"] == "Quyết định" and core["DC.publisher"] == OWNER["name"]
    assert core["DC.date"] == law["legislationDate"] and core["DC.creator"] == law["legislationPassedBy"]["name"]
    party = reported(small, "/van-ban/3-nq-tu/")[0]
    assert "legislationLegalForce" not in party  # nothing is known of it


def test_a_session_is_an_event_and_material_is_not(small):
    event = reported(small, "/tap-huan/hoi-nghi-thang-12/")[0]
    assert (event["@type"], event["eventStatus"]) == ("EducationEvent", "https://schema.org/EventScheduled")
    assert event["startDate"] < event["endDate"] and event["location"] and "datePublished" not in event
    assert reported(small, "/tap-huan/xem-truc-tuyen/")[0]["@type"] == "LearningResource"


def test_what_is_not_for_search_engines_says_nothing(tmp_path, small_content, output):
    build_site(small_content, output, preview=True)
    assert "ld+json" not in (tmp_path / "output/tin-tuc/2026/cho-phien/index.html").read_text("utf-8")


# ── words to pass on ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "beginning"),
    [
        ("/tin-tuc/2026/cho-phien/", "Chợ phiên lên mạng\n"),
        ("/van-ban/2-qd-ubnd/", "Quyết định 2/QĐ-UBND: "),
        ("/tap-huan/hoi-nghi-thang-12/", "Mời bà con dự: "),
    ],
)
def test_the_words_to_pass_on_fit_and_end_with_the_address(small, path, beginning):
    (words,) = page(small, path).xpath("//*[@data-share-words]/text()")
    assert words.startswith(beginning) and words.endswith(ADDRESS + path) and len(words) <= 300


LONG = {"title": 16, "subject": 40}  # times twelve characters: nearly as much as is allowed


def test_long_titles_are_cut_so_that_the_words_fit(small_content, output):
    for name in ("tap-huan/hoi-nghi-thang-12.md", "van-ban/2-qd-ubnd.md"):
        path = small_content / name
        text = re.sub(
            r"(?m)^(title|subject): .*", lambda found: f"{found[1]}: {'Chữ rất dài ' * LONG[found[1]]}", path.read_text("utf-8")
        )
        path.write_text(text, "utf-8")
    build_site(small_content, output)
    for path in ("/tap-huan/hoi-nghi-thang-12/", "/van-ban/2-qd-ubnd/"):
        (words,) = page(output, path).xpath("//*[@data-share-words]/text()")
        assert 250 < len(words) <= 300 and words.endswith(ADDRESS + path)
