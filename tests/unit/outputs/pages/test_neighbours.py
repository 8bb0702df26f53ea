"""What the page of an item shows of other items."""

import pytest
from made_items import CARD, at, catalogue, document, news, training
from rich_site import CONTEXT, view_of

from chuyendoiso.model.content_types.training import Session
from chuyendoiso.model.items import BodyRef, LinkTo
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.pages.articles import CITING, plan_articles, withdrawn
from chuyendoiso.outputs.pages.views import Anchor, Brief


def linking(*targets):
    return BodyRef("key", tuple(LinkTo(target, external=False) for target in targets))


def calls(*items, **options):
    """Return the planned page of each item by its path."""
    return {item.path: call for item, call in plan_articles(catalogue(*items, **options), CONTEXT, lambda item: CARD)}


def related_content(*items, **options):
    """Return what each page shows of others by the path of its item; pages of withdrawn items show nothing."""
    return {path: call.arguments[3] for path, call in calls(*items, **options).items() if call.function is not withdrawn}


def names(items):
    return [item.path.split("/")[-2] for item in items]


def numbered(count, make=news, **changes):
    """Return items from the newest to the oldest: bai-1 is the newest."""
    return [make(f"bai-{number}", date=at(20 - number), title=f"Bài {number}", **changes) for number in range(1, count + 1)]


def test_each_item_has_the_next_newer_and_older_of_its_kind():
    items = [*numbered(3), document("giua", date=at(18, 9)), training("sau", date=at(1))]
    actual = {path: (near.newer, near.older) for path, near in related_content(*items).items()}
    first, second, third = (Anchor(f"Bài {number}", f"/cds/tin-tuc/2026/bai-{number}/") for number in (1, 2, 3))
    assert actual == {
        "/tin-tuc/2026/bai-1/": (None, second),
        "/tin-tuc/2026/bai-2/": (first, third),
        "/tin-tuc/2026/bai-3/": (second, None),
        "/van-ban/giua/": (None, None),
        "/tap-huan/sau/": (None, None),
    }


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, [[]]),
        (2, [[2], [1]]),
        (3, [[2, 3], [1, 3], [1, 2]]),
        (4, [[2, 3, 4], [1, 3, 4], [1, 2, 4], [1, 2, 3]]),
        (6, [[2, 3, 4], [3, 4, 5], [4, 5, 6], [3, 5, 6], [3, 4, 6], [3, 4, 5]]),
    ],
)
def test_related_items_are_the_next_older_ones_and_the_oldest_take_newer_ones(count, expected):
    near = related_content(*numbered(count))
    assert expected == [
        [int(name[4:]) for name in names(near[f"/tin-tuc/2026/bai-{number}/"].related)] for number in range(1, count + 1)
    ]


def test_related_items_are_of_the_same_kind_and_topic():
    others = [news("khac", topic="kinh-te-so"), document("van-ban"), document("hai", topic="kinh-te-so"), training("ba")]
    near = related_content(*numbered(2), *others)
    assert {path: names(links.related) for path, links in near.items() if links.related} == {
        "/tin-tuc/2026/bai-1/": ["bai-2"],
        "/tin-tuc/2026/bai-2/": ["bai-1"],
    }


def test_an_item_shows_the_first_documents_that_it_links_to_and_fewer_related_items():
    records = [document(f"vb-{number}") for number in range(1, 6)]
    paths = "tin-tuc/2026/bai-2/ khong/ van-ban/vb-3/#muc van-ban/vb-3/ van-ban/vb-1/?a=1 van-ban/vb-5/ van-ban/vb-4/".split()
    items = [news("moi", date=at(20), body=linking(*(f"/{path}" for path in paths))), *numbered(5), *records]
    links = related_content(*items)["/tin-tuc/2026/moi/"]
    assert (names(links.cited), names(links.related)) == (["vb-3", "vb-1", "vb-5"], ["bai-1"])


def test_a_document_shows_the_newest_items_that_link_to_it_and_never_itself():
    count = CITING + 2
    items = [news(f"bai-{number:02}", date=at(20, number), body=linking("/van-ban/a/#muc")) for number in range(count)]
    links_by_path = related_content(*items, document("a", date=at(21), body=linking("/van-ban/a/", "/van-ban/b/")), document("b"))
    assert {"/van-ban/a/": [f"bai-{number:02}" for number in range(count - 1, 1, -1)], "/van-ban/b/": ["a"]} == {
        path: names(near.citing) for path, near in links_by_path.items() if near.citing
    }
    assert names(links_by_path["/van-ban/a/"].cited) == ["b"]


def test_an_item_has_its_tags_and_its_share_card():
    tags = [("so-hoa", "Số hóa"), ("zalo", "Zalo"), ("khac", "Khác")]
    links = related_content(news(tags=("zalo", "so-hoa")), tags=tags)["/tin-tuc/2026/bai/"]
    assert ((Anchor("Zalo", "/cds/tu-khoa/zalo/"), Anchor("Số hóa", "/cds/tu-khoa/so-hoa/")), CARD) == (links.tags, links.card)


def test_a_withdrawn_item_has_a_page_of_its_own_after_all_others():
    gone = news("go", state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.")
    planned = calls(news(), document(), withdrawn=(gone,))
    assert list(planned) == ["/tin-tuc/2026/bai/", "/van-ban/van-ban/", "/tin-tuc/2026/go/"]
    assert view_of(planned["/tin-tuc/2026/go/"]) == withdrawn(CONTEXT, gone)


SESSION = Session(
    starts_at=at(10, 14), ends_at=at(10, 16), organizer=None, venue=None, meeting_points=(), streams=(), agenda=(), recording=None,
    attendance=None, phase="before",
)  # fmt: skip


@pytest.mark.parametrize(
    ("make", "changes", "expected"),
    [
        (news, {}, Brief("Tên bài", "/cds/tin-tuc/2026/bai/", "01/11/2026")),
        (document, {}, Brief("Về việc", "/cds/van-ban/bai/", "Quyết định 1/QĐ-UBND, 05/01/2024")),
        (training, {}, Brief("Tên bài", "/cds/tap-huan/bai/", "01/11/2026")),
        (training, {"session": SESSION}, Brief("Tên bài", "/cds/tap-huan/bai/", "Thứ Ba, 10/11/2026")),
    ],
)
def test_a_related_item_has_a_note_that_identifies_it(make, changes, expected):
    items = make("moi", date=at(2), **changes), make("bai", **changes)
    assert view_of(calls(*items)[items[0].path]).related == (expected,)
