"""Every wrong answer and every wrong draft for comment is reported, in one line with its remedy."""

import pytest
from bad_content import FOLDERS, make_source, reported, write_content
from conftest import SITES

PDF = next((SITES / "small/media").rglob("*.pdf")).read_bytes()
SITE = (SITES / "base.yml").read_text("utf-8").replace(
    "issuers: [", "issuers: [{id: cu, name: Sở cũ, until: 2025-06-30, successor: ubnd}, {id: het, name: Sở hết, until: 2025-06-30}, "
)  # fmt: skip


def report(tmp_path, files):
    """Return what the checks say of files by kind and name: (change, body)."""
    sources = {
        f"{FOLDERS[kind]}/{name}.md": make_source(kind, *texts) for kind, named in files.items() for name, texts in named.items()
    }
    return reported(write_content(tmp_path, {**sources, "media/a.pdf": PDF}, SITE))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("title: Bài", '2: Câu hỏi "Bài" không kết thúc bằng dấu hỏi. Cách sửa: viết thành một câu hỏi, có dấu ? ở cuối. [no-question-mark]'),
        ("answered_by: so-khac", '6: Cơ quan trả lời "so-khac" không có trong mục issuers của site.yml. Cách sửa: dùng một trong: cu, het, ubnd, owner. [unknown-issuer]'),
        ("answered_by: {position: Giám đốc}", "6: Thiếu trường body (Cơ quan trả lời). Cách sửa: thêm dòng body: và ghi giá trị. [missing-field]"),
        ("asked: {via: fax}", '8: Câu hỏi đến qua "fax" không có. Cách sửa: dùng một trong: dien-thoai, zalo, thu, giay, hoi-nghi, trang. [unknown-choice]'),
        ("asked: {name: Bà Lan}", '8: Không có trường "name". Cách sửa: xóa dòng này; các trường có thể dùng: on, via, place. [unknown-field]'),
        ("also_asked: [a, b, c, d, e, g, h, i, k, l, m]", "8: Cách hỏi khác có 11 mục, tối đa 10. Cách sửa: giữ không quá 10 mục cần nhất. [too-many]"),
        (f"also_asked: [{'a' * 121}]", f'8: Cách hỏi khác "{"a" * 40}…" dài 121 ký tự, tối đa 120. Cách sửa: rút gọn còn không quá 120 ký tự. [too-long]'),
        ('also_asked: [Ở đâu?, "Bao giờ", Mấy giờ?]', '8: Danh sách "[Ở đâu?, "Bao giờ", Mấy giờ?]" có dấu ? mà YAML hiểu khác. Cách sửa: đặt từng câu trong dấu nháy: also_asked: ["Ở đâu?", "Bao giờ", "Mấy giờ?"] [yaml-syntax]'),
        ("checked_on: 2026-02-30", '7: Ngày kiểm tra "2026-02-30" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]'),
        ("check_again: 2026-11-20", "8: Ngày kiểm tra lại (check_again) không sau ngày kiểm tra (checked_on). Cách sửa: xem lại hai ngày, hoặc xóa dòng check_again. [check-order]"),
        ("about: [mat.md]", '8: Liên kết tới tệp "mat.md" không tồn tại. Cách sửa: kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ. [missing-target]'),
        ("about: [../van-ban/HAI.md]", '8: Liên kết tới tệp "../van-ban/HAI.md" không tồn tại. Cách sửa: viết đúng chữ hoa, chữ thường: content/van-ban/hai.md. [missing-target]'),
        ("about: ['https://a.vn/']", '8: "https://a.vn/" không phải tệp của một bài trong content/. Cách sửa: ghi đường dẫn tới tệp của bài, ví dụ ../van-ban/749-qd-ttg.md. [bad-link]'),
        ("about: [../../../a.md]", '8: Liên kết "../../../a.md" đi ra ngoài thư mục content/. Cách sửa: '),
        ("about: [../van-ban/nhap.md]", '8: Cảnh báo: Văn bản 3/QĐ-UBND trong about chưa đăng, nên người đọc chưa thấy đường dẫn. Cách sửa: đăng bài ấy, hoặc bỏ khỏi about. [hidden-target]'),
        ("about: [../van-ban/go.md]", "8: Cảnh báo: Câu trả lời có thể không còn đúng: văn bản 4/QĐ-UBND đã gỡ. Cách sửa: đối chiếu lại câu trả lời, sửa checked_on và check_again; bài đã hết hiệu lực hoặc đã gỡ thì bỏ khỏi about. [stale-answer]"),
        ("about: [../van-ban/het.md]", "8: Cảnh báo: Câu trả lời có thể không còn đúng: văn bản 5/QĐ-UBND đã hết hiệu lực. Cách sửa: đối chiếu"),
        ("about: [../van-ban/thay.md]", "8: Cảnh báo: Câu trả lời có thể không còn đúng: văn bản 6/QĐ-UBND bị thay thế bởi 7/QĐ-UBND, chưa xác minh ngày hiệu lực. Cách sửa: "),
        ('title: "?"', '2: Câu hỏi "?" không có chữ nào. Cách sửa: viết bằng lời. [no-words]'),
        ('also_asked: ["😀"]', '8: Cách hỏi khác "😀" không có chữ nào. Cách sửa: viết bằng lời. [no-words]'),
        ("title: Ở đâu？", '2: Câu hỏi "Ở đâu？" không kết thúc bằng dấu hỏi. Cách sửa: thay dấu hỏi rộng ？ bằng dấu ? thường. [no-question-mark]'),
        ("asked: {on: 2026-11-26}", "8: Ngày nhận câu hỏi (asked.on) sau ngày kiểm tra câu trả lời (checked_on). Cách sửa: xem lại hai ngày. [check-order]"),
        ("about: [a.md]", '8: "a.md" là chính bài này. Cách sửa: xóa mục này. [self-relation]'),
        ("checked_on: 2027-11-20", "7: Cảnh báo: Ngày kiểm tra (checked_on) 20/11/2027 chưa tới. Cách sửa: ghi ngày đã đối chiếu câu trả lời. [check-order]"),
        ("checked_on: 2025-11-24", "7: Cảnh báo: Câu trả lời có thể không còn đúng: câu trả lời chưa được kiểm tra lại, hạn là ngày 24/11/2026. Cách sửa: "),
        ("answered_by: cu", '6: Cảnh báo: Cơ quan trả lời "Sở cũ" đã kết thúc ngày 30/06/2025, trước ngày kiểm tra (checked_on). Cách sửa: ghi cơ quan kế thừa: ubnd. [former-body]'),
        ("answered_by: {body: het}", '6: Cảnh báo: Cơ quan trả lời "Sở hết" đã kết thúc ngày 30/06/2025, trước ngày kiểm tra (checked_on). Cách sửa: ghi cơ quan trả lời hiện nay, hoặc owner. [former-body]'),
    ],
)  # fmt: skip
def test_a_wrong_answer(tmp_path, change, message):
    documents = {
        "hai": ("document_number: 2/QĐ-UBND",),
        "nhap": ("document_number: 3/QĐ-UBND\nstatus: draft",),
        "go": ("document_number: 4/QĐ-UBND\nstatus: withdrawn\nwithdrawn_reason: Nhầm.",),
        "het": ("document_number: 5/QĐ-UBND\nexpires_on: 2026-11-24",),
        "thay": ("document_number: 6/QĐ-UBND",),
        "moi": ("document_number: 7/QĐ-UBND\nreplaces: [6/QĐ-UBND]",),
    }
    found = report(tmp_path, {"question": {"a": (change,)}, "document": documents})
    assert found.keys() == {"hoi-dap/a.md"}
    assert found["hoi-dap/a.md"].startswith(message)
    assert "\n" not in found["hoi-dap/a.md"]


