"""Load one content file: read it, check it, convert its body. Runs in workers."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from chuyendoiso.content.decode import read_bytes
from chuyendoiso.content.front_matter import Fields, SourceFile, Unreadable, parse_source
from chuyendoiso.content.markdown import Tangled, convert_body
from chuyendoiso.content.parsed_file import FileContent, FileSummary, outline, summarize
from chuyendoiso.content.permalinks import Place, classify_file, make_permalink
from chuyendoiso.content.privacy import declared_numbers, privacy_problems
from chuyendoiso.content.scan import ContentFiles, symlink_problem
from chuyendoiso.content.site_config import known_ids
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.content_types.page import PageFields
from chuyendoiso.model.converted import Converted
from chuyendoiso.model.item_fields import ItemFields
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.problems import Problem, Severity, unreadable
from chuyendoiso.model.site import Site
from chuyendoiso.model.tracking import tracked_addresses
from chuyendoiso.model.validation import check_fields
from chuyendoiso.model.vietnamese import format_number, format_size
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.system.cache import BODY, PARSED, Cache, key_of
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.worker_limits import Failure
from chuyendoiso.system.workers import context

# the lines above the closing line, or if there is none, above the first empty one
_FRONT_MATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:(.*?)^---|(.*?)^[ \t]*\r?$)", re.DOTALL | re.MULTILINE)
_DRAFT = re.compile(rb"""^status:[ \t]*["']?draft["']?[ \t]*(?:\#[^\r\n]*)?\r?$""", re.MULTILINE)
LIGHT_BYTES = 5_000  # about 800 words, converted in less than a second whatever they are
HEAVY_BYTES = 30_000  # about 5,000 words: a longer file is loaded in a worker
HEAVY_MARKS = 1_000  # of Markdown: so is a file with more


@dataclass(frozen=True)
class LoadResult:
    """The result of loading a file; its content and converted body are in the cache."""

    digest: str = ""  # SHA-256 of its bytes
    problems: tuple[Problem, ...] = ()
    summary: FileSummary | None = None  # of a valid file
    faulty: FileContent | None = None  # of an invalid file that could be parsed
    draft: bool = False  # whether an invalid file has the status draft
    path: str = ""  # of such a draft on the site, if it is known


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads content files; without a site (invalid settings) fields are not checked."""

    tree: ContentFiles
    site: Site | None
    cache: Cache
    version: str  # hash of the code and libraries that parse files
    converter: str  # hash of the code and libraries that convert bodies

    @property
    def limits(self) -> Limits:
        """Return the limits of site.yml, or the usual ones."""
        return self.site.limits if self.site else Limits()

    def display_path(self, name: str) -> str:
        """Return the path of a file that messages show."""
        return f"{self.tree.root.name}/{name}"

    def read(self, name: str) -> LoadResult:
        """Read, check and convert one file; cache its content and its body."""
        result, content = self._parse(name)
        if content and self.site:
            self.cache.put(PARSED, {parsed_key(self.version, name, self.site.digest, result.digest): content})
        return result

    def load(self, name: str, site: str, digest: str) -> FileContent:
        """Return a valid file, from the cache or parsed again.

        `site` is the digest of the settings, `digest` that of its bytes. Raises BuildStopped if the file changed since.
        """

        def parse_again() -> FileContent:
            result, content = self._parse(name)
            if content is None or result.digest != digest:
                raise BuildStopped(
                    f"{self.display_path(name)} đổi trong khi đang dựng. Trang cũ vẫn còn nguyên. Cách sửa: chạy lại."
                )
            return content

        return self.cache.get_or_make(PARSED, parsed_key(self.version, name, site, digest), parse_again)

    def _parse(self, name: str) -> tuple[LoadResult, FileContent | None]:
        path, display_path = self.tree.files[name], self.display_path(name)
        place = symlink_problem(path, display_path) or classify_file(name, display_path)
        try:
            if isinstance(place, Problem):
                raise Unreadable(place)
            raw = _read_bytes(path, display_path, self.limits)
        except Unreadable as unreadable:
            return LoadResult(problems=tuple(unreadable.problems)), None
        draft = is_draft(raw)
        try:
            source = parse_source(raw, name, display_path)
        except Unreadable as unreadable:
            return LoadResult(problems=tuple(unreadable.problems), draft=draft, path=self._path(name, place, None)), None
        key = key_of(self.converter, source.body)
        try:
            converted = self.cache.get_or_make(BODY, key, lambda: convert_body(source.body))
        except Tangled as tangled:
            return LoadResult(problems=(_tangled_problem(source, display_path, tangled.line),), draft=draft), None
        content, problems = self.check(place, source, converted)
        if content.fields is None or self.site is None:
            path_on_site = self._path(name, place, source.fields.values.get("slug"))
            return LoadResult(problems=problems, faulty=content, draft=draft, path=path_on_site), None
        return LoadResult(hashlib.sha256(raw).hexdigest(), problems, summarize(content, self.site, key)), content

    def _path(self, name: str, place: Place, slug: object) -> str:
        """Return the path of an invalid file on the site; "" if it is unknown."""
        path = make_permalink(name, place, slug if isinstance(slug, str) else None, 1, self.display_path(name))
        return path if isinstance(path, str) else ""

    def check(self, place: Place, source: SourceFile, body: Converted) -> tuple[FileContent, tuple[Problem, ...]]:
        """Check a file without other files; its fields are None if they are invalid."""
        name, display_path = source.path, self.display_path(source.path)
        content = FileContent(name, display_path, Fields({}, source.fields.lines), outline(body), source.body_line)
        if self.site is None:
            return content, ()
        private = (
            *privacy_problems(source.text, display_path, declared_numbers(self.site)),
            *_warn_of_tracking(source.text, display_path),
        )
        private += tuple(
            _warning(content.body_problem(warning.line, warning.rule, warning.message, warning.remedy)) for warning in body.warnings
        )
        fields, problems = check_fields(
            CONTENT_TYPES[place.kind].fields, source.fields.values, source.fields.line, display_path, known_ids(self.site)
        )
        if not isinstance(fields, ItemFields | PageFields):
            return content, (*private, *problems)
        path = make_permalink(name, place, fields.slug, source.fields.line(("slug",)), display_path)
        if isinstance(path, Problem):
            return content, (*private, path)
        content = replace(content, kind=place.kind, path=path, fields=fields)
        return content, (*private, *_warn_if_empty(content, fields, body), *_warn_if_long(content, fields, body))

    def is_heavy(self, name: str) -> bool:
        """Return whether converting a file may need much time or memory."""
        size = self.tree.stamps[name][0]
        if LIGHT_BYTES < size <= HEAVY_BYTES:
            with suppress(OSError):  # reading the file reports it
                return sum(map(self.tree.files[name].read_bytes().count, (b"<", b"[", b"`", b"*"))) > HEAVY_MARKS
        return size > HEAVY_BYTES

    def worker_problem(self, name: str, failure: Failure) -> Problem:
        """Return the problem of a file for which a worker failed."""
        line = parse_source(self.tree.files[name].read_bytes(), name, self.display_path(name)).body_line
        remedy = "tìm chỗ lặp lại rất nhiều ký hiệu như [, `, < và xóa bớt."
        if failure is Failure.SLOW:
            message = f"Nội dung bài có chỗ làm máy chuyển sang trang lâu hơn {self.limits.conversion_seconds} giây."
            return Problem(self.display_path(name), line, "conversion-too-slow", message, remedy)
        message = "Nội dung bài có chỗ làm máy hết bộ nhớ khi chuyển sang trang."
        return Problem(self.display_path(name), line, "conversion-too-heavy", message, remedy)


def parsed_key(version: str, name: str, site: str, digest: str) -> str:
    """Return the key of a parsed file.

    `site` is the digest of the settings, `digest` the hash of its bytes.
    """
    return key_of(version, site, name, digest)


def is_draft(raw: bytes) -> bool:
    """Return whether the status is draft, even if other lines are wrong."""
    match = _FRONT_MATTER.match(raw)
    return match is not None and _DRAFT.search(match[1] or match[2] or b"") is not None


def _warn_of_tracking(text: str, display_path: str) -> Iterator[Problem]:
    """Warn of addresses with tracking parameters."""
    for line, address, cleaned in tracked_addresses(text):
        message = f'Địa chỉ "{address.rstrip(").,;]}")}" có phần theo dõi người đọc.'
        remedy = f"ghi {cleaned.rstrip(').,;]}')}, hoặc chạy make check FIX=1."
        yield _warning(Problem(display_path, line, "tracking-address", message, remedy))


def _warn_if_empty(content: FileContent, fields: ItemFields | PageFields, body: Converted) -> Iterator[Problem]:
    """Warn of a published item without content.

    The content of a document or a session may be in its fields.
    """
    if fields.status is EditorStatus.PUBLISHED and not body.parts and not fields.has_content:
        message, remedy = "Bài chưa có nội dung: dưới phần khai báo không có chữ nào.", "viết nội dung, hoặc ghi status: draft."
        yield _warning(Problem(content.display_path, content.body_line, "empty-body", message, remedy))


def _warn_if_long(content: FileContent, fields: ItemFields | PageFields, body: Converted) -> Iterator[Problem]:
    """Warn of a text that is longer than its kind wants."""
    longest = fields.longest_body
    if longest and len(body.text) > longest:
        message = f"Bài dài {format_number(len(body.text))} ký tự, người hỏi khó đọc hết; nên dưới {format_number(longest)}."
        remedy = "chỉ giữ phần trả lời đúng câu hỏi, phần còn lại viết thành bài riêng rồi đặt liên kết tới bài ấy."
        yield _warning(Problem(content.display_path, content.body_line, "long-answer", message, remedy))


def _warning(problem: Problem) -> Problem:
    return replace(problem, severity=Severity.WARNING)


def _read_bytes(path: Path, display_path: str, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable(unreadable(display_path, error)) from None
    if size > limits.article_bytes:
        message = f"Bài nặng {format_size(size)}, tối đa {format_size(limits.article_bytes)}."
        raise Unreadable(
            Problem(display_path, 1, "article-too-large", message, "chia thành nhiều bài, hoặc để phần dài trong tệp đính kèm.")
        )
    return read_bytes(path, display_path)


def _tangled_problem(source: SourceFile, display_path: str, line: int) -> Problem:
    message = "Đoạn này có các dấu *, _, [ hoặc < lồng vào nhau, máy không tách được."
    remedy = "đặt dấu \\ trước dấu nào là chữ thường, ví dụ \\*, hoặc bỏ bớt dấu."
    return Problem(display_path, source.body_line + line - 1, "tangled-marks", message, remedy)


# ── in a worker ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_file(name: str) -> LoadResult:
    """Load one file by the loader that is the workers' context."""
    return cast(Loader, context()).read(name)


def write_read_files() -> None:
    """Write the parsed files to the cache."""
    cast(Loader, context()).cache.flush()
