"""Holds what a link or frame in a body means, from the place it is written in, and how one that leads nowhere is told."""

import pytest

from chuyendoiso.content.link_syntax import BadLink, LinkKind, LinkTarget, parse_frame, parse_link

HERE = "tin-tuc/2026/bai.md"
UNUSABLE = "dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /."


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        # elsewhere
        ("https://a.vn/x?y=1#z", LinkTarget(LinkKind.ELSEWHERE, "https://a.vn/x?y=1#z")),
        ("http://a.vn", LinkTarget(LinkKind.ELSEWHERE, "http://a.vn")),
        ("HTTPS://A.vn/", LinkTarget(LinkKind.ELSEWHERE, "HTTPS://A.vn/")),
        ("mailto:so@tinh.gov.vn?subject=x", LinkTarget(LinkKind.ELSEWHERE, "mailto:so@tinh.gov.vn?subject=x")),
        ("tel:+842383123456", LinkTarget(LinkKind.ELSEWHERE, "tel:+842383123456")),
        # here
        ("#muc-2", LinkTarget(LinkKind.HERE, "", "muc-2")),
        ("#m%E1%BB%A5c", LinkTarget(LinkKind.HERE, "", "mục")),
        # content files
        ("../../van-ban/749-qd-ttg.md#muc-2", LinkTarget(LinkKind.CONTENT, "van-ban/749-qd-ttg.md", "muc-2")),
        ("khac.md", LinkTarget(LinkKind.CONTENT, "tin-tuc/2026/khac.md")),
        ("./khac.md", LinkTarget(LinkKind.CONTENT, "tin-tuc/2026/khac.md")),
        ("../2025/cu.md", LinkTarget(LinkKind.CONTENT, "tin-tuc/2025/cu.md")),
        ("/van-ban/749-qd-ttg.md", LinkTarget(LinkKind.CONTENT, "van-ban/749-qd-ttg.md")),
        ("../../van-ban/749-QD-TTG.MD", LinkTarget(LinkKind.CONTENT, "van-ban/749-QD-TTG.MD")),
        ("../../van-ban/k%E1%BA%BF.md", LinkTarget(LinkKind.CONTENT, "van-ban/kế.md")),
        ("{filename}../../van-ban/749-qd-ttg.md", LinkTarget(LinkKind.CONTENT, "van-ban/749-qd-ttg.md")),
        ("{filename}/van-ban/749-qd-ttg.md#a", LinkTarget(LinkKind.CONTENT, "van-ban/749-qd-ttg.md", "a")),
        ("%7Bfilename%7D/van-ban/749-qd-ttg.md", LinkTarget(LinkKind.CONTENT, "van-ban/749-qd-ttg.md")),
        # media
        ("/media/2026/a.jpg", LinkTarget(LinkKind.MEDIA, "media/2026/a.jpg")),
        ("../../media/a.pdf", LinkTarget(LinkKind.MEDIA, "media/a.pdf")),
        ("{static}/media/a.jpg", LinkTarget(LinkKind.MEDIA, "media/a.jpg")),
        ("{static}../../media/a.jpg", LinkTarget(LinkKind.MEDIA, "media/a.jpg")),
        ("/media/a%20b.jpg", LinkTarget(LinkKind.MEDIA, "media/a b.jpg")),
        ("/media/%E1%BA%A2nh.jpg", LinkTarget(LinkKind.MEDIA, "media/Ảnh.jpg")),
        ("/media/A%CC%89nh.jpg", LinkTarget(LinkKind.MEDIA, "media/Ảnh.jpg")),  # as a Mac writes it: decomposed
        ("/van-ban/../media/a.jpg", LinkTarget(LinkKind.MEDIA, "media/a.jpg")),
        # addresses
        ("/", LinkTarget(LinkKind.ADDRESS, "/")),
        ("/van-ban/", LinkTarget(LinkKind.ADDRESS, "/van-ban/")),
        ("/van-ban", LinkTarget(LinkKind.ADDRESS, "/van-ban")),
        ("/van-ban/749-qd-ttg/#muc-2", LinkTarget(LinkKind.ADDRESS, "/van-ban/749-qd-ttg/", "muc-2")),
        ("/feeds/tat-ca/rss.xml", LinkTarget(LinkKind.ADDRESS, "/feeds/tat-ca/rss.xml")),
    ],
)
def test_the_target_of_a_link(href, expected):
    assert expected == parse_link(href, HERE)


