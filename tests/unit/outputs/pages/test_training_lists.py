"""The training section: sessions, and lists of materials."""

import pytest
from made_items import at, catalogue, file, news, training
from rich_site import CONTEXT, HOME, view_of

from chuyendoiso.model.content_types.training import Material, Session
from chuyendoiso.outputs.pages.lists import teaser
from chuyendoiso.outputs.pages.render_context import feed_links
from chuyendoiso.outputs.pages.trainings import past, plan_training_home, training_lists, upcoming
from chuyendoiso.outputs.pages.views import Anchor, Head, LinkGroup, TrainingGroup, TrainingHomePage

VIDEO = Material(file=None, url="https://a.vn/", label="Bản ghi", format="video", minutes=45)
PDF = Material(file=file("a"), url=None, label="Sổ tay", format=None, minutes=None)
OWN = VIDEO._replace(format="Trò chơi")


def session(start, phase="before", **changes):
    plain = Session(
        starts_at=start, ends_at=start.replace(hour=23), organizer=None, venue=None, meeting_points=(), streams=(), agenda=(),
        recording=None, attendance=None, phase=phase,
    )  # fmt: skip
    return plain._replace(**changes)


TRAININGS = (
    training("mot", date=at(9), session=session(at(20))),
    training("hai", date=at(8), session=session(at(15), "during")),
    training("ba", date=at(7), session=session(at(3), "after"), materials=(PDF,), audience=("can-bo",)),
    training("bon", date=at(6), session=session(at(5), "after", recording="https://a.vn/xem"), topic="kinh-te-so"),
    training("nam", date=at(5), materials=(VIDEO, PDF), audience=("nguoi-dan", "can-bo")),
    training("sau", date=at(4), audience=("nguoi-dan",)),
    training("bay", date=at(3), session=session(at(15), "before"), materials=(OWN,)),
)


def names(items):
    return [item.path.split("/")[-2] for item in items]


def test_sessions_to_come_are_earliest_first_and_past_ones_latest_first():
    gathered = catalogue(*TRAININGS, news())
    assert (names(upcoming(gathered)), names(past(gathered))) == (["bay", "hai", "mot"], ["bon", "ba"])


# ── the home of the section ─────────────────────────────────────────────────────────────────────────────────────────────


def group(title, *links):
    return LinkGroup(title, tuple(Anchor(label, f"/cds/tap-huan/{path}/") for label, path in links), None)


FORMATS = group(
    "Theo dạng tài liệu",
    ("Bài đọc trên trang", "dinh-dang/bai-doc-tren-trang"), ("Video", "dinh-dang/video"), ("PDF", "dinh-dang/pdf"),
    ("Trò chơi", "dinh-dang/tro-choi"),
)  # fmt: skip
TOPICS = group("Theo chủ đề", ("Xã hội số", "chu-de/xa-hoi-so"), ("Kinh tế số", "chu-de/kinh-te-so"))
AUDIENCES = group("Theo người dùng", ("Người dân", "doi-tuong/nguoi-dan"), ("Cán bộ", "doi-tuong/can-bo"))


def teasers(*names):
    by_name = {item.path.split("/")[-2]: item for item in TRAININGS}
    return tuple(teaser(CONTEXT, by_name[name]) for name in names)


def test_the_section_has_sessions_to_come_and_the_newest_materials_for_each_audience():
    feeds = feed_links(CONTEXT, ("Tập huấn và tài liệu", "tap-huan"))
    assert view_of(plan_training_home(catalogue(*TRAININGS), CONTEXT)) == TrainingHomePage(
        head=Head(
            title="Tập huấn và tài liệu", description="Hội nghị, lớp tập huấn và tài liệu tự học về chuyển đổi số.",
            canonical=f"{HOME}/tap-huan/", indexed=True, feeds=feeds, section="/cds/tap-huan/", modules=("/cds/js/filters.js",),
        ),
        crumbs=(Anchor("Trang chủ", "/cds/"),), title="Tập huấn và tài liệu",
        intro="Hội nghị, lớp tập huấn và tài liệu tự học, xếp theo người cần dùng.",
        upcoming=teasers("bay", "hai", "mot"), calendar=Anchor("Tải lịch hội nghị (.ics)", f"{HOME}/lich/hoi-nghi.ics"),
        month=Anchor("Xem lịch theo tháng", "/cds/tap-huan/lich/"), past=Anchor("Hội nghị, lớp tập huấn đã qua", "/cds/tap-huan/da-qua/"),
        groups=(
            TrainingGroup("Người dân", Anchor("Tất cả tài liệu cho người dân", "/cds/tap-huan/doi-tuong/nguoi-dan/"), teasers("nam", "sau")),
            TrainingGroup("Cán bộ", Anchor("Tất cả tài liệu cho cán bộ", "/cds/tap-huan/doi-tuong/can-bo/"), teasers("ba", "nam")),
        ),
        filters=(FORMATS, TOPICS), feeds=feeds,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((), (0, False, False, ())),
        (TRAININGS[:1], (1, True, False, ())),
        (TRAININGS[2:4], (0, True, True, ("Cán bộ",))),
        (TRAININGS[4:6], (0, False, False, ("Người dân", "Cán bộ"))),
    ],
)
def test_the_section_links_to_non_empty_lists(items, expected):
    view = view_of(plan_training_home(catalogue(*items), CONTEXT))
    assert expected == (len(view.upcoming), bool(view.month), bool(view.past), tuple(group.title for group in view.groups))


