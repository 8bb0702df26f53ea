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
from chuyendoiso.content.parsed_file import FileContent, FileSummary, outlined, summarize
from chuyendoiso.content.permalinks import Place, path_of, place_of
from chuyendoiso.content.privacy import declared_numbers, privacy_problems
from chuyendoiso.content.scan import ContentFiles, symlink_problem
from chuyendoiso.content.site_config import known_of
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
LIGHT_BYTES = 5_000  # some 800 words: whatever is in it, converting it takes no seconds
HEAVY_BYTES = 30_000  # some 5,000 words: a longer file is read in a worker
HEAVY_MARKS = 1_000  # and a file with more marks of Markdown


@dataclass(frozen=True)
class LoadResult:
    """The result of loading a file; its content and converted body are in the cache."""

    digest: str = ""  # SHA-256 of its bytes
    problems: tuple[Problem, ...] = ()
    summary: FileSummary | None = None  # of one that passed
    faulty: FileContent | None = None  # one that did not pass, but could be read
    draft: bool = False  # one that did not pass says that it is a draft
    path: str = ""  # on the site, of such a draft, if it is known


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads content files; without a site (invalid settings) fields are not checked."""

    tree: ContentFiles
    site: Site | None
    cache: Cache
    version: str  # hash of all that a parsed file depends on beside its bytes and the settings
    converter: str  # hash of all that a conversion depends on beside the body

    @property
    def limits(self) -> Limits:
        """Return the limits of site.yml, or the usual ones."""
        return self.site.limits if self.site else Limits()

    def shown(self, name: str) -> str:
        """Return a file's name as problems show it."""
        return f"{self.tree.root.name}/{name}"

    def read(self, name: str) -> LoadResult:
        """Read, check and convert one file; cache its content and its body."""
        result, content = self._parse(name)
        if content and self.site:
            self.cache.put(PARSED, {parsed_key(self.version, name, self.site.digest, result.digest): content})
        return result

    def load(self, name: str, site: str, digest: str) -> FileContent:
        """Return a file that passed its checks.

        `site` is the digest of the settings, `digest` that of its bytes. Raises BuildStopped if the file changed since.
        """

        def parse_again() -> FileContent:
            result, content = self._parse(name)
            if content is None or result.digest != digest:
                raise BuildStopped(f"{self.shown(name)} đổi trong khi đang dựng. Trang cũ vẫn còn nguyên. Cách sửa: chạy lại.")
            return content

        return self.cache.get_or_make(PARSED, parsed_key(self.version, name, site, digest), parse_again)

    def _parse(self, name: str) -> tuple[LoadResult, FileContent | None]:
        path, shown = self.tree.files[name], self.shown(name)
        place = symlink_problem(path, shown) or place_of(name, shown)
        try:
            if isinstance(place, Problem):
                raise Unreadable(place)
            raw = _read_bytes(path, shown, self.limits)
        except Unreadable as unreadable:
            return LoadResult(problems=tuple(unreadable.problems)), None
        draft = is_draft(raw)
        try:
            source = parse_source(raw, name, shown)
        except Unreadable as unreadable:
            return LoadResult(problems=tuple(unreadable.problems), draft=draft, path=self._path(name, place, None)), None
        key = key_of(self.converter, source.body)
        try:
            converted = self.cache.get_or_make(BODY, key, lambda: convert_body(source.body))
        except Tangled as tangled:
            return LoadResult(problems=(_tangled(source, shown, tangled.line),), draft=draft), None
        content, problems = self.check(place, source, converted)
        if content.fields is None or self.site is None:
            path_on_site = self._path(name, place, source.fields.values.get("slug"))
            return LoadResult(problems=problems, faulty=content, draft=draft, path=path_on_site), None
        return LoadResult(hashlib.sha256(raw).hexdigest(), problems, summarize(content, self.site, key)), content

    def _path(self, name: str, place: Place, slug: object) -> str:
        """Return the path that a file would have on the site; "" if it is unknown."""
        path = path_of(name, place, slug if isinstance(slug, str) else None, 1, self.shown(name))
        return path if isinstance(path, str) else ""

    def check(self, place: Place, source: SourceFile, body: Converted) -> tuple[FileContent, tuple[Problem, ...]]:
        """Check one file on its own; fields are None if they are invalid."""
        name, shown = source.path, self.shown(source.path)
        content = FileContent(name, shown, Fields({}, source.fields.lines), outlined(body), source.body_line)
        if self.site is None:
            return content, ()
        private = (*privacy_problems(source.text, shown, declared_numbers(self.site)), *_tracking(source.text, shown))
        private += tuple(
            _warning(content.body_problem(warning.line, warning.rule, warning.message, warning.remedy)) for warning in body.warnings
        )
        fields, problems = check_fields(
            CONTENT_TYPES[place.kind].fields, source.fields.values, source.fields.line, shown, known_of(self.site)
        )
        if not isinstance(fields, ItemFields | PageFields):
            return content, (*private, *problems)
        path = path_of(name, place, fields.slug, source.fields.line(("slug",)), shown)
        if isinstance(path, Problem):
            return content, (*private, path)
        content = replace(content, kind=place.kind, path=path, fields=fields)
        return content, (*private, *_empty(content, fields, body), *_long(content, fields, body))

    def is_heavy(self, name: str) -> bool:
        """Return whether converting a file might take long, or much memory."""
        size = self.tree.stamps[name][0]
        if LIGHT_BYTES < size <= HEAVY_BYTES:
            with suppress(OSError):  # reading the file reports it
                return sum(map(self.tree.files[name].read_bytes().count, (b"<", b"[", b"`", b"*"))) > HEAVY_MARKS
        return size > HEAVY_BYTES

    def unread(self, name: str, failure: Failure) -> Problem:
        """Return the problem of a file at which a worker failed."""
        line = parse_source(self.tree.files[name].read_bytes(), name, self.shown(name)).body_line
        remedy = "tìm chỗ lặp lại rất nhiều ký hiệu như [, `, < và xóa bớt."
        if failure is Failure.SLOW:
            message = f"Nội dung bài có chỗ làm máy chuyển sang trang lâu hơn {self.limits.conversion_seconds} giây."
            return Problem(self.shown(name), line, "conversion-too-slow", message, remedy)
        message = "Nội dung bài có chỗ làm máy hết bộ nhớ khi chuyển sang trang."
        return Problem(self.shown(name), line, "conversion-too-heavy", message, remedy)


