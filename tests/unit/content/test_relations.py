"""Documents that amend, replace and repeal each other: both sides."""

from datetime import date, datetime

import pytest
from checked_files import listed
from made_items import ZONE
from rich_site import RICH_SITE

from chuyendoiso.content.relations import relate
from chuyendoiso.model.items import Related
from chuyendoiso.model.vocabulary import BOTH_SIDES

AS_OF = datetime(2026, 11, 23, 8, tzinfo=ZONE)


def document(name, number, *lines):
    effect = () if any("effective_on" in line for line in lines) else ("effective_on: 2026-01-01",)
    fields = (f"title: Văn bản {name}", f"document_number: {number}", *(line for line in lines if line != "effective_on:"), *effect)
    return listed(f"van-ban/{name}.md", "\n".join(fields))


def related(*documents, hidden=()):
    live = frozenset(f"van-ban/{file.summary.path.split('/')[2]}.md" for file in documents)
    return relate(documents, live - {f"van-ban/{name}.md" for name in hidden}, RICH_SITE, AS_OF)


def related_paths(relations, *names):
    """Return number and path of related documents, by name and relation."""
    return {
        (name, relation): [(other.number, other.path) for other in others]
        for name in names
        for relation in BOTH_SIDES
        if (others := relations.of(f"van-ban/{name}.md").related[relation])
    }


def test_relations_are_in_the_order_of_their_lists_and_of_the_documents():
    files = [
        document("mot", "1/QĐ-UBND"),
        document("hai", "2/QĐ-UBND", "repeals: [1/QĐ-UBND]", "amends: [4/QĐ-UBND]"),
        document("ba", "3/QĐ-UBND", "amends: [4/QĐ-UBND, 1/QĐ-UBND]", "replaces: [2/QĐ-UBND]"),
        document("bon", "4/QĐ-UBND"),
    ]
    relations = related(*files)
    first, second, third, fourth = (
        (f"{number}/QĐ-UBND", f"/van-ban/{name}/") for number, name in enumerate(("mot", "hai", "ba", "bon"), 1)
    )
    assert related_paths(relations, "mot", "hai", "ba", "bon") == {
        ("mot", "amended_by"): [third],
        ("mot", "repealed_by"): [second],
        ("hai", "amends"): [fourth],
        ("hai", "repeals"): [first],
        ("hai", "replaced_by"): [third],
        ("ba", "amends"): [fourth, first],
        ("ba", "replaces"): [second],
        ("bon", "amended_by"): [second, third],
    }
    assert ({"van-ban/mot.md", "van-ban/hai.md"}, {"van-ban/mot.md", "van-ban/bon.md"}, []) == (
        relations.ended,
        relations.amended,
        relations.problems,
    )


def test_a_document_without_relations_shows_none():
    relations = related(document("mot", "1/QĐ-UBND"))
    assert ([()] * 6, set(), set(), []) == (
        [relations.of("van-ban/mot.md").related[relation] for relation in BOTH_SIDES],
        relations.ended,
        relations.amended,
        relations.problems,
    )


@pytest.mark.parametrize(
    ("day", "amended"), [(None, set()), ("2026-11-22", {"van-ban/cu.md"}), ("2026-11-23", {"van-ban/cu.md"}), ("2026-11-24", set())]
)  # fmt: skip
def test_an_amendment_has_its_effect_from_the_day_of_the_amending_document(day, amended):
    dates = [f"effective_on: {day}"] if day else ["effective_on:"]
    relations = related(document("cu", "1/QĐ-UBND"), document("moi", "2/QĐ-UBND", "amends: [1/QĐ-UBND]", *dates))
    assert (amended, set()) == (relations.amended, relations.ended)
    assert dict(relations.unsure) == ({} if day else {"van-ban/cu.md": [("amended_by", "2/QĐ-UBND")]})
    assert related_paths(relations, "cu") == {("cu", "amended_by"): [("2/QĐ-UBND", "/van-ban/moi/")]}


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("{number: 1/QĐ-UBND, issuing_body: hdnd}", "hai"),
        ("{number: 1/qđ-ubnd, issuing_body: hdnd}", "hai"),
        ("{number: 1/QĐ-UBND, issued_on: 2020-03-01}", "ba"),
        ("{number: 1/QĐ-UBND, issuing_body: ubnd, issued_on: 2026-11-19}", "mot"),
    ],
)
def test_of_documents_with_the_same_number_body_and_day_choose(reference, meant):
    relations = related(
        document("mot", "1/QĐ-UBND"),
        document("hai", "1/QĐ-UBND", "issuing_body: hdnd"),
        document("ba", "1/QĐ-UBND", "issued_on: 2020-03-01"),
        document("moi", "2/QĐ-UBND", f"repeals: [{reference}]"),
    )
    assert ({f"van-ban/{meant}.md"}, []) == (relations.ended, relations.problems)
    assert related_paths(relations, "mot", "hai", "ba") == {(meant, "repealed_by"): [("2/QĐ-UBND", "/van-ban/moi/")]}


