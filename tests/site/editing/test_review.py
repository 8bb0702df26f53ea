"""`make review`: what publishing now would change, and how each item will look."""

import re
import shutil

import pytest
from conftest import ROOT, SITES, build_site
from lxml import html

from chuyendoiso.domain.problems import WrongUse
from chuyendoiso.editing.command import review_of

ARTICLE = "---\ntitle: {title}\ndate: {date}\nsummary: {summary}\ntopic: xa-hoi-so\n{more}---\n{body}\n"
SOUND = "Đã kiểm tra: mọi liên kết trong trang đều tới nơi, mọi ảnh và tệp đính kèm đều có."


def write(content, name, title, more="", body="Thân bài.", date="2026-11-20", summary="Tóm tắt."):
    path = content / f"tin-tuc/2026/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE.format(title=title, date=date, summary=summary, more=more, body=body), "utf-8")


@pytest.fixture
def desk(tmp_path):
    """A site that is published, and changes that are not."""
    content = tmp_path / "content"
    content.mkdir()
    shutil.copy(SITES / "base.yml", content / "site.yml")
    for name in ("lon", "nho", "cu", "go", "yen"):
        write(content, name, f"Tin {name}")
    build_site(content, tmp_path / "published")
    write(content, "moi", "Tin mới", summary="Dài " * 74)
    write(content, "hen", "Tin hẹn", date="2199-01-02 08:00")
    write(content, "nhap", "Tin nháp", more="status: draft\n")
    write(content, "lon", "Tin lon", more="modified: 2026-11-21\nchange_note: Thêm số liệu.\n")
    write(content, "nho", "Tin nho", body="Thân bài sửa.")
    (content / "tin-tuc/2026/cu.md").unlink()
    write(content, "khac", "Tin cu", more="aliases: [/tin-tuc/2026/cu/]\n")
    write(content, "go", "Tin go", more="status: withdrawn\nwithdrawn_reason: Trùng.\n")
    build_site(content, tmp_path / "output")
    return tmp_path


def reviewed(folder, published):
    return review_of(folder / "content", ROOT / "theme", folder / "output", published, folder / "review.html").splitlines()


def test_what_changes_is_told(desk):
    published = desk / "published"
    assert reviewed(desk, published) == [
        f"So với bản đã đăng ({published}), đăng bây giờ sẽ thay đổi những bài sau.",
        "Mới (1):",
        "  + Tin mới  /tin-tuc/2026/moi/",
        "Sửa lớn, gửi lại tới các kênh (1):",
        "  * Tin lon  /tin-tuc/2026/lon/",
        "Sửa nhỏ (2):",
        "  . Tin cu  /tin-tuc/2026/khac/",
        "  . Tin nho  /tin-tuc/2026/nho/",
        "Gỡ (1):",
        "  - Tin go  /tin-tuc/2026/go/",
        "Đổi địa chỉ (1):",
        "  /tin-tuc/2026/cu/ → /tin-tuc/2026/khac/",
        "Hẹn giờ (1):",
        "  Thứ Tư, 02/01/2199, 08:00: Tin hẹn",
        SOUND,
        f"Xem từng bài sẽ hiện ra sao: {desk / 'review.html'}",
    ]


def test_the_page_shows_each_item_as_it_will_be_met(desk):
    reviewed(desk, desk / "published")
    page = html.parse(desk / "review.html").getroot()
    assert [one.text for one in page.iterfind(".//article/h3")] == ["Tin mới", "Tin lon", "Tin cu", "Tin nho"]
    for name in ("src", "href"):
        linked = [one.get(name) for one in page.iterfind(f".//*[@{name}]")]
        assert linked
        assert [path for path in linked if not (desk / path).is_file()] == []
    assert page.find(".//article//section/p").text_content() == "Tin tức · 20/11/2026"
    counters = page.find(".//article/p[2]").text_content()
    assert counters == "Tên bài: 7/200 · Tóm tắt: 295/300 · Tên trên Zalo: 7/150 · Tóm tắt trên Zalo: 295/300"
    assert not re.search(r"https?://(?!tin\.thu-nghiem\.vn)", (desk / "review.html").read_text("utf-8"))


def test_what_zalo_would_cut_is_told(desk):
    write(desk / "content", "moi", "Rất " * 40 + "dài")
    build_site(desk / "content", desk / "output")
    told = reviewed(desk, desk / "published")
    at = told.index("Dài quá, sẽ bị cắt (1):")
    assert told[at + 1] == f"  {'Rất ' * 40}dài: Tên trên Zalo 163/150"
    assert any("[long-for-zalo]" in line for line in told)


def test_where_nothing_was_published_everything_is_new(desk):
    told = reviewed(desk, None)
    assert told[0] == (
        "Chưa đăng bản nào từ máy này, nên mọi bài đều là mới. Trang đã đăng từ nơi khác thì chỉ thư mục của nó bằng --against."
    )
    assert told[1] == "Mới (5):"


def test_where_nothing_changed_that_is_told(desk):
    shutil.rmtree(desk / "content/tin-tuc")
    write(desk / "content", "yen", "Tin yen")
    build_site(desk / "content", desk / "output")
    told = reviewed(desk, desk / "output")
    assert told[:2] == [f"Không bài nào thay đổi so với bản đã đăng ({desk / 'output'}).", SOUND]


def test_what_is_no_site_is_told(desk):
    with pytest.raises(WrongUse, match=r"Không đọc được manifest\.json trong .*/content\. Cách sửa: chỉ thư mục"):
        reviewed(desk, desk / "content")
