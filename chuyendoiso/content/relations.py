"""Resolve which documents amend, replace and repeal each other, on both sides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from chuyendoiso.content.parsed_file import DocumentReference, DocumentSummary, ParsedFile
from chuyendoiso.model.items import DocumentRelations, Related
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.model.vocabulary import BOTH_SIDES, INVERSE


@dataclass
class Relations:
    """The relations of all documents, by file name and relation or its inverse."""

    related: dict[tuple[str, str], list[Related]] = field(default_factory=lambda: defaultdict(list))
    ended: set[str] = field(default_factory=set)  # names of documents that a document in force replaces or repeals
    amended: set[str] = field(default_factory=set)
    # the inverse relations to documents whose day of effect is unknown
    unsure: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)

    def of(self, name: str) -> DocumentRelations:
        """Return the relations of a file."""
        return DocumentRelations(
            related={relation: tuple(self.related.get((name, relation), ())) for relation in BOTH_SIDES},
            ended=name in self.ended,
            amended=name in self.amended,
            unsure=tuple(self.unsure.get(name, ())),
        )


def relate(documents: Iterable[ParsedFile], live: frozenset[str], site: Site, as_of: datetime) -> Relations:
    """Resolve all relations; an unknown document needs issuing body and date."""
    relations = Relations()
    by_number: dict[str, list[ParsedFile]] = defaultdict(list)
    documents = list(documents)
    for document in documents:
        by_number[_fields(document).number.casefold()].append(document)
    relations.problems += _duplicates(by_number)
    for document in documents:
        for relation in INVERSE:
            for index, reference in enumerate(getattr(_fields(document), relation)):
                _relate_one(document, relation, index, reference, by_number, live, site, as_of, relations)
    return relations


def _fields(document: ParsedFile) -> DocumentSummary:
    assert document.summary.document is not None
    return document.summary.document


def _relate_one(
    document: ParsedFile,
    relation: str,
    index: int,
    reference: DocumentReference,
    by_number: Mapping[str, list[ParsedFile]],
    live: frozenset[str],
    site: Site,
    as_of: datetime,
    relations: Relations,
) -> None:
    matches = [other for other in by_number.get(reference.number.casefold(), ()) if _matches(reference, _fields(other))]
    if len(matches) > 1 or matches == [document] or (not matches and not (reference.issuing_body and reference.issued_on)):
        relations.problems.append(_relation_problem(document, relation, index, reference, matches))
        return
    if not matches:
        assert reference.issuing_body
        assert reference.issued_on
        number = f"{reference.number}, {site.issuer(reference.issuing_body).name}, {format_date(reference.issued_on)}"
        relations.related[document.name, relation].append(Related(number, path=None, title=None))
        return
    other = matches[0]
    relations.related[document.name, relation].append(_related(other, live))
    if document.name in live:
        relations.related[other.name, INVERSE[relation]].append(_related(document, live))
        effective = _fields(document).effective_on
        if effective is None:
            relations.unsure[other.name].append((INVERSE[relation], _fields(document).number))
        elif effective <= as_of.date():
            (relations.amended if relation == "amends" else relations.ended).add(other.name)


def _related(document: ParsedFile, live: frozenset[str]) -> Related:
    path = document.summary.path if document.name in live else None
    return Related(number=_fields(document).number, path=path, title=document.summary.title)


def _matches(reference: DocumentReference, fields: DocumentSummary) -> bool:
    return reference.issuing_body in (None, fields.issuing_body) and reference.issued_on in (None, fields.issued_on)


def _relation_problem(
    document: ParsedFile, relation: str, index: int, reference: DocumentReference, matches: list[ParsedFile]
) -> Problem:
    at = (relation, index)
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
        for document in same_number:
            fields = _fields(document)
            first = entered.setdefault((fields.issuing_body, fields.issued_on), document)
            if first is not document:
                message = f'Văn bản "{fields.number}" cùng cơ quan, cùng ngày đã có ở {first.display_path}.'
                remedy = "giữ một tệp, xóa tệp kia, hoặc sửa số."
                yield document.problem(("document_number",), "doubled-document", message, remedy)
