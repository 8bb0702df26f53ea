"""Holds how a file is read: encodings, front matter, YAML's traps told with a line and a remedy, scalars that stay text."""

import random
import unicodedata

import fuzz
import pytest
from conftest import SEED, SOAK

from chuyendoiso.content import front_matter
from chuyendoiso.content.front_matter import Fields, SourceFile, Unreadable, parse_fields, parse_source, read_source, read_text
from chuyendoiso.content.scan import scan_content
from chuyendoiso.content.yaml_problems import quoted
from chuyendoiso.model.characters import forbidden_in, neutralised
from chuyendoiso.model.vocabulary import Kind

SYNTAX = "Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]"
NO_FIELDS = (
    "Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]"
)
SAVE_AS = 'Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]'


def problems_of(read, *arguments, **options):
    with pytest.raises(Unreadable) as raised:
        read(*arguments, **options)
    return [str(problem) for problem in raised.value.problems]


def write_source(folder, content):
    path = folder / "bai.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# ── YAML ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "title: Bài số #5",
            '2: Giá trị "Bài số #5" có " #": YAML bỏ phần từ dấu # trở đi. '
            'Cách sửa: đặt giá trị trong dấu nháy: title: "Bài số #5" [yaml-quotes]',
        ),
        (
            'title: Bài "số" #5',
            '2: Giá trị "Bài "số" #5" có " #": YAML bỏ phần từ dấu # trở đi. '
            "Cách sửa: đặt giá trị trong dấu nháy: title: 'Bài \"số\" #5' [yaml-quotes]",
        ),
        (
            "tags:\n  - a\n  - tổ #1",
            '4: Giá trị "tổ #1" có " #": YAML bỏ phần từ dấu # trở đi. '
            'Cách sửa: đặt giá trị trong dấu nháy: - "tổ #1" [yaml-quotes]',
        ),
        (
            "title: Nhìn lại: chín hội nghị",
            '2: Giá trị "Nhìn lại: chín hội nghị" có ký hiệu mà YAML hiểu khác. '
            'Cách sửa: đặt giá trị trong dấu nháy: title: "Nhìn lại: chín hội nghị" [yaml-quotes]',
        ),
        (
            "title: %50 số xã",
            '2: Giá trị "%50 số xã" có ký hiệu mà YAML hiểu khác. '
            'Cách sửa: đặt giá trị trong dấu nháy: title: "%50 số xã" [yaml-quotes]',
        ),
        (
            "title: @tinh",
            '2: Giá trị "@tinh" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "@tinh" [yaml-quotes]',
        ),
        (
            "title: *Bài viết*",
            '2: Giá trị "*Bài viết*" có ký hiệu mà YAML hiểu khác. '
            'Cách sửa: đặt giá trị trong dấu nháy: title: "*Bài viết*" [yaml-quotes]',
        ),
        *(
            (
                f"slug: a\ntitle: {value}",
                f'3: Giá trị "{value}" có ký hiệu riêng của YAML (&, * hoặc !). '
                f'Cách sửa: đặt giá trị trong dấu nháy: title: "{value}" [yaml-indirection]',
            )
            for value in ("&a Bài", "*a", "!x Bài", "!!python/object:os.system Bài")
        ),
        ("title: a\ntitle: b", '3: Trường "title" ghi hai lần. Cách sửa: giữ một dòng title, xóa dòng kia. [doubled-field]'),
        (
            "cover:\n  alt: a\n  alt: b",
            '4: Trường "alt" ghi hai lần. Cách sửa: giữ một dòng alt, xóa dòng kia. [doubled-field]',
        ),
        (
            "cover:\n\timage: a",
            "3: Dòng thụt vào bằng phím Tab, YAML không nhận. Cách sửa: thay Tab bằng hai dấu cách. [yaml-syntax]",
        ),
        (
            "title: [a] b",
            '2: Giá trị "[a] b" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "[a] b" [yaml-quotes]',
        ),
        (
            'summary: "a" b',
            """2: Giá trị ""a" b" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: summary: '"a" b' [yaml-quotes]""",
        ),
        (
            "Tóm tắt: a #b",
            """2: Giá trị "a #b" có " #": YAML bỏ phần từ dấu # trở đi. Cách sửa: đặt giá trị trong dấu nháy: Tóm tắt: "a #b" [yaml-quotes]""",
        ),
        (
            'title: "a”',
            """2: Dấu nháy mở ở "title: "a”" không có dấu nháy đóng. Cách sửa: thay dấu ” ở cuối dòng bằng dấu nháy thẳng. [yaml-syntax]""",
        ),
        ("title: a\n...\ndate: b", f'4: Phần khai báo sai cú pháp YAML ở "date: b". {SYNTAX}'),
        ("- a\n- b", f"2: {NO_FIELDS}"),
        ("title:a", f"2: {NO_FIELDS}"),
        ("", f"2: {NO_FIELDS}"),
        (
            "? [a]\n: b",
            "2: Tên trường không phải là chữ. Cách sửa: ghi mỗi trường một dòng dạng tên: giá trị. [yaml-syntax]",
        ),
    ],
)
def test_the_complete_message_of_a_yaml_trap(text, expected):
    assert problems_of(parse_fields, f"{text}\n", "x.md", first_line=2) == [f"x.md:{expected}"]


