"""Names of items' files: a published item keeps its name, a draft gets one.

Sveltia names a new file after its title or number. One that has neither yet gets twelve random digits for a name.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from chuyendoiso.authoring.drafts import free_slug, short_slug
from chuyendoiso.authoring.web_editor.content_repository import FileEdit
from chuyendoiso.authoring.web_editor.work_tree import SaveRefused, WorkTree
from chuyendoiso.content.decode import Unreadable
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.content.permalinks import classify_file, make_permalink
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.vocabulary import EditorStatus, Kind

_RANDOM = re.compile(r"[0-9a-f]{12}")
_KEEPS_ITS_NAME = (
    "Bài đã đăng thì giữ đường dẫn: người đọc, kênh Zalo và bài khác đang dùng địa chỉ ấy. Cách sửa: trả lại đường dẫn cũ rồi lưu. "
    "Thật cần đổi thì làm theo phần “Đổi địa chỉ” của hướng dẫn biên tập."
)


def fields_of(data: bytes, name: str) -> Mapping[str, Any] | None:
    """Return the values of an item's fields; None if they cannot be read."""
    try:
        return parse_source(data, name, name).fields.values
    except Unreadable:  # the checks report it
        return None


def name_of(tree: WorkTree, name: str, fields: Mapping[str, Any]) -> str:
    """Return the file named after an item's title or number; else `name`."""
    path = PurePosixPath(name)
    naming = CONTENT_TYPES[Kind(path.parts[0])].slug_field or "title"
    slug = short_slug(str(fields.get(naming) or ""))
    return (path.parent / f"{free_slug(tree.content / path.parent, slug)}.md").as_posix() if slug else name


def with_name(tree: WorkTree, edit: FileEdit) -> FileEdit:
    """Return an edit with the name of its file. Raise SaveRefused."""
    before = edit.from_path or edit.path
    if edit.operation != "update" or not edit.path.endswith(".md"):
        return edit
    known = fields_of(tree.read(before) or b"", before)
    is_draft = known is not None and known.get("status") == EditorStatus.DRAFT
    if before != edit.path:
        if not is_draft:
            raise SaveRefused(422, _KEEPS_ITS_NAME)
        return edit
    fields = fields_of(edit.data, edit.path)
    if not is_draft and known and fields:
        _check_address(edit.path, known, fields)
    if not is_draft or fields is None or not _RANDOM.fullmatch(PurePosixPath(edit.path).stem):
        return edit
    name = name_of(tree, edit.path, fields)
    return edit if name == edit.path else replace(edit, path=name, from_path=edit.path)


def _check_address(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Raise SaveRefused if a published item loses its address."""
    address = _address(name, before)
    if address not in {"", _address(name, after)} and address not in after.get("aliases", ()):
        raise SaveRefused(
            422,
            f"Bài đã đăng ở địa chỉ {address}: đổi “Tên trong địa chỉ” thì ai đang giữ địa chỉ ấy không mở được bài nữa. "
            f"Cách sửa: trả ô ấy lại như cũ, hoặc thêm {address} vào ô “Đường dẫn cũ”, rồi lưu lại.",
        )


def _address(name: str, fields: Mapping[str, Any]) -> str:
    """Return an item's path on the site; "" if its name or its `slug` is invalid."""
    place, slug = classify_file(name, name), fields.get("slug")
    if isinstance(place, Problem):
        return ""
    path = make_permalink(name, place, slug if isinstance(slug, str) else None, 1, name)
    return "" if isinstance(path, Problem) else path
