"""Papers of the shapes that offices write, one or more of each: all names invented."""

from word_cases import MOTTO, letterhead, signature
from word_files import (
    Case,
    b,
    character_style,
    h,
    n,
    numbering,
    p,
    picture,
    table,
    watermark,
    xml,
)


def runs(*pieces: str):
    """Return a paragraph typed with tabs: each tab is a piece of its own, as Word writes it."""
    inner = "".join(
        "<w:r><w:tab/></w:r>" if piece == "\t" else f'<w:r><w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in pieces
    )
    return xml(f"<w:p>{inner}</w:p>")


XA = ["ỦY BAN NHÂN DÂN", b("XÃ MẪU")]
TINH = ["ỦY BAN NHÂN DÂN", b("TỈNH MẪU")]

DECISION = [
    letterhead(TINH, "Số: 15/2026/QĐ-UBND", "Tỉnh Mẫu, ngày 16 tháng 11 năm 2026"),
    b("QUYẾT ĐỊNH"),
    b("Ban hành Quy định về quản lý trang tin điện tử"),
    b("ỦY BAN NHÂN DÂN TỈNH MẪU"),
    p("Căn cứ Luật Tổ chức chính quyền địa phương;", italic=True),
    p("Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ.", italic=True),
    b("QUYẾT ĐỊNH:"),
    p("**Điều 1.** Ban hành kèm theo Quyết định này Quy định về quản lý trang tin điện tử."),
    p(
        "**Điều 2.** Quyết định này có hiệu lực kể từ ngày 01 tháng 12 năm 2026 và thay thế Quyết định số 12/2020/QĐ-UBND ngày 05 tháng 3 năm 2020 "
        "của Ủy ban nhân dân tỉnh Mẫu về việc quản lý trang tin."
    ),
    p("**Điều 3.** Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Khoa học và Công nghệ chịu trách nhiệm thi hành./."),
    signature(["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."], "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Trần Văn Ví Dụ"),
]

REPEAL = [
    letterhead(XA, "Số: 88/QĐ-UBND", "Xã Mẫu, ngày 02 tháng 10 năm 2026"),
    b("QUYẾT ĐỊNH"),
    b("Về việc bãi bỏ văn bản"),
    b("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU"),
    b("QUYẾT ĐỊNH:"),
    p("**Điều 1.** Bãi bỏ các Quyết định số 7/QĐ-UBND ngày 03/3/2021 và số 9/QĐ-UBND."),
    p("**Điều 2.** Quyết định này có hiệu lực từ ngày ký ban hành."),
    signature(["Nơi nhận:", "- Lưu: VT."], "CHỦ TỊCH", "Nguyễn Văn Mẫu"),
]