def test_invisible_and_bidirectional_characters_are_removed(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("a\u202egpj.exe\u202c b\u200bc\u2066d\u2069 e\u00adf\ufeff 👨\u200d👩", "utf-8")
    assert read_text(file, "a.md") == "agpj.exe bcd ef 👨\u200d👩"


# every character that PyYAML takes for the end of a line, refuses, or reads in a way of its own, and the ends of its ranges
ODD = [
    chr(code)
    for code in (
        *range(0xA1),
        0xAD,
        0x2028,
        0x2029,
        0xD7FF,
        0xD800,
        0xDFFF,
        0xE000,
        0xFEFF,
        0xFFFD,
        0xFFFE,
        0xFFFF,
        0x10000,
        0x10FFFF,
    )
]
# where it may be in front matter: {c}
PLACES = [
    "{c}title: a", "title{c}: a", "title:{c}a", "title: a{c}b", "title: a\n{c}\nb: c", 'title: "a{c}b"', "title: 'a{c}b'", 'title: "a{c}',
    'title: "\\{c}"', 'title: "\\{c}FFFFFFFFF"', 'title: "\\x{c}"', "title: |\n  a{c}b\n  c", "title: >{c}\n  a", "# a{c}b\ntitle: a", "tags: [a{c}, b]",
    "tags: [a{c}", "tags:\n  - a{c}\n  - b", "tags:\n  - a\n{c}  - b", "&a{c} title: *b", "title: !x{c} y", "title: *{c}", "%YAML{c}\n---\na: b",
    "? {c}\n: b", "cover: {{alt: b{c}", "title: a #{c}", "{c}", "- {c}\n- b",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_any_character_anywhere_in_front_matter_is_read_or_reported_with_its_line(place):
    for odd in ODD:
        text = place.format(c=odd) + "\nsummary: c\n"
        file = f"---\n{text}---\nThân.\n"
        for read in (
            lambda text=text: parse_fields(text, "x.md", first_line=2),
            lambda file=file: parse_source(file.encode("utf-8", "surrogatepass"), "tin-tuc/2026/x.md", "x.md"),
        ):
            try:
                read()
            except Unreadable as unreadable:
                lines = [problem.line for problem in unreadable.problems]
                assert lines and all(1 <= line <= file.count("\n") + 1 for line in lines), (odd, lines)


@pytest.mark.parametrize("odd", ["\r", "\x85", "\u2028", "\u2029", "\x00", "\x7f", "\ufffe"])
def test_a_character_that_yaml_does_not_take_is_reported_with_its_line(odd):
    expected = (
        f"x.md:3: Có ký tự điều khiển U+{ord(odd):04X}, không hiện được trên trang và làm hỏng nguồn tin. "
        "Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]"
    )
    assert problems_of(parse_fields, f"title: a\nsummary: b{odd}c\n", "x.md", first_line=2) == [expected]


@pytest.mark.parametrize("number", ["00110000", "FFFFFFFF"])
def test_an_escape_of_a_number_that_is_no_character_is_reported(number):
    line = f'title: "a\\U{number}"'
    expected = (
        f'x.md:3: Trong dấu nháy kép, dấu \\ đổi nghĩa chữ sau nó: "{line}". '
        f"Cách sửa: dùng dấu nháy đơn: title: 'a\\U{number}' [yaml-quotes]"
    )
    assert problems_of(parse_fields, f"slug: a\n{line}\n", "x.md", first_line=2) == [expected]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_line_break_that_only_yaml_sees_is_a_space(separator, tmp_path):
    file = tmp_path / "a.md"
    file.write_text(f"Một{separator}hai", "utf-8")
    assert read_text(file, "a.md") == "Một hai"


def test_all_duplicate_fields_and_comments_are_reported_at_once():
    text = "title: a #1\ndate: b\ndate: c\nslug: d #2\n"
    rules = [problem.rpartition(" ")[2] for problem in problems_of(parse_fields, text, "x.md", first_line=2)]
    assert rules == ["[yaml-quotes]", "[doubled-field]", "[yaml-quotes]"]


@pytest.mark.parametrize(
    "value",
    [
        "012",
        "12:30",
        "yes",
        "no",
        "2026-01-01",
        "~",
        "null",
        "1e3",
        "0x1F",
        "1_000",
        "3.10",
        "Bài#5",
        "a:b",
        "Số 1 – x",
        "<b>",
        "=",
    ],
)
def test_a_scalar_stays_the_text_that_was_written(value):
    assert parse_fields(f"title: {value}\n", "x.md").values == {"title": value}


@pytest.mark.parametrize("value", ["Bài số #5", "a: b", '"a"', "it's", "C:\\x", '\\"', "*a*", "- a", "%5", "{a", "012"])
def test_a_value_quoted_by_the_remedy_is_read_back_equal(value):
    assert parse_fields(f"title: {quoted(value)}\n", "x.md").values == {"title": value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('title: "Bài số #5: một"\n', {"title": "Bài số #5: một"}),
        ('title: "a" # ghi chú\n', {"title": "a"}),
        ("# ghi chú\ntitle: a\n# ghi chú nữa\n", {"title": "a"}),
        ("title: |\n  a: b #c\n  d\n", {"title": "a: b #c\nd\n"}),
        ("tags: [a, b]\n", {"tags": ["a", "b"]}),
        ("title: một\n  hai\n", {"title": "một hai"}),
    ],
)
def test_what_yaml_may_hold(text, expected):
    assert parse_fields(text, "x.md").values == expected


def test_a_comment_after_a_value_is_allowed_in_the_settings():
    assert parse_fields("site:\n  name: Trang # tên\n", "site.yml", comments=True).values == {"site": {"name": "Trang"}}


def test_lines_of_nested_fields_and_of_elements():
    text = "title: a\ncover:\n  image: b\n  alt: c\ntags:\n  - d\n  - e\nmaterials:\n  - file: f\n    label: g\n  - {url: h}\n"
    fields = parse_fields(text, "x.md", first_line=2)
    assert fields == Fields(
        {
            "title": "a",
            "cover": {"image": "b", "alt": "c"},
            "tags": ["d", "e"],
            "materials": [{"file": "f", "label": "g"}, {"url": "h"}],
        },
        {
            (): 2,
            ("title",): 2,
            ("cover",): 3,
            ("cover", "image"): 4,
            ("cover", "alt"): 5,
            ("tags",): 6,
            ("tags", 0): 7,
            ("tags", 1): 8,
            ("materials",): 9,
            ("materials", 0): 10,
            ("materials", 0, "file"): 10,
            ("materials", 0, "label"): 11,
            ("materials", 1): 12,
            ("materials", 1, "url"): 12,
        },
    )


@pytest.mark.parametrize(
    ("location", "line"),
    [(("cover", "alt"), 4), (("cover", "credit"), 3), (("tags", 5), 5), (("tags", 0, "x"), 5), (("title",), 2), (("lang",), 2)],
)
def test_the_line_of_what_is_not_there_is_that_of_what_is_around_it(location, line):
    fields = parse_fields("title: a\ncover:\n  alt: b\ntags: [c]\n", "x.md", first_line=2)
    assert fields.line(location) == line


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_its_fields_and_its_body(tmp_path):
    path = write_source(tmp_path, "---\ntitle: Tên\n---\n\nThân bài.\n---\nhết\n")
    expected = SourceFile(
        "tin-tuc/2026/bai.md",
        Kind.NEWS,
        Fields({"title": "Tên"}, {(): 2, ("title",): 2}),
        "\nThân bài.\n---\nhết\n",
        4,
        "---\ntitle: Tên\n---\n\nThân bài.\n---\nhết\n",
    )
    assert expected == read_source(path, "tin-tuc/2026/bai.md", "x.md")


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff---\ntitle: Tên\n---\nThân\n",
        "---\r\ntitle: Tên\r\n---\r\nThân\r\n",
        "---\rtitle: Tên\r---\rThân\r",
        "---  \ntitle: Tên\n--- \nThân\n",
        unicodedata.normalize("NFD", "---\ntitle: Tên\n---\nThân\n"),
    ],
    ids=["byte order mark", "CRLF", "CR", "spaces after the lines", "NFD"],
)
def test_other_forms_of_the_same_text_are_read_alike(tmp_path, content):
    source = read_source(write_source(tmp_path, content), "van-ban/bai.md", "x.md")
    assert (source.fields.values, source.body, source.body_line) == ({"title": "Tên"}, "Thân\n", 4)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "1: Tệp rỗng. Cách sửa: viết nội dung, hoặc xóa tệp nếu không cần. [empty-file]"),
        (" \n\n\t\n", "1: Tệp rỗng. Cách sửa: viết nội dung, hoặc xóa tệp nếu không cần. [empty-file]"),
        (
            "---\ntitle: a\n\nThân\n",
            "1: Phần khai báo mở bằng dòng --- nhưng không có dòng --- đóng lại. "
            "Cách sửa: thêm một dòng --- ngay sau trường cuối cùng. [front-matter]",
        ),
        (
            "# Tên bài\n\nThân\n",
            "1: Dòng đầu tiên không phải ---, tệp không có phần khai báo. "
            "Cách sửa: đặt phần khai báo giữa hai dòng --- ở đầu tệp. [front-matter]",
        ),
        (
            "Title: Tên bài\nDate: 2026-01-01\n\nThân\n",
            '1: Phần khai báo viết theo kiểu cũ của Pelican ("Title: Tên bài"), không có dòng --- bao quanh. '
            "Cách sửa: chạy make check FIX=1, hoặc đặt phần khai báo giữa hai dòng ---. [pelican-header]",
        ),
        ("---\ntitle: a".encode("utf-16"), f"1: Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8. {SAVE_AS}"),
        (
            b"\xfe\xff" + "---\ntitle: a".encode("utf-16-be"),
            f"1: Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8. {SAVE_AS}",
        ),
        (
            b"---\ntitle: a\n---\nTi\xeang Vi\xd6t\n",
            f"4: Tệp không phải UTF-8 (byte 0xEA ở vị trí 20). {SAVE_AS}",
        ),
        *(
            (
                f"---\ntitle: a\n---\n\nMột{character}hai\n",
                f"5: Có ký tự điều khiển U+{ord(character):04X}, không hiện được trên trang và làm hỏng nguồn tin. "
                "Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
            )
            for character in "\x00\x08\x0b\x0c\x1b\x7f\x9f\ufdd0\ufffe\uffff"
        ),
    ],
)
def test_the_complete_message_of_an_unreadable_file(tmp_path, content, expected):
    assert problems_of(read_source, write_source(tmp_path, content), "van-ban/bai.md", "x.md") == [f"x.md:{expected}"]