def parsed_key(version: str, name: str, site: str, digest: str) -> str:
    """Return the key of a parsed file.

    `site` is the digest of the settings, `digest` the hash of its bytes.
    """
    return key_of(version, site, name, digest)


def is_draft(raw: bytes) -> bool:
    """Return whether a line of the front matter says draft, even if others are wrong."""
    match = _FRONT_MATTER.match(raw)
    return match is not None and _DRAFT.search(match[1] or match[2] or b"") is not None


def _tracking(text: str, shown: str) -> Iterator[Problem]:
    """Warn of addresses that follow their readers."""
    for line, address, cleaned in tracked_addresses(text):
        message = f'Địa chỉ "{address.rstrip(").,;]}")}" có phần theo dõi người đọc.'
        remedy = f"ghi {cleaned.rstrip(').,;]}')}, hoặc chạy make check FIX=1."
        yield _warning(Problem(shown, line, "tracking-address", message, remedy))


def _empty(content: FileContent, fields: ItemFields | PageFields, body: Converted) -> Iterator[Problem]:
    """Warn of a published item without content.

    The content of a document or a session may be in its fields.
    """
    if fields.status is EditorStatus.PUBLISHED and not body.parts and not fields.has_content:
        message, remedy = "Bài chưa có nội dung: dưới phần khai báo không có chữ nào.", "viết nội dung, hoặc ghi status: draft."
        yield _warning(Problem(content.shown, content.body_line, "empty-body", message, remedy))


def _long(content: FileContent, fields: ItemFields | PageFields, body: Converted) -> Iterator[Problem]:
    """Warn of a text that is longer than its kind wants."""
    longest = fields.longest_body
    if longest and len(body.text) > longest:
        message = f"Bài dài {format_number(len(body.text))} ký tự, người hỏi khó đọc hết; nên dưới {format_number(longest)}."
        remedy = "chỉ giữ phần trả lời đúng câu hỏi, phần còn lại viết thành bài riêng rồi đặt liên kết tới bài ấy."
        yield _warning(Problem(content.shown, content.body_line, "long-answer", message, remedy))


def _warning(problem: Problem) -> Problem:
    return replace(problem, severity=Severity.WARNING)


def _read_bytes(path: Path, shown: str, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable(unreadable(shown, error)) from None
    if size > limits.article_bytes:
        message = f"Bài nặng {format_size(size)}, tối đa {format_size(limits.article_bytes)}."
        raise Unreadable(
            Problem(shown, 1, "article-too-large", message, "chia thành nhiều bài, hoặc để phần dài trong tệp đính kèm.")
        )
    return read_bytes(path, shown)


def _tangled(source: SourceFile, shown: str, line: int) -> Problem:
    message = "Đoạn này có các dấu *, _, [ hoặc < lồng vào nhau, máy không tách được."
    remedy = "đặt dấu \\ trước dấu nào là chữ thường, ví dụ \\*, hoặc bỏ bớt dấu."
    return Problem(shown, source.body_line + line - 1, "tangled-marks", message, remedy)


# ── in a worker ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_file(name: str) -> LoadResult:
    """Read one file by the loader that the workers were given."""
    return cast(Loader, context()).read(name)


def write_read_files() -> None:
    """Write the parsed files to the cache."""
    cast(Loader, context()).cache.flush()
