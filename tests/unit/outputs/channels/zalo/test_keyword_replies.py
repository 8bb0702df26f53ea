"""Keywords and replies for the Zalo channel: limits, uniqueness, what is left out, what changed."""

import csv
import io
import random
import re
from dataclasses import replace
from datetime import date

import html5lib
import pytest
from conftest import ROOT, SEED, SOAK
from made_items import SITE, question

from chuyendoiso.model.content_types.question import StaleReason
from chuyendoiso.model.items import ChannelWords
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.ops.reach_report import parse_loads
from chuyendoiso.outputs.channels.zalo.keyword_files import COLUMNS, compare_replies, make_replies_page, make_table, parse_table
from chuyendoiso.outputs.channels.zalo.keyword_replies import (
    MENU,
    KeywordReply,
    assign_keywords,
    complete_sentences,
    make_keywords,
    make_menu,
    make_reply,
)
from chuyendoiso.system.errors import BuildStopped

FORM = re.compile(r"#[a-z0-9_]+")
LONG = "xem-hoi-nghi-truc-tuyen-ve-chuyen-doi-so-o-dau-tren-dien-thoai"


def keywords(*slugs, limit=40):
    return [*assign_keywords([f"/hoi-dap/{slug}/" for slug in slugs], limit).values()]


@pytest.mark.parametrize(
    ("slug", "keyword"),
    [
        ("xem-o-dau", "#xem_o_dau"),
        ("a" * 39, f"#{'a' * 39}"),
        (LONG, "#xem_hoi_nghi_truc_tuyen_ve_92f1ed"),
        ("hoi-dap", "#hoi_dap_898048"),
        ("9", "#9"),
    ],
)
def test_a_keyword_is_made_of_the_slug(slug, keyword):
    assert (keywords(slug), len(keyword) <= 40) == ([keyword], True)


def test_other_questions_change_no_keyword():
    many = [f"{LONG}-{number}" for number in range(300)]
    alone = {slug: keywords(slug) for slug in many}
    assert {slug: [keyword] for slug, keyword in zip(many, keywords(*many), strict=True)} == alone


@pytest.mark.soak
def test_any_slugs_have_keywords_of_their_own():
    chance = random.Random(SEED)
    for _ in range(2_000 if SOAK else 200):
        words = ["".join(chance.choices("ab1", k=chance.randrange(1, 12))) for _ in range(4)]
        slugs = {"-".join(chance.choices(words, k=chance.randrange(1, 12)))[:100].strip("-") for _ in range(40)} - {""}
        limit = chance.choice((16, 20, 40, 80))
        made = keywords(*slugs, limit=limit)
        assert len(set(made)) == len(slugs)
        assert all(FORM.fullmatch(keyword) and len(keyword) <= limit and keyword != MENU for keyword in made)
        shuffled = sorted(slugs, key=lambda slug: chance.random())
        assert set(keywords(*shuffled, limit=limit)) == set(made)


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("Một câu. Hai câu.", 50, "Một câu. Hai câu."),
        ("Một câu. Hai câu.", 16, "Một câu."),
        ("Một câu. Hai câu.", 8, "Một câu."),
        ("Một câu. Hai câu.", 7, ""),
        ("Có 22.780 người. Chín hội nghị.", 20, "Có 22.780 người."),
        ('Gọi là "hội nghị." Rồi thôi.', 20, 'Gọi là "hội nghị."'),
        ("Ở TP. Nam Định. Hết.", 10, ""),
        ("Ở ĐHQG. Nam Định. Hết.", 10, "Ở ĐHQG."),
        ("Không có dấu chấm nào cả", 10, ""),
        ("Thật à?! Thật… Ừ.", 15, "Thật à?! Thật…"),
    ],
)
def test_an_answer_is_cut_at_a_sentence(text, room, kept):
    assert complete_sentences(text, room) == kept


URL = "https://so.tinh.gov.vn/cds/hoi-dap/xem/"


