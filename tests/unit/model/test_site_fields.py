"""Holds the contract of site.yml: for each wrong line its whole problem, and the values of a right one."""

from datetime import date

import pytest

from chuyendoiso.content.front_matter import parse_fields
from chuyendoiso.model.site_fields import SiteFields
from chuyendoiso.model.validation import check_fields

VALID = """\
site:
  name: Chuyển đổi số
  url: https://so.tinh.gov.vn/
  language: vi
  timezone: Asia/Ho_Chi_Minh
  feed_authority: tinh.gov.vn,2026
owner:
  name: Sở Khoa học và Công nghệ
topics:
  - {slug: xa-hoi-so, name: Xã hội số}
audiences:
  - {id: nguoi-dan, name: Người dân}
issuers:
  - {id: ubnd, name: Ủy ban nhân dân, from: 2000-01-01, until: 2025-06-30}
channels:
  - {id: zalo, name: Zalo}
"""


LONE, MORE, NONE = "thiếu http:// hoặc https:// ở đầu.", "có phần thừa sau tên máy chủ.", "không phải tên máy chủ."
EXAMPLE = (
    "ghi tên máy chủ, ví dụ cong.tinh.gov.vn; trang dùng http hoặc số cổng riêng thì ghi cả, ví dụ http://cong.tinh.gov.vn:8080."
)


def check(text):
    fields = parse_fields(text, "site.yml", comments=True)
    return check_fields(SiteFields, fields.values, fields.line, "site.yml", None)


def test_a_valid_value_is_typed():
    fields, problems = check(VALID)
    assert problems == ()
    assert ("tinh.gov.vn,2026", date(2000, 1, 1), None) == (
        fields.site.feed_authority,
        fields.issuers[0].since,
        fields.channels[0].url,
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "https://so.tinh.gov.vn/",
            "so.tinh.gov.vn",
            '3: Địa chỉ trang "so.tinh.gov.vn" không phải địa chỉ web. Cách sửa: ghi https://so.tinh.gov.vn. [invalid-url]',
        ),
        (
            "language: vi",
            "language: Tiếng Việt",
            '4: Ngôn ngữ "Tiếng Việt" không phải mã ngôn ngữ. Cách sửa: ghi mã như vi hoặc en. [invalid-language]',
        ),
        (
            "Asia/Ho_Chi_Minh",
            "Asia/Ha_Noi",
            '5: Múi giờ "Asia/Ha_Noi" không có. Cách sửa: ghi tên như Asia/Ho_Chi_Minh. [invalid-timezone]',
        ),
        (
            "Asia/Ho_Chi_Minh",
            "../etc/passwd",
            '5: Múi giờ "../etc/passwd" không có. Cách sửa: ghi tên như Asia/Ho_Chi_Minh. [invalid-timezone]',
        ),
        *(
            (
                "tinh.gov.vn,2026",
                authority,
                f'6: Căn cứ mã nguồn tin "{authority}" không có dạng tên miền,năm. '
                "Cách sửa: ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026. [invalid-feed-authority]",
            )
            for authority in ("tinh.gov.vn", "https://tinh.gov.vn,2026", "tinh,2026", "tinh.gov.vn;2026", "tinh.gov.vn,26")
        ),
        (
            "  - {slug: xa-hoi-so, name: Xã hội số}",
            "  - {slug: xa-hoi-so, name: Một}\n  - {slug: xa-hoi-so, name: Hai}",
            '9: Mục topics có hai "xa-hoi-so". Cách sửa: mỗi mục cần một mã riêng. [doubled-id]',
        ),
        (
            "  - {id: nguoi-dan, name: Người dân}",
            "  - {id: nguoi-dan, name: Một}\n  - {id: nguoi-dan, name: Hai}",
            '11: Mục audiences có hai "nguoi-dan". Cách sửa: mỗi mục cần một mã riêng. [doubled-id]',
        ),
        (
            "  - {id: zalo, name: Zalo}",
            "  - {id: zalo, name: Một}\n  - {id: zalo, name: Hai}",
            '15: Mục channels có hai "zalo". Cách sửa: mỗi mục cần một mã riêng. [doubled-id]',
        ),
        (
            "until: 2025-06-30}",
            "successor: ubnd-moi}",
            '13: Cơ quan kế thừa "ubnd-moi" của "ubnd" không có trong mục issuers. '
            "Cách sửa: thêm cơ quan đó vào issuers, hoặc sửa lại id. [unknown-issuer]",
        ),
        (
            "until: 2025-06-30}",
            "since: 2025-06-30}",
            '14: Không có trường "since". Cách sửa: xóa dòng này; các trường có thể dùng: id, name, from, until, successor. '
            "[unknown-field]",
        ),
        (
            "slug: xa-hoi-so",
            "slug: Xã hội số",
            '10: Slug chủ đề "Xã hội số" không dùng được trong địa chỉ trang. '
            "Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: xa-hoi-so. [invalid-slug]",
        ),
        (
            "  name: Sở Khoa học và Công nghệ",
            "  name: Sở\n  email: so tinh.gov.vn",
            '9: Thư điện tử "so tinh.gov.vn" không phải địa chỉ thư điện tử. Cách sửa: ghi dạng ten@tenmien.vn. [invalid-email]',
        ),
        (
            "  name: Chuyển đổi số\n",
            "",
            "1: Thiếu trường name (Tên trang). Cách sửa: thêm dòng name: và ghi giá trị. [missing-field]",
        ),
        (
            "owner:\n  name: Sở Khoa học và Công nghệ\n",
            "",
            "1: Thiếu trường owner (Cơ quan chủ quản). Cách sửa: thêm dòng owner: và ghi giá trị. [missing-field]",
        ),
        (
            "audiences:\n  - {id: nguoi-dan, name: Người dân}\n",
            "",
            "1: Thiếu trường audiences (Đối tượng). Cách sửa: thêm dòng audiences: và ghi giá trị. [missing-field]",
        ),
        *(
            (
                "channels:",
                f"livestream_hosts: ['{host}']\nchannels:",
                f'15: Nơi phát trực tiếp "{host}" không phải tên miền. Cách sửa: chỉ ghi tên miền, bỏ https:// và phần sau tên miền, '
                "ví dụ phat.tinh.gov.vn. [invalid-host]",
            )
            for host in (
                "https://phat.tinh.gov.vn",
                "phat.tinh.gov.vn/1",
                "phat.tinh.gov.vn:443",
                "a@phat.tinh.gov.vn",
                "*.tinh.gov.vn",
                "phát.tinh.gov.vn",
                "phat",
                ".gov.vn",
                "phat..vn",
                "phat.vn.",
                "-phat.vn",
                "phat_1.vn",
                "127.0.0.1",
                "a b.vn",
                f"{'a' * 64}.vn",
            )
        ),
        *(
            (
                "channels:",
                f"embed_hosts: ['{host}']\nchannels:",
                f'15: Nơi được nhúng tin mới "{displayed_host or host}" {fault} Cách sửa: {remedy} [invalid-host]',
            )
            for host, displayed_host, fault, remedy in (
                *((host, "", LONE, f"ghi https://{host}, hoặc http://{host} nếu trang ấy dùng http.")
                  for host in ("cong.tinh.gov.vn:8443", "10.0.0.5", "10.0.0.5:8080", "cong", "localhost:8080")),
                ("https://cong.tinh.gov.vn/", "", MORE, "ghi https://cong.tinh.gov.vn."),
                ("http://Cong.vn:8080/tin/?a#b", "", MORE, "ghi http://cong.vn:8080."),
                ("cong.tinh.gov.vn/tin", "", MORE, "ghi cong.tinh.gov.vn."),
                ("https://an:mk@cong.vn", "https://…@cong.vn", NONE, EXAMPLE),
                *((host, "", NONE, EXAMPLE) for host in (
                    "*", "*.tinh.gov.vn", "https://*.tinh.gov.vn", "https:", "https://", "//cong.vn", "ftp://cong.vn", "cổng.vn", "http://cổng.vn",
                    "http://[::1]:80", "http://10.0.0", "http://10.0.0.256", "http://010.0.0.1", "https://cong.vn:0", "https://cong.vn:65536", "https://cong.vn:a",
                    "https://cong.vn.", "https://-cong.vn", "https://cong_1.vn", "cong.vn; script-src *", "cong.vn khac.vn", f"https://{'a' * 64}.vn",
                )),
            )
        ),
    ],
)  # fmt: skip
def test_the_complete_message_of_a_wrong_line(old, new, expected):
    assert VALID.count(old) == 1
    fields, problems = check(VALID.replace(old, new))
    assert [str(problem) for problem in problems] == [f"site.yml:{expected}"]
    assert fields is None


