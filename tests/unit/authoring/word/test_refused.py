"""What is no Word file, what is too large or hostile, and text for old fonts: one line each, status 1 or 2, and nothing written."""

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from conftest import NOW, SEED, SOAK
from office_cases import runs
from pdf_files import pdf_of
from test_import import content_in
from word_cases import NEWS, PLAN
from word_files import b, footer, footnotes, header, p, table, watermark, write, xml

from chuyendoiso.authoring.word import package, pandoc, saving, word_import
from chuyendoiso.authoring.word.import_report import ImportStopped
from chuyendoiso.authoring.word.word_import import ImportOptions, import_word
from chuyendoiso.system.errors import BuildStopped

SAVE = 'Cách sửa: mở tệp bằng Word, chọn "Lưu thành…" loại Word Document (.docx), rồi nhập lại.'
TCVN3 = "ChuyÓn ®æi sè lµ viÖc chung"
VNI = "Chuyeån ñoåi soá laø vieäc chung"
OLD_FONT = (
    'a.docx: Chữ "{}" gõ cho phông chữ cũ {}, trang chỉ đọc được Unicode. Cách sửa: chuyển mã cả tệp Word sang Unicode bằng UniKey '
    '(Ctrl+Shift+F6), thành "Chuyển đổi số là việc chung", rồi nhập lại.'
)


def word(*blocks) -> Callable[[Path], None]:
    return lambda path: write(path, list(blocks)) and None


def raw(data: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data) and None


