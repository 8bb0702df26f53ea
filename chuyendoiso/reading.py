"""The first steps of a build over a whole folder: each file read and checked on its own, media measured, the books balanced."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from chuyendoiso import attachments, images
from chuyendoiso.addresses import path_of, place_of
from chuyendoiso.catalogue import Media
from chuyendoiso.checked import Checked, Written, media_used
from chuyendoiso.convert import Converted, convert_body
from chuyendoiso.domain.checks import SCHEMAS, check_fields
from chuyendoiso.domain.limits import Limits
from chuyendoiso.domain.model import File, Picture
from chuyendoiso.domain.problems import BuildStopped, Problem
from chuyendoiso.domain.site import Site
from chuyendoiso.domain.vietnamese import format_size
from chuyendoiso.domain.vocabulary import ATTACHMENT_TYPES, DEMO_MARKER, PICTURE_TYPES, is_litter
from chuyendoiso.privacy import declared_numbers, privacy_problems
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
    limits = site.limits if site else Limits()
    with progress.step("Đọc và kiểm tra tệp nội dung", len(tree.articles)) as advance:
        for name in tree.articles:
            try:
                one, problems = _check_file(tree, name, f"{tree.root.name}/{name}", site, limits)
                written.append(one)
                found += problems
            except Unreadable as unreadable:
                found += unreadable.problems
            advance()
    return site, written


def _check_file(tree: Tree, name: str, shown: str, site: Site | None, limits: Limits) -> tuple[Written, tuple[Problem, ...]]:
    """Read and check one file on its own; without a site (its settings are wrong) its fields are not. Raises Unreadable."""
    place = symlink_problem(tree.files[name], shown) or place_of(name, shown)
    if isinstance(place, Problem):
        raise Unreadable(place)
    _refuse_huge(tree.files[name], shown, limits)
    source = read_source(tree.files[name], name, shown)
    body = _convert_within(source.body, shown, source.body_line, limits.conversion_seconds)
    written = Written(name, shown, source.fields, body, source.body_line)
    if site is None:
        return written, ()
    private = tuple(privacy_problems(source.text, shown, declared_numbers(site)))
    fields, problems = check_fields(SCHEMAS[place.kind], source.fields.values, source.fields.line, shown, known_of(site))
    if fields is None:
        return written, (*private, *problems)
    path = path_of(name, place, fields.slug, source.fields.line(("slug",)), shown)
    if isinstance(path, Problem):
        return written, (*private, path)
    return Checked(name, shown, source.fields, body, source.body_line, place.kind, path, fields), private


def _refuse_huge(path: Path, shown: str, limits: Limits) -> None:
    size = path.stat().st_size
    if size > limits.article_bytes:
        message = f"Bài nặng {format_size(size)}, tối đa {format_size(limits.article_bytes)}."
        raise Unreadable(
            Problem(shown, 1, "article-too-large", message, "chia thành nhiều bài, hoặc để phần dài trong tệp đính kèm.")
        )


def _convert_within(body: str, shown: str, line: int, seconds: int) -> Converted:
    """Convert a body, for at most so many seconds where this is the main thread: only there can a timer interrupt."""
    if threading.current_thread() is not threading.main_thread():
        return convert_body(body)

    def stop(signum: int, frame: FrameType | None) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return convert_body(body)
    except (TimeoutError, RecursionError):
        message = f"Nội dung bài có chỗ làm máy chuyển sang trang lâu hơn {seconds} giây."
        remedy = "tìm chỗ lặp lại rất nhiều ký hiệu như [, `, < và xóa bớt."
        raise Unreadable(Problem(shown, line, "conversion-too-slow", message, remedy)) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def measure_media(tree: Tree, written: list[Written], found: list[Problem], progress: Progress, limits: Limits) -> Media:
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
                facts = images.measure_picture(tree.files[name], name, f"{tree.root.name}/{name}", limits)
            elif ending in ATTACHMENT_TYPES:
                facts = attachments.measure_file(tree.files[name], name, f"{tree.root.name}/{name}", limits)
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
