"""Extract the pictures of a Word file; report unsupported pictures."""

import tempfile
from collections.abc import Mapping
from itertools import count
from pathlib import Path, PurePosixPath

from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.nodes import images_in
from chuyendoiso.authoring.word.pandoc import Nodes
from chuyendoiso.authoring.word.saving import free_path
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.problems import Problem
from chuyendoiso.outputs.images.measure import measure_picture
from chuyendoiso.outputs.images.metadata import without_metadata

# The first bytes of the formats that both Word and the site support
_SIGNATURES = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png", b"GIF87a": ".gif", b"GIF89a": ".gif"}


def read_pictures(
    blocks: Nodes, media: Mapping[str, bytes], content: Path, stem: str, limits: Limits
) -> tuple[dict[str, str], dict[Path, bytes], list[ImportNote]]:
    """Check and name the pictures of blocks, in order.

    Return their paths in a body (`/media/2026/x-1.jpg`) by pandoc's name, the files to write, and notes. `stem` is their path below `media/`: `2026/hop-to`.
    """
    paths: dict[str, str] = {}
    files: dict[Path, bytes] = {}
    notes: list[ImportNote] = []
    target = content / "media" / stem
    sources = list(dict.fromkeys(str(image["c"][2][0]) for image in images_in(blocks)))
    for number, source in enumerate(sources, start=1):
        raw = media.get(source, b"")
        suffix = _suffix(raw)
        if problem := _problem(raw, suffix, source, limits):
            notes.append(ImportNote(NoteKind.DROPPED, f"ảnh thứ {number} trong tệp Word ({PurePosixPath(source).name}): {problem}"))
            continue
        raw = without_metadata(raw)
        names = (f"{target.name}-{index}{suffix}" for index in count(len(files) + 1))
        path = free_path(target.parent, names, raw, files)
        files[path] = raw
        paths[source] = f"/{path.relative_to(content).as_posix()}"
    if unused := ", ".join(PurePosixPath(name).name for name in media if name not in sources):
        notes.append(ImportNote(NoteKind.DROPPED, f"ảnh Word chèn theo cách trang không đọc được, hoặc ở đầu trang: {unused}."))
    return paths, files, notes


def _suffix(raw: bytes) -> str:
    """Return the file suffix for a picture's bytes; "" for unsupported formats."""
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return ".webp"
    return next((suffix for signature, suffix in _SIGNATURES.items() if raw.startswith(signature)), "")


def _problem(raw: bytes, suffix: str, source: str, limits: Limits) -> str:
    """Return why a picture is not accepted, with the remedy; "" if it is."""
    if not raw:
        return "không có trong tệp (ảnh liên kết từ nơi khác). Cách sửa: chèn ảnh vào bài."
    if not suffix:
        kind = PurePosixPath(source).suffix.removeprefix(".").upper() or "lạ"
        return f"định dạng {kind} không dùng được trên trang. Cách sửa: lưu thành JPEG hoặc PNG rồi chèn vào bài."
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"anh{suffix}"
        path.write_bytes(raw)
        result = measure_picture(path, path.name, path.name, limits)
    return f"{result.message} Cách sửa: {result.remedy}" if isinstance(result, Problem) else ""