def archive(**parts: bytes | str) -> Callable[[Path], None]:
    """Return a Word file with some parts in place of its own; `word__document` is word/document.xml."""

    def make(path):
        write(path, ["Bài", "Chữ."])
        with zipfile.ZipFile(path) as complete:
            retained = {name: complete.read(name) for name in complete.namelist()}
        retained |= {f"{name.replace('__', '/')}.xml": part for name, part in parts.items()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
            for name, part in retained.items():
                if part:
                    changed.writestr(name, part)

    return make


def other_archive(*names: str) -> Callable[[Path], None]:
    def make(path):
        with zipfile.ZipFile(path, "w") as archive_file:
            for name in names:
                archive_file.writestr(name, "x")

    return make


def truncated(path: Path) -> None:
    write(path, PLAN)
    path.write_bytes(path.read_bytes()[:-2000])


def flagged_as_encrypted(path: Path) -> None:
    write(path, ["Bài"])
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(bytes(data))


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'
DEEP = "<w:p>" * 400 + "</w:p>" * 400
DOCTYPE = "a.docx: Tệp có khai báo thực thể XML (DOCTYPE), Word không bao giờ ghi như vậy. Cách sửa: không dùng tệp này; xin lại tệp từ người gửi."

REFUSED = {
    "khong co": (lambda path: None, "a.docx: Không có tệp này. Cách sửa: xem lại tên tệp và thư mục."),
    "thu muc": (lambda path: path.mkdir(), "a.docx: Không có tệp này. Cách sửa: xem lại tên tệp và thư mục."),
    "rong": (raw(b""), "a.docx: Tệp rỗng (0 byte). Cách sửa: chép lại tệp gốc."),
    "doc cu": (raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), f"a.docx: Đây là tệp Word kiểu cũ (.doc). {SAVE}"),
    "mat khau": (
        raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        "a.docx: Tệp Word có mật khẩu. Cách sửa: mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), rồi lưu lại.",
    ),
    "nen co mat khau": (flagged_as_encrypted, "a.docx: Tệp nén có mật khẩu. Cách sửa: lưu lại tệp Word không có mật khẩu."),
    "tep chu": (raw("Chuyển đổi số".encode()), f"a.docx: Đây không phải tệp Word (.docx). {SAVE}"),
    "rtf": (raw(b"{\\rtf1 a}"), f"a.docx: Đây không phải tệp Word (.docx). {SAVE}"),
    "pdf": (raw(b"%PDF-1.7\n%%EOF\n"), f"a.docx: Đây không phải tệp Word (.docx). {SAVE}"),
    "tep nen khac": (other_archive("anh.jpg"), f"a.docx: Tệp nén này không phải tệp Word (.docx). {SAVE}"),
    "excel": (other_archive("[Content_Types].xml", "xl/workbook.xml"), f"a.docx: Tệp nén này không phải tệp Word (.docx). {SAVE}"),
    "cat cut": (truncated, "a.docx: Tệp Word hỏng hoặc bị cắt cụt. Cách sửa: chép lại tệp gốc, hoặc mở bằng Word rồi lưu lại."),
    "xml hong": (archive(word__document="<w:document>"), "a.docx: Nội dung tệp Word hỏng. Cách sửa: mở bằng Word rồi lưu lại."),
    "xml qua sau": (
        archive(word__document=DOCUMENT.format("").replace("<w:p><w:r><w:t></w:t></w:r></w:p>", DEEP)),
        "a.docx: Nội dung tệp Word hỏng. Cách sửa: mở bằng Word rồi lưu lại.",
    ),
    "thuc the ngoai": (archive(word__document=ENTITY + DOCUMENT.format("&e;")), DOCTYPE),
    "thuc the lap": (archive(word__document=LAUGHS + DOCUMENT.format("&c;")), DOCTYPE),
    "thuc the trong kieu": (archive(word__styles=ENTITY + "<styles/>"), DOCTYPE),
    "thuc the trong dau trang": (archive(word__header1=ENTITY + "<header/>"), DOCTYPE),
    "strict": (
        archive(word__document=DOCUMENT.format("a").replace("http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/")),
        f"a.docx: Tệp lưu ở dạng Strict Open XML, chưa đọc được. {SAVE}",
    ),
    "bom xml": (
        archive(word__document=DOCUMENT.format("a" * 21_000_000)),
        "a.docx: Tệp giải nén ra quá lớn (21,8 MB, 17 phần). Cách sửa: chia tệp ra, hoặc nén ảnh trong Word rồi lưu lại.",
    ),
    "khong chu": (word(""), "a.docx: Tệp Word không có chữ nào. Cách sửa: xem lại có chọn đúng tệp không."),
    "tcvn3": (word(b("Bài"), TCVN3), OLD_FONT.format(TCVN3, "TCVN3 (ABC)")),
    "tcvn3 trong bang": (word(b("Bài"), "Chữ.", table(["Việc", TCVN3])), OLD_FONT.format(TCVN3, "TCVN3 (ABC)")),
    "tcvn3 trong chu thich": (word(b("Bài"), xml('<w:p><w:r><w:t>a</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'), footnotes(TCVN3)), OLD_FONT.format(TCVN3, "TCVN3 (ABC)")),
    "tcvn3 o dau trang": (word(b("Bài"), "Chữ.", header(TCVN3)), OLD_FONT.format(TCVN3, "TCVN3 (ABC)")),
    "tcvn3 co chu u moc": (
        word(b("Bài"), "ch\u00ad¬ng tr×nh h\u00adíng dÉn"),
        OLD_FONT.replace("Chuyển đổi số là việc chung", "chương trình hướng dẫn").format("ch¬ng tr×nh híng dÉn", "TCVN3 (ABC)"),
    ),
    "tcvn3 o phong ky hieu": (word(b("Bài"), "".join(chr(0xF000 + ord(sign)) if sign > "~" else sign for sign in TCVN3)), OLD_FONT.format(TCVN3, "TCVN3 (ABC)")),
    "vni": (word(b("Bài"), p(VNI)), OLD_FONT.format(VNI, "VNI")),
}  # fmt: skip


def listing(content: Path) -> dict[str, bytes]:
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_imported_is_reported_on_a_line(name, tmp_path):
    make, expected = REFUSED[name]
    content, before = content_in(tmp_path), None
    make(tmp_path / "a.docx")
    before = listing(content)
    with pytest.raises(ImportStopped) as stopped:
        list(import_word(ImportOptions(tmp_path / "a.docx", content, NOW)))
    assert (str(stopped.value), stopped.value.exitcode, listing(content)) == (expected, 1, before)


def missing_folder(options: ImportOptions) -> ImportOptions:
    return replace(options, content=options.content.with_name("khong-co"))


def without_site(options: ImportOptions) -> ImportOptions:
    (options.content / "site.yml").unlink()
    return options


