"""The preview of unsaved text: the site's own page, with what is wrong in the form's words; the content folder is not touched."""

import shutil

import pytest
from conftest import SITES, order

from chuyendoiso.authoring.web_editor.draft_preview import DraftPreview
from chuyendoiso.authoring.web_editor.work_tree import SaveRefused

WHOLE = """---
title: Đường số của xã
date: 2026-11-20
summary: Một câu.
topic: xa-hoi-so
---
Thân bài[^1].

[^1]: Lời chú.
"""
UNFILLED = "chưa điền. Muốn đăng thì điền ô này."


@pytest.fixture(scope="module")
def preview(tmp_path_factory) -> DraftPreview:
    folder = tmp_path_factory.mktemp("draft")
    content = shutil.copytree(SITES / "small", folder / "content")
    return DraftPreview(order(content, folder / "output"))


def topic_of(preview: DraftPreview) -> str:
    settings = (preview.options.content / "site.yml").read_text("utf-8")
    return settings.partition("slug: ")[2].split()[0].strip(",}")


def test_a_new_text_is_a_page_of_the_site(preview):
    before = sorted(preview.options.content.rglob("*"))
    draft = preview.render("tin-tuc", "", WHOLE.replace("xa-hoi-so", topic_of(preview)))
    assert "<h1" in draft.page and "Đường số của xã" in draft.page and "Lời chú." in draft.page
    assert [words for _, words in draft.problems if not words.startswith("Nên xem lại: ")] == []
    assert sorted(preview.options.content.rglob("*")) == before


def test_what_is_missing_is_named_as_the_form_names_it(preview):
    draft = preview.render("tin-tuc", "", "---\ntitle: Một\ndate: 2026-11-20\nstatus: draft\n---\nThân.\n")
    assert set(draft.problems) == {("Tóm tắt", UNFILLED), ("Chủ đề", UNFILLED)}
    assert "Một" in draft.page and "(Tóm tắt: chưa điền)" in draft.page


def test_a_group_that_lacks_something_is_shown(preview):
    cover = "cover:\n  image: /media/2026/anh.png\nstatus: draft\n---"
    media = preview.options.content / "media/2026"
    name = next(path.name for path in sorted(media.iterdir()) if path.suffix in {".png", ".jpg"})
    text = WHOLE.replace("xa-hoi-so", topic_of(preview)).replace("---\nThân", f"{cover.replace('anh.png', name)}\nThân")
    draft = preview.render("tin-tuc", "", text)
    assert ("Mô tả ảnh", UNFILLED) in draft.problems
    assert "Đường số của xã" in draft.page


def test_a_problem_of_the_body_is_of_the_body(preview):
    text = WHOLE.replace("xa-hoi-so", topic_of(preview)) + "\n![](/media/khong-co.png)\n"
    draft = preview.render("tin-tuc", "", text)
    assert {field for field, _ in draft.problems} == {"Thân bài"}
    assert not any(".md" in words for _, words in draft.problems)


def test_a_text_that_is_no_item_has_problems_and_no_page(preview):
    draft = preview.render("tin-tuc", "", "---\ntitle: [\n---\nThân.\n")
    assert (draft.page, bool(draft.problems)) == ("", True)


@pytest.mark.parametrize(("kind", "path"), [("khac", ""), ("tin-tuc", "../a.md"), ("tin-tuc", "site.yml")])
def test_nothing_else_is_rendered(preview, kind, path):
    with pytest.raises(SaveRefused):
        preview.render(kind, path, WHOLE)