def test_a_good_answer(tmp_path):
    change = "answered_by: {body: ubnd, position: Giám đốc}\nasked: {on: 2026-11-19, via: giay, place: xã Mẫu}\nalso_asked: [Ở đâu]\nabout: [../van-ban/hai.md, /van-ban/hai.md]\ncheck_again: 2026-11-25\ntitle: 'Thế nào là “ở đâu?”'"
    assert report(tmp_path, {"question": {"a": (change,)}, "document": {"hai": ("",)}}) == {}


def test_an_answer_longer_than_people_read(tmp_path):
    found = report(tmp_path, {"question": {"a": ("", "Một đoạn dài. " * 1500)}})
    assert found["hoi-dap/a.md"].startswith(
        "9: Cảnh báo: Bài dài 20.999 ký tự, người hỏi khó đọc hết; nên dưới 6.000. Cách sửa: chỉ giữ"
    )


def test_one_question_in_two_files(tmp_path):
    files = {
        "a": ("title: Xem hội nghị ở đâu?\nalso_asked: [Họp ở chỗ nào]",),
        "b": ("title: Xem hoi nghi, ở đâu?",),
        "c": ('title: Hôm nào họp?\nalso_asked: ["họp ở CHỖ nào?", Hôm nào họp, Mấy giờ họp]',),
        "a-nhap": ("title: Bao giờ họp?\nalso_asked: [Mấy giờ họp]\nstatus: draft",),
    }
    assert report(tmp_path, {"question": files}) == {
        "hoi-dap/b.md": '2: Câu hỏi "Xem hoi nghi, ở đâu?" đã có ở content/hoi-dap/a.md. Cách sửa: gộp hai câu trả lời vào một tệp, xóa tệp kia. [doubled-question]',
        "hoi-dap/c.md": (
            '8: Cách hỏi "Hôm nào họp" đã có ở content/hoi-dap/c.md, dòng 2. Cách sửa: xóa câu này khỏi also_asked, hoặc viết rõ hơn câu này hỏi gì. [doubled-question]\n'
            '8: Cách hỏi "họp ở CHỖ nào?" đã có ở content/hoi-dap/a.md, dòng 8. Cách sửa: xóa câu này khỏi also_asked, hoặc viết rõ hơn câu này hỏi gì. [doubled-question]'
        ),
        "hoi-dap/a-nhap.md": '8: Bản nháp: Cách hỏi "Mấy giờ họp" đã có ở content/hoi-dap/c.md, dòng 8. Cách sửa: xóa câu này khỏi also_asked, hoặc viết rõ hơn câu này hỏi gì. [doubled-question]',
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("closes_on: 2026-11-19", "7: Ngày hết hạn góp ý (closes_on) trước ngày bắt đầu (opens_on). Cách sửa: xem lại hai ngày. [consultation-order]"),
        ("closes_on: 2026-11-31", '7: Ngày hết hạn góp ý "2026-11-31" không tồn tại. Cách sửa: ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28. [invalid-date]'),
        ("response: {on: 2026-12-20, summary: Rồi.}", "11: Ngày giải trình (response.on) không sau ngày hết hạn góp ý (closes_on). Cách sửa: xem lại hai ngày. [consultation-order]"),
        ("becomes: {number: 9/QĐ-UBND, issuing_body: ubnd, issued_on: 2026-12-19}", "11: Ngày ban hành của văn bản trong becomes không sau ngày hết hạn góp ý (closes_on). Cách sửa: xem lại hai ngày. [consultation-order]"),
        ("becomes: 9/QĐ-UBND", '11: Văn bản "9/QĐ-UBND" không có trên trang. Cách sửa: sửa lại số, hoặc ghi đủ {number: 9/QĐ-UBND, issuing_body: …, issued_on: …}. [unknown-relation]'),
        ("becomes: 2/QĐ-UBND", '11: Số "2/QĐ-UBND" có ở nhiều văn bản: content/van-ban/ba.md, content/van-ban/hai.md. Cách sửa: ghi thêm issuing_body và issued_on của văn bản muốn nói. [unclear-relation]'),
        ("ways_to_respond: [thu]\nelsewhere: https://a.vn/", "12: Có cả ways_to_respond và elsewhere, nên người đọc không biết góp ý ở đâu. Cách sửa: xóa một trong hai dòng. [two-places]"),
        ("ways_to_respond: [email]", '11: Cách góp ý "email" không có. Cách sửa: dùng một trong: dien-thoai, zalo, thu, giay. [unknown-choice]'),
        ("ways_to_respond: []", "11: Cách góp ý để trống. Cách sửa: ghi ít nhất một mục. [empty-field]"),
        ("becomes: 1/QĐ-UBND\ncancelled: Thôi.", "12: Dự thảo vừa dừng (cancelled) vừa thành văn bản (becomes). Cách sửa: xóa một trong hai dòng. [two-ends]"),
        ("attachments: []", "10: Dự thảo để trống. Cách sửa: ghi ít nhất một mục. [empty-field]"),
        ("attachments: [{file: /media/mat.pdf, label: A}]", '10: Tệp "/media/mat.pdf" không tồn tại. Cách sửa: kiểm tra'),
        ("received: vài chục", '11: Số góp ý nhận được "vài chục" không phải số nguyên. Cách sửa: chỉ ghi chữ số, ví dụ 22780. [invalid-number]'),
        ("state: open", '11: Không có trường "state". Cách sửa: '),
        ("closes_on: 2026-12-08", "7: Cảnh báo: Dự thảo chỉ lấy ý kiến 19 ngày, ít hơn 20 ngày (limits.comment_days). Cách sửa: lùi ngày closes_on, hoặc xem lại quy định về thời gian. [short-consultation]"),
        ("ways_to_respond: [zalo, thu]", "11: Cảnh báo: Đang lấy ý kiến mà người đọc chưa có cách nào để góp ý. Cách sửa: thêm url: của kênh zalo hoặc email: dưới owner trong site.yml, hoặc ghi elsewhere:. [no-way-to-respond]"),
        ("becomes: 1/QĐ-UBND", "11: Ngày ban hành của văn bản trong becomes không sau ngày hết hạn góp ý (closes_on). Cách sửa: xem lại hai ngày. [consultation-order]"),
        ("date: 2026-09-01\nopens_on: 2026-09-05\ncloses_on: 2026-09-30\nbecomes: 4/QĐ-UBND", "11: Cảnh báo: Văn bản 4/QĐ-UBND trong becomes chưa đăng, nên người đọc chưa thấy dự thảo đã ban hành. Cách sửa: đăng văn bản ấy. [hidden-target]"),
        ("cancelled: true", '11: Lý do dừng "true" không phải một lý do. Cách sửa: ghi lý do bằng lời, cho người đọc. [no-words]'),
        ("received: 5", "11: Cảnh báo: Số góp ý (received) chỉ hiện khi đã hết hạn góp ý. Cách sửa: xóa dòng này, ghi lại sau ngày 20/12/2026. [early-count]"),
        ("date: 2026-11-01\nopens_on: 2026-10-01\ncloses_on: 2026-10-31", "3: Cảnh báo: Bài đăng sau ngày hết hạn góp ý 31/10/2026, nên không ai góp ý được. Cách sửa: lùi ngày closes_on, hoặc đăng sớm hơn. [late-consultation]"),
        ("opens_on: 2026-08-01\ncloses_on: 2026-09-24", "7: Cảnh báo: Hết hạn góp ý ngày 24/09/2026, quá 60 ngày (limits.response_days) mà chưa có giải trình. Cách sửa: thêm response: với on và summary, hoặc cancelled: và lý do. [response-overdue]"),
        ("drafting_body: cu", '8: Cảnh báo: Cơ quan soạn thảo "Sở cũ" đã kết thúc ngày 30/06/2025, trước ngày bắt đầu góp ý. Cách sửa: ghi cơ quan kế thừa: ubnd. [former-body]'),
    ],
)  # fmt: skip
def test_a_wrong_draft(tmp_path, change, message):
    documents = {
        "mot": ("document_number: 1/QĐ-UBND",),
        "hai": ("document_number: 2/QĐ-UBND",),
        "ba": ("document_number: 2/QĐ-UBND\nissued_on: 2026-11-18",),
        "bon": ("document_number: 4/QĐ-UBND\nissued_on: 2026-10-01\nstatus: draft",),
    }
    found = report(tmp_path, {"consultation": {"a": (change,)}, "document": documents})
    assert found.keys() == {"lay-y-kien/a.md"}
    assert found["lay-y-kien/a.md"].startswith(message)
    assert "\n" not in found["lay-y-kien/a.md"]


@pytest.mark.parametrize(
    "change",
    [
        "closes_on: 2026-12-09",
        "elsewhere: https://a.vn/",
        "date: 2026-09-01\nopens_on: 2026-09-01\ncloses_on: 2026-09-25",
        "opens_on: 2026-08-01\ncloses_on: 2026-09-01\nreceived: 0\nresponse: {on: 2026-10-01, summary: Rồi., attachments: [{file: /media/a.pdf, label: A}]}",
        "opens_on: 2026-08-01\ncloses_on: 2026-09-01\nbecomes: {number: 9/QĐ-UBND, issuing_body: ubnd, issued_on: 2026-10-01}",
        "opens_on: 2026-11-20\ncloses_on: 2026-11-21\ncancelled: Chưa cần.",
        "closes_on: 2026-11-21\nstatus: withdrawn\nwithdrawn_reason: Nhầm.",
    ],
)
def test_a_good_draft(tmp_path, change):
    assert report(tmp_path, {"consultation": {"a": (change,)}}) == {}
