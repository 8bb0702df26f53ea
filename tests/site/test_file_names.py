"""One name, however the disk writes its marks: composed (NFC), decomposed (NFD, as a zip from a Mac has it), or some of each."""

import shutil
from pathlib import Path
from unicodedata import normalize

import pytest
from conftest import NOW, ROOT, SITES, build_site, order, tree

from chuyendoiso.authoring.authorship_report import authorship_of
from chuyendoiso.authoring.check_command import problems_of
from chuyendoiso.authoring.preview_site import LiveSite, Preview
from chuyendoiso.authoring.withdrawal import withdraw

ARTICLE = """---
title: Bài có ảnh và tệp
date: 2026-11-18
summary: Tóm tắt.
topic: xa-hoi-so
authors: [Bình]
slug: co-anh
cover: {image: "/media/ảnh hội nghị/Hội trường.jpg", alt: Hội trường}
---

![Hội trường](</media/ảnh hội nghị/Hội trường.jpg>)

[Sổ tay](</media/ảnh hội nghị/Sổ tay.pdf>), [bài kia](<kế hoạch.md>).
"""
OTHER = "---\ntitle: Kế hoạch\ndate: 2026-11-17\nsummary: Tóm tắt.\ntopic: xa-hoi-so\nslug: ke-hoach\n---\n\nChữ.\n"
FORMS = {
    "composed": lambda name: normalize("NFC", name),
    "decomposed": lambda name: normalize("NFD", name),
    "folders alone": lambda name: normalize("NFD", name.rpartition("/")[0]) + "/" + normalize("NFC", name.rpartition("/")[2]),
    "files alone": lambda name: normalize("NFC", name.rpartition("/")[0]) + "/" + normalize("NFD", name.rpartition("/")[2]),
}


def made(folder: Path, form) -> Path:
    """Return a content folder with names in one of the forms."""
    content = Path(shutil.copytree(SITES / "small", folder / "content"))
    picture = next((SITES / "small/media").rglob("*.jpg")).read_bytes()
    pdf = next((SITES / "small/media").rglob("*.pdf")).read_bytes()
    for name, data in {
        "media/ảnh hội nghị/Hội trường.jpg": picture,
        "media/ảnh hội nghị/Sổ tay.pdf": pdf,
        "tin-tuc/2026/bài mới.md": ARTICLE.encode(),
        "tin-tuc/2026/kế hoạch.md": OTHER.encode(),
    }.items():
        path = content / form(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return content


@pytest.fixture(scope="module")
def composed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("composed")
    build_site(made(folder, FORMS["composed"]), folder / "output")
    return tree(folder / "output")


@pytest.mark.parametrize("form", list(FORMS)[1:])
def test_a_site_is_the_same_whatever_the_form_of_its_files_names(tmp_path, composed, form):
    content = made(tmp_path, FORMS[form])
    build_site(content, tmp_path / "output")
    assert tree(tmp_path / "output") == composed
    build_site(content, tmp_path / "output")  # from the cache
    assert tree(tmp_path / "output") == composed


@pytest.mark.parametrize("form", FORMS)
def test_every_command_finds_a_file_of_any_form(tmp_path, form):
    content = made(tmp_path, FORMS[form])
    assert problems_of(content, ROOT / "theme") == ()
    assert "Bài có ảnh và tệp" in authorship_of(content, ROOT / "theme", "2026-11")
    preview = Preview(LiveSite(order(content, tmp_path / "preview/output", preview=True)))
    preview.build()
    assert (preview.problems, len(preview.site.file("tin-tuc/2026/co-anh/index.html")) > 2000) == ([], True)
    for reported in ("tin-tuc/2026/bài mới.md", normalize("NFD", "content/tin-tuc/2026/kế hoạch.md")):
        name, _ = withdraw(content, reported, "Trùng.", NOW)
        assert name == normalize("NFC", reported.removeprefix("content/"))
    assert withdraw_again(content) == ["withdrawn", "withdrawn"]


def withdraw_again(content: Path) -> list[str]:
    """Return the states that the two files have on disk; no third was written."""
    files = sorted((content / "tin-tuc/2026").glob("[bk]*.md"))
    return [
        text.partition("status: ")[2].split()[0]
        for path in files
        if "Bài có" in (text := path.read_text("utf-8")) or "Kế h" in text
    ]
