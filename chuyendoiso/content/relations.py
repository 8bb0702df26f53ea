"""Resolve which documents amend, replace and repeal each other, on both sides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from chuyendoiso.content.duplicates import as_draft, drafts_last
from chuyendoiso.content.front_matter import Location
from chuyendoiso.content.parsed_file import DocumentReference, DocumentSummary, ParsedFile
from chuyendoiso.model.content_types.consultation import ISSUED_EARLY, ConsultationFields
from chuyendoiso.model.items import DocumentRelations, IssuedDocument, Related
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import BOTH_SIDES, INVERSE, EditorStatus


@dataclass
class Relations:
    """The relations of all documents, by file name and relation or its inverse."""

    related: dict[tuple[str, str], list[Related]] = field(default_factory=lambda: defaultdict(list))
    ended: set[str] = field(default_factory=set)  # names of documents that a document in force replaces or repeals
    amended: set[str] = field(default_factory=set)
    unsure: dict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # by others whose effect has no known day
    issued: dict[str, ParsedFile | Related] = field(default_factory=dict)  # what drafts for comment became, by the draft's file
    problems: list[Problem] = field(default_factory=list)

    def of(self, name: str) -> DocumentRelations:
        """Return the relations of a file."""
        return DocumentRelations(
            related={relation: tuple(self.related.get((name, relation), ())) for relation in BOTH_SIDES},
            ended=name in self.ended,
            amended=name in self.amended,
            unsure=tuple(self.unsure.get(name, ())),
        )

    def issued_document(self, name: str, live: frozenset[str]) -> IssuedDocument | None:
        """Return the document that a draft for comment became."""
        document = self.issued.get(name)
        if document is None or isinstance(document, Related):
            return IssuedDocument(document, public=True) if document else None
        return IssuedDocument(_related(document, live), document.name in live)


@dataclass(frozen=True)
class _Documents:
    """All documents by lower-case number, and what finds one."""

    by_number: Mapping[str, list[ParsedFile]]
    live: frozenset[str]
    site: Site

    def find(self, file: ParsedFile, at: Location, wanted: DocumentReference) -> ParsedFile | Related | Problem:
        """Return the document that a file names; Related for one that is not on the site.

        One that is not on the site must be identified by its number, issuing body and day.
        """
        known = self.by_number.get(wanted.number.casefold(), ())
        every = [other for other in known if _matches(wanted, _fields(other))]
        matches = [other for other in every if other.summary.status is not EditorStatus.DRAFT] or every  # a draft may be a copy
        if len(matches) > 1 or matches == [file] or (not matches and not (wanted.issuing_body and wanted.issued_on)):
            return _unclear(file, at, wanted, matches)
        if matches:
            return matches[0]
        assert wanted.issuing_body
        assert wanted.issued_on
        return Related(wanted.number, None, None, self.site.issuer(wanted.issuing_body).name, wanted.issued_on)


def relate(files: Iterable[ParsedFile], live: frozenset[str], site: Site, as_of: datetime) -> Relations:
    """Resolve the relations of documents, and the documents that drafts became."""
    relations = Relations()
    files = list(files)
    documents = [file for file in files if file.summary.document]
    by_number: dict[str, list[ParsedFile]] = defaultdict(list)
    for document in documents:
        by_number[_fields(document).document_number.casefold()].append(document)
    relations.problems += _duplicates(by_number)
    known = _Documents(by_number, live, site)
    for document in documents:
        for relation in INVERSE:
            for index, wanted in enumerate(getattr(_fields(document), relation)):
                other = known.find(document, (relation, index), wanted)
                if isinstance(other, Problem):
                    relations.problems.append(other)
                else:
                    _relate(document, relation, other, live, as_of, relations)
    for draft in files:
        if wanted := draft.summary.becomes:
            other = known.find(draft, ("becomes",), wanted)
            if isinstance(other, Problem):
                relations.problems.append(other)
            else:
                relations.issued[draft.name] = other
                relations.problems += _issued_early(draft, other)
    return relations


def _fields(document: ParsedFile) -> DocumentSummary:
    assert document.summary.document is not None
    return document.summary.document


def _relate(
    document: ParsedFile,
    relation: str,
    other: ParsedFile | Related,
    live: frozenset[str],
    as_of: datetime,
    relations: Relations,
) -> None:
    if isinstance(other, Related):
        relations.related[document.name, relation].append(other)
        return
    relations.related[document.name, relation].append(_related(other, live))
    if document.name in live:
        relations.related[other.name, INVERSE[relation]].append(_related(document, live))
        effective = _fields(document).effective_on
        if effective is None:
            relations.unsure[other.name].append((INVERSE[relation], _fields(document).document_number))
        elif effective <= as_of.date():
            (relations.amended if relation == "amends" else relations.ended).add(other.name)


def _related(document: ParsedFile, live: frozenset[str]) -> Related:
    number, summary = _fields(document).document_number, document.summary
    return Related(number, summary.path, summary.title) if document.name in live else Related(number, None, None)


def _issued_early(draft: ParsedFile, document: ParsedFile | Related) -> Iterator[Problem]:
    """Report a document of the site that was issued while its draft was open."""
    fields = draft.load().fields
    if (
        isinstance(document, ParsedFile)
        and isinstance(fields, ConsultationFields)
        and _fields(document).issued_on <= fields.closes_on
    ):
        yield draft.problem(("becomes",), *ISSUED_EARLY)


def _matches(reference: DocumentReference, fields: DocumentSummary) -> bool:
    return reference.issuing_body in (None, fields.issuing_body) and reference.issued_on in (None, fields.issued_on)


def _unclear(document: ParsedFile, at: Location, reference: DocumentReference, matches: list[ParsedFile]) -> Problem:
    if matches == [document]:
        return document.problem(at, "self-relation", f'Văn bản "{reference.number}" ghi quan hệ với chính nó.', "xóa dòng này.")
    if matches:
        names = ", ".join(other.display_path for other in matches)
        message = f'Số "{reference.number}" có ở nhiều văn bản: {names}.'
        return document.problem(at, "unclear-relation", message, "ghi thêm issuing_body và issued_on của văn bản muốn nói.")
    message = f'Văn bản "{reference.number}" không có trên trang.'
    remedy = f"sửa lại số, hoặc ghi đủ {{number: {reference.number}, issuing_body: …, issued_on: …}}."
    return document.problem(at, "unknown-relation", message, remedy)


def _duplicates(by_number: Mapping[str, list[ParsedFile]]) -> Iterator[Problem]:
    """Find documents entered twice: equal number, issuing body and date."""
    for same_number in by_number.values():
        entered: dict[tuple[str, date], ParsedFile] = {}
        for document in drafts_last(same_number):
            fields = _fields(document)
            first = entered.setdefault((fields.issuing_body, fields.issued_on), document)
            if first is not document:
                message = f'Văn bản "{fields.document_number}" cùng cơ quan, cùng ngày đã có ở {first.display_path}.'
                remedy = "giữ một tệp, xóa tệp kia, hoặc sửa số."
                yield as_draft(document, document.problem(("document_number",), "doubled-document", message, remedy))
