"""What links, pictures, frames and files of a content file become."""

import pytest
from checked_files import checked, listed
from made_items import file, picture
from rich_site import HOME

from chuyendoiso.content.references import InternalLink, LinkTargets, References
from chuyendoiso.model.items import FrameIn, LinkTo, LinkToPicture, PictureIn

NAME = "tin-tuc/2026/bai.md"
TARGETS = (
    listed("van-ban/mot.md", "aliases: [/van-ban/cu/, /van-ban/hai/]", "## Mục một\n\n## Mục hai\n"),
    listed("van-ban/hai.md", "document_number: 2/QĐ-UBND"),
    listed("tin-tuc/2026/mai.md", "date: 2099-01-01", "## Mục một\n"),
    listed("tin-tuc/2026/go.md", "status: withdrawn\nwithdrawn_reason: Nhầm.", "## Mục một\n"),
)
IN_BODY = {"media/anh.jpg": picture("anh"), "media/bia.png": picture("bia")}


def library(**changes):
    plain = {
        "articles": {target.name: target for target in TARGETS},
        "rejected": frozenset({"van-ban/hong.md"}),
        "unfinished": frozenset(),
        "live": frozenset({"van-ban/mot.md", "van-ban/hai.md", "tin-tuc/2026/go.md"}),
        "withdrawn": frozenset({"tin-tuc/2026/go.md"}),
        "media": frozenset({*IN_BODY, "media/nang.jpg", "media/tep.pdf", "media/rong.pdf", "media/hinh.svg"}),
        "pictures": IN_BODY,
        "files": {"media/tep.pdf": file("tep")},
        "documents": {"1/qđ-ubnd": "/van-ban/mot/", "2/qđ-ubnd": "/van-ban/hai/"},
        "frame_hosts": frozenset({"phat.vn"}),
        "home": f"{HOME}/",
    }
    return LinkTargets(**{**plain, **changes})


def resolved(body, name=NAME, change=""):
    """Return the parts of a body, the problems and the links for later checks."""
    references = References(library())
    parts = references.resolve_body(checked(name, change, body)[0])
    return parts, [str(problem) for problem in references.problems], references.links


def link(target):
    return LinkTo(target, external=False)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../../van-ban/mot.md", link("/van-ban/mot/")),
        ("../../van-ban/mot.md#muc-hai", link("/van-ban/mot/#muc-hai")),
        ("/van-ban/mot/", link("/van-ban/mot/")),
        ("/van-ban/mot", link("/van-ban/mot/")),
        ("/van-ban/mot/#muc-hai", link("/van-ban/mot/#muc-hai")),
        ("/van-ban/cu/#muc-hai", link("/van-ban/mot/#muc-hai")),
        ("/van-ban/hai/", link("/van-ban/hai/")),
        ("#muc-nha", link("#muc-nha")),
        (f"{HOME}/van-ban/mot/#muc-hai", link("/van-ban/mot/#muc-hai")),
        (f"{HOME}/van%2Dban/mot", link("/van-ban/mot/")),
        (f"{HOME}-khac/van-ban/mot/", LinkTo(f"{HOME}-khac/van-ban/mot/", external=True)),
        ("https://so.tinh.gov.vn/van-ban/mot/", LinkTo("https://so.tinh.gov.vn/van-ban/mot/", external=True)),
        ("mailto:so@tinh.gov.vn", LinkTo("mailto:so@tinh.gov.vn", external=True)),
        ("mai.md#muc-mot", link(None)),
        ("/tin-tuc/2026/mai/", link(None)),
        ("go.md#muc-mot", link("/tin-tuc/2026/go/")),
        ("../../van-ban/hong.md", link(None)),
        ("/media/anh.jpg", LinkToPicture(picture("anh"))),
        ("/media/nang.jpg", link(None)),
        ("/media/tep.pdf", link("/media/tep.pdf")),
        ("/media/rong.pdf", link(None)),
    ],
)
def test_a_link_has_the_present_address_of_its_target(href, expected):
    assert ((expected,), [], []) == resolved(f"[x]({href})\n\n## Mục nhà")


