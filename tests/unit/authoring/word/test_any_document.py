"""Word files of random paragraphs, lists and tables full of what Markdown and HTML have a meaning for: shown as they were typed."""

import random

import pytest
from conftest import NOW, SEED, SOAK
from test_import import asked_by_check, asked_by_import, content_in
from word_files import Block, link, p, table, words_in, write, xml

from chuyendoiso.authoring.word.word_import import ImportOptions, import_word
from chuyendoiso.content.markdown import convert_body

WORDS = """
tổ số xã cộng đồng * _ a*b [x] (y) <b> &amp; & | ` \\ # ## 1. 2) - + > ~~~ ``` : ! ![a](b) [a](b) [^1] [^1]: *[HT]: http://x.vn a@b.vn $x$ ^ ~ ...
-- --- === {.a} % @ " ' “ ” – ² <!-- --> </p> <script> &#58; \\n \\* 1\\. = |a|b| *** __ I. a) CHỦ TỊCH NGHỊ QUYẾT V/v Nơi nhận: Số: 1/KH-UBND
""".split()
STYLES = [
    "List Bullet",
    "List Bullet 2",
    "List Number",
    "Quote",
    "Title",
    "Subtitle",
    "Caption",
    "Heading 1",
    "Heading 2",
    "Heading 3",
]
FAULTY = [
    618001463,
    618001472,
    618001485,
    618001523,
    618001545,
    420185676,
]  # a number beside a line break, an address before bold, two subtitles, tildes that begin lines
SIGNS = "\\*_`~#|[]<>&^"


def text(chance: random.Random, most: int = 8) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))


def block(chance: random.Random) -> Block:
    match chance.randrange(6):
        case 0:
            return table(*([text(chance, 3), [p(text(chance, 4)), text(chance, 2)]] for _ in range(chance.randint(1, 3))))
        case 1:
            return p(text(chance), style=chance.choice(STYLES))
        case 2:
            words = " ".join(word for word in text(chance, 3).split() if not {"<", "&"} & set(word))
            return link(words, "https://x.vn/a_b?c=(1)", f"{text(chance, 2)} ", f" {text(chance, 2)}")
        case 3:
            return p(text(chance), bold=True)
        case _:
            return p("".join(text(chance, 4) + chance.choice(["\n", "**", " "]) for _ in range(3)))


@pytest.mark.soak
@pytest.mark.parametrize("seed", [*FAULTY, *range(SEED, SEED + (400 if SOAK else 20))])
def test_every_typed_word_is_rendered(seed, tmp_path):
    chance = random.Random(seed)
    content, file = content_in(tmp_path), write(tmp_path / "a.docx", [block(chance) for _ in range(chance.randint(1, 8))])
    report = list(import_word(ImportOptions(file, content, NOW, chance.choice(["", "tin-tuc", "van-ban", "tap-huan"]))))
    assert [line for line in report if "không thấy trong bài" in line] == []
    (article,) = content.glob("*/**/*.md")
    rendered, typed = convert_body(article.read_text("utf-8").split("\n---\n", 1)[1]).text, "\n".join(words_in(file))
    assert [sign for sign in SIGNS if rendered.count(sign) > typed.count(sign)] == []
    assert asked_by_check(content) == asked_by_import(report)


def run(chance: random.Random) -> str:
    marks = ("<w:b/>", "<w:i/>", "<w:strike/>", '<w:vertAlign w:val="superscript"/>')
    shape = "".join(mark for mark in marks if chance.random() < 0.4)
    return (
        f'<w:r><w:rPr>{shape}</w:rPr><w:t xml:space="preserve">{chance.choice(["a", "b ", "c", "* ", "_", "tổ ", " "])}</w:t></w:r>'
    )


@pytest.mark.parametrize("seed", [1, 2, 3, 28, 48])
def test_bold_and_italics_that_meet_cost_no_word(seed, tmp_path):
    """Python-Markdown cannot tell some apart: then they go, and are told."""
    chance = random.Random(seed)
    content = content_in(tmp_path)
    paragraphs = [xml(f"<w:p>{''.join(run(chance) for _ in range(12))}</w:p>") for _ in range(6)]
    report = list(import_word(ImportOptions(write(tmp_path / "a.docx", ["Bài", *paragraphs]), content, NOW)))
    assert [line for line in report if "không thấy trong bài" in line] == []
    assert any("dính vào nhau" in line for line in report) == (seed in {28, 48})
    assert asked_by_check(content) == asked_by_import(report)