@pytest.mark.parametrize(
    ("href", "message", "remedy"),
    [
        *(
            (href, f'Liên kết "{href}" không dùng được.', UNUSABLE)
            for href in (
                "",
                "https://",
                "https:/a.vn",
                "//evil.vn/x",
                "/\\evil.vn",
                "..\\..\\van-ban\\a.md",
                "C:\\van-ban\\a.pdf",
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\nscript:alert(1)",
                " javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "ftp://a.vn/x",
                "mailto:",
                "tel:",
            )
        ),
        *(
            (href, f'Liên kết "{href}" sai cú pháp.', "ghi lại địa chỉ.")
            for href in (
                "http://[a",
                "https://a.vn:abc/",
                "https://a.vn:99999/",
                "https://a b/",
                "https://a.vn|/",
                "https://<a>.vn/",
            )
        ),
        (
            "https://an:mk@a.vn/",
            'Liên kết "https://…@a.vn/" có tên người dùng trước dấu @, dễ làm người đọc nhầm sang trang khác.',
            "bỏ phần tới dấu @ trong địa chỉ.",
        ),
        *(
            (
                href,
                f'Liên kết "{href}" đi ra ngoài thư mục content/.',
                "chép tệp vào content/media/ và liên kết tới đó.",
            )
            for href in ("../../../bi-mat.md", "/../bi-mat.md", "/..", "..%2F..%2F..%2Fbi-mat.md")
        ),
        *(
            (
                f"{{{prefix}}}a.jpg",
                f'Liên kết "{{{prefix}}}a.jpg" dùng {{{prefix}}}, trang không hiểu.',
                "ghi đường dẫn tới tệp, ví dụ ../../van-ban/749-qd-ttg.md.",
            )
            for prefix in ("attach", "author", "category", "tag", "index")
        ),
        (
            "bieu-mau.pdf",
            'Liên kết "bieu-mau.pdf" không trỏ tới tệp .md hay tệp trong content/media/.',
            "ghi đường dẫn tới tệp, hoặc địa chỉ trang bắt đầu bằng /.",
        ),
        (
            "../../site.yml",
            'Liên kết "../../site.yml" không trỏ tới tệp .md hay tệp trong content/media/.',
            "ghi đường dẫn tới tệp, hoặc địa chỉ trang bắt đầu bằng /.",
        ),
    ],
)
def test_a_broken_link_is_reported(href, message, remedy):
    with pytest.raises(BadLink) as raised:
        parse_link(href, HERE)
    assert (message, remedy) == (raised.value.message, raised.value.remedy)


@pytest.mark.parametrize("href", ["{static}../../../etc/passwd", "{filename}/../x.md", "%7Bstatic%7D../../../x"])
def test_a_prefix_does_not_lead_out_of_the_content(href):
    with pytest.raises(BadLink, match=r"đi ra ngoài thư mục content/\."):
        parse_link(href, HERE)


@pytest.mark.parametrize(
    ("source", "href", "path"),
    [
        ("van-ban/a.md", "b.md", "van-ban/b.md"),
        ("trang/gioi-thieu.md", "../tin-tuc/2026/a.md", "tin-tuc/2026/a.md"),
        ("tap-huan/a.md", "../media/a.pdf", "media/a.pdf"),
    ],
)
def test_a_relative_path_is_resolved_against_its_file(source, href, path):
    assert parse_link(href, source).path == path


# ── frames ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

HOSTS = ("phat.tinh.vn", "xn--pht-rka.vn")


