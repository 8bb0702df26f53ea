"""The first steps of a build over a whole folder: each file read and checked on its own, media measured, the books balanced."""

import os
from collections.abc import Iterator
from pathlib import Path

from chuyendoiso import attachments, images
from chuyendoiso.addresses import Place, path_of, place_of
from chuyendoiso.catalogue import Media
from chuyendoiso.checked import Checked, Written, media_used
from chuyendoiso.convert import Converted, Tangled, convert_body
from chuyendoiso.domain.checks import SCHEMAS, check_fields
from chuyendoiso.domain.limits import Limits
from chuyendoiso.domain.model import File, Picture
from chuyendoiso.domain.problems import BuildStopped, Problem
from chuyendoiso.domain.site import Site
from chuyendoiso.domain.vietnamese import format_size
from chuyendoiso.domain.vocabulary import ATTACHMENT_TYPES, DEMO_MARKER, PICTURE_TYPES, is_litter
from chuyendoiso.engine.workers import Failure, Workers
from chuyendoiso.privacy import declared_numbers, privacy_problems
from chuyendoiso.progress import Progress
from chuyendoiso.settings import known_of, publishing_problems, read_site
from chuyendoiso.source import Source, Unreadable, read_source
from chuyendoiso.tree import Tree, is_misnamed, symlink_problem

HEAVY_BODY = 30_000  # characters, some 5,000 words: a longer one is converted in a worker


def check_files(
    tree: Tree, found: list[Problem], progress: Progress, workers: Workers, *, publishing: bool
) -> tuple[Site | None, list[Written]]:
    """Read site.yml and every content file, each checked on its own; what is wrong is added to `found`."""
    shown = f"{tree.root.name}/site.yml"
    site = None
    try:
        site, lines = read_site(tree.root / "site.yml", shown)
        if publishing:
            found += publishing_problems(site, lines, shown)
    except Unreadable as unreadable:
        found += unreadable.problems
    limits = site.limits if site else Limits()
    written: list[Written] = []
    with progress.step("Đọc và kiểm tra tệp nội dung", len(tree.articles)) as advance:
        placed = [read for name in tree.articles if (read := _read(tree, name, limits, found))]
        bodies = [source.body for _, source in placed]
        converted = workers.map(_convert, bodies, limits.conversion_seconds, heavy=_is_heavy)
        for (place, source), body in zip(placed, converted, strict=True):
            if isinstance(body, Failure | int):
                found.append(_unconverted(source, tree.root.name, body, limits))
            else:
                one, problems = _check(place, source, body, tree.root.name, site)
                written.append(one)
                found += problems
            advance()
    return site, written


def _read(tree: Tree, name: str, limits: Limits, found: list[Problem]) -> tuple[Place, Source] | None:
    """Read one content file; None, and the problems added, where it cannot be."""
    shown = f"{tree.root.name}/{name}"
    place = symlink_problem(tree.files[name], shown) or place_of(name, shown)
    try:
        if isinstance(place, Problem):
            raise Unreadable(place)
        _refuse_huge(tree.files[name], shown, limits)
        return place, read_source(tree.files[name], name, shown)
    except Unreadable as unreadable:
        found += unreadable.problems
        return None


def _check(place: Place, source: Source, body: Converted, root: str, site: Site | None) -> tuple[Written, tuple[Problem, ...]]:
    """Check one file on its own; without a site (its settings are wrong) its fields are not."""
    name, shown = source.path, f"{root}/{source.path}"
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


def _is_heavy(body: str) -> bool:
    """Tell whether a body is such that converting it might take long, or much memory."""
    return len(body) > HEAVY_BODY or sum(map(body.count, "<[`*")) > HEAVY_BODY // 30


def _convert(body: str) -> Converted | int:
    """Convert a body; return the line at which it cannot be."""
    try:
        return convert_body(body)
    except Tangled as tangled:
        return tangled.line


def _unconverted(source: Source, root: str, failure: Failure | int, limits: Limits) -> Problem:
    if isinstance(failure, int):
        message = "Đoạn này có các dấu *, _, [ hoặc < lồng vào nhau, máy không tách được."
        remedy = "đặt dấu \\ trước dấu nào là chữ thường, ví dụ \\*, hoặc bỏ bớt dấu."
        return Problem(f"{root}/{source.path}", source.body_line + failure - 1, "tangled-marks", message, remedy)
    remedy = "tìm chỗ lặp lại rất nhiều ký hiệu như [, `, < và xóa bớt."
    if failure is Failure.SLOW:
        rule = "conversion-too-slow"
        message = f"Nội dung bài có chỗ làm máy chuyển sang trang lâu hơn {limits.conversion_seconds} giây."
    else:
        rule, message = "conversion-too-heavy", "Nội dung bài có chỗ làm máy hết bộ nhớ khi chuyển sang trang."
    return Problem(f"{root}/{source.path}", source.body_line, rule, message, remedy)


def measure_media(
    tree: Tree, written: list[Written], found: list[Problem], progress: Progress, workers: Workers, limits: Limits
) -> Media:
    """Measure the media files that content uses; what is wrong with them is added to `found`."""
    used = sorted({name for one in written for name in media_used(one)} & set(tree.media))
    unfit = {name: problem for name in used if (problem := symlink_problem(tree.files[name], f"{tree.root.name}/{name}"))}
    found += unfit.values()
    sound = [name for name in used if name not in unfit]
    pictures: dict[str, Picture] = {}
    files: dict[str, File] = {}
    with progress.step("Đo ảnh và tệp đính kèm", len(used)) as advance:
        wanted = [(tree.files[name], name, f"{tree.root.name}/{name}", limits) for name in sound]
        shown = [one for one in wanted if _ending(one[1]) in PICTURE_TYPES]
        for (_, name, path, _), facts in zip(shown, workers.map(_measure, shown, limits.picture_seconds), strict=True):
            if isinstance(facts, Picture):
                pictures[name] = facts
            else:
                found.append(facts if isinstance(facts, Problem) else _unmeasured(path, facts, limits))
            advance()
        for file, name, path, _ in wanted:
            if _ending(name) in ATTACHMENT_TYPES:
                measured = attachments.measure_file(file, name, path, limits)
                if isinstance(measured, Problem):
                    found.append(measured)
                else:
                    files[name] = measured
                advance()
    return Media(frozenset(tree.media), pictures, files)


def _measure(task: tuple[Path, str, str, Limits]) -> Picture | Problem:
    return images.measure_picture(*task)


def _ending(name: str) -> str:
    return name[name.rfind(".") :].lower()


def _unmeasured(shown: str, failure: Failure, limits: Limits) -> Problem:
    if failure is Failure.SLOW:
        message = f"Đọc ảnh này lâu hơn {limits.picture_seconds} giây."
    else:
        message = "Đọc ảnh này làm máy hết bộ nhớ hoặc dừng đột ngột."
    return Problem(shown, 1, "picture-too-heavy", message, "lưu lại thành JPEG, không quá 4000 điểm mỗi chiều.")


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
        yield from (name for name in folders if os.path.islink(os.path.join(folder, name)) or is_misnamed(name))
