"""Serve the web editor beside the preview, or write it to a folder.

It is never part of a release.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from chuyendoiso.authoring.web_editor_config import Proxy, cms_config
from chuyendoiso.content.site_config import site_of
from chuyendoiso.outputs.assets import read_stylesheet
from chuyendoiso.system.errors import WrongUse

ADDRESS = "/bien-tap/"
API = f"{ADDRESS}api"
_NO_NODE = "Trang biên tập cần Node.js. Cách sửa: cài Node.js 18 trở lên (Debian: apt-get install nodejs npm), rồi gõ make editor."
_NOT_SET_UP = "Trang biên tập chưa được cài. Cách sửa: gõ make editor, lệnh này tự cài những gì cần."


@dataclass(frozen=True)
class Files:
    """The editor's own files, and the files of its npm packages."""

    own: Path  # editor/
    theme: Path

    @property
    def packages(self) -> Path:
        """Return the folder of the npm packages. Raise WrongUse if it is missing."""
        folder = self.own / "node_modules"
        if not (folder / "decap-cms").is_dir():
            raise WrongUse(_NOT_SET_UP)
        return folder

    def read(self, name: str, config: dict[str, Any]) -> bytes | None:
        """Return a file by its name under the editor's address; None if missing."""
        if name == "config.json":
            return json.dumps(config, ensure_ascii=False, indent=1).encode()
        if name == "site.css":
            return read_stylesheet(self.theme, "document").text.encode()
        path = self._path(name or "index.html")
        return path.read_bytes() if path and path.is_file() else None

    def names(self) -> Iterator[str]:
        """Yield the names of all files that are not generated."""
        yield from (path.name for path in sorted(self.own.iterdir()) if path.suffix in {".html", ".css", ".js"})
        yield from (
            path.name for path in sorted((self.packages / "decap-cms/dist").glob("*decap-cms.js*")) if path.suffix != ".map"
        )
        yaml = self.packages / "yaml/browser"
        yield from (f"yaml/{path.relative_to(yaml).as_posix()}" for path in sorted(yaml.rglob("*.js")))

    def _path(self, name: str) -> Path | None:
        parts = name.split("/")
        if ".." in parts or not all(parts):
            return None
        if parts[0] == "yaml":
            return self.packages.joinpath("yaml/browser", *parts[1:])
        own = self.own / name
        if own.suffix in {".html", ".css", ".js"} and len(parts) == 1 and own.is_file():
            return own
        return self.packages / "decap-cms/dist" / name if len(parts) == 1 else None


# ── on this machine ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class LocalServer:
    """Decap's local server, which reads and writes the content folder.

    `branch` is None if that folder is in no repository.
    """

    socket: str
    branch: str | None
    base_path: str
    year: int

    def forward(self, data: bytes) -> tuple[int, str, bytes]:
        """Forward a request; return status, media type and bytes. Raise OSError."""
        connection = _UnixConnection(self.socket)
        try:
            connection.request("POST", "/api/v1", data, {"Content-Type": "application/json; charset=utf-8"})
            response = connection.getresponse()
            return response.status, response.headers.get("Content-Type", "application/json"), response.read()
        except HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()