@pytest.mark.parametrize(
    ("src", "address", "host"),
    [
        ("https://phat.tinh.vn/1?a=1&b=2#c", "https://phat.tinh.vn/1?a=1&b=2#c", "phat.tinh.vn"),
        ("https://phat.tinh.vn", "https://phat.tinh.vn/", "phat.tinh.vn"),
        ("https://phat.tinh.vn?a=https://evil.example/", "https://phat.tinh.vn?a=https://evil.example/", "phat.tinh.vn"),
        ("HTTPS://Phat.Tinh.VN/A", "https://phat.tinh.vn/A", "phat.tinh.vn"),
        ("https://phat.tinh.vn:443/1", "https://phat.tinh.vn/1", "phat.tinh.vn"),
        (" https://phat.tinh.vn/hội-nghị ", "https://phat.tinh.vn/hội-nghị", "phat.tinh.vn"),
        ("https://xn--pht-rka.vn/1", "https://xn--pht-rka.vn/1", "xn--pht-rka.vn"),
    ],
)
def test_a_frame_of_a_named_host_has_its_address(src, address, host):
    assert parse_frame(src, HOSTS) == (address, host)


NO_ADDRESS = "ghi địa chỉ dạng https://tên-miền/…, tên miền có trong livestream_hosts của site.yml; hoặc đổi thành liên kết thường."


@pytest.mark.parametrize(
    ("src", "message", "remedy"),
    [
        *((src, "Khung nhúng không có địa chỉ.", 'ghi src="https://…" là địa chỉ của nơi phát, hoặc xóa khung.') for src in ("", " \n")),
        *(
            (
                src,
                f'Khung nhúng từ "{host}" không dùng được.',
                f"đổi thành liên kết thường: [tên](https://{host}/…); nếu đây là nơi phát trực tiếp chính thức của cơ quan "
                "thì thêm tên miền ấy vào livestream_hosts trong site.yml.",
            )
            for src, host in (
                ("https://evil.example/phat.tinh.vn", "evil.example"),
                ("https://phat.tinh.vn.evil.example/", "phat.tinh.vn.evil.example"),
                ("https://evil.phat.tinh.vn/", "evil.phat.tinh.vn"),
                ("https://evilphat.tinh.vn/", "evilphat.tinh.vn"),
                ("https://phat.tinh.vn./", "phat.tinh.vn."),
                ("https://tinh.vn/", "tinh.vn"),
                ("https://127.0.0.1/", "127.0.0.1"),
            )
        ),
        *(
            (src, f'Khung nhúng từ "{" ".join(src.split())}" không dùng được.', NO_ADDRESS)
            for src in (
                "http://phat.tinh.vn/1", "//phat.tinh.vn/1", "/1", "phat.tinh.vn/1", "https:/phat.tinh.vn/", "https:phat.tinh.vn/",
                "https://phat.tinh.vn@evil.example/", "https://phat.tinh.vn:a@evil.example/", "https://a@phat.tinh.vn/",
                "https://phat.tinh.vn:8443/", "https://phat.tinh.vn:443:443/", "https://phat.tinh.vn\\@evil.example/",
                "https://evil.example\\@phat.tinh.vn/", "https:\\\\phat.tinh.vn/", "https://phat.tinh.vn/\\evil", "https://\tphat.tinh.vn/",
                "https://phat.\ntinh.vn/", "java\nscript:alert(1)", "https://phat.tinh.vn/a b", "https://phat.tinh.vn/\"><script>",
                "https://phát.vn/", "https://phat。tinh。vn/", "https://[::1]/", "https://phat.tinh.vn%2eevil.example/",
                "javascript:alert(1)", "javascript://phat.tinh.vn/%0aalert(1)", "data:text/html,x", "blob:https://phat.tinh.vn/1",
                "view-source:https://phat.tinh.vn/", "about:srcdoc", "https://", "https://phat.tinh.vn/\x00", "\x01https://phat.tinh.vn/",
            )
        ),
    ],
)  # fmt: skip
def test_a_frame_of_another_host_is_reported(src, message, remedy):
    with pytest.raises(BadLink) as raised:
        parse_frame(src, HOSTS)
    assert (message, remedy) == (raised.value.message, raised.value.remedy)


def test_a_space_in_an_address_elsewhere_is_written_as_addresses_write_it():
    assert parse_link("https://a.vn/b c?d=e f", HERE).path == "https://a.vn/b%20c?d=e%20f"
