"""Compute SHA-256 of files; write and verify `SHA256SUMS`, as `sha256sum` does.

So a backup can be verified without this project.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, in hex. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_digests(folder: Path) -> dict[str, str]:
    """Return the digest of each file below a folder. Raises BuildStopped."""
    try:
        files = (Path(parent, name) for parent, _, names in os.walk(folder, onerror=_raise) for name in names)
        return {file.relative_to(folder).as_posix(): digest_of(file) for file in files}
    except OSError as error:
        raise BuildStopped(f"Không đọc được {error.filename}: {explain(error)}.") from error


def _raise(error: OSError) -> None:
    raise error


def format_sums(digests: Mapping[str, str]) -> str:
    """Return the text of a sums file, sorted by name."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))


def parse_sums(text: str) -> dict[str, str]:
    """Parse a sums file; return digests by name.

    Raises BuildStopped at the first line that `format_sums` would not write.
    """
    sums: dict[str, str] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if number == len(lines) > 1 and not line:
            break
        match = _LINE.fullmatch(line)
        if not match or match[2] in sums or number == len(lines):
            raise BuildStopped(f"{NAME}: dòng {number} không đọc được, chưa khôi phục gì. Cách sửa: dùng một bản sao lưu khác.")
        sums[match[2]] = match[1]
    return sums


def differences(sums: Mapping[str, str], digests: Mapping[str, str]) -> list[str]:
    """Return a line for each file that differs from the sums, sorted by name."""
    by_name = dict.fromkeys(sums.keys() - digests.keys(), "không có trong bản sao lưu")
    by_name |= dict.fromkeys(digests.keys() - sums.keys(), f"không có tên trong {NAME}")
    by_name |= {name: f"không khớp với {NAME}" for name in sums.keys() & digests.keys() if sums[name] != digests[name]}
    return [f"{name}: {fault}." for name, fault in sorted(by_name.items())]


def write_sums(folder: Path) -> None:
    """Write the sums of all files in a folder. Raises OSError."""
    (folder / NAME).write_text(format_sums(read_digests(folder)), "utf-8", newline="\n")


def verify_sums(folder: Path) -> None:
    """Compare a folder with its sums.

    Raises BuildStopped with every file that differs.
    """
    try:
        text = (folder / NAME).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise BuildStopped(f"{folder} không phải bản sao lưu: {NAME} không đọc được ({explain(error)}).") from error
    digests = {name: digest for name, digest in read_digests(folder).items() if name != NAME}
    if lines := differences(parse_sums(text), digests):
        raise BuildStopped(
            "\n".join([*lines, f"Bản sao lưu {folder.name} không còn nguyên, chưa khôi phục gì. Cách sửa: dùng một bản khác."])
        )
