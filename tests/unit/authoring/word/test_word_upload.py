"""A Word file that the editor's page sends: one commit of the draft and its pictures, or a line that says why not, and nothing written."""

import base64
import json
import subprocess
from pathlib import Path

import pytest
from pdf_files import pdf_of
from test_import import content_in
from word_cases import NEWS, PLAN
from word_files import write

from chuyendoiso.authoring.web_editor import word_upload
from chuyendoiso.authoring.web_editor.content_repository import ContentRepository
from chuyendoiso.authoring.web_editor.git_api import GitApi
from chuyendoiso.authoring.web_editor.work_tree import WorkTree
from chuyendoiso.authoring.word import pandoc


class Upload:
    """A content folder in a repository with other work in its tree, and the API."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content = folder, content_in(folder)
        self.api = GitApi(ContentRepository(WorkTree(self.content)))
        for command in (
            ["init", "-q", "-b", "chinh"],
            ["config", "user.name", "Lan"],
            ["config", "user.email", "lan@thu-nghiem.vn"],
        ):
            self.git(*command)
        self.git("add", ".")
        self.git("commit", "-qm", "Bắt đầu")
        (self.content / "site.yml").write_text(f"{self.site}# đang sửa\n", "utf-8")

    @property
    def site(self) -> str:
        return (self.content / "site.yml").read_text("utf-8")

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", "-C", self.folder, *arguments], check=True, capture_output=True, text=True).stdout

    def send(self, name: str, data: bytes, **more: object):
        body = {"name": name, "content": base64.b64encode(data).decode(), "branch": "chinh", **more}
        status, _, answer = self.api.post("/word", json.dumps(body).encode())
        return status, json.loads(answer)

    def state(self) -> tuple[object, ...]:
        files = {path: path.read_bytes() for path in self.content.rglob("*") if path.is_file()}
        return files, self.git("rev-parse", "HEAD"), self.git("status", "--porcelain")

    def word(self, blocks: list) -> bytes:
        return write(self.folder / "tep.docx", blocks).read_bytes()


@pytest.fixture
def upload(tmp_path) -> Upload:
    return Upload(tmp_path)


def test_a_news_item_and_its_picture_are_one_commit(upload):
    status, report = upload.send("Tin tổ số.docx", upload.word(NEWS))
    slug = "xa-mau-to-cong-nghe-so-den-tung-nha"
    assert status == 201, report
    year = report["path"].split("/")[1]
    assert (report["path"], report["files"]) == (f"tin-tuc/{year}/{slug}.md", [f"media/{year}/{slug}-1.jpg"])
    assert upload.git("show", "--format=%an %s", "--name-status") == (
        f"Lan Nhập tệp Word: tin-tuc/{slug}\n\nA\tcontent/media/{year}/{slug}-1.jpg\nA\tcontent/tin-tuc/{year}/{slug}.md\n"
    )
    assert upload.git("status", "--porcelain") == " M content/site.yml\n?? tep.docx\n"
    assert "status: draft\n" in (upload.content / report["path"]).read_text("utf-8")


def test_the_report_has_the_forms_words(upload):
    status, report = upload.send(
        "a.docx", upload.word(PLAN), pdf={"name": "goc.pdf", "content": base64.b64encode(pdf_of(("Số: 12/KH-UBND",))).decode()}
    )
    assert (status, report["path"], report["files"]) == (201, "van-ban/12-kh-ubnd.md", ["media/van-ban/12-kh-ubnd.pdf"]), report
    words = {note["words"].partition(": ")[0]: note["kind"] for note in report["notes"]}
    assert {"Chủ đề": "Cần điền", "Tóm tắt": "Cần xem lại"}.items() <= words.items()
    assert [note["kind"] for note in report["notes"]] == sorted(
        (note["kind"] for note in report["notes"]), key=["CHÚ Ý", "Cần điền", "Cần xem lại", "Đã bỏ"].index
    )


SAVE_AGAIN = 'Cách sửa: mở tệp bằng Word, chọn "Lưu thành…" loại Word Document (.docx), rồi nhập lại.'
REFUSED = {
    "empty": ("a.docx", b"", 422, "a.docx: Tệp rỗng (0 byte). Cách sửa: chép lại tệp gốc."),
    "other": ("a.docx", b"abc", 422, f"a.docx: Đây không phải tệp Word (.docx). {SAVE_AGAIN}"),
    "old": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 422, f"a.doc: Đây là tệp Word kiểu cũ (.doc). {SAVE_AGAIN}"),
    "password": (
        "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), 422,
        "a.docx: Tệp Word có mật khẩu. Cách sửa: mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), rồi lưu lại.",
    ),
    "broken": ("a.docx", b"PK\x03\x04abc", 422, "a.docx: Tệp Word hỏng hoặc bị cắt cụt. Cách sửa: chép lại tệp gốc, hoặc mở bằng Word rồi lưu lại."),
    "large": ("a.docx", b"PK" + bytes(40_000_000), 422, "a.docx: Tệp nặng 40,0 MB, tối đa 40,0 MB. Cách sửa: nén ảnh trong Word, rồi lưu lại."),
    "no name": ("../..", b"abc", 422, "Chưa chọn tệp Word. Cách sửa: bấm vào ô tệp rồi chọn một tệp .docx."),
    "folder": ("C:\\Tài liệu\\../a.docx", b"abc", 422, f"a.docx: Đây không phải tệp Word (.docx). {SAVE_AGAIN}"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_imported_leaves_everything(upload, name):
    file, data, status, message = REFUSED[name]
    before = upload.state()
    assert upload.send(file, data) == (status, {"message": message})
    assert upload.state() == before


def test_an_item_is_not_overwritten(upload):
    word = upload.word(PLAN)
    assert upload.send("a.docx", word)[0] == 201
    before = upload.state()
    status, answer = upload.send("a.docx", word)
    assert (status, answer["message"]) == (
        422, "a.docx: Đã có content/van-ban/12-kh-ubnd.md, không ghi đè. "
        "Cách sửa: đổi tên tệp ấy hoặc sửa thẳng trong đó; nhập lại từ đầu thì xóa nó trước.",
    )  # fmt: skip
    assert upload.state() == before


def test_a_repository_that_takes_no_commit_leaves_everything(upload):
    word = upload.word(PLAN)
    upload.git("checkout", "-q", "--detach")
    before = upload.state()
    status, answer = upload.send("a.docx", word)
    assert (status, answer["message"]) == (
        409, "Kho Git không ở trên nhánh nào. Cách sửa: gõ git switch main (hoặc tên nhánh của bạn), rồi nhập lại.",
    )  # fmt: skip
    assert upload.state() == before


def test_without_pandoc_the_page_says_how_to_get_it(upload, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    assert not pandoc.is_installed()
    status, answer = upload.send("a.docx", b"PK")
    assert (status, answer["message"]) == (501, word_upload._NOT_INSTALLED)


def test_a_slow_file_is_refused(upload, monkeypatch):
    word = upload.word(PLAN)
    monkeypatch.setattr(word_upload, "_SECONDS", 0.001)
    before = upload.state()
    status, answer = upload.send("a.docx", word)
    assert (status, "quá nhiều thời gian" in answer["message"]) == (422, True), answer
    assert upload.state() == before
