"""The first steps of a build over a whole folder: each file read and checked on its own, media measured, the books balanced."""

import os
from collections.abc import Iterator
from pathlib import Path

from chuyendoiso import attachments, images
from chuyendoiso.addresses import path_of, place_of
from chuyendoiso.catalogue import Media
from chuyendoiso.checked import Checked, Written, media_used
from chuyendoiso.convert import convert_body
from chuyendoiso.domain.checks import SCHEMAS, check_fields
from chuyendoiso.domain.fields import Known
from chuyendoiso.domain.model import File, Picture
from chuyendoiso.domain.problems import BuildStopped, Problem
from chuyendoiso.domain.site import Site
from chuyendoiso.domain.vocabulary import ATTACHMENT_TYPES, DEMO_MARKER, PICTURE_TYPES, is_litter
from chuyendoiso.progress import Progress
from chuyendoiso.settings import known_of, publishing_problems, read_site
from chuyendoiso.source import Tree, Unreadable, read_source, symlink_problem


def check_files(tree: Tree, found: list[Problem], progress: Progress, *, publishing: bool) -> tuple[Site | None, list[Written]]:
    """Read site.yml and every content file, each checked on its own; what is wrong is added to `found`."""
    shown = f"{tree.root.name}/site.yml"
    site = None
    try:
        site, lines = read_site(tree.root / "site.yml", shown)
        if publishing:
            found += publishing_problems(site, lines, shown)
    except Unreadable as unreadable:
        found += unreadable.problems
    written: list[Written] = []
    with progress.step("Đọc và kiểm tra tệp nội dung", len(tree.articles)) as advance:
        for name in tree.articles:
            try:
                one, problems = _check_file(tree, name, f"{tree.root.name}/{name}", known_of(site) if site else None)
                written.append(one)
                found += problems
            except Unreadable as unreadable:
                found += unreadable.problems
            advance()
    return site, written


def _check_file(tree: Tree, name: str, shown: str, known: Known | None) -> tuple[Written, tuple[Problem, ...]]:
    """Read and check one file on its own; without a site (its settings are wrong) its fields are not. Raises Unreadable."""
    place = symlink_problem(tree.files[name], shown) or place_of(name, shown)
    if isinstance(place, Problem):
        raise Unreadable(place)
    source = read_source(tree.files[name], name, shown)
    body = convert_body(source.body)
    written = Written(name, shown, source.fields, body, source.body_line)
    if known is None:
        return written, ()
    fields, problems = check_fields(SCHEMAS[place.kind], source.fields.values, source.fields.line, shown, known)
    if fields is None:
        return written, problems
    path = path_of(name, place, fields.slug, source.fields.line(("slug",)), shown)
    if isinstance(path, Problem):
        return written, (path,)
    return Checked(name, shown, source.fields, body, source.body_line, place.kind, path, fields), ()


def measure_media(tree: Tree, written: list[Written], found: list[Problem], progress: Progress) -> Media:
    """Measure the media files that content uses; what is wrong with them is added to `found`."""
    used = sorted({name for one in written for name in media_used(one)} & set(tree.media))
    pictures: dict[str, Picture] = {}
    files: dict[str, File] = {}
    with progress.step("Đo ảnh và tệp đính kèm", len(used)) as advance:
        for name in used:
            ending = name[name.rfind(".") :].lower()
            facts: Picture | File | Problem | None = symlink_problem(tree.files[name], f"{tree.root.name}/{name}")
            if facts:
                pass
            elif ending in PICTURE_TYPES:
                facts = images.measure_picture(tree.files[name], name, f"{tree.root.name}/{name}")
            elif ending in ATTACHMENT_TYPES:
                facts = attachments.measure_file(tree.files[name], name, f"{tree.root.name}/{name}")
            if isinstance(facts, Problem):
                found.append(facts)
            elif isinstance(facts, Picture):
                pictures[name] = facts
            elif facts:
                files[name] = facts
            advance()
    return Media(frozenset(tree.media), pictures, files)


def balance(counted: int, root: Path) -> None:
    """Count the files again, by another walk: none may have got lost on the way."""
    walked = sum(1 for _ in _separate_walk(root))
    if walked != counted:
        raise BuildStopped(f"Số tệp không khớp: tìm thấy {walked} tệp nội dung nhưng chỉ xử lý {counted}. Trang cũ vẫn còn nguyên.")


def _separate_walk(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        apart = {"site.yml", DEMO_MARKER} if Path(folder) == root else set()
        if apart:
            folders[:] = [name for name in folders if name != "media"]
        yield from (name for name in names if name not in apart and not is_litter(name))
        yield from (name for name in folders if os.path.islink(os.path.join(folder, name)))
