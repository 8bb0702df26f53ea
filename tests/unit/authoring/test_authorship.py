"""`invoke authorship`: a month's items by author, as a spreadsheet reads them."""

import csv
import io
import shutil

import pytest
from conftest import ROOT, SITES

from chuyendoiso.authoring.authorship_report import authorship_of
from chuyendoiso.system.errors import WrongUse

ARTICLE = "---\ntitle: {}\ndate: {}\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n{}---\nBa chữ **đây**.\n"
FILES = {
    "mot": ("'=1+1'", "2026-11-01", "authors: [Trần Bình, Đỗ An]\n"),
    "hai": ("Hai", "2026-10-31T17:00:00Z", ""),  # the first minute of November here
    "ba": ("Ba", "2026-10-31 23:59", "authors: [Đỗ An]\n"),
    "bon": ("Bốn", "2026-11-03", "authors: [Đỗ An]\nstatus: withdrawn\nwithdrawn_reason: Sai\n"),
    "nam": ("Năm", "2026-11-04", "authors: [Đỗ An]\nstatus: draft\n"),
    "sau": ("Sáu", "2199-11-04", "authors: [Đỗ An]\n"),
}


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "tin-tuc/2026").mkdir(parents=True)
    shutil.copy(SITES / "base.yml", folder / "site.yml")
    for name, values in FILES.items():
        (folder / f"tin-tuc/2026/{name}.md").write_text(ARTICLE.format(*values), "utf-8")
    return folder


def test_a_month_by_author_and_date(content):
    table = authorship_of(content, ROOT / "theme", "2026-11")
    assert table.startswith("\ufeffTác giả,Loại,")
    rows = list(csv.reader(io.StringIO(table[1:], newline="")))

    def row(author, title, date, slug, state="đã đăng"):
        address, file = f"https://tin.thu-nghiem.vn/tin-tuc/2026/{slug}/", f"tin-tuc/2026/{slug}.md"
        return [author, "Tin tức", title, date, "3", address, file, state]

    assert rows == [
        ["Tác giả", "Loại", "Tên bài", "Ngày đăng", "Số chữ", "Địa chỉ", "Tệp", "Tình trạng"],
        row("Đỗ An", "'=1+1", "2026-11-01 00:00", "mot"),
        row("Đỗ An", "Bốn", "2026-11-03 00:00", "bon", "đã gỡ"),
        row("Trần Bình", "'=1+1", "2026-11-01 00:00", "mot"),
        row("(không ghi)", "Hai", "2026-11-01 00:00", "hai"),
    ]


@pytest.mark.parametrize("month", ["11/2026", "2026-13", "2026", ""])
def test_an_invalid_month_is_rejected(content, month):
    with pytest.raises(WrongUse) as stopped:
        authorship_of(content, ROOT / "theme", month)
    assert str(stopped.value) == f'"{month}" không phải một tháng. Cách sửa: ghi --month năm-tháng, ví dụ --month 2026-11.'
