"""Real servers on loopback for the tests of publishing: nginx and sshd, each in a folder of its own, as whoever runs the tests."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def await_port(port: int, process: subprocess.Popen) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
            return
        except OSError:
            assert process.poll() is None and time.monotonic() < end, "it did not start"
            time.sleep(0.02)


NGINX = """daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log warn; worker_processes 2;
{user}
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types; default_type application/octet-stream;
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    include {conf}/*.conf;
}}
"""


@contextmanager
def nginx(folder: Path, conf: Path, port: int) -> Iterator[subprocess.Popen]:
    """Run nginx with a site's configuration files."""
    folder.mkdir(exist_ok=True)
    user = "user root;" if os.getuid() == 0 else ""  # the tests' folders are their user's alone
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, conf=conf, user=user))
    command = [shutil.which("nginx") or "/usr/sbin/nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command)
    try:
        await_port(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(10)


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (names in lower case) and body of one answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


SSHD = """Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile {folder}/sshd.pid
AuthorizedKeysFile {folder}/key.pub
PasswordAuthentication no
UsePAM no
StrictModes no
"""


@contextmanager
def sshd(folder: Path) -> Iterator[tuple[str, ...]]:
    """Run an SSH server for whoever runs the tests; give the command that reaches it at 127.0.0.1."""
    folder.mkdir(exist_ok=True)
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    port = free_port()
    (folder / "sshd_config").write_text(SSHD.format(folder=folder, port=port))
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # Debian's privilege separation directory
    process = subprocess.Popen(
        [shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.DEVNULL
    )
    try:
        await_port(port, process)
        options = (
            "BatchMode=yes",
            "StrictHostKeyChecking=no",
            f"UserKnownHostsFile={folder}/known",
            f"IdentityFile={folder}/key",
            "LogLevel=ERROR",
        )
        yield (
            "ssh",
            "-p",
            str(port),
            "-l",
            pwd.getpwuid(os.getuid()).pw_name,
            *(word for option in options for word in ("-o", option)),
        )
    finally:
        process.terminate()
        process.wait(10)
