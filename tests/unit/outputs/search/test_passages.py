"""A body becomes passages of its own words, each under its heading."""

import json
import random

from lxml import html

from chuyendoiso.model.items import Body, LinkTo
from chuyendoiso.outputs.search.passages import MOST_WORDS, passages_of


def passages(*parts):
    return [tuple(passage) for passage in passages_of(Body(parts, "", ()))]


def test_paragraphs_stand_under_their_heading():
    markup = '<p>Trước.</p><h2 id="a">Mục <em>một</em></h2><p>Một. Hai.</p><p>Ba.</p><h3 id="b">Mục hai</h3><p>Bốn.</p>'
    assert passages(markup) == [("", "", "Trước."), ("a", "Mục một", "Một. Hai.\nBa."), ("b", "Mục hai", "Bốn.")]


def test_a_list_item_has_its_lead_and_a_row_its_heads():
    items = "<p>Cần có:</p><ul><li>Giấy <b>tờ</b> <ul><li>bản sao</li></ul></li></ul>"
    assert passages(items) == [("", "", "Cần có:\nGiấy tờ\nbản sao")]
    long = "<p>Cần có:</p><ul>" + "".join(f"<li>{'chữ ' * 25}{number}.</li>" for number in range(4)) + "</ul>"
    assert [text.count("Cần có:") for _, _, text in passages(long)] == [1, 1]
    table = "<table><thead><tr><th>Việc</th><th>Ai</th></tr></thead><tbody><tr><td>Mở máy</td><td>Cụ</td></tr><tr><td>Xem</td><td></td></tr></tbody></table>"
    assert passages(table) == [("", "", "Việc: Mở máy; Ai: Cụ\nViệc: Xem")]


def test_each_term_of_a_definition_list_begins_a_passage():
    terms = "<p>Từ:</p><dl><dt>AI</dt><dd>Phần mềm.</dd><dd>Có thể sai.</dd><dt>OTP</dt><dd>Mã dùng một lần.</dd></dl>"
    assert passages(terms) == [("", "", "Từ:"), ("", "", "AI\nPhần mềm.\nCó thể sai."), ("", "", "OTP\nMã dùng một lần.")]


def test_a_passage_ends_at_a_sentence_and_has_at_most_sixty_words():
    chance = random.Random(3)
    sentences = [" ".join(["chữ"] * chance.randint(3, 40)) + f" {number}." for number in range(60)]
    found = passages(f"<p>{' '.join(sentences)}</p>")
    assert " ".join(text for _, _, text in found).split() == " ".join(sentences).split()
    for _, _, text in found:
        assert text.endswith(".")
        assert len(text.split()) <= MOST_WORDS


def test_a_sentence_keeps_the_sign_that_closes_it():
    sentence = "Họ nói: “Làm hộ cho nhanh.” (Không nên.) "
    assert passages(f"<p>{sentence}</p>") == [("", "", sentence.strip())]
    cut = [text for _, _, text in passages(f"<p>{sentence * 12}</p>")]
    assert " ".join(cut) == (sentence * 12).strip()
    assert {text[-2:] for text in cut} <= {".”", ".)"}


def test_a_link_loses_its_address_alone():
    assert passages("<p>Xem <a", LinkTo("/a/", False), ">bài này</a>.</p>") == [("", "", "Xem bài này.")]


def test_nothing_is_no_passage():
    assert passages() == passages(" ") == passages('<h2 id="a">Mục</h2>') == passages("<ul></ul>") == []


def test_every_line_is_of_the_page_word_for_word(committed):
    """A row has the heads of its columns before its cells."""
    root, lines = committed.resolve(), 0
    for path in sorted((root / "tim-kiem/bai").rglob("*.json")):
        record = json.loads(path.read_bytes())
        page = html.parse(root / record["href"].lstrip("/") / "index.html").getroot()
        text = " ".join(page.text_content().split())
        for _, heading, passage in record["passages"][1:]:
            assert heading in text
            for line in passage.splitlines():
                cells = [cell for named in line.split("; ") for cell in named.split(": ")]
                assert line in text or all(cell in text for cell in cells), (path, line)
                lines += 1
    assert lines > 500
