"""The keys: stripped, checked when they are read, and never in any message."""

import traceback

import pytest

from chuyendoiso.deploy.zalo.tokens import read_tokens
from chuyendoiso.system.atomic_write import write_json
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.http import HttpClient, TransportError, reason

SECRET = "bi-mat-5a7d"


@pytest.mark.parametrize("value", [f"{SECRET}\n", f" {SECRET}\r\n", f"\t{SECRET}", f"\ufeff {SECRET}".removeprefix("\ufeff")])
def test_white_space_around_a_key_is_stripped(tmp_path, value):
    write_json(tmp_path / "tokens.json", {"access_token": value, "app_id": 12345})
    assert read_tokens(tmp_path / "tokens.json", {}).values == {"access_token": SECRET, "app_id": "12345"}
    assert read_tokens(None, {"ZALO_ACCESS_TOKEN": value}).access == SECRET


@pytest.mark.parametrize("value", [f"{SECRET}\n{SECRET}", f"{SECRET} x", f"{SECRET}é", f"{SECRET}\x00", f"\ufeff{SECRET}"])
@pytest.mark.parametrize("name", ["access_token", "refresh_token", "secret_key"])
def test_a_key_of_another_form_is_named_and_not_shown(tmp_path, name, value):
    write_json(tmp_path / "tokens.json", {name: value})
    for source, arguments in (
        (f"Tệp mã {tmp_path}/tokens.json", (tmp_path / "tokens.json", {})),
        (f"Biến môi trường ZALO_{name.upper()}", (None, {f"ZALO_{name.upper()}": value})),
    ):
        with pytest.raises(WrongUse) as refused:
            read_tokens(*arguments)
        assert str(refused.value) == (
            f"{source}: {name} có ký tự không dùng được trong mã (dấu cách, xuống dòng hoặc chữ có dấu). "
            "Cách sửa: chép lại đúng mã theo docs/ket-noi-kenh.md."
        )
        assert SECRET not in "".join(traceback.format_exception(refused.value))


def test_a_file_that_is_no_json_is_not_quoted(tmp_path):
    file = tmp_path / "tokens.json"
    file.write_text(SECRET)
    file.chmod(0o600)
    with pytest.raises(WrongUse, match="nội dung không phải JSON") as refused:
        read_tokens(file, {})
    assert SECRET not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("http://127.0.0.1:1/", {"access_token": f"{SECRET}\n"}),
        ("http://127.0.0.1:1/", {f"{SECRET}\n": "a"}),
        ("http://127.0.0.1:1/", {"access_token": f"{SECRET}ệ"}),
        (f"http://127.0.0.1:1/?token={SECRET} x\n", {}),
        (f"{SECRET}://x", {}),
        (f"http://127.0.0.1:{SECRET}/", {}),
    ],
)
def test_no_error_of_a_library_is_quoted(url, headers):
    with pytest.raises(TransportError) as failed:
        HttpClient(lambda: 0.0, seconds=1).request("GET", url, headers)
    assert SECRET not in "".join(traceback.format_exception(failed.value, chain=True))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError(SECRET), "địa chỉ, tiêu đề hoặc nội dung không đúng dạng"),
        (OSError(SECRET), "lỗi OSError"),
        (OSError(5, SECRET), "lỗi OSError EIO"),
        (RuntimeError(SECRET), "lỗi RuntimeError"),
    ],
)
def test_a_reason_is_in_our_own_words(error, words):
    assert reason(error) == words
