"""Words of a query: what they weigh, and how unknown ones are mended."""

from itertools import pairwise

import pytest

from chuyendoiso.outputs.search.constants import CONSTANTS
from chuyendoiso.outputs.search.query import parse
from chuyendoiso.outputs.search.ranking import best_passages, judge, quoted_passages, search
from chuyendoiso.outputs.search.spelling import candidates, from_telex, mend, understand
from chuyendoiso.outputs.search.words import acronyms, joined, plain, syllables

RECORDS = (
    {
        "href": "/a/",
        "title": "Xem hội nghị",
        "passages": [["", "", "Bốn bước."], ["m", "Mạng", "Vào mạng không dây (Wi-Fi) của nhà."]],
    },
    {"href": "/b/", "title": "Văn bản mới", "number": "Quyết định 749/QĐ-TTg", "passages": [["", "", "Chuyển đổi số quốc gia."]]},
    {"href": "/c/", "title": "Tin Facebook", "passages": [["", "", "Quyết định 749/QĐ-TTg nói về AI và hội nghị trực tuyến."]]},
)


class Index:
    items = len(RECORDS)
    synonyms = ((("cds",), ("chuyen", "doi", "so")), (("internet",), ("mang",)))

    def record(self, item):
        return RECORDS[item]

    def text(self, item):
        record = RECORDS[item]
        return "\n".join([record["title"], record.get("number", ""), *(f"{head}\n{text}" for _, head, text in record["passages"])])

    def terms(self, text):
        words = [plain(word) for word in syllables(text)]
        marked = [f"={word}" for word in syllables(text)]
        pairs = [f"{left} {right}" for left, right in pairwise(words)]
        return {*words, *marked, *pairs, *joined(text), *acronyms(text)}

    def holders(self, term):
        held = [item for item in range(self.items) if term in self.terms(self.text(item))]
        return held, [item for item in held if term in self.terms(RECORDS[item]["title"])]

    def words(self):
        return {word for item in range(self.items) for word in self.terms(self.text(item)) if " " not in word}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("xem hoi nghi", "/a/"), ("hội nghị trực tuyến", "/c/"), ("qd749", "/b/"), ("749 QĐ TTg", "/b/"), ("quyet dinh 749", "/b/"), ("wifi", "/a/"), ("wi-fi", "/a/"),
        ("internet", "/a/"), ("CĐS quốc gia", "/b/"), ("faceb", "/c/"), ("hooij nghij truwcj tuyeens", "/c/"), ("hoi nghi truc tuyrn", "/c/"), ("AI là gì", "/c/"), ("hộinghịtrựctuyến", "/c/"), ("mangkhongday", "/a/"), ("quyetdinh749", "/b/"),
    ],
)  # fmt: skip
def test_what_a_query_finds_first(query, first):
    ranked = search(query, Index())[1]
    assert RECORDS[ranked[0].item]["href"] == first


@pytest.mark.parametrize("query", ["", "???", "khongcogi", "🙂", "<b>"])
def test_what_finds_nothing(query):
    assert search(query, Index())[1] == []


def best(query):
    return best_passages(search(query, Index())[1])[0]


def test_a_passage_and_its_share():
    one, passage = best("mạng không dây của nhà")
    assert (one.item, passage.number) == (0, 1)
    assert passage.share == pytest.approx(1)
    assert best("mạng không dây ở chợ huyện")[1].share < 0.7


@pytest.mark.parametrize(
    ("query", "share"),
    [
        ("mạng không dây", 1), ("mang khong day", 1), ("mãng không dây", 0.5), ("internet không dây", 1), ("hồi ấy quyết định 749", 1), ("thông báo quyết định 749", 0.8), ("quyết định 750", 0.35),
        ("là gì", 0),
    ],
)  # fmt: skip
def test_what_a_passage_has_of_a_query(query, share):
    """Marks count as they are typed; a synonym is the word; a number is worth three."""
    shares = [passage.share for _, passage in best_passages(search(query, Index())[1])]
    assert max(shares, default=0) == pytest.approx(share, abs=0.2)


@pytest.mark.parametrize(
    ("query", "verdict"),
    [("mạng không dây", "answer"), ("mạng không dây nhà chợ", "related"), ("chợ huyện ở mạng nào", "none"), ("", "none")],
)
def test_a_verdict(query, verdict):
    assert judge(search(query, Index())[1]) == verdict


@pytest.mark.parametrize(
    ("query", "items"),
    [("quyết định 749 nói về AI", [2, 1]), ("quyết định quốc gia", [1]), ("chuyển đổi số quốc gia hội nghị", [])],
)
def test_a_passage_that_alone_would_be_refused_is_not_quoted(query, items):
    ranked = search(query, Index())[1]
    assert [one.item for one, _ in quoted_passages(ranked)] == items
    assert best_passages(ranked)


