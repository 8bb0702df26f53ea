"""Bad values of fields, each in a small file of its own among the others: what the checks say of each, whole. A fine one says nothing."""

import pytest
from bad_content import FINE, FOLDERS, make_source, reported, write_content

# By what they are about: kind, the lines that are changed, and what is said of the file: its line, then the message.
CASES = {
    "the date of an article": [
        (
            "news",
            "date: 31/02/2026",
            '3: Ngày đăng "31/02/2026" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 05/03/2026",
            '3: Ngày đăng "05/03/2026" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-03-05. [invalid-date]',
        ),
        (
            "news",
            "date: 5-3-2026",
            '3: Ngày đăng "5-3-2026" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-03-05. [invalid-date]',
        ),
        (
            "news",
            "date: 05.03.2026",
            '3: Ngày đăng "05.03.2026" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-03-05. [invalid-date]',
        ),
        (
            "news",
            "date: 2026/11/20",
            '3: Ngày đăng "2026/11/20" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-11-20. [invalid-date]',
        ),
        (
            "news",
            "date: 2026.11.20",
            '3: Ngày đăng "2026.11.20" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-11-20. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-2-30",
            '3: Ngày đăng "2026-2-30" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-1-5",
            '3: Ngày đăng "2026-1-5" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-01-05. [invalid-date]',
        ),
        (
            "news",
            "date: 2026",
            '3: Ngày đăng "2026" thiếu ngày, tháng. Cách sửa: ghi đủ năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11",
            '3: Ngày đăng "2026-11" thiếu ngày, tháng. Cách sửa: ghi đủ năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 11/2026",
            '3: Ngày đăng "11/2026" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 0001-01-01",
            '3: Ngày đăng "0001-01-01" nằm ngoài các năm 1900–2200. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 1899-12-31",
            '3: Ngày đăng "1899-12-31" nằm ngoài các năm 1900–2200. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 2201-01-01",
            '3: Ngày đăng "2201-01-01" nằm ngoài các năm 1900–2200. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 9999-12-31",
            '3: Ngày đăng "9999-12-31" nằm ngoài các năm 1900–2200. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 20261120",
            '3: Ngày đăng "20261120" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 20/11/26",
            '3: Ngày đăng "20/11/26" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 20 tháng 11 năm 2026",
            '3: Ngày đăng "20 tháng 11 năm 2026" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: hôm qua",
            '3: Ngày đăng "hôm qua" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-31",
            '3: Ngày đăng "2026-11-31" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-02-29",
            '3: Ngày đăng "2026-02-29" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-00-10",
            '3: Ngày đăng "2026-00-10" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-13-01",
            '3: Ngày đăng "2026-13-01" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-20 25:00",
            '3: Ngày đăng "2026-11-20 25:00" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-20 24:00",
            '3: Ngày đăng "2026-11-20 24:00" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-20 08:60",
            '3: Ngày đăng "2026-11-20 08:60" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-20 08",
            '3: Ngày đăng "2026-11-20 08" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 20/11/2026 08:00",
            '3: Ngày đăng "20/11/2026 08:00" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-20T08:00+99:99",
            '3: Ngày đăng "2026-11-20T08:00+99:99" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-20T08:00+25:00",
            '3: Ngày đăng "2026-11-20T08:00+25:00" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-20T08:00 ICT",
            '3: Ngày đăng "2026-11-20T08:00 ICT" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-11-20T08:00+7",
            '3: Ngày đăng "2026-11-20T08:00+7" có giờ không hợp lệ. Cách sửa: ghi giờ và phút, ví dụ 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: 2026-W47-5",
            '3: Ngày đăng "2026-W47-5" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: ‘2026-11-20 08:00’",
            '3: Ngày đăng "‘2026-11-20 08:00’" có dấu nháy cong hoặc chữ số lạ. Cách sửa: ghi 2026-11-20 08:00. [invalid-date]',
        ),
        (
            "news",
            "date: ٢٠٢٦-١١-٢٠",
            '3: Ngày đăng "٢٠٢٦-١١-٢٠" có dấu nháy cong hoặc chữ số lạ. Cách sửa: ghi 2026-11-20. [invalid-date]',
        ),
        (
            "news",
            "date: ２０２６-１１-２０",
            '3: Ngày đăng "２０２６-１１-２０" có dấu nháy cong hoặc chữ số lạ. Cách sửa: ghi 2026-11-20. [invalid-date]',
        ),
        (
            "news",
            "date: 2026–11–20",
            '3: Ngày đăng "2026–11–20" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-11-20. [invalid-date]',
        ),
        (
            "news",
            "date: -2026-11-20",
            '3: Ngày đăng "-2026-11-20" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 1e3",
            '3: Ngày đăng "1e3" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: [2026-11-20]",
            "3: Ngày đăng phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "date: {ngay: 2026-11-20}",
            "3: Ngày đăng phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng; chữ có dấu ngoặc nhọn thì đặt trong dấu nháy. [wrong-type]",
        ),
        (
            "news",
            "date: ~",
            '3: Ngày đăng "~" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "date: 1700000000",
            '3: Ngày đăng "1700000000" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
    ],
    "other dates": [
        (
            "document",
            "issued_on: 2026-11-20 08:00",
            '9: Ngày ban hành "2026-11-20 08:00" chỉ nhận ngày, không có giờ. Cách sửa: ghi 2026-11-20. [invalid-date]',
        ),
        (
            "document",
            "issued_on: 31/04/2026",
            '9: Ngày ban hành "31/04/2026" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "document",
            "issued_on: 2020",
            '9: Ngày ban hành "2020" thiếu ngày, tháng. Cách sửa: ghi đủ năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "document",
            "issued_on: x",
            '9: Ngày ban hành "x" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "document",
            "issued_on: 20/11/2026 08:00",
            '9: Ngày ban hành "20/11/2026 08:00" chỉ nhận ngày, không có giờ. Cách sửa: ghi 2026-11-20. [invalid-date]',
        ),
        (
            "news",
            "pinned_until: 2026-12-31 10:00",
            '6: Ghim đến hết ngày "2026-12-31 10:00" chỉ nhận ngày, không có giờ. Cách sửa: ghi 2026-12-31. [invalid-date]',
        ),
        (
            "news",
            "pinned_until: mai",
            '6: Ghim đến hết ngày "mai" không phải ngày, giờ hợp lệ. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
        ),
        (
            "news",
            "corrections: [{date: 1/12/2026, note: Sửa.}]",
            '6: Ngày đính chính "1/12/2026" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2026-12-01. [invalid-date]',
        ),
        (
            "document",
            "effective_on: 2026-11-20\nexpires_on: 2026-11-19",
            "12: Ngày hết hiệu lực (expires_on) trước ngày có hiệu lực (effective_on). Cách sửa: xem lại hai ngày. [validity-order]",
        ),
        (
            "news",
            "modified: 2026-11-19",
            "6: Ngày sửa (modified) trước ngày đăng (date). Cách sửa: xem lại hai ngày. [modified-before-date]",
        ),
        (
            "news",
            "change_note: Sửa.",
            "6: Có change_note nhưng không có ngày sửa. Cách sửa: thêm dòng modified: với ngày sửa. [change-without-date]",
        ),
    ],
    "names, kinds and limits of common fields": [
        ("news", "sumary: a", '6: Không có trường "sumary". Cách sửa: có phải là summary? [unknown-field]'),
        ("news", "Title: Bài khác", '6: Không có trường "Title". Cách sửa: có phải là title? [unknown-field]'),
        ("news", "TITLE: a", '6: Không có trường "TITLE". Cách sửa: có phải là title? [unknown-field]'),
        (
            "news",
            "tiêu đề: a",
            '6: Không có trường "tiêu đề". Cách sửa: có phải là title? [unknown-field]',
        ),
        (
            "news",
            "category: a",
            '6: Không có trường "category". Cách sửa: có phải là topic? [unknown-field]',
        ),
        ("news", "author: An", '6: Không có trường "author". Cách sửa: có phải là authors? [unknown-field]'),
        ("news", "tag: a", '6: Không có trường "tag". Cách sửa: có phải là tags? [unknown-field]'),
        (
            "news",
            "image: a",
            '6: Không có trường "image". Cách sửa: có phải là cover? [unknown-field]',
        ),
        (
            "news",
            "publish: true",
            '6: Không có trường "publish". Cách sửa: xóa dòng này; các trường có thể dùng: status, withdrawn_reason, slug, title, date, summary, topic, tags, authors, cover, modified, change_note, corrections, source, pinned_until, aliases, zalo, lang. [unknown-field]',
        ),
        (
            "news",
            "<<: {a: b}",
            '6: Không có trường "<<". Cách sửa: xóa dòng này; các trường có thể dùng: status, withdrawn_reason, slug, title, date, summary, topic, tags, authors, cover, modified, change_note, corrections, source, pinned_until, aliases, zalo, lang. [unknown-field]',
        ),
        ("news", "title : a", '6: Trường "title" ghi hai lần. Cách sửa: giữ một dòng title, xóa dòng kia. [doubled-field]'),
        ("news", '"ti tle": a', '6: Không có trường "ti tle". Cách sửa: có phải là title? [unknown-field]'),
        (
            "news",
            "'': a",
            '6: Không có trường "". Cách sửa: xóa dòng này; các trường có thể dùng: status, withdrawn_reason, slug, title, date, summary, topic, tags, authors, cover, modified, change_note, corrections, source, pinned_until, aliases, zalo, lang. [unknown-field]',
        ),
        (
            "news",
            "title: a\ntitle: b",
            '3: Trường "title" ghi hai lần. Cách sửa: giữ một dòng title, xóa dòng kia. [doubled-field]',
        ),
        (
            "news",
            "summary:",
            "4: Tóm tắt để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "news",
            "summary: ''",
            "4: Tóm tắt để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "news",
            "summary: '   '",
            "4: Tóm tắt để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "news",
            'title: "\\u200b"',
            "2: Tên bài để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "news",
            "tags:",
            "6: Từ khóa để trống. Cách sửa: ghi các mục trong ngoặc vuông, hoặc xóa dòng này. [empty-field]",
        ),
        (
            "news",
            "cover:",
            "6: Ảnh đại diện để trống. Cách sửa: ghi các trường con thụt vào bên dưới, hoặc xóa dòng này. [empty-field]",
        ),
        (
            "news",
            "zalo:",
            "6: Zalo để trống. Cách sửa: ghi các trường con thụt vào bên dưới, hoặc xóa dòng này. [empty-field]",
        ),
        (
            "news",
            "source:",
            "6: Nguồn bài để trống. Cách sửa: ghi các trường con thụt vào bên dưới, hoặc xóa dòng này. [empty-field]",
        ),
        (
            "news",
            "authors: ['']",
            "6: Tác giả để trống. Cách sửa: ghi giá trị, hoặc xóa dòng này. [empty-field]",
        ),
        (
            "news",
            "tags: [a, '']",
            "6: Từ khóa để trống. Cách sửa: ghi giá trị, hoặc xóa dòng này. [empty-field]",
        ),
        (
            "news",
            "aliases: ['']",
            "6: Đường dẫn cũ để trống. Cách sửa: ghi giá trị, hoặc xóa dòng này. [empty-field]",
        ),
        (
            "news",
            "cover: {imag: /media/a.jpg, alt: a}",
            (
                "6: Thiếu trường image (Ảnh đại diện). Cách sửa: thêm dòng image: và ghi giá trị. [missing-field]\n"
                '6: Không có trường "imag". Cách sửa: có phải là image? [unknown-field]'
            ),
        ),
        (
            "news",
            "cover: {image: /media/a.jpg, alt: a, alt: b}",
            '6: Trường "alt" ghi hai lần. Cách sửa: giữ một dòng alt, xóa dòng kia. [doubled-field]',
        ),
        (
            "news",
            "cover: {}",
            (
                "6: Thiếu trường alt (Mô tả ảnh). Cách sửa: thêm dòng alt: và ghi giá trị. [missing-field]\n"
                "6: Thiếu trường image (Ảnh đại diện). Cách sửa: thêm dòng image: và ghi giá trị. [missing-field]"
            ),
        ),
        (
            "news",
            "cover: {image: /media/khong.jpg}",
            "6: Thiếu trường alt (Mô tả ảnh). Cách sửa: thêm dòng alt: và ghi giá trị. [missing-field]",
        ),
        (
            "news",
            "cover: {alt: a}",
            "6: Thiếu trường image (Ảnh đại diện). Cách sửa: thêm dòng image: và ghi giá trị. [missing-field]",
        ),
        (
            "news",
            "cover: {image: '', alt: ''}",
            (
                "6: Mô tả ảnh để trống. Cách sửa: ghi giá trị. [empty-field]\n6: Ảnh đại diện để trống. Cách sửa: ghi giá trị. [empty-field]"
            ),
        ),
        ("news", "zalo: {titel: a}", '6: Không có trường "titel". Cách sửa: có phải là title? [unknown-field]'),
        (
            "news",
            "zalo: {exclude: yes}",
            '6: Không đưa lên Zalo "yes" không phải true hoặc false. Cách sửa: ghi true (có) hoặc false (không). [invalid-switch]',
        ),
        (
            "news",
            "zalo: {exclude: True}",
            '6: Không đưa lên Zalo "True" không phải true hoặc false. Cách sửa: ghi true (có) hoặc false (không). [invalid-switch]',
        ),
        (
            "news",
            "zalo: {title: " + "a" * 151 + "}",
            '6: Tên trên Zalo "' + "a" * 40 + '…" dài 151 ký tự, tối đa 150. Cách sửa: rút gọn còn không quá 150 ký tự. [too-long]',
        ),
        (
            "news",
            'source: {url: "https://a.vn/"}',
            "6: Thiếu trường name (Tên nguồn). Cách sửa: thêm dòng name: và ghi giá trị. [missing-field]",
        ),
        (
            "news",
            "source: {name: a, link: b}",
            '6: Không có trường "link". Cách sửa: xóa dòng này; các trường có thể dùng: name, url. [unknown-field]',
        ),
        (
            "news",
            "corrections: [{note: a}]",
            "6: Thiếu trường date (Ngày đính chính). Cách sửa: thêm dòng date: và ghi giá trị. [missing-field]",
        ),
        (
            "news",
            "corrections: [{date: 2026-11-21}]",
            "6: Thiếu trường note (Nội dung đính chính). Cách sửa: thêm dòng note: và ghi giá trị. [missing-field]",
        ),
        (
            "news",
            "title: [a, b]",
            "2: Tên bài phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "title: {a: b}",
            "2: Tên bài phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng; chữ có dấu ngoặc nhọn thì đặt trong dấu nháy. [wrong-type]",
        ),
        (
            "news",
            "title: [[a]]",
            "2: Tên bài phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "summary: [a]",
            "4: Tóm tắt phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        ("news", "tags: a, b", "6: Từ khóa phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [a, b]. [wrong-type]"),
        (
            "news",
            "tags: {a: b}",
            "6: Từ khóa phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [mục một, mục hai]. [wrong-type]",
        ),
        (
            "news",
            "tags: [[a, b]]",
            "6: Từ khóa phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "tags: [{a: b}]",
            "6: Từ khóa phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng; chữ có dấu ngoặc nhọn thì đặt trong dấu nháy. [wrong-type]",
        ),
        ("news", "authors: An", "6: Tác giả phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [An]. [wrong-type]"),
        (
            "news",
            "authors: [[An]]",
            "6: Tác giả phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "cover: a.jpg",
            "6: Ảnh đại diện phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            "news",
            "cover: [a.jpg]",
            "6: Ảnh đại diện phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            "news",
            "corrections: Sửa",
            "6: Đính chính phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [Sửa]. [wrong-type]",
        ),
        (
            "news",
            "corrections: [Sửa]",
            "6: Mỗi mục của Đính chính phải là một nhóm trường. Cách sửa: ghi mỗi mục dạng {tên: giá trị}, với các trường date, note. [wrong-type]",
        ),
        (
            "news",
            "corrections: {date: 2026-11-21, note: a}",
            "6: Đính chính phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [mục một, mục hai]. [wrong-type]",
        ),
        ("news", "aliases: /a/", "6: Đường dẫn cũ phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [/a/]. [wrong-type]"),
        (
            "news",
            "zalo: true",
            "6: Zalo phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            "news",
            "source: Báo",
            "6: Nguồn bài phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            "news",
            "lang: [vi]",
            "6: Ngôn ngữ phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "status: [draft]",
            "6: Trạng thái phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "topic: [xa-hoi-so]",
            "5: Chủ đề phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "slug: [a]",
            "6: Tên trong địa chỉ phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "source: {name: [a]}",
            "6: Tên nguồn phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "news",
            "topic: Xã hội số",
            '5: Chủ đề "Xã hội số" không có trong mục topics của site.yml. Cách sửa: có phải là xa-hoi-so? [unknown-topic]',
        ),
        (
            "news",
            "topic: khac",
            '5: Chủ đề "khac" không có trong mục topics của site.yml. Cách sửa: dùng một trong: xa-hoi-so. [unknown-topic]',
        ),
        ("news", "status: nháp", '6: Trạng thái "nháp" không có. Cách sửa: có phải là draft? [unknown-status]'),
        ("news", "status: Draft", '6: Trạng thái "Draft" không có. Cách sửa: có phải là draft? [unknown-status]'),
        (
            "news",
            "status: withdrawn",
            "6: Mục đã gỡ (status: withdrawn) nhưng không có lý do. Cách sửa: thêm dòng withdrawn_reason: và ghi lý do cho người đọc. [withdrawn-reason]",
        ),
        ("news", "status: pubished", '6: Trạng thái "pubished" không có. Cách sửa: có phải là published? [unknown-status]'),
        (
            "news",
            "lang: Tiếng Việt",
            '6: Ngôn ngữ "Tiếng Việt" không phải mã ngôn ngữ. Cách sửa: ghi mã như vi hoặc en. [invalid-language]',
        ),
        ("news", "lang: VI", '6: Ngôn ngữ "VI" không phải mã ngôn ngữ. Cách sửa: ghi mã như vi hoặc en. [invalid-language]'),
        (
            "news",
            "slug: Bài Mới",
            '6: Tên trong địa chỉ "Bài Mới" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: bai-moi. [invalid-slug]',
        ),
        (
            "news",
            "slug: ../../etc/passwd",
            '6: Tên trong địa chỉ "../../etc/passwd" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: etc-passwd. [invalid-slug]',
        ),
        (
            "news",
            "slug: a/b",
            '6: Tên trong địa chỉ "a/b" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: a-b. [invalid-slug]',
        ),
        (
            "news",
            "slug: a--b",
            '6: Tên trong địa chỉ "a--b" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: a-b. [invalid-slug]',
        ),
        (
            "news",
            "slug: -a",
            '6: Tên trong địa chỉ "-a" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: a. [invalid-slug]',
        ),
        (
            "news",
            "slug: .",
            '6: Tên trong địa chỉ "." không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: bai-viet. [invalid-slug]',
        ),
        (
            "news",
            "slug: %61",
            '6: Giá trị "%61" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: slug: "%61" [yaml-quotes]',
        ),
        (
            "news",
            "slug: thang-11",
            '6: Địa chỉ "/tin-tuc/2026/thang-11/" là của danh sách có sẵn trên trang. Cách sửa: thêm hoặc sửa dòng slug:, ví dụ slug: bai-thang-11. [reserved-path]',
        ),
        (
            "news",
            "slug: trang-1",
            '6: Địa chỉ "/tin-tuc/2026/trang-1/" là của danh sách có sẵn trên trang. Cách sửa: thêm hoặc sửa dòng slug:, ví dụ slug: bai-trang-1. [reserved-path]',
        ),
        (
            "news",
            "slug: " + "a" * 101,
            '6: Tên trong địa chỉ "'
            + "a" * 101
            + '" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: '
            + "a" * 100
            + ". [invalid-slug]",
        ),
        (
            "news",
            "slug: 😀",
            '6: Tên trong địa chỉ "😀" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: bai-viet. [invalid-slug]',
        ),
        (
            "news",
            "slug: a.html",
            '6: Tên trong địa chỉ "a.html" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: a-html. [invalid-slug]',
        ),
        (
            "news",
            "title: " + "Dài " * 60,
            '2: Tên bài "Dài Dài Dài Dài Dài Dài Dài Dài Dài Dài …" dài 239 ký tự, tối đa 200. Cách sửa: rút gọn còn không quá 200 ký tự. [too-long]',
        ),
        (
            "news",
            "summary: " + "Dài " * 80,
            '4: Tóm tắt "Dài Dài Dài Dài Dài Dài Dài Dài Dài Dài …" dài 319 ký tự, tối đa 300. Cách sửa: rút gọn còn không quá 300 ký tự. [too-long]',
        ),
        ("news", "tags: ['!!!']", '6: Từ khóa "!!!" không có chữ hoặc số nào. Cách sửa: dùng từ có chữ hoặc số. [invalid-tag]'),
        ("news", "tags: [😀]", '6: Từ khóa "😀" không có chữ hoặc số nào. Cách sửa: dùng từ có chữ hoặc số. [invalid-tag]'),
        (
            "news",
            "tags: [" + "a" * 61 + "]",
            '6: Từ khóa "' + "a" * 40 + '…" dài 61 ký tự, tối đa 60. Cách sửa: rút gọn còn không quá 60 ký tự. [too-long]',
        ),
        (
            "news",
            "aliases: [tin-cu]",
            '6: Đường dẫn cũ "tin-cu" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "aliases: [//a.vn/]",
            '6: Đường dẫn cũ "//a.vn/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "aliases: [/a/../b/]",
            '6: Đường dẫn cũ "/a/../b/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "aliases: [/a/./b/]",
            '6: Đường dẫn cũ "/a/./b/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "aliases: [/tin cũ/]",
            '6: Đường dẫn cũ "/tin cũ/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "aliases: ['https://a.vn/b/']",
            '6: Đường dẫn cũ "https://a.vn/b/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "aliases: [/" + "a" * 201 + "/]",
            '6: Đường dẫn cũ "/'
            + "a" * 199
            + '…" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "aliases: ['/a?b=c/']",
            '6: Đường dẫn cũ "/a?b=c/" có dấu ? hoặc #. Cách sửa: bỏ phần từ dấu ? hoặc # trở đi; trang tĩnh không phân biệt được các địa chỉ chỉ khác phần ấy. [invalid-alias]',
        ),
        (
            "news",
            "aliases: ['/a#b/']",
            '6: Đường dẫn cũ "/a#b/" có dấu ? hoặc #. Cách sửa: bỏ phần từ dấu ? hoặc # trở đi; trang tĩnh không phân biệt được các địa chỉ chỉ khác phần ấy. [invalid-alias]',
        ),
        (
            "news",
            "aliases: [/a\\b/]",
            '6: Đường dẫn cũ "/a\\b/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "cover: {image: ../a.jpg, alt: a}",
            '6: Ảnh đại diện "../a.jpg" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/a.jpg. [outside-media]',
        ),
        (
            "news",
            "cover: {image: /media/../site.yml, alt: a}",
            '6: Ảnh đại diện "/media/../site.yml" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/site.yml. [outside-media]',
        ),
        (
            "news",
            "cover: {image: 'https://a.vn/a.jpg', alt: a}",
            '6: Ảnh đại diện "https://a.vn/a.jpg" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/a.jpg. [outside-media]',
        ),
        (
            "news",
            "cover: {image: /etc/passwd, alt: a}",
            '6: Ảnh đại diện "/etc/passwd" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/passwd. [outside-media]',
        ),
        (
            "news",
            "cover: {image: 'C:\\a.jpg', alt: a}",
            '6: Ảnh đại diện "C:\\a.jpg" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/a.jpg. [outside-media]',
        ),
        (
            "news",
            "cover: {image: /media/a.svg, alt: a}",
            '6: Ảnh "/media/a.svg" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]',
        ),
        (
            "news",
            "source: {name: a, url: a.vn}",
            '6: Địa chỉ nguồn "a.vn" không phải địa chỉ web. Cách sửa: ghi https://a.vn. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'javascript:alert(1)'}",
            '6: Địa chỉ nguồn "javascript:alert(1)" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'https://'}",
            '6: Địa chỉ nguồn "https://" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'https://a.vn:abc/'}",
            '6: Địa chỉ nguồn "https://a.vn:abc/" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'https://a.vn:99999/'}",
            '6: Địa chỉ nguồn "https://a.vn:99999/" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'https://[::1'}",
            '6: Địa chỉ nguồn "https://[::1" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'https://chinhphu.vn@xau.vn/'}",
            '6: Địa chỉ nguồn "https://…@xau.vn/" có tên người dùng trước dấu @, dễ làm người đọc nhầm sang trang khác. Cách sửa: bỏ phần tới dấu @: https://xau.vn/. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'https://a.vn/b c'}",
            '6: Địa chỉ nguồn "https://a.vn/b c" không phải địa chỉ web. Cách sửa: bỏ dấu cách, hoặc mở trang ấy rồi chép lại địa chỉ từ trình duyệt. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'ftp://a.vn/'}",
            '6: Địa chỉ nguồn "ftp://a.vn/" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: '//a.vn/'}",
            '6: Địa chỉ nguồn "//a.vn/" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "news",
            "source: {name: a, url: 'https://a.vn/\"><b>'}",
            '6: Địa chỉ nguồn "https://a.vn/"><b>" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
    ],
    "the syntax of the fields": [
        (
            "news",
            'title: "Bài',
            '2: Dấu nháy mở ở "title: "Bài" không có dấu nháy đóng. Cách sửa: thêm dấu nháy ở cuối giá trị, hoặc bỏ dấu nháy mở. [yaml-syntax]',
        ),
        (
            "news",
            "title: 'Bài",
            '2: Dấu nháy mở ở "title: \'Bài" không có dấu nháy đóng. Cách sửa: thêm dấu nháy ở cuối giá trị, hoặc bỏ dấu nháy mở. [yaml-syntax]',
        ),
        (
            "news",
            "title: Bài: hai",
            '2: Giá trị "Bài: hai" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "Bài: hai" [yaml-quotes]',
        ),
        (
            "news",
            "title: Bài số #5",
            '2: Giá trị "Bài số #5" có " #": YAML bỏ phần từ dấu # trở đi. Cách sửa: đặt giá trị trong dấu nháy: title: "Bài số #5" [yaml-quotes]',
        ),
        (
            "news",
            "title: [a",
            '2: Dấu ngoặc mở ở "title: [a" không có dấu ngoặc đóng. Cách sửa: thêm dấu ngoặc đóng ở cuối giá trị. [yaml-syntax]',
        ),
        (
            "news",
            "title: {a: b",
            '2: Dấu ngoặc mở ở "title: {a: b" không có dấu ngoặc đóng. Cách sửa: thêm dấu ngoặc đóng ở cuối giá trị. [yaml-syntax]',
        ),
        (
            "news",
            "title: [a] b",
            '2: Giá trị "[a] b" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "[a] b" [yaml-quotes]',
        ),
        (
            "news",
            "tags: [a, b",
            '6: Dấu ngoặc mở ở "tags: [a, b" không có dấu ngoặc đóng. Cách sửa: thêm dấu ngoặc đóng ở cuối giá trị. [yaml-syntax]',
        ),
        (
            "news",
            "title: @a",
            '2: Giá trị "@a" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "@a" [yaml-quotes]',
        ),
        (
            "news",
            "title: `a`",
            '2: Giá trị "`a`" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "`a`" [yaml-quotes]',
        ),
        (
            "news",
            "title: %a",
            '2: Giá trị "%a" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "%a" [yaml-quotes]',
        ),
        (
            "news",
            "title: *a",
            '2: Giá trị "*a" có ký hiệu riêng của YAML (&, * hoặc !). Cách sửa: đặt giá trị trong dấu nháy: title: "*a" [yaml-indirection]',
        ),
        (
            "news",
            "title: &a b",
            '2: Giá trị "&a b" có ký hiệu riêng của YAML (&, * hoặc !). Cách sửa: đặt giá trị trong dấu nháy: title: "&a b" [yaml-indirection]',
        ),
        (
            "news",
            "title: !a b",
            '2: Giá trị "!a b" có ký hiệu riêng của YAML (&, * hoặc !). Cách sửa: đặt giá trị trong dấu nháy: title: "!a b" [yaml-indirection]',
        ),
        (
            "news",
            "title: !!python/object/apply:os.system [ls]",
            '2: Giá trị "!!python/object/apply:os.system [ls]" có ký hiệu riêng của YAML (&, * hoặc !). Cách sửa: đặt giá trị trong dấu nháy: title: "!!python/object/apply:os.system [ls]" [yaml-indirection]',
        ),
        (
            "news",
            "tags: [&a An, *a]",
            '6: Giá trị "[&a An, *a]" có ký hiệu riêng của YAML (&, * hoặc !). Cách sửa: bỏ ký hiệu ấy, hoặc đặt mục có ký hiệu trong dấu nháy. [yaml-indirection]',
        ),
        (
            "news",
            "title: &a [*a]",
            '2: Giá trị "&a [*a]" có ký hiệu riêng của YAML (&, * hoặc !). Cách sửa: đặt giá trị trong dấu nháy: title: "&a [*a]" [yaml-indirection]',
        ),
        (
            "news",
            "x: &a [a,a]\ny: &b [*a,*a]",
            '6: Giá trị "&a [a,a]" có ký hiệu riêng của YAML (&, * hoặc !). Cách sửa: đặt giá trị trong dấu nháy: x: "&a [a,a]" [yaml-indirection]',
        ),
        (
            "news",
            "cover:\n\timage: a",
            "7: Dòng thụt vào bằng phím Tab, YAML không nhận. Cách sửa: thay Tab bằng hai dấu cách. [yaml-syntax]",
        ),
        (
            "news",
            "\ttitle: a",
            "6: Dòng thụt vào bằng phím Tab, YAML không nhận. Cách sửa: thay Tab bằng hai dấu cách. [yaml-syntax]",
        ),
        (
            "news",
            "title: a\n  b: c",
            '3: Phần khai báo sai cú pháp YAML ở "b: c". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
        ),
        ("news", "title: |\n a\n  b: c\n#d", FINE),
        (
            "news",
            'title: "a\\x00b"',
            "2: Có ký tự điều khiển U+0000, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
        ),
        (
            "news",
            'title: "a\\eb"',
            "2: Có ký tự điều khiển U+001B, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
        ),
        (
            "news",
            'title: "a\\ud800b"',
            "2: Có ký tự điều khiển U+D800, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
        ),
        (
            "news",
            'title: "a\\uFFFEb"',
            "2: Có ký tự điều khiển U+FFFE, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
        ),
        (
            "news",
            '"a\\x01": b',
            "6: Có ký tự điều khiển U+0001, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
        ),
        (
            "news",
            'title: "a\\qb"',
            '2: Trong dấu nháy kép, dấu \\ đổi nghĩa chữ sau nó: "title: "a\\qb"". Cách sửa: dùng dấu nháy đơn: title: \'a\\qb\' [yaml-quotes]',
        ),
        (
            "news",
            "title: " + "[" * 50 + "]" * 50,
            "2: Phần khai báo có ngoặc hoặc mục con lồng nhau quá 20 tầng. Cách sửa: xóa bớt ngoặc, hoặc bớt thụt dòng. [yaml-syntax]",
        ),
        (
            "news",
            "title: " + "[" * 5000 + "]" * 5000,
            "2: Phần khai báo có ngoặc hoặc mục con lồng nhau quá 20 tầng. Cách sửa: xóa bớt ngoặc, hoặc bớt thụt dòng. [yaml-syntax]",
        ),
        (
            "news",
            "title: " + "[" * 5000,
            "2: Phần khai báo có ngoặc hoặc mục con lồng nhau quá 20 tầng. Cách sửa: xóa bớt ngoặc, hoặc bớt thụt dòng. [yaml-syntax]",
        ),
        (
            "news",
            "title: " + "{a: " * 30 + "b" + "}" * 30,
            "2: Phần khai báo có ngoặc hoặc mục con lồng nhau quá 20 tầng. Cách sửa: xóa bớt ngoặc, hoặc bớt thụt dòng. [yaml-syntax]",
        ),
        (
            "news",
            "k" * 1100 + ": a",
            '6: Phần khai báo sai cú pháp YAML ở "'
            + "k" * 200
            + '…". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
        ),
        (
            "news",
            "? [a]\n: b",
            "6: Tên trường không phải là chữ. Cách sửa: ghi mỗi trường một dòng dạng tên: giá trị. [yaml-syntax]",
        ),
        (
            "news",
            "? {a: b}\n: c",
            "6: Tên trường không phải là chữ. Cách sửa: ghi mỗi trường một dòng dạng tên: giá trị. [yaml-syntax]",
        ),
        (
            "news",
            "--- b",
            '6: Phần khai báo sai cú pháp YAML ở "--- b". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
        ),
        (
            "news",
            "%YAML 1.2",
            '6: Phần khai báo sai cú pháp YAML ở "%YAML 1.2". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
        ),
        (
            "news",
            "- a",
            '6: Phần khai báo sai cú pháp YAML ở "- a". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
        ),
        (
            "news",
            "title: a\n...\nb: c",
            '7: Phần khai báo sai cú pháp YAML ở "b: c". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
        ),
        ("news", "title:a", '2: Thiếu dấu cách sau dấu hai chấm ở "title:a". Cách sửa: ghi title: a [yaml-syntax]'),
        (
            "news",
            "title: >\n",
            "2: Tên bài để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "news",
            "title: |\n",
            "2: Tên bài để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "news",
            "title: a\tb",
            '2: Có phím Tab giữa dòng "title: a b", YAML không nhận. Cách sửa: thay Tab bằng dấu cách. [yaml-syntax]',
        ),
        (
            "news",
            "title: ]]> a",
            '2: Giá trị "]]> a" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "]]> a" [yaml-quotes]',
        ),
        (
            "news",
            "aliases: [/]",
            '6: Đường dẫn cũ "/" không phải đường dẫn cũ của trang. Cách sửa: ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html. [invalid-alias]',
        ),
        (
            "news",
            "title: - a",
            '2: Giá trị "- a" có ký hiệu mà YAML hiểu khác. Cách sửa: đặt giá trị trong dấu nháy: title: "- a" [yaml-quotes]',
        ),
        (
            "news",
            "tags:\n- a\n - b",
            '8: Mục "- b" thụt vào sâu hơn mục phía trên. Cách sửa: thụt mọi mục của một danh sách như nhau. [yaml-syntax]',
        ),
        (
            "news",
            "tags: [a,,b]",
            '6: Phần khai báo sai cú pháp YAML ở "tags: [a,,b]". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
        ),
        (
            "news",
            "title: a\n summary: b",
            '3: Phần khai báo sai cú pháp YAML ở "summary: b". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
        ),
    ],
    "documents": [
        (
            "document",
            "document_number: QĐ 1",
            '6: Số, ký hiệu "QĐ 1" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            "document",
            "document_number: 749 /QĐ-TTg",
            '6: Số, ký hiệu "749 /QĐ-TTg" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            "document",
            "document_number: 749",
            '6: Số, ký hiệu "749" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            "document",
            "document_number: ٧٤٩/QĐ-TTg",
            '6: Số, ký hiệu "٧٤٩/QĐ-TTg" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            "document",
            "document_number: '/QĐ'",
            '6: Số, ký hiệu "/QĐ" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            "document",
            "document_number: [1/QĐ-UBND]",
            "6: Số, ký hiệu phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "document",
            "document_type: Quyet dinh",
            '7: Loại văn bản "Quyet dinh" không có trong danh mục loại văn bản. Cách sửa: có phải là Quyết định? [unknown-document-type]',
        ),
        (
            "document",
            "document_type: QUYẾT ĐỊNH",
            '7: Loại văn bản "QUYẾT ĐỊNH" không có trong danh mục loại văn bản. Cách sửa: có phải là Quyết định? [unknown-document-type]',
        ),
        (
            "document",
            "document_type: Giấy khen",
            '7: Loại văn bản "Giấy khen" không có trong danh mục loại văn bản. Cách sửa: dùng một trong: Luật, Pháp lệnh, Nghị định, Thông tư, Nghị quyết liên tịch, Thông tư liên tịch, Hiến pháp, Lệnh, Kết luận, Nghị quyết, Quyết định, Chỉ thị, Quy chế, Quy định, Thông cáo, Thông báo, Hướng dẫn, Chương trình, Kế hoạch, Phương án, Đề án, Dự án, Báo cáo, Biên bản, Tờ trình, Hợp đồng, Công điện, Bản ghi nhớ, Bản thỏa thuận, Giấy ủy quyền, Giấy mời, Giấy giới thiệu, Giấy nghỉ phép, Phiếu gửi, Phiếu chuyển, Phiếu báo, Công văn, Thư công. [unknown-document-type]',
        ),
        (
            "document",
            "issuing_body: UBND",
            '8: Cơ quan ban hành "UBND" không có trong mục issuers của site.yml. Cách sửa: có phải là ubnd? [unknown-issuer]',
        ),
        (
            "document",
            "issuing_body: bo-y-te",
            '8: Cơ quan ban hành "bo-y-te" không có trong mục issuers của site.yml. Cách sửa: dùng một trong: ubnd. [unknown-issuer]',
        ),
        (
            "document",
            "subject: " + "x" * 501,
            '10: Trích yếu "' + "x" * 40 + '…" dài 501 ký tự, tối đa 500. Cách sửa: rút gọn còn không quá 500 ký tự. [too-long]',
        ),
        (
            "document",
            "subject:",
            "10: Trích yếu để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "document",
            "signatory: Nguyễn A",
            "11: Người ký phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            "document",
            "signatory: {position: a}",
            "11: Thiếu trường name (Người ký). Cách sửa: thêm dòng name: và ghi giá trị. [missing-field]",
        ),
        (
            "document",
            "signatory: {name: " + "A" * 51 + "}",
            '11: Người ký "' + "A" * 40 + '…" dài 51 ký tự, tối đa 50. Cách sửa: rút gọn còn không quá 50 ký tự. [too-long]',
        ),
        (
            "document",
            "attachments: [/media/a.pdf]",
            "11: Mỗi mục của Tệp đính kèm phải là một nhóm trường. Cách sửa: ghi mỗi mục dạng {tên: giá trị}, với các trường file, label. [wrong-type]",
        ),
        (
            "document",
            "attachments: [{file: /media/a.pdf}]",
            "11: Thiếu trường label (Tên tệp). Cách sửa: thêm dòng label: và ghi giá trị. [missing-field]",
        ),
        (
            "document",
            "attachments: [{label: a}]",
            "11: Thiếu trường file (Tệp đính kèm). Cách sửa: thêm dòng file: và ghi giá trị. [missing-field]",
        ),
        (
            "document",
            "attachments: [{file: a.pdf, label: a}]",
            '11: Tệp đính kèm "a.pdf" không nằm trong content/media/. Cách sửa: đặt tệp vào content/media/ và ghi /media/a.pdf. [outside-media]',
        ),
        (
            "document",
            "attachments: [{file: /media/khong-co.pdf, label: a}]",
            '11: Tệp "/media/khong-co.pdf" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]',
        ),
        (
            "document",
            "attachments: [{file: /media/a.svg, label: a}]",
            '11: Tệp "/media/a.svg" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-file]',
        ),
        (
            "document",
            "attachments: {file: /media/a.pdf, label: a}",
            "11: Tệp đính kèm phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [mục một, mục hai]. [wrong-type]",
        ),
        (
            "document",
            "attachments: [{file: /media/a.pdf, label: a, name: b}]",
            '11: Không có trường "name". Cách sửa: xóa dòng này; các trường có thể dùng: file, label. [unknown-field]',
        ),
        (
            "document",
            "source_url: vanban.chinhphu.vn",
            '11: Địa chỉ bản gốc "vanban.chinhphu.vn" không phải địa chỉ web. Cách sửa: ghi https://vanban.chinhphu.vn. [invalid-url]',
        ),
        (
            "document",
            "amends: 5/QĐ-UBND",
            "11: Sửa đổi, bổ sung phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [5/QĐ-UBND]. [wrong-type]",
        ),
        (
            "document",
            "amends: [5]",
            '11: Số, ký hiệu văn bản liên quan "5" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg. [invalid-document-number]',
        ),
        (
            "document",
            "amends: [5/QĐ-KHAC]",
            '11: Văn bản "5/QĐ-KHAC" không có trên trang. Cách sửa: sửa lại số, hoặc ghi đủ {number: 5/QĐ-KHAC, issuing_body: …, issued_on: …}. [unknown-relation]',
        ),
        (
            "document",
            "amends: [[5/QĐ-KHAC]]",
            "11: Sửa đổi, bổ sung phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            "document",
            "amends: [{number: 5/QĐ-KHAC}]",
            '11: Văn bản "5/QĐ-KHAC" không có trên trang. Cách sửa: sửa lại số, hoặc ghi đủ {number: 5/QĐ-KHAC, issuing_body: …, issued_on: …}. [unknown-relation]',
        ),
        (
            "document",
            "amends: [{number: 5/QĐ-KHAC, issuing_body: ubnd}]",
            '11: Văn bản "5/QĐ-KHAC" không có trên trang. Cách sửa: sửa lại số, hoặc ghi đủ {number: 5/QĐ-KHAC, issuing_body: …, issued_on: …}. [unknown-relation]',
        ),
        (
            "document",
            "replaces: [{issuing_body: ubnd}]",
            "11: Thiếu trường number (Số, ký hiệu văn bản liên quan). Cách sửa: thêm dòng number: và ghi giá trị. [missing-field]",
        ),
        (
            "document",
            "repeals: [{number: 5/QĐ-KHAC, issuing_body: bo, issued_on: 2020-01-01}]",
            '11: Cơ quan ban hành văn bản liên quan "bo" không có trong mục issuers của site.yml. Cách sửa: dùng một trong: ubnd. [unknown-issuer]',
        ),
        (
            "document",
            "replaces: [{number: 5/QĐ-KHAC, issuing_body: ubnd, issued_on: 1/1/2020}]",
            '11: Ngày ban hành văn bản liên quan "1/1/2020" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2020-01-01. [invalid-date]',
        ),
        (
            "document",
            "repeals: ['']",
            "11: Số, ký hiệu văn bản liên quan để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
    ],
    "trainings": [
        ("training", "audience: []", "6: Đối tượng để trống. Cách sửa: ghi ít nhất một mục. [empty-field]"),
        (
            "training",
            "audience:",
            "6: Đối tượng để trống. Cách sửa: ghi các mục trong ngoặc vuông. [empty-field]",
        ),
        (
            "training",
            "audience: nguoi-dan",
            "6: Đối tượng phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [nguoi-dan]. [wrong-type]",
        ),
        (
            "training",
            "audience: [nguoi-gia]",
            '6: Đối tượng "nguoi-gia" không có trong mục audiences của site.yml. Cách sửa: dùng một trong: nguoi-dan. [unknown-audience]',
        ),
        (
            "training",
            "audience: [Người dân]",
            '6: Đối tượng "Người dân" không có trong mục audiences của site.yml. Cách sửa: có phải là nguoi-dan? [unknown-audience]',
        ),
        (
            "training",
            "materials: [a]",
            "7: Mỗi mục của Tài liệu phải là một nhóm trường. Cách sửa: ghi mỗi mục dạng {tên: giá trị}, với các trường file, url, label, format, duration. [wrong-type]",
        ),
        (
            "training",
            "materials: [{label: a}]",
            '7: Tài liệu "a" phải có đúng một trong hai: file hoặc url. Cách sửa: giữ một trường, xóa hoặc thêm trường kia. [material-place]',
        ),
        (
            "training",
            "materials: [{file: /media/a.pdf, url: 'https://a.vn/', label: a}]",
            '7: Tài liệu "a" phải có đúng một trong hai: file hoặc url. Cách sửa: giữ một trường, xóa hoặc thêm trường kia. [material-place]',
        ),
        (
            "training",
            "materials: [{url: a, label: a}]",
            '7: Địa chỉ tài liệu "a" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "training",
            "materials: [{url: 'https://a.vn/', label: a, duration: 45}]",
            '7: Thời lượng "45" không phải thời lượng. Cách sửa: ghi 45m, 1h hoặc 1h30m. [invalid-duration]',
        ),
        (
            "training",
            "materials: [{url: 'https://a.vn/', label: a, duration: 45 phút}]",
            '7: Thời lượng "45 phút" không phải thời lượng. Cách sửa: ghi 45m, 1h hoặc 1h30m. [invalid-duration]',
        ),
        (
            "training",
            "materials: [{url: 'https://a.vn/', label: a, duration: ٤٥m}]",
            '7: Thời lượng "٤٥m" không phải thời lượng. Cách sửa: ghi 45m, 1h hoặc 1h30m. [invalid-duration]',
        ),
        (
            "training",
            "materials: [{url: 'https://a.vn/', lable: a}]",
            (
                "7: Thiếu trường label (Tên tài liệu). Cách sửa: thêm dòng label: và ghi giá trị. [missing-field]\n"
                '7: Không có trường "lable". Cách sửa: có phải là label? [unknown-field]'
            ),
        ),
        (
            "training",
            "session: 2026-12-10",
            "7: Hội nghị phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            "training",
            "session: {}",
            (
                "7: Thiếu trường ends_at (Giờ kết thúc). Cách sửa: thêm dòng ends_at: và ghi giá trị. [missing-field]\n"
                "7: Thiếu trường starts_at (Giờ bắt đầu). Cách sửa: thêm dòng starts_at: và ghi giá trị. [missing-field]"
            ),
        ),
        (
            "training",
            "session:",
            "7: Hội nghị để trống. Cách sửa: ghi các trường con thụt vào bên dưới, hoặc xóa dòng này. [empty-field]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00}",
            "7: Thiếu trường ends_at (Giờ kết thúc). Cách sửa: thêm dòng ends_at: và ghi giá trị. [missing-field]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 14:00}",
            "7: Giờ kết thúc không sau giờ bắt đầu. Cách sửa: xem lại starts_at và ends_at. [session-order]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 13:00}",
            "7: Giờ kết thúc không sau giờ bắt đầu. Cách sửa: xem lại starts_at và ends_at. [session-order]",
        ),
        (
            "training",
            "session: {starts_at: 14:00, ends_at: 16:00}",
            (
                '7: Giờ bắt đầu "14:00" chỉ có giờ, thiếu ngày. Cách sửa: ghi cả ngày lẫn giờ, ví dụ 2026-12-10 14:00. [invalid-date]\n7: Giờ kết thúc "16:00" chỉ có giờ, thiếu ngày. Cách sửa: ghi cả ngày lẫn giờ, ví dụ 2026-12-10 16:00. [invalid-date]'
            ),
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, stream: []}",
            '7: Không có trường "stream". Cách sửa: có phải là streams? [unknown-field]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, streams: [a]}",
            "7: Mỗi mục của Kênh phát trực tiếp phải là một nhóm trường. Cách sửa: ghi mỗi mục dạng {tên: giá trị}, với các trường channel, url. [wrong-type]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, streams: [{channel: tiktok, url: 'https://a.vn/'}]}",
            '7: Kênh phát "tiktok" không có trong mục channels của site.yml. Cách sửa: dùng một trong: coc-coc. [unknown-channel]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, streams: [{channel: coc-coc}]}",
            "7: Thiếu trường url (Địa chỉ phát). Cách sửa: thêm dòng url: và ghi giá trị. [missing-field]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, streams: [{channel: coc-coc, url: 'data:text/html,a'}]}",
            '7: Địa chỉ phát "data:text/html,a" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, agenda: [{at: '24:00', what: a}]}",
            '7: Giờ "24:00" không phải giờ trong ngày. Cách sửa: ghi giờ và phút, ví dụ "14:00". [invalid-time]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, agenda: [{at: '14:00'}]}",
            "7: Thiếu trường what (Nội dung). Cách sửa: thêm dòng what: và ghi giá trị. [missing-field]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, agenda: ['14:00 Khai mạc']}",
            "7: Mỗi mục của Chương trình phải là một nhóm trường. Cách sửa: ghi mỗi mục dạng {tên: giá trị}, với các trường at, what. [wrong-type]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, meeting_points: [{address: a}]}",
            "7: Thiếu trường name (Tên điểm cầu). Cách sửa: thêm dòng name: và ghi giá trị. [missing-field]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, meeting_points: [Nhà văn hóa]}",
            "7: Mỗi mục của Điểm cầu phải là một nhóm trường. Cách sửa: ghi mỗi mục dạng {tên: giá trị}, với các trường name, locality, address. [wrong-type]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, attendance: 120}",
            "7: Số người dự phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, attendance: {online: nhiều}}",
            '7: Số lượt trực tuyến "nhiều" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, attendance: {online: -5}}",
            '7: Số lượt trực tuyến "-5" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, attendance: {online: '1.200'}}",
            '7: Số lượt trực tuyến "1.200" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, attendance: {online: 1e3}}",
            '7: Số lượt trực tuyến "1e3" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, attendance: {online: ١٢}}",
            '7: Số lượt trực tuyến "١٢" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, attendance: {onlin: 5}}",
            '7: Không có trường "onlin". Cách sửa: có phải là online? [unknown-field]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, recording: youtube.com/a}",
            '7: Bản ghi "youtube.com/a" không phải địa chỉ web. Cách sửa: ghi https://youtube.com/a. [invalid-url]',
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, organizer: [a]}",
            "7: Đơn vị tổ chức phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
        ),
        (
            "training",
            "session: {starts_at: 2026-12-10 14:00, ends_at: 2026-12-10 15:00, venue: {a: b}}",
            "7: Hội trường chính phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng; chữ có dấu ngoặc nhọn thì đặt trong dấu nháy. [wrong-type]",
        ),
    ],
    "pages": [
        (
            "page",
            "date: 2026-11-20",
            '4: Không có trường "date". Cách sửa: xóa dòng này; các trường có thể dùng: status, withdrawn_reason, slug, title, summary. [unknown-field]',
        ),
        (
            "page",
            "tags: [a]",
            '4: Không có trường "tags". Cách sửa: xóa dòng này; các trường có thể dùng: status, withdrawn_reason, slug, title, summary. [unknown-field]',
        ),
        (
            "page",
            "title:",
            "2: Tên trang để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "page",
            "summary:",
            "3: Tóm tắt để trống. Cách sửa: ghi giá trị. [empty-field]",
        ),
        (
            "page",
            "slug: van-ban",
            '4: Địa chỉ "/van-ban/" là của phần có sẵn trên trang. Cách sửa: đổi slug, ví dụ van-ban-1. [reserved-path]',
        ),
        ("page", "slug: 404", '4: Địa chỉ "/404/" là của phần có sẵn trên trang. Cách sửa: đổi slug, ví dụ 404-1. [reserved-path]'),
        (
            "page",
            "slug: feeds",
            '4: Địa chỉ "/feeds/" là của phần có sẵn trên trang. Cách sửa: đổi slug, ví dụ feeds-1. [reserved-path]',
        ),
        (
            "page",
            "slug: media",
            '4: Địa chỉ "/media/" là của phần có sẵn trên trang. Cách sửa: đổi slug, ví dụ media-1. [reserved-path]',
        ),
        ("page", "slug: css", '4: Địa chỉ "/css/" là của phần có sẵn trên trang. Cách sửa: đổi slug, ví dụ css-1. [reserved-path]'),
        (
            "page",
            "status: withdrawn",
            "4: Mục đã gỡ (status: withdrawn) nhưng không có lý do. Cách sửa: thêm dòng withdrawn_reason: và ghi lý do cho người đọc. [withdrawn-reason]",
        ),
        (
            "page",
            "aliases: [/a/]",
            '4: Không có trường "aliases". Cách sửa: xóa dòng này; các trường có thể dùng: status, withdrawn_reason, slug, title, summary. [unknown-field]',
        ),
        (
            "page",
            "topic: xa-hoi-so",
            '4: Không có trường "topic". Cách sửa: xóa dòng này; các trường có thể dùng: status, withdrawn_reason, slug, title, summary. [unknown-field]',
        ),
    ],
}


@pytest.fixture(scope="module", params=CASES)
def read(request, tmp_path_factory):
    """All cases about one thing in one content folder, and what the checks say."""
    cases = CASES[request.param]
    files = {
        f"{FOLDERS[kind]}/x{number}.md": make_source(kind, change).replace("number: 1/QĐ-UBND", f"number: {number + 1000}/QĐ-UBND")
        for number, (kind, change, _) in enumerate(cases)
    }
    return cases, list(files), reported(write_content(tmp_path_factory.mktemp("fields"), files))


def test_the_complete_message_of_every_bad_field(read):
    cases, names, problems = read
    actual = [(kind, change, problems.pop(name, FINE)) for (kind, change, _), name in zip(cases, names, strict=True)]
    assert cases == actual
    assert problems == {}
