"""Trainings are listed by audience, topic and format, with size or duration; sessions stand in the calendar of their months."""

import re
from datetime import date

import pytest
from conftest import build_site

from chuyendoiso.model.content_types.training import Material
from chuyendoiso.model.items import File
from chuyendoiso.outputs.pages.materials import format_of, material_facts

FILE = File("media/a.pdf", "/media/a.pdf", "application/pdf", 1_240_000, "a" * 64, pages=12)


def material(file=None, url=None, format_=None, minutes=None):
    return Material(file=file, url=url, label="Sổ tay", format=format_, minutes=minutes)


@pytest.mark.parametrize(
    ("given", "format_", "facts"),
    [
        (material(FILE), "PDF", "PDF, 12 trang, 1,2 MB"),
        (material(FILE, format_="sổ tay"), "Sổ tay", "PDF, 12 trang, 1,2 MB"),
        (material(url="https://a.vn/", format_="video", minutes=45), "Video", "Video, 45 phút"),
        (material(url="https://a.vn/", format_="Bản ghi  hình"), "Video", "Video"),
        (material(url="https://a.vn/", format_="Slide", minutes=90), "Trình chiếu", "Trình chiếu, 1 giờ 30 phút"),
        (material(url="https://a.vn/"), "Trang web", "Trang web"),
        (material(url="https://a.vn/", format_="?"), "Trang web", "Trang web"),
    ],
)
def test_a_material_is_described_by_format_size_and_duration(given, format_, facts):
    assert (format_, facts) == (format_of(given), material_facts(given))


SESSION = """---
title: Hội nghị {name}
date: 2026-11-01
summary: Tập huấn.
topic: xa-hoi-so
audience: [nguoi-dan]
session: {{starts_at: {starts}, ends_at: {ends}}}
---
Chữ.
"""


@pytest.fixture
def built(small_content, output):
    for old in (small_content / "tap-huan").glob("*.md"):
        old.unlink()
    (small_content / "van-ban/1-qd-ubnd.md").read_text("utf-8")
    for file in small_content.rglob("*.md"):
        text = re.sub(r"\[([^]]*)\]\(\{filename\}/tap-huan[^)]*\)", r"\1", file.read_text("utf-8"))
        file.write_text(text, "utf-8")
    for name, starts, ends in (
        ("mot", "2026-11-30 14:00", "2026-12-01 16:00"),
        ("hai", "2026-12-01 08:00", "2026-12-01 09:00"),
        ("ba", "2027-02-28 23:30", "2027-02-28 23:45"),
    ):
        (small_content / f"tap-huan/{name}.md").write_text(SESSION.format(name=name, starts=starts, ends=ends), "utf-8")
    build_site(small_content, output)
    return output


def busy(output, month):
    """Return the sessions that a month's calendar shows, by day."""
    page = (output / f"tap-huan/lich/{month}/index.html").read_text("utf-8")
    days = re.findall(r'cds-month__day--busy"><span class="cds-month__number">(\d+)</span>(.*?)</td>', page, re.DOTALL)
    return {int(day): re.findall(r"<li>(.*?) <a[^>]*>(.*?)</a>", inner) for day, inner in days}


def test_sessions_stand_on_their_days(built):
    assert busy(built, "2026-11") == {30: [("14:00", "Hội nghị mot")]}
    assert busy(built, "2026-12") == {1: [("tiếp theo", "Hội nghị mot"), ("08:00", "Hội nghị hai")]}
    assert busy(built, "2027-02") == {28: [("23:30", "Hội nghị ba")]}
    assert sorted(one.name for one in (built / "tap-huan/lich").iterdir() if one.is_dir()) == ["2026-11", "2026-12", "2027-02"]


def test_a_month_has_all_its_days_under_their_weekdays_and_leads_to_its_neighbours(built):
    page = (built / "tap-huan/lich/2026-12/index.html").read_text("utf-8")
    weeks = [
        re.findall(r"<td[^>]*>(?:<span class=\"cds-month__number\">(\d+))?", week) for week in page.split("cds-month__week")[1:]
    ]
    assert {7} == {len(week) for week in weeks}
    assert [str(day) for day in range(1, 32)] == [day for week in weeks for day in week if day]
    assert date(2026, 12, 1).weekday() == weeks[0].index("1")
    assert re.findall(r'href="([^"]*)" rel="(?:prev|next)"', page) == ["/tap-huan/lich/2026-11/", "/tap-huan/lich/2027-02/"]


def test_the_calendar_begins_with_the_month_of_the_next_session(built):
    assert (built / "tap-huan/lich/index.html").read_bytes() == (built / "tap-huan/lich/2026-11/index.html").read_bytes()
