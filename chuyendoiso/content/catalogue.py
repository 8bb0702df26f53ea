"""Resolve parsed files into the catalogue, and find problems between files.

Pure: measured media and the instant `as_of` are arguments.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from chuyendoiso.content.duplicates import copied_files, duplicate_files, duplicate_paths, duplicate_questions, tag_names
from chuyendoiso.content.front_matter import Location
from chuyendoiso.content.parsed_file import FileContent, FileSummary, ParsedFile
from chuyendoiso.content.permalinks import first_path
from chuyendoiso.content.references import InternalLink, LinkTargets, References
from chuyendoiso.content.relations import Relations, relate
from chuyendoiso.content.schedule import correction_times, state_at
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.content_types.content_type import ResolveContext
from chuyendoiso.model.content_types.document import validity_of
from chuyendoiso.model.content_types.page import PageFields
from chuyendoiso.model.item_fields import ItemFields, end_of
from chuyendoiso.model.items import (
    BodyRef,
    Catalogue,
    ChannelWords,
    Correction,
    Cover,
    File,
    Item,
    LinkedItem,
    Origin,
    Page,
    Picture,
    newest_first,
)
from chuyendoiso.model.problems import Problem, Severity
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import slugify, sort_key
from chuyendoiso.model.vocabulary import EditorStatus, PublicationState

WORDS_OF_END = {"replaced_by": "bị thay thế bởi", "repealed_by": "bị bãi bỏ bởi"}


@dataclass(frozen=True, slots=True)
class Media:
    """The media files that content uses: all names, and the valid ones measured."""

    names: frozenset[str]
    pictures: Mapping[str, Picture]
    files: Mapping[str, File]


class CachedItem(NamedTuple):
    """An item or page, and its cache key; None if it cannot be reused."""

    key: tuple[object, ...] | None
    value: Item | Page
    links: tuple[InternalLink, ...]


@dataclass(frozen=True, slots=True)
class ResolvedContent:
    """The catalogue, the problems, and the links that need the plan of all pages."""

    catalogue: Catalogue
    items: Mapping[str, CachedItem]  # by name of file
    states: Mapping[str, PublicationState]
    problems: tuple[Problem, ...]
    links: tuple[InternalLink, ...]


def resolve(
    valid: Iterable[ParsedFile],
    faulty: Iterable[FileContent],
    rejected: frozenset[str],
    unfinished: frozenset[str],
    media: Media,
    site: Site,
    as_of: datetime,
    *,
    preview: bool,
    before: Mapping[str, CachedItem],
) -> ResolvedContent:
    """Build the catalogue from valid files; a preview shows drafts, too.

    An item of `before` is reused if its key is unchanged. Of `faulty` files only the bodies are checked, so that an editor gets all
    problems at once.
    """
    files = sorted(valid, key=attrgetter("name"))
    states = {file.name: state_at(file.summary.status, file.summary.date, as_of) for file in files}
    visible_states = set(PublicationState) if preview else {PublicationState.PUBLISHED, PublicationState.WITHDRAWN}
    visible = frozenset(name for name, state in states.items() if state in visible_states)
    withdrawn = frozenset(name for name, state in states.items() if state is PublicationState.WITHDRAWN)
    in_force = frozenset(name for name, state in states.items() if state is PublicationState.PUBLISHED)
    public = visible - withdrawn
    targets = LinkTargets(
        articles={file.name: file for file in files}, rejected=rejected, unfinished=unfinished, live=visible, withdrawn=withdrawn,
        media=media.names, pictures=media.pictures, files=media.files,
        documents=_documents(file for file in files if file.name in public),
        frame_hosts=frozenset(site.livestream_hosts), home=site.absolute("/"),
    )  # fmt: skip
    relations = relate(files, in_force, site, as_of)
    references = References(targets)
    builder = _ItemBuilder(site, as_of, media, references, relations, states, {file.name: file for file in files})
    items = {file.name: builder.make(file, before.get(file.name)) for file in files}
    references.links = list(chain.from_iterable(item.links for item in items.values()))
    for content in faulty:
        references.resolve_body(content)
    names, duplicates = _names_and_duplicates(files, media, preview=preview)
    problems = (
        *duplicates, *relations.problems, *references.problems, *_withdrawn_early(files, as_of), *copied_files(files),
        *_item_warnings(files, items, site),
    )  # fmt: skip
    catalogue = _catalogue([item.value for item in items.values()], names, visible_states)
    return ResolvedContent(catalogue, items, states, problems, tuple(references.links))


def _item_warnings(files: Iterable[ParsedFile], items: Mapping[str, CachedItem], site: Site) -> Iterator[Problem]:
    """Warn of what content types find about their items as of now."""
    for file in files:
        item = items[file.name].value
        if isinstance(item, Item) and item.state is not PublicationState.WITHDRAWN:
            for warning in ITEM_TYPES[item.kind].warnings(item, site):
                yield replace(file.problem(*warning), severity=Severity.WARNING)


def _names_and_duplicates(files: list[ParsedFile], media: Media, *, preview: bool) -> tuple[dict[str, str], list[Problem]]:
    """Return the names of tags by slug, and the problems of duplicates.

    A duplicate that only drafts cause is an error in a preview alone.
    """
    names, duplicate_tags = tag_names(files)
    duplicates = [*duplicate_paths(files), *duplicate_files(files, media.files), *duplicate_questions(files), *duplicate_tags]
    if preview:
        return names, duplicates
    others = [file for file in files if file.summary.status is not EditorStatus.DRAFT]
    errors = {
        *duplicate_paths(others), *duplicate_files(others, media.files), *duplicate_questions(others), *tag_names(others)[1],
    }  # fmt: skip
    return names, [problem if problem in errors else replace(problem, severity=Severity.DRAFT) for problem in duplicates]


def _withdrawn_early(files: Iterable[ParsedFile], as_of: datetime) -> Iterator[Problem]:
    """Warn of items that are withdrawn before their date.

    On that date a notice would appear for an item that readers never saw.
    """
    for file in files:
        if file.summary.status is EditorStatus.WITHDRAWN and file.summary.date and file.summary.date > as_of:
            message = "Bài bị gỡ trước ngày đăng, nên chưa ai thấy; tới ngày ấy trang sẽ hiện thông báo gỡ có tên bài."
            remedy = "ghi status: draft và bỏ dòng withdrawn_reason, hoặc xóa tệp."
            yield replace(file.problem(("status",), "withdrawn-early", message, remedy), severity=Severity.WARNING)


def _documents(live: Iterable[ParsedFile]) -> dict[str, str]:
    """Return the paths of documents by lower-case number, without ambiguous numbers."""
    paths_by_number: dict[str, list[str]] = defaultdict(list)
    for file in live:
        if file.summary.document:
            paths_by_number[file.summary.document.document_number.casefold()].append(file.summary.path)
    return {number: paths[0] for number, paths in paths_by_number.items() if len(paths) == 1}


def _catalogue(values: list[Item | Page], tag_names: Mapping[str, str], visible_states: set[PublicationState]) -> Catalogue:
    items = sorted((value for value in values if isinstance(value, Item)), key=newest_first)
    pages = (value for value in values if isinstance(value, Page) and PublicationState(value.status.value) in visible_states)
    public = visible_states - {PublicationState.WITHDRAWN}
    return Catalogue(
        items=tuple(item for item in items if item.state in public),
        pages=tuple(sorted(pages, key=lambda page: sort_key(page.title))),
        withdrawn=tuple(item for item in items if item.state is PublicationState.WITHDRAWN),
        tag_names=tag_names,
    )


# ── one file ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _ItemBuilder:
    """Builds the item or page of one file after another."""

    site: Site
    as_of: datetime
    media: Media
    references: References
    relations: Relations
    states: Mapping[str, PublicationState]
    files: Mapping[str, ParsedFile]

    def make(self, file: ParsedFile, before: CachedItem | None = None) -> CachedItem:
        """Return a file's item; reuse `before` if its key is the same.

        An item with problems gets no key.
        """
        key = self.key(file)
        if before and before.key == key:
            return before
        references, known = self.references, len(self.references.problems)
        references.links.clear()
        make = self.make_item if file.summary.kind in ITEM_TYPES else self.make_page
        value = make(file, file.load())
        return CachedItem(key if len(references.problems) == known else None, value, tuple(references.links))

    def key(self, file: ParsedFile) -> tuple[object, ...]:
        """Return the cache key of a file's item: all that it depends on."""
        summary, name = file.summary, file.name
        passed = sum(instant <= self.as_of for instant in summary.transitions)
        relations = self.relations.of(name) if summary.document else None
        others = self.linked(summary), self.relations.issued_document(name, self.references.targets.live)
        return file.key, self.states[name], passed, self.references.targets.cache_key(summary), relations, others

    def linked(self, summary: FileSummary) -> tuple[LinkedItem, ...]:
        """Return the items that a file's fields name; files with problems are missing."""
        first = {name: location for location, name in reversed(summary.linked)}  # a file that is named twice counts once
        files = ((location, self.files.get(name)) for location, name in summary.linked if first[name] == location)
        return tuple(self.linked_item(location, file) for location, file in files if file)

    def linked_item(self, location: Location, file: ParsedFile) -> LinkedItem:
        summary, document, relations = file.summary, file.summary.document, self.relations.of(file.name)
        unsure = dict(relations.unsure)
        replaced = next((f"{WORDS_OF_END[name]} {unsure[name]}" for name in WORDS_OF_END if name in unsure), None)
        return LinkedItem(
            location=location,
            kind=summary.kind,
            title=summary.title,
            path=summary.path if file.name in self.references.targets.live else None,
            withdrawn=self.states[file.name] is PublicationState.WITHDRAWN,
            number=document.document_number if document else None,
            validity=validity_of(document, relations.ended, relations.amended, self.as_of, unsure) if document else None,
            replaced=replaced,
        )

    def make_page(self, file: ParsedFile, content: FileContent) -> Page:
        fields = content.fields
        assert isinstance(fields, PageFields)
        return Page(
            source=file.name, path=file.summary.path, title=fields.title, summary=fields.summary, status=fields.status,
            withdrawn_reason=fields.withdrawn_reason, body=BodyRef(file.summary.body, self.references.resolve_body(content)),
        )  # fmt: skip

    def make_item(self, file: ParsedFile, content: FileContent) -> Item:
        self.references.check_fields(content)
        fields = content.fields
        assert isinstance(fields, ItemFields)
        common = self.common_values(file, fields)
        body = BodyRef(file.summary.body, self.references.resolve_body(content))
        content_type = ITEM_TYPES[file.summary.kind]
        linked, issued = self.linked(file.summary), self.relations.issued_document(file.name, self.references.targets.live)
        context = ResolveContext(self.site, self.as_of, self.media.files, self.relations.of(file.name), linked, issued)
        return content_type.item(**common, body=body, **content_type.resolve(fields, context))

    def common_values(self, file: ParsedFile, fields: ItemFields) -> dict[str, Any]:
        cover = fields.cover
        picture = self.media.pictures.get(cover.image) if cover else None
        return {
            "kind": file.summary.kind,
            "source": file.name,
            "path": file.summary.path,
            "id": self.site.permanent_id(first_path(file.summary.path, fields.aliases)),
            "state": self.states[file.name],
            "title": fields.title,
            "date": fields.date,
            "summary": fields.summary,
            "topic": fields.topic,
            "tags": tuple(dict.fromkeys(slugify(tag) for tag in fields.tags)),
            "authors": fields.authors,
            "cover": Cover(picture=picture, alt=cover.alt, caption=cover.caption, credit=cover.credit)
            if picture and cover
            else None,
            "modified": fields.modified if fields.modified and fields.modified <= self.as_of else None,
            "change_note": fields.change_note,
            "corrections": self.corrections(fields),
            "origin": Origin(**dict(fields.source)) if fields.source else None,
            "pinned": bool(fields.pinned_until and self.as_of < end_of(fields.pinned_until, self.site.zone)),
            "aliases": fields.aliases,
            "withdrawn_reason": fields.withdrawn_reason if fields.status is EditorStatus.WITHDRAWN else None,
            "zalo": _channel_words(**dict(fields.zalo)),
            "lang": fields.lang,
        }

    def corrections(self, fields: ItemFields) -> tuple[Correction, ...]:
        modified = fields.modified if fields.change_note and fields.modified and fields.modified <= self.as_of else fields.date
        published = [correction for correction in fields.corrections if correction.date <= self.as_of.date()]
        days = sorted(correction.date for correction in published)
        times = dict(zip(days, correction_times(days, max(fields.date, modified), self.site.zone), strict=True))
        return tuple(Correction(correction.date, correction.note, times[correction.date]) for correction in published)


@lru_cache
def _channel_words(**words: Any) -> ChannelWords:
    """Return the words for a channel; equal values are shared, since most are empty."""
    return ChannelWords(**words)
