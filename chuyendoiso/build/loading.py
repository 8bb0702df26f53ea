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
    """The content files: valid, as cached, and invalid ones."""

    files: tuple[ParsedFile, ...]
    cached: dict[str, CachedFile]
    faulty: tuple[FileContent, ...]
    drafts: dict[str, str]  # invalid drafts: name → path on the site, "" if unknown


def read_settings(tree: ContentFiles, problems: list[Problem], *, publishing: bool, address: str | None = None) -> Site | None:
    """Read site.yml; return None if it is invalid. Add to `problems`.

    `address` replaces its `url`.
    """
    path = f"{tree.root.name}/site.yml"
    try:
        site, lines = read_site(tree.root / "site.yml", path)
    except Unreadable as unreadable:
        problems += unreadable.problems
        return None
    if publishing:
        problems += publishing_problems(site, lines, path)
    return replace(site, url=parse_site_address(address)) if address else site


def check_files(
    tree: ContentFiles, site: Site | None, problems: list[Problem], progress: Progress, workers: Workers, file_cache: FileCache
) -> LoadedFiles:
    """Parse and check new and changed content files; add to `problems`."""
    settings = site.digest if site else ""
    file_cache.load(chain(tree.articles, tree.media))
    cached = {name: file for name in tree.articles if (file := file_cache.file(name, tree.files, tree.stamps[name], settings))}
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
                cached[name] = CachedFile(stamp, result.digest, settings, result.summary, result.problems)
            elif result.draft:
                drafts[name] = result.path
            if result.faulty:
                faulty.append(result.faulty)
    files = (_parsed_file(loader, name, settings, file) for name, file in cached.items())
    return LoadedFiles(tuple(files), cached, tuple(faulty), drafts)


def _parsed_file(loader: Loader, name: str, settings: str, file: CachedFile) -> ParsedFile:
    load = partial(loader.load, name, settings, file.digest)
    return ParsedFile(name, loader.display_path(name), (settings, file.digest), file.summary, load)


def draft_files(tree: ContentFiles, loaded: LoadedFiles) -> frozenset[str]:
    """Return the `Problem.path` of drafts, and of media that only drafts use.

    Their errors become errors once the drafts are published.
    """
    drafts = {file.name for file in loaded.files if file.summary.status is EditorStatus.DRAFT} | loaded.drafts.keys()
    media_of_drafts: set[str] = set()
    media_of_others: set[str] = set()
    for name, media in _media_by_file(loaded).items():
        (media_of_drafts if name in drafts else media_of_others).update(media)
    return frozenset(f"{tree.root.name}/{name}" for name in drafts | (media_of_drafts - media_of_others))


def _media_by_file(loaded: LoadedFiles) -> dict[str, tuple[str, ...]]:
    """Return the media of each content file, by its name; also of invalid files."""
    valid = {file.name: file.summary.media for file in loaded.files}
    return valid | {file.name: tuple(body_media(file)) for file in loaded.faulty}


def save_file_cache(
    file_cache: FileCache, loaded: LoadedFiles, media: dict[str, CachedMedia], items: Mapping[str, CachedItem]
) -> None:
    """Save files, media and items in the cache. Raises BuildStopped."""
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
    """Measure new and changed media that content uses; add to `problems`."""
    used = sorted(set(tree.media).intersection(chain.from_iterable(_media_by_file(loaded).values())))
    symlinks = {name: problem for name in used if (problem := symlink_problem(tree.files[name], f"{tree.root.name}/{name}"))}
    problems += symlinks.values()
    regular = [name for name in used if name not in symlinks]
    limits_key = repr(limits)
    cached = {name: file for name in regular if (file := file_cache.media(name, tree.stamps[name], limits_key))}
    tasks = [(tree.files[name], name, f"{tree.root.name}/{name}", limits) for name in regular if name not in cached]
    pictures = [task for task in tasks if _ending(task[1]) in PICTURE_TYPES]
    files = [task for task in tasks if _ending(task[1]) in ATTACHMENT_TYPES]
    with progress.step("Đo ảnh và tệp đính kèm", len(pictures) + len(files)) as advance:
        of_pictures = ((measured, True) for measured in workers.map(_measure_picture, pictures, limits.picture_seconds))
        results = chain(of_pictures, _measure_files(files, workers, limits))
        for (_, name, path, _), (measured, complete) in zip((*pictures, *files), results, strict=True):
            advance()
            if isinstance(measured, Picture | File):
                cached[name] = CachedMedia(file_cache.not_racy(tree.stamps[name]) if complete else None, limits_key, measured)
            else:
                problems.append(measured if isinstance(measured, Problem) else _unmeasured(path, measured, limits))
    return _measured_media(tree, cached), cached