def with_pdf(data: bytes | None) -> Callable[[ImportOptions], ImportOptions]:
    def change(options):
        path = options.file.with_name("goc.pdf")
        if data is not None:
            path.write_bytes(data)
        return replace(options, pdf=path)

    return change


def locked_pdf() -> bytes:
    buffer, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    document.save(buffer, encryption=pikepdf.Encryption(user="a", owner="b"))
    return buffer.getvalue()


def existing_target(options: ImportOptions) -> ImportOptions:
    list(import_word(options))
    return options


def two_at_once(monkeypatch) -> None:
    monkeypatch.setattr(saving, "write_new", lambda path, data: (_ for _ in ()).throw(FileExistsError(path)))


def full_disk(monkeypatch) -> None:
    monkeypatch.setattr(saving, "write_new", lambda path, data: (_ for _ in ()).throw(OSError(28, "No space left")))


def slow(monkeypatch) -> None:
    monkeypatch.setattr(pandoc, "SECONDS", 0.001)


def not_installed(monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)


def small_limits(monkeypatch) -> None:
    monkeypatch.setattr(package, "FILE_BYTES", 100)


WRONG_ORDERS = {
    "kind": (lambda options: replace(options, kind="tin"), 2, 'Không có loại "tin". Cách sửa: dùng --kind với một trong: tin-tuc, van-ban, tap-huan.'),
    "no name": (lambda options: replace(options, file=Path("")), 2, "Chưa ghi tên tệp Word. Cách sửa: make import FILE=tệp.docx."),
    "no content": (missing_folder, 2, "Không có thư mục khong-co. Cách sửa: ghi đúng thư mục nội dung sau --content."),
    "no site": (without_site, 1, "content/site.yml:1: Không có tệp site.yml. Cách sửa: chép site.yml mẫu vào thư mục content/ và điền tên. [missing-site]\n1 lỗi, 0 cảnh báo trong 1 tệp."),
    "no pdf": (with_pdf(None), 1, "goc.pdf: Không có tệp PDF này. Cách sửa: xem lại tên tệp sau --pdf."),
    "not a pdf": (with_pdf(b"PK"), 1, "goc.pdf: Nội dung tệp không phải .pdf như tên tệp. Cách sửa: chép lại tệp PDF gốc vào chỗ này. Không cần bản PDF thì dời tệp đi chỗ khác."),
    "cut pdf": (with_pdf(b"%PDF-1.7 1 0 obj"), 1, "goc.pdf: Tệp PDF bị cắt cụt: không có dấu kết thúc %%EOF. Cách sửa: chép lại tệp gốc vào chỗ này. Không cần bản PDF thì dời tệp đi chỗ khác."),
    "empty pdf": (with_pdf(b""), 1, "goc.pdf: Tệp đính kèm rỗng (0 byte). Cách sửa: chép lại tệp gốc vào chỗ này. Không cần bản PDF thì dời tệp đi chỗ khác."),
    "locked pdf": (with_pdf(locked_pdf()), 1, "goc.pdf: Tệp PDF đòi mật khẩu mới mở được. Cách sửa: xin nơi gửi bản không đặt mật khẩu; đừng tự gỡ, chữ ký số sẽ hỏng. Không cần bản PDF thì dời tệp đi chỗ khác."),
    "secret pdf": (with_pdf(pdf_of(("TỐI MẬT", "KẾ HOẠCH"))), 1, 'goc.pdf: Tệp PDF có dấu "TỐI MẬT". Cách sửa: không đưa tệp này lên trang; đã được giải mật thì xin bản có dấu giải mật.'),
    "there": (existing_target, 1, "a.docx: Đã có content/van-ban/12-kh-ubnd.md, không ghi đè. Cách sửa: đổi tên tệp ấy hoặc sửa thẳng trong đó; nhập lại từ đầu thì xóa nó trước."),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_ORDERS)