BLANK_DAY = [
    runs("ỦY BAN NHÂN DÂN", "\t", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    runs("XÃ MẪU", "\t", "\t", "Độc lập - Tự do - Hạnh phúc"),
    runs("Số:        /KH-UBND", "\t", "Xã Mẫu, ngày", "\t", "tháng 11 năm 2026"),
    b("KẾ HOẠCH"),
    b("Tuyên truyền về dịch vụ công trực tuyến"),
    b("I. MỤC ĐÍCH"),
    "Để người dân biết nộp hồ sơ từ nhà.",
    b("II. VIỆC PHẢI LÀM"),
    "1. Văn phòng:",
    "- Viết bài:",
    "+ bài cho loa;",
    "+ bài cho trang tin:",
    "• có ảnh;",
    "• có chú thích;",
    "+ bài cho bảng tin.",
    "- In tờ rơi.",
    "2. Các xóm phát tờ rơi.",
    runs("Nơi nhận:", "\t", "CHỦ TỊCH"),
    "- Như mục II;",
    runs("- Lưu: VT.", "\t", "Nguyễn Văn Mẫu"),
]

WORD_PLUSES = [
    letterhead(XA, "Số: 31/KH-UBND", "Xã Mẫu, ngày 05 tháng 6 năm 2026"),
    b("KẾ HOẠCH"),
    b("Mở lớp kỹ năng số"),
    "Các việc:",
    numbering((("bullet", "-"),), (("bullet", "+"),)),
    n(50, "Lớp buổi tối:"),
    n(51, "ba buổi một tuần;"),
    n(51, "ở nhà văn hóa."),
    n(50, "Lớp buổi sáng."),
    signature(["Nơi nhận:", "- Lưu: VT."], "CHỦ TỊCH", "Nguyễn Văn Mẫu"),
]

LETTER_OF_DEPARTMENT = [
    table(
        [
            [
                "ỦY BAN NHÂN DÂN TỈNH MẪU",
                b("SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
                "Số: 210/SKHCN-CĐS",
                "V/v Sở Khoa học và Công nghệ mở lớp tập huấn",
            ],
            [*MOTTO, "Tỉnh Mẫu, ngày 9 tháng 4 năm 2026"],
        ],
        grid=False,
    ),
    "Kính gửi: Ủy ban nhân dân các xã, phường.",
    "Sở mở lớp tập huấn cho tổ công nghệ số cộng đồng, mời các xã cử người dự.",
    table(
        [["Nơi nhận:", "- Như trên;", "- Lưu: VT, CĐS."], [b("KT. GIÁM ĐỐC"), b("PHÓ GIÁM ĐỐC"), "", b("Lê Thị Thử")]], grid=False
    ),
]

LETTER_OF_PARTY = [
    table(
        [
            ["TỈNH ỦY MẪU", b("BAN TUYÊN GIÁO VÀ DÂN VẬN"), "*", "Số 77-CV/BTGDVTU", "V/v Tỉnh ủy Mẫu phát động thi viết"],
            [b("ĐẢNG CỘNG SẢN VIỆT NAM"), "Tỉnh Mẫu, ngày 2 tháng 2 năm 2026"],
        ],
        grid=False,
    ),
    "Kính gửi: Các đảng ủy trực thuộc.",
    "Đề nghị các đồng chí phổ biến thể lệ cuộc thi.",
    table([["Nơi nhận:", "- Như trên,", "- Lưu."], [b("K/T TRƯỞNG BAN"), b("PHÓ TRƯỞNG BAN"), "", b("Hoàng Văn Mẫu")]], grid=False),
]

NOTICE = [
    letterhead(XA, "Số: 40/TB-UBND", "Xã Mẫu, ngày 01 tháng 9 năm 2026"),
    b("THÔNG BÁO"),
    b("Về việc tạm dừng cổng dịch vụ công để nâng cấp"),
    "Ủy ban nhân dân xã thông báo:",
    "1. Thời gian: từ 22 giờ ngày 05/9/2026 đến 6 giờ ngày 06/9/2026.",
    "2. Ai cần nộp gấp thì đến bộ phận một cửa, số điện thoại trên trang.",
    "Vậy xin thông báo để bà con biết./.",
    signature(["Nơi nhận:", "- Các xóm;", "- Lưu: VT."], "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Lê Văn Thử"),
]

REPORT = [
    letterhead(["UBND TỈNH MẪU", b("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG")], "Số: 301/BC-SNNMT", "Tỉnh Mẫu, ngày 20 tháng 10 năm 2026"),
    b("BÁO CÁO"),
    b("Kết quả ứng dụng CNTT 9 tháng, nhiệm vụ 3 tháng cuối năm 2026"),
    b("Phần I\nKẾT QUẢ"),
    b("1. Về hồ sơ"),
    "Đã số hóa hồ sơ_luu_tru của 3 phòng (đạt 75%) [1], xem https://so.mau.vn/ho_so_so.",
    table(["TT", "Phòng", "Số hồ sơ", "Tỷ lệ (%)"], ["1", "Trồng trọt", "1.200", "80"], ["2", "Thủy sản", "900", "< 70"]),
    b("Phần II\nNHIỆM VỤ"),
    "a) Hoàn thành số hóa; b) Tập huấn.",
    signature(["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."], "GIÁM ĐỐC", "Phạm Thị Mẫu"),
]

INVITATION = [
    letterhead(XA, "Số: 12/GM-UBND", "Xã Mẫu, ngày 18 tháng 11 năm 2026"),
    b("GIẤY MỜI"),
    b("Dự hội nghị sơ kết tổ công nghệ số cộng đồng"),
    "Kính gửi: Các tổ công nghệ số cộng đồng.",
    "Ủy ban nhân dân xã trân trọng kính mời các đồng chí dự hội nghị.",
    "- Thời gian: 14 giờ 00, ngày 25/11/2026 (thứ tư).",
    "- Địa điểm: Hội trường xã.",
    "Đề nghị các đồng chí đến đúng giờ./.",
    signature(["Nơi nhận:", "- Như trên;", "- Lưu: VT."], "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Mẫu"),
]

PARTY_CONCLUSION = [
    table(
        [
            [b("ĐẢNG BỘ TỈNH MẪU"), b("ĐẢNG ỦY XÃ MẪU"), "*", "Số 18-KL/ĐU"],
            [b("ĐẢNG CỘNG SẢN VIỆT NAM"), "Xã Mẫu, ngày 3 tháng 8 năm 2026"],
        ],
        grid=False,
    ),
    b("KẾT LUẬN"),
    b("CỦA BAN THƯỜNG VỤ ĐẢNG ỦY VỀ CHUYỂN ĐỔI SỐ TRONG CÁC CHI BỘ"),
    "-----",
    b("1. Đánh giá"),
    "Các chi bộ đã họp trực tuyến.",
    b("2. Nhiệm vụ"),
    "- Mỗi chi bộ có một đảng viên nòng cốt.",
    table(
        [["Nơi nhận:", "- Các chi bộ,", "- Lưu Văn phòng."], [b("T/M BAN THƯỜNG VỤ"), b("BÍ THƯ"), "", b("Đỗ Thị Mẫu")]], grid=False
    ),
]

PARTY_RESOLUTION = [
    table(
        [
            [b("TỈNH ỦY MẪU"), "*", "Số        -NQ/TU"],
            [b("ĐẢNG CỘNG SẢN VIỆT NAM"), "Tỉnh Mẫu, ngày     tháng 9 năm 2026"],
        ],
        grid=False,
    ),
    b("NGHỊ QUYẾT"),
    b("CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH VỀ SỰ LÃNH ĐẠO CỦA TỈNH ỦY ĐỐI VỚI CHUYỂN ĐỔI SỐ"),
    "-----",
    b("I- QUAN ĐIỂM"),
    "1- Chuyển đổi số lấy người dân làm trung tâm.",
    table([["Nơi nhận:", "- Các đảng ủy,", "- Lưu."], [b("T/M TỈNH ỦY"), b("BÍ THƯ"), "", b("Phạm Thị Mẫu")]], grid=False),
]

MINUTES = [
    letterhead(XA, "Số: 05/BB-UBND", "Xã Mẫu, ngày 10 tháng 7 năm 2026"),
    b("BIÊN BẢN"),
    b("Họp tổ công nghệ số cộng đồng tháng 7"),
    "Thời gian bắt đầu: 19 giờ 30.",
    "Thành phần: 12 tổ viên, vắng 1.",
    b("1. Nội dung"),
    "- Ông A nêu việc mở lớp.",
    "- Bà B nêu việc hướng dẫn tại nhà.",
    b("2. Kết luận"),
    "Mở lớp từ 20/7.",
    "Cuộc họp kết thúc lúc 21 giờ.",
    table([[b("THƯ KÝ"), "", b("Lý Thị Thử")], [b("CHỦ TRÌ"), "", b("Nguyễn Văn Mẫu")]], grid=False),
]

ANNEX_APART = [
    b("PHỤ LỤC I"),
    b("DANH SÁCH TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG"),
    p("(Kèm theo Kế hoạch số 12/KH-UBND ngày 16 tháng 11 năm 2026 của Ủy ban nhân dân xã Mẫu)", italic=True),
    table(["TT", "Xóm", "Tổ trưởng"], ["1", "Đông", "Trưởng xóm"], ["2", "Tây", "Bí thư chi đoàn"]),
]

DIRECTIVE = [
    letterhead(TINH, "Số: 06/CT-UBND", "Tỉnh Mẫu, ngày 4 tháng 5 năm 2026"),
    b("CHỈ THỊ"),
    b("VỀ TĂNG CƯỜNG AN TOÀN THÔNG TIN TRONG CÁC CƠ QUAN CỦA TỈNH MẪU VÀ UBND CÁC XÃ"),
    "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:",
    "1. Sở Khoa học và Công nghệ rà soát các hệ thống.",
    "2. Công an tỉnh phối hợp.",
    signature(["Nơi nhận:", "- Các sở;", "- Lưu: VT."], "CHỦ TỊCH", "Trần Văn Ví Dụ"),
]

GUIDE = [
    letterhead(["UBND TỈNH MẪU", b("TRUNG TÂM CHUYỂN ĐỔI SỐ")], "Số: 03/HD-TTCĐS", "Tỉnh Mẫu, ngày 6 tháng 6 năm 2026"),
    b("HƯỚNG DẪN"),
    b("Cài đặt ứng dụng VNeID"),
    "Các bước cài đặt:",
    "Bước 1. Mở kho ứng dụng.",
    "Bước 2. Tìm VNeID.",
    signature(["Nơi nhận:", "- Các xã;", "- Lưu: VT."], "GIÁM ĐỐC", "Lê Thị Thử"),
]

PROPOSAL = [
    letterhead(XA, "Số: 22/ĐA-UBND", "Xã Mẫu, ngày 12 tháng 12 năm 2025"),
    b("ĐỀ ÁN"),
    b("Xây dựng nhà văn hóa số giai đoạn 2026 - 2028"),
    b("Phần thứ nhất"),
    b("SỰ CẦN THIẾT"),
    b("I. CĂN CỨ"),
    "1. Căn cứ pháp lý.",
    b("Phần thứ hai"),
    b("NỘI DUNG"),
    "Lắp wifi, màn hình.",
    signature(["Nơi nhận:", "- Lưu: VT."], "CHỦ TỊCH", "Nguyễn Văn Mẫu"),
]

DRAFT_BY_WATERMARK = [
    watermark("D Ự  T H Ả O"),
    letterhead(XA, "Số:     /QĐ-UBND", "Xã Mẫu, ngày      tháng      năm 2026"),
    b("QUYẾT ĐỊNH"),
    b("Về việc thành lập tổ công nghệ số"),
    b("QUYẾT ĐỊNH:"),
    "Điều 1. Thành lập tổ.",
]

DRAFT_IN_LETTERHEAD = [
    table(
        [
            ["HỘI ĐỒNG NHÂN DÂN", b("XÃ MẪU"), "Số:     /2026/NQ-HĐND", b("DỰ THẢO LẦN 2")],
            [*MOTTO, "Xã Mẫu, ngày … tháng … năm 2026"],
        ],
        grid=False,
    ),
    b("NGHỊ QUYẾT"),
    b("Về mức hỗ trợ tổ công nghệ số cộng đồng"),
    b("QUYẾT NGHỊ:"),
    p("**Điều 1.** Mức hỗ trợ một tháng."),
    p("**Điều 2.** Nghị quyết này có hiệu lực sau 10 ngày kể từ ngày ký."),
]

GALLERY = [
    b("Ngày hội số qua ảnh"),
    "Ngày hội mở ở sân nhà văn hóa, có hơn hai trăm người dự.",
    table(
        [[picture(colour="red", alt="Cổng chào.")], [picture(colour="blue", alt="Gian hàng.")]],
        ["Cổng chào ngày hội", "Gian hàng của xóm Đông"],
        [[picture(colour="green", alt="Trẻ em."), "Trẻ em thử máy tính bảng"], [picture(colour="navy", alt="Người già.")]],
    ),
    "Ngày hội bế mạc lúc 11 giờ.",
    table([[picture(colour="gray", alt="Trái.")], [picture(colour="black", alt="Phải.")]], ["Hai góc sân nhà văn hóa", ""]),
]

HIDDEN_BY_STYLE = [
    character_style("GhiChu", hidden=True),
    b("Tin có kiểu chữ ẩn"),
    xml(
        '<w:p><w:r><w:t xml:space="preserve">Cuộc họp lúc 8 giờ tại hội trường xã Mẫu. </w:t></w:r><w:r><w:rPr><w:rStyle w:val="GhiChu"/></w:rPr>'
        '<w:t xml:space="preserve">Không công bố con số này. </w:t></w:r><w:r><w:rPr><w:rStyle w:val="GhiChu"/><w:vanish w:val="0"/></w:rPr>'
        "<w:t>Mời bà con dự.</w:t></w:r></w:p>"
    ),
    xml(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Hàng hiện</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>Hàng ẩn</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ),
    "Cuộc họp bàn việc mở lớp kỹ năng số.",
]

SHORT_NEWS = ["Xã Mẫu nghỉ giao dịch chiều thứ sáu", "Chiều thứ sáu, bộ phận một cửa nghỉ để nâng cấp máy.", "Hết."]

HANDBOOK = [
    h(1, "Sổ tay an toàn thông tin"),
    p("Sổ tay này dành cho cán bộ xã, gồm những việc nên làm mỗi ngày.", bold=True),
    h(2, "Mật khẩu"),
    "Không dùng chung mật khẩu.",
    h(2, "Thư lạ"),
    "Không mở tệp trong thư lạ.",
]

UNDER_A_REMARK = [
    "Mẫu số 02",
    p("(Hỏa tốc)", italic=True),
    table(
        [
            ["UBND XÃ MẪU", b("TỔ ĐỀ ÁN 06"), "Số: 45/BC-TĐA06 (Khẩn)"],
            [*MOTTO[:2], "---------o0o---------", "Xã Mẫu, ngày 30/6/2026"],
        ],
        grid=False,
    ),
    b("BÁO CÁO"),
    b("Kết quả thực hiện Đề án 06"),
    b("I/ KẾT QUẢ"),
    "- 100% cán bộ có tài khoản;",
    "- 01 tổ mỗi xóm:",
    "+ 05 máy tính;",
    "- “Bình dân học vụ số” mở ba lớp.",
    "* Chỉ tiêu riêng:",
    "- Mỗi xóm một lớp.",
    signature(["Nơi nhận:", "- Lưu: VT."], "TỔ TRƯỞNG", "Nguyễn Văn Mẫu"),
]

MINUTES_TYPED = [
    p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
    "Độc lập - Tự do - Hạnh phúc",
    "---------o0o---------",
    b("BIÊN BẢN"),
    b("Họp xóm Đông bầu tổ công nghệ số"),
    "Hôm nay, ngày 3/3/2026, tại nhà văn hóa xóm Đông.",
    "1. Ông Nguyễn Văn Mẫu chủ tọa.",
    "2. Bà Lê Thị Thử ghi biên bản.",
    "Cuộc họp kết thúc lúc 21 giờ.",
    "  THƯ KÝ                         CHỦ TỌA",
    b("   Lê Thị Thử                 Nguyễn Văn Mẫu"),
]

PARTY_IN_TWO_LINES = [
    table([[b("TỈNH ỦY MẪU"), "*", "Số 19-NQ/TU"], [b("ĐẢNG CỘNG SẢN VIỆT NAM"), "Tỉnh Mẫu, ngày 7 tháng 4 năm 2021"]], grid=False),
    b("NGHỊ QUYẾT"),
    b("CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH"),
    b("về chuyển đổi số đến năm 2030"),
    "-----",
    b("I- MỤC TIÊU"),
    "Đến năm 2030, mọi thủ tục làm trên mạng.",
    table([["Nơi nhận:", "- Các đảng ủy."], [b("T/M TỈNH ỦY"), b("BÍ THƯ"), "", b("Phạm Thị Mẫu")]], grid=False),
]

OFFICE_CASES = [
    Case("quyet-dinh-thay-the", DECISION),
    Case("quyet-dinh-bai-bo", REPEAL),
    Case("ke-hoach-ngay-trong", BLANK_DAY),
    Case("ke-hoach-dau-cong", WORD_PLUSES),
    Case("cong-van-so", LETTER_OF_DEPARTMENT),
    Case("cong-van-dang", LETTER_OF_PARTY),
    Case("thong-bao", NOTICE),
    Case("bao-cao", REPORT),
    Case("giay-moi", INVITATION),
    Case("ket-luan-dang", PARTY_CONCLUSION),
    Case("nghi-quyet-dang-ngay-trong", PARTY_RESOLUTION),
    Case("bien-ban", MINUTES),
    Case("phu-luc-roi", ANNEX_APART),
    Case("chi-thi", DIRECTIVE),
    Case("huong-dan", GUIDE),
    Case("de-an", PROPOSAL),
    Case("du-thao-chim", DRAFT_BY_WATERMARK),
    Case("du-thao-nghi-quyet", DRAFT_IN_LETTERHEAD),
    Case("bao-cao-hoa-toc", UNDER_A_REMARK),
    Case("bien-ban-go-tay", MINUTES_TYPED),
    Case("nghi-quyet-dang-hai-dong", PARTY_IN_TWO_LINES),
    Case("tin-anh-luoi", GALLERY),
    Case("tin-kieu-an", HIDDEN_BY_STYLE),
    Case("tin-ngan", SHORT_NEWS),
    Case("so-tay", HANDBOOK, kind="tap-huan"),
]