def test_an_audience_shows_its_four_newest_materials():
    items = [training(f"bai-{number}", date=at(number), audience=("can-bo",)) for number in range(1, 7)]
    (group,) = view_of(plan_training_home(catalogue(*items), CONTEXT)).groups
    assert tuple(teaser(CONTEXT, item) for item in items[:1:-1]) == group.teasers


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_trainings_are_listed_by_time_audience_format_and_topic():
    views = {path: view_of(call) for path, call in training_lists(catalogue(*TRAININGS), CONTEXT)}
    assert {path: (view.title, [item.href.split("/")[-2] for item in view.teasers]) for path, view in views.items()} == {
        "/tap-huan/da-qua/": ("Hội nghị, lớp tập huấn đã qua", ["bon", "ba"]),
        "/tap-huan/doi-tuong/nguoi-dan/": ("Tài liệu cho người dân", ["nam", "sau"]),
        "/tap-huan/doi-tuong/can-bo/": ("Tài liệu cho cán bộ", ["ba", "nam"]),
        "/tap-huan/dinh-dang/bai-doc-tren-trang/": ("Tài liệu dạng bài đọc trên trang", ["sau"]),
        "/tap-huan/dinh-dang/video/": ("Tài liệu dạng video", ["bon", "nam"]),
        "/tap-huan/dinh-dang/pdf/": ("Tài liệu dạng PDF", ["ba", "nam"]),
        "/tap-huan/dinh-dang/tro-choi/": ("Tài liệu dạng trò chơi", ["bay"]),
        "/tap-huan/chu-de/xa-hoi-so/": ("Tập huấn, tài liệu về xã hội số", ["mot", "hai", "ba", "nam", "sau", "bay"]),
        "/tap-huan/chu-de/kinh-te-so/": ("Tập huấn, tài liệu về kinh tế số", ["bon"]),
    }
    current = FORMATS._replace(current="/cds/tap-huan/dinh-dang/pdf/")
    assert views["/tap-huan/dinh-dang/pdf/"].filters == (AUDIENCES, current, TOPICS)
    assert views["/tap-huan/da-qua/"].filters == ()


def test_an_audience_without_materials_has_a_list_that_no_other_list_links_to():
    views = {path: view_of(call) for path, call in training_lists(catalogue(TRAININGS[5]), CONTEXT)}
    groups = {path: [link.label for link in view.filters[0].links] for path, view in views.items() if view.filters}
    assert groups == {
        "/tap-huan/doi-tuong/nguoi-dan/": ["Người dân"],
        "/tap-huan/doi-tuong/can-bo/": ["Người dân", "Cán bộ"],
        "/tap-huan/dinh-dang/bai-doc-tren-trang/": ["Người dân"],
        "/tap-huan/chu-de/xa-hoi-so/": ["Người dân"],
    }


def test_formats_that_differ_by_their_marks_alone_are_one_list():
    items = [
        training(f"bai-{format_}", date=at(day), materials=(VIDEO._replace(format=format_),))
        for day, format_ in ((2, "Trò chơi"), (1, "tro choi"))
    ]
    views = {path: view_of(call) for path, call in training_lists(catalogue(*items), CONTEXT)}
    view = views["/tap-huan/dinh-dang/tro-choi/"]
    assert (view.title, len(view.teasers)) == ("Tài liệu dạng trò chơi", 2)
