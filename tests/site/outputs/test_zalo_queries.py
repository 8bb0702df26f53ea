"""`invoke zalo-queries` on the committed content: it runs, runs again, and says what it cannot do."""

import csv
import io

from conftest import ROOT, invoke


def table(folder):
    return list(csv.reader(io.StringIO((folder / "cu-phap.csv").read_text("utf-8-sig"), newline="")))


def test_replies_to_the_committed_questions(tmp_path):
    out = tmp_path / "ra"
    done = invoke("zalo-queries", "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    files = f"Đã ghi {out}/cu-phap.csv và {out}/cu-phap.html: "
    assert done.stdout.splitlines()[-1] == f"{files}10 mới."
    assert done.stdout.startswith("Địa chỉ trang https://example.invalid/ là địa chỉ giữ chỗ: đừng chép lên Zalo.")
    _, *rows = table(out)
    assert {row[0] for row in rows} == {"mới"}
    assert {f"#{path.stem.replace('-', '_')}" for path in (ROOT / "content/hoi-dap").iterdir()} == {row[1] for row in rows[1:]}
    assert all(len(row[3]) <= 500 and row[3].endswith(row[4]) for row in rows[1:])
    again = invoke("zalo-queries", "--out", out)
    assert again.stdout.splitlines()[-1] == f"{files}10 như trước."
    (out / "cu-phap.csv").write_text("a;b\n")
    refused = invoke("zalo-queries", "--out", out)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"{out}/cu-phap.csv không phải bảng của lần chạy trước. Cách sửa: xóa hoặc chuyển tệp ấy đi; khi đó mọi cú pháp được ghi là mới.\n"
    )


def test_what_is_left_out(tmp_path, small_content):
    """A draft, a question to come, a withdrawn one, one whose answer is stale, and one that is not for the channel."""
    folder = small_content / "hoi-dap"
    folder.mkdir()
    lines = {
        "con-dung": "", "nhap": "status: draft\n", "hen-gio": "date: 2090-01-01\n", "go": "status: withdrawn\nwithdrawn_reason: Sai.\n",
        "cu": "check_again: 2026-11-02\n", "an": "zalo: {exclude: true}\n",
    }  # fmt: skip
    topic = next(path for path in small_content.rglob("hoi-nghi.md")).read_text("utf-8").partition("topic: ")[2].partition("\n")[0]
    for name, more in lines.items():
        date = "" if "date:" in more else "date: 2026-11-01\n"
        head = f"title: Câu {name} ở đâu?\nsummary: Ở nhà {name}.\ntopic: {topic}\nanswered_by: owner\nchecked_on: 2026-11-01\ncheck_again: 2090-01-01\n"
        head = head.replace("check_again: 2090-01-01\n", "") if "check_again" in more else head
        (folder / f"{name}.md").write_text(f"---\n{head}{date}{more}---\nỞ nhà {name}, và ở xã.\n", "utf-8")
    done = invoke("zalo-queries", "--content", small_content, "--out", tmp_path / "ra")
    assert (done.returncode, done.stderr) == (0, "")
    assert [row[1] for row in table(tmp_path / "ra")[1:]] == ["#hoi_dap", "#con_dung"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "tep").write_text("")
    done = invoke("zalo-queries", "--out", tmp_path / "tep")
    assert done.returncode in {1, 2}
    assert "Cách sửa: chọn thư mục khác bằng --out." in done.stderr
    assert "Traceback" not in done.stderr
