"""Materials in a few words: the format of each, what a training offers."""

import pytest
from made_items import at, file, training

from chuyendoiso.model.content_types.training import Material, Session
from chuyendoiso.outputs.pages.materials import FORMATS, file_facts, format_of, formats_of, material_facts, offers

PDF = file("a", size=1_240_000)._replace(pages=12)
SESSION = Session(
    starts_at=at(10, 14), ends_at=at(10, 16), organizer=None, venue=None, meeting_points=(), streams=(), agenda=(), recording=None,
    attendance=None, phase="before",
)  # fmt: skip


def material(format_=None, minutes=None, file_=None):
    return Material(file=file_, url=None if file_ else "https://a.vn/", label="Tài liệu", format=format_, minutes=minutes)


def named(ending):
    return file("a")._replace(path=f"/media/a.{ending}", source=f"media/a.{ending.upper()}", size=900)


@pytest.mark.parametrize(
    ("field_text", "expected"),
    [
        (None, "Trang web"),
        ("", "Trang web"),
        (" ? ", "Trang web"),
        ("VIDEO", "Video"),
        ("bản ghi  HÌNH", "Video"),
        ("mp3", "Âm thanh"),
        ("Slides", "Trình chiếu"),
        ("excel", "Bảng tính"),
        ("link", "Trang web"),
        ("trò chơi", "Trò chơi"),
        ("sổ  tay", "Sổ tay"),
    ],
)
def test_the_format_of_a_link_is_what_the_editor_says(field_text, expected):
    assert expected == format_of(material(field_text))


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("pdf", "PDF"),
        ("docx", "Word"),
        ("odt", "Word"),
        ("xlsx", "Bảng tính"),
        ("ods", "Bảng tính"),
        ("pptx", "Trình chiếu"),
    ],
)
def test_the_format_of_a_file_is_its_ending_unless_the_editor_says_another(ending, expected):
    assert (expected, "Sổ tay") == (format_of(material(file_=named(ending))), format_of(material("sổ tay", file_=named(ending))))


def test_formats_have_a_fixed_order():
    assert FORMATS == ("Bài đọc trên trang", "Video", "Âm thanh", "Trình chiếu", "PDF", "Word", "Bảng tính", "Trang web")


@pytest.mark.parametrize(
    ("materials", "session", "expected"),
    [
        ((), None, ("Bài đọc trên trang",)),
        ((), SESSION, ()),
        ((), SESSION._replace(recording="https://a.vn/xem"), ("Video",)),
        ((material("pdf"), material("video"), material(file_=PDF)), None, ("PDF", "Video")),
        ((material("clip"),), SESSION._replace(recording="https://a.vn/xem"), ("Video",)),
        ((material("pdf"),), SESSION._replace(recording="https://a.vn/xem"), ("PDF", "Video")),
    ],
)
def test_a_training_comes_in_the_formats_of_its_materials_and_its_recording(materials, session, expected):
    assert expected == formats_of(training(materials=materials, session=session))


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, None),
        (1, "PDF, 12 trang, 1,2 MB"),
        (2, "PDF, 12 trang, 1,2 MB · Video, 45 phút"),
        (3, "PDF, 12 trang, 1,2 MB · Video, 45 phút · và 1 tài liệu khác"),
        (5, "PDF, 12 trang, 1,2 MB · Video, 45 phút · và 3 tài liệu khác"),
    ],
)
def test_a_training_names_two_of_its_materials(count, expected):
    materials = (material(file_=PDF), material("video", 45), *[material("link")] * 3)[:count]
    assert expected == offers(training(materials=materials))


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        (material(file_=PDF), "PDF, 12 trang, 1,2 MB"),
        (material("video", 90, file_=PDF), "PDF, 12 trang, 1,2 MB, 1 giờ 30 phút"),
        (material(minutes=5), "Trang web, 5 phút"),
        (material("trò chơi"), "Trò chơi"),
    ],
)
def test_a_material_is_its_kind_size_and_length(description, expected):
    assert expected == material_facts(description)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (named("docx"), "DOCX, 900 byte"),
        (file("a", size=1_000), "PDF, 1 KB"),
        (file("a", size=999_499), "PDF, 999 KB"),
        (file("a", size=999_500), "PDF, 1,0 MB"),
        (PDF._replace(pages=1_234), "PDF, 1.234 trang, 1,2 MB"),
    ],
)
def test_a_file_is_its_kind_pages_and_size(document, expected):
    assert expected == file_facts(document)
