"""Holds what a month's log says of each channel, and that it says nothing of a person."""

import csv
import gzip
import io
import random
import re
from zoneinfo import ZoneInfo

import html5lib
import pytest
from conftest import ROOT

from chuyendoiso.deploy.access_log import FORMAT
from chuyendoiso.ops.access_counts import count_requests
from chuyendoiso.ops.reach_report import CLASSES, join, make_csv, make_page, read_manifest, say
from chuyendoiso.system.errors import WrongUse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NEWS, TRAINING = "/tin-tuc/2026/mot/", "/tap-huan/hai/"
MANIFEST = {
    "site": "Trang thử",
    "url": "https://tinh.gov.vn/cds/",
    "items": [
        {"kind": "tin-tuc", "path": NEWS, "title": "=Một <b>"},
        {"kind": "tap-huan", "path": TRAINING, "title": "Hai"},
    ],
}


def line(path, agent="browser", time="24/Nov/2026:05:00:01 +0700", method="GET", status="200"):
    values = {
        "$time_local": time, "$request_method": method, "$cds_path": path, "$status": status, "$server_protocol": "HTTP/1.1",
        "$body_bytes_sent": "512", "$cds_referring_site": "https://tinh.gov.vn", "$cds_agent": agent,
    }  # fmt: skip
    return re.sub(r"\$\w+", lambda match: values[match[0]], FORMAT) + "\n"


def log(tmp_path, *lines, name="a.log"):
    (tmp_path / name).write_text("".join(lines), "utf-8")
    return tmp_path / name


def reach(tmp_path, *lines):
    return join(count_requests([log(tmp_path, *lines)], "2026-11", ZONE), MANIFEST, "2026-11")


@pytest.mark.parametrize(
    ("path", "measure", "item"),
    [
        (f"/cds{NEWS}", "Mở trang", NEWS),
        ("/cds/", "Mở trang", None),
        ("/cds/404.html", "Mở trang", None),
        (f"/cds{TRAINING}to-roi/", "Tờ rơi", TRAINING),
        ("/cds/lich/tap-huan-hai.ics", "Lịch hội nghị", TRAINING),
        ("/cds/lich/hoi-nghi.ics", "Lịch hội nghị", None),
        ("/cds/feeds/tat-ca/rss.xml", "Nguồn tin", None),
        ("/cds/nhung/tin-moi/", "Khung nhúng", None),
        ("/cds/css/news-0.css", None, None),
    ],
)
def test_each_address_counts_for_one_measure(tmp_path, path, measure, item):
    found = reach(tmp_path, *[line(path)] * 7)
    assert {name: sum(counts.values()) for name, counts in found.measures.items() if counts} == ({measure: 7} if measure else {})
    assert [(one.path, sum(one.counts[measure].values())) for one in found.items] == ([(item, 7)] if item else [])


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 1),
        ({"status": "304"}, 1),
        ({"status": "404"}, 0),
        ({"status": "301"}, 0),
        ({"method": "HEAD"}, 0),
        ({"time": "31/Oct/2026:17:00:00 +0000"}, 1),  # the first of November in the site's zone
        ({"time": "31/Oct/2026:16:59:59 +0000"}, 0),
        ({"time": "30/Nov/2026:17:00:00 +0000"}, 0),
        ({"time": "99/Nov/2026:05:00:00 +0000"}, 0),
        ({"agent": "robot"}, 0),
        ({"agent": "la"}, 1),
    ],
)
def test_what_was_read_in_the_month_counts(tmp_path, change, count):
    found = reach(tmp_path, line(f"/cds{NEWS}", **change))
    assert sum(map(sum, (counts.values() for counts in found.kinds.values()))) == count
    assert found.robots == (1 if change.get("agent") == "robot" else 0)


def test_counts_are_those_of_a_naive_count_in_any_form_of_file(tmp_path):
    chance = random.Random(7)
    rows = [(chance.choice([NEWS, TRAINING]), chance.choice([*CLASSES, "robot"])) for _ in range(3000)]
    lines = [line(f"/cds{path}", agent) for path, agent in rows]
    lines[100:100] = ["hỏng\n", '0.0.0.0 [24/Nov/2026:05:00:01 +0700] "-" 400 0 "-" "other"\n', "\0\n"]
    plain = log(tmp_path, *lines[:1000])
    (tmp_path / "b.gz").write_bytes(gzip.compress("".join(lines[1000:]).encode()))
    counts = count_requests([plain, tmp_path / "b.gz"], "2026-11", ZONE)
    found = join(counts, MANIFEST, "2026-11")
    assert (counts.lines, counts.malformed) == (3003, 2)
    expected = {item: {name: rows.count((item, name)) for name in CLASSES} for item in (NEWS, TRAINING)}
    assert {one.path: dict(one.counts["Mở trang"]) for one in found.items} == expected
    assert found.robots == sum(agent == "robot" for _, agent in rows)
    assert sum(found.days.values()) == 3000 - found.robots


def test_small_counts_are_not_told(tmp_path):
    assert [say(count) for count in (0, 1, 4, 5, 1234)] == ["0", "dưới 5", "dưới 5", "5", "1.234"]
    found = reach(tmp_path, *[line(f"/cds{NEWS}")] * 3, *[line(f"/cds{NEWS}", "zalo")] * 9)
    table = list(csv.reader(io.StringIO(make_csv(found).removeprefix("\ufeff"))))
    row = next(row for row in table if row[2] == NEWS)
    assert row[:6] == ["'=Một <b>", "Tin tức", NEWS, "Mở trang", "dưới 5", "9"]
    page = make_page(found, ROOT / "theme", MANIFEST["url"])
    html5lib.HTMLParser(strict=True).parse(page)
    assert f'<a href="https://tinh.gov.vn/cds{NEWS}">=Một &lt;b&gt;</a>' in page
    assert "<td>3<" not in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.log",
            b'1.2.3.4 - - [24/Nov/2026:05:00:01 +0000] "GET / HTTP/1.1" 200 5 "-" "M"\n' * 60,
            "không theo dạng không giữ địa chỉ",
        ),
        ("a.gz", gzip.compress(b"x" * 10_000, mtime=0)[:30], "tệp nén bị hỏng hoặc thiếu phần cuối"),
        (None, b"", "không có tệp hoặc thư mục ấy"),
    ],
    ids=["with addresses", "cut short", "missing"],
)
def test_a_log_that_cannot_be_read_is_refused_without_an_address(tmp_path, name, data, said):
    if name:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(WrongUse) as refused:
        count_requests([tmp_path / (name or "khong-co")], "2026-11", ZONE)
    assert said in str(refused.value)
    assert "Cách sửa: " in str(refused.value)
    assert "1.2.3.4" not in str(refused.value)


def test_an_empty_log_is_a_month_without_readers(tmp_path):
    found = reach(tmp_path)
    assert (found.lines, found.items, found.robots) == (0, (), 0)
    html5lib.HTMLParser(strict=True).parse(make_page(found, ROOT / "theme", MANIFEST["url"]))


def test_without_a_manifest_the_command_says_what_to_do(tmp_path):
    with pytest.raises(WrongUse, match=r"Không đọc được manifest\.json trong .* Cách sửa: dựng trang bằng make html"):
        read_manifest(tmp_path)
