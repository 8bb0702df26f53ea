"""A file stays what it was while nothing that it depends on changes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from checked_files import AS_OF, MEDIA, article, checked, listed, resolved, value_of
from made_items import ZONE, picture

from chuyendoiso.content.catalogue import Media
from chuyendoiso.content.references import InternalLink
from chuyendoiso.model.items import LinkTo, PictureIn
from chuyendoiso.model.vocabulary import PublicationState, Validity

GONE = "status: withdrawn\nwithdrawn_reason: Nhầm."
A = "tin-tuc/2026/a.md"
LINKING = article("a", "tags: [So, Hoa]", "[x](b.md#muc) 1/QĐ-UBND ![A](/media/anh.jpg) [y](/tin-tuc/2026/c/)")
B, C = article("b", "", "## Mục"), article("c")


@pytest.mark.parametrize(
    ("files", "options"),
    [
        ([LINKING, article("b", "title: Tên khác", "## Mục\n\nThêm."), C], {}),
        ([LINKING, B, C, article("d"), listed("van-ban/khac.md", "document_number: 9/QĐ-UBND")], {}),
        ([LINKING, B, C], {"as_of": AS_OF + timedelta(days=300)}),
        ([LINKING, B, C], {"media": replace(MEDIA, names=MEDIA.names | {"media/khac.jpg"}, files={})}),
    ],
)
def test_an_item_is_reused_if_only_other_files_changed(files, options):
    before = resolved(LINKING, B, C).items
    assert resolved(*files, before=before, **options).items[A] is before[A]


SHOWN = [LinkTo("/tin-tuc/2026/b/#muc", external=False), LinkTo(None, external=False), PictureIn(picture("anh"), "A", None),
         LinkTo("/tin-tuc/2026/c/", external=False)]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "options", "place", "expected"),
    [
        ([LINKING, article("b", GONE, "## Mục"), C], {}, 0, LinkTo("/tin-tuc/2026/b/", external=False)),
        ([LINKING, article("b", "status: draft", "## Mục"), C], {}, 0, LinkTo(None, external=False)),
        ([LINKING, article("b", "slug: moi", "## Mục"), C], {}, 0, LinkTo("/tin-tuc/2026/moi/#muc", external=False)),
        ([LINKING, B, C, listed("van-ban/d.md")], {}, 1, LinkTo("/van-ban/d/", external=False)),
        (
            [LINKING, B, C],
            {"media": replace(MEDIA, pictures={"media/anh.jpg": picture("anh", width=9)})},
            2,
            PictureIn(picture("anh", width=9), "A", None),
        ),
        (
            [LINKING, B, article("c", "slug: moi\naliases: [/tin-tuc/2026/c/]")],
            {},
            3,
            LinkTo("/tin-tuc/2026/moi/", external=False),
        ),
    ],
)
def test_an_item_changes_with_the_targets_of_its_references(files, options, place, expected):
    before = resolved(LINKING, B, C).items
    assert tuple(SHOWN) == before[A].value.body.replacements
    after = resolved(*files, before=before, **options).items[A].value
    assert (*SHOWN[:place], expected, *SHOWN[place + 1 :]) == after.body.replacements


def test_an_item_changes_with_its_file_s_text():
    before = resolved(LINKING, B, C).items
    assert value_of(article("a", "title: Tên khác"), B, C, before=before) == value_of(article("a", "title: Tên khác"), B, C)


@pytest.mark.parametrize(
    ("change", "as_of", "name", "expected"),
    [
        ("date: 2026-11-25", datetime(2026, 11, 25, tzinfo=ZONE), "state", PublicationState.PUBLISHED),
        ("pinned_until: 2026-11-24", datetime(2026, 11, 25, tzinfo=ZONE), "pinned", False),
        ("modified: 2026-11-25", datetime(2026, 11, 25, tzinfo=ZONE), "modified", datetime(2026, 11, 25, tzinfo=ZONE)),
    ],
)
def test_an_item_changes_at_its_transitions(change, as_of, name, expected):
    before = resolved(article("a", change)).items
    assert (True, expected) == (
        getattr(before[A].value, name) != expected,
        getattr(value_of(article("a", change), as_of=as_of, before=before), name),
    )


def test_a_document_changes_when_another_document_repeals_it():
    files = [
        listed("van-ban/a.md"),
        listed("van-ban/b.md", "document_number: 2/QĐ-UBND\neffective_on: 2026-01-01\nrepeals: [1/QĐ-UBND]"),
    ]
    before = resolved(files[0]).items
    after = value_of(*files, before=before)
    assert [before["van-ban/a.md"].value.validity, after.validity] == [Validity.UNVERIFIED, Validity.LAPSED]


# ── problems ────────────────────────────────────────────────────────────────────────────────────────────────────────────

NO_FILE = (
    'Liên kết tới tệp "b.md#muc" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-target]'
)
NO_HEADING = """Liên kết "b.md#muc" tới mục "#muc" không có trong bài. \
Cách sửa: bỏ phần từ dấu # trở đi, hoặc thêm tiêu đề tương ứng. [missing-anchor]"""
NO_PICTURE = 'Ảnh "/media/anh.jpg" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]'
LINES = "[x](b.md#muc)\n\n![A](/media/anh.jpg)"