@pytest.mark.parametrize(
    ("question", "answers", "other"),
    [
        ("giá máy này bao nhiêu?", "Máy giá 2,5 triệu đồng.", "Máy có 4 nút."),
        ("hết bao nhiêu tiền một tháng", "Xem thì miễn phí.", "Xem trong 3 tháng."),
        ("Ai là giám đốc sở?", "Giám đốc là ông Trần Văn B.", "Giám đốc sở ở Nam Định."),
        ("cụ hưu trí ấy tên gì", "Đó là cụ Nguyễn Thị A.", "Một cụ hưu trí ở phường Trường Thi."),
        ("Số điện thoại của sở?", "Gọi 0228 385 0000.", "Gọi cho sở trước ngày 10/10/2022."),
        ("mấy giờ thì họp", "Họp lúc 13:30.", "Họp ngày 05/10/2022."),
        ("Bao giờ có hiệu lực?", "Từ ngày 01/07/2026.", "Khi luật có hiệu lực."),
        ("họp trong bao lâu", "Họp 90 phút.", "Họp ở 90 điểm cầu."),
        ("có bao nhiêu người dự", "Có 22.780 người dự.", "Có chín hội nghị."),
        ("tinh co may huyen", "Tỉnh có mười huyện.", "Tỉnh và huyện họp."),
        ("Vì sao họp trực tuyến?", "Họp trực tuyến vì có dịch.", "Họp trực tuyến ở tỉnh."),
        ("tỉnh đứng thứ mấy", "Tỉnh đứng thứ nhất.", "Tỉnh đứng ra tổ chức."),
        ("phủ được bao nhiêu phần trăm", "Phủ 95%.", "Phủ khắp tỉnh."),
    ],
)
def test_a_passage_without_the_kind_of_answer_that_is_asked_for_is_worth_less(monkeypatch, question, answers, other):
    def share(text):
        monkeypatch.setitem(RECORDS[0], "passages", [["", "", "Tóm tắt."], ["m", "", f"{question.rstrip('?')}. {text}"]])
        return best(question)[1].share

    assert (share(answers), share(other)) == (pytest.approx(1), pytest.approx(CONSTANTS["unfit"]))


@pytest.mark.parametrize(
    "question",
    [
        "Mạng không dây là gì?", "mang khong day la cai gi vay", "Cho tôi hỏi mạng không dây nghĩa là gì ạ", "thế nào là mạng không dây", "giải thích mạng không dây",
        "cụm từ mạng không dây được hiểu thế nào", "mạng không dây là viết tắt của từ gì", "khái niệm mạng không dây", "em chưa hiểu mạng không dây là sao ạ",
        "mạng không dây là cái gì, giải thích cho người già", "dòng chữ mạng không dây trên trang nghĩa là gì", "mạng không dây ở trong nhà là gì", "chữ mạng không dây trên tờ giấy nghĩa là gì",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "definition",
    ["Mạng không dây: không cần cáp.", "Wi-Fi (mạng không dây): không cần cáp.", "Từ: Mạng không dây; Nghĩa: không cần cáp.", "Ai cũng dùng. Mạng không dây là mạng không có cáp."],
)  # fmt: skip
def test_who_asks_what_a_thing_is_gets_its_definition(monkeypatch, question, definition):
    more = "Ai cũng nói mạng không dây, mạng không dây."
    monkeypatch.setitem(RECORDS[0], "passages", [["", "", "Tóm tắt."], ["a", "", more], ["b", "", definition]])
    assert (best(question)[1].number, best("mạng không dây chợ")[1].number) == (2, 1)


def test_the_words_decide_that_few_passages_of_an_item_have(monkeypatch):
    """What every passage has says only that the item is right."""
    texts = ["Mạng không dây nhanh.", "Mạng không dây rẻ.", "Mạng không dây tốt. Mạng không dây bền.", "Mất điện thì dùng mạng."]
    monkeypatch.setitem(RECORDS[0], "passages", [["", "", "Tóm tắt."], *(["m", "", text] for text in texts)])
    one, passage = best("mạng không dây lúc điện yếu")
    assert (one.item, passage.number) == (0, 4)
    assert passage.score < max(other.score for other in one.passages)  # by the rarity of words on the site
    assert one.passages[0] == passage


def test_the_words_around_a_term_are_not_missed_in_its_definition(monkeypatch):
    monkeypatch.setitem(RECORDS[0], "passages", [["", "", "Tóm tắt."], ["b", "", "Mạng không dây: không cần cáp."]])
    assert [best(question)[1].share for question in ("giải thích mạng không dây", "giải thích cho em mạng chợ")] == [
        1,
        pytest.approx(0.5, abs=0.1),
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Dạ em chào anh chị, em ở xã Giao Thủy, cho em hỏi lịch họp ở đâu ạ? Em cảm ơn anh chị nhiều.", "lich hop o dau"),
        ("Kính gửi Sở Thông tin và Truyền thông, tôi xin hỏi: lịch họp. Rất mong nhận được phản hồi của Sở. Trân trọng cảm ơn!", "lich hop"),
        ("alo ad oi lich hop the nhi", "lich hop"), ("Ai biết lịch họp chỉ giúp em với ạ", "lich hop"), ("hỏi chút, lịch họp vậy mọi người", "lich hop"),
        ("lịch họp, nhờ cán bộ trả lời giúp", "lich hop"), ("Hội nghị cho em hỏi đáp", "hoi nghi cho em hoi dap"), ("cho hội nghị mượn máy", "cho hoi nghi muon may"),
        ("tỉnh có tính làm AI trả lời người dân không", "tinh co tinh lam ai tra loi nguoi dan khong"), ("giúp người thân dùng dịch vụ công", "giup nguoi than dung dich vu cong"),
        ("Tôi mất máy, cho tôi hỏi phải làm thế nào", "toi mat may cho toi hoi phai lam the nao"), ("xin cảm ơn", "xin cam on"),
    ],
)  # fmt: skip
def test_courtesies_are_not_searched(text, kept):
    """What is left has a word of content; else all is searched."""
    assert " ".join(parse(text, Index()).words) == kept


