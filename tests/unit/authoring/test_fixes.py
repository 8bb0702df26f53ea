"""`make check FIX=1`: what it mends, what it leaves alone, and how it tells."""

import os
import shutil

import pytest
from conftest import ROOT, SITES
from hypothesis import given
from hypothesis import strategies as st

from chuyendoiso.authoring.check_command import check_content, problems_of
from chuyendoiso.authoring.field_fixes import fix_fields
from chuyendoiso.authoring.fixes import fix_content
from chuyendoiso.model.vocabulary import Kind

HEAD = "title: Một\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n"


TRACKED = "https://l.facebook.com/l.php?u=https%3A%2F%2Fb.vn%2Fc%3Fd%3D1%26fbclid%3Dz&h=AT0"


def article(fields: str, body: str = "Thân bài.\n") -> str:
    return f"---\n{fields}---\n{body}"


MENDED = {
    "title: Bài số #5\n": ('title: "Bài số #5"\n', ["đặt giá trị trong dấu nháy"]),
    'title: Xã: "tổ" số\n': ("title: 'Xã: \"tổ\" số'\n", ["đặt giá trị trong dấu nháy"]),
    "title: Xã: số\nsummary: Một: hai #3\n": ('title: "Xã: số"\nsummary: "Một: hai #3"\n', ["đặt giá trị trong dấu nháy"]),
    "title: &quot\n": ('title: "&quot"\n', ["đặt giá trị trong dấu nháy"]),
    "source:\n  name: Báo: hai\n": ('source:\n  name: "Báo: hai"\n', ["đặt giá trị trong dấu nháy"]),
    "date: 31/12/2026\n": ("date: 2026-12-31\n", ["đổi ngày 31/12/2026 thành 2026-12-31"]),
    "date: 20-11-2026 08:00\n": ("date: 2026-11-20 08:00\n", ["đổi ngày 20-11-2026 08:00 thành 2026-11-20 08:00"]),
    "date: 5/5/2026\n": ("date: 2026-05-05\n", ["đổi ngày 5/5/2026 thành 2026-05-05"]),
    "date: '2026/11/5'\n": ("date: '2026-11-05'\n", ["đổi ngày 2026/11/5 thành 2026-11-05"]),
    "corrections:\n  - {date: 25/12/2026, note: x}\n": (
        "corrections:\n  - {date: 2026-12-25, note: x}\n",
        ["đổi ngày 25/12/2026 thành 2026-12-25"],
    ),
    "sumary: Một\n": ("summary: Một\n", ["sửa tên trường sumary thành summary"]),
    "Tag: [a]\n": ("tags: [a]\n", ["sửa tên trường Tag thành tags"]),
    "change-note: Một\n": ("change_note: Một\n", ["sửa tên trường change-note thành change_note"]),
    "cover:\n  imgae: /media/a.jpg\n": ("cover:\n  image: /media/a.jpg\n", ["sửa tên trường imgae thành image"]),
    "cover: {image: /media/a.jpg, captoin: Một}\n": (
        "cover: {image: /media/a.jpg, caption: Một}\n",
        ["sửa tên trường captoin thành caption"],
    ),
    "tags: [văn hoá, thuỷ lợi]\n": (
        "tags: [văn hóa, thủy lợi]\n",
        ["đặt dấu thanh của từ khóa văn hoá như văn hóa", "đặt dấu thanh của từ khóa thuỷ lợi như thủy lợi"],
    ),
    "tags:\n  - hoà\n": ("tags:\n  - hòa\n", ["đặt dấu thanh của từ khóa hoà như hòa"]),
}
LEFT = [
    "date: 05/04/2026\n",  # the fifth of April, or the fourth of May
    "date: 31/02/2026\n",
    "title: Văn hoá\n",  # words of people stay as they write them
    "sumary: Một\nsummary: Hai\n",
    "xyz: Một\n",
    "title: |\n  Một: hai\n",
    'title: "Một\n',
    "title: Một\n\ttags: [a]\n",
    "title: Một\ntitle: Hai #2\n",
]


@pytest.mark.parametrize(("before", "after"), MENDED.items())
def test_unambiguous_mistakes_are_fixed(before, after):
    assert fix_fields(article(before), Kind.NEWS) == (article(after[0]), after[1])
    assert fix_fields(article(after[0]), Kind.NEWS) == (article(after[0]), [])


@pytest.mark.parametrize("fields", LEFT)
def test_ambiguous_text_is_unchanged(fields):
    assert fix_fields(article(fields), Kind.NEWS) == (article(fields), [])


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.sampled_from(Kind))
def test_any_text_is_fixed_once_and_its_body_is_unchanged(text, kind):
    original = article(HEAD + text.replace("---", "") + "\n", "Thân #1: bài\n")
    fixed, _ = fix_fields(original, kind)
    assert fixed.endswith("---\nThân #1: bài\n")
    assert fix_fields(fixed, kind) == (fixed, [])


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "tin-tuc/2026").mkdir(parents=True)
    (folder / "media").mkdir()
    shutil.copy(SITES / "base.yml", folder / "site.yml")
    shutil.copy(next((SITES / "small/media").rglob("*.jpg")), folder / "media/a.jpg")
    return folder


