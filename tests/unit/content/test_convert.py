"""Holds how a body becomes safe HTML: what is removed, headings, figures, tables, footnotes, ids, links and pictures with their lines."""

import random
import re

import fuzz
import pytest
from conftest import SEED, SOAK

from chuyendoiso.content.markdown import Tangled, convert_body, python_markdown
from chuyendoiso.model.characters import forbidden_in, forbidden_reference, neutralised
from chuyendoiso.model.converted import Converted, FrameLink, Link, Mention, ObjectLink, PictureLink
from chuyendoiso.system.worker_limits import Failure, run_limited

LINK_IN_HTML = re.compile(r"javascript:|vbscript:|data:", re.IGNORECASE)


def html(body):
    """Return a body as one string; a link as its target in braces, a picture as its source in brackets, a frame's after two bars."""
    parts = []
    for part in convert_body(body).parts:
        match part:
            case Link(href=href):
                parts.append(f" {{{href}}}")
            case Mention(number=number):
                parts.append(f" «{number}»")
            case PictureLink(src=src):
                parts.append(f"[{src}]")
            case FrameLink(src=src):
                parts.append(f"‖{src}‖")
            case _:
                parts.append(part)
    return "".join(parts)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Theo Quyết định 749/QĐ-TTg.", "<p>Theo Quyết định <a «749/QĐ-TTg»>749/QĐ-TTg</a>.</p>"),
        ("(42/2022/NĐ-CP), 09-NQ/TU;", "<p>(<a «42/2022/NĐ-CP»>42/2022/NĐ-CP</a>), <a «09-NQ/TU»>09-NQ/TU</a>;</p>"),
        ("4946/BTTTT-CĐSQG và 148/2025/QH15", "<p><a «4946/BTTTT-CĐSQG»>4946/BTTTT-CĐSQG</a> và <a «148/2025/QH15»>148/2025/QH15</a></p>"),
        ("**749/QĐ-TTg**, rồi 749/qđ-ttg, 749/QĐ-TTg", "<p><strong><a «749/QĐ-TTg»>749/QĐ-TTg</a></strong>, rồi 749/qđ-ttg, 749/QĐ-TTg</p>"),
        ("[749/QĐ-TTg](https://a.vn/)", "<p><a {https://a.vn/}>749/QĐ-TTg</a></p>"),
        ("`749/QĐ-TTg` 1749/QĐ-TTg-x", "<p><code>749/QĐ-TTg</code> <a «1749/QĐ-TTg-x»>1749/QĐ-TTg-x</a></p>"),
        ("## 749/QĐ-TTg", '<h2 id="749-qd-ttg">749/QĐ-TTg</h2>'),
        ("24/7, 10-12, a/749/QĐ-TTg, 3/10/2026, 749/QĐ-TTg/", "<p>24/7, 10-12, a/749/QĐ-TTg, 3/10/2026, 749/QĐ-TTg/</p>"),
    ],
)  # fmt: skip
def test_the_first_mention_of_a_document_is_a_link_to_be(body, expected):
    assert html(body) == expected


def links(body):
    return [part for part in convert_body(body).parts if not isinstance(part, str)]


# ── what is removed ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A <script>alert(1)</script> b", "<p>A  b</p>"),
        ("<script>\nalert(1)\n</script>\n\nB", "\n\n<p>B</p>"),
        ("<SCRIPT SRC=//evil.vn/x.js></SCRIPT>B", "<p>B</p>"),
        ("A <style>p { color: red }</style> b", "<p>A  b</p>"),
        ("A <object data='x'>x</object> b", "<p>A  b</p>"),
        ("A <embed src='x'> b", "<p>A  b</p>"),
        ("<b onclick='x()' style='color: red' class='x'>A</b>", "<p><b>A</b></p>"),
        ("<p onmouseover=alert(1) id=x data-x=1>A</p>", "<p>A</p>"),
        ("<form action='/x'><input name='a'><button>Gửi</button></form>", "Gửi"),
        ("<svg onload='x()'><circle/></svg>A", "<p>A</p>"),
        ("<base href='//evil.vn/'><meta http-equiv=refresh content=0>A", "<p>A</p>"),
        ("<!-- ghi chú -->A", "<p>A</p>"),
        ("<a target='_blank' rel='opener' href='/a/'>A</a>", "<p><a {/a/}>A</a></p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>"),
        ("```\n<script>\n```", "<pre><code>&lt;script&gt;\n</code></pre>"),
        ('<ol start="3"><li>A</li></ol>', '<ol start="3"><li>A</li></ol>'),
        ('<ol start="x"><li>A</li></ol>', "<ol><li>A</li></ol>"),
        (
            '<table><tr><td colspan="2" rowspan="99999">A</td></tr></table>',
            '<table><tbody><tr><td colspan="2">A</td></tr></tbody></table>',
        ),
    ],
)
def test_html_that_is_not_allowed_is_removed(body, expected):
    assert expected.strip() == html(body).strip()