def test_only_what_is_to_come_answers_for_these_days(monkeypatch):
    def share(state):
        monkeypatch.setitem(RECORDS[0], "state", state)
        monkeypatch.setitem(RECORDS[0], "passages", [["", "", "Tóm tắt."], ["m", "", "Hội nghị tuần tới, sắp tới, hôm nay ở xã."]])
        return [best(f"hội nghị {when} ở xã")[1].share for when in ("tuần tới", "sắp tới", "hom nay")]

    assert share("Sắp diễn ra") == [1, 1, 1]
    assert share("Đã kết thúc") == [CONSTANTS["unfit"]] * 3


def test_a_summary_is_a_passage_of_an_answered_question_alone(monkeypatch):
    assert 0 not in [passage.number for _, passage in best_passages(search("bốn bước mạng không dây", Index())[1])]
    monkeypatch.setitem(RECORDS[0], "answer", True)
    assert 0 in [passage.number for _, passage in best_passages(search("bốn bước mạng không dây", Index())[1])]


def test_a_session_that_is_over_gives_way(monkeypatch):
    before = {one.item: one.score for one in search("hội nghị", Index())[1]}
    monkeypatch.setitem(RECORDS[0], "over", True)
    after = {one.item: one.score for one in search("hội nghị", Index())[1]}
    assert after == {**before, 0: pytest.approx(before[0] * CONSTANTS["over"])}


@pytest.mark.parametrize(
    ("query", "weight"), [("quyết định 749", "number"), ("qd749", "number"), ("Quyết định 749 nói gì?", "cited"), ("quyết định mới", ""), ("749 người", "")]
)  # fmt: skip
def test_a_document_stands_above_news_when_its_number_is_typed(monkeypatch, query, weight):
    def score():
        return next(one.score for one in search(query, Index())[1] if one.item == 1)

    before = score()
    for name in ("number", "cited"):
        monkeypatch.setitem(CONSTANTS, name, CONSTANTS[name] * (2 if name == weight else 5))
    assert score() == pytest.approx(before * (2 if weight else 1))


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("hộinghị", ["hội", "nghị"]), ("kýhiệu", ["kýhiệu"]), ("nghihoi", ["nghihoi"]), ("hoinghix", ["hoinghix"]), ("mangkhongday", ["mang", "khong", "day"]), ("12", ["12"]),
        ("nghi5", ["nghi"]), ("tru75c", ["truc"]), ("d9o63i", ["doi"]), ("nq57", ["nq", "57"]), ("cho75", ["cho", "75"]), ("cds", ["chuyen", "doi", "so"]), ("internet", ["mang"]),
    ],
)  # fmt: skip
def test_what_an_unknown_word_stands_for(word, words):
    """The parts of a cut word are known pairs; VNI without its digits is a known word."""
    assert understand(word, Index()) == words


