"""The command as it is typed: what stands on which stream, exit statuses, and `make import` with a name that has spaces."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from test_import import content_in
from word_cases import NEWS
from word_files import write


def run_command(*command: object, cwd: Path = ROOT) -> tuple[int, str, str]:
    environment = {
        key: value for key, value in os.environ.items() if key not in {"LANG", "LC_ALL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, env=environment, check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_report_is_on_stdout_and_errors_are_on_stderr(tmp_path):
    content, file = content_in(tmp_path), write(tmp_path / "Tin mới.docx", NEWS)
    command = (sys.executable, "-m", "invoke", "import", file, "--content", content, "--kind", "tap-huan")
    status, stdout, stderr = run_command(*command)
    assert (status, stdout.splitlines()[0], stderr) == (0, "Đã ghi content/tap-huan/xa-mau-to-cong-nghe-so-den-tung-nha.md", "")
    expected = (
        "Tin mới.docx: Đã có content/tap-huan/xa-mau-to-cong-nghe-so-den-tung-nha.md, không ghi đè. "
        "Cách sửa: đổi tên tệp ấy hoặc sửa thẳng trong đó; nhập lại từ đầu thì xóa nó trước.\n"
    )
    assert run_command(*command) == (1, "", expected)


def test_make_passes_a_name_with_spaces(tmp_path):
    command = run_command("make", "-n", "import", "FILE=Kế hoạch mới.docx")[1].splitlines()[-1]
    assert command == '.venv/bin/invoke import "Kế hoạch mới.docx"'
    assert run_command(sys.executable, "-m", "invoke", "import", "")[::2] == (
        2,
        "Chưa ghi tên tệp Word. Cách sửa: make import FILE=tệp.docx.\n",
    )
