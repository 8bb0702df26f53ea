"""Render the page of an unsaved text, and list its problems in the form's words.

The text takes the place of its file in the list of content files; the site is planned of that, and one page rendered.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from chuyendoiso.authoring.forms import FormField, choices_of, form_of, labels_of
from chuyendoiso.authoring.preview_site import LiveSite
from chuyendoiso.authoring.web_editor.work_tree import SaveRefused, WorkTree
from chuyendoiso.authoring.yaml_writer import Value, written_fields
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.content.decode import Unreadable
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.content.scan import scan_content
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.problems import ContentRejected, Problem, Severity
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import page_file
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.system.cache import CacheMissing
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.file_status import status_of

_BODY = "Thân bài"
_ELSEWHERE = "Chưa tạo được bản xem trước, vì tệp khác trong content/ đang có lỗi. Bài này vẫn lưu được."


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page as readers would see it, and its problems by field."""

    page: str  # HTML; "" if there is none
    problems: tuple[tuple[str, str], ...]  # label of the field, words
    message: str = ""


class DraftPreview:
    """Renders unsaved texts, one at a time, beside the preview's own site."""

    def __init__(self, options: BuildOptions) -> None:
        # with a cache of its own: two writers of one would wait for each other
        self.options = replace(options, preview=True, output=options.output.with_name("draft-output"))
        self.thread = ThreadPoolExecutor(1, "draft-preview")  # a cache is used by the thread that opened it

    def render(self, kind: str, path: str, text: str) -> DraftPage:
        """Return the page of a text; `path` is its file, "" if new. Raise SaveRefused."""
        if kind not in set(Kind):
            raise SaveRefused(422, f"Không có loại nội dung {kind}.")
        name = path or _new_name(Kind(kind))
        WorkTree(self.options.content).locate(name)
        return self.thread.submit(self._render, Kind(kind), name, text).result()

    @cached_property
    def site(self) -> LiveSite:
        """Return the site that unsaved texts are planned with."""
        return LiveSite(self.options)

    def _render(self, kind: Kind, name: str, text: str) -> DraftPage:
        with tempfile.TemporaryDirectory(prefix="xem-truoc-") as folder:
            file = Path(folder) / "bai.md"
            problems = self._plan(name, file, text)
            page = self._page(name)
            if not page and (filled := _with_placeholders(name, text, site_of(self.options.content))) != text:
                self._plan(name, file, filled)
                page = self._page(name)
            own = [problem for problem in problems if problem.path.partition("/")[2] == name]
            message = _ELSEWHERE if not page and len(own) < len(problems) else ""
            return DraftPage(page, tuple(_in_form_words(own, text, kind)), message)

    def _plan(self, name: str, file: Path, text: str) -> tuple[Problem, ...]:
        """Plan the site with a text in the place of a file; return all problems."""
        file.write_text(text, "utf-8", newline="\n")
        self.site.site_plan = None
        tree = scan_content(self.options.content)
        files = {**tree.files, name: file}
        stamps = {**tree.stamps, name: status_of(file.stat())}
        articles = tuple(sorted({*tree.articles, name}))
        try:
            self.site.refresh(files=replace(tree, articles=articles, files=files, stamps=stamps))
        except ContentRejected as rejected:
            return tuple(rejected.problems)
        except BuildStopped:
            return ()
        plan = self.site.site_plan
        return plan.problems if plan else ()

    def _page(self, name: str) -> str:
        plan = self.site.site_plan
        if plan is None:
            return ""
        catalogue = plan.resolved.catalogue
        paths = {item.source: item.path for item in (*catalogue.items, *catalogue.withdrawn)}
        paths |= {page.source: page.path for page in catalogue.pages}
        if name not in paths:
            return ""
        try:
            data = self.site.file(page_file(paths[name]))
        except CacheMissing:  # pruned since: the next text reads everything
            return ""
        return data.decode() if data else ""


def _new_name(kind: Kind) -> str:
    year = f"{datetime.now().year}/" if CONTENT_TYPES[kind].by_year else ""
    return f"{kind}/{year}bai-dang-viet.md"


# ── what is missing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _with_placeholders(name: str, text: str, site: Site) -> str:
    """Return a text with something in each required field that it lacks."""
    try:
        source = parse_source(text.encode(), name, name)
    except Unreadable:
        return text
    missing = [field for field in form_of(source.kind) if field.required and not source.fields.values.get(field.name)]
    lines = "".join(f"{line}\n" for line in written_fields({field.name: _placeholder(field, site) for field in missing}))
    return text.replace("---\n", f"---\n{lines}", 1)


def _placeholder(field: FormField, site: Site) -> Value:
    if field.fields:
        group = {part.name: _placeholder(part, site) for part in field.fields if part.required}
        return [group] if field.many else group
    value = next((value for value, _ in choices_of(field.choices, site)), "") if field.choices else field.example
    return [value] if field.many else value or f"({field.title}: chưa điền)"


# ── in the form's words ─────────────────────────────────────────────────────────────────────────────────────────────────


def _in_form_words(problems: list[Problem], text: str, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield each problem's field, as the form calls it, and what to do."""
    labels = labels_of(kind)
    for problem in problems:
        words = f"{problem.message} Cách sửa: {problem.remedy}"
        if problem.rule == "missing-field" and (named := re.search(r"trường ([\w.]+)", problem.message)):
            yield labels.get(named[1].rpartition(".")[2], named[1]), "chưa điền. Bản nháp vẫn lưu được; muốn đăng thì điền ô này."
            continue
        prefix = "Nên xem lại: " if problem.severity is Severity.WARNING else ""
        yield _field_at(problem.line, text, labels), prefix + _without_yaml(words, labels)


def _field_at(line: int, text: str, labels: Mapping[str, str]) -> str:
    """Return the label of the field that a line of the file belongs to."""
    lines = text.split("\n")
    ends = [number for number, words in enumerate(lines, 1) if words.rstrip() == "---"]
    if len(ends) > 1 and line > ends[1]:
        return _BODY
    for words in reversed(lines[:line]):
        if named := re.match(r"(\w+):", words):
            return labels.get(named[1], named[1])
    return ""


def _without_yaml(words: str, labels: Mapping[str, str]) -> str:
    """Return a message with the form's fields in the place of the file's lines."""

    def named(match: re.Match[str]) -> str:
        label = labels.get(match["name"])
        return f"{'điền ' if match['add'] else ''}ô “{label}”" if label else match[0]

    return re.sub(r"(?P<add>thêm dòng )?(?<![\w/.])(?P<name>[a-z_]+):(?!/)(?: và ghi giá trị)?", named, words)
