"""What editors type is understood as they mean it, or they are asked; a suggestion is made where something is near."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from chuyendoiso.content.front_matter import parse_fields
from chuyendoiso.model.address_parsers import parse_alias
from chuyendoiso.model.characters import neutralised
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.date_parsers import parse_clock, parse_instant, rewritten_date
from chuyendoiso.model.parsers import Invalid, parse_status
from chuyendoiso.model.suggestions import nearest
from chuyendoiso.model.types import KnownIds
from chuyendoiso.model.validation import check_fields
from chuyendoiso.model.vietnamese import same_letters, slugify
from chuyendoiso.model.vocabulary import Kind

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CLOCKS = {
    "8h30": "08:30",
    "14h": "14:00",
    "8:30": "08:30",
    "08:30": "08:30",
    "8 giờ 30 phút": "08:30",
    "8 giờ": "08:00",
    "14g15": "14:15",
    "7H05": "07:05",
}
NO_CLOCKS = ["24h", "8", "8:3", "8:60", "8:", "h30", "24h00", "chiều"]


@pytest.mark.parametrize("text", CLOCKS)
def test_a_time_of_day_is_understood_as_people_write_it(text):
    assert parse_clock(text) == CLOCKS[text]
    hour, minute = map(int, CLOCKS[text].split(":"))
    assert parse_instant(f"2026-04-05 {text}", ZONE) == datetime(2026, 4, 5, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize("text", NO_CLOCKS)
def test_an_invalid_time_of_day_is_refused(text):
    with pytest.raises(Invalid):
        parse_clock(text)


REMEDIES = {
    "05/04/2026 8h30": "ghi 2026-04-05 08:30.",
    "5.4.2026, 14h": "ghi 2026-04-05 14:00.",
    "31/12/2026 8 giờ 05": "ghi 2026-12-31 08:05.",
    "16:30": "ghi cả ngày lẫn giờ, ví dụ 2026-12-10 16:30.",
    "8h": "ghi cả ngày lẫn giờ, ví dụ 2026-12-10 08:00.",
}


@pytest.mark.parametrize("text", REMEDIES)
def test_a_remedy_keeps_the_time_and_can_be_followed(text):
    with pytest.raises(Invalid) as wrong:
        parse_instant(text, ZONE)
    assert wrong.value.remedy == REMEDIES[text]
    assert parse_instant(wrong.value.remedy.rpartition("ghi ")[2].rpartition("ví dụ ")[2].rstrip("."), ZONE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("31/12/2026 8h30", "2026-12-31 08:30"), ("05/04/2026 8h30", None), ("31/12/2026 25h", None), ("5/5/2026", "2026-05-05")],
)
def test_a_date_is_rewritten_where_there_is_one_way_to_read_it(text, meant):
    assert rewritten_date(text) == meant


NEAR = [
    ("xa-hoi", ["xa-hoi-so", "kinh-te-so"], "xa-hoi-so"),
    ("publised", ["published", "draft"], "published"),
    ("imgae", ["image", "alt"], "image"),
    ("hoi-ngi-truc-tuyen", ["hoi-nghi-truc-tuyen", "hoi-dap"], "hoi-nghi-truc-tuyen"),
    ("kĩ năng số", ["kỹ năng số", "kỹ thuật số"], "kỹ năng số"),
    ("thu-tuong", ["thu-tuong-chinh-phu", "chinh-phu"], "thu-tuong-chinh-phu"),
    ("Quyết đinh", ["Quyết định", "Nghị quyết"], "Quyết định"),
    ("khong-co", ["ba-tru-cot", "duong-di-hoi-nghi"], None),
    ("Ủy ban nhân dân tỉnh Nam Định", ["Ban Chấp hành Đảng bộ tỉnh Nam Định", "Chính phủ"], None),
    ("uy-ban-nhan-dan-tinh", ["bch-dang-bo-tinh-nam-dinh", "chinh-phu"], None),
    ("so-thong-tin-va-truyen-thong", ["so-khoa-hoc-va-cong-nghe"], None),
    ("muc-2", ["muc-1", "muc-3"], None),
    ("Giấy khen", ["Giấy ủy quyền", "Giấy mời"], None),
    ("", ["a"], None),
    ("a", [], None),
]


@pytest.mark.parametrize(("value", "known", "expected"), NEAR)
def test_a_suggestion_is_near_or_none(value, known, expected):
    assert nearest(value, known) == expected


@pytest.mark.parametrize(
    ("text", "other"),
    [("kỹ năng", "kĩ năng"), ("Quý", "quí"), ("lý do", "lí do"), ("ĐẢNG", "Ðảng"), ("công ty", "công ti"), ("hòa", "hoà")],
)
def test_letters_that_are_written_in_two_ways_are_one(text, other):
    assert same_letters(text) == same_letters(other)


def test_a_letter_that_looks_like_another_becomes_it():
    assert neutralised("QÐ-UBND, ðường") == "QĐ-UBND, đường"
    assert slugify("Ðảng bộ") == "dang-bo"
    assert (same_letters("yêu"), same_letters("máy"), same_letters("quyết")) == ("yeu", "may", "quyet")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Nháp", "draft"), ("bản nháp", "draft"), ("Đã đăng", "published"), ("gỡ", "withdrawn"), ("drat", "draft"), ("abc", None)],
)
def test_a_status_in_vietnamese_leads_to_the_one_that_is_meant(text, meant):
    with pytest.raises(Invalid) as wrong:
        parse_status(text)
    assert wrong.value.remedy == (f"có phải là {meant}?" if meant else "ghi draft, published hoặc withdrawn.")


FIELDS = {"chủ đề": "topic", "Tên bài": "title", "tiêu đề": "title", "ngày đăng": "date", "Ngày": "date", "từ khóa": "tags", "tác giả": "authors", "tóm tắt": "summary", "ảnh": "cover"}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_in_vietnamese_leads_to_the_one_that_is_meant(name):
    values = {"title": "Tên", "date": "2026-11-20", "summary": "Tóm tắt", "topic": "so", name: "x"}
    _, problems = check_fields(CONTENT_TYPES[Kind.NEWS].fields, values, lambda at: 1, "x.md", KnownIds(zone=ZONE, topics=("so",)))
    assert [str(problem) for problem in problems] == [
        f'x.md:1: Không có trường "{name}". Cách sửa: có phải là {FIELDS[name]}? [unknown-field]'
    ]


QUOTED = {
    "title: “Xã: tổ số #1”": {"title": "Xã: tổ số #1"},
    "title: “Một” và “hai”": {"title": "“Một” và “hai”"},
    "tags: [“a, b”, c]": {"tags": ["a, b", "c"]},
    "cover: {image: /a.jpg, alt: “Hội trường: tầng 2”}": {"cover": {"image": "/a.jpg", "alt": "Hội trường: tầng 2"}},
    "tags:\n  - “a: b”": {"tags": ["a: b"]},
    "title: '“Một”'": {"title": "“Một”"},
    'title: "[a,“b”]"': {"title": "[a,“b”]"},
    "summary: |\n  a: “b”\n  - “c”\ntitle: “d”": {"summary": "a: “b”\n- “c”\n", "title": "d"},
}


@pytest.mark.parametrize("text", QUOTED)
def test_a_pair_of_curly_quotes_around_a_value_are_those_of_yaml(text):
    assert parse_fields(f"{text}\n", "x.md").values == QUOTED[text]


ALIASES = {
    "/tin": "/tin/",
    "/a/index.html": "/a/",
    "/Pages/A.aspx": "/Pages/A.aspx",
    "/tin-t%E1%BB%A9c/": "/tin-tức/",
    "/tin-tu\u031b\u0301c/": "/tin-tức/",
}


@pytest.mark.parametrize("text", ALIASES)
def test_a_former_path_is_as_a_browser_shows_it(text):
    assert parse_alias(text) == ALIASES[text]
