"""Load a content folder: parse changed files, measure media, count the files."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from chuyendoiso.build.file_cache import CachedFile, CachedMedia, FileCache
from chuyendoiso.content.catalogue import CachedItem, Media
from chuyendoiso.content.front_matter import Unreadable
from chuyendoiso.content.loader import Loader, is_draft, read_file, write_read_files
from chuyendoiso.content.parsed_file import FileContent, ParsedFile, body_media
from chuyendoiso.content.scan import ContentFiles, is_misnamed, symlink_problem
from chuyendoiso.content.site_config import publishing_problems, read_site
from chuyendoiso.model.address_parsers import parse_site_address
from chuyendoiso.model.items import File, Picture
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.media_types import ATTACHMENT_TYPES, PICTURE_TYPES
from chuyendoiso.model.problems import Problem, unreadable
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import DEMO_MARKER, EditorStatus, is_litter
from chuyendoiso.outputs import attachments, images
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.progress import Progress
from chuyendoiso.system.worker_limits import Failure
from chuyendoiso.system.workers import Workers


@dataclass(frozen=True, slots=True)
class LoadedFiles:
    """The content files: valid ones, their rows in the cache, and faulty ones."""

    files: tuple[ParsedFile, ...]
    cached: dict[str, CachedFile]
    faulty: tuple[FileContent, ...]
    drafts: dict[str, str]  # drafts that did not pass: name → path on the site, "" if it is unknown


def read_settings(tree: ContentFiles, problems: list[Problem], *, publishing: bool, address: str | None = None) -> Site | None:
    """Read site.yml and add its problems to `found`; `address` replaces its `url`."""
    shown = f"{tree.root.name}/site.yml"
    try:
        site, lines = read_site(tree.root / "site.yml", shown)
    except Unreadable as unreadable:
        problems += unreadable.problems
        return None
    if publishing:
        problems += publishing_problems(site, lines, shown)
    return replace(site, url=parse_site_address(address)) if address else site


def check_files(
    tree: ContentFiles, site: Site | None, problems: list[Problem], progress: Progress, workers: Workers, file_cache: FileCache
) -> LoadedFiles:
    """Parse and check new and changed content files; add problems to `found`."""
    by = site.digest if site else ""
    file_cache.load(chain(tree.articles, tree.media))
    cached = {name: file for name in tree.articles if (file := file_cache.file(name, tree.files, tree.stamps[name], by))}
    problems += [problem for file in cached.values() for problem in file.problems]
    loader = Loader(tree, site, file_cache.cache, file_cache.version, file_cache.converter)
    faulty: list[FileContent] = []
    drafts: dict[str, str] = {}
    unread = [name for name in tree.articles if name not in cached]
    with progress.step("Đọc và kiểm tra tệp nội dung", len(unread)) as advance:
        workers.set_context(loader)
        results = workers.map(read_file, unread, loader.limits.conversion_seconds, loader.is_heavy, write_read_files)
        for name, result in zip(unread, results, strict=True):
            advance()
            if isinstance(result, Failure):
                problems.append(loader.worker_problem(name, result))
                if is_draft(tree.files[name].read_bytes()):
                    drafts[name] = ""
                continue
            problems += result.problems
            if result.summary:
                stamp = file_cache.not_racy(tree.stamps[name])
                cached[name] = CachedFile(stamp, result.digest, by, result.summary, result.problems)
            elif result.draft:
                drafts[name] = result.path
            if result.faulty:
                faulty.append(result.faulty)
    files = (
        ParsedFile(name, loader.display_path(name), (by, file.digest), file.summary, partial(loader.load, name, by, file.digest))
        for name, file in cached.items()
    )
    return LoadedFiles(tuple(files), cached, tuple(faulty), drafts)


def draft_files(tree: ContentFiles, loaded: LoadedFiles) -> frozenset[str]:
    """Return drafts, and media that only drafts use, as problems name them.

    Their errors do not count yet.
    """
    drafts = {file.name for file in loaded.files if file.summary.status is EditorStatus.DRAFT} | loaded.drafts.keys()
    named = {file.name: file.summary.media for file in loaded.files} | {
        file.name: tuple(body_media(file)) for file in loaded.faulty
    }
    used: dict[bool, set[str]] = {True: set(), False: set()}
    for name, media in named.items():
        used[name in drafts].update(media)
    return frozenset(f"{tree.root.name}/{name}" for name in drafts | (used[True] - used[False]))


def remember(file_cache: FileCache, loaded: LoadedFiles, media: dict[str, CachedMedia], items: Mapping[str, CachedItem]) -> None:
    """Cache the files and items for the next build."""
    known = {name: file if file.item is items[name] else file._replace(item=items[name]) for name, file in loaded.cached.items()}
    file_cache.save({**known, **media})


def measure_media(
    tree: ContentFiles,
    loaded: LoadedFiles,
    problems: list[Problem],
    progress: Progress,
    workers: Workers,
    file_cache: FileCache,
    limits: Limits,
) -> tuple[Media, dict[str, CachedMedia]]:
    """Measure new and changed media that content uses; add problems to `found`."""
    named = {name for file in loaded.files for name in file.summary.media} | {
        name for file in loaded.faulty for name in body_media(file)
    }
    used = sorted(named & set(tree.media))
    unfit = {name: problem for name in used if (problem := symlink_problem(tree.files[name], f"{tree.root.name}/{name}"))}
    problems += unfit.values()
    sound = [name for name in used if name not in unfit]
    by = repr(limits)
    cached = {name: file for name in sound if (file := file_cache.media(name, tree.stamps[name], by))}
    wanted = [(tree.files[name], name, f"{tree.root.name}/{name}", limits) for name in sound if name not in cached]
    pictures = [file for file in wanted if _ending(file[1]) in PICTURE_TYPES]
    files = [file for file in wanted if _ending(file[1]) in ATTACHMENT_TYPES]
    with progress.step("Đo ảnh và tệp đính kèm", len(pictures) + len(files)) as advance:
        of_pictures = ((measured, True) for measured in workers.map(_measure_picture, pictures, limits.picture_seconds))
        results = chain(of_pictures, _measure_files(files, workers, limits))
        for (_, name, path, _), (measured, complete) in zip((*pictures, *files), results, strict=True):
            advance()
            if isinstance(measured, Picture | File):
                cached[name] = CachedMedia(file_cache.not_racy(tree.stamps[name]) if complete else None, by, measured)
            else:
                problems.append(measured if isinstance(measured, Problem) else _unmeasured(path, measured, limits))
    known = {name: file.measured for name, file in sorted(cached.items())}
    media = Media(
        frozenset(tree.media),
        {name: file for name, file in known.items() if isinstance(file, Picture)},
        {name: file for name, file in known.items() if isinstance(file, File)},
    )
    return media, cached


def _measure_picture(task: tuple[Path, str, str, Limits]) -> Picture | Problem:
    path, source, shown, limits = task
    from chuyendoiso.outputs.images.measure import measure_picture  # loads Pillow

    try:
        return measure_picture(path, source, shown, limits)
    except OSError as error:
        return unreadable(shown, error)


def _measure_files(
    files: list[tuple[Path, str, str, Limits]], workers: Workers, limits: Limits
) -> Iterator[tuple[File | Problem, bool]]:
    """Yield each attachment, and whether it was fully measured.

    PDF files are measured in a worker, since PDFium is no Python. If that fails, a file has no page count and no picture, and
    the next build measures it again.
    """
    measured_files = [_measure_file(*task) for task in files]
    pdfs = {
        path: images.PdfTask(path, shown)
        for (path, _, shown, _), file in zip(files, measured_files, strict=True)
        if isinstance(file, File) and file.media_type == ATTACHMENT_TYPES[".pdf"]
    }
    results = workers.map(images.measure_pdf, list(pdfs.values()), limits.picture_seconds, heavy=lambda task: True)
    of_pdfs = dict(zip(pdfs, results, strict=True))
    for (path, *_), file in zip(files, measured_files, strict=True):
        measured = of_pdfs.get(path)
        if isinstance(file, File) and isinstance(measured, images.PdfFacts):
            yield file._replace(pages=measured.pages, first_page=measured.first_page), True
        elif isinstance(measured, Problem):
            yield measured, True
        else:
            yield file, not isinstance(measured, Failure)


def _measure_file(path: Path, source: str, shown: str, limits: Limits) -> File | Problem:
    try:
        return attachments.measure_file(path, source, shown, limits)
    except OSError as error:
        return unreadable(shown, error)


def _ending(name: str) -> str:
    return name[name.rfind(".") :].lower()


def _unmeasured(shown: str, failure: Failure, limits: Limits) -> Problem:
    slow = f"Đọc ảnh này lâu hơn {limits.picture_seconds} giây."
    message = slow if failure is Failure.SLOW else "Đọc ảnh này làm máy hết bộ nhớ hoặc dừng đột ngột."
    return Problem(shown, 1, "picture-too-heavy", message, "lưu lại thành JPEG, không quá 4000 điểm mỗi chiều.")


def check_file_count(counted: int, root: Path) -> None:
    """Count the files by a second, separate walk. Raises BuildStopped on a difference."""
    if (walked := sum(1 for _ in _separate_walk(root))) != counted:
        raise BuildStopped(f"Số tệp không khớp: tìm thấy {walked} tệp nội dung nhưng chỉ xử lý {counted}. Trang cũ vẫn còn nguyên.")


def _separate_walk(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        outside = {"site.yml", DEMO_MARKER} if Path(folder) == root else set()
        if outside:
            folders[:] = [name for name in folders if name != "media"]
        yield from (name for name in names if name not in outside and not is_litter(name))
        yield from (name for name in folders if os.path.islink(os.path.join(folder, name)) or is_misnamed(name))
