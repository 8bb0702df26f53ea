"""The commands of this part as they are typed: what they print, their exit statuses, and never a traceback."""

import re
from pathlib import Path

import pytest
from conftest import ROOT, SITES, invoke
from repositories import git, small_repository


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """A repository with the small site, built now."""
    root = small_repository(tmp_path_factory.mktemp("trust") / "trang")
    assert invoke("build", "--content", root / "content", "--output", root / "output").returncode == 0
    return root


def test_a_site_is_backed_up_and_restored(root, tmp_path):
    done = invoke("backup", "--content", root / "content", "--output", root / "output", "--out", tmp_path / "sao-luu")
    assert (done.returncode, done.stderr) == (0, "")
    folder = re.fullmatch(
        r"Đã sao lưu vào (\S+/sao-luu/\d{8}T\d{6}Z) \(0 tệp ngoài Git; bỏ 0 bản cũ\)\.\n"
        r"Thử khôi phục: \.venv/bin/invoke restore \1 --out THƯ-MỤC-MỚI\n",
        done.stdout,
    )[1]
    commit = git(root, "rev-parse", "--short", "HEAD").strip()
    done = invoke("restore", folder, "--out", tmp_path / "moi")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"Đã khôi phục vào {tmp_path / 'moi'}: commit {commit}, 0 tệp ngoài Git.\nBước tiếp theo: cd {tmp_path / 'moi'} && make html\n",
        "",
    )
    again = invoke("restore", folder, "--out", tmp_path / "moi")
    assert (again.returncode, again.stdout) == (2, "")
    assert (
        again.stderr
        == f"{tmp_path / 'moi'} đã có và không trống. Cách sửa: chọn một thư mục mới, rồi tự chuyển sang khi đã xem kỹ.\n"
    )


def test_a_release_is_reported_and_checked(root):
    done = invoke("provenance", "--content", root / "content", "--output", root / "output")
    assert (done.returncode, done.stderr) == (0, "")
    file = root / ".output-releases/000001.provenance.json"
    checked = invoke("provenance", "--check", file, "--output", root / "output")
    assert (checked.returncode, checked.stdout) == (0, f"{root / 'output'} đúng là bản 000001 mà 000001.provenance.json mô tả.\n")
    other = invoke("provenance", "--check", file, "--output", root / "content")
    assert (other.returncode, other.stdout, other.stderr.startswith("content không phải bản 000001 mà ")) == (1, "", True)


WRONG = {
    "backup": (["backup", "--keep", "0", "--content", "content"], "--keep là số bản sao lưu giữ lại, ít nhất là 1.\n"),
    "restore": (
        ["restore", "khong-co", "--out", "moi"],
        f"Không có thư mục {ROOT / 'khong-co'}. Cách sửa: ghi thư mục của một bản sao lưu, ví dụ .backup/20261124T050000Z.\n",
    ),
    "provenance": (
        ["provenance", "--output", "khong-co/output", "--content", str(SITES / "small"), "--check", "pyproject.toml"],
        "pyproject.toml không phải bản ghi nguồn gốc (provenance). Cách sửa: dùng tệp .provenance.json cạnh bản dựng.\n",
    ),
    "signatures": (
        ["signatures", "--since", "khong-co", "--keys", "khong-co"],
        'Không có commit nào tên là "khong-co". Cách sửa: ghi mã commit, nhánh hoặc thẻ, ví dụ --since origin/main.\n',
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_ends_with_2_and_one_line(case):
    arguments, message = WRONG[case]
    done = invoke(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_a_bill_that_cannot_be_written_is_reported(tmp_path):
    done = invoke("sbom", "--out", tmp_path / "khong-co/x.json")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"Không ghi được {tmp_path / 'khong-co/x.json'}: không có tệp hoặc thư mục ấy.\n",
    )
    packages = (ROOT / "requirements.txt").read_text("utf-8").count("==")
    done = invoke("sbom", "--out", tmp_path / "x.json")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"Đã ghi {tmp_path / 'x.json'}: {packages} gói Python, 2 gói npm trong giao diện.\n",
        "",
    )
