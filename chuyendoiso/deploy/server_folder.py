"""Deploy a bundle to a served folder, on this machine or over SSH.

`target.sh` runs there once, over one connection, under the target's lock. It compares each file with the list (SHA-256),
receives the missing files, compares again, and swaps the release in by one rename. After an interruption readers see
the old site, and the next run continues.
"""

import hashlib
import os
import re
import shlex
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO

from chuyendoiso.deploy.bundle import Bundle
from chuyendoiso.deploy.target_failures import explain_failure
from chuyendoiso.model.vietnamese import format_number
from chuyendoiso.system.atomic_write import busy_error, parse_holder, this_process, waiting_message
from chuyendoiso.system.errors import BuildStopped, Busy, WrongUse
from chuyendoiso.system.os_errors import explain

RETAINED = 5  # releases at the target, for rollbacks
SSH = ("ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4")


@dataclass(frozen=True, slots=True)
class DeployFolder:
    """A folder, on this machine or on `host`.

    `ssh` is the command that reaches the host.
    """

    folder: str
    base_path: str  # of the site's address, below www/
    host: str = ""
    ssh: tuple[str, ...] = SSH
    wait: float = 0  # seconds to wait for the target's lock
    say: Callable[[str], None] = lambda text: None

    @property
    def place(self) -> str:
        """Return the folder as in the setting: `/path` or `host:/path`."""
        return f"{self.host}:{self.folder}" if self.host else self.folder


@dataclass(frozen=True, slots=True)
class DeployedRelease:
    """The current release of a target, as verified there."""

    number: str
    files: int
    size: int  # bytes
    new: bool = True  # False if it was current already


def parse_target(
    text: str, base_path: str, ssh: Sequence[str] = (), *, wait: float = 0, say: Callable[[str], None] = lambda text: None
) -> DeployFolder:
    """Parse a setting: an absolute path, or `host:/path`.

    Raises WrongUse.
    """
    host, _, folder = text.rpartition(":")
    if not folder.startswith("/") or re.search(r"\s", text) or host.startswith("-"):
        raise WrongUse(
            f'Nơi đăng "{text}" không đúng dạng. Cách sửa: trong publishconf.py ghi DEPLOY_TO là "/thư-mục" hoặc "máy:/thư-mục".'
        )
    return DeployFolder(folder, base_path, host, tuple(ssh) or SSH, wait, say)


def deploy(bundle: Bundle, target: DeployFolder) -> DeployedRelease:
    """Deploy a bundle to a target and swap it in.

    Raises BuildStopped, and Busy if another process holds the target's lock.
    """
    checksum_list = make_checksum_list(bundle.files)
    with _session("deploy", target) as session:
        session.send(f"{hashlib.sha256(checksum_list).hexdigest()} {len(checksum_list)}\n".encode() + checksum_list)
        reply, *values = session.line().split()
        if reply == "same":
            return _deployed(values, new=False)
        missing = [session.line() for _ in range(int(values[0]))]
        if missing:
            target.say(f"Đang gửi {format_number(len(missing))} tệp tới {target.place}.")
            session.send_files(bundle.folder, missing)
        return _deployed(session.line().split()[1:])


def roll_back_target(target: DeployFolder) -> DeployedRelease:
    """Roll back to the release before the current one.

    Raises WrongUse if there is none, BuildStopped, and Busy as `deploy` does.
    """
    with _session("back", target) as session:
        return _deployed(session.line().split()[1:])


def make_checksum_list(files: Mapping[str, str]) -> bytes:
    """Return a checksum list for sha256sum(1), from the files' SHA-256 by path.

    Raises BuildStopped.
    """
    for path in files:
        if "\n" in path or "\\" in path or "\r" in path:
            raise BuildStopped(f"Tên tệp {path!r} có ký tự không đưa lên được. Cách sửa: đổi tên tệp ấy trong nội dung.")
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(files.items())).encode()


