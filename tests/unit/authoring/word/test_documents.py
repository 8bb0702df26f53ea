"""What a document's head and end say, line by line: numbers, dates, types, bodies, positions, names, as offices write them."""

from datetime import date

import pytest

from chuyendoiso.authoring.word.casing import body_case, sentence_case
from chuyendoiso.authoring.word.issuers import body_name, find_issuer
from chuyendoiso.authoring.word.letterhead import (
    date_in,
    find_number_and_date,
    is_motto,
    number_in,
    parse_letterhead,
    type_in_number,
)
from chuyendoiso.authoring.word.nodes import TextLine
from chuyendoiso.authoring.word.numbering import format_number
from chuyendoiso.authoring.word.signature import Signature, is_name, parse_signature, position_case
from chuyendoiso.model.site import Issuer


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Số: 12/KH-UBND", "12/KH-UBND"),
        ("Số 09-NQ/TU", "09-NQ/TU"),
        ("Số: 101 / QĐ - UBND", "101/QĐ-UBND"),
        ("SỐ: 42/2022/NĐ-CP", "42/2022/NĐ-CP"),
        ("Số: 15a/BC-VP.", "15a/BC-VP"),
        ("148/2025/QH15", "148/2025/QH15"),
        ("Số: /KH-UBND", None),
        ("Số: ……/KH-UBND", None),
        ("Số: 12/KH-UBND ngày 3; và số khác", None),
        ("Số máy: 12", None),
        ("12/11/2026", None),
        ("16 buổi, 3/4 số xóm", None),
    ],
)
def test_numbers(line, expected):
    assert number_in(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Xã Mẫu, ngày 16 tháng 11 năm 2026", date(2026, 11, 16)),
        ("Xã Mẫu, ngày 03 tháng 6 năm 2026", date(2026, 6, 3)),
        ("Xã Mẫu, Ngày 3/6/2026", date(2026, 6, 3)),
        ("Xã Mẫu, ngày 31 tháng 2 năm 2026", None),
        ("Xã Mẫu, ngày … tháng … năm 2026", None),
    ],
)
def test_dates(line, expected):
    assert date_in(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND XÃ MẪU CỘNG HÒA\nSố: 12/KH-UBND Xã Mẫu, ngày 16 tháng 11 năm 2026\nCăn cứ", ("12/KH-UBND", date(2026, 11, 16))),
        ("Số: 31 /2026/QĐ-UBND\nTỉnh Mẫu, ngày 5 tháng 3 năm 2026", ("31/2026/QĐ-UBND", date(2026, 3, 5))),
        ("Căn cứ Luật ngày 19 tháng 6 năm 2015", (None, None)),
        ("", (None, None)),
    ],
)
def test_what_the_signed_original_says(text, expected):
    assert find_number_and_date(text) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("12/KH-UBND", "Kế hoạch"), ("09-NQ/TU", "Nghị quyết"), ("42/2022/NĐ-CP", "Nghị định"), ("5/QyĐ-UBND", "Quy định"),
        ("148/2025/QH15", None), ("45/UBND-VP", None), ("4946/BTTTT-CĐSQG", None),
    ],
)  # fmt: skip
def test_types_in_numbers(number, expected):
    assert type_in_number(number) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True), ("Cộng hoà xã hội chủ nghĩa Việt Nam", True), ("Độc lập – Tự do – Hạnh phúc", True),
        ("Độc lập-Tự do-Hạnh phúc", True), ("ĐẢNG CỘNG SẢN VIỆT NAM", True), ("Độc lập, tự do", False),
    ],
)  # fmt: skip
def test_mottoes(line, expected):
    assert is_motto(line) == expected


def test_lines_that_are_no_documents_are_all_body():
    lines = [TextLine("Xã Mẫu họp dân", True), TextLine("Ngày 16 tháng 11, xã họp.", False), TextLine("KẾ HOẠCH", True)]
    assert parse_letterhead(lines).line_count == 0


class Bodies:
    """As much of a site as bodies are looked up in."""

    issuers = (
        Issuer(id="cu", name="Ủy ban nhân dân xã Mẫu", since=None, until=date(2025, 6, 30), successor="moi"),
        Issuer(id="moi", name="UBND xã Mẫu", since=date(2025, 7, 1), until=None, successor=None),
        Issuer(id="tp", name="UBND TP. Mẫu", since=None, until=None, successor=None),
        Issuer(id="tinh-uy", name="Tỉnh ủy Mẫu", since=None, until=None, successor=None),
    )


@pytest.mark.parametrize(
    ("lines", "day", "expected"),
    [
        (("ỦY BAN NHÂN DÂN", "XÃ MẪU"), date(2025, 1, 1), "cu"),
        (("UỶ BAN NHÂN DÂN", "XÃ MẪU"), date(2026, 1, 1), "moi"),
        (("UBND XÃ MẪU",), None, "cu"),
        (("Ủy ban nhân dân", "thành phố Mẫu"), None, "tp"),
        (("ĐẢNG BỘ TỈNH MẪU", "TỈNH ỦY MẪU"), None, "tinh-uy"),
        (("UBND XÃ MẪU", "VĂN PHÒNG"), None, None),  # the office, not the committee above it
        ((), None, None),
    ],
)
def test_issuing_bodies_are_found_by_name(lines, day, expected):
    issuer = find_issuer(lines, Bodies, day)
    assert (issuer.id if issuer else None) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("ỦY BAN NHÂN DÂN", "XÃ MẪU"), "Ủy ban nhân dân xã Mẫu"),
        (("SỞ VĂN HÓA", "TRUNG TÂM THỬ NGHIỆM"), "Trung tâm Thử nghiệm"),
        (("HỘI ĐỒNG NHÂN DÂN TỈNH MẪU",), "Hội đồng nhân dân tỉnh Mẫu"),
        ((), ""),
    ],
)
def test_a_body_is_named_as_in_a_text(lines, expected):
    assert body_name(lines) == expected


