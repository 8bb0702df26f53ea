"""Pictures and attachments as offices hand them in: what is used, what is refused, and the whole line that says why."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pillow_heif
import pytest
from bad_content import make_source, reported, write_content
from pdf_files import pdf_of
from PIL import Image, PngImagePlugin

from chuyendoiso.authoring.demo_content import sample_pdf

NEWS = "tin-tuc/2026/a.md"
BROKEN = "1: Tệp ảnh hỏng hoặc bị cắt cụt. Cách sửa: chép lại tệp ảnh gốc, hoặc lưu lại thành JPEG. [broken-picture]"
EMPTY_PICTURE = "1: Tệp ảnh rỗng (0 byte). Cách sửa: chép lại tệp ảnh gốc vào chỗ này. [empty-file]"
EMPTY_FILE = "1: Tệp đính kèm rỗng (0 byte). Cách sửa: chép lại tệp gốc vào chỗ này. [empty-file]"
RENAMED = "sửa tên tệp trong bài cho khớp. [mislabelled-file]"
AS_JPEG = f"Cách sửa: lưu lại thành JPEG với đuôi .jpg, {RENAMED}"
AGAIN = "Cách sửa: chép lại tệp gốc vào chỗ này; vẫn vậy thì xin lại tệp từ nơi gửi."
FROM_OFFICE = "Cách sửa: chép lại tệp gốc vào chỗ này, hoặc lưu lại từ phần mềm soạn thảo với đúng định dạng. [mislabelled-file]"
ORIGINAL_PDF = "Cách sửa: chép lại tệp PDF gốc vào chỗ này. [mislabelled-file]"
UNLOCKED = "Cách sửa: xin nơi gửi bản không đặt mật khẩu"
ORDINARY = "Cách sửa: không đăng tệp này; xin bản PDF thường từ nơi gửi. [active-file]"


def picture(format_="PNG", mode="RGB", size=(40, 20), **options):
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, format_, **options)
    return buffer.getvalue()


def animated(format_):
    return picture(format_, size=(8, 8), save_all=True, append_images=[Image.new("RGB", (8, 8), "blue")], duration=300)


def heic():
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (40, 20), "red")).save(buffer, quality=50)
    return buffer.getvalue()


def png_with_text(size):
    """A PNG whose compressed text is so many bytes long."""
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "a" * size, zip=True)
    return picture(pnginfo=texts)


def png_with_profile(size):
    """A PNG whose colour profile is so many bytes long."""
    return picture(icc_profile=bytes(size))


def bomb():
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header)) + b"\0\0\0\0IEND\xaeB`\x82"


def archive(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "<a/>")
    return buffer.getvalue()


def opendocument(kind, manifest=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(zipfile.ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{kind}")
        file.writestr("META-INF/manifest.xml", f"<manifest:manifest>{manifest}</manifest:manifest>")
    return buffer.getvalue()


def pdf(change=lambda document: None, pages=1, **options):
    """A PDF that was changed before it was saved."""
    buffer, document = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    change(document)
    document.save(buffer, **options)
    return buffer.getvalue()


def action(kind, **values):
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **values)


def opening(what):
    """A PDF that does something as it is opened."""
    return pdf(lambda document: document.Root.__setattr__("OpenAction", what))


def second_page_runs(document):
    document.pages[1].obj.AA = pikepdf.Dictionary(O=action("/JavaScript", JS="app.alert(1)"))


def annotation_runs(document):
    annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 9, 9])
    annotation.AA = pikepdf.Dictionary(PV=action("/Launch", F="may-tinh.exe"))
    document.pages[0].obj.Annots = pikepdf.Array([annotation])


def link_runs(document):
    """A link that opens a web page where somebody follows it: nothing happens by itself."""
    annotation = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action("/URI", URI="https://a.vn")
    )
    document.pages[0].obj.Annots = pikepdf.Array([annotation])


def chained(document):
    document.Root.OpenAction = action("/Named", N=pikepdf.Name.NextPage, Next=[action("/Launch", F="may-tinh.exe")])


def named_scripts(document):
    tree = pikepdf.Dictionary(Names=[pikepdf.String("a"), action("/JavaScript", JS="1")])
    document.Root.Names = pikepdf.Dictionary(JavaScript=tree)


def xfa_form(document):
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp><script>1</script></xdp>"))


def no_scripts(document):
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[]))


def xfa_prefixed(document):
    form = "<xdp><t:script>1</t:script></xdp>".encode("utf-16")
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=[pikepdf.String("a"), document.make_stream(form)])


def endless_chain(document):
    link = document.make_indirect(action("/Named", N=pikepdf.Name.NextPage))
    link.Next = link
    document.Root.OpenAction = link


def portfolio(document):
    document.Root.Collection = pikepdf.Dictionary(View=pikepdf.Name.D)


def damaged_member():
    data = bytearray(archive("[Content_Types].xml", "word/document.xml"))
    at = data.find(b"<a/>", data.find(b"word/document.xml"))
    data[at] ^= 1
    return bytes(data)


def goes_to_page(document):
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


def of_script(does):
    return f"1: Tệp PDF tự {does} khi được mở. {ORDINARY}"


def marked(words, remedy):
    return f'1: Tệp PDF có dấu "{words}". Cách sửa: không đưa tệp này lên trang; {remedy} [marked-secret]'


LOCKED = {"encryption": pikepdf.Encryption(user="bi mat", owner="x")}
PERMISSIONS = {"encryption": pikepdf.Encryption(user="", owner="x")}
DECLASSIFIED = "đã được giải mật thì xin bản có dấu giải mật."
RELEASED = "cơ quan ban hành cho công bố thì xin bản không có dấu ấy."
OFFICE_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")

# Name, bytes, and the line; None: it is used
MEDIA = {
    "rong.png": (b"", EMPTY_PICTURE),
    "cat.jpg": (picture("JPEG", size=(300, 300), quality=95)[:-300], BROKEN),
    "cat.png": (picture(size=(300, 300))[:-40], BROKEN),
    "cat.webp": (picture("WEBP", size=(300, 300))[:-20], BROKEN),
    "cat.gif": (picture("GIF", "L", size=(300, 300))[:40], BROKEN),
    "cat-heic.jpg": (heic()[:300], BROKEN),
    "dau.jpg": (b"\xff\xd8\xff\xe0", BROKEN),
    "chu.jpg": (b"khong phai anh", BROKEN),
    "sai.heic": (b"\0\0\0\x18ftypheic", BROKEN),
    "trang.png": (b"<!DOCTYPE html><title>404</title>", "1: Tệp là trang web (HTML), không phải ảnh. Cách sửa: chép tệp ảnh thật (JPEG, PNG, WebP hoặc HEIC) vào chỗ này. [mislabelled-file]"),
    "phim.jpg": (b"\0\0\0\x18ftypmp42" + bytes(40), "1: Tệp là đoạn phim, không phải ảnh. Cách sửa: chép tệp ảnh thật (JPEG, PNG, WebP hoặc HEIC) vào chỗ này. [mislabelled-file]"),
    "van-ban.jpg": (sample_pdf(), "1: Tệp là tệp PDF, không phải ảnh. Cách sửa: chép tệp ảnh thật (JPEG, PNG, WebP hoặc HEIC) vào chỗ này. [mislabelled-file]"),
    "word.png": (archive("word/document.xml"), "1: Tệp là tệp nén ZIP, không phải ảnh. Cách sửa: chép tệp ảnh thật (JPEG, PNG, WebP hoặc HEIC) vào chỗ này. [mislabelled-file]"),
    "ve.png": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "1: Tệp là ảnh SVG, trang không dùng được. Cách sửa: xuất thành ảnh PNG, rồi dùng ảnh ấy. [mislabelled-file]"),
    "heic.jpg": (heic(), f"1: Tệp là ảnh HEIC, không phải định dạng như tên tệp. Cách sửa: đổi đuôi tệp thành .heic, {RENAMED}"),
    "jpeg.heic": (picture("JPEG"), f"1: Tệp là ảnh JPEG, không phải định dạng như tên tệp. Cách sửa: đổi đuôi tệp thành .jpg, {RENAMED}"),
    "png.jpg": (picture(), f"1: Tệp là ảnh PNG, không phải định dạng như tên tệp. Cách sửa: đổi đuôi tệp thành .png, {RENAMED}"),
    "jpeg.png": (picture("JPEG"), f"1: Tệp là ảnh JPEG, không phải định dạng như tên tệp. Cách sửa: đổi đuôi tệp thành .jpg, {RENAMED}"),
    "gif.png": (picture("GIF", "L"), f"1: Tệp là ảnh GIF, không phải định dạng như tên tệp. Cách sửa: đổi đuôi tệp thành .gif, {RENAMED}"),
    "webp.jpg": (picture("WEBP"), f"1: Tệp là ảnh WebP, không phải định dạng như tên tệp. Cách sửa: đổi đuôi tệp thành .webp, {RENAMED}"),
    "bmp.jpg": (picture("BMP"), f"1: Tệp là ảnh BMP, không phải định dạng như tên tệp. {AS_JPEG}"),
    "tiff.jpg": (picture("TIFF"), f"1: Tệp là ảnh TIFF, không phải định dạng như tên tệp. {AS_JPEG}"),
    "ico.png": (picture("ICO"), f"1: Tệp là ảnh ICO, không phải định dạng như tên tệp. {AS_JPEG}"),
    "avif.jpg": (picture("AVIF"), f"1: Tệp là ảnh AVIF, không phải định dạng như tên tệp. {AS_JPEG}"),
    "dong.gif": (animated("GIF"), "1: Ảnh GIF động không dùng được. Cách sửa: lưu một khung hình thành JPEG hoặc PNG, sửa tên tệp trong bài cho khớp. [animated-picture]"),
    "dong.webp": (animated("WEBP"), "1: Ảnh WebP động không dùng được. Cách sửa: lưu một khung hình thành JPEG hoặc PNG, sửa tên tệp trong bài cho khớp. [animated-picture]"),
    "dong.png": (animated("PNG"), "1: Ảnh PNG động không dùng được. Cách sửa: lưu một khung hình thành JPEG hoặc PNG, sửa tên tệp trong bài cho khớp. [animated-picture]"),
    "bom.png": (bomb(), "1: Ảnh có hơn 120.000.000 điểm ảnh. Cách sửa: thu nhỏ ảnh còn không quá 4000 điểm mỗi chiều. [picture-too-large]"),
    "chu-dai.png": (png_with_text(5_000_000), None),
    "ho-so.png": (png_with_profile(3_000_000), None),
    "chu-qua-dai.png": (png_with_text(70_000_000), "1: Ảnh PNG mang theo phần chữ hoặc hồ sơ màu quá lớn. Cách sửa: lưu lại thành JPEG với đuôi .jpg, sửa tên tệp trong bài cho khớp. [picture-too-heavy]"),
    "xam.png": (picture(mode="I;16"), None),
    "trong.png": (picture(mode="RGBA"), None),
    "bang.png": (picture(mode="P"), None),
    "in.jpg": (picture("JPEG", "CMYK"), None),
    "den.jpg": (picture("JPEG", "L"), None),
    "nho.gif": (picture("GIF", "L", (1, 1)), None),
    "iphone.heic": (heic(), None),
    "rong.pdf": (b"", EMPTY_FILE),
    "rong.docx": (b"", EMPTY_FILE),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj", "1: Tệp PDF bị cắt cụt: không có dấu kết thúc %%EOF. Cách sửa: chép lại tệp gốc vào chỗ này. [broken-file]"),
    "vo.pdf": (b"%PDF-1.7\n%%EOF\n", f"1: Tệp PDF hỏng, không trình đọc nào mở được. {AGAIN} [broken-file]"),
    "khong-trang.pdf": (pdf(pages=0), f"1: Tệp PDF không có trang nào. {AGAIN} [empty-file]"),
    "khoa.pdf": (pdf(**LOCKED), f"1: Tệp PDF đòi mật khẩu mới mở được. {UNLOCKED}; đừng tự gỡ, chữ ký số sẽ hỏng. [locked-file]"),
    "quyen.pdf": (pdf(**PERMISSIONS), None),
    "ma.pdf": (opening(action("/JavaScript", JS="app.alert(1)")), of_script("chạy mã JavaScript")),
    "ma-ten.pdf": (pdf(named_scripts), of_script("chạy mã JavaScript")),
    "ma-trang.pdf": (pdf(second_page_runs, 2), of_script("chạy mã JavaScript")),
    "ma-bieu-mau.pdf": (pdf(xfa_form), of_script("chạy mã JavaScript")),
    "chuong-trinh.pdf": (opening(action("/Launch", F="may-tinh.exe")), of_script("mở chương trình khác")),
    "chuong-trinh-noi.pdf": (pdf(chained), of_script("mở chương trình khác")),
    "chuong-trinh-o.pdf": (pdf(annotation_runs), of_script("mở chương trình khác")),
    "tep-khac.pdf": (opening(action("/GoToR", F="khac.pdf", D=[0, pikepdf.Name.Fit])), of_script("mở tệp khác")),
    "web.pdf": (opening(action("/URI", URI="https://a.vn")), of_script("mở trang web")),
    "gui.pdf": (opening(action("/SubmitForm", F="https://a.vn")), of_script("gửi dữ liệu đi nơi khác")),
    "lien-ket.pdf": (pdf(link_runs), None),
    "trang-dau.pdf": (pdf(goes_to_page), None),
    "thu.pdf": (b"Content-Type: application/pdf\r\n\r\n" + pdf(), None),
    "ma-thu.pdf": (b"Content-Type: application/pdf\r\n\r\n" + pdf(named_scripts), of_script("chạy mã JavaScript")),
    "mat.pdf": (pdf_of(("UBND XÃ MẪU", "M Ậ T", "KẾ HOẠCH")), marked("M Ậ T", DECLASSIFIED)),
    "toi-mat.pdf": (pdf_of(("Độ mật: Tối mật",)), marked("Độ mật: Tối mật", DECLASSIFIED)),
    "noi-bo.pdf": (pdf_of(("(Lưu hành nội bộ)", "SỔ TAY")), marked("(Lưu hành nội bộ)", RELEASED)),
    "bao-mat.pdf": (pdf_of(("KẾ HOẠCH", "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Mật khẩu không được lưu hành nội bộ.")), None),
    "du-thao.pdf": (pdf_of(("DỰ THẢO", "QUYẾT ĐỊNH")), None),
    "tot.PDF": (sample_pdf(), None),
    "trang.pdf": (b"<!DOCTYPE html><title>404</title>", f"1: Tệp là trang web (HTML), không phải .pdf như tên tệp. {ORIGINAL_PDF}"),
    "anh.pdf": (picture("JPEG"), f"1: Tệp là ảnh JPEG, không phải .pdf như tên tệp. {ORIGINAL_PDF}"),
    "zip.pdf": (archive("a.xml"), f"1: Tệp là tệp nén ZIP, không phải .pdf như tên tệp. {ORIGINAL_PDF}"),
    "zip.docx": (archive("a.xml"), f"1: Tệp là tệp nén ZIP, không phải .docx như tên tệp. {FROM_OFFICE}"),
    "bang.xlsx": (archive("[Content_Types].xml", "word/document.xml"), f"1: Tệp là tệp .docx, không phải .xlsx như tên tệp. Cách sửa: đổi đuôi tệp thành .docx, {RENAMED}"),
    "trang-tinh.odt": (opendocument("spreadsheet"), f"1: Tệp là tệp .ods, không phải .odt như tên tệp. Cách sửa: đổi đuôi tệp thành .ods, {RENAMED}"),
    "pdf.xlsx": (sample_pdf(), f"1: Tệp là tệp .pdf, không phải .xlsx như tên tệp. Cách sửa: đổi đuôi tệp thành .pdf, {RENAMED}"),
    "chu.docx": (b"khong phai Word", f"1: Nội dung tệp không phải .docx như tên tệp. {FROM_OFFICE}"),
    "cu.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "1: Tệp là tệp Office kiểu cũ (.doc, .xls hoặc .ppt), không phải .docx như tên tệp. Cách sửa: mở bằng phần mềm văn phòng, lưu thành .docx. [mislabelled-file]"),
    "khoa.docx": (OFFICE_LOCKED, f"1: Tệp Office có mật khẩu, người đọc không mở được. {UNLOCKED}. [locked-file]"),
    "khoa.odt": (opendocument("text", "<manifest:encryption-data/>"), f"1: Tệp Office có mật khẩu, người đọc không mở được. {UNLOCKED}. [locked-file]"),
    "ma.docx": (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "1: Tệp Office mang theo mã (macro). Cách sửa: xin nơi gửi bản không có macro, hoặc bản PDF. [active-file]"),
    "hong.docx": (damaged_member(), "1: Tệp Office hỏng hoặc bị cắt cụt. Cách sửa: chép lại tệp gốc vào chỗ này. [broken-file]"),
    "dong-sai-ten.jpg": (animated("GIF"), "1: Ảnh GIF động không dùng được. Cách sửa: lưu một khung hình thành JPEG hoặc PNG, sửa tên tệp trong bài cho khớp. [animated-picture]"),
    "so-khong.pdf": (pdf() + bytes(3000), None),
    "ma-rong.pdf": (pdf(no_scripts), None),
    "ma-xfa-khac.pdf": (pdf(xfa_prefixed), of_script("chạy mã JavaScript")),
    "chuoi.pdf": (pdf(endless_chain), of_script("chạy một chuỗi lệnh dài bất thường")),
    "tap-hop.pdf": (pdf(portfolio), of_script("mở tệp đính bên trong")),
    "cuoi-mat.pdf": (pdf_of(("Kế hoạch", "MẬT - HỎA TỐC")), marked("MẬT", DECLASSIFIED)),
    "cot.pdf": (pdf_of(("Phổ biến", "Không phổ biến", "Nội bộ", "(1) MẬT")), None),
    "anh.odt": (picture(), f"1: Tệp là ảnh PNG, không phải .odt như tên tệp. {FROM_OFFICE}"),
    "van-ban.odt": (opendocument("text"), None),
    "van-ban.docx": (archive("[Content_Types].xml", "word/document.xml"), None),
}  # fmt: skip
ATTACHMENTS = (".pdf", ".docx", ".xlsx", ".odt")


def links(names):
    return "".join(f"{'' if name.lower().endswith(ATTACHMENTS) else '!'}[a](/media/{name})\n\n" for name in names)


@pytest.fixture(scope="module")
def media_problems(tmp_path_factory):
    files = {f"media/{name}": data for name, (data, _) in MEDIA.items()}
    return reported(write_content(tmp_path_factory.mktemp("media"), {**files, NEWS: make_source("news", "", links(MEDIA))}))


@pytest.mark.parametrize("name", MEDIA)
def test_every_file_is_used_or_refused_with_the_true_reason(media_problems, name):
    assert MEDIA[name][1] == media_problems.get(f"media/{name}")


@pytest.mark.parametrize("name", ["heic.jpg", "chu-dai.png", "dong.webp", "khoa.pdf", "khong-trang.pdf"])
def test_a_verdict_does_not_depend_on_what_was_measured_before(tmp_path, name):
    data, expected = MEDIA[name]
    alone = reported(write_content(tmp_path, {f"media/{name}": data, NEWS: make_source("news", "", links([name]))}))
    assert expected == alone.get(f"media/{name}")