@pytest.mark.parametrize(
    ("href", "target", "path", "heading"),
    [
        ("/tim-kiem/?q=so&l=1", "/tim-kiem/?q=so&l=1", "/tim-kiem/", ""),
        ("/tim-kiem?q=so#ket-qua", "/tim-kiem/?q=so#ket-qua", "/tim-kiem/", "ket-qua"),
        ("/chu-de/#dau", "/chu-de/#dau", "/chu-de/", "dau"),
        ("/feeds/tat-ca/rss.xml", "/feeds/tat-ca/rss.xml", "/feeds/tat-ca/rss.xml", ""),
        (f"{HOME}/tim-kiem/?q=so#ket-qua", "/tim-kiem/?q=so#ket-qua", "/tim-kiem/", "ket-qua"),
        (f"{HOME}/", "/", "/", ""),
        ("/chu-de/#m%E1%BB%A5c", "/chu-de/#mục", "/chu-de/", "mục"),
        (f"{HOME}/chu-de/#mu%CC%A3c", "/chu-de/#mục", "/chu-de/", "mục"),
    ],
)
def test_a_link_to_another_page_is_for_a_later_check_and_has_its_query(href, target, path, heading):
    expected = InternalLink("content/tin-tuc/2026/bai.md", 9, path, heading)
    assert ((link(target),), [], [expected]) == resolved(f"Đoạn đầu.\n\n[x]({href})")


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        (NAME, "Theo 1/QĐ-UBND, rồi lại 1/QĐ-UBND.", (link("/van-ban/mot/"),)),
        (NAME, "Theo 2/QĐ-UBND, rồi 9/QĐ-UBND.", (link("/van-ban/hai/"), link(None))),
        ("van-ban/mot.md", "Theo 1/QĐ-UBND và 2/QĐ-UBND.", (link(None), link("/van-ban/hai/"))),
    ],
)
def test_a_number_in_the_words_links_to_another_document(name, body, expected):
    assert (expected, [], []) == resolved(body, name)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('![Mô tả](/media/anh.jpg "Chú thích")', PictureIn(picture("anh"), "Mô tả", "Chú thích")),
        ("![Mô tả](/media/anh.jpg)", PictureIn(picture("anh"), "Mô tả", None)),
        ('Chữ ![Mô tả](../../media/anh.jpg "Chú thích") chữ', PictureIn(picture("anh"), "Mô tả", None)),
        ("![Mô tả](/media/nang.jpg)", None),
        (
            '<iframe src="https://phat.vn/a?b=1&amp;c=2" title="Buổi phát"></iframe>',
            FrameIn("https://phat.vn/a?b=1&c=2", "Buổi phát", "phat.vn"),
        ),
    ],
)
def test_a_picture_has_a_caption_where_it_is_a_block_and_a_frame_has_its_host(body, expected):
    assert ((expected,), [], []) == resolved(body)


HEADING = 'Liên kết "{0}" tới mục "#{1}" không có trong bài. Cách sửa: {2} [missing-anchor]'
NO_HEADING = "bỏ phần từ dấu # trở đi, hoặc thêm tiêu đề tương ứng."


