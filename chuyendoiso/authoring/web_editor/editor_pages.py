"""Serve the web editor beside the preview, or write it to a folder for a team.

It is never part of a release.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from chuyendoiso.authoring.web_editor.cms_config import LocalHost, cms_config
from chuyendoiso.authoring.web_editor.content_repository import ContentRepository
from chuyendoiso.authoring.web_editor.draft_preview import DraftPreview
from chuyendoiso.authoring.web_editor.form_words import in_form_words
from chuyendoiso.authoring.web_editor.git_api import NO_HISTORY, GitApi
from chuyendoiso.authoring.web_editor.git_commits import commits_of
from chuyendoiso.authoring.web_editor.sveltia import SveltiaFiles
from chuyendoiso.authoring.web_editor.work_tree import WorkTree, form_text, title_in
from chuyendoiso.authoring.word.word_import import KINDS
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.outputs.assets import read_stylesheet
from chuyendoiso.system.errors import WrongUse

ADDRESS = "/bien-tap/"
API = f"{ADDRESS}api/v1"
# Sveltia writes styles into its page, compiles WebAssembly (pictures), and previews in frames of its own.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline' blob:; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self' data:; connect-src 'self' blob: data:; frame-src 'self' blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'self'"
)
_OWN = {".html", ".css", ".js"}


@dataclass(frozen=True)
class EditorFiles:
    """The editor's own files, and the files of its npm packages."""

    own: Path  # editor/
    theme: Path
    sveltia: SveltiaFiles = field(init=False)

    def __post_init__(self) -> None:
        sveltia = SveltiaFiles(self.own / "node_modules", self.own / "vi.json")
        object.__setattr__(self, "sveltia", sveltia)

    def check(self) -> None:
        """Raise WrongUse if the packages are missing."""
        _ = self.sveltia.root

    def read(self, name: str, config: dict[str, Any]) -> bytes | None:
        """Return a file by its name under the editor's address; None if missing."""
        folder, _, rest = name.partition("/")
        if name == "config.json":
            return json.dumps(config, ensure_ascii=False, indent=1).encode()
        if name == "site.css":
            return read_stylesheet(self.theme, "document").text.encode()
        if folder == "sveltia" and rest:
            return self.sveltia.read(rest)
        path = self._own_files().get(name or "index.html")
        return path.read_bytes() if path else None

    def names(self) -> Iterator[str]:
        """Yield the names of all files that do not depend on the site."""
        yield from self._own_files()
        yield from (f"sveltia/{name}" for name in self.sveltia.names())

    def _own_files(self) -> dict[str, Path]:
        yaml = self.own / "node_modules/yaml/browser"
        own = {path.name: path for path in sorted(self.own.iterdir()) if path.suffix in _OWN}
        return own | {f"yaml/{path.relative_to(yaml).as_posix()}": path for path in sorted(yaml.rglob("*.js"))}


@dataclass(frozen=True)
class EditorPages:
    """The editor's page and the Git host that it works against."""

    files: EditorFiles
    content: Path
    events: str
    preview: DraftPreview | None = None
    token: str = field(default_factory=secrets.token_urlsafe)
    api: GitApi = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "api", GitApi(ContentRepository(WorkTree(self.content)), self.preview))

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the headers of all answers."""
        return {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    def get(self, path: str, query: Mapping[str, str]) -> tuple[int, str, bytes] | None:
        """Return status, media type and bytes of a path; None if there is no file."""
        if path.startswith(f"{API}/"):
            return self.api.get(path.removeprefix(API), query)
        if not path.startswith(ADDRESS):
            return None
        name = path.removeprefix(ADDRESS)
        data = self.files.read(name, self._config() if name == "config.json" else {})
        return (200, _media_type(name), data) if data is not None else None

    def post(self, path: str, data: bytes) -> tuple[int, str, bytes] | None:
        """Answer a request that may change files."""
        return self.api.post(path.removeprefix(API), data) if path.startswith(f"{API}/") else None

    def file(self, path: str) -> bytes | None:
        """Return a file that only an unsaved page has: a rendition of a new picture."""
        return self.preview.file(path) if self.preview else None

    def describe(self, errors: Sequence[Problem]) -> list[dict[str, Any]]:
        """Return the errors of each item, in the form's words."""
        items = []
        for path, group in groupby(sorted(errors), lambda error: error.path):
            name = path.partition("/")[2]
            kind = name.partition("/")[0]
            if kind in set(Kind) and name.endswith(".md"):
                text = form_text(self.api.repository.tree.read(name) or b"")
                lines = [
                    f"{field}: {words}" if field else words for field, words in in_form_words(group, text, Kind(kind), self.content)
                ]
                items.append({"path": name, "title": title_in(text) or name, "lines": lines})
            else:
                items.append({"path": "", "title": path, "lines": [f"{error.message} Cách sửa: {error.remedy}" for error in group]})
        return items

    def _config(self) -> dict[str, Any]:
        site, branch = site_of(self.content), self.api.branch()
        host = LocalHost(API, branch, site.base_path)
        commits = self.api.repository.commits()
        latest = (time := commits and commits.head_time()) and time.isoformat()
        own = {
            "latest": latest,
            "events": self.events,
            "token": self.token,
            "history": branch != NO_HISTORY,
            "word_kinds": list(KINDS),
        }
        return {"config": cms_config(site, host, "", media_folders(self.content)), **own}


def media_folders(content: Path) -> list[str]:
    """Return the folders of pictures and files that there are."""
    folder = content / "media"
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and entry.name[0] != ".") if folder.is_dir() else []


def check_repository(content: Path) -> None:
    """Raise WrongUse if the content folder is in a repository without a way to commit."""
    commits = commits_of(content)
    if commits and (problem := commits.problem("chạy lại")):
        raise WrongUse(problem)


def _media_type(name: str) -> str:
    media_type = "text/javascript" if name.endswith(".mjs") else guess_type(name or "index.html")[0] or "application/octet-stream"
    return (
        f"{media_type}; charset=utf-8"
        if media_type.startswith("text/") or media_type.endswith(("json", "javascript"))
        else media_type
    )


def write_editor(files: EditorFiles, content: Path, folder: Path, prefix: str = "content/") -> None:
    """Write the editor for the Git host in site.yml. Raise WrongUse if it has none."""
    site = site_of(content)
    if site.editor is None:
        raise WrongUse(
            "site.yml chưa có mục editor: cho biết máy chủ Git của nhóm. Cách sửa: xem docs/bien-tap.md, phần Làm việc theo nhóm."
        )
    if folder.exists() and any(folder.iterdir()):
        raise WrongUse(f"Thư mục {folder} đã có tệp. Cách sửa: chọn một thư mục mới hoặc rỗng cho --out.")
    files.check()
    config: dict[str, Any] = {
        "config": cms_config(site, site.editor, prefix, media_folders(content)),
        "events": None,
        "token": None,
        "history": True,
        "word_kinds": [],
    }
    for name in (*files.names(), "config.json", "site.css"):
        data = files.read(name, config)
        assert data is not None
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
