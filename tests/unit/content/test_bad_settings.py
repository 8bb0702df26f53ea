"""A site.yml that is wrong in one way each: what the checks say of it, whole."""

import pytest
from bad_content import FINE, reported, write_content

FIELDS = {
    "site": '{name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
    "owner": "{name: Phòng Thử nghiệm}",
    "topics": "[{slug: xa-hoi-so, name: Xã hội số}]",
    "audiences": "[{id: nguoi-dan, name: Người dân}]",
    "issuers": "[{id: ubnd, name: Ủy ban nhân dân}]",
}
# The line that is changed or added, and what is said.
CASES = [
    (
        'site: {name: Trang thử, url: tin.vn, language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "tin.vn" không phải địa chỉ web. Cách sửa: ghi https://tin.vn. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "ftp://a.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "ftp://a.vn/" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://a.vn/?x=1", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://a.vn/?x=1" chỉ được có tên miền và đường dẫn, viết không dấu. Cách sửa: bỏ phần từ dấu ? hoặc # trở đi; tên miền có dấu thì ghi dạng xn--. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://a.vn/#a", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://a.vn/#a" chỉ được có tên miền và đường dẫn, viết không dấu. Cách sửa: bỏ phần từ dấu ? hoặc # trở đi; tên miền có dấu thì ghi dạng xn--. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://a.vn/?", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://a.vn/?" chỉ được có tên miền và đường dẫn, viết không dấu. Cách sửa: bỏ phần từ dấu ? hoặc # trở đi; tên miền có dấu thì ghi dạng xn--. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://an:mk@a.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://…@a.vn/" có tên người dùng trước dấu @, dễ làm người đọc nhầm sang trang khác. Cách sửa: bỏ phần tới dấu @: https://a.vn/. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://a.vn:abc/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://a.vn:abc/" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://a.vn/a/../b/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://a.vn/a/../b/" chỉ được có tên miền và đường dẫn, viết không dấu. Cách sửa: bỏ phần từ dấu ? hoặc # trở đi; tên miền có dấu thì ghi dạng xn--. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://a.vn//b/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://a.vn//b/" chỉ được có tên miền và đường dẫn, viết không dấu. Cách sửa: bỏ phần từ dấu ? hoặc # trở đi; tên miền có dấu thì ghi dạng xn--. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://tỉnh.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://tỉnh.vn/" chỉ được có tên miền và đường dẫn, viết không dấu. Cách sửa: bỏ phần từ dấu ? hoặc # trở đi; tên miền có dấu thì ghi dạng xn--. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: "https://a.vn/tin tức/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Địa chỉ trang "https://a.vn/tin tức/" không phải địa chỉ web. Cách sửa: bỏ dấu cách, hoặc mở trang ấy rồi chép lại địa chỉ từ trình duyệt. [invalid-url]',
    ),
    (
        'site: {name: Trang thử, url: [a], language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        "1: Địa chỉ trang phải là một dòng chữ. Cách sửa: ghi giá trị trên một dòng, không dùng danh sách. [wrong-type]",
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Hà Nội, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Múi giờ "Hà Nội" không có. Cách sửa: ghi tên như Asia/Ho_Chi_Minh. [invalid-timezone]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Múi giờ "Asia" không có. Cách sửa: ghi tên như Asia/Ho_Chi_Minh. [invalid-timezone]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: ../../etc/passwd, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Múi giờ "../../etc/passwd" không có. Cách sửa: ghi tên như Asia/Ho_Chi_Minh. [invalid-timezone]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: UTC+7, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Múi giờ "UTC+7" không có. Cách sửa: ghi tên như Asia/Ho_Chi_Minh. [invalid-timezone]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: \'\', feed_authority: "tin.thu-nghiem.vn,2026"}',
        "1: Múi giờ để trống. Cách sửa: ghi giá trị. [empty-field]",
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: /etc/localtime, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Múi giờ "/etc/localtime" không có. Cách sửa: ghi tên như Asia/Ho_Chi_Minh. [invalid-timezone]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: trang}',
        '1: Căn cứ mã nguồn tin "trang" không có dạng tên miền,năm. Cách sửa: ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026. [invalid-feed-authority]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.vn"}',
        '1: Căn cứ mã nguồn tin "tin.vn" không có dạng tên miền,năm. Cách sửa: ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026. [invalid-feed-authority]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.vn,26"}',
        '1: Căn cứ mã nguồn tin "tin.vn,26" không có dạng tên miền,năm. Cách sửa: ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026. [invalid-feed-authority]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.vn,2026-13"}',
        '1: Căn cứ mã nguồn tin "tin.vn,2026-13" không có dạng tên miền,năm. Cách sửa: ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026. [invalid-feed-authority]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "TIN.vn,2026"}',
        '1: Căn cứ mã nguồn tin "TIN.vn,2026" không có dạng tên miền,năm. Cách sửa: ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026. [invalid-feed-authority]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "https://tin.vn,2026"}',
        '1: Căn cứ mã nguồn tin "https://tin.vn,2026" không có dạng tên miền,năm. Cách sửa: ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026. [invalid-feed-authority]',
    ),
    (
        'site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: tiếng Việt, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        '1: Ngôn ngữ "tiếng Việt" không phải mã ngôn ngữ. Cách sửa: ghi mã như vi hoặc en. [invalid-language]',
    ),
    (
        'site: {url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        "1: Thiếu trường name (Tên trang). Cách sửa: thêm dòng name: và ghi giá trị. [missing-field]",
    ),
    (
        'site: {nam: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}',
        (
            "1: Thiếu trường name (Tên trang). Cách sửa: thêm dòng name: và ghi giá trị. [missing-field]\n"
            '1: Không có trường "nam". Cách sửa: có phải là name? [unknown-field]'
        ),
    ),
    (
        "site: Trang",
        "1: Trang phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
    ),
    (
        "site:",
        "1: Trang để trống. Cách sửa: ghi các trường con thụt vào bên dưới. [empty-field]",
    ),
    (
        "site: []",
        "1: Trang phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
    ),
    (
        "owner: Phòng",
        "2: Cơ quan chủ quản phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
    ),
    ("owner: {}", "2: Thiếu trường name (Tên cơ quan chủ quản). Cách sửa: thêm dòng name: và ghi giá trị. [missing-field]"),
    *(
        (
            f"owner: {{name: a, phone: '{phone}'}}",
            f'2: Điện thoại "{phone}" không phải một số điện thoại. Cách sửa: ghi một số: chữ số, dấu cách, dấu chấm; máy lẻ và số thứ hai thì ghi ở trang giới thiệu. [invalid-phone]',
        )
        for phone in ("0000.0000.000, 0000 000 000", "gọi chị Lan", "+84 (000) 000-0000 máy lẻ 12", "12", "000 000 000 000 000 0")
    ),
    (
        "owner: {name: a, email: b}",
        '2: Thư điện tử "b" không phải địa chỉ thư điện tử. Cách sửa: ghi dạng ten@tenmien.vn. [invalid-email]',
    ),
    (
        "owner: {name: a, email: 'a@b c.vn'}",
        '2: Thư điện tử "a@b c.vn" không phải địa chỉ thư điện tử. Cách sửa: ghi dạng ten@tenmien.vn. [invalid-email]',
    ),
    (
        "owner: {name: a, fax: b}",
        '2: Không có trường "fax". Cách sửa: xóa dòng này; các trường có thể dùng: name, address, phone, email. [unknown-field]',
    ),
    (
        "topics:",
        "3: Chủ đề để trống. Cách sửa: ghi các mục trong ngoặc vuông. [empty-field]",
    ),
    ("topics: []", "3: Chủ đề để trống. Cách sửa: ghi ít nhất một mục. [empty-field]"),
    ("topics: xa-hoi-so", "3: Chủ đề phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [xa-hoi-so]. [wrong-type]"),
    (
        "topics: [xa-hoi-so]",
        "3: Mỗi mục của Chủ đề phải là một nhóm trường. Cách sửa: ghi mỗi mục dạng {tên: giá trị}, với các trường slug, name. [wrong-type]",
    ),
    ("topics: [{name: a}]", "3: Thiếu trường slug (Slug chủ đề). Cách sửa: thêm dòng slug: và ghi giá trị. [missing-field]"),
    (
        "topics: [{slug: Xã hội, name: a}]",
        '3: Slug chủ đề "Xã hội" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: xa-hoi. [invalid-slug]',
    ),
    (
        "topics: [{slug: a, name: A}, {slug: a, name: B}]",
        '3: Mục topics có hai "a". Cách sửa: mỗi mục cần một mã riêng. [doubled-id]',
    ),
    ("topics: {a: b}", "3: Chủ đề phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [mục một, mục hai]. [wrong-type]"),
    (
        "topics: [{id: a, name: A}]",
        (
            "3: Thiếu trường slug (Slug chủ đề). Cách sửa: thêm dòng slug: và ghi giá trị. [missing-field]\n"
            '3: Không có trường "id". Cách sửa: xóa dòng này; các trường có thể dùng: slug, name. [unknown-field]'
        ),
    ),
    (
        "audiences: [{id: a, name: A}, {id: a, name: B}]",
        '4: Mục audiences có hai "a". Cách sửa: mỗi mục cần một mã riêng. [doubled-id]',
    ),
    (
        "audiences: [{slug: a, name: A}]",
        (
            "4: Thiếu trường id (Id đối tượng). Cách sửa: thêm dòng id: và ghi giá trị. [missing-field]\n"
            '4: Không có trường "slug". Cách sửa: xóa dòng này; các trường có thể dùng: id, name. [unknown-field]'
        ),
    ),
    ("audiences: nguoi-dan", "4: Đối tượng phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [nguoi-dan]. [wrong-type]"),
    (
        "issuers: [{id: a, name: A, from: 2020}]",
        '5: Ngày thành lập "2020" thiếu ngày, tháng. Cách sửa: ghi đủ năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]',
    ),
    (
        "issuers: [{id: a, name: A, until: 31/12/2025}]",
        '5: Ngày kết thúc "31/12/2025" viết không theo thứ tự năm-tháng-ngày. Cách sửa: ghi 2025-12-31. [invalid-date]',
    ),
    (
        "issuers: [{id: a, name: A, successor: b}]",
        '5: Cơ quan kế thừa "b" của "a" không có trong mục issuers. Cách sửa: thêm cơ quan đó vào issuers, hoặc sửa lại id. [unknown-issuer]',
    ),
    (
        "issuers: [{id: a, name: A, successor: a}]",
        '5: Cơ quan "a" kế thừa chính nó. Cách sửa: sửa lại hoặc xóa successor. [unknown-issuer]',
    ),
    (
        "issuers: [{id: a, name: A, from: 2026-01-02, until: 2026-01-01}]",
        '5: Cơ quan "a" kết thúc (until) trước ngày thành lập (from). Cách sửa: xem lại hai ngày. [issuer-order]',
    ),
    (
        "issuers: [{id: a, name: A}, {id: a, name: B}]",
        '5: Mục issuers có hai "a". Cách sửa: mỗi mục cần một mã riêng. [doubled-id]',
    ),
    (
        "issuers: [{id: UBND, name: A}]",
        '5: Id cơ quan "UBND" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: ubnd. [invalid-slug]',
    ),
    (
        "issuers: [{id: a, name: " + "a" * 201 + "}]",
        '5: Tên cơ quan "' + "a" * 40 + '…" dài 201 ký tự, tối đa 200. Cách sửa: rút gọn còn không quá 200 ký tự. [too-long]',
    ),
    (
        "channels: [{id: a, name: A, url: zalo.me}]",
        '6: Địa chỉ kênh "zalo.me" không phải địa chỉ web. Cách sửa: ghi https://zalo.me. [invalid-url]',
    ),
    (
        "channels: [{id: a, name: A}, {id: a, name: B}]",
        '6: Mục channels có hai "a". Cách sửa: mỗi mục cần một mã riêng. [doubled-id]',
    ),
    (
        "channels: [a]",
        "6: Mỗi mục của Kênh phải là một nhóm trường. Cách sửa: ghi mỗi mục dạng {tên: giá trị}, với các trường id, name, url. [wrong-type]",
    ),
    (
        "channels: [{id: a, name: A, url: 'javascript:alert(1)'}]",
        '6: Địa chỉ kênh "javascript:alert(1)" không phải địa chỉ web. Cách sửa: ghi đầy đủ, bắt đầu bằng https://. [invalid-url]',
    ),
    ("chanels: []", '6: Không có trường "chanels". Cách sửa: có phải là channels? [unknown-field]'),
    (
        "livestream_hosts: ['https://a.vn']",
        '6: Nơi phát trực tiếp "https://a.vn" không phải tên miền. Cách sửa: chỉ ghi tên miền, bỏ https:// và phần sau tên miền, ví dụ phat.tinh.gov.vn. [invalid-host]',
    ),
    (
        "livestream_hosts: [a.vn/b]",
        '6: Nơi phát trực tiếp "a.vn/b" không phải tên miền. Cách sửa: chỉ ghi tên miền, bỏ https:// và phần sau tên miền, ví dụ phat.tinh.gov.vn. [invalid-host]',
    ),
    (
        "livestream_hosts: ['a.vn:80']",
        '6: Nơi phát trực tiếp "a.vn:80" không phải tên miền. Cách sửa: chỉ ghi tên miền, bỏ https:// và phần sau tên miền, ví dụ phat.tinh.gov.vn. [invalid-host]',
    ),
    (
        "livestream_hosts: a.vn",
        "6: Nơi phát trực tiếp phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [a.vn]. [wrong-type]",
    ),
    (
        "livestream_hosts: ['*.a.vn']",
        '6: Nơi phát trực tiếp "*.a.vn" không phải tên miền. Cách sửa: chỉ ghi tên miền, bỏ https:// và phần sau tên miền, ví dụ phat.tinh.gov.vn. [invalid-host]',
    ),
    (
        "livestream_hosts: [a]",
        '6: Nơi phát trực tiếp "a" không phải tên miền. Cách sửa: chỉ ghi tên miền, bỏ https:// và phần sau tên miền, ví dụ phat.tinh.gov.vn. [invalid-host]',
    ),
    (
        "yearly_totals: [{year: 2022, name: a, value: gần 100}]",
        '6: Giá trị "gần 100" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
    ),
    (
        "yearly_totals: [{year: 2022, name: a, value: '1.000'}]",
        '6: Giá trị "1.000" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
    ),
    (
        "yearly_totals: [{year: 2022, name: a}]",
        "6: Thiếu trường value (Giá trị). Cách sửa: thêm dòng value: và ghi giá trị. [missing-field]",
    ),
    (
        "yearly_totals: [{year: -1, name: a, value: 1}]",
        '6: Năm "-1" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
    ),
    (
        "yearly_totals: {2022: 1}",
        "6: Số liệu năm phải là danh sách. Cách sửa: đặt các mục trong ngoặc vuông: [mục một, mục hai]. [wrong-type]",
    ),
    (
        "limits: {article_bytes: 0}",
        '6: Dung lượng một bài "0" không dùng được. Cách sửa: ghi số lớn hơn 0, hoặc xóa dòng này. [invalid-number]',
    ),
    (
        "limits: {conversion_seconds: 0}",
        '6: Thời gian chuyển một bài "0" không dùng được. Cách sửa: ghi số lớn hơn 0, hoặc xóa dòng này. [invalid-number]',
    ),
    (
        "limits: {conversion_seconds: 3601}",
        '6: Thời gian chuyển một bài "3601" dài quá một giờ. Cách sửa: ghi số giây từ 1 đến 3600. [invalid-number]',
    ),
    (
        "limits: {conversion_seconds: 1.5}",
        '6: Thời gian chuyển một bài "1.5" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
    ),
    (
        "limits: {picture_pixels: nhiều}",
        '6: Số điểm ảnh "nhiều" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
    ),
    (
        "limits: {picture_bytes: -1}",
        '6: Dung lượng một ảnh "-1" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
    ),
    (
        "limits: {attachment_bytes: 9999999999999}",
        '6: Dung lượng một tệp đính kèm "9999999999999" quá lớn. Cách sửa: xem lại, số có tối đa 12 chữ số. [invalid-number]',
    ),
    ("limits: {article_byte: 1}", '6: Không có trường "article_byte". Cách sửa: có phải là article_bytes? [unknown-field]'),
    (
        "limits: [1]",
        "6: Giới hạn phải là một nhóm trường. Cách sửa: ghi các trường con bên dưới, mỗi trường một dòng thụt vào. [wrong-type]",
    ),
    (
        "limits:",
        "6: Giới hạn để trống. Cách sửa: ghi các trường con thụt vào bên dưới, hoặc xóa dòng này. [empty-field]",
    ),
    (
        "limits: {article_bytes: 1e9}",
        '6: Dung lượng một bài "1e9" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
    ),
    (
        "limits: {article_bytes: 300_000}",
        '6: Dung lượng một bài "300_000" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]',
    ),
    (
        "theme: tối",
        '6: Không có trường "theme". Cách sửa: xóa dòng này; các trường có thể dùng: site, owner, topics, audiences, issuers, channels, livestream_hosts, embed_hosts, petitions_url, services_url, synonyms, hub, yearly_totals, limits, editor. [unknown-field]',
    ),
    (
        "site: {name: a",
        '1: Dấu ngoặc mở ở "site: {name: a" không có dấu ngoặc đóng. Cách sửa: thêm dấu ngoặc đóng ở cuối giá trị. [yaml-syntax]',
    ),
    (
        'owner: {name: "a\\x00"}',
        "2: Có ký tự điều khiển U+0000, không hiện được trên trang và làm hỏng nguồn tin. Cách sửa: xóa ký tự đó, gõ lại đoạn chữ quanh nó. [control-character]",
    ),
    (
        "topics: &a [*a]",
        '3: Giá trị "&a [*a]" có ký hiệu riêng của YAML (&, * hoặc !). Cách sửa: đặt giá trị trong dấu nháy: topics: "&a [*a]" [yaml-indirection]',
    ),
]
# Whole files.
FILES = [
    (
        "",
        "1: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "   \n",
        "1: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "# chỉ có lời chú\n",
        "1: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "- a\n",
        "1: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "a\n",
        "1: Phần khai báo không có trường nào dạng “tên: giá trị”. Cách sửa: ghi mỗi trường một dòng, ví dụ title: Tên bài. [front-matter]",
    ),
    (
        "---\nsite: {}\n---\n",
        '3: Phần khai báo sai cú pháp YAML ở "---". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
    ),
    (
        " site: a\n  b: c\n",
        '2: Phần khai báo sai cú pháp YAML ở "b: c". Cách sửa: xem lại dấu hai chấm, dấu nháy, dấu ngoặc và khoảng thụt đầu dòng của dòng này và dòng trên nó. [yaml-syntax]',
    ),
    ("site: {}\nsite: {}\n", '2: Trường "site" ghi hai lần. Cách sửa: giữ một dòng site, xóa dòng kia. [doubled-field]'),
    (
        b"\xff\xfes\x00i\x00t\x00e\x00:\x00 \x00a\x00\n\x00",
        '1: Tệp lưu ở bảng mã UTF-16, trang chỉ đọc được UTF-8. Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        b"site: Caf\xe9\n",
        '1: Tệp không phải UTF-8 (byte 0xE9 ở vị trí 10). Cách sửa: mở tệp, chọn "Lưu thành…" với bảng mã UTF-8, rồi xem lại dấu tiếng Việt. [encoding]',
    ),
    (
        "site:\n<<<<<<< HEAD\n  name: A\n=======\n  name: B\n>>>>>>> sua\n",
        '2: Có dấu "<<<<<<< HEAD" của Git: hai người sửa cùng một chỗ, chưa chọn giữ bản nào. Cách sửa: giữ phần đúng, xóa phần kia và cả ba dòng bắt đầu bằng <<<<<<<, =======, >>>>>>>. [git-conflict]',
    ),
    (
        "site: ChuyÓn ®æi sè\n",
        '1: Chữ "ChuyÓn ®æi sè" gõ cho phông chữ cũ TCVN3 (ABC), trang chỉ đọc được Unicode. Cách sửa: chuyển mã cả tệp sang Unicode (UniKey: Ctrl+Shift+F6), thành "Chuyển đổi số". [legacy-font-text]',
    ),
]


def settings_text(change: str) -> str:
    key = change.partition(":")[0]
    lines = {name: f"{name}: {value}" for name, value in FIELDS.items()} | {key: change}
    return "\n".join(lines.values()) + "\n"


@pytest.mark.parametrize(("change", "expected"), CASES)
def test_the_complete_message_of_every_wrong_setting(tmp_path, change, expected):
    said = reported(write_content(tmp_path, {}, settings_text(change)))
    assert said == ({} if expected == FINE else {"site.yml": expected})


@pytest.mark.parametrize(("settings", "expected"), FILES)
def test_the_complete_message_of_an_unreadable_settings_file(tmp_path, settings, expected):
    assert reported(write_content(tmp_path, {}, settings)) == {"site.yml": expected}
