"""Holds what a month's log says of each channel, and that it says nothing of a person."""

import csv
import gzip
import io
import random
import re
import subprocess
import sys
import time
from collections import Counter
from zoneinfo import ZoneInfo

import html5lib
import pytest
from conftest import ROOT

from chuyendoiso.deploy.access_log import FORMAT
from chuyendoiso.ops.access_counts import AccessCounts, count_requests
from chuyendoiso.ops.reach_report import CLASSES, FEW, add, counted, join, make_csv, make_page, read_manifest
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
    return report(count_requests([log(tmp_path, *lines)], "2026-11", ZONE))


def report(counts):
    return join(counts, MANIFEST, "2026-11", {"coc-coc": "Trình X"})


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
    report = reach(tmp_path, *[line(path)] * 7)
    sums = {row.measure: row.total.shown for row in (report.channels, *report.measures) if row.total.shown}
    assert sums == ({measure: 7} if measure else {})
    assert [(row.path, row.measure, row.total.shown) for row in report.items] == ([(item, measure, 7)] if item else [])


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
    report = reach(tmp_path, *[line(f"/cds{NEWS}", **change)] * 5)
    assert report.channels.total.shown == 5 * count
    assert report.robots.shown == (5 if change.get("agent") == "robot" else 0)


def test_counts_are_those_of_a_naive_count_in_any_form_of_file(tmp_path):
    chance = random.Random(7)
    rows = [(chance.choice([NEWS, TRAINING]), chance.choice([*CLASSES, "robot"])) for _ in range(3000)]
    lines = [line(f"/cds{path}", agent) for path, agent in rows]
    lines[100:100] = ["hỏng\n", '0.0.0.0 [24/Nov/2026:05:00:01 +0700] "-" 400 0 "-" "other"\n', "\0\n"]
    plain = log(tmp_path, *lines[:1000])
    (tmp_path / "b.gz").write_bytes(gzip.compress("".join(lines[1000:]).encode()))
    counts = count_requests([plain, tmp_path / "b.gz"], "2026-11", ZONE)
    report_ = report(counts)
    assert (counts.lines, counts.malformed) == (3003, 2)
    expected = {item: {name: (rows.count((item, name)), 0) for name in CLASSES} for item in (NEWS, TRAINING)}
    assert {row.path: row.counts for row in report_.items} == expected
    robots = sum(agent == "robot" for _, agent in rows)
    assert (report_.robots.shown, report_.channels.total.shown) == (robots, 3000 - robots)


def test_small_counts_are_hidden_and_left_out_of_sums(tmp_path):
    assert [str(counted(count)) for count in (0, 1, 4, 5, 1234)] == ["0", "dưới 5", "dưới 5", "5", "1.234"]
    assert [str(add(map(counted, counts))) for counts in ([], [1], [4, 4], [1000, 7, 2], [1, 0])] == [
        "0",
        "dưới 5",
        "dưới 9",
        "hơn 1.007",
        "dưới 5",
    ]
    report = reach(tmp_path, *[line(f"/cds{NEWS}")] * 3, *[line(f"/cds{NEWS}", "zalo")] * 9)
    table = list(csv.reader(io.StringIO(make_csv(report).removeprefix("\ufeff"))))
    row = next(row for row in table if row[2] == NEWS)
    assert row[:6] == ["'=Một <b>", "Tin tức", NEWS, "Mở trang", "dưới 5", "9"]
    assert row[-1] == "hơn 9"
    page = make_page(report, ROOT / "theme", MANIFEST["url"])
    html5lib.HTMLParser(strict=True).parse(page)
    assert f'<a href="https://tinh.gov.vn/cds{NEWS}">=Một &lt;b&gt;</a>' in page
    assert "<td>3<" not in page
    assert "Trình duyệt Trình X" in page


@pytest.mark.parametrize("seed", range(20))
def test_no_subtraction_reveals_a_hidden_count(seed):
    """The report is the same whatever the hidden counts are."""
    chance = random.Random(seed)
    paths = [
        f"/cds{path}" for path in ("/", NEWS, TRAINING, f"{TRAINING}to-roi/", "/feeds/a.xml", "/feeds/b.xml", "/lich/hoi-nghi.ics")
    ]
    requests = {(path, agent): chance.choice([0, 1, 3, 4, 5, 12]) for path in paths for agent in (*CLASSES, "robot")}

    def written(counts):
        report_ = report(AccessCounts(Counter({key: count for key, count in counts.items() if count})))
        return make_csv(report_), make_page(report_, ROOT / "theme", MANIFEST["url"])

    small = [key for key, count in requests.items() if 0 < count < FEW and key[1] != "robot"]
    other = requests | {key: chance.randrange(1, FEW) for key in small}
    assert other != requests
    assert written(other) == written(requests)


@pytest.mark.long
def test_a_month_of_five_million_lines_takes_a_minute_and_100_mb(tmp_path):
    chance = random.Random(5)
    paths = [f"/cds/tin-tuc/2026/bai-{number}/" for number in range(20_000)]
    lines = [
        line(chance.choice(paths), chance.choice([*CLASSES]), f"{day:02}/Nov/2026:{hour:02}:00:01 +0700")
        for day in range(1, 31)
        for hour in range(24)
        for _ in range(70)
    ]
    block = "".join(lines).encode()
    repeats = 5_000_000 // len(lines) + 1
    with (tmp_path / "a.log").open("wb") as stream:
        for _ in range(repeats):
            stream.write(block)
    code = (
        "import sys; from pathlib import Path; from zoneinfo import ZoneInfo\n"
        "from chuyendoiso.ops.access_counts import count_requests\n"
        "counts = count_requests([Path(sys.argv[1])], '2026-11', ZoneInfo('Asia/Ho_Chi_Minh'))\n"
        "print(counts.lines, sum(counts.requests.values()), *[row.split()[1] for row in open('/proc/self/status') if row.startswith('VmHWM')])"
    )
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a.log"], cwd=ROOT, capture_output=True, text=True, check=True)
    lines_read, requests, kibibytes = map(int, done.stdout.split())
    assert lines_read == requests == repeats * len(lines) >= 5_000_000
    assert kibibytes * 1024 <= 100_000_000
    assert time.monotonic() - started <= 60


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
    report = reach(tmp_path)
    assert (report.items, report.robots) == ((), (0, 0))
    html5lib.HTMLParser(strict=True).parse(make_page(report, ROOT / "theme", MANIFEST["url"]))


def test_without_a_manifest_the_command_says_what_to_do(tmp_path):
    with pytest.raises(WrongUse, match=r"Không đọc được manifest\.json trong .* Cách sửa: dựng trang bằng make html"):
        read_manifest(tmp_path)