def test_a_word_is_mended_to_a_known_pair_alone():
    index = Index()
    assert mend(("hoi", "nghu", "truc"), index) == ("hoi", "nghi", "truc")
    assert mend(("hoi", "nghu", "truc"), index, {"nghu"}) == ("hoi", "nghu", "truc")
    assert mend(("con", "nghu"), index) == ("con", "nghu")
    assert parse("hội nghù", index).mended == ("hoi", "nghi")
    assert parse("ko hội ntn", index).mended == ()  # of chats, not "to"


def test_who_asks_what_an_acronym_is_need_not_write_it_large(monkeypatch):
    monkeypatch.setattr(Index, "synonyms", ((("tri", "tue"), ("ai",)),))
    monkeypatch.setitem(RECORDS[2], "passages", [["", "", "Tóm tắt."], ["a", "", "Trí tuệ (AI): phần mềm."], ["b", "", "Dùng AI."]])
    for question in ("AI là gì", "ai là gì", "AI LÀ GÌ", "trí tuệ là gì"):
        one, passage = best(question)
        assert (one.item, passage.number, passage.share) == (2, 1, 1)
    assert "tri" not in parse("ai họp", Index()).terms
    assert "tri" in parse("dùng AI", Index()).terms


def test_what_does_not_define_is_only_related_to_who_asks_for_a_definition(monkeypatch):
    text = "Có thể nghĩ mạng không dây là mua máy. Nay mạng không dây (Wi-Fi) rẻ."
    monkeypatch.setitem(RECORDS[0], "passages", [["", "", "Tóm tắt."], ["a", "", text]])
    assert [best(question)[1].share for question in ("mạng không dây", "mạng không dây là gì", "wifi là gì")] == [1, 0.8, 0.8]


def test_a_clause_may_be_the_question():
    story, question = "Nhà tôi ở chợ huyện nghe nói rất hay", "xem mạng không dây"
    assert best(f"{story} {question}")[1].share < 0.6
    assert best(f"{story}. {question}?")[1].share == pytest.approx(CONSTANTS["clause"])
    assert best(f"{story}, không dây?")[1].share < 0.6  # too little to be one


def test_the_number_of_another_document_is_not_there():
    assert best("Quyết định 749/QĐ-TTg")[1].share == 1
    assert best("Quyết định 749/QĐ-UBND")[1].share < 0.6


def test_letters_and_digits_are_two_words_if_the_site_has_not_the_one(monkeypatch):
    assert parse("4g nq09", Index()).words == ("4", "g", "nq", "9")
    monkeypatch.setitem(RECORDS[2], "passages", [["", "", "Sóng 4G."]])
    assert parse("4g nq09", Index()).words == ("4g", "nq", "9")


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("01/07/2025", "172025"), ("1/7/2025", "172025"), ("01.07.2025", "172025"), ("22.780", "22780"), ("1.050", "1050"), ("09-NQ/TU", "9nqtu"), ("9-nq/tu", "9nqtu"),
        ("Wi-Fi", "wifi"),
    ],
)  # fmt: skip
def test_what_signs_join(text, joins):
    assert joined(text) == [joins]


def test_a_mended_word_counts_for_less():
    terms = parse("quyet dinj", Index()).terms
    assert terms == {"quyet": 1, "dinh": CONSTANTS["mended"], "quyet dinh": CONSTANTS["mended"]}


def test_a_word_of_the_table_of_synonyms_is_not_mended(monkeypatch):
    assert parse("nguoi mang hoi nghu", Index()).mended
    monkeypatch.setattr(Index, "synonyms", ((("nghu",), ("hop",)),))
    assert not parse("nguoi mang hoi nghu", Index()).mended


def test_a_pair_of_function_words_may_be_a_word_without_its_marks():
    assert parse("do thi", Index()).terms == {
        "do": CONSTANTS["function"],
        "thi": CONSTANTS["function"],
        "do thi": CONSTANTS["both"],
    }


def test_without_marks_what_may_be_a_word_of_a_spoken_question_counts_for_less():
    """A "gio" may be "giờ"; who types marks, and "gio", does not mean that."""
    assert best("gio mang nha")[1].share > best("gio mạng nhà")[1].share


@pytest.mark.parametrize(
    ("typed", "word"), [("chuyenr", "chuyen"), ("ddooir", "doi"), ("soos", "so"), ("nghij", "nghi"), ("truwcj", "truc"), ("x", "x")]
)
def test_telex(typed, word):
    assert word in from_telex(typed)


def test_telex_keeps_a_known_word_whole():
    assert from_telex("cdds") == ("cds", "cd")


def test_candidates_differ_by_one_letter():
    assert candidates("nghi", {"nghi", "ngi", "nghia", "hgni", "nhgi", "nghe", "ghe"}) == {"nghi", "ngi", "nghia", "nhgi", "nghe"}