def test_a_wrong_option_is_reported_on_a_line(name, tmp_path):
    change, status, expected = WRONG_ORDERS[name]
    options = change(ImportOptions(write(tmp_path / "a.docx", PLAN), content_in(tmp_path), NOW))
    before = listing(options.content)
    with pytest.raises(BuildStopped) as stopped:
        list(import_word(options))
    assert (str(stopped.value), stopped.value.exitcode, listing(options.content)) == (expected, status, before)


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (
            two_at_once,
            "a.docx: Vừa có tệp khác tên xa-mau-to-cong-nghe-so-den-tung-nha-1.jpg ở chỗ định ghi. Cách sửa: chạy lại lệnh.",
        ),
        (
            full_disk,
            "a.docx: Không ghi được xa-mau-to-cong-nghe-so-den-tung-nha-1.jpg. Cách sửa: xem lại quyền ghi và chỗ trống trên đĩa.",
        ),
        (slow, "a.docx: Chuyển tệp này mất hơn 0.001 giây. Cách sửa: chia tệp ra thành vài tệp nhỏ hơn."),
        (
            not_installed,
            "pandoc: Chưa cài phần đọc tệp Word. Cách sửa: chạy make import FILE=tệp.docx, lệnh này tự cài những gì cần.",
        ),
        (small_limits, "a.docx: Tệp nặng 38 KB, tối đa 100 byte. Cách sửa: nén ảnh trong Word, rồi lưu lại."),
    ],
)
def test_a_failed_import_leaves_no_file(trouble, expected, tmp_path, monkeypatch):
    content, file = content_in(tmp_path), write(tmp_path / "a.docx", NEWS)
    trouble(monkeypatch)
    before = listing(content)
    with pytest.raises(ImportStopped) as stopped:
        list(import_word(ImportOptions(file, content, NOW)))
    assert (str(stopped.value), listing(content)) == (expected, before)


def test_files_are_removed_when_a_later_write_fails(tmp_path, monkeypatch):
    content, file = content_in(tmp_path), write(tmp_path / "a.docx", NEWS)
    before = listing(content)
    writes = saving.write_new

    def fail_at_the_article(path, data):
        if path.suffix == ".md":
            raise KeyboardInterrupt
        writes(path, data)

    monkeypatch.setattr(saving, "write_new", fail_at_the_article)
    with pytest.raises(KeyboardInterrupt):
        list(import_word(ImportOptions(file, content, NOW)))
    assert listing(content) == before


def test_nothing_is_overwritten(tmp_path):
    """Another's picture and PDF keep their names; the same bytes are used where they lie."""
    content, file = content_in(tmp_path), write(tmp_path / "a.docx", NEWS)
    folder = content / "media/2026"
    folder.mkdir(parents=True)
    (folder / "xa-mau-to-cong-nghe-so-den-tung-nha-1.jpg").write_bytes(b"cua nguoi khac")
    assert (
        list(import_word(ImportOptions(file, content, NOW)))[1]
        == "Đã ghi content/media/2026/xa-mau-to-cong-nghe-so-den-tung-nha-2.jpg"
    )
    pdf, plan = tmp_path / "12.pdf", write(tmp_path / "12.docx", PLAN)
    pdf.write_bytes(pdf_of(("Một",)))
    (content / "media/van-ban").mkdir()
    (content / "media/van-ban/12-kh-ubnd.pdf").write_bytes(pdf_of(("Hai",)))
    (content / "media/van-ban/12-kh-ubnd-2.pdf").write_bytes(pdf.read_bytes())
    list(import_word(ImportOptions(plan, content, NOW)))
    assert "/media/van-ban/12-kh-ubnd-2.pdf" in (content / "van-ban/12-kh-ubnd.md").read_text("utf-8")
    assert sorted(path.name for path in (content / "media/van-ban").iterdir()) == ["12-kh-ubnd-2.pdf", "12-kh-ubnd.pdf"]


