"""Pictures of a Word file → files under content/media/ that the site accepts; others are left out and told."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from chuyendoiso.authoring.word.import_report import ImportNote, Sort
from chuyendoiso.authoring.word.nodes import images_in
from chuyendoiso.authoring.word.pandoc import Nodes
from chuyendoiso.authoring.word.saving import free_path
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.problems import Problem
from chuyendoiso.outputs.images.measure import measure_picture

# The first bytes of the formats that both Word and the site know
_SIGNS = {".jpg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG\r\n\x1a\n",), ".gif": (b"GIF87a", b"GIF89a")}


@dataclass(frozen=True)
class Pictures:
    """What becomes of the pictures of a file."""

    paths: Mapping[str, str]  # pandoc's name → the address in a body: `/media/2026/x-1.jpg`
    files: Mapping[Path, bytes]
    notes: tuple[ImportNote, ...]


def read_pictures(blocks: Nodes, media: Mapping[str, bytes], content: Path, stem: str, limits: Limits) -> Pictures:
    """Look at the pictures of blocks, in their order; `stem` is where they go: `2026/hop-to`."""
    paths: dict[str, str] = {}
    files: dict[Path, bytes] = {}
    notes: list[ImportNote] = []
    folder, name = (content / "media" / stem).parent, PurePosixPath(stem).name
    for number, source in enumerate(dict.fromkeys(str(image["c"][2][0]) for image in images_in(blocks)), start=1):
        raw = media.get(source, b"")
        suffix = suffix_of(raw)
        wrong = _why_not(raw, suffix, source, limits)
        if suffix is None or wrong:
            notes.append(ImportNote(Sort.DROPPED, f"ảnh thứ {number} trong tệp Word ({PurePosixPath(source).name}): {wrong}"))
            continue
        names = (f"{name}-{one}{suffix}" for one in count(len(files) + 1))
        path = free_path(folder, names, raw, files)
        files[path] = raw
        paths[source] = f"/{path.relative_to(content).as_posix()}"
    shown = {str(image["c"][2][0]) for image in images_in(blocks)}
    unseen = [PurePosixPath(one).name for one in media if one not in shown]
    if unseen:
        notes.append(
            ImportNote(Sort.DROPPED, f"ảnh Word chèn theo cách trang không đọc được, hoặc ở đầu trang: {', '.join(unseen)}.")
        )
    return Pictures(paths, files, tuple(notes))


def suffix_of(raw: bytes) -> str | None:
    """Return the ending for a picture's bytes; None where the site does not show its format."""
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return ".webp"
    return next((suffix for suffix, signs in _SIGNS.items() if raw.startswith(signs)), None)


def _why_not(raw: bytes, suffix: str | None, source: str, limits: Limits) -> str | None:
    """Return why a picture cannot be used, with the remedy; None where it can."""
    if not raw:
        return "không có trong tệp (ảnh liên kết từ nơi khác). Cách sửa: chèn ảnh vào bài."
    if suffix is None:
        kind = PurePosixPath(source).suffix.removeprefix(".").upper() or "lạ"
        return f"định dạng {kind} không dùng được trên trang. Cách sửa: lưu thành JPEG hoặc PNG rồi chèn vào bài."
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"anh{suffix}"
        path.write_bytes(raw)
        found = measure_picture(path, path.name, path.name, limits)
    return f"{found.message} Cách sửa: {found.remedy}" if isinstance(found, Problem) else None
