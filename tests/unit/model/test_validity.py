"""Holds what a moment and relations make of documents and items: the six states of validity, moments, both sides of a relation."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chuyendoiso.content.front_matter import Fields
from chuyendoiso.content.parsed_file import FileContent, ParsedFile, summarize
from chuyendoiso.content.relations import relate
from chuyendoiso.content.schedule import BEGINNING, latest_transition, next_transition, state_at
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.content_types.document import validity_of
from chuyendoiso.model.converted import Converted
from chuyendoiso.model.items import Related
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.site import Issuer, Owner, Site
from chuyendoiso.model.types import KnownIds
from chuyendoiso.model.vocabulary import Kind, PublicationState, Validity

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
KNOWN = KnownIds(ZONE, ("xa-hoi-so",), ("nguoi-dan",), ("ubnd", "ubnd-moi"), ())
AS_OF = datetime(2026, 11, 23, 8, tzinfo=ZONE)
NOTHING = Converted((), "", frozenset(), ())
SITE = Site(
    name="Trang",
    tagline=None,
    url="https://so.tinh.gov.vn/",
    language="vi",
    timezone="Asia/Ho_Chi_Minh",
    feed_authority="tinh.gov.vn,2026",
    owner=Owner(name="Sở", address=None, phone=None, email=None),
    topics=(),
    audiences=(),
    issuers=(
        Issuer(id="ubnd", name="Ủy ban nhân dân", since=None, until=None, successor=None),
        Issuer(id="ubnd-moi", name="Ủy ban nhân dân mới", since=None, until=None, successor=None),
    ),
    channels=(),
    livestream_hosts=(),
    yearly_totals=(),
    limits=Limits(),
)


def fields_of(kind=Kind.DOCUMENT, **changes):
    common = {"title": "Tên", "date": "2026-11-01", "summary": "Tóm tắt", "topic": "xa-hoi-so"}
    record = {
        "document_number": "1/QĐ-UBND",
        "document_type": "Quyết định",
        "issuing_body": "ubnd",
        "issued_on": "2024-01-05",
        "subject": "Về việc",
    }
    own = {Kind.DOCUMENT: record, Kind.TRAINING: {"audience": ["nguoi-dan"]}}.get(kind, {})
    plain = {"title": "Tên", "summary": "Tóm tắt"} if kind is Kind.PAGE else {**common, **own}
    return CONTENT_TYPES[kind].fields.model_validate({**plain, **changes}, context=KNOWN)


def document(name, **changes):
    fields = fields_of(**changes)
    path = f"/van-ban/{name}/"
    complete = FileContent(f"{name}.md", f"content/{name}.md", Fields({}, {}), NOTHING, 20, Kind.DOCUMENT, path, fields)
    return ParsedFile(complete.name, complete.display_path, (), summarize(complete, SITE, "body"), lambda: complete)


def related(*documents, hidden=()):
    live = frozenset(document.name for document in documents if document.name not in hidden)
    return relate(documents, live, SITE, AS_OF)


# ── states of validity ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("dates", "ended", "amended", "expected"),
    [
        ({}, False, False, Validity.UNVERIFIED),
        ({}, False, True, Validity.UNVERIFIED),
        ({}, True, False, Validity.LAPSED),
        ({"effective_on": "2024-01-20"}, False, False, Validity.IN_FORCE),
        ({"effective_on": "2026-11-23"}, False, False, Validity.IN_FORCE),
        ({"effective_on": "2026-11-24"}, False, False, Validity.NOT_YET),
        ({"effective_on": "2024-01-20"}, False, True, Validity.PARTLY_LAPSED),
        ({"effective_on": "2026-11-24"}, False, True, Validity.NOT_YET),
        ({"effective_on": "2024-01-20"}, True, False, Validity.LAPSED),
        ({"effective_on": "2024-01-20"}, True, True, Validity.LAPSED),
        ({"effective_on": "2024-01-20", "expires_on": "2026-11-23"}, False, False, Validity.LAPSED),
        ({"effective_on": "2024-01-20", "expires_on": "2026-11-24"}, False, False, Validity.IN_FORCE),
        ({"expires_on": "2026-11-23"}, False, False, Validity.LAPSED),
        ({"expires_on": "2026-11-24"}, False, False, Validity.UNVERIFIED),
        ({"effective_on": "2024-01-20", "suspended_on": "2026-11-23"}, False, False, Validity.SUSPENDED),
        ({"effective_on": "2024-01-20", "suspended_on": "2026-11-24"}, False, False, Validity.IN_FORCE),
        ({"effective_on": "2024-01-20", "suspended_on": "2026-11-01"}, True, False, Validity.LAPSED),
        ({"suspended_on": "2026-11-01"}, False, False, Validity.SUSPENDED),
    ],
)
def test_validity(dates, ended, amended, expected):
    assert validity_of(fields_of(**dates), ended, amended, AS_OF) is expected


@pytest.mark.parametrize(
    ("dates", "amended", "unsure", "expected"),
    [
        ({"effective_on": "2024-01-20"}, False, ["replaced_by"], Validity.UNVERIFIED),
        ({"effective_on": "2024-01-20"}, False, ["repealed_by"], Validity.UNVERIFIED),
        ({"effective_on": "2024-01-20"}, False, ["amended_by"], Validity.UNVERIFIED),
        ({"effective_on": "2024-01-20"}, True, ["amended_by"], Validity.PARTLY_LAPSED),
        ({"effective_on": "2024-01-20"}, True, ["amended_by", "replaced_by"], Validity.UNVERIFIED),
        ({"effective_on": "2026-12-01"}, False, ["replaced_by"], Validity.NOT_YET),
        ({"effective_on": "2024-01-20", "expires_on": "2026-11-01"}, False, ["replaced_by"], Validity.LAPSED),
        ({}, False, ["amended_by"], Validity.UNVERIFIED),
    ],
)
def test_an_effect_on_an_unknown_day_leaves_the_validity_unverified(dates, amended, unsure, expected):
    assert validity_of(fields_of(**dates), False, amended, AS_OF, unsure) is expected


@pytest.mark.parametrize("number", ["09-NQ/TU", "57-NQ/TW"])
@pytest.mark.parametrize("ended", [False, True])
def test_documents_of_the_party_have_no_validity(number, ended):
    assert validity_of(fields_of(document_number=number, effective_on="2024-01-20"), ended, False, AS_OF) is None


def test_a_day_begins_in_the_zone_of_the_site():
    fields = fields_of(effective_on="2026-11-24")
    before = datetime(2026, 11, 23, 23, 59, tzinfo=ZONE)
    actual = [validity_of(fields, False, False, at) for at in (before, before + timedelta(minutes=1))]
    assert actual == [Validity.NOT_YET, Validity.IN_FORCE]


# ── relations ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("relation", "inverse", "ended", "amended"),
    [
        ("amends", "amended_by", set(), {"cu.md"}),
        ("replaces", "replaced_by", {"cu.md"}, set()),
        ("repeals", "repealed_by", {"cu.md"}, set()),
    ],
)
def test_a_relation_shows_on_both_sides(relation, inverse, ended, amended):
    old = document("cu", title="Văn bản cũ")
    new = document("moi", title="Văn bản mới", document_number="2/QĐ-UBND", effective_on="2026-01-01", **{relation: ["1/QĐ-UBND"]})
    relations = related(old, new)
    assert (ended, amended, []) == (relations.ended, relations.amended, relations.problems)
    assert relations.of("moi.md").related[relation] == (Related(number="1/QĐ-UBND", path="/van-ban/cu/", title="Văn bản cũ"),)
    assert relations.of("cu.md").related[inverse] == (Related(number="2/QĐ-UBND", path="/van-ban/moi/", title="Văn bản mới"),)


@pytest.mark.parametrize(
    ("effective_on", "ended"),
    [(None, set()), ("2026-11-23", {"cu.md"}), ("2026-11-24", set()), ("2027-01-01", set())],
)
@pytest.mark.parametrize("relation", ["replaces", "repeals"])
def test_a_repeal_has_its_effect_from_the_day_the_repealing_document_has_it(effective_on, ended, relation):
    dates = {"effective_on": effective_on} if effective_on else {}
    relations = related(document("cu"), document("moi", document_number="2/QĐ-UBND", **dates, **{relation: ["1/QĐ-UBND"]}))
    assert ended == relations.ended
    assert dict(relations.unsure) == (
        {} if effective_on else {"cu.md": [(f"{relation.removesuffix('s')}d_by".replace("repeald", "repealed"), "2/QĐ-UBND")]}
    )
    assert [
        document.path for document in relations.of("cu.md").related[{"replaces": "replaced_by", "repeals": "repealed_by"}[relation]]
    ] == ["/van-ban/moi/"]


def test_a_draft_scheduled_or_withdrawn_document_has_no_effect_on_another_and_is_not_shown_there():
    old = document("cu", effective_on="2024-01-20")
    new = document("moi", document_number="2/QĐ-UBND", repeals=["1/QĐ-UBND"], amends=["1/QĐ-UBND"])
    relations = related(old, new, hidden={"moi.md"})
    assert (set(), set()) == (relations.ended, relations.amended)
    assert (relations.of("cu.md").related["repealed_by"], relations.of("cu.md").related["amended_by"]) == ((), ())


def test_a_hidden_document_is_named_without_a_link():
    old = document("cu", title="Văn bản cũ")
    new = document("moi", document_number="2/QĐ-UBND", amends=["1/QĐ-UBND"])
    assert related(old, new, hidden={"cu.md"}).of("moi.md").related["amends"] == (Related("1/QĐ-UBND", path=None, title=None),)


def test_a_document_that_is_not_on_the_site_is_named_by_body_and_day():
    reference = {"number": "9/QĐ-UBND", "issuing_body": "ubnd", "issued_on": "2020-02-03"}
    relations = related(document("moi", document_number="2/QĐ-UBND", repeals=[reference]))
    assert relations.of("moi.md").related["repeals"] == (Related("9/QĐ-UBND", None, None, "Ủy ban nhân dân", date(2020, 2, 3)),)
    assert relations.problems == []


def test_the_issuing_body_decides_between_two_documents_with_one_number():
    first, second = document("mot"), document("hai", issuing_body="ubnd-moi")
    second_reference = {"number": "1/QĐ-UBND", "issuing_body": "ubnd-moi"}
    new = document("moi", document_number="2/QĐ-UBND", effective_on="2026-01-01", repeals=[second_reference])
    relations = related(first, second, new)
    assert ({"hai.md"}, []) == (relations.ended, relations.problems)


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (
            [document("moi", repeals=["1/QĐ-UBND"])],
            'content/moi.md:1: Văn bản "1/QĐ-UBND" ghi quan hệ với chính nó. Cách sửa: xóa dòng này. [self-relation]',
        ),
        (
            [document("moi", repeals=["8/QĐ-UBND"])],
            'content/moi.md:1: Văn bản "8/QĐ-UBND" không có trên trang. Cách sửa: sửa lại số, '
            "hoặc ghi đủ {number: 8/QĐ-UBND, issuing_body: …, issued_on: …}. [unknown-relation]",
        ),
        (
            [
                document("mot"),
                document("hai", issued_on="2023-01-05"),
                document("moi", document_number="2/QĐ-UBND", amends=["1/QĐ-UBND"]),
            ],
            'content/moi.md:1: Số "1/QĐ-UBND" có ở nhiều văn bản: content/mot.md, content/hai.md. '
            "Cách sửa: ghi thêm issuing_body và issued_on của văn bản muốn nói. [unclear-relation]",
        ),
        (
            [document("mot"), document("hai")],
            'content/hai.md:1: Văn bản "1/QĐ-UBND" cùng cơ quan, cùng ngày đã có ở content/mot.md. '
            "Cách sửa: giữ một tệp, xóa tệp kia, hoặc sửa số. [doubled-document]",
        ),
        ([document("mot"), document("hai", document_number="1/qđ-ubnd", issuing_body="ubnd-moi")], None),
    ],
)
def test_an_ambiguous_relation_is_reported(documents, expected):
    assert [str(problem) for problem in related(*documents).problems] == ([expected] if expected else [])


# ── moments and states ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"date": "2026-11-23 08:00"}, PublicationState.PUBLISHED),
        ({"date": "2026-11-23 08:01"}, PublicationState.SCHEDULED),
        ({"date": "2099-01-01", "status": "draft"}, PublicationState.DRAFT),
        ({"status": "draft"}, PublicationState.DRAFT),
        ({"status": "withdrawn", "withdrawn_reason": "Trùng."}, PublicationState.WITHDRAWN),
        ({"date": "2099-01-01", "status": "withdrawn", "withdrawn_reason": "Trùng."}, PublicationState.DRAFT),
    ],
)
def test_state_of_an_item(changes, expected):
    fields = fields_of(Kind.NEWS, **changes)
    assert state_at(fields.status, fields.date, AS_OF) is expected


def test_a_page_has_no_date_and_is_published():
    page = fields_of(Kind.PAGE)
    assert (state_at(page.status, None, BEGINNING), list(page.transitions(SITE))) == (PublicationState.PUBLISHED, [])


def test_the_instants_of_an_item_are_all_it_names():
    training = fields_of(
        Kind.TRAINING,
        modified="2026-11-02",
        pinned_until="2026-12-31",
        corrections=[{"date": "2026-11-03", "note": "Sửa."}],
        session={"starts_at": "2026-12-10 14:00", "ends_at": "2026-12-10 16:30"},
    )
    record = fields_of(effective_on="2024-01-20", expires_on="2027-01-01", suspended_on="2026-01-01")
    assert {datetime(*at, tzinfo=ZONE) for at in ((2026, 11, 1), (2024, 1, 20), (2027, 1, 1), (2026, 1, 1))} == set(
        record.transitions(SITE)
    )
    assert {
        datetime(*at, tzinfo=ZONE)
        for at in ((2026, 11, 1), (2026, 11, 2), (2027, 1, 1), (2026, 11, 3), (2026, 12, 10, 14), (2026, 12, 10, 16, 30))
    } == set(training.transitions(SITE))


def test_the_latest_and_the_next_transition():
    first, second, third = (datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3))
    cases = {
        first - timedelta(seconds=1): (BEGINNING, first),
        first: (first, second),
        second + timedelta(hours=1): (second, third),
        third: (third, None),
    }
    assert cases == {
        now: (latest_transition(now, (second, first, third)), next_transition(now, (second, first, third))) for now in cases
    }


def test_without_instants_nothing_ever_changes():
    assert (latest_transition(AS_OF, ()), next_transition(AS_OF, ())) == (BEGINNING, None)
