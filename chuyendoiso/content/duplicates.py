"""Problems between files: duplicate addresses, tags and copies."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

from chuyendoiso.content.front_matter import Location
from chuyendoiso.content.parsed_file import ParsedFile
from chuyendoiso.model import urls
from chuyendoiso.model.items import File
from chuyendoiso.model.problems import Problem, Severity
from chuyendoiso.model.vietnamese import fold, same_letters, slugify, sort_key
from chuyendoiso.model.vocabulary import EditorStatus


def duplicate_paths(files: list[ParsedFile]) -> Iterator[Problem]:
    """Find paths and aliases that two files claim, ignoring letter case."""
    claimed: dict[str, ParsedFile] = {}
    files = drafts_last(files)
    for file in files:
        first = claimed.setdefault(file.summary.path.casefold(), file)
        if first is not file:
            message = f'Địa chỉ "{file.summary.path}" đã có ở {first.display_path}.'
            yield file.problem(("slug",), "doubled-path", message, "đổi tên tệp, hoặc thêm dòng slug: khác.")
    folders = _folders_of(files)
    for file in files:
        aliases = file.summary.aliases
        for index, alias in enumerate(aliases):
            key, reserved = alias.casefold(), urls.is_own(alias)
            first = file if reserved else claimed.setdefault(key, file)
            if reserved:
                message = f'Đường dẫn cũ "{alias}" là của phần có sẵn trên trang.'
            elif key in folders:
                message = f'Đường dẫn cũ "{alias}" vừa là một tệp vừa là thư mục của địa chỉ khác.'
            elif first is not file or key == file.summary.path.casefold() or alias in aliases[:index]:
                message = f'Đường dẫn cũ "{alias}" đã là địa chỉ của {first.display_path}.'
            else:
                continue
            rule = "reserved-path" if reserved else "doubled-path"
            yield file.problem(("aliases", index), rule, message, "xóa đường dẫn này khỏi aliases.")


def _folders_of(files: list[ParsedFile]) -> frozenset[str]:
    """Return the paths of files that are also folders of other paths."""
    paths = [path.casefold() for file in files for path in (file.summary.path, *file.summary.aliases)]
    single = {path for path in paths if not path.endswith("/")}
    return frozenset(single & {path[:end] for path in paths for end in _ends(path)}) if single else frozenset()


def _ends(path: str) -> Iterator[int]:
    """Yield the position of the slash after each folder of a path."""
    end = path.find("/", 1)
    while end > 0:
        yield end
        end = path.find("/", end + 1)


def duplicate_files(files: list[ParsedFile], attached: Mapping[str, File]) -> Iterator[Problem]:
    """Find attachments whose names are equal without marks and spaces."""
    if not files:
        return
    folder = files[0].display_path.removesuffix(files[0].name)
    claimed: dict[str, File] = {}
    for _, file in sorted(attached.items()):
        first = claimed.setdefault(file.path.casefold(), file)
        if first is not file:
            message = f'Tệp được đăng ở "{file.path}", trùng với tệp {folder}{first.source}.'
            yield Problem(f"{folder}{file.source}", 1, "doubled-path", message, "đổi tên một trong hai tệp.")


def duplicate_questions(files: list[ParsedFile]) -> Iterator[Problem]:
    """Find questions that two files answer, and wordings that two answers have.

    Marks, letter case and the question mark make no difference: a search finds both. A draft may repeat what is published.
    """
    answered: dict[str, tuple[ParsedFile, Location]] = {}
    for file in drafts_last(files):
        for location, words in file.summary.phrasings:
            first, known_at = answered.setdefault(slugify(words), (file, location))
            if (first, known_at) == (file, location):
                continue
            if location == ("title",):
                message, remedy = (
                    f'Câu hỏi "{words}" đã có ở {first.display_path}.',
                    "gộp hai câu trả lời vào một tệp, xóa tệp kia.",
                )
            else:
                message = f'Cách hỏi "{words}" đã có ở {first.display_path}, dòng {first.line(known_at)}.'
                remedy = "xóa câu này khỏi also_asked, hoặc viết rõ hơn câu này hỏi gì."
            yield as_draft(file, file.problem(location, "doubled-question", message, remedy))


def drafts_last(files: Iterable[ParsedFile]) -> list[ParsedFile]:
    """Sort files so that a draft is the copy of what is published, not its original."""
    return sorted(files, key=lambda file: file.summary.status is EditorStatus.DRAFT)


def as_draft(file: ParsedFile, problem: Problem) -> Problem:
    """Return a problem of a file: a draft's keeps nothing from being published."""
    return replace(problem, severity=Severity.DRAFT) if file.summary.status is EditorStatus.DRAFT else problem


