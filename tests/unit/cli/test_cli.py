"""The commands as a whole: each is listed, described, light to load, and ends in a plain line."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from invoke.collection import Collection
from invoke.exceptions import Exit

import tasks
from chuyendoiso.cli.command_line import ROOT, need_package, parse_address_option, report_errors
from chuyendoiso.system.errors import BuildStopped, Busy, WrongUse

COMMANDS = {path.stem for path in (ROOT / "chuyendoiso/cli").glob("*.py")} - {"__init__", "command_line"}
LISTED = Collection.from_module(tasks).tasks


def test_every_command_is_listed():
    assert {name.replace("-", "_").replace("import", "import_") for name in LISTED} == COMMANDS


@pytest.mark.parametrize("name", sorted(LISTED))
def test_every_command_and_option_is_described(name):
    command = LISTED[name]
    options = [name for name in inspect.signature(command.body).parameters if name != "c"]
    assert sorted(option.replace("-", "_") for option in command.help) == sorted(options)
    assert command.__doc__.endswith(".") or command.__doc__.endswith(")")


def test_listing_loads_the_standard_library_and_invoke_alone():
    code = "import sys, tasks; print(*sorted({name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    own = {"pelican", "markdown", "jinja2", "feedgen", "PIL", "pydantic", "lxml", "rich"}
    assert own & set(run.stdout.split()) == set()


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (BuildStopped("Hỏng."), 1, "Hỏng."),
        (WrongUse("Sai."), 2, "Sai."),
        (Busy("Bận."), 75, "Bận."),
        (KeyboardInterrupt(), 130, "Đã dừng theo yêu cầu."),
        (EOFError(), 130, "Đã dừng theo yêu cầu."),
        (MemoryError(), 1, "Máy không đủ bộ nhớ. Trang cũ vẫn còn nguyên. Cách sửa: đóng bớt chương trình rồi chạy lại."),
    ],
)
def test_an_error_ends_a_command_with_one_line(error, code, message):
    def fail():
        raise error

    with pytest.raises(Exit) as stopped:
        report_errors(fail)()
    assert (stopped.value.code, stopped.value.message) == (code, message)


def test_a_fault_of_the_code_keeps_its_traceback():
    def fail():
        raise ImportError("No module named 'x'")

    with pytest.raises(ImportError):
        report_errors(fail)()


def test_an_address_is_checked():
    assert parse_address_option("") is None
    assert parse_address_option("https://cong.tinh.gov.vn/cds") == "https://cong.tinh.gov.vn/cds"
    with pytest.raises(WrongUse, match="Cách sửa: "):
        parse_address_option("cong.tinh.gov.vn")


def test_a_missing_package_is_reported_with_its_command():
    need_package("json", "make x")
    with pytest.raises(WrongUse, match=r"^Chưa cài khong_co\. Cách sửa: chạy make x, lệnh này tự cài\.$"):
        need_package("khong_co", "make x")


def test_the_root_is_the_project():
    assert Path(tasks.__file__).parent == ROOT
