"""The part of Gitea's REST API that Sveltia CMS uses, over the content folder.

Source: Gitea 1.24, API v1; Sveltia CMS 0.221, `services/backends/git/gitea`. Beyond Gitea, a file of a save may have `base` (the text that
the form read, instead of a hash) and `retain`; a conflict's answer has the file's `current` text.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from chuyendoiso.authoring.web_editor.content_repository import ContentRepository, FileEdit
from chuyendoiso.authoring.web_editor.draft_preview import DraftPreview
from chuyendoiso.authoring.web_editor.item_names import fields_of, with_name
from chuyendoiso.authoring.web_editor.media_uses import descriptions_of, undescribed
from chuyendoiso.authoring.web_editor.merging import merge
from chuyendoiso.authoring.web_editor.word_upload import import_upload
from chuyendoiso.authoring.web_editor.work_tree import SaveRefused
from chuyendoiso.model.vocabulary import EditorStatus

OWNER, NAME = "bien-tap", "noi-dung"  # a repository's address must have both
NO_HISTORY = "không có Git"  # the branch's name if there is none
_JSON = "application/json; charset=utf-8"
_NOT_PUBLISHABLE = "Sửa những chỗ này rồi lưu lại, hoặc chọn trạng thái “Bản nháp” để lưu dở."
_LARGEST_BLOB = 10_000_000
_OPERATIONS = {"create", "update", "delete"}
Answer = tuple[int, str, bytes]  # status, media type, bytes


@dataclass(frozen=True)
class GitApi:
    """Answers requests of the editor's page."""

    repository: ContentRepository
    preview: DraftPreview | None = None

    def get(self, path: str, query: Mapping[str, str]) -> Answer:
        """Answer a GET request; `path` is below `/api/v1`."""
        return _answer(lambda: self._get(path.strip("/"), query))

    def post(self, path: str, data: bytes) -> Answer:
        """Answer a POST request."""
        return _answer(lambda: self._post(path.strip("/"), data))

    def branch(self) -> str:
        """Return the name of the branch that is checked out."""
        commits = self.repository.commits()
        return commits.branch() if commits else NO_HISTORY

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _get(self, path: str, query: Mapping[str, str]) -> object:
        match path.split("/", 3):
            case ["version"]:
                return {"version": "1.24.0"}
            case ["user"]:
                return self._user()
            case ["items"]:
                return [{"path": name, "title": title} for name, title in self.repository.tree.titles()]
            case ["descriptions"]:
                return descriptions_of(self.repository.tree, query.get("file", ""))
            case ["settings", "api"]:
                return {"default_paging_num": 500, "max_response_items": 500, "default_max_blob_size": _LARGEST_BLOB}
            case ["repos", _, _]:
                return {"permissions": {"pull": True, "push": True}, "default_branch": self.branch()}
            case ["repos", _, _, rest]:
                return self._read(rest, query)
        raise SaveRefused(404, "Không có địa chỉ này.")

    def _read(self, path: str, query: Mapping[str, str]) -> object:
        kind, _, name = path.partition("/")
        if kind == "branches":
            return {"commit": {"id": self.repository.tree.fingerprint(), "message": ""}}
        if kind == "git" and name.startswith("trees/"):
            files = self.repository.tree.files()
            tree = [{"path": file.path, "sha": file.sha, "size": file.size, "type": "blob", "mode": "100644"} for file in files]
            return {"tree": tree, "truncated": False}
        if kind == "commits":
            return self._history(query.get("path", ""))
        if kind == "raw":
            return 200, "text/plain; charset=utf-8", self._bytes(unquote(name))
        if kind == "media":
            file = unquote(name.partition("/")[2])
            return 200, guess_type(file)[0] or "application/octet-stream", self._bytes(file)
        raise SaveRefused(404, "Không có địa chỉ này.")

    def _bytes(self, name: str) -> bytes:
        data = self.repository.tree.read(name)
        if data is None:
            raise SaveRefused(404, f"Không có tệp {name}.")
        return data

    def _user(self) -> dict[str, object]:
        commits = self.repository.commits()
        name, email = commits.author() if commits else ("", "")
        return {
            "id": 1,
            "login": "bien-tap",
            "full_name": name or "Người biên tập",
            "email": email,
            "avatar_url": "",
            "html_url": "",
        }

    def _history(self, name: str) -> list[dict[str, object]]:
        commits = self.repository.commits()
        self.repository.tree.locate(name)
        return [
            {
                "sha": past.sha,
                "created": past.date,
                "author": None,
                "commit": {"author": {"name": past.name, "email": past.email, "date": past.date}},
            }
            for past in (commits.history(name) if commits else [])
        ]

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _post(self, path: str, data: bytes) -> object:
        try:
            request = json.loads(data)
        except ValueError:
            raise SaveRefused(400, "Yêu cầu không đúng dạng JSON.") from None
        if not isinstance(request, dict):
            raise SaveRefused(400, "Yêu cầu không đúng dạng.")
        match path.split("/"):
            case ["repos", _, _, "file-contents"]:
                return [self._content(str(name)) for name in request.get("files", [])]
            case ["repos", _, _, "contents"]:
                return self._save(request)
            case ["preview"] if self.preview:
                kind, name, text = (str(request.get(part) or "") for part in ("kind", "path", "text"))
                draft = self.preview.render(kind, name, text, looks=request.get("looks") is True)
                lines = [*draft.problems, *self._descriptions(name, text)]
                problems = [{"field": field, "words": words} for field, words in lines]
                return {"page": draft.page, "problems": problems, "message": draft.message}
            case ["preview", "files"] if self.preview:
                edit = _edit({**request, "operation": "create"})
                self.preview.add_file(edit.path, edit.data)
                return {}
            case ["word"]:
                return 201, import_upload(self.repository, request, self._branch_of(request))
            case ["merge"]:
                merged = merge(*(str(request.get(side, "")) for side in ("base", "mine", "theirs")))
                return {"text": merged.text, "conflicts": [{"mine": mine, "theirs": theirs} for mine, theirs in merged.conflicts]}
        raise SaveRefused(404, "Không có địa chỉ này.")

    def _descriptions(self, name: str, text: str) -> Iterator[tuple[str, str]]:
        """Yield how other items describe each picture that a text does not describe."""
        for picture in undescribed(text):
            if known := descriptions_of(self.repository.tree, picture, name):
                listed = ", ".join(f"“{words}”" for words in known)
                yield "Mô tả ảnh", f"bài khác mô tả ảnh {picture.rpartition('/')[2]} là {listed}. Chép lại nếu đúng với bài này."

    def _content(self, name: str) -> dict[str, object] | None:
        data = self.repository.tree.read(name)
        if data is None:
            return None
        return {"path": name, "type": "file", "encoding": "base64", "content": base64.b64encode(data).decode()}

    def _save(self, request: Mapping[str, Any]) -> object:
        files = request.get("files")
        if not isinstance(files, list) or not all(isinstance(file, dict) for file in files):
            raise SaveRefused(400, "Yêu cầu không có danh sách tệp.")
        edits = [_edit(file) for file in files]
        for edit in edits:
            self.repository.tree.locate(edit.path)
        edits = [with_name(self.repository.tree, edit) for edit in edits]
        self._check_publication(edits)
        saved = self.repository.save(edits, _message(request, edits), self._branch_of(request))
        commits = self.repository.commits()
        now = (commits and commits.head_time()) or datetime.now().astimezone()
        blobs = [{"path": edit.path, "sha": saved.blobs[edit.path]} if edit.path in saved.blobs else None for edit in edits]
        return 201, {"commit": {"sha": saved.sha or "0" * 40, "created": now.isoformat()}, "files": blobs}

    def _check_publication(self, edits: Sequence[FileEdit]) -> None:
        """Raise SaveRefused if a text that readers would see has an error.

        A draft may be in any state; the checks report it.
        """
        new = {edit.path: edit.data for edit in edits if edit.operation != "delete"}
        for path, data in new.items():
            fields = fields_of(data, path) if path.endswith(".md") else None
            if fields is None or fields.get("status") == EditorStatus.DRAFT:
                continue
            if fields.get("status") == EditorStatus.WITHDRAWN and not fields.get("withdrawn_reason"):
                raise SaveRefused(422, "Gỡ bài thì phải ghi lý do cho người đọc. Cách sửa: điền ô “Lý do gỡ”, rồi lưu lại.")
            if self.preview and (errors := self.preview.errors(path, data.decode(), new)):
                lines = "\n".join(f"• {field}: {words}" if field else f"• {words}" for field, words in errors)
                raise SaveRefused(422, f"Bài chưa đăng được, nên chưa lưu gì:\n{lines}\n{_NOT_PUBLISHABLE}")

    def _branch_of(self, request: Mapping[str, Any]) -> str:
        branch = str(request.get("branch") or "")
        return "" if branch == NO_HISTORY else branch