@pytest.mark.parametrize(
    ("body", "part", "expected"),
    [
        ("[x](#muc-nho)\n\n## Mục nhà", link("#muc-nho"), HEADING.format("#muc-nho", "muc-nho", "có phải là #muc-nha?")),
        ("[x](#khac-han)\n\n## Mục nhà", link("#khac-han"), HEADING.format("#khac-han", "khac-han", NO_HEADING)),
        ("[x](mai.md#khac)", link(None), HEADING.format("mai.md#khac", "khac", NO_HEADING)),
        ("[x](/van-ban/cu/#mot)", link("/van-ban/mot/#mot"), HEADING.format("/van-ban/cu/#mot", "mot", "có phải là #muc-mot?")),
        (
            "[x](../../van-ban/Mot.md)",
            link(None),
            'Liên kết tới tệp "../../van-ban/Mot.md" không tồn tại. '
            "Cách sửa: viết đúng chữ hoa, chữ thường: content/van-ban/mot.md. [missing-target]",
        ),
        (
            "[x](../../van-ban/hon.md)",
            link(None),
            'Liên kết tới tệp "../../van-ban/hon.md" không tồn tại. Cách sửa: có phải là content/van-ban/hong.md? [missing-target]',
        ),
        (
            "![Hình](/media/0123456789.webp)",
            None,
            'Ảnh "/media/0123456789.webp" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]',
        ),
        (
            "![](/media/anh.jpg)",
            PictureIn(picture("anh"), "", None),
            'Ảnh "/media/anh.jpg" không có mô tả. Cách sửa: ghi ảnh cho thấy gì trong ngoặc vuông: ![mô tả](/media/anh.jpg). '
            "[missing-alt]",
        ),
        (
            'Chữ <iframe src="https://phat.vn/"></iframe> chữ',
            None,
            'Khung nhúng từ "phat.vn" nằm giữa câu chữ hoặc trong liên kết. '
            "Cách sửa: để khung thành một đoạn riêng, có dòng trống phía trên và phía dưới. [embedded-frame]",
        ),
    ],
)
def test_what_has_no_target_has_a_problem_with_its_line_and_remedy(body, part, expected):
    problems = [f"content/tin-tuc/2026/bai.md:9: {expected}"]
    assert ((part,), problems, []) == resolved(f"Đoạn đầu.\n\n{body}")


def test_a_tag_that_shows_nothing_is_reported_and_is_no_part():
    expected = (
        "content/tin-tuc/2026/bai.md:7: Thẻ <video> không dùng được trong bài, người đọc sẽ không thấy gì. "
        "Cách sửa: đăng ở kênh của cơ quan rồi đặt liên kết thường: [tên](https://…). [embedded-object]"
    )
    assert ((), [expected], []) == resolved("<video src=a></video>")


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (NAME, "cover: {image: /media/anh.jpg, alt: A}", []),
        (NAME, "cover: {image: /media/nang.jpg, alt: A}", []),
        (NAME, "cover: {image: /media/an.jpg, alt: A}", ['Ảnh "/media/an.jpg" không tồn tại.', "có phải là /media/anh.jpg?"]),
        (
            NAME,
            "cover: {image: /media/tep.pdf, alt: A}",
            ['Tệp "/media/tep.pdf" không phải ảnh.', "dùng ảnh có đuôi .jpg, .jpeg, .png, .webp, .gif, .heic, .heif."],
        ),
        ("van-ban/bai.md", "attachments: [{file: /media/tep.pdf, label: A}]", []),
        (
            "van-ban/bai.md",
            "attachments: [{file: /media/hinh.svg, label: A}]",
            [
                'Tệp "/media/hinh.svg" không thuộc loại được đính kèm.',
                "lưu thành một trong: .pdf, .docx, .xlsx, .pptx, .odt, .ods.",
            ],
        ),
        (
            "tap-huan/bai.md",
            "materials: [{file: /media/tap.pdf, label: A}, {url: 'https://a.vn/', label: B}]",
            ['Tệp "/media/tap.pdf" không tồn tại.', "có phải là /media/tep.pdf?"],
        ),
    ],
)
def test_files_that_fields_name_are_checked(name, change, expected):
    references = References(library())
    references.check_fields(checked(name, change)[0])
    assert expected == [text for problem in references.problems for text in (problem.message, problem.remedy)]


def test_a_path_of_a_file_comes_before_the_former_path_of_another():
    assert {path: target.name for path, target in library().by_path.items()} == {
        "/van-ban/cu/": "van-ban/mot.md",
        "/van-ban/mot/": "van-ban/mot.md",
        "/van-ban/hai/": "van-ban/hai.md",
        "/tin-tuc/2026/mai/": "tin-tuc/2026/mai.md",
        "/tin-tuc/2026/go/": "tin-tuc/2026/go.md",
    }
