"""The keys to the Official Account: from the environment, or from a file that its owner alone may read. They are never printed.

A refresh token serves once (OAuth v4 of Zalo): the new one is on disk before anything is done with what came with it.
"""

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from chuyendoiso.domain.problems import WrongUse
from chuyendoiso.durable import read_json, write_json
from chuyendoiso.web import reason

OAUTH = "https://oauth.zaloapp.com/v4/oa/access_token"
NAMES = ("access_token", "refresh_token", "app_id", "secret_key")


class NoKey(WrongUse):
    """There is no key with which the channel can be reached."""


@dataclass
class Tokens:
    """The keys, and the file that they come from, if it is one."""

    values: dict[str, str] = field(repr=False)
    file: Path | None

    @property
    def access(self) -> str:
        """Return the access token. Raises NoKey."""
        if found := self.values.get("access_token"):
            return found
        raise NoKey("Chưa có access_token của Zalo OA. Cách sửa: xem docs/ket-noi-kenh.md, phần Mã truy cập.")

    def request(self) -> tuple[dict[str, str], bytes]:
        """Return headers and form by which a new access token is asked for. Raises NoKey where what that needs is not there."""
        missing = [name for name in NAMES[1:] if not self.values.get(name)]
        if self.file is None or missing:
            lacking = ", ".join(missing) or "tệp mã (--tokens) để ghi mã mới"
            raise NoKey(f"Mã truy cập Zalo đã hết hạn và chưa tự đổi được: thiếu {lacking}. Cách sửa: xem docs/ket-noi-kenh.md.")
        form = {"app_id": self.values["app_id"], "grant_type": "refresh_token", "refresh_token": self.values["refresh_token"]}
        headers = {"secret_key": self.values["secret_key"], "Content-Type": "application/x-www-form-urlencoded"}
        return headers, urlencode(form).encode()

    def renew(self, told: Mapping[str, Any]) -> None:
        """Take new tokens: on disk first, then for use."""
        assert self.file is not None
        new = {**self.values, **{name: str(told[name]) for name in NAMES[:2]}}
        write_json(self.file, new)
        self.values = new


def read_tokens(file: Path | None, environment: Mapping[str, str]) -> Tokens:
    """Read the keys: a file's, each of which the environment (`ZALO_ACCESS_TOKEN` …) may give instead. Raises WrongUse."""
    values: dict[str, str] = {}
    if file is not None:
        try:
            if file.is_dir():
                raise IsADirectoryError
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & 0o077:
                raise WrongUse(f"Tệp mã {file} có quyền {mode:o}, người khác đọc được. Cách sửa: chmod 600 {file}")
            found = read_json(file)
        except (OSError, ValueError) as error:
            raise WrongUse(f"Không đọc được tệp mã {file}: {reason(error)}. Cách sửa: xem docs/ket-noi-kenh.md.") from error
        if not isinstance(found, dict):
            raise WrongUse(f"Tệp mã {file} không đúng dạng. Cách sửa: xem docs/ket-noi-kenh.md.")
        values = {name: str(found[name]) for name in NAMES if found.get(name)}
    given = {name: environment[f"ZALO_{name.upper()}"] for name in NAMES if environment.get(f"ZALO_{name.upper()}")}
    # of a file, its own tokens are the newer ones: it is renewed, the environment is not
    return Tokens({**given, **values} if file else given, file)