@pytest.mark.parametrize(
    ("blocks", "words", "remedy"),
    [
        ([table(["UBND XÃ MẪU", "MẬT"], grid=False), *PLAN[1:]], "MẬT", "đã được giải mật thì xin bản có dấu giải mật."),
        ([header("TUYỆT MẬT"), *PLAN], "TUYỆT MẬT", "đã được giải mật thì xin bản có dấu giải mật."),
        ([footer("Tài liệu lưu hành nội bộ"), *NEWS], "Tài liệu lưu hành nội bộ", "cơ quan ban hành cho công bố thì xin bản không có dấu ấy."),
        ([watermark("KHÔNG PHỔ BIẾN"), *NEWS], "KHÔNG PHỔ BIẾN", "cơ quan ban hành cho công bố thì xin bản không có dấu ấy."),
        ([runs("MẬT", "\t", "Xã Mẫu, ngày 1 tháng 2 năm 2026"), *NEWS], "MẬT", "đã được giải mật thì xin bản có dấu giải mật."),
        ([table(["UBND XÃ MẪU\nSố: 26/BC-UBND\nMẬT", "Kính gửi"], grid=False), *NEWS], "MẬT", "đã được giải mật thì xin bản có dấu giải mật."),
        ([*NEWS, *(f"Đoạn {at} của bài." for at in range(60)), "LƯU HÀNH NỘI BỘ"], "LƯU HÀNH NỘI BỘ", "cơ quan ban hành cho công bố thì xin bản không có dấu ấy."),
        ([*NEWS, xml("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>MẬT</w:t></w:r></w:p>")], "MẬT", "đã được giải mật thì xin bản có dấu giải mật."),
        ([footer("Trang 1\tMẬT"), *NEWS], "MẬT", "đã được giải mật thì xin bản có dấu giải mật."),
        ([watermark("DỰ THẢO"), header("T Ố I  M Ậ T"), *PLAN], "T Ố I M Ậ T", "đã được giải mật thì xin bản có dấu giải mật."),
    ],
)  # fmt: skip
def test_files_marked_as_not_public_are_refused(tmp_path, blocks, words, remedy):
    content, file = content_in(tmp_path), write(tmp_path / "a.docx", blocks)
    before = listing(content)
    with pytest.raises(ImportStopped) as stopped:
        list(import_word(ImportOptions(file, content, NOW)))
    expected = f'a.docx: Tệp có dấu "{words}". Cách sửa: không đưa tệp này lên trang; {remedy}'
    assert (str(stopped.value), listing(content)) == (expected, before)


@pytest.mark.parametrize(
    "blocks",
    [
        [table(["Loại", "Phạm vi"], ["Sổ tay", "Nội bộ"])],
        [table(["Mức", "Số lượng"], ["MẬT", "02"])],
        ["- Tài liệu nội bộ;", "Bệnh này không phổ biến."],
        ["Kế hoạch bảo vệ bí mật nhà nước.", "MẬT KHẨU MẠNH"],
    ],
)
def test_words_that_are_no_marking_are_accepted(tmp_path, blocks):
    content, file = content_in(tmp_path), write(tmp_path / "a.docx", [*PLAN[:5], *blocks, *PLAN[5:]])
    assert "Đã ghi content/van-ban/12-kh-ubnd.md" in list(import_word(ImportOptions(file, content, NOW)))


def damaged(data: bytes, seed: int) -> bytes:
    """Return a Word file with a part changed at random: bytes of its text, or a piece taken out or said twice."""
    chance = random.Random(seed)
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(changed, "w") as target:
        parts = {name: bytearray(source.read(name)) for name in source.namelist()}
        name = chance.choice([path for path in parts if path.endswith((".xml", ".rels"))])
        part, at = parts[name], chance.randrange(len(parts[name]))
        match chance.randrange(3):
            case 0:
                part[at : at + chance.randrange(1, 60)] = b""
            case 1:
                part[at:at] = part[max(0, at - 200) : at]
            case _:
                part[at] = chance.randrange(256)
        for path, content in parts.items():
            target.writestr(path, bytes(content))
    return changed.getvalue()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SEED, SEED + (300 if SOAK else 15)))
def test_a_damaged_file_is_imported_or_rejected(seed, tmp_path):
    content, file = content_in(tmp_path), write(tmp_path / "a.docx", [*PLAN, *NEWS] if seed % 2 else NEWS)
    file.write_bytes(damaged(file.read_bytes(), seed))
    try:
        report = list(word_import.import_word(ImportOptions(file, content, NOW)))
    except ImportStopped as stopped:
        report = [str(stopped)]
    assert all("\n" not in line for line in report)
