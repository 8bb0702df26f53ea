"""An unfinished draft stops nobody: the site is built, published and previewed, and only checks ask for the rest of the draft."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SITES, build_site, order, tree

from chuyendoiso.authoring.check_command import check_content, problems_of
from chuyendoiso.authoring.preview_site import LiveSite, Preview
from chuyendoiso.model.problems import ContentRejected, Severity

NAME = "tin-tuc/2026/nhap.md"
# what a draft may be like → the rules that ask for more
DRAFTS = {
    "empty fields": ("title:\nstatus: draft", "", {"missing-field"}),
    "a wrong date": ("title: A\ndate: hôm nay\nsummary: T.\ntopic: xa-hoi-so\nstatus: draft", "Chữ.", {"invalid-date"}),
    "an open quote": ('title: "A\nstatus: draft', "", {"yaml-syntax"}),
    "a quoted status": ("title:\nstatus: 'draft' # chưa xong\ndate: 2026-11-20", "", {"missing-field"}),
    "no closing line": ("title: A\nstatus: draft\n", "", {"front-matter"}),
    "an unknown field": ("title: A\ndate: 2026-11-20\nsummary: T.\ntopic: xa-hoi-so\nstatus: draft\ntac_gia: B", "Chữ.", {"unknown-field"}),
    "links to nothing": (
        "title: A\ndate: 2026-11-20\nsummary: T.\ntopic: xa-hoi-so\nstatus: draft", "[a](khong-co.md) [b](/khong/co/) ![c](/media/k.jpg)",
        {"missing-target", "missing-address"},
    ),
    "a picture that is none": (
        "title: A\ndate: 2026-11-20\nsummary: T.\ntopic: xa-hoi-so\nstatus: draft", "![c](/media/hong.jpg)", {"broken-picture"},
    ),
    "another's address": (
        "title: A\ndate: 2026-11-20\nsummary: T.\ntopic: xa-hoi-so\nslug: cho-phien\nstatus: draft", "Chữ.", {"doubled-path"},
    ),
    "another's former address": (
        "title: A\ndate: 2026-11-20\nsummary: T.\ntopic: xa-hoi-so\naliases: [/tin-tuc/2026/cho-phien/]\nstatus: draft", "Chữ.",
        {"doubled-path"},
    ),
    "another form of a tag": (
        "title: A\ndate: 2026-11-20\nsummary: T.\ntopic: xa-hoi-so\ntags: [so hoa]\nstatus: draft", "Chữ.", {"doubled-tag"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """The site without any draft but its own."""
    folder = tmp_path_factory.mktemp("without")
    build_site(SITES / "small", folder / "output", publishing=True)
    return tree(folder / "output")


@pytest.fixture
def content(tmp_path) -> Path:
    content = Path(shutil.copytree(SITES / "small", tmp_path / "content"))
    (content / "media/hong.jpg").write_bytes(b"\xff\xd8\xff half")
    return content


def write(content: Path, name: str) -> set[str]:
    """Write a draft; return the rules that ask for more."""
    fields, body, rules = DRAFTS[name]
    closing = "" if name == "no closing line" else "---\n"
    (content / NAME).write_text(f"---\n{fields}\n{closing}\n{body}\n", "utf-8")
    return rules


@pytest.mark.parametrize("name", DRAFTS)
def test_the_site_is_published_as_if_the_draft_were_not_there(content, tmp_path, without, name, capsys):
    rules = write(content, name)
    result = build_site(content, tmp_path / "output", publishing=True)
    assert tree(tmp_path / "output") == without
    assert sum(result.site_plan.states.values()) == len([*content.glob("*/**/*.md")])
    problems = problems_of(content, ROOT / "theme")
    assert {problem.severity for problem in problems} <= {Severity.DRAFT, Severity.WARNING}
    assert rules <= {problem.rule for problem in problems if problem.severity is Severity.DRAFT}
    assert [check_content(content, ROOT / "theme", drafts=drafts) for drafts in (False, True)] == [0, 1]
    assert "Bản nháp: " in capsys.readouterr().out


@pytest.mark.parametrize("name", DRAFTS)
def test_once_it_is_published_all_counts(content, tmp_path, name):
    rules = write(content, name)
    text = (content / NAME).read_text("utf-8")
    (content / NAME).write_text(
        text.replace("status: draft", "status: published").replace("'draft' # chưa xong", "published"), "utf-8"
    )
    with pytest.raises(ContentRejected) as rejected:
        build_site(content, tmp_path / "output")
    assert rules <= {problem.rule for problem in rejected.value.problems if problem.severity is Severity.ERROR}


@pytest.mark.parametrize("body", ["status: draft", "---\nstatus: draft\n---"])
def test_only_a_line_of_the_front_matter_makes_a_draft(content, tmp_path, body):
    (content / NAME).write_text(f"---\ntitle:\n---\n\n{body}\n", "utf-8")
    with pytest.raises(ContentRejected):
        build_site(content, tmp_path / "output")


def test_a_published_item_that_links_to_an_unfinished_draft_keeps_the_words(content, tmp_path):
    write(content, "empty fields")
    article = content / "tin-tuc/2026/cho-phien.md"
    article.write_text(article.read_text("utf-8") + "\n[một](nhap.md), [hai](/tin-tuc/2026/nhap/).\n", "utf-8")
    build_site(content, tmp_path / "output", publishing=True)
    page = (tmp_path / "output/tin-tuc/2026/cho-phien/index.html").read_text("utf-8")
    assert "<a>một</a>, <a>hai</a>." in page


def test_an_address_that_was_published_is_not_lost_to_a_draft(content, tmp_path):
    """Who turns a published item back into a draft is told, finished or not, that its readers lose it."""
    build_site(content, tmp_path / "output", publishing=True)
    article = content / "tin-tuc/2026/cho-phien.md"
    article.write_text(article.read_text("utf-8").replace("summary:", "status: draft\nsumary:"), "utf-8")
    with pytest.raises(ContentRejected, match=r"/tin-tuc/2026/cho-phien/"):
        build_site(content, tmp_path / "output", publishing=True)


@pytest.mark.parametrize("name", ["empty fields", "an open quote", "links to nothing"])
def test_the_preview_shows_the_draft_with_what_it_lacks(content, tmp_path, name):
    write(content, name)
    preview = Preview(LiveSite(order(content, tmp_path / "preview/output", preview=True)))
    preview.build()
    assert (preview.problems, preview.site.file("index.html") is not None) == ([], True)
    page = preview.draft_page("/tin-tuc/2026/nhap/")
    if name == "links to nothing":  # it is a page
        assert (page, preview.site.file("tin-tuc/2026/nhap/index.html") is not None) == ("", True)
        assert [place["page"] for place in preview.places].count("/tin-tuc/2026/nhap/") > 1
    else:
        assert "Bản nháp: " in page and "status: draft" in page


def test_the_hook_lets_an_unfinished_draft_pass(content, tmp_path):
    write(content, "an open quote")
    done = subprocess.run(
        [sys.executable, "-m", "invoke", "check", "--content", content], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0


def test_a_link_to_an_unfinished_draft_that_is_deleted_is_reported(content, tmp_path):
    write(content, "empty fields")
    article = content / "tin-tuc/2026/cho-phien.md"
    article.write_text(article.read_text("utf-8") + "\n[hai](/tin-tuc/2026/nhap/).\n", "utf-8")
    build_site(content, tmp_path / "output")
    (content / NAME).unlink()
    with pytest.raises(
        ContentRejected, match=r"cho-phien\.md:11: Liên kết tới địa chỉ \"/tin-tuc/2026/nhap/\" không có trên trang\."
    ):
        build_site(content, tmp_path / "output")