@pytest.mark.parametrize(
    ("answer", "limit", "reply"),
    [
        ("Ở nhà.", 500, f"Ở nhà.\n{URL}"),
        ("Ở nhà. " + "Và ở xã. " * 100, len(URL) + 13, f"Ở nhà.\n{URL}"),
        ("Rất dài " * 100, 60, f"Xem ở đâu?\n{URL}"),
        ("Rất dài " * 100, len(URL) + 13, f"Xem ở đâu?\n{URL}"),
        ("Ở nhà.", len(URL) + 5, URL),
    ],
)
def test_the_address_is_never_cut(answer, limit, reply):
    assert make_reply("Xem ở đâu?", answer, URL, limit) == reply
    assert len(reply) <= limit


@pytest.mark.soak
def test_any_reply_and_any_menu_is_within_its_limit():
    chance = random.Random(SEED)
    for _ in range(5_000 if SOAK else 500):
        text = "".join(chance.choice(("chữ ", "A. ", "số? ", "dài" * 20, " ", "…")) for _ in range(chance.randrange(60))).strip()
        limit = chance.randrange(100, 600)
        reply = make_reply(text[:200] or "?", text, URL, limit)
        assert (reply.endswith(URL), len(reply) <= limit) == (True, True)
        entries = [
            KeywordReply("#" + "a" * chance.randrange(1, 40), text[: chance.randrange(200)], "", "")
            for _ in range(chance.randrange(12))
        ]
        menu = make_menu(entries, limit)
        assert len(menu) <= limit
        assert bool(menu) == bool(entries)
        assert all(line.split(" ")[0] in {entry.keyword for entry in entries} for line in menu.split("\n")[1:])


STALE = (StaleReason(("checked_on",), "hết hạn"),)
LEFT_OUT = [
    {"state": PublicationState.DRAFT}, {"state": PublicationState.SCHEDULED}, {"state": PublicationState.WITHDRAWN},
    {"zalo": ChannelWords(exclude=True)}, {"stale": STALE},
]  # fmt: skip


@pytest.mark.parametrize("changes", LEFT_OUT)
def test_questions_that_do_not_hold_are_left_out(changes):
    made = make_keywords([question("a"), question("b", **changes)], SITE, {})
    assert [reply.keyword for reply in made.replies] == ["#a"]
    assert "#b" not in made.menu.reply


def test_the_menu_has_what_is_asked_most():
    asked = [
        question("doc-nhieu"),
        question("it-cach", also_asked=("Một",)),
        question("nhieu-cach", also_asked=("Một", "Hai")),
        question("moi", checked_on=date(2026, 11, 2)),
        question("cu"),
        *(question(f"khac-{number}") for number in range(9)),
    ]
    made = make_keywords(asked, SITE, {"/hoi-dap/doc-nhieu/": 7})
    assert [entry.keyword for entry in made.menu_entries] == [
        "#doc_nhieu", "#nhieu_cach", "#it_cach", "#moi", "#cu", *(f"#khac_{number}" for number in range(5)),
    ]  # fmt: skip
    assert made.menu.reply.startswith("Nhắn một cú pháp dưới đây để được trả lời:\n#doc_nhieu Xem ở đâu?\n")
    assert (make_keywords([], SITE, {}).menu.reply, len(made.menu.reply) <= 500) == ("", True)