def test_hosts_of_broadcasts_are_in_lower_case():
    fields, _ = check(VALID + "livestream_hosts: [Phat.Tinh.gov.vn, www.xn--pht-rka.vn, a-1.vn]\n")
    assert fields.livestream_hosts == ("phat.tinh.gov.vn", "www.xn--pht-rka.vn", "a-1.vn")


def test_hosts_of_portals_are_origins_over_https_unless_they_say_so():
    hosts = "Cong.Tinh.gov.vn, http://cong.tinh.gov.vn, https://x:8443, http://10.0.0.5:8080, HTTPS://a.vn:443, http://a.vn:80, http://localhost"
    fields, problems = check(VALID + f"embed_hosts: [{hosts}]\n")
    assert problems == ()
    assert fields.embed_hosts == (
        "https://cong.tinh.gov.vn", "http://cong.tinh.gov.vn", "https://x:8443", "http://10.0.0.5:8080", "https://a.vn", "http://a.vn",
        "http://localhost",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["topics: []\n", "topics: xa-hoi-so\n", "issuers: {}\n", "owner: Sở\n", "limits: [1]\n"])
def test_a_part_of_the_wrong_shape_is_refused_by_name(text):
    name = text.partition(":")[0]
    retained = [part for part in VALID.replace("\n  ", "\n\x00 ").split("\n") if part]
    lines, keep = [], True
    for line in retained:
        keep = not line.startswith(f"{name}:") if not line.startswith("\x00") else keep
        lines += [line.replace("\x00", " ")] if keep else []
    fields, problems = check("\n".join([*lines, text]))
    assert fields is None
    assert [(problem.line, problem.rule) for problem in problems][:1] == [(len(lines) + 1, problems[0].rule)]
    assert problems[0].rule in {"wrong-type", "empty-field"}