def test_each_changed_line_is_reported(content, capsys):
    path = content / "tin-tuc/2026/mot.md"
    path.write_text(article("titel: Xã: một\ndate: 20/11/2026\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n"), "utf-8")
    path.chmod(0o640)
    assert check_content(content, ROOT / "theme", fix=True) == 0
    output = capsys.readouterr()
    assert output.out == "Không có lỗi nào.\n"
    assert output.err.splitlines() == [
        "Đã sửa content/tin-tuc/2026/mot.md: đặt giá trị trong dấu nháy, sửa tên trường titel thành title, đổi ngày 20/11/2026 thành 2026-11-20.",
        "  dòng 2 - titel: Xã: một",
        "  dòng 2 - date: 20/11/2026",
        '  dòng 2 + title: "Xã: một"',
        "  dòng 3 + date: 2026-11-20",
    ]
    assert (path.stat().st_mode & 0o777, [file.name for file in path.parent.iterdir()]) == (0o640, ["mot.md"])


def test_utf_16_with_a_byte_order_mark_becomes_utf_8(content):
    path = content / "tin-tuc/2026/mot.md"
    path.write_bytes(article(HEAD).replace("\n", "\r\n").encode("utf-16"))
    assert [mended.fixes for mended in fix_content(content)] == [("đổi bảng mã UTF-16 sang UTF-8", "đổi dấu xuống dòng")]
    assert path.read_bytes() == article(HEAD).encode()
    path.write_bytes(article(HEAD).encode("cp1258", "replace"))
    assert list(fix_content(content)) == []


def test_tracking_is_removed_from_addresses(content, capsys):
    path = content / "tin-tuc/2026/a.md"
    path.write_text(
        article(f"{HEAD}source: {{name: Báo, url: 'https://a.vn/?utm_source=x'}}\n", f"{TRACKED} [x](https://a.vn/?fbclid=1#b)\n"),
        "utf-8",
    )
    line = 'content/tin-tuc/2026/a.md:6: Cảnh báo: Địa chỉ "https://a.vn/?utm_source=x" có phần theo dõi người đọc. '
    assert line + "Cách sửa: ghi https://a.vn/, hoặc chạy make check FIX=1. [tracking-address]" in map(
        str, problems_of(content, ROOT / "theme")
    )
    assert check_content(content, ROOT / "theme", fix=True) == 0
    assert path.read_text("utf-8") == article(
        f"{HEAD}source: {{name: Báo, url: 'https://a.vn/'}}\n", "https://b.vn/c?d=1 [x](https://a.vn/#b)\n"
    )
    assert "bỏ phần theo dõi trong địa chỉ" in capsys.readouterr().err


def test_correct_files_are_not_written(content):
    path = content / "tin-tuc/2026/mot.md"
    path.write_text(article(HEAD), "utf-8")
    os.utime(path, (1, 1))
    assert (list(fix_content(content)), path.stat().st_mtime) == ([], 1)


DESCRIBED = {
    "cover: {image: /media/a.jpg}\n": 'cover: {alt: "Ai, gì", image: /media/a.jpg}\n',
    "cover:\n  image: /media/a.jpg\n  credit: B\n": 'cover:\n  image: /media/a.jpg\n  alt: "Ai, gì"\n  credit: B\n',
}


@pytest.mark.parametrize(("cover", "after"), DESCRIBED.items())
def test_a_person_is_asked_for_missing_descriptions(content, cover, after, capsys):
    path = content / "tin-tuc/2026/mot.md"
    path.write_text(article(HEAD + cover, "![](/media/a.jpg)\n\n![ ](../../media/a.jpg 'Hai')\n\n`![](/media/a.jpg)`\n"), "utf-8")
    asked = []

    def ask(question):
        asked.append(question)
        return ["[Một] tổ", "", "Ai, gì"][len(asked) - 1]

    assert check_content(content, ROOT / "theme", fix=True, ask=ask) == 1
    body = 8 + cover.count("\n") - 1
    assert [question.partition(":")[2].partition(" ảnh")[0] for question in asked] == [
        f"{body}:",
        f"{body + 2}:",
        "6:" if "{" in cover else "7:",
    ]
    assert path.read_text("utf-8") == article(
        HEAD + after, "![\\[Một\\] tổ](/media/a.jpg)\n\n![](../../media/a.jpg 'Hai')\n\n`![](/media/a.jpg)`\n"
    )
    assert [problem.rule for problem in problems_of(content, ROOT / "theme")] == ["missing-alt"]
    assert "Đã sửa content/tin-tuc/2026/mot.md: ghi mô tả ảnh." in capsys.readouterr().err
