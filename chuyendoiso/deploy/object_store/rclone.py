"""Run rclone, which talks to the store.

Its settings and secrets come from the environment, and are never printed.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chuyendoiso.system.errors import BuildStopped, WrongUse

# No configuration file is read or written, no bucket created
_COMMON = (
    *("--config", "", "--s3-no-check-bucket"),
    *("--retries", "3", "--retries-sleep", "2s", "--contimeout", "20s", "--timeout", "2m"),
)
_SECRET = re.compile("KEY|SECRET|TOKEN|PASS|AUTH|CREDENTIALS", re.IGNORECASE)

# arguments of rclone, its standard input and its environment → exit status, standard output and standard error
Run = Callable[[Sequence[str], str, Mapping[str, str]], tuple[int, str, str]]


def run_rclone(arguments: Sequence[str], stdin: str, environment: Mapping[str, str]) -> tuple[int, str, str]:
    """Run rclone. Raises WrongUse if it is not installed."""
    program = shutil.which("rclone")
    if not program:
        raise WrongUse("Cần chương trình rclone để gửi trang tới kho. Cách sửa: cài gói rclone.")
    result = subprocess.run(
        [program, *arguments], input=stdin, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    return result.returncode, result.stdout, result.stderr


@dataclass(frozen=True, slots=True)
class Store:
    """A place in a store, `name:bucket/folder`.

    Its settings are the environment's `RCLONE_CONFIG_NAME_…`.
    """

    remote: str
    environment: Mapping[str, str]
    run: Run = run_rclone

    def __post_init__(self) -> None:
        """Raise WrongUse if the place is malformed or has no settings."""
        match = re.fullmatch(r"([A-Za-z0-9_]+):([^:/\s][^:\s]*)", self.remote)
        if not match:
            raise WrongUse(f'Nơi "{self.remote}" không đúng dạng. Cách sửa: ghi tên:thùng/thư-mục, ví dụ kho:trang-tin.')
        if (setting := f"RCLONE_CONFIG_{match[1].upper()}_TYPE") not in self.environment:
            raise WrongUse(
                f"Chưa có biến môi trường {setting}. Cách sửa: khai báo kho bằng các biến RCLONE_CONFIG_{match[1].upper()}_…."
            )

    def copy(self, tree: str, paths: Iterable[str], headers: Mapping[str, str]) -> None:
        """Send files of a tree, with the headers to serve them with. Raises BuildStopped."""
        options = [part for name, value in headers.items() for part in ("--header-upload", f"{name}: {value}")]
        self._run_or_fail(["copy", tree, self.remote, "--no-traverse", "--ignore-times", *options], paths)

    def compare(self, tree: str, paths: Collection[str]) -> frozenset[str]:
        """Return the paths whose object is missing or differs in size or hash.

        Raises BuildStopped.
        """
        arguments = ["check", tree, self.remote, "--one-way", "--combined", "-"]
        status, lines, errors = self._run(arguments, paths)
        marks = {line[2:]: line[:1] for line in lines.splitlines()}  # path → mark of `rclone check --combined`; "=" is equal
        if not marks.keys() >= set(paths) or "!" in marks.values():
            raise self._failure(status, errors)
        return frozenset(path for path in paths if marks[path] != "=")

    def delete(self, paths: Iterable[str]) -> None:
        """Delete objects; a missing object is no error. Raises BuildStopped."""
        self._run_or_fail(["delete", self.remote, "--no-traverse"], paths)

    def _run_or_fail(self, arguments: Sequence[str], paths: Iterable[str]) -> None:
        status, _, errors = self._run(arguments, paths)
        if status:
            raise self._failure(status, errors)

    def _run(self, arguments: Sequence[str], paths: Iterable[str]) -> tuple[int, str, str]:
        environment = dict(self.environment)
        if bundle := environment.pop("AWS_CA_BUNDLE", ""):  # rclone 1.60 stops if this variable of Amazon's tools is set
            environment.setdefault("RCLONE_CA_CERT", bundle)
        options = ("--files-from-raw", "-", *_COMMON)
        return self.run([*arguments, *options], "".join(f"{path}\n" for path in paths), environment)

    def _failure(self, status: int, errors: str) -> BuildStopped:
        last = "; ".join(errors.strip().splitlines()[-3:]) or f"mã {status}"
        remedy = "xem kho có mở không, khóa có còn đúng không, rồi chạy lại: lần sau làm tiếp chỗ dở."
        return BuildStopped(f"rclone không gửi được tới {self.remote}: {self._without_secrets(last)}. Cách sửa: {remedy}")

    def _without_secrets(self, text: str) -> str:
        for name, value in self.environment.items():
            if value and name.startswith("RCLONE_") and _SECRET.search(name):
                text = text.replace(value, "…")
        return text
