"""A document is named as offices name it."""

from datetime import date

import pytest
from made_items import document

from chuyendoiso.model.content_types.document import Document
from chuyendoiso.outputs.content_types.document import cite

CITED = [
    ("Nghị định", "42/2022/NĐ-CP", date(2022, 6, 24), "Chính phủ", "Cung cấp thông tin", "Nghị định số 42/2022/NĐ-CP ngày 24 tháng 6 năm 2022 của Chính phủ về cung cấp thông tin"),
    ("Luật", "148/2025/QH15", date(2025, 12, 11), "Quốc hội", "Luật Chuyển đổi số", "Luật Chuyển đổi số số 148/2025/QH15"),
    ("Luật", "20/2023/QH15", date(2023, 6, 22), "Quốc hội", "Giao dịch điện tử", "Luật Giao dịch điện tử số 20/2023/QH15"),
    ("Luật", "1/2027/QH16", date(2027, 1, 1), "Quốc hội", "Sửa đổi một số điều của Luật Đất đai.", "Luật sửa đổi một số điều của Luật Đất đai số 1/2027/QH16"),
    ("Quyết định", "749/QĐ-TTg", date(2020, 6, 3), "Thủ tướng", 'Phê duyệt "Chương trình"', 'Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của Thủ tướng phê duyệt "Chương trình"'),
    ("Quyết định", "1/QĐ-UBND", date(2026, 1, 10), "UBND tỉnh", "Ban hành Quy chế", "Quyết định số 1/QĐ-UBND ngày 10 tháng 01 năm 2026 của UBND tỉnh ban hành Quy chế"),
    ("Quyết định", "2/QĐ-UBND", date(2026, 2, 9), "UBND tỉnh", "Về việc giao đất", "Quyết định số 2/QĐ-UBND ngày 09 tháng 02 năm 2026 của UBND tỉnh về việc giao đất"),
    ("Quyết định", "3/QĐ-UBND", date(2026, 3, 1), "UBND tỉnh", "Đề án 06: phát triển", "Quyết định số 3/QĐ-UBND ngày 01 tháng 3 năm 2026 của UBND tỉnh về Đề án 06: phát triển"),
    ("Quyết định", "4/QĐ-UBND", date(2026, 10, 30), "UBND tỉnh", "Giáo dục số", "Quyết định số 4/QĐ-UBND ngày 30 tháng 10 năm 2026 của UBND tỉnh về giáo dục số"),
    ("Quyết định", "5/QĐ-UBND", date(2026, 12, 5), "UBND tỉnh", "Nam Định số", "Quyết định số 5/QĐ-UBND ngày 05 tháng 12 năm 2026 của UBND tỉnh về Nam Định số"),
    ("Công văn", "6/STTTT-CĐS", date(2026, 12, 5), "Sở", "V/v Mời họp", "Công văn số 6/STTTT-CĐS ngày 05 tháng 12 năm 2026 của Sở về việc mời họp"),
    ("Kế hoạch", "7/KH-UBND", date(2026, 12, 5), "UBND tỉnh", "CNTT năm 2027", "Kế hoạch số 7/KH-UBND ngày 05 tháng 12 năm 2026 của UBND tỉnh về CNTT năm 2027"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "number", "day", "issuer", "subject", "expected"), CITED)
def test_a_document_is_cited_as_offices_do(kind, number, day, issuer, subject, expected):
    item = document(document_type=kind, document_number=number, issued_on=day, subject=subject)
    assert isinstance(item, Document)
    assert cite(item, issuer) == expected