@pytest.mark.parametrize(
    "body",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' &#1; javascript:alert(1)'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](javascript:alert(1))",
        "<img src='x' onerror='alert(1)' alt='x'>",
        "<a href='/a' xlink:href='javascript:x'>x</a>",
        "<img srcset='javascript:x' alt='x'>",
    ],
)
def test_no_script_is_left_in_the_html_itself(body):
    text = "".join(part for part in convert_body(body).parts if isinstance(part, str))
    assert not LINK_IN_HTML.search(text)
    assert not re.search(r"\son\w+=|href=|src=", text)


@pytest.mark.parametrize("href", ["file:///C:/van-ban/a.pdf", "ftp://a.vn/a.pdf", "javascript:alert(1)"])
def test_an_invalid_link_is_retained_for_its_report(href):
    assert [part.href for part in links(f"[x]({href})")] == [href]


@pytest.mark.parametrize("text", ['href="cds:41"', 'href="cds:4"', 'href="cds:ff"'])
def test_text_that_looks_like_the_inner_form_of_a_link_is_text(text):
    assert convert_body(f"Ghi {text} ở đây.") == Converted((f"<p>Ghi {text} ở đây.</p>",), f"Ghi {text} ở đây.", frozenset(), ())


# ── frames and objects: what would be lost is told ──────────────────────────────────────────────────────────────────────


def frame(src, title="", block=True, empty=True, line=1):
    return FrameLink(src, title, block, empty, line)


@pytest.mark.parametrize(
    ("body", "parts", "text"),
    [
        ("<iframe src='https://a.vn/' title='Buổi  phát'></iframe>", (frame("https://a.vn/", "Buổi phát"),), "Buổi phát"),
        (
            "A\n\n<IFRAME\n SRC=https://a.vn/?b=1&amp;c=2\n onload=x></IFRAME>",
            ("<p>A</p>\n", frame("https://a.vn/?b=1&c=2", line=4)),
            "A",
        ),
        ("> <iframe src=a></iframe>", ("<blockquote>\n", frame("a"), "\n</blockquote>"), ""),
        ("- <iframe src=a></iframe>\n- b", ("<ul>\n<li>", frame("a"), "</li>\n<li>b</li>\n</ul>"), "b"),
        ("A <iframe src=a></iframe> b", ("<p>A ", frame("a", block=False), " b</p>"), "A\nb"),
        ("**<iframe src=a></iframe>**", ("<p><strong>", frame("a", block=False), "</strong></p>"), ""),
        ("[<iframe src=a></iframe>](/b/)", ("<p><a", Link("/b/", 1), ">", frame("a", block=False), "</a></p>"), ""),
        ("## <iframe src=a></iframe>", ('<h2 id="muc">', frame("a", block=False), "</h2>"), ""),
        ("<iframe src=a>\n\n## B\n\nC", (frame("a", empty=False),), ""),
        ("<iframe src=a />\n\nB", (frame("a", empty=False),), ""),
        ("<iframe src=a><h2 id=b>B</h2></iframe>", (frame("a", empty=False),), ""),
        ("<iframe src=a><iframe src=b></iframe>", (frame("a", empty=False),), ""),
        ("<iframe srcdoc='<b>x</b>' src=a></iframe>", (frame("about:srcdoc"),), ""),
        ("<iframe></iframe>", (frame(""),), ""),
        ("<iframe src='java&Tab;script:x'></iframe>", (frame("java\tscript:x"),), ""),
        ("`<iframe src=a>`", ("<p><code>&lt;iframe src=a&gt;</code></p>",), "<iframe src=a>"),
        (
            "<a href='/b/' title='<iframe src=a></iframe>'>x</a>",
            ("<p><a", Link("/b/", 1), ' title="&lt;iframe src=a&gt;&lt;/iframe&gt;">x</a></p>'),
            "x",
        ),
        (
            "A\n\n<iframe src=a></iframe>\n\n<iframe src=b></iframe>",
            ("<p>A</p>\n", frame("a", line=3), "\n\n", frame("b", line=5)),
            "A",
        ),
    ],
)
def test_a_frame_becomes_a_part_with_its_content(body, parts, text):
    converted = convert_body(body)
    assert (parts, text, ()) == (converted.parts[: len(parts)], converted.text, converted.headings[1:])