def test_a_hidden_document_is_named_and_names_none():
    files = [
        document("mot", "1/QĐ-UBND", "amends: [2/QĐ-UBND]"),
        document("hai", "2/QĐ-UBND", "replaces: [1/QĐ-UBND]"),
    ]
    relations = related(*files, hidden=("hai",))
    assert relations.of("van-ban/mot.md").related["amends"] == (Related("2/QĐ-UBND", None, None),)
    assert related_paths(relations, "mot", "hai") == {
        ("mot", "amends"): [("2/QĐ-UBND", None)],
        ("hai", "replaces"): [("1/QĐ-UBND", "/van-ban/mot/")],
        ("hai", "amended_by"): [("1/QĐ-UBND", "/van-ban/mot/")],
    }
    assert (set(), {"van-ban/hai.md"}) == (relations.ended, relations.amended)


def test_a_document_of_another_site_is_named_by_number_body_and_day():
    reference = "{number: 9/NQ-HĐND, issuing_body: hdnd, issued_on: 2020-02-03}"
    relations = related(document("mot", "1/QĐ-UBND"), document("hai", "2/QĐ-UBND", f"replaces: [{reference}, 1/QĐ-UBND]"))
    assert relations.of("van-ban/hai.md").related["replaces"] == (
        Related("9/NQ-HĐND", None, None, "Hội đồng nhân dân", date(2020, 2, 3)),
        Related(number="1/QĐ-UBND", path="/van-ban/mot/", title="Văn bản mot"),
    )
    assert ({"van-ban/mot.md"}, []) == (relations.ended, relations.problems)


UNKNOWN = (
    'Văn bản "{0}" không có trên trang. '
    "Cách sửa: sửa lại số, hoặc ghi đủ {{number: {0}, issuing_body: …, issued_on: …}}. [unknown-relation]"
)
SELF = 'Văn bản "1/QĐ-UBND" ghi quan hệ với chính nó. Cách sửa: xóa dòng này. [self-relation]'
UNCLEAR = (
    'Số "1/QĐ-UBND" có ở nhiều văn bản: content/van-ban/mot.md, content/van-ban/hai.md. '
    "Cách sửa: ghi thêm issuing_body và issued_on của văn bản muốn nói. [unclear-relation]"
)
DUPLICATE = (
    'Văn bản "1/QĐ-UBND" cùng cơ quan, cùng ngày đã có ở content/van-ban/mot.md. '
    "Cách sửa: giữ một tệp, xóa tệp kia, hoặc sửa số. [doubled-document]"
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"mot": ("1/QĐ-UBND", "amends:", "  - 8/QĐ-UBND")}, [f"mot.md:12: {UNKNOWN.format('8/QĐ-UBND')}"]),
        (
            {"mot": ("1/QĐ-UBND", "repeals:", "  - {number: 8/QĐ-UBND, issuing_body: hdnd}")},
            [f"mot.md:12: {UNKNOWN.format('8/QĐ-UBND')}"],
        ),
        (
            {"mot": ("1/QĐ-UBND", "repeals:", "  - {number: 8/QĐ-UBND, issued_on: 2020-02-03}")},
            [f"mot.md:12: {UNKNOWN.format('8/QĐ-UBND')}"],
        ),
        (
            {"hai": ("2/QĐ-UBND",), "mot": ("1/QĐ-UBND", "amends:", "  - 2/QĐ-UBND", "  - 1/qđ-ubnd")},
            ["mot.md:13: " + SELF.replace("1/QĐ-UBND", "1/qđ-ubnd")],
        ),
        (
            {"mot": ("1/QĐ-UBND",), "hai": ("1/QĐ-UBND", "issuing_body: hdnd"), "ba": ("3/QĐ-UBND", "replaces: [1/QĐ-UBND]")},
            [f"ba.md:11: {UNCLEAR}"],
        ),
        (
            {"mot": ("1/QĐ-UBND",), "hai": ("1/QĐ-UBND", "issuing_body: hdnd", "amends: [1/QĐ-UBND]")},
            [f"hai.md:11: {UNCLEAR}"],
        ),
        (
            {"mot": ("1/QĐ-UBND",), "hai": ("1/QĐ-UBND",), "ba": ("1/QĐ-UBND",), "bon": ("1/QĐ-UBND", "issued_on: 2020-02-03")},
            [f"hai.md:6: {DUPLICATE}", f"ba.md:6: {DUPLICATE}"],
        ),
        (
            {"a": ("1/QĐ-UBND", "status: draft"), "mot": ("1/QĐ-UBND",), "ba": ("3/QĐ-UBND", "replaces: [1/QĐ-UBND]")},
            [f"a.md:6: Bản nháp: {DUPLICATE}"],
        ),
    ],
)
@pytest.mark.parametrize("hidden", [(), ("mot", "ba")])
def test_a_relation_that_does_not_say_which_document_is_a_problem_of_its_line(files, expected, hidden):
    relations = related(*(document(name, *lines) for name, lines in files.items()), hidden=hidden)
    assert [f"content/van-ban/{line}" for line in expected] == [str(problem) for problem in relations.problems]
