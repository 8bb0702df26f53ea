"""Media are measured once, and again if they or the limits changed."""

import io
import zipfile

import pytest
from bad_content import make_source, write_content
from PIL import Image
from read_folder import Folder

from chuyendoiso.authoring.demo_content import sample_pdf
from chuyendoiso.model.items import File, FirstPage, Picture
from chuyendoiso.model.limits import Limits
from chuyendoiso.outputs.images import PdfFacts
from chuyendoiso.system.worker_limits import Failure

A, BAD = "tin-tuc/2026/a.md", "tap-huan/sai.md"


def picture(size=(40, 20)):
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, "PNG")
    return buffer.getvalue()


def odt():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
    return buffer.getvalue()


FILES = {
    A: make_source("news", "", "![A](/media/a.png) [x](/media/t.odt) [y](/media/khong.pdf)"),
    BAD: make_source("training", "topic: khac", "![A](/media/b.png)"),
    "media/a.png": picture(),
    "media/b.png": picture((8, 4)),
    "media/t.odt": odt(),
    "media/thua.png": b"x",
}


@pytest.fixture
def with_media(tmp_path):
    return Folder(write_content(tmp_path, FILES))


def test_media_of_valid_and_invalid_files_are_measured(with_media):
    media = with_media.read()[1]
    sizes = {name: (medium.source, medium.width, medium.height) for name, medium in media.pictures.items()}
    files = {name: (medium.path, medium.media_type) for name, medium in media.files.items()}
    assert frozenset({"media/a.png", "media/b.png", "media/t.odt", "media/thua.png"}) == media.names
    assert sizes == {"media/a.png": ("media/a.png", 40, 20), "media/b.png": ("media/b.png", 8, 4)}
    assert files == {"media/t.odt": ("/media/t.odt", "application/vnd.oasis.opendocument.text")}
    assert ({Picture}, {File}) == (set(map(type, media.pictures.values())), set(map(type, media.files.values())))


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (lambda folder: None, 0),
        (lambda folder: folder.put("media/a.png", picture((2, 2))), 1),
        (lambda folder: folder.put("media/thua.png", picture()), 0),
        (lambda folder: setattr(folder, "limits", Limits(picture_pixels=9_000)), 3),
        (lambda folder: folder.cache.clear(), 3),
    ],
)
def test_a_medium_is_measured_again_if_it_or_the_limits_changed(with_media, change, count):
    first = with_media.read()
    change(with_media)
    second = with_media.read()
    assert (3, count) == (first[3][1], second[3][1])
    assert first[1].files == second[1].files and set(first[1].pictures) == set(second[1].pictures)


def test_a_medium_that_may_be_written_to_within_the_same_tick_is_measured_again(with_media):
    with_media.now = 0
    assert [with_media.read()[3][1] for _ in range(2)] == [3, 3]


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (
            lambda path: path.write_bytes(b"x"),
            "Tệp ảnh hỏng hoặc bị cắt cụt. Cách sửa: chép lại tệp ảnh gốc, hoặc lưu lại thành JPEG. [broken-picture]",
        ),
        (
            lambda path: (path.unlink(), path.symlink_to("b.png")),
            "Tệp là liên kết tượng trưng tới nơi khác trên máy. Cách sửa: xóa liên kết, chép tệp thật vào chỗ này. [symlink]",
        ),
    ],
)
def test_an_unusable_medium_is_a_problem_of_each_build(with_media, damage, expected):
    damage(with_media.content / "media/a.png")
    for _ in range(2):
        _, media, problems, _ = with_media.read()
        assert (["media/b.png"], [f"media/a.png:1: {expected}"]) == (sorted(media.pictures), problems[1:])
        assert "media/a.png" in media.names


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (
            Failure.SLOW,
            "media/a.png:1: Đọc ảnh này lâu hơn 20 giây. "
            "Cách sửa: lưu lại thành JPEG, không quá 4000 điểm mỗi chiều. [picture-too-heavy]",
        ),
        (
            Failure.DIED,
            "media/a.png:1: Đọc ảnh này làm máy hết bộ nhớ hoặc dừng đột ngột. "
            "Cách sửa: lưu lại thành JPEG, không quá 4000 điểm mỗi chiều. [picture-too-heavy]",
        ),
    ],
)
def test_a_picture_that_takes_too_much_is_a_problem_and_is_tried_again(tmp_path, failure, expected):
    folder = Folder(write_content(tmp_path, {A: make_source("news", "", "![A](/media/a.png)"), "media/a.png": picture()}))
    folder.results = {"_measure_picture": failure}
    assert [expected] == folder.read()[2]
    folder.results = {}
    assert (folder.read()[2], list(folder.read()[1].pictures)) == ([], ["media/a.png"])


def test_a_pdf_has_pages_or_is_measured_again_by_the_next_build(tmp_path):
    files = {A: make_source("news", "", "[x](/media/t.pdf)"), "media/t.pdf": sample_pdf()}
    folder = Folder(write_content(tmp_path, files))
    results = []
    for result in (Failure.DIED, PdfFacts(12, FirstPage(360, 509)), None):
        folder.results = {"measure_pdf": result}
        _, media, problems, numbers = folder.read()
        results.append((media.files["media/t.pdf"].pages, media.files["media/t.pdf"].first_page, numbers[1], problems))
    assert results == [(None, None, 1, []), (12, (360, 509), 1, []), (12, (360, 509), 0, [])]
