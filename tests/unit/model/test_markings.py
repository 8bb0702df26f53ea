"""Markings of papers that are not for the public, and of drafts."""

import pytest

from chuyendoiso.model.markings import Marking, find_marking

SECRET, INTERNAL, DRAFT = Marking.SECRET, Marking.INTERNAL, Marking.DRAFT


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("MẬT", SECRET), ("TỐI MẬT", SECRET), ("TUYỆT MẬT", SECRET), ("M Ậ T", SECRET), ("T Ố I   M Ậ T", SECRET), ("[MẬT]", SECRET),
        ("Độ mật: Tối mật", SECRET), ("TÀI LIỆU MẬT", SECRET), ("UBND XÃ MẪU\tMẬT", SECRET), ("MA\u0323\u0302T", SECRET),
        ("LƯU HÀNH NỘI BỘ", INTERNAL), ("(Lưu hành nội bộ)", INTERNAL), ("Tài liệu lưu hành nội bộ", INTERNAL), ("KHÔNG PHỔ BIẾN", INTERNAL),
        ("DỰ THẢO", DRAFT), ("Dự thảo lần 2", DRAFT), ("D Ự  T H Ả O", DRAFT), ("(DỰ THẢO NGÀY 12/11/2026)", DRAFT), ("DỰ THẢO 3", DRAFT),
        ("Mật", None), ("BẢO MẬT", None), ("BÍ MẬT NHÀ NƯỚC", None), ("KẾ HOẠCH BẢO VỆ BÍ MẬT", None), ("MẬT KHẨU", None), ("MẬT ONG", None),
        ("Danh mục bí mật nhà nước độ Tối mật", None), ("Tài liệu này không lưu hành nội bộ nữa.", None), ("Góp ý dự thảo Nghị quyết", None),
        ("", None), ("12/2026", None),
        ("Độ mật: Mật", SECRET), ("Độ mật: MẬT", SECRET), ("MẬT - HỎA TỐC", SECRET), ("MẬT/KHẨN", SECRET), ("MẬT (bản số 03)", SECRET),
        ("Độ mật: MẬT  Số bản: 05", SECRET), ("DẤU CHỈ ĐỘ MẬT: TỐI MẬT", SECRET), ("TÀI LIỆU MẬT - THU HỒI SAU KHI HỌP", SECRET),
        ("MẬT\tXã Mẫu, ngày 1 tháng 2 năm 2026", SECRET), ("TỐI MẬT\nBÁO CÁO", SECRET), ("Trang 1\tMẬT", SECRET), ("UBND XÃ  MẬT  CỘNG HÒA", SECRET),
        ("TÀI LIỆU LƯU HÀNH NỘI BỘ, KHÔNG SAO CHỤP", INTERNAL), ("TÀI LIỆU HỌP - KHÔNG PHỔ BIẾN", INTERNAL), ("LƯU HÀNH NỘI BỘ NGÀNH", INTERNAL),
        ("CHỈ LƯU HÀNH TRONG NỘI BỘ", INTERNAL), ("Tài liệu lưu hành nội bộ trong cơ quan", INTERNAL), ("(Không phổ biến)", INTERNAL),
        ("Tài liệu phục vụ hội nghị - Lưu hành nội bộ", INTERNAL), ("NỘI BỘ", INTERNAL),
        ("DỰ THẢO BÁO CÁO", DRAFT), ("BẢN DỰ THẢO XIN Ý KIẾN", DRAFT), ("Dự thảo trình ngày 15/7/2026", DRAFT),
        ("Nội bộ", None), ("Không phổ biến", None), ("- Tài liệu nội bộ;", None), ("(1) MẬT", None), ("1. MẬT", None),
    ],
)  # fmt: skip
def test_a_marking_fills_a_line(line, expected):
    match = find_marking(["ỦY BAN NHÂN DÂN", line, "Thân bài."])
    assert (match and match.marking) == expected


def test_what_forbids_publication_comes_before_a_draft():
    assert find_marking(["DỰ THẢO", "MẬT"]) == (SECRET, "MẬT")