@pytest.mark.parametrize(
    ("others", "options", "expected"),
    [
        ([B], {}, []),
        ([], {"rejected": ["tin-tuc/2026/b.md"]}, []),
        ([], {}, [f"7: {NO_FILE}"]),
        ([article("b")], {}, [f"7: {NO_HEADING}"]),
        ([B], {"media": Media(frozenset(), {}, {})}, [f"9: {NO_PICTURE}"]),
        ([], {"media": Media(frozenset(), {}, {})}, [f"7: {NO_FILE}", f"9: {NO_PICTURE}"]),
    ],
)
@pytest.mark.parametrize("before", [([B], {}), ([], {"rejected": ["tin-tuc/2026/b.md"]}), ([], {})])
def test_problems_are_those_of_the_present_files_whatever_the_last_build_knew(others, options, expected, before):
    files, former = before
    known = resolved(article("a", "", LINES), *files, **former).items
    problems = resolved(article("a", "", LINES), article("bb"), *others, before=known, **options).problems
    of_links = [str(problem) for problem in problems if problem.rule != "copied-file"]
    assert [f"content/{A}:{line}" for line in expected] == of_links


def test_problems_of_files_with_the_same_address_come_before_those_of_references():
    result = resolved(
        article("a", "", "[x](#muc)"), article("b", "title: Khác\nslug: a"), listed("van-ban/c.md", "amends: [1/QĐ-UBND]")
    )
    assert [(problem.rule, problem.line) for problem in result.problems] == [
        ("doubled-path", 6),
        ("self-relation", 11),
        ("missing-anchor", 7),
    ]


def test_addresses_are_reported_of_new_old_and_faulty_files_alike():
    faulty = checked("tin-tuc/2026/f.md", "title: ''", "[x](/thong-ke/)\n\n[y](/media/khong.pdf)")[0]
    files = article("a", "", "Đoạn.\n\n[x](/chu-de/#dau)"), article("b", "title: Khác", "[x](/tu-khoa/)")
    first = resolved(files[0])
    result = resolved(*files, faulty=[faulty], rejected=["tin-tuc/2026/f.md"], before=first.items)
    assert result.links == (
        InternalLink("content/tin-tuc/2026/a.md", 9, "/chu-de/", "dau"),
        InternalLink("content/tin-tuc/2026/b.md", 7, "/tu-khoa/", ""),
        InternalLink("content/tin-tuc/2026/f.md", 7, "/thong-ke/", ""),
    )
    assert [str(problem) for problem in result.problems] == [
        'content/tin-tuc/2026/f.md:9: Tệp "/media/khong.pdf" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]'
    ]
