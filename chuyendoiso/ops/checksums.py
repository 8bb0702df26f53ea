"""`SHA256SUMS` of a folder: written as coreutils' `sha256sum` does, so that a backup can be looked at without this project."""

import re
from collections.abc import Mapping
from pathlib import Path

from chuyendoiso.ops.release_hash import read_digests
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")


def format_sums(digests: Mapping[str, str]) -> str:
    """Return the lines of a sums file, by name."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))


def parse_sums(text: str) -> dict[str, str]:
    """Return the digest of each name. Raises BuildStopped at the first line that is not as `format_sums` writes it."""
    sums: dict[str, str] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if number == len(lines) > 1 and not line:
            break
        found = _LINE.fullmatch(line)
        if not found or found[2] in sums or number == len(lines):
            raise BuildStopped(f"{NAME}: dòng {number} không đọc được, chưa khôi phục gì. Cách sửa: dùng một bản sao lưu khác.")
        sums[found[2]] = found[1]
    return sums


def faults(sums: Mapping[str, str], digests: Mapping[str, str]) -> list[str]:
    """Return a line for each file that is not as the sums say, by name."""
    told = dict.fromkeys(sums.keys() - digests.keys(), "không có trong bản sao lưu")
    told |= dict.fromkeys(digests.keys() - sums.keys(), f"không có tên trong {NAME}")
    told |= {name: f"không khớp với {NAME}" for name in sums.keys() & digests.keys() if sums[name] != digests[name]}
    return [f"{name}: {fault}." for name, fault in sorted(told.items())]


def write_sums(folder: Path) -> None:
    """Write the sums of all that lies in a folder. Raises OSError."""
    (folder / NAME).write_text(format_sums(read_digests(folder)), "utf-8", newline="\n")


def verify_sums(folder: Path) -> None:
    """Look whether a folder still is what its sums say. Raises BuildStopped that names every file that is not."""
    try:
        text = (folder / NAME).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise BuildStopped(f"{folder} không phải bản sao lưu: {NAME} không đọc được ({explain(error)}).") from error
    digests = {name: digest for name, digest in read_digests(folder).items() if name != NAME}
    if found := faults(parse_sums(text), digests):
        lines = "\n".join(found)
        raise BuildStopped(f"{lines}\nBản sao lưu {folder.name} không còn nguyên, chưa khôi phục gì. Cách sửa: dùng một bản khác.")