@pytest.mark.parametrize(
    "around", ["svg", "math", "math><mtext", "svg><foreignObject", "noscript", "template", "select", "table", "xmp", "title"]
)
@pytest.mark.parametrize(
    "frame", ["<iframe src=a></iframe>", "<iframe src=a>", "<iframe srcdoc='&lt;iframe>'>", "&lt;iframe src=a>", "<iframe"]
)
def test_no_frame_is_left_in_the_html_itself(around, frame):
    for body in (f"<{around}>{frame}</{around}>", f"A <{around}>{frame}", f"{frame}<{around}>{frame}<p title='{frame}'>"):
        assert not [
            part for part in convert_body(body).parts if isinstance(part, str) and re.search("<iframe", part, re.IGNORECASE)
        ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A\n\n<object data='/media/a.pdf'>x</object>", (ObjectLink("object", 3),)),
        ("A <embed src='https://a.vn/?b=1&amp;c=2'>", (ObjectLink("embed", 1),)),
        ("A\n\n<SVG viewBox='0 0 1 1'><circle/></SVG>", (ObjectLink("svg", 3),)),
        ("<video>\n<source src=a>\n</video>\n\n<audio src=b></audio>", (ObjectLink("video", 1), ObjectLink("audio", 5))),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", (ObjectLink("math", 1),)),
        ("A\n\n<frameset><frame src=a></frameset>", (ObjectLink("frame", 3),)),
        ("<object><embed src=a></object>", (ObjectLink("object", 1), ObjectLink("embed", 1))),
        ("`<video src=a>` <!-- <video> --> <span title='<svg>'>&lt;svg></span>", ()),
        ("<font color=red>A</font> <form><input></form><script>'<video>'</script>", ()),
    ],
)
def test_an_object_is_noted_with_its_line(body, expected):
    assert expected == convert_body(body).objects


# ── headings and ids ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((1,), (2,)),
        ((2,), (2,)),
        ((3,), (2,)),
        ((6,), (2,)),
        ((1, 2, 3), (2, 3, 4)),
        ((2, 3, 4), (2, 3, 4)),
        ((2, 4), (2, 3)),
        ((1, 4, 2), (2, 3, 3)),
        ((2, 3, 2, 4), (2, 3, 2, 3)),
        ((1, 1), (2, 2)),
        ((1, 2, 3, 4, 5, 6), (2, 3, 4, 5, 6, 6)),
        ((2, 1), (2, 2)),
    ],
)
def test_headings_begin_at_the_second_level_and_skip_none(levels, expected):
    body = "\n\n".join(f"{'#' * level} Mục" for level in levels)
    actual = tuple(int(level) for level in re.findall(r"<h(\d)", html(body)))
    assert expected == actual


def test_ids_of_headings_are_folded_and_unique():
    body = "## Đường dẫn\n\n## Đường dẫn\n\n### Mục 2.1: Số hoá!\n\n## ???\n\n## ***Đậm***"
    converted = convert_body(body)
    assert converted.headings == (
        ("duong-dan", "Đường dẫn"),
        ("duong-dan_1", "Đường dẫn"),
        ("muc", "???"),
        ("dam", "Đậm"),
    )
    assert converted.anchors == {"duong-dan", "duong-dan_1", "muc-2-1-so-hoa", "muc", "dam"}


def test_a_heading_that_begins_with_the_usual_abbreviation_has_an_id():
    converted = convert_body("## CĐS là gì?\n\nA")
    (id_,) = converted.anchors
    assert ((id_, "CĐS là gì?"),) == converted.headings
    assert id_ == "cds-la-gi"


