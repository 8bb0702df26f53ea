"""The outputs of documents.

Sources: Nghị định 30/2020/NĐ-CP; schema.org Legislation; DCMI Metadata Terms, in the old `DC.` names of HTML.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.items import File, Related
from chuyendoiso.model.site import Site
from chuyendoiso.model.subjects import about, begins_with_verb
from chuyendoiso.model.vietnamese import format_date, lower_first, slugify
from chuyendoiso.model.vocabulary import BOTH_SIDES, VALIDITY_NAMES, PublicationState, Validity
from chuyendoiso.outputs.content_types.item_outputs import ItemOutputs, Json, file_record, known, related_record, stated
from chuyendoiso.outputs.content_types.schema_parts import (
    ADDRESS,
    DAY,
    FILE,
    NAMED,
    RELATED,
    WORDS,
    list_of,
    object_of,
)
from chuyendoiso.outputs.pages.components import day, validity_badge
from chuyendoiso.outputs.pages.materials import file_view
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import Fact, RelationGroup

FACTS = "Thông tin văn bản"
# The states of validity that schema.org has a word for.
_LEGAL_FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.PARTLY_LAPSED: "PartiallyInForce",
    Validity.LAPSED: "NotInForce",
    Validity.SUSPENDED: "NotInForce",
    Validity.NOT_YET: "NotInForce",
}
_RELATION_TITLES = {
    "amends": "Sửa đổi, bổ sung",
    "replaces": "Thay thế",
    "repeals": "Bãi bỏ",
    "amended_by": "Được sửa đổi, bổ sung bởi",
    "replaced_by": "Bị thay thế bởi",
    "repealed_by": "Bị bãi bỏ bởi",
}

_RECORD = object_of(
    {"number": WORDS, "type": WORDS, "subject": WORDS, "issuing_body": NAMED, "issued_on": DAY},
    {
        **dict.fromkeys(("effective_on", "expires_on", "suspended_on"), DAY),
        "validity": {"enum": [validity.value for validity in Validity]},
        "signatory": object_of({"name": WORDS}, {"position": WORDS}),
        "source_url": ADDRESS,
        "attachments": list_of(FILE),
        **dict.fromkeys(BOTH_SIDES, list_of(RELATED)),
    },
)


class DocumentOutputs(ItemOutputs[Document]):
    """A document's record."""

    record_name = "document"
    record_schema = _RECORD

    def search_words(self, item: Document, site: Site) -> Iterator[str | None]:
        """Yield type and number, issuing body, subject, who signed, attachments."""
        yield item.overline
        yield site.issuer(item.issuing_body).name
        yield item.subject
        if item.signatory:
            yield from (item.signatory.name, item.signatory.position)
        yield from (attachment.label for attachment in item.attachments)

    def search_title(self, item: Document) -> str:
        """Return title and number."""
        return f"{item.title} {item.document_number}"

    def result_date(self, item: Document, site: Site) -> str:
        """Return the day of issue."""
        return f"ban hành {format_date(item.issued_on)}"

    def result_state(self, item: Document) -> str | None:
        """Return the validity."""
        return VALIDITY_NAMES[item.validity] if item.validity else None

    def facets(self, item: Document) -> tuple[str, ...]:
        """Return issuing body, type and validity."""
        validity = (f"validity:{item.validity.value}",) if item.validity else ()
        return (f"issuer:{item.issuing_body}", f"type:{slugify(item.document_type)}", *validity)

    def feed_notes(self, item: Document) -> Iterator[tuple[str, str]]:
        """Yield the validity."""
        if item.validity:
            yield "Hiệu lực", VALIDITY_NAMES[item.validity]

    def feed_fields(self, item: Document, site: Site) -> Mapping[str, str | None]:
        """Return the record."""
        return {
            "document_number": item.document_number, "document_type": item.document_type, "subject": item.subject,
            "issuing_body": site.issuer(item.issuing_body).name, **_days(item),
            "validity": item.validity.value if item.validity else None,
        }  # fmt: skip

    def enclosure(self, item: Document) -> File | None:
        """Return the first attachment."""
        return item.attachments[0].file if item.attachments else None

    def record(self, item: Document, site: Site) -> Json:
        """Return the record with its relations."""
        issuer = site.issuer(item.issuing_body)
        signed = stated({"name": item.signatory.name, "position": item.signatory.position}) if item.signatory else None
        return stated({
            "number": item.document_number, "type": item.document_type, "subject": item.subject,
            "issuing_body": {"id": issuer.id, "name": issuer.name}, **_days(item),
            "validity": item.validity.value if item.validity else None, "signatory": signed, "source_url": item.source_url,
            "attachments": [file_record(attachment.file, attachment.label, site) for attachment in item.attachments],
            **{relation: [related_record(other, site) for other in getattr(item, relation)] for relation in BOTH_SIDES},
        })  # fmt: skip

    def channel_lines(self, item: Document, site: Site) -> Iterator[str]:
        """Yield the head of the record."""
        yield f"<b>{escape(item.document_type)} {escape(item.document_number)}</b>"
        yield escape(item.subject)
        yield f"Cơ quan ban hành: {escape(site.issuer(item.issuing_body).name)}. Ngày ban hành: {format_date(item.issued_on)}."
        if item.effective_on:
            yield f"Ngày có hiệu lực: {format_date(item.effective_on)}."

    def structured_data(self, item: Document, site: Site, common: Json) -> Json:
        """Return Legislation."""
        changed = (("legislationAmends", item.amends), ("legislationRepeals", (*item.replaces, *item.repeals)))
        related = {name: [_legislation(document, site) for document in documents] for name, documents in changed if documents}
        files = [
            {
                "@type": "MediaObject", "contentUrl": site.absolute(attachment.file.path),
                "encodingFormat": attachment.file.media_type, "name": attachment.label,
            }
            for attachment in item.attachments
        ]  # fmt: skip
        force = _LEGAL_FORCE.get(item.validity) if item.validity else None
        return {
            "@type": "Legislation", "name": item.heading, "legislationIdentifier": item.document_number, "legislationType": item.document_type,
            "legislationDate": item.issued_on.isoformat(),
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": site.issuer(item.issuing_body).name},
            **known(
                legislationDateOfApplicability=item.effective_on.isoformat() if item.effective_on else None,
                legislationLegalForce=f"https://schema.org/{force}" if force else None,
                encoding=files or None,
            ),
            **related, **common,
        }  # fmt: skip

    # ── pages ──

    def article(self, context: RenderContext, item: Document) -> dict[str, Any]:
        """Return validity, record, relations and attachments."""
        groups = ((title, getattr(item, relation)) for relation, title in _RELATION_TITLES.items())
        return {
            "badge": validity_badge(item),
            "facts_title": FACTS,
            "facts": _facts(context, item),
            "relations": tuple(
                RelationGroup(title, _related_facts(context, documents)) for title, documents in groups if documents
            ),
            "files_title": "Văn bản để tải",
            "date_label": "Ngày đăng",
            "files": tuple(file_view(context, attachment.file, attachment.label) for attachment in item.attachments),
        }

    def withdrawn(self, context: RenderContext, item: Document) -> dict[str, Any]:
        """Return the record, which stays."""
        return {
            "badge": validity_badge(item), "facts_title": FACTS, "facts": _facts(context, item), "date_label": "Ngày đăng",
        }  # fmt: skip

    def teaser(self, context: RenderContext, item: Document) -> dict[str, Any]:
        """Return the record in short."""
        return {
            "number": item.document_number,
            "document_type": item.document_type,
            "issuer": context.site.issuer(item.issuing_body).name,
            "issued": day(item.issued_on),
            "badge": validity_badge(item),
        }

    def title(self, item: Document) -> str:
        """Return number and subject."""
        return f"{item.document_number}: {item.subject}"

    def note(self, context: RenderContext, item: Document) -> str:
        """Return type, number and day of issue."""
        return f"{item.overline}, {format_date(item.issued_on)}"

    def dublin_core(self, site: Site, item: Document) -> tuple[tuple[str, str], ...]:
        """Return the record."""
        return (
            ("title", item.subject),
            ("identifier", item.document_number),
            ("type", item.document_type),
            ("creator", site.issuer(item.issuing_body).name),
            ("publisher", site.owner.name),
            ("date", item.issued_on.isoformat()),
            ("language", item.lang),
        )


