"""What is pasted into the web editor, and what it imports of Word files."""

import io
import re
from pathlib import Path

import pytest
from docx import Document
from editor_desk import AXE, WIDTHS, Desk, desk_of, faults
from PIL import Image
from playwright.sync_api import expect

# ── what is pasted ──────────────────────────────────────────────────────────────────────────────────────────────────────

WORD = """<html xmlns:o="x"><body><!--StartFragment--><style>p{}</style><h1>Kế hoạch</h1>
<p class=MsoNormal>Một <b>đậm</b>, <i>nghiêng</i> và <a href="https://a.vn/x">liên kết</a><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Việc một</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Việc hai</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>Bước</p>
<table><tr><td colspan=2><p>Tên</p></td><td>Số</td></tr><tr><td>A|B</td><td>2</td><td>3</td></tr></table>
<img src="file:///C:/a.png"><!--EndFragment--></body></html>"""
MARKDOWN = """## Kế hoạch

Một **đậm**, *nghiêng* và [liên kết](https://a.vn/x)

- Việc một
- Việc hai

1. Bước

| Tên |  | Số |
| --- | --- | --- |
| A\\|B | 2 | 3 |"""
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".cds-body-text").dispatchEvent(event);
}"""


def test_what_is_pasted_from_word_is_markdown_and_what_is_missing_is_named(desk: Desk):
    desk.open("trang/new")
    desk.page.evaluate(PASTE, WORD)
    expect(desk.body).to_have_value(MARKDOWN)
    missing = "Đã dán. Chưa giữ được: 1 ảnh (chèn lại bằng nút Ảnh); ô gộp trong bảng (xem lại từng hàng)."
    expect(desk.page.get_by_text(missing)).to_be_visible()


PASTED = {
    "<table><tr><td>Xã A<br>Thôn B</td><td><p>Một</p><p><b>Hai</b> <a href='https://a.vn/'>lk</a></p></td></tr></table>": "| Xã A Thôn B | Một **Hai** [lk](https://a.vn/) |\n| --- | --- |",
    "<p><b>x</b> <del>bỏ đi</del><ins>thêm</ins>, 10<sup>2</sup> m<sub>3</sub></p>": "**x** <del>bỏ đi</del><ins>thêm</ins>, 10<sup>2</sup> m<sub>3</sub>",
    "<p style='mso-list:l0 level1 lfo1'>1.Một</p><p style='mso-list:l0 level2 lfo1'>a)Con</p><p style='mso-list:l0 level1 lfo1'>2.Hai</p>".replace(
        "1.", "<span style='mso-list:Ignore'>1.</span>").replace("a)", "<span style='mso-list:Ignore'>a)</span>").replace("2.", "<span style='mso-list:Ignore'>2.</span>"): "1. Một\n    1. Con\n2. Hai",
    "<b style='font-weight:normal'><p><span style='font-weight:700'>Đậm</span> thường</p></b>": "**Đậm** thường",
}  # fmt: skip


def test_what_is_pasted_keeps_its_words_and_meaning(desk: Desk):
    desk.open("trang/new")
    for html, markdown in PASTED.items():
        desk.body.fill("")
        desk.page.evaluate(PASTE, html)
        expect(desk.body).to_have_value(markdown)
    desk.page.evaluate(PASTE, "<b>a</b><a href='#_ftn1'>[1]</a><iframe src='https://a.vn'></iframe>")
    expect(desk.page.get_by_text("chú thích cuối trang (viết lại bằng [^1]); video, âm thanh hoặc khung nhúng")).to_be_visible()


def test_another_item_is_linked_by_its_title(desk: Desk):
    desk.open("tin-tuc/new")
    desk.page.get_by_role("button", name="Bài khác", exact=True).click()
    box = desk.page.get_by_role("dialog", name="Chọn bài để liên kết")
    box.get_by_role("searchbox").fill("kiem tra hieu luc")
    desk.page.evaluate(AXE.read_text("utf-8"))
    assert faults(desk.page, ".cds-item-box") == {}
    box.get_by_role("listitem").first.get_by_role("button").click()
    expect(desk.body).to_have_value(re.compile(r"\[[^\]]*hiệu lực[^\]]*\]\(\.\./\.\./tap-huan/kiem-tra-hieu-luc-van-ban\.md\)"))
    desk.page.get_by_role("button", name="Bảng", exact=True).click()
    expect(desk.body).to_have_value(re.compile(r"\n\n\| Cột một \| Cột hai \|\n\| --- \| --- \|"))


# ── from Word ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def word_file(path: Path, title: str) -> Path:
    document = Document()
    document.add_paragraph().add_run(title).bold = True
    document.add_paragraph("Tổ viên đến từng nhà, giúp bà con nộp hồ sơ trực tuyến.")
    document.add_paragraph("Mỗi buổi hướng dẫn được ghi lại đầy đủ.")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(picture, "JPEG")
    document.add_picture(picture)
    document.save(path)
    return path


@pytest.mark.parametrize("size", WIDTHS)
def test_a_word_file_becomes_a_draft_and_its_report_is_beside_the_form(context, running, tmp_path, size):
    desk = desk_of(context, running, size)
    page = desk.page
    page.goto(f"{desk.address}/bien-tap/#/collections")
    page.get_by_role("button", name="Nhập tệp Word").click()
    box = page.get_by_role("dialog", name="Nhập tệp Word")
    start, state = box.get_by_role("button", name="Nhập thành bài nháp"), box.get_by_role("status")
    start.click()
    expect(state).to_have_text("Chưa chọn tệp Word. Cách sửa: bấm vào ô tệp rồi chọn một tệp .docx.")
    other = tmp_path / "ghi-chu.docx"
    other.write_bytes(b"abc")
    box.get_by_label("Tệp Word").set_input_files(other)
    start.click()
    expect(state).to_contain_text("ghi-chu.docx: Đây không phải tệp Word (.docx). Cách sửa: ")
    other.write_bytes(bytes(40_000_001))
    box.get_by_label("Tệp Word").set_input_files(other)
    start.click()
    expect(state).to_have_text("ghi-chu.docx: Tệp nặng 40,1 MB, tối đa 40,0 MB. Cách sửa: nén ảnh trong Word, rồi lưu lại.")
    page.evaluate(AXE.read_text("utf-8"))
    assert faults(page, ".cds-word-box") == {}
    before = desk.commits()
    box.get_by_label("Tệp Word").set_input_files(word_file(tmp_path / "Bài.docx", f"Tổ số xóm {size}"))
    start.click()
    report = page.locator(".cds-word-report")
    expect(report).to_contain_text("Chủ đề: chọn một chủ đề", timeout=20_000)
    expect(page.get_by_role("textbox", name="Tên bài")).to_have_value(f"Tổ số xóm {size}")
    assert desk.commits() == [f"Nhập tệp Word: tin-tuc/to-so-xom-{size}", *before]
    assert desk.git("status", "--porcelain") == ""
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[size][0]
    assert not page.get_by_role("button", name="Nhập tệp Word").is_visible()  # a form is open
    page.evaluate(AXE.read_text("utf-8"))
    assert faults(page, ".cds-word-report") == {}
    page.reload()
    report.get_by_role("button", name="Đã xem xong").click()
    expect(report).to_be_hidden()
    desk.choose("Chủ đề", "Xã hội số")
    assert desk.save() == f"Sửa tin: to-so-xom-{size}"