def _measured_media(tree: ContentFiles, cached: Mapping[str, CachedMedia]) -> Media:
    by_name = {name: file.measured for name, file in sorted(cached.items())}
    pictures = {name: file for name, file in by_name.items() if isinstance(file, Picture)}
    files = {name: file for name, file in by_name.items() if isinstance(file, File)}
    return Media(frozenset(tree.media), pictures, files)


def _measure_picture(task: tuple[Path, str, str, Limits]) -> Picture | Problem:
    file, source, path, limits = task
    from chuyendoiso.outputs.images.measure import measure_picture  # loads Pillow

    try:
        return measure_picture(file, source, path, limits)
    except OSError as error:
        return unreadable(path, error)


def _measure_files(
    tasks: list[tuple[Path, str, str, Limits]], workers: Workers, limits: Limits
) -> Iterator[tuple[File | Problem, bool]]:
    """Yield each attachment, and whether it was fully measured.

    PDF files are measured in a worker, since PDFium may crash. If it fails, the file has no page count and no picture, and
    the next build measures it again.
    """
    files = [_measure_file(*task) for task in tasks]
    pdfs = {
        file_path: images.PdfTask(file_path, path)
        for (file_path, _, path, _), file in zip(tasks, files, strict=True)
        if isinstance(file, File) and file.media_type == ATTACHMENT_TYPES[".pdf"]
    }
    results = workers.map(images.measure_pdf, list(pdfs.values()), limits.picture_seconds, heavy=lambda task: True)
    of_pdfs = dict(zip(pdfs, results, strict=True))
    for (file_path, *_), file in zip(tasks, files, strict=True):
        measured = of_pdfs.get(file_path)
        if isinstance(file, File) and isinstance(measured, images.PdfFacts):
            yield file._replace(pages=measured.pages, first_page=measured.first_page), True
        elif isinstance(measured, Problem):
            yield measured, True
        else:
            yield file, not isinstance(measured, Failure)


def _measure_file(file: Path, source: str, path: str, limits: Limits) -> File | Problem:
    try:
        return attachments.measure_file(file, source, path, limits)
    except OSError as error:
        return unreadable(path, error)


def _ending(name: str) -> str:
    return name[name.rfind(".") :].lower()


def _unmeasured(path: str, failure: Failure, limits: Limits) -> Problem:
    slow = f"Đọc ảnh này lâu hơn {limits.picture_seconds} giây."
    message = slow if failure is Failure.SLOW else "Đọc ảnh này làm máy hết bộ nhớ hoặc dừng đột ngột."
    return Problem(path, 1, "picture-too-heavy", message, "lưu lại thành JPEG, không quá 4000 điểm mỗi chiều.")


def check_file_count(counted: int, root: Path) -> None:
    """Raise BuildStopped if a second, separate walk counts other than `counted` files."""
    if (walked := sum(1 for _ in _separate_walk(root))) != counted:
        raise BuildStopped(f"Số tệp không khớp: tìm thấy {walked} tệp nội dung nhưng chỉ xử lý {counted}. Trang cũ vẫn còn nguyên.")


def _separate_walk(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        ignored = {"site.yml", DEMO_MARKER} if Path(folder) == root else set()
        if ignored:
            folders[:] = [name for name in folders if name != "media"]
        yield from (name for name in names if name not in ignored and not is_litter(name))
        yield from (name for name in folders if os.path.islink(os.path.join(folder, name)) or is_misnamed(name))
