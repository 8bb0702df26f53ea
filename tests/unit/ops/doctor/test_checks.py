"""Checks of facts that no server on this machine has: expiring certificates, full disks, slow responses, many items."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from made_items import SITE

from chuyendoiso.model.problems import Problem
from chuyendoiso.ops.doctor.content import ExpectedContent, check_content
from chuyendoiso.ops.doctor.crawler import CrawlResponse
from chuyendoiso.ops.doctor.disk import DiskSpace, check_disk_space
from chuyendoiso.ops.doctor.findings import Finding, FindingLevel, exit_status, report, report_json
from chuyendoiso.ops.doctor.frames import check_frames
from chuyendoiso.ops.doctor.intact import check_search
from chuyendoiso.ops.doctor.listing import ItemList, ListedItem, parse_listing
from chuyendoiso.ops.doctor.page_links import parse_links, parse_sitemap
from chuyendoiso.ops.doctor.reachable import check_certificate, check_home
from chuyendoiso.ops.doctor.response_headers import check_security
from chuyendoiso.system.http import Certificate

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
RENEW = " Cách sửa: gia hạn chứng thư, nạp lại máy chủ web, và xem vì sao lịch tự gia hạn không chạy. [certificate]"
INSTALL = " Cách sửa: cài chứng thư đúng tên miền do nơi được tin cậy cấp, kèm chứng thư trung gian, rồi nạp lại máy chủ web. [certificate]"
ROOM = " Cách sửa: dọn nhật ký, bản sao cũ, hoặc mở rộng ổ đĩa. [disk]"


@pytest.mark.parametrize(
    ("certificate", "line"),
    [
        (Certificate(NOW + timedelta(days=21)), "Tốt: chứng thư của tin.vn còn 21 ngày. [certificate]"),
        (Certificate(NOW + timedelta(days=20, hours=23)), "Nên xem: Chứng thư của tin.vn còn 20 ngày." + RENEW),
        (Certificate(NOW + timedelta(days=7)), "Nên xem: Chứng thư của tin.vn còn 7 ngày." + RENEW),
        (Certificate(NOW + timedelta(days=6, hours=23)), "Hỏng: Chứng thư của tin.vn chỉ còn 6 ngày." + RENEW),
        (Certificate(NOW - timedelta(hours=1)), "Hỏng: Chứng thư của tin.vn chỉ còn 0 ngày." + RENEW),
        (Certificate(None, "đã hết hạn"), "Hỏng: Chứng thư của tin.vn không dùng được: đã hết hạn." + INSTALL),
    ],
)
def test_certificates(certificate, line):
    assert str(check_certificate("tin.vn", certificate, NOW)) == line


@pytest.mark.parametrize(
    ("room", "lines"),
    [
        (DiskSpace("/srv", 0.5, 0.9), ["Tốt: ổ đĩa của /srv còn trống 50,0 %. [disk]"]),
        (DiskSpace("/srv", 0.5, None), ["Tốt: ổ đĩa của /srv còn trống 50,0 %. [disk]"]),
        (DiskSpace("/srv", 0.099, 0.9), ["Nên xem: Ổ đĩa của /srv chỉ còn 9,9 % chỗ." + ROOM]),
        (DiskSpace("/srv", 0.029, 0.9), ["Hỏng: Ổ đĩa của /srv chỉ còn 2,9 % chỗ." + ROOM]),
        (DiskSpace("/srv", 0.5, 0.01), ["Hỏng: Ổ đĩa của /srv chỉ còn 1,0 % số tệp (inode)." + ROOM]),
    ],
)
def test_free_space_on_the_disk(room, lines):
    assert [str(finding) for finding in check_disk_space(room)] == lines


def test_a_slow_home_page():
    line = "Nên xem: Trang chủ mất 3,5 giây mới trả lời. Cách sửa: xem tải của máy chủ và đường truyền. [home]"
    assert str(check_home(CrawlResponse("https://tin.vn/", 200, seconds=3.5))) == line


GOOD = {
    "content-security-policy": "default-src 'none'; img-src 'self'; frame-ancestors 'self'",
    "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=()",
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("content-security-policy", "", "Content-Security-Policy không có"),
        ("content-security-policy", "default-src 'self'; frame-ancestors 'none'", "Content-Security-Policy không mở đầu bằng default-src 'none'"),
        ("content-security-policy", "default-src 'none'", "Content-Security-Policy thiếu frame-ancestors"),
        (
            "content-security-policy",
            "default-src 'none'; script-src 'unsafe-eval'; style-src 'UNSAFE-INLINE'; frame-ancestors 'none'",
            "Content-Security-Policy cho phép 'unsafe-eval', 'unsafe-inline'",
        ),
        ("strict-transport-security", "max-age=300", "Strict-Transport-Security ngắn hơn nửa năm"),
        ("strict-transport-security", "includeSubDomains", "Strict-Transport-Security ngắn hơn nửa năm"),
        ("x-content-type-options", "sniff", "X-Content-Type-Options không phải nosniff"),
        ("referrer-policy", "unsafe-url", "Referrer-Policy để lộ địa chỉ đầy đủ"),
        ("cross-origin-opener-policy", "unsafe-none", "Cross-Origin-Opener-Policy không cách ly cửa sổ"),
        ("cross-origin-resource-policy", "", "Cross-Origin-Resource-Policy không có"),
    ],
)  # fmt: skip
def test_headers_that_protect_from_nothing(name, value, fault):
    answers = {
        "trang": CrawlResponse("https://tin.vn/", 200, {**GOOD, name: value}),
        "nguồn tin": CrawlResponse("https://tin.vn/f", 200, GOOD),
    }
    (finding,) = check_security(answers, https=True)
    assert (finding.level, finding.message) == (FindingLevel.BROKEN, f"{fault} ở: trang.")
    assert [finding.level for finding in check_security({"trang": CrawlResponse("", 200, GOOD)}, https=True)] == [FindingLevel.GOOD]


def test_of_many_missing_items_a_few_are_named():
    items = tuple(ListedItem(str(number), "tin-tuc", f"/{number}/", f"Bài {number}", NOW, NOW) for number in range(40))
    findings = list(check_content(ExpectedContent(items), ItemList("https://tin.vn/", "Tin", items[:20], ()), NOW))
    assert [finding.message for finding in findings][-2:] == [
        'Bài "Bài 24" (/24/) có trong nội dung mà không có trên trang.',
        "Và 15 bài khác cũng vậy: có trong nội dung mà không có trên trang.",
    ]


def test_what_is_overdue_is_named_with_file_and_line():
    problems = tuple(
        Problem(f"content/hoi-dap/{number}.md", 7, "stale-answer", "Câu trả lời có thể không còn đúng.", "đối chiếu lại.")
        for number in range(7)
    )
    findings = list(check_content(ExpectedContent(overdue=problems), ItemList("https://tin.vn/", "Tin", (), ()), NOW))[1:]
    assert str(findings[0]) == (
        "Nên xem: content/hoi-dap/0.md:7: Câu trả lời có thể không còn đúng. Cách sửa: đối chiếu lại. [overdue]"
    )
    assert [str(findings[-1]), len(findings)] == [
        "Nên xem: Và 2 chỗ khác cũng quá hạn như vậy. Cách sửa: xem make check. [overdue]",
        6,
    ]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"items": 1}', b'{"items": [{}], "withdrawn": []}', b"\xff\xfe", b"null", b"[" * 99999]
)
def test_a_broken_manifest_is_a_value_error(data):
    with pytest.raises(ValueError, match="nội dung"):
        parse_listing(data)


def test_addresses_in_pages_and_in_a_sitemap():
    page = """<a href="/a/#x"> <a href="#y"> <a href="mailto:a@b.vn"> <a href=" "> <a> <a href="https://khac.vn/x?q=1">
      <img src="b.jpg" srcset="b-480.jpg 480w, /b-800.jpg 800w"><link rel=stylesheet href=/c.css><script src="/d.js"></script>"""
    assert parse_links(page, "https://tin.vn/tin/") == (
        "https://tin.vn/a/", "https://tin.vn/tin/", "https://khac.vn/x?q=1", "https://tin.vn/tin/b.jpg", "https://tin.vn/tin/b-480.jpg",
        "https://tin.vn/b-800.jpg", "https://tin.vn/c.css", "https://tin.vn/d.js",
    )  # fmt: skip
    assert parse_sitemap(b"<urlset>") == ()


def test_a_finding_is_one_line_and_counted():
    findings = (
        Finding(FindingLevel.GOOD, "a", "được."),
        Finding(FindingLevel.SKIPPED, "b", "thôi."),
        Finding(FindingLevel.WARNING, "c", "Hai\ndòng.", "sửa."),
    )
    assert report(findings).splitlines() == [
        "Tốt: được. [a]",
        "Bỏ qua: thôi. [b]",
        "Nên xem: Hai dòng. Cách sửa: sửa. [c]",
        "Tổng cộng: 0 hỏng, 1 nên xem, 1 bỏ qua, 1 tốt.",
    ]
    assert [exit_status(findings[:count]) for count in (0, 1, 2, 3)] == [0, 0, 0, 1]
    assert '"level": "skipped"' in report_json(findings)


EMBED, HOME = "https://tin.vn/nhung/tin-moi/", "https://tin.vn/"
PORTALS = 'Khung "Tin mới" https://tin.vn/nhung/tin-moi/ bị trình duyệt chặn ở: {} (có trong embed_hosts của site.yml).'
STREAMS = "Buổi phát từ {} bị chặn trong trang (có trong livestream_hosts của site.yml)."


@pytest.mark.parametrize(
    ("embed", "home", "messages"),
    [
        ("frame-ancestors 'self' https://cong.vn http://10.0.0.5:8080", "frame-src https://phat.vn", []),
        ("frame-ancestors *", "frame-src *", []),
        ("", "", []),
        ("default-src 'none'", "script-src 'self'", []),
        ("frame-ancestors 'self' https://cong.vn", "default-src https://phat.vn", [PORTALS.format("http://10.0.0.5:8080")]),
        (
            "frame-ancestors 'none'",
            "default-src 'none'; frame-src https://khac.vn",
            [PORTALS.format("https://cong.vn, http://10.0.0.5:8080"), STREAMS.format("https://phat.vn")],
        ),
        ("frame-ancestors *", "default-src 'none'", [STREAMS.format("https://phat.vn")]),
    ],
)
def test_hosts_of_frames_that_the_policy_blocks_are_named(embed, home, messages):
    site = replace(SITE, livestream_hosts=("phat.vn",), embed_hosts=("https://cong.vn", "http://10.0.0.5:8080"))
    responses = [CrawlResponse(url, 200, {"content-security-policy": policy}) for url, policy in ((HOME, home), (EMBED, embed))]
    findings = list(check_frames(site, *responses))
    assert [finding.message for finding in findings if finding.level is FindingLevel.BROKEN] == messages
    assert {finding.remedy for finding in findings} == {"chạy lại invoke nginx, rồi nạp lại nginx." if messages else ""}


@pytest.mark.parametrize(
    ("site", "robots", "fault"),
    [
        ("https://cong.vn/", "", False),
        ("https://cong.vn/cds/", "Sitemap: https://cong.vn/cds/sitemap.xml", False),
        ("https://cong.vn/cds/", "User-agent: *\nDisallow:\nSitemap: https://cong.vn/sitemap.xml", True),
        ("https://cong.vn/cds/", None, True),
    ],
)
def test_below_a_path_the_sitemap_must_be_in_the_robots_txt_of_the_domain(site, robots, fault):
    response = CrawlResponse("https://cong.vn/robots.txt", 404 if robots is None else 200, {}, (robots or "").encode())
    message = "https://cong.vn/robots.txt không ghi sơ đồ trang, nên máy tìm kiếm tìm bài mới chậm."
    remedy = "thêm dòng Sitemap: https://cong.vn/cds/sitemap.xml vào robots.txt ở gốc tên miền."
    findings = [(finding.level, finding.message, finding.remedy) for finding in check_search(response, (), site)]
    assert findings == [
        (FindingLevel.WARNING, message, remedy) if fault else (FindingLevel.GOOD, "máy tìm kiếm xem được trang.", "")
    ]
