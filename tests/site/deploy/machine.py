"""A folder that stands for a whole Debian machine: what the operator's guide names under /etc, /srv and /var lies in it.

git, make, Python, rsync, nginx and openssl are this machine's own. What would change this machine itself, or needs the world, stands in:
the package manager, users, systemd, mail, and certbot, whose certificate is signed by an authority made here.
"""

import os
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers import NGINX, free_port

HOST = "cong.tinh.gov.vn"
_OF_MACHINE = re.compile(r"(?<![\w.])(?=/(?:srv|etc|var|mnt|bin/systemctl|usr/sbin/sendmail)\b)")
_SURROUNDED = """
import os, socket
_found = socket.getaddrinfo
def getaddrinfo(host, port, *rest, **more):
    ports = {ports}
    return _found("127.0.0.1", ports[port], *rest, **more) if host == "{host}" and port in ports else _found(host, port, *rest, **more)
socket.getaddrinfo = getaddrinfo
_state = os.statvfs
def statvfs(path):  # a disk with room, however full this machine's is
    seen = list(_state(path))
    seen[3], seen[4], seen[6], seen[7] = seen[2] // 2, seen[2] // 2, seen[5] // 2, seen[5] // 2
    return os.statvfs_result(seen)
os.statvfs = statvfs
"""


class Machine:
    """The folder, and how a command is typed on it."""

    def __init__(self, root: Path, repository: Path) -> None:
        self.root, self.repository = root, repository
        self.project = root / "srv/chuyendoiso/du-an"  # where the guide puts it
        self.ports = {80: free_port(), 443: free_port()}
        for folder in (
            "srv",
            "etc/nginx/conf.d",
            "etc/systemd/system",
            "var/www/html",
            "var/log/nginx",
            "mnt",
            "bin",
            "usr/sbin",
            "python",
            "run",
        ):
            (root / folder).mkdir(parents=True)
        for path in (Path(__file__).parent / "stand_ins").iterdir():
            (root / "bin" / path.name).symlink_to(path)
        (root / "usr/sbin/sendmail").symlink_to(root / "bin/sendmail")
        (root / "python/sitecustomize.py").write_text(_SURROUNDED.format(ports=self.ports, host=HOST), "utf-8")
        self._trusted = root / "trusted.pem"
        self._environment = self._surroundings()
        self._make_authority()
        user = "user root;" if os.getuid() == 0 else ""  # the folder is its user's alone
        conf = NGINX.format(folder=root / "run", conf=root / "etc/nginx/seen", user=user)
        (root / "etc/nginx/nginx.conf").write_text(conf, "utf-8")

    def located(self, text: str) -> str:
        """Return a text of the guide, or of a file that it has installed, with the paths that are this folder's."""
        return _OF_MACHINE.sub(str(self.root), text.replace("ĐỊA-CHỈ-KHO", str(self.repository)).replace("MÁY-KHÁC:", ""))

    def type(self, command: str, folder: Path, seconds: float = 300) -> "subprocess.CompletedProcess[str]":
        """Run a line of the guide as a shell does."""
        return subprocess.run(
            ["sh", "-c", self.located(command)], cwd=folder, env=self._environment, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=seconds,
        )  # fmt: skip

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Run nginx, as it runs once Debian's package is installed."""
        with subprocess.Popen(["nginx"], env=self._environment, executable=self.root / "bin/nginx") as process:
            try:
                yield
            finally:
                process.terminate()

    def _surroundings(self) -> dict[str, str]:
        retained = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "INVOKE_", "PYTHON", "MAKE"))}
        return {
            **retained,
            "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}:/usr/sbin:/sbin",
            "PYTHON": getattr(sys, "_base_executable", sys.executable),
            "PYTHONPATH": str(self.root / "python"),
            "SSL_CERT_FILE": str(self._trusted),
            "NO_PROXY": HOST,
            "no_proxy": HOST,
            "REAL_NGINX": shutil.which("nginx") or "/usr/sbin/nginx",
            "MACHINE": str(self.root),
            "MACHINE_PORTS": ",".join(f"{named}={real}" for named, real in self.ports.items()),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }

    def _make_authority(self) -> None:
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Authority of this test"]
        made += ["-addext", "keyUsage=critical,keyCertSign,cRLSign"]  # which Python 3.13 wants of an authority
        subprocess.run([*made, "-keyout", self.root / "ca.key", "-out", self.root / "ca.pem"], check=True, capture_output=True)
        system = Path(
            os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt"
        )
        others = system.read_text("utf-8") if system.is_file() else ""
        self._trusted.write_text(others + (self.root / "ca.pem").read_text("utf-8"), "utf-8")