def test_limits_are_those_of_the_site():
    site = replace(SITE, limits=Limits(zalo_keyword=20, zalo_reply=100, zalo_menu=2))
    made = make_keywords([question(LONG, summary="Rất dài " * 50), question("b"), question("c"), question("d" * 100)], site, {})
    assert all(len(reply.keyword) <= 20 and len(reply.reply) <= 100 for reply in (*made.replies, made.menu))
    assert (len(made.menu_entries), made.omitted) == (2, (f"https://so.tinh.gov.vn/cds/hoi-dap/{'d' * 100}/",))
    for name, least in (("zalo_keyword", 16), ("zalo_reply", 100)):
        with pytest.raises(BuildStopped) as stopped:
            make_keywords([], replace(SITE, limits=Limits(**{name: least - 1})), {})
        assert str(stopped.value) == f"limits.{name} trong site.yml quá nhỏ. Cách sửa: ghi từ {least} trở lên."


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_says_what_changed_and_is_read_back():
    first = make_keywords([question("a"), question("b"), question("c")], SITE, {})
    before = parse_table(make_table(compare_replies(first, {})))
    assert list(before) == [MENU, "#a", "#b", "#c"]
    then = make_keywords([question("a"), question("b", summary="Khác rồi."), question("d")], SITE, {})
    changes = compare_replies(then, before)
    assert {reply.keyword: change for change, reply in changes} == {
        MENU: "đã đổi", "#a": "như trước", "#b": "đã đổi", "#d": "mới", "#c": "đã bỏ",
    }  # fmt: skip
    after = parse_table(make_table(changes))
    assert {reply.keyword: change for change, reply in compare_replies(then, after)} == dict.fromkeys(
        (MENU, "#a", "#b", "#d"), "như trước"
    )


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@a", "'=1", "'", "\t=1", 'a"b,c', "a\nb", "<script>", "=\r\nx"])
def test_no_cell_is_computed(text):
    made = make_keywords([question("a", title=text, summary=text)], SITE, {})
    table = make_table(compare_replies(made, {}))
    header, *rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    assert (tuple(header), table[0]) == (COLUMNS, "\ufeff")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert parse_table(table)["#a"] == made.replies[0]


@pytest.mark.parametrize("text", ["", "x", "\ufeffa,b\r\n", '"', ",".join(COLUMNS) + "\r\nmới,#a\r\n"])
def test_what_is_no_table_is_refused(text):
    with pytest.raises((ValueError, TypeError)):
        parse_table(text)


def test_page_loads_are_those_of_the_report():
    rows = "Mục,Loại,Địa chỉ,Số liệu,Trình duyệt,Tổng\r\n"
    rows += "A,Hỏi đáp,/hoi-dap/a/,Mở trang,1,1.234\r\nB,Hỏi đáp,/hoi-dap/b/,Mở trang,1,hơn 12\r\n"
    rows += "C,Hỏi đáp,/hoi-dap/c/,Mở trang,1,dưới 5\r\nC,Hỏi đáp,/hoi-dap/c/,Tờ rơi,1,99\r\nTất cả,Hỏi đáp,,Mở trang,1,9\r\n"
    assert parse_loads(f"\ufeff{rows}") == {"/hoi-dap/a/": 1234, "/hoi-dap/b/": 12, "/hoi-dap/c/": 0}
    with pytest.raises(ValueError, match="no table"):
        parse_loads("a,b\r\n")


def test_the_page_is_escaped_and_complete_in_itself():
    payload = '</textarea><script>alert(1)</script>"&'
    made = make_keywords([question("a", title=f"{payload}?", summary=payload), question("b")], SITE, {})
    gone = KeywordReply("#cu", payload, payload, "https://so.tinh.gov.vn/")
    changes = compare_replies(made, {"#cu": gone})
    page = make_replies_page(f"Trang {payload}", "24/11/2026", made, changes, ROOT / "theme")
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    areas = [area.text for area in tree.iter("textarea")]
    assert areas == [reply.reply for _, reply in changes if reply is not gone]
    assert len(list(tree.iter("script"))) == 1
    assert not [node for node in tree.iter() if "src" in node.attrib or node.tag == "link"]
    labels = {label.attrib["for"] for label in tree.iter("label")}
    assert labels == {node.attrib["id"] for node in tree.iter() if node.tag in {"input", "textarea"}}
    assert "3 mới" in page
    assert "1 đã bỏ" in page