@pytest.mark.parametrize(
    ("capitals", "expected"),
    [
        ("VỀ VIỆC SỞ KHOA HỌC VÀ CÔNG NGHỆ MỞ LỚP", "Về việc Sở Khoa học và Công nghệ mở lớp"),
        ("SỰ LÃNH ĐẠO CỦA TỈNH ỦY ĐỐI VỚI CÁC CHI BỘ", "Sự lãnh đạo của Tỉnh ủy đối với các chi bộ"),
        ("PHÁT TRIỂN KT-XH TỈNH NAM ĐỊNH QUÝ IV", "Phát triển KT-XH tỉnh Nam Định quý IV"),
        ("ỨNG DỤNG CNTT TẠI UBND XÃ HẢI HƯNG", "Ứng dụng CNTT tại UBND xã Hải Hưng"),
        ("PHÒNG CHỐNG VI PHẠM VÀ TỆ NẠN XÃ HỘI", "Phòng chống vi phạm và tệ nạn xã hội"),
        ("TP. MẪU, XÃ NÔNG THÔN MỚI", "TP. Mẫu, xã nông thôn mới"),
        ("NGHỊ QUYẾT SỐ 57-NQ/TW, KHU VỰC III, LẦN THỨ I", "Nghị quyết số 57-NQ/TW, khu vực III, lần thứ I"),
        ("ĐOÀN TNCS HỒ CHÍ MINH, UBMTTQ VIỆT NAM", "Đoàn TNCS Hồ Chí Minh, UBMTTQ Việt Nam"),
        ("CÀI ĐẶT VNEID, ZALO CHO NGƯỜI DÂN VIỆT NAM", "Cài đặt VNeID, Zalo cho người dân Việt Nam"),
    ],
)
def test_names_keep_their_capitals(capitals, expected):
    assert sentence_case(capitals) == expected


@pytest.mark.parametrize(
    ("capitals", "expected"),
    [
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH TỈNH MẪU", "Sở Văn hóa, Thể thao và Du lịch tỉnh Mẫu"),
        ("PHÒNG VĂN HÓA - XÃ HỘI", "Phòng Văn hóa - Xã hội"),
        ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Trung tâm Phục vụ hành chính công"),
        ("HỘI ĐỒNG NHÂN DÂN XÃ MẪU", "Hội đồng nhân dân xã Mẫu"),
        ("Văn phòng", "Văn phòng"),
    ],
)
def test_a_body_has_a_capital_for_what_it_does(capitals, expected):
    assert body_case(capitals) == expected


def test_text_that_is_not_in_capitals_is_unchanged():
    assert sentence_case("Về UBND xã Mẫu") == "Về UBND xã Mẫu"


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("CHỦ TỊCH", "Chủ tịch"), ("PHÓ CHỦ TỊCH", "Phó Chủ tịch"), ("CHÁNH VĂN PHÒNG", "Chánh Văn phòng"), ("QUYỀN CHỦ TỊCH", "Quyền Chủ tịch"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU", "Chủ tịch Ủy ban nhân dân xã Mẫu"),
    ],
)  # fmt: skip
def test_positions(position, expected):
    assert position_case(position) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Nguyễn Văn Mẫu", True), ("TS. Trần Thị Ví Dụ", True), ("Lý Thử", True), ("Nguyễn", False), ("Ủy ban nhân dân", False),
        ("Thượng tá Nguyễn Hữu Mẫu", True), ("Phạm Văn K’Sor", True), ("Lê Thị Chín Nguyễn Văn Tám", False), ("Điều ước", False),
        ("NGUYỄN VĂN MẪU", False), ("Xóm Đông, xã Mẫu", False), ("Điều 2", False),
    ],
)  # fmt: skip
def test_names(line, expected):
    assert is_name(line) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "(Đã ký)", "Nguyễn Văn Mẫu"], Signature("Nguyễn Văn Mẫu", "Chủ tịch")),
        (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "NGUYỄN VĂN MẪU"], Signature("Nguyễn Văn Mẫu", "Phó Chủ tịch")),
        (["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "", "Trần Thị Ví Dụ"], Signature("Trần Thị Ví Dụ", "Bí thư")),
        (["Q. CHỦ TỊCH", "Nguyễn Văn Mẫu"], Signature("Nguyễn Văn Mẫu", "Quyền Chủ tịch")),
        (["CHỦ TỊCH"], Signature(None, "Chủ tịch")),
        (["Nguyễn Văn Mẫu"], Signature("Nguyễn Văn Mẫu", None)),
        ([], Signature(None, None)),
    ],
)
def test_signatures(lines, expected):
    assert parse_signature([TextLine(line, True) for line in lines]) == expected


@pytest.mark.parametrize(
    ("number", "format_", "expected"),
    [
        (4, "upperRoman", "IV"), (49, "lowerRoman", "xlix"), (1, "lowerLetter", "a"), (27, "upperLetter", "AA"), (7, "decimalZero", "07"),
        (12, "decimal", "12"), (3, "ordinal", "3"), (0, "lowerLetter", "0"),
    ],
)  # fmt: skip
def test_numbers_as_word_counts(number, format_, expected):
    assert format_number(number, format_) == expected