def _message(request: Mapping[str, Any], edits: Sequence[FileEdit]) -> str:
    """Return the message of a commit, with the names that files get."""
    if moved := next((edit for edit in edits if edit.from_path.startswith("media/")), None):
        return f"Đổi tên tệp: {moved.from_path} thành {moved.path}"
    message = str(request.get("message") or "Sửa bài")
    for edit in edits:
        if edit.from_path:
            message = message.replace(PurePosixPath(edit.from_path).stem, PurePosixPath(edit.path).stem)
    return message


def _edit(file: Mapping[str, Any]) -> FileEdit:
    """Return a file of a save. Raise SaveRefused if it is malformed."""
    operation, path = file.get("operation"), file.get("path")
    if operation not in _OPERATIONS or not isinstance(path, str):
        raise SaveRefused(422, "Yêu cầu có tệp không rõ phải làm gì.")
    try:
        data = base64.b64decode(str(file.get("content") or ""), validate=True)
    except binascii.Error:
        raise SaveRefused(422, f"Nội dung của {path} không đúng dạng base64.") from None
    base = file.get("base")
    return FileEdit(
        str(operation),
        path,
        data,
        from_path=str(file.get("from_path") or ""),
        base=base if isinstance(base, str) else None,
        sha=str(file.get("sha") or ""),
        retain=file.get("retain") is True,
    )


def _answer(work: Callable[[], object]) -> Answer:
    """Return what `work` returns as JSON, or its refusal."""
    try:
        value = work()
    except SaveRefused as refused:
        value = refused.status, {"message": str(refused), **refused.details}
    except OSError as error:
        value = 500, {"message": f"Không đọc được tệp: {error.strerror or error}."}
    if isinstance(value, tuple) and len(value) == 3:
        return value
    status, content = value if isinstance(value, tuple) else (200, value)
    return status, _JSON, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogateescape")