@pytest.mark.parametrize(
    ("body", "expected", "anchors"),
    [
        ('<h2 id="cds--menu">A</h2>', "<h2>A</h2>", set()),
        ('<h2 id="a">A</h2>\n\n<h3 id="a">B</h3>', '<h2 id="a">A</h2>\n\n<h3>B</h3>', {"a"}),
        ('## A\n\n<h2 id="a">B</h2>', '<h2 id="a">A</h2>\n<h2>B</h2>', {"a"}),
        ('<h2 id="a b">A</h2>', "<h2>A</h2>", set()),
        ('<p id="a">A</p>', "<p>A</p>", set()),
        ('<h2 id="mục-1">A</h2>', '<h2 id="mục-1">A</h2>', {"mục-1"}),
    ],
)
def test_raw_ids_are_unique_and_out_of_the_space_of_the_theme(body, expected, anchors):
    assert (expected, anchors) == (html(body), convert_body(body).anchors)


def test_nothing_is_left_from_one_body_in_the_next():
    first = convert_body("## A\n\nB[^1]\n\n*[CĐS]: Chuyển đổi số\n\n[^1]: C")
    convert_body("## A\n\n[^1]: D\n\nE[^1] [x]\n\n[x]: /y/")
    assert first == convert_body("## A\n\nB[^1]\n\n*[CĐS]: Chuyển đổi số\n\n[^1]: C")
    assert html("## A\n\nCĐS [x]") == '<h2 id="a">A</h2>\n<p>CĐS [x]</p>'


# ── parts of a body ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tables_have_column_heads_and_classes_for_their_alignment():
    body = "| A | B | C | D |\n|:-:|--:|---|:--|\n| 1 | 2 | 3 | 4 |"
    assert html(body) == (
        '<table>\n<thead>\n<tr>\n<th class="cds-align-center" scope="col">A</th>\n<th class="cds-align-right" scope="col">B</th>\n'
        '<th scope="col">C</th>\n<th scope="col">D</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="cds-align-center">1</td>\n'
        '<td class="cds-align-right">2</td>\n<td>3</td>\n<td>4</td>\n</tr>\n</tbody>\n</table>'
    )


def test_a_footnote_leads_there_and_back():
    assert html("Câu[^1].\n\n[^1]: Chú.") == (
        '<p>Câu<sup id="fnref:1"><a {#fn:1}>1</a></sup>.</p>\n<div>\n<hr>\n<ol>\n<li id="fn:1">\n'
        '<p>Chú.&nbsp;<a {#fnref:1} title="Quay lại chỗ có chú thích 1">↩</a></p>\n</li>\n</ol>\n</div>'
    )
    assert convert_body("Câu[^1].\n\n[^1]: Chú.").anchors == {"fn:1", "fnref:1"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("*[CĐS]: Chuyển đổi số\n\nCĐS.", '<p><abbr title="Chuyển đổi số">CĐS</abbr>.</p>'),
        ("Từ\n:   Nghĩa", "<dl>\n<dt>Từ</dt>\n<dd>Nghĩa</dd>\n</dl>"),
        ("> Lời\n\n1. A\n2. B", "<blockquote>\n<p>Lời</p>\n</blockquote>\n<ol>\n<li>A</li>\n<li>B</li>\n</ol>"),
        ("<details><summary>A</summary>B</details>", "<details>\n<summary>A</summary>\n<p>B</p>\n</details>"),
        ("A **đậm** *nghiêng*", "<p>A <strong>đậm</strong> <em>nghiêng</em></p>"),
        ("", ""),
    ],
)
def test_what_a_body_may_hold(body, expected):
    assert expected == html(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('![mô tả](/media/a.jpg "Chú thích")', PictureLink("/media/a.jpg", "mô tả", "Chú thích", True, 1)),
        ("A\n\n![mô tả](a.jpg)", PictureLink("a.jpg", "mô tả", "", True, 3)),
        ('Chữ ![mô tả](a.jpg "Chú") chữ', PictureLink("a.jpg", "mô tả", "Chú", False, 1)),
        ("![](a.jpg)", PictureLink("a.jpg", "", "", True, 1)),
        ("![“a” & <b>](a.jpg \"x 'y' & z\")", PictureLink("a.jpg", "“a” & <b>", "x 'y' & z", True, 1)),
        ('A\n\n<img src="/media/a.jpg" alt="mô  tả" width=9 onerror=x>', PictureLink("/media/a.jpg", "mô tả", "", False, 3)),
        ("![a][x]\n\n[x]: /media/a.jpg 'Chú'", PictureLink("/media/a.jpg", "a", "Chú", True, 3)),
        ("![a](</media/Ảnh 1.jpg>)", PictureLink("/media/Ảnh 1.jpg", "a", "", True, 1)),
    ],
)
def test_a_picture_becomes_a_part_with_its_texts_and_line(body, expected):
    assert [expected] == links(body)


