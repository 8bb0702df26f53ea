"""Import a Word file of the editor's page: a commit of the draft and its pictures.

The import is the command's (`authoring.word.word_import`); only what it would write is saved as a form is.
"""

import base64
import binascii
import re
import tempfile
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chuyendoiso.authoring.forms import labels_of
from chuyendoiso.authoring.web_editor.content_repository import ContentRepository, FileEdit
from chuyendoiso.authoring.web_editor.work_tree import SaveRefused
from chuyendoiso.authoring.word.import_report import NoteKind
from chuyendoiso.authoring.word.package import refuse_large
from chuyendoiso.authoring.word.pandoc import is_installed
from chuyendoiso.authoring.word.word_import import ImportOptions, PlannedImport, plan_import
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.os_errors import explain
from chuyendoiso.system.worker_limits import Failure
from chuyendoiso.system.workers import Workers

LARGEST = 40_000_000  # bytes
_NOT_INSTALLED = (
    "Máy này chưa cài phần đọc tệp Word. Cách sửa: trong cửa sổ lệnh, bấm Ctrl+C rồi chạy lại make editor khi máy có mạng; "
    "lệnh ấy tự cài (khoảng 34 MB). Bài chưa lưu ở thẻ khác vẫn còn."
)
_SAVE_AGAIN = re.compile(r"bấm Lưu lại(?:; chữ đang viết vẫn còn trong trang này)?|rồi lưu lại(?=\.$)")
_FIELD = re.compile(r"(?<![\w/.])([a-z_]+)(?=: )")
_MEMORY = 2_000_000_000  # bytes, of the import and of pandoc
_SECONDS = 180.0
_one_import = threading.Lock()


def import_upload(repository: ContentRepository, request: Mapping[str, Any], branch: str) -> dict[str, object]:
    """Import a Word file and save its draft; return the report. Raise SaveRefused."""
    if not is_installed():
        raise SaveRefused(501, _NOT_INSTALLED)
    name, data = _file(request)
    try:
        refuse_large(len(data), LARGEST, name)
        with _one_import, tempfile.TemporaryDirectory(prefix="tep-word-") as folder:
            (Path(folder) / name).write_bytes(data)
            pdf = _write_original(request.get("pdf"), Path(folder) / "goc")
            kind = str(request.get("kind") or "")
            planned = _planned(ImportOptions(Path(folder) / name, repository.content, datetime.now(UTC), kind, pdf))
    except BuildStopped as stopped:
        raise SaveRefused(422, str(stopped)) from stopped
    except OSError as error:
        raise SaveRefused(500, f"Chưa nhập được: {explain(error)}. Cách sửa: xử lý xong rồi nhập lại.") from error
    _save(repository, planned, branch)
    return _report(planned, repository.content)


def _planned(options: ImportOptions) -> PlannedImport:
    """Plan the import in a worker with limits. Raise SaveRefused."""
    with Workers(_MEMORY, count=1) as workers:
        (result,) = workers.map(_plan_or_reason, [options], _SECONDS, heavy=lambda task: True)
    if isinstance(result, PlannedImport):
        return result
    if isinstance(result, Failure):
        result = (
            f"{options.file.name}: Đọc tệp này cần quá nhiều thời gian hoặc bộ nhớ. Cách sửa: chia tệp ra thành vài tệp nhỏ hơn."
        )
    raise SaveRefused(422, result)


def _plan_or_reason(options: ImportOptions) -> PlannedImport | str:
    """Return the planned import, or why there is none."""
    try:
        return plan_import(options)
    except BuildStopped as stopped:
        return str(stopped)


def _save(repository: ContentRepository, planned: PlannedImport, branch: str) -> None:
    """Save all files in one commit. Raise SaveRefused."""
    names = {path.relative_to(repository.content).as_posix(): data for path, data in planned.files.items()}
    edits = [FileEdit("create", name, data) for name, data in names.items()]
    try:
        repository.save(edits, f"Nhập tệp Word: {planned.kind}/{planned.target.stem}", branch)
    except SaveRefused as refused:
        again = "rồi nhập lại" if str(refused).endswith("rồi lưu lại.") else "nhập lại"
        raise SaveRefused(refused.status, _SAVE_AGAIN.sub(again, str(refused))) from refused


def _report(planned: PlannedImport, content: Path) -> dict[str, object]:
    """Return where the draft is, what was written, and the notes in the form's words."""
    labels = labels_of(planned.kind)
    order = list(NoteKind)
    notes = sorted(planned.notes, key=lambda note: order.index(note.kind))
    return {
        "path": planned.target.relative_to(content).as_posix(),
        "files": [path.relative_to(content).as_posix() for path in (*planned.original, *planned.pictures)],
        "notes": [
            {"kind": str(note.kind), "words": _FIELD.sub(lambda match: labels.get(match[1], match[1]), note.text)} for note in notes
        ],
    }


def _file(file: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the name and the bytes of a file. Raise SaveRefused if it is malformed."""
    name = "".join(_plain_letters(str(file.get("name") or "")))
    if not name.strip(". "):
        raise SaveRefused(422, "Chưa chọn tệp Word. Cách sửa: bấm vào ô tệp rồi chọn một tệp .docx.")
    try:
        return name, base64.b64decode(str(file.get("content") or ""), validate=True)
    except binascii.Error:
        raise SaveRefused(422, f"Nội dung của {name} không đúng dạng base64.") from None


def _plain_letters(name: str) -> Iterator[str]:
    """Yield the letters of a file's name without its folders."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return (letter for letter in last if letter.isprintable())


def _write_original(file: object, folder: Path) -> Path | None:
    """Write the signed PDF, if one was chosen; return its path."""
    if not isinstance(file, dict):
        return None
    name, data = _file(file)
    folder.mkdir()
    path = folder / name
    path.write_bytes(data)
    return path