def test_tabs_emoji_and_rare_letters_are_text(tmp_path):
    text = "a\tb 🇻🇳 𠀀 \u00a0 \u200d \ufffd"
    assert read_text(write_source(tmp_path, text), "x.md") == text


def test_a_folder_is_listed_in_nfc_and_without_litter(tmp_path):
    for name in ("site.yml", "van-ban/b.md", "van-ban/.DS_Store", "van-ban/b.md~", "media/2026/Ảnh.jpg", "lạc.txt", ".minh-hoa"):
        path = tmp_path / unicodedata.normalize("NFD", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    tree = scan_content(tmp_path)
    assert (tree.articles, tree.media) == (("lạc.txt", "van-ban/b.md"), ("media/2026/Ảnh.jpg",))
    assert all(path.exists() for path in tree.files.values())


LINES = ("title: Bài\n", "tags: [a, b]\n", "cover:\n  image: x\n", "- a\n", "  - {b: c}\n", "x: y z\n", "x: 'd'\n", "x:\n", "# x\n")
PIECES = (*fuzz.WORDS, *LINES * 12)


@pytest.mark.soak
def test_both_yaml_parsers_agree(monkeypatch):
    """Plain text goes to libyaml, which is faster; odd text by seed."""
    chance = random.Random(SEED + 20261125)
    fast = 0
    for _ in range(60_000 if SOAK else 4000):
        text = neutralised("".join(chance.choices(PIECES, k=chance.randrange(1, 14))) + "\n")
        if forbidden_in(text):  # which no file gets to them with
            continue
        fast += front_matter._compose_fast(text) is not None
        with monkeypatch.context() as patched:
            patched.setattr(front_matter, "_compose_fast", lambda text: None)
            expected = _parsed(text)
        assert _parsed(text) == expected, text
    assert fast > 500


def _parsed(text):
    try:
        return parse_fields(text, "x.md")
    except Unreadable as unreadable:
        return unreadable.problems