class _UnixConnection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self.path = path

    def connect(self) -> None:
        """Connect to the Unix socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


@contextmanager
def local_server(files: Files, content: Path, year: int) -> Iterator[LocalServer]:
    """Run Decap's local server at a Unix socket that only this user can open.

    It ends with this process, even if that is killed. Raise WrongUse if Node.js or a package is missing.
    """
    node = shutil.which("node")
    if node is None:
        raise WrongUse(_NO_NODE)
    script, branch = files.packages / "decap-server/dist/index.js", _branch(content)
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", ""),  # of Git's user name and e-mail address
        "MODE": "git" if branch else "fs",
        "GIT_REPO_DIRECTORY": str(content),
        "LOG_LEVEL": "error",
        # Decap's server parses git's output, and would hang on colours
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "color.ui",
        "GIT_CONFIG_VALUE_0": "never",
        **{name: os.environ[name] for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM") if name in os.environ},
    }
    with tempfile.TemporaryDirectory(prefix="bien-tap-") as folder:
        server = LocalServer(f"{folder}/socket", branch, site_of(content).base_path, year)
        command = [node, str(files.own / "local-server.cjs"), server.socket, str(script)]
        process = subprocess.Popen(command, cwd=content, env=environment, stdin=subprocess.PIPE)
        try:
            _wait_for_server(process, server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for_server(process: "subprocess.Popen[bytes]", server: LocalServer) -> None:
    """Wait until the local server answers. Raise WrongUse if it does not."""
    for _ in range(200):
        try:
            server.forward(b"{}")
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    raise WrongUse(
        "Máy chủ của trang biên tập không chạy được. Cách sửa: xem dòng lỗi ở trên; thử xóa editor/node_modules rồi gõ make editor."
    )


def _branch(content: Path) -> str | None:
    """Return the current branch; None outside a repository.

    Raise WrongUse if a commit is impossible.
    """

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", "-C", str(content), *arguments], capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    if shutil.which("git") is None or git("rev-parse", "--is-inside-work-tree") != "true" or not git("ls-files", "--", "site.yml"):
        return None
    branch = git("branch", "--show-current")
    if not branch:
        raise WrongUse("Kho Git không ở trên nhánh nào. Cách sửa: gõ git switch main (hoặc tên nhánh của bạn), rồi chạy lại.")
    if not (git("config", "user.name") and git("config", "user.email")):
        remedy = 'gõ git config user.name "Họ Tên", git config user.email ten@coquan.vn, rồi chạy lại.'
        raise WrongUse(f"Git chưa biết bạn là ai để ghi tên vào mỗi lần lưu. Cách sửa: {remedy}")
    return branch


@dataclass(frozen=True)
class EditorPages:
    """Serve the editor's files, and forward requests to the local server."""

    files: Files
    content: Path
    server: LocalServer
    events: str
    token: str = field(default_factory=secrets.token_urlsafe)

    def get(self, path: str) -> tuple[str, bytes] | None:
        """Return the media type and bytes of a path; None if there is no file."""
        if not path.startswith(ADDRESS):
            return None
        name = path.removeprefix(ADDRESS)
        data = self.files.read(name, self._config() if name == "config.json" else {})
        return (_media_type(name), data) if data is not None else None

    def post(self, path: str, data: bytes) -> tuple[int, str, bytes] | None:
        """Forward a page's request to the local server."""
        if path != API:
            return None
        try:
            return self.server.forward(data)
        except OSError:
            message = {
                "error": "Máy chủ của trang biên tập đã dừng. Cách sửa: chép phần chưa lưu ra chỗ khác, rồi chạy lại make editor."
            }
            return 502, "application/json", json.dumps(message).encode()

    def _config(self) -> dict[str, Any]:
        site = site_of(self.content)
        proxy = Proxy(f"{API}/{self.token}", self.server.branch, site.base_path, self.server.year)
        return {"config": cms_config(site, proxy, ""), "events": self.events}


def _media_type(name: str) -> str:
    media_type = guess_type(name or "index.html")[0] or "application/octet-stream"
    return (
        f"{media_type}; charset=utf-8"
        if media_type.startswith("text/") or media_type.endswith(("json", "javascript"))
        else media_type
    )


# ── for a team ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_editor(files: Files, content: Path, folder: Path, prefix: str = "content/") -> None:
    """Write the editor for the Git host in site.yml. Raise WrongUse if it has none."""
    site = site_of(content)
    if site.editor is None:
        raise WrongUse(
            "site.yml chưa có mục editor: cho biết máy chủ Git của nhóm. Cách sửa: xem docs/bien-tap.md, phần Làm việc theo nhóm."
        )
    if folder.exists() and any(folder.iterdir()):
        raise WrongUse(f"Thư mục {folder} đã có tệp. Cách sửa: chọn một thư mục mới hoặc rỗng cho --out.")
    config = {"config": cms_config(site, site.editor, prefix), "events": None}
    for name in (*files.names(), "config.json", "site.css"):
        data = files.read(name, config)
        assert data is not None
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