def test_a_picture_alone_takes_the_place_of_its_paragraph():
    assert html("A\n\n![mô tả](a.jpg)\n\nB") == "<p>A</p>\n[a.jpg]\n<p>B</p>"


def test_two_pictures_in_a_row_and_a_linked_one_are_in_their_paragraph():
    assert html("![a](a.jpg) ![b](b.jpg)") == "<p>[a.jpg] [b.jpg]</p>"
    assert html("[![a](a.jpg)](/b/)") == "<p><a {/b/}>[a.jpg]</a></p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A\n\n[x](../a.md#b)", [Link("../a.md#b", 3)]),
        ('[x](/a/ "tên")', [Link("/a/", 1)]),
        ("A\n\n<p><a href='/a/'>x</a></p>", [Link("/a/", 3)]),
        ("[x][1]\n\n[1]: /a/", [Link("/a/", 3)]),
        ("<https://a.vn/>", [Link("https://a.vn/", 1)]),
        ("<so@tinh.gov.vn>", [Link("mailto:so@tinh.gov.vn", 1)]),
        ("[x](https://a.vn/?b=1&c=2)", [Link("https://a.vn/?b=1&c=2", 1)]),
        ("[x]({filename}../a.md)", [Link("{filename}../a.md", 1)]),
        ("[x](</media/Kế hoạch.pdf>)", [Link("/media/Kế hoạch.pdf", 1)]),
        ("[x]()", [Link("", 1)]),
        ("[x](/van-ban/1-qd/)\n\n[y](/van-ban/)", [Link("/van-ban/1-qd/", 1), Link("/van-ban/", 3)]),
        ("Trang /van-ban/ có nhiều.\n\n[y](/van-ban/)", [Link("/van-ban/", 3)]),
    ],
)
def test_a_link_becomes_a_part_with_its_line(body, expected):
    assert expected == links(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## Mục\n\nMột **hai** [ba](/a/) &amp; <b>bốn</b>.\n\n- năm\n- sáu", "Mục\nMột hai ba & bốn.\nnăm\nsáu"),
        ("1 < 2 && \"a\" 'b'", "1 < 2 && “a” 'b'"),
        ("A<script>x</script>\n\n![mô tả](a.jpg)\n\nB", "A\nB"),
        ("Một  \nhai", "Một\nhai"),
        ("```\n<b>\n```", "<b>"),
        ("", ""),
    ],
)
def test_the_plain_text_of_a_body(body, expected):
    assert expected == convert_body(body).text


@pytest.mark.soak
def test_without_what_cannot_match_a_body_is_converted_the_same(monkeypatch):
    """Patterns and extensions whose mark the body has not are left out; odd bodies by seed."""
    chance = random.Random(SEED + 20261125)
    compared = 0
    for _ in range(20_000 if SOAK else 1200):
        text = neutralised(fuzz.body(chance).decode())[:2000]
        if forbidden_in(text) or forbidden_reference(text):
            continue
        results = []
        for marks in (python_markdown._markdown, lambda body: python_markdown._converter(frozenset(python_markdown._MARKS))):
            with monkeypatch.context() as patched:
                patched.setattr(python_markdown, "_markdown", marks)
                results.append(run_limited(_outcome, text, 3))
        if Failure.SLOW not in results:
            compared += 1
            assert results[0] == results[1], text
    assert compared > 300


def _outcome(text):
    try:
        return convert_body(text)
    except Tangled as tangled:
        return tangled.line