# names of copies by Windows, macOS, Linux's file managers, Drive, Dropbox, OneDrive, Nextcloud and Syncthing
_COPY = re.compile(
    r"\s?\(\d+\)\Z|\A(?:ban sao|copy)(?: cua| of)?\b|(?:[\s_-]+|\A)(?:copy|ban sao)(?:\s?\(?\d+\)?)?\Z"
    r"|conflicted copy|sync-conflict|ban xung dot|\(conflict"
)
_PERHAPS_COPY = re.compile(r"[^\w-]|copy|conflict|[^\x00-\x7f]", re.IGNORECASE)  # few names need the slower check


def copied_files(files: list[ParsedFile]) -> Iterator[Problem]:
    """Warn of files that seem to be copies.

    A copy has the bytes of another file, its title and day, or a name such as "bai (1)".
    """
    by_bytes: dict[str, ParsedFile] = {}
    by_title: dict[tuple[str, str, date | None], ParsedFile] = {}
    for file in drafts_last(sorted(files, key=lambda file: (_has_name_of_copy(file), file.name))):
        summary = file.summary
        day = summary.date.date() if summary.date else None
        same_bytes = by_bytes.setdefault(file.key[-1], file) if file.key else file
        same_title = by_title.setdefault((summary.kind, summary.title.casefold(), day), file)
        if same_bytes is not file:
            message = f"Tệp giống hệt {same_bytes.display_path}."
        elif same_title is not file:
            message = f'Bài "{summary.title}" cùng tên, cùng ngày với {same_title.display_path}.'
        elif _has_name_of_copy(file):
            message = "Tên tệp là tên của một bản sao do máy tự tạo."
        else:
            continue
        remedy = "nếu là bản sao, xóa tệp này; nếu là bài khác, đổi tên bài hoặc tên tệp."
        yield replace(file.problem((), "copied-file", message, remedy), severity=Severity.WARNING)


def _has_name_of_copy(file: ParsedFile) -> bool:
    stem = posixpath.splitext(posixpath.basename(file.name))[0]
    return _PERHAPS_COPY.search(stem) is not None and _COPY.search(fold(stem)) is not None


def tag_names(files: list[ParsedFile]) -> tuple[dict[str, str], list[Problem]]:
    """Name each tag by its most frequent spelling; find different tags with one slug."""
    used = Counter(chain.from_iterable(file.summary.tags for file in files))
    spellings: dict[str, list[str]] = defaultdict(list)  # by slug, in the order of files
    for tag in used:
        spellings[slugify(tag)].append(tag)
    duplicates = {tag: tags[0] for tags in spellings.values() for tag in tags if tag.casefold() != tags[0].casefold()}
    names = {slug: min(tags, key=lambda tag: (-used[tag], sort_key(tag))) for slug, tags in sorted(spellings.items())}
    return names, [*_duplicate_tags(files, duplicates), *_tags_with_i_and_y(files, names)]


def _tags_with_i_and_y(files: list[ParsedFile], names: Mapping[str, str]) -> Iterator[Problem]:
    """Warn of tags that differ by "i" and "y" alone, as "kĩ năng" and "kỹ năng".

    Each has a page, and neither has all items.
    """
    by_word: dict[str, list[str]] = defaultdict(list)
    for slug, name in names.items():
        by_word[same_letters(name)].append(slug)
    others = {slug: slugs[0] for slugs in by_word.values() for slug in slugs[1:]}
    for file in files if others else ():
        for index, tag in enumerate(file.summary.tags):
            if other := others.get(slugify(tag)):
                message = f'Từ khóa "{tag}" chỉ khác "{names[other]}" ở cách viết i, y.'
                remedy = f'dùng chung một cách viết, ví dụ "{names[other]}".'
                yield replace(file.problem(("tags", index), "doubled-tag", message, remedy), severity=Severity.WARNING)


def _duplicate_tags(files: list[ParsedFile], duplicates: Mapping[str, str]) -> Iterator[Problem]:
    """Report each tag that has the slug of an earlier one, its value in `duplicates`."""
    first: dict[str, ParsedFile] = {}
    for file in files if duplicates else ():
        for index, tag in enumerate(file.summary.tags):
            first.setdefault(tag, file)
            if other := duplicates.get(tag):
                message = f'Từ khóa "{tag}" trùng địa chỉ với "{other}" ở {first[other].display_path}.'
                yield file.problem(("tags", index), "doubled-tag", message, f'dùng chung một cách viết, ví dụ "{other}".')
