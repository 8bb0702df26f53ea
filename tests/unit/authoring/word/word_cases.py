"""The Word files that are imported in tests: the shapes that those of real offices have, all names invented."""

from word_files import (
    Case,
    b,
    comments,
    footnotes,
    foreign_picture,
    h,
    header,
    link,
    n,
    numbering,
    old_picture,
    p,
    picture,
    table,
    xml,
)

MOTTO = [b("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), b("Độc lập - Tự do - Hạnh phúc"), "---------------"]


def letterhead(body: list, number: str, date: str):
    return table([body, MOTTO], [[number], [p(date, italic=True)]], grid=False)


def signature(recipients: list, *signing: str):
    return table([recipients, [b(line) for line in signing]], grid=False)


PLAN = [
    letterhead(["ỦY BAN NHÂN DÂN", b("XÃ MẪU")], "Số: 12/KH-UBND", "Xã Mẫu, ngày 16 tháng 11 năm 2026"),
    b("KẾ HOẠCH"),
    b("Hoạt động của tổ công nghệ số cộng đồng năm 2026"),
    "––––––––",
    p("Căn cứ Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020, Ủy ban nhân dân xã ban hành kế hoạch như sau:"),
    b("I. MỤC ĐÍCH, YÊU CẦU"),
    b("1. Mục đích"),
    "- Giúp người dân nộp hồ sơ trực tuyến.",
    "- Mỗi xóm có một tổ:",
    "+ tổ trưởng là trưởng xóm;",
    "+ tổ viên là đoàn viên.",
    b("2. Yêu cầu"),
    "Làm đúng, làm đủ.",
    b("II. TỔ CHỨC THỰC HIỆN"),
    table(["TT", "Việc", "Hạn"], ["1", "Lập tổ", "30/11/2026"], ["2", "Tập huấn", "15/12/2026"]),
    "Trên đây là kế hoạch của Ủy ban nhân dân xã.",
    signature(
        ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."], "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Nguyễn Văn Mẫu"
    ),
]  # fmt: skip

RESOLUTION = [
    table(
        [["HỘI ĐỒNG NHÂN DÂN", b("XÃ MẪU"), "Số: 05/NQ-HĐND"], [*MOTTO, "Xã Mẫu, ngày 20 tháng 7 năm 2026"]],
        grid=False,
    ),
    b("NGHỊ QUYẾT"),
    b("Về chuyển đổi số trên địa bàn xã Mẫu\ngiai đoạn 2026 - 2030"),
    b("HỘI ĐỒNG NHÂN DÂN XÃ MẪU"),
    b("KHÓA II, KỲ HỌP THỨ TƯ"),
    p("Căn cứ Luật Tổ chức chính quyền địa phương;", italic=True),
    b("QUYẾT NGHỊ:"),
    p("**Điều 1.** Thông qua mục tiêu chuyển đổi số."),
    p("**Điều 2.** Giao Ủy ban nhân dân xã tổ chức thực hiện."),
    signature(["Nơi nhận:", "- Như Điều 2;", "- Lưu: VT."], "CHỦ TỊCH", "Trần Thị Ví Dụ"),
]

LETTER = [
    table(
        [
            ["UBND XÃ MẪU", b("VĂN PHÒNG"), "Số: 45/VP-TH", "V/v lập danh sách", "Tổ công nghệ số cộng đồng"],
            [*MOTTO, "Xã Mẫu, ngày 02 tháng 11 năm 2026"],
        ],
        grid=False,
    ),
    "Kính gửi: Các trưởng xóm.",
    "Đề nghị các xóm gửi danh sách trước ngày 10/11/2026.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    b("CHÁNH VĂN PHÒNG"),
    "",
    b("Lê Văn Thử"),
]

PARTY = [
    table(
        [
            [b("ĐẢNG BỘ TỈNH MẪU"), b("TỈNH ỦY MẪU"), "*", "Số 09-NQ/TU"],
            [b("ĐẢNG CỘNG SẢN VIỆT NAM"), "Tỉnh Mẫu, ngày 15 tháng 10 năm 2021"],
        ],
        grid=False,
    ),
    b("NGHỊ QUYẾT"),
    b("VỀ CHUYỂN ĐỔI SỐ TỈNH MẪU ĐẾN NĂM 2025"),
    "-----",
    b("I- TÌNH HÌNH"),
    "Thời gian qua, chuyển đổi số đã có bước tiến.",
    b("II- MỤC TIÊU"),
    "Đến năm 2025, mọi xã có tổ công nghệ số.",
    table(
        [["Nơi nhận:", "- Các huyện ủy,", "- Lưu Văn phòng."], [b("T/M TỈNH ỦY"), b("BÍ THƯ"), "", b("Phạm Thị Mẫu")]],
        grid=False,
    ),
]

DECISION_IN_PARAGRAPHS = [
    "ỦY BAN NHÂN DÂN TỈNH MẪU",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập – Tự do – Hạnh phúc",
    "Số: 101 /QĐ - UBND",
    "Tỉnh Mẫu, ngày 5 tháng 3 năm 2026",
    b("QUYẾT ĐỊNH\nVề việc công nhận mô hình nhà văn hóa số\n_______"),
    b("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU"),
    "Căn cứ đề nghị của Chánh Văn phòng,",
    b("QUYẾT ĐỊNH:"),
    "Điều 1. Công nhận mô hình.\nĐiều 2. Quyết định có hiệu lực từ ngày ký.",
    b("CHỦ TỊCH"),
    "Đỗ Minh Mẫu",
]

UNKNOWN_BODY = [
    letterhead(
        ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", b("TRUNG TÂM THỬ NGHIỆM")], "Số:       /BC-TTTN", "Tỉnh Mẫu, ngày     tháng     năm 2026"
    ),
    b("BÁO CÁO"),
    b("Kết quả tháng 10"),
    "Trong tháng, trung tâm mở ba lớp.",
]

ALL_IN_ONE_TABLE = [
    table(
        [["ỦY BAN NHÂN DÂN", "XÃ MẪU", "Số: 7/TB-UBND"], [*MOTTO, "Xã Mẫu, ngày 1 tháng 10 năm 2026"]],
        [
            [
                b("THÔNG BÁO"),
                b("Về lịch hướng dẫn dịch vụ công"),
                "Căn cứ kế hoạch của xã, lịch như sau:",
                *(f"- Buổi {at}: thứ {at + 1}, tại nhà văn hóa." for at in range(1, 6)),
                "Mời bà con đến dự.",
                b("CHỦ TỊCH"),
                b("Nguyễn Văn Mẫu"),
            ],
            "",
        ],
        grid=False,
        merge=((1, 0), (1, 1)),
    )
]

NEWS = [
    b("Xã Mẫu: tổ công nghệ số đến từng nhà"),
    b("Tổ công nghệ số cộng đồng xã Mẫu chia nhau đến từng nhà, giúp bà con nộp hồ sơ trực tuyến."),
    picture(alt="Bốn người ngồi quanh bàn trong nhà văn hóa."),
    p("Ảnh: Buổi hướng dẫn tại nhà văn hóa.", italic=True),
    "Sáng thứ bảy, tổ viên đến xóm Đông. Diện tích nhà văn hóa 120 m².",
    "Ông trưởng xóm nói: “Bà con đã quen dần”.",
    p("Bài, ảnh: Hoàng Văn Mẫu, Lý Thị Thử"),
]

TRACKED = [
    b("Tin có vết sửa"),
    xml(
        '<w:p><w:r><w:t xml:space="preserve">Có </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>hai</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>ba</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> xóm.</w:t></w:r></w:p>'
    ),
    xml('<w:p><w:r><w:t>Đã hỏi lại</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'),
    comments("Con số này lấy ở đâu?"),
    header("Bản thảo nội bộ"),
    xml('<w:p><w:r><w:t>Hết.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Ghi chú ẩn</w:t></w:r></w:p>'),
]  # fmt: skip

NOTES = [
    p("Bài có chú thích", style="Title"),
    xml(
        '<w:p><w:r><w:t>Tổ có năm người</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> ở mỗi xóm</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    ),
    footnotes("Theo báo cáo của xã [2026].", "Xóm Đông có *hai* tổ."),
]  # fmt: skip

MERGED = [
    "Bảng có ô gộp",
    "Số buổi của từng xóm như sau.",
    table(["Xóm", "Số buổi", ""], ["", "Sáng", "Chiều"], ["Đông", "3", "1"], ["Tây", ["2", "thêm một buổi bù"], "0|1"], merge=((0, 1), (0, 2))),
    table(["Tổ", "Người"], ["Tổ một", "Nguyễn Văn Mẫu"], ["", "Trần Thị Ví Dụ"], merge=((1, 0), (2, 0))),
]  # fmt: skip

PICTURES = [
    h(1, "Ba tấm ảnh"),
    "Ba tấm ảnh của buổi học, một tấm không mở được.",
    picture("PNG", colour="red", alt="Màn hình điện thoại."),
    picture("JPEG", colour="blue"),
    foreign_picture("image9.emf", b"\x01\x00\x00\x00" + bytes(80), alt="Sơ đồ."),
    picture("PNG", colour="red", alt="Màn hình điện thoại."),
    picture("JPEG", colour="green", alt="A group of people\n\nDescription automatically generated"),
]

TEXT_BOX = [
    "Bài có hộp chữ",
    xml(
        '<w:p><w:r><w:t xml:space="preserve">Trước hộp, </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        '<a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Chữ trong hộp.</w:t></w:r></w:p></w:txbxContent>'
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>Chữ trong hộp.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>sau hộp.</w:t></w:r></w:p>"
    ),
    "Đoạn cuối.",
]

NUMBERED = [
    numbering((("upperRoman", "%1."), ("decimal", "%2.")), (("lowerLetter", "%1)"),), (("decimal", "%1."), ("decimal", "%1.%2."))),
    h(1, "Đánh số tự động"),
    "Các mục do Word đánh số.",
    n(50, "MỤC ĐÍCH", bold=True),
    "Đoạn một.",
    n(50, "YÊU CẦU", bold=True),
    n(51, "đúng việc;"),
    n(51, "đúng hạn."),
    n(50, "Nhiệm vụ", level=1, bold=True),
    "Việc thường xuyên:",
    n(52, "Mở trang."),
    n(52, "Đăng nhập."),
    n(52, "Chọn thủ tục."),
]

NUMBERED_HEADINGS = [
    numbering((("decimal", "Phần %1."), ("decimal", "%1.%2."))),
    "Sổ tay tổ công nghệ số",
    "Sổ tay dùng cho tổ viên.",
    n(50, "Trước buổi học", style="Heading1"),
    n(50, "Máy chiếu", level=1, style="Heading2"),
    "Kiểm tra máy.",
    n(50, "Trong buổi học", style="Heading1"),
    n(50, "Điểm danh", level=1, style="Heading2"),
    p("Ghi tên từng người.", style="List Bullet"),
]

LISTS = [
    h(1, "Danh sách lồng nhau"),
    "Việc cần làm:",
    numbering((("bullet", "•"), ("bullet", "o"), ("bullet", "§"))),
    n(50, "Một"),
    n(50, "Một a", level=1),
    n(50, "Một a nhỏ", level=2),
    n(50, "Hai"),
    p("Bước một", style="List Number"),
    p("Bước hai", style="List Number"),
    table(["Việc", "Ghi chú"], ["Họp", [p("mang máy", style="List Bullet"), p("mang sổ", style="List Bullet")]]),
]

LINKS = [
    "Bài có liên kết",
    link("trang dịch vụ công", "https://dichvucong.mau.vn/?a=1&b=2", "Mở ", " rồi đăng nhập."),
    link("phụ lục", "file:///C:/Users/mau/phu%20luc.docx", "Xem ", "."),
    link("thư", "mailto:xa@mau.vn", "Gửi ", "."),
    xml('<w:p><w:hyperlink w:anchor="_Toc1"><w:r><w:t>về đầu</w:t></w:r></w:hyperlink></w:p>'),
]

BREAKS = [
    "Họp tổ công nghệ số\nTổ công nghệ số của xóm Đông họp tối thứ sáu tại nhà văn hóa, bàn việc hướng dẫn bà con dùng dịch vụ công.\n"
    "Cuộc họp có hai mươi người dự, trong đó có trưởng xóm và bí thư chi đoàn, ai cũng phát biểu và ghi chép.\n\nKết thúc lúc 21 giờ.",
    "Xóm Đông\nXóm Tây",
]

ODD_CHARACTERS = [
    b("Hội\u00a0nghị  trực tuye\u0302\u0301n\u200b"),
    "Bài này có những ký tự lạ, mỗi loại một dòng.",
    "Chuye\u0302\u0309n đo\u0302\u0309i số\u00a0là\u2003việc\u00a0chung; e-mail: a_b*c@mau.vn <b>không</b> phải thẻ & [x] `mã` #1.",
    ": dòng mở bằng hai chấm",
    "1. Số gõ tay",
    "# không phải tiêu đề",
    "> không phải trích dẫn",
    "+84 là mã nước",
]

TRAINING = [
    b("HƯỚNG DẪN NỘP HỒ SƠ TRỰC TUYẾN"),
    "Tài liệu cho người lần đầu nộp hồ sơ.",
    b("1. Chuẩn bị"),
    picture("JPEG", alt="Căn cước và điện thoại."),
    b("1.1. Giấy tờ"),
    "Căn cước.",
    b("2. Các bước"),
    p("Mở trang dịch vụ công.", style="List Number"),
    p("Đăng nhập.", style="List Number"),
]

EQUATION_AND_NESTED = [
    "Bảng lồng nhau",
    "Đoạn đầu của bài.",
    table(["Ngoài", [p("Trong:"), table(["a", "b"], ["c", "d"]), p("hết.")]], ["dưới", "cuối"]),
    xml("<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>"),
    xml(
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>Mục lục 3</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ),
]

FORMATS = [
    "Định dạng chữ",
    xml(
        "<w:p><w:r><w:rPr><w:u w:val=\"single\"/></w:rPr><w:t>gạch chân</w:t></w:r><w:r><w:t>, H</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t xml:space="preserve">O, </w:t></w:r>'
        '<w:r><w:rPr><w:strike/></w:rPr><w:t>bỏ</w:t></w:r><w:r><w:t xml:space="preserve">, </w:t></w:r>'
        "<w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>đậm nghiêng</w:t></w:r><w:r><w:t>, </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>nửa</w:t></w:r>"
        "<w:r><w:t>chừng.</w:t></w:r></w:p>"
    ),
    xml('<w:p><w:pPr><w:ind w:left="1440"/></w:pPr><w:r><w:t>Thụt đầu dòng không phải trích dẫn.</w:t></w:r></w:p>'),
    p("Lời trích.", style="Quote"),
]  # fmt: skip

LONG_TITLE = [b("Tên rất dài " * 20 + "hết"), "Đoạn đầu."]
ONLY_PICTURE = [picture("PNG", alt="Áp phích.")]

TABS = [
    xml(
        "<w:p><w:r><w:t>ỦY BAN NHÂN DÂN</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r></w:p>"
    ),
    xml("<w:p><w:r><w:t>XÃ MẪU</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>Độc lập - Tự do - Hạnh phúc</w:t></w:r></w:p>"),
    xml('<w:p><w:r><w:t xml:space="preserve">Số: 21/TTr-UBND                Xã Mẫu, ngày 9 tháng 9 năm 2026</w:t></w:r></w:p>'),
    b("TỜ TRÌNH"),
    b("Về việc đề nghị hỗ trợ thiết bị\ncho nhà văn hóa xóm Đông"),
    "Kính gửi: Ủy ban nhân dân tỉnh Mẫu.",
    "Xã đề nghị hỗ trợ 02 máy tính.",
    xml("<w:p><w:r><w:t>Nơi nhận:</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>CHỦ TỊCH</w:t></w:r></w:p>"),
    "- Như trên;",
    xml("<w:p><w:r><w:t>- Lưu: VT.</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>NGUYỄN VĂN MẪU</w:t></w:r></w:p>"),
]

ANNEX = [
    b("DỰ THẢO"),
    letterhead(["ỦY BAN NHÂN DÂN", b("XÃ MẪU")], "Số: …../2026/QĐ-UBND", "Xã Mẫu, ngày … tháng … năm 2026"),
    b("QUYẾT ĐỊNH"),
    b("Ban hành Quy chế hoạt động của tổ công nghệ số cộng đồng"),
    b("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU"),
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    b("QUYẾT ĐỊNH:"),
    p("**Điều 1.** Ban hành kèm theo Quyết định này Quy chế."),
    signature(["Nơi nhận:", "- Lưu: VT."], "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU", "Nguyễn Văn Mẫu"),
    b("QUY CHẾ"),
    b("Chương I"),
    b("QUY ĐỊNH CHUNG"),
    b("Điều 1. Phạm vi"),
    "Quy chế áp dụng trong xã.",
    b("Điều 2. Nguyên tắc"),
    "a) Tự nguyện;\nb) miễn phí.",
    table(["Chức danh", "Họ tên"], ["CHỦ TỊCH", "Nguyễn Văn Mẫu"]),
]

STYLES = [
    p("Ngày hội số ở xã Mẫu", style="Title"),
    p("Hai trăm người dự", style="Subtitle"),
    p("Ngày hội mở lúc 8 giờ.", style="List Paragraph"),
    p("Bảng 1. Số người dự", style="Caption"),
    table(["Xóm", "Người"], ["Đông", "120"], ["Tây", "80"]),
    xml("<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Chữ trong ô nhập liệu.</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
    xml('<w:p><w:r><w:t xml:space="preserve">Dấu tích </w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'),
    xml('<w:altChunk r:id="rIdX"/>'),
    p("Hoàng Văn Mẫu", italic=True),
]

RESTARTED = [
    numbering((("decimal", "%1."),), (("decimal", "%1)"), ("bullet", "-")), (("none", ""),)),
    "Các bước nộp hồ sơ",
    "Làm lần lượt:",
    n(50, "Mở trang"),
    n(50, "Đăng nhập"),
    "Nếu quên mật khẩu thì bấm Quên mật khẩu.",
    n(50, "Nộp hồ sơ"),
    n(51, "Giấy tờ"),
    n(51, "căn cước", level=1),
    n(51, "Lệ phí"),
    n(52, "Không số"),
]

OLD_PICTURE = [
    "Ảnh kiểu cũ",
    "Bài chuyển từ Word 97.",
    old_picture(),
    "Hết.",
]

CASES = [
    Case("ke-hoach", PLAN),
    Case("ke-hoach-co-pdf", PLAN, pdf=("Số: 13/KH-UBND Xã Mẫu, ngày 17 tháng 11 năm 2026",)),
    Case("ke-hoach-ban-quet", PLAN, pdf=("",)),
    Case("nghi-quyet-hdnd", RESOLUTION),
    Case("cong-van", LETTER),
    Case("van-ban-dang", PARTY),
    Case("quyet-dinh-khong-bang", DECISION_IN_PARAGRAPHS),
    Case("co-quan-la", UNKNOWN_BODY),
    Case("mot-bang-ca-bai", ALL_IN_ONE_TABLE),
    Case("tin", NEWS),
    Case("vet-sua", TRACKED),
    Case("chu-thich", NOTES),
    Case("o-gop", MERGED),
    Case("anh", PICTURES),
    Case("hop-chu", TEXT_BOX),
    Case("so-tu-dong", NUMBERED),
    Case("tieu-de-co-so", NUMBERED_HEADINGS),
    Case("danh-sach", LISTS),
    Case("lien-ket", LINKS),
    Case("xuong-dong", BREAKS),
    Case("ky-tu-la", ODD_CHARACTERS),
    Case("tap-huan", TRAINING, kind="tap-huan"),
    Case("bang-long", EQUATION_AND_NESTED),
    Case("dinh-dang", FORMATS),
    Case("to-trinh-cot-tab", TABS),
    Case("quyet-dinh-co-quy-che", ANNEX),
    Case("quyet-dinh-so-theo-pdf", ANNEX, pdf=("Số: 31/2026/QĐ-UBND", "Xã Mẫu, ngày 10 tháng 11 năm 2026")),
    Case("kieu-cua-word", STYLES),
    Case("so-dut-quang", RESTARTED),
    Case("anh-kieu-cu", OLD_PICTURE),
    Case("ten-dai", LONG_TITLE),
    Case("chi-co-anh", ONLY_PICTURE),
    Case("tin-thanh-van-ban", NEWS, kind="van-ban"),
]
