"""Addresses that a published release had must lead somewhere in the next: else the line to add is told."""

import pytest
from conftest import build_site, order

from chuyendoiso.build import pipeline
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.progress import Progress

NEWS = "tin-tuc/2026/to-cong-nghe.md"
LOST = 'Địa chỉ "/tin-tuc/2026/to-cong-nghe/" đã đăng nhưng không còn trên trang. Cách sửa:'


@pytest.fixture
def published(small_content, output):
    build_site(small_content, output, publishing=True)
    return small_content, output


def edit(content, name, *changes):
    text = (content / name).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (content / name).write_text(text, "utf-8")


def reported(content, output, **options):
    """Return what a build says of lost addresses, and whether it is refused."""
    try:
        problems, refused = pipeline.read(order(content, output, **options), Progress(quiet=True)).problems, False
    except ContentRejected as rejected:
        problems, refused = rejected.problems, True
    return [str(problem) for problem in problems if problem.rule == "lost-address"], refused


CASES = {
    "moved": (
        lambda content: edit(content, NEWS, ("\n---\n", "\nslug: ten-khac\n---\n")),
        "thêm dòng aliases: [/tin-tuc/2026/to-cong-nghe/]",
    ),
    "moved again": (
        lambda content: edit(content, NEWS, ("\n---\n", "\nslug: ten-khac\naliases: [/cu/]\n---\n")),
        "thêm /tin-tuc/2026/to-cong-nghe/ vào cuối danh sách aliases.",
    ),
    "draft": (
        lambda content: edit(content, NEWS, ("\n---\n", "\nstatus: draft\n---\n")),
        "ghi status: withdrawn và withdrawn_reason: để trang nói rõ bài đã gỡ, thay vì để nháp hoặc hẹn giờ.",
    ),
    "deleted": (
        lambda content: (content / NEWS).unlink(),
        "đưa tệp trở lại với dòng status: withdrawn và dòng withdrawn_reason:, "
        "hoặc thêm dòng aliases: [/tin-tuc/2026/to-cong-nghe/] vào bài thay thế.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_lost_address_is_an_error_at_publishing_and_a_warning_elsewhere(published, name):
    content, output = published
    change, remedy = CASES[name]
    change(content)
    (error,), refused = reported(content, output, publishing=True)
    assert refused
    assert error.partition(": ")[0].startswith(f"content/{NEWS}:")
    assert error.partition(": ")[2] == f"{LOST} {remedy} [lost-address]"
    (warning,), refused = reported(content, output)
    assert (refused, warning) == (False, error.replace(": Địa", ": Cảnh báo: Địa"))
    assert reported(content, output, preview=True) == ([], False)


@pytest.mark.parametrize(
    "changes",
    [
        [("\n---\n", "\nslug: ten-khac\naliases: [/tin-tuc/2026/to-cong-nghe/]\n---\n")],
        [("\n---\n", "\nstatus: withdrawn\nwithdrawn_reason: Đăng nhầm.\n---\n")],
    ],
    ids=["alias", "withdrawn"],
)
def test_with_the_reported_line_nothing_is_lost(published, changes):
    content, output = published
    edit(content, NEWS, *changes)
    assert reported(content, output, publishing=True) == ([], False)
    build_site(content, output, publishing=True)
    assert (output / "tin-tuc/2026/to-cong-nghe/index.html").is_file()


def test_a_topic_that_is_gone_is_reported_with_its_line(published):
    content, output = published
    settings = (content / "site.yml").read_text("utf-8")
    (content / "site.yml").write_text(settings.replace("topics:\n", "topics:\n  - {slug: moi, name: Mới}\n", 1), "utf-8")
    build_site(content, output, publishing=True)
    (content / "site.yml").write_text(settings, "utf-8")
    line = (
        'content/site.yml:1: Chủ đề "moi" đã đăng nhưng không còn trong topics: trang và nguồn tin của mục này mất địa chỉ. '
        "Cách sửa: thêm lại dòng - {slug: moi, name: …} vào topics. [lost-address]"
    )
    assert reported(content, output, publishing=True) == ([line], True)


def test_an_empty_list_and_an_unused_file_are_warned_of(published):
    content, output = published
    edit(content, "van-ban/1-qd-ubnd.md", ("attachments: [{file: /media/van-ban/1-qd.pdf, label: Bản gốc}]\n", ""))
    edit(content, "tin-tuc/2026/hoi-nghi.md", ("[bản gốc](/media/van-ban/1-qd.pdf)", "bản gốc"))
    edit(content, "tap-huan/xem-truc-tuyen.md", ("{file: /media/van-ban/1-qd.pdf, label: Sổ tay}, ", ""))
    lines, refused = reported(content, output, publishing=True)
    assert (refused, lines) == (
        False,
        [
            'content/media/van-ban/1-qd.pdf:1: Cảnh báo: Tệp "/media/van-ban/1-qd.pdf" đã đăng, nay không còn bài nào dùng nên '
            "không có trên trang. Cách sửa: nếu tệp đổi tên, giữ cả tệp cũ và ghi nó vào bài. [lost-address]",
            'content/site.yml:1: Cảnh báo: Địa chỉ "/tap-huan/dinh-dang/pdf/" đã đăng, nay không còn mục nào ở đó nên không có trang. '
            "Cách sửa: không cần làm gì nếu đúng ý. [lost-address]",
        ],
    )
    build_site(content, output, publishing=True)
    edit(content, "tin-tuc/2026/hoi-nghi.md", ("tags: [", "tags: [thêm, "))
    build_site(content, output, publishing=True)
    edit(content, "tin-tuc/2026/hoi-nghi.md", ("tags: [thêm, ", "tags: ["))
    assert reported(content, output, publishing=True) == (
        [
            'content/site.yml:1: Cảnh báo: Địa chỉ "/tu-khoa/them/" đã đăng, nay không còn mục nào ở đó nên không có trang. '
            "Cách sửa: không cần làm gì nếu đúng ý. [lost-address]"
        ],
        False,
    )


def test_a_much_smaller_release_is_refused_unless_it_is_meant(published):
    content, output = published
    before = output.readlink()
    for folder in ("tin-tuc", "van-ban", "tap-huan"):
        for path in (content / folder).rglob("*.md"):
            path.unlink()
    for path in (content / "trang").glob("*.md"):
        path.write_text("---\ntitle: Giới thiệu\nsummary: Ngắn.\n---\n\nChữ.\n", "utf-8")
    with pytest.raises(BuildStopped, match="--allow-shrink"):
        build_site(content, output)
    assert output.readlink() == before
    assert build_site(content, output, allow_shrink=True).changed


def test_the_leaflets_of_a_session_go_without_an_error(published):
    content, output = published
    name, there = "tap-huan/hoi-nghi-thang-12.md", (content / "tap-huan/hoi-nghi-thang-12.md").read_text("utf-8")
    edit(content, name, ("\n---\n", "\nslug: ten-khac\naliases: [/tap-huan/hoi-nghi-thang-12/]\n---\n"))
    (warning,), refused = reported(content, output, publishing=True)
    assert not refused
    assert 'Địa chỉ "/tap-huan/hoi-nghi-thang-12/to-roi/" đã đăng, nay không còn mục nào ở đó nên không có trang.' in warning
    (content / name).write_text(there, "utf-8")
    edit(content, name, ("\n---\n", "\nstatus: withdrawn\nwithdrawn_reason: Hoãn.\n---\n"))
    assert reported(content, output, publishing=True) == ([], False)
    build_site(content, output, publishing=True)
    assert "url=/tap-huan/hoi-nghi-thang-12/" in (output / "tap-huan/hoi-nghi-thang-12/to-roi/index.html").read_text("utf-8")
