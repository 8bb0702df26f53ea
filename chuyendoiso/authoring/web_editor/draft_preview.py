"""Render the page of an unsaved text, and list its problems in the form's words.

The text takes the place of its file in the list of content files; the site is planned of that, and one page rendered.
"""

import base64
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from chuyendoiso.authoring.channel_preview import preview_item
from chuyendoiso.authoring.forms import FormField, choices_of, form_of
from chuyendoiso.authoring.preview_site import LiveSite
from chuyendoiso.authoring.web_editor.form_words import FieldProblem, in_form_words
from chuyendoiso.authoring.web_editor.item_names import fields_of, name_of
from chuyendoiso.authoring.web_editor.work_tree import SaveRefused, WorkTree, blob_hash
from chuyendoiso.authoring.yaml_writer import Value, set_fields
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.content.decode import Unreadable
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.content.scan import scan_content
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.problems import ContentRejected, Problem, Severity
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, Target, page_file
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.outputs.pages.templates import environment
from chuyendoiso.system.cache import CacheMissing
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.file_status import status_of

_FILLED = "Ô nào chưa điền thì bản xem trước dùng tạm chữ mẫu hoặc lựa chọn đầu tiên."
_NO_LOOKS = "Trang riêng và bài đã gỡ không có trong danh sách và trên các kênh."
_ELSEWHERE = "Chưa tạo được bản xem trước, vì tệp khác trong content/ đang có lỗi. Bài này vẫn lưu được."


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page as readers would see it, and its problems by field."""

    page: str  # HTML; "" if there is none
    problems: tuple[FieldProblem, ...]
    message: str = ""


class DraftPreview:
    """Renders unsaved texts, one at a time, beside the preview's own site."""

    def __init__(self, options: BuildOptions) -> None:
        # with a cache of its own: two writers of one would wait for each other
        self.options = replace(options, preview=True, output=options.output.with_name("draft-output"))
        self.new_files: dict[str, Path] = {}  # chosen in a form and not saved yet, by name in the content folder
        self._folder = tempfile.TemporaryDirectory(prefix="xem-truoc-")
        self.thread = ThreadPoolExecutor(1, "draft-preview")  # a cache is used by the thread that opened it

    def render(self, kind: str, path: str, text: str, *, looks: bool = False) -> DraftPage:
        """Return the page of a text; `path` is its file, "" if new. Raise SaveRefused.

        With `looks` the page shows the item in lists, on its share card and in channels instead.
        """
        if kind not in set(Kind):
            raise SaveRefused(422, f"Không có loại nội dung {kind}.")
        tree = WorkTree(self.options.content)
        name = path or _new_name(tree, Kind(kind), text)
        tree.locate(name)
        return self.thread.submit(self._render, Kind(kind), name, text, looks).result()

    def errors(self, name: str, text: str, new: Mapping[str, bytes]) -> tuple[FieldProblem, ...]:
        """Return what keeps a text from being published.

        `new` are files that are saved with it.
        """
        return self.thread.submit(self._errors, name, text, new).result()

    def add_file(self, name: str, data: bytes) -> None:
        """Let texts name a file that is not saved yet."""
        WorkTree(self.options.content).locate(name)
        self.new_files[name] = self._stored(data)

    def file(self, path: str) -> bytes | None:
        """Return a file of the site of the last text, as a rendition of a new picture."""
        with suppress(BuildStopped):
            return self.site.file(path)
        return None

    @cached_property
    def site(self) -> LiveSite:
        """Return the site that unsaved texts are planned with."""
        return LiveSite(self.options)

    def _render(self, kind: Kind, name: str, text: str, looks: bool) -> DraftPage:
        shown = self._looks if looks else self._page
        problems = self._plan(name, text, self.new_files)
        page, message = shown(name), ""
        if not page and (filled := _with_placeholders(name, text, self.options.content)) != text:
            self._plan(name, filled, self.new_files)
            page, message = shown(name), _FILLED
        own = _own(problems, name)
        if not page:
            others = any(problem.severity is Severity.ERROR for problem in problems if problem not in own)
            message = _ELSEWHERE if others else _NO_LOOKS if looks and self._page(name) else ""
        return DraftPage(page, in_form_words(own, text, kind, self.options.content), message)

    def _errors(self, name: str, text: str, new: Mapping[str, bytes]) -> tuple[FieldProblem, ...]:
        problems = self._plan(name, text, {path: self._stored(data) for path, data in new.items()})
        errors = [problem for problem in _own(problems, name) if problem.severity is Severity.ERROR]
        return in_form_words(errors, text, Kind(name.partition("/")[0]), self.options.content)

    def _stored(self, data: bytes) -> Path:
        path = Path(self._folder.name) / blob_hash(data)
        if not path.exists():  # else what is known of it stays known
            path.write_bytes(data)
        return path

    def _plan(self, name: str, text: str, new: Mapping[str, Path]) -> tuple[Problem, ...]:
        """Plan the site with a text in the place of a file; return all problems."""
        self.site.forget()
        tree = scan_content(self.options.content)
        media = {path: file for path, file in new.items() if path.startswith("media/")}
        files = {**media, name: self._stored(text.encode())}
        replaced = replace(
            tree,
            articles=tuple(sorted({*tree.articles, name})),
            media=tuple(sorted({*tree.media, *media})),
            files={**tree.files, **files},
            stamps={**tree.stamps, **{path: status_of(file.stat()) for path, file in files.items()}},
        )
        try:
            self.site.refresh(files=replaced)
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

    def _looks(self, name: str) -> str:
        plan = self.site.site_plan
        item = next((item for item in plan.resolved.catalogue.items if item.source == name), None) if plan else None
        if plan is None or item is None:
            return ""
        look = preview_item(item, plan.plan, self._data_address)
        return environment(Folder(str(self.options.theme), "")).get_template("draft-looks.html").render(look=look)

    def _data_address(self, picture: Target) -> str:
        data = base64.b64encode(self.site.render(picture)).decode()
        return f"data:{guess_type(picture.path)[0]};base64,{data}"


