"""A body is read as its editor meant it; what readers do not see of it is told with its line."""

from html.parser import HTMLParser

import editors
import pytest
from conftest import SEED, SOAK
from markdown_it import MarkdownIt
from test_convert import html

from chuyendoiso.content.markdown import Tangled, convert_body

BODIES = 10_000 if SOAK else 300


@pytest.mark.soak
def test_no_word_of_an_editor_is_lost_without_a_warning():
    chance, gone = SEED + 20261128, 0
    for seed in range(chance, chance + BODIES):
        body = editors.Writer(seed).body()
        try:
            converted = convert_body(body)
        except Tangled:  # an error
            continue
        unseen = editors.unseen_words(body, converted)
        gone += len(unseen)
        lines = body.split("\n")
        messages = " ".join(
            f"{warning.message} {lines[warning.line - 1]}" for warning in converted.warnings if warning.rule == "lost-words"
        )
        assert {word for word in unseen if word not in messages} == set(), f"seed {seed}:\n{body}"
    assert gone > BODIES  # the bodies are such that words go


class Places(HTMLParser):
    """Tells in which lists, quotations, headings and code each word stands."""

    ELEMENTS = frozenset({"ul", "ol", "li", "blockquote", "pre", "h2"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.places: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in self.ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.ELEMENTS:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.places |= {word: "/".join(self.open) for word in editors.WORD.findall(data)}


@pytest.mark.soak
def test_lists_within_lists_are_those_of_commonmark():
    first = SEED + 20261129
    deepest = 0
    for seed in range(first, first + BODIES):
        body = editors.Lists(seed).body()
        ours = Places("".join(part for part in convert_body(body).parts if isinstance(part, str))).places
        assert ours == Places(MarkdownIt().render(body)).places, f"seed {seed}:\n{body}"
        deepest = max(deepest, *(place.count("li") for place in ours.values()))
    assert deepest == 4


READ = {
    "words in angle brackets": ("DK <tên gói> nhập <OTP>, </x>", "<p>DK &lt;tên gói&gt; nhập &lt;OTP&gt;, &lt;/x&gt;</p>"),
    "in code, in a link, as a description": (
        "`<OTP>` [<OTP>](/a/) ![<OTP>](a.jpg)",
        "<p><code>&lt;OTP&gt;</code> <a {/a/}>&lt;OTP&gt;</a> [a.jpg]</p>",
    ),
    "tags that no end follows": ("Nhấn <s> rồi <b>đậm</b> và <menu>", "<p>Nhấn &lt;s&gt; rồi <b>đậm</b> và &lt;menu&gt;</p>"),
    "a list under a paragraph": ("Gồm:\n- A\n- B", "<p>Gồm:</p>\n<ul>\n<li>A</li>\n<li>B</li>\n</ul>"),
    "a numbered one": ("Gồm:\n1) A\n2) B", "<p>Gồm:</p>\n<ol>\n<li>A</li>\n<li>B</li>\n</ol>"),
    "children by two spaces": (
        "1. A\n  - b\n    - c\n2. D",
        "<ol>\n<li>A<ul>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>D</li>\n</ol>",
    ),
    "children by a tab": ("- A\n\t- b", "<ul>\n<li>A<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
    "a second paragraph by two spaces": ("- A\n\n  B\n- C", "<ul>\n<li>\n<p>A</p>\n<p>B</p>\n</li>\n<li>\n<p>C</p>\n</li>\n</ul>"),
    "another kind of list": ("- A\n1. B", "<ul>\n<li>A</li>\n</ul>\n<ol>\n<li>B</li>\n</ol>"),
    "a mark with a no-break space": ("-\u00a0A\n-\u00a0B", "<ul>\n<li>A</li>\n<li>B</li>\n</ul>"),
    "hashtags": ("#ChuyenDoiSo #NamDinh", "<p>#ChuyenDoiSo #NamDinh</p>"),
    "a heading without a space": ("##Mục", '<h2 id="muc">Mục</h2>'),
    "a heading that ends with a mark": ("## Ngôn ngữ C#", '<h2 id="ngon-ngu-c">Ngôn ngữ C#</h2>'),
    "a heading that is closed": ("## Mục ##", '<h2 id="muc">Mục</h2>'),
    "a paragraph indented by a tab": ("A.\n\n\tCăn cứ **đầy đủ**.", "<p>A.</p>\n<p>Căn cứ <strong>đầy đủ</strong>.</p>"),
    "paragraphs of Word, each indented": ("\tMột.\n\tHai.", "<p>Một.</p>\n<p>Hai.</p>"),
    "a fence in a list": (
        "- A\n  ```\n  mã\n    <b>\n  ```\n- B",
        "<ul>\n<li>\n<p>A</p>\n<pre><code>mã\n  &lt;b&gt;\n</code></pre>\n</li>\n<li>\n<p>B</p>\n</li>\n</ul>",
    ),
    "a fence in a quotation": ("> A\n> ```\n> **x**\n> ```", "<blockquote>\n<p>A</p>\n<pre><code>**x**\n</code></pre>\n</blockquote>"),
    "a list in a quotation": (
        "> Gồm:\n> - A\n> - B",
        "<blockquote>\n<p>Gồm:</p>\n<ul>\n<li>A</li>\n<li>B</li>\n</ul>\n</blockquote>",
    ),
    "a fence in text": ("A\n```\n&lt; <b>\n```\nB", "<p>A</p>\n<pre><code>&amp;lt; &lt;b&gt;\n</code></pre>\n<p>B</p>"),
    "details": (
        "<details>\n<summary>Hỏi **gì**</summary>\n\nTrả lời **đậm**.\n\n- A\n</details>\n\nB",
        "<details>\n<summary>Hỏi <strong>gì</strong></summary>\n<p>Trả lời <strong>đậm</strong>.</p>\n<ul>\n<li>A</li>\n</ul>\n</details>\n<p>B</p>",
    ),
    "details in code": ("`<details>` **x**", "<p><code>&lt;details&gt;</code> <strong>x</strong></p>"),
    "a table under a paragraph, text under it": (
        "Bảng:\n| A |\n|---|\n| 1 |\nHết",
        '<p>Bảng:</p>\n<table>\n<thead>\n<tr>\n<th scope="col">A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n<p>Hết</p>',
    ),
    "struck out": ("~~100~~ 90 ~ 80", "<p><del>100</del> 90 ~ 80</p>"),
    "an address": (
        "Ở https://a.vn/b_(c)?d=1&e=2. (www.b.vn), x.y@c.vn.",
        "<p>Ở <a {https://a.vn/b_(c)?d=1&e=2} class=\"cds-bare\">https://a.vn/b_(c)?d=1&amp;e=2</a>. "
        "(<a {https://www.b.vn} class=\"cds-bare\">www.b.vn</a>), <a {mailto:x.y@c.vn} class=\"cds-bare\">x.y@c.vn</a>.</p>",
    ),
    "what is no address, or is one already": (
        "`https://a.vn` [https://a.vn](/b/) https://u@a.vn https://localhost a@b",
        "<p><code>https://a.vn</code> <a {/b/}>https://a.vn</a> https://u@a.vn https://localhost a@b</p>",
    ),
    "an address after a sign": ("<https://a.vn/>: \"https://b.vn\"", "<p><a {https://a.vn/}>https://a.vn/</a>: “<a {https://b.vn} class=\"cds-bare\">https://b.vn</a>”</p>"),
    "addresses with parentheses and spaces": (
        "[a](https://a.vn/b_(c)) [b](/media/a (1).pdf) [c](/media/hội nghị.pdf)",
        "<p><a {https://a.vn/b_(c)}>a</a> <a {/media/a (1).pdf}>b</a> <a {/media/hội nghị.pdf}>c</a></p>",
    ),
    "a reference with spaces": (
        "[x][hai từ] [y][z]\n\n[hai từ]: /media/hội nghị.pdf \"Tên\"\n[z]: </media/a b.pdf>",
        '<p><a {/media/hội%20nghị.pdf} title="Tên">x</a> <a {/media/a%20b.pdf}>y</a></p>',
    ),
    "a note that looks like a reference": ("[Lưu ý]: xem.", "<p>[Lưu ý]: xem.</p>"),
    "a footnote with a space in its label": (
        "A[^hai ba].\n\n[^hai ba]: Chú.",
        '<p>A<sup id="fnref:hai-ba"><a {#fn:hai-ba}>1</a></sup>.</p>\n<div>\n<hr>\n<ol>\n<li id="fn:hai-ba">\n'
        '<p>Chú.&nbsp;<a {#fnref:hai-ba} title="Quay lại chỗ có chú thích 1">↩</a></p>\n</li>\n</ol>\n</div>',
    ),
    "quotes": (
        'Nói "A **b**" và "**c**", `"d"`, 5" và "mở.',
        '<p>Nói “A <strong>b</strong>” và “<strong>c</strong>”, <code>"d"</code>, 5" và "mở.</p>',
    ),
    "quotes over lines, within quotes": ('"A\n"b" c"\n\n"D', '<p>“A\n“b” c”</p>\n<p>"D</p>'),
    "addresses with marks of emphasis": (
        "https://a.vn/?__cft__[0]=A_b&__t__=1 https://a.vn/?_gl=1*a*_ga*b [x](https://a.vn/_a_)**đậm** **https://a.vn/x_y**",
        '<p><a {https://a.vn/?__cft__[0]=A_b&__t__=1} class="cds-bare">https://a.vn/?__cft__[0]=A_b&amp;__t__=1</a> '
        '<a {https://a.vn/?_gl=1*a*_ga*b} class="cds-bare">https://a.vn/?_gl=1*a*_ga*b</a> <a {https://a.vn/_a_}>x</a><strong>đậm</strong> '
        '<strong><a {https://a.vn/x_y} class="cds-bare">https://a.vn/x_y</a></strong></p>',
    ),
    "an address before bold": (
        "https://a.vn/x**b & c** d.",
        '<p><a {https://a.vn/x} class="cds-bare">https://a.vn/x</a><strong>b &amp; c</strong> d.</p>',
    ),
    "marks that are escaped": ('\\<10\\> \\~x\\~ `\\<`', "<p>&lt;10&gt; ~x~ <code>\\&lt;</code></p>"),
    "signs of notes": ("(*) Một (*), (**) hai (**)", "<p>(*) Một (*), (**) hai (**)</p>"),
    "a source that is no definition": (
        "[4]: https://a.vn/x, Trang chủ",
        '<p>[4]: <a {https://a.vn/x} class="cds-bare">https://a.vn/x</a>, Trang chủ</p>',
    ),
    "a footnote of a list and a paragraph": (
        "A[^a].\n\n[^a]: Gồm:\n    - một\n\n    đoạn\n\nB",
        '<p>A<sup id="fnref:a"><a {#fn:a}>1</a></sup>.</p>\n<p>B</p>\n<div>\n<hr>\n<ol>\n<li id="fn:a">\n<p>Gồm:</p>\n<ul>\n<li>một</li>\n</ul>\n'
        '<p>đoạn&nbsp;<a {#fnref:a} title="Quay lại chỗ có chú thích 1">↩</a></p>\n</li>\n</ol>\n</div>',
    ),
    "a table in an item": (
        "- Bảng:\n  | A |\n  |---|\n  | 1 |\n- B",
        '<ul>\n<li>\n<p>Bảng:</p>\n<table>\n<thead>\n<tr>\n<th scope="col">A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n</li>\n'
        "<li>\n<p>B</p>\n</li>\n</ul>",
    ),
    "a rule under a paragraph": ("A\n* * *\nB", "<p>A</p>\n<hr>\n<p>B</p>"),
    "a line that ends with a backslash": ("A\\\nB", "<p>A<br>\nB</p>"),
    "a word that the signs of the converter are in": ("a\x04b\x05 0\x05", "<p>ab 0</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_body_is_read_as_it_is_meant(name):
    body, expected = READ[name]
    assert html(body) == expected
    assert convert_body(body).warnings == ()


TOLD = {
    "surplus cells": ("| A |\n|---|\n| 1 | thừa ba |", [(3, "lost-words", '"thừa ba"')]),
    "emphasis that eats a letter": ("*Lưu ý: **nộp trước*hạn cuối", [(1, "lost-words", '"hạn"')]),
    "an address in a line that runs on": (
        "a) A\nb) https://a.vn/c_d_e <OTP>",
        [(2, "run-on-line", '"b) https://a.vn/c_d_e <OTP>"')],
    ),
    "items with strokes": ("1/ A\n2/ B", [(2, "run-on-line", '"2/ B"')]),
    "a tag without an end": ("A\n\n<details>\n<summary>B</summary>\n\nC", [(3, "mark-left", "<details>")]),
    "a tag that hides": ("A\n\n<title>Ẩn</title>", [(3, "lost-words", '"Ẩn"')]),
    "words in a tag": ("<b ghi chú>A</b>", [(1, "lost-words", '"ghi chú"')]),
    "a comment without an end": ("A\n\n<!-- B\n\nC", []),
    "an abbreviation that is not used": ("A\n\n*[ABC]: Chữ tắt", [(3, "lost-words", '"ABC Chữ tắt"')]),
    "an address that nothing leads to": ("A\n\n[1]: https://a.vn/x", [(3, "lost-words", '"1 https a vn x"')]),
    "a caption within a line": ('A ![b](c.jpg "Chú")', [(1, "lost-words", '"Chú"')]),
    "bold with a space": ("A **b **c", [(1, "mark-left", '"**"')]),
    "a link in two parts": ("[a] (https://a.vn/)", []),
    "a link without an end": ("[a](b", [(1, "mark-left", '"]("')]),
    "a reference to nothing": ("[a][b]", [(1, "mark-left", '"][b]"')]),
    "a footnote to nothing": ("A[^1]", [(1, "mark-left", '"[^1]"')]),
    "marks that are meant": ("\\*\\*a\\*\\*, 2 * 3, ____, ****, `**`, [1][2]", []),
    "a table with a row too narrow": ("| A | B |\n|---|\n| 1 | 2 |", [(n, "mark-left", "|") for n in (1, 2, 3)]),
    "a footnote that nothing refers to": ("A\n\n[^1]: B", [(3, "unused-footnote", '"[^1]"')]),
    "a fence that is not closed": ("A\n\n```\nB", [(3, "unclosed-fence", "```")]),
    "code by indentation": ("A\n\n    ls -la", [(3, "indented-code", "mã máy tính")]),
    "a heading in doubt": ("#Tin nóng", [(1, "hash-without-space", '"#Tin nóng"')]),
    "items that run together": ("a) A\nb) B\nc) C\n\n–\u00a0D\n– E", [(2, "run-on-line", '"b) B"'), (6, "run-on-line", '"– E"')]),
    "a number but one under a paragraph": ("Gồm\n2. B", [(2, "run-on-line", '"2. B"')]),
    "marks without a space": ("Gồm:\n-A\n-B", [(2, "run-on-line", '"-A"')]),
    "rows of a spreadsheet": ("A\tB\n1\t2\n3\t4", [(2, "tab-separated", "phím Tab")]),
    "within a quotation": ("> A\n>\n> [^1]: B\n> a\n> b) C", [(3, "unused-footnote", "1"), (5, "run-on-line", '"b) C"')]),
}


@pytest.mark.parametrize("name", TOLD)
def test_misleading_markdown_is_reported(name):
    body, expected = TOLD[name]
    warnings = sorted((warning.line, warning.rule, warning.message) for warning in convert_body(body).warnings)
    assert [(line, rule) for line, rule, _ in warnings] == [(line, rule) for line, rule, _ in expected]
    assert all(words in message for (_, _, message), (_, _, words) in zip(warnings, expected, strict=True))


@pytest.mark.parametrize(
    "body",
    ["[a][b]\n\n[b]: /c/ 'd'", "A[^1]\n\n[^1]: B", "*[A]: B\n\nA", "<!-- ẩn -->A", "<img src=a.jpg alt='b'>", "a&amp;b <br> c"],
)
def test_used_definitions_cause_no_warning(body):
    assert convert_body(body).warnings == ()
