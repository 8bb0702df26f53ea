"""What other assistants are answered: words of the site alone, numbers as people cite them, nothing of what is withdrawn."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from conftest import COMMITTED, ROOT, SOAK

from chuyendoiso.ops.assistant_tools import TOOLS, ToolError, parse_arguments
from chuyendoiso.ops.built_site import BuiltSite
from chuyendoiso.ops.search_exam import read_questions, text_of, without_marks
from chuyendoiso.outputs.search.ranking import quoted_passages, search
from chuyendoiso.outputs.search.reader import MixedBuilds
from chuyendoiso.system.site_files import folder_reader

GONE = {
    "id": "tag:x:1",
    "kind": "van-ban",
    "path": "/van-ban/77-qd-ubnd/",
    "changed": "2026-11-20T00:00:00+07:00",
    "reason": "Sai số.",
}


def site(output, now=COMMITTED, **changes):
    """Return the site as it would be read with other members of its manifest."""
    read = folder_reader(output)
    manifest = json.dumps({**json.loads(read("/manifest.json")), **changes}).encode()
    return BuiltSite(lambda path: manifest if path == "/manifest.json" else read(path), now)


def numbers(output, number):
    return [document["number"] for document in TOOLS["validity"].answer(site(output), number=number)["documents"]]


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("Quyết định số 749/QĐ-TTg ngày 03/06/2020 của Thủ tướng Chính phủ", ["749/QĐ-TTg"]),
        ("quyet dinh so 749/QD-TTg ngay 3 thang 6 nam 2020", ["749/QĐ-TTg"]),
        ("Quyết định 749 năm 2020", ["749/QĐ-TTg"]),
        ("Quyết định 749 năm 2021", []),
        ("Nghị quyết số 09-NQ/TU của Tỉnh ủy về chuyển đổi số", ["09-NQ/TU"]),
        ("Nghị định 24/2022", []),
        ("Nghị định 42/2022", ["42/2022/NĐ-CP"]),
        ("Quyết định của Thủ tướng Chính phủ 749/QĐ-TTg", ["749/QĐ-TTg"]),
        ("văn bản về số 5555", []),
        ("qd 794", []),
        ("9", ["09-NQ/TU"]),
        ("0" * 500, []),
        ("１２", []),
    ],
)
def test_validity_of_a_number_as_people_cite_it(committed, cited, found):
    assert numbers(committed, cited) == found


@pytest.mark.parametrize("number", ["hiệu lực", "năm 2020", "ngày 03/06/2020"])
def test_a_day_is_no_number(committed, number):
    with pytest.raises(ToolError, match="number phải có số của văn bản"):
        numbers(committed, number)


@pytest.mark.parametrize("number", ["77/QĐ-UBND", "qd77", "Quyết định số 77/QĐ-UBND ngày 01/02/2024 của Ủy ban nhân dân tỉnh"])
def test_a_withdrawn_document_is_named_by_its_address_alone(committed, number):
    changed = site(committed, withdrawn=[GONE])
    [document] = TOOLS["validity"].answer(changed, number=number)["documents"]
    assert document == {
        "id": "tag:x:1", "url": f"{changed.manifest['url']}van-ban/77-qd-ubnd/", "kind": "Văn bản", "date": "2026-11-20",
        "state": "đã gỡ, không trích", "reason": "Sai số.",
    }  # fmt: skip


def test_what_is_withdrawn_is_not_quoted_from_an_old_index(committed):
    """The index still has the item, the manifest no longer does."""
    items = json.loads(folder_reader(committed)("/manifest.json"))["items"]
    with pytest.raises(MixedBuilds):
        TOOLS["search"].answer(site(committed, items=[item for item in items if "749" not in item["id"]]), query="749/QĐ-TTg")


def test_search_quotes_what_the_page_shows(committed):
    """Up to three passages in the page's order, two of one item too; then the other items."""
    built, doubles = site(committed), 0
    for question in read_questions(ROOT / "tests/questions/inside.jsonl")[:60]:
        ranked = search(question["question"], built.index)[1]
        answer = TOOLS["search"].answer(built, query=question["question"])
        quoted = [text_of(built.index, *found) for found in quoted_passages(ranked)]
        assert [result["passage"] for result in answer["results"] if "passage" in result] == quoted
        assert all("passage" in result for result in answer["results"][: len(quoted)])
        ids = [result["id"] for result in answer["results"]]
        doubles += len(set(ids[: len(quoted)])) < len(quoted)
        assert len(set(ids)) == len(ids) - len(quoted) + len(set(ids[: len(quoted)]))
    assert doubles > 5


@pytest.mark.soak
def test_every_passage_is_on_the_site_word_for_word(committed):
    built = site(committed)
    questions = [question["question"] for question in read_questions(ROOT / "tests/questions/inside.jsonl")]
    quoted = 0
    for question in questions[:: 1 if SOAK else 3]:
        for asked in (question, without_marks(question)):
            answer = TOOLS["search"].answer(built, query=asked)
            for result in answer["results"]:
                item = TOOLS["fetch"].answer(built, id=result["id"])
                assert {name: item[name] for name in ("title", "state")} == {name: result[name] for name in ("title", "state")}
                if "passage" in result:
                    text = " ".join(f"{item['summary']} {item['text']}".split())
                    # rows of a table have the heads of their columns, list items their lead: there it is the words that count
                    parts = result["passage"].split() if ": " in result["passage"] else result["passage"].splitlines()
                    assert [part for part in parts if part.strip(";:.,") not in text] == []
                    quoted += 1
    assert quoted > 30


def test_states_follow_the_clock(committed):
    """An answer is stale once it is to be checked again, even if nothing was built since."""
    later = site(committed, now=datetime(2028, 1, 1, tzinfo=UTC))
    path = "/hoi-dap/ngay-chuyen-doi-so-quoc-gia/"
    assert TOOLS["fetch"].answer(site(committed), id=path)["state"] == "đã kiểm tra"
    assert TOOLS["fetch"].answer(later, id=path)["state"] == "cần kiểm tra lại, có thể không còn đúng"


def test_sessions_of_all_days(small):
    for first, last in (("0001-01-01", "9999-12-31"), ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")):
        arguments = parse_arguments("sessions", {"from": first, "to": last})
        for zone in (UTC, ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("America/Lima")):
            listed = TOOLS["sessions"].answer(site(small, COMMITTED.astimezone(zone)), **arguments)["sessions"]
            assert len(listed) == (2 if first != last else 0)


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("x", {}, "Không có công cụ này. Có: search, fetch, validity, sessions."),
        ("search", {"q": "a"}, "Công cụ search chỉ nhận: query."),
        ("search", {}, "Thiếu query."),
        ("search", {"query": None}, "Thiếu query."),
        ("search", {"query": " "}, "query phải là chữ, không được để trống."),
        ("search", {"query": 5}, "query phải là chữ, không được để trống."),
        ("fetch", {"id": "a" * 2001}, "id dài quá 2.000 ký tự."),
        ("sessions", {"from": "1/12/2026"}, "from phải là một ngày, ví dụ 2026-12-01."),
    ],
)
def test_wrong_arguments(name, arguments, message):
    with pytest.raises(ToolError) as raised:
        parse_arguments(name, arguments)
    assert str(raised.value) == message