def _own(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Return the problems of one file."""
    return [problem for problem in problems if problem.path.partition("/")[2] == name]


def _new_name(tree: WorkTree, kind: Kind, text: str) -> str:
    """Return the file that a new item will have."""
    year = f"{datetime.now().year}/" if CONTENT_TYPES[kind].by_year else ""
    name = f"{kind}/{year}bai-dang-viet.md"
    return name_of(tree, name, fields_of(text.encode(), name) or {})


# ── what is missing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _with_placeholders(name: str, text: str, content: Path) -> str:
    """Return a text with something in each required field that it lacks."""
    try:
        source, site = parse_source(text.encode(), name, name), site_of(content)
    except (Unreadable, ContentRejected):
        return text
    values = source.fields.values
    whole = {field.name: _completed(field, values.get(field.name), site) for field in form_of(source.kind)}
    return set_fields(text, name, {field: value for field, value in whole.items() if value and value != values.get(field)})


def _completed(field: FormField, value: Any, site: Site) -> Any:
    """Return a field's value, with something in each required part that it lacks."""
    if not value:
        return _placeholder(field, site) if field.required else value
    if isinstance(value, list):
        return [_completed(field, one, site) if isinstance(one, Mapping) else one for one in value]
    if isinstance(value, Mapping):
        return {**value, **{part.name: _completed(part, value.get(part.name), site) for part in field.fields if part.required}}
    return value


def _placeholder(field: FormField, site: Site) -> Value:
    if field.fields:
        group = {part.name: _placeholder(part, site) for part in field.fields if part.required}
        return [group] if field.many else group
    value = next((value for value, _ in choices_of(field.choices, site)), "") if field.choices else field.example
    return [value] if field.many else value or f"({field.title}: chưa điền)"
