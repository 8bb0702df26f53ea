"""The keys to the Official Account. They are never printed.

They come from the environment, or from a file that only its owner may read. A refresh token is valid once (OAuth v4 of
Zalo): the new token is on disk before the access token that came with it is used.
"""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from chuyendoiso.system.atomic_write import read_json, write_json
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.http import reason

OAUTH = "https://oauth.zaloapp.com/v4/oa/access_token"
NAMES = ("access_token", "refresh_token", "app_id", "secret_key")
SECRETS = ("access_token", "refresh_token", "secret_key")
_VISIBLE = re.compile(r"[\x21-\x7e]+")  # ASCII without spaces, as an HTTP header allows


class NoKey(WrongUse):
    """There is no valid key to the channel."""


@dataclass
class Tokens:
    """The keys, and the file that they come from, if any."""

    values: dict[str, str] = field(repr=False)
    file: Path | None

    @property
    def access(self) -> str:
        """Return the access token. Raises NoKey."""
        if token := self.values.get("access_token"):
            return token
        raise NoKey("Chưa có access_token của Zalo OA. Cách sửa: xem docs/ket-noi-kenh.md, phần Mã truy cập.")

    def request(self) -> tuple[dict[str, str], bytes]:
        """Return headers and form of a refresh. Raises NoKey if something is missing."""
        missing = [name for name in NAMES[1:] if not self.values.get(name)]
        if self.file is None or missing:
            lacking = ", ".join(missing) or "tệp mã (--tokens) để ghi mã mới"
            raise NoKey(f"Mã truy cập Zalo đã hết hạn và chưa tự đổi được: thiếu {lacking}. Cách sửa: xem docs/ket-noi-kenh.md.")
        form = {"app_id": self.values["app_id"], "grant_type": "refresh_token", "refresh_token": self.values["refresh_token"]}
        headers = {"secret_key": self.values["secret_key"], "Content-Type": "application/x-www-form-urlencoded"}
        return headers, urlencode(form).encode()

    def renew(self, response: Mapping[str, Any]) -> None:
        """Save new tokens to disk, then use them. Raises WrongUse."""
        assert self.file is not None
        new = {**self.values, **_clean({name: response[name] for name in NAMES[:2]}, "Câu trả lời cấp mã của Zalo")}
        write_json(self.file, new)
        self.values = new

    def redact(self, text: str) -> str:
        """Return a text of the API without any of the secrets."""
        for secret in sorted((self.values.get(name, "") for name in SECRETS), key=len, reverse=True):
            text = text.replace(secret, "…") if secret else text
        return text


def read_tokens(file: Path | None, environment: Mapping[str, str]) -> Tokens:
    """Read the keys from a file and the environment (`ZALO_ACCESS_TOKEN` …).

    White space around a key is stripped. Raises WrongUse, which names the field and never shows its value.
    """
    values = _clean(_read_file(file), f"Tệp mã {file}") if file is not None else {}
    variables: dict[str, str] = {}
    for name in NAMES:
        variable = f"ZALO_{name.upper()}"
        variables |= _clean({name: environment.get(variable)}, f"Biến môi trường {variable}")
    return Tokens({**variables, **values}, file)  # the file is renewed, the environment is not


def _read_file(file: Path) -> Mapping[str, Any]:
    try:
        if file.is_dir():
            raise IsADirectoryError
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            raise WrongUse(f"Tệp mã {file} có quyền {mode:o}, người khác đọc được. Cách sửa: chmod 600 {file}")
        values = read_json(file)
    except (OSError, ValueError) as error:  # a ValueError of JSON has the text: do not chain it
        raise WrongUse(f"Không đọc được tệp mã {file}: {reason(error)}. Cách sửa: xem docs/ket-noi-kenh.md.") from None
    if not isinstance(values, dict):
        raise WrongUse(f"Tệp mã {file} không đúng dạng. Cách sửa: xem docs/ket-noi-kenh.md.")
    return values


def _clean(values: Mapping[str, Any], source: str) -> dict[str, str]:
    """Strip the keys, and omit empty keys. Raises WrongUse."""
    stripped = {name: str(values[name]).strip() for name in NAMES if values.get(name) is not None}
    for name, value in stripped.items():
        if value and not _VISIBLE.fullmatch(value):
            raise WrongUse(
                f"{source}: {name} có ký tự không dùng được trong mã (dấu cách, xuống dòng hoặc chữ có dấu). "
                "Cách sửa: chép lại đúng mã theo docs/ket-noi-kenh.md."
            )
    return {name: value for name, value in stripped.items() if value}