def _deployed(words: Sequence[str], *, new: bool = True) -> DeployedRelease:
    number, files, size = words
    return DeployedRelease(number, int(files), int(size), new)


# ── running target.sh ───────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _session(action: str, target: DeployFolder) -> Iterator["_Session"]:
    """Run an action of `target.sh` under the target's lock.

    Wait at most `target.wait` seconds for the lock. Raises Busy.
    """
    for wait in sorted({0.0, target.wait}):
        with _start(action, target, wait) as session:
            if session.line() == "ready":
                yield session
                return
            holder = parse_holder(session.line())
        if wait < target.wait:
            target.say(waiting_message(target.place, holder, target.wait))
    raise busy_error(target.place, holder)


@contextmanager
def _start(action: str, target: DeployFolder, wait: float) -> Iterator["_Session"]:
    """Start `target.sh`; finally close its input and wait for it to end."""
    script = resources.files("chuyendoiso.deploy").joinpath("target.sh").read_text("utf-8")
    words = ["sh", "-c", script, "target.sh", action, target.folder, target.base_path]
    words += [f"{wait:.0f}", this_process().dump(), str(RETAINED)]
    command = [*target.ssh, target.host, shlex.join(words)] if target.host else words
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:  # a pipe would fill up
        try:
            process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=errors)
        except FileNotFoundError:
            raise WrongUse(f"Cần chương trình {command[0]} để chép trang. Cách sửa: cài chương trình ấy.") from None
        assert process.stdin and process.stdout
        session = _Session(target, process, process.stdin, process.stdout, errors)
        try:
            yield session
            session.end()
        finally:
            session.close()


@dataclass(frozen=True)
class _Session:
    """A running `target.sh`; it ends if this process or the connection ends."""

    target: DeployFolder
    process: "Popen[bytes]"
    input: IO[bytes]
    output: IO[bytes]
    errors: IO[str]

    def end(self) -> None:
        """Wait for the script to end; report if its cleanup failed."""
        if self._wait() not in {0, Busy.exitcode}:
            self.target.say(f"Trang đã hiện, nhưng việc dọn dẹp sau đó không xong. {self._failure()}")

    def close(self) -> None:
        """Close input and output, and wait."""
        with suppress(OSError):
            self.input.close()
        self.output.close()
        self.process.wait()

    def _wait(self) -> int:
        """Close the input, and return the exit status."""
        with suppress(OSError):
            self.input.close()
        return self.process.wait()

    def line(self) -> str:
        """Return the next line of the output. Raises BuildStopped if the run has ended."""
        line = self.output.readline()
        if not line.endswith(b"\n"):
            raise self._failure()
        return line.decode("utf-8", "replace").rstrip("\n")

    def send(self, data: bytes) -> None:
        """Send some input. Raises BuildStopped if the run has ended."""
        try:
            self.input.write(data)
            self.input.flush()
        except OSError:
            raise self._failure() from None

    def send_files(self, folder: Path, paths: Iterable[str]) -> None:
        """Send files as a tar archive, and close the input. Raises BuildStopped."""
        try:
            with tarfile.open(fileobj=self.input, mode="w|", format=tarfile.GNU_FORMAT, encoding="utf-8") as archive:
                for path in paths:
                    with _open(folder / path) as stream:
                        status = os.fstat(stream.fileno())
                        info = tarfile.TarInfo(path)
                        info.size, info.mtime, info.mode = status.st_size, int(status.st_mtime), 0o644
                        archive.addfile(info, stream)
            self.input.close()
        except OSError:
            raise self._failure() from None

    def _failure(self) -> BuildStopped:
        """Wait for the script to end; return the error that explains why."""
        status = self._wait()
        self.errors.seek(0)
        return explain_failure(status, self.errors.read(), self.target.place)


def _open(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as error:
        raise BuildStopped(f"Không đọc được {file}: {explain(error)}. Trang đang hiện vẫn còn nguyên.") from error