def _days(item: Document) -> dict[str, str | None]:
    days = {name: getattr(item, name) for name in ("issued_on", "effective_on", "expires_on", "suspended_on")}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _legislation(document: Related, site: Site) -> Json:
    url = site.absolute(document.path) if document.path else None
    return {"@type": "Legislation", "legislationIdentifier": document.number, **known(url=url)}


def _related_facts(context: RenderContext, documents: Sequence[Related]) -> tuple[Fact, ...]:
    return tuple(Fact(other.named, other.title or "", context.site.href(other.path) if other.path else None) for other in documents)


def _facts(context: RenderContext, item: Document) -> tuple[Fact, ...]:
    site, issuer, signatory = context.site, context.site.issuer(item.issuing_body), item.signatory
    signed = ", ".join(part for part in (signatory.name, signatory.position) if part) if signatory else None
    lines = (
        ("Số, ký hiệu", item.document_number, None),
        ("Loại văn bản", item.document_type, None),
        ("Cơ quan ban hành", issuer.name, None if item.state is PublicationState.WITHDRAWN else site.href(urls.issuer(issuer.id))),
        ("Ngày ban hành", format_date(item.issued_on), None),
        ("Người ký", signed, None),
        ("Ngày có hiệu lực", format_date(item.effective_on) if item.effective_on else None, None),
        ("Ngày ngưng hiệu lực", format_date(item.suspended_on) if item.suspended_on else None, None),
        ("Ngày hết hiệu lực", format_date(item.expires_on) if item.expires_on else None, None),
        ("Nơi có bản gốc", item.source_url, item.source_url),
    )
    facts = tuple(Fact(term=term, text=text, href=href) for term, text, href in lines if text)
    return (*facts, Fact(term="Khi trích dẫn, ghi", text=cite(item, issuer.name), copied=True))


# ── citations: Nghị định 30/2020/NĐ-CP, phụ lục I, mục II ───────────────────────────────────────────────────────────────

_BY_NAME = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")  # cited by name and number


def cite(document: Document, issuer: str) -> str:
    """Return `Nghị định số 42/2022/NĐ-CP ngày … của Chính phủ về …`, or a law's name."""
    kind, subject = document.document_type, document.subject.rstrip(" .")
    if kind in _BY_NAME:
        name = lower_first(subject) if begins_with_verb(subject) else subject
        named = subject if subject.casefold().startswith(kind.casefold()) else f"{kind} {name}"
        return f"{named} số {document.document_number}"
    day = document.issued_on  # days below 10 and months 1 and 2 get a zero
    dated = f"ngày {day.day:02} tháng {f'{day.month:02}' if day.month <= 2 else day.month} năm {day.year}"
    return f"{kind} số {document.document_number} {dated} của {issuer} {about(subject)}"
