"""The glossary: each term is explained once, where an article first says it, and nothing else is touched."""

import pytest

from chuyendoiso.content.markdown import convert_body
from chuyendoiso.model.items import Body
from chuyendoiso.outputs.pages.glossary import LONGEST, MOST, GlossaryEntry, entries, explain
from chuyendoiso.outputs.pages.views import BodyText, PictureView, Term

GLOSSARY = """
Những từ hay gặp.

Chuyển đổi số (CĐS)
:   Đổi cả cách làm việc nhờ công nghệ **và** dữ liệu số.

Chính quyền số
:   Cơ quan nhà nước làm việc trên [môi trường số](/chu-de/).

Chính quyền số cấp xã
:   Chính quyền số ở xã.

Trí tuệ nhân tạo (AI)
:   Phần mềm làm được một số việc trước đây cần người.

R&D
:   Nghiên cứu và phát triển.
"""


def body_of(markdown):
    converted = convert_body(markdown)
    return Body(tuple(part for part in converted.parts if isinstance(part, str)), converted.text, converted.headings)


def explained(markdown, glossary=GLOSSARY):
    body = body_of(markdown)
    parts, terms = explain((BodyText("".join(body.parts)),), body.text, body_of(glossary))
    return parts[0].html.strip(), [term.term for term in terms]


def link(number, words):
    return f'<a class="cds-term" id="cds--word-{number}" href="#cds--term-{number}">{words}</a>'


def test_a_page_defines_by_its_definition_lists():
    expected = GlossaryEntry("Chuyển đổi số (CĐS)", ("Chuyển đổi số", "CĐS"), "Đổi cả cách làm việc nhờ công nghệ và dữ liệu số.")
    actual = entries(body_of(GLOSSARY))
    assert expected == actual[0]
    assert actual[1].meaning == "Cơ quan nhà nước làm việc trên môi trường số."
    assert [entry.names for entry in actual[2:]] == [("Chính quyền số cấp xã",), ("Trí tuệ nhân tạo", "AI"), ("R&D",)]


@pytest.mark.parametrize(
    ("markdown", "expected", "terms"),
    [
        ("Về chuyển đổi số và Chuyển đổi số.", f"<p>Về {link(1, 'chuyển đổi số')} và Chuyển đổi số.</p>", ["Chuyển đổi số (CĐS)"]),
        ("CĐS, rồi chuyển đổi số.", f"<p>{link(1, 'CĐS')}, rồi chuyển đổi số.</p>", ["Chuyển đổi số (CĐS)"]),
        ("Ai hỏi AI?", f"<p>Ai hỏi {link(1, 'AI')}?</p>", ["Trí tuệ nhân tạo (AI)"]),
        ("Làm chính quyền số cấp xã.", f"<p>Làm {link(1, 'chính quyền số cấp xã')}.</p>", ["Chính quyền số cấp xã"]),
        ("Việc R&D là gì", f"<p>Việc {link(1, 'R&amp;D')} là gì</p>", ["R&D"]),
        ("Không có từ nào: CĐSQG, chuyển đổi sống.", "<p>Không có từ nào: CĐSQG, chuyển đổi sống.</p>", []),
        ("`CĐS` rồi **CĐS**", f"<p><code>CĐS</code> rồi <strong>{link(1, 'CĐS')}</strong></p>", ["Chuyển đổi số (CĐS)"]),
        ("## CĐS\n\nVề CĐS", f'<h2 id="cds">CĐS</h2>\n<p>Về {link(1, "CĐS")}</p>', ["Chuyển đổi số (CĐS)"]),
    ],
)
def test_the_first_mention_is_explained(markdown, expected, terms):
    assert (expected, terms) == explained(markdown)


def test_a_term_within_a_link_is_left_even_where_a_picture_cuts_the_link():
    picture = PictureView(webp="", jpeg="", src="", width=1, height=1, alt="", lazy=True, sizes="")
    parts = (BodyText('<p><a href="/x/">xem '), picture, BodyText(" CĐS</a> và CĐS</p>"))
    expected = (parts[0], picture, BodyText(f" CĐS</a> và {link(1, 'CĐS')}</p>"))
    assert (expected, "cds--term-1") == (lambda result: (result[0], result[1][0].id))(
        explain(parts, "xem CĐS và CĐS", body_of(GLOSSARY))
    )


def test_explanations_are_in_the_order_of_mention_and_limited():
    many = "\n\n".join(f"Từ số{number}\n:   {'rất dài ' * 60}" for number in range(20))
    said = " ".join(f"từ số{number}" for number in reversed(range(20)))
    body = body_of(said)
    _, terms = explain((BodyText(body.parts[0]),), body.text, body_of(many))
    assert [f"Từ số{number}" for number in range(19, 19 - MOST, -1)] == [term.term for term in terms]
    assert all(len(term.meaning) <= LONGEST for term in terms)
    assert terms[1] == Term(id="cds--term-2", here="cds--word-2", term="Từ số18", meaning=terms[1].meaning)


def test_a_page_that_defines_nothing_explains_nothing():
    assert explained("Về CĐS", "Chỉ có chữ.") == ("<p>Về CĐS</p>", [])
