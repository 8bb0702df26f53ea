"""Holds the contract of the front matter: for each wrong field its whole problem, and for each right one its value."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from chuyendoiso.content.front_matter import parse_fields
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.types import KnownIds
from chuyendoiso.model.validation import check_fields
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES, EditorStatus, Kind, is_party_number

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
KNOWN = KnownIds(
    zone=ZONE,
    topics=("xa-hoi-so", "kinh-te-so"),
    audiences=("nguoi-dan", "can-bo"),
    issuers=("ubnd", "thu-tuong-chinh-phu"),
    channels=("coc-coc", "youtube"),
)
COMMON = {
    "title": "title: Tên",
    "date": "date: 2026-11-23 08:00",
    "summary": "summary: Tóm tắt",
    "topic": "topic: xa-hoi-so",
}
RECORD = {
    "document_number": "document_number: 749/QĐ-TTg",
    "document_type": "document_type: Quyết định",
    "issuing_body": "issuing_body: ubnd",
    "issued_on": "issued_on: 2020-06-03",
    "subject": "subject: Về việc",
}
ANSWER = {"answered_by": "answered_by: owner", "checked_on": "checked_on: 2026-11-23"}
DRAFT = {
    "opens_on": "opens_on: 2026-12-01",
    "closes_on": "closes_on: 2026-12-21",
    "drafting_body": "drafting_body: ubnd",
    "subject": "subject: Về việc",
    "attachments": "attachments: [{file: /media/a.pdf, label: Dự thảo}]",
}
VALID = {
    Kind.NEWS: COMMON,
    Kind.DOCUMENT: {**COMMON, **RECORD},
    Kind.TRAINING: {**COMMON, "audience": "audience: [nguoi-dan]"},
    Kind.QUESTION: {**COMMON, "title": "title: Tên?", **ANSWER},
    Kind.CONSULTATION: {**COMMON, **DRAFT},
    Kind.PAGE: {"title": "title: Tên", "summary": "summary: Tóm tắt"},
}


def check(kind, change):
    """Check a valid file with one line in the place of its own (or after the last); "-title" takes a line away."""
    lines = dict(VALID[kind])
    if change.startswith("-"):
        del lines[change[1:]]
    elif change:
        lines[change.partition(":")[0]] = change
    fields = parse_fields("\n".join(lines.values()) + "\n", "x.md", first_line=2)
    return check_fields(CONTENT_TYPES[kind].fields, fields.values, fields.line, "x.md", KNOWN)


def typed(kind, change):
    fields, problems = check(kind, change)
    assert problems == ()
    return fields


@pytest.mark.parametrize("kind", list(Kind))
def test_the_required_fields_are_enough(kind):
    assert typed(kind, "").title == ("Tên?" if kind is Kind.QUESTION else "Tên")


@pytest.mark.parametrize("kind", list(Kind))
def test_each_of_the_required_fields_is_required(kind):
    missing = {name: [problem.message for problem in check(kind, f"-{name}")[1]] for name in VALID[kind]}
    labels = {
        "title": {Kind.PAGE: "Tên trang", Kind.QUESTION: "Câu hỏi"}.get(kind, "Tên bài"),
        "date": "Ngày đăng",
        "summary": "Trả lời ngắn" if kind is Kind.QUESTION else "Tóm tắt",
        "topic": "Chủ đề",
        "document_number": "Số, ký hiệu",
        "document_type": "Loại văn bản",
        "answered_by": "Trả lời bởi",
        "checked_on": "Ngày kiểm tra",
        "opens_on": "Ngày bắt đầu góp ý",
        "closes_on": "Ngày hết hạn góp ý",
        "drafting_body": "Cơ quan soạn thảo",
        "attachments": "Dự thảo",
        "issuing_body": "Cơ quan ban hành",
        "issued_on": "Ngày ban hành",
        "subject": "Trích yếu",
        "audience": "Đối tượng",
    }
    assert missing == {name: [f"Thiếu trường {name} ({labels[name]})."] for name in VALID[kind]}


@pytest.mark.parametrize(
    ("kind", "change", "expected"),
    [
        (
            Kind.NEWS,
            "date: 31/02/2025",
            '3: Ngày đăng "31/02/2025" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 05/03/2026",
            '3: Ngày đăng "05/03/2026" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-03-05. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 5.3.2026",
            '3: Ngày đăng "5.3.2026" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-03-05. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 05/03/2026 08:00",
            '3: Ngày đăng "05/03/2026 08:00" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-03-05 08:00. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 2026/03/05",
            '3: Ngày đăng "2026/03/05" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-03-05. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 2026",
            '3: Ngày đăng "2026" thiếu ngày, tháng. Cách sửa: ghi đủ năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 2026-11",
            '3: Ngày đăng "2026-11" thiếu ngày, tháng. Cách sửa: ghi đủ năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 2026-13-01",
            '3: Ngày đăng "2026-13-01" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 2026-02-29",
            '3: Ngày đăng "2026-02-29" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 0001-01-01",
            '3: Ngày đăng "0001-01-01" nằm ngoài các năm 1900–2200. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 2999-01-01",
            '3: Ngày đăng "2999-01-01" nằm ngoài các năm 1900–2200. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: hôm nay",
            '3: Ngày đăng "hôm nay" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: 2026-11-23T08:00+99:00",
            '3: Ngày đăng "2026-11-23T08:00+99:00" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-23 08:00. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "date: [2026-11-23]",
            "3: Ngày đăng phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            Kind.NEWS,
            "date: ''",
            "3: Ngày đăng để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            Kind.DOCUMENT,
            "issued_on: 03/06/2020",
            '9: Ngày ban hành "03/06/2020" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2020-06-03. [invalid-date]',
        ),
        (
            Kind.DOCUMENT,
            "issued_on: 2020-6-3",
            '9: Ngày ban hành "2020-6-3" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2020-06-03. [invalid-date]',
        ),
        (
            Kind.DOCUMENT,
            "issued_on: 2020",
            '9: Ngày ban hành "2020" thiếu ngày, tháng. Cách sửa: ghi đủ năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.NEWS,
            "pinned_until: 2026-06-31",
            '6: Ghim đến hết ngày "2026-06-31" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            Kind.TRAINING,
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 16:30, attendance: {online: 1.000}}",
            '7: Số lượt trực tuyến "1.000" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
        ),
        (
            Kind.TRAINING,
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 16:30, attendance: {online: -5}}",
            '7: Số lượt trực tuyến "-5" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
        ),
        (
            Kind.TRAINING,
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 16:30, agenda: [{at: 25:00, what: X}]}",
            '7: Giờ "25:00" không phải giờ trong ngày. Cách sửa: ghi giờ và phút, ví dụ "14:00". [invalid-time]',
        ),
        (
            Kind.TRAINING,
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 16:30, streams: [{channel: youtub, url: 'https://a.vn/'}]}",
            '7: Kênh phát "youtub" không có trong mục channels của site.yml. Cách sửa: có phải là youtube? [unknown-channel]',
        ),
        (
            Kind.TRAINING,
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 14:00}",
            "7: Giờ kết thúc không sau giờ bắt đầu. Cách sửa: xem lại starts_at và ends_at. [session-order]",
        ),
        (
            Kind.TRAINING,
            "session:\n  starts_at: 2026-12-10 14:00\n  ends_at: 2026-12-09 16:30",
            "9: Giờ kết thúc không sau giờ bắt đầu. Cách sửa: xem lại starts_at và ends_at. [session-order]",
        ),
        (
            Kind.TRAINING,
            "session: {starts_at: 2026-12-10 14:00}",
            "7: Thiếu trường ends_at (Giờ kết thúc). Cách sửa: thêm dòng ends_at: và ghi giá trị. [missing-field]",
        ),
        (
            Kind.TRAINING,
            "session: 2026-12-10",
            "7: Hội nghị phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            Kind.TRAINING,
            "materials:\n  - {label: Sổ tay}",
            '8: Tài liệu "Sổ tay" phải có đúng một trong hai: file hoặc url. Cách sửa: giữ một trường, xóa hoặc thêm trường kia. [material-place]',
        ),
        (
            Kind.TRAINING,
            "materials: [{label: Sổ tay, file: /media/a.pdf, url: 'https://a.vn/'}]",
            '7: Tài liệu "Sổ tay" phải có đúng một trong hai: file hoặc url. Cách sửa: giữ một trường, xóa hoặc thêm trường kia. [material-place]',
        ),
        (
            Kind.TRAINING,
            "materials: [{label: Ghi hình, url: 'https://a.vn/', duration: 45 phút}]",
            '7: Thời lượng "45 phút" không phải thời lượng. Cách sửa: ghi 45m, 1h hoặc 1h30m. [invalid-duration]',
        ),
        (
            Kind.TRAINING,
            "materials: [{label: Ghi hình, url: 'https://a.vn/', duration: 1:30}]",
            '7: Thời lượng "1:30" không phải thời lượng. Cách sửa: ghi 45m, 1h hoặc 1h30m. [invalid-duration]',
        ),
        (Kind.TRAINING, "audience: []", "6: Đối tượng để trống. Cách sửa: ghi ít nhất một mục. [empty-field]"),
        (
            Kind.TRAINING,
            "audience: nguoi-dan, can-bo",
            "6: Đối tượng phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [nguoi-dan, can-bo]. [wrong-type]",
        ),
        (
            Kind.TRAINING,
            "audience: [nguoi-gia]",
            '6: Đối tượng "nguoi-gia" không có trong mục audiences của site.yml. Cách sửa: dùng một trong: nguoi-dan, can-bo. [unknown-audience]',
        ),
        (
            Kind.TRAINING,
            "audience: [xyz]",
            '6: Đối tượng "xyz" không có trong mục audiences của site.yml. Cách sửa: dùng một trong: nguoi-dan, can-bo. [unknown-audience]',
        ),
        (
            Kind.TRAINING,
            "-audience",
            "1: Thiếu trường audience (Đối tượng). Cách sửa: thêm dòng audience: và ghi giá trị. [missing-field]",
        ),
        (
            Kind.NEWS,
            "zalo: {exclude: yes}",
            '6: Không đưa lên Zalo "yes" không phải true hoặc false. Cách sửa: ghi true (có) hoặc false (không). [invalid-switch]',
        ),
        (
            Kind.NEWS,
            "zalo: {title: " + "a" * 151 + "}",
            '6: Tên trên Zalo "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" dài 151 ký tự, tối đa 150. Cách sửa: rút gọn còn không quá 150 ký tự. [too-long]',
        ),
        (
            Kind.DOCUMENT,
            "document_number: 749 /QĐ-TTg",
            '6: Số, ký hiệu "749 /QĐ-TTg" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            Kind.DOCUMENT,
            "document_number: QĐ-TTg",
            '6: Số, ký hiệu "QĐ-TTg" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            Kind.DOCUMENT,
            "document_number: 749",
            '6: Số, ký hiệu "749" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            Kind.DOCUMENT,
            "document_number: 749//QĐ",
            '6: Số, ký hiệu "749//QĐ" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            Kind.DOCUMENT,
            "document_type: Quyet dinh",
            '7: Loại văn bản "Quyet dinh" không có trong danh mục loại văn bản. Cách sửa: có phải là Quyết định? [unknown-document-type]',
        ),
        (
            Kind.DOCUMENT,
            "document_type: Nghi đinh",
            '7: Loại văn bản "Nghi đinh" không có trong danh mục loại văn bản. Cách sửa: có phải là Nghị định? [unknown-document-type]',
        ),
        (
            Kind.DOCUMENT,
            "document_type: xyz",
            '7: Loại văn bản "xyz" không có trong danh mục loại văn bản. Cách sửa: dùng một trong: Luật, Pháp lệnh, Nghị định, Thông tư, Nghị quyết liên tịch, Thông tư liên tịch, Hiến pháp, Lệnh, Kết luận, Nghị quyết, Quyết định, Chỉ thị, Quy chế, Quy định, Thông cáo, Thông báo, Hướng dẫn, Chương trình, Kế hoạch, Phương án, Đề án, Dự án, Báo cáo, Biên bản, Tờ trình, Hợp đồng, Công điện, Bản ghi nhớ, Bản thỏa thuận, Giấy ủy quyền, Giấy mời, Giấy giới thiệu, Giấy nghỉ phép, Phiếu gửi, Phiếu chuyển, Phiếu báo, Công văn, Thư công. [unknown-document-type]',
        ),
        (
            Kind.DOCUMENT,
            "issuing_body: thu-tuong",
            '8: Cơ quan ban hành "thu-tuong" không có trong mục issuers của site.yml. Cách sửa: có phải là thu-tuong-chinh-phu? [unknown-issuer]',
        ),
        (
            Kind.DOCUMENT,
            "issuing_body: zzz",
            '8: Cơ quan ban hành "zzz" không có trong mục issuers của site.yml. Cách sửa: dùng một trong: ubnd, thu-tuong-chinh-phu. [unknown-issuer]',
        ),
        (
            Kind.DOCUMENT,
            "effective_on: 2020-07-01\nexpires_on: 2020-06-30",
            "12: Ngày hết hiệu lực (expires_on) trước ngày có hiệu lực (effective_on). Cách sửa: xem lại hai ngày. [validity-order]",
        ),
        (
            Kind.DOCUMENT,
            "attachments: [{file: ../a.pdf, label: A}]",
            '11: Tệp đính kèm "../a.pdf" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/a.pdf. [outside-media]',
        ),
        (
            Kind.DOCUMENT,
            "attachments: [{file: /media/../site.yml, label: A}]",
            '11: Tệp đính kèm "/media/../site.yml" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/site.yml. [outside-media]',
        ),
        (
            Kind.DOCUMENT,
            "attachments: [{file: /media/./a.pdf, label: A}]",
            '11: Tệp đính kèm "/media/./a.pdf" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/a.pdf. [outside-media]',
        ),
        (
            Kind.DOCUMENT,
            "attachments: [{file: '/media\\a.pdf', label: A}]",
            '11: Tệp đính kèm "/media\\a.pdf" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/a.pdf. [outside-media]',
        ),
        (
            Kind.DOCUMENT,
            "attachments: [{file: a.pdf, label: A}]",
            '11: Tệp đính kèm "a.pdf" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/a.pdf. [outside-media]',
        ),
        (
            Kind.DOCUMENT,
            "attachments: /media/a.pdf",
            "11: Tệp đính kèm phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [/media/a.pdf]. [wrong-type]",
        ),
        (
            Kind.DOCUMENT,
            "amends: [749]",
            '11: Số, ký hiệu văn bản liên quan "749" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            Kind.DOCUMENT,
            "amends: 749/QĐ-TTg",
            "11: Sửa đổi, bổ sung phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [749/QĐ-TTg]. [wrong-type]",
        ),
        (
            Kind.DOCUMENT,
            "amends: [{issued_on: 2020-01-01}]",
            "11: Thiếu trường number (Số, ký hiệu văn bản liên quan). Cách sửa: thêm dòng number: và ghi giá trị. [missing-field]",
        ),
        (
            Kind.DOCUMENT,
            "source_url: www.a.vn",
            '11: Địa chỉ bản gốc "www.a.vn" không phải địa chỉ web. Cách sửa: ghi https://www.a.vn. [invalid-url]',
        ),
        (
            Kind.DOCUMENT,
            "signatory: Lê Văn A",
            "11: Người ký phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            Kind.DOCUMENT,
            "signatory: {name: " + "a" * 51 + "}",
            '11: Người ký "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" dài 51 ký tự, tối đa 50. Cách sửa: rút gọn còn không quá 50 ký tự. [too-long]',
        ),
        (
            Kind.DOCUMENT,
            "subject: " + "b" * 501,
            '10: Trích yếu "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…" dài 501 ký tự, tối đa 500. Cách sửa: rút gọn còn không quá 500 ký tự. [too-long]',
        ),
        (Kind.NEWS, "titel: X", '6: Không có trường "titel". Cách sửa: có phải là title? [unknown-field]'),
        (
            Kind.NEWS,
            "tieu_de: X",
            '6: Không có trường "tieu_de". Cách sửa: có phải là title? [unknown-field]',
        ),
        (
            Kind.NEWS,
            "cover: {image: /media/a.jpg}",
            "6: Thiếu trường alt (Mô tả ảnh). Cách sửa: thêm dòng alt: và ghi giá trị. [missing-field]",
        ),
        (
            Kind.NEWS,
            "cover: {image: /media/a.jpg, alt: A, captoin: B}",
            '6: Không có trường "captoin". Cách sửa: có phải là caption? [unknown-field]',
        ),
        (
            Kind.NEWS,
            "cover: /media/a.jpg",
            "6: Ảnh đại diện phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            Kind.NEWS,
            "tags: Zalo, tập huấn",
            "6: Từ khóa phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [Zalo, tập huấn]. [wrong-type]",
        ),
        (Kind.NEWS, "tags: ['???']", '6: Từ khóa "???" không có chữ hoặc số nào. Cách sửa: dùng từ có chữ hoặc số. [invalid-tag]'),
        (
            Kind.NEWS,
            "tags: [a, [b]]",
            "6: Từ khóa phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            Kind.NEWS,
            "title: [a]",
            "2: Tên bài phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            Kind.NEWS,
            "title: {a: b}",
            "2: Tên bài phải là một dòng chữ. "
            "Cách sửa: ghi giá trị trên một dòng; chữ có dấu ngoặc nhọn thì đặt trong dấu nháy. [wrong-type]",
        ),
        (Kind.NEWS, "-title", "1: Thiếu trường title (Tên bài). Cách sửa: thêm dòng title: và ghi giá trị. [missing-field]"),
        (
            Kind.NEWS,
            "title: ''",
            "2: Tên bài để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            Kind.NEWS,
            "title: " + "a" * 201,
            '2: Tên bài "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" dài 201 ký tự, tối đa 200. Cách sửa: rút gọn còn không quá 200 ký tự. [too-long]',
        ),
        (
            Kind.NEWS,
            "summary: " + "a" * 301,
            '4: Tóm tắt "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" dài 301 ký tự, tối đa 300. Cách sửa: rút gọn còn không quá 300 ký tự. [too-long]',
        ),
        (
            Kind.NEWS,
            "topic: xa-hoi",
            '5: Chủ đề "xa-hoi" không có trong mục topics của site.yml. Cách sửa: có phải là xa-hoi-so? [unknown-topic]',
        ),
        (
            Kind.NEWS,
            "topic: qqq",
            '5: Chủ đề "qqq" không có trong mục topics của site.yml. Cách sửa: dùng một trong: xa-hoi-so, kinh-te-so. [unknown-topic]',
        ),
        (
            Kind.NEWS,
            "slug: Bài Viết",
            '6: Tên trong địa chỉ "Bài Viết" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: bai-viet. [invalid-slug]',
        ),
        (
            Kind.NEWS,
            "slug: a--b",
            '6: Tên trong địa chỉ "a--b" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: a-b. [invalid-slug]',
        ),
        (
            Kind.NEWS,
            "slug: " + "a" * 101,
            '6: Tên trong địa chỉ "'
            + "a" * 101
            + '" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: '
            + "a" * 100
            + ". [invalid-slug]",
        ),
        (
            Kind.NEWS,
            "slug: '???'",
            '6: Tên trong địa chỉ "???" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: bai-viet. [invalid-slug]',
        ),
        (
            Kind.NEWS,
            "aliases: [tin-tuc/a/]",
            '6: Đường dẫn cũ "tin-tuc/a/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            Kind.NEWS,
            "aliases: [/a/../b/]",
            '6: Đường dẫn cũ "/a/../b/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            Kind.NEWS,
            "aliases: ['//a/']",
            '6: Đường dẫn cũ "//a/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            Kind.NEWS,
            "aliases: ['https://a.vn/']",
            '6: Đường dẫn cũ "https://a.vn/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            Kind.NEWS,
            "source: {name: Báo, url: 'javascript:alert(1)'}",
            '6: Địa chỉ nguồn "javascript:alert(1)" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            Kind.NEWS,
            "source: {name: Báo, url: 'ftp://a.vn'}",
            '6: Địa chỉ nguồn "ftp://a.vn" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            Kind.NEWS,
            "source: {name: Báo, url: 'https://'}",
            '6: Địa chỉ nguồn "https://" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            Kind.NEWS,
            "source: {name: Báo, url: 'https://a b.vn'}",
            '6: Địa chỉ nguồn "https://a b.vn" không phải địa chỉ web. Cách sửa: bỏ dấu cách, hoặc mở trang ấy rồi chép lại địa chỉ từ trình duyệt. [invalid-url]',
        ),
        (
            Kind.NEWS,
            "source: {name: Báo, url: '//a.vn'}",
            '6: Địa chỉ nguồn "//a.vn" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            Kind.NEWS,
            "source: {name: Báo, url: 'http://[a'}",
            '6: Địa chỉ nguồn "http://[a" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            Kind.NEWS,
            "status: withdrawn",
            "6: Mục đã gỡ (status: withdrawn) nhưng không có lý do. Cách sửa: thêm dòng withdrawn_reason: và ghi lý do cho người đọc. [withdrawn-reason]",
        ),
        (Kind.NEWS, "status: publish", '6: Trạng thái "publish" không có. Cách sửa: có phải là published? [unknown-status]'),
        (
            Kind.NEWS,
            "status: xong",
            '6: Trạng thái "xong" không có. Cách sửa: ghi draft, published hoặc withdrawn. [unknown-status]',
        ),
        (
            Kind.NEWS,
            "change_note: Sửa",
            "6: Có change_note nhưng không có ngày sửa. Cách sửa: thêm dòng modified: với ngày sửa. [change-without-date]",
        ),
        (
            Kind.NEWS,
            "modified: 2026-11-22",
            "6: Ngày sửa (modified) trước ngày đăng (date). Cách sửa: xem lại hai ngày. [modified-before-date]",
        ),
        (Kind.NEWS, "lang: Việt", '6: Ngôn ngữ "Việt" không phải mã ngôn ngữ. Cách sửa: ghi mã như vi hoặc en. [invalid-language]'),
        (
            Kind.NEWS,
            "corrections: [{date: 2026-12-01}]",
            "6: Thiếu trường note (Nội dung đính chính). Cách sửa: thêm dòng note: và ghi giá trị. [missing-field]",
        ),
        (
            Kind.PAGE,
            "status: withdrawn",
            "4: Mục đã gỡ (status: withdrawn) nhưng không có lý do. Cách sửa: thêm dòng withdrawn_reason: và ghi lý do cho người đọc. [withdrawn-reason]",
        ),
        (
            Kind.PAGE,
            "date: 2026-01-01",
            '4: Không có trường "date". Cách sửa: xóa dòng này; các trường có thể dùng: status, withdrawn_reason, slug, title, summary. [unknown-field]',
        ),
        (
            Kind.PAGE,
            "slug: A",
            '4: Tên trong địa chỉ "A" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: a. [invalid-slug]',
        ),
    ],
)
def test_the_complete_message_of_a_wrong_field(kind, change, expected):
    fields, problems = check(kind, change)
    assert fields is None
    assert [str(problem) for problem in problems] == [f"x.md:{expected}"]


@pytest.mark.parametrize(
    "change",
    ["attachments: [a.pdf]", "amends: [[749/QĐ-TTg]]", "corrections: [Sửa tên.]"],
)
def test_text_instead_of_a_list_of_groups_is_reported_by_the_field_s_name(change):
    _, problems = check(Kind.DOCUMENT, change)
    assert [(problem.line, problem.rule, "trường 0" in problem.remedy) for problem in problems] == [(11, "wrong-type", False)]


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        (Kind.NEWS, "date", "2026-11-23 25:00"),
        (Kind.NEWS, "date", "2026-11-23 24:00"),
        (Kind.NEWS, "date", "2026-11-23 08:60"),
        (Kind.NEWS, "date", "23/11/2026 25:00"),
        (Kind.NEWS, "date", "05/03/2026 08:00"),
        (Kind.NEWS, "date", "2026/3/5"),
        (Kind.DOCUMENT, "issued_on", "2020-06-03 08:00"),
        (Kind.DOCUMENT, "issued_on", "03/06/2020 08:00"),
        (Kind.DOCUMENT, "issued_on", "3-6-2020"),
    ],
)
def test_a_date_that_a_remedy_proposes_is_accepted(kind, name, text):
    _, problems = check(kind, f"{name}: {text}")
    proposed = problems[0].remedy.removeprefix("ghi giờ và phút, ví dụ ").removeprefix("ghi ").removesuffix(".")
    assert problems[0].rule == "invalid-date"
    assert check(kind, f"{name}: {proposed}")[1] == (), problems[0].remedy


def test_all_wrong_fields_are_reported_at_once_with_their_lines():
    text = "title: Tên\ndate: 2026\nsummary: Tóm tắt\ntopic: xa-hoi-so\ncover:\n  image: a.jpg\n  alt: A\ntags:\n  - a\n  - '?'\n"
    fields = parse_fields(text, "x.md", first_line=2)
    _, problems = check_fields(CONTENT_TYPES[Kind.NEWS].fields, fields.values, fields.line, "x.md", KNOWN)
    assert sorted((problem.line, problem.rule) for problem in problems) == [
        (3, "invalid-date"),
        (7, "outside-media"),
        (11, "invalid-tag"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=ZONE)),
        ("2026-11-23 08:00", datetime(2026, 11, 23, 8, tzinfo=ZONE)),
        ("2026-11-23T08:00", datetime(2026, 11, 23, 8, tzinfo=ZONE)),
        ("2026-11-23T08:00:00+07:00", datetime(2026, 11, 23, 8, tzinfo=ZONE)),
        ("2026-11-23T08:00:00+0700", datetime(2026, 11, 23, 8, tzinfo=ZONE)),
        ("2026-11-23T01:00:00Z", datetime(2026, 11, 23, 8, tzinfo=ZONE)),
        ("2026-11-22T20:00:00-05:00", datetime(2026, 11, 23, 8, tzinfo=ZONE)),
        ("2026-11-23 08:00:30", datetime(2026, 11, 23, 8, 0, 30, tzinfo=ZONE)),
        ("1900-01-01", datetime(1900, 1, 1, tzinfo=ZONE)),
        ("2200-12-31 23:59", datetime(2200, 12, 31, 23, 59, tzinfo=ZONE)),
    ],
)
def test_an_instant_without_a_zone_is_in_that_of_the_site(text, expected):
    actual = typed(Kind.NEWS, f"date: {text}").date
    assert (expected, ZONE) == (actual, actual.tzinfo)


def test_three_ways_to_write_an_instant_are_one():
    ways = ("2026-11-23 08:00", "2026-11-23T08:00:00+07:00", "2026-11-23T01:00:00+00:00")
    eight = datetime(2026, 11, 23, 8, tzinfo=timezone(timedelta(hours=7)))
    assert [typed(Kind.NEWS, f"date: {way}").date for way in ways] == [eight] * 3


@pytest.mark.parametrize(
    ("number", "of_the_party"),
    [
        ("142/KH-UBND", False),
        ("42/2022/NĐ-CP", False),
        ("148/2025/QH15", False),
        ("4946/BTTTT-CĐSQG", False),
        ("1656/NQ-UBTVQH15", False),
        ("749/QĐ-TTg", False),
        ("12a/BC-UBND", False),
        ("09-NQ/TU", True),
        ("57-NQ/TW", True),
        ("01-NQ/ĐU", True),
    ],
)
def test_numbers_of_documents(number, of_the_party):
    fields = typed(Kind.DOCUMENT, f"document_number: {number}")
    assert (number, of_the_party) == (fields.document_number, is_party_number(number))


@pytest.mark.parametrize("name", list(DOCUMENT_TYPES))
def test_every_type_of_document_is_accepted(name):
    assert typed(Kind.DOCUMENT, f"document_type: {name}").document_type == name


@pytest.mark.parametrize(("text", "minutes"), [("45m", 45), ("1h", 60), ("1h30m", 90), ("90m", 90), ("0h5m", 5)])
def test_durations(text, minutes):
    change = f"materials: [{{url: 'https://a.vn/', label: Ghi hình, duration: {text}}}]"
    assert typed(Kind.TRAINING, change).materials[0].duration == minutes


@pytest.mark.parametrize(("text", "expected"), [("true", True), ("false", False)])
def test_switches(text, expected):
    assert typed(Kind.NEWS, f"zalo: {{exclude: {text}}}").zalo.exclude is expected


@pytest.mark.parametrize(("text", "expected"), [("0", 0), ("22780", 22780), ("012", 12)])
def test_counts(text, expected):
    session = f"session: {{starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 16:30, attendance: {{online: {text}}}}}"
    assert typed(Kind.TRAINING, session).session.attendance.online == expected


@pytest.mark.parametrize("text", ["00:00", "09:05", "14:00", "23:59"])
def test_times_of_day(text):
    session = f"session: {{starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 16:30, agenda: [{{at: {text}, what: X}}]}}"
    assert typed(Kind.TRAINING, session).session.agenda[0].at == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/media/2026/a.jpg", "media/2026/a.jpg"),
        ("{static}/media/a.jpg", "media/a.jpg"),
        ("{filename}/media/a.jpg", "media/a.jpg"),
        ("/media/Ảnh 1.jpg", "media/Ảnh 1.jpg"),
        ("/media/a..b.jpg", "media/a..b.jpg"),
    ],
)
def test_paths_of_media(text, expected):
    assert typed(Kind.NEWS, f"cover: {{image: '{text}', alt: A}}").cover.image == expected


@pytest.mark.parametrize("text", ["/a/", "/tin-tuc/2026/duong-dan-cu/", "/2019/05/Bai_Cu.html/", "/a.b/~c/"])
def test_former_paths(text):
    assert typed(Kind.NEWS, f"aliases: [{text}]").aliases == (text,)


@pytest.mark.parametrize(("field", "limit"), [("title", 200), ("summary", 300)])
def test_text_of_exactly_the_limit_is_accepted(field, limit):
    assert len(getattr(typed(Kind.NEWS, f"{field}: {'ệ' * limit}"), field)) == limit


def test_white_space_in_text_becomes_single_spaces():
    assert typed(Kind.NEWS, "title: |\n  Dòng  một\n  dòng hai\n").title == "Dòng một dòng hai"


def test_tags_get_one_placement_of_tones_but_names_keep_theirs():
    fields = typed(Kind.NEWS, "tags: [Số hoá, Zalo]\nauthors: [Nguyễn Thị Hoà]")
    assert (fields.tags, fields.authors) == (("Số hóa", "Zalo"), ("Nguyễn Thị Hoà",))


def test_a_relation_is_a_number_or_says_which_document_it_means():
    relations = "amends: [1726/QĐ-TTg, {number: 09-NQ/TU, issuing_body: ubnd, issued_on: 2021-01-02}]"
    short, long = typed(Kind.DOCUMENT, relations).amends
    assert (short.number, short.issuing_body, short.issued_on) == ("1726/QĐ-TTg", None, None)
    assert (long.number, long.issuing_body, long.issued_on) == ("09-NQ/TU", "ubnd", date(2021, 1, 2))


def test_a_withdrawn_item_with_its_reason_is_accepted():
    fields = typed(Kind.PAGE, "status: withdrawn\nwithdrawn_reason: Trùng bài.")
    assert (fields.status, fields.withdrawn_reason) == (EditorStatus.WITHDRAWN, "Trùng bài.")


def test_a_change_with_its_day_is_accepted():
    fields = typed(Kind.NEWS, "modified: 2026-12-01\nchange_note: Sửa số.")
    assert (datetime(2026, 12, 1, tzinfo=ZONE), "Sửa số.") == (fields.modified, fields.change_note)
