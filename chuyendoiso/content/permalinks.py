"""The permalink of each content file. `model.urls` has the site's other addresses."""

import posixpath
import re
from dataclasses import dataclass

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import CONTENT_TYPES, ITEM_TYPES
from chuyendoiso.model.media_types import ATTACHMENT_TYPES, PICTURE_TYPES
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.vietnamese import slugify
from chuyendoiso.model.vocabulary import Kind

LONGEST_SLUG = 100
# First folders of addresses that no page of content may take.
_RESERVED = {*ITEM_TYPES, *urls.OWN_FOLDERS}

_FOLDERS = "|".join(f"{kind}/[0-9]{{4}}" if content_type.by_year else str(kind) for kind, content_type in ITEM_TYPES.items())
_ITEM = re.compile(rf"/(?:{_FOLDERS})/[a-z0-9-]+/")


def first_path(path: str, aliases: tuple[str, ...]) -> str:
    """Return the first permalink that an item had on this site.

    Aliases that have the form of other systems' addresses do not count.
    """
    return next((alias for alias in aliases if _ITEM.fullmatch(alias)), path)


@dataclass(frozen=True, slots=True)
class Place:
    """A file's kind, and the year's folder of a news article."""

    kind: Kind
    year: str | None


def classify_file(name: str, display_path: str) -> Place | Problem:
    """Return kind and year of a content file, from its path, or the path's problem."""
    folder, _, file = name.rpartition("/")
    stem, ending = posixpath.splitext(file)
    kind = name.partition("/")[0]
    if "\ufffd" in name:
        message = f'Tên tệp hoặc thư mục "{name}" có ký tự ẩn hoặc không đọc được (\ufffd).'
        return Problem(display_path, 1, "invalid-name", message, "đổi tên, chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối.")
    if kind not in set(Kind) or not folder:
        message = f'Tệp "{file}" nằm ngoài các thư mục {", ".join(Kind)}, media.'
        return Problem(display_path, 1, "stray-file", message, _remedy_outside(folder, kind, file))
    if ending != ".md":
        return Problem(display_path, 1, "wrong-extension", f'Tệp "{file}" không phải bài viết .md.', _remedy_for(ending, stem))
    content_type = CONTENT_TYPES[Kind(kind)]
    if content_type.by_year:
        year = re.fullmatch(rf"{kind}/((?:19|20|21)[0-9][0-9])", folder)
        if year:
            return Place(content_type.kind, year[1])
        message = f"Bài {content_type.singular} không nằm trong thư mục của một năm."
        return Problem(display_path, 1, "wrong-folder", message, f"chuyển tệp vào {kind}/năm/, ví dụ {kind}/2026/{file}.")
    if folder != kind:
        return Problem(
            display_path, 1, "wrong-folder", f'Tệp nằm trong thư mục con "{folder}".', f"chuyển tệp ra thẳng thư mục {kind}/."
        )
    return Place(Kind(kind), None)


def _remedy_outside(folder: str, kind: str, file: str) -> str:
    if folder and slugify(kind) in {*Kind, "media"}:
        return f'đổi tên thư mục "{kind}" thành {slugify(kind)}.'
    if not folder and slugify(posixpath.splitext(file)[0]) == "site":
        return "nếu là tệp cài đặt của trang, đổi tên thành site.yml; nếu không, xóa tệp."
    return "chuyển tệp vào đúng thư mục, hoặc xóa nếu không cần."


_FILE_ENDINGS = {*PICTURE_TYPES, *ATTACHMENT_TYPES}


def _remedy_for(ending: str, stem: str) -> str:
    if ending.lower() == ".md":
        return f"đổi tên thành {stem}.md (đuôi chữ thường)."
    if ending.lower() in _FILE_ENDINGS:
        return "nếu là ảnh hoặc tệp đính kèm, chuyển vào content/media/; nếu là bài viết, chép chữ sang một tệp .md mới."
    name = stem.removesuffix(".md") or "ten-bai"
    return f"nếu là bài viết, đổi tên thành {name}.md và thêm phần khai báo; nếu không, xóa tệp."


def make_permalink(name: str, place: Place, slug: str | None, line: int, display_path: str) -> str | Problem:
    """Return the permalink of a file, `/van-ban/749-qd-ttg/`, or its problem.

    Without `slug` it is made of the file's name. `line` is that of the slug.
    """
    stem = posixpath.splitext(posixpath.basename(name))[0]
    slug = slug or slugify(stem)
    if not slug:
        message = f'Tên tệp "{stem}" không có chữ hoặc số nào để làm địa chỉ.'
        return Problem(
            display_path, line, "invalid-slug", message, "thêm dòng slug: với chữ thường không dấu, chữ số và dấu gạch nối."
        )
    if len(slug) > LONGEST_SLUG:
        message = f"Tên tệp cho địa chỉ dài {len(slug)} ký tự, tối đa {LONGEST_SLUG}."
        return Problem(
            display_path,
            line,
            "invalid-slug",
            message,
            f"thêm dòng slug: ngắn hơn, ví dụ {slug[:60].rpartition('-')[0] or slug[:60]}.",
        )
    if place.kind not in ITEM_TYPES:
        if slug in _RESERVED:
            message = f'Địa chỉ "/{slug}/" là của phần có sẵn trên trang.'
            return Problem(display_path, line, "reserved-path", message, f"đổi slug, ví dụ {slug}-1.")
        return f"/{slug}/"
    path = f"/{place.kind}/{place.year}/{slug}/" if place.year else f"/{place.kind}/{slug}/"
    if urls.is_own(path):
        message = f'Địa chỉ "{path}" là của danh sách có sẵn trên trang.'
        return Problem(display_path, line, "reserved-path", message, f"thêm hoặc sửa dòng slug:, ví dụ slug: bai-{slug}.")
    return path
