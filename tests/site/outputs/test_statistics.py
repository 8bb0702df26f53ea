"""Holds what the page of statistics tells: a year by site.yml or by its sessions, figures counted differently never added up."""

from conftest import build_site
from lxml import html

SITE = """\
site: {name: Trang, url: "https://trang.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "trang.vn,2026"}
owner: {name: Sở}
topics: [{slug: mot, name: Chủ đề một}, {slug: hai, name: Chủ đề hai}]
audiences: [{id: nguoi-dan, name: Người dân}]
issuers: [{id: so, name: Sở}]
"""
TOTALS = """\
yearly_totals:
  - {year: 2022, name: Lượt dự, value: 50000, qualifier: gần, unit: lượt, source: Báo cáo}
  - {year: 2022, name: Người dự, value: 22780, unit: người, source: Báo cáo}
  - {year: 2024, name: Hội nghị, value: 4}
"""


def front(**fields: object) -> str:
    common = {"title": "Bài", "date": "2026-11-20", "summary": "Tóm tắt.", "topic": "mot"}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in {**common, **fields}.items()) + "---\n\nThân.\n"


def session(day: str, attendance: str = "") -> str:
    reported = f", attendance: {{{attendance}}}" if attendance else ""
    return front(
        date="2023-01-01", audience="[nguoi-dan]", session=f'{{starts_at: "{day} 14:00", ends_at: "{day} 16:00"{reported}}}'
    )


def tables(folder) -> dict[str, tuple[list[tuple[str, str]], str | None]]:
    """Return the rows and the note of each table of the page, by title."""
    tree = html.parse(folder / "thong-ke/index.html")
    found = {}
    for section in tree.getroot().find_class("cds-chart"):
        rows = [(" ".join(row.xpath("string(th)").split()), row.xpath("string(td)")) for row in section.xpath(".//tbody/tr")]
        found[section.xpath("string(h2)")] = rows, section.xpath("string(p)") or None
    return found


def test_years_come_from_the_settings_or_by_sessions_and_items_are_counted(tmp_path):
    files = {
        "site.yml": SITE + TOTALS,
        "tin-tuc/2026/a.md": front(),
        "tin-tuc/2026/b.md": front(topic="hai", date="2026-10-01"),
        "tin-tuc/2026/c.md": front(date="2026-12-30"),  # not yet
        "tap-huan/a.md": session("2023-05-04", "meeting_points: 1200, online: 3000"),
        "tap-huan/b.md": session("2023-06-04", "meeting_points: 30"),
        "tap-huan/c.md": session("2023-07-04"),
        "tap-huan/d.md": session("2024-05-04", "online: 9"),  # a year that the settings tell
        "tap-huan/e.md": session("2026-12-04"),  # yet to come
    }
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    build_site(tmp_path / "content", tmp_path / "output")
    found = tables(tmp_path / "output")
    assert list(found) == [
        "Hội nghị và người tham dự năm 2024",
        "Hội nghị và người tham dự năm 2023",
        "Hội nghị và người tham dự năm 2022",
        "Bài đã đăng, theo loại",
        "Bài đã đăng, theo chủ đề",
        "Bài đã đăng, theo tháng",
    ]
    assert found["Hội nghị và người tham dự năm 2024"] == ([("Hội nghị", "4")], None)
    assert found["Hội nghị và người tham dự năm 2023"] == (
        [
            ("Hội nghị, lớp tập huấn đã tổ chức", "3 buổi"),
            ("Người dự tại các điểm cầu", "1.230 người"),
            ("Lượt theo dõi trực tuyến", "3.000 lượt"),
        ],
        "Cộng từ số liệu của từng buổi có trên trang; người dự và lượt theo dõi đếm khác nhau, không cộng lại với nhau.",
    )
    assert found["Hội nghị và người tham dự năm 2022"] == (
        [("Lượt dự", "gần 50.000 lượt"), ("Người dự", "22.780 người")],
        "Mỗi con số đếm một cách khác nhau, không cộng lại với nhau. Nguồn: Báo cáo.",
    )
    assert found["Bài đã đăng, theo loại"][0] == [("Tin tức", "2"), ("Tập huấn và tài liệu", "5")]
    assert found["Bài đã đăng, theo chủ đề"][0] == [("Chủ đề một", "6"), ("Chủ đề hai", "1")]
    assert found["Bài đã đăng, theo tháng"][0] == [("Tháng 11/2026", "1"), ("Tháng 10/2026", "1"), ("Tháng 1/2023", "5")]


def test_without_anything_the_page_says_so(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text(SITE, "utf-8")
    build_site(tmp_path / "content", tmp_path / "output")
    assert tables(tmp_path / "output") == {}
    assert "Chưa có số liệu nào." in (tmp_path / "output/thong-ke/index.html").read_text("utf-8")
